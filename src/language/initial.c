/* The letter that an initial shows.
 *
 * In:  the text of a paragraph. Out: where its first letter begins and ends.
 *
 * Lj, Nj and Dž are one letter of Serbian, in capitals or not, and there are no
 * other words in the three languages that begin with them. */
#include <glib.h>

#include "language/language.h"
#include "language/letters.h"

static bool opens(gunichar c) {
  return c == '(' || c == '[' || c == '"' || c == '\'' || c == U'«' || c == U'»' || c == U'¿' || c == U'¡' ||
         (c >= 0x2018 && c <= 0x201F) || c == U'‹' || c == U'›';
}

static const char *pass_marks(const char *at, const char *end) {
  while (at < end && (g_unichar_ismark(g_utf8_get_char(at)) || g_utf8_get_char(at) == 0x200C))
    at = g_utf8_next_char(at);
  return at;
}

/* The letters are read again as a word: whether two are one depends on it. */
static bool is_digraph(const char *word, const char *end) {
  enum { LOOKED_AT = 12 };
  const char *stop = word;
  for (int i = 0; i < LOOKED_AT && stop < end &&
                  (g_unichar_isalpha(g_utf8_get_char(stop)) || g_unichar_ismark(g_utf8_get_char(stop)));
       i++)
    stop = g_utf8_next_char(stop);
  pk_letter letters[LOOKED_AT];
  unsigned traits = 0;
  size_t count = pk_letters_scan(word, (size_t)(stop - word), letters, LOOKED_AT, &traits);
  return traits & PK_TRAIT_LATIN && pk_letters_digraph(letters, count, 0);
}

bool pk_language_initial(const char *text, size_t size, size_t *quote, size_t *end) {
  const char *at = text, *stop = text + size;
  while (at < stop && opens(g_utf8_get_char(at))) at = g_utf8_next_char(at);
  if (at == stop || !g_unichar_isalpha(g_utf8_get_char(at))) return false;
  *quote = (size_t)(at - text);
  const char *next = pass_marks(g_utf8_next_char(at), stop);
  if (next < stop && is_digraph(at, stop)) next = pass_marks(g_utf8_next_char(next), stop);
  *end = (size_t)(next - text);
  return true;
}
