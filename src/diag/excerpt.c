/* Draws the source line of a span with a caret under it.
 *
 * In:  a span, whose source may hold anything: tabs, control characters, wide
 *      and combining characters, bytes that are not UTF-8, one line of 60 MB.
 * Out: two lines of text, in which the caret stands under the first character
 *      of the span on any terminal that goes by Unicode's widths.
 *
 * A line becomes cells: what is written for one character, and how many columns
 * that takes. A line too wide is cut on both sides around the caret. Only the
 * neighbourhood of the caret is looked at, so that a huge line costs nothing. */
#include "diag/excerpt.h"

#include <string.h>

enum {
  TAB_COLUMNS = 4,
  NEAR_BYTES = 1024, /* looked at on each side of the caret */
  LEAD_COLUMNS = 32, /* kept before the caret of a line that is cut */
};

#define ELLIPSIS "…"

typedef struct {
  char text[16];
  uint32_t start; /* byte of the source */
  int x, columns;
} cell;

static bool is_drawn_as_is(gunichar c) {
  switch (g_unichar_type(c)) {
  case G_UNICODE_CONTROL:
  case G_UNICODE_SURROGATE:
  case G_UNICODE_LINE_SEPARATOR:
  case G_UNICODE_PARAGRAPH_SEPARATOR: return false;
  case G_UNICODE_FORMAT: /* the joiners belong to their letters; bidi controls and the rest are hidden traps */
    return c == 0x200C || c == 0x200D || c == 0x00AD;
  default: return true;
  }
}

static int columns_of(gunichar c) {
  if (g_unichar_iszerowidth(c)) return 0;
  return g_unichar_iswide(c) ? 2 : 1;
}

/* Fills `out` with the character at `text` (of `size` bytes) and returns how
 * many bytes it has. */
static size_t read_cell(const char *text, size_t size, cell *out) {
  gunichar c = g_utf8_get_char_validated(text, (gssize)size);
  if (*text == 0) c = 0; /* GLib takes a NUL for the end of the text */
  if (c == (gunichar)-1 || c == (gunichar)-2) {
    g_snprintf(out->text, sizeof out->text, "\\x%02x", (unsigned char)*text);
    out->columns = 4;
    return 1;
  }
  size_t length = (size_t)g_unichar_to_utf8(c, NULL);
  if (c < 0x20 || c == 0x7F) {
    gunichar picture = c == 0x7F ? 0x2421 : 0x2400 + c;
    out->text[g_unichar_to_utf8(picture, out->text)] = 0;
    out->columns = 1;
  } else if (is_drawn_as_is(c)) {
    memcpy(out->text, text, length);
    out->text[length] = 0;
    out->columns = columns_of(c);
  } else {
    out->columns = g_snprintf(out->text, sizeof out->text, "<U+%04X>", c);
  }
  return length;
}

void pk_excerpt_visible(const char *text, size_t size, GString *out) {
  for (size_t at = 0; at < size;) {
    cell one;
    at += read_cell(text + at, size - at, &one);
    g_string_append(out, one.text);
  }
}

/* Bytes [start, end) of the line that holds `offset`, without its line end. */
static void find_line(const pk_source *source, unsigned line, uint32_t *start, uint32_t *end) {
  line -= source->lines_before;
  *start = source->line_starts[line - 1];
  *end = line < source->line_count ? source->line_starts[line] : (uint32_t)source->size;
  if (*end > *start && source->text[*end - 1] == '\n') (*end)--;
  if (*end > *start && source->text[*end - 1] == '\r') (*end)--;
}

/* The cells of bytes [from, to). */
static GArray *measure(const pk_source *source, uint32_t from, uint32_t to) {
  GArray *cells = g_array_new(FALSE, FALSE, sizeof(cell));
  int x = 0;
  for (uint32_t at = from; at < to;) {
    cell one = {.start = at, .x = x};
    if (source->text[at] == '\t') {
      one.columns = TAB_COLUMNS - x % TAB_COLUMNS;
      memset(one.text, ' ', (size_t)one.columns);
      one.text[one.columns] = 0;
      at++;
    } else {
      at += (uint32_t)read_cell(source->text + at, to - at, &one);
    }
    x += one.columns;
    g_array_append_val(cells, one);
  }
  return cells;
}

static uint32_t to_character_start(const pk_source *source, uint32_t offset, uint32_t least) {
  while (offset > least && ((unsigned char)source->text[offset] & 0xC0) == 0x80) offset--;
  return offset;
}

typedef struct {
  const cell *cells;
  size_t count;
  size_t first, last; /* cells [first, last) are shown */
  bool is_cut_before, is_cut_after;
} view;

static int end_of(const view *v, size_t number) {
  return number ? v->cells[number - 1].x + v->cells[number - 1].columns : 0;
}

/* Chooses the cells to show so that number `caret` is among them. */
static void fit(view *v, size_t caret) {
  v->first = 0;
  v->last = v->count;
  if (end_of(v, v->count) <= PK_EXCERPT_COLUMNS && !v->is_cut_before && !v->is_cut_after) return;
  int caret_x = end_of(v, caret);
  int from = MAX(0, MIN(caret_x - LEAD_COLUMNS, end_of(v, v->count) - PK_EXCERPT_COLUMNS));
  while (v->first < caret && v->cells[v->first].x < from) v->first++;
  /* A combining mark is not parted from its letter. */
  while (v->first < caret && v->cells[v->first].columns == 0) v->first++;
  int left = v->first < v->count ? v->cells[v->first].x : end_of(v, v->count);
  while (v->last > v->first && end_of(v, v->last) - left > PK_EXCERPT_COLUMNS) v->last--;
  v->is_cut_before |= v->first > 0;
  v->is_cut_after |= v->last < v->count;
}

static void append_line(const view *v, unsigned line, GString *out) {
  g_string_append_printf(out, "%5u | %s", line, v->is_cut_before ? ELLIPSIS : "");
  size_t before = out->len;
  for (size_t i = v->first; i < v->last; i++) g_string_append(out, v->cells[i].text);
  if (v->is_cut_after)
    g_string_append(out, ELLIPSIS);
  else
    while (out->len > before && out->str[out->len - 1] == ' ') g_string_truncate(out, out->len - 1);
  if (v->first == v->last && !v->is_cut_before) g_string_truncate(out, out->len - 1);
  g_string_append_c(out, '\n');
}

/* The number of the cell that begins at or after `offset`. */
static size_t cell_at(const view *v, uint32_t offset) {
  size_t i = 0;
  while (i < v->count && v->cells[i].start < offset) i++;
  return i;
}

static void append_caret(const view *v, size_t caret, size_t end, GString *out) {
  int left = v->first < v->count ? v->cells[v->first].x : 0;
  int start_x = end_of(v, caret) - left, end_x = end_of(v, MIN(end, v->last)) - left;
  for (int x = -(int)v->is_cut_before; x < start_x; x++) g_string_append_c(out, ' ');
  g_string_append_c(out, '^');
  for (int x = start_x + 1; x < end_x; x++) g_string_append_c(out, '~');
}

void pk_excerpt_print(pk_span span, const char *mark, const char *plain, GString *out) {
  const pk_source *source = span.source;
  if (!source || source->is_paged) return;
  uint32_t at = MIN(span.start, (uint32_t)source->size);
  uint32_t stop = CLAMP(span.end, at, (uint32_t)source->size);
  unsigned line = pk_source_place(source, at).line;
  /* A span that takes its line end with it still ends on that line. */
  unsigned last_line = stop > at ? pk_source_place(source, stop - 1).line : line;
  uint32_t start, end;
  find_line(source, line, &start, &end);
  at = MIN(at, end);
  uint32_t from = at - start > NEAR_BYTES ? to_character_start(source, at - NEAR_BYTES, start) : start;
  uint32_t to = end - at > NEAR_BYTES ? to_character_start(source, at + NEAR_BYTES, at) : end;
  g_autoptr(GArray) cells = measure(source, from, to);
  view v = {.cells = (const cell *)(void *)cells->data,
            .count = cells->len,
            .is_cut_before = from > start,
            .is_cut_after = to < end};
  size_t caret = cell_at(&v, at);
  fit(&v, caret);
  append_line(&v, line, out);
  g_string_append_printf(out, "%5s | %s", "", mark);
  append_caret(&v, caret, cell_at(&v, stop), out);
  if (last_line > line) g_string_append_printf(out, " " ELLIPSIS " to line %u", last_line);
  g_string_append_printf(out, "%s\n", plain);
}
