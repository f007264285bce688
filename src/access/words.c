/* Words in another script or language that the article does not tell (3.1.2).
 *
 * Script is certain, language is guessed: by the little words that each language
 * cannot do without. A stretch between two marks that has several of another
 * language and none of its own is told, as a note, since names and titles of works
 * look like that too. */
#include <string.h>

#include "access/access.h"

enum {
  LEAST_FOREIGN = 2, /* Latin words in a row in a Cyrillic text; little words in a stretch */
  LEAST_WORDS = 4,   /* of a stretch that is judged by them */
  LONGEST_SHOWN = 40 /* letters */
};

/* Words that stand together: what of them is found, and where. */
typedef struct {
  pk_job *job;
  const pk_article *article;
  const pk_rich_text *text;
  uint32_t start, end; /* bytes, 0 and 0: none yet */
  size_t words;        /* of any kind */
  size_t foreign;      /* little words of another language */
  size_t own;          /* of its own */
  bool has_lower;      /* a word begins with a small letter: it is not all names */
} stretch;

static bool is_cyrillic(gunichar letter) {
  return letter >= 0x400 && letter < 0x530;
}

static bool is_letter(gunichar letter) {
  return g_unichar_isalpha(letter) || g_unichar_ismark(letter) || letter == '\'' || letter == 0x2019;
}

/* ---- what is told ----------------------------------------------------------- */

static pk_span span_of(const pk_rich_text *text, uint32_t start, uint32_t end) {
  pk_span span = PK_SPAN_NONE;
  for (size_t i = 0; i < text->run_count; i++) {
    const pk_text_run *run = &text->runs[i];
    if (run->end <= start || run->start >= end) continue;
    bool is_in_step = run->end - run->start == run->source.end - run->source.start;
    uint32_t from = run->source.start + (is_in_step && start > run->start ? start - run->start : 0);
    uint32_t to = is_in_step && end < run->end ? run->source.start + (end - run->start) : run->source.end;
    if (!span.source)
      span = (pk_span){run->source.source, from, to};
    else if (run->source.source == span.source)
      span.end = MAX(span.end, to);
  }
  return span;
}

static void tell(const stretch *s, const char *what, const char *tag) {
  g_autofree char *words = g_strndup(s->text->text + s->start, s->end - s->start);
  g_strdelimit(words, "\n", ' ');
  if (g_utf8_strlen(words, -1) > LONGEST_SHOWN) strcpy(g_utf8_offset_to_pointer(words, LONGEST_SHOWN - 1), "…");
  pk_diagnostic *raised = pk_diag_add(s->job->diag, PK_CODE_LANGUAGE_UNDECLARED, span_of(s->text, s->start, s->end),
                                      "\"%s\" %s", words, what);
  pk_diag_hint(s->job->diag, raised, "write [%s]{lang=%s}, or another language: they are read aloud by its rules",
               words, tag);
}

static void close_stretch(stretch *s) {
  pk_lang lang = s->article->lang;
  if (lang == PK_LANG_SR_CYRL) {
    if (s->words >= LEAST_FOREIGN && s->has_lower) tell(s, "is in Latin letters, and its language is not told", "en");
  } else if (s->words >= LEAST_WORDS && s->foreign >= LEAST_FOREIGN && !s->own) {
    bool is_english = lang == PK_LANG_EN;
    tell(s, is_english ? "reads like Serbian, which is not told" : "reads like English, which is not told",
         is_english ? "sr-Latn" : "en");
  }
  *s = (stretch){.job = s->job, .article = s->article, .text = s->text};
}

/* ---- the text --------------------------------------------------------------- */

static void add_word(stretch *s, uint32_t start, uint32_t end) {
  g_autofree char *word = g_utf8_strdown(s->text->text + start, end - start);
  pk_lang lang = s->article->lang;
  if (!s->words++) s->start = start;
  s->end = end;
  s->has_lower |= g_unichar_islower(g_utf8_get_char(s->text->text + start));
  bool is_english = pk_language_is_little_word(PK_LANG_EN, word);
  bool is_serbian = pk_language_is_little_word(PK_LANG_SR_LATN, word);
  s->own += lang == PK_LANG_EN ? is_english : is_serbian;
  s->foreign += lang == PK_LANG_EN ? is_serbian : is_english;
}

/* Whether the run at byte `at` says what it is in, or is no language; `*end` is its end. */
static bool is_told(const pk_rich_text *text, uint32_t at, size_t *run) {
  while (*run + 1 < text->run_count && text->runs[*run].end <= at) ++*run;
  const pk_text_run *of = &text->runs[*run];
  return of->lang || of->footnote || (of->marks & PK_MARK_CODE);
}

static uint32_t word_end(const pk_rich_text *text, uint32_t at, bool *is_address) {
  *is_address = false;
  for (; at < text->size && !g_unichar_isspace(g_utf8_get_char(text->text + at));
       at = (uint32_t)(g_utf8_next_char(text->text + at) - text->text)) {
    bool is_inside = at + 1 < text->size && g_ascii_isalnum(text->text[at + 1]);
    if (strchr("./@_:", text->text[at]) && is_inside) *is_address = true;
    if (!*is_address && !is_letter(g_utf8_get_char(text->text + at)) && !strchr("./@_:", text->text[at])) break;
  }
  return at;
}

/* Latin words; what is between them and no space ends a stretch. */
static void find_latin(stretch *s) {
  const pk_rich_text *text = s->text;
  size_t run = 0;
  for (uint32_t at = 0; at < text->size;) {
    gunichar letter = g_utf8_get_char(text->text + at);
    uint32_t next = (uint32_t)(g_utf8_next_char(text->text + at) - text->text);
    if (is_told(text, at, &run) || (!g_unichar_isspace(letter) && !is_letter(letter) && letter != '-')) {
      close_stretch(s);
    } else if (g_unichar_isalpha(letter) && is_cyrillic(letter)) {
      close_stretch(s);
    } else if (g_unichar_isalpha(letter)) {
      bool is_address;
      next = word_end(text, at, &is_address);
      while (!is_address && next > at && strchr("./@_:", text->text[next - 1])) next--;
      if (is_address)
        close_stretch(s);
      else
        add_word(s, at, next);
    }
    at = next;
  }
  close_stretch(s);
}

/* Cyrillic words in a Latin text, with the spaces and signs between them. */
static void find_cyrillic(stretch *s) {
  const pk_rich_text *text = s->text;
  size_t run = 0;
  for (uint32_t at = 0; at <= text->size;) {
    gunichar letter = at < text->size ? g_utf8_get_char(text->text + at) : 'x';
    bool is_own = at == text->size || is_told(text, at, &run) || (g_unichar_isalpha(letter) && !is_cyrillic(letter));
    uint32_t next = at < text->size ? (uint32_t)(g_utf8_next_char(text->text + at) - text->text) : at + 1;
    if (is_own && s->end) {
      tell(s, "is taken for Serbian, which is not told", "sr-Cyrl");
      s->end = 0;
    } else if (!is_own && is_cyrillic(letter)) {
      if (!s->end) s->start = at;
      s->end = next;
    }
    at = next;
  }
}

void pk_access_words(pk_job *job, const pk_article *article, const pk_rich_text *text) {
  if (!text->size) return;
  stretch s = {.job = job, .article = article, .text = text};
  if (article->lang != PK_LANG_SR_CYRL) find_cyrillic(&s);
  s = (stretch){.job = job, .article = article, .text = text};
  find_latin(&s);
}
