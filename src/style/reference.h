/* Links to other articles of a book. Private to style/. */
#ifndef PK_STYLE_REFERENCE_H
#define PK_STYLE_REFERENCE_H

#include "style/phrase.h"

/* Changes what a run of the article says and where it leads, if it is a link into
 * the book: {page} in its words becomes the number of the page, its address the name of that place. */
void pk_reference_fill(pk_cascade *cascade, const pk_text_run *run, pk_phrase_text *words, const char **href);

#endif
