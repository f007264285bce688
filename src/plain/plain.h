/* The document as plain text: what goes into an e-mail or onto a wire.
 *
 * In:  pk_bound. Out: UTF-8, a line a paragraph, an empty line between them;
 *      release line, headline, dateline and text, notes, "###" at the end; a book part by part. */
#ifndef PK_PLAIN_H
#define PK_PLAIN_H

#include "bind/bind.h"

/* Appends the text to `out`. Never fails. */
void pk_plain_build(pk_job *job, const pk_bound *bound, GString *out);

#endif
