/* Builds rich text piece by piece. */
#ifndef PK_ARTICLE_RICH_H
#define PK_ARTICLE_RICH_H

#include "article/reader.h"

typedef struct {
  GString *text;
  GArray *runs;       /* of pk_text_run */
  uint32_t last_line; /* where in the text its last line, as written in the file, begins */
} pk_rich_builder;

void pk_rich_open(pk_rich_builder *builder);

/* Appends `size` bytes. `like` gives marks, link, footnote and source; the rest
 * of it is not used. What continues the piece before becomes one run with it. */
void pk_rich_append(pk_rich_builder *builder, const char *text, size_t size, pk_text_run like);

/* The text, in the arena of the reader's job; counts its letters for the
 * reader. Frees the builder. */
pk_rich_text pk_rich_close(pk_rich_builder *builder, pk_reader *reader);

/* Bytes [start, end) of a text as a text of its own. */
pk_rich_text pk_rich_slice(pk_arena *arena, const pk_rich_text *text, uint32_t start, uint32_t end);

/* `first`, a line break, `second`. */
pk_rich_text pk_rich_join(pk_arena *arena, const pk_rich_text *first, const pk_rich_text *second);

#endif
