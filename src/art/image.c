/* Pictures as images of a PDF.
 *
 * In:  a checked picture, the colours of the output and its place. Out: a PDF
 * image whose stream is ready. A JPEG whose colours and size the output takes
 * passes through byte by byte, lying photos too (the image's matrix turns them);
 * everything else is decoded at the fraction that is needed, scaled, turned
 * upright, converted, laid on its ground where the output knows no
 * transparency, and packed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "art/flatten.h"
#include "art/jpeg.h"
#include "art/picture.h"
#include "base/cache.h"
#include "base/deflate.h"
#include "base/file.h"

/* A photo that came as a JPEG goes out as one if it is large: without loss it
 * would be ten times the size, for nothing that is seen in print. */
enum { PHOTO_PIXELS = 1000 * 1000, PHOTO_QUALITY = 95, MAX_FRACTION = 8 };

/* Smaller pictures are made faster than found. The version goes up with whatever
 * changes what comes out. */
enum { KEPT_PIXELS = 200 * 1000, KEPT_VERSION = 1, MAX_PROFILE_BYTES = 64 * 1024 * 1024 };

typedef enum {
  PLAIN,     /* in the colours of the output as it is */
  TAGGED,    /* likewise, with its own profile */
  CONVERTED, /* into the colours of the output */
} treatment;

typedef struct {
  pk_job *job;
  const pk_art *art;
  const pk_art_colours *colours;
  const pk_art_place *place;
  pk_art_image *image;
  pk_status status; /* of making it for the cache */
} maker;

static void drop_bytes(gpointer bytes) {
  g_bytes_unref(bytes);
}

/* ---- what is done to it -------------------------------------------------- */

/* `icc` is the picture's own profile if it is whole and fits, else NULL. */
static pk_status choose(maker *m, int components, GBytes *icc, treatment *out) {
  const pk_art_colours *colours = m->colours;
  *out = icc && (!colours->is_press || colours->keeps_profiles) ? TAGGED : PLAIN;
  if (!colours->is_press) {
    if (components == 4) *out = CONVERTED;
    return PK_OK;
  }
  if (components == 3 && *out == PLAIN) *out = CONVERTED;
  if (components != 4 || !icc || !colours->profile_path) return PK_OK;
  pk_conversion *conversion = pk_art_conversion(m->job, m->art, colours);
  if (!conversion) return PK_FAILED;
  bool is_ours = pk_conversion_is_of(conversion, icc);
  if (is_ours || *out == PLAIN) *out = is_ours ? PLAIN : CONVERTED;
  return PK_OK;
}

/* Drops a profile that is damaged or of another kind, and says so. */
static void check_profile(maker *m, int components, GBytes **icc) {
  if (!*icc || pk_profile_fits(*icc, components)) return;
  pk_art_warn_profile(m->job, m->art);
  g_clear_pointer(icc, g_bytes_unref);
}

/* Keeps the profile that describes the image's colours as they are stored. */
static void keep_profile(maker *m, GBytes *icc) {
  pk_arena_defer(m->job->arena, drop_bytes, g_bytes_ref(icc));
  m->image->icc = g_bytes_get_data(icc, &m->image->icc_size);
}

/* ---- size ---------------------------------------------------------------- */

/* How many pixels of the picture, along a side, go into one that is wanted. */
static double reduction_for(const maker *m, int components) {
  const pk_art_limits *limits = &m->colours->limits;
  double wanted = components == 1 ? limits->grey : limits->colour;
  uint32_t across, down;
  pk_art_pixels(m->art, &across, &down);
  if (!m->place || m->place->width <= 0 || m->place->height <= 0 || wanted <= 0 || limits->most < 1) return 1;
  double found = MIN(across * 72 / m->place->width, down * 72 / m->place->height);
  return found > wanted * limits->most ? found / wanted : 1;
}

static bool is_line_art(const pk_raster *raster) {
  if (raster->components != 1 || raster->alpha) return false;
  for (const uint8_t *p = raster->pixels, *end = p + pk_raster_pixels(raster); p < end; p++)
    if (*p != 0 && *p != 255) return false;
  return true;
}

static void scale(const maker *m, pk_raster *raster, double reduction) {
  if (reduction <= 1) return;
  double width = m->art->head.width / reduction, height = m->art->head.height / reduction;
  pk_raster_scale(raster, (uint32_t)MAX(ceil(width), 1), (uint32_t)MAX(ceil(height), 1));
}

/* ---- packing ------------------------------------------------------------- */

static const uint8_t *own(maker *m, uint8_t *data, GDestroyNotify release) {
  pk_arena_defer(m->job->arena, release, data);
  return data;
}

static void pack_bits(maker *m, const pk_raster *raster) {
  size_t stride = (raster->width + 7u) / 8;
  g_autofree uint8_t *bits = g_malloc0(stride * raster->height);
  for (uint32_t y = 0; y < raster->height; y++)
    for (uint32_t x = 0; x < raster->width; x++)
      if (raster->pixels[(size_t)y * raster->width + x]) bits[y * stride + x / 8] |= (uint8_t)(0x80 >> (x & 7));
  m->image->bits = 1;
  m->image->data = own(m, pk_deflate(bits, stride * raster->height, PK_DEFLATE_LEVEL, &m->image->size), g_free);
}

static void pack_rows(maker *m, const pk_raster *raster) {
  m->image->predictor = 15;
  m->image->data = own(m,
                       pk_deflate_rows(raster->pixels, raster->width, raster->height, (size_t)raster->components,
                                       PK_DEFLATE_LEVEL, &m->image->size),
                       g_free);
  if (!raster->alpha) return;
  m->image->mask =
      own(m, pk_deflate_rows(raster->alpha, raster->width, raster->height, 1, PK_DEFLATE_LEVEL, &m->image->mask_size),
          g_free);
  m->image->mask_predictor = 15;
}

static bool pack_photo(maker *m, const pk_raster *raster) {
  if (m->art->kind != PK_ART_JPEG || pk_raster_pixels(raster) < PHOTO_PIXELS) return false;
  uint8_t *data = pk_jpeg_encode(raster, PHOTO_QUALITY, &m->image->size);
  if (data) m->image->data = own(m, data, free);
  return data != NULL;
}

static void pack(maker *m, const pk_raster *raster) {
  pk_art_image *image = m->image;
  pk_raster_matrix(1, image->matrix);
  image->width = raster->width;
  image->height = raster->height;
  image->components = raster->components;
  image->bits = 8;
  image->filter = "/DCTDecode";
  if (pack_photo(m, raster)) return;
  image->filter = "/FlateDecode";
  if (is_line_art(raster))
    pack_bits(m, raster);
  else
    pack_rows(m, raster);
}

static void convert_row(const void *pass, const uint8_t *from, uint8_t *to, uint32_t width) {
  pk_conversion_row(pass, from, to, width);
}

/* ---- the ways there ------------------------------------------------------ */

static pk_status convert(maker *m, pk_raster *raster) {
  bool is_understood;
  if (m->colours->is_press) {
    pk_conversion *conversion = pk_art_conversion(m->job, m->art, m->colours);
    if (!conversion) return PK_FAILED;
    is_understood = pk_conversion_raster(conversion, raster);
  } else {
    is_understood = pk_raster_to_srgb(raster);
  }
  if (!is_understood) pk_art_warn_profile(m->job, m->art);
  return PK_OK;
}

/* Pixels that are the raster's own, upright and in the colours of the output. */
static pk_status finish(maker *m, pk_raster *raster) {
  treatment how;
  check_profile(m, raster->components, &raster->icc);
  pk_status status = choose(m, raster->components, raster->icc, &how);
  if (status == PK_OK && m->colours->is_opaque && raster->alpha && raster->components == 3) how = CONVERTED;
  if (status == PK_OK && how == CONVERTED) status = convert(m, raster);
  if (status != PK_OK) return status;
  pk_raster_turn(raster, m->art->head.orientation);
  if (m->colours->is_opaque && raster->alpha) pk_raster_flatten(raster, m->place);
  if (how == TAGGED && raster->icc) keep_profile(m, raster->icc);
  pack(m, raster);
  return PK_OK;
}

static pk_status make_from_pixels(maker *m) {
  double reduction = reduction_for(m, m->art->head.components);
  unsigned fraction = 1;
  if (m->art->kind == PK_ART_JPEG)
    while (fraction < MAX_FRACTION && fraction * 2 <= reduction) fraction *= 2;
  pk_raster raster;
  pk_status status = pk_art_decode(m->job, m->art, fraction, &raster);
  if (status != PK_OK) return status;
  if (!is_line_art(&raster)) scale(m, &raster, reduction);
  status = finish(m, &raster);
  pk_raster_drop(&raster);
  return status;
}

/* A large photo at its full size: from JPEG to JPEG, never whole in memory, and
 * turned by its matrix. `*is_done` where that serves. */
static pk_status recode_photo(maker *m, GBytes *icc, bool *is_done) {
  const pk_raster_head *head = &m->art->head;
  pk_art_image *image = m->image;
  size_t size;
  const uint8_t *data = pk_art_data(m->art, &size);
  if (!m->colours->is_press || (size_t)head->width * head->height < PHOTO_PIXELS) return PK_OK;
  pk_conversion *conversion = pk_art_conversion(m->job, m->art, m->colours);
  if (!conversion) return PK_FAILED;
  pk_pixel_pass pass;
  pk_problem problem = {0};
  pk_conversion_begin(conversion, icc, head->components, &pass);
  uint8_t *made = NULL;
  if (pass.transform) made = pk_jpeg_convert(data, size, convert_row, &pass, PHOTO_QUALITY, &image->size, &problem);
  bool is_tried = pass.transform != NULL;
  pk_conversion_end(&pass);
  if (!is_tried) return PK_OK;
  if (!made) return pk_art_tell_problem(m->job, m->art, &problem);
  pk_art_warn_damage(m->job, m->art, &problem);
  image->data = own(m, made, free);
  image->filter = "/DCTDecode";
  image->width = head->width;
  image->height = head->height;
  image->bits = 8;
  image->components = 4;
  pk_raster_matrix(head->orientation, image->matrix);
  *is_done = true;
  return PK_OK;
}

static pk_status make_from_drawing(maker *m) {
  pk_raster raster;
  pk_status status = pk_art_paint_inks(m->job, m->art, m->colours, m->place, &raster);
  if (status != PK_OK) return status;
  pk_raster_flatten(&raster, m->place);
  pack(m, &raster);
  pk_raster_drop(&raster);
  return PK_OK;
}

/* All that the image depends on but the bytes of picture and profile, in one text.
 * To be freed. */
static char *describe(const pk_art_colours *colours, const pk_art_place *place) {
  static const pk_art_place nowhere;
  if (!place) place = &nowhere;
  GString *text = g_string_new(NULL);
  g_string_append_printf(text, "%d%d%d%d %.17g %.17g %.17g %.17g %.17g", colours->is_press, colours->keeps_profiles,
                         colours->is_perceptual, colours->is_opaque, colours->limits.colour, colours->limits.grey,
                         colours->limits.most, place->width, place->height);
  for (size_t i = 0; colours->is_opaque && i < place->patch_count; i++) {
    const pk_art_patch *p = &place->patches[i];
    g_string_append_printf(text, "|%.17g %.17g %.17g %.17g %.17g %.17g %.17g %.17g", p->left, p->top, p->right,
                           p->bottom, p->cmyk[0], p->cmyk[1], p->cmyk[2], p->cmyk[3]);
  }
  return g_string_free(text, FALSE);
}

/* ---- kept from run to run ------------------------------------------------ */

/* What stands before the bytes of an image in the cache. */
typedef struct {
  uint32_t width, height;
  int32_t bits, components, predictor, mask_predictor, is_jpeg;
  uint64_t size, mask_size, icc_size;
  double matrix[6];
} kept_head;

static GBytes *bytes_of(const pk_art_image *image) {
  const kept_head head = {.width = image->width,
                          .height = image->height,
                          .bits = image->bits,
                          .components = image->components,
                          .predictor = image->predictor,
                          .mask_predictor = image->mask_predictor,
                          .is_jpeg = strcmp(image->filter, "/DCTDecode") == 0,
                          .size = image->size,
                          .mask_size = image->mask ? image->mask_size : 0,
                          .icc_size = image->icc ? image->icc_size : 0,
                          .matrix = {image->matrix[0], image->matrix[1], image->matrix[2], image->matrix[3],
                                     image->matrix[4], image->matrix[5]}};
  GByteArray *bytes = g_byte_array_sized_new((guint)(sizeof head + head.size + head.mask_size + head.icc_size));
  g_byte_array_append(bytes, (const guint8 *)&head, sizeof head);
  g_byte_array_append(bytes, image->data, (guint)head.size);
  if (head.mask_size) g_byte_array_append(bytes, image->mask, (guint)head.mask_size);
  if (head.icc_size) g_byte_array_append(bytes, image->icc, (guint)head.icc_size);
  return g_byte_array_free_to_bytes(bytes);
}

/* False if the bytes are no image. The image points into them. */
static bool take_bytes(pk_art_image *image, GBytes *bytes) {
  gsize size;
  const uint8_t *data = g_bytes_get_data(bytes, &size);
  kept_head head;
  if (size < sizeof head) return false;
  memcpy(&head, data, sizeof head);
  uint64_t left = size - sizeof head;
  if (head.size > left || head.mask_size > left - head.size || head.icc_size != left - head.size - head.mask_size)
    return false;
  data += sizeof head;
  *image = (pk_art_image){.width = head.width,
                          .height = head.height,
                          .bits = head.bits,
                          .components = head.components,
                          .filter = head.is_jpeg ? "/DCTDecode" : "/FlateDecode",
                          .predictor = head.predictor,
                          .data = data,
                          .size = head.size,
                          .mask = head.mask_size ? data + head.size : NULL,
                          .mask_size = head.mask_size,
                          .mask_predictor = head.mask_predictor,
                          .icc = head.icc_size ? data + head.size + head.mask_size : NULL,
                          .icc_size = head.icc_size};
  memcpy(image->matrix, head.matrix, sizeof head.matrix);
  return true;
}

static pk_status make_fresh(maker *m) {
  size_t size;
  const uint8_t *data = pk_art_data(m->art, &size);
  bool is_done = false;
  pk_status status = PK_OK;
  if (m->art->kind == PK_ART_JPEG && reduction_for(m, m->art->head.components) <= 1) {
    g_autoptr(GBytes) icc = pk_jpeg_profile(data, size);
    status = recode_photo(m, icc, &is_done);
  }
  return status == PK_OK && !is_done ? make_from_pixels(m) : status;
}

/* What was told while it was made would be told once and never again if it were
 * kept, so it is not. */
static GBytes *make_for_cache(void *data) {
  maker *m = data;
  size_t told = pk_diag_count(m->job->diag, PK_WARNING) + pk_diag_count(m->job->diag, PK_ERROR);
  m->status = make_fresh(m);
  bool is_quiet = told == pk_diag_count(m->job->diag, PK_WARNING) + pk_diag_count(m->job->diag, PK_ERROR);
  return m->status == PK_OK && is_quiet ? bytes_of(m->image) : NULL;
}

bool pk_art_key(const pk_art *art, const pk_art_colours *colours, const pk_art_place *place, const char *what,
                pk_digest *key) {
  pk_digest profile = {0};
  if (colours->profile_path) {
    g_autoptr(GBytes) icc = pk_file_read(colours->profile_path, MAX_PROFILE_BYTES, NULL);
    if (!icc) return false; /* which is told when it is opened */
    profile = pk_digest_of(g_bytes_get_data(icc, NULL), g_bytes_get_size(icc));
  }
  size_t size;
  const uint8_t *data = pk_art_data(art, &size);
  pk_digest picture = pk_digest_of(data, size);
  g_autofree char *asked = describe(colours, place);
  g_autofree char *text = g_strdup_printf(
      "%s %d %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %s", what,
      KEPT_VERSION, picture.high, picture.low, profile.high, profile.low, asked);
  *key = pk_digest_of(text, strlen(text));
  return true;
}

static pk_status make_or_find(maker *m) {
  pk_cache *cache = m->job->worker ? m->job->worker->cache : NULL;
  size_t pixels = (size_t)m->art->head.width * m->art->head.height;
  pk_digest key;
  if (!cache || pixels < KEPT_PIXELS || !pk_art_key(m->art, m->colours, m->place, "image", &key)) return make_fresh(m);
  m->status = PK_OK;
  GBytes *bytes = pk_cache_bytes(cache, key, make_for_cache, m);
  if (!bytes) return m->status;
  pk_arena_defer(m->job->arena, drop_bytes, bytes);
  return take_bytes(m->image, bytes) ? PK_OK : make_fresh(m);
}

/* `*is_done` where the file's own stream serves. */
static pk_status pass_jpeg(maker *m, bool *is_done) {
  const pk_raster_head *head = &m->art->head;
  pk_art_image *image = m->image;
  *is_done = false;
  if (m->art->kind != PK_ART_JPEG || reduction_for(m, head->components) > 1) return PK_OK;
  const uint8_t *data = pk_art_data(m->art, &image->size);
  g_autoptr(GBytes) icc = pk_jpeg_profile(data, image->size);
  treatment how;
  check_profile(m, head->components, &icc);
  pk_status status = choose(m, head->components, icc, &how);
  if (status != PK_OK) return status;
  if (how == CONVERTED) return PK_OK;
  image->data = data;
  image->filter = "/DCTDecode";
  image->width = head->width;
  image->height = head->height;
  image->bits = 8;
  image->components = head->components;
  image->is_inverted = head->is_inverted;
  pk_raster_matrix(head->orientation, image->matrix);
  if (how == TAGGED) keep_profile(m, icc);
  *is_done = true;
  return PK_OK;
}

static pk_status make(maker *m) {
  if (pk_art_is_vector(m->art)) return make_from_drawing(m);
  bool is_done;
  pk_status status = pass_jpeg(m, &is_done);
  return status == PK_OK && !is_done ? make_or_find(m) : status;
}

/* ---- once a job ---------------------------------------------------------- */

pk_status pk_art_to_image(pk_job *job, const pk_art *art, const pk_art_colours *colours, const pk_art_place *place,
                          const pk_art_image **out) {
  pk_art_cache *cache = art->cache;
  g_autofree char *asked = describe(colours, place);
  const char *profile = colours->profile_path ? colours->profile_path : "";
  const char *made_for = pk_arena_printf(job->arena, "%s %s", asked, profile);
  if (!cache->image || strcmp(cache->image_made_for, made_for) != 0) {
    maker m = {job, art, colours, place, PK_NEW(job->arena, pk_art_image), PK_OK};
    pk_status status = make(&m);
    if (status != PK_OK) return status;
    cache->image = m.image;
    cache->image_made_for = made_for;
  }
  *out = cache->image;
  return PK_OK;
}
