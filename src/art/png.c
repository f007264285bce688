/* PNG by libpng.
 *
 * In:  a whole file in memory, not to be trusted. Out: header or pixels.
 * The header is read by walking the chunks (ISO/IEC 15948, 5.3), since size
 * limits and a missing end must be known before libpng decodes anything; the
 * combination of depth and colour type is libpng's to judge. libpng tells of
 * errors by a long jump, caught in one place a function. */
#include "art/png.h"

#include <png.h>
#include <string.h>

#include "art/exif.h"

enum { SIGNATURE = 8, CHUNK_HEAD = 8, CHUNK_CHECK = 4, HEADER_SIZE = 13 };
enum { COLOUR_RGB = 2, COLOUR_PALETTE = 3, COLOUR_RGBA = 6 };

bool pk_png_is(const uint8_t *data, size_t size) {
  return size >= SIGNATURE && memcmp(data, "\x89PNG\r\n\x1A\n", SIGNATURE) == 0;
}

static uint32_t read_u32(const uint8_t *at) {
  return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static bool read_header(const uint8_t *body, uint32_t length, pk_raster_head *head) {
  if (length != HEADER_SIZE) return false;
  head->width = read_u32(body);
  head->height = read_u32(body + 4);
  int colour = body[9];
  head->components = colour == COLOUR_RGB || colour == COLOUR_PALETTE || colour == COLOUR_RGBA ? 3 : 1;
  return true;
}

static void read_chunk(const uint8_t *type, const uint8_t *body, uint32_t length, pk_raster_head *head) {
  const double inches = 0.0254; /* pHYs counts pixels a metre */
  if (memcmp(type, "pHYs", 4) == 0 && length == 9 && body[8] == 1) {
    head->dpi_x = read_u32(body) * inches;
    head->dpi_y = read_u32(body + 4) * inches;
  } else if (memcmp(type, "eXIf", 4) == 0) {
    head->orientation = pk_exif_read(body, length).orientation;
  }
}

bool pk_png_head(const uint8_t *data, size_t size, pk_raster_head *head, pk_problem *problem) {
  *head = (pk_raster_head){.orientation = 1};
  problem->is_too_large = false;
  bool has_data = false;
  size_t at = SIGNATURE;
  while (size - at >= CHUNK_HEAD + CHUNK_CHECK) {
    uint32_t length = read_u32(data + at);
    const uint8_t *type = data + at + 4, *body = data + at + CHUNK_HEAD;
    if (at == SIGNATURE) {
      if (memcmp(type, "IHDR", 4) != 0 || size - at < CHUNK_HEAD + HEADER_SIZE || !read_header(body, length, head)) {
        pk_problem_set(problem, "it does not begin with a header");
        return false;
      }
      if (head->width == 0 || head->height == 0) {
        pk_problem_set(problem, "its size is %u × %u pixels", head->width, head->height);
        return false;
      }
    }
    if (length > size - at - CHUNK_HEAD - CHUNK_CHECK) break;
    if (memcmp(type, "IEND", 4) == 0) {
      if (has_data) return true;
      pk_problem_set(problem, "it holds no picture");
      return false;
    }
    has_data = has_data || memcmp(type, "IDAT", 4) == 0;
    read_chunk(type, body, length, head);
    at += CHUNK_HEAD + CHUNK_CHECK + (size_t)length;
  }
  pk_problem_set(problem, "the file ends in the middle of the picture");
  return false;
}

/* ---- pixels -------------------------------------------------------------- */

typedef struct {
  png_structp png;
  png_infop info;
  const uint8_t *data;
  size_t size, at;
  uint8_t *pixels;
  png_bytep *rows;
  pk_problem *problem;
} reader;

static void leave(png_structp png, png_const_charp message) {
  reader *r = png_get_error_ptr(png);
  pk_problem_set(r->problem, "%s", message);
  png_longjmp(png, 1);
}

static void ignore_warning(png_structp png, png_const_charp message) {
  (void)png, (void)message;
}

static void read_bytes(png_structp png, png_bytep to, size_t count) {
  reader *r = png_get_io_ptr(png);
  if (count > r->size - r->at) png_error(png, "the file ends in the middle of the picture");
  memcpy(to, r->data + r->at, count);
  r->at += count;
}

static GBytes *copy_profile(reader *r) {
  png_charp name = NULL;
  png_bytep profile = NULL;
  int method = 0;
  png_uint_32 length = 0;
  if (!png_get_iCCP(r->png, r->info, &name, &method, &profile, &length)) return NULL;
  return g_bytes_new(profile, length);
}

/* Decodes into `r->pixels` and returns how many channels that has: 1 to 4. */
static int read_picture(reader *r, pk_raster *out) {
  png_structp png = r->png;
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX); /* the header was checked against ours */
  png_set_read_fn(png, r, read_bytes);
  png_read_info(png, r->info);
  out->icc = copy_profile(r);
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_interlace_handling(png);
  png_read_update_info(png, r->info);
  out->width = png_get_image_width(png, r->info);
  out->height = png_get_image_height(png, r->info);
  size_t stride = png_get_rowbytes(png, r->info);
  r->pixels = g_malloc(stride * out->height);
  r->rows = g_new(png_bytep, out->height);
  for (uint32_t y = 0; y < out->height; y++) r->rows[y] = r->pixels + stride * y;
  png_read_image(png, r->rows);
  png_read_end(png, NULL);
  return png_get_channels(png, r->info);
}

/* Moves alpha out of the pixels into a plane of its own. */
static void part_alpha(pk_raster *raster, int channels) {
  size_t count = pk_raster_pixels(raster), colours = (size_t)channels - 1;
  uint8_t *alpha = g_malloc(count), *to = raster->pixels;
  const uint8_t *from = raster->pixels;
  uint8_t least = 255;
  for (size_t i = 0; i < count; i++) {
    for (size_t c = 0; c < colours; c++) *to++ = *from++;
    alpha[i] = *from++;
    least &= alpha[i];
  }
  if (least == 255)
    g_free(alpha);
  else
    raster->alpha = alpha;
}

static void drop_neutral_colour(pk_raster *raster) {
  size_t count = pk_raster_pixels(raster);
  for (const uint8_t *p = raster->pixels, *end = p + 3 * count; p < end; p += 3)
    if (p[0] != p[1] || p[0] != p[2]) return;
  for (size_t i = 0; i < count; i++) raster->pixels[i] = raster->pixels[3 * i];
  raster->components = 1;
  g_clear_pointer(&raster->icc, g_bytes_unref); /* it describes RGB */
}

bool pk_png_decode(const uint8_t *data, size_t size, pk_raster *out, pk_problem *problem) {
  memset(out, 0, sizeof *out);
  problem->is_too_large = false;
  problem->text[0] = 0;
  reader *r = g_new0(reader, 1);
  *r = (reader){.data = data, .size = size, .problem = problem};
  r->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, r, leave, ignore_warning);
  r->info = r->png ? png_create_info_struct(r->png) : NULL;
  volatile int channels = 0;
  if (r->info && setjmp(png_jmpbuf(r->png)) == 0) channels = read_picture(r, out);
  png_destroy_read_struct(&r->png, &r->info, NULL);
  out->pixels = r->pixels;
  g_free(r->rows);
  g_free(r);
  if (channels == 0) {
    pk_raster_drop(out);
    return false;
  }
  out->components = channels >= 3 ? 3 : 1;
  if (channels == 2 || channels == 4) part_alpha(out, channels);
  if (out->components == 3) drop_neutral_colour(out);
  return true;
}
