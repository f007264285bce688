/* Cuts a paragraph into words and spaces and shapes the words.
 *
 * In:  worker->items. Out: worker->pieces, covering the text in order.
 *
 * A word ends at a space and where face, direction, script or a style that
 * shows in the glyphs changes. Punctuation belongs to the script of the letters
 * it stands with, so that it is kerned with them. */
#include <string.h>

#include "para/worker.h"

typedef struct {
  pk_para_worker *worker;
  const pk_styled_text *text;
  size_t item, run; /* at hand */
  /* The last voice, since most words have the same one. */
  const pk_voice *voice;
  const pk_style *voice_style;
  const pk_face *voice_face;
  const char *voice_lang;
} cutter;

static bool is_same(const char *a, const char *b) {
  return a == b || strcmp(a, b) == 0;
}

/* Whether two styles give the same glyphs at the same places. */
static bool shapes_alike(const pk_style *a, const pk_style *b) {
  if (a == b) return true;
  if (a->italic != b->italic || a->weight != b->weight || a->letter_case != b->letter_case ||
      a->figures != b->figures || a->figure_width != b->figure_width || a->feature_count != b->feature_count)
    return false;
  if (a->size < b->size || a->size > b->size || a->tracking < b->tracking || a->tracking > b->tracking ||
      a->rise < b->rise || a->rise > b->rise)
    return false;
  for (size_t i = 0; i < a->feature_count; i++)
    if (!is_same(a->features[i], b->features[i])) return false;
  return is_same(a->families, b->families);
}

/* Whether two runs give the same glyphs at the same places. */
static bool is_one_voice(const pk_style_run *a, const pk_style_run *b) {
  return (a->lang == b->lang || g_strcmp0(a->lang, b->lang) == 0) && shapes_alike(a->style, b->style);
}

/* Common characters have no script of their own. */
static hb_script_t script_of(gunichar c) {
  if (c < 0x80) return g_ascii_isalpha((char)c) ? HB_SCRIPT_LATIN : HB_SCRIPT_COMMON;
  if (c >= 0x400 && c < 0x530) return HB_SCRIPT_CYRILLIC;
  hb_script_t script = hb_unicode_script(hb_unicode_funcs_get_default(), c);
  return script == HB_SCRIPT_INHERITED || script == HB_SCRIPT_UNKNOWN ? HB_SCRIPT_COMMON : script;
}

static const pk_voice *voice_for(cutter *c, const pk_face *face, hb_script_t script, bool is_rtl) {
  const pk_style_run *run = &c->text->runs[c->run];
  const pk_style *style = run->style;
  pk_lang lang = pk_style_run_lang(c->text, run);
  if (script == HB_SCRIPT_COMMON) script = lang == PK_LANG_SR_CYRL ? HB_SCRIPT_CYRILLIC : HB_SCRIPT_LATIN;
  if (c->voice && c->voice_style == style && c->voice_face == face && c->voice_lang == run->lang &&
      c->voice->script == script && c->voice->is_rtl == is_rtl)
    return c->voice;
  c->voice_lang = run->lang;
  c->voice_style = style;
  c->voice_face = face;
  c->voice = pk_voice_of(c->worker, style, face, script, is_rtl, lang, lang == PK_LANG_NONE ? run->lang : NULL);
  return c->voice;
}

/* Scripts whose letters join or reorder across a change of style. */
static bool joins(hb_script_t script) {
  return script != HB_SCRIPT_LATIN && script != HB_SCRIPT_CYRILLIC && script != HB_SCRIPT_GREEK;
}

/* Up to which byte item and run stay what they are at `at`. */
static uint32_t move_to(cutter *c, uint32_t at) {
  GArray *items = c->worker->items;
  while (c->item + 1 < items->len && g_array_index(items, pk_item, c->item).end <= at) c->item++;
  while (c->run + 1 < c->text->run_count && c->text->runs[c->run].end <= at) c->run++;
  uint32_t end = g_array_index(items, pk_item, c->item).end;
  const pk_style_run *runs = c->text->runs;
  for (size_t run = c->run; run + 1 < c->text->run_count && runs[run].end < end; run++)
    if (!is_one_voice(&runs[c->run], &runs[run + 1])) return runs[run].end;
  return end;
}

static void add_piece(cutter *c, pk_piece piece) {
  const pk_item *item = &g_array_index(c->worker->items, pk_item, c->item);
  piece.level = item->level;
  piece.run = &c->text->runs[c->run];
  g_array_append_val(c->worker->pieces, piece);
}

static void add_space(cutter *c, uint32_t start, uint32_t end, gunichar character) {
  const pk_item *item = &g_array_index(c->worker->items, pk_item, c->item);
  pk_piece piece = {.start = start, .end = end};
  piece.voice = voice_for(c, item->face, HB_SCRIPT_COMMON, item->level & 1);
  if (pk_is_forced(character)) {
    piece.kind = PK_PIECE_FORCED;
  } else if (character == ' ' || character == '\t' || character == 0xa0) {
    piece.kind = PK_PIECE_SPACE;
    piece.may_break = character != 0xa0;
  } else {
    piece.kind = PK_PIECE_FIXED;
    piece.word = pk_word_of(c->worker, piece.voice, c->text->text + start, end - start);
    /* A figure space, a thin one and a hair space tie what they part. */
    piece.may_break = character <= 0x2006 || character == 0x2008 || character == 0x205f || character == 0x3000;
  }
  add_piece(c, piece);
}

static void add_word(cutter *c, uint32_t start, uint32_t end, hb_script_t script) {
  const pk_item *item = &g_array_index(c->worker->items, pk_item, c->item);
  const pk_styled_text *text = c->text;
  pk_piece piece = {.start = start, .end = end, .kind = PK_PIECE_WORD};
  piece.voice = voice_for(c, item->face, script, item->level & 1);
  piece.word = joins(piece.voice->script)
                   ? pk_word_in_context(c->worker, piece.voice, text->text, text->size, start, end)
                   : pk_word_of(c->worker, piece.voice, text->text + start, end - start);
  add_piece(c, piece);
}

/* Adds the words of [start, end), which holds no space and is one face and style. */
static void add_words(cutter *c, uint32_t start, uint32_t end) {
  const char *text = c->text->text;
  hb_script_t script = HB_SCRIPT_COMMON;
  for (uint32_t at = start; at < end;) {
    hb_script_t own = script_of(g_utf8_get_char(text + at));
    if (own != HB_SCRIPT_COMMON && own != script) {
      if (script != HB_SCRIPT_COMMON) {
        add_word(c, start, at, script);
        start = at;
      }
      script = own;
    }
    at = (uint32_t)(g_utf8_next_char(text + at) - text);
  }
  if (end > start) add_word(c, start, end, script);
}

static bool is_gap(gunichar c) {
  return pk_is_space(c) || pk_is_forced(c);
}

void pk_pieces_make(pk_para_worker *worker, const pk_styled_text *text) {
  g_array_set_size(worker->pieces, 0);
  cutter c = {.worker = worker, .text = text};
  for (uint32_t at = text->start; at < text->size;) {
    uint32_t limit = move_to(&c, at), end = at;
    gunichar character = 0;
    uint32_t width = 0;
    for (; end < limit; end += width) {
      const char *next = text->text + end;
      character = (unsigned char)*next < 0x80 ? (unsigned char)*next : g_utf8_get_char(next);
      width = (uint32_t)(g_utf8_next_char(next) - next);
      if (is_gap(character)) break;
    }
    if (end > at)
      add_words(&c, at, end);
    else
      add_space(&c, at, end += width, character);
    at = end;
  }
}
