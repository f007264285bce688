/* The first line in a setting of its own. */
#include "para_fixture.h"

static const char words[] =
    "The spring flood came down the valley in the night, and by the morning the lower road lay under a metre of "
    "water. Nobody had asked for help before the telephone stopped, so the wardens drove out along the dyke and "
    "counted the lights that they could still see. There were forty-one of them, where on the evening before there "
    "had been sixty. What they did next is now taught in the second week of the course.";

/* The words up to byte `end` spaced, the others plain; nothing after byte `size`. */
static const pk_styled_text *spaced(fixture *f, uint32_t end, uint32_t size) {
  pk_styled_text *text = (pk_styled_text *)fixture_text(f, PK_LANG_EN, words);
  pk_style *wide = pk_arena_dup(f->arena, &f->style, sizeof f->style);
  pk_style_run *runs = PK_NEW_ARRAY(f->arena, pk_style_run, 2);
  wide->letter_case = PK_CASE_SMALL_CAPS;
  wide->tracking = 0.4;
  runs[0] = runs[1] = text->runs[0];
  runs[0].style = wide;
  runs[0].end = runs[1].start = end;
  text->runs = runs;
  text->run_count = end < size ? 2 : 1;
  text->size = size;
  return text;
}

static double cost_with_end(fixture *f, uint32_t end) {
  const pk_para *para;
  const pk_lines *lines;
  const pk_break_options options = {.first_end = end};
  assert_int_equal(pk_para_build(&f->job, spaced(f, end, sizeof words - 1), &para), PK_OK);
  assert_int_equal(pk_para_break(&f->job, para, pk_line_shape_plain(&f->rooms), &options, &lines), PK_OK);
  if (lines->lines[0].end != end || lines->is_overfull) return G_MAXDOUBLE;
  double sum = 0;
  for (size_t i = 0; i < lines->count; i++) sum += lines->lines[i].demerits;
  return sum;
}

static pk_first_choice choice_of(fixture *f, double extra) {
  const pk_para *para;
  pk_first_setting settings[2] = {{.extra = extra}, {.extra = extra + 1}};
  const uint32_t cut = 140;
  assert_int_equal(pk_para_build(&f->job, fixture_text(f, PK_LANG_EN, words), &para), PK_OK);
  for (int i = 0; i < 2; i++) assert_int_equal(pk_para_build(&f->job, spaced(f, cut, cut), &settings[i].para), PK_OK);
  return pk_para_first(&f->job, para, pk_line_shape_plain(&f->rooms), settings, 2);
}

static void it_ends_where_the_whole_costs_least(void **state) {
  fixture *f = *state;
  for (double width = 150; width < 260; width += 10) {
    f->rooms = (pk_line_rooms){.first = {0, width - 20}, .other = {0, width}};
    double least = G_MAXDOUBLE;
    for (uint32_t end = 1; end < 120; end++)
      if (words[end] == ' ') least = MIN(least, cost_with_end(f, end));
    pk_first_choice choice = choice_of(f, 0);
    assert_true(words[choice.end] == ' ');
    assert_near(cost_with_end(f, choice.end), least, 1);
    assert_int_equal(choice.number, 0);
  }
}

static void none_is_chosen_where_none_fits(void **state) {
  fixture *f = *state;
  f->rooms = (pk_line_rooms){.first = {0, 5}, .other = {0, 200}};
  assert_int_equal(choice_of(f, 0).end, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(it_ends_where_the_whole_costs_least, fixture_open, fixture_close),
      cmocka_unit_test_setup_teardown(none_is_chosen_where_none_fits, fixture_open, fixture_close),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
