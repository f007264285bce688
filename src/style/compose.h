/* Making the units of a document. Private to style/. */
#ifndef PK_STYLE_COMPOSE_H
#define PK_STYLE_COMPOSE_H

#include "style/text.h"

/* The document being put together. */
typedef struct {
  pk_cascade *cascade;
  pk_document *document;
  GArray *units; /* of pk_unit_block */
  int groups;    /* used so far */
  int asides;    /* side-bars so far */
} pk_composer;

/* Appends a unit of `role` in the style `name` and returns it, to be filled in
 * before the next one is appended. */
pk_unit_block *pk_compose_unit(pk_composer *composer, pk_role role, const char *style, pk_span source);

/* The same with a plain text. Nothing is appended for NULL or "". */
void pk_compose_plain(pk_composer *composer, pk_role role, const char *style, const char *text, pk_span source);

/* Whether blocks[0] is a table or the caption of the table after it, and the units
 * of these and of the notes that follow. Returns how many blocks that were. */
bool pk_compose_is_table(const pk_composer *composer, const pk_block *const *blocks, size_t count);
size_t pk_compose_table(pk_composer *composer, const pk_block *const *blocks, size_t count);

/* PK_PART_RECIPIENT to PK_PART_ENCLOSURES. */
void pk_compose_letter(pk_composer *composer, pk_part part);

/* The contents of a book. */
void pk_compose_contents(pk_composer *composer);

/* What a page that is all furniture tells: the words and pictures of its boxes. */
void pk_compose_page(pk_composer *composer);

/* The article's own blocks: body and notes. */
void pk_compose_body(pk_composer *composer);
void pk_compose_notes(pk_composer *composer);

#endif
