/* What one thread keeps between paragraphs. Private to para/. */
#ifndef PK_PARA_WORKER_H
#define PK_PARA_WORKER_H

#include "para/model.h"

/* ---- the face of a style ------------------------------------------------- */

enum { PK_CHOICE_KNOWN = 0x2800 }; /* characters below it are remembered */

/* The first family of a style that exists, and which characters it holds. */
typedef struct {
  const char *families; /* as asked: comma-separated */
  int weight;
  bool italic;
  const pk_face *face; /* NULL: none of the families exists */
  hb_font_t *font;
  uint8_t asked[PK_CHOICE_KNOWN / 8], held[PK_CHOICE_KNOWN / 8];
} pk_choice;

/* ---- words --------------------------------------------------------------- */

/* Shaped words. Paragraphs point into it, so a job keeps those that it used. */
typedef struct pk_word_store pk_word_store;

/* What a job keeps while it lives. */
typedef struct pk_para_record pk_para_record;
struct pk_para_record {
  struct pk_para_worker *worker; /* NULL once the worker is gone, or pk_para_forget() was called */
  const pk_arena *arena;         /* the job's */
  GPtrArray *stores;
  GHashTable *told; /* diagnostics already raised, by their words */
  pk_para_record *older;
};

struct pk_para_worker {
  pk_worker *worker;
  pk_arena *arena;    /* voices and choices */
  GPtrArray *voices;  /* of pk_voice */
  GPtrArray *choices; /* of pk_choice */
  pk_word_store *store;
  pk_para_record *records; /* the one used last first */
  hb_buffer_t *buffer;
  GArray *items;   /* of pk_item, of the paragraph at hand */
  GArray *pieces;  /* of pk_piece */
  GArray *splits;  /* of pk_split, of the word at hand */
  GArray *chances; /* of pk_split, of a text between spaces */
  bool asks_pango; /* for tests: ask it even where the answer is plain */
};

/* The record of `job`, made at its first paragraph. */
pk_para_record *pk_para_record_of(pk_job *job);

/* The choice for a style. */
pk_choice *pk_choice_of(pk_para_worker *worker, const pk_style *style);

/* Whether the chosen face shows `character` (or HarfBuzz can do without). */
bool pk_choice_holds(pk_choice *choice, gunichar character);

/* The same for any face. */
bool pk_face_holds(hb_font_t *font, gunichar character);

/* The voice of a style in a face and script. */
const pk_voice *pk_voice_of(pk_para_worker *worker, const pk_style *style, const pk_face *face, hb_script_t script,
                            bool is_rtl, pk_lang lang, const char *foreign);

/* The shape of `size` bytes at `text`, kept in the store. */
pk_word *pk_word_of(pk_para_worker *worker, const pk_voice *voice, const char *text, uint32_t size);

/* The same for a stretch [start, end) of a text whose surroundings matter
 * (joined scripts cut by a change of style). Not shared with other texts. */
pk_word *pk_word_in_context(pk_para_worker *worker, const pk_voice *voice, const char *text, uint32_t text_size,
                            uint32_t start, uint32_t end);

/* Fills word->hyphens. */
void pk_word_hyphenate(pk_para_worker *worker, pk_word *word);

/* Fills what a break of `word` at split->at does to the widths. The word's glyphs
 * before *glyph (with *before, *letters) are known to lie before `at`; the three
 * are moved on, so that splits in ascending order are measured in one pass. */
typedef struct {
  uint32_t glyph, letters;
  int64_t before;
} pk_word_cursor;
void pk_split_measure(pk_para_worker *worker, const pk_word *word, pk_word_cursor *cursor, pk_split *split);

/* Memory for what belongs to words. */
pk_arena *pk_word_arena(pk_para_worker *worker);

/* ---- items --------------------------------------------------------------- */

/* Bytes [start, end) in one face and direction. */
typedef struct {
  uint32_t start, end;
  const pk_face *face;
  uint8_t level;
} pk_item;

/* Fills worker->items. Returns the paragraph's own direction: true leftwards. */
bool pk_items_make(pk_para_worker *worker, const pk_styled_text *text);

/* Fills worker->pieces from worker->items. */
void pk_pieces_make(pk_para_worker *worker, const pk_styled_text *text);

/* Says where lines may end: may_break of spaces, splits of words (in the job's
 * arena). */
void pk_chances_find(pk_job *job, const pk_styled_text *text);

/* Tells missing glyphs and borrowed faces; whether there are any. */
bool pk_pieces_check(pk_job *job, const pk_styled_text *text);

/* ---- characters ---------------------------------------------------------- */

static inline bool pk_is_space(gunichar c) {
  return c == ' ' || c == '\t' || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f ||
         c == 0x3000;
}

/* Ends a line whatever the room. */
static inline bool pk_is_forced(gunichar c) {
  return c == '\n' || c == 0x0b || c == 0x0c || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Letters with their marks and apostrophes: what is hyphenated as one word. */
static inline bool pk_is_apostrophe(gunichar c) {
  return c == '\'' || c == 0x2019;
}
bool pk_is_letter(gunichar c);

/* The class (pk_hang) of a character at the left or right edge of a line. */
uint8_t pk_hang_left(gunichar character);
uint8_t pk_hang_right(gunichar character);

#endif
