/* Opens SVG: checks and measures it once for all documents of a run, and parses it again
 * only where somebody draws it. */
#include "art/outside.h"
#include "art/picture.h"
#include "base/store.h"
#include "font/font.h"

static bool check_outside(pk_job *job, const pk_art *art, pk_span span) {
  pk_outside found;
  size_t size;
  const uint8_t *data = pk_art_data(art, &size);
  if (!pk_outside_find(data, size, &found)) return true;
  pk_code code = found.is_style ? PK_CODE_ART_STYLESHEET : PK_CODE_ART_OUTSIDE;
  pk_diagnostic *told = pk_diag_add(job->diag, code, span, "%s: <%s> in line %u takes '%s' from outside the drawing",
                                    pk_art_name(art), found.element, found.line, found.reference);
  pk_diag_hint(job->diag, told,
               found.is_style ? "turn the texts of the drawing into paths, or write its styles into it"
                              : "embed it: in Inkscape by Extensions > Images > Embed Images, in Illustrator by Embed");
  return found.is_style;
}

pk_svg *pk_art_svg(pk_job *job, const pk_art *art, pk_problem *problem) {
  pk_art_cache *cache = art->cache;
  size_t size;
  const uint8_t *data = pk_art_data(art, &size);
  pk_length width, height;
  if (cache->svg) return cache->svg;
  if (job->worker && job->worker->fonts) pk_font_set_make_current(job->worker->fonts);
  return cache->svg = pk_svg_open(data, size, &width, &height, problem);
}

/* A drawing that another document of the run has found in order. */
typedef struct {
  pk_length width, height;
} measured;

typedef struct {
  struct pk_store *store;
  pk_digest key;
  bool is_wanted;
} measure_question;

static bool is_measured(pk_job *job, pk_art *art, measure_question *asked) {
  *asked = (measure_question){.store = job->worker ? job->worker->store : NULL};
  if (!asked->store) return false;
  size_t size;
  const uint8_t *data = pk_art_data(art, &size);
  pk_digester *digester = pk_digester_new();
  pk_digester_add_text(digester, "drawing, measured");
  pk_digester_add(digester, data, size);
  asked->key = pk_digester_end(digester);
  const measured *known = pk_store_find(asked->store, job->arena, asked->key, job->worker->document, &asked->is_wanted);
  if (!known) return false;
  art->width = known->width;
  art->height = known->height;
  return true;
}

static void keep_measured(pk_job *job, const pk_art *art, const measure_question *asked) {
  if (!asked->is_wanted) return;
  measured *fresh = g_new(measured, 1);
  *fresh = (measured){art->width, art->height};
  (void)pk_store_keep(asked->store, job->arena, asked->key, fresh, sizeof *fresh, NULL);
}

pk_status pk_art_open_svg(pk_job *job, pk_art *art) {
  pk_span span = art->span;
  pk_problem problem = {0};
  size_t size, told_before, told;
  const uint8_t *data = pk_art_data(art, &size);
  if (size > PK_SVG_MAX_BYTES) {
    pk_diag_hint(job->diag,
                 pk_diag_add(job->diag, PK_CODE_ART_TOO_LARGE, span, "%s: %zu bytes, the limit for SVG is %d",
                             pk_art_name(art), size, PK_SVG_MAX_BYTES),
                 "drawings this large mostly hold a photo or a map: save the photo as JPEG, simplify the map");
    return PK_FAILED;
  }
  measure_question asked;
  if (is_measured(job, art, &asked)) return PK_OK;
  if (!pk_svg_is_available()) {
    pk_diag_hint(
        job->diag,
        pk_diag_add(job->diag, PK_CODE_ART_NO_SVG, span, "%s is SVG, and librsvg is not installed", pk_art_name(art)),
        "install it (on Debian and Ubuntu: apt install librsvg2-2), or use the PNG of the drawing");
    return PK_FAILED;
  }
  pk_diag_list(job->diag, &told_before);
  if (!check_outside(job, art, span)) return PK_FAILED; /* before librsvg, which says less */
  if (job->worker && job->worker->fonts) pk_font_set_make_current(job->worker->fonts);
  art->cache->svg = pk_svg_open(data, size, &art->width, &art->height, &problem);
  if (!art->cache->svg) return pk_art_tell_problem(job, art, &problem);
  pk_diag_list(job->diag, &told);
  if (MAX(art->width, art->height) <= PK_ART_MAX_SIDE) {
    if (told == told_before) keep_measured(job, art, &asked);
    return PK_OK;
  }
  problem.is_too_large = true;
  pk_problem_set(&problem, "it is %.0f × %.0f points large", art->width, art->height);
  return pk_art_tell_problem(job, art, &problem);
}
