/* Words in another language, and abbreviations: where they begin and end.
 * Private to style/. */
#ifndef PK_STYLE_PHRASE_H
#define PK_STYLE_PHRASE_H

#include "style/resolve.h"

/* A text on its way into runs. */
typedef struct {
  const char *text; /* of the run */
  size_t size;
  gunichar before, after; /* the letters around the run, 0: none */
} pk_phrase_text;

/* How many of the bytes of `text` (> 0) are of one language and not in part an
 * abbreviation. Sets the language and the expansion of `run` where they have any; a
 * language that the run has stays. */
size_t pk_phrase_next(const pk_cascade *cascade, const pk_phrase_text *text, pk_style_run *run);

#endif
