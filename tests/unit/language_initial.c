/* The letter of an initial, in each script. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "language/language.h"

static void letters_are_found(void **state) {
  (void)state;
  static const struct {
    const char *text, *quote, *letter; /* letter NULL: none */
  } cases[] = {
      {"Fifteen years", "", "F"},
      {"“Quiet”", "“", "Q"},
      {"„Čamac”", "„", "Č"},
      {"(«Drina»)", "(«", "D"},
      {"Njihova", "", "Nj"},
      {"NJEGOŠ", "", "NJ"},
      {"„Ljudi”", "„", "Lj"},
      {"Džepovi", "", "Dž"},
      {"Dzeta", "", "D"},
      {"C\u030Camac", "", "C\u030C"},
      {"Dz\u030Cep", "", "Dz\u030C"},
      {"Њихова", "", "Њ"},
      {"А", "", "А"},
      {"U Beogradu", "", "U"},
      {"2021 was", "", NULL},
      {"— Dobar dan", "", NULL},
      {"„", "", NULL},
      {"", "", NULL},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    size_t quote, end;
    bool found = pk_language_initial(cases[i].text, strlen(cases[i].text), &quote, &end);
    if (found != (cases[i].letter != NULL)) fail_msg("'%s'", cases[i].text);
    if (!found) continue;
    assert_int_equal(quote, strlen(cases[i].quote));
    if (end - quote != strlen(cases[i].letter) || memcmp(cases[i].text + quote, cases[i].letter, end - quote))
      fail_msg("'%s': bytes %zu to %zu", cases[i].text, quote, end);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(letters_are_found)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
