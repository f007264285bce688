/* The page number of an entry of contents. Private to page/. */
#ifndef PK_PAGE_TRAILER_H
#define PK_PAGE_TRAILER_H

#include "page/chunk.h"

typedef struct {
  pk_chunker *chunker;
  const pk_lines *number; /* NULL: the unit has none */
  pk_length x;            /* of its left edge */
  pk_length room;         /* that the text leaves for it; 0: none */
} pk_trailer;

/* Sets the trailer of a unit in a column of `width`. */
pk_status pk_trailer_set(pk_chunker *chunker, const pk_unit_block *unit, pk_length width, pk_trailer *out);

/* Adds it beside the last line of the unit, with its leader. */
void pk_trailer_add(const pk_trailer *trailer, const pk_unit_block *unit, const pk_line *last, pk_length baseline,
                    pk_chunk_builder *builder);

#endif
