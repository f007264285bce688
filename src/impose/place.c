/* Places the pages of one side: matrices, clips, cuts and folds.
 *
 * Creep. Sheets nested into each other stick out at the fore-edge, each by the
 * thickness of the paper more than the one around it, and the trimmer cuts all at
 * one place. So that margins stay even, the pages of each sheet inward are moved
 * to the spine by that much; the outermost sheet stays. What is moved over the
 * spine is clipped there. */
#include <math.h>
#include <string.h>

#include "impose/sheet.h"

static void multiply(const double a[6], const double b[6], double out[6]) {
  double r[6] = {a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],        a[2] * b[0] + a[3] * b[2],
                 a[2] * b[1] + a[3] * b[3], a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5]};
  memcpy(out, r, sizeof r);
}

typedef struct {
  const pk_sheet *sheet;
  const pk_plan *plan;
  const pk_impose_options *options;
  const pk_impose_page *pages;
  pk_sheet_side *out;
} placer;

/* Cell widths may differ in a leaflet alone. */
static double cell_width(const placer *p, const pk_side *side, int column) {
  if (p->options->scheme != PK_SCHEME_LEAFLET) return p->sheet->cell_width;
  return p->pages[side->pages[column]].width * p->sheet->scale;
}

/* Half the gutter belongs to each neighbour; outward there is no limit. */
static pk_box clip_of(const placer *p, const pk_box *cell, int column, int row) {
  double half = p->options->gutter / 2, far_away = p->sheet->width + p->sheet->height;
  return (pk_box){
      cell->left - (column > 0 ? half : far_away),
      cell->bottom - (row < p->plan->rows - 1 ? half : far_away),
      cell->right + (column < p->plan->columns - 1 ? half : far_away),
      cell->top + (row > 0 ? half : far_away),
  };
}

static void place_page(placer *p, const pk_impose_page *page, const pk_box *cell, int column, int row, double shift) {
  pk_placement *placed = &p->out->placements[p->out->count++];
  double scale = p->sheet->scale;
  double x = (cell->left + cell->right - page->width * scale) / 2 + shift;
  double y = (cell->bottom + cell->top - page->height * scale) / 2;
  const double place[6] = {scale, 0, 0, scale, x, y};
  placed->page = page;
  pk_reader_upright(page->page, placed->matrix);
  multiply(placed->matrix, place, placed->matrix);
  placed->clip = clip_of(p, cell, column, row);
}

static void add_cut(pk_cut *cuts, size_t *count, double at, bool is_fold) {
  for (size_t i = 0; i < *count; i++)
    if (fabs(cuts[i].at - at) < 0.01) return;
  cuts[(*count)++] = (pk_cut){at, is_fold};
}

/* Lines on both sides of each gutter, or one where there is none. A spine is
 * folded in the middle of it. */
static void add_cuts(placer *p, const pk_side *side, double left, double top, double creep) {
  pk_sheet_side *out = p->out;
  double x = left, gutter = p->options->gutter;
  for (int c = 0; c < p->plan->columns; c++) {
    bool is_first = c == 0, is_last = c == p->plan->columns - 1;
    if (is_first || !p->plan->is_folded) add_cut(out->columns, &out->column_count, x + (is_first ? creep : 0), false);
    x += cell_width(p, side, c);
    if (is_last || !p->plan->is_folded) add_cut(out->columns, &out->column_count, x - (is_last ? creep : 0), false);
    if (!is_last && p->plan->is_folded) add_cut(out->columns, &out->column_count, x + gutter / 2, true);
    x += gutter;
  }
  double y = top;
  for (int r = 0; r < p->plan->rows; r++) {
    add_cut(out->rows, &out->row_count, y, false);
    y -= p->sheet->cell_height;
    add_cut(out->rows, &out->row_count, y, false);
    y -= gutter;
  }
}

static void turn_about(const pk_sheet *sheet, pk_sheet_side *out) {
  const double turn[6] = {-1, 0, 0, -1, sheet->width, sheet->height};
  for (size_t i = 0; i < out->count; i++) {
    pk_placement *placed = &out->placements[i];
    multiply(placed->matrix, turn, placed->matrix);
    pk_box c = placed->clip;
    placed->clip =
        (pk_box){sheet->width - c.right, sheet->height - c.top, sheet->width - c.left, sheet->height - c.bottom};
  }
  for (size_t i = 0; i < out->column_count; i++) out->columns[i].at = sheet->width - out->columns[i].at;
  for (size_t i = 0; i < out->row_count; i++) out->rows[i].at = sheet->height - out->rows[i].at;
}

void pk_sheet_place(const pk_sheet *sheet, const pk_plan *plan, const pk_side *side, const pk_impose_page *pages,
                    const pk_impose_options *options, pk_sheet_side *out) {
  *out = (pk_sheet_side){0};
  placer p = {sheet, plan, options, pages, out};
  double width = (plan->columns - 1) * options->gutter, gutter = options->gutter;
  for (int c = 0; c < plan->columns; c++) width += cell_width(&p, side, c);
  double height = plan->rows * sheet->cell_height + (plan->rows - 1) * gutter;
  double left = (sheet->width - width) / 2, top = (sheet->height + height) / 2;
  out->creep = options->scheme == PK_SCHEME_SADDLE_STITCH ? (double)side->sheet * options->paper : 0;
  for (int r = 0; r < plan->rows; r++) {
    double x = left, y = top - r * (sheet->cell_height + gutter);
    for (int c = 0; c < plan->columns; c++) {
      double wide = cell_width(&p, side, c);
      pk_box cell = {x, y - sheet->cell_height, x + wide, y};
      int page = side->pages[r * plan->columns + c];
      if (page >= 0) place_page(&p, &pages[page], &cell, c, r, c == 0 ? out->creep : -out->creep);
      x += wide + gutter;
    }
  }
  add_cuts(&p, side, left, top, out->creep);
  if (side->is_back && sheet->turns_backs) turn_about(sheet, out);
  out->trim = (pk_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
  for (size_t i = 0; i < out->column_count; i++) {
    out->trim.left = fmin(out->trim.left, out->columns[i].at);
    out->trim.right = fmax(out->trim.right, out->columns[i].at);
  }
  for (size_t i = 0; i < out->row_count; i++) {
    out->trim.bottom = fmin(out->trim.bottom, out->rows[i].at);
    out->trim.top = fmax(out->trim.top, out->rows[i].at);
  }
}
