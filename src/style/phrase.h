/* Words in another language, and abbreviations: where they begin and end.
 * Private to style/. */
#ifndef PK_STYLE_PHRASE_H
#define PK_STYLE_PHRASE_H

#include "style/resolve.h"

/* How many of the `size` (> 0) bytes of `text` are of one language and not in
 * part an abbreviation. Sets the language and the expansion of `run` where they
 * have any; a language that the run has stays. */
size_t pk_phrase_next(const pk_cascade *cascade, const char *text, size_t size, pk_style_run *run);

#endif
