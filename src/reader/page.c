/* A page of others: its boxes, whatever the file says or leaves unsaid. */
#include <math.h>
#include <string.h>

#include "reader/page.h"

/* A4: what is left where a file gives a page no size. */
static const pk_box fallback = {0, 0, 595.276, 841.89};

/* Pages wider than this have no size in earnest; numbers beyond it are noise. */
static const double FARTHEST = 1e6;

bool pk_reader_box(qpdf_data qpdf, qpdf_oh object, pk_box *out) {
  if (!qpdf_oh_is_array(qpdf, object) || qpdf_oh_get_array_n_items(qpdf, object) != 4) return false;
  double n[4];
  for (int i = 0; i < 4; i++) {
    qpdf_oh item = qpdf_oh_get_array_item(qpdf, object, i);
    if (!qpdf_oh_get_value_as_number(qpdf, item, &n[i]) || !isfinite(n[i]) || fabs(n[i]) > FARTHEST) return false;
  }
  *out = (pk_box){fmin(n[0], n[2]), fmin(n[1], n[3]), fmax(n[0], n[2]), fmax(n[1], n[3])};
  return true;
}

void pk_reader_matrix(qpdf_data qpdf, qpdf_oh object, double matrix[6]) {
  static const double identity[6] = {1, 0, 0, 1, 0, 0};
  memcpy(matrix, identity, sizeof identity);
  if (!qpdf_oh_is_array(qpdf, object) || qpdf_oh_get_array_n_items(qpdf, object) != 6) return;
  double n[6];
  for (int i = 0; i < 6; i++)
    if (!qpdf_oh_get_value_as_number(qpdf, qpdf_oh_get_array_item(qpdf, object, i), &n[i]) || !isfinite(n[i])) return;
  memcpy(matrix, n, sizeof n);
}

const char *pk_reader_name(qpdf_data qpdf, qpdf_oh object) {
  return qpdf_oh_is_name(qpdf, object) ? qpdf_oh_get_name(qpdf, object) + 1 : "";
}

static bool is_empty(const pk_box *box) {
  return !(box->right - box->left > 0.01 && box->top - box->bottom > 0.01);
}

static pk_box clip(const pk_box *box, const pk_box *within) {
  return (pk_box){fmax(box->left, within->left), fmax(box->bottom, within->bottom), fmin(box->right, within->right),
                  fmin(box->top, within->top)};
}

/* The box of this name within `limit`, or `otherwise`; true if the file has it. */
static bool read_box(qpdf_data qpdf, qpdf_oh page, const char *name, const pk_box *limit, const pk_box *otherwise,
                     pk_box *out) {
  pk_box box;
  *out = *otherwise;
  if (!pk_reader_box(qpdf, qpdf_oh_get_key(qpdf, page, name), &box)) return false;
  box = clip(&box, limit);
  if (is_empty(&box)) return false;
  *out = box;
  return true;
}

void pk_reader_page_boxes(qpdf_data qpdf, qpdf_oh object, pk_reader_page *page) {
  page->object = object;
  if (!pk_reader_box(qpdf, qpdf_oh_get_key(qpdf, object, "/MediaBox"), &page->media) || is_empty(&page->media))
    page->media = fallback;
  read_box(qpdf, object, "/CropBox", &page->media, &page->media, &page->crop);
  page->has_trim = read_box(qpdf, object, "/TrimBox", &page->media, &page->crop, &page->trim);
  page->has_bleed = read_box(qpdf, object, "/BleedBox", &page->media, &page->trim, &page->bleed);
  page->bleed = (pk_box){fmin(page->bleed.left, page->trim.left), fmin(page->bleed.bottom, page->trim.bottom),
                         fmax(page->bleed.right, page->trim.right), fmax(page->bleed.top, page->trim.top)};
  double turns = 0, unit = 1;
  qpdf_oh rotate = qpdf_oh_get_key(qpdf, object, "/Rotate"), units = qpdf_oh_get_key(qpdf, object, "/UserUnit");
  if (!qpdf_oh_get_value_as_number(qpdf, rotate, &turns) || !(fabs(turns) <= FARTHEST)) turns = 0;
  page->rotate = (((int)turns / 90 * 90) % 360 + 360) % 360;
  if (!qpdf_oh_get_value_as_number(qpdf, units, &unit) || !(unit > 0 && unit <= FARTHEST)) unit = 1;
  page->unit = unit;
}

void pk_reader_size(const pk_reader_page *page, pk_length *width, pk_length *height) {
  double wide = (page->trim.right - page->trim.left) * page->unit;
  double high = (page->trim.top - page->trim.bottom) * page->unit;
  bool is_lying = page->rotate % 180 != 0;
  *width = is_lying ? high : wide;
  *height = is_lying ? wide : high;
}

void pk_reader_upright(const pk_reader_page *page, double matrix[6]) {
  const pk_box *t = &page->trim;
  double u = page->unit;
  const double turns[4][6] = {
      {u, 0, 0, u, -u * t->left, -u * t->bottom},
      {0, -u, u, 0, -u * t->bottom, u * t->right},
      {-u, 0, 0, -u, u * t->right, u * t->top},
      {0, u, -u, 0, u * t->top, -u * t->left},
  };
  memcpy(matrix, turns[page->rotate / 90], 6 * sizeof(double));
}

qpdf_oh pk_reader_mark(qpdf_data qpdf) {
  qpdf_oh mark = qpdf_oh_new_null(qpdf);
  qpdf_oh_release(qpdf, mark);
  return mark;
}

void pk_reader_release_since(qpdf_data qpdf, qpdf_oh mark) {
  qpdf_oh last = pk_reader_mark(qpdf);
  for (qpdf_oh handle = mark; handle != last; handle++) qpdf_oh_release(qpdf, handle);
}
