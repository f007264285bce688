/* Scales pixels down by averaging areas.
 *
 * In:  a raster and a smaller size. Out: each pixel is the mean of the area of
 * the picture that it covers, parts of pixels counted as parts; colours weigh by
 * their opacity. One pass over the rows of the picture: each is first averaged
 * across, then added to the row or the two rows that it falls into. */
#include <math.h>
#include <string.h>

#include "art/raster.h"

typedef struct {
  uint32_t from, to; /* pixels of the source; `to` included */
  float first, last; /* how much of those two counts */
} area;

static area *make_areas(uint32_t from, uint32_t to) {
  area *areas = g_new(area, to);
  double step = (double)from / to;
  for (uint32_t i = 0; i < to; i++) {
    double start = i * step, end = MIN((i + 1) * step, (double)from);
    uint32_t first = (uint32_t)start, last = MIN((uint32_t)ceil(end), from) - 1;
    areas[i] = (area){first, last, (float)(MIN(end, first + 1.0) - start), (float)(end - MAX(start, (double)last))};
  }
  return areas;
}

static float weight_at(const area *a, uint32_t i) {
  return i == a->from ? a->first : i == a->to ? a->last : 1;
}

static void average_across(const float *row, size_t channels, const area *areas, uint32_t width, float *out) {
  for (uint32_t x = 0; x < width; x++, out += channels) {
    memset(out, 0, channels * sizeof *out);
    for (uint32_t i = areas[x].from; i <= areas[x].to; i++) {
      float weight = weight_at(&areas[x], i);
      for (size_t c = 0; c < channels; c++) out[c] += weight * row[i * channels + c];
    }
  }
}

/* One row as numbers, colours times opacity, opacity last. */
static void load_row(const pk_raster *raster, uint32_t y, float *row) {
  size_t colours = (size_t)raster->components, at = (size_t)y * raster->width;
  const uint8_t *pixel = raster->pixels + at * colours;
  if (!raster->alpha) {
    for (size_t i = 0; i < raster->width * colours; i++) row[i] = pixel[i];
    return;
  }
  for (uint32_t x = 0; x < raster->width; x++) {
    float alpha = raster->alpha[at + x];
    for (size_t c = 0; c < colours; c++) *row++ = *pixel++ * alpha;
    *row++ = alpha;
  }
}

static uint8_t to_byte(float value) {
  return (uint8_t)CLAMP(value + 0.5f, 0.0f, 255.0f);
}

static void store_row(const float *sums, float weight, pk_raster *out, uint32_t y) {
  size_t colours = (size_t)out->components, at = (size_t)y * out->width;
  uint8_t *pixel = out->pixels + at * colours;
  if (!out->alpha) {
    for (size_t i = 0; i < out->width * colours; i++) pixel[i] = to_byte(sums[i] / weight);
    return;
  }
  for (uint32_t x = 0; x < out->width; x++, sums += colours + 1) {
    float alpha = sums[colours];
    for (size_t c = 0; c < colours; c++) *pixel++ = alpha > 0 ? to_byte(sums[c] / alpha) : 0;
    out->alpha[at + x] = to_byte(alpha / weight);
  }
}

void pk_raster_scale(pk_raster *raster, uint32_t width, uint32_t height) {
  if (width >= raster->width && height >= raster->height) return;
  width = CLAMP(width, 1, raster->width);
  height = CLAMP(height, 1, raster->height);
  size_t channels = (size_t)raster->components + (raster->alpha ? 1 : 0);
  pk_raster out = *raster;
  out.width = width;
  out.height = height;
  out.pixels = g_malloc((size_t)width * height * (size_t)raster->components);
  if (raster->alpha) out.alpha = g_malloc((size_t)width * height);
  g_autofree area *across = make_areas(raster->width, width), *down = make_areas(raster->height, height);
  g_autofree float *row = g_new(float, raster->width *channels), *narrow = g_new(float, width *channels);
  g_autofree float *sums = g_new(float, width *channels);
  uint32_t loaded = UINT32_MAX;
  float cell = (float)((double)raster->width / width * raster->height / height);
  for (uint32_t y = 0; y < height; y++) {
    memset(sums, 0, width * channels * sizeof *sums);
    for (uint32_t i = down[y].from; i <= down[y].to; i++) {
      float weight = weight_at(&down[y], i);
      if (i != loaded) { /* a row on the border serves both of its neighbours */
        load_row(raster, i, row);
        average_across(row, channels, across, width, narrow);
        loaded = i;
      }
      for (size_t k = 0; k < width * channels; k++) sums[k] += weight * narrow[k];
    }
    store_row(sums, cell, &out, y);
  }
  g_free(raster->pixels);
  g_free(raster->alpha);
  *raster = out;
}
