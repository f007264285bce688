/* Data files: what is a row, and how a fault is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <string.h>

#include "spec/rows.h"

typedef struct {
  pk_arena *arena;
  pk_job job;
  char *path;
} fixture;

static int set_up(void **state) {
  fixture *f = g_new0(fixture, 1);
  f->arena = pk_arena_new();
  f->job = (pk_job){.arena = f->arena, .diag = pk_diag_new(f->arena)};
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  if (f->path) g_unlink(f->path);
  g_free(f->path);
  pk_arena_drop(f->arena);
  g_free(f);
  return 0;
}

static pk_rows *open_text(fixture *f, const char *ending, const char *text, size_t size) {
  g_free(f->path);
  f->path = g_strdup_printf("%s/presskit-rows-%s", g_get_tmp_dir(), ending);
  assert_true(g_file_set_contents(f->path, text, (gssize)size, NULL));
  return pk_rows_open(&f->job, f->path, PK_SPAN_NONE);
}

/* All rows as "a|b|c;d|e|f;", a '!' for a bad one. */
static char *read_all(fixture *f, const char *ending, const char *text) {
  pk_rows *rows = open_text(f, ending, text, strlen(text));
  assert_non_null(rows);
  GString *out = g_string_new(NULL);
  size_t count;
  const char *const *columns = pk_rows_columns(rows, &count);
  for (size_t i = 0; i < count; i++) g_string_append_printf(out, "%s%s", i ? "|" : "", columns[i]);
  pk_row row;
  for (pk_rows_state s; (s = pk_rows_next(rows, &f->job, &row)) != PK_ROWS_END;) {
    g_string_append(out, s == PK_ROWS_BAD ? ";!" : ";");
    for (size_t i = 0; s == PK_ROWS_ROW && i < count; i++)
      g_string_append_printf(out, "%s%s", i ? "|" : "", row.values[i]);
  }
  pk_rows_close(rows);
  return g_string_free(out, FALSE);
}

#define ASSERT_ROWS(f, ending, text, wanted)                                                                           \
  do {                                                                                                                 \
    g_autofree char *got_ = read_all(f, ending, text);                                                                 \
    assert_string_equal(got_, wanted);                                                                                 \
  } while (0)

static void csv_is_read_as_the_standard_says(void **state) {
  fixture *f = *state;
  ASSERT_ROWS(f, "a.csv", "a,b\r\n1,2\r\n3,4", "a|b;1|2;3|4");
  ASSERT_ROWS(f, "a.csv", "a,b\n\"x, \"\"y\"\"\",\"two\nlines\"\n\"\",\n,\n", "a|b;x, \"y\"|two\nlines;|");
  ASSERT_ROWS(f, "a.csv", "only\none\n\ntwo\n", "only;one;two");
  assert_int_equal(pk_diag_count(f->job.diag, PK_ERROR), 0);
}

static void csv_is_read_as_excel_writes_it(void **state) {
  fixture *f = *state;
  ASSERT_ROWS(f, "a.csv", "\xEF\xBB\xBFime;grad\r\nAna;\"Niš; centar\"\r\n", "ime|grad;Ana|Niš; centar");
  ASSERT_ROWS(f, "a.csv", "sep=;\r\na;b,c\r\n1;2\r\n", "a|b,c;1|2");
  ASSERT_ROWS(f, "a.csv", "a\tb\n1\t2\n", "a|b;1|2");
  assert_int_equal(pk_diag_count(f->job.diag, PK_ERROR), 0);
}

static void json_lines_are_read(void **state) {
  fixture *f = *state;
  ASSERT_ROWS(f, "a.jsonl", "{\"a\": \"x\", \"b\": 1.5}\n\n{\"b\": 7}\n{\"a\": null, \"b\": true}\n",
              "a|b;x|1.5;|7;|true");
  assert_int_equal(pk_diag_count(f->job.diag, PK_ERROR), 0);
  ASSERT_ROWS(f, "a.jsonl", "{\"a\": 1}\n{\"c\": 2}\n{\"a\": [1]}\n{\n{\"a\": 3}\n", "a;1;!;!;!;3");
  assert_int_equal(pk_diag_count(f->job.diag, PK_ERROR), 3);
}

static pk_place place_of(const fixture *f, size_t number, const char *words) {
  size_t count;
  const pk_diagnostic *const *list = pk_diag_list(f->job.diag, &count);
  assert_true(number < count);
  assert_non_null(strstr(list[number]->message, words));
  return pk_source_place(list[number]->span.source, list[number]->span.start);
}

static void faults_are_told_at_their_line(void **state) {
  fixture *f = *state;
  ASSERT_ROWS(f, "a.csv", "a,b\n1,2\n1,2,3\n\"x\"y,2\n5\"6,7\n8,9\n", "a|b;1|2;!;!;!;8|9");
  pk_place place = place_of(f, 0, "row 2 has 3 values, and there are 2 columns");
  assert_int_equal(place.line, 3);
  place = place_of(f, 1, "something follows the closing quote");
  assert_int_equal(place.line, 4);
  assert_int_equal(place.column, 4);
  place = place_of(f, 2, "a quote in the middle");
  assert_int_equal(place.line, 5);
  assert_int_equal(place.column, 2);
}

static void an_open_quote_is_told_where_it_opens(void **state) {
  fixture *f = *state;
  ASSERT_ROWS(f, "a.csv", "a,b\n1,2\n3,\"four\n5,6\n", "a|b;1|2;!");
  pk_place place = place_of(f, 0, "the quote is not closed");
  assert_int_equal(place.line, 3);
  assert_int_equal(place.column, 3);
}

static void windows_1250_is_recognised(void **state) {
  fixture *f = *state;
  ASSERT_ROWS(f, "a.csv", "ime\nAna\nMilo\x9A\nPetar\n", "ime;Ana;!");
  pk_place place = place_of(f, 0, "byte 0x9a is not UTF-8");
  assert_int_equal(place.line, 3);
  assert_int_equal(place.column, 5);
  assert_null(open_text(f, "b.csv", "a\0b\n1\n", 6));
}

static void columns_must_have_names(void **state) {
  fixture *f = *state;
  assert_null(open_text(f, "a.csv", "a,,c\n1,2,3\n", 11));
  assert_null(open_text(f, "a.csv", "a,b,a\n1,2,3\n", 12));
  assert_null(open_text(f, "a.csv", "", 0));
  assert_null(open_text(f, "a.jsonl", "\n\n", 2));
  assert_int_equal(pk_diag_count(f->job.diag, PK_ERROR), 4);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(csv_is_read_as_the_standard_says),
      TEST(csv_is_read_as_excel_writes_it),
      TEST(json_lines_are_read),
      TEST(faults_are_told_at_their_line),
      TEST(an_open_quote_is_told_where_it_opens),
      TEST(windows_1250_is_recognised),
      TEST(columns_must_have_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
