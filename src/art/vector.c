/* Vector art as a PDF file of one page, and as plates.
 *
 * In:  a checked SVG or a page of a PDF. Out: for the press, its page carried over
 * with every colour mapped (carry.c); for a screen, as Cairo writes it: an SVG
 * drawn by librsvg, a PDF by poppler from what was carried over, so that fonts and
 * all are as PDF/A wants them, and the file shows what the picture of it shows. The
 * same bytes every time: the one date in it is fixed. */
#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

#include "art/carry.h"
#include "art/picture.h"
#include "art/poppler.h"
#include "base/store.h"

#define FIXED_DATE "2000-01-01T00:00:00Z"

enum { MAX_PLATE_PIXELS = 100 * 1000 * 1000 };

static cairo_status_t append(void *closure, const unsigned char *data, unsigned size) {
  g_byte_array_append(closure, data, size);
  return CAIRO_STATUS_SUCCESS;
}

static bool write_pdf(pk_job *job, const pk_art *art, GByteArray *out, pk_problem *problem) {
  pk_svg *svg = pk_art_svg(job, art, problem);
  if (!svg) return false;
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(append, out, art->width, art->height);
  cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, FIXED_DATE);
  cairo_t *cairo = cairo_create(surface);
  bool ok = pk_svg_draw(svg, cairo, art->width, art->height, problem);
  cairo_show_page(cairo);
  cairo_destroy(cairo);
  cairo_surface_finish(surface);
  cairo_status_t status = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  if (!ok || status == CAIRO_STATUS_SUCCESS) return ok;
  pk_problem_set(problem, "%s", cairo_status_to_string(status));
  return false;
}

static pk_status tell_undrawable(pk_job *job, const pk_art *art, const pk_problem *problem) {
  pk_code code = problem->is_too_large ? PK_CODE_ART_TOO_LARGE : PK_CODE_ART_BROKEN;
  pk_diagnostic *told =
      pk_diag_add(job->diag, code, art->span, "%s cannot be drawn: %s", pk_art_name(art), problem->text);
  pk_diag_hint(job->diag, told, "open it in the program that made it, simplify it and save it as plain %s",
               art->kind == PK_ART_PDF ? "PDF" : "SVG");
  return PK_FAILED;
}

static pk_status tell_font(pk_job *job, const pk_art *art, const pk_carry_left *left) {
  pk_diagnostic *told = pk_diag_add(job->diag, PK_CODE_ART_FONT, art->span,
                                    "%s sets text in %s, which is not in the file", pk_art_name(art), left->font);
  pk_diag_hint(job->diag, told, "export it again with all fonts embedded, or with its texts turned into outlines");
  return PK_FAILED;
}

/* A drawing as a PDF, in one piece of memory. */
typedef struct {
  size_t size;
  uint8_t bytes[];
} drawing;

static const drawing *copy_drawing(const GByteArray *bytes) {
  drawing *copy = g_malloc(sizeof *copy + bytes->len);
  copy->size = bytes->len;
  memcpy(copy->bytes, bytes->data, bytes->len);
  return copy;
}

/* Its texts are set in the fonts of the run. */
static pk_digest drawing_key(const pk_job *job, const pk_art *art) {
  pk_digester *digester = pk_digester_new();
  pk_digester_add_text(digester, "drawing");
  pk_digester_add(digester, &job->worker->fonts, sizeof job->worker->fonts);
  size_t size;
  const uint8_t *data = pk_art_data(art, &size);
  pk_digester_add(digester, data, size);
  return pk_digester_end(digester);
}

pk_status pk_art_to_pdf(pk_job *job, const pk_art *art, const uint8_t **data, size_t *size) {
  g_assert(art->kind == PK_ART_SVG);
  pk_art_cache *cache = art->cache;
  if (!cache->pdf) {
    struct pk_store *store = job->worker ? job->worker->store : NULL;
    pk_digest key = {0};
    bool is_wanted = false;
    if (store) key = drawing_key(job, art);
    const drawing *kept = pk_store_find(store, job->arena, key, store ? job->worker->document : 0, &is_wanted);
    if (!kept) {
      pk_problem problem = {0};
      g_autoptr(GByteArray) bytes = g_byte_array_new();
      if (!write_pdf(job, art, bytes, &problem)) return tell_undrawable(job, art, &problem);
      kept = copy_drawing(bytes);
      if (is_wanted)
        kept = pk_store_keep(store, job->arena, key, (void *)kept, sizeof(drawing) + bytes->len, NULL);
      else
        pk_arena_defer(job->arena, g_free, (void *)kept);
    }
    cache->pdf = kept->bytes;
    cache->pdf_size = kept->size;
  }
  *data = cache->pdf;
  *size = cache->pdf_size;
  return PK_OK;
}

/* ---- carried over -------------------------------------------------------- */

/* What of the colours decides how a drawing is mapped. */
static char *describe(const pk_art_colours *colours) {
  GString *out = g_string_new(colours->profile_path ? colours->profile_path : "");
  g_string_append_printf(out, " %d%d%d%d%d", colours->is_press, colours->is_perceptual, colours->is_opaque,
                         colours->keeps_spots, colours->black_overprints);
  for (size_t i = 0; i < colours->ink_count; i++) {
    const pk_art_ink *ink = &colours->inks[i];
    g_string_append_printf(out, " %g,%g,%g:%g,%g,%g,%g:%s", ink->screen[0], ink->screen[1], ink->screen[2],
                           ink->cmyk[0], ink->cmyk[1], ink->cmyk[2], ink->cmyk[3], ink->spot ? ink->spot : "");
  }
  return g_string_free(out, FALSE);
}

/* The file that is carried over. */
static pk_status source_of(pk_job *job, const pk_art *art, const uint8_t **data, size_t *size) {
  if (art->kind == PK_ART_SVG) return pk_art_to_pdf(job, art, data, size);
  *data = pk_art_data(art, size);
  return PK_OK;
}

static pk_status carry(pk_job *job, const pk_art *art, const pk_art_colours *colours, pk_target target,
                       pk_carry_left *left, const uint8_t **data, size_t *size) {
  const uint8_t *plain;
  size_t plain_size;
  pk_status status = source_of(job, art, &plain, &plain_size);
  if (status != PK_OK) return status;
  pk_mapper mapper = {.colours = colours, .conversion = pk_art_lent_conversion(art, colours)};
  const pk_carry_order order = {.mapper = &mapper, .target = target, .page = art->page};
  pk_problem problem = {0};
  uint8_t *made = pk_carry_page(&order, plain, plain_size, size, left, &problem);
  if (mapper.has_failed)
    pk_art_tell_profile(job, colours, &mapper.problem);
  else
    pk_art_keep_conversion(art, &mapper);
  bool is_usable = !mapper.has_failed;
  pk_mapper_clear(&mapper);
  if (made) pk_arena_defer(job->arena, g_free, made);
  *data = made;
  if (!is_usable) return PK_FAILED;
  if (made) return PK_OK;
  return left->font[0] ? tell_font(job, art, left) : tell_undrawable(job, art, &problem);
}

static void warn_stuck(pk_job *job, const pk_art *art, const pk_carry_left *left) {
  pk_diagnostic *told = pk_diag_add(job->diag, PK_CODE_ART_PIXELS, art->span, "%s is printed as pixels: it holds %s",
                                    pk_art_name(art), left->stuck);
  pk_diag_hint(job->diag, told, "save it without that, and lines and type stay sharp");
}

static void drop_names(gpointer names) {
  g_ptr_array_unref(names);
}

static pk_status map_for_press(pk_job *job, const pk_art *art, const pk_art_colours *colours) {
  pk_art_cache *cache = art->cache;
  g_autofree char *wanted = describe(colours);
  if (g_strcmp0(cache->mapped_for, wanted) == 0) return PK_OK;
  pk_carry_left left = {.plates = g_ptr_array_new_with_free_func(g_free)};
  pk_arena_defer(job->arena, drop_names, left.plates);
  pk_status status = carry(job, art, colours, PK_TARGET_PRESS, &left, &cache->mapped, &cache->mapped_size);
  if (status != PK_OK) return status;
  cache->spots = left.plates;
  if (left.stuck[0]) warn_stuck(job, art, &left);
  if (left.stuck[0] || (left.is_transparent && colours->is_opaque)) {
    cache->mapped = NULL;
    cache->mapped_size = 0;
  }
  cache->mapped_for = pk_arena_strdup(job->arena, wanted);
  return PK_OK;
}

/* ---- for screens --------------------------------------------------------- */

static const pk_art_colours no_colours;

static pk_status map_for_screen(pk_job *job, const pk_art *art, const pk_art_colours *colours) {
  pk_art_cache *cache = art->cache;
  pk_art_colours screen = colours ? *colours : no_colours;
  screen.is_press = screen.is_opaque = false;
  screen.profile_path = NULL;
  g_autofree char *wanted = describe(&screen);
  if (g_strcmp0(cache->screened_for, wanted) == 0) return PK_OK;
  pk_carry_left left = {0}; /* what is stuck poppler knows how to show */
  pk_status status = carry(job, art, &screen, PK_TARGET_SCREEN, &left, &cache->screened, &cache->screened_size);
  if (status != PK_OK) return status;
  cache->screened_for = pk_arena_strdup(job->arena, wanted);
  cache->redrawn = NULL;
  return PK_OK;
}

pk_status pk_art_paint_pdf(pk_job *job, const pk_art *art, const pk_art_colours *colours, cairo_t *cairo,
                           pk_length width, pk_length height) {
  pk_problem problem = {0};
  pk_status status = map_for_screen(job, art, colours);
  if (status != PK_OK) return status;
  cairo_save(cairo);
  cairo_rectangle(cairo, 0, 0, width, height);
  cairo_clip(cairo);
  bool is_drawn = pk_poppler_draw(art->cache->screened, art->cache->screened_size, cairo, width, height, &problem);
  cairo_restore(cairo);
  return is_drawn ? PK_OK : tell_undrawable(job, art, &problem);
}

static pk_status redraw(pk_job *job, const pk_art *art, const pk_art_colours *colours) {
  pk_art_cache *cache = art->cache;
  pk_status status = map_for_screen(job, art, colours);
  if (status != PK_OK || cache->redrawn) return status;
  pk_problem problem = {0};
  g_autoptr(GByteArray) bytes = g_byte_array_new();
  if (!pk_poppler_redraw(cache->screened, cache->screened_size, art->width, art->height, bytes, &problem))
    return tell_undrawable(job, art, &problem);
  cache->redrawn = pk_arena_dup(job->arena, bytes->data, bytes->len);
  cache->redrawn_size = bytes->len;
  return PK_OK;
}

pk_status pk_art_to_output_pdf(pk_job *job, const pk_art *art, const pk_art_colours *colours, const uint8_t **data,
                               size_t *size) {
  const pk_art_cache *cache = art->cache;
  if (!colours->is_press && art->kind == PK_ART_SVG) return pk_art_to_pdf(job, art, data, size);
  pk_status status = colours->is_press ? map_for_press(job, art, colours) : redraw(job, art, colours);
  if (status != PK_OK) return status;
  *data = colours->is_press ? cache->mapped : cache->redrawn;
  *size = colours->is_press ? cache->mapped_size : cache->redrawn_size;
  return PK_OK;
}

/* ---- plates -------------------------------------------------------------- */

pk_status pk_art_spots(pk_job *job, const pk_art *art, const pk_art_colours *colours, const char *const **names,
                       size_t *count) {
  pk_status status = map_for_press(job, art, colours);
  if (status != PK_OK) return status;
  *names = (const char *const *)art->cache->spots->pdata;
  *count = art->cache->mapped ? art->cache->spots->len : 0;
  return PK_OK;
}

/* Cairo's pixels are multiplied by their opacity; white is none of the ink. */
static void take_plate(pk_job *job, cairo_surface_t *surface, pk_art_plate *out) {
  size_t count = (size_t)out->width * out->height;
  uint8_t *ink = pk_arena_alloc(job->arena, count), *alpha = pk_arena_alloc(job->arena, count);
  const unsigned char *row = cairo_image_surface_get_data(surface);
  out->ink = ink;
  out->alpha = alpha;
  for (uint32_t y = 0; y < out->height; y++, row += cairo_image_surface_get_stride(surface))
    for (uint32_t x = 0; x < out->width; x++, ink++, alpha++) {
      uint32_t pixel;
      memcpy(&pixel, row + 4 * (size_t)x, sizeof pixel);
      *alpha = (uint8_t)(pixel >> 24);
      uint32_t grey = *alpha ? MIN(((pixel >> 8 & 255) * 255 + *alpha / 2u) / *alpha, 255u) : 255;
      *ink = (uint8_t)(255 - grey);
    }
}

static pk_status paint_plate(pk_job *job, const pk_art *art, const uint8_t *data, size_t size, pk_art_plate *out) {
  pk_problem problem = {0};
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)out->width, (int)out->height);
  cairo_t *cairo = cairo_create(surface);
  bool is_drawn = pk_poppler_draw(data, size, cairo, out->width, out->height, &problem);
  cairo_destroy(cairo);
  cairo_surface_flush(surface);
  bool is_fine = is_drawn && cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
  if (is_drawn && !is_fine) pk_problem_set(&problem, "there is no memory for its plates");
  if (is_fine) take_plate(job, surface, out);
  cairo_surface_destroy(surface);
  return is_fine ? PK_OK : tell_undrawable(job, art, &problem);
}

pk_status pk_art_to_plate(pk_job *job, const pk_art *art, const pk_art_colours *colours, const char *name,
                          pk_length width, pk_length height, double dpi, pk_art_plate *out, bool *is_there) {
  pk_status status = map_for_press(job, art, colours);
  *is_there = status == PK_OK && art->cache->mapped && pk_poppler_is_available();
  if (!*is_there) return status;
  double across = fmax(ceil(width * dpi / 72), 1), down = fmax(ceil(height * dpi / 72), 1);
  double shrink = fmax(sqrt(across * down / MAX_PLATE_PIXELS), 1);
  *out = (pk_art_plate){.width = (uint32_t)(across / shrink), .height = (uint32_t)(down / shrink)};
  pk_mapper mapper = {.colours = colours};
  const pk_carry_order order = {.mapper = &mapper, .target = PK_TARGET_PLATE, .plate = name};
  pk_carry_left left = {0};
  pk_problem problem = {0};
  size_t size = 0;
  g_autofree uint8_t *plate =
      pk_carry_page(&order, art->cache->mapped, art->cache->mapped_size, &size, &left, &problem);
  pk_mapper_clear(&mapper);
  return plate ? paint_plate(job, art, plate, size, out) : tell_undrawable(job, art, &problem);
}
