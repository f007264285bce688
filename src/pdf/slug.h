/* The slug line: which file this is, for whoever finds the sheet. */
#ifndef PK_PDF_SLUG_H
#define PK_PDF_SLUG_H

#include "pdf/file.h"

/* "release.pdf   2021-06-26   sheetfed-coated-x1a   1 / 2" set in `face`, at 0, 0;
 * owned by the job's arena. What the face has no glyph for is left out. */
pk_draw *pk_pdf_slug_line(pk_pdf_file *file, const pk_face *face, size_t number, size_t count);

#endif
