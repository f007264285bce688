/* Words that tell about a text without being of it: the little words by which a
 * language is known, and what people write for a link that says nothing.
 *
 * In the lists are no words of both languages (on, to, do, me, i), which tell nothing. */
#include <glib.h>
#include <string.h>

#include "language/language.h"

static const char *const english[] = {"an",   "and",  "are",   "as",    "at",    "be",   "been",  "but", "by",  "can",
                                      "for",  "from", "had",   "has",   "have",  "he",   "her",   "his", "how", "if",
                                      "into", "is",   "it",    "its",   "more",  "not",  "of",    "or",  "our", "she",
                                      "than", "that", "the",   "their", "there", "they", "this",  "was", "we",  "were",
                                      "what", "when", "which", "who",   "will",  "with", "would", "you", "your"};
static const char *const serbian[] = {
    "ali",  "bi",   "bila", "bili", "bilo", "će",   "ga",   "gde",   "ih",    "ili", "iz",  "je",   "jer",
    "još",  "kad",  "kada", "kao",  "koja", "koje", "koji", "kod",   "mu",    "na",  "nad", "nego", "ni",
    "nije", "nisu", "od",   "oko",  "ona",  "ono",  "po",   "pod",   "posle", "pre", "pri", "sa",   "samo",
    "se",   "sve",  "smo",  "su",   "što",  "ta",   "te",   "treba", "uz",    "već", "za",  "zbog", "više"};

static bool is_among(const char *word, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(words[i], word) == 0) return true;
  return false;
}

bool pk_language_is_little_word(pk_lang lang, const char *word) {
  return lang == PK_LANG_EN ? is_among(word, english, G_N_ELEMENTS(english))
                            : is_among(word, serbian, G_N_ELEMENTS(serbian));
}

static const char *const vague[] = {"click",
                                    "click here",
                                    "click on this link",
                                    "details",
                                    "find out more",
                                    "here",
                                    "learn more",
                                    "link",
                                    "more",
                                    "more details",
                                    "more here",
                                    "more information",
                                    "on this link",
                                    "read",
                                    "read more",
                                    "see here",
                                    "see more",
                                    "the link",
                                    "this",
                                    "this link",
                                    "this page",
                                    "this site",
                                    "website",
                                    "detaljnije",
                                    "klik",
                                    "klikni",
                                    "klikni ovde",
                                    "kliknite",
                                    "kliknite ovde",
                                    "link",
                                    "linka",
                                    "linku",
                                    "na linku",
                                    "na ovom linku",
                                    "na sledećem linku",
                                    "ovaj link",
                                    "ovde",
                                    "ovdje",
                                    "ovom linku",
                                    "opširnije",
                                    "pogledajte ovde",
                                    "pročitajte više",
                                    "saznajte više",
                                    "stranica",
                                    "više",
                                    "više detalja",
                                    "više informacija",
                                    "više ovde",
                                    "vidi ovde"};

/* Small letters, and one space for whatever stands between words. */
static char *plain_words(const char *text) {
  g_autofree char *lower = g_utf8_strdown(text, -1);
  g_autoptr(GString) plain = g_string_new(NULL);
  for (const char *at = lower; *at; at = g_utf8_next_char(at)) {
    gunichar letter = g_utf8_get_char(at);
    if (g_unichar_isalnum(letter) || g_unichar_ismark(letter))
      g_string_append_unichar(plain, letter);
    else if (plain->len && plain->str[plain->len - 1] != ' ')
      g_string_append_c(plain, ' ');
  }
  return g_strdup(g_strchomp(plain->str));
}

bool pk_language_is_vague(const char *words) {
  pk_arena *arena = pk_arena_new();
  g_autofree char *plain = plain_words(pk_language_convert(arena, PK_LANG_SR_LATN, words));
  pk_arena_drop(arena);
  return !*plain || is_among(plain, vague, G_N_ELEMENTS(vague));
}
