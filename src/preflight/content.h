/* What a page's content puts on paper, element by element. Private to preflight/. */
#ifndef PK_PREFLIGHT_CONTENT_H
#define PK_PREFLIGHT_CONTENT_H

#include "preflight/check.h"

/* What may be read of one file. */
enum { PK_OPERATORS_MAX = 20 * 1000 * 1000 };

/* Runs the content of a page with all its forms through the checks. `place` takes
 * the page's units to points from the trim's upper left corner, y down. Elements
 * begin as `base`: its span, and of our own art its name. `fonts` (object number ->
 * font, of the job's arena) is filled with what was read and serves the next page;
 * NULL: of this page alone. `*left` operators may still be read; it goes down. */
pk_status pk_content_check(pk_job *job, const pk_reader *reader, size_t page, const double place[6],
                           const pk_element *base, GHashTable *fonts, size_t *left, pk_checker *checker);

#endif
