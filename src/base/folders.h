/* The folders whose files may be opened.
 *
 * A file lies in a folder if its path does once every symbolic link and `..` of
 * it is followed: a link that leads out of the folder is outside. */
#ifndef PK_FOLDERS_H
#define PK_FOLDERS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/digest.h"

typedef struct pk_folders pk_folders;

/* No folder at all. Owned by the arena. */
pk_folders *pk_folders_new(pk_arena *arena);

/* Adds `folder` and what lies below it. One that does not exist adds nothing. */
void pk_folders_add(pk_folders *folders, const char *folder);

/* The folder that `file` is in, likewise. */
void pk_folders_add_of(pk_folders *folders, const char *file);

/* Whether the file at `path` lies in one of them. `*real` gets its path without
 * links, owned by the arena, or NULL if there is no such file; one that does not
 * exist counts by the path as it is written. */
bool pk_folders_hold(const pk_folders *folders, const char *path, const char **real);

/* A digest of which they are, in the order they were added. NULL: of "anywhere". */
pk_digest pk_folders_digest(const pk_folders *folders);

#endif
