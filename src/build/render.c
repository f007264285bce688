/* One article or book and a layout become files: the pipeline, stage by stage.
 *
 * In:  the options of the caller. Out: a result with files written, or with
 *      diagnostics and nothing written.
 *
 *   render_inputs.c   what is read
 *   render_rows.c     several documents in one file
 *   render_files.c    what is written
 *   render_dump.c     stages as text */
#include "build/render.h"

#include "access/access.h"
#include "build/output.h"
#include "build/range.h"
#include "build/resolution.h"
#include "paint/paint.h"
#include "pdf/pdf.h"

G_STATIC_ASSERT((int)PRESSKIT_PROOF == (int)PK_EDITION_PROOF);
G_STATIC_ASSERT((int)PRESSKIT_MIN_DPI == (int)PK_PAINT_MIN_DPI);
G_STATIC_ASSERT((int)PRESSKIT_MAX_DPI == (int)PK_PAINT_MAX_DPI);

enum { DEFAULT_DPI = 144 };

bool presskit_pages_is_valid(const char *pages) {
  GArray *ranges = pk_range_parse(pages);
  if (ranges) g_array_unref(ranges);
  return ranges != NULL;
}

/* ---- options ------------------------------------------------------------------ */

static pk_status check_options(pk_render *r) {
  const presskit_render_options *o = r->options;
  pk_diag *diag = r->job->diag;
  if (!o->article || !*o->article) {
    pk_diag_add(diag, PK_CODE_OPTION_INVALID, PK_SPAN_NONE, "no article is named");
    return PK_FAILED;
  }
  r->dpi = o->dpi == 0 ? DEFAULT_DPI : o->dpi;
  if (!(r->dpi >= PRESSKIT_MIN_DPI && r->dpi <= PRESSKIT_MAX_DPI)) {
    pk_diag_add(diag, PK_CODE_OPTION_INVALID, PK_SPAN_NONE, "a resolution of %g dpi: it must be from %d to %d", r->dpi,
                PRESSKIT_MIN_DPI, PRESSKIT_MAX_DPI);
    return PK_FAILED;
  }
  if (o->pages && !(r->ranges = pk_range_parse(o->pages))) {
    pk_diag_add(diag, PK_CODE_OPTION_INVALID, PK_SPAN_NONE, "'%s' does not say which pages", o->pages);
    return PK_FAILED;
  }
  return PK_OK;
}

/* ---- stages ------------------------------------------------------------------- */

static bool has_errors(const pk_render *r) {
  return pk_diag_count(r->job->diag, PK_ERROR) > 0;
}

/* What the print shop asks first about a book that is glued into its cover. */
static void tell_spine(pk_render *r) {
  const pk_book *book = r->book;
  bool is_for_press = r->options->edition == PRESSKIT_PRESS && r->options->format == PRESSKIT_PDF;
  size_t inside = r->bound->page_count - r->bound->front - r->bound->back;
  pk_length spine = r->bound->spine_width;
  if (spine <= 0 || !is_for_press) return;
  pk_diagnostic *note =
      pk_diag_add(r->job->diag, PK_CODE_BOOK_SPINE, book->title.span,
                  "the spine is %.1f mm wide: %zu leaves of %.2f mm in a cover of %.2f mm", spine / PK_PT_PER_MM,
                  (inside + 1) / 2, book->leaf / PK_PT_PER_MM, book->cover / PK_PT_PER_MM);
  if (r->given->is_for_sheets)
    pk_diag_hint(r->job->diag, note, "the sheets hold the inside; the cover is a sheet by itself: presskit render");
  else if (!pk_layout_master(r->layout, "spine"))
    pk_diag_hint(r->job->diag, note, "the layout has no master `spine`, so that nothing stands on it");
}

pk_status pk_render_compose(pk_render *r) {
  pk_status status = pk_engine_prepare(r->engine, r->job->worker, r->layout, r->job->diag);
  if (status == PK_OK) status = pk_font_check(r->job, r->layout);
  if (status != PK_OK) return status;
  pk_bind_input in = {r->book, r->articles, r->layout, r->office, r->printer};
  status = pk_bind_build(r->job, &in, &r->bound);
  if (status == PK_OK) tell_spine(r);
  bool is_dump = r->options->dump != PRESSKIT_DUMP_NONE && r->options->dump != PRESSKIT_DUMP_LIST;
  return status == PK_OK && !is_dump ? pk_list_build(r->job, r->bound, &r->list) : status;
}

/* Adds what is found on the cover as it is printed; its pages follow the document's. */
static pk_status check_cover(pk_render *r, const pk_list *cover, pk_findings *findings) {
  pk_findings found = {0};
  pk_status status = pk_preflight_list(r->job, cover, r->printer, NULL, 0, &found);
  pk_finding *all = PK_NEW_ARRAY(r->job->arena, pk_finding, findings->count + found.count);
  for (size_t i = 0; i < findings->count; i++) all[i] = findings->items[i];
  for (size_t i = 0; i < found.count; i++) {
    pk_finding *f = &all[findings->count + i];
    *f = found.items[i];
    if (f->page != PK_WHOLE_FILE) f->page += r->list->page_count;
  }
  *findings = (pk_findings){all, findings->count + found.count};
  return status;
}

/* The press edition is checked by itself: what the printer would refuse is an
 * error here. presskit_preflight() wants to know all and lets nothing stop it. */
static pk_status check_print(pk_render *r) {
  pk_render_checks checks = {.printer = r->printer, .list = r->list};
  pk_parts_input in = pk_render_parts(r);
  pk_status status = pk_render_choose_pages(r, &checks.pages, &checks.page_count);
  if (status == PK_OK && !checks.pages) checks.cover = pk_parts_cover(r->job, &in);
  if (checks.cover) checks.pages = pk_parts_inside(r->job->arena, &in, &checks.page_count);
  if (status == PK_OK)
    status = pk_preflight_list(r->job, r->list, r->printer, checks.pages, checks.page_count, &checks.findings);
  if (status == PK_OK && checks.cover) status = check_cover(r, checks.cover, &checks.findings);
  if (r->checks) {
    checks.wants_file = r->checks->wants_file;
    checks.wants_access = r->checks->wants_access;
    *r->checks = checks;
  }
  return status == PK_OK && has_errors(r) && !r->checks ? PK_FAILED : status;
}

static void check_access_of_articles(pk_render *r) {
  for (size_t i = 0; r->articles && i < pk_render_part_count(r); i++)
    if (r->articles[i]) pk_access_article(r->job, r->articles[i]);
}

static void check_access_of_pages(pk_render *r) {
  for (size_t i = 0; r->bound && i < r->bound->count; i++) pk_access_pages(r->job, r->bound->parts[i].pages);
}

static pk_status run(pk_render *r) {
  const presskit_render_options *o = r->options;
  pk_status status = check_options(r);
  if (status == PK_OK) status = pk_render_read(r);
  bool wants_access = r->checks && r->checks->wants_access;
  if (wants_access) check_access_of_articles(r);
  if (status == PK_OK && o->dump != PRESSKIT_DUMP_ARTICLE)
    status = r->given->row_count > 1 ? pk_render_compose_rows(r) : pk_render_compose(r);
  if (wants_access) check_access_of_pages(r);
  if (status == PK_OK && has_errors(r)) status = PK_FAILED;
  bool is_for_press = o->edition == PRESSKIT_PRESS && o->format == PRESSKIT_PDF && o->dump == PRESSKIT_DUMP_NONE;
  if (status == PK_OK && is_for_press) status = check_print(r);
  if (status == PK_OK && !is_for_press && !r->checks && o->dump == PRESSKIT_DUMP_NONE && !pk_render_is_words(r))
    pk_resolution_check(r->job, r->list, r->printer ? r->printer->images.colour.least : PK_SCREEN_LEAST_PPI);
  if (status == PK_OK && r->checks && !r->checks->wants_file) return status;
  if (status == PK_OK && o->dump == PRESSKIT_DUMP_NONE) status = pk_render_make_files(r);
  if (status == PK_OK && o->dump == PRESSKIT_DUMP_NONE) status = pk_render_make_picture(r);
  if (r->checks) return status;
  if (status == PK_OK && has_errors(r)) status = PK_FAILED;
  if (status == PK_OK && o->is_strict && pk_diag_count(r->job->diag, PK_WARNING)) status = PK_FAILED;
  if (status != PK_OK) return status;
  if (o->dump != PRESSKIT_DUMP_NONE)
    pk_render_dump(r);
  else if (!o->in_memory)
    status = pk_output_write(r->job, r->result);
  return status;
}

void pk_render_into(presskit_engine *engine, pk_worker *worker, const presskit_render_options *options,
                    const pk_render_given *given, pk_render_checks *checks, presskit_result *result) {
  static const pk_render_given nothing = {0};
  pk_job job = {.worker = worker, .arena = result->arena, .diag = result->diag};
  pk_render r = {
      .engine = engine, .options = options, .given = given ? given : &nothing, .result = result, .job = &job};
  r.checks = checks;
  job.merge = r.given->rows ? &r.given->rows->merge : NULL;
  job.inputs = r.given->inputs;
  result->in_memory = options->in_memory;
  result->status = run(&r);
  if (r.ranges) g_array_unref(r.ranges);
}

presskit_result *presskit_render(presskit_engine *engine, const presskit_render_options *options) {
  presskit_result *result = pk_result_new();
  pk_render_into(engine, &engine->worker, options, NULL, NULL, result);
  return result;
}
