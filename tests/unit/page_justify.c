/* Columns end on one line: whole rows and parts of rows added to spaces. */
#include "page_fixture.h"

static void allow(fixture *f, int parts, int most_parts) {
  f->chunker.measure.parts = parts;
  f->chunker.measure.most_parts = most_parts;
}

static pk_item *item_of(fixture *f, size_t number) {
  return &g_array_index(f->items, pk_item, number);
}

/* A heading with a row above it, after `lines` lines; its first line is not parted from it. */
static size_t add_heading(fixture *f, int lines) {
  add_lines(f, lines);
  size_t heading = add(f, &f->heading_unit, 1, 1, PK_STAND_FLOW);
  item_of(f, heading)->before = 1;
  set_breaks(f, add(f, &f->text_unit, 1, 1, PK_STAND_FLOW), 0, PK_BREAK_HEADING);
  return heading;
}

static pk_length bottom_of(const fixture *f, size_t item) {
  const pk_seat *seat = seat_of(f, item);
  return seat->y + seat->chunk->rows * 13;
}

/* `count` items that are not parted. */
static size_t add_block(fixture *f, uint32_t count) {
  size_t block = add(f, &f->text_unit, count, 1, PK_STAND_FLOW);
  for (uint32_t i = 1; i < count; i++) set_breaks(f, block, i, PK_BREAK_PIECE);
  return block;
}

static void justify_adds_a_row_above_a_heading(void **state) {
  fixture *f = *state;
  allow(f, 1, 1);
  size_t heading = add_heading(f, 10);
  add_lines(f, f->rows - 14); /* the column is a row short, and what follows needs more */
  size_t last = f->items->len - 1;
  add_block(f, 6);
  add_lines(f, 100);
  assert_int_equal(flow(f), PK_OK);
  assert_true(fabs(seat_of(f, heading)->y - seat_of(f, heading - 1)->y - 3 * 13) < 0.01);
  assert_true(fabs(bottom_of(f, last) - frame_top(f, 0) - f->rows * 13) < 0.01);
}

static void justify_leaves_columns_alone_where_nothing_may_be_added(void **state) {
  fixture *f = *state;
  size_t heading = add_heading(f, 10);
  add_lines(f, f->rows - 14);
  add_block(f, 6);
  add_lines(f, 100);
  assert_int_equal(flow(f), PK_OK);
  assert_true(fabs(seat_of(f, heading)->y - seat_of(f, heading - 1)->y - 2 * 13) < 0.01);
}

/* A table in the middle of a column takes half of the row above and half below. */
static void justify_divides_a_row_round_a_piece(void **state) {
  fixture *f = *state;
  allow(f, 2, 1);
  add_lines(f, 10);
  size_t piece = add(f, &f->figure_unit, 1, 8, PK_STAND_FLOW);
  item_of(f, piece)->before = 1;
  add(f, &f->text_unit, 2, 1, PK_STAND_FLOW);
  item_of(f, piece + 1)->before = 1;
  for (int i = 0; i < f->rows - 23; i++) add(f, &f->text_unit, 1, 1, PK_STAND_FLOW);
  add_block(f, 6);
  add_lines(f, 100);
  assert_int_equal(flow(f), PK_OK);
  assert_true(fabs(seat_of(f, piece)->y - seat_of(f, piece - 1)->y - 2.5 * 13) < 0.01);
  assert_true(fabs(seat_of(f, piece + 1)->y - seat_of(f, piece)->y - 9.5 * 13) < 0.01);
}

static void justify_balances_the_end_of_the_text(void **state) {
  fixture *f = *state;
  allow(f, 1, 1);
  add_lines(f, 12);
  size_t heading = add_heading(f, 5);
  add_lines(f, 4); /* 12 rows beside 11 and a space */
  assert_int_equal(flow(f), PK_OK);
  assert_true(seat_of(f, heading)->x > seat_of(f, 0)->x);
  assert_true(fabs(bottom_of(f, 11) - bottom_of(f, f->items->len - 1)) < 0.01);
}

/* Columns of any texts, headings and pieces: lines of text stay on the grid and
 * inside the frame, nothing overlaps, no space takes more than is allowed, and what
 * pk_give_add() has counted finds its place. */
static void justify_holds_whatever_stands_in_columns(void **state) {
  fixture *f = *state;
  uint32_t seed = 1;
  static const struct { int parts, most; } allowances[] = {{1, 1}, {2, 1}, {2, 2}, {3, 2}, {4, 6}};
  for (int trial = 0; trial < 40; trial++) {
    g_array_set_size(f->items, 0);
    g_array_set_size(f->seats, 0);
    g_array_set_size(f->charges, 0);
    allow(f, allowances[trial % 5].parts, allowances[trial % 5].most);
    for (int i = 0; i < 120; i++) {
      seed = seed * 1664525 + 1013904223;
      uint32_t pick = seed >> 28;
      if (pick == 0 && i < 119) {
        size_t heading = add(f, &f->heading_unit, 1, 1, PK_STAND_FLOW);
        item_of(f, heading)->before = 1;
        set_breaks(f, add(f, &f->text_unit, 2, 1, PK_STAND_FLOW), 0, PK_BREAK_HEADING);
      } else if (pick == 1) {
        item_of(f, add(f, &f->figure_unit, 1, 2 + (int)(seed >> 20 & 7), PK_STAND_FLOW))->before = 1;
        item_of(f, add(f, &f->text_unit, 3, 1, PK_STAND_FLOW))->before = 1;
      } else {
        add(f, &f->text_unit, 2 + (seed >> 24 & 3), 1, PK_STAND_FLOW);
      }
    }
    assert_int_equal(flow(f), PK_OK);
    pk_length origin = pk_frame_margins(&f->document, 0).y;
    const pk_seat *above = NULL;
    for (guint i = 0; i < f->seats->len; i++) {
      const pk_seat *seat = &g_array_index(f->seats, pk_seat, i);
      pk_length rows = (seat->y - origin) / 13, top = frame_top(f, seat->page);
      if (seat->chunk->is_line) assert_true(fabs(rows - round(rows)) < 1e-6);
      pk_length frame_rows = floor(pk_frame_of_page(&f->document, seat->page).rect.height / 13 + 0.01);
      assert_true(seat->y >= top - 0.01 && seat->y + seat->chunk->rows * 13 <= top + frame_rows * 13 + 0.01);
      if (above && above->page == seat->page && above->column == seat->column) {
        pk_length space = (seat->y - above->y) / 13 - above->chunk->rows;
        double most = (double)f->chunker.measure.most_parts / f->chunker.measure.parts;
        assert_true(space > -1e-6 && space < 1 + most + 1e-6);
      }
      above = seat;
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(justify_adds_a_row_above_a_heading, set_up, tear_down),
      cmocka_unit_test_setup_teardown(justify_leaves_columns_alone_where_nothing_may_be_added, set_up, tear_down),
      cmocka_unit_test_setup_teardown(justify_divides_a_row_round_a_piece, set_up, tear_down),
      cmocka_unit_test_setup_teardown(justify_balances_the_end_of_the_text, set_up, tear_down),
      cmocka_unit_test_setup_teardown(justify_holds_whatever_stands_in_columns, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
