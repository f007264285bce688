/* Goes through the pieces of a kit, one after the other. Private to build/. */
#ifndef PK_BUILD_WALK_H
#define PK_BUILD_WALK_H

#include "build/kit.h"

typedef struct {
  const pk_kit *kit;
  const pk_kit_document *document;
  const pk_variant *variant;
  pk_kit_rows *rows; /* NULL: the document has no data; keep it to hold it longer */
  uint64_t number;   /* of the piece in the kit, from 0, the same in every walk */
} pk_walk_piece;

/* Called for each piece; false ends the walk. */
typedef bool pk_walk_visit(const pk_walk_piece *piece, void *data);

/* Reads the data of documents row by row: memory is that of one piece. Faults of
 * the data are raised in job->diag. PK_FAILED if there was one. */
pk_status pk_walk(pk_job *job, const pk_kit *kit, pk_walk_visit *visit, void *data);

#endif
