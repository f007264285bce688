/* What is a number in a cell, and where its decimal mark is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "page/numbers.h"

static int64_t mark_of(pk_lang lang, const char *text) {
  pk_styled_text styled = {.text = text, .size = (uint32_t)strlen(text), .lang = lang};
  return pk_number_mark(&styled);
}

static void marks_are_found(void **state) {
  (void)state;
  static const struct {
    pk_lang lang;
    const char *text;
    int64_t mark;
  } cases[] = {
      {PK_LANG_EN, "12", 2},
      {PK_LANG_EN, "12.5", 2},
      {PK_LANG_EN, "1,204.75", 5},
      {PK_LANG_EN, "10 000", 6},
      {PK_LANG_EN, "−3.25", 4},
      {PK_LANG_EN, "€ 14.5", 6},
      {PK_LANG_EN, "47.75 %", 2},
      {PK_LANG_EN, "120 km", 3},
      {PK_LANG_EN, "2006.", 4},
      {PK_LANG_SR_LATN, "1.204,75", 5},
      {PK_LANG_SR_CYRL, "0,5", 1},
      {PK_LANG_SR_CYRL, "1.200", 5},
      {PK_LANG_EN, "", PK_NUMBER_NONE},
      {PK_LANG_EN, "—", PK_NUMBER_NONE},
      {PK_LANG_EN, "–", PK_NUMBER_NONE},
      {PK_LANG_EN, "1.2.3", 0},
      {PK_LANG_SR_LATN, "1,2,3", 0},
      {PK_LANG_EN, "twelve", 0},
      {PK_LANG_EN, "12 boats and 4 crews", 0},
      {PK_LANG_EN, "%", 0},
      {PK_LANG_EN, "€", 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    if (mark_of(cases[i].lang, cases[i].text) != cases[i].mark)
      fail_msg("'%s': %d, not %d", cases[i].text, (int)mark_of(cases[i].lang, cases[i].text), (int)cases[i].mark);
}

static void the_number_of_a_footnote_is_no_figure(void **state) {
  (void)state;
  pk_style_run runs[] = {{.start = 0, .end = 2}, {.start = 2, .end = 3, .footnote = 1}};
  pk_styled_text text = {.text = "121", .size = 3, .runs = runs, .run_count = 2, .lang = PK_LANG_EN};
  assert_int_equal(pk_number_mark(&text), 2);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(marks_are_found),
      cmocka_unit_test(the_number_of_a_footnote_is_no_figure),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
