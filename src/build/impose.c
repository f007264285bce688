/* PDF files and articles -> printer's sheets.
 *
 * In:  the options of the caller. Out: a result with one file written, or with
 *      diagnostics and nothing written. Articles are rendered in memory for the
 *      press and come in as PDF like the rest. */
#include "impose/impose.h"

#include <string.h>

#include "build/engine.h"
#include "build/output.h"

/* Thickness of paper, and the room between pages, in points: what cannot be in
 * earnest is a slip of the unit. */
static const double MAX_PAPER = 2 * PK_PT_PER_MM, MAX_GUTTER = 100 * PK_PT_PER_MM;

typedef struct {
  presskit_engine *engine;
  const presskit_impose_options *options;
  presskit_result *result;
  pk_job *job;
  pk_impose_options made;
  const pk_reader **inputs;
} imposing;

/* ---- options ------------------------------------------------------------------ */

static pk_status tell_option(const imposing *im, const char *format, const char *value) {
  g_autofree char *what = g_strdup_printf("'%s'", value);
  g_auto(GStrv) parts = g_strsplit(format, "%s", 2);
  pk_diag_add(im->job->diag, PK_CODE_OPTION_INVALID, PK_SPAN_NONE, "%s%s%s", parts[0], what, parts[1]);
  return PK_FAILED;
}

static bool read_length(const char *text, double most, pk_length *out) {
  pk_dimension length;
  if (pk_dimension_parse(text, &length) != PK_DIMENSION_OK || length.unit != PK_UNIT_PT) return false;
  if (!(length.value >= 0 && length.value <= most)) return false;
  *out = length.value;
  return true;
}

static pk_status read_options(imposing *im) {
  static const pk_scheme schemes[] = {
      [PRESSKIT_SADDLE_STITCH] = PK_SCHEME_SADDLE_STITCH,
      [PRESSKIT_TWO_UP] = PK_SCHEME_TWO_UP,
      [PRESSKIT_FOUR_UP] = PK_SCHEME_FOUR_UP,
      [PRESSKIT_CUT_STACK] = PK_SCHEME_CUT_STACK,
      [PRESSKIT_LEAFLET] = PK_SCHEME_LEAFLET,
  };
  static const pk_duplex duplexes[] = {
      [PRESSKIT_DUPLEX_AUTO] = PK_DUPLEX_NONE,
      [PRESSKIT_DUPLEX_LONG_EDGE] = PK_DUPLEX_LONG_EDGE,
      [PRESSKIT_DUPLEX_SHORT_EDGE] = PK_DUPLEX_SHORT_EDGE,
  };
  const presskit_impose_options *o = im->options;
  im->made = (pk_impose_options){
      .scheme = schemes[o->scheme],
      .sheet_name = o->sheet,
      .duplex = duplexes[o->duplex],
      .fold = o->fold == PRESSKIT_FOLD_ZIGZAG ? PK_FOLD_ZIGZAG : PK_FOLD_INWARD,
      .up = o->up ? o->up : 4,
      .repeats = o->repeats,
      .keeps_back = o->blanks == PRESSKIT_BLANKS_BEFORE_BACK,
      .fits = o->fits,
      .has_marks = !o->has_no_marks,
  };
  if (o->input_count == 0) return tell_option(im, "no file is named%s", "");
  if (o->sheet && !pk_impose_sheet(o->sheet, &im->made.sheet_width, &im->made.sheet_height))
    return tell_option(im, "there is no sheet %s: name A4, SRA4, A3, SRA3 and the like, or a size as 480x330mm",
                       o->sheet);
  if (o->paper && !read_length(o->paper, MAX_PAPER, &im->made.paper))
    return tell_option(im, "%s is no thickness of paper: write it as 0.1mm, at most 2mm", o->paper);
  if (o->gutter && !read_length(o->gutter, MAX_GUTTER, &im->made.gutter))
    return tell_option(im, "%s is no room between pages: write it as 6mm, at most 100mm", o->gutter);
  return PK_OK;
}

/* ---- what comes in ------------------------------------------------------------ */

static pk_status render_article(imposing *im, const char *path, const pk_reader **out) {
  /* All pages in one file, whatever the printer wants of files that are not imposed. */
  presskit_render_options options = {.article = path,
                                     .layout = im->options->layout,
                                     .office = im->options->office,
                                     .printer = im->options->printer,
                                     .pages = "1-",
                                     .in_memory = true};
  guint before = im->result->files->len;
  pk_render_given given = {.is_for_sheets = true};
  pk_render_into(im->engine, &im->engine->worker, &options, &given, NULL, im->result);
  if (im->result->status != PK_OK) return im->result->status;
  pk_output_file file = g_array_index(im->result->files, pk_output_file, before);
  g_array_set_size(im->result->files, before);
  return pk_reader_open_memory(im->job, path, file.data, file.size, out);
}

/* All are read, so that a person learns of all faults at once. */
static pk_status read_inputs(imposing *im) {
  pk_status worst = PK_OK;
  im->inputs = PK_NEW_ARRAY(im->job->arena, const pk_reader *, im->options->input_count);
  for (size_t i = 0; i < im->options->input_count; i++) {
    const char *path = im->options->inputs[i];
    bool is_pdf = pk_reader_is_pdf_file(path) || g_str_has_suffix(path, ".pdf");
    pk_status status =
        is_pdf ? pk_reader_open(im->job, path, &im->inputs[i]) : render_article(im, path, &im->inputs[i]);
    worst = MAX(worst, status);
  }
  return worst;
}

/* ---- what goes out ------------------------------------------------------------ */

/* "folder/booklet.pdf" -> "booklet-imposed.pdf". */
static const char *default_name(const imposing *im) {
  const char *first = pk_output_default(im->job->arena, im->options->inputs[0], PRESSKIT_PRESS, PRESSKIT_PDF);
  g_autofree char *stem = g_strndup(first, strlen(first) - strlen(".pdf"));
  if (g_str_has_suffix(stem, ".pdf")) stem[strlen(stem) - strlen(".pdf")] = 0;
  return pk_arena_printf(im->job->arena, "%s-imposed.pdf", stem);
}

static pk_status check_output(const imposing *im, const char *output) {
  const char **inputs = PK_NEW_ARRAY(im->job->arena, const char *, im->options->input_count + 1);
  memcpy(inputs, im->options->inputs, im->options->input_count * sizeof *inputs);
  pk_output_names names = {.paths = &output, .count = 1};
  return im->options->in_memory ? PK_OK : pk_output_check(im->job, &names, inputs, NULL);
}

/* The face of the line at the foot of sheets; without one there is no line. */
static const pk_face *find_face(imposing *im) {
  if (!im->made.has_marks || pk_engine_prepare(im->engine, &im->engine->worker, NULL, im->job->diag) != PK_OK)
    return NULL;
  im->job->worker = &im->engine->worker;
  return pk_font_set_find(im->engine->worker.fonts, "Source Sans 3", 400, false);
}

static pk_status run(imposing *im) {
  pk_status status = read_options(im);
  if (status == PK_OK) status = read_inputs(im);
  if (status != PK_OK) return status;
  g_autofree char *title = g_path_get_basename(im->options->inputs[0]);
  pk_output_file file = {.path = im->options->output ? im->options->output : default_name(im)};
  im->made.title = title;
  im->made.face = find_face(im);
  status = check_output(im, file.path);
  if (status == PK_OK)
    status = pk_impose_build(im->job, im->inputs, im->options->input_count, &im->made, &file.data, &file.size,
                             &im->result->page_count);
  if (status == PK_OK && pk_diag_count(im->job->diag, PK_ERROR)) status = PK_FAILED;
  if (status == PK_OK && im->options->is_strict && pk_diag_count(im->job->diag, PK_WARNING)) status = PK_FAILED;
  if (status != PK_OK) return status;
  file.page_count = im->result->page_count;
  g_array_append_val(im->result->files, file);
  return im->options->in_memory ? PK_OK : pk_output_write(im->job, im->result);
}

presskit_result *presskit_impose(presskit_engine *engine, const presskit_impose_options *options) {
  presskit_result *result = pk_result_new();
  pk_job job = {.worker = &engine->worker, .arena = result->arena, .diag = result->diag};
  imposing im = {.engine = engine, .options = options, .result = result, .job = &job};
  result->in_memory = true; /* of the articles, whatever becomes of the sheets */
  pk_status status = run(&im);
  result->in_memory = options->in_memory;
  result->status = status;
  return result;
}
