/* Pages of others as forms of the file being made. */
#ifndef PK_IMPOSE_FORM_H
#define PK_IMPOSE_FORM_H

#include "impose/sheet.h"

/* Something to draw: an object, after a matrix. */
typedef struct {
  qpdf_oh object;
  double matrix[6];
} pk_form;

/* The page's content as a form, bounded by its bleed, then each of its annotations
 * that are printed (filled-in fields, stamps), all in the page's own units.
 * `*forms` is owned by the job's arena; the objects are of `qpdf`. */
pk_status pk_form_build(pk_job *job, qpdf_data qpdf, const pk_impose_page *page, const pk_form **forms, size_t *count);

/* A copy in `qpdf` of `object` of `foreign`, which may be a direct object. */
qpdf_oh pk_form_copy(qpdf_data qpdf, qpdf_data foreign, qpdf_oh object);

/* A number or box as PDF has it. */
qpdf_oh pk_form_box(qpdf_data qpdf, const pk_box *box);

/* A stream of these bytes, packed. */
qpdf_oh pk_form_stream(qpdf_data qpdf, const char *data, size_t size);

#endif
