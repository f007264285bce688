/* One article or book and a layout become files: the pipeline, stage by stage.
 *
 * In:  the options of the caller. Out: a result with files written, or with
 *      diagnostics and nothing written.
 *
 * The article, the office and the layout are all read before any error stops
 * the job, so that a person learns of all their faults at once. */
#include <string.h>

#include "access/access.h"
#include "base/folders.h"
#include "build/inputs.h"
#include "build/output.h"
#include "build/parts.h"
#include "build/range.h"
#include "build/resolution.h"
#include "html/html.h"
#include "paint/paint.h"
#include "pdf/pdf.h"
#include "plain/plain.h"
#include "preflight/preflight.h"

G_STATIC_ASSERT((int)PRESSKIT_PROOF == (int)PK_EDITION_PROOF);
G_STATIC_ASSERT((int)PRESSKIT_MIN_DPI == (int)PK_PAINT_MIN_DPI);
G_STATIC_ASSERT((int)PRESSKIT_MAX_DPI == (int)PK_PAINT_MAX_DPI);

enum { DEFAULT_DPI = 144 };

typedef struct {
  presskit_engine *engine;
  const presskit_render_options *options;
  const pk_render_given *given;
  presskit_result *result;
  pk_job *job;
  double dpi;
  GArray *ranges; /* pk_range, or NULL: all pages */
  const char *layout_path, *office_path, *printer_path;
  const pk_book *book;               /* or NULL: one article */
  const pk_article *const *articles; /* by part of the book */
  const pk_layout *layout;
  const pk_office *office;
  const pk_printer *printer; /* NULL for the screen edition */
  const pk_bound *bound;
  const pk_list *list;
  pk_render_checks *checks; /* what to learn for presskit_preflight(), or NULL */
} render;

bool presskit_pages_is_valid(const char *pages) {
  GArray *ranges = pk_range_parse(pages);
  if (ranges) g_array_unref(ranges);
  return ranges != NULL;
}

/* ---- options ------------------------------------------------------------------ */

static pk_status check_options(render *r) {
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

/* ---- reading ------------------------------------------------------------------ */

static pk_status find_layout(render *r) {
  pk_status status = pk_engine_locate(r->engine, r->job->diag);
  const char *name = r->options->layout ? r->options->layout : "press-release";
  if (!r->options->layout && r->book && r->book->layout.text) name = r->book->layout.text;
  return status == PK_OK ? pk_inputs_layout(r->engine, r->job, name, &r->layout_path) : status;
}

static pk_status find_printer(render *r) {
  const presskit_render_options *o = r->options;
  bool is_for_paper = o->edition == PRESSKIT_PRESS || o->edition == PRESSKIT_OFFICE || o->edition == PRESSKIT_PROOF;
  return is_for_paper ? pk_inputs_printer(r->engine, r->job, o->printer, o->edition, &r->printer_path) : PK_OK;
}

/* Inputs may name files in the folders of those that the caller named, and
 * presskit's own. */
static void open_folders(render *r) {
  pk_folders *folders = pk_folders_new(r->job->arena);
  const char *named[] = {r->options->article, r->office_path, r->layout_path, r->printer_path};
  for (size_t i = 0; i < G_N_ELEMENTS(named); i++)
    if (named[i]) pk_folders_add_of(folders, named[i]);
  if (r->engine->data) pk_folders_add(folders, r->engine->data);
  if (r->given->folder) pk_folders_add(folders, r->given->folder);
  r->job->folders = folders;
}

static pk_status read_part(render *r, const char *path, const pk_article **out) {
  const pk_render_given *given = r->given;
  pk_status status = given->article_of ? given->article_of(given->data, r->job, path, out) : PK_OK;
  return status == PK_OK && !*out ? pk_article_build(r->job, path, out) : status;
}

/* One fault hides no other: all articles are read. */
static pk_status read_articles(render *r) {
  size_t count = r->book ? r->book->part_count : 1;
  const pk_article **articles = PK_NEW_ARRAY(r->job->arena, const pk_article *, count);
  pk_status worst = PK_OK;
  r->articles = articles;
  articles[0] = r->given->article;
  if (!r->book) return articles[0] ? PK_OK : pk_article_build(r->job, r->options->article, &articles[0]);
  for (size_t i = 0; i < count; i++) {
    const char *path = r->book->parts[i].path;
    pk_status status = path ? read_part(r, path, &articles[i]) : PK_OK;
    worst = MAX(worst, status);
  }
  return worst;
}

static pk_status read_book(render *r) {
  open_folders(r);
  return pk_book_is_path(r->options->article) ? pk_book_build(r->job, r->options->article, &r->book) : PK_OK;
}

static pk_status read_inputs(render *r) {
  const presskit_render_options *o = r->options;
  bool is_article_all = o->dump == PRESSKIT_DUMP_ARTICLE;
  r->office_path = o->office ? o->office : pk_inputs_office(r->job->arena, o->article);
  pk_status book = read_book(r);
  if (book != PK_OK) return book;
  pk_status layout = is_article_all ? PK_OK : find_layout(r), office = PK_OK, printer = PK_OK;
  if (r->engine->data) printer = find_printer(r);
  open_folders(r);
  pk_status article = PK_OK;
  r->office = r->given->office;
  r->layout = r->given->layout;
  r->printer = r->given->printer;
  article = read_articles(r);
  if (is_article_all) return article;
  if (r->office_path && !r->office) office = pk_office_build(r->job, r->office_path, &r->office);
  if (layout == PK_OK && !r->layout) layout = pk_layout_build(r->job, r->layout_path, r->engine->layouts, &r->layout);
  if (r->printer_path && !r->printer)
    printer = pk_printer_build(r->job, r->printer_path, r->engine->profiles, &r->printer);
  return MAX(MAX(article, office), MAX(layout, printer));
}

/* ---- stages ------------------------------------------------------------------- */

static bool has_errors(const render *r) {
  return pk_diag_count(r->job->diag, PK_ERROR) > 0;
}

/* What the print shop asks first about a book that is glued into its cover. */
static void tell_spine(render *r) {
  const pk_book *book = r->book;
  bool is_for_press = r->options->edition == PRESSKIT_PRESS && r->options->format == PRESSKIT_PDF;
  size_t inside = r->bound->page_count - r->bound->front - r->bound->back;
  pk_length spine = book ? pk_book_spine(book, inside) : 0;
  if (spine <= 0 || !is_for_press) return;
  pk_diag_add(r->job->diag, PK_CODE_BOOK_SPINE, book->title.span,
              "the spine is %.1f mm wide: %zu leaves of %.2f mm in a cover of %.2f mm", spine / PK_PT_PER_MM,
              (inside + 1) / 2, book->leaf / PK_PT_PER_MM, book->cover / PK_PT_PER_MM);
}

static pk_status compose(render *r) {
  pk_status status = pk_engine_prepare(r->engine, r->job->worker, r->layout, r->job->diag);
  if (status == PK_OK) status = pk_font_check(r->job, r->layout);
  if (status != PK_OK) return status;
  pk_bind_input in = {r->book, r->articles, r->layout, r->office, r->printer};
  status = pk_bind_build(r->job, &in, &r->bound);
  if (status == PK_OK) tell_spine(r);
  bool is_dump = r->options->dump != PRESSKIT_DUMP_NONE && r->options->dump != PRESSKIT_DUMP_LIST;
  return status == PK_OK && !is_dump ? pk_list_build(r->job, r->bound, &r->list) : status;
}

/* Blank pages after a document that another follows in the same file: it is as long
 * as the printer wants each, and the next begins on a new sheet. */
static pk_status fill_row(render *r, size_t count, size_t *blanks) {
  pk_status status = pk_parts_fill(r->job, r->printer, count, blanks);
  bool is_duplex = r->printer && r->printer->pages.duplex != PK_DUPLEX_NONE;
  if (is_duplex && (count + *blanks) % 2) ++*blanks;
  return status;
}

/* The article or the book of a further row. */
static pk_status read_row(render *r, const pk_render_row *row) {
  if (r->book) {
    pk_status status = pk_book_build(r->job, row->path, &r->book);
    return status == PK_OK ? read_articles(r) : status;
  }
  const pk_article **articles = PK_NEW(r->job->arena, const pk_article *);
  r->articles = articles;
  articles[0] = row->article;
  return articles[0] ? PK_OK : pk_article_build(r->job, row->path, &articles[0]);
}

/* All rows, one after the other, each as it would be alone. */
static pk_status compose_rows(render *r) {
  size_t count = r->given->row_count;
  pk_list_part *parts = PK_NEW_ARRAY(r->job->arena, pk_list_part, count);
  for (size_t i = 0; i < count; i++) {
    const pk_render_row *row = &r->given->rows[i];
    r->job->merge = &row->merge;
    pk_status status = PK_OK;
    if (i > 0) status = read_row(r, row);
    if (status == PK_OK) status = compose(r);
    if (status != PK_OK) return status;
    parts[i] = (pk_list_part){.list = r->list, .label = row->label, .bookmark = row->bookmark};
    parts[i].name = pk_arena_printf(r->job->arena, "r%" G_GUINT64_FORMAT "-", row->merge.row);
    status = fill_row(r, r->list->page_count, &parts[i].blanks);
    if (status != PK_OK) return status;
  }
  g_autofree char *name = g_path_get_basename(r->options->output);
  const char *title = pk_arena_strndup(r->job->arena, name, strcspn(name, "."));
  pk_list_join(r->job->arena, parts, count, title, &r->list);
  return PK_OK;
}

static pk_status choose_pages(render *r, const size_t **pages, size_t *count) {
  *pages = NULL;
  *count = r->list->page_count;
  if (!r->ranges) return PK_OK;
  size_t highest = pk_range_highest(r->ranges);
  if (highest > r->list->page_count) {
    pk_diagnostic *d = pk_diag_add(r->job->diag, PK_CODE_PAGE_RANGE, PK_SPAN_NONE,
                                   "page %zu was asked for, the document has %zu", highest, r->list->page_count);
    pk_diag_hint(r->job->diag, d, "a range may stay open, as in 2-");
    return PK_FAILED;
  }
  *pages = pk_range_pages(r->ranges, r->list->page_count, r->job->arena, count);
  return PK_OK;
}

/* The press edition is checked by itself: what the printer would refuse is an
 * error here. presskit_preflight() wants to know all and lets nothing stop it. */
static pk_status check_print(render *r) {
  pk_findings findings = {0};
  const size_t *pages;
  size_t count;
  pk_status status = choose_pages(r, &pages, &count);
  if (status == PK_OK) status = pk_preflight_list(r->job, r->list, r->printer, pages, count, &findings);
  if (r->checks)
    *r->checks =
        (pk_render_checks){r->checks->wants_file, r->checks->wants_access, findings, r->printer, r->list, pages, count};
  return status == PK_OK && has_errors(r) && !r->checks ? PK_FAILED : status;
}

/* A line that says which part of a book follows. */
static void dump_part(const pk_book_part *part, size_t first, GString *out) {
  g_string_append_printf(out, "part %s, from page %zu\n", part ? part->key : "-", first + 1);
}

static void dump_bound(const pk_bound *bound, presskit_dump stage, GString *out) {
  for (size_t i = 0; i < bound->count; i++) {
    const pk_bound_part *part = &bound->parts[i];
    if (bound->book) dump_part(part->spec, part->first, out);
    if (stage == PRESSKIT_DUMP_STYLE) pk_style_dump(part->document, out);
    if (stage == PRESSKIT_DUMP_PARA) pk_page_dump_para(part->pages, out);
    if (stage == PRESSKIT_DUMP_PAGE) pk_page_dump(part->pages, out);
  }
}

static void dump_articles(const render *r, GString *out) {
  for (size_t i = 0; i < (r->book ? r->book->part_count : 1); i++)
    if (r->articles[i]) pk_article_dump(r->articles[i], out);
}

static void dump(render *r) {
  GString *out = r->result->dump = g_string_new(NULL);
  switch (r->options->dump) {
  case PRESSKIT_DUMP_NONE: break;
  case PRESSKIT_DUMP_ARTICLE: dump_articles(r, out); break;
  case PRESSKIT_DUMP_STYLE:
  case PRESSKIT_DUMP_PARA:
  case PRESSKIT_DUMP_PAGE: dump_bound(r->bound, r->options->dump, out); break;
  case PRESSKIT_DUMP_LIST: pk_list_dump(r->list, out); break;
  }
}

/* ---- output ------------------------------------------------------------------- */

static void add_file(render *r, pk_output_file file) {
  g_array_append_val(r->result->files, file);
}

static pk_status make_pdf(render *r, const pk_output_part *part, int64_t timestamp) {
  g_autofree char *name = g_path_get_basename(part->path);
  pk_pdf_options options = {
      .edition = (pk_edition)r->options->edition,
      .printer = r->printer,
      .name = name,
      .pages = part->pages,
      .page_count = part->count,
      .blank_count = part->blanks,
      .timestamp = timestamp,
      .is_one_of_many = r->given->row_count == 1 && r->given->rows->merge.column_count > 0,
  };
  pk_output_file file = {.path = part->path, .page_count = part->count + part->blanks};
  pk_status status = pk_pdf_build(r->job, r->list, &options, &file.data, &file.size);
  if (status == PK_OK) add_file(r, file);
  return status;
}

static pk_status check_names(render *r, const pk_output_names *names) {
  const char *inputs[5] = {r->options->article, r->layout_path};
  size_t count = 2;
  if (r->office_path) inputs[count++] = r->office_path;
  if (r->printer_path) inputs[count++] = r->printer_path;
  return r->options->in_memory ? PK_OK : pk_output_check(r->job, names, inputs, r->list);
}

static pk_status make_pdfs(render *r, const size_t *pages, size_t count) {
  pk_parts_input in = {.options = r->options,
                       .layout_path = r->layout_path,
                       .printer = r->printer,
                       .lang = r->list->lang,
                       .page_count = r->list->page_count,
                       .front = r->bound->front,
                       .back = r->bound->back,
                       .is_bound = r->book != NULL,
                       .is_whole = r->given->row_count > 1};
  pk_output_part parts[PK_MOST_PARTS];
  const char *paths[PK_MOST_PARTS];
  size_t part_count = 0;
  pk_status status = pk_inputs_timestamp(r->job, &r->list->date, &in.timestamp);
  if (status == PK_OK) status = pk_parts_plan(r->job, &in, pages, count, parts, &part_count);
  for (size_t i = 0; i < part_count; i++) {
    paths[i] = parts[i].path;
    r->result->page_count += parts[i].blanks;
  }
  if (status == PK_OK) status = check_names(r, &(pk_output_names){paths, part_count});
  for (size_t i = 0; status == PK_OK && i < part_count; i++) status = make_pdf(r, &parts[i], in.timestamp);
  return status;
}

static pk_status make_pngs(render *r, const size_t *pages, size_t count) {
  const presskit_render_options *o = r->options;
  const char *output = o->output ? o->output : pk_output_default(r->job->arena, o->article, o->edition, o->format);
  pk_output_names names = pk_output_number(r->job->arena, output, pages, count, r->list->page_count);
  pk_status status = check_names(r, &names);
  for (size_t i = 0; status == PK_OK && i < names.count; i++) {
    pk_output_file file = {.path = names.paths[i], .page_count = 1};
    status = pk_paint_build(r->job, r->list, pages ? pages[i] : i, r->dpi, &file.data, &file.size);
    if (status == PK_OK) add_file(r, file);
  }
  return status;
}

/* The editions without pages. What a page would show of faults was found by then. */
static bool is_words(const render *r) {
  return r->options->edition == PRESSKIT_TEXT || r->options->edition == PRESSKIT_HTML;
}

static pk_status make_words(render *r) {
  const presskit_render_options *o = r->options;
  const char *output = o->output ? o->output : pk_output_default(r->job->arena, o->article, o->edition, o->format);
  g_autoptr(GString) words = g_string_new(NULL);
  pk_status status = check_names(r, &(pk_output_names){&output, 1});
  if (status == PK_OK && o->edition == PRESSKIT_TEXT) pk_plain_build(r->job, r->bound, words);
  if (status == PK_OK && o->edition == PRESSKIT_HTML) status = pk_html_build(r->job, r->bound, words);
  if (status != PK_OK) return status;
  add_file(r, (pk_output_file){.path = output,
                               .data = pk_arena_dup(r->job->arena, words->str, words->len),
                               .size = words->len,
                               .page_count = 0});
  return PK_OK;
}

static pk_status make_files(render *r) {
  if (is_words(r)) return make_words(r);
  const size_t *pages;
  pk_status status = choose_pages(r, &pages, &r->result->page_count);
  if (status != PK_OK) return status;
  size_t count = r->result->page_count;
  return r->options->format == PRESSKIT_PNG ? make_pngs(r, pages, count) : make_pdfs(r, pages, count);
}

/* For the index of a kit: as wide as was asked, as far as a page can be. */
static pk_status make_picture(render *r) {
  pk_render_picture *picture = r->given->picture;
  const pk_list *list = r->list;
  if (!picture || !list->page_count) return PK_OK;
  double dpi = CLAMP(picture->width / list->width * 72, PRESSKIT_MIN_DPI, PRESSKIT_MAX_DPI);
  picture->width = (unsigned)(list->width * dpi / 72 + 0.5);
  picture->height = (unsigned)(list->height * dpi / 72 + 0.5);
  picture->lang = list->lang;
  picture->title = list->title;
  return pk_paint_build(r->job, list, 0, dpi, &picture->data, &picture->size);
}

static void check_access_of_articles(render *r) {
  for (size_t i = 0; r->articles && i < (r->book ? r->book->part_count : 1); i++)
    if (r->articles[i]) pk_access_article(r->job, r->articles[i]);
}

static void check_access_of_pages(render *r) {
  for (size_t i = 0; r->bound && i < r->bound->count; i++) pk_access_pages(r->job, r->bound->parts[i].pages);
}

static pk_status run(render *r) {
  const presskit_render_options *o = r->options;
  pk_status status = check_options(r);
  if (status == PK_OK) status = read_inputs(r);
  bool wants_access = r->checks && r->checks->wants_access;
  if (wants_access) check_access_of_articles(r);
  if (status == PK_OK && o->dump != PRESSKIT_DUMP_ARTICLE)
    status = r->given->row_count > 1 ? compose_rows(r) : compose(r);
  if (wants_access) check_access_of_pages(r);
  if (status == PK_OK && has_errors(r)) status = PK_FAILED;
  bool is_for_press = o->edition == PRESSKIT_PRESS && o->format == PRESSKIT_PDF && o->dump == PRESSKIT_DUMP_NONE;
  if (status == PK_OK && is_for_press) status = check_print(r);
  if (status == PK_OK && !is_for_press && !r->checks && o->dump == PRESSKIT_DUMP_NONE && !is_words(r))
    pk_resolution_check(r->job, r->list, r->printer ? r->printer->images.colour.least : PK_SCREEN_LEAST_PPI);
  if (status == PK_OK && r->checks && !r->checks->wants_file) return status;
  if (status == PK_OK && o->dump == PRESSKIT_DUMP_NONE) status = make_files(r);
  if (status == PK_OK && o->dump == PRESSKIT_DUMP_NONE) status = make_picture(r);
  if (r->checks) return status;
  if (status == PK_OK && has_errors(r)) status = PK_FAILED;
  if (status == PK_OK && o->is_strict && pk_diag_count(r->job->diag, PK_WARNING)) status = PK_FAILED;
  if (status != PK_OK) return status;
  if (o->dump != PRESSKIT_DUMP_NONE)
    dump(r);
  else if (!o->in_memory)
    status = pk_output_write(r->job, r->result);
  return status;
}

void pk_render_into(presskit_engine *engine, pk_worker *worker, const presskit_render_options *options,
                    const pk_render_given *given, pk_render_checks *checks, presskit_result *result) {
  static const pk_render_given nothing = {0};
  pk_job job = {.worker = worker, .arena = result->arena, .diag = result->diag};
  render r = {.engine = engine, .options = options, .given = given ? given : &nothing, .result = result, .job = &job};
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
