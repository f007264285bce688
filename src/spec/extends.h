/* A layout laid over those it extends. Of this module only. */
#ifndef PK_SPEC_EXTENDS_H
#define PK_SPEC_EXTENDS_H

#include "spec/node.h"

/* Loads the layout at `path` and what it extends, and merges them; each node
 * keeps the place in the file that it comes from. `*sources` gets the files,
 * the layout itself first; all owned by the job's arena. */
pk_status pk_layout_merge(pk_job *job, const char *path, const char *layouts_folder, const pk_node **out,
                          const pk_source *const **sources, size_t *source_count);

#endif
