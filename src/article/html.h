/* Raw HTML in an article: what it stands for, or what to write instead. */
#ifndef PK_ARTICLE_HTML_H
#define PK_ARTICLE_HTML_H

#include "article/reader.h"

typedef enum { PK_HTML_COMMENT, PK_HTML_BREAK, PK_HTML_SUP_OPEN, PK_HTML_SUP_CLOSE, PK_HTML_OTHER } pk_html_kind;

/* What one inline tag is. */
pk_html_kind pk_html_kind_of(const char *html);

/* Whether a block of HTML is nothing but comments. */
bool pk_html_is_comments(const char *html);

/* Raises that the tag in `html`, which is at `span`, is not read. */
void pk_html_raise(pk_reader *reader, const char *html, pk_span span);

#endif
