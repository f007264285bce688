/* Pictures of a PDF in the colours of the output.
 *
 * In:  an image of the file. Out: the same, with its samples as they are where the
 * output takes their space, else unpacked and converted: whole pixels by the
 * profiles, since a photo has no brand colours in it; palettes colour by colour. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "art/carrier.h"
#include "art/jpeg.h"
#include "base/deflate.h"

enum { KNOWN = 4096 };

typedef struct {
  pk_carrier *c;
  qpdf_oh stream, dict;
  const char *name; /* of it, for messages */
  uint32_t width, height;
  int bits;
  bool is_inverted; /* its Decode runs from full to none */
  char *filter;     /* the last, "" if there is none */
  const pk_hues *hues;
} picture;

/* ---- what it is ---------------------------------------------------------- */

static bool read_size(picture *p) {
  double width = 0, height = 0, bits = 8;
  pk_carry_number(p->c, p->dict, "/Width", &width);
  pk_carry_number(p->c, p->dict, "/Height", &height);
  pk_carry_number(p->c, p->dict, "/BitsPerComponent", &bits);
  if (!(width >= 1 && height >= 1)) return pk_carry_fail(p->c, "a picture in it has no size");
  if (width > PK_ART_MAX_SIDE || height > PK_ART_MAX_SIDE || width * height > PK_CARRY_MAX_PIXELS) {
    p->c->problem->is_too_large = true;
    return pk_carry_fail(p->c, "a picture in it has %.0f × %.0f pixels", width, height);
  }
  p->width = (uint32_t)width;
  p->height = (uint32_t)height;
  p->bits = (int)CLAMP(bits, 0.0, 64.0);
  return true;
}

static void read_filter(picture *p) {
  qpdf_oh filter = pk_carry_key(p->c, p->dict, "/Filter");
  int count = qpdf_oh_is_array(p->c->qpdf, filter) ? qpdf_oh_get_array_n_items(p->c->qpdf, filter) : 0;
  if (count > 0) filter = qpdf_oh_get_array_item(p->c->qpdf, filter, count - 1);
  p->filter = g_strdup(pk_reader_name(p->c->qpdf, filter));
}

static bool is_filter(const picture *p, const char *name) {
  return strcmp(p->filter, name) == 0;
}

/* The Decode array: plain, inverted, or something else, which is stuck with. */
static void read_decode(picture *p) {
  qpdf_oh decode = pk_carry_key(p->c, p->dict, "/Decode");
  int count = qpdf_oh_is_array(p->c->qpdf, decode) ? qpdf_oh_get_array_n_items(p->c->qpdf, decode) : 0;
  if (!p->hues || count != 2 * p->hues->components) return;
  for (int i = 0; i < count / 2; i++) {
    double low, high, from = 0, to = 0;
    pk_hues_range(p->hues, i, p->bits, &low, &high);
    qpdf_oh_get_value_as_number(p->c->qpdf, qpdf_oh_get_array_item(p->c->qpdf, decode, 2 * i), &from);
    qpdf_oh_get_value_as_number(p->c->qpdf, qpdf_oh_get_array_item(p->c->qpdf, decode, 2 * i + 1), &to);
    bool is_plain = fabs(from - low) < 1e-3 && fabs(to - high) < 1e-3;
    bool is_turned = fabs(from - high) < 1e-3 && fabs(to - low) < 1e-3;
    if (i == 0) p->is_inverted = is_turned && !is_plain;
    if (p->is_inverted ? !is_turned : !is_plain) pk_carry_stuck(p->c, "a picture whose tones are stretched");
  }
}

/* ---- masks --------------------------------------------------------------- */

/* What a JPEG or JPEG 2000 says of its own size is what decoding it would take. */
static bool is_jpeg_bounded(picture *p) {
  unsigned char *data = NULL;
  size_t size = 0;
  QPDF_BOOL filtered = QPDF_FALSE;
  pk_raster_head head = {0};
  pk_problem ignored = {0};
  if (!is_filter(p, "DCTDecode") && !is_filter(p, "JPXDecode")) return true;
  bool is_read = !(qpdf_oh_get_stream_data(p->c->qpdf, p->stream, qpdf_dl_none, &filtered, &data, &size) & QPDF_ERRORS);
  if (is_read && is_filter(p, "DCTDecode")) {
    pk_jpeg_head(data, size, &head, &ignored);
  } else if (is_read) {
    /* Marker SIZ of the codestream (ISO 15444-1, A.5.1): length, capabilities, width, height. */
    const uint8_t *at = memmem(data, size, "\xFF\x4F\xFF\x51", 4);
    if (at && data + size - at >= 16) {
      head.width = (uint32_t)at[8] << 24 | (uint32_t)at[9] << 16 | (uint32_t)at[10] << 8 | at[11];
      head.height = (uint32_t)at[12] << 24 | (uint32_t)at[13] << 16 | (uint32_t)at[14] << 8 | at[15];
    }
  }
  free(data);
  if (head.width && head.height && head.width <= PK_ART_MAX_SIDE && head.height <= PK_ART_MAX_SIDE &&
      (size_t)head.width * head.height <= PK_CARRY_MAX_PIXELS)
    return true;
  p->c->problem->is_too_large = head.width > 0;
  return head.width ? pk_carry_fail(p->c, "a picture in it has %u × %u pixels", head.width, head.height)
                    : pk_carry_fail(p->c, "a picture in it is damaged");
}

static const char *const kept_keys[] = {
    "/Type",      "/Subtype", "/Width", "/Height",      "/ColorSpace", "/BitsPerComponent",
    "/ImageMask", "/Mask",    "/SMask", "/Decode",      "/Filter",     "/DecodeParms",
    "/Length",    "/Intent",  "/Matte", "/SMaskInData", NULL};

/* A picture that is the opacity of another. */
static bool carry_mask(pk_carrier *c, qpdf_oh stream, bool is_soft) {
  picture p = {.c = c, .stream = stream, .dict = qpdf_oh_get_dict(c->qpdf, stream)};
  pk_carry_keep(c, p.dict, kept_keys);
  qpdf_oh_remove_key(c->qpdf, p.dict, "/SMask");
  qpdf_oh_remove_key(c->qpdf, p.dict, "/Mask");
  if (!read_size(&p)) return false;
  read_filter(&p);
  bool is_fine = is_jpeg_bounded(&p);
  if (is_soft) qpdf_oh_replace_key(c->qpdf, p.dict, "/ColorSpace", qpdf_oh_new_name(c->qpdf, "/DeviceGray"));
  if (is_filter(&p, "JPXDecode")) pk_carry_stuck(c, "a picture in JPEG 2000");
  g_free(p.filter);
  return is_fine;
}

/* Whether it may be given other samples. */
static bool carry_masks(picture *p, bool *is_keyed) {
  qpdf_oh soft = pk_carry_key(p->c, p->dict, "/SMask"), hard = pk_carry_key(p->c, p->dict, "/Mask");
  *is_keyed = qpdf_oh_is_array(p->c->qpdf, hard);
  if (qpdf_oh_is_stream(p->c->qpdf, soft)) {
    p->c->left->is_transparent = true;
    if (qpdf_oh_has_key(p->c->qpdf, qpdf_oh_get_dict(p->c->qpdf, soft), "/Matte")) *is_keyed = true;
    return carry_mask(p->c, soft, true);
  }
  if (qpdf_oh_is_stream(p->c->qpdf, hard)) return carry_mask(p->c, hard, false);
  return true;
}

/* ---- samples ------------------------------------------------------------- */

static size_t row_bytes(const picture *p) {
  return ((size_t)p->width * (size_t)p->hues->components * (size_t)p->bits + 7) / 8;
}

static bool unpack(picture *p, GString *out) {
  size_t wanted = row_bytes(p) * p->height;
  if (is_filter(p, "DCTDecode")) {
    unsigned char *data = NULL;
    size_t size = 0;
    QPDF_BOOL filtered = QPDF_FALSE;
    QPDF_ERROR_CODE code = qpdf_oh_get_stream_data(p->c->qpdf, p->stream, qpdf_dl_all, &filtered, &data, &size);
    if (!(code & QPDF_ERRORS) && filtered) g_string_append_len(out, (const char *)data, (gssize)size);
    free(data);
  } else if (pk_reader_decode(p->c->qpdf, p->stream, wanted + 64 * 1024, out) != PK_DECODE_OK) {
    return false;
  }
  /* One that is cut off short is white, or none, from there on. */
  if (out->len < wanted / 2) return false;
  if (out->len < wanted) {
    size_t before = out->len;
    g_string_set_size(out, wanted);
    memset(out->str + before, p->hues->components == 4 ? 0 : 255, wanted - before);
  }
  return true;
}

/* One byte a component, whatever they were packed in; an index stays what it is. */
static uint8_t *as_bytes(const picture *p, const GString *data) {
  size_t across = (size_t)p->width * (size_t)p->hues->components, stride = row_bytes(p);
  uint8_t *out = g_malloc(MAX(across * p->height, 1)), *to = out;
  bool is_index = p->hues->kind == PK_HUES_INDEXED;
  unsigned most = p->bits < 8 ? (1u << p->bits) - 1 : 255;
  for (uint32_t y = 0; y < p->height; y++) {
    const uint8_t *row = (const uint8_t *)data->str + y * stride;
    for (size_t x = 0; x < across; x++) {
      unsigned value =
          p->bits == 16 ? row[2 * x]
          : p->bits == 8
              ? row[x]
              : (unsigned)row[x * (size_t)p->bits / 8] >> (8 - p->bits - (int)(x * (size_t)p->bits % 8)) & most;
      if (p->bits < 8 && !is_index) value = value * 255 / most;
      if (p->is_inverted) value = (is_index ? most : 255) - value;
      *to++ = (uint8_t)value;
    }
  }
  return out;
}

static void put_samples(picture *p, const uint8_t *pixels, int components) {
  size_t size;
  qpdf_data qpdf = p->c->qpdf;
  g_autofree uint8_t *packed =
      pk_deflate_rows(pixels, p->width, p->height, (size_t)components, PK_DEFLATE_LEVEL, &size);
  g_autofree char *parameters =
      g_strdup_printf("<</Predictor 15/Colors %d/BitsPerComponent 8/Columns %u>>", components, p->width);
  qpdf_oh_replace_stream_data(qpdf, p->stream, packed, size, qpdf_oh_new_name(qpdf, "/FlateDecode"),
                              qpdf_oh_parse(qpdf, parameters));
  qpdf_oh_replace_key(qpdf, p->dict, "/BitsPerComponent", qpdf_oh_new_integer(qpdf, 8));
  qpdf_oh_remove_key(qpdf, p->dict, "/Decode");
}

static void set_space(picture *p, qpdf_oh space) {
  qpdf_oh_replace_key(p->c->qpdf, p->dict, "/ColorSpace", space);
}

static const char *device_of(int components) {
  return components == 1 ? "/DeviceGray" : components == 3 ? "/DeviceRGB" : "/DeviceCMYK";
}

/* ---- the ways there ------------------------------------------------------ */

/* Through the profiles, all pixels at once. */
static void convert_pixels(picture *p, uint8_t *pixels) {
  pk_raster raster = {.width = p->width, .height = p->height, .components = p->hues->components, .pixels = pixels};
  if (p->hues->icc) raster.icc = g_bytes_ref(p->hues->icc);
  if (p->c->order->target == PK_TARGET_PRESS)
    pk_conversion_raster(pk_mapper_conversion(p->c->mapper), &raster);
  else
    pk_raster_to_srgb(&raster);
  put_samples(p, raster.pixels, raster.components);
  set_space(p, qpdf_oh_new_name(p->c->qpdf, device_of(raster.components)));
  pk_raster_drop(&raster);
}

static void map_pixel(picture *p, const uint8_t *from, uint8_t *to) {
  double n[PK_FUNCTION_MAX], mapped[4];
  for (int i = 0; i < p->hues->components; i++) {
    double low, high;
    pk_hues_range(p->hues, i, 8, &low, &high);
    n[i] = p->hues->kind == PK_HUES_INDEXED ? from[i] : low + from[i] / 255.0 * (high - low);
  }
  pk_carry_device_colour(p->c, p->hues, n, mapped);
  for (int i = 0; i < pk_carry_components(p->c); i++) to[i] = (uint8_t)lround(CLAMP(mapped[i], 0.0, 1.0) * 255);
}

/* One by one, each colour once or a few times. */
static void map_pixels(picture *p, uint8_t *pixels) {
  size_t step = (size_t)p->hues->components, to_step = (size_t)pk_carry_components(p->c);
  size_t count = (size_t)p->width * p->height;
  g_autofree uint8_t *out = g_malloc(MAX(count * to_step, 1)), *colours = g_malloc0(KNOWN * 4);
  g_autofree size_t *places = g_new0(size_t, KNOWN); /* of a pixel of that colour, from 1 */
  for (size_t at = 0; at < count; at++) {
    const uint8_t *from = pixels + at * step;
    guint hash = 5381;
    for (size_t i = 0; i < step; i++) hash = hash * 33 + from[i];
    hash = (hash * 2654435761u) >> 20;
    if (!places[hash] || memcmp(pixels + (places[hash] - 1) * step, from, step) != 0) {
      map_pixel(p, from, colours + 4 * hash);
      places[hash] = at + 1;
    }
    memcpy(out + at * to_step, colours + 4 * hash, to_step);
  }
  put_samples(p, out, (int)to_step);
  set_space(p, qpdf_oh_new_name(p->c->qpdf, pk_carry_device(p->c)));
  g_free(pixels);
}

/* The samples stay; what they stand for is mapped. */
static void map_palette(picture *p) {
  size_t step = (size_t)pk_carry_components(p->c), count = (size_t)p->hues->highest + 1;
  g_autofree uint8_t *palette = g_malloc(count * 4);
  for (size_t i = 0; i < count; i++) {
    uint8_t index = (uint8_t)i;
    map_pixel(p, &index, palette + i * step);
  }
  qpdf_data qpdf = p->c->qpdf;
  qpdf_oh space = qpdf_oh_parse(qpdf, "[/Indexed]");
  qpdf_oh_append_item(qpdf, space, qpdf_oh_new_name(qpdf, pk_carry_device(p->c)));
  qpdf_oh_append_item(qpdf, space, qpdf_oh_new_integer(qpdf, p->hues->highest));
  qpdf_oh_append_item(qpdf, space, qpdf_oh_new_binary_string(qpdf, (const char *)palette, count * step));
  set_space(p, space);
}

/* How the samples reach the output. */
typedef enum { AS_IT_IS, BY_PALETTE, ON_PLATES, BY_PROFILE, BY_COLOUR } treatment;

static treatment choose(const picture *p) {
  const pk_hues *hues = p->hues;
  pk_target target = p->c->order->target;
  if (target == PK_TARGET_SCREEN) return hues->kind == PK_HUES_CMYK ? BY_PROFILE : AS_IT_IS;
  if (hues->kind == PK_HUES_INDEXED) return BY_PALETTE;
  if (p->c->is_mask || target == PK_TARGET_PLATE) {
    bool is_black = target == PK_TARGET_PLATE && strcmp(p->c->order->plate, "Black") == 0;
    return hues->kind == PK_HUES_GREY && (p->c->is_mask || is_black) ? AS_IT_IS : BY_COLOUR;
  }
  switch (hues->kind) {
  case PK_HUES_GREY:
  case PK_HUES_CMYK: return AS_IT_IS;
  case PK_HUES_PLATES: return ON_PLATES;
  case PK_HUES_TAGGED:
    if (hues->is_lab) return BY_COLOUR;
    return hues->components == 4 && pk_tagged_is_press(hues->tagged) ? AS_IT_IS : BY_PROFILE;
  default: return BY_PROFILE;
  }
}

/* On plates where all its inks have one. */
static treatment plates_or_colour(const picture *p) {
  const double full[PK_FUNCTION_MAX] = {1};
  pk_mapped mapped;
  pk_carry_map(p->c, p->hues, full, (pk_overprint){0}, &mapped);
  return mapped.how == PK_MAPPED_INK || mapped.how == PK_MAPPED_SPACE ? ON_PLATES : BY_COLOUR;
}

static qpdf_oh plates_space(picture *p) {
  const double full[PK_FUNCTION_MAX] = {1};
  pk_mapped mapped;
  pk_carry_map(p->c, p->hues, full, (pk_overprint){0}, &mapped);
  return mapped.how == PK_MAPPED_INK ? pk_carry_ink_space(p->c, mapped.ink) : pk_carry_space(p->c, p->hues);
}

static void carry_samples(picture *p, bool is_keyed) {
  bool keeps_all = p->c->order->target == PK_TARGET_SCREEN;
  treatment how = choose(p);
  if (how == ON_PLATES) how = plates_or_colour(p);
  if (how == AS_IT_IS) {
    if (!keeps_all) set_space(p, qpdf_oh_new_name(p->c->qpdf, device_of(p->hues->components)));
    return;
  }
  if (how == BY_PALETTE) {
    map_palette(p);
    return;
  }
  if (how == ON_PLATES) {
    set_space(p, plates_space(p));
    return;
  }
  bool is_known = p->bits == 1 || p->bits == 2 || p->bits == 4 || p->bits == 8 || p->bits == 16;
  g_autoptr(GString) data = g_string_new(NULL);
  if (is_keyed) {
    pk_carry_stuck(p->c, "a picture whose mask is one of its colours");
  } else if (!is_known || !unpack(p, data)) {
    pk_carry_stuck(p->c, "a picture packed by %s", *p->filter ? p->filter : "no known means");
  } else {
    uint8_t *pixels = as_bytes(p, data);
    p->is_inverted = false;
    if (how == BY_PROFILE)
      convert_pixels(p, pixels);
    else
      map_pixels(p, pixels);
  }
}

/* What neither PDF/X nor PDF/A lets pass is packed anew. */
static void repack(picture *p) {
  if (!is_filter(p, "LZWDecode")) return;
  g_autoptr(GString) data = g_string_new(NULL);
  if (pk_reader_decode(p->c->qpdf, p->stream, (size_t)PK_CARRY_MAX_PIXELS * 4, data) != PK_DECODE_OK)
    pk_carry_fail(p->c, "a picture in it is damaged");
  else
    pk_carry_put_data(p->c, p->stream, data->str, data->len, NULL);
}

void pk_carry_picture(pk_carrier *c, qpdf_oh stream, qpdf_oh resources) {
  int id = qpdf_oh_get_object_id(c->qpdf, stream);
  if (id && !g_hash_table_add(c->pictures, GINT_TO_POINTER(c->is_mask ? -id : id))) return;
  if (id && g_hash_table_contains(c->pictures, GINT_TO_POINTER(c->is_mask ? id : -id)))
    pk_carry_stuck(c, "a picture that is drawn and is a mask as well");
  picture p = {.c = c, .stream = stream, .dict = qpdf_oh_get_dict(c->qpdf, stream)};
  bool is_keyed = false;
  QPDF_BOOL is_stencil = QPDF_FALSE;
  pk_carry_keep(c, p.dict, kept_keys);
  if (!read_size(&p)) return;
  read_filter(&p);
  qpdf_oh_get_value_as_bool(c->qpdf, pk_carry_key(c, p.dict, "/ImageMask"), &is_stencil);
  bool is_modern = is_filter(&p, "JPXDecode") || is_filter(&p, "JBIG2Decode");
  bool is_stuck = is_filter(&p, "JPXDecode") || (is_modern && c->mapper->colours->is_opaque);
  if (is_stuck) pk_carry_stuck(c, "a picture in %s", is_filter(&p, "JPXDecode") ? "JPEG 2000" : "JBIG2");
  if (is_jpeg_bounded(&p) && carry_masks(&p, &is_keyed) && !is_stuck) {
    repack(&p);
    if (!is_stencil) p.hues = pk_carry_hues(c, pk_carry_key(c, p.dict, "/ColorSpace"), resources);
    if (!is_stencil && (!p.hues || p.hues->kind == PK_HUES_PATTERN))
      pk_carry_fail(c, "a picture in it has an unknown colour space");
    else if (!is_stencil)
      read_decode(&p), carry_samples(&p, is_keyed);
  }
  g_free(p.filter);
}

/* ---- inside content ------------------------------------------------------ */

static const char *const short_names[][2] = {
    {"/BPC", "/BitsPerComponent"},
    {"/CS", "/ColorSpace"},
    {"/D", "/Decode"},
    {"/DP", "/DecodeParms"},
    {"/F", "/Filter"},
    {"/H", "/Height"},
    {"/IM", "/ImageMask"},
    {"/W", "/Width"},
    {"/G", "/DeviceGray"},
    {"/RGB", "/DeviceRGB"},
    {"/CMYK", "/DeviceCMYK"},
    {"/I", "/Indexed"},
    {"/AHx", "/ASCIIHexDecode"},
    {"/A85", "/ASCII85Decode"},
    {"/LZW", "/LZWDecode"},
    {"/Fl", "/FlateDecode"},
    {"/RL", "/RunLengthDecode"},
    {"/CCF", "/CCITTFaxDecode"},
    {"/DCT", "/DCTDecode"},
};

static const char *long_name(const char *name) {
  for (size_t i = 0; i < G_N_ELEMENTS(short_names); i++)
    if (strcmp(name, short_names[i][0]) == 0) return short_names[i][1];
  return name;
}

/* A value with the short names in it spelt out. */
static qpdf_oh spelt_out(pk_carrier *c, qpdf_oh value) {
  if (qpdf_oh_is_name(c->qpdf, value)) {
    g_autofree char *name = g_strdup(qpdf_oh_get_name(c->qpdf, value));
    return qpdf_oh_new_name(c->qpdf, long_name(name));
  }
  if (!qpdf_oh_is_array(c->qpdf, value)) return value;
  qpdf_oh out = qpdf_oh_new_array(c->qpdf);
  int count = MIN(qpdf_oh_get_array_n_items(c->qpdf, value), 64);
  for (int i = 0; i < count; i++) {
    qpdf_oh item = qpdf_oh_get_array_item(c->qpdf, value, i);
    bool is_name = qpdf_oh_is_name(c->qpdf, item);
    qpdf_oh_append_item(c->qpdf, out, is_name ? spelt_out(c, item) : item);
  }
  return out;
}

qpdf_oh pk_carry_inline(pk_carrier *c, const char *dict, size_t dict_size, const char *data, size_t size,
                        qpdf_oh resources) {
  g_autofree char *inner = g_strndup(dict, dict_size), *text = g_strconcat("<<", inner, ">>", NULL);
  qpdf_oh parsed = qpdf_oh_parse(c->qpdf, text);
  if (qpdf_has_error(c->qpdf)) {
    qpdf_get_error(c->qpdf);
    return 0;
  }
  if (!qpdf_oh_is_dictionary(c->qpdf, parsed)) return 0;
  qpdf_oh stream = qpdf_oh_new_stream(c->qpdf), own = qpdf_oh_get_dict(c->qpdf, stream);
  g_auto(GStrv) keys = pk_carry_keys(c, parsed);
  for (char **key = keys; *key; key++) {
    const char *name = long_name(*key);
    bool is_for_names = strcmp(name, "/ColorSpace") == 0 || strcmp(name, "/Filter") == 0;
    qpdf_oh value = pk_carry_key(c, parsed, *key);
    qpdf_oh_replace_key(c->qpdf, own, name, is_for_names ? spelt_out(c, value) : value);
  }
  qpdf_oh filter = pk_carry_key(c, own, "/Filter"), parameters = pk_carry_key(c, own, "/DecodeParms");
  qpdf_oh_replace_stream_data(c->qpdf, stream, (const unsigned char *)data, size, filter, parameters);
  qpdf_oh_replace_key(c->qpdf, own, "/Type", qpdf_oh_new_name(c->qpdf, "/XObject"));
  qpdf_oh_replace_key(c->qpdf, own, "/Subtype", qpdf_oh_new_name(c->qpdf, "/Image"));
  pk_carry_picture(c, stream, resources);
  return c->has_failed ? 0 : stream;
}
