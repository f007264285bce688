/* A text that a user gives once for all languages or once for each. */
#ifndef PK_SPEC_TEXT_H
#define PK_SPEC_TEXT_H

#include "diag/diag.h"

/* `text: Hello` fills `any`; `text: {en: Hello, sr-Cyrl: Здраво}` fills `in`.
 * NULL where nothing is given. */
typedef struct {
  const char *any;
  pk_span any_span;
  const char *in[PK_LANG_COUNT];
  pk_span in_span[PK_LANG_COUNT];
} pk_text;

/* Whether any text is given at all. */
bool pk_text_is_given(const pk_text *text);

/* The text for `lang`: its own, else the one for all, else NULL. Never another
 * language's: style/ decides about substitutes (script conversion, English). */
const char *pk_text_lookup(const pk_text *text, pk_lang lang, pk_span *span);

#endif
