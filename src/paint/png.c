/* Pixels -> PNG.
 *
 * In:  an RGB24 surface. Out: a PNG of RGB without alpha, its resolution in pHYs
 * and its colours declared as sRGB. libpng frames and checks the chunks; the
 * rows are filtered and compressed by our own deflate, which takes a fifth of
 * the time of zlib's. */
#include "paint/png.h"

#include <math.h>
#include <png.h>
#include <string.h>

#include "base/deflate.h"

/* Pages are mostly white: harder compression hardly gains. */
enum { LEVEL = 5, RGB_BYTES = 3 };

static void append(png_structp png, png_bytep data, size_t size) {
  g_byte_array_append(png_get_io_ptr(png), data, (guint)size);
}

static void flush(png_structp png) {
  (void)png;
}

static void put_u32(uint8_t *at, uint32_t value) {
  for (int i = 0; i < 4; i++) at[i] = (uint8_t)(value >> (24 - 8 * i));
}

static uint8_t *pack_pixels(cairo_surface_t *surface, size_t width, size_t height) {
  uint8_t *pixels = g_malloc(width * height * RGB_BYTES), *to = pixels;
  const unsigned char *row = cairo_image_surface_get_data(surface);
  for (size_t y = 0; y < height; y++, row += cairo_image_surface_get_stride(surface))
    for (size_t x = 0; x < width; x++) {
      uint32_t pixel;
      memcpy(&pixel, row + x * sizeof pixel, sizeof pixel);
      *to++ = (uint8_t)(pixel >> 16);
      *to++ = (uint8_t)(pixel >> 8);
      *to++ = (uint8_t)pixel;
    }
  return pixels;
}

static void put_chunk(png_structp png, const char *type, const uint8_t *data, size_t size) {
  png_write_chunk(png, (png_const_bytep)type, data, size);
}

static void put_header(png_structp png, uint32_t width, uint32_t height, int channels, double dpi) {
  uint8_t header[13] = {[8] = 8, [9] = channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB};
  put_u32(header, width);
  put_u32(header + 4, height);
  put_chunk(png, "IHDR", header, sizeof header);
  if (channels == RGB_BYTES) put_chunk(png, "sRGB", (const uint8_t[]){PNG_sRGB_INTENT_RELATIVE}, 1);
  uint8_t density[9] = {[8] = PNG_RESOLUTION_METER};
  put_u32(density, (uint32_t)lround(dpi / 0.0254));
  put_u32(density + 4, (uint32_t)lround(dpi / 0.0254));
  put_chunk(png, "pHYs", density, sizeof density);
}

void pk_paint_png_pixels(pk_job *job, const uint8_t *pixels, uint32_t width, uint32_t height, int channels, double dpi,
                         const uint8_t **data, size_t *size) {
  size_t packed_size;
  g_autofree uint8_t *packed = pk_deflate_rows(pixels, width, height, (size_t)channels, LEVEL, &packed_size);
  GByteArray *out = g_byte_array_sized_new((guint)packed_size + 256);
  /* libpng has no cause to fail here: it neither compresses nor runs out of room. */
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_set_write_fn(png, out, append, flush);
  png_write_sig(png);
  put_header(png, width, height, channels, dpi);
  put_chunk(png, "IDAT", packed, packed_size);
  put_chunk(png, "IEND", NULL, 0);
  png_destroy_write_struct(&png, NULL);
  *size = out->len;
  *data = g_byte_array_free(out, FALSE);
  pk_arena_defer(job->arena, g_free, (gpointer)*data);
}

void pk_paint_png(pk_job *job, cairo_surface_t *surface, double dpi, const uint8_t **data, size_t *size) {
  uint32_t width = (uint32_t)cairo_image_surface_get_width(surface);
  uint32_t height = (uint32_t)cairo_image_surface_get_height(surface);
  cairo_surface_flush(surface);
  g_autofree uint8_t *pixels = pack_pixels(surface, width, height);
  pk_paint_png_pixels(job, pixels, width, height, RGB_BYTES, dpi, data, size);
}
