/* Opens PDF files of others with libqpdf. */
#include "reader/reader.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "reader/page.h"

enum { HEADER_BYTES = 1024 };

bool pk_reader_is_pdf(const uint8_t *data, size_t size) {
  return size && memmem(data, MIN(size, HEADER_BYTES), "%PDF-", 5) != NULL;
}

bool pk_reader_is_pdf_file(const char *path) {
  FILE *file = g_fopen(path, "rb");
  if (!file) return false;
  char head[HEADER_BYTES];
  size_t size = g_file_test(path, G_FILE_TEST_IS_REGULAR) ? fread(head, 1, sizeof head, file) : 0;
  fclose(file);
  return pk_reader_is_pdf((const uint8_t *)head, size);
}

pk_span pk_reader_span(const pk_reader *reader, size_t page) {
  return reader->source ? (pk_span){reader->source, (uint32_t)page, (uint32_t)page} : reader->named;
}

/* ---- what is wrong with the file ----------------------------------------- */

static pk_span whole(const pk_reader *reader) {
  return pk_reader_span(reader, PK_WHOLE_FILE);
}

static pk_status tell_error(pk_job *job, const pk_reader *reader) {
  qpdf_error error = qpdf_get_error(reader->qpdf);
  pk_diagnostic *d;
  if (qpdf_get_error_code(reader->qpdf, error) == qpdf_e_password) {
    d = pk_diag_add(job->diag, PK_CODE_PDF_LOCKED, whole(reader), "%s is locked with a password", reader->name);
    pk_diag_hint(job->diag, d, "ask for a copy without a password: print shops refuse locked files as well");
    return PK_FAILED;
  }
  d = pk_diag_add(job->diag, PK_CODE_PDF_BROKEN, whole(reader), "%s cannot be read: %s", reader->name,
                  qpdf_get_error_message_detail(reader->qpdf, error));
  pk_diag_hint(job->diag, d, "make the PDF again in the program it came from, or ask for another copy");
  return PK_FAILED;
}

/* libqpdf mended what it could; one warning tells of all. */
static void tell_damage(pk_job *job, const pk_reader *reader) {
  size_t count = 0;
  g_autofree char *first = NULL;
  while (qpdf_more_warnings(reader->qpdf)) {
    qpdf_error warning = qpdf_next_warning(reader->qpdf);
    if (!count++) first = g_strdup(qpdf_get_error_message_detail(reader->qpdf, warning));
  }
  if (!count) return;
  pk_diagnostic *d = pk_diag_add(job->diag, PK_CODE_PDF_DAMAGED, whole(reader), "%s is damaged: %s%s", reader->name,
                                 first, count > 1 ? ", and more" : "");
  pk_diag_hint(job->diag, d, "what could be read is used; compare the pages with the original");
}

/* ---- opening ------------------------------------------------------------- */

static pk_status read_pages(pk_job *job, pk_reader *reader) {
  qpdf_data qpdf = reader->qpdf;
  int count = qpdf_get_num_pages(qpdf);
  if (count < 0 || (qpdf_push_inherited_attributes_to_page(qpdf) & QPDF_ERRORS)) return tell_error(job, reader);
  if (count == 0 || count > PK_READER_MAX_PAGES) {
    if (count == 0)
      pk_diag_add(job->diag, PK_CODE_PDF_BROKEN, whole(reader), "%s has no pages", reader->name);
    else
      pk_diag_add(job->diag, PK_CODE_PDF_TOO_LARGE, whole(reader), "%s has %d pages, the limit is %d", reader->name,
                  count, PK_READER_MAX_PAGES);
    return PK_FAILED;
  }
  pk_reader_page *pages = PK_NEW_ARRAY(job->arena, pk_reader_page, count);
  for (int i = 0; i < count; i++) pk_reader_page_boxes(qpdf, qpdf_get_page_n(qpdf, (size_t)i), &pages[i]);
  reader->pages = pages;
  reader->page_count = (size_t)count;
  return qpdf_has_error(qpdf) ? tell_error(job, reader) : PK_OK;
}

static void close_reader(gpointer data) {
  pk_reader *reader = data;
  if (qpdf_has_error(reader->qpdf)) qpdf_get_error(reader->qpdf); /* libqpdf prints what nobody took */
  qpdf_cleanup(&reader->qpdf);
  g_clear_pointer(&reader->bytes, g_bytes_unref);
}

static pk_reader *new_reader(pk_job *job, GBytes *bytes) {
  pk_reader *reader = PK_NEW(job->arena, pk_reader);
  reader->name = "the file";
  reader->bytes = bytes;
  return reader;
}

static pk_status open_reader(pk_job *job, pk_reader *reader, const char *path, const pk_reader **out) {
  GBytes *bytes = reader->bytes;
  reader->qpdf = qpdf_init();
  pk_arena_defer(job->arena, close_reader, reader);
  qpdf_silence_errors(reader->qpdf);
  qpdf_set_suppress_warnings(reader->qpdf, QPDF_TRUE);
  size_t size;
  const uint8_t *data = g_bytes_get_data(bytes, &size);
  if (!pk_reader_is_pdf(data, size)) {
    pk_diagnostic *d = pk_diag_add(job->diag, PK_CODE_PDF_BROKEN, whole(reader), "%s is no PDF",
                                   reader->source ? "this" : reader->name);
    pk_diag_hint(job->diag, d, "a PDF begins with the letters %%PDF");
    return PK_FAILED;
  }
  if (!pk_reader_is_bounded(data, size)) {
    pk_diag_add(job->diag, PK_CODE_PDF_TOO_LARGE, whole(reader),
                "the tables of %s would fill more than %d MB once unpacked", reader->name, PK_READER_MAX_STREAM >> 20);
    return PK_FAILED;
  }
  if (qpdf_read_memory(reader->qpdf, path, (const char *)data, size, NULL) & QPDF_ERRORS)
    return tell_error(job, reader);
  pk_status status = read_pages(job, reader);
  if (status != PK_OK) return status;
  tell_damage(job, reader);
  *out = reader;
  return PK_OK;
}

static pk_status open_bytes(pk_job *job, const char *path, GBytes *bytes, const pk_reader **out) {
  pk_reader *reader = new_reader(job, bytes);
  reader->source = pk_source_new_paged(job->arena, path);
  return open_reader(job, reader, path, out);
}

pk_status pk_reader_open_named(pk_job *job, const char *name, GBytes *bytes, pk_span span, const pk_reader **out) {
  pk_reader *reader = new_reader(job, g_bytes_ref(bytes));
  reader->name = pk_arena_strdup(job->arena, name);
  reader->named = span;
  return open_reader(job, reader, name, out);
}

pk_status pk_reader_open(pk_job *job, const char *path, const pk_reader **out) {
  g_autoptr(GError) error = NULL;
  GBytes *bytes = pk_file_read(path, PK_READER_MAX_BYTES, &error);
  if (bytes) return open_bytes(job, path, bytes, out);
  pk_code code = g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT)   ? PK_CODE_FILE_MISSING
                 : g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? PK_CODE_FILE_TOO_LARGE
                                                                            : PK_CODE_FILE_UNREADABLE;
  pk_diag_add(job->diag, code, PK_SPAN_NONE, "%s", error->message);
  return PK_FAILED;
}

pk_status pk_reader_open_memory(pk_job *job, const char *path, const uint8_t *data, size_t size,
                                const pk_reader **out) {
  return open_bytes(job, path, g_bytes_new_static(data, size), out);
}

/* ---- content ------------------------------------------------------------- */

static const char *const reasons[] = {
    [PK_DECODE_BROKEN] = "is damaged",
    [PK_DECODE_TOO_LARGE] = "is larger than presskit reads once it is unpacked",
    [PK_DECODE_IMAGE] = "is packed as a picture",
};

static pk_status append_stream(pk_job *job, const pk_reader *reader, size_t page, qpdf_oh stream, GString *out) {
  size_t left = out->len < PK_READER_MAX_STREAM ? PK_READER_MAX_STREAM - out->len : 0;
  pk_decode result = pk_reader_decode(reader->qpdf, stream, left, out);
  g_string_append_c(out, '\n');
  if (result == PK_DECODE_OK) return PK_OK;
  pk_code code = result == PK_DECODE_TOO_LARGE ? PK_CODE_PDF_TOO_LARGE : PK_CODE_PDF_BROKEN;
  pk_diag_add(job->diag, code, pk_reader_span(reader, page), "the content of the page (object %d) %s",
              qpdf_oh_get_object_id(reader->qpdf, stream), reasons[result]);
  return PK_FAILED;
}

pk_status pk_reader_content(pk_job *job, const pk_reader *reader, size_t page, GString *out) {
  qpdf_data qpdf = reader->qpdf;
  qpdf_oh contents = qpdf_oh_get_key(qpdf, reader->pages[page].object, "/Contents");
  pk_status status = PK_OK;
  if (qpdf_oh_is_stream(qpdf, contents)) {
    status = append_stream(job, reader, page, contents, out);
  } else if (qpdf_oh_is_array(qpdf, contents)) {
    int count = qpdf_oh_get_array_n_items(qpdf, contents);
    for (int i = 0; i < count && status == PK_OK; i++) {
      qpdf_oh part = qpdf_oh_get_array_item(qpdf, contents, i);
      if (qpdf_oh_is_stream(qpdf, part)) status = append_stream(job, reader, page, part, out);
      qpdf_oh_release(qpdf, part);
    }
  }
  qpdf_oh_release(qpdf, contents);
  return status;
}
