/* The abbreviations of an article: where they stand, and which do not. */
#include <string.h>

#include "article/reader.h"

static bool is_of_word(gunichar letter) {
  return letter && (g_unichar_isalnum(letter) || g_unichar_ismark(letter));
}

const pk_abbreviation *pk_article_abbreviation(const pk_article *article, const char *text, size_t size,
                                               gunichar before, gunichar after) {
  const pk_abbreviation *longest = NULL;
  size_t longest_size = 0;
  if (!article->abbreviation_count || is_of_word(before)) return NULL;
  for (size_t i = 0; i < article->abbreviation_count; i++) {
    const char *letters = article->abbreviations[i].letters;
    size_t length = strlen(letters);
    if (*letters != *text || length > size || length <= longest_size || memcmp(letters, text, length) != 0) continue;
    gunichar next = length < size ? g_utf8_get_char(text + length) : after;
    bool is_open = is_of_word(g_utf8_get_char(g_utf8_prev_char(letters + length)));
    if (is_open && is_of_word(next)) continue;
    longest = &article->abbreviations[i];
    longest_size = length;
  }
  return longest;
}

/* ---- those that are not used ------------------------------------------------- */

typedef struct {
  const pk_article *article;
  bool *is_used;
} search;

static bool is_code_at(const pk_rich_text *rich, size_t at) {
  for (size_t i = 0; rich && i < rich->run_count; i++)
    if (rich->runs[i].start <= at && at < rich->runs[i].end) return rich->runs[i].marks & PK_MARK_CODE;
  return false;
}

static void search_text(search *s, const char *text, const pk_rich_text *rich) {
  if (!text) return;
  gunichar before = 0;
  size_t size = strlen(text);
  for (const char *at = text; *at; at = g_utf8_next_char(at)) {
    size_t from = (size_t)(at - text);
    const pk_abbreviation *found = pk_article_abbreviation(s->article, at, size - from, before, 0);
    if (found && !is_code_at(rich, from)) s->is_used[found - s->article->abbreviations] = true;
    before = g_utf8_get_char(at);
  }
}

static void search_blocks(search *s, const pk_block *const *blocks, size_t count) {
  for (size_t i = 0; i < count; i++) {
    search_text(s, blocks[i]->text.text, &blocks[i]->text);
    search_text(s, blocks[i]->attribution.text, &blocks[i]->attribution);
    search_text(s, blocks[i]->credit, NULL);
    search_blocks(s, blocks[i]->children, blocks[i]->child_count);
  }
}

void pk_article_check_abbreviations(pk_job *job, const pk_article *article) {
  if (!article->abbreviation_count) return;
  const char *front[] = {article->headline.text, article->subhead.text, article->kicker.text,
                         article->credit.text,   article->place.text,   article->boilerplate.text,
                         article->signed_as.text};
  g_autofree bool *is_used = g_new0(bool, article->abbreviation_count);
  search s = {article, is_used};
  for (size_t i = 0; i < G_N_ELEMENTS(front); i++) search_text(&s, front[i], NULL);
  search_blocks(&s, article->blocks, article->block_count);
  search_blocks(&s, article->notes, article->note_count);
  for (size_t i = 0; i < article->abbreviation_count; i++) {
    if (s.is_used[i]) continue;
    const pk_abbreviation *unused = &article->abbreviations[i];
    pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_ABBREVIATION_UNUSED, unused->span,
                                        "the abbreviation '%s' does not stand in the text", unused->letters);
    pk_diag_hint(job->diag, raised, "write it letter by letter as the text does, or delete it");
  }
}
