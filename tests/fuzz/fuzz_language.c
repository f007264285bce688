/* libFuzzer over language/: any bytes as a word, as text to convert, as a
 * paragraph with quotes, as a dictionary. What must always hold is asserted.
 *
 * Reads the dictionaries of hyphen-sr and hyphen-en-gb where Debian puts them. */
#include <glib.h>
#include <string.h>

#include "language/language.h"
#include "language/patterns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_hyphenation(const pk_hyphenation *hyphenation, pk_lang lang, const char *word, size_t size) {
  g_autofree uint8_t *points = g_malloc(size + 1);
  size_t count = pk_hyphenate(hyphenation, lang, word, size, points), found = 0;
  for (size_t i = 0; i < size; i++) {
    if (!points[i]) continue;
    found++;
    /* Never before the first letter, inside a character, or before a mark. */
    g_assert_true(i > 0 && ((uint8_t)word[i] & 0xC0) != 0x80);
    g_assert_false(g_unichar_ismark(g_utf8_get_char_validated(word + i, (gssize)(size - i))));
  }
  g_assert_cmpuint(count, ==, found);
}

static void check_quotes(pk_arena *arena, pk_lang lang, const char *text) {
  const uint32_t *map = NULL;
  const uint32_t *dashes = NULL;
  const char *dashed = pk_language_smart_dashes(arena, lang, text, &dashes);
  if (dashes[strlen(dashed)] != strlen(text)) abort();
  const char *set = pk_language_smart_quotes(arena, lang, text, &map);
  size_t size = strlen(set);
  g_assert_cmpuint(map[size], ==, strlen(text));
  for (size_t i = 0; i < size; i++) g_assert_true(map[i] <= map[i + 1] && map[i] < strlen(text));
  g_assert_cmpint(g_utf8_validate(set, -1, NULL), ==, g_utf8_validate(text, -1, NULL));
}

static void check_conversion(pk_arena *arena, const char *text) {
  const char *cyrillic = pk_language_convert(arena, PK_LANG_SR_CYRL, text);
  const char *latin = pk_language_convert(arena, PK_LANG_SR_LATN, text);
  gboolean is_valid = g_utf8_validate(text, -1, NULL);
  g_assert_cmpint(g_utf8_validate(cyrillic, -1, NULL), ==, is_valid);
  g_assert_cmpint(g_utf8_validate(latin, -1, NULL), ==, is_valid);
  /* What is converted has nothing left to convert. */
  g_assert_true(pk_language_convert(arena, PK_LANG_SR_CYRL, cyrillic) == cyrillic);
  g_assert_true(pk_language_convert(arena, PK_LANG_SR_LATN, latin) == latin);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static pk_hyphenation *hyphenation; /* made once: it is frozen */
  pk_arena *arena = pk_arena_new();
  if (!hyphenation) hyphenation = pk_hyphenation_new("/usr/share/hyphen", pk_diag_new(arena));
  g_autofree char *text = g_strndup((const char *)data, size);
  for (pk_lang lang = PK_LANG_EN; lang < PK_LANG_COUNT; lang++) {
    check_hyphenation(hyphenation, lang, (const char *)data, size);
    check_quotes(arena, lang, text);
  }
  check_conversion(arena, text);
  pk_language_upper(arena, PK_LANG_EN, text);

  uint8_t values[17];
  pk_patterns *patterns = pk_patterns_new((const char *)data, size);
  pk_patterns_match(patterns, (const uint8_t *)"abcdefghijklmnop", 16, values);
  pk_patterns_drop(patterns);
  pk_arena_drop(arena);
  return 0;
}
