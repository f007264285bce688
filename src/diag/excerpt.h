/* The source line under a diagnostic. Private to diag/. */
#ifndef PK_DIAG_EXCERPT_H
#define PK_DIAG_EXCERPT_H

#include "diag/diag.h"

/* Columns of a terminal that the text of a source line takes at most. */
enum { PK_EXCERPT_COLUMNS = 96 };

/* Appends `text` so that it can neither move the cursor of a terminal nor turn
 * the reading order round: control characters, invisible format characters and
 * bytes that are not UTF-8 become visible signs. */
void pk_excerpt_visible(const char *text, size_t size, GString *out);

/* Appends the first source line of `span` and a line with a caret and tildes
 * under it. `mark` and `plain` are put before and after the caret (colours), ""
 * for none. Nothing is appended if the span has no source. */
void pk_excerpt_print(pk_span span, const char *mark, const char *plain, GString *out);

#endif
