/* Parts of opening a file; private to reader/. */
#ifndef PK_READER_PAGE_H
#define PK_READER_PAGE_H

#include "reader/reader.h"

/* Whether the object and cross-reference streams of a file, which libqpdf unpacks
 * whole while it opens it, stay within PK_READER_MAX_STREAM together. */
bool pk_reader_is_bounded(const uint8_t *data, size_t size);

#endif
