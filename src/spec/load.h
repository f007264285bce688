/* A file as a source. */
#ifndef PK_SPEC_LOAD_H
#define PK_SPEC_LOAD_H

#include "spec/node.h"

/* Reads the file at `path`, of at most `max_bytes`. What is wrong is raised at
 * `place` (where the file is named; PK_SPAN_NONE if on the command line). The
 * bytes live as long as the job's arena. */
pk_status pk_source_load(pk_job *job, const char *path, size_t max_bytes, pk_span place, const pk_source **out);

/* Reads and parses a YAML file that must say `presskit: KIND/1`. */
pk_status pk_spec_load(pk_job *job, const char *path, const char *kind, pk_span place, const pk_node **out);

/* The absolute path that `name`, written at `place`, stands for: it is taken
 * from the folder of the file it stands in. Owned by the arena. */
const char *pk_spec_path(pk_arena *arena, const char *name, pk_span place);

/* pk_spec_path(), raising FILE_MISSING if there is no such file, FILE_OUTSIDE if
 * it may not be opened; false then. */
bool pk_spec_existing_path(pk_job *job, const char *name, pk_span place, const char **out);

#endif
