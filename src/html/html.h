/* The document as one HTML page: to be put on a web site, or pasted into it.
 *
 * In:  pk_bound. Out: HTML 5 in UTF-8, complete in itself: pictures
 *      are in it, it needs no other file and no script. The elements are those of
 *      the structure; names of classes say what a paragraph is. */
#ifndef PK_HTML_H
#define PK_HTML_H

#include "bind/bind.h"

/* Appends the page to `out`. PK_FAILED, with a diagnostic, if a picture cannot be read. */
pk_status pk_html_build(pk_job *job, const pk_bound *bound, GString *out);

#endif
