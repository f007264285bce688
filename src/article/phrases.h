/* Words in another language: "[Држи воду даље]{lang=sr-Cyrl}". Of this module only.
 *
 * The form is that of bracketed spans in Pandoc; a link takes it too. To cmark both
 * brackets and braces are text, so what the braces say is found here, before its
 * nodes are read. */
#ifndef PK_ARTICLE_PHRASES_H
#define PK_ARTICLE_PHRASES_H

#include "article/content.h"

typedef struct {
  uint32_t open, close; /* the brackets, bytes of the content */
  uint32_t braces, end; /* from the opening brace to after the closing one */
  const char *lang;     /* in the form of BCP 47; owned by the job's arena */
  bool is_link;         /* an address or a label is between the bracket and the braces */
} pk_declared;

/* The phrases of a content in the order of their opening brackets: pk_declared, or
 * NULL where there are none. Braces that name no language are raised and are text.
 * Free it with g_array_unref(). */
GArray *pk_phrases_find(pk_content *content);

#endif
