/* What a print shop asks of a raster picture: its kind, and how much ink it takes.
 *
 * In:  a checked raster and how large it is printed. Out: numbers. Ink is measured
 * on a coarse copy: a single pixel makes no puddle, a square millimetre does. To know
 * them a picture is decoded, so they are kept in the cache. */
#include <string.h>

#include "art/picture.h"
#include "base/cache.h"

enum { DPI = 100, SQUARE = 4 };

static bool is_bilevel(const pk_raster *raster) {
  size_t count = pk_raster_pixels(raster);
  for (size_t i = 0; i < count; i++)
    if (raster->pixels[i] != 0 && raster->pixels[i] != 255) return false;
  return true;
}

static uint32_t ink_at(const pk_art_inks *inks, size_t at) {
  const uint8_t *pixel = inks->cmyk + 4 * at;
  uint32_t sum = (uint32_t)pixel[0] + pixel[1] + pixel[2] + pixel[3];
  return inks->alpha ? sum * inks->alpha[at] / 255 : sum;
}

/* Of whole squares; of the picture itself where it is smaller than one. */
static double most_ink(const pk_art_inks *inks) {
  uint32_t most = 0, wide = MIN(inks->width, SQUARE), high = MIN(inks->height, SQUARE);
  for (uint32_t y = 0; y + high <= inks->height; y += high)
    for (uint32_t x = 0; x + wide <= inks->width; x += wide) {
      uint32_t sum = 0;
      for (uint32_t v = 0; v < high; v++)
        for (uint32_t u = 0; u < wide; u++) sum += ink_at(inks, (size_t)(y + v) * inks->width + x + u);
      most = MAX(most, sum);
    }
  return most / (255.0 * wide * high);
}

static pk_status look_at_grey(pk_job *job, const pk_art *art, pk_art_summary *summary) {
  pk_raster raster;
  if (art->kind == PK_ART_JPEG) return PK_OK; /* it has no line art */
  pk_status status = pk_art_decode(job, art, 1, &raster);
  if (status != PK_OK) return status;
  summary->is_bilevel = is_bilevel(&raster);
  pk_raster_drop(&raster);
  return PK_OK;
}

/* ---- kept from run to run ------------------------------------------------------- */

typedef struct {
  pk_job *job;
  const pk_art *art;
  const pk_art_colours *colours;
  pk_length width, height;
  pk_art_summary summary;
  pk_status status;
} maker;

static pk_status make(maker *m) {
  pk_art_inks inks;
  m->summary = (pk_art_summary){.components = m->art->head.components};
  if (m->summary.components == 1) return look_at_grey(m->job, m->art, &m->summary);
  if (m->summary.components != 4 && m->colours->keeps_profiles) return PK_OK;
  pk_status status = pk_art_to_inks(m->job, m->art, m->colours, m->width, m->height, DPI, &inks);
  if (status == PK_OK) m->summary.most_ink = most_ink(&inks);
  return status;
}

/* What was told meanwhile would not be told again, so then it is not kept. */
static GBytes *make_for_cache(void *data) {
  maker *m = data;
  size_t before, told;
  pk_diag_list(m->job->diag, &before);
  m->status = make(m);
  pk_diag_list(m->job->diag, &told);
  return m->status == PK_OK && told == before ? g_bytes_new(&m->summary, sizeof m->summary) : NULL;
}

pk_status pk_art_summarise(pk_job *job, const pk_art *art, const pk_art_colours *colours, pk_length width,
                           pk_length height, pk_art_summary *out) {
  g_assert(!pk_art_is_vector(art));
  maker m = {job, art, colours, width, height, {0}, PK_OK};
  const pk_art_place place = {.width = width, .height = height};
  pk_cache *cache = job->worker ? job->worker->cache : NULL;
  pk_digest key;
  if (!cache || !pk_art_key(art, colours, &place, "summary", &key)) {
    m.status = make(&m);
  } else {
    g_autoptr(GBytes) bytes = pk_cache_bytes(cache, key, make_for_cache, &m);
    gsize size = 0;
    const void *data = bytes ? g_bytes_get_data(bytes, &size) : NULL;
    if (size == sizeof m.summary) memcpy(&m.summary, data, size);
    if (bytes && size != sizeof m.summary) m.status = make(&m);
  }
  if (m.status == PK_OK) *out = m.summary;
  return m.status;
}
