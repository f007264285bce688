/* What can come next on a page.
 *
 * In:  one way to have set the document up to some row of a page.
 * Out: the ways to go on: what lies across all columns, a band of columns that
 *      is balanced above such a thing or at the end of the text, columns filled
 *      to the foot of the page, the next page.
 *
 * A page is a stack of bands. */
#include "page/band.h"

#include <string.h>

void pk_way_act(pk_flow *flow, pk_way *way, const pk_act *act) {
  pk_act *kept = pk_act_new(flow, act);
  kept->before = way->acts;
  way->acts = kept;
  way->cost += pk_charges_sum(&act->charges);
}

void pk_way_charge(pk_flow *flow, pk_way *way, pk_page_cost term, double times) {
  if (times <= 0) return;
  pk_act act = {.kind = PK_ACT_CHARGE};
  pk_charge(&act.charges, term, times);
  pk_way_act(flow, way, &act);
}

/* A quote stands before its source, the text does not come down to an inset, or
 * what lies across the page adjoins one. */
static bool leads_nowhere(const pk_way *way) {
  return way->is_dead || (way->between_to && (way->spot.item < way->between || way->between_to > way->row));
}

/* What stands on a page of the spread already should be mentioned there: the
 * page before it did not know how far the next would go. */
static void charge_early(pk_flow *flow, pk_way *way) {
  enum { TURNS = 20 };
  if (way->spot.item < way->behind) pk_way_charge(flow, way, PK_COST_TURN, TURNS);
  way->behind = 0;
}

/* The next page; `rows_left` of this one stay empty. */
void pk_way_end_page(pk_flow *flow, pk_way way, int rows_left) {
  if (leads_nowhere(&way)) return;
  if (flow->ends_spread) charge_early(flow, &way);
  pk_act act = {.kind = PK_ACT_PAGE};
  pk_charge_short(&act.charges, rows_left);
  pk_way_act(flow, &way, &act);
  way.row = 0;
  way.last = -1;
  way.spot.margin = 0;
  memset(way.feet, 0, sizeof way.feet);
  way.is_prepared = way.is_tried = false;
  way.between_to = 0;
  way.page++;
  g_array_append_val(flow->next, way);
}

void pk_way_stay(pk_flow *flow, const pk_way *way) {
  g_array_append_vals(flow->same, way, 1);
}

static void raise_too_tall(pk_flow *flow, uint32_t item, int rows) {
  const pk_chunker *chunker = flow->galley->chunker;
  const pk_unit_block *unit = pk_flow_item(flow, item)->unit;
  int over = rows - flow->rows;
  pk_diagnostic *error = pk_diag_add(chunker->job->diag, PK_CODE_BLOCK_TOO_TALL, unit->source,
                                     "this is %.1f mm (%d lines) taller than the text frame of the page",
                                     over * chunker->measure.leading / PK_PT_PER_MM, over);
  pk_diag_hint(chunker->job->diag, error, "shorten it, or change the style '%s'", unit->style->name);
  if (unit->style->span.source) pk_diag_related(chunker->job->diag, error, unit->style->span, "its style");
  flow->has_failed = true;
}

/* Nothing of `item` fits what is left of the page: it goes to the next one, or,
 * where no page is larger, is raised. */
void pk_way_put_off(pk_flow *flow, const pk_way *way, uint32_t item, int rows) {
  bool is_whole = way->row == 0 && way->bottom == flow->rows;
  if (is_whole && rows > MAX(flow->rows, flow->next_rows))
    raise_too_tall(flow, item, rows);
  else if (!is_whole || flow->next_rows > flow->rows)
    pk_way_end_page(flow, *way, way->bottom - way->row);
}

/* ---- steps ---------------------------------------------------------------- */

static void finish(pk_flow *flow, pk_way way) {
  static const int full = 5;
  if (leads_nowhere(&way)) return;
  charge_early(flow, &way);
  if (way.page > 0 && way.row < full) pk_way_charge(flow, &way, PK_COST_RUNT, full - way.row);
  way.is_done = true;
  g_array_append_val(flow->next, way);
}

/* Columns with everything up to `limit`, or down to the foot of the page. */
static void fill_or_balance(pk_flow *flow, const pk_way *way, uint32_t limit) {
  pk_way ways[PK_HEIGHTS_MAX];
  size_t count = pk_band_balance(flow, way, limit, way->bottom - way->row, ways);
  for (size_t i = 0; i < count; i++) pk_way_stay(flow, &ways[i]);
  if (!count) pk_band_fill(flow, way, limit);
}

/* The text is done; what waits stands below it, or on pages of its own. */
static void step_end(pk_flow *flow, const pk_way *way) {
  uint32_t item = pk_across_next(flow, way);
  bool waits = pk_spot_next(flow->galley, &way->spot, PK_QUEUE_INSET) != PK_NO_ITEM;
  waits = waits || pk_spot_next(flow->galley, &way->spot, PK_QUEUE_BETWEEN) != PK_NO_ITEM;
  waits = waits || pk_spot_next(flow->galley, &way->spot, PK_QUEUE_COLUMN) != PK_NO_ITEM;
  waits = waits || way->spot.notes < way->spot.due;
  waits = waits || pk_spot_next(flow->galley, &way->spot, PK_QUEUE_MARGIN) != PK_NO_ITEM;
  if (item == PK_NO_ITEM && !waits) {
    if (pk_spot_next(flow->galley, &way->spot, PK_QUEUE_WHOLE) == PK_NO_ITEM)
      finish(flow, *way);
    else
      pk_way_end_page(flow, *way, 0);
    return;
  }
  if (waits) {
    fill_or_balance(flow, way, flow->galley->count);
    return;
  }
  pk_across_end(flow, way, item);
}

static void step_columns(pk_flow *flow, const pk_way *way) {
  uint32_t limit = flow->galley->ends[way->spot.item];
  if (!way->is_tried) pk_between_try(flow, way, limit);
  uint32_t spanning = pk_across_next(flow, way);
  if (spanning >= way->spot.item && spanning < limit) pk_across_midway(flow, way, spanning);
  fill_or_balance(flow, way, limit);
}

void pk_band_step(pk_flow *flow, const pk_way *way) {
  if (!way->is_prepared && way->row == 0)
    pk_across_prepare(flow, way);
  else if (way->spot.item >= flow->galley->count)
    step_end(flow, way);
  else if (pk_across_is(flow, way->spot.item) && !way->spot.chunk)
    pk_across_step(flow, way);
  else
    step_columns(flow, way);
}
