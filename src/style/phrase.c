/* Words in another language, told by their script, and abbreviations.
 *
 * In:  a stretch of the article's text. Out: the same, cut where the language
 *      changes and around what the article explains.
 *
 * Cyrillic letters are Serbian whatever language is around them, as everywhere
 * in presskit. Latin ones in a Cyrillic article may be of any language, so they
 * are only what the article says. */
#include "style/phrase.h"

#include <string.h>

static bool is_cyrillic(gunichar letter) {
  return letter >= 0x400 && letter < 0x530;
}

/* A letter of another script than Cyrillic, or a digit: what ends a phrase. */
static bool is_other(gunichar letter) {
  return !is_cyrillic(letter) && g_unichar_isalnum(letter);
}

size_t pk_phrase_next(const pk_cascade *cascade, const pk_phrase_text *text, pk_style_run *run) {
  const char *start = text->text, *end = start + text->size, *last = start;
  bool is_guessed = cascade->lang != PK_LANG_SR_CYRL && !run->lang, is_phrase = false;
  gunichar before = text->before;
  for (const char *at = start; at < end; at = g_utf8_next_char(at)) {
    gunichar letter = g_utf8_get_char(at);
    size_t rest = (size_t)(end - at);
    const pk_abbreviation *found = pk_article_abbreviation(cascade->article, at, rest, before, text->after);
    if (found && at == start) {
      run->expansion = found->expansion;
      if (is_guessed && is_cyrillic(letter)) run->lang = pk_lang_tag(PK_LANG_SR_CYRL);
      return strlen(found->letters);
    }
    if (found && is_phrase) break;
    if (found) return (size_t)(at - start);
    if (at == start) is_phrase = is_guessed && is_cyrillic(letter);
    if (is_phrase && is_other(letter)) break;
    if (is_phrase && (is_cyrillic(letter) || g_unichar_ismark(letter))) last = g_utf8_next_char(at);
    if (is_guessed && !is_phrase && is_cyrillic(letter)) return (size_t)(at - start);
    before = letter;
  }
  if (!is_phrase) return text->size;
  run->lang = pk_lang_tag(PK_LANG_SR_CYRL);
  return (size_t)(last - start);
}
