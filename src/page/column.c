/* How far a column may go.
 *
 * In:  what of the article is used up, the rows of the column.
 * Out: the best few ways to end it, each with what it is charged.
 *
 * A walk takes chunk after chunk until the column is full, and keeps the last
 * few places at which it could have ended. Where a figure is mentioned it parts
 * into several: the figure stands there, at the head or the foot of the column,
 * or waits for a later one. */
#include <string.h>

#include "page/flow.h"

enum {
  PLACES_KEPT = 12, /* behind the walk that are still ends */
  WALKS_MAX = 24,
};

/* A place at which the column could end. */
typedef struct {
  pk_spot spot;
  const pk_act *acts;
  double cost; /* of the acts */
  int used, foot;
  int notes;         /* rows of notes at the foot of the page */
  int head;          /* rows at the head of the column */
  int64_t head_item; /* the last one there, or -1 */
  unsigned breaks;
} column_place;

typedef struct pk_walk {
  column_place now;
  int64_t last;  /* the item placed last; -1: none */
  bool has_text; /* the lines have begun */
  bool is_full;  /* no more notes go into the column */
  bool has_here; /* a figure stands between the lines */
  column_place places[PLACES_KEPT];
  size_t place_count; /* of all; the last PLACES_KEPT are kept */
} pk_walk;

typedef struct {
  pk_flow *flow;
  const pk_column *column;
  pk_spot start;
  size_t walk_count;
  pk_column_end *ends;
  size_t end_count;
} filler;

static const pk_item *item_at(const filler *fill, int64_t number) {
  return &fill->flow->galley->items[number];
}

/* ---- ends ----------------------------------------------------------------- */

static void remove_end(filler *fill, size_t at) {
  fill->end_count--;
  memmove(&fill->ends[at], &fill->ends[at + 1], (fill->end_count - at) * sizeof *fill->ends);
}

/* Keeps the ends in the order of their costs, one for each spot. */
static void keep_end(filler *fill, const pk_column_end *end) {
  for (size_t i = 0; i < fill->end_count; i++) {
    if (!pk_spot_is_same(&fill->ends[i].act.to, &end->act.to)) continue;
    if (fill->ends[i].cost <= end->cost) return;
    remove_end(fill, i);
    break;
  }
  size_t at = fill->end_count;
  while (at > 0 && fill->ends[at - 1].cost > end->cost) at--;
  if (at == PK_COLUMN_ENDS_MAX) return;
  if (fill->end_count == PK_COLUMN_ENDS_MAX) fill->end_count--;
  memmove(&fill->ends[at + 1], &fill->ends[at], (fill->end_count - at) * sizeof *end);
  fill->ends[at] = *end;
  fill->end_count++;
}

static int rows_left(const pk_column *column, const column_place *place) {
  int used = place->used + place->foot;
  return MIN(column->rows - used, column->room - used - place->notes);
}

/* Ends the column at a place; `is_end`: nothing is left for the next one. */
static void end_at(filler *fill, const column_place *place, bool is_end) {
  const pk_column *column = fill->column;
  pk_charges charges = {0};
  int used = place->used + place->foot;
  if (!is_end) {
    pk_charge_break(&charges, place->breaks, column->ends_page);
    pk_charge_short(&charges, rows_left(column, place));
  }
  double cost = place->cost + pk_charges_sum(&charges);
  if (fill->end_count == PK_COLUMN_ENDS_MAX && cost >= fill->ends[PK_COLUMN_ENDS_MAX - 1].cost) return;
  pk_column_end end = {.cost = cost, .used = used, .is_end = is_end};
  end.act = (pk_act){.before = place->acts,
                     .kind = PK_ACT_COLUMN,
                     .from = fill->start,
                     .to = place->spot,
                     .item = place->head_item,
                     .column = column->number,
                     .row = column->row,
                     .rows = place->head,
                     .charges = charges};
  keep_end(fill, &end);
}

static void end_walk(filler *fill, const pk_walk *walk) {
  size_t kept = MIN(walk->place_count, PLACES_KEPT);
  for (size_t i = 0; i < kept; i++) end_at(fill, &walk->places[i], false);
}

static void note_place(pk_walk *walk, unsigned breaks) {
  column_place *place = &walk->places[walk->place_count++ % PLACES_KEPT];
  *place = walk->now;
  place->breaks = breaks;
}

/* ---- figures -------------------------------------------------------------- */

static int room_left(const filler *fill, const pk_walk *walk) {
  return rows_left(fill->column, &walk->now);
}

/* How many columns ago the figure was mentioned. */
static double columns_away(const filler *fill, uint32_t item) {
  if (item >= fill->start.item) return 0;
  const int64_t *rows = fill->flow->galley->rows;
  return 1 + (double)((rows[fill->start.item] - rows[item]) / MAX(fill->flow->rows, 1));
}

static void place_item(filler *fill, pk_walk *walk, uint32_t item, pk_stop stop, int row) {
  pk_act *act = PK_NEW(fill->flow->arena, pk_act);
  *act = (pk_act){.before = walk->now.acts,
                  .kind = PK_ACT_ITEM,
                  .item = item,
                  .column = fill->column->number,
                  .row = fill->column->row + row,
                  .rows = item_at(fill, item)->setting->rows,
                  .stop = stop};
  double away = columns_away(fill, item);
  pk_charge(&act->charges, PK_COST_FIGURE, away * away);
  if (stop == PK_STOP_HERE) pk_charge(&act->charges, PK_COST_MIDDLE, 1);
  walk->now.acts = act;
  walk->now.cost += pk_charges_sum(&act->charges);
  walk->now.spot.placed[PK_QUEUE_COLUMN]++;
}

/* Where the walk is: between the lines, or below what stands at the head. */
static bool try_here(filler *fill, pk_walk *walk, uint32_t item) {
  int gap = pk_column_gap(fill->flow->galley, walk->last, item, 0), rows = item_at(fill, item)->setting->rows;
  if (gap + rows > room_left(fill, walk)) return false;
  place_item(fill, walk, item, walk->has_text ? PK_STOP_HERE : PK_STOP_HEAD, walk->now.used + gap);
  walk->now.used += gap + rows;
  walk->last = item;
  if (walk->has_text) {
    walk->has_here = true;
  } else {
    walk->now.head = walk->now.used;
    walk->now.head_item = item;
  }
  return true;
}

/* At the head of the page: the lines that are in the column already move down. */
static bool try_head(filler *fill, pk_walk *walk, uint32_t item) {
  if (!walk->has_text || walk->has_here || walk->now.head || fill->column->row > 0) return false;
  int gap = pk_column_gap(fill->flow->galley, item, fill->start.item, fill->start.chunk);
  int rows = item_at(fill, item)->setting->rows;
  if (gap + rows > room_left(fill, walk)) return false;
  place_item(fill, walk, item, PK_STOP_HEAD, 0);
  walk->now.head = rows;
  walk->now.head_item = item;
  walk->now.used += gap + rows;
  return true;
}

static bool try_foot(filler *fill, pk_walk *walk, uint32_t item) {
  int rows = item_at(fill, item)->setting->rows, gap = MAX(item_at(fill, item)->own_before, 1);
  if (!walk->has_text || gap + rows > room_left(fill, walk)) return false;
  walk->now.foot += rows;
  place_item(fill, walk, item, PK_STOP_FOOT, fill->column->rows - walk->now.foot);
  walk->now.foot += gap;
  return true;
}

/* The walk has come to the mention of a figure: others go on with it, this one
 * goes on without. */
static void meet_figure(filler *fill, pk_walk *walk, uint32_t item) {
  static bool (*const tries[])(filler *, pk_walk *, uint32_t) = {try_here, try_head, try_foot};
  if (walk->now.foot) return; /* it would stand above one that was mentioned earlier */
  for (size_t i = 0; i < G_N_ELEMENTS(tries) && fill->walk_count < WALKS_MAX; i++) {
    pk_walk *fresh = &fill->flow->walks[fill->walk_count];
    *fresh = *walk;
    if (tries[i](fill, fresh, item)) fill->walk_count++;
  }
}

/* Whether a figure that was mentioned before item `before` waits for its place. */
static bool is_waiting(const filler *fill, const pk_spot *spot, uint32_t before) {
  return pk_spot_next(fill->flow->galley, spot, PK_QUEUE_COLUMN) < before;
}

/* ---- notes ---------------------------------------------------------------- */

/* At least so many lines of a note stand where it begins; more are charged alike. */
enum {
  LEAST_NOTE_LINES = 2,
  NOTE_LINES_CHARGED = 6 /* a note longer than a page goes on as it must */
};

/* Rows that lines [start of the column, to) of the notes take at its foot. */
static int note_rows(const filler *fill, uint32_t to) {
  const pk_galley *galley = fill->flow->galley;
  const pk_measure *measure = &galley->chunker->measure;
  uint32_t from = fill->start.notes - (uint32_t)fill->column->feet;
  return pk_notes_rows(&galley->notes, measure, from, to) -
         pk_notes_rows(&galley->notes, measure, from, fill->start.notes);
}

static void charge_notes(const filler *fill, pk_walk *walk, uint32_t lines) {
  if (!lines) return;
  pk_act *act = PK_NEW(fill->flow->arena, pk_act);
  *act = (pk_act){.before = walk->now.acts, .kind = PK_ACT_CHARGE};
  pk_charge(&act->charges, PK_COST_NOTE, MIN(lines, NOTE_LINES_CHARGED));
  walk->now.acts = act;
  walk->now.cost += pk_charges_sum(&act->charges);
}

/* Sets as many lines of the notes that are due as go into `rows`. */
static void set_notes(filler *fill, pk_walk *walk, int rows) {
  pk_spot *spot = &walk->now.spot;
  uint32_t to = spot->due;
  while (to > spot->notes && note_rows(fill, to) > rows) to--;
  spot->notes = to;
  walk->now.notes = note_rows(fill, to);
  walk->is_full = to < spot->due;
  charge_notes(fill, walk, spot->due - to);
}

/* What the column before has left over; text goes on above it, if there is any. */
static void carry_notes(filler *fill, pk_walk *walk) {
  if (walk->now.spot.notes == walk->now.spot.due) return;
  bool has_text = fill->start.item < fill->column->limit;
  set_notes(fill, walk, has_text ? fill->column->room * 3 / 4 : fill->column->room);
}

/* Sets the notes that `chunk` refers to, which takes `rows` itself. False if
 * there is no room to begin them. */
static bool take_notes(filler *fill, pk_walk *walk, const pk_chunk *chunk, int rows) {
  pk_spot *spot = &walk->now.spot;
  if (chunk->notes <= spot->due) return true;
  uint32_t fresh = chunk->notes - spot->due;
  if (walk->is_full) { /* an earlier note goes on in the next column, and these with it */
    spot->due = chunk->notes;
    charge_notes(fill, walk, fresh);
    return true;
  }
  int room = fill->column->room - walk->now.used - walk->now.foot - rows;
  if (note_rows(fill, spot->due + MIN(fresh, LEAST_NOTE_LINES)) > room) return false;
  spot->due = chunk->notes;
  set_notes(fill, walk, room);
  return true;
}

/* ---- the walk ------------------------------------------------------------- */

int pk_column_gap(const pk_galley *galley, int64_t last, uint32_t item, uint32_t chunk) {
  if (last < 0 || last == item) return 0;
  return chunk ? galley->items[last].own_after : pk_galley_gap(galley, last, item);
}

/* The heading rows of a table that goes on stand above the rest of it. */
static int repeated_rows(const pk_setting *setting, uint32_t chunk) {
  int rows = 0;
  uint32_t heads = 0;
  for (; heads < setting->count && setting->chunks[heads].is_head; heads++) rows += setting->chunks[heads].rows;
  return chunk > heads ? rows : 0;
}

static void start_walk(filler *fill, pk_walk *walk) {
  const pk_spot *spot = &walk->now.spot;
  carry_notes(fill, walk);
  while (is_waiting(fill, spot, spot->item) &&
         try_here(fill, walk, pk_spot_next(fill->flow->galley, spot, PK_QUEUE_COLUMN))) {
  }
}

/* Steps over what has its place elsewhere. */
static void pass_movable(filler *fill, pk_walk *walk) {
  pk_spot *spot = &walk->now.spot;
  uint32_t item = spot->item;
  bool is_due = pk_spot_next(fill->flow->galley, spot, PK_QUEUE_COLUMN) == item;
  if (is_due && fill->walk_count >= WALKS_MAX && !walk->now.foot)
    try_here(fill, walk, item);
  else if (is_due)
    meet_figure(fill, walk, item);
  spot->item = item + 1;
}

/* Takes the next chunk. False if it does not fit. */
static bool take_chunk(filler *fill, pk_walk *walk) {
  pk_spot *spot = &walk->now.spot;
  const pk_setting *setting = spot->setting ? spot->setting : item_at(fill, spot->item)->setting;
  const pk_chunk *chunk = &setting->chunks[spot->chunk];
  if (walk->last >= 0) note_place(walk, walk->has_text ? chunk->breaks : 0);
  int rows = pk_column_gap(fill->flow->galley, walk->last, spot->item, spot->chunk) + chunk->rows;
  if (!walk->has_text && spot->chunk) rows += repeated_rows(setting, spot->chunk);
  if (rows > room_left(fill, walk) || !take_notes(fill, walk, chunk, rows)) return false;
  walk->now.used += rows;
  walk->last = spot->item;
  walk->has_text = true;
  spot->chunk++;
  spot->setting = setting;
  if (spot->chunk < setting->count) return true;
  *spot = pk_spot_at(spot, spot->item + 1);
  return true;
}

static void run_walk(filler *fill, pk_walk *walk) {
  pk_spot *spot = &walk->now.spot;
  while (spot->item < fill->column->limit) {
    if (pk_stand_moves(item_at(fill, spot->item)->stand))
      pass_movable(fill, walk);
    else if (!take_chunk(fill, walk))
      break;
  }
  if (spot->item < fill->column->limit) {
    end_walk(fill, walk);
    return;
  }
  /* Figures that still wait when the document ends need columns of their own. */
  bool is_all = spot->item < fill->flow->galley->count || !is_waiting(fill, spot, spot->item);
  is_all = is_all && spot->notes == spot->due;
  if (is_all || walk->last >= 0 || walk->now.notes) end_at(fill, &walk->now, is_all);
}

size_t pk_column_fill(pk_flow *flow, const pk_column *column, const pk_spot *spot, const pk_act *acts,
                      pk_column_end ends[PK_COLUMN_ENDS_MAX]) {
  filler fill = {.flow = flow, .column = column, .start = *spot, .walk_count = 1, .ends = ends};
  pk_walk *first = &flow->walks[0];
  first->now = (column_place){.spot = *spot, .acts = acts, .head_item = -1};
  first->last = -1;
  first->has_text = first->has_here = first->is_full = false;
  first->place_count = 0;
  start_walk(&fill, first);
  for (size_t i = 0; i < fill.walk_count; i++) run_walk(&fill, &flow->walks[i]);
  return fill.end_count;
}

struct pk_walk *pk_column_walks_new(pk_arena *arena) {
  return PK_NEW_ARRAY(arena, pk_walk, WALKS_MAX);
}
