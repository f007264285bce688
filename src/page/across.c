/* What lies across all columns of a page.
 *
 * In:  a way, the next item that lies across it.
 * Out: the ways to go on with it: in its order; at the head or the foot of the
 *      page where it may move; with the text balanced above it. */
#include "page/band.h"

enum { LEAST_ROWS = 3 }; /* of columns above and below what lies across them */

/* An item across the page, set in the width of this page's frame. */
const pk_setting *pk_across_setting(const pk_flow *flow, int64_t item) {
  const pk_item *across = pk_flow_item(flow, item);
  pk_length width = flow->frame.rect.width;
  if (width - across->width < 0.01 && across->width - width < 0.01) return across->setting;
  return pk_galley_reset(flow->galley, (uint32_t)item, across->setting, 0, width, NULL, 0, 0);
}

static int gap_above(const pk_flow *flow, const pk_way *way, uint32_t item) {
  return pk_column_gap(flow->galley, way->last, item, 0);
}

/* Notes that are referred to across the page stand at the foot of its first
 * column, or, where there is no room, as if they had been left over. */
static void take_notes(const pk_flow *flow, pk_way *way, const pk_setting *setting) {
  const pk_notes *notes = pk_spot_strip(flow->galley, &way->spot);
  for (uint32_t i = 0; i < setting->count; i++)
    if (setting->chunks[i].note) way->spot.due = MAX(way->spot.due, pk_notes_until(notes, setting->chunks[i].note));
}

static void place_across(pk_flow *flow, pk_way *way, uint32_t item, const pk_charges *charges) {
  const pk_setting *placed = pk_across_setting(flow, item);
  way->row += gap_above(flow, way, item);
  bool adjoins = way->row < way->between_to + 1 && way->row + placed->rows > way->between_from - 1;
  if (way->between_to && adjoins) way->is_dead = true;
  take_notes(flow, way, placed);
  pk_act act = {
      .kind = PK_ACT_ITEM, .item = item, .column = -1, .row = way->row, .rows = placed->rows, .setting = placed};
  if (charges) act.charges = *charges;
  pk_way_act(flow, way, &act);
  way->row += placed->rows;
  way->last = item;
}

bool pk_across_is(const pk_flow *flow, uint32_t item) {
  return item < flow->galley->count && pk_flow_item(flow, item)->stand == PK_STAND_ACROSS;
}

/* Parts above and below what lies across are not parted where that is marked. */
static bool is_joined(const pk_flow *flow, uint32_t item) {
  return item < flow->galley->count && pk_flow_item(flow, item)->setting->chunks[0].breaks;
}

/* The end of the run from `first` that is kept together; its rows. */
static uint32_t run_across(const pk_flow *flow, const pk_way *way, uint32_t first, int *rows) {
  uint32_t end = first;
  *rows = 0;
  int64_t last = way->last;
  do {
    *rows += pk_column_gap(flow->galley, last, end, 0) + pk_across_setting(flow, end)->rows;
    last = end++;
  } while (pk_across_is(flow, end) && is_joined(flow, end));
  return end;
}

void pk_across_step(pk_flow *flow, const pk_way *way) {
  int rows;
  uint32_t first = way->spot.item, end = run_across(flow, way, first, &rows);
  bool leads_text = end < flow->galley->count && !pk_across_is(flow, end);
  int room = way->bottom - way->row - pk_band_feet(flow, way), below = leads_text ? LEAST_ROWS : 0;
  bool is_head = way->row == 0;
  if (rows + below > room && !is_head) {
    pk_way_end_page(flow, *way, room);
    return;
  }
  if (rows > room) end = first + 1; /* part them rather than fail */
  int own = pk_across_setting(flow, first)->rows;
  if (own > room) {
    pk_way_put_off(flow, way, first, own);
    return;
  }
  pk_way on = *way;
  for (uint32_t i = first; i < end; i++) place_across(flow, &on, i, NULL);
  on.spot = pk_spot_at(&on.spot, end);
  pk_way_stay(flow, &on);
}

/* ---- what moves ----------------------------------------------------------- */

/* The next item across the page that has no place yet, or PK_NO_ITEM. */
uint32_t pk_across_next(const pk_flow *flow, const pk_way *way) {
  return pk_spot_next(flow->galley, &way->spot, PK_QUEUE_PAGE);
}

static bool is_figure(const pk_flow *flow, int64_t item) {
  return pk_flow_item(flow, item)->unit->role != PK_ROLE_PULL_QUOTE;
}

/* Puts the next spanning item below what is on the page already, and above its notes. */
static bool place_spanning(pk_flow *flow, pk_way *way, uint32_t item, const pk_charges *charges, int below) {
  int row = way->row + gap_above(flow, way, item) + pk_across_setting(flow, item)->rows;
  if (row + below > way->bottom - pk_band_feet(flow, way)) return false;
  place_across(flow, way, item, charges);
  way->spot.placed[PK_QUEUE_PAGE]++;
  return true;
}

static void charge_distance(const pk_way *way, uint32_t item, pk_charges *charges) {
  if (item >= way->spot.item) return;
  pk_charge(charges, PK_COST_FIGURE, 1);
  if (item < way->in_sight) pk_charge(charges, PK_COST_TURN, 1);
}

/* A figure that is a page stands on the next one after its mention; notes that
 * go on from the page before go first. */
static bool take_page(pk_flow *flow, const pk_way *way) {
  uint32_t item = pk_spot_next(flow->galley, &way->spot, PK_QUEUE_WHOLE);
  if (item >= way->spot.item || way->spot.notes < way->spot.due) return false;
  pk_way on = *way;
  on.spot.placed[PK_QUEUE_WHOLE]++;
  pk_act act = {.kind = PK_ACT_ITEM, .item = item, .column = -1, .rows = flow->rows, .stop = PK_STOP_PAGE};
  pk_way_act(flow, &on, &act);
  bool is_last =
      on.spot.item >= flow->galley->count && pk_spot_next(flow->galley, &on.spot, PK_QUEUE_WHOLE) == PK_NO_ITEM;
  on.row = flow->rows;
  if (is_last) {
    on.is_prepared = true;
    pk_way_stay(flow, &on);
  } else {
    pk_way_end_page(flow, on, 0);
  }
  return true;
}

/* Follows `foot` with a spanning item at the foot of the page. */
static void place_at_foot(pk_flow *flow, pk_way foot, uint32_t item, const pk_charges *charges) {
  int rows = pk_across_setting(flow, item)->rows;
  foot.spot.placed[PK_QUEUE_PAGE]++;
  foot.bottom -= rows;
  pk_act act = {.kind = PK_ACT_ITEM,
                .item = item,
                .column = -1,
                .row = foot.bottom,
                .rows = rows,
                .stop = PK_STOP_FOOT,
                .setting = pk_across_setting(flow, item),
                .charges = *charges};
  foot.bottom -= MAX(pk_flow_item(flow, item)->own_before, 1);
  pk_way_act(flow, &foot, &act);
  pk_way_stay(flow, &foot);
}

/* At the head or the foot of the page: a figure that is mentioned on it or, where
 * it is seen beside the next one, there. */
static void try_ahead(pk_flow *flow, const pk_way *way, uint32_t item) {
  int rows = pk_across_setting(flow, item)->rows, room = way->bottom - way->row - rows;
  int64_t before = pk_band_rows(flow, &way->spot, item), own = (int64_t)room * flow->frame.columns;
  int64_t beside = flow->ends_spread ? 0 : (int64_t)flow->next_rows * flow->frame.columns * 3 / 4;
  if (room < 2 * LEAST_ROWS || before > own + beside) return;
  pk_charges charges = {0};
  if (before > own) pk_charge(&charges, PK_COST_FIGURE, 1);
  pk_way head = *way;
  head.behind = item;
  if (place_spanning(flow, &head, item, &charges, LEAST_ROWS)) pk_way_stay(flow, &head);
  pk_way foot = *way;
  foot.behind = item;
  place_at_foot(flow, foot, item, &charges);
}

/* A figure that waits from the page before may also stand at the foot of a full page,
 * if it is all that waits. */
static void try_waiting_foot(pk_flow *flow, const pk_way *way) {
  uint32_t item = pk_across_next(flow, way);
  if (item >= way->spot.item || way->spot.item >= flow->galley->count || !is_figure(flow, item)) return;
  pk_spot after = way->spot;
  after.placed[PK_QUEUE_PAGE]++;
  if (pk_spot_next(flow->galley, &after, PK_QUEUE_PAGE) < way->spot.item) return;
  int room = way->bottom - way->row - pk_across_setting(flow, item)->rows;
  bool is_last = pk_band_rows(flow, &way->spot, flow->galley->count) < (int64_t)room * flow->frame.columns;
  if (room < 2 * LEAST_ROWS || is_last || pk_across_is(flow, way->spot.item)) return;
  pk_charges charges = {0};
  charge_distance(way, item, &charges);
  place_at_foot(flow, *way, item, &charges);
}

/* What waits from the page before stands at the head of this one; a figure that
 * is still to come may stand at its head or foot. */
void pk_across_prepare(pk_flow *flow, const pk_way *way) {
  if (take_page(flow, way)) return;
  pk_way on = *way;
  on.is_prepared = true;
  try_waiting_foot(flow, &on);
  for (uint32_t item; (item = pk_across_next(flow, &on)) < on.spot.item;) {
    pk_charges charges = {0};
    charge_distance(&on, item, &charges);
    int below = on.row && on.spot.item < flow->galley->count ? LEAST_ROWS : 0;
    if (place_spanning(flow, &on, item, &charges, below)) continue;
    if (on.row == 0) pk_way_put_off(flow, &on, item, pk_across_setting(flow, item)->rows);
    break;
  }
  pk_way_stay(flow, &on);
  uint32_t ahead = pk_across_next(flow, &on);
  if (ahead == PK_NO_ITEM || ahead < on.spot.item || !is_figure(flow, ahead) || pk_across_is(flow, on.spot.item))
    return;
  try_ahead(flow, &on, ahead);
}

/* Text balanced above the next spanning item, which stands where it is
 * mentioned. */
void pk_across_midway(pk_flow *flow, const pk_way *way, uint32_t item) {
  const pk_item *across = pk_flow_item(flow, item);
  pk_way ways[PK_HEIGHTS_MAX] = {*way};
  size_t count = 1;
  bool has_text = item > way->spot.item || way->spot.chunk;
  if (has_text) {
    int room = way->bottom - way->row - across->own_before - pk_across_setting(flow, item)->rows - LEAST_ROWS;
    count = pk_band_balance(flow, way, item, room, ways);
  }
  for (size_t i = 0; i < count; i++) {
    if (has_text && ways[i].row - way->row < LEAST_ROWS) continue;
    pk_charges charges = {0};
    if (is_figure(flow, item)) pk_charge(&charges, PK_COST_MIDDLE, flow->frame.columns);
    if (!place_spanning(flow, &ways[i], item, &charges, LEAST_ROWS)) continue;
    ways[i].spot.item = item + 1;
    pk_way_stay(flow, &ways[i]);
  }
}

/* The text is done: what waits stands below it, or on pages of its own. */
void pk_across_end(pk_flow *flow, const pk_way *way, uint32_t item) {
  pk_way on = *way;
  pk_charges charges = {0};
  charge_distance(way, item, &charges);
  if (place_spanning(flow, &on, item, &charges, 0))
    pk_way_stay(flow, &on);
  else
    pk_way_put_off(flow, way, item, pk_across_setting(flow, item)->rows);
}
