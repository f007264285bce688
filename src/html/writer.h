/* A page while it is written. Private to html/. */
#ifndef PK_HTML_WRITER_H
#define PK_HTML_WRITER_H

#include "html/html.h"

/* What is in a tag of its own: the text of a unit, of its marker or of a cell. */
typedef struct {
  const pk_unit_block *unit; /* NULL: only other tags */
  const pk_styled_text *text;
  bool is_run_in; /* the heading that the text begins with, and no more */
} pk_html_content;

typedef struct {
  pk_job *job;
  const pk_document *document;
  const pk_tags *tags;
  pk_html_content *contents; /* by tag */
  uint32_t *child, *next;    /* by tag: the first under it, the one after it; 0: none */
  GString *out;
  GArray *notes; /* of uint32_t: tags of notes that come at the end */
  pk_status status;
} pk_html_writer;

/* Appends text with what means something in HTML escaped, without characters that
 * are for typesetting only. */
void pk_html_escape(GString *out, const char *text, size_t size);

/* inline.c: the text of a block with its links and marks. */
void pk_html_inlines(pk_html_writer *writer, const pk_html_content *content);

/* image.c: <img> with the picture in it. */
pk_status pk_html_image(pk_html_writer *writer, const pk_unit_block *unit);

#endif
