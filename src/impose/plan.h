/* Which page stands where on which side of which sheet. Numbers only. */
#ifndef PK_IMPOSE_PLAN_H
#define PK_IMPOSE_PLAN_H

#include "impose/impose.h"

enum { PK_IMPOSE_MAX_SLOTS = 8 };

/* What stands in the cells of one side, row by row, as seen from that side with
 * the sheet turned about its vertical axis. Pages count from 0; -1 is blank. */
typedef struct {
  int pages[PK_IMPOSE_MAX_SLOTS];
  size_t sheet; /* from 0; of a booklet 0 is the outermost */
  bool is_back;
} pk_side;

typedef struct {
  int columns, rows;
  bool is_folded; /* between its columns; else it is cut there */
  const pk_side *sides;
  size_t side_count, sheet_count;
  size_t blank_count;
} pk_plan;

/* The plan for `page_count` pages; all but leaflets take any number of them. The
 * result is owned by the arena. False if a leaflet cannot have so many. */
bool pk_plan_build(pk_arena *arena, size_t page_count, const pk_impose_options *options, pk_plan *out);

#endif
