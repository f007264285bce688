/* Page ranges and the names of outputs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "build/output.h"
#include "build/range.h"

/* The pages of a document of ten that `text` names, as "1 2 3". */
static char *pages_of(const char *text) {
  g_autoptr(pk_arena) arena = pk_arena_new();
  g_autoptr(GArray) ranges = pk_range_parse(text);
  if (!ranges) return g_strdup("malformed");
  GString *out = g_string_new(NULL);
  size_t count;
  const size_t *pages = pk_range_pages(ranges, 10, arena, &count);
  for (size_t i = 0; i < count; i++) g_string_append_printf(out, "%s%zu", i ? " " : "", pages[i] + 1);
  return g_string_free(out, FALSE);
}

static void range_names_pages_in_order_and_once(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"1", "1"},         {"2-4", "2 3 4"},       {"-2", "1 2"},      {"9-", "9 10"},
      {"7,1-2", "1 2 7"}, {"3-5,4-6", "3 4 5 6"}, {" 1 , 3 ", "1 3"}, {"1,9-", "1 9 10"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *got = pages_of(cases[i][0]);
    assert_string_equal(got, cases[i][1]);
  }
}

static void range_refuses_what_names_no_pages(void **state) {
  (void)state;
  static const char *const cases[] = {"", "-", "0", "x", "1,", ",1", "3-2", "1--2", "1-2-3", "1 2", "+1", "1.5", "0-3"};
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *got = pages_of(cases[i]);
    assert_string_equal(got, "malformed");
  }
}

static void range_of_a_huge_number_does_not_overflow(void **state) {
  (void)state;
  g_autoptr(GArray) ranges = pk_range_parse("1-99999999999999999999999999");
  assert_non_null(ranges);
  assert_true(pk_range_highest(ranges) > 1000000);
}

static void range_highest_is_what_was_said_in_so_many_words(void **state) {
  (void)state;
  g_autoptr(GArray) ranges = pk_range_parse("2,5-7,3-");
  assert_int_equal(pk_range_highest(ranges), 7);
}

static void output_default_is_the_articles_name_in_the_current_folder(void **state) {
  (void)state;
  g_autoptr(pk_arena) arena = pk_arena_new();
  assert_string_equal(pk_output_default(arena, "a/b/news.sr-Latn.md", PRESSKIT_PRESS, PRESSKIT_PDF),
                      "news.sr-Latn.pdf");
  assert_string_equal(pk_output_default(arena, "news.markdown", PRESSKIT_PRESS, PRESSKIT_PNG), "news.png");
  assert_string_equal(pk_output_default(arena, "news", PRESSKIT_PRESS, PRESSKIT_PDF), "news.pdf");
  assert_string_equal(pk_output_default(arena, ".md", PRESSKIT_PRESS, PRESSKIT_PDF), ".md.pdf");
}

static void output_numbers_several_pages_by_the_document(void **state) {
  (void)state;
  g_autoptr(pk_arena) arena = pk_arena_new();
  const size_t chosen[] = {1, 8};
  pk_output_names one = pk_output_number(arena, "a.png", NULL, 1, 12);
  assert_string_equal(one.paths[0], "a.png");
  pk_output_names two = pk_output_number(arena, "out/a.png", chosen, 2, 12);
  assert_string_equal(two.paths[0], "out/a-02.png");
  assert_string_equal(two.paths[1], "out/a-09.png");
  pk_output_names bare = pk_output_number(arena, "a.b", NULL, 2, 2);
  assert_string_equal(bare.paths[1], "a.b-2.png");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(range_names_pages_in_order_and_once),
      cmocka_unit_test(range_refuses_what_names_no_pages),
      cmocka_unit_test(range_of_a_huge_number_does_not_overflow),
      cmocka_unit_test(range_highest_is_what_was_said_in_so_many_words),
      cmocka_unit_test(output_default_is_the_articles_name_in_the_current_folder),
      cmocka_unit_test(output_numbers_several_pages_by_the_document),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
