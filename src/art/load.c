/* Loads pictures: reads, checks, measures.
 *
 * In:  an absolute path and the place that names it. Out: a pk_art whose header
 * is known and within the limits; no pixel of it has been decoded. What a file
 * is goes by its first bytes, never by its name. */
#include <string.h>

#include "art/jpeg.h"
#include "art/picture.h"
#include "art/png.h"
#include "art/poppler.h"
#include "art/tiff.h"
#include "base/file.h"

enum { PHOTO_DPI = 300 };

static void drop_store(gpointer data) {
  pk_art_store *store = data;
  g_hash_table_unref(store->arts);
  pk_conversion_drop(store->conversion);
  g_free(store->profile_path);
}

pk_art_store *pk_art_store_new(pk_job *job) {
  pk_art_store *store = PK_NEW(job->arena, pk_art_store);
  store->arts = g_hash_table_new(g_str_hash, g_str_equal);
  pk_arena_defer(job->arena, drop_store, store);
  return store;
}

pk_art_kind pk_art_kind_of(const pk_art *art) {
  return art->kind;
}
const char *pk_art_path(const pk_art *art) {
  return art->path;
}

bool pk_art_is_vector(const pk_art *art) {
  return art->kind == PK_ART_SVG || art->kind == PK_ART_PDF;
}

const char *pk_art_name(const pk_art *art) {
  const char *slash = strrchr(art->path, '/');
  return slash ? slash + 1 : art->path;
}

void pk_art_size(const pk_art *art, pk_length *width, pk_length *height) {
  *width = art->width;
  *height = art->height;
}

void pk_art_pixels(const pk_art *art, uint32_t *width, uint32_t *height) {
  bool is_lying = pk_raster_is_lying(art->head.orientation);
  *width = is_lying ? art->head.height : art->head.width;
  *height = is_lying ? art->head.width : art->head.height;
}

int pk_art_components(const pk_art *art) {
  return pk_art_is_vector(art) ? 0 : art->head.components;
}

uint8_t *pk_art_encode_jpeg(const uint8_t *rgb, uint32_t width, uint32_t height, size_t *size) {
  enum { QUALITY = 88 };
  const pk_raster raster = {.width = width, .height = height, .components = 3, .pixels = (uint8_t *)rgb};
  return pk_jpeg_encode(&raster, QUALITY, size);
}

static pk_status tell_unreadable(pk_job *job, const char *path, pk_span span, const GError *error) {
  if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
    pk_diag_hint(job->diag, pk_diag_add(job->diag, PK_CODE_FILE_MISSING, span, "%s does not exist", path),
                 "check the spelling; a path is taken from the folder of the file that names it");
  } else if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOSPC)) {
    pk_diag_hint(job->diag, pk_diag_add(job->diag, PK_CODE_ART_TOO_LARGE, span, "%s", error->message),
                 "save the picture at the size it is printed in");
  } else {
    pk_diag_add(job->diag, PK_CODE_FILE_UNREADABLE, span, "%s", error->message);
  }
  return PK_FAILED;
}

static pk_status tell_problem(pk_job *job, const pk_art *art, pk_span span, const pk_problem *problem) {
  if (problem->is_too_large)
    pk_diag_hint(job->diag,
                 pk_diag_add(job->diag, PK_CODE_ART_TOO_LARGE, span, "%s: %s", pk_art_name(art), problem->text),
                 "the limits are %d pixels along a side and %d million in all; save it smaller", PK_ART_MAX_SIDE,
                 PK_ART_MAX_PIXELS / 1000000);
  else
    pk_diag_hint(
        job->diag,
        pk_diag_add(job->diag, PK_CODE_ART_BROKEN, span, "%s cannot be read: %s", pk_art_name(art), problem->text),
        "open it in the program that made it and save it again");
  return PK_FAILED;
}

static bool check_pixels(const pk_raster_head *head, pk_problem *problem) {
  if (head->width <= PK_ART_MAX_SIDE && head->height <= PK_ART_MAX_SIDE &&
      (size_t)head->width * head->height <= PK_ART_MAX_PIXELS)
    return true;
  problem->is_too_large = true;
  pk_problem_set(problem, "it has %u × %u pixels", head->width, head->height);
  return false;
}

static void measure_raster(pk_art *art) {
  const pk_raster_head *head = &art->head;
  double dpi_x = head->dpi_x >= 1 ? head->dpi_x : PHOTO_DPI, dpi_y = head->dpi_y >= 1 ? head->dpi_y : PHOTO_DPI;
  double width = head->width * 72.0 / dpi_x, height = head->height * 72.0 / dpi_y;
  bool is_lying = pk_raster_is_lying(head->orientation);
  art->width = is_lying ? height : width;
  art->height = is_lying ? width : height;
}

static pk_status tell_no_tiff(pk_job *job, const pk_art *art, pk_span span) {
  pk_diag_hint(job->diag,
               pk_diag_add(job->diag, PK_CODE_ART_NO_TIFF, span, "%s is TIFF, and libtiff 4.5 is not installed",
                           pk_art_name(art)),
               "install it (on Debian and Ubuntu: apt install libtiff6), or save the picture as JPEG or PNG");
  return PK_FAILED;
}

static pk_status open_raster(pk_job *job, pk_art *art, pk_span span) {
  pk_problem problem = {0};
  size_t size;
  const uint8_t *data = pk_art_data(art, &size);
  if (art->kind == PK_ART_TIFF && !pk_tiff_is_available()) return tell_no_tiff(job, art, span);
  bool is_read = art->kind == PK_ART_JPEG   ? pk_jpeg_head(data, size, &art->head, &problem)
                 : art->kind == PK_ART_TIFF ? pk_tiff_head(data, size, &art->head, &problem)
                                            : pk_png_head(data, size, &art->head, &problem);
  /* A monstrous size is the better thing to tell of a file that is also broken. */
  bool is_within = check_pixels(&art->head, &problem);
  if (!is_read || !is_within) return tell_problem(job, art, span, &problem);
  measure_raster(art);
  return PK_OK;
}

/* What the end of a path asks for (RFC 8118): "emblem.pdf#page=2". `*length` is
 * that of the path without it; 0 if it asks for nothing. */
static uint32_t page_asked(const char *path, size_t *length) {
  static const char word[] = "#page=";
  const char *mark = strrchr(path, '#');
  *length = strlen(path);
  if (!mark || !g_str_has_prefix(mark, word)) return 0;
  const char *digits = mark + strlen(word);
  size_t count = strspn(digits, "0123456789");
  guint64 page = g_ascii_strtoull(digits, NULL, 10);
  if (count == 0 || digits[count] || page == 0 || page > PK_READER_MAX_PAGES) return 0;
  *length = (size_t)(mark - path);
  return (uint32_t)page;
}

static pk_status check_pdf(pk_job *job, const pk_art *art, pk_span span, uint32_t page) {
  const pk_reader *reader = art->reader;
  if (qpdf_is_encrypted(reader->qpdf) && !qpdf_allow_extract_all(reader->qpdf)) {
    pk_diag_hint(job->diag,
                 pk_diag_add(job->diag, PK_CODE_PDF_LOCKED, span, "%s is locked against copying", pk_art_name(art)),
                 "ask for a copy without protection");
    return PK_FAILED;
  }
  if (page <= reader->page_count) return PK_OK;
  pk_diag_add(job->diag, PK_CODE_ART_PAGE, span, "%s has %zu page%s, and page %u is asked for", pk_art_name(art),
              reader->page_count, reader->page_count == 1 ? "" : "s", page);
  return PK_FAILED;
}

static pk_status open_pdf(pk_job *job, pk_art *art, pk_span span) {
  pk_problem problem = {0};
  size_t length;
  uint32_t page = MAX(page_asked(art->path, &length), 1);
  if (!pk_poppler_is_available()) {
    pk_diag_hint(
        job->diag,
        pk_diag_add(job->diag, PK_CODE_ART_NO_PDF, span, "%s is PDF, and poppler is not installed", pk_art_name(art)),
        "install it (on Debian and Ubuntu: apt install libpoppler-glib8), or use an SVG or PNG of the drawing");
    return PK_FAILED;
  }
  pk_status status = pk_reader_open_named(job, pk_art_name(art), art->bytes, span, &art->reader);
  if (status == PK_OK) status = check_pdf(job, art, span, page);
  if (status != PK_OK) return status;
  art->page = page - 1;
  pk_reader_size(&art->reader->pages[art->page], &art->width, &art->height);
  if (art->width > 0 && art->height > 0 && MAX(art->width, art->height) <= PK_ART_MAX_SIDE) return PK_OK;
  problem.is_too_large = true;
  pk_problem_set(&problem, "it is %.0f × %.0f points large", art->width, art->height);
  return tell_problem(job, art, span, &problem);
}

static pk_status tell_unknown(pk_job *job, const pk_art *art, pk_span span) {
  size_t size;
  const uint8_t *data = pk_art_data(art, &size);
  static const struct {
    const char *magic;
    size_t length;
    const char *name;
  } known[] = {{"GIF8", 4, "a GIF"},
               {"RIFF", 4, "a WebP"},
               {"BM", 2, "a BMP"},
               {"\x1F\x8B", 2, "compressed"},
               {"8BPS", 4, "a Photoshop file"}};
  const char *name = size == 0 ? "empty" : NULL;
  for (size_t i = 0; i < G_N_ELEMENTS(known) && !name; i++)
    if (size >= known[i].length && memcmp(data, known[i].magic, known[i].length) == 0) name = known[i].name;
  pk_diagnostic *told =
      pk_diag_add(job->diag, PK_CODE_ART_UNKNOWN_KIND, span, "%s is %s, not a JPEG, PNG, TIFF, SVG or PDF picture",
                  pk_art_name(art), name ? name : "of a kind that presskit does not know");
  pk_diag_hint(job->diag, told, "save photos as JPEG, screenshots as PNG, logos and drawings as SVG or PDF");
  return PK_FAILED;
}

static pk_status open_art(pk_job *job, pk_art *art, pk_span span) {
  size_t size;
  const uint8_t *data = pk_art_data(art, &size);
  if (pk_jpeg_is(data, size))
    art->kind = PK_ART_JPEG;
  else if (pk_png_is(data, size))
    art->kind = PK_ART_PNG;
  else if (pk_tiff_is(data, size))
    art->kind = PK_ART_TIFF;
  else if (pk_svg_is(data, size))
    art->kind = PK_ART_SVG;
  else if (pk_reader_is_pdf(data, size))
    art->kind = PK_ART_PDF;
  else
    return tell_unknown(job, art, span);
  return art->kind == PK_ART_SVG   ? pk_art_open_svg(job, art)
         : art->kind == PK_ART_PDF ? open_pdf(job, art, span)
                                   : open_raster(job, art, span);
}

static void drop_bytes(gpointer bytes) {
  g_bytes_unref(bytes);
}

static void drop_cache(gpointer data) {
  pk_art_cache *cache = data;
  if (cache->surface) cairo_surface_destroy(cache->surface);
  if (cache->svg) pk_svg_drop(cache->svg);
}

/* The path as the article or office has it, which people know it by. */
static const char *as_written(pk_job *job, const char *path, pk_span span) {
  if (!span.source || span.end <= span.start || span.end > span.source->size) return path;
  return pk_arena_strndup(job->arena, span.source->text + span.start, span.end - span.start);
}

pk_status pk_art_open(pk_job *job, pk_art_store *store, const char *path, GBytes *bytes, pk_span span,
                      const pk_art **out) {
  pk_art *art = PK_NEW(job->arena, pk_art);
  art->path = pk_arena_strdup(job->arena, path);
  art->span = span;
  art->store = store;
  art->bytes = g_bytes_ref(bytes);
  pk_arena_defer(job->arena, drop_bytes, art->bytes);
  size_t size;
  const uint8_t *data = pk_art_data(art, &size);
  size_t length;
  page_asked(path, &length);
  g_autofree char *file = g_strndup(path, length);
  pk_job_note_input(job, file, data, size);
  art->cache = PK_NEW(job->arena, pk_art_cache);
  pk_arena_defer(job->arena, drop_cache, art->cache);
  pk_status status = open_art(job, art, span);
  if (status != PK_OK) return status;
  g_hash_table_insert(store->arts, (gpointer)art->path, art);
  *out = art;
  return PK_OK;
}

pk_status pk_art_load(pk_job *job, pk_art_store *store, const char *path, pk_span span, const pk_art **out) {
  const pk_art *known = g_hash_table_lookup(store->arts, path);
  if (known) {
    *out = known;
    return PK_OK;
  }
  const char *real;
  size_t length;
  page_asked(path, &length);
  g_autofree char *file = g_strndup(path, length);
  if (pk_job_reach(job, file, as_written(job, path, span), span, &real) != PK_OK) return PK_FAILED;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = pk_file_read(real, PK_ART_MAX_BYTES, &error);
  return bytes ? pk_art_open(job, store, path, bytes, span, out) : tell_unreadable(job, file, span, error);
}

pk_status pk_art_tell_problem(pk_job *job, const pk_art *art, const pk_problem *problem) {
  return tell_problem(job, art, art->span, problem);
}

void pk_art_warn_damage(pk_job *job, const pk_art *art, const pk_problem *problem) {
  if (!problem->text[0]) return;
  pk_diag_hint(
      job->diag,
      pk_diag_add(job->diag, PK_CODE_ART_DAMAGED, art->span, "%s is damaged: %s", pk_art_name(art), problem->text),
      "look at the picture on the page, and get a fresh copy of the file if part of it is wrong");
}

pk_status pk_art_decode(pk_job *job, const pk_art *art, unsigned denominator, pk_raster *out) {
  pk_problem problem = {0};
  size_t size;
  const uint8_t *data = pk_art_data(art, &size);
  bool is_read = art->kind == PK_ART_JPEG   ? pk_jpeg_decode(data, size, denominator, out, &problem)
                 : art->kind == PK_ART_TIFF ? pk_tiff_decode(data, size, out, &problem)
                                            : pk_png_decode(data, size, out, &problem);
  if (!is_read) return pk_art_tell_problem(job, art, &problem);
  pk_art_warn_damage(job, art, &problem);
  return PK_OK;
}
