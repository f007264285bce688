/* Two generations: what is asked for goes into the young one; when that is half
 * of what the store may hold, or some documents have come and gone, the old one is let go
 * and the young one is old. So the cost of forgetting does not depend on how much there
 * is, and what two rows of ten thousand had alike by chance does not stay.
 *
 * Counts of holders are kept under the lock: the thread sanitizer follows those. What
 * nobody holds is dropped when the lock is free again, since a thing may hold others
 * of the store. */
#include "base/store.h"

#include <pthread.h>
#include <string.h>

enum { ASKED = 1 << 15, DOCUMENTS = 128 }; /* keys that are remembered as asked for; documents of a generation */

typedef struct entry entry;
struct entry {
  pk_digest key;
  void *thing;
  size_t size;
  GDestroyNotify drop;
  unsigned holders; /* the store is one */
  pk_store *store;
  entry *next_dead;
};

/* A key that was asked for, its high half, and who asked first. */
typedef struct {
  uint64_t key, asker;
} question;

struct pk_store {
  size_t most;
  pthread_mutex_t lock;    /* of all below */
  GHashTable *young, *old; /* key -> entry */
  size_t bytes;            /* of the young ones */
  uint64_t last_asker;     /* the highest number so far */
  unsigned documents;      /* that have asked since the young ones are young */
  entry *dead;             /* held by nobody, not dropped yet */
  question asked[ASKED];   /* at a place that the low half of the key tells */
};

/* What an arena holds. */
typedef struct {
  pk_store *store;
  entry *held;
} hold;

static guint hash_digest(gconstpointer key) {
  return (guint)((const pk_digest *)key)->low;
}

static gboolean equal_digests(gconstpointer a, gconstpointer b) {
  return pk_digest_equal(*(const pk_digest *)a, *(const pk_digest *)b);
}

/* With the lock held. */
static void leave(gpointer data) {
  entry *e = data;
  if (--e->holders) return;
  e->next_dead = e->store->dead;
  e->store->dead = e;
}

/* Frees the lock, and then what is dead. */
static void unlock(pk_store *store) {
  entry *dead = g_steal_pointer(&store->dead);
  pthread_mutex_unlock(&store->lock);
  while (dead) {
    entry *e = dead;
    dead = e->next_dead;
    e->drop(e->thing);
    g_free(e);
  }
}

static GHashTable *new_generation(void) {
  return g_hash_table_new_full(hash_digest, equal_digests, NULL, leave);
}

pk_store *pk_store_new(size_t most) {
  pk_store *store = g_new0(pk_store, 1);
  store->most = most;
  pthread_mutex_init(&store->lock, NULL);
  store->young = new_generation();
  store->old = new_generation();
  return store;
}

void pk_store_drop(pk_store *store) {
  if (!store) return;
  pthread_mutex_lock(&store->lock);
  g_hash_table_unref(store->young);
  g_hash_table_unref(store->old);
  unlock(store);
  pthread_mutex_destroy(&store->lock);
  g_free(store);
}

static void release(gpointer data) {
  hold *h = data;
  pthread_mutex_lock(&h->store->lock);
  leave(h->held);
  unlock(h->store);
}

static const void *hold_until(pk_store *store, pk_arena *arena, entry *e) {
  hold *h = PK_NEW(arena, hold);
  *h = (hold){store, e};
  pk_arena_defer(arena, release, h);
  return e->thing;
}

/* With the lock held. */
static void grow_old(pk_store *store) {
  g_hash_table_unref(store->old);
  store->old = store->young;
  store->young = new_generation();
  store->bytes = 0;
  store->documents = 0;
}

/* With the lock held. */
static void count_document(pk_store *store, uint64_t asker) {
  if (asker <= store->last_asker) return;
  store->last_asker = asker;
  if (++store->documents > DOCUMENTS) grow_old(store);
}

/* With the lock held. A young entry of the store. */
static void put(pk_store *store, entry *e) {
  if (store->bytes + e->size > store->most / 2) grow_old(store);
  e->holders++;
  store->bytes += e->size;
  g_hash_table_insert(store->young, &e->key, e);
}

/* With the lock held. */
static entry *look_up(pk_store *store, pk_digest key) {
  entry *e = g_hash_table_lookup(store->young, &key);
  if (e || !(e = g_hash_table_lookup(store->old, &key))) return e;
  e->holders++;
  g_hash_table_remove(store->old, &key);
  put(store, e);
  e->holders--;
  return e;
}

/* With the lock held. Whether somebody else has asked for it. */
static bool ask(pk_store *store, pk_digest key, uint64_t asker) {
  question *place = &store->asked[key.low % ASKED];
  if (place->key == key.high) return place->asker != asker;
  *place = (question){key.high, asker};
  return false;
}

const void *pk_store_find(pk_store *store, pk_arena *arena, pk_digest key, uint64_t asker, bool *is_wanted) {
  *is_wanted = false;
  if (!store) return NULL;
  pthread_mutex_lock(&store->lock);
  count_document(store, asker);
  entry *e = look_up(store, key);
  if (e)
    e->holders++;
  else
    *is_wanted = ask(store, key, asker);
  unlock(store);
  return e ? hold_until(store, arena, e) : NULL;
}

const void *pk_store_keep(pk_store *store, pk_arena *arena, pk_digest key, void *thing, size_t size,
                          GDestroyNotify drop) {
  entry *fresh = g_new0(entry, 1);
  *fresh = (entry){key, thing, size, drop ? drop : g_free, 1, store, NULL};
  pthread_mutex_lock(&store->lock);
  entry *e = look_up(store, key);
  if (e) {
    e->holders++;
    leave(fresh);
  } else {
    e = fresh;
    if (size <= store->most / 2) put(store, fresh);
  }
  unlock(store);
  return hold_until(store, arena, e);
}
