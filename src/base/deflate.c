/* zlib streams by libdeflate; rows filtered as in PNG.
 *
 * In:  bytes or pixels. Out: a zlib stream; the same bytes for the same input.
 * Each row takes the filter whose residues, as signed bytes, have the least sum
 * of magnitudes (ISO/IEC 15948, 12.8), which makes photographs a good deal smaller;
 * rows of flat areas stay as they are. */
#include "base/deflate.h"

#include <glib.h>
#include <libdeflate.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct pk_packer {
  struct libdeflate_compressor *compressor;
  uint8_t *packed; /* `room` bytes */
  size_t room;
};

pk_packer *pk_packer_new(int level) {
  pk_packer *packer = g_new0(pk_packer, 1);
  packer->compressor = libdeflate_alloc_compressor(level);
  if (!packer->compressor) g_error("deflate: out of memory");
  return packer;
}

void pk_packer_drop(pk_packer *packer) {
  if (!packer) return;
  libdeflate_free_compressor(packer->compressor);
  g_free(packer->packed);
  g_free(packer);
}

const uint8_t *pk_packer_pack(pk_packer *packer, const void *data, size_t size, size_t *out_size) {
  size_t bound = libdeflate_zlib_compress_bound(packer->compressor, size);
  if (bound > packer->room) {
    g_free(packer->packed);
    packer->packed = g_malloc(bound);
    packer->room = bound;
  }
  *out_size = libdeflate_zlib_compress(packer->compressor, data, size, packer->packed, packer->room);
  return packer->packed;
}

uint8_t *pk_deflate(const void *data, size_t size, int level, size_t *out_size) {
  pk_packer *packer = pk_packer_new(level);
  (void)pk_packer_pack(packer, data, size, out_size);
  uint8_t *out = g_realloc(g_steal_pointer(&packer->packed), *out_size);
  pk_packer_drop(packer);
  return out;
}

enum { FILTER_NONE, FILTER_SUB, FILTER_UP, FILTER_PAETH = 4 };

static inline uint8_t paeth(int left, int above, int corner) {
  int by_left = abs(above - corner), by_above = abs(left - corner), by_corner = abs(left + above - 2 * corner);
  if (by_left <= by_above && by_left <= by_corner) return (uint8_t)left;
  return (uint8_t)(by_above <= by_corner ? above : corner);
}

/* The loops are apart, and branch on nothing, so that the compiler turns them
 * into vector code. The first pixel of a row has no left neighbour. */
static void filter_row(int filter, const uint8_t *row, const uint8_t *above, size_t size, size_t channels,
                       uint8_t *out) {
  switch (filter) {
  case FILTER_SUB:
    memcpy(out, row, channels);
    for (size_t i = channels; i < size; i++) out[i] = (uint8_t)(row[i] - row[i - channels]);
    break;
  case FILTER_UP:
    for (size_t i = 0; i < size; i++) out[i] = (uint8_t)(row[i] - above[i]);
    break;
  case FILTER_PAETH:
    for (size_t i = 0; i < channels; i++) out[i] = (uint8_t)(row[i] - above[i]);
    for (size_t i = channels; i < size; i++)
      out[i] = (uint8_t)(row[i] - paeth(row[i - channels], above[i], above[i - channels]));
    break;
  default: memcpy(out, row, size);
  }
}

/* 32 bits hold the sum of any row of 16 million bytes. */
static uint32_t magnitude(const uint8_t *bytes, size_t size) {
  uint32_t sum = 0;
  for (size_t i = 0; i < size; i++) sum += (uint32_t)abs((int8_t)bytes[i]);
  return sum;
}

/* Do most bytes repeat the pixel before? Then it is type or a drawing, which
 * deflate packs best as it stands. */
static bool is_flat(const uint8_t *row, size_t size, size_t channels) {
  uint32_t repeats = 0;
  for (size_t i = channels; i < size; i++) repeats += row[i] == row[i - channels];
  return repeats > size / 2;
}

/* Writes the filter's number and the filtered row to `to`. */
static void filter_best(const uint8_t *row, const uint8_t *above, size_t size, size_t channels, uint8_t *tried,
                        uint8_t *to) {
  static const int filters[] = {FILTER_SUB, FILTER_UP, FILTER_PAETH, FILTER_NONE};
  to[0] = FILTER_NONE;
  if (is_flat(row, size, channels)) {
    memcpy(to + 1, row, size);
    return;
  }
  uint32_t least = UINT32_MAX;
  for (size_t f = 0; f < G_N_ELEMENTS(filters); f++) {
    filter_row(filters[f], row, above, size, channels, tried);
    uint32_t sum = magnitude(tried, size);
    if (sum >= least) continue;
    least = sum;
    to[0] = (uint8_t)filters[f];
    memcpy(to + 1, tried, size);
  }
}

uint8_t *pk_deflate_rows(const uint8_t *pixels, size_t width, size_t height, size_t channels, int level,
                         size_t *out_size) {
  size_t stride = width * channels;
  uint8_t *rows = g_malloc((stride + 1) * height);
  g_autofree uint8_t *tried = g_malloc(stride), *blank = g_malloc0(stride);
  for (size_t y = 0; y < height; y++) {
    const uint8_t *row = pixels + y * stride;
    filter_best(row, y ? row - stride : blank, stride, channels, tried, rows + y * (stride + 1));
  }
  uint8_t *out = pk_deflate(rows, (stride + 1) * height, level, out_size);
  g_free(rows);
  return out;
}
