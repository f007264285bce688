/* Capitals, and the dateline that opens a release.
 *
 * In:  place and date, either of which may be missing.
 * Out: "BELGRADE, 26 June — ". The space before the dash does not break, so that
 *      no line begins with it; the one after it does. */
#include <glib.h>

#include "language/language.h"

#define NBSP "\u00A0"

/* The character at `at` in capitals. g_utf8_strup() on a whole text would follow
 * the locale's rules for i; on a letter that has no capital of its own (ß, ﬁ) it
 * gives what Unicode's SpecialCasing does, in any locale. */
static void append_upper(GString *out, const char *at, gsize length) {
  gunichar character = g_utf8_get_char(at);
  gunichar upper = g_unichar_toupper(character);
  if (upper != character || character < 0x80 || !g_unichar_islower(character)) {
    g_string_append_unichar(out, upper);
    return;
  }
  g_autofree char *letters = g_utf8_strup(at, (gssize)length);
  g_string_append(out, letters);
}

const char *pk_language_upper(pk_arena *arena, pk_lang lang, const char *text) {
  (void)lang; /* all of ours follow Unicode's rules */
  g_autoptr(GString) out = g_string_new(NULL);
  while (*text) {
    gunichar character = g_utf8_get_char_validated(text, -1);
    if (character >= (gunichar)-2) {
      g_string_append_c(out, *text++);
      continue;
    }
    const char *next = g_utf8_next_char(text);
    append_upper(out, text, (gsize)(next - text));
    text = next;
  }
  return pk_arena_strndup(arena, out->str, out->len);
}

const char *pk_language_dateline(pk_arena *arena, pk_lang lang, const char *place, pk_date date) {
  const char *capitals = place ? pk_language_upper(arena, lang, place) : "";
  const char *day = pk_language_date(arena, lang, date, PK_DATE_DATELINE);
  if (!*capitals && !*day) return "";
  return pk_arena_printf(arena, "%s%s%s" NBSP "— ", capitals, *capitals && *day ? ", " : "", day);
}
