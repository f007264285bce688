/* The graphics state: matrices, colours, overprint, transparency. */
#include <math.h>
#include <string.h>

#include "preflight/operators.h"

static void save(pk_interpreter *in, const pk_operands *o) {
  (void)o;
  if (in->depth < PK_STATES_MAX) in->saved[in->depth] = in->now;
  in->depth++;
}

static void restore(pk_interpreter *in, const pk_operands *o) {
  (void)o;
  if (in->depth == 0) return;
  in->depth--;
  if (in->depth < PK_STATES_MAX) in->now = in->saved[in->depth];
}

static void transform(pk_interpreter *in, const pk_operands *o) {
  pk_matrix_multiply(o->n, in->now.ctm, in->now.ctm);
}

static void set_line_width(pk_interpreter *in, const pk_operands *o) {
  in->now.line_width = fabs(o->n[0]);
}

/* ---- ExtGState ----------------------------------------------------------- */

static qpdf_oh key(pk_interpreter *in, qpdf_oh dict, const char *name) {
  return qpdf_oh_get_key_if_dict(in->qpdf, dict, name);
}

static void read_flag(pk_interpreter *in, qpdf_oh dict, const char *name, bool *flag) {
  QPDF_BOOL value;
  if (qpdf_oh_get_value_as_bool(in->qpdf, key(in, dict, name), &value)) *flag = value;
}

static bool is_less_than_one(pk_interpreter *in, qpdf_oh object) {
  double value;
  return qpdf_oh_get_value_as_number(in->qpdf, object, &value) && value < 0.999;
}

static bool is_blended(pk_interpreter *in, qpdf_oh mode) {
  qpdf_oh first = qpdf_oh_is_array(in->qpdf, mode) ? qpdf_oh_get_array_item(in->qpdf, mode, 0) : mode;
  const char *name = pk_reader_name(in->qpdf, first);
  return *name && strcmp(name, "Normal") != 0 && strcmp(name, "Compatible") != 0;
}

static void check_curves(pk_interpreter *in, qpdf_oh dict) {
  static const char *const curves[] = {"/TR", "/TR2"};
  for (size_t i = 0; i < G_N_ELEMENTS(curves); i++) {
    qpdf_oh curve = key(in, dict, curves[i]);
    if (qpdf_oh_is_null(in->qpdf, curve) || strcmp(pk_reader_name(in->qpdf, curve), "Default") == 0 ||
        strcmp(pk_reader_name(in->qpdf, curve), "Identity") == 0)
      continue;
    pk_fault fault = {.code = PK_CODE_STANDARD_RULE, .page = in->page, .span = in->base->span};
    pk_checker_fault(in->checker, &fault, "the page sets a transfer curve, which changes its tints behind your back");
  }
}

static void set_state(pk_interpreter *in, const pk_operands *o) {
  qpdf_oh dict = o->name ? pk_content_resource(in, "/ExtGState", o->name) : 0;
  if (!dict || !qpdf_oh_is_dictionary(in->qpdf, dict)) return;
  pk_gstate *now = &in->now;
  bool has_fill = qpdf_oh_has_key(in->qpdf, dict, "/op");
  read_flag(in, dict, "/OP", &now->stroke_overprints);
  if (has_fill)
    read_flag(in, dict, "/op", &now->fill_overprints);
  else
    read_flag(in, dict, "/OP", &now->fill_overprints);
  double width;
  if (qpdf_oh_get_value_as_number(in->qpdf, key(in, dict, "/LW"), &width)) now->line_width = fabs(width);
  bool says_alpha = qpdf_oh_has_key(in->qpdf, dict, "/ca") || qpdf_oh_has_key(in->qpdf, dict, "/CA");
  bool says_mode = qpdf_oh_has_key(in->qpdf, dict, "/BM");
  qpdf_oh mask = key(in, dict, "/SMask");
  if (qpdf_oh_is_dictionary(in->qpdf, mask)) now->has_mask = true;
  if (qpdf_oh_is_name(in->qpdf, mask)) now->has_mask = false;
  bool is_clear = is_less_than_one(in, key(in, dict, "/ca")) || is_less_than_one(in, key(in, dict, "/CA"));
  bool is_mixed = is_blended(in, key(in, dict, "/BM"));
  if (says_alpha || says_mode || now->has_mask || qpdf_oh_is_name(in->qpdf, mask))
    now->is_transparent = is_clear || is_mixed || now->has_mask;
  check_curves(in, dict);
}

/* ---- colours ------------------------------------------------------------- */

static void set_device(pk_interpreter *in, const pk_operands *o, pk_space_kind kind, int components, bool is_stroke) {
  pk_space space = {.kind = kind, .components = components};
  pk_colour colour = pk_space_colour(&space, o->n, o->numbers);
  *(is_stroke ? &in->now.stroke_space : &in->now.fill_space) = space;
  *(is_stroke ? &in->now.stroke : &in->now.fill) = colour;
  if (!is_stroke) in->now.fill_tile = 0;
}

static void fill_grey(pk_interpreter *in, const pk_operands *o) {
  set_device(in, o, PK_SPACE_GREY, 1, false);
}
static void stroke_grey(pk_interpreter *in, const pk_operands *o) {
  set_device(in, o, PK_SPACE_GREY, 1, true);
}
static void fill_rgb(pk_interpreter *in, const pk_operands *o) {
  set_device(in, o, PK_SPACE_RGB, 3, false);
}
static void stroke_rgb(pk_interpreter *in, const pk_operands *o) {
  set_device(in, o, PK_SPACE_RGB, 3, true);
}
static void fill_cmyk(pk_interpreter *in, const pk_operands *o) {
  set_device(in, o, PK_SPACE_CMYK, 4, false);
}
static void stroke_cmyk(pk_interpreter *in, const pk_operands *o) {
  set_device(in, o, PK_SPACE_CMYK, 4, true);
}

/* A space begins with its own black. */
static void choose_space(pk_interpreter *in, const pk_operands *o, bool is_stroke) {
  static const double black[4] = {0, 0, 0, 1}, full[PK_PLATES_MAX] = {1};
  if (!o->name) return;
  g_autofree char *spelt = g_strconcat("/", o->name, NULL);
  pk_space space = pk_space_read(in, qpdf_oh_new_name(in->qpdf, spelt), 0);
  pk_colour colour = space.kind == PK_SPACE_CMYK     ? pk_space_colour(&space, black, 4)
                     : space.kind == PK_SPACE_PLATES ? pk_space_colour(&space, full, 1)
                                                     : pk_space_colour(&space, (const double[3]){0}, 3);
  *(is_stroke ? &in->now.stroke_space : &in->now.fill_space) = space;
  *(is_stroke ? &in->now.stroke : &in->now.fill) = colour;
  if (!is_stroke) in->now.fill_tile = 0;
}

static void fill_space(pk_interpreter *in, const pk_operands *o) {
  choose_space(in, o, false);
}
static void stroke_space(pk_interpreter *in, const pk_operands *o) {
  choose_space(in, o, true);
}

/* A pattern with a gradient has the colours of that. */
static pk_colour pattern_colour(pk_interpreter *in, const char *name) {
  pk_colour colour = {.kind = PK_COLOUR_UNKNOWN};
  colour.inks[3] = 0.3;
  qpdf_oh pattern = pk_content_resource(in, "/Pattern", name);
  qpdf_oh shading = key(in, pattern, "/Shading");
  if (qpdf_oh_is_stream(in->qpdf, shading)) shading = qpdf_oh_get_dict(in->qpdf, shading);
  if (!qpdf_oh_is_dictionary(in->qpdf, shading)) return colour;
  pk_space space = pk_space_read(in, key(in, shading, "/ColorSpace"), 0);
  colour.kind = pk_space_colour_kind(&space);
  if (colour.kind == PK_COLOUR_INKS) colour.kind = PK_COLOUR_UNKNOWN;
  return colour;
}

/* The object of a tiling pattern with colours of its own, or 0. */
static int tile_of(pk_interpreter *in, const char *name) {
  qpdf_oh pattern = pk_content_resource(in, "/Pattern", name);
  int paint = 0;
  if (!qpdf_oh_is_stream(in->qpdf, pattern)) return 0;
  qpdf_oh dict = qpdf_oh_get_dict(in->qpdf, pattern);
  qpdf_oh_get_value_as_int(in->qpdf, key(in, dict, "/PaintType"), &paint);
  return paint == 1 ? qpdf_oh_get_object_id(in->qpdf, pattern) : 0;
}

static void set_colour(pk_interpreter *in, const pk_operands *o, bool is_stroke) {
  const pk_space *space = is_stroke ? &in->now.stroke_space : &in->now.fill_space;
  pk_colour colour = o->name && space->kind == PK_SPACE_PATTERN ? pattern_colour(in, o->name)
                                                                : pk_space_colour(space, o->n, o->numbers);
  *(is_stroke ? &in->now.stroke : &in->now.fill) = colour;
  if (!is_stroke) in->now.fill_tile = o->name && space->kind == PK_SPACE_PATTERN ? tile_of(in, o->name) : 0;
}

static void fill_colour(pk_interpreter *in, const pk_operands *o) {
  set_colour(in, o, false);
}
static void stroke_colour(pk_interpreter *in, const pk_operands *o) {
  set_colour(in, o, true);
}

const pk_operator pk_state_operators[] = {
    {"q", 0, save},           {"Q", 0, restore},         {"cm", 6, transform},
    {"w", 1, set_line_width}, {"gs", 0, set_state},      {"g", 1, fill_grey},
    {"G", 1, stroke_grey},    {"rg", 3, fill_rgb},       {"RG", 3, stroke_rgb},
    {"k", 4, fill_cmyk},      {"K", 4, stroke_cmyk},     {"cs", 0, fill_space},
    {"CS", 0, stroke_space},  {"sc", 0, fill_colour},    {"SC", 0, stroke_colour},
    {"scn", 0, fill_colour},  {"SCN", 0, stroke_colour}, {NULL, 0, NULL},
};
