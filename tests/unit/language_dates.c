/* Labels, dates and datelines as each language writes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <locale.h>

#include "language/language.h"

#define NBSP "\u00A0"

static int set_up(void **state) {
  *state = pk_arena_new();
  return 0;
}

static int tear_down(void **state) {
  pk_arena_drop(*state);
  return 0;
}

static const pk_date day = {.year = 2021, .month = 6, .day = 26, .is_given = true};
static const pk_date morning = {
    .year = 2021, .month = 6, .day = 26, .has_time = true, .hour = 6, .offset_minutes = 120, .is_given = true};

static void dateline_date_has_no_year(void **state) {
  assert_string_equal(pk_language_date(*state, PK_LANG_EN, day, PK_DATE_DATELINE), "26" NBSP "June");
  assert_string_equal(pk_language_date(*state, PK_LANG_SR_LATN, day, PK_DATE_DATELINE), "26." NBSP "jun");
  assert_string_equal(pk_language_date(*state, PK_LANG_SR_CYRL, day, PK_DATE_DATELINE), "26." NBSP "јун");
}

static void long_date_has_the_year(void **state) {
  assert_string_equal(pk_language_date(*state, PK_LANG_EN, day, PK_DATE_LONG), "26" NBSP "June" NBSP "2021");
  assert_string_equal(pk_language_date(*state, PK_LANG_SR_LATN, day, PK_DATE_LONG), "26." NBSP "jun" NBSP "2021.");
  assert_string_equal(pk_language_date(*state, PK_LANG_SR_CYRL, day, PK_DATE_LONG), "26." NBSP "јун" NBSP "2021.");
}

static void date_with_time_follows_a_preposition(void **state) {
  assert_string_equal(pk_language_date(*state, PK_LANG_EN, morning, PK_DATE_TIME),
                      "26" NBSP "June" NBSP "2021," NBSP "06:00" NBSP "(UTC+2)");
  assert_string_equal(pk_language_date(*state, PK_LANG_SR_LATN, morning, PK_DATE_TIME),
                      "26." NBSP "juna" NBSP "2021." NBSP "u" NBSP "06.00" NBSP "(UTC+2)");
  assert_string_equal(pk_language_date(*state, PK_LANG_SR_CYRL, morning, PK_DATE_TIME),
                      "26." NBSP "јуна" NBSP "2021." NBSP "у" NBSP "06.00" NBSP "(UTC+2)");
  assert_string_equal(pk_language_date(*state, PK_LANG_SR_LATN, day, PK_DATE_TIME), "26." NBSP "juna" NBSP "2021.");
  assert_string_equal(pk_language_date(*state, PK_LANG_EN, morning, PK_DATE_LONG), "26" NBSP "June" NBSP "2021");
}

static void time_zone_is_told_from_utc(void **state) {
  pk_date date = morning;
  date.offset_minutes = 0;
  assert_non_null(strstr(pk_language_date(*state, PK_LANG_EN, date, PK_DATE_TIME), "(UTC)"));
  date.offset_minutes = 330;
  assert_non_null(strstr(pk_language_date(*state, PK_LANG_EN, date, PK_DATE_TIME), "(UTC+5:30)"));
  date.offset_minutes = -210;
  assert_non_null(strstr(pk_language_date(*state, PK_LANG_EN, date, PK_DATE_TIME), "(UTC−3:30)"));
}

static void partial_dates_say_what_is_known(void **state) {
  pk_date month = {.year = 2021, .month = 6, .is_given = true}, year = {.year = 2021, .is_given = true};
  for (pk_date_form form = PK_DATE_DATELINE; form <= PK_DATE_LONG; form++) {
    assert_string_equal(pk_language_date(*state, PK_LANG_EN, month, form), "June" NBSP "2021");
    assert_string_equal(pk_language_date(*state, PK_LANG_SR_LATN, month, form), "jun" NBSP "2021.");
    assert_string_equal(pk_language_date(*state, PK_LANG_EN, year, form), "2021");
    assert_string_equal(pk_language_date(*state, PK_LANG_SR_CYRL, year, form), "2021.");
  }
  assert_string_equal(pk_language_date(*state, PK_LANG_SR_LATN, month, PK_DATE_TIME), "juna" NBSP "2021.");
  assert_string_equal(pk_language_date(*state, PK_LANG_EN, (pk_date){0}, PK_DATE_LONG), "");
}

static void dateline_puts_place_and_date_before_a_dash(void **state) {
  pk_date none = {0};
  assert_string_equal(pk_language_dateline(*state, PK_LANG_EN, "Belgrade", day), "BELGRADE, 26" NBSP "June" NBSP "— ");
  assert_string_equal(pk_language_dateline(*state, PK_LANG_SR_LATN, "Beograd", day),
                      "BEOGRAD, 26." NBSP "jun" NBSP "— ");
  assert_string_equal(pk_language_dateline(*state, PK_LANG_SR_CYRL, "Београд", day),
                      "БЕОГРАД, 26." NBSP "јун" NBSP "— ");
  assert_string_equal(pk_language_dateline(*state, PK_LANG_EN, "Belgrade", none), "BELGRADE" NBSP "— ");
  assert_string_equal(pk_language_dateline(*state, PK_LANG_EN, NULL, day), "26" NBSP "June" NBSP "— ");
  assert_string_equal(pk_language_dateline(*state, PK_LANG_EN, "", none), "");
  assert_string_equal(pk_language_dateline(*state, PK_LANG_EN, NULL, none), "");
}

static void upper_follows_unicode(void **state) {
  assert_string_equal(pk_language_upper(*state, PK_LANG_SR_LATN, "Njegoš, ljubav, džep, đak ćup"),
                      "NJEGOŠ, LJUBAV, DŽEP, ĐAK ĆUP");
  assert_string_equal(pk_language_upper(*state, PK_LANG_SR_LATN, "ǋegoš ǉubav ǆep"), "ǊEGOŠ ǇUBAV ǄEP");
  assert_string_equal(pk_language_upper(*state, PK_LANG_SR_CYRL, "Ђаци, Његош, љубав"), "ЂАЦИ, ЊЕГОШ, ЉУБАВ");
  assert_string_equal(pk_language_upper(*state, PK_LANG_EN, "Straße, ﬁ, niš\u030C"), "STRASSE, FI, NIŠ\u030C");
  assert_string_equal(pk_language_upper(*state, PK_LANG_EN, "a\xFFz"), "A\xFFZ");
}

/* Proves something where the locale is installed, and holds anywhere. */
static void upper_is_alike_in_a_turkish_locale(void **state) {
  g_autofree char *saved = g_strdup(setlocale(LC_CTYPE, NULL));
  setlocale(LC_CTYPE, "tr_TR.UTF-8");
  assert_string_equal(pk_language_upper(*state, PK_LANG_EN, "Niš ı istiqlal"), "NIŠ I ISTIQLAL");
  setlocale(LC_CTYPE, saved);
}

static void labels_are_there_in_every_language(void **state) {
  (void)state;
  for (int label = 0; label < PK_LABEL_COUNT; label++) {
    const char *name = pk_language_label_name((pk_label)label);
    assert_int_equal(pk_language_label_find(name), label);
    for (pk_lang lang = PK_LANG_EN; lang < PK_LANG_COUNT; lang++)
      assert_true(*pk_language_label(lang, (pk_label)label) != '\0');
  }
  assert_int_equal(pk_language_label_find("no-such-label"), -1);
}

static void serbian_labels_are_the_same_words_in_both_scripts(void **state) {
  for (int label = 0; label < PK_LABEL_COUNT; label++) {
    const char *cyrillic = pk_language_label(PK_LANG_SR_CYRL, (pk_label)label);
    g_auto(GStrv) pieces = g_strsplit(cyrillic, "%s", -1);
    g_autoptr(GString) latin = g_string_new(NULL);
    for (size_t i = 0; pieces[i]; i++)
      g_string_append_printf(latin, "%s%s", i ? "%s" : "", pk_language_convert(*state, PK_LANG_SR_LATN, pieces[i]));
    assert_string_equal(latin->str, pk_language_label(PK_LANG_SR_LATN, (pk_label)label));
  }
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(dateline_date_has_no_year),
      TEST(long_date_has_the_year),
      TEST(date_with_time_follows_a_preposition),
      TEST(time_zone_is_told_from_utc),
      TEST(partial_dates_say_what_is_known),
      TEST(dateline_puts_place_and_date_before_a_dash),
      TEST(upper_follows_unicode),
      TEST(upper_is_alike_in_a_turkish_locale),
      TEST(labels_are_there_in_every_language),
      TEST(serbian_labels_are_the_same_words_in_both_scripts),
  };
  return cmocka_run_group_tests_name("language: labels and dates", tests, NULL, NULL);
}
