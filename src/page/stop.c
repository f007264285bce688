/* Figures and insets in a column.
 *
 * A walk that meets one parts into several: the figure stands here, at the head
 * or the foot of the column, the inset beside these lines or those, or it waits
 * for a later column. */
#include "page/walk.h"

/* A figure in the width of the column; what is inset or marginal keeps its own. */
static const pk_setting *figure_setting(const pk_filler *fill, uint32_t item) {
  const pk_item *figure = pk_filler_item(fill, item);
  pk_length spare = fill->column->width - figure->width;
  if (figure->stand != PK_STAND_FLOAT || (spare < 0.01 && spare > -0.01)) return figure->setting;
  return pk_galley_reset(fill->flow->galley, item, figure->setting, 0, fill->column->width, NULL, 0, 0);
}

/* How many pages ago, by whole columns, the figure was mentioned. */
static double pages_away(const pk_filler *fill, uint32_t item) {
  if (item >= fill->start.item) return 0;
  const int64_t *rows = fill->flow->galley->rows;
  double columns = 1 + (double)((rows[fill->start.item] - rows[item]) / MAX(fill->flow->rows, 1));
  return columns / fill->flow->frame.columns;
}

/* Whether the column goes on with a list. */
static bool goes_on_with_list(const pk_filler *fill) {
  const pk_spot *from = &fill->start;
  if (from->item >= fill->flow->galley->count) return false;
  const pk_item *item = pk_filler_item(fill, from->item);
  return item->list_above.items || (from->chunk && item->list_below.items);
}

static void charge_item(const pk_filler *fill, pk_act *act, uint32_t item, pk_stop stop) {
  double away = pages_away(fill, item);
  if (stop != PK_STOP_INSET) pk_charge(&act->charges, PK_COST_FIGURE, away * away);
  if (item < fill->column->in_sight) pk_charge(&act->charges, PK_COST_TURN, 1);
  if (stop == PK_STOP_HEAD && goes_on_with_list(fill)) pk_charge(&act->charges, PK_COST_LIST, 2);
}

void pk_walk_act(pk_walk *walk, pk_act *act) {
  act->before = walk->now.acts;
  walk->now.acts = act;
  walk->now.cost += pk_charges_sum(&act->charges);
}

/* A figure between the lines of a column has more than two of them above it and
 * room for as many below, or is charged so many times. */
enum { TIGHT = 5, LINES_CLEAR = 3 };

static bool is_tight(const pk_filler *fill, const pk_walk *walk, uint32_t item) {
  int left = pk_walk_room(fill, walk) - figure_setting(fill, item)->rows;
  return walk->now.used - walk->now.head < LINES_CLEAR || left < LINES_CLEAR;
}

static void place_item(pk_filler *fill, pk_walk *walk, uint32_t item, pk_stop stop, int row) {
  const pk_act fresh = {.kind = PK_ACT_ITEM,
                        .item = item,
                        .column = fill->column->number,
                        .row = fill->column->row + row,
                        .rows = figure_setting(fill, item)->rows,
                        .setting = figure_setting(fill, item),
                        .stop = stop};
  pk_act *act = pk_act_new(fill->flow, &fresh);
  charge_item(fill, act, item, stop);
  if (stop == PK_STOP_HERE) pk_charge(&act->charges, PK_COST_MIDDLE, is_tight(fill, walk, item) ? TIGHT : 1);
  pk_walk_act(walk, act);
  walk->now.spot.placed[pk_stand_queue(pk_filler_item(fill, item)->stand)]++;
}

void pk_walk_joint(const pk_filler *fill, pk_walk *walk, int gap, uint32_t item) {
  const pk_measure *measure = &fill->flow->galley->chunker->measure;
  const pk_item *above = pk_filler_item(fill, walk->last), *below = pk_filler_item(fill, item);
  if (fill->flow->frame.is_chain) return;
  pk_give_add(&walk->now.give, measure, walk->now.used, pk_item_may_part(above, below) ? gap : 0,
              pk_item_is_piece(below));
}

/* Nothing above row `row` moves any more. */
static void fix_above(pk_walk *walk, int row) {
  walk->now.give = (pk_give){.fixed = MAX(walk->now.give.fixed, row)};
}

/* Whether rows [top, bottom) adjoin an inset. */
bool pk_walk_touches(const pk_walk *walk, int top, int bottom) {
  for (size_t i = 0; i < walk->obstacle_count; i++)
    if (top < walk->obstacles[i].to + 1 && bottom > walk->obstacles[i].from - 1) return true;
  return false;
}

/* The edges of its column that what stands so reaches. */
static void edges_of(const pk_item *item, pk_stop stop, bool *left, bool *right) {
  bool is_inset = stop == PK_STOP_INSET;
  *left = !is_inset || item->style->side == PK_SIDE_LEFT;
  *right = !is_inset || item->style->side != PK_SIDE_LEFT;
}

/* Whether an inset and something else that is no text would stand side by side,
 * with nothing but the gutter in between: `item`, if it stood in row `row`, and what
 * is in the column before. */
static bool faces_another(const pk_filler *fill, const pk_walk *walk, uint32_t item, pk_stop stop, int row) {
  int column = fill->column->number, top = fill->column->row + row;
  int bottom = top + figure_setting(fill, item)->rows;
  bool is_left, is_right, was_left, was_right;
  edges_of(pk_filler_item(fill, item), stop, &is_left, &is_right);
  if (!column || !is_left) return false;
  for (const pk_act *act = walk->now.acts; act && act->kind != PK_ACT_PAGE; act = act->before) {
    if (act->kind != PK_ACT_ITEM || act->column != column - 1 || act->stop == PK_STOP_MARGIN) continue;
    if (act->stop != PK_STOP_INSET && stop != PK_STOP_INSET) continue;
    edges_of(pk_filler_item(fill, act->item), act->stop, &was_left, &was_right);
    if (was_right && top < act->row + act->rows + 1 && bottom > act->row - 1) return true;
  }
  return false;
}

/* Where the walk is: between the lines, or below what stands at the head. */
bool pk_walk_place(pk_filler *fill, pk_walk *walk, uint32_t item) {
  int gap = pk_column_gap(fill->flow->galley, walk->last, item, 0), rows = figure_setting(fill, item)->rows;
  if (gap + rows > pk_walk_room(fill, walk)) return false;
  if (pk_walk_touches(walk, walk->now.used + gap, walk->now.used + gap + rows)) return false;
  if (faces_another(fill, walk, item, PK_STOP_HERE, walk->now.used + gap)) return false;
  if (walk->last >= 0) pk_walk_joint(fill, walk, gap, item);
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
static bool try_head(pk_filler *fill, pk_walk *walk, uint32_t item) {
  if (!walk->has_text || walk->has_here || walk->now.head || fill->column->row > 0 || walk->obstacle_count)
    return false;
  int gap = pk_column_gap(fill->flow->galley, item, fill->start.item, fill->start.chunk);
  int rows = figure_setting(fill, item)->rows;
  if (gap + rows > pk_walk_room(fill, walk) || faces_another(fill, walk, item, PK_STOP_HEAD, 0)) return false;
  place_item(fill, walk, item, PK_STOP_HEAD, 0);
  walk->now.head = rows;
  walk->now.head_item = item;
  walk->now.used += gap + rows;
  walk->now.give.fixed += walk->now.give.fixed ? gap + rows : 0;
  pk_give above = {0};
  pk_give_add(&above, &fill->flow->galley->chunker->measure, rows, gap, false);
  if (!walk->now.give.fixed && !fill->flow->frame.is_chain) walk->now.give.rows += above.rows;
  return true;
}

int pk_walk_figure_rows(const pk_filler *fill, uint32_t item) {
  return figure_setting(fill, item)->rows;
}

int pk_walk_foot_gap(const pk_filler *fill, uint32_t item) {
  return MAX(pk_filler_item(fill, item)->own_before, 1);
}

bool pk_walk_place_foot(pk_filler *fill, pk_walk *walk, uint32_t item) {
  int rows = figure_setting(fill, item)->rows, gap = pk_walk_foot_gap(fill, item);
  if (gap + rows > pk_walk_room(fill, walk)) return false;
  if (faces_another(fill, walk, item, PK_STOP_FOOT, fill->column->rows - walk->now.foot - rows)) return false;
  walk->now.foot += rows;
  place_item(fill, walk, item, PK_STOP_FOOT, fill->column->rows - walk->now.foot);
  walk->now.foot += gap;
  if (walk->last < 0) return true;
  pk_walk_joint(fill, walk, gap, item);
  walk->now.give.is_above = false; /* there is no space below it */
  return true;
}

static bool try_foot(pk_filler *fill, pk_walk *walk, uint32_t item) {
  return walk->has_text && pk_walk_place_foot(fill, walk, item);
}

/* The walk has come to the mention of a figure: others go on with it, this one
 * goes on without. */
void pk_walk_meet_figure(pk_filler *fill, pk_walk *walk, uint32_t item) {
  static bool (*const tries[])(pk_filler *, pk_walk *, uint32_t) = {pk_walk_place, try_head, try_foot};
  if (walk->now.foot) return; /* it would stand above one that was mentioned earlier */
  for (size_t i = 0; i < G_N_ELEMENTS(tries) && fill->walk_count < PK_WALKS_MAX; i++) {
    pk_walk *fresh = &fill->flow->walks[fill->walk_count];
    *fresh = *walk;
    if (tries[i](fill, fresh, item)) fill->walk_count++;
  }
}

/* The figure that was mentioned before item `before` and waits for its place, or
 * PK_NO_ITEM. What is left when the text is done is placed as a figure. */
uint32_t pk_walk_waiting(const pk_filler *fill, const pk_spot *spot, uint32_t before) {
  const pk_galley *galley = fill->flow->galley;
  uint32_t item = pk_spot_next(galley, spot, PK_QUEUE_COLUMN);
  if (item < before) return item;
  if (spot->item < galley->count) return PK_NO_ITEM;
  item = pk_spot_next(galley, spot, PK_QUEUE_INSET);
  return item < before ? item : pk_spot_next(galley, spot, PK_QUEUE_BETWEEN);
}

/* ---- insets --------------------------------------------------------------- */

static void charge_inset(pk_filler *fill, pk_walk *walk, double rows) {
  const pk_act fresh = {.kind = PK_ACT_CHARGE};
  pk_act *act = pk_act_new(fill->flow, &fresh);
  pk_charge(&act->charges, PK_COST_INSET, rows);
  pk_walk_act(walk, act);
}

/* An inset in row `row` of the column; the lines that follow run round it. */
static void try_inset(pk_filler *fill, const pk_walk *walk, uint32_t item, int row) {
  const pk_item *inset = pk_filler_item(fill, item);
  int end = row + inset->setting->rows;
  if (fill->walk_count >= PK_WALKS_MAX || walk->obstacle_count) return;
  int clear = pk_inset_clear(inset);
  if (row < walk->now.head + clear || end + clear > walk->now.used + pk_walk_room(fill, walk)) return;
  if (faces_another(fill, walk, item, PK_STOP_INSET, row)) return;
  pk_walk *fresh = &fill->flow->walks[fill->walk_count++];
  *fresh = *walk;
  pk_length taken = inset->width + inset->style->standoff;
  pk_obstacle obstacle = {.from = row, .to = end, .clear = clear};
  *(inset->style->side == PK_SIDE_LEFT ? &obstacle.left : &obstacle.right) = taken;
  fresh->obstacles[fresh->obstacle_count++] = obstacle;
  fix_above(fresh, end);
  place_item(fill, fresh, item, PK_STOP_INSET, row);
  const int64_t *sums = fill->flow->galley->rows;
  pk_spot *spot = &fresh->now.spot;
  if (spot->chunk) spot->setting = pk_walk_set(fill, fresh, spot->item, spot->setting, spot->chunk, fresh->now.used);
  charge_inset(fill, fresh, (double)(sums[walk->now.spot.item] - sums[item] + row - walk->now.used));
}

/* Tries an inset in the lines [from, to) of text that no heading interrupts. */
static void try_stretch(pk_filler *fill, const pk_walk *walk, uint32_t item, int from, int to) {
  const pk_item *inset = pk_filler_item(fill, item);
  int rows = inset->setting->rows, clear = pk_inset_clear(inset);
  double share = 1 - (inset->width + inset->style->standoff) / fill->column->width;
  if (to - from < rows * share) return; /* the lines beside it are shorter, so fewer of them are enough */
  int first = MAX(from + (clear ? 1 : 0), walk->now.head + clear);
  try_inset(fill, walk, item, first);
  try_inset(fill, walk, item, first + 2);
}

/* An inset may stand beside any lines between here and the foot of the column
 * that no heading interrupts: tries the first few. */
void pk_walk_meet_inset(pk_filler *fill, const pk_walk *walk, uint32_t item) {
  enum { STRETCHES = 3 };
  const pk_galley *galley = fill->flow->galley;
  const pk_spot *spot = &walk->now.spot;
  int row = walk->now.used, from = row, tried = 0, end = row + pk_walk_room(fill, walk);
  if (spot->chunk)
    row += (int)((int64_t)spot->setting->rows * (spot->setting->count - spot->chunk) / spot->setting->count);
  for (uint32_t i = spot->item + (spot->chunk > 0); row < end && tried < STRETCHES; i++) {
    bool is_end = i >= fill->column->limit;
    if (!is_end && pk_stand_moves(galley->items[i].stand)) continue;
    const pk_setting *setting = is_end ? NULL : galley->items[i].setting;
    bool ends = is_end || !setting->chunks[0].is_line;
    if (ends || (pk_inset_clear(pk_filler_item(fill, item)) && pk_parts_inset(galley->items[i].unit))) {
      if (row > from) try_stretch(fill, walk, item, from, row), tried++;
      if (is_end) return;
      from = row + galley->items[i].before + setting->rows + 1;
    }
    row += galley->items[i].before + setting->rows;
  }
  if (row > from && tried < STRETCHES) try_stretch(fill, walk, item, from, row);
}

/* Where no lines were found that could run round it, an inset stands at the head
 * of a column by itself. */
void pk_walk_place_plainly(pk_filler *fill, const pk_walk *walk, uint32_t item) {
  enum { ROWS_WORTH = 150 };
  if (fill->walk_count >= PK_WALKS_MAX) return;
  pk_walk *fresh = &fill->flow->walks[fill->walk_count];
  *fresh = *walk;
  if (fill->column->row > 0 || !pk_walk_place(fill, fresh, item)) return;
  charge_inset(fill, fresh, ROWS_WORTH);
  fill->walk_count++;
}

/* ---- the margin ----------------------------------------------------------- */

void pk_walk_meet_margin(pk_filler *fill, pk_walk *walk, uint32_t before) {
  pk_spot *spot = &walk->now.spot;
  const pk_galley *galley = fill->flow->galley;
  if (fill->flow->frame.margin_width <= 0) return;
  for (uint32_t item; (item = pk_spot_next(galley, spot, PK_QUEUE_MARGIN)) < before;) {
    int rows = pk_filler_item(fill, item)->setting->rows, foot = fill->column->row + fill->column->room - rows;
    int row = MIN(fill->column->row + walk->now.used, foot);
    row = MAX(row, spot->margin);
    if (row > foot) return; /* on the next page */
    place_item(fill, walk, item, PK_STOP_MARGIN, row - fill->column->row);
    spot->margin = row + rows + 1;
    fix_above(walk, row - fill->column->row + 1);
  }
}
