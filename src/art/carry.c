/* Carries a page of any PDF over, into a PDF of that page alone.
 *
 * In:  a file, not to be trusted, and the output its colours are for. Out: a file
 * of one page, which is the trim of that one, with what its content draws and
 * nothing else: each kind of object keeps the entries that are listed for it.
 *
 * It is the same for what Cairo makes of an SVG and for what somebody sent. */
#include "art/carry.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "art/carrier.h"
#include "base/deflate.h"

enum { MAX_KEYS = 20000 };

/* ---- small things -------------------------------------------------------- */

bool pk_carry_fail(pk_carrier *c, const char *format, ...) {
  if (c->has_failed) return false;
  va_list args;
  va_start(args, format);
  g_vsnprintf(c->problem->text, sizeof c->problem->text, format, args);
  va_end(args);
  c->has_failed = true;
  return false;
}

void pk_carry_stuck(pk_carrier *c, const char *format, ...) {
  if (c->left->stuck[0]) return;
  va_list args;
  va_start(args, format);
  g_vsnprintf(c->left->stuck, sizeof c->left->stuck, format, args);
  va_end(args);
}

qpdf_oh pk_carry_key(const pk_carrier *c, qpdf_oh dict, const char *name) {
  return qpdf_oh_get_key_if_dict(c->qpdf, dict, name);
}

bool pk_carry_is_name(const pk_carrier *c, qpdf_oh object, const char *name) {
  return qpdf_oh_is_name_and_equals(c->qpdf, object, name);
}

bool pk_carry_number(const pk_carrier *c, qpdf_oh dict, const char *name, double *out) {
  double value;
  if (!qpdf_oh_get_value_as_number(c->qpdf, pk_carry_key(c, dict, name), &value) || !isfinite(value)) return false;
  *out = value;
  return true;
}

char **pk_carry_keys(const pk_carrier *c, qpdf_oh dict) {
  GPtrArray *keys = g_ptr_array_new();
  if (qpdf_oh_is_dictionary(c->qpdf, dict)) {
    qpdf_oh_begin_dict_key_iter(c->qpdf, dict);
    while (qpdf_oh_dict_more_keys(c->qpdf)) g_ptr_array_add(keys, g_strdup(qpdf_oh_dict_next_key(c->qpdf)));
  }
  g_ptr_array_add(keys, NULL);
  return (char **)g_ptr_array_free(keys, FALSE);
}

void pk_carry_keep(pk_carrier *c, qpdf_oh dict, const char *const *names) {
  g_auto(GStrv) keys = pk_carry_keys(c, dict);
  for (char **key = keys; *key; key++)
    if (!g_strv_contains(names, *key)) qpdf_oh_remove_key(c->qpdf, dict, *key);
}

void pk_carry_put_data(pk_carrier *c, qpdf_oh stream, const void *data, size_t size, const char *parameters) {
  size_t packed_size;
  g_autofree uint8_t *packed = pk_deflate(data, size, PK_DEFLATE_LEVEL, &packed_size);
  qpdf_oh_replace_stream_data(c->qpdf, stream, packed, packed_size, qpdf_oh_new_name(c->qpdf, "/FlateDecode"),
                              parameters ? qpdf_oh_parse(c->qpdf, parameters) : qpdf_oh_new_null(c->qpdf));
}

/* ---- content ------------------------------------------------------------- */

static bool decode(pk_carrier *c, qpdf_oh stream, GString *out) {
  size_t left = PK_CARRY_MAX_BYTES - MIN(c->bytes, PK_CARRY_MAX_BYTES), before = out->len;
  pk_decode result = pk_reader_decode(c->qpdf, stream, left, out);
  c->bytes += out->len - before;
  g_string_append_c(out, '\n');
  if (result == PK_DECODE_OK) return true;
  c->problem->is_too_large = result == PK_DECODE_TOO_LARGE;
  return pk_carry_fail(c, "its content (object %d) %s", qpdf_oh_get_object_id(c->qpdf, stream),
                       result == PK_DECODE_TOO_LARGE ? "is too large once it is unpacked" : "is damaged");
}

bool pk_carry_stream(pk_carrier *c, qpdf_oh stream, qpdf_oh dict, qpdf_oh around, size_t *cost) {
  qpdf_oh own = pk_carry_key(c, dict, "/Resources"), fresh = qpdf_oh_new_dictionary(c->qpdf);
  g_autoptr(GString) content = g_string_new(NULL), out = g_string_new(NULL);
  if (!decode(c, stream, content)) return false;
  bool has_own = qpdf_oh_is_dictionary(c->qpdf, own);
  if (!pk_carry_content(c, content->str, content->len, has_own ? own : around, fresh, out, cost)) return false;
  pk_carry_put_data(c, stream, out->str, out->len, NULL);
  qpdf_oh_replace_key(c->qpdf, dict, "/Resources", fresh);
  return true;
}

/* ---- forms, patterns ----------------------------------------------------- */

static int mark_of(const pk_carrier *c, qpdf_oh object) {
  int id = qpdf_oh_get_object_id(c->qpdf, object);
  return c->is_mask ? -id : id;
}

/* Whether an object still has to be carried; else `*cost` is what it takes to draw
 * it. A circle ends the walk. */
static bool enter(pk_carrier *c, qpdf_oh object, size_t *cost) {
  int mark = mark_of(c, object);
  gpointer known;
  if (c->depth >= PK_CARRY_DEEP) return pk_carry_fail(c, "its forms are nested too deep");
  if (mark == 0) return true;
  if (g_hash_table_contains(c->costs, GINT_TO_POINTER(-mark)))
    pk_carry_stuck(c, "a form that is drawn and is a mask as well");
  if (!g_hash_table_lookup_extended(c->costs, GINT_TO_POINTER(mark), NULL, &known)) {
    g_hash_table_insert(c->costs, GINT_TO_POINTER(mark), NULL);
    return true;
  }
  if (!known) return pk_carry_fail(c, "a part of it (object %d) draws itself", ABS(mark));
  *cost += GPOINTER_TO_SIZE(known) - 1;
  return false;
}

static void leave(pk_carrier *c, qpdf_oh object, size_t cost) {
  int mark = mark_of(c, object);
  if (mark) g_hash_table_insert(c->costs, GINT_TO_POINTER(mark), GSIZE_TO_POINTER(cost + 1));
}

/* The colours of a group are mixed in those of the output. */
static void set_group(pk_carrier *c, qpdf_oh dict) {
  static const char *const kept[] = {"/S", "/I", "/K", "/CS", "/Type", NULL};
  qpdf_oh group = pk_carry_key(c, dict, "/Group");
  if (!pk_carry_is_name(c, pk_carry_key(c, group, "/S"), "/Transparency") || c->mapper->colours->is_opaque) {
    qpdf_oh_remove_key(c->qpdf, dict, "/Group");
    return;
  }
  pk_carry_keep(c, group, kept);
  if (!qpdf_oh_is_null(c->qpdf, pk_carry_key(c, group, "/CS")))
    qpdf_oh_replace_key(c->qpdf, group, "/CS", qpdf_oh_new_name(c->qpdf, pk_carry_device(c)));
}

static double area_of(const pk_box *box) {
  return (box->right - box->left) * (box->top - box->bottom);
}

static bool carry_form(pk_carrier *c, qpdf_oh stream, qpdf_oh around, size_t *cost) {
  static const char *const kept[] = {"/Type",  "/Subtype", "/FormType", "/BBox",        "/Matrix", "/Resources",
                                     "/Group", "/Filter",  "/Length",   "/DecodeParms", NULL};
  size_t own = 0;
  if (!enter(c, stream, cost)) return !c->has_failed;
  qpdf_oh dict = qpdf_oh_get_dict(c->qpdf, stream);
  pk_box box;
  if (!pk_reader_box(c->qpdf, pk_carry_key(c, dict, "/BBox"), &box))
    return pk_carry_fail(c, "a part of it (object %d) has no size", qpdf_oh_get_object_id(c->qpdf, stream));
  pk_carry_keep(c, dict, kept);
  set_group(c, dict);
  if (qpdf_oh_has_key(c->qpdf, dict, "/Group")) own = PK_CARRY_GROUP_COST;
  double area = c->area;
  c->area = area_of(&box);
  c->depth++;
  bool is_fine = pk_carry_stream(c, stream, dict, around, &own);
  c->depth--;
  c->area = area;
  leave(c, stream, own);
  *cost += own;
  return is_fine;
}

/* Steps smaller than this fill an area with more tiles than anybody can see. */
static const double SMALLEST_STEP = 0.01;

static bool carry_tiles(pk_carrier *c, qpdf_oh stream, qpdf_oh around, size_t *cost) {
  static const char *const kept[] = {"/Type",   "/PatternType", "/PaintType", "/TilingType", "/BBox",
                                     "/XStep",  "/YStep",       "/Resources", "/Matrix",     "/Filter",
                                     "/Length", "/DecodeParms", NULL};
  size_t own = 0;
  double across = 0, down = 0;
  if (!enter(c, stream, cost)) return !c->has_failed;
  qpdf_oh dict = qpdf_oh_get_dict(c->qpdf, stream);
  pk_carry_keep(c, dict, kept);
  pk_carry_number(c, dict, "/XStep", &across);
  pk_carry_number(c, dict, "/YStep", &down);
  pk_box box;
  if (fabs(across) < SMALLEST_STEP || fabs(down) < SMALLEST_STEP ||
      !pk_reader_box(c->qpdf, pk_carry_key(c, dict, "/BBox"), &box))
    return pk_carry_fail(c, "a pattern in it (object %d) has tiles without a size",
                         qpdf_oh_get_object_id(c->qpdf, stream));
  double area = c->area, matrix[6];
  pk_reader_matrix(c->qpdf, pk_carry_key(c, dict, "/Matrix"), matrix);
  double tile = fabs(across * down * (matrix[0] * matrix[3] - matrix[1] * matrix[2]));
  c->area = area_of(&box);
  c->depth++;
  bool is_fine = pk_carry_stream(c, stream, dict, around, &own);
  c->depth--;
  c->area = area;
  /* Each tile that fits into the area is drawn. */
  own = (size_t)fmin(fmax(area / tile, 1) * (double)(own + 1), 2.0 * PK_CARRY_MAX_COST);
  leave(c, stream, own);
  *cost += own;
  return is_fine;
}

/* ---- graphics states ----------------------------------------------------- */

static bool is_other_than(const pk_carrier *c, qpdf_oh value, const char *name) {
  return !qpdf_oh_is_null(c->qpdf, value) && !pk_carry_is_name(c, value, name);
}

/* Blend modes may come as a list of which the first that is known counts. */
static bool is_blended(const pk_carrier *c, qpdf_oh mode) {
  if (qpdf_oh_is_array(c->qpdf, mode) && qpdf_oh_get_array_n_items(c->qpdf, mode) > 0)
    mode = qpdf_oh_get_array_item(c->qpdf, mode, 0);
  return is_other_than(c, mode, "/Normal") && !pk_carry_is_name(c, mode, "/Compatible");
}

/* Of the group that is a mask. A transfer function of it may stay. */
static bool carry_mask(pk_carrier *c, qpdf_oh mask, qpdf_oh around, size_t *cost) {
  static const char *const kept[] = {"/Type", "/S", "/G", "/BC", "/TR", NULL};
  pk_carry_keep(c, mask, kept);
  qpdf_oh group = pk_carry_key(c, mask, "/G"), ground = pk_carry_key(c, mask, "/BC");
  bool is_light = pk_carry_is_name(c, pk_carry_key(c, mask, "/S"), "/Luminosity"), before = c->is_mask;
  if (!qpdf_oh_is_stream(c->qpdf, group)) return pk_carry_fail(c, "a mask in it is damaged");
  qpdf_oh curve = pk_carry_key(c, mask, "/TR");
  pk_function *function = qpdf_oh_is_name(c->qpdf, curve) ? NULL : pk_function_read(c->qpdf, curve);
  if (function)
    pk_carry_function(c, curve, 0);
  else
    qpdf_oh_remove_key(c->qpdf, mask, "/TR");
  pk_function_drop(function);
  qpdf_oh space = pk_carry_key(c, pk_carry_key(c, qpdf_oh_get_dict(c->qpdf, group), "/Group"), "/CS");
  bool has_ground = is_light && qpdf_oh_is_array(c->qpdf, ground);
  pk_hues *hues = has_ground ? pk_carry_hues(c, space, qpdf_oh_new_null(c->qpdf)) : NULL;
  c->is_mask = is_light;
  if (hues && qpdf_oh_get_array_n_items(c->qpdf, ground) == hues->components) {
    double n[PK_FUNCTION_MAX] = {0}, mapped[4];
    for (int i = 0; i < hues->components; i++)
      qpdf_oh_get_value_as_number(c->qpdf, qpdf_oh_get_array_item(c->qpdf, ground, i), &n[i]);
    pk_carry_device_colour(c, hues, n, mapped);
    qpdf_oh list = qpdf_oh_new_array(c->qpdf);
    for (int i = 0; i < pk_carry_components(c); i++)
      qpdf_oh_append_item(c->qpdf, list, qpdf_oh_new_real_from_double(c->qpdf, mapped[i], 4));
    qpdf_oh_replace_key(c->qpdf, mask, "/BC", list);
  } else {
    qpdf_oh_remove_key(c->qpdf, mask, "/BC");
  }
  bool is_fine = carry_form(c, group, around, cost);
  c->is_mask = before;
  return is_fine;
}

static bool carry_state(pk_carrier *c, qpdf_oh dict, qpdf_oh around, size_t *cost) {
  static const char *const kept[] = {"/Type", "/LW", "/LC", "/LJ", "/ML",    "/D",  "/RI", "/OP",  "/op", "/OPM",
                                     "/FL",   "/SM", "/SA", "/BM", "/SMask", "/CA", "/ca", "/AIS", "/TK", NULL};
  double fill = 1, stroke = 1;
  int mark = mark_of(c, dict);
  bool is_known = mark && !g_hash_table_add(c->pictures, GINT_TO_POINTER(mark));
  pk_carry_number(c, dict, "/ca", &fill);
  pk_carry_number(c, dict, "/CA", &stroke);
  qpdf_oh mask = pk_carry_key(c, dict, "/SMask");
  bool has_mask = qpdf_oh_is_dictionary(c->qpdf, mask);
  if (fill < 1 || stroke < 1 || has_mask || is_blended(c, pk_carry_key(c, dict, "/BM"))) c->left->is_transparent = true;
  if (!is_known) pk_carry_keep(c, dict, kept);
  if (has_mask && !carry_mask(c, mask, around, cost)) return false;
  if (!has_mask && is_other_than(c, mask, "/None")) qpdf_oh_remove_key(c->qpdf, dict, "/SMask");
  if (!c->mapper->colours->is_opaque) return true;
  static const char *const sheer[] = {"/SMask", "/BM", "/CA", "/ca", "/AIS", "/TK"};
  for (size_t i = 0; i < G_N_ELEMENTS(sheer) && !c->left->is_transparent; i++)
    qpdf_oh_remove_key(c->qpdf, dict, sheer[i]);
  return true;
}

/* ---- by category --------------------------------------------------------- */

static qpdf_oh carry_object(pk_carrier *c, qpdf_oh stream, qpdf_oh around, size_t *cost) {
  if (!qpdf_oh_is_stream(c->qpdf, stream)) return 0;
  qpdf_oh dict = qpdf_oh_get_dict(c->qpdf, stream), kind = pk_carry_key(c, dict, "/Subtype");
  bool is_hidden = pk_layers_hide(c->layers, c->qpdf, pk_carry_key(c, dict, "/OC"));
  bool is_script = pk_carry_is_name(c, pk_carry_key(c, dict, "/Subtype2"), "/PS");
  if (is_hidden || is_script) return 0;
  if (pk_carry_is_name(c, kind, "/Form")) return carry_form(c, stream, around, cost) ? stream : 0;
  if (!pk_carry_is_name(c, kind, "/Image")) return 0;
  pk_carry_picture(c, stream, around);
  return stream;
}

static qpdf_oh carry_pattern(pk_carrier *c, qpdf_oh pattern, qpdf_oh around, size_t *cost) {
  static const char *const kept[] = {"/Type", "/PatternType", "/Shading", "/Matrix", NULL};
  if (qpdf_oh_is_stream(c->qpdf, pattern)) return carry_tiles(c, pattern, around, cost) ? pattern : 0;
  if (!qpdf_oh_is_dictionary(c->qpdf, pattern)) return 0;
  pk_carry_keep(c, pattern, kept);
  pk_carry_gradient(c, pk_carry_key(c, pattern, "/Shading"), around);
  return pattern;
}

qpdf_oh pk_carry_resource(pk_carrier *c, const char *kind, qpdf_oh object, qpdf_oh resources, size_t *cost) {
  if (strcmp(kind, "/XObject") == 0) return carry_object(c, object, resources, cost);
  if (strcmp(kind, "/Pattern") == 0) return carry_pattern(c, object, resources, cost);
  if (strcmp(kind, "/Shading") == 0) {
    pk_carry_gradient(c, object, resources);
    return object;
  }
  if (!qpdf_oh_is_dictionary(c->qpdf, object)) return 0;
  if (strcmp(kind, "/Font") == 0) return pk_carry_font(c, object, resources, cost) ? object : 0;
  return carry_state(c, object, resources, cost) ? object : 0;
}

/* ---- the page ------------------------------------------------------------ */

static bool page_content(pk_carrier *c, qpdf_oh page, GString *out) {
  qpdf_oh contents = pk_carry_key(c, page, "/Contents");
  if (qpdf_oh_is_stream(c->qpdf, contents)) return decode(c, contents, out);
  int count = qpdf_oh_is_array(c->qpdf, contents) ? qpdf_oh_get_array_n_items(c->qpdf, contents) : 0;
  for (int i = 0; i < count; i++) {
    qpdf_oh part = qpdf_oh_get_array_item(c->qpdf, contents, i);
    bool is_fine = !qpdf_oh_is_stream(c->qpdf, part) || decode(c, part, out);
    qpdf_oh_release(c->qpdf, part);
    if (!is_fine) return false;
  }
  return true;
}

/* The page is its trim, in its own units and turned as it was: patterns lie by the
 * page and not by what its content is moved by. */
static void set_box(pk_carrier *c, qpdf_oh object) {
  pk_reader_page page;
  pk_reader_page_boxes(c->qpdf, object, &page);
  qpdf_oh box = qpdf_oh_new_array(c->qpdf);
  const double sides[4] = {page.trim.left, page.trim.bottom, page.trim.right, page.trim.top};
  for (int i = 0; i < 4; i++) qpdf_oh_append_item(c->qpdf, box, qpdf_oh_new_real_from_double(c->qpdf, sides[i], 4));
  qpdf_oh_replace_key(c->qpdf, object, "/MediaBox", box);
  c->area = area_of(&page.trim);
}

/* The catalogue and the trailer lead to the page and to nothing else. */
static void set_root(pk_carrier *c, qpdf_oh page) {
  static const char *const kept_root[] = {"/Type", "/Pages", NULL}, *const kept_tree[] = {"/Type", "/Kids", "/Count",
                                                                                          NULL};
  static const char *const kept_trailer[] = {"/Root", "/Size", "/ID", NULL};
  qpdf_oh root = qpdf_get_root(c->qpdf), trailer = qpdf_get_trailer(c->qpdf);
  qpdf_oh tree = qpdf_make_indirect_object(c->qpdf, qpdf_oh_parse(c->qpdf, "<</Type/Pages/Count 1/Kids[]>>"));
  pk_carry_keep(c, root, kept_root);
  pk_carry_keep(c, tree, kept_tree);
  qpdf_oh_append_item(c->qpdf, pk_carry_key(c, tree, "/Kids"), page);
  qpdf_oh_replace_key(c->qpdf, page, "/Parent", tree);
  qpdf_oh_replace_key(c->qpdf, root, "/Pages", tree);
  pk_carry_keep(c, trailer, kept_trailer);
}

static bool take_page(pk_carrier *c) {
  static const char *const kept[] = {"/Type",   "/Resources", "/Contents", "/MediaBox",
                                     "/Rotate", "/UserUnit",  "/Group",    NULL};
  int count = qpdf_get_num_pages(c->qpdf);
  if (count < 0 || (size_t)count <= c->order->page || (qpdf_push_inherited_attributes_to_page(c->qpdf) & QPDF_ERRORS))
    return pk_carry_fail(c, "it has no such page");
  qpdf_oh object = qpdf_get_page_n(c->qpdf, c->order->page);
  if (!qpdf_oh_is_dictionary(c->qpdf, object)) return pk_carry_fail(c, "its page is damaged");
  g_autoptr(GString) content = g_string_new(NULL), out = g_string_new(NULL);
  size_t cost = 0;
  qpdf_oh fresh = qpdf_oh_new_dictionary(c->qpdf), resources = pk_carry_key(c, object, "/Resources");
  set_box(c, object);
  if (!page_content(c, object, content)) return false;
  if (!pk_carry_content(c, content->str, content->len, resources, fresh, out, &cost)) return false;
  pk_carry_keep(c, object, kept);
  set_group(c, object);
  qpdf_oh stream = qpdf_oh_new_stream(c->qpdf);
  pk_carry_put_data(c, stream, out->str, out->len, NULL);
  qpdf_oh_replace_key(c->qpdf, object, "/Contents", stream);
  qpdf_oh_replace_key(c->qpdf, object, "/Resources", fresh);
  set_root(c, object);
  return true;
}

/* ---- the file ------------------------------------------------------------ */

static bool take_error(pk_carrier *c) {
  if (!qpdf_has_error(c->qpdf)) return false;
  pk_carry_fail(c, "%s", qpdf_get_error_message_detail(c->qpdf, qpdf_get_error(c->qpdf)));
  return true;
}

static uint8_t *write_file(pk_carrier *c, size_t *size) {
  if (qpdf_init_write_memory(c->qpdf) & QPDF_ERRORS) {
    take_error(c);
    return NULL;
  }
  qpdf_set_static_ID(c->qpdf, QPDF_TRUE); /* this file lives in memory alone */
  qpdf_set_stream_data_mode(c->qpdf, qpdf_s_preserve);
  qpdf_set_object_stream_mode(c->qpdf, qpdf_o_disable);
  qpdf_set_preserve_encryption(c->qpdf, QPDF_FALSE);
  qpdf_force_pdf_version(c->qpdf, "1.7");
  if ((qpdf_write(c->qpdf) & QPDF_ERRORS) || take_error(c)) {
    take_error(c);
    return NULL;
  }
  *size = qpdf_get_buffer_length(c->qpdf);
  return g_memdup2(qpdf_get_buffer(c->qpdf), *size);
}

static void drop_hues(gpointer hues) {
  pk_hues_drop(hues);
}

static void begin(pk_carrier *c, const pk_carry_order *order, pk_carry_left *left, pk_problem *problem) {
  *c = (pk_carrier){.order = order, .mapper = order->mapper, .left = left, .problem = problem};
  c->qpdf = qpdf_init();
  qpdf_silence_errors(c->qpdf);
  qpdf_set_suppress_warnings(c->qpdf, QPDF_TRUE);
  c->costs = g_hash_table_new(NULL, NULL);
  c->pictures = g_hash_table_new(NULL, NULL);
  c->spaces = g_hash_table_new(NULL, NULL);
  c->hues = g_ptr_array_new_with_free_func(drop_hues);
}

static void end(pk_carrier *c) {
  if (qpdf_has_error(c->qpdf)) qpdf_get_error(c->qpdf); /* libqpdf prints what nobody took */
  qpdf_cleanup(&c->qpdf);
  g_hash_table_unref(c->costs);
  g_hash_table_unref(c->pictures);
  g_hash_table_unref(c->spaces);
  g_ptr_array_unref(c->hues);
}

uint8_t *pk_carry_page(const pk_carry_order *order, const uint8_t *data, size_t size, size_t *out_size,
                       pk_carry_left *left, pk_problem *problem) {
  pk_carrier c;
  uint8_t *out = NULL;
  begin(&c, order, left, problem);
  if (!(qpdf_read_memory(c.qpdf, "art", (const char *)data, size, NULL) & QPDF_ERRORS)) {
    pk_layers *layers = pk_layers_read(c.qpdf);
    c.layers = layers;
    if (take_page(&c) && !take_error(&c)) out = write_file(&c, out_size);
    pk_layers_drop(layers);
  }
  take_error(&c);
  end(&c);
  return out;
}

bool pk_carry_text(pk_mapper *mapper, const char *content, size_t size, GString *out) {
  const pk_carry_order order = {.mapper = mapper, .target = PK_TARGET_PRESS};
  pk_carry_left left = {0};
  pk_problem problem = {0};
  pk_carrier c;
  size_t cost = 0;
  begin(&c, &order, &left, &problem);
  c.depth = 1;
  qpdf_empty_pdf(c.qpdf);
  pk_layers *layers = pk_layers_read(c.qpdf);
  c.layers = layers;
  qpdf_oh none = qpdf_oh_new_dictionary(c.qpdf), fresh = qpdf_oh_new_dictionary(c.qpdf);
  bool is_whole = pk_carry_content(&c, content, size, none, fresh, out, &cost);
  pk_layers_drop(layers);
  end(&c);
  return is_whole;
}
