/* Lists in the galley: where a column that ends inside one leaves a line or two of
 * it behind, or takes them with it.
 *
 * In:  the items of the galley. Out: what of its list stands above and below each,
 *      and the marks of its chunks.
 *
 * A list that is parted goes on; one item of it by itself, above the break or
 * below, looks like a paragraph that has lost its way. */
#include "page/galley.h"

/* One item of fewer lines is lost by itself. */
enum { LONE_ROWS = 5 };

static bool is_lone(pk_list_part part) {
  return part.items <= 1 && part.rows && part.rows < LONE_ROWS;
}

void pk_list_mark(const pk_item *item, pk_chunk *chunks, uint32_t count) {
  pk_list_part above = item->list_above, below = item->list_below;
  if (!above.items && !below.items) return;
  above.items++;
  below.items++;
  for (uint32_t i = 0; i < count; i++) below.rows += chunks[i].rows;
  for (uint32_t i = 0; i < count; i++) {
    if (is_lone(i ? above : item->list_above) || is_lone(below)) chunks[i].breaks |= PK_BREAK_ITEM;
    above.rows += chunks[i].rows;
    below.rows -= chunks[i].rows;
  }
}

static bool is_next(const pk_item *above, const pk_item *below) {
  const pk_unit_block *a = above->unit, *b = below->unit;
  return a->role == PK_ROLE_ITEM && b->role == PK_ROLE_ITEM && a->group && a->group == b->group && !a->aside;
}

/* A further paragraph of an item is no item. */
static int items_of(const pk_item *item) {
  return !item->unit->continues;
}

void pk_lists_mark(pk_item *items, uint32_t count) {
  for (uint32_t first = 0, end; first < count; first = end) {
    for (end = first + 1; end < count && is_next(&items[end - 1], &items[end]);) end++;
    if (end == first + 1) continue;
    pk_list_part part = {0};
    for (uint32_t i = first; i < end; i++) {
      items[i].list_above = part;
      part.rows += items[i].setting->rows;
      part.items += items_of(&items[i]);
    }
    for (uint32_t i = first; i < end; i++) {
      items[i].list_below.rows = part.rows - items[i].list_above.rows - items[i].setting->rows;
      items[i].list_below.items = part.items - items[i].list_above.items - items_of(&items[i]);
      pk_list_mark(&items[i], (pk_chunk *)items[i].setting->chunks, items[i].setting->count);
    }
  }
}
