/* Notes at the foot of columns. Private to page/.
 *
 * All notes of the document are one strip of lines, in their order. A column
 * takes so many of them, from where the one before left off. */
#ifndef PK_PAGE_NOTE_H
#define PK_PAGE_NOTE_H

#include "page/chunk.h"

typedef struct {
  const pk_chunk *lines; /* the strip, a chunk a line */
  const pk_length *tops; /* of each line from the top of the strip; count + 1 of them */
  uint32_t count;
  const uint32_t *starts; /* the first line of each note, by its number (1-based); note_count + 2 of them */
  uint32_t note_count;
  pk_rule rule;            /* above the notes of a column */
  pk_length space;         /* above the first line of a column, the rule in it */
  pk_length tail;          /* what the last row is higher below its baseline than the last line is */
  pk_length width;         /* of the columns that its lines are set for; 0: of all */
  const pk_around *around; /* the shape of `around_unit`, which was begun in a column of another width; or NULL */
  const pk_unit_block *around_unit;
} pk_notes;

/* Sets the notes of the document to the width of the plain column. None where the
 * layout has them at the end. */
pk_status pk_notes_build(pk_chunker *chunker, pk_notes *out);

/* Whether a unit stands in a column's foot rather than in the order of the text. */
bool pk_notes_has(const pk_document *document, const pk_unit_block *unit);

/* The strip down to the end of note `number`. */
uint32_t pk_notes_until(const pk_notes *notes, uint32_t number);

/* Rows that lines [from, to) take, the space above them included. */
int pk_notes_rows(const pk_notes *notes, const pk_measure *measure, uint32_t from, uint32_t to);

/* How many lines from `from` on, up to `to`, go into `rows`. */
uint32_t pk_notes_fit(const pk_notes *notes, const pk_measure *measure, uint32_t from, uint32_t to, int rows);

#endif
