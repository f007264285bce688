/* Lays a picture with transparent parts on what is under it.
 *
 * In:  pixels in grey or CMYK with their opacity, and areas of one colour. Out:
 * opaque pixels: PDF/X-1a and PDF/X-3 know no transparency. Paper is white. What
 * is grey stays in black alone as long as nothing under it has a colour. */
#include "art/flatten.h"

#include <math.h>
#include <string.h>

static bool has_colour(const pk_art_place *place) {
  for (size_t i = 0; place && i < place->patch_count; i++) {
    const double *cmyk = place->patches[i].cmyk;
    if (cmyk[0] > 0 || cmyk[1] > 0 || cmyk[2] > 0) return true;
  }
  return false;
}

/* The inks under one point, 0..255 each; the last patch is on top. */
static void find_under(const pk_art_place *place, double x, double y, double under[4]) {
  for (size_t i = place ? place->patch_count : 0; i > 0; i--) {
    const pk_art_patch *patch = &place->patches[i - 1];
    if (x < patch->left || x >= patch->right || y < patch->top || y >= patch->bottom) continue;
    for (int c = 0; c < 4; c++) under[c] = patch->cmyk[c] * 255;
    return;
  }
  memset(under, 0, 4 * sizeof *under);
}

static uint8_t mix(double over, double under, double alpha) {
  return (uint8_t)lround(over * alpha + under * (1 - alpha));
}

static void flatten_grey(pk_raster *raster, const pk_art_place *place) {
  uint8_t *pixel = raster->pixels;
  const uint8_t *alpha = raster->alpha;
  for (uint32_t y = 0; y < raster->height; y++)
    for (uint32_t x = 0; x < raster->width; x++, pixel++, alpha++) {
      double under[4];
      if (*alpha == 255) continue;
      find_under(place, (x + 0.5) / raster->width, (y + 0.5) / raster->height, under);
      *pixel = mix(*pixel, 255 - under[3], *alpha / 255.0);
    }
}

static void grey_to_cmyk(pk_raster *raster) {
  size_t count = pk_raster_pixels(raster);
  uint8_t *out = g_malloc0(count * 4);
  for (size_t i = 0; i < count; i++) out[4 * i + 3] = (uint8_t)(255 - raster->pixels[i]);
  g_free(raster->pixels);
  raster->pixels = out;
  raster->components = 4;
}

static void flatten_cmyk(pk_raster *raster, const pk_art_place *place) {
  uint8_t *pixel = raster->pixels;
  const uint8_t *alpha = raster->alpha;
  for (uint32_t y = 0; y < raster->height; y++)
    for (uint32_t x = 0; x < raster->width; x++, pixel += 4, alpha++) {
      double under[4];
      if (*alpha == 255) continue;
      find_under(place, (x + 0.5) / raster->width, (y + 0.5) / raster->height, under);
      for (int c = 0; c < 4; c++) pixel[c] = mix(pixel[c], under[c], *alpha / 255.0);
    }
}

void pk_raster_flatten(pk_raster *raster, const pk_art_place *place) {
  g_assert(raster->components == 1 || raster->components == 4);
  if (!raster->alpha) return;
  if (raster->components == 1 && has_colour(place)) grey_to_cmyk(raster);
  if (raster->components == 1)
    flatten_grey(raster, place);
  else
    flatten_cmyk(raster, place);
  g_clear_pointer(&raster->alpha, g_free);
}
