/* What can come next on a page. Private to page/.
 *
 *   band.c      which step it is; the end of a page
 *   across.c    what lies across all columns
 *   columns.c   a band of columns, filled or balanced
 *   between.c   insets between columns */
#ifndef PK_PAGE_BAND_H
#define PK_PAGE_BAND_H

#include "page/flow.h"

static inline const pk_item *pk_flow_item(const pk_flow *flow, int64_t number) {
  return &flow->galley->items[number];
}

/* ---- band.c --------------------------------------------------------------- */

/* Adds an act with its charges to a way; an act that is a charge and no more. */
void pk_way_act(pk_flow *flow, pk_way *way, const pk_act *act);
void pk_way_charge(pk_flow *flow, pk_way *way, pk_page_cost term, double times);

/* Goes on with a way on the same page; on the next one, `rows_left` of this one
 * empty. */
void pk_way_stay(pk_flow *flow, const pk_way *way);
void pk_way_end_page(pk_flow *flow, pk_way way, int rows_left);

/* Nothing of `item` fits what is left of the page: it goes to the next one, or,
 * where no page is larger, is raised. */
void pk_way_put_off(pk_flow *flow, const pk_way *way, uint32_t item, int rows);

/* ---- across.c ------------------------------------------------------------- */

/* Whether `item` lies across the page in its order. */
bool pk_across_is(const pk_flow *flow, uint32_t item);

/* An item across the page, set in the width of this page's frame. */
const pk_setting *pk_across_setting(const pk_flow *flow, int64_t item);

/* What is next in the order lies across. */
void pk_across_step(pk_flow *flow, const pk_way *way);

/* The next item that moves, lies across and has no place yet, or PK_NO_ITEM. */
uint32_t pk_across_next(const pk_flow *flow, const pk_way *way);

/* What stands at the head and the foot of a page that begins. */
void pk_across_prepare(pk_flow *flow, const pk_way *way);

/* Text balanced above such an item, which stands where it is mentioned. */
void pk_across_midway(pk_flow *flow, const pk_way *way, uint32_t item);

/* The text is done: what waits stands below it, or on pages of its own. */
void pk_across_end(pk_flow *flow, const pk_way *way, uint32_t item);

/* ---- columns.c ------------------------------------------------------------ */

/* Rows of the text from `spot` to item `limit`, those that stay in their order,
 * without the space above the first. */
int64_t pk_band_rows(const pk_flow *flow, const pk_spot *spot, uint32_t limit);

/* Rows that notes take at the foot of the page so far, in the column where they take most. */
int pk_band_feet(const pk_flow *flow, const pk_way *way);

enum { PK_HEIGHTS_MAX = 3 };

/* Sets everything up to `limit` in balanced columns no higher than `room`: the
 * cheapest way for each of the first few heights. None if that cannot be. */
size_t pk_band_balance(pk_flow *flow, const pk_way *way, uint32_t limit, int room, pk_way out[PK_HEIGHTS_MAX]);

/* Fills the columns down to the foot of the page. */
void pk_band_fill(pk_flow *flow, const pk_way *way, uint32_t limit);

/* ---- between.c ------------------------------------------------------------ */

/* What the inset between the first two columns takes of column `column` of a
 * band of `rows` whose first is row `row` of the page. */
pk_obstacle pk_between_obstacle(const pk_flow *flow, const pk_way *way, int row, int rows, int column);

/* Follows `way` with an inset beside the columns of the band that begins. */
void pk_between_try(pk_flow *flow, const pk_way *way, uint32_t limit);

#endif
