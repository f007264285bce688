/* Diagnostics as people and machines read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "diag/diag.h"

typedef struct {
  pk_arena *arena;
  pk_diag *diag;
} fixture;

static int set_up(void **state) {
  fixture *f = g_new0(fixture, 1);
  f->arena = pk_arena_new();
  f->diag = pk_diag_new(f->arena);
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  pk_arena_drop(f->arena);
  g_free(f);
  return 0;
}

static pk_span span_of(fixture *f, const char *text, uint32_t start, uint32_t end) {
  return (pk_span){pk_source_new(f->arena, "a.md", text, strlen(text)), start, end};
}

static void expect(fixture *f, pk_diag_format format, const char *wanted) {
  GString *out = g_string_new(NULL);
  pk_diag_print(f->diag, format, false, out);
  assert_string_equal(out->str, wanted);
  g_string_free(out, TRUE);
}

static void expect_human(fixture *f, pk_span span, const char *lines) {
  pk_diag_add(f->diag, PK_CODE_FILE_MISSING, span, "no");
  pk_place place = pk_source_place(span.source, span.start);
  g_autofree char *wanted = g_strdup_printf("a.md:%u:%u: error[file-missing]: no\n%s", place.line, place.column, lines);
  expect(f, PK_DIAG_HUMAN, wanted);
}

static void diag_print_shows_line_caret_hint_and_related_place(void **state) {
  fixture *f = *state;
  pk_diagnostic *d = pk_diag_add(f->diag, PK_CODE_FILE_MISSING, span_of(f, "one\nthe logo.svg here\n", 8, 16),
                                 "there is no file \"%s\"", "logo.svg");
  pk_diag_hint(f->diag, d, "put it beside the office file");
  const char *layout = "size: A4\n";
  pk_span related = {pk_source_new(f->arena, "b.yaml", layout, strlen(layout)), 6, 8};
  pk_diag_related(f->diag, d, related, "the page is set here");
  expect(f, PK_DIAG_HUMAN,
         "a.md:2:5: error[file-missing]: there is no file \"logo.svg\"\n"
         "    2 | the logo.svg here\n"
         "      |     ^~~~~~~~\n"
         "      = hint: put it beside the office file\n"
         "b.yaml:1:7: note: the page is set here\n"
         "    1 | size: A4\n"
         "      |       ^~\n");
}

static void diag_print_without_a_source_shows_only_the_message(void **state) {
  fixture *f = *state;
  pk_diag_add(f->diag, PK_CODE_OUTPUT_FAILED, PK_SPAN_NONE, "the disk is full");
  expect(f, PK_DIAG_HUMAN, "error[output-failed]: the disk is full\n");
  expect(f, PK_DIAG_SHORT, "error[output-failed]: the disk is full\n");
}

static void diag_print_short_is_one_line_each(void **state) {
  fixture *f = *state;
  pk_span span = span_of(f, "Реч\nдруга реч\n", 7, 17);
  pk_diag_hint(f->diag, pk_diag_add(f->diag, PK_CODE_NUL_BYTE, span, "a\nb"), "unused");
  span.start += 11;
  pk_diag_add(f->diag, PK_CODE_FILE_MISSING, span, "second");
  expect(f, PK_DIAG_SHORT,
         "a.md:2:1: error[nul-byte]: a␊b\n"
         "a.md:2:7: error[file-missing]: second\n");
}

static void diag_print_counts_cyrillic_letters_once(void **state) {
  fixture *f = *state;
  expect_human(f, span_of(f, "Канцеларија за везу", 23, 27),
               "    1 | Канцеларија за везу\n"
               "      |             ^~\n");
}

static void diag_print_gives_wide_characters_two_columns(void **state) {
  fixture *f = *state;
  expect_human(f, span_of(f, "日本 x", 0, 6), "    1 | 日本 x\n      | ^~~~\n");
}

static void diag_print_puts_the_caret_after_wide_characters(void **state) {
  fixture *f = *state;
  expect_human(f, span_of(f, "日本 x", 7, 8), "    1 | 日本 x\n      |      ^\n");
}

static void diag_print_gives_combining_marks_no_column(void **state) {
  fixture *f = *state;
  /* o, u + U+0301, x */
  expect_human(f, span_of(f, "ou\xCC\x81x", 4, 5), "    1 | ou\xCC\x81x\n      |   ^\n");
}

static void diag_print_expands_tabs_to_stops(void **state) {
  fixture *f = *state;
  expect_human(f, span_of(f, "a\tb\tc", 4, 5), "    1 | a   b   c\n      |         ^\n");
}

static void diag_print_puts_a_caret_past_the_end_of_a_line(void **state) {
  fixture *f = *state;
  expect_human(f, span_of(f, "key:\r\nnext", 4, 4), "    1 | key:\n      |     ^\n");
}

static void diag_print_of_an_empty_source_shows_an_empty_line(void **state) {
  fixture *f = *state;
  expect_human(f, span_of(f, "", 0, 0), "    1 |\n      | ^\n");
}

static void diag_print_of_several_lines_shows_the_first(void **state) {
  fixture *f = *state;
  expect_human(f, span_of(f, "first\nsecond\nthird\n", 2, 15), "    1 | first\n      |   ^~~ … to line 3\n");
}

static void diag_print_of_a_span_with_its_line_end_stays_on_the_line(void **state) {
  fixture *f = *state;
  expect_human(f, span_of(f, "first\nsecond\n", 0, 6), "    1 | first\n      | ^~~~~\n");
}

static void diag_print_makes_control_characters_visible(void **state) {
  fixture *f = *state;
  expect_human(f, span_of(f, "a\x1b[31mb\x7f\xC2\x9B\xE2\x80\xAEz", 7, 8),
               "    1 | a␛[31mb␡<U+009B><U+202E>z\n      |        ^\n");
}

static void diag_print_makes_bytes_that_are_not_utf8_visible(void **state) {
  fixture *f = *state;
  expect_human(f, span_of(f, "a\xF0\x9Fz", 3, 4), "    1 | a\\xf0\\x9fz\n      |          ^\n");
}

static void diag_print_never_lets_a_message_send_escapes(void **state) {
  fixture *f = *state;
  pk_diag_hint(f->diag, pk_diag_add(f->diag, PK_CODE_FILE_MISSING, PK_SPAN_NONE, "\x1b[2J"), "\x1b]0;x\a");
  expect(f, PK_DIAG_HUMAN, "error[file-missing]: ␛[2J\n      = hint: ␛]0;x␇\n");
}

/* A line of `count` digits, 0 to 9 over and over, with X at `at`. */
static char *digits(size_t count, size_t at) {
  char *line = g_malloc(count + 1);
  for (size_t i = 0; i < count; i++) line[i] = (char)('0' + i % 10);
  line[at] = 'X';
  line[count] = 0;
  return line;
}

static void diag_print_cuts_a_long_line_on_both_sides(void **state) {
  fixture *f = *state;
  g_autofree char *line = digits(300, 150);
  g_autofree char *shown = g_strndup(line + 118, 96);
  g_autofree char *wanted = g_strdup_printf("    1 | …%s…\n      | %33s^~\n", shown, "");
  expect_human(f, span_of(f, line, 150, 152), wanted);
}

static void diag_print_cuts_a_long_line_after_a_caret_at_its_start(void **state) {
  fixture *f = *state;
  g_autofree char *line = digits(300, 0);
  g_autofree char *shown = g_strndup(line, 96);
  g_autofree char *wanted = g_strdup_printf("    1 | %s…\n      | ^\n", shown);
  expect_human(f, span_of(f, line, 0, 1), wanted);
}

static void diag_print_cuts_a_long_line_before_a_caret_at_its_end(void **state) {
  fixture *f = *state;
  g_autofree char *line = digits(300, 299);
  g_autofree char *wanted = g_strdup_printf("    1 | …%s\n      | %96s^\n", line + 204, "");
  expect_human(f, span_of(f, line, 299, 300), wanted);
}

static void diag_print_of_a_huge_line_stays_small(void **state) {
  fixture *f = *state;
  size_t size = 4 * 1024 * 1024;
  char *line = g_malloc(size + 1);
  memset(line, 'a', size);
  line[size] = 0;
  pk_diag_add(f->diag, PK_CODE_FILE_MISSING, span_of(f, line, (uint32_t)size / 2, (uint32_t)size), "no");
  GString *out = g_string_new(NULL);
  pk_diag_print(f->diag, PK_DIAG_HUMAN, false, out);
  assert_true(out->len < 400);
  g_string_free(out, TRUE);
  g_free(line);
}

static void diag_print_of_a_cut_span_of_a_wide_line_never_splits_a_letter(void **state) {
  fixture *f = *state;
  GString *line = g_string_new(NULL);
  for (int i = 0; i < 2000; i++) g_string_append(line, "Ћ\xCC\x81日");
  for (uint32_t at = 0; at < 14000; at += 97) {
    pk_diag_add(f->diag, PK_CODE_FILE_MISSING, span_of(f, line->str, at, at + 1), "at %u", at);
  }
  GString *out = g_string_new(NULL);
  pk_diag_print(f->diag, PK_DIAG_HUMAN, false, out);
  assert_true(g_utf8_validate(out->str, (gssize)out->len, NULL));
  g_string_free(out, TRUE);
  g_string_free(line, TRUE);
}

static void diag_print_colours_only_if_asked(void **state) {
  fixture *f = *state;
  pk_diag_add(f->diag, PK_CODE_FILE_MISSING, span_of(f, "ab", 1, 2), "no");
  GString *out = g_string_new(NULL);
  pk_diag_print(f->diag, PK_DIAG_HUMAN, true, out);
  assert_string_equal(out->str, "\033[1ma.md:1:2: \033[0m\033[1;31merror[file-missing]:\033[0m no\n"
                                "    1 | ab\n"
                                "      | \033[1;32m ^\033[0m\n");
  g_string_truncate(out, 0);
  pk_diag_print(f->diag, PK_DIAG_SHORT, true, out);
  assert_null(strchr(out->str, '\033'));
  g_string_free(out, TRUE);
}

static void diag_print_json_is_an_array_of_objects(void **state) {
  fixture *f = *state;
  pk_span span = span_of(f, "ћ x\ny", 3, 6);
  pk_diagnostic *d = pk_diag_add(f->diag, PK_CODE_FILE_MISSING, span, "a \"b\"");
  pk_diag_hint(f->diag, d, "c");
  pk_diag_related(f->diag, d, span, "d");
  pk_diag_add(f->diag, PK_CODE_NUL_BYTE, PK_SPAN_NONE, "e\xFF");
  expect(f, PK_DIAG_JSON,
         "[\n"
         "  {\n"
         "    \"path\" : \"a.md\",\n"
         "    \"line\" : 1,\n"
         "    \"column\" : 3,\n"
         "    \"end_line\" : 2,\n"
         "    \"end_column\" : 2,\n"
         "    \"severity\" : \"error\",\n"
         "    \"code\" : \"file-missing\",\n"
         "    \"message\" : \"a \\\"b\\\"\",\n"
         "    \"hint\" : \"c\",\n"
         "    \"related\" : {\n"
         "      \"path\" : \"a.md\",\n"
         "      \"line\" : 1,\n"
         "      \"column\" : 3,\n"
         "      \"note\" : \"d\"\n"
         "    }\n"
         "  },\n"
         "  {\n"
         "    \"path\" : null,\n"
         "    \"line\" : null,\n"
         "    \"column\" : null,\n"
         "    \"end_line\" : null,\n"
         "    \"end_column\" : null,\n"
         "    \"severity\" : \"error\",\n"
         "    \"code\" : \"nul-byte\",\n"
         "    \"message\" : \"e\xEF\xBF\xBD\",\n"
         "    \"hint\" : null,\n"
         "    \"related\" : null\n"
         "  }\n"
         "]\n");
}

static void diag_print_json_of_nothing_is_an_empty_array(void **state) {
  expect(*state, PK_DIAG_JSON, "[]\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(diag_print_shows_line_caret_hint_and_related_place),
      TEST(diag_print_without_a_source_shows_only_the_message),
      TEST(diag_print_short_is_one_line_each),
      TEST(diag_print_counts_cyrillic_letters_once),
      TEST(diag_print_gives_wide_characters_two_columns),
      TEST(diag_print_puts_the_caret_after_wide_characters),
      TEST(diag_print_gives_combining_marks_no_column),
      TEST(diag_print_expands_tabs_to_stops),
      TEST(diag_print_puts_a_caret_past_the_end_of_a_line),
      TEST(diag_print_of_an_empty_source_shows_an_empty_line),
      TEST(diag_print_of_several_lines_shows_the_first),
      TEST(diag_print_of_a_span_with_its_line_end_stays_on_the_line),
      TEST(diag_print_makes_control_characters_visible),
      TEST(diag_print_makes_bytes_that_are_not_utf8_visible),
      TEST(diag_print_never_lets_a_message_send_escapes),
      TEST(diag_print_cuts_a_long_line_on_both_sides),
      TEST(diag_print_cuts_a_long_line_after_a_caret_at_its_start),
      TEST(diag_print_cuts_a_long_line_before_a_caret_at_its_end),
      TEST(diag_print_of_a_huge_line_stays_small),
      TEST(diag_print_of_a_cut_span_of_a_wide_line_never_splits_a_letter),
      TEST(diag_print_colours_only_if_asked),
      TEST(diag_print_json_is_an_array_of_objects),
      TEST(diag_print_json_of_nothing_is_an_empty_array),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
