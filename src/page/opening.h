/* How a paragraph opens: its initial and its first line. Private to page/. */
#ifndef PK_PAGE_OPENING_H
#define PK_PAGE_OPENING_H

#include "page/chunk.h"

enum { PK_OPENING_PARTS = 2 };

typedef struct {
  const pk_lines *lines; /* of the paragraph, but for its initial */
  /* The quote that opens it, if any, and the initial; y is below the baseline of
   * the first line. */
  pk_placed parts[PK_OPENING_PARTS];
  size_t part_count;
  size_t beside; /* so many lines stand beside the initial and are not parted; 0: no initial */
} pk_opening;

/* Sets the text of `unit`, whose lines are on the grid, with its initial and its
 * first line as its style says. An initial is lower where the paragraph has not
 * lines enough beside it, what hangs below it included; a paragraph that does not
 * begin with a letter, or has one line, has none. */
pk_status pk_opening_set(pk_chunker *chunker, const pk_unit_block *unit, const pk_line_rooms *rooms, pk_opening *out);

#endif
