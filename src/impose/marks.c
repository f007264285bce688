/* Crop marks, fold marks, registration marks. */
#include "impose/marks.h"

#include <math.h>

#include "pdf/number.h"

/* Ratio of a Bezier's handle to the radius of the circle it draws. */
static const double HANDLE = 0.5523;

enum { MARK_DECIMALS = 3 };

static void put_point(GString *out, double x, double y, const char *operator) {
  pk_pdf_put_number(out, x, MARK_DECIMALS);
  g_string_append_c(out, ' ');
  pk_pdf_put_number(out, y, MARK_DECIMALS);
  g_string_append_printf(out, " %s ", operator);
}

static void put_line(GString *out, double x1, double y1, double x2, double y2) {
  put_point(out, x1, y1, "m");
  put_point(out, x2, y2, "l");
  g_string_append(out, "S\n");
}

/* The stretch of a mark that begins `gap` outside `edge` in `direction`, as far as
 * there is paper; false if there is next to none. */
static bool stretch(double edge, double gap, int direction, double limit, double *from, double *to) {
  *from = edge + direction * gap;
  *to = *from + direction * PK_MARK_LENGTH;
  *to = direction > 0 ? fmin(*to, limit) : fmax(*to, 0);
  return direction * (*to - *from) > PK_MARK_LENGTH / 4;
}

static void draw_cuts(const pk_sheet *sheet, const pk_sheet_side *side, bool folds, GString *out) {
  double gap = sheet->bleed + PK_MARK_GAP, from, to;
  for (size_t i = 0; i < side->column_count; i++) {
    double x = side->columns[i].at;
    if (side->columns[i].is_fold != folds) continue;
    if (stretch(side->trim.bottom, gap, -1, sheet->height, &from, &to)) put_line(out, x, from, x, to);
    if (stretch(side->trim.top, gap, 1, sheet->height, &from, &to)) put_line(out, x, from, x, to);
  }
  for (size_t i = 0; i < side->row_count; i++) {
    double y = side->rows[i].at;
    if (side->rows[i].is_fold != folds) continue;
    if (stretch(side->trim.left, gap, -1, sheet->width, &from, &to)) put_line(out, from, y, to, y);
    if (stretch(side->trim.right, gap, 1, sheet->width, &from, &to)) put_line(out, from, y, to, y);
  }
}

static void draw_circle(GString *out, double x, double y, double r) {
  static const int quarters[4][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
  put_point(out, x + r, y, "m");
  for (int i = 0; i < 4; i++) {
    const int *a = quarters[i], *b = quarters[(i + 1) % 4];
    put_point(out, x + r * (a[0] + HANDLE * b[0]), y + r * (a[1] + HANDLE * b[1]), "");
    put_point(out, x + r * (b[0] + HANDLE * a[0]), y + r * (b[1] + HANDLE * a[1]), "");
    put_point(out, x + r * b[0], y + r * b[1], "c");
  }
  g_string_append(out, "S\n");
}

static void draw_register(const pk_sheet *sheet, const pk_sheet_side *side, GString *out) {
  double reach = PK_MARK_LENGTH / 2, radius = PK_MARK_LENGTH / 4, away = sheet->bleed + PK_MARK_GAP + reach;
  const pk_box *t = &side->trim;
  double quarter = t->left + (t->right - t->left) / 4, middle = (t->bottom + t->top) / 2;
  const double centres[4][2] = {
      {quarter, t->bottom - away}, {quarter, t->top + away}, {t->left - away, middle}, {t->right + away, middle}};
  for (size_t i = 0; i < 4; i++) {
    double x = centres[i][0], y = centres[i][1];
    if (x < reach || y < reach || x > sheet->width - reach || y > sheet->height - reach) continue;
    put_line(out, x - reach, y, x + reach, y);
    put_line(out, x, y - reach, x, y + reach);
    draw_circle(out, x, y, radius);
  }
}

void pk_marks_draw(const pk_sheet *sheet, const pk_sheet_side *side, GString *out) {
  g_string_append(out, "q\n/All CS 1 SCN .25 w\n");
  draw_cuts(sheet, side, false, out);
  draw_register(sheet, side, out);
  g_string_append(out, "[2 1.5] 0 d\n");
  draw_cuts(sheet, side, true, out);
  g_string_append(out, "Q\n");
}
