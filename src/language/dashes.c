/* Typewriter dashes and dots set as the language's own.
 *
 * In:  UTF-8 text of a paragraph, valid or not.
 * Out: the text with " - ", "--", "---", a hyphen between two years and "..."
 *      replaced, and for each byte of it the byte it came from.
 *
 * Only what cannot be meant otherwise is replaced: hyphens inside words and
 * numbers, options (--help), rows of dots or hyphens, and addresses stay. A year
 * is four figures that begin with 1 or 2. */
#include <glib.h>
#include <string.h>

#include "language/language.h"

/* English after New Hart's Rules for a spaced hyphen and after the press style
 * for the doubled one; Serbian after Pravopis: a spaced en dash. */
typedef struct {
  const char *spaced;        /* for " - " */
  const char *spaced_double; /* for " -- " */
  const char *closed_double; /* for word--word */
  const char *triple, *years, *ellipsis;
} dash_set;

static const dash_set sets[PK_LANG_COUNT] = {
    [PK_LANG_EN] = {"–", "—", "—", "—", "–", "…"},
    [PK_LANG_SR_LATN] = {"–", "–", "–", "—", "–", "…"},
    [PK_LANG_SR_CYRL] = {"–", "–", "–", "—", "–", "…"},
};

/* Bytes beyond ASCII are parts of letters here. */
static bool is_wordly(char c) {
  return g_ascii_isalnum(c) || (uint8_t)c >= 0x80;
}

static bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\0';
}

/* A row of `count` marks between `before` and `after`; NULL: leave it. */
static const char *replace_dashes(const dash_set *set, size_t count, char before, char after) {
  bool is_spaced = before == ' ' && after == ' ', is_closed = is_wordly(before) && is_wordly(after);
  if (count == 1) return is_spaced ? set->spaced : NULL;
  if (count > 3 || !(is_spaced || is_closed)) return NULL;
  if (count == 3) return set->triple;
  return is_spaced ? set->spaced_double : set->closed_double;
}

/* Whether a year of its own ends or begins at `at`. */
static bool is_year(const char *at, const char *text, const char *end) {
  if (at < text || end - at < 4 || (*at != '1' && *at != '2')) return false;
  for (int i = 1; i < 4; i++)
    if (!g_ascii_isdigit(at[i])) return false;
  return true;
}

/* 1999-2014, and no third part: 1999-2014-2020 is no range. */
static bool joins_years(const char *at, const char *text, const char *end) {
  if (!is_year(at - 4, text, end) || !is_year(at + 1, text, end)) return false;
  char before = at - 4 > text ? at[-5] : ' ', after = end - at > 5 ? at[5] : ' ';
  return !is_wordly(before) && before != '-' && before != '/' && before != '.' && !is_wordly(after) && after != '-' &&
         after != '/';
}

static bool is_address(const char *start, const char *end) {
  size_t size = (size_t)(end - start);
  return memmem(start, size, "://", 3) || memchr(start, '@', size) || memmem(start, size, "www.", 4);
}

typedef struct {
  GString *out;
  GArray *map; /* or NULL */
} setter;

/* Appends `size` bytes that came from byte `from` on, or all from `from` alone. */
static void append(setter *s, const char *bytes, size_t size, uint32_t from, bool is_copy) {
  g_string_append_len(s->out, bytes, (gssize)size);
  if (!s->map) return;
  guint before = s->map->len;
  g_array_set_size(s->map, before + (guint)size);
  uint32_t *sources = &g_array_index(s->map, uint32_t, before);
  for (size_t i = 0; i < size; i++) sources[i] = from + (is_copy ? (uint32_t)i : 0);
}

/* The bounds of the word around `at`, looked for once a word. */
typedef struct {
  const char *end; /* of the last one */
  bool is_address;
} word_around;

static bool is_in_address(word_around *word, const char *at, const char *text, const char *end) {
  if (at < word->end) return word->is_address;
  const char *start = at;
  while (start > text && !is_blank(start[-1])) start--;
  for (word->end = at; word->end < end && !is_blank(*word->end);) word->end++;
  word->is_address = is_address(start, word->end);
  return word->is_address;
}

static const char *replacement(const dash_set *set, const char *at, size_t row, const char *text, const char *end) {
  char before = at > text ? at[-1] : '\0', after = at + row < end ? at[row] : '\0';
  if (*at == '.') return row == 3 ? set->ellipsis : NULL;
  if (row == 1 && joins_years(at, text, end)) return set->years;
  return replace_dashes(set, row, before, after);
}

static void set_dashes(setter *s, const dash_set *set, const char *text, const char *end) {
  word_around word = {.end = text};
  for (const char *at = text; at < end;) {
    size_t plain = strcspn(at, "-."), row = 0;
    append(s, at, plain, (uint32_t)(at - text), true);
    at += plain;
    while (at + row < end && at[row] == *at) row++;
    if (row == 0) break;
    const char *replaced = replacement(set, at, row, text, end);
    if (replaced && is_in_address(&word, at, text, end)) replaced = NULL;
    append(s, replaced ? replaced : at, replaced ? strlen(replaced) : row, (uint32_t)(at - text), !replaced);
    at += row;
  }
}

/* A text in which nothing changes. */
static const char *keep_all(pk_arena *arena, const char *text, size_t size, const uint32_t **map) {
  if (!map) return text;
  uint32_t *same = PK_NEW_ARRAY(arena, uint32_t, size + 1);
  for (size_t i = 0; i <= size; i++) same[i] = (uint32_t)i;
  *map = same;
  return text;
}

const char *pk_language_smart_dashes(pk_arena *arena, pk_lang lang, const char *text, const uint32_t **map) {
  size_t size = strlen(text);
  if (!strstr(text, "...") && !strchr(text, '-')) return keep_all(arena, text, size, map);
  setter s = {.map = map ? g_array_sized_new(FALSE, FALSE, sizeof(uint32_t), (guint)size + 16) : NULL};
  g_autoptr(GString) out = s.out = g_string_sized_new(size + 16);
  set_dashes(&s, &sets[lang == PK_LANG_NONE ? PK_LANG_EN : lang], text, text + size);
  if (map) {
    uint32_t end = (uint32_t)size;
    g_array_append_val(s.map, end);
    *map = pk_arena_take_array(arena, s.map);
  }
  return strcmp(out->str, text) == 0 ? text : pk_arena_strndup(arena, out->str, out->len);
}
