/* Texts that may be given in several languages. Private to style/. */
#ifndef PK_STYLE_LOCAL_H
#define PK_STYLE_LOCAL_H

#include "style/style.h"

/* The best text for `lang`: its own, the one for all, the same words from the
 * other Serbian script, English, any. NULL if none is given at all. Words in
 * another language than asked for are a note at their place. Owned by the
 * reader's or the job's arena. */
const char *pk_local_text(pk_job *job, const pk_text *text, pk_lang lang, pk_span *span);

/* One line of several, an address: NULL where other lines are given in `lang`
 * and this one is not, since languages may need different numbers of lines. */
const char *pk_local_line(pk_job *job, const pk_text *lines, size_t count, size_t number, pk_lang lang, pk_span *span);

#endif
