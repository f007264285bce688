/* Vector art as a PDF file of one page.
 *
 * In:  a checked SVG. Out: the PDF that Cairo makes of it, the same bytes every
 * time: its one date is fixed. For the press its colours are mapped. */
#include <cairo-pdf.h>

#include "art/picture.h"
#include "art/recolour.h"

#define FIXED_DATE "2000-01-01T00:00:00Z"

static cairo_status_t append(void *closure, const unsigned char *data, unsigned size) {
  g_byte_array_append(closure, data, size);
  return CAIRO_STATUS_SUCCESS;
}

static bool write_pdf(const pk_art *art, GByteArray *out, pk_problem *problem) {
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(append, out, art->width, art->height);
  cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, FIXED_DATE);
  cairo_t *cairo = cairo_create(surface);
  bool ok = pk_svg_draw(art->svg, cairo, art->width, art->height, problem);
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
  pk_diag_hint(
      job->diag,
      pk_diag_add(job->diag, PK_CODE_ART_BROKEN, art->span, "%s cannot be drawn: %s", pk_art_name(art), problem->text),
      "open it in the program that made it, simplify it and save it as plain SVG");
  return PK_FAILED;
}

pk_status pk_art_to_pdf(pk_job *job, const pk_art *art, const uint8_t **data, size_t *size) {
  g_assert(art->kind == PK_ART_SVG);
  pk_art_cache *cache = art->cache;
  if (!cache->pdf) {
    pk_problem problem = {0};
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    if (!write_pdf(art, bytes, &problem)) return tell_undrawable(job, art, &problem);
    cache->pdf = pk_arena_dup(job->arena, bytes->data, bytes->len);
    cache->pdf_size = bytes->len;
  }
  *data = cache->pdf;
  *size = cache->pdf_size;
  return PK_OK;
}

static void warn_left(pk_job *job, const pk_art *art, const pk_recolour_left *left) {
  if (left->gradients + left->pictures + left->inline_pictures == 0) return;
  pk_diag_hint(job->diag,
               pk_diag_add(job->diag, PK_CODE_ART_RGB, art->span,
                           "%s keeps RGB colours in the press edition: gradients %u, pictures %u", pk_art_name(art),
                           left->gradients, left->pictures + left->inline_pictures),
               "use plain fills in this drawing, or place its photo in the article as a file of its own");
}

/* What of the colours decides how a drawing is mapped. */
static char *describe(const pk_art_colours *colours) {
  GString *out = g_string_new(colours->profile_path ? colours->profile_path : "");
  g_string_append_printf(out, " %d %d", colours->is_perceptual, colours->is_opaque);
  for (size_t i = 0; i < colours->ink_count; i++) {
    const pk_art_ink *ink = &colours->inks[i];
    g_string_append_printf(out, " %g,%g,%g:%g,%g,%g,%g", ink->screen[0], ink->screen[1], ink->screen[2], ink->cmyk[0],
                           ink->cmyk[1], ink->cmyk[2], ink->cmyk[3]);
  }
  return g_string_free(out, FALSE);
}

static pk_status map_drawing(pk_job *job, const pk_art *art, const pk_art_colours *colours, const uint8_t *plain,
                             size_t plain_size, const uint8_t **data, size_t *size) {
  size_t mapped_size;
  pk_mapper mapper = {.colours = colours, .conversion = pk_art_lent_conversion(art, colours)};
  pk_problem problem = {0};
  pk_recolour_left left;
  uint8_t *mapped = pk_recolour(&mapper, plain, plain_size, &mapped_size, &left, &problem);
  if (mapper.has_failed)
    pk_art_tell_profile(job, colours, &mapper.problem);
  else
    pk_art_keep_conversion(art, &mapper);
  bool is_usable = !mapper.has_failed;
  pk_mapper_clear(&mapper);
  if (mapped) pk_arena_defer(job->arena, g_free, mapped);
  if (!is_usable) return PK_FAILED;
  if (!mapped) return tell_undrawable(job, art, &problem);
  *data = left.is_transparent ? NULL : mapped;
  *size = left.is_transparent ? 0 : mapped_size;
  if (!left.is_transparent) warn_left(job, art, &left);
  return PK_OK;
}

pk_status pk_art_to_output_pdf(pk_job *job, const pk_art *art, const pk_art_colours *colours, const uint8_t **data,
                               size_t *size) {
  const uint8_t *plain;
  size_t plain_size;
  pk_status status = pk_art_to_pdf(job, art, &plain, &plain_size);
  if (status != PK_OK) return status;
  if (!colours->is_press) {
    *data = plain;
    *size = plain_size;
    return PK_OK;
  }
  pk_art_cache *cache = art->cache;
  g_autofree char *wanted = describe(colours);
  if (g_strcmp0(cache->mapped_for, wanted) != 0) {
    status = map_drawing(job, art, colours, plain, plain_size, &cache->mapped, &cache->mapped_size);
    if (status != PK_OK) return status;
    cache->mapped_for = pk_arena_strdup(job->arena, wanted);
  }
  *data = cache->mapped;
  *size = cache->mapped_size;
  return PK_OK;
}
