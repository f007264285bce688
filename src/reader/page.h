/* Parts of opening a file; private to reader/. */
#ifndef PK_READER_PAGE_H
#define PK_READER_PAGE_H

#include "reader/reader.h"

/* Fills `page` from the page object, to which what it inherits has been pushed. */
void pk_reader_page_read(qpdf_data qpdf, qpdf_oh object, pk_reader_page *page);

/* ---- bounds.c ------------------------------------------------------------ */

/* Whether the object and cross-reference streams of a file, which libqpdf unpacks
 * whole while it opens it, stay within PK_READER_MAX_STREAM together. */
bool pk_reader_is_bounded(const uint8_t *data, size_t size);

#endif
