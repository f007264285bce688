/* What is to be said of finished pages. Private to page/. */
#ifndef PK_PAGE_CHECK_H
#define PK_PAGE_CHECK_H

#include "page/page.h"

/* Notes the lines that could not be set well, each at its place. */
void pk_page_check(pk_job *job, const pk_pages *pages);

#endif
