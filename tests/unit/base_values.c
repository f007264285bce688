/* Arena, lengths, dates and language tags. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"
#include "base/date.h"

/* ---- arena ---------------------------------------------------------------- */

static void arena_memory_is_zeroed_aligned_and_stays(void **state) {
  (void)state;
  g_autoptr(pk_arena) arena = pk_arena_new();
  unsigned char *kept[200];
  for (size_t i = 0; i < G_N_ELEMENTS(kept); i++) {
    kept[i] = pk_arena_alloc(arena, 1 + i * 37);
    assert_int_equal((uintptr_t)kept[i] % 16, 0);
    for (size_t j = 0; j < 1 + i * 37; j++) assert_int_equal(kept[i][j], 0);
    memset(kept[i], (int)i, 1 + i * 37);
  }
  for (size_t i = 0; i < G_N_ELEMENTS(kept); i++) assert_int_equal(kept[i][i * 37], i);
}

static void arena_takes_more_than_a_block_at_once(void **state) {
  (void)state;
  g_autoptr(pk_arena) arena = pk_arena_new();
  char *big = pk_arena_alloc(arena, 1024 * 1024);
  big[1024 * 1024 - 1] = 'x';
  assert_string_equal(pk_arena_printf(arena, "%d-%s", 7, "a"), "7-a");
}

static void append_letter(gpointer data) {
  g_string_append_c(data, (char)('a' + ((GString *)data)->len));
}
static void append_mark(gpointer data) {
  g_string_append_c(data, '!');
}

static void arena_runs_cleanups_last_first(void **state) {
  (void)state;
  GString *log = g_string_new(NULL);
  pk_arena *arena = pk_arena_new();
  pk_arena_defer(arena, append_mark, log);
  pk_arena_defer(arena, append_letter, log);
  pk_arena_drop(arena);
  assert_string_equal(log->str, "a!");
  g_string_free(log, TRUE);
}

static void arena_reset_frees_and_cleans_only_what_is_younger_than_the_mark(void **state) {
  (void)state;
  GString *log = g_string_new(NULL);
  pk_arena *arena = pk_arena_new();
  char *kept = pk_arena_strdup(arena, "kept");
  pk_arena_defer(arena, append_mark, log);
  pk_arena_mark mark = pk_arena_mark_now(arena);
  size_t used = pk_arena_used(arena);
  for (int i = 0; i < 50; i++) pk_arena_alloc(arena, 10000);
  pk_arena_defer(arena, append_letter, log);
  pk_arena_reset(arena, mark);
  assert_string_equal(log->str, "a");
  assert_int_equal(pk_arena_used(arena), used);
  assert_string_equal(kept, "kept");
  for (size_t i = 0; i < 64; i++) assert_int_equal(((char *)pk_arena_alloc(arena, 1))[0], 0);
  pk_arena_drop(arena);
  assert_string_equal(log->str, "a!");
  g_string_free(log, TRUE);
}

/* ---- lengths --------------------------------------------------------------- */

static void dimension_reads_every_unit(void **state) {
  (void)state;
  static const struct {
    const char *text;
    double value;
    pk_unit unit;
  } cases[] = {
      {"13pt", 13, PK_UNIT_PT},
      {"6 mm", 6 * 72 / 25.4, PK_UNIT_PT},
      {"1.5em", 1.5, PK_UNIT_EM},
      {"2grid", 2, PK_UNIT_GRID},
      {"60%", 60, PK_UNIT_PERCENT},
      {"0", 0, PK_UNIT_PT},
      {"-3cm", -30 * 72 / 25.4, PK_UNIT_PT},
      {"1in", 72, PK_UNIT_PT},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    pk_dimension d;
    assert_int_equal(pk_dimension_parse(cases[i].text, &d), PK_DIMENSION_OK);
    assert_float_equal(d.value, cases[i].value, 1e-9);
    assert_int_equal(d.unit, cases[i].unit);
  }
}

static void dimension_says_why_a_text_is_none(void **state) {
  (void)state;
  pk_dimension d;
  assert_int_equal(pk_dimension_parse("", &d), PK_DIMENSION_NO_NUMBER);
  assert_int_equal(pk_dimension_parse("wide", &d), PK_DIMENSION_NO_NUMBER);
  assert_int_equal(pk_dimension_parse("inf", &d), PK_DIMENSION_NO_NUMBER);
  assert_int_equal(pk_dimension_parse("nanmm", &d), PK_DIMENSION_NO_NUMBER);
  assert_int_equal(pk_dimension_parse("0x10mm", &d), PK_DIMENSION_NO_NUMBER);
  assert_int_equal(pk_dimension_parse("1e400mm", &d), PK_DIMENSION_NO_NUMBER);
  assert_int_equal(pk_dimension_parse("12", &d), PK_DIMENSION_NO_UNIT);
  assert_int_equal(pk_dimension_parse("12px", &d), PK_DIMENSION_BAD_UNIT);
}

static void dimension_resolves_by_its_unit(void **state) {
  (void)state;
  assert_float_equal(pk_dimension_resolve((pk_dimension){2, PK_UNIT_PT}, 10, 13, 200), 2, 0);
  assert_float_equal(pk_dimension_resolve((pk_dimension){2, PK_UNIT_EM}, 10, 13, 200), 20, 0);
  assert_float_equal(pk_dimension_resolve((pk_dimension){2, PK_UNIT_GRID}, 10, 13, 200), 26, 0);
  assert_float_equal(pk_dimension_resolve((pk_dimension){25, PK_UNIT_PERCENT}, 10, 13, 200), 50, 0);
}

/* ---- dates ------------------------------------------------------------------ */

static void date_reads_days_and_times_with_a_zone(void **state) {
  (void)state;
  pk_date day, time, utc;
  assert_int_equal(pk_date_parse("2021-06-26", &day), PK_DATE_OK);
  assert_true(day.is_given && !day.has_time);
  assert_int_equal(day.month, 6);
  assert_int_equal(pk_date_parse("2021-06-26T06:05-02:30", &time), PK_DATE_OK);
  assert_int_equal(time.hour * 60 + time.minute, 365);
  assert_int_equal(time.offset_minutes, -150);
  assert_int_equal(pk_date_parse("2021-06-26 04:00:30Z", &utc), PK_DATE_OK);
  assert_int_equal(utc.offset_minutes, 0);
}

static void date_says_why_a_text_is_none(void **state) {
  (void)state;
  pk_date date;
  assert_int_equal(pk_date_parse("26.06.2021.", &date), PK_DATE_BAD_FORM);
  assert_int_equal(pk_date_parse("2021-06-26x", &date), PK_DATE_BAD_FORM);
  assert_int_equal(pk_date_parse("2021-02-29", &date), PK_DATE_NO_SUCH);
  assert_int_equal(pk_date_parse("2020-02-29", &date), PK_DATE_OK);
  assert_int_equal(pk_date_parse("0000-01-01", &date), PK_DATE_NO_SUCH);
  assert_int_equal(pk_date_parse("2021-06-26T06:00", &date), PK_DATE_NO_ZONE);
  assert_int_equal(pk_date_parse("2021-06-26T24:00Z", &date), PK_DATE_NO_SUCH);
}

/* ---- languages --------------------------------------------------------------- */

static void lang_tags_are_read_in_any_letter_case(void **state) {
  (void)state;
  for (int i = 0; i < PK_LANG_COUNT; i++) assert_int_equal(pk_lang_from_tag(pk_lang_tag((pk_lang)i)), i);
  assert_int_equal(pk_lang_from_tag("SR-cyrl"), PK_LANG_SR_CYRL);
  assert_int_equal(pk_lang_from_tag("sr"), PK_LANG_NONE);
  assert_null(pk_lang_tag(PK_LANG_NONE));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(arena_memory_is_zeroed_aligned_and_stays),
      cmocka_unit_test(arena_takes_more_than_a_block_at_once),
      cmocka_unit_test(arena_runs_cleanups_last_first),
      cmocka_unit_test(arena_reset_frees_and_cleans_only_what_is_younger_than_the_mark),
      cmocka_unit_test(dimension_reads_every_unit),
      cmocka_unit_test(dimension_says_why_a_text_is_none),
      cmocka_unit_test(dimension_resolves_by_its_unit),
      cmocka_unit_test(date_reads_days_and_times_with_a_zone),
      cmocka_unit_test(date_says_why_a_text_is_none),
      cmocka_unit_test(lang_tags_are_read_in_any_letter_case),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
