/* Where on the sheet everything stands. Points from its lower left corner. */
#ifndef PK_IMPOSE_SHEET_H
#define PK_IMPOSE_SHEET_H

#include "impose/plan.h"

/* A page of the inputs. */
typedef struct {
  const pk_reader *reader;
  size_t number; /* in it, from 0 */
  const pk_reader_page *page;
  pk_length width, height; /* as looked at */
} pk_impose_page;

typedef struct {
  pk_length width, height;
  double scale;                             /* of the pages */
  pk_length cell_width, cell_height, bleed; /* the largest, scaled */
  bool turns_backs;                         /* by half a turn, for the edge that the printer turns on */
  const char *turn;                         /* "short edge" */
  bool has_room;                            /* for marks */
} pk_sheet;

/* A page on a side: the matrix from its own units to the sheet, and what of the
 * sheet it may cover. */
typedef struct {
  const pk_impose_page *page;
  double matrix[6];
  pk_box clip;
} pk_placement;

/* A line along which the sheet is cut or folded, across the whole of its width or
 * height. */
typedef struct {
  double at;
  bool is_fold;
} pk_cut;

typedef struct {
  pk_placement placements[PK_IMPOSE_MAX_SLOTS];
  size_t count;
  pk_box trim;                                                            /* around all pages */
  pk_cut columns[2 * PK_IMPOSE_MAX_SLOTS], rows[2 * PK_IMPOSE_MAX_SLOTS]; /* x; y */
  size_t column_count, row_count;
  pk_length creep; /* by which pages are moved to the spine */
} pk_sheet_side;

/* Chooses the sheet's orientation and the scale of the pages. An error if they do
 * not fit. */
pk_status pk_sheet_fit(pk_job *job, const pk_plan *plan, const pk_impose_page *pages, size_t page_count,
                       const pk_impose_options *options, pk_sheet *out);

/* What stands on `side`. */
void pk_sheet_place(const pk_sheet *sheet, const pk_plan *plan, const pk_side *side, const pk_impose_page *pages,
                    const pk_impose_options *options, pk_sheet_side *out);

/* How far from the trim marks begin, how long they are, and how much paper they
 * and the line of text need beside the bleed. */
#define PK_MARK_GAP (1 * PK_PT_PER_MM)
#define PK_MARK_LENGTH (5 * PK_PT_PER_MM)
#define PK_MARK_ROOM (10 * PK_PT_PER_MM)

#endif
