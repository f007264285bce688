/* PDF files that others made: opened, checked, measured; nothing is trusted.
 *
 * What is damaged is mended by libqpdf with a warning, or refused with an error;
 * what is locked, cyclic or swells without measure is refused. Sizes in points,
 * boxes in the page's own units. */
#ifndef PK_READER_H
#define PK_READER_H

#include <qpdf/qpdf-c.h>

#include "diag/diag.h"

enum {
  PK_READER_MAX_BYTES = 1024 * 1024 * 1024, /* of a file */
  PK_READER_MAX_STREAM = 256 * 1024 * 1024, /* of a stream, decoded */
  PK_READER_MAX_PAGES = 20000,
};

typedef struct {
  double left, bottom, right, top;
} pk_box;

/* The boxes as they are used: sorted, and none reaches beyond the media. */
typedef struct {
  qpdf_oh object; /* the page, with what it inherits */
  pk_box media, crop, bleed, trim;
  bool has_bleed, has_trim; /* said by the file; else bleed is trim, and trim is crop */
  int rotate;               /* 0, 90, 180, 270, clockwise */
  double unit;              /* points to one unit of the page */
} pk_reader_page;

typedef struct {
  const char *name; /* in messages: "the file" or what names it */
  pk_span named;    /* where it is named, which is where its faults are told; else it has a source of its own */
  qpdf_data qpdf;   /* must live until what was copied from it is written */
  const pk_source *source;
  GBytes *bytes;
  const pk_reader_page *pages;
  size_t page_count;
} pk_reader;

/* Whether these bytes look like a PDF: "%PDF-" within the first 1024. */
bool pk_reader_is_pdf(const uint8_t *data, size_t size);
/* The same of the file at `path`; false if it cannot be read. */
bool pk_reader_is_pdf_file(const char *path);

/* Opens the file at `path`. Owned by the job's arena. */
pk_status pk_reader_open(pk_job *job, const char *path, const pk_reader **out);

/* Opens `size` bytes, which must outlive the job's arena, known as `path`. */
pk_status pk_reader_open_memory(pk_job *job, const char *path, const uint8_t *data, size_t size, const pk_reader **out);

/* Opens a picture that a document names at `span`: its faults are told there, of
 * `name`. `bytes` are kept as long as the job. */
pk_status pk_reader_open_named(pk_job *job, const char *name, GBytes *bytes, pk_span span, const pk_reader **out);

/* The place of a page (from 0), or of the whole file (PK_WHOLE_FILE). */
pk_span pk_reader_span(const pk_reader *reader, size_t page);

/* The boxes of a page object, to which what it inherits has been pushed. */
void pk_reader_page_boxes(qpdf_data qpdf, qpdf_oh object, pk_reader_page *page);

/* The size of the page as it is looked at: its trim, turned, in points. */
void pk_reader_size(const pk_reader_page *page, pk_length *width, pk_length *height);

/* The matrix from the page's units to its trim as it is looked at: points from
 * the lower left corner, y up. */
void pk_reader_upright(const pk_reader_page *page, double matrix[6]);

/* The content of a page, all its streams one after the other; appends to `out`.
 * PK_FAILED with a diagnostic if it cannot be decoded within the limit. */
pk_status pk_reader_content(pk_job *job, const pk_reader *reader, size_t page, GString *out);

/* ---- of any file --------------------------------------------------------- */

/* Why a stream was not decoded. */
typedef enum { PK_DECODE_OK, PK_DECODE_BROKEN, PK_DECODE_TOO_LARGE, PK_DECODE_IMAGE } pk_decode;

/* Decodes a stream whose filters are general ones (Flate, LZW, ASCII85, ASCIIHex,
 * RunLength), never holding more than `limit` bytes of it; appends to `out`.
 * PK_DECODE_IMAGE: a filter of pictures stands in the way. */
pk_decode pk_reader_decode(qpdf_data qpdf, qpdf_oh stream, size_t limit, GString *out);

/* libqpdf keeps every object that was looked at until its handle is released, and
 * numbers the handles upward. All of them since a mark are released at once. */
qpdf_oh pk_reader_mark(qpdf_data qpdf);
void pk_reader_release_since(qpdf_data qpdf, qpdf_oh mark);

/* Four numbers, sorted; false if `object` is anything else. */
bool pk_reader_box(qpdf_data qpdf, qpdf_oh object, pk_box *out);

/* Six numbers; `matrix` is that of identity if `object` is anything else. */
void pk_reader_matrix(qpdf_data qpdf, qpdf_oh object, double matrix[6]);

/* The name without its slash; "" if it is none. Owned by libqpdf until its next call. */
const char *pk_reader_name(qpdf_data qpdf, qpdf_oh object);

#endif
