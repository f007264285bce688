/* The walk through one column. Private to page/.
 *
 *   column.c   the walk, and where the column may end
 *   ahead.c    figures that the column begins with
 *   stop.c     figures and insets
 *   foot.c     notes */
#ifndef PK_PAGE_WALK_H
#define PK_PAGE_WALK_H

#include "page/flow.h"

enum {
  PK_PLACES_KEPT = 12, /* behind the walk that are still ends */
  PK_WALKS_MAX = 24,
  PK_OBSTACLES_MAX = 3,
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
  pk_give give;      /* of its spaces */
  unsigned breaks;
} pk_column_place;

typedef struct pk_walk {
  pk_column_place now;
  int64_t last;   /* the item placed last; -1: none */
  bool has_text;  /* the lines have begun */
  bool is_full;   /* no more notes go into the column */
  bool has_here;  /* a figure stands between the lines */
  int manner;     /* pk_manner */
  uint32_t waits; /* a figure that stands where the next paragraph or list is done; or PK_NO_ITEM */
  pk_column_place places[PK_PLACES_KEPT];
  size_t place_count; /* of all; the last PK_PLACES_KEPT are kept */
  pk_obstacle obstacles[PK_OBSTACLES_MAX];
  size_t obstacle_count;
  bool is_dead;   /* something stands where nothing may */
  pk_loose loose; /* set a line longer or shorter than is best */
} pk_walk;

typedef struct {
  pk_flow *flow;
  const pk_column *column;
  pk_spot start;
  size_t walk_count;
  pk_column_end *ends;
  size_t end_count;
  double most; /* ends that cost more are not looked at */
} pk_filler;

static inline const pk_item *pk_filler_item(const pk_filler *fill, int64_t number) {
  return &fill->flow->galley->items[number];
}

/* A quote stands beside plain paragraphs only, and adjoins nothing else. */
static inline bool pk_parts_inset(const pk_unit_block *unit) {
  return unit->style->keep_with_next || unit->role == PK_ROLE_ITEM || unit->role == PK_ROLE_QUOTE;
}

static inline int pk_column_rows_left(const pk_column *column, const pk_column_place *place) {
  int used = place->used + place->foot;
  return MIN(column->rows - used, column->room - used - place->notes);
}

static inline int pk_walk_room(const pk_filler *fill, const pk_walk *walk) {
  return pk_column_rows_left(fill->column, &walk->now);
}

/* The setting of an item whose line `chunk` comes to stand in row `row`, and an
 * act if it is not `begun` that it has. */
const pk_setting *pk_walk_set(pk_filler *fill, pk_walk *walk, uint32_t item, const pk_setting *begun, uint32_t chunk,
                              int row);

/* ---- stop.c --------------------------------------------------------------- */

/* Hangs an act onto the walk, with its charges. */
void pk_walk_act(pk_walk *walk, pk_act *act);

/* A space of `gap` rows comes next, and below it `item`. */
void pk_walk_joint(const pk_filler *fill, pk_walk *walk, int gap, uint32_t item);

/* Whether rows [top, bottom) adjoin an inset. */
bool pk_walk_touches(const pk_walk *walk, int top, int bottom);

/* Places an item where the walk is: between the lines, or below what stands at
 * the head. False if it does not fit. */
bool pk_walk_place(pk_filler *fill, pk_walk *walk, uint32_t item);

/* The walk has come to the mention of a figure: others go on with it, this one
 * goes on without. */
void pk_walk_meet_figure(pk_filler *fill, pk_walk *walk, uint32_t item);

/* The figure that was mentioned before item `before` and waits for its place, or
 * PK_NO_ITEM. What is left when the text is done is placed as a figure. */
uint32_t pk_walk_waiting(const pk_filler *fill, const pk_spot *spot, uint32_t before);

/* The same for an inset, whose lines are still to come. */
void pk_walk_meet_inset(pk_filler *fill, const pk_walk *walk, uint32_t item);

/* Another walk, with the inset at the head of the column by itself. */
void pk_walk_place_plainly(pk_filler *fill, const pk_walk *walk, uint32_t item);

/* Puts what is due in the margin beside row `used`, or as near as there is room. */
void pk_walk_meet_margin(pk_filler *fill, pk_walk *walk, uint32_t before);

/* Rows of a figure in this column; above it at the foot. */
int pk_walk_figure_rows(const pk_filler *fill, uint32_t item);
int pk_walk_foot_gap(const pk_filler *fill, uint32_t item);

/* Places an item at the foot of the column. False if it does not fit. */
bool pk_walk_place_foot(pk_filler *fill, pk_walk *walk, uint32_t item);

/* ---- ahead.c -------------------------------------------------------------- */

/* What a column does with the figures that wait, or with the next one to come. */
typedef enum {
  PK_MANNER_HEAD,       /* those that wait stand at its head; or nothing does */
  PK_MANNER_FOOT,       /* the one that waits stands at its foot */
  PK_MANNER_LATER,      /* between its lines, as soon as may be */
  PK_MANNER_AHEAD_HEAD, /* the one that is mentioned in a later column stands at its head */
  PK_MANNER_AHEAD_FOOT, /* at its foot */
  PK_MANNER_COUNT
} pk_manner;

/* Begins a column so. False if there is nothing that would stand so, or no room. */
bool pk_walk_begin(pk_filler *fill, pk_walk *walk, pk_manner manner);

/* Places the figure that waits if this is where it may stand. */
void pk_walk_place_later(pk_filler *fill, pk_walk *walk);

/* ---- foot.c --------------------------------------------------------------- */

/* Sets what the column before has left over of its notes. */
void pk_walk_carry_notes(pk_filler *fill, pk_walk *walk);

/* Sets the notes that `chunk` refers to, which takes `rows` itself. False if
 * there is no room to begin them. */
bool pk_walk_take_notes(pk_filler *fill, pk_walk *walk, const pk_chunk *chunk, int rows);

#endif
