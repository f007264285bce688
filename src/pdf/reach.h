/* Whether what touches the edge of the page goes on to the end of the bleed. */
#ifndef PK_PDF_REACH_H
#define PK_PDF_REACH_H

#include "pdf/file.h"

/* Areas, lines and pictures that touch or cross the trim and stop short of the
 * bleed would show paper where the cut is a hair off: an error at each place of
 * the layout or article that causes one. */
pk_status pk_pdf_reach_check(pk_pdf_file *file, const size_t *numbers, size_t count);

#endif
