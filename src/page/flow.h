/* Chunks -> columns and pages. Private to page/. */
#ifndef PK_PAGE_FLOW_H
#define PK_PAGE_FLOW_H

#include "page/chunk.h"
#include "page/frame.h"

/* Where a chunk came to stand: top left corner on the page. */
typedef struct {
  size_t chunk;
  size_t page;
  pk_length x, y;
} pk_seat;

/* Seats every chunk, in the order of the pages. `seats` receives pk_seat. */
pk_status pk_flow_build(pk_chunker *chunker, GArray *seats, size_t *pages);

#endif
