/* What the threads of a run make more than once and always alike: kept in memory
 * by the digest of what it is made from.
 *
 * A thing that is kept is frozen: many threads read it at once. It stays as long
 * as somebody holds it, and the store itself is bounded: what has not been asked
 * for lately goes, be it because others need the room or because a few hundred documents
 * have done without. What one document alone asks for is never kept, so that a run over
 * rows of which each is different costs no memory. Thread-safe. */
#ifndef PK_STORE_H
#define PK_STORE_H

#include "base/arena.h"
#include "base/digest.h"

typedef struct pk_store pk_store;

/* Holds things of `most` bytes together at most, not counting those that somebody
 * still uses after they were let go. */
pk_store *pk_store_new(size_t most);

/* Nobody may hold anything any more. NULL is fine. */
void pk_store_drop(pk_store *store);

/* The thing of this key, which stays until `arena` is dropped; NULL if there is
 * none. Then `*is_wanted` tells whether another document than number `asker` has asked for it
 * before, so that it is worth keeping. A store that is NULL has nothing and wants nothing. */
const void *pk_store_find(pk_store *store, pk_arena *arena, pk_digest key, uint64_t asker, bool *is_wanted);

/* Hands over a thing of `size` bytes, which `drop` frees (NULL: it lies in one
 * piece of g_malloc()). Returns what is to be used from now on, until `arena` is dropped: `thing`, or the same of
 * another thread that came first. */
const void *pk_store_keep(pk_store *store, pk_arena *arena, pk_digest key, void *thing, size_t size,
                          GDestroyNotify drop);

#endif
