/* Paths: their bounds on the page, and what painting them puts there. */
#include <math.h>

#include "pdf/pdf.h"
#include "preflight/operators.h"

static void begin_path(pk_interpreter *in) {
  in->has_path = false;
  in->is_rectangle = in->is_one = false;
}

static void add_point(pk_interpreter *in, double x, double y) {
  const double *m = in->now.ctm;
  double px = m[0] * x + m[2] * y + m[4], py = m[1] * x + m[3] * y + m[5];
  if (!isfinite(px) || !isfinite(py)) return;
  if (!in->has_path) in->path = (pk_box){px, py, px, py};
  in->has_path = true;
  in->path =
      (pk_box){fmin(in->path.left, px), fmin(in->path.bottom, py), fmax(in->path.right, px), fmax(in->path.top, py)};
}

static void add_rectangle(pk_interpreter *in, double x, double y, double width, double height) {
  const double *m = in->now.ctm;
  bool is_first = !in->has_path;
  add_point(in, x, y);
  add_point(in, x + width, y);
  add_point(in, x + width, y + height);
  add_point(in, x, y + height);
  bool is_upright = (fabs(m[1]) < 1e-6 && fabs(m[2]) < 1e-6) || (fabs(m[0]) < 1e-6 && fabs(m[3]) < 1e-6);
  in->is_rectangle = in->is_one = is_first && is_upright;
}

static void move(pk_interpreter *in, const pk_operands *o) {
  in->is_rectangle = false;
  add_point(in, o->n[0], o->n[1]);
}

static void curve(pk_interpreter *in, const pk_operands *o) {
  in->is_rectangle = false;
  for (size_t i = 0; i + 1 < o->numbers; i += 2) add_point(in, o->n[i], o->n[i + 1]);
}

static void rectangle(pk_interpreter *in, const pk_operands *o) {
  add_rectangle(in, o->n[0], o->n[1], o->n[2], o->n[3]);
}

/* ---- painting ------------------------------------------------------------ */

static double scale_of(const double m[6]) {
  return sqrt(fabs(m[0] * m[3] - m[1] * m[2]));
}

static void fill(pk_interpreter *in) {
  pk_element e = *in->base;
  double width = in->path.right - in->path.left, height = in->path.top - in->path.bottom;
  pk_rect rect = {in->path.left, in->path.bottom, width, height};
  bool is_line = in->is_rectangle && pk_pdf_is_line(&rect);
  e.kind = is_line ? PK_ELEMENT_LINE : PK_ELEMENT_AREA;
  e.size = fmin(width, height);
  e.is_exact = in->is_rectangle;
  e.colour = in->now.fill;
  e.overprints = in->now.fill_overprints;
  e.object = in->object;
  e.is_transparent = in->now.is_transparent;
  pk_content_give(in, &e, &in->path);
  if (in->now.fill_tile) pk_content_tile(in, in->now.fill_tile, &in->path);
}

static void stroke(pk_interpreter *in) {
  pk_element e = *in->base;
  double half;
  e.kind = PK_ELEMENT_LINE;
  e.size = in->now.line_width * scale_of(in->now.ctm);
  e.colour = in->now.stroke;
  e.overprints = in->now.stroke_overprints;
  e.object = in->object;
  e.is_transparent = in->now.is_transparent;
  half = e.size / 2;
  pk_box box = {in->path.left - half, in->path.bottom - half, in->path.right + half, in->path.top + half};
  pk_content_give(in, &e, &box);
}

static void clip_to_path(pk_interpreter *in) {
  pk_box *clip = &in->now.clip;
  *clip = (pk_box){fmax(clip->left, in->path.left), fmax(clip->bottom, in->path.bottom),
                   fmin(clip->right, in->path.right), fmin(clip->top, in->path.top)};
}

static void paint(pk_interpreter *in, bool fills, bool strokes) {
  if (in->has_path) {
    if (fills) fill(in);
    if (strokes) stroke(in);
    if (in->clips) clip_to_path(in);
  }
  in->clips = 0;
  begin_path(in);
}

static void paint_fill(pk_interpreter *in, const pk_operands *o) {
  (void)o;
  paint(in, true, false);
}

static void paint_stroke(pk_interpreter *in, const pk_operands *o) {
  (void)o;
  paint(in, false, true);
}

static void paint_both(pk_interpreter *in, const pk_operands *o) {
  (void)o;
  paint(in, true, true);
}

static void paint_nothing(pk_interpreter *in, const pk_operands *o) {
  (void)o;
  paint(in, false, false);
}

static void clip(pk_interpreter *in, const pk_operands *o) {
  (void)o;
  in->clips = 1;
}

/* What a gradient fills is bounded by the clip alone. */
static void shade(pk_interpreter *in, const pk_operands *o) {
  pk_element e = *in->base;
  qpdf_oh shading = o->name ? pk_content_resource(in, "/Shading", o->name) : 0;
  qpdf_oh dict = shading && qpdf_oh_is_stream(in->qpdf, shading) ? qpdf_oh_get_dict(in->qpdf, shading) : shading;
  if (!shading) return;
  pk_space space = pk_space_read(in, qpdf_oh_get_key_if_dict(in->qpdf, dict, "/ColorSpace"), 0);
  e.kind = PK_ELEMENT_AREA;
  e.colour.kind = pk_space_colour_kind(&space);
  e.colour.inks[3] = e.colour.kind == PK_COLOUR_INKS ? 0.3 : 0;
  e.object = in->object;
  e.is_transparent = in->now.is_transparent;
  pk_box box = in->now.clip;
  pk_content_give(in, &e, &box);
}

const pk_operator pk_path_operators[] = {
    {"m", 2, move},          {"l", 2, move},       {"c", 6, curve},       {"v", 4, curve},       {"y", 4, curve},
    {"re", 4, rectangle},    {"f", 0, paint_fill}, {"F", 0, paint_fill},  {"f*", 0, paint_fill}, {"S", 0, paint_stroke},
    {"s", 0, paint_stroke},  {"B", 0, paint_both}, {"B*", 0, paint_both}, {"b", 0, paint_both},  {"b*", 0, paint_both},
    {"n", 0, paint_nothing}, {"W", 0, clip},       {"W*", 0, clip},       {"sh", 0, shade},      {NULL, 0, NULL},
};
