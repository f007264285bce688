/* What a render writes: PDFs, pictures, words. */
#include <string.h>

#include "build/inputs.h"
#include "build/output.h"
#include "build/parts.h"
#include "build/range.h"
#include "build/render.h"
#include "html/html.h"
#include "paint/paint.h"
#include "pdf/pdf.h"
#include "plain/plain.h"

/* ---- pages -------------------------------------------------------------------- */

pk_parts_input pk_render_parts(const pk_render *r) {
  return (pk_parts_input){.options = r->options,
                          .layout_path = r->layout_path,
                          .printer = r->printer,
                          .list = r->list,
                          .front = r->bound->front,
                          .back = r->bound->back,
                          .is_bound = r->book != NULL,
                          .is_whole = r->given->row_count > 1};
}

pk_status pk_render_choose_pages(pk_render *r, const size_t **pages, size_t *count) {
  if (r->given->is_for_sheets && r->list->spine_width > 0) {
    pk_parts_input in = pk_render_parts(r);
    *pages = pk_parts_inside(r->job->arena, &in, count);
    return PK_OK;
  }
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

/* ---- PDF ---------------------------------------------------------------------- */

static void add_file(pk_render *r, pk_output_file file) {
  g_array_append_val(r->result->files, file);
}

static pk_status make_pdf(pk_render *r, const pk_output_part *part, int64_t timestamp) {
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
  pk_output_file file = {
      .path = part->path, .page_count = part->count + part->blanks, .part = part->name, .pages = part->pages};
  if (part->list != r->list) file.first = r->list->page_count;
  pk_status status = pk_pdf_build(r->job, part->list, &options, &file.data, &file.size);
  if (status == PK_OK) add_file(r, file);
  return status;
}

static pk_status check_names(pk_render *r, const pk_output_names *names) {
  const char *inputs[5] = {r->options->article, r->layout_path};
  size_t count = 2;
  if (r->office_path) inputs[count++] = r->office_path;
  if (r->printer_path) inputs[count++] = r->printer_path;
  return r->options->in_memory ? PK_OK : pk_output_check(r->job, names, inputs, r->list);
}

static pk_status make_pdfs(pk_render *r, const size_t *pages, size_t count) {
  pk_parts_input in = pk_render_parts(r);
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

static pk_status make_pngs(pk_render *r, const size_t *pages, size_t count) {
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
bool pk_render_is_words(const pk_render *r) {
  return r->options->edition == PRESSKIT_TEXT || r->options->edition == PRESSKIT_HTML;
}

static pk_status make_words(pk_render *r) {
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

pk_status pk_render_make_files(pk_render *r) {
  if (pk_render_is_words(r)) return make_words(r);
  const size_t *pages;
  pk_status status = pk_render_choose_pages(r, &pages, &r->result->page_count);
  if (status != PK_OK) return status;
  size_t count = r->result->page_count;
  return r->options->format == PRESSKIT_PNG ? make_pngs(r, pages, count) : make_pdfs(r, pages, count);
}

/* For the index of a kit: as wide as was asked, as far as a page can be. */
pk_status pk_render_make_picture(pk_render *r) {
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
