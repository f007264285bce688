/* Draws pictures with Cairo.
 *
 * In:  a checked picture and a place on a Cairo surface. Out: drawn there. A
 * raster is decoded when it is first drawn, upright and in sRGB, at about the
 * resolution of the surface: whole blocks of pixels are averaged (for JPEG in
 * part by its decoder), so that a large photo costs little on a small page and
 * no side is longer than Cairo takes. The rest of the scaling is Cairo's. */
#include <math.h>
#include <string.h>

#include "art/picture.h"

enum { CAIRO_MAX_SIDE = 32767, MAX_SHRINK = 64 };

/* How many pixels of the picture fall on one of the surface, along the side
 * where they are fewer. */
static unsigned shrink_for(const pk_art *art, cairo_t *cairo, pk_length width, pk_length height) {
  uint32_t across, down;
  pk_art_pixels(art, &across, &down);
  double wide_x = width, wide_y = 0, high_x = 0, high_y = height;
  cairo_user_to_device_distance(cairo, &wide_x, &wide_y);
  cairo_user_to_device_distance(cairo, &high_x, &high_y);
  double ratio = fmin(across / fmax(hypot(wide_x, wide_y), 1), down / fmax(hypot(high_x, high_y), 1));
  unsigned shrink = (unsigned)CLAMP(floor(ratio), 1, MAX_SHRINK);
  while (MAX(across, down) / shrink > CAIRO_MAX_SIDE) shrink++;
  return shrink;
}

/* The average of the block of the picture that becomes one pixel: premultiplied
 * ARGB as Cairo wants it. */
static uint32_t average_block(const pk_raster *raster, uint32_t left, uint32_t top, uint32_t side) {
  uint32_t right = MIN(left + side, raster->width), bottom = MIN(top + side, raster->height);
  uint64_t sum[4] = {0};
  size_t step = (size_t)raster->components;
  for (uint32_t y = top; y < bottom; y++)
    for (uint32_t x = left; x < right; x++) {
      size_t at = (size_t)y * raster->width + x;
      const uint8_t *colour = raster->pixels + at * step;
      uint64_t alpha = raster->alpha ? raster->alpha[at] : 255;
      sum[0] += alpha;
      for (size_t c = 0; c < 3; c++) sum[1 + c] += alpha * colour[step == 1 ? 0 : c];
    }
  uint64_t count = (uint64_t)(right - left) * (bottom - top), half = count / 2;
  uint32_t pixel = (uint32_t)((sum[0] + half) / count);
  for (int c = 1; c < 4; c++) pixel = pixel << 8 | (uint32_t)((sum[c] + 255 * half) / (255 * count));
  return pixel;
}

static cairo_surface_t *surface_of(const pk_raster *raster, uint32_t side) {
  uint32_t width = (raster->width + side - 1) / side, height = (raster->height + side - 1) / side;
  cairo_format_t format = raster->alpha ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24;
  cairo_surface_t *surface = cairo_image_surface_create(format, (int)width, (int)height);
  if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) return surface;
  unsigned char *row = cairo_image_surface_get_data(surface);
  for (uint32_t y = 0; y < height; y++, row += cairo_image_surface_get_stride(surface))
    for (uint32_t x = 0; x < width; x++) {
      uint32_t pixel = average_block(raster, x * side, y * side, side);
      memcpy(row + (size_t)x * sizeof pixel, &pixel, sizeof pixel);
    }
  cairo_surface_mark_dirty(surface);
  return surface;
}

static pk_status decode_surface(pk_job *job, const pk_art *art, unsigned shrink) {
  unsigned denominator = 1;
  if (art->kind == PK_ART_JPEG)
    while (denominator < 8 && denominator * 2 <= shrink) denominator *= 2;
  pk_raster raster;
  pk_status status = pk_art_decode(job, art, denominator, &raster);
  if (status != PK_OK) return status;
  if (!pk_raster_to_srgb(&raster)) pk_art_warn_profile(job, art);
  pk_raster_turn(&raster, art->head.orientation);
  cairo_surface_t *surface = surface_of(&raster, shrink / denominator);
  pk_raster_drop(&raster);
  if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
    cairo_surface_destroy(surface);
    pk_diag_add(job->diag, PK_CODE_ART_TOO_LARGE, art->span, "there is no memory to draw %s", pk_art_name(art));
    return PK_SYSTEM;
  }
  g_clear_pointer(&art->cache->surface, cairo_surface_destroy);
  art->cache->surface = surface;
  art->cache->shrink = shrink / denominator * denominator;
  return PK_OK;
}

static pk_status draw_raster(pk_job *job, const pk_art *art, cairo_t *cairo, pk_length width, pk_length height) {
  unsigned shrink = shrink_for(art, cairo, width, height);
  if (!art->cache->surface || art->cache->shrink > shrink) {
    pk_status status = decode_surface(job, art, shrink);
    if (status != PK_OK) return status;
  }
  cairo_surface_t *surface = art->cache->surface;
  uint32_t across, down;
  pk_art_pixels(art, &across, &down);
  /* The last block of a row may be a part, so the scale is that of the blocks. */
  double side_x = (double)art->cache->shrink * width / across, side_y = (double)art->cache->shrink * height / down;
  cairo_save(cairo);
  cairo_rectangle(cairo, 0, 0, width, height);
  cairo_clip(cairo);
  cairo_scale(cairo, side_x, side_y);
  cairo_set_source_surface(cairo, surface, 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_GOOD);
  cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD); /* no pale edge */
  cairo_paint(cairo);
  cairo_restore(cairo);
  return PK_OK;
}

pk_status pk_art_paint(pk_job *job, const pk_art *art, const pk_art_colours *colours, cairo_t *cairo, pk_length width,
                       pk_length height) {
  if (width <= 0 || height <= 0) return PK_OK;
  if (!pk_art_is_vector(art)) return draw_raster(job, art, cairo, width, height);
  if (art->kind == PK_ART_PDF) return pk_art_paint_pdf(job, art, colours, cairo, width, height);
  pk_problem problem;
  cairo_save(cairo);
  cairo_rectangle(cairo, 0, 0, width, height); /* what its view box cuts off is not shown */
  cairo_clip(cairo);
  pk_svg *svg = pk_art_svg(job, art, &problem);
  bool is_drawn = svg && pk_svg_draw(svg, cairo, width, height, &problem);
  cairo_restore(cairo);
  if (is_drawn) return PK_OK;
  pk_diag_add(job->diag, PK_CODE_ART_BROKEN, art->span, "%s cannot be drawn: %s", pk_art_name(art), problem.text);
  return PK_FAILED;
}
