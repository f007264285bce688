/* Pages that another document of the run shows alike: their content streams,
 * packed. */
#ifndef PK_PDF_KEPT_H
#define PK_PDF_KEPT_H

#include "pdf/content.h"

/* A question to the store of the run, and what to do with the answer. */
typedef struct {
  pk_digest key;
  bool is_wanted;
} pk_pdf_page_question;

/* The stream of the page that was begun, as pk_pdf_content_page() would write it, and
 * its content told to the structure; 0 if it is not known. */
qpdf_oh pk_pdf_page_find(pk_pdf_content *content, pk_pdf_page_question *asked);

/* The stream of what pk_pdf_content_page() wrote, kept if it is wanted. */
qpdf_oh pk_pdf_page_keep(pk_pdf_content *content, const pk_pdf_page_question *asked);

#endif
