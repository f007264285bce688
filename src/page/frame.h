/* The geometry of masters: text frame, columns, grid. Private to page/. */
#ifndef PK_PAGE_FRAME_H
#define PK_PAGE_FRAME_H

#include "page/page.h"

enum { PK_COLUMNS_MAX = 8 };

/* The text frame of one page. Its top is the top of a grid row, its height a
 * whole number of rows, so that lines are in register on all pages. */
typedef struct {
  const pk_master_spec *master;
  pk_rect rect;
  int columns;
  pk_length column_width, gutter;   /* of a chain: the width of its first frame */
  pk_length margin_x, margin_width; /* from the trim; width 0: none */
  bool is_chain;                    /* the columns are frames, each with its own place and size */
  pk_rect slots[PK_COLUMNS_MAX];    /* of each column */
} pk_frame;

/* Rows of the grid in a column; the most that a column of the frame has. */
int pk_frame_rows(const pk_frame *frame, int column, pk_length leading);
int pk_frame_most_rows(const pk_frame *frame, pk_length leading);

/* The frame of page `number` (0-based): the first page has the master "first",
 * all others "next"; left pages of facing layouts mirror their margins. */
pk_frame pk_frame_of_page(const pk_document *document, size_t number);

/* The rectangle inside the margins of page `number`, for boxes placed by them. */
pk_rect pk_frame_margins(const pk_document *document, size_t number);

/* Raises masters that leave no room for two lines. */
pk_status pk_frame_check(pk_job *job, const pk_document *document);

#endif
