/* What the flow does with items made by hand. */
#include "page_fixture.h"

/* The layout of the fixture, to be changed. */
static pk_layout *own_layout(fixture *f) {
  pk_layout *layout = pk_arena_dup(f->job.arena, f->document.layout, sizeof *layout);
  f->document.layout = layout;
  return layout;
}

static void flow_balances_columns_where_the_text_ends(void **state) {
  fixture *f = *state;
  add_lines(f, 21);
  assert_int_equal(flow(f), PK_OK);
  assert_int_equal(f->pages, 1);
  assert_true(seat_of(f, 10)->x < seat_of(f, 11)->x);
  assert_true(fabs(seat_of(f, 0)->y - seat_of(f, 11)->y) < 0.01);
}

static void flow_fills_pages_before_the_last(void **state) {
  fixture *f = *state;
  add_lines(f, 200);
  assert_int_equal(flow(f), PK_OK);
  assert_int_equal(f->pages, 2);
  size_t first_page = 0;
  for (guint i = 0; i < f->seats->len; i++) first_page += g_array_index(f->seats, pk_seat, i).page == 0;
  size_t rows = (size_t)(pk_frame_of_page(&f->document, 0).rect.height / 13 + 0.01);
  assert_int_equal(first_page, 2 * rows);
}

static void flow_seats_every_line_on_the_grid_of_all_pages(void **state) {
  fixture *f = *state;
  add(f, &f->quote_unit, 1, 3, PK_STAND_SPANNING);
  add_lines(f, 230);
  assert_int_equal(flow(f), PK_OK);
  pk_length origin = pk_frame_margins(&f->document, 0).y;
  for (guint i = 0; i < f->seats->len; i++) {
    pk_length rows = (g_array_index(f->seats, pk_seat, i).y - origin) / 13;
    assert_true(fabs(rows - round(rows)) < 1e-6);
  }
}

static void flow_never_ends_a_column_with_a_heading(void **state) {
  fixture *f = *state;
  for (int i = 0; i < 40; i++) {
    add(f, &f->heading_unit, 1, 1, PK_STAND_FLOW);
    set_breaks(f, add(f, &f->text_unit, 1, 1, PK_STAND_FLOW), 0, PK_BREAK_HEADING);
    set_breaks(f, add(f, &f->text_unit, 1, 1, PK_STAND_FLOW), 0, PK_BREAK_ORPHAN);
    add_lines(f, 3);
  }
  assert_int_equal(flow(f), PK_OK);
  for (size_t i = 0; i < f->items->len; i += 6) {
    assert_int_equal(seat_of(f, i)->page, seat_of(f, i + 1)->page);
    assert_true(fabs(seat_of(f, i)->x - seat_of(f, i + 1)->x) < 0.01);
  }
}

static void flow_moves_a_pull_quote_on_when_it_does_not_fit(void **state) {
  fixture *f = *state;
  size_t rows = (size_t)(pk_frame_of_page(&f->document, 0).rect.height / 13 + 0.01);
  add_lines(f, (int)(2 * rows - 4));
  add(f, &f->quote_unit, 1, 5, PK_STAND_SPANNING);
  add_lines(f, 40);
  assert_int_equal(flow(f), PK_OK);
  const pk_seat *quote = seat_of(f, 2 * rows - 4);
  assert_int_equal(quote->page, 1);
  assert_true(fabs(quote->y - pk_frame_of_page(&f->document, 1).rect.y) < 0.01);
  assert_int_equal(seat_of(f, 2 * rows - 3)->page, 0); /* the text after it moves up */
}

static void flow_balances_columns_above_a_pull_quote(void **state) {
  fixture *f = *state;
  add_lines(f, 20);
  add(f, &f->quote_unit, 1, 5, PK_STAND_SPANNING);
  add_lines(f, 20);
  assert_int_equal(flow(f), PK_OK);
  assert_int_equal(f->pages, 1);
  assert_true(seat_of(f, 20)->y > seat_of(f, 9)->y && seat_of(f, 20)->y > seat_of(f, 19)->y);
  assert_true(seat_of(f, 21)->y > seat_of(f, 20)->y);
  assert_true(fabs(seat_of(f, 10)->y - seat_of(f, 0)->y) < 0.01);
}

static void flow_raises_a_piece_taller_than_the_page(void **state) {
  fixture *f = *state;
  add(f, &f->quote_unit, 1, 150, PK_STAND_SPANNING);
  assert_int_equal(flow(f), PK_FAILED);
  size_t count;
  const pk_diagnostic *const *list = pk_diag_list(f->job.diag, &count);
  assert_int_equal(count, 1);
  assert_int_equal(list[0]->code, PK_CODE_BLOCK_TOO_TALL);
}

static void flow_grows_linearly(void **state) {
  fixture *f = *state;
  add_lines(f, 100000); /* a second or more if each page looked at all that follows */
  add(f, &f->text_unit, 100000, 1, PK_STAND_FLOW);
  assert_int_equal(flow(f), PK_OK);
  assert_int_equal(f->seats->len, 200000);
}

/* The last line of a paragraph would begin the second page. */
static void flow_leaves_a_row_empty_rather_than_make_a_widow(void **state) {
  fixture *f = *state;
  f->body.widows = f->body.orphans = 2;
  add_lines(f, f->rows - 3);
  size_t paragraph = add(f, &f->text_unit, 4, 1, PK_STAND_FLOW);
  add_lines(f, 3 * f->rows);
  assert_int_equal(flow(f), PK_OK);
  assert_true(seat_of_chunk(f, paragraph, 1)->x < seat_of_chunk(f, paragraph, 2)->x);
  assert_true(fabs(seat_of_chunk(f, paragraph, 2)->y - seat_of_chunk(f, paragraph, 3)->y + 13) < 0.01);
}

/* A greedy column would be filled to the last row and leave a heading at the
 * foot of the next one; the optimiser shortens the first by a row. */
static void flow_looks_beyond_the_column_at_hand(void **state) {
  fixture *f = *state;
  own_layout(f)->columns = 1;
  pk_frame frame = pk_frame_of_page(&f->document, 1);
  f->chunker.measure.column_width = f->chunker.measure.full_width = frame.column_width;
  add_lines(f, f->rows);
  int next = (int)(pk_frame_of_page(&f->document, 1).rect.height / 13 + 0.01);
  add_lines(f, next - 12);
  size_t block = add(f, &f->text_unit, 13, 1, PK_STAND_FLOW);
  for (uint32_t i = 1; i < 13; i++) set_breaks(f, block, i, PK_BREAK_PIECE);
  add_lines(f, 20);
  assert_int_equal(flow(f), PK_OK);
  /* Twelve rows short at the foot of page two cost more than two pages a little short. */
  assert_int_equal(seat_of_chunk(f, block, 0)->page, seat_of_chunk(f, block, 12)->page);
}

/* The list could be parted after its first line, or its last. */
static void flow_leaves_no_item_of_a_list_alone(void **state) {
  fixture *f = *state;
  for (int short_by = 1; short_by < 8; short_by++) {
    g_array_set_size(f->items, 0);
    g_array_set_size(f->seats, 0);
    g_array_set_size(f->charges, 0);
    pk_unit_block item = {.role = PK_ROLE_ITEM, .style = &f->body, .group = 1};
    add_lines(f, f->rows - short_by);
    size_t first = f->items->len;
    for (int i = 0; i < 8; i++) {
      size_t number = add(f, &item, 1, 1, PK_STAND_FLOW);
      if (i) set_breaks(f, number, 0, PK_BREAK_LIST);
    }
    pk_lists_mark((pk_item *)(void *)f->items->data, f->items->len);
    add_lines(f, 3 * f->rows);
    assert_int_equal(flow(f), PK_OK);
    assert_true(fabs(seat_of(f, first)->x - seat_of(f, first + 1)->x) < 0.01);
    assert_true(fabs(seat_of(f, first + 6)->x - seat_of(f, first + 7)->x) < 0.01);
  }
}

static void flow_floats_a_figure_to_the_head_of_the_next_page(void **state) {
  fixture *f = *state;
  add_lines(f, 2 * f->rows - 4);
  size_t figure = add(f, &f->figure_unit, 1, 20, PK_STAND_FLOAT);
  add_lines(f, 100);
  assert_int_equal(flow(f), PK_OK);
  const pk_seat *seat = seat_of(f, figure);
  bool is_head = fabs(seat->y - frame_top(f, seat->page)) < 0.01;
  bool is_foot = fabs(seat->y + 20 * 13 - frame_top(f, seat->page) - f->rows * 13) < 0.01;
  assert_true(is_head || is_foot);
  assert_int_equal(seat_of(f, figure - 1)->page, 0);
  assert_int_equal(seat_of(f, figure + 1)->page <= seat->page, 1);
}

static double charged(const fixture *f, pk_page_cost term) {
  double sum = 0;
  for (guint i = 0; i < f->charges->len; i++) sum += g_array_index(f->charges, pk_charges, i).of[term];
  return sum;
}

/* A figure as wide as the page that is mentioned at the end of page 2 and does not
 * fit there. */
static void figure_after_page_two(fixture *f) {
  int next = (int)(pk_frame_of_page(&f->document, 1).rect.height / 13 + 0.01);
  add_lines(f, 2 * f->rows + 2 * next - 6);
  size_t figure = add(f, &f->wide_figure_unit, 1, next - 2, PK_STAND_SPANNING);
  add_lines(f, 120);
  assert_int_equal(flow(f), PK_OK);
  assert_int_equal(seat_of(f, figure - 1)->page, 1);
  assert_int_equal(seat_of(f, figure)->page, 2);
}

static void flow_sees_facing_pages_as_one(void **state) {
  own_layout(*state)->facing = true;
  figure_after_page_two(*state);
  assert_true(charged(*state, PK_COST_TURN) == 0 && charged(*state, PK_COST_FIGURE) > 0);
}

static void flow_charges_a_figure_that_the_page_is_turned_for(void **state) {
  figure_after_page_two(*state);
  assert_true(charged(*state, PK_COST_TURN) > 0);
}

/* In one column as in two: a figure stands on the page that mentions it, not a page
 * later, though the page would then end a row short. */
static void flow_keeps_a_figure_of_one_column_on_its_page(void **state) {
  fixture *f = *state;
  own_layout(f)->columns = 1;
  pk_frame frame = pk_frame_of_page(&f->document, 1);
  f->chunker.measure.column_width = f->chunker.measure.full_width = frame.column_width;
  add_lines(f, f->rows + 5);
  size_t figure = add(f, &f->figure_unit, 1, 17, PK_STAND_FLOAT);
  for (int i = 0; i < 30; i++) {
    add_lines(f, 1);
    size_t three = add(f, &f->text_unit, 3, 1, PK_STAND_FLOW);
    set_breaks(f, three, 1, PK_BREAK_PIECE);
    set_breaks(f, three, 2, PK_BREAK_PIECE);
  }
  assert_int_equal(flow(f), PK_OK);
  assert_int_equal(seat_of(f, figure - 1)->page, 1);
  assert_int_equal(seat_of(f, figure)->page, 1);
}

static void flow_never_sets_a_figure_on_a_page_before_its_mention(void **state) {
  fixture *f = *state;
  GArray *figures = g_array_new(FALSE, FALSE, sizeof(size_t));
  for (int i = 0; i < 30; i++) {
    add_lines(f, 17 + 11 * (i % 3));
    bool is_wide = i % 2;
    size_t figure = add(f, is_wide ? &f->wide_figure_unit : &f->figure_unit, 1, 9 + i % 5,
                        is_wide ? PK_STAND_SPANNING : PK_STAND_FLOAT);
    g_array_append_val(figures, figure);
  }
  add_lines(f, 5);
  assert_int_equal(flow(f), PK_OK);
  for (guint i = 0; i < figures->len; i++) {
    size_t figure = g_array_index(figures, size_t, i);
    assert_true(seat_of(f, figure)->page >= seat_of(f, figure - 1)->page);
    assert_true(seat_of(f, figure)->page <= seat_of(f, figure - 1)->page + 1);
  }
  g_array_unref(figures);
}

static void flow_places_500_figures(void **state) {
  fixture *f = *state;
  add_lines(f, 10);
  for (int i = 0; i < 500; i++) add(f, &f->figure_unit, 1, 10 + i % 7, PK_STAND_FLOAT);
  add_lines(f, 10);
  assert_int_equal(flow(f), PK_OK);
  assert_int_equal(f->seats->len, 520);
  for (size_t i = 10; i + 1 < 510; i++) { /* in their order */
    const pk_seat *a = seat_of(f, i), *b = seat_of(f, i + 1);
    assert_true(a->page < b->page ||
                (a->page == b->page && (a->x < b->x - 1 || (fabs(a->x - b->x) < 1 && a->y < b->y))));
  }
}

static void flow_repeats_the_heading_row_of_a_table(void **state) {
  fixture *f = *state;
  size_t table = add(f, &f->text_unit, 200, 1, PK_STAND_FLOW);
  ((pk_chunk *)g_array_index(f->items, pk_item, table).setting->chunks)[0].is_head = true;
  assert_int_equal(flow(f), PK_OK);
  size_t heads = 0;
  for (guint i = 0; i < f->seats->len; i++) {
    const pk_seat *seat = &g_array_index(f->seats, pk_seat, i);
    if (!seat->is_repeated) continue;
    heads++;
    assert_true(fabs(seat->y - frame_top(f, seat->page)) < 0.01);
  }
  assert_int_equal(f->seats->len, 200 + heads);
  assert_true(heads >= 3);
}

/* ---- notes ---------------------------------------------------------------- */

/* Notes of so many lines each, 11 pt high. */
static void set_notes(fixture *f, const uint32_t *lines, uint32_t count) {
  pk_notes *notes = &f->galley.notes;
  uint32_t *starts = PK_NEW_ARRAY(f->job.arena, uint32_t, count + 2);
  for (uint32_t i = 0; i < count; i++) starts[i + 2] = starts[i + 1] + lines[i];
  *notes = (pk_notes){.count = starts[count + 1], .starts = starts, .note_count = count, .space = 6, .tail = 0.5};
  pk_chunk *strip = PK_NEW_ARRAY(f->job.arena, pk_chunk, notes->count);
  pk_length *tops = PK_NEW_ARRAY(f->job.arena, pk_length, notes->count + 1);
  for (uint32_t i = 0; i < notes->count; i++) {
    strip[i] = (pk_chunk){.unit = &f->text_unit, .extent = 11};
    tops[i + 1] = tops[i] + 11;
  }
  notes->lines = strip;
  notes->tops = tops;
}

static void refer(fixture *f, size_t item, uint32_t note) {
  ((pk_chunk *)g_array_index(f->items, pk_item, item).setting->chunks)[0].note = note;
}

static const pk_seat *seat_of_note_line(const fixture *f, uint32_t line) {
  for (guint i = 0; i < f->seats->len; i++)
    if (g_array_index(f->seats, pk_seat, i).chunk == &f->galley.notes.lines[line])
      return &g_array_index(f->seats, pk_seat, i);
  fail_msg("line %u of the notes has no seat", line);
  return NULL;
}

static void flow_sets_a_note_in_the_column_that_refers_to_it(void **state) {
  fixture *f = *state;
  uint32_t lines[] = {3, 1, 4, 2, 3, 1};
  set_notes(f, lines, 6);
  add_lines(f, 400);
  for (uint32_t i = 0; i < 6; i++) refer(f, 10 + i * 55, i + 1);
  assert_int_equal(flow(f), PK_OK);
  for (uint32_t i = 0; i < 6; i++)
    for (uint32_t l = f->galley.notes.starts[i + 1]; l < f->galley.notes.starts[i + 2]; l++) {
      const pk_seat *note = seat_of_note_line(f, l), *text = seat_of(f, 10 + i * 55);
      assert_int_equal(note->page, text->page);
      assert_true(fabs(note->x - text->x) < 0.01);
      assert_true(note->y > text->y);
    }
  const pk_seat *last = seat_of_note_line(f, 2);
  pk_rect rect = pk_frame_of_page(&f->document, last->page).rect;
  assert_true(fabs(last->y + 11 + 0.5 - rect.y - rect.height) < 0.01);
}

/* Wherever its mention falls: a figure across the page at its foot has the notes above it. */
static void flow_keeps_notes_clear_of_a_figure_at_the_foot(void **state) {
  (void)state;
  int at_foot = 0;
  for (int mention = 10; mention <= 130; mention += 5) {
    void *own = NULL;
    set_up(&own);
    fixture *f = own;
    uint32_t lines[] = {2, 3};
    set_notes(f, lines, 2);
    add_lines(f, mention);
    size_t wide = add(f, &f->wide_figure_unit, 1, 14, PK_STAND_SPANNING);
    add_lines(f, 40);
    refer(f, 3, 1);
    refer(f, (size_t)mention - 2, 2);
    assert_int_equal(flow(f), PK_OK);
    const pk_seat *figure = seat_of(f, wide);
    for (uint32_t l = 0; l < 5; l++) {
      const pk_seat *note = seat_of_note_line(f, l);
      if (note->page != figure->page) continue;
      bool is_above = note->y + 11 < figure->y + 0.01;
      assert_true(is_above || note->y > figure->y + 14 * 13 - 0.01);
      at_foot += is_above;
    }
    tear_down(&own);
  }
  assert_true(at_foot > 0);
}

static void flow_continues_a_note_longer_than_the_page(void **state) {
  fixture *f = *state;
  uint32_t lines[] = {300, 2};
  set_notes(f, lines, 2);
  add_lines(f, 300);
  refer(f, 5, 1);
  refer(f, 9, 2);
  assert_int_equal(flow(f), PK_OK);
  for (uint32_t l = 0; l + 1 < 302; l++) {
    const pk_seat *a = seat_of_note_line(f, l), *b = seat_of_note_line(f, l + 1);
    assert_true(a->page < b->page || (a->page == b->page && (a->x < b->x - 1 || a->y < b->y)));
  }
  assert_int_equal(seat_of_note_line(f, 0)->page, seat_of(f, 5)->page);
  for (guint i = 0; i < f->seats->len; i++) {
    const pk_seat *seat = &g_array_index(f->seats, pk_seat, i);
    pk_rect rect = pk_frame_of_page(&f->document, seat->page).rect;
    assert_true(seat->y < rect.y + rect.height);
  }
}

static void flow_charges_what_it_says(void **state) {
  fixture *f = *state;
  add_lines(f, 10);
  assert_int_equal(flow(f), PK_OK);
  const pk_charges *charges = &g_array_index(f->charges, pk_charges, 0);
  assert_float_equal(pk_charges_sum(charges), pk_page_terms[PK_COST_PAGE].weight, 0.01);
}

/* The same of a figure in a column, which was placed before the note was known. */
static void flow_keeps_notes_clear_of_a_figure_of_their_column(void **state) {
  (void)state;
  int together = 0;
  for (int mention = 10; mention <= 110; mention += 5) {
    void *own = NULL;
    set_up(&own);
    fixture *f = own;
    uint32_t lines[] = {2, 3, 2};
    set_notes(f, lines, 3);
    add_lines(f, mention);
    size_t number = add(f, &f->figure_unit, 1, 14, PK_STAND_FLOAT);
    add_lines(f, 140 - mention);
    refer(f, 3, 1);
    refer(f, (size_t)mention + 4, 2);
    refer(f, (size_t)mention + 12, 3);
    assert_int_equal(flow(f), PK_OK);
    const pk_seat *figure = seat_of(f, number);
    for (uint32_t l = 0; l < 7; l++) {
      const pk_seat *note = seat_of_note_line(f, l);
      if (note->page != figure->page || fabs(note->x - figure->x) > 0.01) continue;
      assert_true(note->y + 11 < figure->y + 0.01 || note->y > figure->y + 14 * 13 - 0.01);
      together++;
    }
    tear_down(&own);
  }
  assert_true(together > 0);
}

/* Mentioned at the foot of the second column, where it has no room. */
static void flow_sets_a_figure_in_an_earlier_column_of_its_page(void **state) {
  fixture *f = *state;
  add_lines(f, 2 * f->rows - 16);
  size_t figure = add(f, &f->figure_unit, 1, 14, PK_STAND_FLOAT);
  add(f, &f->heading_unit, 1, 1, PK_STAND_FLOW);
  size_t block = add(f, &f->text_unit, 4, 1, PK_STAND_FLOW);
  for (uint32_t i = 1; i < 4; i++) set_breaks(f, block, i, PK_BREAK_PIECE);
  add_lines(f, 100);
  assert_int_equal(flow(f), PK_OK);
  assert_int_equal(seat_of(f, figure)->page, 0);
  assert_int_equal(seat_of(f, figure - 1)->page, 0);
}

/* The figure has no room where it is mentioned, and the page after begins inside a list. */
static void flow_lets_a_list_end_above_a_figure_that_waits(void **state) {
  fixture *f = *state;
  own_layout(f)->columns = 1;
  pk_frame frame = pk_frame_of_page(&f->document, 1);
  f->chunker.measure.column_width = f->chunker.measure.full_width = frame.column_width;
  pk_unit_block item = {.role = PK_ROLE_ITEM, .style = &f->body, .group = 1};
  add_lines(f, f->rows - 6);
  size_t figure = add(f, &f->figure_unit, 1, 14, PK_STAND_FLOAT);
  size_t first = f->items->len;
  for (int i = 0; i < 12; i++) {
    size_t number = add(f, &item, 1, 1, PK_STAND_FLOW);
    if (i) set_breaks(f, number, 0, PK_BREAK_LIST);
  }
  pk_lists_mark((pk_item *)(void *)f->items->data, f->items->len);
  add_lines(f, 60);
  assert_int_equal(flow(f), PK_OK);
  assert_int_equal(seat_of(f, figure)->page, 1);
  assert_int_equal(seat_of(f, first)->page, 0);
  assert_true(seat_of(f, figure)->y > seat_of(f, first + 11)->y);
}

/* Wherever it is mentioned and whatever waits, nothing is left out and nothing is set twice. */
static void flow_seats_every_item_once(void **state) {
  (void)state;
  for (int mention = 1; mention < 60; mention++) {
    void *own = NULL;
    set_up(&own);
    fixture *f = own;
    if (mention % 2) {
      own_layout(f)->columns = 1;
      pk_frame frame = pk_frame_of_page(&f->document, 1);
      f->chunker.measure.column_width = f->chunker.measure.full_width = frame.column_width;
    }
    pk_unit_block item = {.role = PK_ROLE_ITEM, .style = &f->body, .group = 1};
    add_lines(f, mention);
    add(f, &f->figure_unit, 1, 9, PK_STAND_FLOAT);
    for (int i = 0; i < 9; i++) {
      size_t number = add(f, &item, 2, 1, PK_STAND_FLOW);
      if (i) set_breaks(f, number, 0, PK_BREAK_LIST);
    }
    add(f, &f->figure_unit, 1, 12, PK_STAND_FLOAT);
    add_lines(f, 70);
    pk_lists_mark((pk_item *)(void *)f->items->data, f->items->len);
    assert_int_equal(flow(f), PK_OK);
    for (size_t i = 0; i < f->items->len; i++) (void)seat_of(f, i);
    assert_int_equal(f->seats->len, f->items->len + 9);
    tear_down(&own);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(flow_balances_columns_where_the_text_ends, set_up, tear_down),
      cmocka_unit_test_setup_teardown(flow_fills_pages_before_the_last, set_up, tear_down),
      cmocka_unit_test_setup_teardown(flow_seats_every_line_on_the_grid_of_all_pages, set_up, tear_down),
      cmocka_unit_test_setup_teardown(flow_never_ends_a_column_with_a_heading, set_up, tear_down),
      cmocka_unit_test_setup_teardown(flow_moves_a_pull_quote_on_when_it_does_not_fit, set_up, tear_down),
      cmocka_unit_test_setup_teardown(flow_balances_columns_above_a_pull_quote, set_up, tear_down),
      cmocka_unit_test_setup_teardown(flow_raises_a_piece_taller_than_the_page, set_up, tear_down),
      cmocka_unit_test_setup_teardown(flow_grows_linearly, set_up, tear_down),
      cmocka_unit_test_setup_teardown(flow_leaves_a_row_empty_rather_than_make_a_widow, set_up, tear_down),
      cmocka_unit_test_setup_teardown(flow_looks_beyond_the_column_at_hand, set_up, tear_down),
      cmocka_unit_test_setup_teardown(flow_leaves_no_item_of_a_list_alone, set_up, tear_down),
      cmocka_unit_test_setup_teardown(flow_floats_a_figure_to_the_head_of_the_next_page, set_up, tear_down),
      cmocka_unit_test_setup_teardown(flow_never_sets_a_figure_on_a_page_before_its_mention, set_up, tear_down),
      cmocka_unit_test_setup_teardown(flow_sees_facing_pages_as_one, set_up, tear_down),
      cmocka_unit_test_setup_teardown(flow_charges_a_figure_that_the_page_is_turned_for, set_up, tear_down),
      cmocka_unit_test_setup_teardown(flow_keeps_a_figure_of_one_column_on_its_page, set_up, tear_down),
      cmocka_unit_test_setup_teardown(flow_places_500_figures, set_up, tear_down),
      cmocka_unit_test_setup_teardown(flow_repeats_the_heading_row_of_a_table, set_up, tear_down),
      cmocka_unit_test_setup_teardown(flow_sets_a_note_in_the_column_that_refers_to_it, set_up, tear_down),
      cmocka_unit_test(flow_keeps_notes_clear_of_a_figure_at_the_foot),
      cmocka_unit_test(flow_keeps_notes_clear_of_a_figure_of_their_column),
      cmocka_unit_test_setup_teardown(flow_sets_a_figure_in_an_earlier_column_of_its_page, set_up, tear_down),
      cmocka_unit_test(flow_seats_every_item_once),
      cmocka_unit_test_setup_teardown(flow_lets_a_list_end_above_a_figure_that_waits, set_up, tear_down),
      cmocka_unit_test_setup_teardown(flow_continues_a_note_longer_than_the_page, set_up, tear_down),
      cmocka_unit_test_setup_teardown(flow_charges_what_it_says, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
