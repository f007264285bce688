/* What a print shop asks of a raster picture: its kind, and how much ink it takes.
 *
 * In:  a checked raster. Out: numbers. A photo in RGB is not decoded: what ink it
 * takes is decided by the profile it is converted with, which keeps its limit. */
#include "art/picture.h"

enum { SQUARE = 8, PIXELS_WANTED = 2 * 1000 * 1000 };

static bool is_bilevel(const pk_raster *raster) {
  size_t count = pk_raster_pixels(raster);
  for (size_t i = 0; i < count; i++)
    if (raster->pixels[i] != 0 && raster->pixels[i] != 255) return false;
  return true;
}

/* A single pixel makes no puddle, so ink is averaged over squares. */
static double most_ink(const pk_raster *raster) {
  uint32_t most = 0;
  for (uint32_t y = 0; y + SQUARE <= raster->height; y += SQUARE)
    for (uint32_t x = 0; x + SQUARE <= raster->width; x += SQUARE) {
      uint32_t sum = 0;
      for (uint32_t v = 0; v < SQUARE; v++) {
        const uint8_t *row = raster->pixels + ((size_t)(y + v) * raster->width + x) * 4;
        for (size_t i = 0; i < 4 * SQUARE; i++) sum += row[i];
      }
      most = MAX(most, sum);
    }
  return most / (255.0 * SQUARE * SQUARE);
}

static unsigned fraction_for(const pk_art *art) {
  unsigned denominator = 1;
  size_t pixels = (size_t)art->head.width * art->head.height;
  if (art->kind != PK_ART_JPEG) return 1;
  while (denominator < 8 && pixels / denominator / denominator > PIXELS_WANTED) denominator *= 2;
  return denominator;
}

pk_status pk_art_summarise(pk_job *job, const pk_art *art, pk_art_summary *out) {
  g_assert(art->kind != PK_ART_SVG);
  pk_art_summary summary = {.components = art->head.components};
  if (summary.components != 3) {
    bool is_line_art = summary.components == 1 && art->kind == PK_ART_PNG;
    pk_raster raster;
    if (summary.components == 4 || is_line_art) {
      pk_status status = pk_art_decode(job, art, fraction_for(art), &raster);
      if (status != PK_OK) return status;
      summary.is_bilevel = is_line_art && is_bilevel(&raster);
      summary.most_ink = raster.components == 4 ? most_ink(&raster) : 0;
      pk_raster_drop(&raster);
    }
  }
  *out = summary;
  return PK_OK;
}
