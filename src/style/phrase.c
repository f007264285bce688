/* Words in another language, told by their script.
 *
 * In:  a stretch of the article's text. Out: the same, cut where the language
 *      changes.
 *
 * Cyrillic letters are Serbian whatever language is around them, as everywhere
 * in presskit. Latin ones in a Cyrillic article may be of any language, so they
 * are only what the article says. */
#include "style/phrase.h"

static bool is_cyrillic(gunichar letter) {
  return letter >= 0x400 && letter < 0x530;
}

/* A letter of another script than Cyrillic, or a digit: what ends a phrase. */
static bool is_other(gunichar letter) {
  return !is_cyrillic(letter) && g_unichar_isalnum(letter);
}

/* The end of the phrase that begins at `at`: after its last Cyrillic letter, with
 * the spaces and signs between its words. */
static const char *end_of_cyrillic(const char *at, const char *end) {
  const char *last = at;
  for (; at < end; at = g_utf8_next_char(at)) {
    gunichar letter = g_utf8_get_char(at);
    if (is_other(letter)) break;
    if (is_cyrillic(letter) || g_unichar_ismark(letter)) last = g_utf8_next_char(at);
  }
  return last;
}

size_t pk_phrase_next(const pk_cascade *cascade, const char *text, size_t size, pk_style_run *run) {
  const char *at = text, *end = text + size;
  if (cascade->lang == PK_LANG_SR_CYRL || run->lang) return size;
  while (at < end && !is_cyrillic(g_utf8_get_char(at))) at = g_utf8_next_char(at);
  if (at > text) return (size_t)(MIN(at, end) - text);
  run->lang = pk_lang_tag(PK_LANG_SR_CYRL);
  return (size_t)(end_of_cyrillic(text, end) - text);
}
