/* Insets between the first two columns of a page.
 *
 * In:  a way at the head of a band. Out: ways with the next such inset beside
 *      some of the rows below. */
#include "page/band.h"

/* What the inset between the first two columns takes of column `column` of a
 * band. A band that ends above it, or begins below it, knows nothing of it. */
pk_obstacle pk_between_obstacle(const pk_flow *flow, const pk_way *way, int row, int rows, int column) {
  pk_obstacle obstacle = {.from = way->between_from - row, .to = way->between_to - row};
  if (way->between_to) obstacle.clear = pk_inset_clear(pk_flow_item(flow, way->between));
  if (!way->between_to || column > 1 || obstacle.to <= 0 || obstacle.from >= rows) return (pk_obstacle){0};
  const pk_item *inset = pk_flow_item(flow, way->between);
  pk_length taken = (inset->width - flow->frame.gutter) / 2 + inset->style->standoff;
  *(column ? &obstacle.left : &obstacle.right) = taken;
  return obstacle;
}

/* An inset between the first two columns may stand where it is clear of their
 * heads and feet: tries a few rows of the band that begins. */
void pk_between_try(pk_flow *flow, const pk_way *way, uint32_t limit) {
  static const double heights[] = {0.3, 0.45, 0.6};
  uint32_t item = pk_spot_next(flow->galley, &way->spot, PK_QUEUE_BETWEEN);
  if (item == PK_NO_ITEM || flow->frame.columns < 2) return;
  const pk_item *inset = pk_flow_item(flow, item);
  int rows = inset->setting->rows, room = way->bottom - way->row;
  int64_t text = pk_band_rows(flow, &way->spot, limit) + 2 * rows;
  int band = (int)MIN(room, text / flow->frame.columns), last = -1, clear = pk_inset_clear(inset);
  if (item >= way->spot.item && pk_band_rows(flow, &way->spot, item) > (int64_t)room * flow->frame.columns) return;
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
    on.spot.placed[PK_QUEUE_BETWEEN]++;
    pk_act act = {.kind = PK_ACT_ITEM, .item = item, .column = -1, .row = on.between_from, .rows = rows};
    act.stop = PK_STOP_BETWEEN;
    int64_t away = flow->galley->rows[way->spot.item] - flow->galley->rows[item] + from;
    pk_charge(&act.charges, PK_COST_INSET, (double)MAX(away, 0));
    if (item < way->in_sight) pk_charge(&act.charges, PK_COST_TURN, 1);
    pk_way_act(flow, &on, &act);
    pk_way_stay(flow, &on);
  }
}
