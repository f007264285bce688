/* Colour spaces of PDF (ISO 32000-1, 8.6).
 *
 * In:  an object of a file, not to be trusted. Out: what its numbers come to: sRGB,
 * or inks. CalRGB is taken for sRGB and CalGray for plain grey, which they are
 * but for the curve. */
#include "art/space.h"

#include <math.h>
#include <string.h>

#include "reader/reader.h"

enum { MAX_DEPTH = 6, MAX_PROFILE = 16 * 1024 * 1024, MAX_PALETTE = 256 * PK_FUNCTION_MAX };

typedef struct {
  qpdf_data qpdf;
  qpdf_oh resources;
  pk_mapper *press; /* or NULL */
  int depth;
} reader;

static pk_hues *read_space(reader *r, qpdf_oh object);

static qpdf_oh item(const reader *r, qpdf_oh array, int at) {
  return qpdf_oh_get_array_item(r->qpdf, array, at);
}

/* Opened when the first colour with a profile is met: most drawings need none. */
static pk_conversion *press_of(const reader *r) {
  return r->press ? pk_mapper_conversion(r->press) : NULL;
}

static pk_hues *plain(pk_hues_kind kind, int components) {
  pk_hues *hues = g_new0(pk_hues, 1);
  hues->kind = kind;
  hues->components = components;
  return hues;
}

static pk_hues *plain_of(int components) {
  return components == 1   ? plain(PK_HUES_GREY, 1)
         : components == 3 ? plain(PK_HUES_RGB, 3)
         : components == 4 ? plain(PK_HUES_CMYK, 4)
                           : NULL;
}

/* What is damaged falls back to the device's space of as many numbers. */
static pk_hues *read_profile(reader *r, qpdf_oh stream) {
  int components = 0;
  qpdf_oh dict = qpdf_oh_is_stream(r->qpdf, stream) ? qpdf_oh_get_dict(r->qpdf, stream) : stream;
  qpdf_oh_get_value_as_int(r->qpdf, qpdf_oh_get_key_if_dict(r->qpdf, dict, "/N"), &components);
  pk_hues *hues = plain_of(components);
  g_autoptr(GString) data = g_string_new(NULL);
  if (!hues || components == 1 || pk_reader_decode(r->qpdf, stream, MAX_PROFILE, data) != PK_DECODE_OK) return hues;
  g_autoptr(GBytes) icc = g_bytes_new(data->str, data->len);
  hues->tagged = pk_tagged_new(icc, components, press_of(r));
  if (hues->tagged) {
    hues->kind = PK_HUES_TAGGED;
    hues->icc = g_steal_pointer(&icc);
  }
  return hues;
}

static pk_hues *read_lab(reader *r, qpdf_oh dict) {
  pk_hues *hues = plain(PK_HUES_TAGGED, 3);
  qpdf_oh range = qpdf_oh_get_key_if_dict(r->qpdf, dict, "/Range");
  const double usual[4] = {-100, 100, -100, 100};
  for (int i = 0; i < 4; i++)
    if (!qpdf_oh_is_array(r->qpdf, range) || qpdf_oh_get_array_n_items(r->qpdf, range) != 4 ||
        !qpdf_oh_get_value_as_number(r->qpdf, item(r, range, i), &hues->range[i]) || !isfinite(hues->range[i]))
      hues->range[i] = usual[i];
  hues->is_lab = true;
  hues->tagged = pk_tagged_new(NULL, 3, press_of(r));
  if (hues->tagged) return hues;
  pk_hues_drop(hues);
  return NULL;
}

static bool read_palette(reader *r, qpdf_oh table, pk_hues *hues) {
  size_t size = ((size_t)hues->highest + 1) * (size_t)hues->base->components;
  hues->palette = g_malloc0(size);
  if (qpdf_oh_is_string(r->qpdf, table)) {
    size_t length = 0;
    const char *bytes = qpdf_oh_get_binary_string_value(r->qpdf, table, &length);
    memcpy(hues->palette, bytes, MIN(length, size));
    return true;
  }
  g_autoptr(GString) data = g_string_new(NULL);
  if (pk_reader_decode(r->qpdf, table, MAX_PALETTE, data) != PK_DECODE_OK) return false;
  memcpy(hues->palette, data->str, MIN(data->len, size));
  return true;
}

static pk_hues *read_indexed(reader *r, qpdf_oh array) {
  pk_hues *hues = plain(PK_HUES_INDEXED, 1);
  hues->base = read_space(r, item(r, array, 1));
  bool is_base = hues->base && hues->base->kind != PK_HUES_INDEXED && hues->base->kind != PK_HUES_PATTERN;
  bool is_fine = is_base && qpdf_oh_get_value_as_int(r->qpdf, item(r, array, 2), &hues->highest) &&
                 hues->highest >= 0 && hues->highest <= 255 && read_palette(r, item(r, array, 3), hues);
  if (is_fine) return hues;
  pk_hues_drop(hues);
  return NULL;
}

static char *name_of(reader *r, qpdf_oh object) {
  return g_strdup(pk_reader_name(r->qpdf, object));
}

static pk_hues *read_plates(reader *r, qpdf_oh array) {
  qpdf_oh names = item(r, array, 1);
  bool are_many = qpdf_oh_is_array(r->qpdf, names);
  int count = are_many ? qpdf_oh_get_array_n_items(r->qpdf, names) : 1;
  pk_hues *hues = plain(PK_HUES_PLATES, CLAMP(count, 1, PK_FUNCTION_MAX));
  for (int i = 0; i < hues->components; i++) hues->names[i] = name_of(r, are_many ? item(r, names, i) : names);
  hues->base = read_space(r, item(r, array, 2));
  hues->tint = pk_function_read(r->qpdf, item(r, array, 3));
  bool is_base = hues->base && hues->base->kind != PK_HUES_INDEXED && hues->base->kind != PK_HUES_PATTERN &&
                 hues->base->kind != PK_HUES_PLATES;
  if (count == hues->components && is_base && hues->tint && pk_function_inputs(hues->tint) == count &&
      pk_function_outputs(hues->tint) == hues->base->components)
    return hues;
  pk_hues_drop(hues);
  return NULL;
}

static pk_hues *read_named(reader *r, const char *name, qpdf_oh object) {
  static const struct {
    const char *name;
    int components;
  } devices[] = {{"DeviceGray", 1}, {"G", 1},       {"CalGray", 1}, {"DeviceRGB", 3}, {"RGB", 3},
                 {"CalRGB", 3},     {"CalCMYK", 4}, {"CMYK", 4},    {"DeviceCMYK", 4}};
  for (size_t i = 0; i < G_N_ELEMENTS(devices); i++)
    if (strcmp(name, devices[i].name) == 0) return plain_of(devices[i].components);
  if (strcmp(name, "Pattern") == 0) return plain(PK_HUES_PATTERN, 0);
  if (qpdf_oh_is_array(r->qpdf, object)) return NULL;
  g_autofree char *key = g_strconcat("/", name, NULL);
  qpdf_oh spaces = qpdf_oh_get_key_if_dict(r->qpdf, r->resources, "/ColorSpace");
  qpdf_oh named = qpdf_oh_get_key_if_dict(r->qpdf, spaces, key);
  return qpdf_oh_is_null(r->qpdf, named) ? NULL : read_space(r, named);
}

static pk_hues *read_array(reader *r, const char *kind, qpdf_oh array) {
  int count = qpdf_oh_get_array_n_items(r->qpdf, array);
  if (count >= 2 && strcmp(kind, "ICCBased") == 0) return read_profile(r, item(r, array, 1));
  if (count >= 2 && strcmp(kind, "Lab") == 0) return read_lab(r, item(r, array, 1));
  if (count >= 4 && (strcmp(kind, "Indexed") == 0 || strcmp(kind, "I") == 0)) return read_indexed(r, array);
  if (count >= 4 && (strcmp(kind, "Separation") == 0 || strcmp(kind, "DeviceN") == 0)) return read_plates(r, array);
  if (count < 2 || strcmp(kind, "Pattern") != 0) return read_named(r, kind, array);
  pk_hues *hues = plain(PK_HUES_PATTERN, 0);
  hues->base = read_space(r, item(r, array, 1));
  hues->components = hues->base ? hues->base->components : 0;
  return hues;
}

static pk_hues *read_space(reader *r, qpdf_oh object) {
  if (r->depth >= MAX_DEPTH) return NULL;
  r->depth++;
  bool is_array = qpdf_oh_is_array(r->qpdf, object) && qpdf_oh_get_array_n_items(r->qpdf, object) > 0;
  g_autofree char *kind = name_of(r, is_array ? item(r, object, 0) : object);
  pk_hues *hues = is_array ? read_array(r, kind, object) : *kind ? read_named(r, kind, object) : NULL;
  r->depth--;
  return hues;
}

pk_hues *pk_hues_read(qpdf_data qpdf, qpdf_oh object, qpdf_oh resources, pk_mapper *press) {
  reader r = {qpdf, resources, press, 0};
  return read_space(&r, object);
}

void pk_hues_drop(pk_hues *hues) {
  if (!hues) return;
  pk_hues_drop(hues->base);
  pk_tagged_drop(hues->tagged);
  g_clear_pointer(&hues->icc, g_bytes_unref);
  pk_function_drop(hues->tint);
  g_free(hues->palette);
  for (int i = 0; i < PK_FUNCTION_MAX; i++) g_free(hues->names[i]);
  g_free(hues);
}

/* ---- colours ------------------------------------------------------------- */

/* Black alone stays black, whatever its profile would make of it. */
static void tagged_colour(const pk_hues *hues, const double *n, pk_hue *out) {
  bool is_black = hues->components == 4 && n[0] == 0 && n[1] == 0 && n[2] == 0;
  if (hues->components == 4 && (is_black || pk_tagged_is_press(hues->tagged))) {
    out->is_cmyk = true;
    memcpy(out->v, n, 4 * sizeof *n);
    return;
  }
  pk_tagged_srgb(hues->tagged, n, out->v);
  out->has_press = pk_tagged_press(hues->tagged, n, out->press);
}

static void indexed_colour(const pk_hues *hues, double index, pk_hue *out) {
  double numbers[PK_FUNCTION_MAX] = {0};
  size_t at = (size_t)CLAMP(index, 0, hues->highest) * (size_t)hues->base->components;
  for (int i = 0; i < hues->base->components; i++) {
    double low, high;
    pk_hues_range(hues->base, i, 8, &low, &high);
    numbers[i] = low + hues->palette[at + (size_t)i] / 255.0 * (high - low);
  }
  pk_hues_colour(hues->base, numbers, out);
}

void pk_hues_colour(const pk_hues *hues, const double *numbers, pk_hue *out) {
  double n[PK_FUNCTION_MAX] = {0};
  for (int i = 0; i < hues->components; i++) {
    double low, high;
    pk_hues_range(hues, i, 8, &low, &high);
    n[i] = isfinite(numbers[i]) ? fmin(fmax(numbers[i], low), high) : low;
  }
  *out = (pk_hue){.is_cmyk = hues->kind == PK_HUES_CMYK};
  switch (hues->kind) {
  case PK_HUES_GREY: out->v[0] = out->v[1] = out->v[2] = n[0]; break;
  case PK_HUES_RGB: memcpy(out->v, n, 3 * sizeof *n); break;
  case PK_HUES_CMYK: memcpy(out->v, n, 4 * sizeof *n); break;
  case PK_HUES_TAGGED: tagged_colour(hues, n, out); break;
  case PK_HUES_INDEXED: indexed_colour(hues, n[0], out); break;
  case PK_HUES_PLATES: {
    double alternate[PK_FUNCTION_MAX];
    pk_function_run(hues->tint, n, alternate);
    pk_hues_colour(hues->base, alternate, out);
    break;
  }
  case PK_HUES_PATTERN:
    if (hues->base) pk_hues_colour(hues->base, n, out);
  }
}

void pk_hues_range(const pk_hues *hues, int i, int bits, double *low, double *high) {
  *low = 0;
  *high = hues->kind == PK_HUES_INDEXED ? (bits >= 8 ? 255 : (1 << bits) - 1) : 1;
  if (!hues->is_lab) return;
  *low = i == 0 ? 0 : hues->range[2 * i - 2];
  *high = i == 0 ? 100 : hues->range[2 * i - 1];
}

void pk_hues_first(const pk_hues *hues, double *numbers) {
  memset(numbers, 0, PK_FUNCTION_MAX * sizeof *numbers);
  if (hues->kind == PK_HUES_CMYK || (hues->kind == PK_HUES_TAGGED && hues->components == 4)) numbers[3] = 1;
  for (int i = 0; hues->kind == PK_HUES_PLATES && i < hues->components; i++) numbers[i] = 1;
}
