/* Articles as a render sees them, and as those see them who hear them read aloud.
 *
 * In:  the options of the caller. Out: a result with all diagnostics, those that a
 *      render has and those of access/; the report is written whatever was found. */
#include <string.h>

#include "build/batch.h"
#include "build/engine.h"
#include "build/output.h"
#include "build/result.h"

typedef struct {
  presskit_engine *engine;
  const presskit_check_options *options;
  presskit_result *result;
  pk_job *job;
  pk_preflight_report *reports; /* one an input */
} check;

static pk_status check_options(const check *c) {
  const presskit_check_options *o = c->options;
  if (o->input_count == 0) {
    pk_diag_add(c->job->diag, PK_CODE_OPTION_INVALID, PK_SPAN_NONE, "no file is named");
    return PK_FAILED;
  }
  const char **inputs = PK_NEW_ARRAY(c->job->arena, const char *, o->input_count + 1);
  memcpy(inputs, o->inputs, o->input_count * sizeof *inputs);
  return pk_output_check(c->job, &(pk_output_names){&o->report, o->report ? 1 : 0}, inputs, NULL);
}

/* The diagnostics from number `from` on, as findings of a report. */
static pk_findings findings_from(const check *c, size_t from) {
  size_t count;
  const pk_diagnostic *const *list = pk_diag_list(c->job->diag, &count);
  pk_finding *items = PK_NEW_ARRAY(c->job->arena, pk_finding, count - from + 1);
  for (size_t i = from; i < count; i++)
    items[i - from] = (pk_finding){.code = list[i]->code,
                                   .severity = list[i]->severity,
                                   .span = pk_span_origin(list[i]->span),
                                   .page = PK_WHOLE_FILE,
                                   .message = list[i]->message,
                                   .hint = list[i]->hint,
                                   .count = 1};
  return (pk_findings){items, count - from};
}

static pk_status check_article(check *c, const char *path, pk_preflight_report *report) {
  const presskit_check_options *o = c->options;
  presskit_render_options options = {.article = path,
                                     .layout = o->layout,
                                     .office = o->office,
                                     .printer = o->printer,
                                     .edition = o->edition,
                                     .in_memory = true};
  pk_render_checks checks = {.wants_file = true, .wants_access = true};
  size_t before;
  pk_diag_list(c->job->diag, &before);
  c->result->page_count = 0;
  pk_render_into(c->engine, &c->engine->worker, &options, NULL, &checks, c->result);
  g_array_set_size(c->result->files, 0);
  report->path = path;
  report->page_count = c->result->page_count;
  report->findings = findings_from(c, before);
  return c->result->status;
}

static pk_status check_kit(check *c, const char *path, pk_preflight_report *report) {
  size_t before;
  pk_diag_list(c->job->diag, &before);
  c->result->page_count = 0;
  pk_status status = pk_batch_check(c->engine, path, c->options->is_strict, c->result);
  report->path = path;
  report->page_count = c->result->page_count;
  report->findings = findings_from(c, before);
  return status;
}

static pk_status write_report(check *c) {
  const char *path = c->options->report;
  if (!path) return PK_OK;
  g_autoptr(GString) json = g_string_new(NULL);
  pk_preflight_json("presskit-check/1", c->reports, c->options->input_count, NULL, json);
  pk_output_file file = {.path = path, .data = (const uint8_t *)json->str, .size = json->len};
  g_array_append_val(c->result->files, file);
  pk_status status = pk_output_write(c->job, c->result);
  g_array_set_size(c->result->files, 0);
  return status;
}

static pk_status run(check *c) {
  pk_status status = check_options(c);
  if (status != PK_OK) return status;
  c->reports = PK_NEW_ARRAY(c->job->arena, pk_preflight_report, c->options->input_count);
  for (size_t i = 0; i < c->options->input_count; i++) { /* one bad file hides no other */
    const char *path = c->options->inputs[i];
    pk_status own = (pk_batch_is_kit(path) ? check_kit : check_article)(c, path, &c->reports[i]);
    status = MAX(status, own);
  }
  pk_status written = write_report(c);
  status = MAX(status, written);
  if (status == PK_OK && pk_diag_count(c->job->diag, PK_ERROR)) status = PK_FAILED;
  if (status == PK_OK && c->options->is_strict && pk_diag_count(c->job->diag, PK_WARNING)) status = PK_FAILED;
  return status;
}

presskit_result *presskit_check(presskit_engine *engine, const presskit_check_options *options) {
  presskit_result *result = pk_result_new();
  pk_job job = {.worker = &engine->worker, .arena = result->arena, .diag = result->diag};
  check c = {.engine = engine, .options = options, .result = result, .job = &job};
  result->status = run(&c);
  result->in_memory = false;
  return result;
}
