/* Findings drawn on the pages of a PDF.
 *
 * In:  the file as it is and what was found in it. Out: a copy in which each
 * finding has a frame and a number, and beside the frames stands what they are.
 * The copy is for looking at: what it adds is in RGB. */
#include <math.h>
#include <string.h>

#include "impose/form.h"
#include "impose/marks.h"
#include "pdf/number.h"
#include "preflight/preflight.h"

enum { TEXT_SIZE = 7, LEADING = 9 };

static const char *const colours[] = {"0 .35 .8", ".9 .5 0", ".85 0 .1"}; /* note, warning, error */

typedef struct {
  pk_job *job;
  const pk_reader *reader;
  const pk_findings *findings;
  const pk_face *face;
  qpdf_data qpdf;
} annotator;

static void put_numbers(GString *out, const double *n, size_t count, const char *operator) {
  for (size_t i = 0; i < count; i++) {
    pk_pdf_put_number(out, n[i], 3);
    g_string_append_c(out, ' ');
  }
  g_string_append_printf(out, "%s\n", operator);
}

static void put_frame(const pk_finding *f, size_t number, const annotator *a, double height, GString *out) {
  double pad = 1.5, y = height - f->rect.y - f->rect.height;
  const double frame[] = {f->rect.x - pad, y - pad, f->rect.width + 2 * pad, f->rect.height + 2 * pad};
  g_string_append_printf(out, "%s RG %s rg 1 w\n", colours[f->severity], colours[f->severity]);
  put_numbers(out, frame, 4, "re S");
  const double tag[] = {frame[0], frame[1] + frame[3], number > 9 ? 11 : 7, LEADING};
  put_numbers(out, tag, 4, "re f");
  g_autofree char *text = g_strdup_printf("%zu", number);
  g_string_append(out, "1 g\n");
  pk_marks_text(a->job, a->face, text, TEXT_SIZE, tag[0] + 1.5, tag[1] + 2, out);
}

/* The messages on a pale ground at the foot of the page. */
static void put_legend(const annotator *a, GPtrArray *lines, double width, GString *out) {
  double high = LEADING * lines->len + 6;
  const double ground[] = {0, 0, width, high};
  g_string_append(out, "1 1 .85 rg\n");
  put_numbers(out, ground, 4, "re f");
  for (guint i = 0; i < lines->len; i++) {
    g_string_append(out, "0 g\n");
    pk_marks_text(a->job, a->face, g_ptr_array_index(lines, i), TEXT_SIZE, 6, high - LEADING * (i + 1), out);
  }
}

static void invert(const double m[6], double out[6]) {
  double d = m[0] * m[3] - m[1] * m[2];
  const double r[6] = {
      m[3] / d, -m[1] / d, -m[2] / d, m[0] / d, (m[2] * m[5] - m[3] * m[4]) / d, (m[1] * m[4] - m[0] * m[5]) / d};
  memcpy(out, r, sizeof r);
}

static GString *overlay(const annotator *a, size_t page) {
  GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
  GString *out = g_string_new("q\n");
  double matrix[6], back[6], width, height;
  pk_reader_upright(&a->reader->pages[page], matrix);
  invert(matrix, back);
  put_numbers(out, back, 6, "cm");
  pk_reader_size(&a->reader->pages[page], &width, &height);
  for (size_t i = 0; i < a->findings->count; i++) {
    const pk_finding *f = &a->findings->items[i];
    if (!pk_preflight_is_on(f, page)) continue;
    if (f->rect.width > 0 || f->rect.height > 0) put_frame(f, i + 1, a, height, out);
    g_ptr_array_add(lines, pk_preflight_legend(a->findings, i));
  }
  if (lines->len) put_legend(a, lines, width, out);
  g_string_append(out, "Q\n");
  if (!lines->len) g_string_truncate(out, 0);
  g_ptr_array_unref(lines);
  return out;
}

/* The page's content between q and Q, then the overlay. */
static void annotate_page(const annotator *a, size_t page) {
  GString *over = overlay(a, page);
  if (over->len) {
    qpdf_data qpdf = a->qpdf;
    qpdf_oh object = a->reader->pages[page].object, made = qpdf_oh_new_array(qpdf);
    qpdf_oh contents = qpdf_oh_get_key(qpdf, object, "/Contents");
    qpdf_oh_append_item(qpdf, made, qpdf_make_indirect_object(qpdf, pk_form_stream(qpdf, "q\n", 2)));
    int count = qpdf_oh_is_array(qpdf, contents) ? qpdf_oh_get_array_n_items(qpdf, contents) : 0;
    for (int i = 0; i < count; i++) qpdf_oh_append_item(qpdf, made, qpdf_oh_get_array_item(qpdf, contents, i));
    if (qpdf_oh_is_stream(qpdf, contents)) qpdf_oh_append_item(qpdf, made, contents);
    g_string_prepend(over, "\nQ\n");
    qpdf_oh_append_item(qpdf, made, qpdf_make_indirect_object(qpdf, pk_form_stream(qpdf, over->str, over->len)));
    qpdf_oh_replace_key(qpdf, object, "/Contents", made);
  }
  g_string_free(over, TRUE);
}

pk_status pk_preflight_annotate(pk_job *job, const pk_reader *reader, const pk_findings *findings, const pk_face *face,
                                const uint8_t **data, size_t *size) {
  annotator a = {job, reader, findings, face, reader->qpdf};
  for (size_t page = 0; page < reader->page_count; page++) annotate_page(&a, page);
  qpdf_data qpdf = reader->qpdf;
  qpdf_init_write_memory(qpdf);
  qpdf_set_decode_level(qpdf, qpdf_dl_none);
  qpdf_set_preserve_encryption(qpdf, QPDF_FALSE);
  qpdf_set_deterministic_ID(qpdf, QPDF_TRUE);
  qpdf_write(qpdf);
  if (qpdf_has_error(qpdf)) {
    pk_diag_add(job->diag, PK_CODE_PDF_FAILED, pk_reader_span(reader, PK_WHOLE_FILE),
                "the annotated copy cannot be made: %s", qpdf_get_error_message_detail(qpdf, qpdf_get_error(qpdf)));
    return PK_FAILED;
  }
  *size = qpdf_get_buffer_length(qpdf);
  *data = pk_arena_dup(job->arena, qpdf_get_buffer(qpdf), *size);
  return PK_OK;
}
