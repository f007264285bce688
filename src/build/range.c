/* Reads page ranges. */
#include "build/range.h"

/* A page number at `*at`; false if there is none. Numbers too large to be a
 * page stay too large. */
static bool take_number(const char **at, size_t *number) {
  if (!g_ascii_isdigit(**at)) return false;
  for (*number = 0; g_ascii_isdigit(**at); (*at)++) *number = MIN(*number * 10 + (size_t)(**at - '0'), SIZE_MAX / 16);
  return true;
}

static bool take_range(const char **at, pk_range *range) {
  bool has_first = take_number(at, &range->first);
  if (!has_first) range->first = 1;
  range->last = range->first;
  if (**at == '-') {
    (*at)++;
    bool has_last = take_number(at, &range->last);
    if (!has_first && !has_last) return false;
    if (!has_last) range->last = SIZE_MAX;
  } else if (!has_first) {
    return false;
  }
  return range->first >= 1 && range->first <= range->last;
}

GArray *pk_range_parse(const char *text) {
  GArray *ranges = g_array_new(FALSE, FALSE, sizeof(pk_range));
  const char *at = text;
  for (;;) {
    pk_range range;
    while (*at == ' ') at++;
    if (!take_range(&at, &range)) break;
    g_array_append_val(ranges, range);
    while (*at == ' ') at++;
    if (!*at) return ranges;
    if (*at++ != ',') break;
  }
  g_array_unref(ranges);
  return NULL;
}

size_t pk_range_highest(const GArray *ranges) {
  size_t highest = 0;
  for (guint i = 0; i < ranges->len; i++) {
    const pk_range *range = &g_array_index(ranges, pk_range, i);
    highest = MAX(highest, range->last == SIZE_MAX ? range->first : range->last);
  }
  return highest;
}

const size_t *pk_range_pages(const GArray *ranges, size_t count, pk_arena *arena, size_t *page_count) {
  size_t *pages = PK_NEW_ARRAY(arena, size_t, count);
  bool *is_named = PK_NEW_ARRAY(arena, bool, count);
  for (guint i = 0; i < ranges->len; i++) {
    const pk_range *range = &g_array_index(ranges, pk_range, i);
    for (size_t page = range->first; page <= MIN(range->last, count); page++) is_named[page - 1] = true;
  }
  *page_count = 0;
  for (size_t page = 0; page < count; page++)
    if (is_named[page]) pages[(*page_count)++] = page;
  return pages;
}
