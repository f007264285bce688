/* Furniture: the boxes of a master, filled for one page. Private to page/. */
#ifndef PK_PAGE_FURNITURE_H
#define PK_PAGE_FURNITURE_H

#include "page/frame.h"

/* What the pages of one document share: pictures and lines already set. */
typedef struct pk_furniture pk_furniture;
pk_furniture *pk_furniture_new(pk_job *job, const pk_document *document, pk_art_store *arts);

/* Appends the furniture that `master` has for page `number` (from 0) of `count` to
 * `placed`. */
pk_status pk_furniture_place(pk_furniture *furniture, const pk_master_spec *master, size_t number, size_t count,
                             const pk_folio *folio, GArray *placed);

#endif
