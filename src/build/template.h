/* The places of an article, a book or a layout that rows and facts fill. Private to build/. */
#ifndef PK_BUILD_TEMPLATE_H
#define PK_BUILD_TEMPLATE_H

#include "build/engine.h"
#include "build/walk.h"

typedef struct pk_template pk_template;

/* The places of the file at `path`, in the job's arena; NULL: it cannot be read, which
 * its pieces tell. Drop it. */
pk_template *pk_template_new(pk_job *job, const char *path);

/* The same of the boxes of a layout, with the kit's overrides (or NULL) laid over it. */
pk_template *pk_template_new_layout(presskit_engine *engine, pk_job *job, const char *path, const pk_node *over);

void pk_template_drop(gpointer template);

/* Whether anything is filled. */
bool pk_template_has_places(const pk_template *t);

/* Row `number` of the piece against each place: a column that is not there, a value that is
 * missing, a picture that is not there; raised in job->diag. `pictures` holds paths that
 * are known to be there. `scratch` is used up to the row's own needs. */
void pk_template_check(pk_template *t, pk_job *job, pk_arena *scratch, GHashTable *pictures, const pk_walk_piece *piece,
                       size_t number);

#endif
