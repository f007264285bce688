/* Figures that a column begins with: those that wait from columns before, and the
 * next one that is still to be mentioned.
 *
 * In:  a walk at the top of its column, and which of the manners it is to try.
 * Out: the walk with what stands at the head or the foot of the column.
 *
 * What waits stands at the head, at the foot, or between the lines as soon as the
 * paragraph or list that the column goes on with is done. A figure may also stand
 * in an earlier column of the page than its mention, which flow.c sees to. */
#include "page/walk.h"

enum { LEAST_LINES = 3 }; /* of text with a figure at the head or the foot */

/* Puts `item` at the foot, before any line of the column is set. */
static bool place_at_foot(pk_filler *fill, pk_walk *walk, uint32_t item) {
  int rows = pk_walk_figure_rows(fill, item), gap = pk_walk_foot_gap(fill, item);
  if (gap + rows + LEAST_LINES > pk_walk_room(fill, walk)) return false;
  return pk_walk_place_foot(fill, walk, item);
}

/* The next figure, if it is mentioned further on, in a later column of this page as far
 * as that can be foreseen; or PK_NO_ITEM. */
static uint32_t figure_ahead(const pk_filler *fill, const pk_walk *walk) {
  const pk_galley *galley = fill->flow->galley;
  const pk_spot *spot = &walk->now.spot;
  const pk_column *column = fill->column;
  uint32_t item = pk_spot_next(galley, spot, PK_QUEUE_COLUMN);
  int left = fill->flow->frame.columns - column->number - 1;
  if (item >= column->limit || item < spot->item || left < 1 || fill->flow->frame.is_chain) return PK_NO_ITEM;
  int64_t before = galley->rows[item] - galley->rows[spot->item];
  int own = pk_walk_room(fill, walk) - pk_walk_figure_rows(fill, item);
  bool is_here = before<own, is_beyond = before> own + (int64_t)left * column->rows;
  return own < LEAST_LINES || is_here || is_beyond ? PK_NO_ITEM : item;
}

/* As far from its mention as a column is wide, and a little more, since it is read before. */
static void charge_ahead(pk_filler *fill, pk_walk *walk) {
  static const double columns = 1.2;
  pk_act *act = PK_NEW(fill->flow->arena, pk_act);
  *act = (pk_act){.kind = PK_ACT_CHARGE};
  double away = columns / fill->flow->frame.columns;
  pk_charge(&act->charges, PK_COST_FIGURE, away * away);
  pk_walk_act(walk, act);
}

static void place_waiting(pk_filler *fill, pk_walk *walk) {
  const pk_spot *spot = &walk->now.spot;
  for (uint32_t item; (item = pk_walk_waiting(fill, spot, spot->item)) != PK_NO_ITEM;)
    if (!pk_walk_place(fill, walk, item)) break;
}

bool pk_walk_begin(pk_filler *fill, pk_walk *walk, pk_manner manner) {
  const pk_spot *spot = &walk->now.spot;
  uint32_t waiting = pk_walk_waiting(fill, spot, spot->item), ahead;
  bool has_text = spot->item < fill->column->limit;
  switch (manner) {
  case PK_MANNER_HEAD: place_waiting(fill, walk); return true;
  case PK_MANNER_FOOT: return waiting != PK_NO_ITEM && has_text && place_at_foot(fill, walk, waiting);
  case PK_MANNER_LATER: walk->waits = waiting; return waiting != PK_NO_ITEM && has_text;
  case PK_MANNER_AHEAD_HEAD:
  case PK_MANNER_AHEAD_FOOT: break;
  case PK_MANNER_COUNT: return false;
  }
  if (waiting != PK_NO_ITEM || (ahead = figure_ahead(fill, walk)) == PK_NO_ITEM) return false;
  bool is_head = manner == PK_MANNER_AHEAD_HEAD;
  if (is_head && fill->column->row > 0) return false;
  if (!(is_head ? pk_walk_place : place_at_foot)(fill, walk, ahead)) return false;
  charge_ahead(fill, walk);
  return true;
}

void pk_walk_place_later(pk_filler *fill, pk_walk *walk) {
  const pk_spot *spot = &walk->now.spot;
  const pk_item *next = pk_filler_item(fill, spot->item);
  if (walk->waits == PK_NO_ITEM || !walk->has_text || spot->chunk || pk_stand_moves(next->stand)) return;
  enum { JOINED = PK_BREAK_HEADING | PK_BREAK_PIECE | PK_BREAK_LIST };
  if (next->setting->chunks[0].breaks & JOINED) return;
  pk_walk_place(fill, walk, walk->waits);
  walk->waits = PK_NO_ITEM;
}
