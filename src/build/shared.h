/* What the pieces of a batch share: files that are read once. Private to build/.
 *
 * Thread-safe. A file with faults is told once, when it is first read; the pieces
 * that need it fail and name it. */
#ifndef PK_BUILD_SHARED_H
#define PK_BUILD_SHARED_H

#include "article/article.h"
#include "build/engine.h"
#include "spec/spec.h"

typedef struct pk_shared pk_shared;

/* Told of the diagnostics of a file that was just read, if it has any. */
typedef void pk_shared_told(const pk_diag *diag, void *data);

/* `folder` is the kit's; files in it may be named. `is_strict`: warnings are errors. */
pk_shared *pk_shared_new(presskit_engine *engine, const char *folder, const pk_merge *facts, bool is_strict,
                         pk_shared_told *told, void *data);
void pk_shared_drop(pk_shared *shared);

/* A layout with `over` laid over it, an office, a printer: read once, kept to the
 * end. PK_FAILED with a diagnostic that names the file. */
pk_status pk_shared_layout(pk_shared *shared, pk_job *job, const char *path, const pk_node *over,
                           const pk_layout **out);
pk_status pk_shared_office(pk_shared *shared, pk_job *job, const char *path, const pk_office **out);
pk_status pk_shared_printer(pk_shared *shared, pk_job *job, const char *path, const pk_printer **out);

/* An article in which no row is filled in; NULL, with PK_OK, if there is one, so
 * that each piece must read its own. The job's arena keeps it. */
pk_status pk_shared_article(pk_shared *shared, pk_job *job, const char *path, const pk_article **out);

#endif
