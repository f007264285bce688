/* Gradients in the colours of the output.
 *
 * In:  a shading (ISO 32000-1, 8.7.4.5). Out: the same, running between colours of
 * the output. One that is told by its stops is mapped at them, and runs between in
 * inks, so that a brand colour stays itself at its end; between tints of one spot
 * ink it is on the plate of that. What a function tells otherwise is sampled. A mesh
 * with a colour at each corner stays as it is where the press can have it. */
#include <math.h>
#include <string.h>

#include "art/carrier.h"

enum { MAX_STOPS = 1000, MAX_STITCHES = 4, MAX_NESTED = 8, STEPS = 256, GRID = 48, MAX_MESH = 256 * 1024 };

typedef struct {
  pk_carrier *c;
  qpdf_oh dict;
  const pk_hues *hues;
  int type;
  size_t stops;
  GHashTable *done; /* functions that are mapped */
  /* where all stops are tints of one ink */
  bool is_one_ink;
  size_t ink;
} gradient;

/* ---- stops --------------------------------------------------------------- */

static bool read_stop(const gradient *g, qpdf_oh function, const char *name, double *n) {
  qpdf_oh stop = pk_carry_key(g->c, function, name);
  int count = qpdf_oh_is_array(g->c->qpdf, stop) ? qpdf_oh_get_array_n_items(g->c->qpdf, stop) : 0;
  if (count == 0 && g->hues->components == 1) {
    n[0] = strcmp(name, "/C1") == 0;
    return true;
  }
  if (count != g->hues->components) return false;
  for (int i = 0; i < count; i++)
    if (!qpdf_oh_get_value_as_number(g->c->qpdf, qpdf_oh_get_array_item(g->c->qpdf, stop, i), &n[i])) return false;
  return true;
}

typedef bool (*stop_fn)(gradient *g, qpdf_oh function, const char *name, const double *n);

/* Calls `take` for both ends of each interval. False if it is no gradient of stops. */
static bool each_stop(gradient *g, qpdf_oh function, int depth, stop_fn take) {
  static const char *const ends[] = {"/C0", "/C1"};
  int kind = -1, id = qpdf_oh_get_object_id(g->c->qpdf, function);
  if (!qpdf_oh_is_dictionary(g->c->qpdf, function) || depth > MAX_STITCHES) return false;
  qpdf_oh_get_value_as_int(g->c->qpdf, pk_carry_key(g->c, function, "/FunctionType"), &kind);
  if (id && !g_hash_table_add(g->done, GINT_TO_POINTER(id))) return true;
  if (kind == 2) {
    double n[PK_FUNCTION_MAX] = {0};
    if (++g->stops > MAX_STOPS) return false;
    for (int i = 0; i < 2; i++)
      if (!read_stop(g, function, ends[i], n) || !take(g, function, ends[i], n)) return false;
    return true;
  }
  qpdf_oh parts = pk_carry_key(g->c, function, "/Functions");
  int count = kind == 3 && qpdf_oh_is_array(g->c->qpdf, parts) ? qpdf_oh_get_array_n_items(g->c->qpdf, parts) : 0;
  bool is_fine = count > 0 && count <= MAX_STOPS;
  for (int i = 0; i < count && is_fine; i++)
    is_fine = each_stop(g, qpdf_oh_get_array_item(g->c->qpdf, parts, i), depth + 1, take);
  return is_fine;
}

/* The share of ink that a colour is on its plate; paper is none of any. */
static bool share_of(gradient *g, const double *n, size_t *ink, double *share) {
  pk_mapped mapped;
  pk_carry_map(g->c, g->hues, n, (pk_overprint){0}, &mapped);
  *share = mapped.how == PK_MAPPED_INK ? mapped.share : 0;
  *ink = mapped.how == PK_MAPPED_INK ? mapped.ink : SIZE_MAX;
  bool is_paper =
      mapped.how == PK_MAPPED_DEVICE && mapped.count == 4 && mapped.v[0] + mapped.v[1] + mapped.v[2] + mapped.v[3] == 0;
  return mapped.how == PK_MAPPED_INK || is_paper;
}

static bool compare_stop(gradient *g, qpdf_oh function, const char *name, const double *n) {
  size_t ink;
  double share;
  (void)function, (void)name;
  if (!share_of(g, n, &ink, &share)) g->is_one_ink = false;
  if (ink == SIZE_MAX) return true;
  if (g->ink != SIZE_MAX && g->ink != ink) g->is_one_ink = false;
  g->ink = ink;
  return true;
}

static void put_stop(gradient *g, qpdf_oh function, const char *name, const double *v, int count) {
  qpdf_oh list = qpdf_oh_new_array(g->c->qpdf);
  for (int i = 0; i < count; i++)
    qpdf_oh_append_item(g->c->qpdf, list, qpdf_oh_new_real_from_double(g->c->qpdf, v[i], 4));
  qpdf_oh_replace_key(g->c->qpdf, function, name, list);
}

static bool map_stop(gradient *g, qpdf_oh function, const char *name, const double *n) {
  double v[4];
  size_t ink;
  if (g->is_one_ink) {
    share_of(g, n, &ink, v);
    put_stop(g, function, name, v, 1);
    return true;
  }
  pk_carry_device_colour(g->c, g->hues, n, v);
  put_stop(g, function, name, v, pk_carry_components(g->c));
  return true;
}

static void set_space(gradient *g, qpdf_oh space) {
  qpdf_oh_replace_key(g->c->qpdf, g->dict, "/ColorSpace", space);
}

static void start(gradient *g) {
  g->stops = 0;
  g_hash_table_remove_all(g->done);
}

static bool map_stops(gradient *g, qpdf_oh function) {
  g->is_one_ink = true;
  g->ink = SIZE_MAX;
  start(g);
  if (!each_stop(g, function, 0, compare_stop)) return false;
  if (g->ink == SIZE_MAX) g->is_one_ink = false;
  start(g);
  each_stop(g, function, 0, map_stop);
  set_space(g, g->is_one_ink ? pk_carry_ink_space(g->c, g->ink) : qpdf_oh_new_name(g->c->qpdf, pk_carry_device(g->c)));
  return true;
}

/* ---- functions ----------------------------------------------------------- */

static void read_domain(gradient *g, double *domain, int inputs) {
  qpdf_oh list = pk_carry_key(g->c, g->dict, "/Domain");
  for (int i = 0; i < 2 * inputs; i++) domain[i] = i % 2;
  if (!qpdf_oh_is_array(g->c->qpdf, list) || qpdf_oh_get_array_n_items(g->c->qpdf, list) != 2 * inputs) return;
  for (int i = 0; i < 2 * inputs; i++)
    qpdf_oh_get_value_as_number(g->c->qpdf, qpdf_oh_get_array_item(g->c->qpdf, list, i), &domain[i]);
}

static bool map_function(gradient *g, qpdf_oh object) {
  pk_function *function = pk_function_read(g->c->qpdf, object);
  int inputs = function ? pk_function_inputs(function) : 0, count = pk_carry_components(g->c);
  bool is_fine = function && inputs == (g->type == 1 ? 2 : 1) && pk_function_outputs(function) == g->hues->components;
  if (is_fine) {
    double domain[4];
    size_t size = inputs == 1 ? STEPS : GRID, points = inputs == 1 ? STEPS : GRID * GRID;
    g_autofree uint8_t *samples = g_malloc(points * (size_t)count);
    read_domain(g, domain, inputs);
    for (size_t at = 0; at < points; at++) {
      double in[2], n[PK_FUNCTION_MAX], v[4];
      for (size_t i = 0; i < (size_t)inputs; i++) {
        size_t place = i ? at / size : at % size;
        in[i] = domain[2 * i] + (double)place / (double)(size - 1) * (domain[2 * i + 1] - domain[2 * i]);
      }
      pk_function_run(function, in, n);
      pk_carry_device_colour(g->c, g->hues, n, v);
      for (int i = 0; i < count; i++)
        samples[at * (size_t)count + (size_t)i] = (uint8_t)lround(CLAMP(v[i], 0.0, 1.0) * 255);
    }
    qpdf_oh_replace_key(g->c->qpdf, g->dict, "/Function",
                        pk_carry_sampled(g->c, inputs, (int)size, count, domain, samples));
    set_space(g, qpdf_oh_new_name(g->c->qpdf, pk_carry_device(g->c)));
  }
  pk_function_drop(function);
  return is_fine;
}

/* ---- which way ----------------------------------------------------------- */

/* Its numbers are those of the output already. */
static bool is_at_home(const gradient *g) {
  if (g->c->is_mask) return g->hues->kind == PK_HUES_GREY;
  if (g->c->order->target == PK_TARGET_SCREEN) return g->hues->kind == PK_HUES_RGB || g->hues->kind == PK_HUES_GREY;
  if (g->c->order->target == PK_TARGET_PLATE) return false;
  bool is_own = g->hues->kind == PK_HUES_TAGGED && g->hues->components == 4 && pk_tagged_is_press(g->hues->tagged);
  return g->hues->kind == PK_HUES_CMYK || g->hues->kind == PK_HUES_GREY || is_own;
}

static bool is_on_plates(const gradient *g, qpdf_oh *space) {
  const double full[PK_FUNCTION_MAX] = {1};
  pk_mapped mapped;
  if (g->hues->kind != PK_HUES_PLATES) return false;
  pk_carry_map(g->c, g->hues, full, (pk_overprint){0}, &mapped);
  if (mapped.how == PK_MAPPED_INK) *space = pk_carry_ink_space(g->c, mapped.ink);
  if (mapped.how == PK_MAPPED_SPACE) *space = pk_carry_space(g->c, g->hues);
  return mapped.how == PK_MAPPED_INK || mapped.how == PK_MAPPED_SPACE;
}

static void map_background(gradient *g) {
  double n[PK_FUNCTION_MAX], v[4];
  qpdf_oh ground = pk_carry_key(g->c, g->dict, "/Background");
  if (qpdf_oh_is_null(g->c->qpdf, ground)) return;
  if (!read_stop(g, g->dict, "/Background", n) || g->is_one_ink) {
    qpdf_oh_remove_key(g->c->qpdf, g->dict, "/Background");
    return;
  }
  pk_carry_device_colour(g->c, g->hues, n, v);
  put_stop(g, g->dict, "/Background", v, pk_carry_components(g->c));
}

static void map_gradient(gradient *g) {
  qpdf_oh function = pk_carry_key(g->c, g->dict, "/Function"), space = 0;
  bool has_function = !qpdf_oh_is_null(g->c->qpdf, function);
  if (is_at_home(g)) {
    if (g->hues->kind == PK_HUES_TAGGED) set_space(g, qpdf_oh_new_name(g->c->qpdf, pk_carry_device(g->c)));
    return;
  }
  if (is_on_plates(g, &space)) {
    set_space(g, space);
    return;
  }
  bool is_mapped = has_function && ((g->type <= 3 && map_stops(g, function)) || map_function(g, function));
  if (!is_mapped)
    pk_carry_stuck(g->c, has_function ? "a gradient whose function is not understood" : "a mesh gradient");
  if (is_mapped) map_background(g);
}

/* Each patch of a mesh may cover the page, and takes long to paint. */
static bool is_bounded_mesh(pk_carrier *c, qpdf_oh shading) {
  if (!qpdf_oh_is_stream(c->qpdf, shading)) return true;
  g_autoptr(GString) data = g_string_new(NULL);
  pk_decode result = pk_reader_decode(c->qpdf, shading, MAX_MESH, data);
  if (result == PK_DECODE_OK) return true;
  c->problem->is_too_large = result == PK_DECODE_TOO_LARGE;
  return result == PK_DECODE_TOO_LARGE
             ? pk_carry_fail(c, "it holds a mesh gradient of more than %d kB", MAX_MESH / 1024)
             : pk_carry_fail(c, "a gradient in it is damaged");
}

void pk_carry_function(pk_carrier *c, qpdf_oh object, int depth) {
  static const char *const kept[] = {"/FunctionType",
                                     "/Domain",
                                     "/Range",
                                     "/C0",
                                     "/C1",
                                     "/N",
                                     "/Functions",
                                     "/Bounds",
                                     "/Encode",
                                     "/Size",
                                     "/BitsPerSample",
                                     "/Order",
                                     "/Decode",
                                     "/Filter",
                                     "/Length",
                                     "/DecodeParms",
                                     NULL};
  int id = qpdf_oh_get_object_id(c->qpdf, object);
  if (depth > MAX_NESTED || (id && !g_hash_table_add(c->pictures, GINT_TO_POINTER(id)))) return;
  qpdf_oh dict = qpdf_oh_is_stream(c->qpdf, object) ? qpdf_oh_get_dict(c->qpdf, object) : object;
  if (qpdf_oh_is_dictionary(c->qpdf, dict)) pk_carry_keep(c, dict, kept);
  qpdf_oh parts = qpdf_oh_is_array(c->qpdf, object) ? object : pk_carry_key(c, dict, "/Functions");
  int count = qpdf_oh_is_array(c->qpdf, parts) ? MIN(qpdf_oh_get_array_n_items(c->qpdf, parts), MAX_STOPS) : 0;
  for (int i = 0; i < count; i++) pk_carry_function(c, qpdf_oh_get_array_item(c->qpdf, parts, i), depth + 1);
}

/* Nobody is handed a function that has not been read to its end, or gives no colour of
 * the space. */
static bool has_sound_function(gradient *g) {
  qpdf_oh object = pk_carry_key(g->c, g->dict, "/Function");
  if (qpdf_oh_is_null(g->c->qpdf, object)) return g->type > 3 || pk_carry_fail(g->c, "a gradient in it is damaged");
  pk_function *function = pk_function_read(g->c->qpdf, object);
  bool is_sound = function && pk_function_inputs(function) == (g->type == 1 ? 2 : 1) &&
                  pk_function_outputs(function) == g->hues->components;
  pk_function_drop(function);
  if (is_sound) pk_carry_function(g->c, object, 0);
  return is_sound || pk_carry_fail(g->c, "a gradient in it is damaged, or runs over too many stops");
}

void pk_carry_gradient(pk_carrier *c, qpdf_oh shading, qpdf_oh resources) {
  static const char *const kept[] = {"/ShadingType",
                                     "/ColorSpace",
                                     "/Background",
                                     "/BBox",
                                     "/AntiAlias",
                                     "/Coords",
                                     "/Domain",
                                     "/Extend",
                                     "/Function",
                                     "/Matrix",
                                     "/Decode",
                                     "/Length",
                                     "/BitsPerCoordinate",
                                     "/BitsPerComponent",
                                     "/BitsPerFlag",
                                     "/VerticesPerRow",
                                     "/Filter",
                                     "/DecodeParms",
                                     NULL};
  int id = qpdf_oh_get_object_id(c->qpdf, shading);
  if (id && !g_hash_table_add(c->pictures, GINT_TO_POINTER(c->is_mask ? -id : id))) return;
  gradient g = {.c = c, .dict = qpdf_oh_is_stream(c->qpdf, shading) ? qpdf_oh_get_dict(c->qpdf, shading) : shading};
  if (!qpdf_oh_is_dictionary(c->qpdf, g.dict) || !is_bounded_mesh(c, shading)) return;
  pk_carry_keep(c, g.dict, kept);
  qpdf_oh_get_value_as_int(c->qpdf, pk_carry_key(c, g.dict, "/ShadingType"), &g.type);
  g.hues = pk_carry_hues(c, pk_carry_key(c, g.dict, "/ColorSpace"), resources);
  if (!g.hues || g.hues->kind == PK_HUES_PATTERN) {
    pk_carry_fail(c, "a gradient in it has an unknown colour space");
    return;
  }
  if (!has_sound_function(&g)) return;
  g.done = g_hash_table_new(NULL, NULL);
  map_gradient(&g);
  g_hash_table_unref(g.done);
}
