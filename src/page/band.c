/* What can come next on a page.
 *
 * In:  one way to have set the document up to some row of a page.
 * Out: the ways to go on: what lies across all columns, a band of columns that
 *      is balanced above such a thing or at the end of the text, columns filled
 *      to the foot of the page.
 *
 * A page is a stack of bands. Balanced columns are as low as they can be while
 * everything fits, unless a row more costs less. */
#include "page/flow.h"

#include <string.h>

enum {
  LEAST_ROWS = 3,   /* of columns above and below what lies across them */
  PARTIALS_MAX = 8, /* ways through the columns of a band that are followed */
  HEIGHTS_TRIED = 3 /* of a balanced band, from the first that fits */
};

static const pk_item *item_at(const pk_flow *flow, int64_t number) {
  return &flow->galley->items[number];
}

void pk_way_act(pk_flow *flow, pk_way *way, const pk_act *act) {
  pk_act *kept = pk_arena_dup(flow->arena, act, sizeof *act);
  kept->before = way->acts;
  way->acts = kept;
  way->cost += pk_charges_sum(&act->charges);
}

static void charge_way(pk_flow *flow, pk_way *way, pk_page_cost term, double times) {
  if (times <= 0) return;
  pk_act act = {.kind = PK_ACT_CHARGE};
  pk_charge(&act.charges, term, times);
  pk_way_act(flow, way, &act);
}

/* ---- going on ------------------------------------------------------------- */

/* The next page; `rows_left` of this one stay empty. */
static void end_page(pk_flow *flow, pk_way way, int rows_left) {
  if (way.spot.item < way.behind) return; /* a figure would stand before the page of its mention */
  if (way.between_to > way.row) return;   /* the text does not come down to an inset */
  pk_act act = {.kind = PK_ACT_PAGE};
  pk_charge_short(&act.charges, rows_left);
  pk_way_act(flow, &way, &act);
  way.row = 0;
  way.last = -1;
  way.behind = 0;
  way.spot.margin = 0;
  memset(way.feet, 0, sizeof way.feet);
  way.is_prepared = way.is_tried = false;
  way.between_to = 0;
  way.page++;
  g_array_append_val(flow->next, way);
}

static void stay(pk_flow *flow, const pk_way *way) {
  g_array_append_vals(flow->same, way, 1);
}

static void raise_too_tall(pk_flow *flow, uint32_t item, int rows) {
  const pk_chunker *chunker = flow->galley->chunker;
  const pk_unit_block *unit = item_at(flow, item)->unit;
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
static void put_off(pk_flow *flow, const pk_way *way, uint32_t item, int rows) {
  bool is_whole = way->row == 0 && way->bottom == flow->rows;
  if (is_whole && rows > MAX(flow->rows, flow->next_rows))
    raise_too_tall(flow, item, rows);
  else if (!is_whole || flow->next_rows > flow->rows)
    end_page(flow, *way, way->bottom - way->row);
}

/* ---- across all columns --------------------------------------------------- */

/* An item across the page, set in the width of this page's frame. */
static const pk_setting *setting_across(const pk_flow *flow, int64_t item) {
  const pk_item *across = item_at(flow, item);
  pk_length width = flow->frame.rect.width;
  if (width - across->width < 0.01 && across->width - width < 0.01) return across->setting;
  return pk_galley_reset(flow->galley, (uint32_t)item, across->setting, 0, width, NULL, 0, 0);
}

static int gap_above(const pk_flow *flow, const pk_way *way, uint32_t item) {
  return pk_column_gap(flow->galley, way->last, item, 0);
}

/* Notes that are referred to across the page stand at the foot of its first
 * column, or, where there is no room, as if they had been left over. */
static void take_notes(pk_way *way, const pk_setting *setting) {
  for (uint32_t i = 0; i < setting->count; i++) way->spot.due = MAX(way->spot.due, setting->chunks[i].notes);
}

static void place_across(pk_flow *flow, pk_way *way, uint32_t item, const pk_charges *charges) {
  const pk_setting *placed = setting_across(flow, item);
  way->row += gap_above(flow, way, item);
  bool adjoins = way->row < way->between_to + 1 && way->row + placed->rows > way->between_from - 1;
  if (way->between_to && adjoins) way->behind = PK_NO_ITEM; /* leads nowhere */
  take_notes(way, placed);
  pk_act act = {
      .kind = PK_ACT_ITEM, .item = item, .column = -1, .row = way->row, .rows = placed->rows, .setting = placed};
  if (charges) act.charges = *charges;
  pk_way_act(flow, way, &act);
  way->row += placed->rows;
  way->last = item;
}

static bool is_across(const pk_flow *flow, uint32_t item) {
  return item < flow->galley->count && item_at(flow, item)->stand == PK_STAND_ACROSS;
}

/* Parts above and below what lies across are not parted where that is marked. */
static bool is_joined(const pk_flow *flow, uint32_t item) {
  return item < flow->galley->count && item_at(flow, item)->setting->chunks[0].breaks;
}

/* The end of the run from `first` that is kept together; its rows. */
static uint32_t run_across(const pk_flow *flow, const pk_way *way, uint32_t first, int *rows) {
  uint32_t end = first;
  *rows = 0;
  int64_t last = way->last;
  do {
    *rows += pk_column_gap(flow->galley, last, end, 0) + setting_across(flow, end)->rows;
    last = end++;
  } while (is_across(flow, end) && is_joined(flow, end));
  return end;
}

static void step_across(pk_flow *flow, const pk_way *way) {
  int rows;
  uint32_t first = way->spot.item, end = run_across(flow, way, first, &rows);
  bool leads_text = end < flow->galley->count && !is_across(flow, end);
  int room = way->bottom - way->row, below = leads_text ? LEAST_ROWS : 0;
  bool is_head = way->row == 0;
  if (rows + below > room && !is_head) {
    end_page(flow, *way, room);
    return;
  }
  if (rows > room) end = first + 1; /* part them rather than fail */
  int own = setting_across(flow, first)->rows;
  if (own > room) {
    put_off(flow, way, first, own);
    return;
  }
  pk_way on = *way;
  for (uint32_t i = first; i < end; i++) place_across(flow, &on, i, NULL);
  on.spot = pk_spot_at(&on.spot, end);
  stay(flow, &on);
}

/* ---- columns -------------------------------------------------------------- */

/* Rows that so many lines of notes, the last that are set, have taken. */
static int foot_rows(const pk_flow *flow, const pk_spot *spot, int lines) {
  return pk_notes_rows(&flow->galley->notes, &flow->galley->chunker->measure, spot->notes - (uint32_t)lines,
                       spot->notes);
}

/* The columns of a band, some of them set. */
typedef struct {
  pk_column_end end; /* of the last that is set */
  double cost;       /* of all of them */
  int tallest, shortest;
  int feet[PK_COLUMNS_MAX]; /* lines of notes set in each */
} partial;

static int compare_partials(const void *a, const void *b) {
  double x = ((const partial *)a)->cost, y = ((const partial *)b)->cost;
  return (x > y) - (x < y);
}

/* Keeps the cheapest, one for each spot. */
static size_t keep_partials(partial *partials, size_t count) {
  qsort(partials, count, sizeof *partials, compare_partials);
  size_t kept = 0;
  for (size_t i = 0; i < count && kept < PARTIALS_MAX; i++) {
    bool is_known = false;
    for (size_t k = 0; k < kept && !is_known; k++)
      is_known = pk_spot_is_same(&partials[k].end.act.to, &partials[i].end.act.to);
    if (!is_known) partials[kept++] = partials[i];
  }
  return kept;
}

typedef struct {
  const pk_way *way;
  int row, rows; /* where the band begins; how high it may be */
  int room;      /* down to the foot of the page */
  uint32_t limit;
  bool ends_page;
} column_band;

/* What the inset between the first two columns takes of column `column` of a
 * band. A band that ends above it, or begins below it, knows nothing of it. */
static pk_obstacle obstacle_of(const pk_flow *flow, const pk_way *way, int row, int rows, int column) {
  pk_obstacle obstacle = {.from = way->between_from - row, .to = way->between_to - row};
  if (way->between_to) obstacle.clear = pk_inset_clear(item_at(flow, way->between));
  if (!way->between_to || column > 1 || obstacle.to <= 0 || obstacle.from >= rows) return (pk_obstacle){0};
  const pk_item *inset = item_at(flow, way->between);
  pk_length taken = (inset->width - flow->frame.gutter) / 2 + inset->style->standoff;
  *(column ? &obstacle.left : &obstacle.right) = taken;
  return obstacle;
}

/* Fills the columns of a band; the ways to do so, cheapest first. */
static size_t fill_band(pk_flow *flow, const column_band *band, partial out[PARTIALS_MAX]) {
  partial partials[PARTIALS_MAX * PK_COLUMN_ENDS_MAX];
  size_t count = 1;
  out[0] = (partial){.end = {.act = {.to = band->way->spot}}, .shortest = band->rows};
  for (int c = 0; c < flow->frame.columns; c++) {
    size_t fresh = 0;
    int feet = band->way->feet[c];
    int frame_rows = pk_frame_rows(&flow->frame, c, flow->galley->chunker->measure.leading);
    bool is_chain = flow->frame.is_chain;
    pk_column column = {.number = c,
                        .row = band->row,
                        .rows = is_chain ? frame_rows : band->rows,
                        .room = (is_chain ? frame_rows : band->room) - foot_rows(flow, &band->way->spot, feet),
                        .feet = feet,
                        .width = flow->frame.slots[c].width,
                        .between = obstacle_of(flow, band->way, band->row, band->rows, c),
                        .limit = band->limit,
                        .ends_page = band->ends_page && c + 1 == flow->frame.columns};
    for (size_t i = 0; i < count; i++) {
      const partial *from = &out[i];
      if (from->end.is_end) { /* this column stays empty */
        partials[fresh] = *from;
        partials[fresh++].shortest = 0;
        continue;
      }
      const pk_act *acts = c ? pk_arena_dup(flow->arena, &from->end.act, sizeof from->end.act) : band->way->acts;
      pk_column_end ends[PK_COLUMN_ENDS_MAX];
      size_t found = pk_column_fill(flow, &column, &from->end.act.to, acts, ends);
      for (size_t e = 0; e < found; e++) {
        partial *set = &partials[fresh++];
        *set = *from;
        set->end = ends[e];
        set->cost += ends[e].cost;
        set->tallest = MAX(from->tallest, ends[e].used);
        set->shortest = MIN(from->shortest, ends[e].used);
        set->feet[c] = (int)(ends[e].act.to.notes - ends[e].act.from.notes);
      }
    }
    count = keep_partials(partials, fresh);
    for (size_t i = 0; i < count; i++) out[i] = partials[i];
  }
  return count;
}

/* `way` with the columns of a band; `tallest` rows high. */
static pk_way add_columns(pk_flow *flow, const column_band *band, const partial *columns) {
  pk_way on = *band->way;
  on.acts = pk_arena_dup(flow->arena, &columns->end.act, sizeof columns->end.act);
  on.cost += columns->cost;
  on.spot = columns->end.act.to;
  on.row = band->row + columns->tallest;
  on.last = (int64_t)on.spot.item - 1;
  for (int c = 0; c < flow->frame.columns; c++) on.feet[c] += columns->feet[c];
  int uneven = flow->frame.is_chain ? 0 : columns->tallest - columns->shortest;
  charge_way(flow, &on, PK_COST_UNEVEN, (double)uneven * uneven);
  return on;
}

/* Rows of the text from `spot` to item `limit`: those that stay in their order. */
static int64_t rows_until(const pk_flow *flow, const pk_spot *spot, uint32_t limit) {
  const pk_galley *galley = flow->galley;
  int64_t rows = galley->rows[limit] - galley->rows[spot->item];
  if (spot->chunk)
    rows -=
        (int64_t)item_at(flow, spot->item)->before + spot->setting->rows * (int64_t)spot->chunk / spot->setting->count;
  return MAX(rows, 0);
}

/* Sets everything up to `limit` in balanced columns no higher than `room`.
 * False if that cannot be. */
static bool balance(pk_flow *flow, const pk_way *way, uint32_t limit, int room, pk_way *out) {
  int columns = flow->frame.columns;
  int gap = pk_column_gap(flow->galley, way->last, way->spot.item, way->spot.chunk);
  int64_t rows = rows_until(flow, &way->spot, limit);
  room -= gap;
  if (room < 1 || flow->frame.is_chain || rows > (int64_t)room * columns) return false;
  column_band band = {.way = way, .row = way->row + gap, .room = way->bottom - way->row - gap, .limit = limit};
  double least = G_MAXDOUBLE;
  int tried = 0;
  int height = columns > 1 ? (int)CLAMP((rows + columns - 1) / columns, 1, room) : room;
  for (; height <= room && tried < HEIGHTS_TRIED; height++) {
    partial found[PARTIALS_MAX];
    band.rows = height;
    size_t count = fill_band(flow, &band, found);
    bool has_all = false;
    for (size_t i = 0; i < count; i++) {
      if (!found[i].end.is_end) continue;
      has_all = true;
      pk_way on = add_columns(flow, &band, &found[i]);
      if (on.cost >= least) continue;
      least = on.cost;
      *out = on;
    }
    tried += has_all;
  }
  return tried > 0;
}

/* Not even the next chunk goes into a column. */
static void raise_or_put_off(pk_flow *flow, const pk_way *way) {
  const pk_spot *spot = &way->spot;
  if (spot->setting) {
    put_off(flow, way, spot->item, spot->setting->chunks[spot->chunk].rows);
    return;
  }
  uint32_t item = spot->item;
  static const pk_queue queues[] = {PK_QUEUE_COLUMN, PK_QUEUE_INSET, PK_QUEUE_BETWEEN, PK_QUEUE_MARGIN};
  for (size_t i = 0; i < G_N_ELEMENTS(queues) && item >= flow->galley->count; i++)
    item = pk_spot_next(flow->galley, spot, queues[i]);
  if (item == PK_NO_ITEM)
    end_page(flow, *way, 0); /* nothing but notes is left, and no line of them fits */
  else
    put_off(flow, way, item, item_at(flow, item)->setting->chunks[0].rows);
}

/* Fills the columns down to the foot of the page. */
static void fill_page(pk_flow *flow, const pk_way *way, uint32_t limit) {
  int gap = pk_column_gap(flow->galley, way->last, way->spot.item, way->spot.chunk);
  int room = way->bottom - way->row - gap;
  column_band band = {.way = way, .row = way->row + gap, .rows = room, .room = room, .limit = limit, .ends_page = true};
  partial found[PARTIALS_MAX];
  size_t count = band.rows > 0 ? fill_band(flow, &band, found) : 0;
  for (size_t i = 0; i < count; i++) {
    pk_way on = add_columns(flow, &band, &found[i]);
    if (found[i].end.is_end) on.row = MAX(on.row, way->bottom); /* as if the page were full */
    if (found[i].end.is_end && on.spot.item >= flow->galley->count)
      stay(flow, &on);
    else
      end_page(flow, on, 0);
  }
  if (count) return;
  raise_or_put_off(flow, way);
}

/* ---- what moves and lies across ------------------------------------------- */

/* The next item across the page that has no place yet, or PK_NO_ITEM. */
static uint32_t next_spanning(const pk_flow *flow, const pk_way *way) {
  return pk_spot_next(flow->galley, &way->spot, PK_QUEUE_PAGE);
}

static bool is_figure(const pk_flow *flow, int64_t item) {
  return item_at(flow, item)->unit->role != PK_ROLE_PULL_QUOTE;
}

/* Puts the next spanning item below what is on the page already. */
static bool place_spanning(pk_flow *flow, pk_way *way, uint32_t item, const pk_charges *charges, int below) {
  if (way->row + gap_above(flow, way, item) + setting_across(flow, item)->rows + below > way->bottom) return false;
  place_across(flow, way, item, charges);
  way->spot.placed[PK_QUEUE_PAGE]++;
  return true;
}

static void charge_distance(const pk_flow *flow, const pk_way *way, uint32_t item, pk_charges *charges) {
  if (item >= way->spot.item) return;
  double away = flow->frame.columns;
  pk_charge(charges, PK_COST_FIGURE, away * away);
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
    stay(flow, &on);
  } else {
    end_page(flow, on, 0);
  }
  return true;
}

/* What waits from the page before stands at the head of this one; of what is
 * mentioned on this page a figure may stand at its head or foot. */
static void prepare_page(pk_flow *flow, const pk_way *way) {
  if (take_page(flow, way)) return;
  pk_way on = *way;
  on.is_prepared = true;
  for (uint32_t item; (item = next_spanning(flow, &on)) < on.spot.item;) {
    pk_charges charges = {0};
    charge_distance(flow, &on, item, &charges);
    int below = on.row && on.spot.item < flow->galley->count ? LEAST_ROWS : 0;
    if (place_spanning(flow, &on, item, &charges, below)) continue;
    if (on.row == 0) put_off(flow, &on, item, setting_across(flow, item)->rows);
    break;
  }
  stay(flow, &on);
  uint32_t ahead = next_spanning(flow, &on);
  if (ahead == PK_NO_ITEM || ahead < on.spot.item || !is_figure(flow, ahead) || is_across(flow, on.spot.item)) return;
  int rows = setting_across(flow, ahead)->rows, room = on.bottom - on.row - rows;
  if (room < 2 * LEAST_ROWS || rows_until(flow, &on.spot, ahead) > (int64_t)room * flow->frame.columns) return;
  pk_way head = on;
  head.behind = ahead;
  if (place_spanning(flow, &head, ahead, NULL, LEAST_ROWS)) stay(flow, &head);
  pk_way foot = on;
  foot.behind = ahead;
  foot.spot.placed[PK_QUEUE_PAGE]++;
  foot.bottom -= rows;
  pk_act act = {.kind = PK_ACT_ITEM,
                .item = ahead,
                .column = -1,
                .row = foot.bottom,
                .rows = rows,
                .setting = setting_across(flow, ahead)};
  foot.bottom -= MAX(item_at(flow, ahead)->own_before, 1);
  pk_way_act(flow, &foot, &act);
  stay(flow, &foot);
}

/* Text balanced above the next spanning item, which stands where it is
 * mentioned. */
static void place_midway(pk_flow *flow, const pk_way *way, uint32_t item) {
  const pk_item *across = item_at(flow, item);
  pk_way on = *way;
  if (item > way->spot.item || way->spot.chunk) {
    int room = way->bottom - way->row - across->own_before - setting_across(flow, item)->rows - LEAST_ROWS;
    if (!balance(flow, way, item, room, &on) || on.row - way->row < LEAST_ROWS) return;
  }
  pk_charges charges = {0};
  if (is_figure(flow, item)) pk_charge(&charges, PK_COST_MIDDLE, flow->frame.columns);
  if (!place_spanning(flow, &on, item, &charges, LEAST_ROWS)) return;
  on.spot.item = item + 1;
  stay(flow, &on);
}

/* ---- steps ---------------------------------------------------------------- */

static void finish(pk_flow *flow, pk_way way) {
  static const int full = 5;
  if (way.spot.item < way.behind || way.between_to > way.row) return;
  if (way.page > 0 && way.row < full) charge_way(flow, &way, PK_COST_RUNT, full - way.row);
  way.is_done = true;
  g_array_append_val(flow->next, way);
}

/* The text is done; what waits stands below it, or on pages of its own. */
static void step_end(pk_flow *flow, const pk_way *way) {
  uint32_t item = next_spanning(flow, way);
  bool waits = pk_spot_next(flow->galley, &way->spot, PK_QUEUE_INSET) != PK_NO_ITEM;
  waits = waits || pk_spot_next(flow->galley, &way->spot, PK_QUEUE_BETWEEN) != PK_NO_ITEM;
  waits = waits || pk_spot_next(flow->galley, &way->spot, PK_QUEUE_COLUMN) != PK_NO_ITEM;
  waits = waits || way->spot.notes < way->spot.due;
  waits = waits || pk_spot_next(flow->galley, &way->spot, PK_QUEUE_MARGIN) != PK_NO_ITEM;
  if (item == PK_NO_ITEM && !waits) {
    if (pk_spot_next(flow->galley, &way->spot, PK_QUEUE_WHOLE) == PK_NO_ITEM)
      finish(flow, *way);
    else
      end_page(flow, *way, 0);
    return;
  }
  if (waits) {
    pk_way on;
    if (balance(flow, way, flow->galley->count, way->bottom - way->row, &on))
      stay(flow, &on);
    else
      fill_page(flow, way, flow->galley->count);
    return;
  }
  pk_way on = *way;
  pk_charges charges = {0};
  charge_distance(flow, way, item, &charges);
  if (place_spanning(flow, &on, item, &charges, 0))
    stay(flow, &on);
  else
    put_off(flow, way, item, setting_across(flow, item)->rows);
}

/* ---- insets between columns ----------------------------------------------- */

/* An inset between the first two columns may stand where it is clear of their
 * heads and feet: tries a few rows of the band that begins. */
static void try_between(pk_flow *flow, const pk_way *way, uint32_t limit) {
  static const double heights[] = {0.3, 0.45, 0.6};
  uint32_t item = pk_spot_next(flow->galley, &way->spot, PK_QUEUE_BETWEEN);
  if (item == PK_NO_ITEM || flow->frame.columns < 2) return;
  const pk_item *inset = item_at(flow, item);
  int rows = inset->setting->rows, room = way->bottom - way->row;
  int64_t text = rows_until(flow, &way->spot, limit) + 2 * rows;
  int band = (int)MIN(room, text / flow->frame.columns), last = -1, clear = pk_inset_clear(inset);
  if (item >= way->spot.item && rows_until(flow, &way->spot, item) > (int64_t)room * flow->frame.columns) return;
  for (size_t i = 0; i < G_N_ELEMENTS(heights); i++) {
    int from = (int)(band * heights[i]) - rows / 2;
    from = MAX(MIN(from, band - rows - clear), clear);
    if (from + rows + clear > band || from == last) continue;
    last = from;
    pk_way on = *way;
    on.is_tried = true;
    on.between = item;
    on.between_from = way->row + from;
    on.between_to = on.between_from + rows;
    on.behind = MAX(on.behind, item);
    on.spot.placed[PK_QUEUE_BETWEEN]++;
    pk_act act = {.kind = PK_ACT_ITEM, .item = item, .column = -1, .row = on.between_from, .rows = rows};
    act.stop = PK_STOP_BETWEEN;
    int64_t away = flow->galley->rows[way->spot.item] - flow->galley->rows[item] + from;
    pk_charge(&act.charges, PK_COST_INSET, (double)MAX(away, 0));
    pk_way_act(flow, &on, &act);
    stay(flow, &on);
  }
}

static void step_columns(pk_flow *flow, const pk_way *way) {
  uint32_t limit = flow->galley->ends[way->spot.item];
  if (!way->is_tried) try_between(flow, way, limit);
  uint32_t spanning = next_spanning(flow, way);
  if (spanning >= way->spot.item && spanning < limit) place_midway(flow, way, spanning);
  pk_way on;
  if (balance(flow, way, limit, way->bottom - way->row, &on))
    stay(flow, &on);
  else
    fill_page(flow, way, limit);
}

void pk_band_step(pk_flow *flow, const pk_way *way) {
  if (!way->is_prepared && way->row == 0)
    prepare_page(flow, way);
  else if (way->spot.item >= flow->galley->count)
    step_end(flow, way);
  else if (is_across(flow, way->spot.item) && !way->spot.chunk)
    step_across(flow, way);
  else
    step_columns(flow, way);
}
