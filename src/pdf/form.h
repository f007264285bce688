/* A page of a PDF as a form. */
#ifndef PK_PDF_FORM_H
#define PK_PDF_FORM_H

#include "pdf/file.h"

typedef struct {
  qpdf_oh object; /* indirect */
  pk_length width, height;
  bool is_transparent; /* something shows through it */
  qpdf_data
      source; /* what it was taken from, which libqpdf reads when it writes: to be cleaned up after that; or NULL */
} pk_pdf_form;

/* The first page of the PDF `data`, upright with its lower left corner on 0,0. `path` is
 * what diagnostics call it. */
pk_status pk_pdf_form_make(pk_pdf_file *file, const char *path, const uint8_t *data, size_t size, pk_pdf_form *out);

#endif
