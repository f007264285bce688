/* What is costly to make and always comes out the same: kept by the digest of
 * what it is made from, in memory for the run and on disk for the next.
 *
 * Threads and processes may use one folder at once. An entry is written whole or
 * not at all, and proven by its own digest when it is read; one that is damaged
 * is made again. The folder is bounded: what has not been used for longest goes. */
#ifndef PK_CACHE_H
#define PK_CACHE_H

#include <glib.h>

#include "base/digest.h"

enum { PK_CACHE_MOST_MEMORY = 64 * 1024 * 1024, PK_CACHE_MOST_DISK = 256 * 1024 * 1024 };

typedef struct pk_cache pk_cache;

/* A cache over `folder`, which is made when first written to; NULL: in memory
 * alone. Thread-safe. */
pk_cache *pk_cache_new(const char *folder);
void pk_cache_drop(pk_cache *cache);

/* Makes the bytes; NULL: they cannot be made, which is not kept. */
typedef GBytes *(*pk_cache_make)(void *data);

/* The bytes of `key`, made if they are not there. Two threads that want the same
 * at once may both make it. `cache` may be NULL: they are made. Unref when done. */
GBytes *pk_cache_bytes(pk_cache *cache, pk_digest key, pk_cache_make make, void *data);

/* presskit's folder in the user's cache. Free with g_free(). */
char *pk_cache_folder(void);

typedef struct {
  uint64_t entries, bytes;
} pk_cache_info;

pk_cache_info pk_cache_measure(const char *folder);

/* Removes all entries; returns what was there. */
pk_cache_info pk_cache_clear(const char *folder);

/* Removes what has not been used for longest until `most` bytes are left. */
void pk_cache_trim(const char *folder, uint64_t most);

#endif
