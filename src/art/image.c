/* Raster pictures for PDF.
 *
 * In:  a checked raster and the colours of the output. Out: a PDF image whose
 * stream is ready. A JPEG whose colours the output takes passes through byte by
 * byte, lying photos too (the image's matrix turns them); everything else is
 * decoded, turned upright, converted and deflated. */
#include <string.h>

#include "art/jpeg.h"
#include "art/picture.h"
#include "base/deflate.h"

/* Photographs hardly yield to more effort, which costs a second on a large one. */
enum { PHOTO_LEVEL = 1 };

static void drop_bytes(gpointer bytes) {
  g_bytes_unref(bytes);
}

static bool may_pass(const pk_art *art, const pk_art_colours *colours) {
  if (art->kind != PK_ART_JPEG) return false;
  int components = art->head.components;
  return components == 1 || components == (colours->is_press ? 4 : 3);
}

/* Keeps the profile that describes the image's colours as they are stored. */
static void keep_profile(pk_job *job, GBytes *icc, pk_art_image *image) {
  if (!icc) return;
  pk_arena_defer(job->arena, drop_bytes, g_bytes_ref(icc));
  image->icc = g_bytes_get_data(icc, &image->icc_size);
}

static void pass_jpeg(pk_job *job, const pk_art *art, pk_art_image *image) {
  const pk_raster_head *head = &art->head;
  image->data = pk_art_data(art, &image->size);
  image->filter = "/DCTDecode";
  image->width = head->width;
  image->height = head->height;
  image->components = head->components;
  image->is_inverted = head->is_inverted;
  pk_raster_matrix(head->orientation, image->matrix);
  g_autoptr(GBytes) icc = pk_jpeg_profile(image->data, image->size);
  keep_profile(job, icc, image);
}

static const uint8_t *deflate_rows(pk_job *job, const pk_raster *raster, const uint8_t *pixels, int channels, int level,
                                   size_t *size) {
  uint8_t *data = pk_deflate_rows(pixels, raster->width, raster->height, (size_t)channels, level, size);
  pk_arena_defer(job->arena, g_free, data);
  return data;
}

static pk_status convert(pk_job *job, const pk_art *art, const pk_art_colours *colours, pk_raster *raster) {
  if (raster->components == 1 || raster->components == (colours->is_press ? 4 : 3)) return PK_OK;
  bool is_understood;
  if (colours->is_press) {
    pk_conversion *conversion = pk_art_conversion(job, art, colours);
    if (!conversion) return PK_FAILED;
    is_understood = pk_conversion_raster(conversion, raster);
  } else {
    is_understood = pk_raster_to_srgb(raster);
  }
  if (!is_understood) pk_art_warn_profile(job, art);
  return PK_OK;
}

static pk_status pack_raster(pk_job *job, const pk_art *art, const pk_art_colours *colours, pk_raster *raster,
                             pk_art_image *image) {
  pk_status status = convert(job, art, colours, raster);
  if (status != PK_OK) return status;
  pk_raster_turn(raster, art->head.orientation);
  pk_raster_matrix(1, image->matrix);
  image->filter = "/FlateDecode";
  image->width = raster->width;
  image->height = raster->height;
  image->components = raster->components;
  image->predictor = 15;
  int level = art->kind == PK_ART_JPEG ? PHOTO_LEVEL : PK_DEFLATE_LEVEL;
  image->data = deflate_rows(job, raster, raster->pixels, raster->components, level, &image->size);
  if (raster->alpha) {
    image->mask = deflate_rows(job, raster, raster->alpha, 1, level, &image->mask_size);
    image->mask_predictor = 15;
  }
  keep_profile(job, raster->icc, image);
  return PK_OK;
}

pk_status pk_art_to_image(pk_job *job, const pk_art *art, const pk_art_colours *colours, const pk_art_image **out) {
  pk_art_cache *cache = art->cache;
  if (!cache->image || cache->image_is_press != colours->is_press ||
      g_strcmp0(cache->image_profile, colours->profile_path) != 0) {
    pk_art_image *image = PK_NEW(job->arena, pk_art_image);
    image->bits = 8;
    if (may_pass(art, colours)) {
      pass_jpeg(job, art, image);
    } else {
      pk_raster raster;
      pk_status status = pk_art_decode(job, art, 1, &raster);
      if (status != PK_OK) return status;
      status = pack_raster(job, art, colours, &raster, image);
      pk_raster_drop(&raster);
      if (status != PK_OK) return status;
    }
    cache->image = image;
    cache->image_is_press = colours->is_press;
    cache->image_profile = pk_arena_strdup(job->arena, colours->profile_path);
  }
  *out = cache->image;
  return PK_OK;
}
