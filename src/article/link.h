/* What follows the text of a link or image. */
#ifndef PK_ARTICLE_LINK_H
#define PK_ARTICLE_LINK_H

#include <stdint.h>

typedef struct {
  uint32_t end;                    /* after it all */
  uint32_t url_start, url_end;     /* both 0 if the target is given by reference */
  uint32_t title_start, title_end; /* inside its quotes; both 0 if there is none */
} pk_link_tail;

/* Reads "](url "title")", "][label]", "][]" or "]" at byte `at` of `size` bytes,
 * where cmark has found a link to end. */
pk_link_tail pk_link_read_tail(const char *text, uint32_t size, uint32_t at);

#endif
