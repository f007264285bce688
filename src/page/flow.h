/* The galley -> columns and pages. Private to page/.
 *
 *   flow.c     pages: the optimiser
 *   band.c     what can come next on a page (band.h)
 *   column.c   how far a column may go (walk.h)
 *   seat.c     the best chain -> seats
 *   justify.c  columns that end on one line
 *   loose.c    paragraphs a line longer or shorter */
#ifndef PK_PAGE_FLOW_H
#define PK_PAGE_FLOW_H

#include "page/frame.h"
#include "page/galley.h"

/* A quote is clear of three lines at the head and the foot of its column; a
 * portrait may stand in the corner. */
static inline int pk_inset_clear(const pk_item *inset) {
  return inset->unit->role == PK_ROLE_PULL_QUOTE ? 3 : 0;
}

/* How much of the article is used up. */
typedef struct {
  uint32_t item, chunk;            /* what comes next in the order */
  const pk_setting *setting;       /* of `item`, where it has begun; else NULL */
  uint32_t placed[PK_QUEUE_COUNT]; /* how many of each queue have their places */
  int margin;                      /* rows of the page's margin that are taken */
  const pk_notes *strip;           /* the notes as they are set from here on; NULL: for the plain column */
  uint32_t notes, due;             /* lines of it that are set; that were referred to */
} pk_spot;

static inline bool pk_spot_is_same(const pk_spot *a, const pk_spot *b) {
  if (a->item != b->item || a->chunk != b->chunk || a->setting != b->setting) return false;
  if (a->strip != b->strip || a->notes != b->notes || a->due != b->due || a->margin != b->margin) return false;
  for (int q = 0; q < PK_QUEUE_COUNT; q++)
    if (a->placed[q] != b->placed[q]) return false;
  return true;
}

static inline const pk_notes *pk_spot_strip(const pk_galley *galley, const pk_spot *spot) {
  return spot->strip ? spot->strip : &galley->notes;
}

/* Sets the notes that are left for a column of `width`. */
void pk_notes_move(const pk_galley *galley, pk_spot *spot, pk_length width);

/* The next item of a queue that has no place yet, or PK_NO_ITEM. */
static inline uint32_t pk_spot_next(const pk_galley *galley, const pk_spot *spot, pk_queue queue) {
  return galley->queues[queue][spot->placed[queue]];
}

/* The spot at the beginning of `item`, what moves as at `spot`. */
static inline pk_spot pk_spot_at(const pk_spot *spot, uint32_t item) {
  pk_spot fresh = *spot;
  fresh.item = item;
  fresh.chunk = 0;
  fresh.setting = NULL;
  return fresh;
}

/* Something that was put on a page. Acts hang together from the last to the
 * first, so that ways which part later share what they have in common. */
typedef enum {
  PK_ACT_COLUMN, /* the items in their order from `from` to `to`, in `column` */
  PK_ACT_ITEM,   /* `item` by itself, at row `row`; column -1: across all */
  PK_ACT_CHARGE, /* only what it is charged */
  PK_ACT_SET,    /* `item` has `setting` from here on, and before too */
  PK_ACT_PAGE,   /* the page ends here */
} pk_act_kind;

/* Where in its column an item that moves stands. */
typedef enum {
  PK_STOP_HERE,
  PK_STOP_HEAD,
  PK_STOP_FOOT,
  PK_STOP_INSET,
  PK_STOP_BETWEEN,
  PK_STOP_MARGIN,
  PK_STOP_PAGE
} pk_stop;

typedef struct pk_act pk_act;
struct pk_act {
  const pk_act *before;
  pk_act_kind kind;
  pk_spot from, to; /* of a column */
  int64_t item;     /* the item; of a column: the last one at its head, or -1 */
  int column, row;  /* row: from the top of the frame */
  int rows;         /* that it takes; of a column: those at its head */
  int added, fixed; /* of a column: rows added to its spaces, which are below row `fixed` of it */
  int lift;         /* of a column: rows that what is at its foot stands higher, above notes that came later */
  pk_stop stop;     /* of an item in a column */
  bool is_held;     /* a way that goes on leads to it */
  const pk_setting *setting;
  pk_charges charges;
};

/* One way to have set the document up to here. */
typedef struct {
  pk_spot spot;
  const pk_act *acts;
  double cost; /* sum of what the acts were charged */
  uint32_t page;
  int64_t last;                 /* the item placed last across the page, or -1 */
  int row;                      /* used of the frame of the page */
  int bottom;                   /* rows of the frame down to what stands at its foot */
  uint32_t behind;              /* so many items must be on this spread or before: a mention of what is here already */
  uint32_t in_sight;            /* the first item of the spread: what was mentioned before is out of sight */
  bool is_prepared;             /* what stands at the head and foot of the page was chosen */
  bool is_done, is_dead;        /* nothing is left; it leads nowhere */
  int between_from, between_to; /* rows of the page that an inset between the columns takes; to 0: none */
  int64_t between;              /* that inset */
  bool is_tried;                /* whether there is to be one was decided */
  int feet[PK_COLUMNS_MAX];     /* lines of notes at the foot of each column of the page */
} pk_way;

typedef struct {
  const pk_galley *galley;
  pk_arena *arena;       /* for acts */
  GPtrArray *fresh;      /* acts of the page at hand */
  pk_act *spare;         /* that are of no use any more, by `before` */
  pk_frame frame;        /* of the page at hand */
  GArray *same;          /* of pk_way: to be followed on this page */
  GArray *next;          /* of pk_way: at the head of the next page, or done */
  int rows, next_rows;   /* of the frame; of the next page's */
  bool begins_spread;    /* the page before is not seen beside this one */
  bool ends_spread;      /* nor is the next one */
  struct pk_walk *walks; /* room for column.c */
  bool has_failed;       /* raised */
  bool is_hopeful;       /* the way at hand is not much dearer than the best */
} pk_flow;

/* An act like `from`, as long as a way leads to it when its page ends. */
pk_act *pk_act_new(pk_flow *flow, const pk_act *from);

/* At the end of a page: the ways that go on hold their acts, all others are let go. */
void pk_acts_hold(const pk_way *way);
void pk_acts_sweep(pk_flow *flow);

/* Where a chunk came to stand: top left corner on the page. */
typedef struct {
  const pk_chunk *chunk;
  uint32_t page;
  int column; /* -1: across all */
  pk_length x, y;
  bool is_repeated; /* it stands elsewhere too */
  bool is_page;     /* it is all that is on the page: x and y are the corner of the margins and the trim */
} pk_seat;

/* The best setting of the galley: seats (of pk_seat) in the order of the pages,
 * and what each page was charged (of pk_charges). */
pk_status pk_flow_build(const pk_galley *galley, GArray *seats, GArray *charges);

/* ---- band.c --------------------------------------------------------------- */

/* Follows one way a step: appends to flow->same and flow->next. */
void pk_band_step(pk_flow *flow, const pk_way *way);

/* ---- loose.c -------------------------------------------------------------- */

/* A paragraph that could be so many lines longer or shorter. */
typedef struct {
  uint32_t item; /* PK_NO_ITEM: none */
  const pk_setting *setting;
} pk_loose;

enum { PK_LOOSE_MAX = 2 };

/* Columns that are charged less are good enough to try nothing: a row left empty.
 * What is dearer than another way by more than this is not mended. */
#define PK_LOOSE_WORTH 25.0
#define PK_LOOSE_HOPELESS 60.0

/* The paragraph among items [from, to) that gains a line most easily, and the one
 * that loses one. */
size_t pk_loose_find(const pk_galley *galley, uint32_t from, uint32_t to, pk_length width,
                     pk_loose found[PK_LOOSE_MAX]);

/* Adds what it is charged that `item` has `setting`. */
void pk_loose_charge(const pk_galley *galley, uint32_t item, const pk_setting *setting, pk_charges *charges);

/* ---- column.c ------------------------------------------------------------- */

/* The column that is to be filled. */
typedef struct {
  int number, row; /* of its top in the frame */
  int rows;        /* for the text and what stands in it */
  int room;        /* down to the foot of the page: notes too */
  int feet;        /* lines of notes that are at the foot already */
  pk_length width;
  pk_obstacle between;   /* what stands between it and the next; empty if `to` is 0 */
  uint32_t limit;        /* the first item that is not in it */
  uint32_t in_sight;     /* pk_way.in_sight */
  bool ends_page;        /* it is the last of its page */
  const pk_loose *loose; /* a paragraph that is to be set so; or NULL */
  bool may_loosen;       /* any may, where that helps */
} pk_column;

/* One way to end a column. */
typedef struct {
  pk_act act;  /* the column; those before it hang on it */
  double cost; /* of these acts, without those that were there before */
  int used;    /* rows, with those that are added */
  int give;    /* rows that may still be added */
  bool is_end; /* everything up to `limit` is in it */
  int manner;  /* pk_manner: how it began */
} pk_column_end;

enum { PK_COLUMN_ENDS_MAX = 6 };

/* The best ways to end a column that begins at `spot`; at most
 * PK_COLUMN_ENDS_MAX. None if not even the first chunk fits. */
size_t pk_column_fill(pk_flow *flow, const pk_column *column, const pk_spot *spot, const pk_act *acts,
                      pk_column_end ends[PK_COLUMN_ENDS_MAX]);

/* Room for the walks of one thread; owned by `arena`. */
struct pk_walk *pk_column_walks_new(pk_arena *arena);

/* Rows above chunk `chunk` of `item` below `last` (-1: the head of the column). */
int pk_column_gap(const pk_galley *galley, int64_t last, uint32_t item, uint32_t chunk);

/* ---- justify.c ------------------------------------------------------------ */

/* What stands in a column from its head down. */
typedef struct {
  guint seat;     /* its first; they reach up to the first of the next */
  int row;        /* of its top in the column */
  int gap;        /* rows above it, below what stands there in the column */
  bool is_piece;  /* it need not stand on the grid */
  bool ends_text; /* it is the first below the end of the article */
} pk_stood;

/* Counts what may be added to the spaces of a column, from its head down. */
typedef struct {
  int rows;      /* that may be added */
  int fixed;     /* above this row nothing moves: lines run round something there */
  bool is_above; /* the last space is right above a piece, and has no partner yet */
} pk_give;

/* What comes next in the column, its space above in row `row`. */
void pk_give_add(pk_give *give, const pk_measure *measure, int row, int gap, bool is_piece);

/* Moves the seats of a column down so that its last line does by `rows`; those
 * of things that are no text by the parts of a row that the layout allows. */
void pk_justify(const pk_measure *measure, const GArray *stood, int fixed, int rows, GArray *seats);

/* ---- overflow.c ----------------------------------------------------------- */

/* Raises a text that takes more than the pages the layout has for it. */
pk_status pk_overflow_check(const pk_galley *galley, const GArray *seats, uint32_t pages);

/* ---- seat.c --------------------------------------------------------------- */

void pk_seat_all(const pk_flow *flow, const pk_way *way, GArray *seats, GArray *charges);

#endif
