/* What a picture depends on where it stands. */
#ifndef PK_PDF_GROUND_H
#define PK_PDF_GROUND_H

#include "pdf/file.h"

/* The place of the picture that `draw` of `page` draws: in a file without
 * transparency, the areas under it. Its size is left to the artwork, which knows
 * the largest.
 * Owned by the job's arena. What lies under a picture that may be transparent
 * and is no plain area is told in a warning. */
pk_art_place pk_pdf_ground_of(pk_pdf_file *file, const pk_list_page *page, const pk_draw *draw);

#endif
