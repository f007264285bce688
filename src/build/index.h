/* The index page of a kit that is handed over. Private to build/. */
#ifndef PK_BUILD_INDEX_H
#define PK_BUILD_INDEX_H

#include "build/batch.h"

/* Writes index.html for the batch's entries, which are in the order of the kit and
 * none of which failed. It needs no other file, and no script. False if the
 * pictures cannot be read; what goes wrong with `out` is its ferror(). */
bool pk_index_write(const pk_batch *batch, FILE *out);

/* index_style.c: the style sheet. */
extern const char pk_index_style[];

#endif
