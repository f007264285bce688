/* Ties: which words stay together, in each language and script. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "language/language.h"

typedef struct {
  pk_lang lang;
  const char *left, *right;
  pk_tie tie;
} tie_case;

static const tie_case cases[] = {
    /* numbers */
    {PK_LANG_EN, "10", "%", PK_TIE_FIRM},
    {PK_LANG_EN, "12.5", "km.", PK_TIE_FIRM},
    {PK_LANG_EN, "5", "p.m.", PK_TIE_FIRM},
    {PK_LANG_EN, "10", "000", PK_TIE_FIRM},
    {PK_LANG_EN, "3", "million", PK_TIE_CLOSE},
    {PK_LANG_EN, "15", "years", PK_TIE_SENSE},
    {PK_LANG_EN, "§", "4", PK_TIE_FIRM},
    {PK_LANG_EN, "No.", "5", PK_TIE_FIRM},
    {PK_LANG_EN, "no", "5", PK_TIE_SENSE},
    {PK_LANG_EN, "pp.", "12–15", PK_TIE_FIRM},
    {PK_LANG_SR_CYRL, "бр.", "5", PK_TIE_FIRM},
    {PK_LANG_SR_CYRL, "је", "иселио", PK_TIE_SENSE},
    {PK_LANG_SR_LATN, "je", "da", PK_TIE_NONE}, /* a clause begins */
    {PK_LANG_SR_CYRL, "за", "који", PK_TIE_SENSE},
    {PK_LANG_SR_LATN, "br.", "5", PK_TIE_FIRM},
    {PK_LANG_SR_CYRL, "10", "%", PK_TIE_FIRM},
    {PK_LANG_SR_CYRL, "чл.", "12.", PK_TIE_FIRM},
    {PK_LANG_SR_LATN, "5.000", "dinara", PK_TIE_FIRM},
    {PK_LANG_SR_CYRL, "2021.", "год.", PK_TIE_FIRM},
    {PK_LANG_EN, "in", "2021.", PK_TIE_SENSE},
    {PK_LANG_EN, "2021.", "The", PK_TIE_NONE},
    {PK_LANG_EN, "10,", "000", PK_TIE_NONE},
    {PK_LANG_EN, "10", "(km)", PK_TIE_SENSE},
    /* dates */
    {PK_LANG_EN, "26", "June", PK_TIE_FIRM},
    {PK_LANG_EN, "June", "26,", PK_TIE_FIRM},
    {PK_LANG_EN, "June", "2021", PK_TIE_CLOSE},
    {PK_LANG_EN, "you", "may", PK_TIE_NONE},
    {PK_LANG_SR_CYRL, "26.", "јун", PK_TIE_FIRM},
    {PK_LANG_SR_CYRL, "26.", "јуна", PK_TIE_FIRM},
    {PK_LANG_SR_LATN, "26.", "Jun,", PK_TIE_FIRM},
    {PK_LANG_SR_LATN, "juna", "2021.", PK_TIE_CLOSE},
    {PK_LANG_EN, "26.", "јун", PK_TIE_NONE}, /* an English sentence ends there */
    /* names */
    {PK_LANG_EN, "Gen.", "Carter", PK_TIE_FIRM},
    {PK_LANG_EN, "(Gen.", "Carter", PK_TIE_FIRM},
    {PK_LANG_EN, "gen.", "carter", PK_TIE_NONE},
    {PK_LANG_EN, "J.", "R.", PK_TIE_FIRM},
    {PK_LANG_EN, "John", "F.", PK_TIE_CLOSE},
    {PK_LANG_EN, "General", "Carter", PK_TIE_SENSE},
    {PK_LANG_EN, "War", "II", PK_TIE_CLOSE},
    {PK_LANG_EN, "Today", "I", PK_TIE_NONE},
    {PK_LANG_SR_LATN, "Lj.", "Ilić", PK_TIE_FIRM},
    {PK_LANG_SR_CYRL, "Љ.", "Илић", PK_TIE_FIRM},
    {PK_LANG_SR_CYRL, "др", "Илић", PK_TIE_FIRM},
    {PK_LANG_SR_LATN, "ген.", "Илић", PK_TIE_FIRM},
    {PK_LANG_EN, "ген.", "Илић", PK_TIE_FIRM},
    {PK_LANG_SR_LATN, "Petar", "I", PK_TIE_CLOSE},
    {PK_LANG_SR_LATN, "Nova", "Varoš", PK_TIE_MILD},
    /* words that lean on others */
    {PK_LANG_SR_LATN, "u", "Beogradu", PK_TIE_FIRM},
    {PK_LANG_SR_CYRL, "У", "Београду", PK_TIE_FIRM},
    {PK_LANG_SR_LATN, "(i", "tada", PK_TIE_FIRM},
    {PK_LANG_EN, "а", "онда", PK_TIE_FIRM},
    {PK_LANG_EN, "a", "bridge", PK_TIE_SENSE},
    {PK_LANG_EN, "between", "the", PK_TIE_SENSE},
    {PK_LANG_EN, "on,", "the", PK_TIE_NONE},
    {PK_LANG_SR_CYRL, "између", "обала", PK_TIE_SENSE},
    {PK_LANG_SR_LATN, "most", "je", PK_TIE_MILD},
    {PK_LANG_SR_LATN, "npr.", "most", PK_TIE_CLOSE},
    {PK_LANG_EN, "e.g.", "bridges", PK_TIE_CLOSE},
    {PK_LANG_SR_CYRL, "мостове", "итд.", PK_TIE_CLOSE},
    {PK_LANG_EN, "bridge", "stands", PK_TIE_NONE},
};

static pk_tie tie_of(const tie_case *c) {
  return pk_language_tie(pk_language_word_kinds(c->lang, c->left, strlen(c->left)),
                         pk_language_word_kinds(c->lang, c->right, strlen(c->right)));
}

static void each_pair_has_its_tie(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    if (tie_of(&cases[i]) != cases[i].tie)
      fail_msg("'%s %s': tie %d, not %d", cases[i].left, cases[i].right, tie_of(&cases[i]), cases[i].tie);
}

/* A word is a stretch of a text: nothing beyond it is read. */
static void a_word_ends_where_it_is_said_to(void **state) {
  (void)state;
  static const char exact[] = {'1', '0'}, word[] = {'b', 'r', '.'};
  uint32_t left = pk_language_word_kinds(PK_LANG_SR_LATN, word, sizeof word);
  assert_int_equal(pk_language_tie(left, pk_language_word_kinds(PK_LANG_SR_LATN, exact, sizeof exact)), PK_TIE_FIRM);
}

static void marks_alone_are_nothing(void **state) {
  (void)state;
  static const char *const marks[] = {"„", "(", ")", ",", "…", "''", "»"};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    assert_int_equal(pk_language_word_kinds(PK_LANG_SR_LATN, marks[i], strlen(marks[i])), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_pair_has_its_tie),
      cmocka_unit_test(a_word_ends_where_it_is_said_to),
      cmocka_unit_test(marks_alone_are_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
