#include "article/phrases.h"

#include <string.h>

#include "article/link.h"

/* ---- the language ---------------------------------------------------------- */

/* Whether it has the form of BCP 47 (RFC 5646, 2.1), without its registry. */
static bool is_tag(const char *tag, size_t size) {
  size_t part = 0, parts = 0;
  for (size_t i = 0; i <= size; i++) {
    if (i < size && (parts ? g_ascii_isalnum(tag[i]) : g_ascii_isalpha(tag[i]))) {
      part++;
      continue;
    }
    if (part < (parts ? 1 : 2) || part > 8 || (i < size && tag[i] != '-')) return false;
    part = 0;
    parts++;
  }
  return true;
}

static bool has_cyrillic(const char *text, const char *end) {
  for (; text < end; text = g_utf8_next_char(text))
    if (g_utf8_get_char(text) >= 0x400 && g_utf8_get_char(text) < 0x530) return true;
  return false;
}

/* "sr-cyrl" as "sr-Cyrl", "EN-gb" as "en-GB"; plain "sr" with the script of its words. */
static const char *canonical(const pk_content *content, const pk_declared *phrase, const char *tag) {
  pk_arena *arena = content->reader->job->arena;
  if (g_ascii_strcasecmp(tag, "sr") == 0) {
    bool is_cyrillic = has_cyrillic(content->text + phrase->open, content->text + phrase->close);
    return pk_lang_tag(is_cyrillic ? PK_LANG_SR_CYRL : PK_LANG_SR_LATN);
  }
  g_auto(GStrv) parts = g_strsplit(tag, "-", -1);
  for (size_t i = 0; parts[i]; i++) {
    size_t length = strlen(parts[i]);
    for (size_t n = 0; n < length; n++) {
      bool is_upper = i && (length == 2 || (length == 4 && n == 0));
      parts[i][n] = is_upper ? g_ascii_toupper(parts[i][n]) : g_ascii_tolower(parts[i][n]);
    }
  }
  g_autofree char *joined = g_strjoinv("-", parts);
  return pk_arena_strdup(arena, joined);
}

static void raise_language(pk_content *content, uint32_t start, uint32_t end, const char *tag) {
  pk_diag *diag = content->reader->job->diag;
  pk_diagnostic *raised =
      pk_diag_add(diag, PK_CODE_UNKNOWN_VALUE, pk_content_span(content, start, end), "'%s' is no language", tag);
  pk_diag_hint(diag, raised, "write {lang=sr-Cyrl}, {lang=sr-Latn}, {lang=en}, or another tag such as {lang=de}");
}

/* Reads "{lang=TAG}" or "{lang="TAG"}" at phrase->braces. False if it is not that. */
static bool read_braces(pk_content *content, pk_declared *phrase) {
  static const char key[] = "lang=";
  const char *text = content->text, *at = text + phrase->braces + 1;
  const char *close = strpbrk(at, "}\n");
  at += strspn(at, " ");
  if (!close || *close != '}' || strncmp(at, key, strlen(key)) != 0) return false;
  at += strlen(key);
  bool is_quoted = *at == '"';
  at += is_quoted;
  size_t size = strcspn(at, is_quoted ? "\"}" : "}");
  while (!is_quoted && size && at[size - 1] == ' ') size--;
  const char *after = at + size;
  if (is_quoted && *after == '"') after++;
  after += strspn(after, " ");
  g_autofree char *tag = g_strndup(at, size);
  phrase->end = (uint32_t)(close + 1 - text);
  if (after != close || !is_tag(tag, size)) {
    raise_language(content, phrase->braces, phrase->end, tag);
    return false;
  }
  phrase->lang = canonical(content, phrase, tag);
  return true;
}

/* ---- the brackets ---------------------------------------------------------- */

/* After the code that begins at `at`, or after its backticks if it does not end. */
static uint32_t skip_code(const pk_content *content, uint32_t at) {
  const char *text = content->text;
  size_t fence = strspn(text + at, "`");
  for (const char *next = text + at + fence; (next = strchr(next, '`'));) {
    size_t run = strspn(next, "`");
    next += run;
    if (run == fence) return (uint32_t)(next - text);
  }
  return at + (uint32_t)fence;
}

static void close_bracket(pk_content *content, uint32_t open, uint32_t close, GArray *found) {
  pk_declared phrase = {.open = open, .close = close, .braces = close + 1};
  char next = content->text[close + 1];
  if (next == '(' || next == '[') phrase.braces = pk_link_read_tail(content->text, content->size, close).end;
  phrase.is_link = phrase.braces > close + 1;
  bool is_image = open && content->text[open - 1] == '!';
  if (!is_image && content->text[phrase.braces] == '{' && read_braces(content, &phrase))
    g_array_append_val(found, phrase);
}

static int compare_openings(gconstpointer a, gconstpointer b) {
  const pk_declared *one = a, *other = b;
  return one->open < other->open ? -1 : one->open > other->open;
}

GArray *pk_phrases_find(pk_content *content) {
  if (!strstr(content->text, "{lang=") && !strstr(content->text, "{ lang=")) return NULL;
  GArray *found = g_array_new(FALSE, FALSE, sizeof(pk_declared));
  g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(uint32_t));
  for (uint32_t at = 0; at < content->size;) {
    char letter = content->text[at];
    if (letter == '`') {
      at = skip_code(content, at);
      continue;
    }
    if (letter == '[') g_array_append_val(open, at);
    if (letter == ']' && open->len) {
      close_bracket(content, g_array_index(open, uint32_t, open->len - 1), at, found);
      g_array_set_size(open, open->len - 1);
    }
    at += letter == '\\' && at + 1 < content->size && g_ascii_ispunct(content->text[at + 1]) ? 2 : 1;
  }
  g_array_sort(found, compare_openings);
  return found;
}
