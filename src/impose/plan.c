/* The order of pages for each scheme.
 *
 * In:  how many pages. Out: sides of sheets with page numbers in their cells.
 *
 * Every back is numbered as it is seen after the sheet is turned like the leaf
 * of a book; whether the printer turns it the other way is no matter of order. */
#include "impose/plan.h"

typedef struct {
  pk_arena *arena;
  const pk_impose_options *options;
  size_t pages; /* of the document */
  size_t total; /* with blanks */
  pk_plan *plan;
  pk_side *sides;
} planner;

static size_t round_up(size_t count, size_t step) {
  return (count + step - 1) / step * step;
}

/* Makes room for `total` pages, `cells` to a side. */
static void prepare(planner *p, int columns, int rows, size_t total) {
  size_t cells = (size_t)(columns * rows);
  p->total = total;
  p->plan->columns = columns;
  p->plan->rows = rows;
  p->plan->side_count = total / cells;
  p->sides = PK_NEW_ARRAY(p->arena, pk_side, p->plan->side_count);
  p->plan->sides = p->sides;
  p->plan->blank_count = total - p->pages;
  p->plan->sheet_count = (p->plan->side_count + 1) / 2;
  for (size_t i = 0; i < p->plan->side_count; i++) {
    p->sides[i].sheet = i / 2;
    p->sides[i].is_back = i % 2;
  }
}

/* The page at `place` of the finished document: blanks stand at the end, or
 * before the last page, which then stays the back cover. */
static int page_at(const planner *p, size_t place) {
  if (p->options->keeps_back && p->pages < p->total) {
    if (place == p->total - 1) return (int)p->pages - 1;
    return place < p->pages - 1 ? (int)place : -1;
  }
  return place < p->pages ? (int)place : -1;
}

/* Sheets folded once and nested: the outermost holds the first and last leaves. */
static void plan_saddle_stitch(planner *p) {
  prepare(p, 2, 1, MAX(round_up(p->pages, 4), 4));
  p->plan->is_folded = true;
  for (size_t sheet = 0; sheet < p->plan->sheet_count; sheet++) {
    size_t first = 2 * sheet, last = p->total - 1 - 2 * sheet;
    p->sides[2 * sheet].pages[0] = page_at(p, last);
    p->sides[2 * sheet].pages[1] = page_at(p, first);
    p->sides[2 * sheet + 1].pages[0] = page_at(p, first + 1);
    p->sides[2 * sheet + 1].pages[1] = page_at(p, last - 1);
  }
}

/* Pages in reading order, or the same page in all cells of a side. */
static void plan_n_up(planner *p, int columns, int rows) {
  size_t cells = (size_t)(columns * rows);
  bool repeats = p->options->repeats;
  prepare(p, columns, rows, repeats ? p->pages * cells : round_up(p->pages, cells));
  if (repeats) p->plan->blank_count = 0;
  for (size_t i = 0; i < p->plan->side_count; i++)
    for (size_t cell = 0; cell < cells; cell++)
      p->sides[i].pages[cell] = repeats ? (int)i : page_at(p, i * cells + cell);
}

/* Sheets are cut apart and the stacks laid one upon the other, the left upper one
 * on top: cell by cell the pages run on from sheet to sheet. The back of a cell
 * is the cell mirrored. */
static void plan_cut_stack(planner *p, int columns, int rows) {
  size_t cells = (size_t)(columns * rows);
  prepare(p, columns, rows, round_up(p->pages, 2 * cells));
  size_t stack = p->total / cells;
  for (size_t sheet = 0; sheet < p->plan->sheet_count; sheet++)
    for (int row = 0; row < rows; row++)
      for (int column = 0; column < columns; column++) {
        size_t cell = (size_t)(row * columns + column), place = cell * stack + 2 * sheet;
        p->sides[2 * sheet].pages[cell] = page_at(p, place);
        p->sides[2 * sheet + 1].pages[row * columns + (columns - 1 - column)] = page_at(p, place + 1);
      }
}

/* Panels as one sees them, from the front cover on: the outer side, then the
 * inner. Folded once; folded twice inward (the fifth page is the flap that lies
 * inside); folded in zigzag. */
static bool plan_leaflet(planner *p) {
  static const int once[] = {3, 0, 1, 2}, inward[] = {4, 5, 0, 1, 2, 3}, zigzag[] = {3, 4, 0, 1, 2, 5};
  const int *panels = p->pages == 4 ? once : p->options->fold == PK_FOLD_ZIGZAG ? zigzag : inward;
  if (p->pages != 4 && p->pages != 6) return false;
  int columns = (int)p->pages / 2;
  prepare(p, columns, 1, p->pages);
  p->plan->is_folded = true;
  for (int i = 0; i < 2 * columns; i++) p->sides[i / columns].pages[i % columns] = panels[i];
  return true;
}

bool pk_plan_build(pk_arena *arena, size_t page_count, const pk_impose_options *options, pk_plan *out) {
  *out = (pk_plan){0};
  planner p = {.arena = arena, .options = options, .pages = page_count, .plan = out};
  switch (options->scheme) {
  case PK_SCHEME_SADDLE_STITCH: plan_saddle_stitch(&p); break;
  case PK_SCHEME_TWO_UP: plan_n_up(&p, 2, 1); break;
  case PK_SCHEME_FOUR_UP: plan_n_up(&p, 2, 2); break;
  case PK_SCHEME_CUT_STACK:
    if (options->up == 2)
      plan_cut_stack(&p, 2, 1);
    else if (options->up == 8)
      plan_cut_stack(&p, 4, 2);
    else
      plan_cut_stack(&p, 2, 2);
    break;
  case PK_SCHEME_LEAFLET: return plan_leaflet(&p);
  }
  return true;
}
