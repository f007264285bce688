/* What a PDF/X says of itself beside its pages. Nothing here is written where
 * the file claims no standard. */
#ifndef PK_PDF_STANDARD_H
#define PK_PDF_STANDARD_H

#include "pdf/file.h"

/* The output intent of the catalogue, with the printer's ICC profile inside.
 * A profile that cannot serve is told at its place: PK_FAILED. */
pk_status pk_pdf_standard_intent(pk_pdf_file *file);

/* The keys of the Info dictionary. */
void pk_pdf_standard_info(pk_pdf_file *file, qpdf_oh info);

/* An rdf:Description, appended to `out`. */
void pk_pdf_standard_xmp(const pk_pdf_file *file, GString *out);

#endif
