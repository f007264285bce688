/* An article -> pictures of its plates. */
#include <string.h>

#include "build/inputs.h"
#include "build/output.h"
#include "paint/plates.h"

enum { DEFAULT_DPI = 144 };

typedef struct {
  const presskit_separations_options *options;
  presskit_result *result;
  pk_job *job;
  const pk_render_checks *checks;
  double dpi;
  char *stem; /* of the names: without .png */
} separating;

/* "PANTONE 287 C" -> "pantone-287-c": a part of a file's name. */
static char *plain_name(const char *ink) {
  GString *name = g_string_new(NULL);
  for (; *ink; ink++)
    if (g_ascii_isalnum(*ink))
      g_string_append_c(name, g_ascii_tolower(*ink));
    else if (name->len && name->str[name->len - 1] != '-')
      g_string_append_c(name, '-');
  return g_string_free(name, FALSE);
}

static void add_file(separating *s, const char *page, const char *what, pk_output_file file) {
  file.path = pk_arena_printf(s->job->arena, "%s-%s-%s.png", s->stem, page, what);
  g_array_append_val(s->result->files, file);
}

/* `name_of_page` is what the page is called in files. */
static pk_status separate_page(separating *s, const pk_list *list, size_t page, const char *name_of_page) {
  const pk_plates *plates;
  pk_status status = pk_plates_build(s->job, list, s->checks->printer, page, s->dpi, &plates);
  if (status != PK_OK) return status;
  for (size_t i = 0; i < plates->count; i++) {
    pk_output_file file = {.page_count = 1};
    g_autofree char *name = plain_name(plates->plates[i].name);
    pk_plates_png(s->job, plates, i, &file.data, &file.size);
    add_file(s, name_of_page, name, file);
  }
  double limit = s->checks->printer->ink_limit;
  pk_output_file file = {.page_count = 1};
  pk_plates_heat_png(s->job, plates, limit, &file.data, &file.size);
  add_file(s, name_of_page, "total", file);
  pk_diag_add(s->job->diag, PK_CODE_INK_HIGHEST, PK_SPAN_NONE,
              "page %s has %.0f %% ink at most, %.0f mm from the left and %.0f mm from the top; the limit is %.0f %%",
              name_of_page, plates->highest * 100, plates->x / PK_PT_PER_MM, plates->y / PK_PT_PER_MM, limit * 100);
  return PK_OK;
}

static pk_status run(separating *s, presskit_engine *engine) {
  const presskit_separations_options *o = s->options;
  presskit_render_options options = {.article = o->article,
                                     .layout = o->layout,
                                     .office = o->office,
                                     .printer = o->printer,
                                     .pages = o->pages,
                                     .in_memory = true};
  pk_render_checks checks = {.wants_file = false};
  pk_render_into(engine, &engine->worker, &options, NULL, &checks, s->result);
  if (s->result->status != PK_OK) return s->result->status;
  s->checks = &checks;
  s->job->worker = &engine->worker;
  s->dpi = o->dpi == 0 ? DEFAULT_DPI : o->dpi;
  const char *output =
      o->output ? o->output : pk_output_default(s->job->arena, o->article, PRESSKIT_PRESS, PRESSKIT_PNG);
  s->stem = g_str_has_suffix(output, ".png") ? g_strndup(output, strlen(output) - strlen(".png")) : g_strdup(output);
  pk_status status = PK_OK;
  for (size_t i = 0; i < checks.page_count && status == PK_OK; i++) {
    size_t page = checks.pages ? checks.pages[i] : i;
    status = separate_page(s, checks.list, page, pk_arena_printf(s->job->arena, "%zu", page + 1));
  }
  for (size_t i = 0; checks.cover && i < checks.cover->page_count && status == PK_OK; i++)
    status = separate_page(s, checks.cover, i, i ? "cover-inside" : "cover");
  if (status == PK_OK && o->is_strict && pk_diag_count(s->job->diag, PK_WARNING)) status = PK_FAILED;
  return status == PK_OK ? pk_output_write(s->job, s->result) : status;
}

presskit_result *presskit_separations(presskit_engine *engine, const presskit_separations_options *options) {
  presskit_result *result = pk_result_new();
  pk_job job = {.worker = &engine->worker, .arena = result->arena, .diag = result->diag};
  separating s = {.options = options, .result = result, .job = &job};
  pk_status status = run(&s, engine);
  result->in_memory = false;
  result->status = status;
  g_free(s.stem);
  return result;
}
