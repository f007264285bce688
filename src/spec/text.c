#include "spec/text.h"

bool pk_text_is_given(const pk_text *text) {
  if (text->any) return true;
  for (int lang = 0; lang < PK_LANG_COUNT; lang++)
    if (text->in[lang]) return true;
  return false;
}

const char *pk_text_lookup(const pk_text *text, pk_lang lang, pk_span *span) {
  bool has_own = lang != PK_LANG_NONE && text->in[lang];
  if (span) *span = has_own ? text->in_span[lang] : text->any_span;
  return has_own ? text->in[lang] : text->any;
}
