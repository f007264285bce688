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
  PK_STAND_INSET,    /* in a column, the text running round it, at or after its place */
  PK_STAND_BETWEEN,  /* the same, between the first two columns of a page */
  PK_STAND_MARGIN,   /* in the margin, beside its place */
  PK_STAND_PAGE,     /* a page by itself, the next one after its place */
} pk_stand;

static inline bool pk_stand_moves(pk_stand stand) {
  return stand >= PK_STAND_FLOAT;
}

static inline bool pk_stand_is_inset(pk_stand stand) {
  return stand == PK_STAND_INSET || stand == PK_STAND_BETWEEN;
}

/* What moves is placed in its order, but each kind in its own. */
typedef enum {
  PK_QUEUE_COLUMN,
  PK_QUEUE_PAGE,
  PK_QUEUE_INSET,
  PK_QUEUE_BETWEEN,
  PK_QUEUE_MARGIN,
  PK_QUEUE_WHOLE,
  PK_QUEUE_COUNT
} pk_queue;

static inline pk_queue pk_stand_queue(pk_stand stand) {
  return (pk_queue)(PK_QUEUE_COLUMN + (stand - PK_STAND_FLOAT));
}

#define PK_NO_ITEM UINT32_MAX

/* Some of a list. */
typedef struct {
  int items, rows;
} pk_list_part;

typedef struct {
  const pk_unit_block *unit; /* the first of `unit_count` */
  size_t unit_count;
  const pk_style *style; /* of the first unit, or of the side-bar */
  pk_stand stand;
  bool is_indented;
  bool is_near;                        /* below a heading */
  int before;                          /* rows above it after the item before it that stays in its order */
  int own_before, own_after;           /* rows that it asks for itself */
  pk_list_part list_above, list_below; /* of the list that it is an item of */
  pk_length width;                     /* that it is set in: of the plain column, of all columns, of the inset */
  const pk_setting *setting;           /* plain: in that width */
} pk_item;

/* What is no text and so need not stand on the grid: a picture, a quote, a table. */
static inline bool pk_item_is_piece(const pk_item *item) {
  return !item->setting->chunks[0].is_line;
}

/* Whether the space between two items may grow: next to a piece, above a heading,
 * above the end mark; never below a heading nor between text and text. */
static inline bool pk_item_may_part(const pk_item *above, const pk_item *below) {
  if (above->style->keep_with_next && !pk_item_is_piece(above)) return false;
  return pk_item_is_piece(above) || pk_item_is_piece(below) || below->style->keep_with_next ||
         below->unit->role == PK_ROLE_END_MARK;
}

/* Rows of a column that an inset takes. */
typedef struct {
  int from, to;          /* rows of the column */
  int clear;             /* lines of the column above and below it */
  pk_length left, right; /* what the lines beside it are shorter by, on each side */
} pk_obstacle;

typedef struct {
  pk_chunker *chunker;
  const pk_item *items;
  uint32_t count;
  const uint32_t *ends;                   /* of each item: the next one across, or `count` */
  const int64_t *rows;                    /* of all items before each that stay in their order; count + 1 of them */
  GHashTable *settings;                   /* of reset.c */
  pk_notes notes;                         /* at the feet of columns of the plain width */
  GHashTable *strips;                     /* of strip.c: the same in others */
  const uint32_t *queues[PK_QUEUE_COUNT]; /* the items that move, ascending, PK_NO_ITEM at the end */
} pk_galley;

/* Cuts the document into items. */
pk_status pk_galley_build(pk_chunker *chunker, pk_galley *out);

/* Makes the tables of a galley whose items are given: for the builder and for tests. */
void pk_galley_index(pk_galley *galley, const pk_item *items, uint32_t count);

/* Sets an item in a column of `width`, lines round `around` (or NULL). */
const pk_setting *pk_galley_set(const pk_galley *galley, uint32_t item, pk_length width, const pk_around *around);

/* ---- listing.c ------------------------------------------------------------ */

/* Notes of each item what of its list stands above and below it, and marks its chunks. */
void pk_lists_mark(pk_item *items, uint32_t count);

/* Marks the chunks of a setting of `item` before which its list should not be parted. */
void pk_list_mark(const pk_item *item, pk_chunk *chunks, uint32_t count);

/* ---- reset.c -------------------------------------------------------------- */

/* The settings of one galley; freed by g_hash_table_unref(). */
GHashTable *pk_settings_new(void);

/* Sets `item` anew for a column of `width` whose row `row` its next line takes,
 * round `obstacles`. Its first `chunk` lines are in columns before and keep the
 * shape of `begun`. What is no text of lines keeps its shape but for the width. */
const pk_setting *pk_galley_reset(const pk_galley *galley, uint32_t item, const pk_setting *begun, uint32_t chunk,
                                  pk_length width, const pk_obstacle *obstacles, size_t count, int row);

/* The paragraph `item` in its plain width, `lines` longer than is best for it (or
 * shorter); NULL if it cannot be had without lines that are too wide or too loose. */
const pk_setting *pk_galley_loosen(const pk_galley *galley, uint32_t item, int lines);

/* ---- strip.c -------------------------------------------------------------- */

/* The strips of one galley; freed by g_hash_table_unref(). */
GHashTable *pk_strips_new(void);

/* The notes as they are in a column of `width`, when the first `line` lines of `begun`
 * stand in columns before. */
const pk_notes *pk_notes_reset(const pk_galley *galley, const pk_notes *begun, uint32_t line, pk_length width);

/* Rows between item `above` and `below` when they stand one below the other. */
int pk_galley_gap(const pk_galley *galley, int64_t above, uint32_t below);

#endif
