/* Chunks -> columns and pages.
 *
 * The text frame of a page is a stack of bands: a chunk that lies across all
 * columns, or a stretch of columns that hold the chunks up to the next such
 * one. Columns that end above a spanning chunk or with the text are balanced:
 * as low as they can be while everything fits. A pull-quote that would not fit
 * below the text before it stands at the head of the next page, and the text
 * after it moves up.
 *
 * Always holds: chunks are seated in order, but for those that float; nothing
 * is seated below the frame unless it was raised as an error. */
#include "page/flow.h"

#include <string.h>

typedef struct {
  pk_chunker *chunker;
  pk_chunk *chunks;
  size_t count;
  const size_t *stretch_ends; /* of each chunk: the next spanning one that stays in its place */
  const size_t *float_ends;   /* of each chunk: the next spanning one at all */
  GArray *seats;
  GArray *waiting; /* size_t: floats that go to the head of the next page */
  size_t page;
  pk_frame frame;
  pk_length y; /* used of the frame's height */
  bool has_failed;
} flow_state;

static const pk_length slack = 0.05;

static void begin_page(flow_state *flow, size_t number) {
  flow->page = number;
  flow->frame = pk_frame_of_page(flow->chunker->document, number);
  flow->y = 0;
}

static void seat(flow_state *flow, size_t chunk, pk_length x, pk_length y) {
  pk_seat seat = {chunk, flow->page, flow->frame.rect.x + x, flow->frame.rect.y + y};
  g_array_append_val(flow->seats, seat);
}

static pk_length room_left(const flow_state *flow) {
  return flow->frame.rect.height - flow->y;
}

static void raise_too_tall(flow_state *flow, size_t chunk) {
  const pk_unit_block *unit = flow->chunks[chunk].unit;
  pk_length over = flow->chunks[chunk].height - flow->frame.rect.height;
  pk_diag *diag = flow->chunker->job->diag;
  pk_diagnostic *error = pk_diag_add(diag, PK_CODE_BLOCK_TOO_TALL, unit->source,
                                     "this is %.1f mm (%.0f lines) taller than the text frame of page %zu",
                                     over / PK_PT_PER_MM, over / flow->chunker->measure.leading, flow->page + 1);
  pk_diag_hint(diag, error, "shorten it, or change the style '%s'", unit->style->name);
  if (unit->style->span.source) pk_diag_related(diag, error, unit->style->span, "its style");
  flow->has_failed = true;
}

/* A spanning chunk that may wait for the next page. */
static bool is_float(const pk_chunk *chunk) {
  return chunk->spans && chunk->floats;
}

/* ---- columns -------------------------------------------------------------- */

/* How far chunks from `first` on go into a column of `height`: the number of
 * the first one after it, not beyond `limit`. Floats on the way take no room.
 * `first` itself means that nothing fits. */
static size_t fill_column(const flow_state *flow, size_t first, size_t limit, pk_length height) {
  pk_length used = 0;
  size_t lawful = first, fits = first;
  bool has_text = false;
  for (size_t i = first; i < limit; i++) {
    const pk_chunk *chunk = &flow->chunks[i];
    if (is_float(chunk)) continue;
    if (chunk->may_break && has_text) lawful = i;
    used += chunk->height + (has_text ? chunk->before : 0);
    if (used > height + slack) return lawful > first ? lawful : fits;
    has_text = true;
    fits = i + 1;
  }
  return limit;
}

/* Where a column may end at `at`, a figure that did not fit it is put off to the
 * head of the next: the text after it, up to the next spanning chunk, moves up.
 * Returns where the column ends then. */
static size_t put_off_figure(flow_state *flow, size_t first, size_t at, size_t limit, pk_length height) {
  enum { FARTHEST = 1000 }; /* chunks: more than a column holds */
  limit = MIN(MIN(limit, flow->float_ends[first]), at + FARTHEST);
  if (at == first || at >= limit || !flow->chunks[at].floats || !flow->chunks[at].may_break) return at;
  pk_chunk figure = flow->chunks[at];
  memmove(&flow->chunks[at], &flow->chunks[at + 1], (limit - at - 1) * sizeof figure);
  size_t end = fill_column(flow, first, limit - 1, height);
  memmove(&flow->chunks[end + 1], &flow->chunks[end], (limit - 1 - end) * sizeof figure);
  flow->chunks[end] = figure;
  return end;
}

/* Fills whole columns like fill_columns(), putting figures off where that
 * fills a column better. */
static size_t fill_whole_columns(flow_state *flow, size_t first, size_t limit, pk_length height,
                                 size_t ends[PK_COLUMNS_MAX]) {
  size_t at = first;
  for (int c = 0; c < flow->frame.columns; c++) {
    size_t start = at;
    at = at < limit ? fill_column(flow, start, limit, height) : limit;
    ends[c] = at = put_off_figure(flow, start, at, limit, height);
  }
  return at;
}

/* Fills the columns with chunks from `first` on; returns where they end. */
static size_t fill_columns(const flow_state *flow, size_t first, size_t limit, pk_length height,
                           size_t ends[PK_COLUMNS_MAX]) {
  size_t at = first;
  for (int c = 0; c < flow->frame.columns; c++) {
    at = at < limit ? fill_column(flow, at, limit, height) : limit;
    ends[c] = at;
  }
  return at;
}

/* The height of [first, end) in one column, or something above `most`. */
static pk_length column_height(const flow_state *flow, size_t first, size_t end, pk_length most) {
  pk_length used = 0;
  bool has_text = false;
  for (size_t i = first; i < end && used <= most; i++) {
    const pk_chunk *chunk = &flow->chunks[i];
    if (is_float(chunk)) continue;
    used += chunk->height + (has_text ? chunk->before : 0);
    has_text = true;
  }
  return used;
}

/* The least height at which chunks [first, limit) fit the columns; `most` if
 * they do not fit less. Sets `ends` for it. */
static pk_length balance(const flow_state *flow, size_t first, size_t limit, pk_length most,
                         size_t ends[PK_COLUMNS_MAX]) {
  pk_length step = flow->chunker->measure.leading;
  pk_length height = column_height(flow, first, limit, most * flow->frame.columns) / flow->frame.columns;
  height = pk_measure_rows(&flow->chunker->measure, MAX(height, step));
  for (; height < most; height += step)
    if (fill_columns(flow, first, limit, height, ends) >= limit) return height;
  fill_columns(flow, first, limit, most, ends);
  return most;
}

/* Seats the columns that `ends` describes; floats among them wait. Returns the
 * height of the tallest. */
static pk_length seat_columns(flow_state *flow, size_t first, const size_t ends[PK_COLUMNS_MAX]) {
  pk_length tallest = 0;
  for (int c = 0; c < flow->frame.columns; c++) {
    pk_length x = c * (flow->frame.column_width + flow->frame.gutter), y = 0;
    bool has_text = false;
    for (size_t i = first; i < ends[c]; i++) {
      const pk_chunk *chunk = &flow->chunks[i];
      if (is_float(chunk)) {
        g_array_append_val(flow->waiting, i);
        continue;
      }
      y += has_text ? chunk->before : 0;
      seat(flow, i, x, flow->y + y);
      y += chunk->height;
      has_text = true;
    }
    tallest = MAX(tallest, y);
    first = ends[c];
  }
  return tallest;
}

/* ---- bands ---------------------------------------------------------------- */

static pk_length space_above(const flow_state *flow, size_t chunk) {
  return flow->y > 0 ? flow->chunks[chunk].before : 0;
}

static void seat_spanning(flow_state *flow, size_t chunk) {
  flow->y += space_above(flow, chunk);
  seat(flow, chunk, 0, flow->y);
  flow->y += flow->chunks[chunk].height;
}

static void next_page(flow_state *flow) {
  begin_page(flow, flow->page + 1);
  GArray *waiting = flow->waiting;
  flow->waiting = g_array_new(FALSE, FALSE, sizeof(size_t));
  for (guint i = 0; i < waiting->len; i++) {
    size_t chunk = g_array_index(waiting, size_t, i);
    if (flow->chunks[chunk].height > room_left(flow) + slack && flow->y > 0)
      g_array_append_val(flow->waiting, chunk);
    else
      seat_spanning(flow, chunk);
    if (room_left(flow) < -slack) raise_too_tall(flow, chunk);
  }
  g_array_unref(waiting);
}

/* Below a spanning chunk at least so many lines of each column follow. */
enum { LEAST_LINES_BELOW = 3 };

/* The end of a run of spanning chunks that are kept together, from `first`. */
static size_t spanning_run(const flow_state *flow, size_t first, pk_length *height) {
  size_t end = first + 1;
  *height = space_above(flow, first) + flow->chunks[first].height;
  while (end < flow->count && flow->chunks[end].spans && !flow->chunks[end].may_break) {
    *height += flow->chunks[end].before + flow->chunks[end].height;
    end++;
  }
  return end;
}

static size_t place_spanning(flow_state *flow, size_t first) {
  pk_length height;
  size_t end = spanning_run(flow, first, &height);
  bool leads_text = end < flow->count && !flow->chunks[end].spans;
  pk_length below = leads_text ? LEAST_LINES_BELOW * flow->chunker->measure.leading : 0;
  if (height + below > room_left(flow) + slack && flow->y > 0) {
    next_page(flow);
    end = spanning_run(flow, first, &height);
  }
  if (height > room_left(flow) + slack && end > first + 1) end = first + 1; /* part them rather than fail */
  if (flow->chunks[first].height > room_left(flow) + slack) {
    if (flow->y > 0) {
      next_page(flow);
    }
    if (flow->chunks[first].height > room_left(flow) + slack) raise_too_tall(flow, first);
  }
  for (size_t i = first; i < end; i++) seat_spanning(flow, i);
  return end;
}

/* Finds, from the back, where the stretch of column chunks that each chunk is
 * in ends: at the next spanning chunk that stays in its place, or at any. */
static void find_stretches(flow_state *flow, pk_arena *arena) {
  size_t *stretch_ends = PK_NEW_ARRAY(arena, size_t, flow->count),
         *float_ends = PK_NEW_ARRAY(arena, size_t, flow->count);
  size_t solid = flow->count, any = flow->count;
  for (size_t i = flow->count; i-- > 0;) {
    const pk_chunk *chunk = &flow->chunks[i];
    if (chunk->spans) any = i;
    if (chunk->spans && !chunk->floats) solid = i;
    stretch_ends[i] = solid;
    float_ends[i] = any;
  }
  flow->stretch_ends = stretch_ends;
  flow->float_ends = float_ends;
}

/* Space between a spanning chunk and the columns below it. */
static void open_band(flow_state *flow, size_t first) {
  if (flow->y > 0) flow->y += flow->chunks[first].before;
}

/* Tries to seat [first, end) balanced with the float at `end` below it and room
 * for a few more lines. False if that does not fit this page. */
static bool place_above_float(flow_state *flow, size_t first, size_t end) {
  const pk_chunk *quote = &flow->chunks[end];
  pk_length leading = flow->chunker->measure.leading;
  pk_length room = room_left(flow) - quote->before - quote->height - LEAST_LINES_BELOW * leading;
  size_t ends[PK_COLUMNS_MAX];
  pk_length above = flow->y > 0 ? flow->chunks[first].before : 0;
  pk_length most = (room - above) * flow->frame.columns;
  if (room - above < leading || column_height(flow, first, end, most) > most) return false;
  pk_length height = balance(flow, first, end, room - above, ends);
  if (ends[flow->frame.columns - 1] < end || height < LEAST_LINES_BELOW * leading) return false;
  open_band(flow, first);
  flow->y += seat_columns(flow, first, ends);
  seat_spanning(flow, end);
  return true;
}

/* Seats column chunks from `first` on; returns where this page's end. */
static size_t place_columns(flow_state *flow, size_t first) {
  size_t float_at = flow->float_ends[first];
  if (float_at < flow->count && is_float(&flow->chunks[float_at]) && float_at > first &&
      place_above_float(flow, first, float_at))
    return float_at + 1;
  size_t end = flow->stretch_ends[first];
  pk_length above = flow->y > 0 ? flow->chunks[first].before : 0;
  pk_length room = room_left(flow) - above;
  size_t ends[PK_COLUMNS_MAX];
  size_t reached = fill_columns(flow, first, end, room, ends);
  if (reached == first || column_height(flow, first, ends[0], room + slack) > room + slack) {
    if (flow->y > 0) {
      next_page(flow);
      return first;
    }
    raise_too_tall(flow, first);
    seat(flow, first, 0, flow->y);
    flow->y = flow->frame.rect.height;
    return first + 1;
  }
  if (reached >= end)
    balance(flow, first, end, room, ends);
  else
    reached = fill_whole_columns(flow, first, end, room, ends);
  open_band(flow, first);
  flow->y += seat_columns(flow, first, ends);
  if (reached < end) next_page(flow);
  return reached;
}

/* Floats that still wait when the text ends stand below it, or on one more page. */
static void place_waiting(flow_state *flow) {
  while (flow->waiting->len && !flow->has_failed) {
    size_t chunk = g_array_index(flow->waiting, size_t, 0);
    if (space_above(flow, chunk) + flow->chunks[chunk].height <= room_left(flow) + slack) {
      g_array_remove_index(flow->waiting, 0);
      seat_spanning(flow, chunk);
    } else {
      next_page(flow);
    }
  }
}

pk_status pk_flow_build(pk_chunker *chunker, GArray *seats, size_t *pages) {
  flow_state flow = {
      .chunker = chunker,
      .chunks = (pk_chunk *)(void *)chunker->chunks->data,
      .count = chunker->chunks->len,
      .seats = seats,
      .waiting = g_array_new(FALSE, FALSE, sizeof(size_t)),
  };
  find_stretches(&flow, chunker->job->arena);
  begin_page(&flow, 0);
  for (size_t at = 0; at < flow.count && !flow.has_failed;) {
    if (flow.page >= PK_PAGE_MAX) {
      pk_diag_add(chunker->job->diag, PK_CODE_TOO_MANY_PAGES, flow.chunks[at].unit->source,
                  "the document has more than %d pages", PK_PAGE_MAX);
      flow.has_failed = true;
      break;
    }
    at = flow.chunks[at].spans ? place_spanning(&flow, at) : place_columns(&flow, at);
  }
  place_waiting(&flow);
  g_array_unref(flow.waiting);
  if (flow.has_failed) return PK_FAILED;
  *pages = flow.page + 1;
  return PK_OK;
}
