/* What a book's parts are set in, and how many pages are added. Private to bind/. */
#ifndef PK_BIND_PLAN_H
#define PK_BIND_PLAN_H

#include "bind/binder.h"

/* Makes binder->parts: articles and masters of each. Raises masters that the layout
 * does not have, and articles in another language. */
pk_status pk_plan_parts(pk_binder *binder);

/* How many pages make up the multiple that the book or its printer wants. */
pk_status pk_plan_fill(pk_binder *binder, size_t *fill);

/* How many pages the cover has before and after the inside. */
void pk_plan_covers(const pk_binder *binder, size_t *front, size_t *back);

#endif
