/* Chunks made by hand, seated by the flow. The page is that of the handout: two
 * columns on A4. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka needs the four above first */
#include <cmocka.h>

#include "page/flow.h"
#include "spec/spec.h"

typedef struct {
  pk_worker worker;
  pk_job job;
  pk_document document;
  pk_style body, heading, quote;
  pk_unit_block text_unit, heading_unit, quote_unit;
  pk_chunker chunker;
  GArray *seats;
  size_t pages;
} fixture;

static int set_up(void **state) {
  fixture *f = g_new0(fixture, 1);
  f->worker.scratch = pk_arena_new();
  f->job = (pk_job){.worker = &f->worker, .arena = pk_arena_new()};
  f->job.diag = pk_diag_new(f->job.arena);
  const pk_layout *layout = NULL;
  assert_int_equal(pk_layout_build(&f->job, TEST_SOURCE_DIR "/layouts/handout.yaml", TEST_SOURCE_DIR "/layouts", &layout),
                   PK_OK);
  f->body = (pk_style){.name = "body", .size = 10, .leading = 13};
  f->heading = (pk_style){.name = "heading-2", .size = 10, .leading = 13, .keep_with_next = true};
  f->quote = (pk_style){.name = "pull-quote", .size = 18, .leading = 23, .column_span = PK_SPAN_ALL};
  f->text_unit = (pk_unit_block){.role = PK_ROLE_PARAGRAPH, .style = &f->body};
  f->heading_unit = (pk_unit_block){.role = PK_ROLE_HEADING, .style = &f->heading};
  f->quote_unit = (pk_unit_block){.role = PK_ROLE_PULL_QUOTE, .style = &f->quote};
  f->document = (pk_document){.layout = layout, .body = &f->body};
  pk_frame frame = pk_frame_of_page(&f->document, 1);
  f->chunker = (pk_chunker){
      .job = &f->job,
      .document = &f->document,
      .measure = {13, 9.3, frame.column_width, frame.rect.width, frame.rect.height},
      .chunks = g_array_new(FALSE, FALSE, sizeof(pk_chunk)),
  };
  f->seats = g_array_new(FALSE, FALSE, sizeof(pk_seat));
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  g_array_unref(f->chunker.chunks);
  g_array_unref(f->seats);
  pk_arena_drop(f->job.arena);
  pk_arena_drop(f->worker.scratch);
  g_free(f);
  return 0;
}

static void add(fixture *f, const pk_unit_block *unit, pk_length height, bool may_break) {
  pk_chunk chunk = {.unit = unit,
                    .height = height,
                    .spans = unit->style->column_span == PK_SPAN_ALL,
                    .floats = unit->role == PK_ROLE_PULL_QUOTE,
                    .may_break = may_break};
  g_array_append_val(f->chunker.chunks, chunk);
}

static void add_lines(fixture *f, int count) {
  for (int i = 0; i < count; i++) add(f, &f->text_unit, 13, true);
}

static pk_status flow(fixture *f) { return pk_flow_build(&f->chunker, f->seats, &f->pages); }

static const pk_seat *seat_of(const fixture *f, size_t chunk) {
  for (guint i = 0; i < f->seats->len; i++)
    if (g_array_index(f->seats, pk_seat, i).chunk == chunk) return &g_array_index(f->seats, pk_seat, i);
  fail_msg("chunk %zu has no seat", chunk);
  return NULL;
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
  add(f, &f->quote_unit, 39, true);
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
    add(f, &f->heading_unit, 13, true);
    add(f, &f->text_unit, 13, false);
    add(f, &f->text_unit, 13, false);
    add_lines(f, 3);
  }
  assert_int_equal(flow(f), PK_OK);
  for (size_t i = 0; i < f->chunker.chunks->len; i += 6) {
    assert_int_equal(seat_of(f, i)->page, seat_of(f, i + 1)->page);
    assert_true(fabs(seat_of(f, i)->x - seat_of(f, i + 1)->x) < 0.01);
  }
}

static void flow_moves_a_pull_quote_on_when_it_does_not_fit(void **state) {
  fixture *f = *state;
  size_t rows = (size_t)(pk_frame_of_page(&f->document, 0).rect.height / 13 + 0.01);
  add_lines(f, (int)(2 * rows - 4));
  add(f, &f->quote_unit, 65, true);
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
  add(f, &f->quote_unit, 65, true);
  add_lines(f, 20);
  assert_int_equal(flow(f), PK_OK);
  assert_int_equal(f->pages, 1);
  assert_true(seat_of(f, 20)->y > seat_of(f, 9)->y && seat_of(f, 20)->y > seat_of(f, 19)->y);
  assert_true(seat_of(f, 21)->y > seat_of(f, 20)->y);
  assert_true(fabs(seat_of(f, 10)->y - seat_of(f, 0)->y) < 0.01);
}

static void flow_raises_a_piece_taller_than_the_page(void **state) {
  fixture *f = *state;
  add(f, &f->quote_unit, 2000, true);
  assert_int_equal(flow(f), PK_FAILED);
  size_t count;
  const pk_diagnostic *const *list = pk_diag_list(f->job.diag, &count);
  assert_int_equal(count, 1);
  assert_int_equal(list[0]->code, PK_CODE_BLOCK_TOO_TALL);
}

static void flow_grows_linearly(void **state) {
  fixture *f = *state;
  add_lines(f, 200000); /* a second or more if each page looked at all that follows */
  assert_int_equal(flow(f), PK_OK);
  assert_int_equal(f->seats->len, 200000);
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
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
