/* Pictures, as data of the page itself (RFC 2397).
 *
 * What browsers know goes in as it is; TIFF, pages of a PDF and what is cropped or
 * in CMYK, which browsers show each in their own way, are painted in sRGB. */
#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "art/art.h"
#include "base/file.h"
#include "html/writer.h"
#include "page/page.h"

enum {
  MAX_PICTURE_BYTES = 64 * 1024 * 1024,
  WIDEST = 1600 /* pixels of a painted picture: more than a column of a web site shows */
};

static const char *media_type(const char *bytes, size_t size) {
  if (size > 8 && memcmp(bytes, "\x89PNG", 4) == 0) return "image/png";
  if (size > 3 && memcmp(bytes, "\xFF\xD8\xFF", 3) == 0) return "image/jpeg";
  return "image/svg+xml";
}

static void put_image(pk_html_writer *writer, const pk_unit_block *unit, const char *type, const void *data,
                      size_t size) {
  g_autofree char *encoded = g_base64_encode(data, size);
  g_string_append(writer->out, "<img alt=\"");
  if (unit->alternate) pk_html_escape(writer->out, unit->alternate, strlen(unit->alternate));
  g_string_append_printf(writer->out, "\" src=\"data:%s;base64,%s\">\n", type, encoded);
}

static pk_status put_file(pk_html_writer *writer, const pk_unit_block *unit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = pk_file_read(unit->image_path, MAX_PICTURE_BYTES, &error);
  if (!bytes) {
    pk_diag_add(writer->job->diag, PK_CODE_FILE_UNREADABLE, unit->source, "cannot read %s: %s", unit->image_path,
                error->message);
    return PK_FAILED;
  }
  gsize size;
  const char *data = g_bytes_get_data(bytes, &size);
  put_image(writer, unit, media_type(data, size), data, size);
  return PK_OK;
}

/* There is no memory for the pixels. */
static pk_status fail(pk_html_writer *writer, const pk_unit_block *unit, cairo_status_t status) {
  pk_diag_add(writer->job->diag, PK_CODE_PAINT_TOO_LARGE, unit->source, "cannot paint %s: %s", unit->image_path,
              cairo_status_to_string(status));
  return PK_SYSTEM;
}

static cairo_status_t take_bytes(void *array, const unsigned char *data, unsigned size) {
  g_byte_array_append(array, data, size);
  return CAIRO_STATUS_SUCCESS;
}

/* A photo stays one: PNG would make it ten times as large. */
static pk_status put_jpeg(pk_html_writer *writer, const pk_unit_block *unit, cairo_surface_t *surface) {
  cairo_surface_flush(surface);
  uint32_t width = (uint32_t)cairo_image_surface_get_width(surface),
           height = (uint32_t)cairo_image_surface_get_height(surface);
  const uint8_t *pixels = cairo_image_surface_get_data(surface);
  if (!pixels) return fail(writer, unit, cairo_surface_status(surface));
  g_autofree uint8_t *rgb = g_malloc((size_t)3 * width * height);
  uint8_t *to = rgb;
  for (uint32_t y = 0; y < height; y++) {
    const uint8_t *row = pixels + (size_t)y * (size_t)cairo_image_surface_get_stride(surface);
    for (uint32_t x = 0; x < width; x++) {
      guint32 pixel;
      memcpy(&pixel, row + (size_t)4 * x, sizeof pixel);
      *to++ = (uint8_t)(pixel >> 16);
      *to++ = (uint8_t)(pixel >> 8);
      *to++ = (uint8_t)pixel;
    }
  }
  size_t size;
  uint8_t *jpeg = pk_art_encode_jpeg(rgb, width, height, &size);
  if (!jpeg) return fail(writer, unit, CAIRO_STATUS_NO_MEMORY);
  put_image(writer, unit, "image/jpeg", jpeg, size);
  free(jpeg);
  return PK_OK;
}

/* What is seen of the picture: `*window` its size in points, the result where all of it lies. */
static pk_rect crop_of(const pk_unit_block *unit, const pk_art *art, pk_length *window_width,
                       pk_length *window_height) {
  pk_art_size(art, window_width, window_height);
  if (!unit->figure || unit->figure->crop <= 0) return (pk_rect){0, 0, *window_width, *window_height};
  double sides = *window_width / *window_height;
  if (sides > unit->figure->crop)
    *window_width = *window_height * unit->figure->crop;
  else
    *window_height = *window_width / unit->figure->crop;
  return pk_figure_cover(unit->figure, art, *window_width, *window_height);
}

static pk_status put_painted(pk_html_writer *writer, const pk_unit_block *unit, const pk_art *art) {
  pk_length width, height, natural_width, natural_height;
  uint32_t columns, rows;
  pk_art_pixels(art, &columns, &rows);
  pk_art_size(art, &natural_width, &natural_height);
  pk_rect whole = crop_of(unit, art, &width, &height);
  double scale = (columns ? columns : 2 * natural_width) / natural_width; /* pixels to the point */
  scale = MIN(scale, WIDEST / MAX(width, height));
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, MAX(1, (int)lround(width * scale)),
                                                        MAX(1, (int)lround(height * scale)));
  cairo_t *cairo = cairo_create(surface);
  cairo_scale(cairo, scale, scale);
  cairo_translate(cairo, whole.x, whole.y);
  pk_status status = pk_art_paint(writer->job, art, NULL, cairo, whole.width, whole.height);
  cairo_destroy(cairo);
  if (status == PK_OK && pk_art_kind_of(art) == PK_ART_JPEG) {
    status = put_jpeg(writer, unit, surface);
    cairo_surface_destroy(surface);
    return status;
  }
  g_autoptr(GByteArray) png = g_byte_array_new();
  cairo_status_t written = CAIRO_STATUS_SUCCESS;
  if (status == PK_OK) written = cairo_surface_write_to_png_stream(surface, take_bytes, png);
  if (written != CAIRO_STATUS_SUCCESS) status = fail(writer, unit, written);
  cairo_surface_destroy(surface);
  if (status == PK_OK) put_image(writer, unit, "image/png", png->data, png->len);
  return status;
}

pk_status pk_html_image(pk_html_writer *writer, const pk_unit_block *unit) {
  const pk_art *art;
  pk_status status = pk_art_load(writer->job, pk_art_store_new(writer->job), unit->image_path, unit->source, &art);
  if (status != PK_OK) return status;
  pk_art_kind kind = pk_art_kind_of(art);
  bool is_known = kind == PK_ART_JPEG || kind == PK_ART_PNG || kind == PK_ART_SVG;
  bool is_cropped = unit->figure && unit->figure->crop > 0;
  return is_known && !is_cropped && pk_art_components(art) != 4 ? put_file(writer, unit)
                                                                : put_painted(writer, unit, art);
}
