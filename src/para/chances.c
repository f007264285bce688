/* Where a line may end, and where it must not.
 *
 * In:  worker->pieces, shaped. Out: may_break and reluctance of the spaces, and the
 *      splits of the words.
 *
 * A run of words without a space between them is a token; most are plain letters
 * with punctuation, which the Unicode algorithm (UAX #14) never breaks. Tokens
 * with a dash, a slash or the like go to Pango for its opportunities. On top of
 * these come the patterns' hyphens, soft hyphens, and web addresses, which take no
 * hyphen. Between words stand the ties of dashes, and those of the language: how
 * unwelcome a line end is there. */
#include <pango/pango.h>
#include <string.h>

#include "para/worker.h"

typedef struct {
  const char *text;    /* the paragraph's */
  uint32_t start, end; /* bytes */
  pk_piece *pieces;
  uint32_t count;
  pk_lang lang;
  bool hyphenates;
  bool is_special, has_soft, is_address;
} token;

static gunichar char_at(const char *text, uint32_t at) {
  return g_utf8_get_char(text + at);
}
static uint32_t next_at(const char *text, uint32_t at) {
  return (uint32_t)(g_utf8_next_char(text + at) - text);
}
static gunichar char_before(const char *text, uint32_t at) {
  return g_utf8_get_char(g_utf8_prev_char(text + at));
}

static bool is_hyphen(gunichar c) {
  return c == '-' || c == 0x2010;
}
static bool is_dash(gunichar c) {
  return c >= 0x2012 && c <= 0x2015;
}
static bool is_cyrillic(gunichar c) {
  return c >= 0x400 && c < 0x530;
}
static bool is_wordly(gunichar c) {
  return pk_is_letter(c) || g_unichar_isdigit(c);
}

/* ---- what a token holds -------------------------------------------------- */

/* Characters beside which a line may end without a space. */
static bool is_special(gunichar c) {
  if (c < 0x80) return c == '-' || c == '/' || c == '|';
  if (c < 0x2010) return c == 0xad || c == 0x200b || (c >= 0xe00 && c < 0x1100) || (c >= 0x1780 && c < 0x1800);
  return c <= 0x2015 || c == 0x2026 || c >= 0x2e80;
}

/* A dot between two parts of two letters or more: a name of a host. */
static bool is_host_dot(const char *text, uint32_t size, uint32_t at) {
  return at >= 2 && at + 2 < size && g_ascii_isalnum(text[at - 1]) && g_ascii_isalnum(text[at - 2]) &&
         g_ascii_islower(text[at + 1]) && g_ascii_islower(text[at + 2]);
}

/* A web or mail address, which takes no hyphen that is not its own. */
static bool is_address(const char *text, uint32_t size) {
  for (uint32_t i = 0; i + 1 < size; i++) {
    if (text[i] == '.' && is_host_dot(text, size, i)) return true;
    if (text[i] == ':' && i + 2 < size && text[i + 1] == '/' && text[i + 2] == '/') return true;
    if (text[i] == '@' && i && g_ascii_isalnum(text[i - 1]) && g_ascii_isalnum(text[i + 1])) return true;
  }
  return false;
}

static token token_at(pk_piece *pieces, uint32_t count, const pk_styled_text *text) {
  token t = {.text = text->text, .pieces = pieces, .start = pieces->start, .lang = text->lang};
  pk_lang own = pk_style_run_lang(text, pieces->run);
  if (own != PK_LANG_NONE) t.lang = own;
  while (t.count < count && pieces[t.count].kind == PK_PIECE_WORD) t.count++;
  t.end = pieces[t.count - 1].end;
  t.hyphenates = text->style->hyphenate && pieces->run->style->hyphenate;
  bool may_be_address = false;
  for (uint32_t at = t.start; at < t.end;) {
    unsigned char first = (unsigned char)t.text[at];
    gunichar c = first < 0x80 ? first : char_at(t.text, at);
    if (is_special(c)) t.is_special = true;
    if (c == 0xad) t.has_soft = true;
    if (c == '.' || c == '@' || c == ':') may_be_address = true;
    at = first < 0x80 ? at + 1 : next_at(t.text, at);
  }
  t.is_address = may_be_address && is_address(t.text + t.start, t.end - t.start);
  return t;
}

/* ---- chances inside a token ---------------------------------------------- */

static void add_chance(GArray *chances, uint32_t at, uint32_t next, pk_split_kind kind) {
  pk_split split = {.at = at, .next = next, .kind = kind};
  g_array_append_val(chances, split);
}

/* An address goes on in the next line before a mark that joins, so that the line
 * does not seem to end a sentence or a word, and after the slashes of its scheme.
 * (The Chicago Manual of Style, 17th edition, 14.18: never at a hyphen, where a
 * reader could not tell whose it is.) */
static void add_address_chances(GArray *chances, const token *t) {
  enum { LEAST = 2 }; /* characters on either side */
  static const char joins[] = "./?&=#~_%@", heads[] = "./?&=#~_%@:-";
  for (uint32_t at = t->start + LEAST; at + LEAST < t->end; at++) {
    const char *here = t->text + at;
    bool is_joint = strchr(joins, *here) && !strchr(heads, here[-1]);
    bool is_host = here[-1] == '/' && here[-2] == '/';
    if (is_joint || is_host) add_chance(chances, at, at, PK_SPLIT_PLAIN);
  }
}

/* After a hyphen of the text. Serbian repeats it (Pravopis 2010, section 213). */
static void add_hyphen_chance(GArray *chances, const token *t, uint32_t at, uint32_t hyphen) {
  if (hyphen == t->start) return;
  gunichar before = char_before(t->text, hyphen), after = char_at(t->text, at);
  if (!is_wordly(before) || !pk_is_letter(after)) return;
  bool is_serbian = t->lang != PK_LANG_EN || is_cyrillic(before) || is_cyrillic(after);
  add_chance(chances, at, at, is_serbian ? PK_SPLIT_REPEATED : PK_SPLIT_EXPLICIT);
}

static void add_chance_before(GArray *chances, const token *t, uint32_t at) {
  uint32_t last = (uint32_t)(g_utf8_prev_char(t->text + at) - t->text);
  gunichar before = char_at(t->text, last), after = char_at(t->text, at);
  if (is_dash(before) && last > t->start && g_unichar_isdigit(char_before(t->text, last)) && g_unichar_isdigit(after))
    return; /* 1999–2014 */
  if (before == 0xad) {
    if (last > t->start && !t->is_address) add_chance(chances, last, at, PK_SPLIT_SOFT);
  } else if (before == 0x200b) {
    if (last > t->start) add_chance(chances, last, at, PK_SPLIT_PLAIN);
  } else if (is_hyphen(before)) {
    add_hyphen_chance(chances, t, at, last);
  } else if (!is_dash(after) && !is_hyphen(after) && (last > t->start || is_wordly(before))) {
    add_chance(chances, at, at, PK_SPLIT_PLAIN);
  }
}

/* ---- tokens that need no search ---------------------------------------------- */

/* Opening marks, before which a line may end but at the token's own start. */
static bool opens(gunichar c) {
  return c == '(' || c == 0x201a || c == 0x201e;
}

/* Whether the Unicode algorithm finds, in a text of such characters alone, only
 * the places of is_plain_chance() and those before a dash, which are no chance. */
static bool is_plain(gunichar c) {
  if (c < 0x80) return g_ascii_isalnum((gchar)c) || strchr("-.,:;'\")!?/", (int)c);
  if (c >= 0xc0 && c < 0x250) return g_unichar_isalpha(c);
  if (c >= 0x400 && c < 0x460) return true;
  return c == 0xab || c == 0xbb || c == 0x2013 || c == 0x2014 || c == 0x2018 || c == 0x2019 || c == 0x201c ||
         c == 0x201d || c == 0x2026;
}

static bool is_plain_token(const token *t) {
  for (uint32_t at = t->start; at < t->end; at = next_at(t->text, at)) {
    gunichar c = char_at(t->text, at);
    if (!is_plain(c) && !(at == t->start && opens(c))) return false;
  }
  return true;
}

static bool is_plain_chance(gunichar before, gunichar after) {
  switch (before) {
  case '-':
  case '/': return pk_is_letter(after);
  case '!':
  case '?':
  case 0x2013:
  case 0x2014:
  case 0x2026: return is_wordly(after);
  default: return false;
  }
}

static void add_plain_chances(GArray *chances, const token *t) {
  gunichar before = char_at(t->text, t->start);
  for (uint32_t at = next_at(t->text, t->start); at < t->end; at = next_at(t->text, at)) {
    gunichar after = char_at(t->text, at);
    if (is_plain_chance(before, after)) add_chance_before(chances, t, at);
    before = after;
  }
}

static void add_pango_chances(GArray *chances, const token *t, pk_arena *scratch) {
  pk_arena_mark mark = pk_arena_mark_now(scratch);
  int size = (int)(t->end - t->start), length = (int)g_utf8_strlen(t->text + t->start, size);
  PangoLogAttr *attributes = PK_NEW_ARRAY(scratch, PangoLogAttr, length + 1);
  pango_default_break(t->text + t->start, size, NULL, attributes, length + 1);
  uint32_t at = t->start;
  for (int i = 0; i < length; i++, at = next_at(t->text, at))
    if (i && attributes[i].is_line_break) add_chance_before(chances, t, at);
  pk_arena_reset(scratch, mark);
}

/* ---- hyphens by the patterns --------------------------------------------- */

/* The points of a word that begins at `start`. */
static void add_word_hyphens(pk_para_worker *worker, GArray *chances, pk_word *word, uint32_t start) {
  pk_word_hyphenate(worker, word);
  for (uint32_t i = 0; i < word->hyphen_count; i++) {
    pk_split split = word->hyphens[i];
    split.at += start;
    split.next += start;
    g_array_append_val(chances, split);
  }
}

/* A word that changes its style within is hyphenated as a whole: in the voice of
 * its first piece, for the patterns only. */
static void add_joint_hyphens(pk_para_worker *worker, GArray *chances, const token *t) {
  pk_word *whole = pk_word_of(worker, t->pieces->voice, t->text + t->start, t->end - t->start);
  add_word_hyphens(worker, chances, whole, t->start);
}

static int compare_chances(gconstpointer a, gconstpointer b) {
  const pk_split *x = a, *y = b;
  return x->at < y->at ? -1 : x->at > y->at;
}

/* Hands the chances, sorted, to the pieces in which lines would end. */
static void give_splits(pk_job *job, const token *t) {
  pk_para_worker *worker = job->worker->para;
  GArray *chances = worker->chances;
  g_array_sort(chances, compare_chances);
  pk_split *splits = pk_arena_dup(pk_job_brief(job), chances->data, chances->len * sizeof *splits);
  uint32_t from = 0;
  for (uint32_t p = 0; p < t->count; p++) {
    pk_piece *piece = &t->pieces[p];
    pk_word_cursor cursor = {0};
    uint32_t count = 0, to = from;
    for (; to < chances->len && splits[to].at <= piece->end; to++) {
      pk_split split = splits[to];
      if (count && splits[from + count - 1].at == split.at - piece->start) continue;
      split.at -= piece->start;
      split.next = MIN(split.next, piece->end) - piece->start;
      pk_split_measure(worker, piece->word, &cursor, &split);
      splits[from + count++] = split;
    }
    piece->splits = splits + from;
    piece->split_count = count;
    from = to;
  }
}

static void split_token(pk_job *job, const pk_styled_text *text, const token *t) {
  pk_para_worker *worker = job->worker->para;
  /* The rest of a word whose initial stands apart is no word to the patterns. */
  bool is_rest = text->start && t->start == text->start;
  bool hyphenates = t->hyphenates && !t->has_soft && !t->is_address && !is_rest;
  if (!t->is_special && !t->is_address && t->count == 1) {
    if (!hyphenates) return;
    pk_word_hyphenate(worker, (pk_word *)t->pieces->word);
    t->pieces->splits = t->pieces->word->hyphens;
    t->pieces->split_count = t->pieces->word->hyphen_count;
    return;
  }
  g_array_set_size(worker->chances, 0);
  if (t->is_address)
    add_address_chances(worker->chances, t);
  else if (t->is_special && !worker->asks_pango && is_plain_token(t))
    add_plain_chances(worker->chances, t);
  else if (t->is_special)
    add_pango_chances(worker->chances, t, worker->worker->scratch);
  if (hyphenates && t->count == 1) add_word_hyphens(worker, worker->chances, (pk_word *)t->pieces->word, t->start);
  if (hyphenates && t->count > 1) add_joint_hyphens(worker, worker->chances, t);
  if (worker->chances->len) give_splits(job, t);
}

/* ---- spaces -------------------------------------------------------------- */

static bool is_opening(gunichar c) {
  return c == '(' || c == '[' || c == '{' || c == 0x201e || c == 0x201a || c == 0xa1 || c == 0xbf;
}

/* UAX #14, LB13: never at the head of a line, spaces or not. */
static bool is_closing(gunichar c) {
  return c < 0x80 && c && strchr(")]}!?;:,./", (int)c);
}

/* A dash or an ellipsis between spaces stays with what it follows. */
static bool is_lone_mark(const token *t) {
  gunichar c = char_at(t->text, t->start);
  return (is_dash(c) || is_hyphen(c) || c == 0x2026) && next_at(t->text, t->start) == t->end;
}

/* What the word is to its neighbours. Kept with the shaped word, since words
 * repeat and most tokens are one. */
static uint32_t kinds_of(const token *t) {
  if (t->count > 1) return pk_language_word_kinds(t->lang, t->text + t->start, t->end - t->start);
  pk_word *word = (pk_word *)t->pieces->word;
  if (!word->has_kinds) {
    word->kinds = pk_language_word_kinds(t->lang, t->text + t->start, t->end - t->start);
    word->has_kinds = true;
  }
  return word->kinds;
}

static void tie_spaces(pk_piece *from, const pk_piece *to) {
  for (; from < to; from++) from->may_break = false;
}

static void set_reluctance(pk_piece *from, const pk_piece *to, pk_tie tie) {
  for (; from < to; from++) from->reluctance = (uint8_t)tie;
}

void pk_chances_find(pk_job *job, const pk_styled_text *text) {
  GArray *array = job->worker->para->pieces;
  pk_piece *pieces = (pk_piece *)(void *)array->data, *gap = pieces;
  bool is_tied = false;
  uint32_t kinds = 0; /* of the word before */
  for (uint32_t i = 0; i < array->len;) {
    if (pieces[i].kind != PK_PIECE_WORD) {
      if (pieces[i].kind == PK_PIECE_FORCED) {
        gap = &pieces[i + 1];
        is_tied = false;
        kinds = 0;
      }
      i++;
      continue;
    }
    token t = token_at(&pieces[i], array->len - i, text);
    if (is_tied || is_closing(char_at(t.text, t.start)) || is_lone_mark(&t)) tie_spaces(gap, &pieces[i]);
    uint32_t own = kinds_of(&t);
    pk_tie tie = pk_language_tie(kinds, own);
    if (tie) set_reluctance(gap, &pieces[i], tie);
    kinds = own;
    split_token(job, text, &t);
    is_tied = is_opening(char_before(t.text, t.end));
    i += t.count;
    gap = &pieces[i];
  }
}
