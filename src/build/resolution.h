/* Pictures that are shown larger than their pixels allow. Private to build/. */
#ifndef PK_BUILD_RESOLUTION_H
#define PK_BUILD_RESOLUTION_H

#include "list/list.h"

/* What a reader's screen shows of a page at its own size. */
#define PK_SCREEN_LEAST_PPI 100.0

/* Raises a warning for each picture with fewer than `least` pixels to the inch. */
void pk_resolution_check(pk_job *job, const pk_list *list, double least);

#endif
