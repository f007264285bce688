/* Pictures in a PDF: pixels to the inch, kind of colour, how much ink. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "preflight/state.h"

/* Pixels are looked at when they come to no more than this; ink is averaged over
 * squares of so many pixels, since a single pixel makes no puddle. */
enum { MAX_PIXEL_BYTES = 64 * 1024 * 1024, SQUARE = 8 };

static qpdf_oh key(pk_interpreter *in, qpdf_oh dict, const char *name, const char *shorter) {
  qpdf_oh value = qpdf_oh_get_key_if_dict(in->qpdf, dict, name);
  return qpdf_oh_is_null(in->qpdf, value) ? qpdf_oh_get_key_if_dict(in->qpdf, dict, shorter) : value;
}

/* The most ink of any square of CMYK pixels, 0..4. */
static double most_ink(const uint8_t *pixels, size_t width, size_t height) {
  uint32_t most = 0;
  for (size_t y = 0; y + SQUARE <= height; y += SQUARE)
    for (size_t x = 0; x + SQUARE <= width; x += SQUARE) {
      uint32_t sum = 0;
      for (size_t v = 0; v < SQUARE; v++) {
        const uint8_t *row = pixels + ((y + v) * width + x) * 4;
        for (size_t i = 0; i < 4 * SQUARE; i++) sum += row[i];
      }
      most = MAX(most, sum);
    }
  return most / (255.0 * SQUARE * SQUARE);
}

/* The size that a JPEG itself claims (its frame header, ITU T.81, B.2.2): what the
 * dictionary says is no measure of what decoding would take. */
static bool is_small_jpeg(const uint8_t *data, size_t size) {
  for (size_t at = 2; at + 9 < size && data[at] == 0xFF;) {
    uint8_t marker = data[at + 1];
    size_t length = (size_t)data[at + 2] << 8 | data[at + 3];
    bool is_frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (is_frame) {
      size_t height = (size_t)data[at + 5] << 8 | data[at + 6], width = (size_t)data[at + 7] << 8 | data[at + 8];
      return width > 0 && height > 0 && width <= MAX_PIXEL_BYTES / 4 / height;
    }
    at += 2 + length;
  }
  return false;
}

static bool decode_jpeg(pk_interpreter *in, qpdf_oh stream, GString *pixels) {
  unsigned char *data = NULL;
  size_t size = 0;
  QPDF_BOOL filtered = QPDF_FALSE;
  QPDF_ERROR_CODE code = qpdf_oh_get_stream_data(in->qpdf, stream, qpdf_dl_none, &filtered, &data, &size);
  bool is_small = !(code & QPDF_ERRORS) && is_small_jpeg(data, size);
  free(data);
  if (!is_small) return false;
  code = qpdf_oh_get_stream_data(in->qpdf, stream, qpdf_dl_all, &filtered, &data, &size);
  if (!(code & QPDF_ERRORS) && filtered) g_string_append_len(pixels, (const char *)data, (gssize)size);
  free(data);
  return pixels->len > 0;
}

static bool is_inverted(pk_interpreter *in, qpdf_oh dict) {
  qpdf_oh range = key(in, dict, "/Decode", "/D");
  double first = 0;
  return qpdf_oh_is_array(in->qpdf, range) && qpdf_oh_get_array_n_items(in->qpdf, range) == 8 &&
         qpdf_oh_get_value_as_number(in->qpdf, qpdf_oh_get_array_item(in->qpdf, range, 0), &first) && first == 1;
}

static double ink_of(pk_interpreter *in, qpdf_oh stream, size_t width, size_t height) {
  g_autoptr(GString) pixels = g_string_new(NULL);
  qpdf_oh dict = qpdf_oh_get_dict(in->qpdf, stream);
  if (width > MAX_PIXEL_BYTES / 4 / MAX(height, 1)) return 0;
  pk_decode decoded = pk_reader_decode(in->qpdf, stream, MAX_PIXEL_BYTES, pixels);
  bool is_jpeg =
      decoded == PK_DECODE_IMAGE && strcmp(pk_reader_name(in->qpdf, key(in, dict, "/Filter", "/F")), "DCTDecode") == 0;
  if (decoded != PK_DECODE_OK && !(is_jpeg && decode_jpeg(in, stream, pixels))) return 0;
  if (pixels->len < width * height * 4) return 0;
  bool inverted = is_inverted(in, dict);
  for (size_t i = 0; inverted && i < width * height * 4; i++) pixels->str[i] = (char)~pixels->str[i];
  return most_ink((const uint8_t *)pixels->str, width, height);
}

static double resolution(const pk_interpreter *in, double width, double height) {
  const double *m = in->now.ctm;
  double across = hypot(m[0], m[1]), down = hypot(m[2], m[3]);
  return across > 0 && down > 0 ? fmin(width / (across / 72), height / (down / 72)) : 0;
}

static void give(pk_interpreter *in, pk_element *e, double width, double height) {
  static const pk_box unit = {0, 0, 1, 1};
  pk_box box = pk_content_bounds(in->now.ctm, &unit);
  const double *m = in->now.ctm;
  e->kind = PK_ELEMENT_IMAGE;
  e->is_exact = (fabs(m[1]) < 1e-6 && fabs(m[2]) < 1e-6) || (fabs(m[0]) < 1e-6 && fabs(m[3]) < 1e-6);
  e->dpi = width > 0 && height > 0 ? resolution(in, width, height) : 0;
  pk_content_give(in, e, &box);
}

static void describe(pk_element *e, const pk_interpreter *in, const pk_space *space, bool is_mask, double bits) {
  if (is_mask) {
    e->picture = PK_PICTURE_LINE;
    e->colour = in->now.fill;
    return;
  }
  e->picture = bits == 1                                                   ? PK_PICTURE_LINE
               : space->components == 1 && space->kind != PK_SPACE_INDEXED ? PK_PICTURE_GREY
                                                                           : PK_PICTURE_COLOUR;
  e->colour.kind = pk_space_colour_kind(space);
  if (e->colour.kind == PK_COLOUR_REGISTRATION) e->colour.kind = PK_COLOUR_INKS;
}

/* ---- JPEG 2000 ----------------------------------------------------------- */

/* What a JPEG 2000 says of itself (ISO 15444-1): the number of components in the
 * codestream (A.5.1), and the space in its header (I.5.3.3). */
static pk_space jpx_space(const uint8_t *data, size_t size) {
  enum { SRGB = 16, GREY = 17, CMYK = 12 };
  const uint8_t *colour = memmem(data, size, "colr\x01", 5), *marker = memmem(data, size, "\xFF\x4F\xFF\x51", 4);
  unsigned said = colour && data + size - colour >= 11 ? (unsigned)colour[9] << 8 | colour[10] : 0;
  unsigned count = marker && data + size - marker >= 42 ? (unsigned)marker[40] << 8 | marker[41] : 3;
  if (said == GREY || (!said && count <= 2)) return (pk_space){.kind = PK_SPACE_GREY, .components = 1};
  if (said == CMYK || (!said && count == 4)) return (pk_space){.kind = PK_SPACE_CMYK, .components = 4};
  /* Its numbers have a meaning, but no ink. */
  return (pk_space){.kind = said == SRGB || colour ? PK_SPACE_TAGGED : PK_SPACE_RGB, .components = 3};
}

/* Where the PDF does not say what the numbers of a picture are, the picture does. The
 * old standards do not know such pictures; how much ink one is nobody looks at here. */
static void read_jpx(pk_interpreter *in, qpdf_oh stream, qpdf_oh dict, pk_space *space) {
  unsigned char *data = NULL;
  size_t size = 0;
  QPDF_BOOL filtered = QPDF_FALSE;
  if (strcmp(pk_reader_name(in->qpdf, key(in, dict, "/Filter", "/F")), "JPXDecode") != 0) return;
  QPDF_ERROR_CODE code = qpdf_oh_get_stream_data(in->qpdf, stream, qpdf_dl_none, &filtered, &data, &size);
  bool is_said = !qpdf_oh_is_null(in->qpdf, key(in, dict, "/ColorSpace", "/CS"));
  if (!(code & QPDF_ERRORS) && !is_said) *space = jpx_space(data, size);
  free(data);
  int object = qpdf_oh_get_object_id(in->qpdf, stream);
  pk_standard standard = pk_checker_printer(in->checker)->standard;
  pk_fault fault = {.code = PK_CODE_STANDARD_RULE, .page = in->page, .span = in->base->span};
  if (standard == PK_STANDARD_X_1A_2003 || standard == PK_STANDARD_X_3_2002) {
    pk_checker_fault(in->checker, &fault, "a picture is packed as JPEG 2000, which %s does not know (object %d)",
                     pk_standard_name(standard), object);
  } else if (space->kind == PK_SPACE_CMYK) {
    fault.code = PK_CODE_INK_UNMEASURED;
    pk_checker_fault(in->checker, &fault,
                     "how much ink a picture takes was not measured: it is packed as JPEG 2000 (object %d)", object);
  }
}

void pk_content_picture(pk_interpreter *in, qpdf_oh stream) {
  qpdf_oh dict = qpdf_oh_get_dict(in->qpdf, stream);
  pk_element e = *in->base;
  double width = 0, height = 0, bits = 8;
  QPDF_BOOL is_mask = QPDF_FALSE;
  qpdf_oh_get_value_as_number(in->qpdf, key(in, dict, "/Width", "/W"), &width);
  qpdf_oh_get_value_as_number(in->qpdf, key(in, dict, "/Height", "/H"), &height);
  qpdf_oh_get_value_as_number(in->qpdf, key(in, dict, "/BitsPerComponent", "/BPC"), &bits);
  qpdf_oh_get_value_as_bool(in->qpdf, key(in, dict, "/ImageMask", "/IM"), &is_mask);
  pk_space space = pk_space_read(in, key(in, dict, "/ColorSpace", "/CS"), 0);
  read_jpx(in, stream, dict, &space);
  e.object = qpdf_oh_get_object_id(in->qpdf, stream);
  e.is_transparent = in->now.is_transparent || qpdf_oh_is_stream(in->qpdf, key(in, dict, "/SMask", "/SMask"));
  describe(&e, in, &space, is_mask, bits);
  bool has_inks = space.kind == PK_SPACE_CMYK && bits == 8 && !is_mask;
  if (has_inks && width >= SQUARE && height >= SQUARE && width < 1e5 && height < 1e5) {
    double ink = ink_of(in, stream, (size_t)width, (size_t)height);
    for (int i = 0; i < 4; i++) e.colour.inks[i] = ink / 4;
  }
  give(in, &e, width, height);
}

void pk_content_inline_picture(pk_interpreter *in, const pk_operand *operands, size_t count) {
  pk_element e = *in->base;
  double width = 0, height = 0, bits = 8;
  bool is_mask = false;
  pk_space space = {.kind = PK_SPACE_GREY, .components = 1};
  for (size_t i = 0; i + 1 < count; i++) {
    const pk_operand *value = &operands[i + 1];
    if (operands[i].kind != PK_OPERAND_NAME) continue;
    const char *name = operands[i].bytes;
    if (strcmp(name, "W") == 0 || strcmp(name, "Width") == 0) width = value->number;
    if (strcmp(name, "H") == 0 || strcmp(name, "Height") == 0) height = value->number;
    if (strcmp(name, "BPC") == 0 || strcmp(name, "BitsPerComponent") == 0) bits = value->number;
    if (strcmp(name, "IM") == 0 || strcmp(name, "ImageMask") == 0) is_mask = value->number > 0;
    bool is_space = strcmp(name, "CS") == 0 || strcmp(name, "ColorSpace") == 0;
    if (!is_space || value->kind != PK_OPERAND_NAME) continue;
    g_autofree char *spelt = g_strconcat("/", value->bytes, NULL);
    space = pk_space_read(in, qpdf_oh_new_name(in->qpdf, spelt), 0);
    i++;
  }
  e.object = in->object;
  e.is_transparent = in->now.is_transparent;
  describe(&e, in, &space, is_mask, bits);
  give(in, &e, width, height);
}
