/* How far a column may go.
 *
 * In:  what of the article is used up, the rows of the column.
 * Out: the best few ways to end it, each with what it is charged.
 *
 * A walk takes chunk after chunk until the column is full, and keeps the last
 * few places at which it could have ended. Where a figure is mentioned it parts
 * into several: the figure stands there, at the head or the foot of the column,
 * or waits for a later one. */
#include "page/walk.h"

#include <string.h>

/* ---- ends ----------------------------------------------------------------- */

static void remove_end(pk_filler *fill, size_t at) {
  fill->end_count--;
  memmove(&fill->ends[at], &fill->ends[at + 1], (fill->end_count - at) * sizeof *fill->ends);
}

/* Where everything ends, how even the columns are is charged later. */
static bool is_same_end(const pk_column_end *a, const pk_column_end *b) {
  if (!pk_spot_is_same(&a->act.to, &b->act.to)) return false;
  return !a->is_end || (a->used == b->used && a->give == b->give);
}

/* Columns that begin in another manner than the plain one have few ends, or they would
 * push out all of the plain one, which costs more here and less further on. */
enum { MOST_OF_A_MANNER = 2 };

static bool is_crowded(pk_filler *fill, const pk_column_end *end) {
  size_t count = 0, dearest = 0;
  for (size_t i = 0; i < fill->end_count; i++) {
    if (fill->ends[i].manner != end->manner) continue;
    count++;
    dearest = i;
  }
  if (end->manner == PK_MANNER_HEAD || count < MOST_OF_A_MANNER) return false;
  if (fill->ends[dearest].cost <= end->cost) return true;
  remove_end(fill, dearest);
  return false;
}

/* Keeps the ends in the order of their costs, one for each spot. */
static void keep_end(pk_filler *fill, const pk_column_end *end) {
  if (is_crowded(fill, end)) return;
  for (size_t i = 0; i < fill->end_count; i++) {
    if (!is_same_end(&fill->ends[i], end)) continue;
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

/* Ends the column at a place; `is_end`: nothing is left for the next one. */
typedef enum { END_FULL, END_FORCED, END_ALL } end_kind;

static void end_at(pk_filler *fill, const pk_walk *walk, const pk_column_place *place, end_kind kind) {
  const pk_column *column = fill->column;
  pk_charges charges = {0};
  int used = place->used + place->foot, added = 0;
  bool is_end = kind == END_ALL;
  if (kind == END_FULL) {
    int left = pk_column_rows_left(column, place);
    added = MIN(left, place->give.rows);
    pk_charge_break(&charges, place->breaks, column->ends_page);
    pk_charge_short(&charges, left - added);
    pk_charge(&charges, PK_COST_SPACE, added * added);
  }
  double cost = place->cost + pk_charges_sum(&charges);
  if (cost >= fill->most) return;
  if (fill->end_count == PK_COLUMN_ENDS_MAX && cost >= fill->ends[PK_COLUMN_ENDS_MAX - 1].cost) return;
  pk_column_end end = {.cost = cost,
                       .used = used + added,
                       .give = place->foot ? 0 : place->give.rows - added,
                       .is_end = is_end,
                       .manner = walk->manner};
  end.act = (pk_act){.before = place->acts,
                     .kind = PK_ACT_COLUMN,
                     .from = fill->start,
                     .to = place->spot,
                     .item = place->head_item,
                     .column = column->number,
                     .row = column->row,
                     .rows = place->head,
                     .added = added,
                     .lift = MAX(place->notes - (column->room - column->rows), 0),
                     .fixed = place->give.fixed,
                     .charges = charges};
  keep_end(fill, &end);
}

/* The lines below an inset are enough. */
static bool is_clear(const pk_walk *walk) {
  for (size_t i = 0; i < walk->obstacle_count; i++)
    if (walk->now.used < walk->obstacles[i].to + walk->obstacles[i].clear) return false;
  return true;
}

static void end_walk(pk_filler *fill, const pk_walk *walk) {
  if (walk->is_dead) return;
  size_t kept = MIN(walk->place_count, PK_PLACES_KEPT);
  for (size_t i = 0; i < kept; i++) end_at(fill, walk, &walk->places[i], END_FULL);
}

static void note_place(pk_walk *walk, unsigned breaks) {
  if (!is_clear(walk)) return;
  pk_column_place *place = &walk->places[walk->place_count++ % PK_PLACES_KEPT];
  *place = walk->now;
  place->breaks = breaks;
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

/* The setting of an item whose line `chunk` comes to stand in row `row`. */
const pk_setting *pk_walk_set(pk_filler *fill, pk_walk *walk, uint32_t item, const pk_setting *begun, uint32_t chunk,
                              int row) {
  const pk_column *column = fill->column;
  bool is_plain = begun->width == column->width;
  int rows = (int)((int64_t)begun->rows * (begun->count - chunk) / begun->count) + 1;
  for (size_t i = 0; i < walk->obstacle_count; i++)
    if (walk->obstacles[i].to > row && walk->obstacles[i].from < row + rows) is_plain = false;
  if (is_plain) return begun;
  const pk_setting *fresh = pk_galley_reset(fill->flow->galley, item, begun, chunk, column->width, walk->obstacles,
                                            walk->obstacle_count, row);
  if (fresh->count <= chunk) return begun; /* the rest went into the lines before */
  if (fresh->is_overfull) walk->is_dead = walk->obstacle_count > 0;
  const pk_act set = {.kind = PK_ACT_SET, .item = item, .setting = fresh};
  pk_act *act = pk_act_new(fill->flow, &set);
  pk_walk_act(walk, act);
  return fresh;
}

/* What is no plain paragraph adjoins no quote, and what is no line does not run
 * round one; below what stands at the head lines come before a quote. */
static bool collides(const pk_walk *walk, const pk_chunk *chunk, int top) {
  bool is_apart = pk_parts_inset(chunk->unit);
  for (size_t i = 0; i < walk->obstacle_count; i++) {
    const pk_obstacle *obstacle = &walk->obstacles[i];
    int near = is_apart && obstacle->clear ? 1 : 0;
    if (!walk->has_text && walk->now.head && obstacle->from < top + obstacle->clear && obstacle->to > top) return true;
    if (chunk->is_line && !near) continue;
    if (top < obstacle->to + near && top + chunk->rows > obstacle->from - near) return true;
  }
  return false;
}

/* False if the column cannot begin in this manner. */
static bool start_walk(pk_filler *fill, pk_walk *walk, pk_manner manner) {
  const pk_spot *spot = &walk->now.spot;
  pk_walk_carry_notes(fill, walk);
  pk_walk_meet_margin(fill, walk, spot->item);
  if (!pk_walk_begin(fill, walk, manner)) return false;
  if (spot->chunk)
    walk->now.spot.setting = pk_walk_set(fill, walk, spot->item, spot->setting, spot->chunk, walk->now.used);
  uint32_t inset = pk_spot_next(fill->flow->galley, spot, PK_QUEUE_INSET);
  if (inset < spot->item && spot->item < fill->column->limit) {
    pk_walk_meet_inset(fill, walk, inset);
    pk_walk_place_plainly(fill, walk, inset);
  }
  return true;
}

/* Steps over what has its place elsewhere. */
static void pass_movable(pk_filler *fill, pk_walk *walk) {
  pk_spot *spot = &walk->now.spot;
  uint32_t item = spot->item;
  pk_walk_meet_margin(fill, walk, item + 1);
  bool is_due = pk_spot_next(fill->flow->galley, spot, PK_QUEUE_COLUMN) == item && !walk->is_dead;
  if (pk_spot_next(fill->flow->galley, spot, PK_QUEUE_INSET) == item) {
    pk_walk *passed = walk;
    passed->now.spot.item = item + 1;
    pk_walk_meet_inset(fill, passed, item);
    return;
  }
  if (is_due && fill->walk_count >= PK_WALKS_MAX && !walk->now.foot)
    pk_walk_place(fill, walk, item);
  else if (is_due)
    pk_walk_meet_figure(fill, walk, item);
  spot->item = item + 1;
}

static void charge_loose(pk_filler *fill, pk_walk *walk, const pk_setting *setting) {
  const pk_act set = {.kind = PK_ACT_SET, .item = walk->loose.item, .setting = setting};
  pk_act *act = pk_act_new(fill->flow, &set);
  pk_loose_charge(fill->flow->galley, walk->loose.item, setting, &act->charges);
  pk_walk_act(walk, act);
}

/* Takes the next chunk. False if it does not fit. */
static bool take_chunk(pk_filler *fill, pk_walk *walk) {
  pk_spot *spot = &walk->now.spot;
  int gap = pk_column_gap(fill->flow->galley, walk->last, spot->item, spot->chunk);
  const pk_act *acts = walk->now.acts;
  const pk_setting *setting = spot->setting;
  if (!setting) {
    const pk_setting *own =
        walk->loose.item == spot->item ? walk->loose.setting : pk_filler_item(fill, spot->item)->setting;
    setting = pk_walk_set(fill, walk, spot->item, own, 0, walk->now.used + gap);
  }
  const pk_act *with_setting = walk->now.acts;
  const pk_chunk *chunk = &setting->chunks[spot->chunk];
  walk->now.acts = acts;
  if (walk->last >= 0) note_place(walk, walk->has_text ? chunk->breaks : 0);
  walk->now.acts = with_setting;
  if (!walk->has_text && spot->chunk) gap += repeated_rows(setting, spot->chunk);
  int rows = gap + chunk->rows;
  if (walk->obstacle_count && collides(walk, chunk, walk->now.used + gap)) {
    walk->is_dead = true;
    return false;
  }
  if (rows > pk_walk_room(fill, walk) || !pk_walk_take_notes(fill, walk, chunk, rows)) return false;
  if (!spot->chunk && walk->last >= 0) pk_walk_joint(fill, walk, gap, spot->item);
  if (!spot->chunk && setting == walk->loose.setting) charge_loose(fill, walk, setting);
  walk->now.used += rows;
  walk->last = spot->item;
  walk->has_text = true;
  spot->chunk++;
  spot->setting = setting;
  if (spot->chunk < setting->count) return true;
  *spot = pk_spot_at(spot, spot->item + 1);
  return true;
}

static void run_walk(pk_filler *fill, pk_walk *walk) {
  pk_spot *spot = &walk->now.spot;
  while (spot->item < fill->column->limit && !walk->is_dead) {
    pk_walk_place_later(fill, walk);
    if (walk->has_text && !spot->chunk && pk_filler_item(fill, spot->item)->style->begin == PK_BEGIN_COLUMN) {
      if (is_clear(walk)) end_at(fill, walk, &walk->now, END_FORCED);
      return;
    }
    if (pk_stand_moves(pk_filler_item(fill, spot->item)->stand))
      pass_movable(fill, walk);
    else if (!take_chunk(fill, walk))
      break;
  }
  if (spot->item < fill->column->limit || !is_clear(walk)) {
    end_walk(fill, walk);
    return;
  }
  /* Figures that still wait when the document ends need columns of their own. */
  if (walk->is_dead) return;
  bool is_all = spot->item < fill->flow->galley->count || pk_walk_waiting(fill, spot, spot->item) == PK_NO_ITEM;
  is_all = is_all && spot->notes == spot->due;
  bool is_last = spot->item >= fill->flow->galley->count;
  if (is_last && pk_spot_next(fill->flow->galley, spot, PK_QUEUE_MARGIN) != PK_NO_ITEM) is_all = false;
  if (is_all || walk->last >= 0 || walk->now.notes) end_at(fill, walk, &walk->now, is_all ? END_ALL : END_FULL);
}

static void open_walk(const pk_filler *fill, pk_walk *walk, const pk_act *acts, const pk_loose *loose) {
  const pk_column *column = fill->column;
  walk->now = (pk_column_place){.spot = fill->start, .acts = acts, .head_item = -1};
  walk->last = -1;
  walk->has_text = walk->has_here = walk->is_full = false;
  walk->waits = PK_NO_ITEM;
  walk->place_count = 0;
  walk->obstacle_count = 0;
  walk->is_dead = false;
  walk->loose = loose ? *loose : (pk_loose){.item = PK_NO_ITEM};
  if (column->between.to > 0) {
    walk->obstacles[walk->obstacle_count++] = column->between;
    walk->now.give.fixed = column->between.to;
  }
}

/* Walks down the column in all ways, one paragraph set as `loose` says (or NULL). */
static void run_column(pk_filler *fill, const pk_act *acts, const pk_loose *loose) {
  fill->walk_count = 0;
  for (pk_manner manner = 0; manner < PK_MANNER_COUNT && fill->walk_count < PK_WALKS_MAX; manner++) {
    size_t number = fill->walk_count++;
    pk_walk *first = &fill->flow->walks[number];
    open_walk(fill, first, acts, loose);
    first->manner = (int)manner;
    if (!start_walk(fill, first, manner)) fill->walk_count = number;
  }
  for (size_t i = 0; i < fill->walk_count; i++) run_walk(fill, &fill->flow->walks[i]);
}

/* Where no end is good, paragraphs of the column are tried a line longer or
 * shorter, for ends that are better than all others. */
static void run_loose(pk_filler *fill, const pk_act *acts) {
  const pk_column_end *best = &fill->ends[0];
  if (!fill->end_count || best->is_end || fill->flow->frame.is_chain) return;
  if (pk_charges_sum(&best->act.charges) < PK_LOOSE_WORTH) return;
  const pk_spot *to = &best->act.to;
  pk_loose loose[PK_LOOSE_MAX];
  size_t count = pk_loose_find(fill->flow->galley, fill->start.item + (fill->start.chunk > 0),
                               MIN(to->item + 1, fill->column->limit), fill->column->width, loose);
  fill->most = best->cost;
  for (size_t i = 0; i < count; i++) run_column(fill, acts, &loose[i]);
}

size_t pk_column_fill(pk_flow *flow, const pk_column *column, const pk_spot *spot, const pk_act *acts,
                      pk_column_end ends[PK_COLUMN_ENDS_MAX]) {
  pk_filler fill = {.flow = flow, .column = column, .start = *spot, .ends = ends, .most = G_MAXDOUBLE};
  pk_notes_move(flow->galley, &fill.start, column->width);
  run_column(&fill, acts, column->loose);
  if (column->may_loosen) run_loose(&fill, acts);
  return fill.end_count;
}

struct pk_walk *pk_column_walks_new(pk_arena *arena) {
  return PK_NEW_ARRAY(arena, pk_walk, PK_WALKS_MAX);
}
