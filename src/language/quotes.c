/* Straight quotes set as the language's own.
 *
 * In:  UTF-8 text of a paragraph, valid or not.
 * Out: the text with " and ' replaced where their meaning is plain, and for each
 *      byte of it the byte it came from.
 *
 * One pass, by context: what stands before and after a mark says whether it
 * opens or closes; a stack says how deep. Left alone are primes (5', 6") and
 * marks with space on both sides. A ' that would open must have a ' that may
 * close it later; else it is an apostrophe ('99, rock 'n' roll). */
#include <glib.h>
#include <string.h>

#include "language/language.h"

enum { MAX_DEPTH = 32 }; /* deeper quotes stay straight */

static const pk_quotes quotes[PK_LANG_COUNT] = {
    [PK_LANG_EN] = {"“", "”", "‘", "’", "’"},
    /* Pravopis: „ ” and, within them, ’ ’. */
    [PK_LANG_SR_LATN] = {"„", "”", "’", "’", "’"},
    [PK_LANG_SR_CYRL] = {"„", "”", "’", "’", "’"},
};

const pk_quotes *pk_language_quotes(pk_lang lang) {
  return &quotes[lang == PK_LANG_NONE ? PK_LANG_EN : lang];
}

/* ---- context ------------------------------------------------------------- */

typedef enum {
  AROUND_SPACE, /* space, or the end of the text */
  AROUND_OPEN,  /* what a quote may open after: brackets, dashes, opening quotes */
  AROUND_LETTER,
  AROUND_DIGIT,
  AROUND_OTHER, /* . , ! ? ) and closing quotes */
} around;

static around around_of(gunichar character) {
  if (character == 0 || g_unichar_isspace(character)) return AROUND_SPACE;
  if (g_unichar_isdigit(character)) return AROUND_DIGIT;
  if (g_unichar_isalpha(character) || g_unichar_ismark(character)) return AROUND_LETTER;
  switch (g_unichar_type(character)) {
  case G_UNICODE_OPEN_PUNCTUATION: /* „ and ‚ too */
  case G_UNICODE_DASH_PUNCTUATION:
  case G_UNICODE_INITIAL_PUNCTUATION: return AROUND_OPEN;
  default: break;
  }
  return character == '/' || character == '=' || character == U'¿' || character == U'¡' ? AROUND_OPEN : AROUND_OTHER;
}

static gunichar character_at(const char *text, const char *end) {
  if (text >= end) return 0;
  gunichar character = g_utf8_get_char_validated(text, end - text);
  return character >= (gunichar)-2 ? 0xFFFD : character;
}

typedef struct {
  const char *text, *end;
  const pk_quotes *quotes;
  pk_lang lang;
  char open[MAX_DEPTH]; /* the straight marks that opened */
  size_t depth;
  const char *closer; /* the next ' that may close; looked for once */
  around before;      /* what stands before the mark; a quote set counts as its kind */
} quote_state;

/* ---- the single mark ----------------------------------------------------- */

static bool is_word(around kind) {
  return kind == AROUND_LETTER || kind == AROUND_DIGIT;
}

/* Whether a ' after `at` may close what opens there. Looks ahead no byte twice. */
static bool has_closer(quote_state *state, const char *at) {
  if (state->closer && state->closer > at) return state->closer < state->end;
  for (const char *next = at + 1; next < state->end; next++) {
    if (*next != '\'' || next == at + 1) continue;
    const char *before = g_utf8_find_prev_char(state->text, next);
    around kind = before ? around_of(character_at(before, state->end)) : AROUND_SPACE;
    around after = around_of(character_at(next + 1, state->end));
    if (kind == AROUND_SPACE || kind == AROUND_OPEN || is_word(after)) continue;
    state->closer = next;
    return true;
  }
  state->closer = state->end;
  return false;
}

/* English words that begin with an apostrophe. */
static bool is_elision(const quote_state *state, const char *at) {
  static const char *const words[] = {"n", "em", "tis", "twas", "til", "cause", "bout", "twere", "twill"};
  const char *word = at + 1, *end = word;
  if (g_ascii_isdigit(*word)) { /* '99, '60s */
    while (g_ascii_isdigit(*end)) end++;
    return end - word == 2 && (*end == 's' || !g_ascii_isalpha(*end));
  }
  if (state->lang != PK_LANG_EN) return false;
  while (g_ascii_isalpha(*end)) end++;
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
    if (strlen(words[i]) == (size_t)(end - word) && g_ascii_strncasecmp(words[i], word, strlen(words[i])) == 0)
      return true;
  return false;
}

/* ---- deciding ------------------------------------------------------------ */

static const char *open_quote(quote_state *state, char mark) {
  if (state->depth == MAX_DEPTH) return NULL;
  bool is_inner = mark == '\'' || state->depth % 2;
  state->open[state->depth++] = mark;
  return is_inner ? state->quotes->inner_open : state->quotes->open;
}

/* Closes the nearest open quote of this mark, and those in it that were left
 * open. With none open the mark closes one of an earlier paragraph. */
static const char *close_quote(quote_state *state, char mark) {
  size_t depth = state->depth;
  while (depth && state->open[depth - 1] != mark) depth--;
  bool is_inner = mark == '\'' || (depth && (depth - 1) % 2);
  if (depth) state->depth = depth - 1;
  return is_inner ? state->quotes->inner_close : state->quotes->close;
}

static bool is_open(const quote_state *state, char mark) {
  for (size_t i = state->depth; i > 0; i--)
    if (state->open[i - 1] == mark) return true;
  return false;
}

static const char *decide_double(quote_state *state, around after, bool *opens) {
  around before = state->before;
  *opens = (before == AROUND_SPACE || before == AROUND_OPEN) && after != AROUND_SPACE;
  if (*opens) return open_quote(state, '"');
  if (before == AROUND_SPACE || before == AROUND_OPEN) return is_open(state, '"') ? close_quote(state, '"') : NULL;
  if (before == AROUND_DIGIT && !is_open(state, '"')) return NULL;
  if (is_word(before) && is_word(after) && !is_open(state, '"')) return NULL;
  return close_quote(state, '"');
}

static const char *decide_single(quote_state *state, const char *at, around after, bool *opens) {
  around before = state->before;
  *opens = false;
  if (before == AROUND_SPACE || before == AROUND_OPEN) {
    if (after == AROUND_SPACE) return is_open(state, '\'') ? close_quote(state, '\'') : NULL;
    if (is_elision(state, at) || !has_closer(state, at)) return state->quotes->apostrophe;
    *opens = true;
    return open_quote(state, '\'');
  }
  if (before == AROUND_LETTER && is_word(after)) return state->quotes->apostrophe;
  if (before == AROUND_DIGIT && g_ascii_islower(at[1])) return state->quotes->apostrophe; /* 1990's; not 44°49'N */
  if (before == AROUND_DIGIT && !is_open(state, '\'')) return NULL;
  if (is_open(state, '\'')) return close_quote(state, '\'');
  return state->quotes->apostrophe;
}

/* ---- the text ------------------------------------------------------------ */

/* Appends `size` bytes that all came from byte `from` on, or from `from` alone. */
static void append(GString *out, GArray *map, const char *bytes, size_t size, uint32_t from, bool is_copy) {
  g_string_append_len(out, bytes, (gssize)size);
  for (size_t i = 0; map && i < size; i++) {
    uint32_t source = from + (is_copy ? (uint32_t)i : 0);
    g_array_append_val(map, source);
  }
}

static void set_quotes(quote_state *state, GString *out, GArray *map) {
  for (const char *at = state->text; at < state->end;) {
    uint32_t from = (uint32_t)(at - state->text);
    if (*at == '"' || *at == '\'') {
      around after = around_of(character_at(at + 1, state->end));
      /* Marks in a row: the last one's neighbour counts for all. */
      const char *next = at + 1;
      while (next < state->end && (*next == '"' || *next == '\'')) next++;
      if (next > at + 1) after = around_of(character_at(next, state->end));
      bool opens = false;
      const char *set = *at == '"' ? decide_double(state, after, &opens) : decide_single(state, at, after, &opens);
      append(out, map, set ? set : at, set ? strlen(set) : 1, from, !set);
      if (set) state->before = opens ? AROUND_OPEN : AROUND_OTHER;
      at++;
      continue;
    }
    gunichar character = character_at(at, state->end);
    size_t size = character == 0xFFFD ? 1 : (size_t)(g_utf8_next_char(at) - at);
    append(out, map, at, size, from, true);
    state->before = around_of(character);
    at += size;
  }
}

const char *pk_language_smart_quotes(pk_arena *arena, pk_lang lang, const char *text, const uint32_t **map) {
  size_t size = strlen(text);
  g_autoptr(GString) out = NULL;
  GArray *sources = map ? g_array_sized_new(FALSE, FALSE, sizeof(uint32_t), (guint)size + 16) : NULL;
  bool has_marks = strpbrk(text, "\"'") != NULL;
  if (has_marks) {
    out = g_string_sized_new(size + 16);
    quote_state state = {
        .text = text, .end = text + size, .quotes = pk_language_quotes(lang), .lang = lang, .before = AROUND_SPACE};
    set_quotes(&state, out, sources);
  } else {
    for (uint32_t i = 0; map && i < size; i++) g_array_append_val(sources, i);
  }
  if (map) {
    uint32_t end = (uint32_t)size;
    g_array_append_val(sources, end);
    *map = pk_arena_take_array(arena, sources);
  }
  return !out || strcmp(out->str, text) == 0 ? text : pk_arena_strndup(arena, out->str, out->len);
}
