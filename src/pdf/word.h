/* Words that a line end breaks, so that they are copied and searched whole. */
#ifndef PK_PDF_WORD_H
#define PK_PDF_WORD_H

#include "list/list.h"

typedef struct pk_pdf_words pk_pdf_words;

pk_pdf_words *pk_pdf_words_new(void);
void pk_pdf_words_drop(pk_pdf_words *words);

/* First pass, once for each run of glyphs in the order of the list. */
void pk_pdf_words_note(pk_pdf_words *words, const pk_draw *draw, size_t page);

/* What of a run belongs to broken words: clusters before `tail_end` end a word
 * that is told by another run; clusters from `head_start` on begin one, and
 * stand for bytes [head_text, head_end) of the text. */
typedef struct {
  uint32_t tail_end;             /* 0: none */
  uint32_t head_start, head_end; /* head_start UINT32_MAX: none */
  uint32_t head_text;            /* where the text of the word begins: a quote may hang before it */
} pk_pdf_broken;

/* Second pass, once for each run in the same order. */
pk_pdf_broken pk_pdf_words_of(pk_pdf_words *words, const pk_draw *draw);

#endif
