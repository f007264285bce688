/* Content streams inside art/. */
#ifndef PK_ART_CONTENT_H
#define PK_ART_CONTENT_H

#include "art/colour.h"

/* The colour space of an ink that has a plate of its own, by its number (size_t);
 * whoever keeps the stream gives its resources one of that name for each bit of
 * `mapper->plates`. */
#define PK_CONTENT_PLATE "PkPlate%zu"

/* Appends `content` with its colour operators mapped. Returns false if it holds
 * an inline picture whose colours were left as they are. */
bool pk_content_map(pk_mapper *mapper, const char *content, size_t size, GString *out);

/* Appends `value` with at most four decimals, whatever the locale. */
void pk_content_number(GString *out, double value);

#endif
