/* The inlines of one paragraph, heading or cell. */
#ifndef PK_ARTICLE_INLINE_H
#define PK_ARTICLE_INLINE_H

#include <cmark-gfm.h>

#include "article/content.h"

typedef struct {
  pk_rich_text text;  /* of an image alone: its caption */
  uint32_t last_line; /* where in `text` the last line, as written, begins */
  /* Images. `is_figure`: there is one, and nothing else. */
  bool is_figure;
  const char *image_path, *image_title; /* as cmark has them; in the arena */
  pk_span image_span, path_span, title_span;
} pk_inlines;

/* Reads what cmark found in the content of `leaf`. Images in the middle of text,
 * HTML and undefined footnotes are raised. */
void pk_inlines_read(pk_content *content, cmark_node *leaf, pk_inlines *out);

#endif
