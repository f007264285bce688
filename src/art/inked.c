/* Vector art as pixels in inks, for outputs that have no transparency.
 *
 * In:  a drawing and the size it is printed at. Out: CMYK pixels with their
 * opacity. Each colour is mapped as in vector art: brand colours to their inks,
 * neutral greys to black alone, the rest by conversion. Drawings have few
 * colours, so each is mapped once or a few times. */
#include <math.h>
#include <string.h>

#include "art/picture.h"

/* Edges of drawings need more than photos: what line art is printed at, halved. */
enum { DPI = 600, MAX_PIXELS = 50 * 1000 * 1000, KNOWN = 4096 };

typedef struct {
  uint32_t rgb; /* with its top byte set where the entry is in use */
  uint8_t cmyk[4];
} known_colour;

static void map(pk_mapper *mapper, known_colour *known, uint32_t rgb, uint8_t out[4]) {
  known_colour *entry = &known[(rgb * 2654435761u) >> 20];
  if (entry->rgb != (rgb | 0xFF000000u)) {
    const double colour[3] = {(rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0};
    double cmyk[4];
    pk_mapper_map(mapper, colour, cmyk);
    for (int i = 0; i < 4; i++) entry->cmyk[i] = (uint8_t)lround(CLAMP(cmyk[i], 0, 1) * 255);
    entry->rgb = rgb | 0xFF000000u;
  }
  memcpy(out, entry->cmyk, sizeof entry->cmyk);
}

/* Cairo's pixels are multiplied by their opacity. */
static uint32_t plain_colour(uint32_t pixel, uint32_t alpha) {
  uint32_t rgb = 0;
  for (int shift = 16; shift >= 0; shift -= 8) {
    uint32_t value = alpha ? ((pixel >> shift & 255) * 255 + alpha / 2) / alpha : 255;
    rgb |= MIN(value, 255u) << shift;
  }
  return rgb;
}

static void take_pixels(cairo_surface_t *surface, pk_mapper *mapper, pk_raster *out) {
  g_autofree known_colour *known = g_new0(known_colour, KNOWN);
  const unsigned char *row = cairo_image_surface_get_data(surface);
  uint8_t *pixel = out->pixels, *alpha = out->alpha;
  for (uint32_t y = 0; y < out->height; y++, row += cairo_image_surface_get_stride(surface))
    for (uint32_t x = 0; x < out->width; x++, pixel += 4, alpha++) {
      uint32_t value;
      memcpy(&value, row + 4 * (size_t)x, sizeof value);
      *alpha = (uint8_t)(value >> 24);
      map(mapper, known, plain_colour(value, *alpha), pixel);
    }
}

static pk_status tell_too_large(pk_job *job, const pk_art *art) {
  pk_diag_add(job->diag, PK_CODE_ART_TOO_LARGE, art->span, "there is no memory to draw %s", pk_art_name(art));
  return PK_SYSTEM;
}

pk_status pk_art_paint_inks(pk_job *job, const pk_art *art, const pk_art_colours *colours, const pk_art_place *place,
                            pk_raster *out) {
  double wide = place && place->width > 0 ? place->width : art->width;
  double high = place && place->height > 0 ? place->height : art->height;
  double scale = MIN(DPI / 72.0, sqrt(MAX_PIXELS / (wide * high)));
  *out = (pk_raster){.width = (uint32_t)MAX(ceil(wide * scale), 1), .height = (uint32_t)MAX(ceil(high * scale), 1)};
  out->components = 4;
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)out->width, (int)out->height);
  cairo_t *cairo = cairo_create(surface);
  pk_status status = pk_art_paint(job, art, colours, cairo, out->width, out->height);
  cairo_destroy(cairo);
  cairo_surface_flush(surface);
  if (status == PK_OK && cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) status = tell_too_large(job, art);
  if (status == PK_OK) {
    out->pixels = g_malloc(pk_raster_pixels(out) * 4);
    out->alpha = g_malloc(pk_raster_pixels(out));
    pk_mapper mapper = {.colours = colours, .conversion = pk_art_lent_conversion(art, colours)};
    take_pixels(surface, &mapper, out);
    if (mapper.has_failed) {
      pk_art_tell_profile(job, colours, &mapper.problem);
      status = PK_FAILED;
    } else {
      pk_art_keep_conversion(art, &mapper);
    }
    pk_mapper_clear(&mapper);
  }
  cairo_surface_destroy(surface);
  if (status != PK_OK) pk_raster_drop(out);
  return status;
}
