/* Articles and PDF files against a printer's rules.
 *
 * In:  the options of the caller. Out: a result whose diagnostics are the findings.
 *      The report and the annotated copy are written whatever was found: that is
 *      what they are for. */
#include "preflight/preflight.h"

#include <string.h>

#include "base/folders.h"
#include "build/inputs.h"
#include "build/output.h"

enum { PICTURE_DPI = 120 };

/* The page of a finding that is in another file. */
static const size_t ELSEWHERE = PK_WHOLE_FILE - 1;

typedef struct {
  presskit_engine *engine;
  const presskit_preflight_options *options;
  presskit_result *result;
  pk_job *job;
  const pk_printer *printer;
  pk_preflight_report *reports; /* one an input */
} preflight;

static pk_status tell(const preflight *p, const char *message) {
  pk_diag_add(p->job->diag, PK_CODE_OPTION_INVALID, PK_SPAN_NONE, "%s", message);
  return PK_FAILED;
}

static bool is_picture(const preflight *p) {
  return p->options->annotate && g_str_has_suffix(p->options->annotate, ".png");
}

static pk_status check_options(const preflight *p) {
  const presskit_preflight_options *o = p->options;
  if (o->input_count == 0) return tell(p, "no file is named");
  if (o->annotate && o->input_count > 1) return tell(p, "the annotated copy is of one file: check them one by one");
  if (o->annotate && !g_str_has_suffix(o->annotate, ".pdf") && !is_picture(p))
    return tell(p, "the annotated copy is a PDF or, of an article, pictures: NAME.pdf or NAME.png");
  const char *outputs[2];
  size_t count = 0;
  if (o->report) outputs[count++] = o->report;
  if (o->annotate) outputs[count++] = o->annotate;
  const char **inputs = PK_NEW_ARRAY(p->job->arena, const char *, o->input_count + 1);
  memcpy(inputs, o->inputs, o->input_count * sizeof *inputs);
  pk_output_names names = {outputs, count};
  return pk_output_check(p->job, &names, inputs, NULL);
}

static pk_status read_printer(preflight *p) {
  const char *path;
  pk_status status = pk_engine_locate(p->engine, p->job->diag);
  if (status == PK_OK) status = pk_inputs_printer(p->engine, p->job, p->options->printer, PRESSKIT_PRESS, &path);
  if (status != PK_OK) return status;
  pk_folders *folders = pk_folders_new(p->job->arena);
  pk_folders_add_of(folders, path);
  pk_folders_add(folders, p->engine->data);
  p->job->folders = folders;
  return pk_printer_build(p->job, path, p->engine->profiles, &p->printer);
}

/* ---- one input ---------------------------------------------------------------- */

/* What findings are written in. */
static const pk_face *find_face(preflight *p) {
  p->job->worker = &p->engine->worker;
  return pk_font_set_find(p->engine->worker.fonts, "Source Sans 3", 400, false);
}

static pk_status annotate(preflight *p, const pk_reader *reader, const pk_findings *findings, pk_output_file *out) {
  pk_status status = pk_engine_prepare(p->engine, &p->engine->worker, NULL, p->job->diag);
  const pk_face *face = status == PK_OK ? find_face(p) : NULL;
  if (!face) return PK_FAILED;
  return pk_preflight_annotate(p->job, reader, findings, face, &out->data, &out->size);
}

static pk_status annotate_pdf(preflight *p, const pk_reader *reader, const pk_findings *findings) {
  pk_output_file file = {.path = p->options->annotate};
  pk_status status = annotate(p, reader, findings, &file);
  if (status == PK_OK) g_array_append_val(p->result->files, file);
  return status;
}

/* The findings with the numbers that their pages have among `pages` (NULL: from
 * `first` on). They keep their own numbers; what is elsewhere is on no page. */
static pk_findings findings_on(preflight *p, const pk_findings *all, const size_t *pages, size_t count, size_t first) {
  pk_finding *found = pk_arena_dup(p->job->arena, all->items, all->count * sizeof *found);
  for (size_t i = 0; i < all->count; i++) {
    if (found[i].page == PK_WHOLE_FILE) continue;
    size_t at = pages ? 0 : found[i].page - first;
    while (pages && at < count && pages[at] != found[i].page) at++;
    found[i].page = at < count ? at : ELSEWHERE;
  }
  return (pk_findings){found, all->count};
}

/* "checked.pdf" -> "checked-cover.pdf". */
static const char *name_of_part(preflight *p, const char *part) {
  const char *path = p->options->annotate, *ending = strrchr(path, '.');
  return pk_arena_printf(p->job->arena, "%.*s-%s%s", (int)(ending - path), path, part, ending);
}

static pk_status paint_pages(preflight *p, const pk_list *list, pk_output_names names, const size_t *pages,
                             const pk_findings *findings) {
  const pk_face *face = find_face(p);
  pk_status status = face ? PK_OK : PK_FAILED;
  for (size_t i = 0; i < names.count && status == PK_OK; i++) {
    pk_output_file file = {.path = names.paths[i], .page_count = 1};
    size_t page = pages ? pages[i] : i;
    status = pk_preflight_picture(p->job, list, page, findings, face, PICTURE_DPI, &file.data, &file.size);
    if (status == PK_OK) g_array_append_val(p->result->files, file);
  }
  return status;
}

/* A picture of each page of an article, and of its cover where that is a sheet. */
static pk_status annotate_pictures(preflight *p, const pk_render_checks *checks) {
  size_t total = checks->list->page_count;
  pk_output_names names =
      pk_output_number(p->job->arena, p->options->annotate, checks->pages, checks->page_count, total);
  pk_status status = paint_pages(p, checks->list, names, checks->pages, &checks->findings);
  if (status != PK_OK || !checks->cover) return status;
  size_t sides = checks->cover->page_count;
  names = pk_output_number(p->job->arena, name_of_part(p, "cover"), NULL, sides, sides);
  pk_findings on_cover = findings_on(p, &checks->findings, NULL, sides, total);
  return paint_pages(p, checks->cover, names, NULL, &on_cover);
}

/* An annotated copy of each file that an article came to. */
static pk_status annotate_files(preflight *p, const pk_render_checks *checks, guint before) {
  GArray *files = p->result->files;
  bool is_only = files->len == before + 1;
  pk_status status = PK_OK;
  for (guint i = before; i < files->len && status == PK_OK; i++) {
    pk_output_file *file = &g_array_index(files, pk_output_file, i);
    pk_findings found = findings_on(p, &checks->findings, file->pages, file->page_count, file->first);
    const pk_reader *reader;
    status = pk_reader_open_memory(p->job, file->path, file->data, file->size, &reader);
    if (status == PK_OK) status = annotate(p, reader, &found, file);
    file->path = is_only ? p->options->annotate : name_of_part(p, file->part);
  }
  return status;
}

static pk_status check_pdf(preflight *p, const char *path, pk_preflight_report *report) {
  const pk_reader *reader;
  pk_status status = pk_reader_open(p->job, path, &reader);
  if (status != PK_OK) return status;
  report->page_count = reader->page_count;
  if (is_picture(p)) return tell(p, "pictures are made of articles; the annotated copy of a PDF is a PDF");
  status = pk_preflight_file(p->job, reader, p->printer, &report->findings);
  return status == PK_OK && p->options->annotate ? annotate_pdf(p, reader, &report->findings) : status;
}

static pk_status check_article(preflight *p, const char *path, pk_preflight_report *report) {
  presskit_render_options options = {.article = path,
                                     .layout = p->options->layout,
                                     .office = p->options->office,
                                     .printer = p->options->printer,
                                     .in_memory = true};
  pk_render_checks checks = {.wants_file = p->options->annotate && !is_picture(p)};
  guint before = p->result->files->len;
  pk_render_into(p->engine, &p->engine->worker, &options, NULL, &checks, p->result);
  report->findings = checks.findings;
  report->page_count = checks.page_count + (checks.cover ? checks.cover->page_count : 0);
  if (p->result->status == PK_OK && is_picture(p)) return annotate_pictures(p, &checks);
  if (p->result->status != PK_OK || !checks.wants_file) return p->result->status;
  return annotate_files(p, &checks, before);
}

static pk_status check_inputs(preflight *p) {
  pk_status worst = PK_OK;
  p->reports = PK_NEW_ARRAY(p->job->arena, pk_preflight_report, p->options->input_count);
  for (size_t i = 0; i < p->options->input_count; i++) {
    const char *path = p->options->inputs[i];
    bool is_pdf = pk_reader_is_pdf_file(path) || g_str_has_suffix(path, ".pdf");
    p->reports[i].path = path;
    pk_status status = is_pdf ? check_pdf(p, path, &p->reports[i]) : check_article(p, path, &p->reports[i]);
    worst = MAX(worst, status); /* one bad file hides no other */
  }
  return worst;
}

/* ---- what is written ---------------------------------------------------------- */

static pk_status write_outputs(preflight *p) {
  g_autoptr(GString) json = g_string_new(NULL);
  if (p->options->report) {
    pk_preflight_json("presskit-preflight/1", p->reports, p->options->input_count, p->printer, json);
    pk_output_file file = {.path = p->options->report, .data = (const uint8_t *)json->str, .size = json->len};
    g_array_append_val(p->result->files, file);
  }
  pk_status status = p->result->files->len ? pk_output_write(p->job, p->result) : PK_OK;
  g_array_set_size(p->result->files, 0);
  return status;
}

static pk_status run(preflight *p) {
  pk_status status = check_options(p);
  if (status == PK_OK) status = read_printer(p);
  if (status != PK_OK) return status;
  status = check_inputs(p);
  pk_status written = write_outputs(p);
  status = MAX(status, written);
  if (status == PK_OK && pk_diag_count(p->job->diag, PK_ERROR)) status = PK_FAILED;
  if (status == PK_OK && p->options->is_strict && pk_diag_count(p->job->diag, PK_WARNING)) status = PK_FAILED;
  return status;
}

presskit_result *presskit_preflight(presskit_engine *engine, const presskit_preflight_options *options) {
  presskit_result *result = pk_result_new();
  pk_job job = {.worker = &engine->worker, .arena = result->arena, .diag = result->diag};
  preflight p = {.engine = engine, .options = options, .result = result, .job = &job};
  result->status = run(&p);
  result->in_memory = false;
  return result;
}
