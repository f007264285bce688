/* A PDF being made: libqpdf's objects, our compressor, one place for errors.
 *
 * Handles (`qpdf_oh`) belong to the file and are released by the call that
 * stores them: pk_pdf_set() and pk_pdf_append() take their value over. Errors of
 * libqpdf stick; pk_pdf_file_check() turns them into a diagnostic. */
#ifndef PK_PDF_FILE_H
#define PK_PDF_FILE_H

#include <qpdf/qpdf-c.h>

#include "base/deflate.h"
#include "pdf/pdf.h"

/* What an edition lets into its file; for the press, what the printer's standard
 * does. One row each in file.c. */
typedef struct {
  const char *version;     /* of PDF */
  bool has_object_streams; /* from 1.5 on */
  bool has_xmp;            /* metadata stream, language, document title in the window: from 1.4 on */
  bool has_transparency;   /* from 1.4 on, where the standard allows it */
  bool has_cid_set;        /* which glyphs a subset holds, as PDF/X of the old versions wants it */
  bool is_cmyk;            /* inks by their CMYK or spot; else by their screen RGB */
  bool has_grey;           /* neutral colours as grey: black toner alone */
  bool has_links;
  bool is_tagged; /* structure tree and all that PDF/UA-1 and PDF/A-2a ask for */
} pk_pdf_traits;

const pk_pdf_traits *pk_pdf_traits_of(pk_edition edition, pk_standard standard);

typedef struct {
  pk_job *job;
  const pk_list *list;
  const pk_pdf_options *options;
  const pk_pdf_traits *traits;
  const pk_printer *printer; /* never NULL */
  pk_standard standard;      /* that the file claims to keep */
  uint64_t digest[2];        /* of all streams that were compressed so far */
  const char **note_names;   /* `note_count`, by number, of their places; NULL until a link asks (link.c) */
  size_t note_count;
  qpdf_data qpdf;
  pk_packer *packer;     /* the worker's, or */
  pk_packer *own_packer; /* where there is none, one of its own */
} pk_pdf_file;

/* An empty file. NULL, with a diagnostic, if libqpdf cannot make one. */
pk_pdf_file *pk_pdf_file_new(pk_job *job, const pk_list *list, const pk_pdf_options *options);
void pk_pdf_file_drop(pk_pdf_file *file);

/* PK_FAILED and a diagnostic if any call on the file went wrong so far. */
pk_status pk_pdf_file_check(pk_pdf_file *file);

/* Writes the file; `*data` is owned by the job's arena. */
pk_status pk_pdf_file_write(pk_pdf_file *file, const uint8_t **data, size_t *size);

/* A direct object from its PDF syntax, without references. What pk_pdf_raw() makes is
 * written byte for byte as it stands there: nobody can look into it or change it, and it
 * costs neither parsing nor an object for each number in it. */
qpdf_oh pk_pdf_raw(pk_pdf_file *file, const char *syntax);
qpdf_oh pk_pdf_parse(pk_pdf_file *file, const char *syntax);
qpdf_oh pk_pdf_parsef(pk_pdf_file *file, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* pk_pdf_set() of pk_pdf_raw(). */
void pk_pdf_set_raw(pk_pdf_file *file, qpdf_oh dict, const char *key, const char *syntax);

/* An indirect object of `direct`, which it takes over. */
qpdf_oh pk_pdf_indirect(pk_pdf_file *file, qpdf_oh direct);

/* Stores `value` and releases it. `key` has its slash. */
void pk_pdf_set(pk_pdf_file *file, qpdf_oh dict, const char *key, qpdf_oh value);
void pk_pdf_append(pk_pdf_file *file, qpdf_oh array, qpdf_oh value);

/* Stores a reference to the indirect `value`, which stays the caller's. */
void pk_pdf_set_ref(pk_pdf_file *file, qpdf_oh dict, const char *key, qpdf_oh value);

/* Stores UTF-8 as a text string; NULL stores nothing. */
void pk_pdf_set_text(pk_pdf_file *file, qpdf_oh dict, const char *key, const char *text);

void pk_pdf_release(pk_pdf_file *file, qpdf_oh handle);

/* A stream (indirect) over `size` bytes, which are copied, with the keys of
 * `dict_syntax` ("<<...>>" or NULL). pk_pdf_stream() compresses them;
 * pk_pdf_stream_raw() takes them as they are, already in `filter` ("/DCTDecode",
 * or NULL for none). */
qpdf_oh pk_pdf_stream(pk_pdf_file *file, const char *dict_syntax, const void *data, size_t size);
qpdf_oh pk_pdf_stream_raw(pk_pdf_file *file, const char *dict_syntax, const void *data, size_t size,
                          const char *filter);

/* pk_pdf_stream() of data that many documents have: packed once, and kept in the
 * cache. */
qpdf_oh pk_pdf_stream_kept(pk_pdf_file *file, const char *dict_syntax, const void *data, size_t size);

/* Compresses data; the result lasts until the next call. And a stream of such. */
const uint8_t *pk_pdf_pack(pk_pdf_file *file, const void *data, size_t size, size_t *packed_size);
qpdf_oh pk_pdf_stream_packed(pk_pdf_file *file, const char *dict_syntax, const uint8_t *packed, size_t size);

/* What the run keeps for its other documents, or NULL. */
struct pk_store *pk_pdf_file_store(const pk_pdf_file *file);

/* Replaces the data of a stream of `qpdf` (this file's or a foreign one's),
 * compressed. */
void pk_pdf_replace_data(pk_pdf_file *file, qpdf_data qpdf, qpdf_oh stream, const void *data, size_t size);

#endif
