/* Columns of numbers, aligned at their decimal marks.
 *
 * In:  the text of a cell. Out: where its decimal mark is.
 *
 * A number is a sign or a currency, figures in groups, the decimal mark of the
 * language (a point in English, a comma in Serbian) and more figures, and then
 * perhaps a unit. Two decimal marks make a date or a version, not a number. */
#include "page/numbers.h"

#include <string.h>

static bool is_digit(gunichar c) {
  return c >= '0' && c <= '9';
}

/* What may stand before the figures. */
static bool is_sign(gunichar c) {
  return c == '+' || c == '-' || c == '<' || c == '>' || c == '$' || c == U'€' || c == U'£' || c == U'−' || c == U'±' ||
         c == U'≈' || c == ' ' || c == 0xA0 || c == 0x202F;
}

/* Whether [at, end) may follow the figures: a unit, a footnote's number, not a
 * sentence. */
static bool is_unit(const char *at, const char *end) {
  enum { LONGEST = 8 };
  if (end - at > 1 && is_digit(g_utf8_get_char(at + (*at == ' ')))) return false;
  return g_utf8_strlen(at, end - at) <= LONGEST;
}

/* A dash, or a few of them. */
static bool is_blank(const pk_styled_text *text) {
  for (const char *at = text->text, *end = at + text->size; at < end; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    if (c != '-' && c != ' ' && c != 0xA0 && (c < 0x2010 || c > 0x2015) && c != U'−') return false;
  }
  return true;
}

int64_t pk_number_mark(const pk_styled_text *text) {
  if (is_blank(text)) return PK_NUMBER_NONE;
  /* A footnote's number at the end is no part of it. */
  uint32_t size = text->size;
  while (text->run_count && size > 0 && text->runs[text->run_count - 1].footnote &&
         size > text->runs[text->run_count - 1].start)
    size = text->runs[text->run_count - 1].start;
  gunichar decimal = text->lang == PK_LANG_EN ? '.' : ',', group = text->lang == PK_LANG_EN ? ',' : '.';
  const char *at = text->text, *end = at + size, *mark = NULL;
  while (at < end && is_sign(g_utf8_get_char(at))) at = g_utf8_next_char(at);
  if (at == end || !is_digit(g_utf8_get_char(at))) return 0;
  const char *last = at; /* after the last figure */
  for (; at < end; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    const char *next = g_utf8_next_char(at);
    bool is_before_digit = next < end && is_digit(g_utf8_get_char(next));
    if (is_digit(c)) {
      last = next;
    } else if (c == decimal && is_before_digit) {
      if (mark) return 0;
      mark = at;
    } else if (!is_before_digit || mark || (c != group && c != ' ' && c != 0xA0 && c != 0x202F)) {
      break;
    }
  }
  if (!is_unit(last, end)) return 0;
  return (mark ? mark : last) - text->text;
}

pk_length pk_number_left(const pk_line *line, int64_t mark) {
  if (mark < 0 || mark >= line->end) return line->width;
  for (size_t r = 0; r < line->run_count; r++) {
    const pk_glyph_run *run = &line->runs[r];
    for (uint32_t i = 0; i < run->glyph_count; i++)
      if ((run->glyphs[i].cluster & ~PK_CLUSTER_HYPHEN) >= mark) return run->x + (pk_length)run->glyphs[i].x;
  }
  return line->width;
}
