/* Where words may be broken with a hyphen, and what a break does to their widths.
 *
 * A word is shaped once. Where HarfBuzz says that a glyph is safe to break
 * before, the two parts keep their glyphs; elsewhere (a ligature, a kerned pair)
 * only the stretch between the nearest safe places is shaped anew. These short
 * stretches repeat, so they are looked up as words themselves. */
#include <string.h>

#include "para/worker.h"

enum {
  PART_SIZE = 256,   /* bytes of a stretch that is measured without allocating */
  WORD_LONGEST = 512 /* bytes; nothing longer is a word of a language */
};

bool pk_is_letter(gunichar c) {
  if (c < 0x80) return g_ascii_isalpha((char)c);
  return g_unichar_isalpha(c) || g_unichar_ismark(c);
}

/* ---- widths -------------------------------------------------------------- */

/* The advance of prefix + text + suffix. */
static int64_t advance_of(pk_para_worker *worker, const pk_voice *voice, bool has_prefix, const char *text, size_t size,
                          bool has_suffix) {
  size_t hyphen = voice->hyphen_size, total = size + (has_prefix ? hyphen : 0) + (has_suffix ? hyphen : 0);
  char room[PART_SIZE];
  g_autofree char *large = total > PART_SIZE ? g_malloc(total) : NULL;
  char *part = large ? large : room, *end = part;
  if (has_prefix) end = (char *)memcpy(end, voice->hyphen, hyphen) + hyphen;
  end = (char *)memcpy(end, text, size) + size;
  if (has_suffix) memcpy(end, voice->hyphen, hyphen);
  return total ? pk_word_of(worker, voice, part, (uint32_t)total)->advance : 0;
}

static uint32_t cluster_at(const pk_word *word, uint32_t glyph) {
  return glyph < word->glyph_count ? word->glyphs[glyph].cluster : word->size;
}

/* Whether the glyphs from `glyph` on stand by themselves. */
static bool is_safe(const pk_word *word, uint32_t glyph) {
  if (glyph == 0 || glyph >= word->glyph_count) return true;
  return !word->glyphs[glyph].is_unsafe && word->glyphs[glyph].cluster != word->glyphs[glyph - 1].cluster;
}

static void measure_left(pk_para_worker *worker, const pk_word *word, uint32_t glyph, pk_split *split) {
  bool adds_hyphen = split->kind == PK_SPLIT_HYPHEN || split->kind == PK_SPLIT_SOFT;
  if (!adds_hyphen && is_safe(word, glyph) && cluster_at(word, glyph) == split->at) return;
  if (glyph == 0) return;
  int64_t own = 0;
  do own += word->glyphs[--glyph].advance;
  while (!is_safe(word, glyph));
  uint32_t start = word->glyphs[glyph].cluster;
  int64_t set = advance_of(worker, word->voice, false, word->text + start, split->at - start, adds_hyphen);
  split->add = (int32_t)(set - own);
}

static void measure_right(pk_para_worker *worker, const pk_word *word, uint32_t glyph, pk_split *split) {
  bool repeats = split->kind == PK_SPLIT_REPEATED;
  if (!repeats && is_safe(word, glyph) && cluster_at(word, glyph) == split->next) return;
  int64_t own = 0;
  bool goes_on = repeats || cluster_at(word, glyph) == split->next;
  for (; glyph < word->glyph_count && (goes_on || !is_safe(word, glyph)); glyph++) {
    own += word->glyphs[glyph].advance;
    goes_on = false;
  }
  uint32_t end = MAX(cluster_at(word, glyph), split->next);
  int64_t set = advance_of(worker, word->voice, repeats, word->text + split->next, end - split->next, false);
  split->lead = (int32_t)(set - own);
}

/* What stands at the edges if the word is broken there. */
static void find_edges(const pk_word *word, uint32_t glyph, pk_split *split) {
  const pk_voice *voice = word->voice;
  bool adds_hyphen = split->kind == PK_SPLIT_HYPHEN || split->kind == PK_SPLIT_SOFT;
  pk_edge hyphen = {PK_HANG_HYPHEN, voice->hyphen_advance};
  if (adds_hyphen)
    split->tail = hyphen;
  else if (glyph)
    split->tail = (pk_edge){pk_hang_right(g_utf8_get_char(g_utf8_prev_char(word->text + split->at))),
                            word->glyphs[glyph - 1].advance};
  if (split->kind == PK_SPLIT_REPEATED)
    split->head = hyphen;
  else if (glyph < word->glyph_count && split->next < word->size)
    split->head = (pk_edge){pk_hang_left(g_utf8_get_char(word->text + split->next)), word->glyphs[glyph].advance};
}

void pk_split_measure(pk_para_worker *worker, const pk_word *word, pk_word_cursor *cursor, pk_split *split) {
  while (cursor->glyph < word->glyph_count && word->glyphs[cursor->glyph].cluster < split->at) {
    const pk_shaped_glyph *glyph = &word->glyphs[cursor->glyph];
    cursor->before += glyph->advance;
    if (cursor->glyph == 0 || glyph[-1].cluster != glyph->cluster) cursor->letters++;
    cursor->glyph++;
  }
  split->before = cursor->before;
  split->letters = cursor->letters;
  split->add = split->lead = 0;
  measure_left(worker, word, cursor->glyph, split);
  measure_right(worker, word, cursor->glyph, split);
  find_edges(word, cursor->glyph, split);
}

/* ---- by the patterns ----------------------------------------------------- */

/* The end of the run of letters at `at`; an apostrophe counts inside it. */
static uint32_t letters_end(const char *text, uint32_t at, uint32_t size, unsigned *count) {
  uint32_t end = at;
  for (*count = 0; at < size;) {
    gunichar c = g_utf8_get_char(text + at);
    at += (uint32_t)(g_utf8_next_char(text + at) - (text + at));
    if (pk_is_letter(c)) {
      end = at;
      ++*count;
    } else if (!pk_is_apostrophe(c) || !*count) {
      break;
    }
  }
  return end;
}

static void hyphenate_run(pk_para_worker *worker, pk_word *word, uint32_t start, uint32_t end, GArray *splits) {
  uint8_t points[WORD_LONGEST] = {0};
  const pk_hyphenation *patterns = worker->worker->hyphenation;
  if (!patterns || word->voice->lang == PK_LANG_NONE || end - start > WORD_LONGEST) return;
  if (!pk_hyphenate(patterns, word->voice->lang, word->text + start, end - start, points)) return;
  const char *text = word->text;
  for (uint32_t i = start + 1; i < end; i++) {
    if (!points[i - start]) continue;
    bool is_short = g_utf8_strlen(text + start, i - start) <= 2 || g_utf8_strlen(text + i, end - i) <= 2;
    pk_split split = {.at = i, .next = i, .kind = PK_SPLIT_HYPHEN, .is_short = is_short};
    g_array_append_val(splits, split);
  }
}

void pk_word_hyphenate(pk_para_worker *worker, pk_word *word) {
  if (word->is_hyphenated) return;
  word->is_hyphenated = true;
  GArray *splits = worker->splits;
  g_array_set_size(splits, 0);
  for (uint32_t at = 0; at < word->size;) {
    unsigned count;
    uint32_t end = letters_end(word->text, at, word->size, &count);
    if (count >= 4) hyphenate_run(worker, word, at, end, splits);
    at = end > at ? end : at + (uint32_t)(g_utf8_next_char(word->text + at) - (word->text + at));
  }
  if (!splits->len) return;
  word->hyphen_count = splits->len;
  pk_split *kept = pk_arena_dup(pk_word_arena(worker), splits->data, splits->len * sizeof *kept);
  pk_word_cursor cursor = {0};
  for (uint32_t i = 0; i < word->hyphen_count; i++) pk_split_measure(worker, word, &cursor, &kept[i]);
  word->hyphens = kept;
}
