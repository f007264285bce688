/* Printer's marks: what stands around the page for those who print, fold and cut. */
#ifndef PK_PDF_MARKS_H
#define PK_PDF_MARKS_H

#include "pdf/content.h"

typedef struct pk_pdf_marks pk_pdf_marks;

/* What the printer wants round each page of this file; NULL if nothing. */
pk_pdf_marks *pk_pdf_marks_new(pk_pdf_file *file);
void pk_pdf_marks_drop(pk_pdf_marks *marks);

/* The slug line of the next page, which is `number` of `count`, in the face of `sample` (a run of
 * the document), for pk_pdf_fonts_use(); NULL if there is none. */
const pk_draw *pk_pdf_marks_slug(pk_pdf_marks *marks, const pk_draw *sample, size_t number, size_t count);

/* Makes the forms that the pages share. `is_used`: which inks have patches. */
void pk_pdf_marks_build(pk_pdf_marks *marks, const bool *is_used);

/* Writes the marks and the slug line of page `number`, 0-based in the file, into content->out,
 * which is emptied first: a stream of its own that leaves the state as it is. */
void pk_pdf_marks_page(pk_pdf_marks *marks, pk_pdf_content *content, size_t number);

/* Adds what the drawing needs to the resources of page `number`, 0-based in the document. */
void pk_pdf_marks_resources(pk_pdf_marks *marks, qpdf_oh resources, size_t number);

#endif
