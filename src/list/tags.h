/* The structure tree of a document, from its units. Private to list/. */
#ifndef PK_LIST_TAGS_H
#define PK_LIST_TAGS_H

#include "list/list.h"

/* Where the parts of each unit hang. */
typedef struct {
  const pk_tag *tags;
  size_t tag_count;
  const uint32_t *of_unit;   /* by unit: the tag of its text or picture */
  const uint32_t *of_marker; /* by unit: the tag of its marker, or 0 */
  const uint32_t *of_cells;  /* by unit: the tag of a table's first cell; the others follow it */
} pk_list_tags;

/* `units` are the document's, so that a unit's number is its place among them. */
void pk_list_tags_build(pk_job *job, const pk_document *document, pk_list_tags *out);

#endif
