/* Builds the file of sheets. */
#include "impose/impose.h"

#include <math.h>
#include <string.h>

#include "impose/carry.h"
#include "impose/form.h"
#include "impose/marks.h"
#include "pdf/number.h"

enum { SLUG_SIZE = 6 };

/* Pages of a booklet may differ by what rounding makes of a size. */
static const double SAME_SIZE = 1.5;

typedef struct {
  const pk_form *forms;
  size_t count; /* 0: not made yet */
} made_page;

typedef struct {
  pk_job *job;
  const pk_impose_options *options;
  qpdf_data qpdf;
  pk_impose_page *pages;
  size_t page_count;
  made_page *made; /* by page */
  pk_plan plan;
  pk_sheet sheet;
  qpdf_oh registration; /* the colour space of marks */
} imposer;

/* ---- what comes in ------------------------------------------------------- */

static void gather(imposer *im, const pk_reader *const *inputs, size_t count) {
  for (size_t i = 0; i < count; i++) im->page_count += inputs[i]->page_count;
  im->pages = PK_NEW_ARRAY(im->job->arena, pk_impose_page, im->page_count);
  im->made = PK_NEW_ARRAY(im->job->arena, made_page, im->page_count);
  pk_impose_page *page = im->pages;
  for (size_t i = 0; i < count; i++)
    for (size_t k = 0; k < inputs[i]->page_count; k++, page++) {
      *page = (pk_impose_page){.reader = inputs[i], .number = k, .page = &inputs[i]->pages[k]};
      pk_reader_size(page->page, &page->width, &page->height);
    }
}

/* Cells of n-up hold pages of any size; panels of a leaflet are as wide as they are. */
static pk_status check_sizes(const imposer *im) {
  pk_scheme scheme = im->options->scheme;
  if (scheme == PK_SCHEME_TWO_UP || scheme == PK_SCHEME_FOUR_UP) return PK_OK;
  const pk_impose_page *first = &im->pages[0];
  for (size_t i = 1; i < im->page_count; i++) {
    const pk_impose_page *page = &im->pages[i];
    bool is_same = fabs(page->height - first->height) < SAME_SIZE &&
                   (scheme == PK_SCHEME_LEAFLET || fabs(page->width - first->width) < SAME_SIZE);
    if (is_same) continue;
    pk_diag_add(im->job->diag, PK_CODE_IMPOSE_PAGE_SIZES, pk_reader_span(page->reader, page->number),
                "this page is %.0f × %.0f mm, the first one %.0f × %.0f mm", page->width / PK_PT_PER_MM,
                page->height / PK_PT_PER_MM, first->width / PK_PT_PER_MM, first->height / PK_PT_PER_MM);
    return PK_FAILED;
  }
  return PK_OK;
}

static pk_status plan(imposer *im) {
  if (pk_plan_build(im->job->arena, im->page_count, im->options, &im->plan)) return PK_OK;
  pk_diagnostic *d = pk_diag_add(im->job->diag, PK_CODE_IMPOSE_PAGE_COUNT, PK_SPAN_NONE,
                                 "a leaflet has 4 or 6 pages, one to a panel; here there are %zu", im->page_count);
  pk_diag_hint(im->job->diag, d,
               "a sheet whose panels are all on one page needs no imposition; --scheme 2-up places "
               "it several times");
  return PK_FAILED;
}

/* ---- one side ------------------------------------------------------------ */

static void put_matrix(GString *out, const double m[6]) {
  for (int i = 0; i < 6; i++) {
    pk_pdf_put_number(out, m[i], i < 4 ? 6 : 4);
    g_string_append_c(out, ' ');
  }
  g_string_append(out, "cm\n");
}

static void put_clip(GString *out, const imposer *im, const pk_box *clip) {
  double left = fmax(clip->left, 0), bottom = fmax(clip->bottom, 0);
  const double n[] = {left, bottom, fmin(clip->right, im->sheet.width) - left,
                      fmin(clip->top, im->sheet.height) - bottom};
  for (int i = 0; i < 4; i++) {
    pk_pdf_put_number(out, n[i], 4);
    g_string_append_c(out, ' ');
  }
  g_string_append(out, "re W n\n");
}

static pk_status place(imposer *im, const pk_placement *placed, qpdf_oh xobjects, GString *out) {
  size_t number = (size_t)(placed->page - im->pages);
  made_page *made = &im->made[number];
  if (!made->count) {
    pk_status status = pk_form_build(im->job, im->qpdf, placed->page, &made->forms, &made->count);
    if (status != PK_OK) return status;
  }
  g_string_append(out, "q\n");
  put_clip(out, im, &placed->clip);
  put_matrix(out, placed->matrix);
  for (size_t i = 0; i < made->count; i++) {
    g_autofree char *name = g_strdup_printf("/P%zu.%zu", number + 1, i);
    qpdf_oh_replace_key(im->qpdf, xobjects, name, made->forms[i].object);
    if (i) g_string_append(out, "q\n");
    if (i) put_matrix(out, made->forms[i].matrix);
    g_string_append_printf(out, "%s Do\n", name);
    if (i) g_string_append(out, "Q\n");
  }
  g_string_append(out, "Q\n");
  return PK_OK;
}

/* "booklet.pdf · sheet 3 of 12, front · pages 44, 5 · creep 0.20 mm · SRA3" */
static char *slug_text(const imposer *im, const pk_side *side, const pk_sheet_side *placed) {
  GString *text = g_string_new(im->options->title ? im->options->title : "");
  if (text->len) g_string_append(text, " · ");
  g_string_append_printf(text, "sheet %zu of %zu, %s · pages", side->sheet + 1, im->plan.sheet_count,
                         side->is_back ? "back" : "front");
  for (int i = 0; i < im->plan.columns * im->plan.rows; i++) {
    g_string_append(text, i ? ", " : " ");
    if (side->pages[i] < 0)
      g_string_append(text, "blank");
    else
      g_string_append_printf(text, "%d", side->pages[i] + 1);
  }
  if (placed->creep > 0) g_string_append_printf(text, " · creep %.2f mm", placed->creep / PK_PT_PER_MM);
  if (im->options->sheet_name) g_string_append_printf(text, " · %s", im->options->sheet_name);
  return g_string_free(text, FALSE);
}

static void draw_slug(const imposer *im, const pk_side *side, const pk_sheet_side *placed, GString *out) {
  double y = placed->trim.bottom - im->sheet.bleed - PK_MARK_GAP - PK_MARK_LENGTH - SLUG_SIZE;
  bool is_turned = side->is_back && im->sheet.turns_backs;
  if (!im->options->face || y < SLUG_SIZE / 2.0) return;
  g_autofree char *text = slug_text(im, side, placed);
  g_string_append(out, "q\n/All cs 1 scn\n");
  if (is_turned) put_matrix(out, (const double[6]){-1, 0, 0, -1, im->sheet.width, im->sheet.height});
  pk_marks_text(im->job, im->options->face, text, SLUG_SIZE, placed->trim.left + PK_MARK_LENGTH, y, out);
  g_string_append(out, "Q\n");
}

static pk_box bleed_box(const imposer *im, const pk_box *trim) {
  double bleed = im->sheet.bleed;
  return (pk_box){fmax(trim->left - bleed, 0), fmax(trim->bottom - bleed, 0),
                  fmin(trim->right + bleed, im->sheet.width), fmin(trim->top + bleed, im->sheet.height)};
}

static qpdf_oh resources_of(const imposer *im, qpdf_oh xobjects) {
  qpdf_oh resources = qpdf_oh_new_dictionary(im->qpdf), spaces = qpdf_oh_new_dictionary(im->qpdf);
  qpdf_oh_replace_key(im->qpdf, resources, "/XObject", xobjects);
  if (!im->options->has_marks) return resources;
  qpdf_oh_replace_key(im->qpdf, spaces, "/All", im->registration);
  qpdf_oh_replace_key(im->qpdf, resources, "/ColorSpace", spaces);
  return resources;
}

static pk_status add_side(imposer *im, const pk_side *side) {
  pk_sheet_side placed;
  pk_sheet_place(&im->sheet, &im->plan, side, im->pages, im->options, &placed);
  qpdf_oh xobjects = qpdf_oh_new_dictionary(im->qpdf);
  g_autoptr(GString) content = g_string_new(NULL);
  pk_status status = PK_OK;
  for (size_t i = 0; i < placed.count && status == PK_OK; i++)
    status = place(im, &placed.placements[i], xobjects, content);
  if (status != PK_OK) return status;
  if (im->options->has_marks) {
    pk_marks_draw(&im->sheet, &placed, content);
    draw_slug(im, side, &placed, content);
  }
  const pk_box media = {0, 0, im->sheet.width, im->sheet.height}, bleed = bleed_box(im, &placed.trim);
  qpdf_data qpdf = im->qpdf;
  qpdf_oh page = qpdf_oh_new_dictionary(qpdf);
  qpdf_oh_replace_key(qpdf, page, "/Type", qpdf_oh_new_name(qpdf, "/Page"));
  qpdf_oh_replace_key(qpdf, page, "/MediaBox", pk_form_box(qpdf, &media));
  qpdf_oh_replace_key(qpdf, page, "/BleedBox", pk_form_box(qpdf, &bleed));
  qpdf_oh_replace_key(qpdf, page, "/TrimBox", pk_form_box(qpdf, &placed.trim));
  qpdf_oh_replace_key(qpdf, page, "/Resources", resources_of(im, xobjects));
  qpdf_oh_replace_key(qpdf, page, "/Contents", pk_form_stream(qpdf, content->str, content->len));
  qpdf_add_page(qpdf, qpdf, qpdf_make_indirect_object(qpdf, page), QPDF_FALSE);
  return PK_OK;
}

/* ---- the file ------------------------------------------------------------ */

static pk_status check_file(const imposer *im) {
  if (!qpdf_has_error(im->qpdf)) return PK_OK;
  pk_diag_add(im->job->diag, PK_CODE_PDF_FAILED, PK_SPAN_NONE, "the sheets cannot be made: %s",
              qpdf_get_error_message_detail(im->qpdf, qpdf_get_error(im->qpdf)));
  return PK_FAILED;
}

static pk_status write_file(const imposer *im, const char *version, const uint8_t **data, size_t *size) {
  qpdf_data qpdf = im->qpdf;
  pk_status status = check_file(im);
  if (status != PK_OK) return status;
  qpdf_init_write_memory(qpdf);
  qpdf_set_object_stream_mode(qpdf, strcmp(version, "1.5") >= 0 ? qpdf_o_generate : qpdf_o_disable);
  qpdf_set_decode_level(qpdf, qpdf_dl_none);
  qpdf_set_compress_streams(qpdf, QPDF_TRUE);
  qpdf_set_preserve_encryption(qpdf, QPDF_FALSE);
  qpdf_force_pdf_version(qpdf, version);
  qpdf_set_deterministic_ID(qpdf, QPDF_TRUE);
  qpdf_write(qpdf);
  if ((status = check_file(im)) != PK_OK) return status;
  *size = qpdf_get_buffer_length(qpdf);
  *data = pk_arena_dup(im->job->arena, qpdf_get_buffer(qpdf), *size);
  return PK_OK;
}

static void tell_sheets(const imposer *im) {
  const pk_plan *p = &im->plan;
  g_autoptr(GString) text = g_string_new(NULL);
  g_string_append_printf(text, "%zu %s of %s", p->sheet_count, p->sheet_count == 1 ? "sheet" : "sheets",
                         im->options->sheet_name ? im->options->sheet_name : "paper");
  if (!im->options->sheet_name)
    g_string_append_printf(text, " %.0f × %.0f mm", im->sheet.width / PK_PT_PER_MM, im->sheet.height / PK_PT_PER_MM);
  if (p->side_count > 1) g_string_append_printf(text, ", printed on both sides, turned on the %s", im->sheet.turn);
  if (p->blank_count) {
    g_string_append_printf(text, "; %zu blank %s %s", p->blank_count, p->blank_count == 1 ? "page" : "pages",
                           im->options->keeps_back ? "before the last" : "at the end");
  }
  if (im->options->scheme == PK_SCHEME_SADDLE_STITCH && im->options->paper > 0)
    g_string_append_printf(text, "; creep %.2f mm at the innermost sheet",
                           (double)(p->sheet_count - 1) * im->options->paper / PK_PT_PER_MM);
  if (im->sheet.scale < 1) g_string_append_printf(text, "; pages at %.1f %%", im->sheet.scale * 100);
  if (im->options->has_marks && !im->sheet.has_room) g_string_append(text, "; no room for marks");
  pk_diag_add(im->job->diag, PK_CODE_IMPOSE_SHEETS, PK_SPAN_NONE, "%s", text->str);
}

static pk_status build(imposer *im, const pk_reader *const *inputs, size_t count) {
  gather(im, inputs, count);
  pk_status status = check_sizes(im);
  if (status == PK_OK) status = plan(im);
  if (status == PK_OK) status = pk_sheet_fit(im->job, &im->plan, im->pages, im->page_count, im->options, &im->sheet);
  if (status != PK_OK) return status;
  im->registration = qpdf_make_indirect_object(
      im->qpdf,
      qpdf_oh_parse(im->qpdf, "[/Separation/All/DeviceCMYK<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[1 1 1 1]"
                              "/N 1>>]"));
  for (size_t i = 0; i < im->plan.side_count && status == PK_OK; i++) status = add_side(im, &im->plan.sides[i]);
  if (status == PK_OK) pk_carry(im->job, im->qpdf, inputs, count);
  return status;
}

pk_status pk_impose_build(pk_job *job, const pk_reader *const *inputs, size_t input_count,
                          const pk_impose_options *options, const uint8_t **data, size_t *size, size_t *side_count) {
  g_assert(input_count > 0);
  imposer im = {.job = job, .options = options, .qpdf = qpdf_init()};
  qpdf_silence_errors(im.qpdf);
  qpdf_set_suppress_warnings(im.qpdf, QPDF_TRUE);
  qpdf_empty_pdf(im.qpdf);
  pk_status status = build(&im, inputs, input_count);
  if (status == PK_OK) status = write_file(&im, pk_carry_version(job, inputs, input_count), data, size);
  if (status == PK_OK) tell_sheets(&im);
  if (status == PK_OK) *side_count = im.plan.side_count;
  if (qpdf_has_error(im.qpdf)) qpdf_get_error(im.qpdf); /* libqpdf prints what nobody took */
  qpdf_cleanup(&im.qpdf);
  return status;
}
