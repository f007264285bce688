/* Maps every colour in a PDF file that Cairo wrote.
 *
 * In:  the file, RGB throughout. Out: the file in CMYK and grey: content of the
 * page, its forms and patterns; stops of gradients; pictures; blend spaces.
 *
 * It goes over the objects by number, not down the tree. What
 * lies inside a luminosity mask is left alone: there a colour is no ink but a
 * measure of opacity. A gradient is mapped at its stops and runs between them in inks,
 * so that a brand colour stays itself at its end. */
#include "art/recolour.h"

#include <qpdf/qpdf-c.h>
#include <string.h>

#include "art/content.h"
#include "base/deflate.h"

enum { MAX_OBJECTS = 200000, MAX_STOPS = 1000, MAX_STITCHES = 3 };

typedef struct {
  qpdf_data pdf;
  pk_mapper *mapper;
  pk_recolour_left *left;
  int count;       /* objects are 1..count */
  bool *is_masked; /* by object number: part of a soft mask */
} walker;

static qpdf_oh key(const walker *w, qpdf_oh dict, const char *name) {
  return qpdf_oh_get_key_if_dict(w->pdf, dict, name);
}

static bool is_name(const walker *w, qpdf_oh object, const char *name) {
  return qpdf_oh_is_name_and_equals(w->pdf, object, name);
}

static qpdf_oh dict_of(const walker *w, qpdf_oh object) {
  return qpdf_oh_is_stream(w->pdf, object) ? qpdf_oh_get_dict(w->pdf, object) : object;
}

static bool is_rgb_space(const walker *w, qpdf_oh space) {
  return is_name(w, space, "/DeviceRGB");
}

/* ---- soft masks ---------------------------------------------------------- */

static void mark_resource(walker *w, qpdf_oh resources, const char *kind, GArray *open) {
  qpdf_oh entries = key(w, resources, kind);
  if (!qpdf_oh_is_dictionary(w->pdf, entries)) return;
  qpdf_oh_begin_dict_key_iter(w->pdf, entries);
  while (qpdf_oh_dict_more_keys(w->pdf)) {
    int id = qpdf_oh_get_object_id(w->pdf, key(w, entries, qpdf_oh_dict_next_key(w->pdf)));
    if (id > 0) g_array_append_val(open, id);
  }
}

/* Marks a mask's group and all it draws with. Each object is opened once. */
static void mark_mask(walker *w, int group) {
  static const char *const kinds[] = {"/XObject", "/Pattern", "/Shading"};
  GArray *open = g_array_new(FALSE, FALSE, sizeof(int));
  g_array_append_val(open, group);
  while (open->len) {
    int id = g_array_index(open, int, open->len - 1);
    g_array_set_size(open, open->len - 1);
    if (id <= 0 || id > w->count || w->is_masked[id]) continue;
    w->is_masked[id] = true;
    qpdf_oh dict = dict_of(w, qpdf_get_object_by_id(w->pdf, id, 0));
    qpdf_oh resources = key(w, dict, "/Resources"), shading = key(w, dict, "/Shading");
    int shading_id = qpdf_oh_get_object_id(w->pdf, shading);
    if (shading_id > 0) g_array_append_val(open, shading_id);
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) mark_resource(w, resources, kinds[i], open);
  }
  g_array_unref(open);
}

static void find_masks(walker *w) {
  for (int id = 1; id <= w->count; id++) {
    qpdf_oh dict = dict_of(w, qpdf_get_object_by_id(w->pdf, id, 0));
    qpdf_oh mask = key(w, dict, "/SMask");
    if (qpdf_oh_is_stream(w->pdf, mask)) /* of a picture */
      mark_mask(w, qpdf_oh_get_object_id(w->pdf, mask));
    if (is_name(w, key(w, dict, "/S"), "/Luminosity")) mark_mask(w, qpdf_oh_get_object_id(w->pdf, key(w, dict, "/G")));
    if (is_name(w, key(w, mask, "/S"), "/Luminosity")) mark_mask(w, qpdf_oh_get_object_id(w->pdf, key(w, mask, "/G")));
    qpdf_oh_release_all(w->pdf);
  }
}

/* ---- gradients ----------------------------------------------------------- */

static bool map_stop(walker *w, qpdf_oh function, const char *name) {
  qpdf_oh stop = key(w, function, name);
  if (!qpdf_oh_is_array(w->pdf, stop) || qpdf_oh_get_array_n_items(w->pdf, stop) != 3) return false;
  double rgb[3], cmyk[4];
  for (int i = 0; i < 3; i++) rgb[i] = qpdf_oh_get_numeric_value(w->pdf, qpdf_oh_get_array_item(w->pdf, stop, i));
  pk_mapper_map(w->mapper, rgb, cmyk);
  qpdf_oh mapped = qpdf_oh_new_array(w->pdf);
  for (int i = 0; i < 4; i++) qpdf_oh_append_item(w->pdf, mapped, qpdf_oh_new_real_from_double(w->pdf, cmyk[i], 4));
  qpdf_oh_replace_key(w->pdf, function, name, mapped);
  return true;
}

/* A function from one stop to the next; false if it is of another kind or has
 * been mapped already, which its four components tell. */
static bool map_interval(walker *w, qpdf_oh function) {
  qpdf_oh first = key(w, function, "/C0");
  if (qpdf_oh_is_array(w->pdf, first) && qpdf_oh_get_array_n_items(w->pdf, first) == 4) return true;
  if (qpdf_oh_get_int_value_as_int(w->pdf, key(w, function, "/FunctionType")) != 2) return false;
  return map_stop(w, function, "/C0") && map_stop(w, function, "/C1");
}

/* `depth` counts how often a gradient that repeats was stitched once more. */
static bool map_function(walker *w, qpdf_oh function, int depth) {
  if (!qpdf_oh_is_dictionary(w->pdf, function) || depth > MAX_STITCHES) return false;
  if (qpdf_oh_get_int_value_as_int(w->pdf, key(w, function, "/FunctionType")) != 3) return map_interval(w, function);
  qpdf_oh parts = key(w, function, "/Functions");
  if (!qpdf_oh_is_array(w->pdf, parts)) return false;
  int count = qpdf_oh_get_array_n_items(w->pdf, parts);
  bool is_mapped = count <= MAX_STOPS;
  for (int i = 0; i < count && is_mapped; i++)
    is_mapped = map_function(w, qpdf_oh_get_array_item(w->pdf, parts, i), depth + 1);
  return is_mapped;
}

static void map_gradient(walker *w, qpdf_oh shading) {
  if (map_function(w, key(w, shading, "/Function"), 0))
    qpdf_oh_replace_key(w->pdf, shading, "/ColorSpace", qpdf_oh_new_name(w->pdf, "/DeviceCMYK"));
  else
    w->left->gradients++;
}

/* ---- streams ------------------------------------------------------------- */

static void replace_data(walker *w, qpdf_oh stream, const uint8_t *data, size_t size, const char *parameters) {
  qpdf_oh_replace_stream_data(w->pdf, stream, data, size, qpdf_oh_new_name(w->pdf, "/FlateDecode"),
                              parameters ? qpdf_oh_parse(w->pdf, parameters) : qpdf_oh_new_null(w->pdf));
}

/* Gives what draws from `resources` the spaces of the plates that it met. */
static void add_plates(walker *w, qpdf_oh owner) {
  const pk_art_colours *colours = w->mapper->colours;
  qpdf_oh resources = key(w, owner, "/Resources"), spaces = key(w, resources, "/ColorSpace");
  if (!w->mapper->plates || !qpdf_oh_is_dictionary(w->pdf, resources)) return;
  if (!qpdf_oh_is_dictionary(w->pdf, spaces)) {
    spaces = qpdf_oh_new_dictionary(w->pdf);
    qpdf_oh_replace_key(w->pdf, resources, "/ColorSpace", spaces);
  }
  for (size_t i = 0; i < MIN(colours->ink_count, 64); i++) {
    if (!(w->mapper->plates >> i & 1)) continue;
    const pk_art_ink *ink = &colours->inks[i];
    g_autofree char *name = g_strconcat("/", ink->spot, NULL), *entry = g_strdup_printf("/" PK_CONTENT_PLATE, i);
    g_autoptr(GString) function = g_string_new("<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[");
    for (size_t c = 0; c < 4; c++) {
      pk_content_number(function, ink->cmyk[c]);
      g_string_append(function, c < 3 ? " " : "]>>");
    }
    qpdf_oh space = qpdf_oh_parse(w->pdf, "[/Separation]");
    qpdf_oh_append_item(w->pdf, space, qpdf_oh_new_name(w->pdf, name));
    qpdf_oh_append_item(w->pdf, space, qpdf_oh_new_name(w->pdf, "/DeviceCMYK"));
    qpdf_oh_append_item(w->pdf, space, qpdf_oh_parse(w->pdf, function->str));
    qpdf_oh_replace_key(w->pdf, spaces, entry, space);
  }
}

static void map_stream_content(walker *w, qpdf_oh stream) {
  unsigned char *content = NULL;
  size_t size = 0;
  QPDF_BOOL filtered = QPDF_FALSE;
  if (qpdf_oh_get_stream_data(w->pdf, stream, qpdf_dl_generalized, &filtered, &content, &size) & QPDF_ERRORS) return;
  GString *mapped = g_string_sized_new(size + 64);
  if (!pk_content_map(w->mapper, (const char *)content, size, mapped)) w->left->inline_pictures++;
  size_t packed_size;
  g_autofree uint8_t *packed = pk_deflate(mapped->str, mapped->len, PK_DEFLATE_LEVEL, &packed_size);
  replace_data(w, stream, packed, packed_size, NULL);
  g_string_free(mapped, TRUE);
  free(content);
}

static bool convert_picture(walker *w, qpdf_oh stream, pk_raster *raster) {
  unsigned char *data = NULL;
  size_t size = 0;
  QPDF_BOOL filtered = QPDF_FALSE;
  QPDF_ERROR_CODE code = qpdf_oh_get_stream_data(w->pdf, stream, qpdf_dl_all, &filtered, &data, &size);
  bool ok = !(code & QPDF_ERRORS) && filtered && size >= pk_raster_pixels(raster) * 3;
  if (ok) {
    raster->pixels = g_memdup2(data, pk_raster_pixels(raster) * 3);
    pk_conversion_raster(pk_mapper_conversion(w->mapper), raster);
    size_t packed_size;
    g_autofree uint8_t *packed =
        pk_deflate_rows(raster->pixels, raster->width, raster->height, 4, PK_DEFLATE_LEVEL, &packed_size);
    g_autofree char *parameters =
        g_strdup_printf("<< /Predictor 15 /Colors 4 /BitsPerComponent 8 /Columns %u >>", raster->width);
    replace_data(w, stream, packed, packed_size, parameters);
    pk_raster_drop(raster);
  }
  free(data);
  return ok;
}

static void map_picture(walker *w, qpdf_oh stream) {
  qpdf_oh dict = qpdf_oh_get_dict(w->pdf, stream);
  if (!is_rgb_space(w, key(w, dict, "/ColorSpace"))) return;
  long long width = qpdf_oh_get_int_value(w->pdf, key(w, dict, "/Width"));
  long long height = qpdf_oh_get_int_value(w->pdf, key(w, dict, "/Height"));
  int bits = qpdf_oh_get_int_value_as_int(w->pdf, key(w, dict, "/BitsPerComponent"));
  bool is_sane = bits == 8 && width > 0 && height > 0 && width <= PK_ART_MAX_SIDE && height <= PK_ART_MAX_SIDE &&
                 width * height <= PK_ART_MAX_PIXELS;
  pk_raster raster = {.width = (uint32_t)width, .height = (uint32_t)height, .components = 3};
  if (is_sane && convert_picture(w, stream, &raster))
    qpdf_oh_replace_key(w->pdf, dict, "/ColorSpace", qpdf_oh_new_name(w->pdf, "/DeviceCMYK"));
  else
    w->left->pictures++;
}

static double number(const walker *w, qpdf_oh dict, const char *name) {
  qpdf_oh value = key(w, dict, name);
  return qpdf_oh_is_number(w->pdf, value) ? qpdf_oh_get_numeric_value(w->pdf, value) : 1;
}

static bool is_other_than(const walker *w, qpdf_oh value, const char *name) {
  return !qpdf_oh_is_null(w->pdf, value) && !is_name(w, value, name);
}

/* Opacity, blending and masks, in a graphics state, an image or an entry of either. */
static bool is_transparent(const walker *w, qpdf_oh dict) {
  return number(w, dict, "/ca") < 1 || number(w, dict, "/CA") < 1 ||
         is_other_than(w, key(w, dict, "/SMask"), "/None") || is_other_than(w, key(w, dict, "/BM"), "/Normal");
}

/* Cairo writes the states of a page and of its forms into their resources. */
static bool has_transparent_state(const walker *w, qpdf_oh dict) {
  qpdf_oh resources = key(w, dict, "/Resources");
  qpdf_oh states = key(w, qpdf_oh_is_dictionary(w->pdf, resources) ? resources : dict, "/ExtGState");
  if (!qpdf_oh_is_dictionary(w->pdf, states)) return false;
  bool found = false;
  qpdf_oh_begin_dict_key_iter(w->pdf, states);
  while (qpdf_oh_dict_more_keys(w->pdf))
    found = is_transparent(w, key(w, states, qpdf_oh_dict_next_key(w->pdf))) || found;
  return found;
}

static void make_opaque(walker *w, qpdf_oh dict) {
  if (is_transparent(w, dict) || has_transparent_state(w, dict)) w->left->is_transparent = true;
  if (is_name(w, key(w, key(w, dict, "/Group"), "/S"), "/Transparency")) qpdf_oh_remove_key(w->pdf, dict, "/Group");
}

static void map_blend_space(walker *w, qpdf_oh dict) {
  if (w->mapper->colours->is_opaque) make_opaque(w, dict);
  qpdf_oh group = key(w, dict, "/Group");
  if (is_rgb_space(w, key(w, group, "/CS")))
    qpdf_oh_replace_key(w->pdf, group, "/CS", qpdf_oh_new_name(w->pdf, "/DeviceCMYK"));
}

static void map_page(walker *w, qpdf_oh page) {
  qpdf_oh content = key(w, page, "/Contents");
  if (qpdf_oh_is_stream(w->pdf, content)) map_stream_content(w, content);
  if (!qpdf_oh_is_array(w->pdf, content)) return;
  for (int i = 0; i < qpdf_oh_get_array_n_items(w->pdf, content); i++) {
    qpdf_oh part = qpdf_oh_get_array_item(w->pdf, content, i);
    if (qpdf_oh_is_stream(w->pdf, part)) map_stream_content(w, part);
  }
}

static void map_object(walker *w, int id) {
  qpdf_oh object = qpdf_get_object_by_id(w->pdf, id, 0);
  qpdf_oh dict = dict_of(w, object);
  if (!qpdf_oh_is_dictionary(w->pdf, dict)) return;
  map_blend_space(w, dict);
  bool is_stream = qpdf_oh_is_stream(w->pdf, object);
  w->mapper->plates = 0;
  if (is_name(w, key(w, dict, "/Type"), "/Page"))
    map_page(w, object);
  else if (is_stream && is_name(w, key(w, dict, "/Subtype"), "/Image"))
    map_picture(w, object);
  else if (is_stream && (is_name(w, key(w, dict, "/Subtype"), "/Form") || qpdf_oh_has_key(w->pdf, dict, "/PaintType")))
    map_stream_content(w, object);
  add_plates(w, dict);
  qpdf_oh shading = qpdf_oh_has_key(w->pdf, dict, "/ShadingType") ? dict : key(w, dict, "/Shading");
  if (qpdf_oh_has_key(w->pdf, dict, "/ShadingType") || qpdf_oh_is_dictionary(w->pdf, shading))
    if (is_rgb_space(w, key(w, shading, "/ColorSpace"))) map_gradient(w, shading);
}

/* ---- the file ------------------------------------------------------------ */

static bool take_error(qpdf_data pdf, pk_problem *problem) {
  if (!qpdf_has_error(pdf)) return false;
  pk_problem_set(problem, "%s", qpdf_get_error_full_text(pdf, qpdf_get_error(pdf)));
  return true;
}

static void walk(walker *w) {
  qpdf_oh size = key(w, qpdf_get_trailer(w->pdf), "/Size");
  w->count = CLAMP(qpdf_oh_get_int_value_as_int(w->pdf, size) - 1, 0, MAX_OBJECTS);
  w->is_masked = g_new0(bool, (size_t)w->count + 1);
  qpdf_oh_release_all(w->pdf);
  find_masks(w);
  for (int id = 1; id <= w->count; id++) {
    if (!w->is_masked[id]) map_object(w, id);
    qpdf_oh_release_all(w->pdf);
  }
  g_free(w->is_masked);
}

static uint8_t *write_file(qpdf_data pdf, size_t *size, pk_problem *problem) {
  if (qpdf_init_write_memory(pdf) & QPDF_ERRORS) {
    take_error(pdf, problem);
    return NULL;
  }
  qpdf_set_static_ID(pdf, QPDF_TRUE); /* this file lives in memory alone */
  qpdf_set_stream_data_mode(pdf, qpdf_s_preserve);
  qpdf_set_object_stream_mode(pdf, qpdf_o_disable);
  if ((qpdf_write(pdf) & QPDF_ERRORS) || take_error(pdf, problem)) {
    take_error(pdf, problem);
    return NULL;
  }
  *size = qpdf_get_buffer_length(pdf);
  return g_memdup2(qpdf_get_buffer(pdf), *size);
}

uint8_t *pk_recolour(pk_mapper *mapper, const uint8_t *data, size_t size, size_t *out_size, pk_recolour_left *left,
                     pk_problem *problem) {
  *left = (pk_recolour_left){0};
  qpdf_data pdf = qpdf_init();
  qpdf_silence_errors(pdf);
  qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
  uint8_t *out = NULL;
  if (qpdf_read_memory(pdf, "art", (const char *)data, size, NULL) & QPDF_ERRORS) {
    take_error(pdf, problem);
  } else {
    walker w = {.pdf = pdf, .mapper = mapper, .left = left};
    walk(&w);
    if (!take_error(pdf, problem)) out = write_file(pdf, out_size, problem);
  }
  qpdf_cleanup(&pdf);
  return out;
}
