/* CommonMark 0.29, sections 6.6 and 6.7, in the order cmark tries: first an
 * inline target, then a label, else the text itself is the label. */
#include "article/link.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

enum { MAX_PARENTHESES = 32, MAX_LABEL = 1000 }; /* as in cmark */

static bool is_space(char byte) {
  return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static bool is_escape(const char *text, uint32_t size, uint32_t at) {
  return text[at] == '\\' && at + 1 < size && g_ascii_ispunct(text[at + 1]);
}

static uint32_t skip_spaces(const char *text, uint32_t size, uint32_t at) {
  while (at < size && is_space(text[at])) at++;
  return at;
}

/* "<url>": false if it is none. */
static bool read_pointed_url(const char *text, uint32_t size, uint32_t *at, pk_link_tail *tail) {
  uint32_t end = *at + 1;
  while (end < size && text[end] != '>') {
    if (text[end] == '\n' || text[end] == '<') return false;
    end += text[end] == '\\' ? 2 : 1;
  }
  if (end >= size) return false;
  tail->url_start = *at + 1;
  tail->url_end = end;
  *at = end + 1;
  return *at < size;
}

static bool read_url(const char *text, uint32_t size, uint32_t *at, pk_link_tail *tail) {
  if (*at < size && text[*at] == '<') return read_pointed_url(text, size, at, tail);
  uint32_t end = *at;
  int open = 0;
  for (; end < size && !is_space(text[end]); end++) {
    if (is_escape(text, size, end))
      end++;
    else if (text[end] == '(' && ++open > MAX_PARENTHESES)
      return false;
    else if (text[end] == ')' && open-- == 0)
      break;
  }
  if (end >= size || (end == *at && is_space(text[end]))) return false;
  tail->url_start = *at;
  tail->url_end = *at = end;
  return true;
}

/* A title in quotes or parentheses; leaves `*at` where it is if there is none.
 * As cmark's longest match has it, an escaped quote ends the title if no other
 * does. */
static void read_title(const char *text, uint32_t size, uint32_t *at, pk_link_tail *tail) {
  if (*at >= size || !strchr("\"'(", text[*at])) return;
  char close = text[*at] == '(' ? ')' : text[*at];
  uint32_t end = *at + 1, escaped = 0;
  while (end < size && text[end] != close && !(close == ')' && text[end] == '(')) {
    bool is_pair = is_escape(text, size, end);
    if (is_pair && text[end + 1] == close) escaped = end + 1;
    end += is_pair ? 2 : 1;
  }
  if (end >= size || text[end] != close) end = escaped;
  if (!end) return;
  tail->title_start = *at + 1;
  tail->title_end = end;
  *at = end + 1;
}

static bool read_target(const char *text, uint32_t size, uint32_t at, pk_link_tail *tail) {
  if (at >= size || text[at] != '(') return false;
  at = skip_spaces(text, size, at + 1);
  if (!read_url(text, size, &at, tail)) return false;
  uint32_t after = skip_spaces(text, size, at);
  if (after > at) read_title(text, size, &after, tail);
  at = skip_spaces(text, size, after);
  if (at >= size || text[at] != ')') return false;
  tail->end = at + 1;
  return true;
}

/* The end of "[label]" at `at`, or `at`. */
static uint32_t skip_label(const char *text, uint32_t size, uint32_t at) {
  if (at >= size || text[at] != '[') return at;
  uint32_t end = at + 1;
  while (end < size && text[end] != '[' && text[end] != ']' && end - at <= MAX_LABEL)
    end += is_escape(text, size, end) ? 2 : 1;
  return end < size && text[end] == ']' ? end + 1 : at;
}

pk_link_tail pk_link_read_tail(const char *text, uint32_t size, uint32_t at) {
  pk_link_tail tail = {0};
  if (at < size) at++;
  if (!read_target(text, size, at, &tail)) tail = (pk_link_tail){.end = skip_label(text, size, at)};
  return tail;
}
