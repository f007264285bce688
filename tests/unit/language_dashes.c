/* Typewriter dashes and dots set as the language's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "language/language.h"

static void check(pk_arena *arena, pk_lang lang, const char *text, const char *expected) {
  const uint32_t *map = NULL;
  const char *set = pk_language_smart_dashes(arena, lang, text, &map);
  assert_string_equal(set, expected);
  if (strcmp(text, expected) == 0) assert_ptr_equal(set, text);
  size_t size = strlen(set);
  assert_int_equal(map[size], strlen(text));
  for (size_t i = 0; i < size; i++) {
    assert_true(i == 0 || map[i] >= map[i - 1]);
    char source = text[map[i]];
    assert_true(source == set[i] || source == '-' || source == '.');
  }
}

static void dashes_are_the_languages_own(void **state) {
  (void)state;
  pk_arena *arena = pk_arena_new();
  check(arena, PK_LANG_EN, "the river - and the bank", "the river – and the bank");
  check(arena, PK_LANG_EN, "the river -- and", "the river — and");
  check(arena, PK_LANG_EN, "river--bank", "river—bank");
  check(arena, PK_LANG_EN, "river---bank", "river—bank");
  check(arena, PK_LANG_SR_LATN, "reka - i obala -- i most", "reka – i obala – i most");
  check(arena, PK_LANG_SR_CYRL, "река--обала", "река–обала");
  check(arena, PK_LANG_EN, "in 1999-2014 and 2006-2021.", "in 1999–2014 and 2006–2021.");
  check(arena, PK_LANG_SR_CYRL, "(2006-2021)", "(2006–2021)");
  check(arena, PK_LANG_EN, "and so on...", "and so on…");
  check(arena, PK_LANG_SR_LATN, "... i tako dalje...", "… i tako dalje…");
  pk_arena_drop(arena);
}

static void what_may_be_meant_stays(void **state) {
  (void)state;
  static const char *const same[] = {"well-known",
                                     "re-elected",
                                     "--help and -v",

                                     "- item",
                                     "555-0120",
                                     "011-306-120",
                                     "2021-06-26",
                                     "1999-2014-5",
                                     "12006-2021",
                                     "https://a.example/x--y/1999-2014...",
                                     "a--b@c.example",
                                     "www.a--b.example",
                                     "----",
                                     "....",
                                     "....",
                                     "1.2.3",
                                     "—",
                                     "2006-20211",
                                     "",
                                     "-",
                                     "--",
                                     "...."};
  pk_arena *arena = pk_arena_new();
  for (size_t i = 0; i < sizeof same / sizeof *same; i++) check(arena, PK_LANG_EN, same[i], same[i]);
  pk_arena_drop(arena);
}

static void bytes_that_are_no_text_are_kept(void **state) {
  (void)state;
  pk_arena *arena = pk_arena_new();
  check(arena, PK_LANG_EN, "\xFF - \xC4...", "\xFF – \xC4…");
  pk_arena_drop(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(dashes_are_the_languages_own),
      cmocka_unit_test(what_may_be_meant_stays),
      cmocka_unit_test(bytes_that_are_no_text_are_kept),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
