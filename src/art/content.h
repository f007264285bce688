/* Content streams inside art/. */
#ifndef PK_ART_CONTENT_H
#define PK_ART_CONTENT_H

#include "art/colour.h"

/* Appends `content` with its colour operators mapped. Returns false if it holds
 * an inline picture whose colours were left as they are. */
bool pk_content_map(pk_mapper *mapper, const char *content, size_t size, GString *out);

/* Appends `value` with at most four decimals, whatever the locale. */
void pk_content_number(GString *out, double value);

#endif
