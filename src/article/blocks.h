/* Blocks of one kind each. Of this module only. */
#ifndef PK_ARTICLE_BLOCKS_H
#define PK_ARTICLE_BLOCKS_H

#include <cmark-gfm.h>

#include "article/content.h"
#include "article/inline.h"

pk_block *pk_block_new(pk_reader *reader, pk_block_kind kind, uint32_t start, uint32_t end);

/* The index of a line of the body, from cmark's number (1-based). */
size_t pk_block_line(const pk_reader *reader, int number);

/* Where a node begins in the source. */
uint32_t pk_block_start(const pk_reader *reader, cmark_node *node);

/* What cmark parsed the inlines of a node from. cmark_node_get_string_content() of a
 * node that never had any is not terminated. */
const char *pk_block_content(cmark_node *node);

/* ---- leaf.c -------------------------------------------------------------- */

/* A paragraph or figure. `*last_line` is set as in pk_inlines. */
pk_block *pk_leaf_paragraph(pk_reader *reader, cmark_node *node, uint32_t *last_line);
pk_block *pk_leaf_heading(pk_reader *reader, cmark_node *node);
pk_block *pk_leaf_code(pk_reader *reader, cmark_node *node);
pk_block *pk_leaf_break(pk_reader *reader, cmark_node *node);

/* Raises HTML that is more than comments. */
void pk_leaf_html(pk_reader *reader, cmark_node *node);

/* ---- quote.c ------------------------------------------------------------- */

/* Makes a pull-quote of a quote whose last line begins with a dash. `last_line`
 * is that of its last paragraph. */
void pk_quote_finish(pk_reader *reader, pk_block *quote, uint32_t last_line);

/* ---- table.c ------------------------------------------------------------- */

pk_block *pk_table_read(pk_reader *reader, cmark_node *node);

/* ---- note.c -------------------------------------------------------------- */

/* cmark forgets the definitions that are not referred to: makes the parser put
 * all of them down in the reader. The parser must be freed before the result,
 * which cmark_syntax_extension_free() frees. */
cmark_syntax_extension *pk_notes_watch(pk_reader *reader, cmark_parser *parser);

/* The place of the definition that is this node. */
pk_span pk_note_place(const pk_reader *reader, cmark_node *node);

/* Raises notes that are defined twice or not referred to. */
void pk_notes_check(pk_reader *reader, const pk_block *const *notes, size_t count);

#endif
