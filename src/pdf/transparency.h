/* Whether a drawing that became a page of a PDF needs transparency. */
#ifndef PK_PDF_TRANSPARENCY_H
#define PK_PDF_TRANSPARENCY_H

#include "pdf/file.h"

/* Whether anything that `page` of `qpdf` can draw is translucent, masked softly or
 * blended. */
bool pk_pdf_is_transparent(qpdf_data qpdf, qpdf_oh page);

#endif
