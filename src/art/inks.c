/* Any picture in inks, for plates that are painted.
 *
 * In:  a checked picture, the colours of the press, how large it is printed. Out:
 *      CMYK pixels, upright. A profile of its own never stays: what a press prints
 *      is inks. */
#include <math.h>
#include <string.h>

#include "art/picture.h"

enum { MAX_FRACTION = 8 };

/* Grey is black ink alone. */
static void to_four(pk_raster *raster) {
  if (raster->components != 1) return;
  size_t count = pk_raster_pixels(raster);
  uint8_t *cmyk = g_malloc0(count * 4);
  for (size_t i = 0; i < count; i++) cmyk[4 * i + 3] = (uint8_t)(255 - raster->pixels[i]);
  g_free(raster->pixels);
  raster->pixels = cmyk;
  raster->components = 4;
}

static pk_status decode(pk_job *job, const pk_art *art, const pk_art_colours *colours, double reduction,
                        pk_raster *raster) {
  unsigned fraction = 1;
  if (art->kind == PK_ART_JPEG)
    while (fraction < MAX_FRACTION && fraction * 2 <= reduction) fraction *= 2;
  pk_status status = pk_art_decode(job, art, fraction, raster);
  if (status != PK_OK) return status;
  if (raster->components == 3) {
    pk_conversion *conversion = pk_art_conversion(job, art, colours);
    if (conversion && !pk_conversion_raster(conversion, raster)) pk_art_warn_profile(job, art);
    status = conversion ? PK_OK : PK_FAILED;
  }
  if (status == PK_OK) to_four(raster);
  if (status == PK_OK) pk_raster_turn(raster, art->head.orientation);
  if (status != PK_OK) pk_raster_drop(raster);
  return status;
}

static void drop_raster(gpointer raster) {
  pk_raster_drop(raster);
}

pk_status pk_art_to_inks(pk_job *job, const pk_art *art, const pk_art_colours *colours, pk_length width,
                         pk_length height, double dpi, pk_art_inks *out) {
  pk_raster *raster = PK_NEW(job->arena, pk_raster);
  double across = fmax(ceil(width * dpi / 72), 1), down = fmax(ceil(height * dpi / 72), 1);
  uint32_t pixels_across, pixels_down;
  pk_art_pixels(art, &pixels_across, &pixels_down);
  const pk_art_place place = {.width = width, .height = height};
  pk_status status = pk_art_is_vector(art)
                         ? pk_art_paint_inks(job, art, colours, &place, raster)
                         : decode(job, art, colours, fmin(pixels_across / across, pixels_down / down), raster);
  if (status != PK_OK) return status;
  pk_arena_defer(job->arena, drop_raster, raster);
  pk_raster_scale(raster, (uint32_t)across, (uint32_t)down);
  *out = (pk_art_inks){raster->width, raster->height, raster->pixels, raster->alpha};
  return PK_OK;
}
