/* Straight quotes set as the language's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "language/language.h"

static int set_up(void **state) {
  *state = pk_arena_new();
  return 0;
}

static int tear_down(void **state) {
  pk_arena_drop(*state);
  return 0;
}

static void check(pk_arena *arena, pk_lang lang, const char *text, const char *expected) {
  const uint32_t *map = NULL;
  const char *set = pk_language_smart_quotes(arena, lang, text, &map);
  assert_string_equal(set, expected);
  assert_string_equal(pk_language_smart_quotes(arena, lang, text, NULL), expected);
  /* Every byte comes from one that is the same, or from a straight quote. */
  size_t size = strlen(set);
  assert_int_equal(map[size], strlen(text));
  for (size_t i = 0; i < size; i++) {
    assert_true(i == 0 || map[i] >= map[i - 1]);
    char source = text[map[i]];
    assert_true(source == set[i] || source == '"' || source == '\'');
  }
}

typedef struct {
  const char *text, *expected;
} example;

static void check_all(pk_arena *arena, pk_lang lang, const example *examples, size_t count) {
  for (size_t i = 0; i < count; i++) check(arena, lang, examples[i].text, examples[i].expected);
}

static void quotes_open_and_close_in_english(void **state) {
  static const example examples[] = {
      {"\"Yes.\"", "“Yes.”"},
      {"He said \"yes\", then left.", "He said “yes”, then left."},
      {"(\"A\" and \"B\")", "(“A” and “B”)"},
      {"word—\"quoted\"—word", "word—“quoted”—word"},
      {"\"First.\" \"Second?\"", "“First.” “Second?”"},
      {"He said \"yes\"\nand \"no\"", "He said “yes”\nand “no”"},
      {"\"In 2021\"", "“In 2021”"},
      {"the \"Drina\"-class", "the “Drina”-class"},
      {"\"2021 began\"", "“2021 began”"},
      {"\"Wait—\" he said", "“Wait—” he said"},
  };
  check_all(*state, PK_LANG_EN, examples, G_N_ELEMENTS(examples));
}

static void quotes_open_and_close_in_serbian(void **state) {
  static const example examples[] = {
      {"\"Da.\"", "„Da.”"},
      {"List \"Odbrana\" piše: \"Vežba 'Zajednički odgovor' je uspela.\"",
       "List „Odbrana” piše: „Vežba ’Zajednički odgovor’ je uspela.”"},
      {"Vežba \"Drina\"-21", "Vežba „Drina”-21"},
      {"„Već\" otvoren", "„Već” otvoren"},
  };
  check_all(*state, PK_LANG_SR_LATN, examples, G_N_ELEMENTS(examples));
  check(*state, PK_LANG_SR_CYRL, "Лист \"Одбрана\" и \"књига\".", "Лист „Одбрана” и „књига”.");
}

static void quotes_nest_by_depth(void **state) {
  static const example examples[] = {
      {"\"She said 'yes' to us\"", "“She said ‘yes’ to us”"},
      {"\"'Yes,' she said.\"", "“‘Yes,’ she said.”"},
      {"\"She said 'yes'\"", "“She said ‘yes’”"},
      {"\"He read \"Drina\" twice\"", "“He read ‘Drina’ twice”"},
      {"a 'plain' word", "a ‘plain’ word"},
  };
  check_all(*state, PK_LANG_EN, examples, G_N_ELEMENTS(examples));
}

static void apostrophes_are_no_quotes(void **state) {
  static const example examples[] = {
      {"don't", "don’t"},
      {"the partners' office", "the partners’ office"},
      {"O'Connor's", "O’Connor’s"},
      {"the class of '99", "the class of ’99"},
      {"the '60s and 1990's", "the ’60s and 1990’s"},
      {"rock 'n' roll", "rock ’n’ roll"},
      {"'Twas the partners' day", "’Twas the partners’ day"},
      {"\"It's the partners' day,\" he said", "“It’s the partners’ day,” he said"},
  };
  check_all(*state, PK_LANG_EN, examples, G_N_ELEMENTS(examples));
  check(*state, PK_LANG_SR_LATN, "Je l' to? 'Ajde.", "Je l’ to? ’Ajde.");
}

static void primes_are_left_alone(void **state) {
  static const example examples[] = {
      {"5'10\" tall", "5'10\" tall"},
      {"a 6\" pipe", "a 6\" pipe"},
      {"40' container", "40' container"},
      {"44°49'N", "44°49'N"},
  };
  check_all(*state, PK_LANG_EN, examples, G_N_ELEMENTS(examples));
}

static void unbalanced_quotes_are_safe(void **state) {
  static const example examples[] = {
      {"\"It goes on in the next paragraph", "“It goes on in the next paragraph"},
      {"and ends here.\" Then more.", "and ends here.” Then more."},
      {"\"", "\""},
      {"'", "'"},
      {"\"\"", "\"\""},
      {"a \" b", "a \" b"},
      {"end'", "end’"},
  };
  check_all(*state, PK_LANG_EN, examples, G_N_ELEMENTS(examples));
}

static void quotes_survive_any_depth(void **state) {
  g_autoptr(GString) text = g_string_new(NULL);
  for (int i = 0; i < 10000; i++) g_string_append(text, i % 2 ? "('a " : "(\"a ");
  const uint32_t *map;
  pk_language_smart_quotes(*state, PK_LANG_EN, text->str, &map);
  const char *broken = "\"\xFF\" '\xC4";
  assert_string_equal(pk_language_smart_quotes(*state, PK_LANG_EN, broken, &map), "“\xFF” ’\xC4");
}

static void text_without_straight_quotes_is_returned_as_it_is(void **state) {
  const char *text = "„Naša reč” – i ‘ostalo’";
  const uint32_t *map;
  assert_ptr_equal(pk_language_smart_quotes(*state, PK_LANG_SR_LATN, text, &map), text);
  for (size_t i = 0; i <= strlen(text); i++) assert_int_equal(map[i], i);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(quotes_open_and_close_in_english),
      TEST(quotes_open_and_close_in_serbian),
      TEST(quotes_nest_by_depth),
      TEST(apostrophes_are_no_quotes),
      TEST(primes_are_left_alone),
      TEST(unbalanced_quotes_are_safe),
      TEST(quotes_survive_any_depth),
      TEST(text_without_straight_quotes_is_returned_as_it_is),
  };
  return cmocka_run_group_tests_name("language: quotes", tests, NULL, NULL);
}
