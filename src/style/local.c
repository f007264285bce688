#include "style/local.h"

/* The other script of Serbian; PK_LANG_NONE for other languages. */
static pk_lang other_script(pk_lang lang) {
  if (lang == PK_LANG_SR_LATN) return PK_LANG_SR_CYRL;
  if (lang == PK_LANG_SR_CYRL) return PK_LANG_SR_LATN;
  return PK_LANG_NONE;
}

static const char *text_in_another_language(pk_job *job, const pk_text *text, pk_lang wanted, pk_span *span) {
  for (int lang = 0; lang < PK_LANG_COUNT; lang++) {
    if (!text->in[lang]) continue;
    *span = text->in_span[lang];
    pk_diagnostic *note = pk_diag_add(job->diag, PK_CODE_TEXT_LANGUAGE, *span, "set in %s: there is no %s text here",
                                      pk_language_name((pk_lang)lang), pk_language_name(wanted));
    pk_diag_hint(job->diag, note, "add `%s: ...` beside it", pk_lang_tag(wanted));
    return text->in[lang];
  }
  return NULL;
}

const char *pk_local_text(pk_job *job, const pk_text *text, pk_lang lang, pk_span *span) {
  pk_span unused;
  if (!span) span = &unused;
  const char *words = pk_text_lookup(text, lang, span);
  if (words) return words;
  pk_lang other = other_script(lang);
  if (other != PK_LANG_NONE && text->in[other]) {
    *span = text->in_span[other];
    return pk_language_convert(job->arena, lang, text->in[other]);
  }
  return text_in_another_language(job, text, lang, span);
}

const char *pk_local_line(pk_job *job, const pk_text *lines, size_t count, size_t number, pk_lang lang, pk_span *span) {
  if (!lines[number].any && !lines[number].in[lang])
    for (size_t i = 0; i < count; i++)
      if (lines[i].in[lang]) return NULL;
  return pk_local_text(job, &lines[number], lang, span);
}
