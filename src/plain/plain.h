/* The document as plain text: what goes into an e-mail or onto a wire.
 *
 * In:  pk_document. Out: UTF-8, a line a paragraph, an empty line between them;
 *      release line, headline, dateline and text, notes, "###" at the end. */
#ifndef PK_PLAIN_H
#define PK_PLAIN_H

#include "style/style.h"

/* Appends the text to `out`. Never fails. */
void pk_plain_build(pk_job *job, const pk_document *document, GString *out);

#endif
