/* Decoded pixels: dropping, turning. */
#include "art/raster.h"

#include <stdarg.h>
#include <string.h>

void pk_problem_set(pk_problem *problem, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_vsnprintf(problem->text, sizeof problem->text, format, args);
  va_end(args);
}

void pk_raster_drop(pk_raster *raster) {
  g_clear_pointer(&raster->pixels, g_free);
  g_clear_pointer(&raster->alpha, g_free);
  g_clear_pointer(&raster->icc, g_bytes_unref);
}

/* The EXIF orientations (CIPA DC-008, tag 0x0112) as: is the stored picture
 * transposed, and from which ends are its columns and rows taken after that. */
typedef struct {
  bool transposed, from_right, from_bottom;
} turn;

static turn turn_of(int orientation) {
  static const turn turns[9] = {
      [2] = {false, true, false}, [3] = {false, true, true}, [4] = {false, false, true}, [5] = {true, false, false},
      [6] = {true, true, false},  [7] = {true, true, true},  [8] = {true, false, true},
  };
  return turns[orientation >= 1 && orientation <= 8 ? orientation : 1];
}

static uint8_t *turn_plane(const uint8_t *from, uint32_t width, uint32_t height, size_t size, turn how) {
  uint32_t new_width = how.transposed ? height : width, new_height = how.transposed ? width : height;
  uint8_t *to = g_malloc((size_t)width * height * size), *at = to;
  for (uint32_t y = 0; y < new_height; y++) {
    uint32_t v = how.from_bottom ? new_height - 1 - y : y;
    for (uint32_t x = 0; x < new_width; x++, at += size) {
      uint32_t u = how.from_right ? new_width - 1 - x : x;
      size_t source = how.transposed ? (size_t)u * width + v : (size_t)v * width + u;
      memcpy(at, from + source * size, size);
    }
  }
  return to;
}

void pk_raster_turn(pk_raster *raster, int orientation) {
  if (orientation <= 1 || orientation > 8) return;
  turn how = turn_of(orientation);
  uint8_t *pixels = turn_plane(raster->pixels, raster->width, raster->height, (size_t)raster->components, how);
  g_free(raster->pixels);
  raster->pixels = pixels;
  if (raster->alpha) {
    uint8_t *alpha = turn_plane(raster->alpha, raster->width, raster->height, 1, how);
    g_free(raster->alpha);
    raster->alpha = alpha;
  }
  if (!how.transposed) return;
  uint32_t width = raster->width;
  raster->width = raster->height;
  raster->height = width;
}

void pk_raster_matrix(int orientation, double matrix[6]) {
  turn how = turn_of(orientation);
  /* Stored (s across, t down) -> upright (u across, v down), all 0..1; then both
   * are seen with y up: t = 1 - y, v = 1 - y'. */
  double across = how.from_right ? -1 : 1, down = how.from_bottom ? -1 : 1;
  double left = how.from_right ? 1 : 0, top = how.from_bottom ? 1 : 0;
  const double plain[6] = {across, 0, 0, down, left, 1 - top - down};
  /* Transposed: u = left + across * t, v = top + down * s. */
  const double turned[6] = {0, -down, -across, 0, left + across, 1 - top};
  memcpy(matrix, how.transposed ? turned : plain, sizeof plain);
}
