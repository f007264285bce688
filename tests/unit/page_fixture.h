/* Items made by hand, seated by the flow. The page is that of the handout: two
 * columns on A4. */
#ifndef PK_TEST_PAGE_FIXTURE_H
#define PK_TEST_PAGE_FIXTURE_H

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
  pk_style body, heading, quote, figure, wide_figure;
  pk_unit_block text_unit, heading_unit, quote_unit, figure_unit, wide_figure_unit;
  pk_chunker chunker;
  pk_galley galley;
  GArray *items, *seats, *charges;
  size_t pages;
  int rows; /* of a column of the first page */
} fixture;

static inline int set_up(void **state) {
  fixture *f = g_new0(fixture, 1);
  f->worker.scratch = pk_arena_new();
  f->job = (pk_job){.worker = &f->worker, .arena = pk_arena_new()};
  f->job.diag = pk_diag_new(f->job.arena);
  const pk_layout *layout = NULL;
  assert_int_equal(
      pk_layout_build(&f->job, TEST_SOURCE_DIR "/layouts/handout.yaml", TEST_SOURCE_DIR "/layouts", &layout), PK_OK);
  f->body = (pk_style){.name = "body", .size = 10, .leading = 13};
  f->heading = (pk_style){.name = "heading-2", .size = 10, .leading = 13, .keep_with_next = true};
  f->quote = (pk_style){.name = "pull-quote", .size = 18, .leading = 23, .column_span = PK_SPAN_ALL};
  f->figure = (pk_style){.name = "figure", .size = 10, .leading = 13};
  f->wide_figure = (pk_style){.name = "figure", .size = 10, .leading = 13, .column_span = PK_SPAN_ALL};
  f->text_unit = (pk_unit_block){.role = PK_ROLE_PARAGRAPH, .style = &f->body};
  f->heading_unit = (pk_unit_block){.role = PK_ROLE_HEADING, .style = &f->heading};
  f->quote_unit = (pk_unit_block){.role = PK_ROLE_PULL_QUOTE, .style = &f->quote};
  f->figure_unit = (pk_unit_block){.role = PK_ROLE_FIGURE, .style = &f->figure};
  f->wide_figure_unit = (pk_unit_block){.role = PK_ROLE_FIGURE, .style = &f->wide_figure};
  f->document = (pk_document){.layout = layout, .body = &f->body};
  pk_frame frame = pk_frame_of_page(&f->document, 1);
  f->chunker = (pk_chunker){
      .job = &f->job,
      .document = &f->document,
      .measure = {13, 9.3, frame.column_width, frame.rect.width, frame.rect.height},
  };
  f->galley.chunker = &f->chunker;
  f->rows = (int)(pk_frame_of_page(&f->document, 0).rect.height / 13 + 0.01);
  f->items = g_array_new(FALSE, FALSE, sizeof(pk_item));
  f->seats = g_array_new(FALSE, FALSE, sizeof(pk_seat));
  f->charges = g_array_new(FALSE, FALSE, sizeof(pk_charges));
  *state = f;
  return 0;
}

static inline int tear_down(void **state) {
  fixture *f = *state;
  g_array_unref(f->items);
  g_array_unref(f->seats);
  g_array_unref(f->charges);
  pk_arena_drop(f->job.arena);
  pk_arena_drop(f->worker.scratch);
  g_free(f);
  return 0;
}

/* Adds an item of `count` chunks; returns its number. */
static inline size_t add(fixture *f, const pk_unit_block *unit, uint32_t count, int rows, pk_stand stand) {
  pk_chunk *chunks = PK_NEW_ARRAY(f->job.arena, pk_chunk, count);
  for (uint32_t i = 0; i < count; i++)
    chunks[i] =
        (pk_chunk){.unit = unit, .rows = rows, .is_line = count > 1, .breaks = pk_break_of_line(unit->style, i, count)};
  pk_setting *setting = PK_NEW(f->job.arena, pk_setting);
  *setting = (pk_setting){
      .chunks = chunks, .count = count, .rows = rows * (int)count, .width = f->chunker.measure.column_width};
  pk_item item = {.unit = unit, .unit_count = 1, .style = unit->style, .stand = stand, .setting = setting};
  bool is_wide = stand == PK_STAND_ACROSS || stand == PK_STAND_SPANNING;
  item.width = is_wide ? f->chunker.measure.full_width : f->chunker.measure.column_width;
  g_array_append_val(f->items, item);
  return f->items->len - 1;
}

/* Paragraphs of one line each. */
static inline void add_lines(fixture *f, int count) {
  for (int i = 0; i < count; i++) add(f, &f->text_unit, 1, 1, PK_STAND_FLOW);
}

static inline void set_breaks(fixture *f, size_t item, uint32_t chunk, unsigned breaks) {
  ((pk_chunk *)g_array_index(f->items, pk_item, item).setting->chunks)[chunk].breaks |= breaks;
}

static inline pk_status flow(fixture *f) {
  pk_galley_index(&f->galley, (const pk_item *)(const void *)f->items->data, f->items->len);
  pk_status status = pk_flow_build(&f->galley, f->seats, f->charges);
  f->pages = f->charges->len;
  return status;
}

static inline const pk_seat *seat_of_chunk(const fixture *f, size_t item, uint32_t number) {
  const pk_chunk *chunk = &g_array_index(f->items, pk_item, item).setting->chunks[number];
  for (guint i = 0; i < f->seats->len; i++)
    if (g_array_index(f->seats, pk_seat, i).chunk == chunk) return &g_array_index(f->seats, pk_seat, i);
  fail_msg("chunk %u of item %zu has no seat", number, item);
  return NULL;
}

static inline const pk_seat *seat_of(const fixture *f, size_t item) {
  return seat_of_chunk(f, item, 0);
}

static inline pk_length frame_top(const fixture *f, size_t page) {
  return pk_frame_of_page(&f->document, page).rect.y;
}

#endif
