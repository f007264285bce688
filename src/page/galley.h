/* The galley: the document's units as items, cut into chunks, not yet paged.
 * Private to page/.
 *
 * An item is a unit or several that are never parted (a figure with its
 * caption). It is set in the width of the plain column at once; in other shapes
 * (beside an inset, in a frame of another width) only where it is needed. */
#ifndef PK_PAGE_GALLEY_H
#define PK_PAGE_GALLEY_H

#include "page/note.h"

/* An item set in one shape. */
typedef struct {
  const pk_chunk *chunks;
  uint32_t count;
  int rows; /* of all of them */
  pk_length width;
  const pk_around *around; /* or NULL */
  bool is_overfull;        /* a line of it is wider than its room */
} pk_setting;

/* How an item comes to its place. */
typedef enum {
  PK_STAND_FLOW,     /* in its order, in the columns */
  PK_STAND_ACROSS,   /* in its order, across all columns */
  PK_STAND_FLOAT,    /* in a column, near its place in the order */
  PK_STAND_SPANNING, /* across all columns, near its place */
} pk_stand;

static inline bool pk_stand_moves(pk_stand stand) {
  return stand >= PK_STAND_FLOAT;
}

/* What moves is placed in its order, but each kind in its own. */
typedef enum { PK_QUEUE_COLUMN, PK_QUEUE_PAGE, PK_QUEUE_COUNT } pk_queue;

#define PK_NO_ITEM UINT32_MAX

typedef struct {
  const pk_unit_block *unit; /* the first of `unit_count` */
  size_t unit_count;
  pk_stand stand;
  bool is_indented;
  int before;                /* rows above it after the item before it that stays in its order */
  int own_before, own_after; /* rows that it asks for itself */
  const pk_setting *setting; /* plain */
} pk_item;

typedef struct {
  pk_chunker *chunker;
  const pk_item *items;
  uint32_t count;
  const uint32_t *ends;                   /* of each item: the next one across, or `count` */
  const int64_t *rows;                    /* of all items before each that stay in their order; count + 1 of them */
  pk_notes notes;                         /* at the feet of columns */
  const uint32_t *queues[PK_QUEUE_COUNT]; /* the items that move, ascending, PK_NO_ITEM at the end */
} pk_galley;

/* Cuts the document into items. */
pk_status pk_galley_build(pk_chunker *chunker, pk_galley *out);

/* Makes the tables of a galley whose items are given: for the builder and for tests. */
void pk_galley_index(pk_galley *galley, const pk_item *items, uint32_t count);

/* Rows between item `above` and `below` when they stand one below the other. */
int pk_galley_gap(const pk_galley *galley, int64_t above, uint32_t below);

#endif
