/* Entries by digest, in memory and on disk.
 *
 * On disk an entry is FOLDER/ab/cdef...: a head with the key and the digest of
 * the rest, then the rest. */
#include "base/cache.h"

#include <glib/gstdio.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"

enum {
  TRIM_EACH = 64, /* writes */
  MOST_ENTRY = 64 * 1024 * 1024,
  FRESH_SECONDS = 24 * 60 * 60, /* the time of use is no finer */
};

typedef struct {
  char magic[8];
  pk_digest key, content;
  uint64_t size;
} head;

static const char magic[8] = "PKCACHE1";

struct pk_cache {
  char *folder;
  pthread_mutex_t lock; /* of all below */
  GHashTable *entries;  /* pk_digest * -> GBytes */
  size_t bytes;
  unsigned writes;
};

static guint hash_digest(gconstpointer key) {
  return (guint)((const pk_digest *)key)->low;
}
static gboolean equal_digests(gconstpointer a, gconstpointer b) {
  return pk_digest_equal(*(const pk_digest *)a, *(const pk_digest *)b);
}
static void unref_bytes(gpointer bytes) {
  g_bytes_unref(bytes);
}

pk_cache *pk_cache_new(const char *folder) {
  pk_cache *cache = g_new0(pk_cache, 1);
  cache->folder = g_strdup(folder);
  cache->entries = g_hash_table_new_full(hash_digest, equal_digests, g_free, unref_bytes);
  pthread_mutex_init(&cache->lock, NULL);
  return cache;
}

void pk_cache_drop(pk_cache *cache) {
  if (!cache) return;
  if (cache->writes && cache->folder) pk_cache_trim(cache->folder, PK_CACHE_MOST_DISK);
  g_hash_table_unref(cache->entries);
  pthread_mutex_destroy(&cache->lock);
  g_free(cache->folder);
  g_free(cache);
}

/* ---- memory ------------------------------------------------------------------ */

static GBytes *look_up(pk_cache *cache, pk_digest key) {
  pthread_mutex_lock(&cache->lock);
  GBytes *bytes = g_hash_table_lookup(cache->entries, &key);
  if (bytes) g_bytes_ref(bytes);
  pthread_mutex_unlock(&cache->lock);
  return bytes;
}

static void remember(pk_cache *cache, pk_digest key, GBytes *bytes) {
  size_t size = g_bytes_get_size(bytes);
  pthread_mutex_lock(&cache->lock);
  if (cache->bytes + size > PK_CACHE_MOST_MEMORY) {
    g_hash_table_remove_all(cache->entries);
    cache->bytes = 0;
  }
  if (size <= PK_CACHE_MOST_MEMORY && !g_hash_table_contains(cache->entries, &key)) {
    g_hash_table_insert(cache->entries, g_memdup2(&key, sizeof key), g_bytes_ref(bytes));
    cache->bytes += size;
  }
  pthread_mutex_unlock(&cache->lock);
}

/* ---- disk -------------------------------------------------------------------- */

static char *path_of(const char *folder, pk_digest key) {
  char name[PK_DIGEST_HEX + 1];
  pk_digest_print(key, name);
  return g_strdup_printf("%s/%.2s/%s", folder, name, name + 2);
}

/* Notes the use of an entry, for trimming. */
static void touch(const char *path) {
  struct stat info;
  if (stat(path, &info) == 0 && time(NULL) - info.st_mtime > FRESH_SECONDS) g_utime(path, NULL);
}

static GBytes *read_entry(const char *folder, pk_digest key) {
  g_autofree char *path = path_of(folder, key);
  g_autoptr(GBytes) file = pk_file_read(path, MOST_ENTRY, NULL);
  if (!file) return NULL;
  gsize size;
  const uint8_t *data = g_bytes_get_data(file, &size);
  head h;
  bool is_whole = size >= sizeof h;
  if (is_whole) memcpy(&h, data, sizeof h);
  is_whole = is_whole && memcmp(h.magic, magic, sizeof magic) == 0 && pk_digest_equal(h.key, key) &&
             h.size == size - sizeof h && pk_digest_equal(h.content, pk_digest_of(data + sizeof h, size - sizeof h));
  if (!is_whole) {
    g_unlink(path);
    return NULL;
  }
  touch(path);
  return g_bytes_new_from_bytes(file, sizeof h, size - sizeof h);
}

static void write_entry(pk_cache *cache, pk_digest key, GBytes *bytes) {
  gsize size;
  const void *data = g_bytes_get_data(bytes, &size);
  head h = {.key = key, .content = pk_digest_of(data, size), .size = size};
  memcpy(h.magic, magic, sizeof magic);
  g_autofree char *path = path_of(cache->folder, key);
  g_autofree char *parent = g_path_get_dirname(path);
  g_autoptr(GByteArray) whole = g_byte_array_sized_new((guint)(sizeof h + size));
  g_byte_array_append(whole, (const guint8 *)&h, sizeof h);
  g_byte_array_append(whole, data, (guint)size);
  if (g_mkdir_with_parents(parent, 0700) != 0 || !pk_file_write_atomic(path, whole->data, whole->len, NULL)) return;
  pthread_mutex_lock(&cache->lock);
  bool is_time = ++cache->writes % TRIM_EACH == 0;
  pthread_mutex_unlock(&cache->lock);
  if (is_time) pk_cache_trim(cache->folder, PK_CACHE_MOST_DISK);
}

GBytes *pk_cache_bytes(pk_cache *cache, pk_digest key, pk_cache_make make, void *data) {
  if (!cache) return make(data);
  GBytes *bytes = look_up(cache, key);
  if (bytes) return bytes;
  if (cache->folder && (bytes = read_entry(cache->folder, key))) {
    remember(cache, key, bytes);
    return bytes;
  }
  bytes = make(data);
  if (!bytes) return NULL;
  remember(cache, key, bytes);
  if (cache->folder && g_bytes_get_size(bytes) + sizeof(head) <= MOST_ENTRY) write_entry(cache, key, bytes);
  return bytes;
}

/* ---- the folder ---------------------------------------------------------------- */

char *pk_cache_folder(void) {
  return g_build_filename(g_get_user_cache_dir(), "presskit", "store", NULL);
}

typedef struct {
  char *path;
  uint64_t size;
  gint64 used;
} found;

static void clear_found(gpointer data) {
  g_free(((found *)data)->path);
}

/* Every file of the folder, those that a killed process left half written among
 * them. Others may add and remove while it is read. */
static GArray *list_files(const char *folder) {
  GArray *files = g_array_new(FALSE, FALSE, sizeof(found));
  g_array_set_clear_func(files, clear_found);
  GDir *outer = g_dir_open(folder, 0, NULL);
  for (const char *name; outer && (name = g_dir_read_name(outer));) {
    g_autofree char *below = g_build_filename(folder, name, NULL);
    GDir *inner = g_dir_open(below, 0, NULL);
    for (const char *file; inner && (file = g_dir_read_name(inner));) {
      found f = {.path = g_build_filename(below, file, NULL)};
      GStatBuf info;
      if (g_stat(f.path, &info) != 0) {
        g_free(f.path);
        continue;
      }
      f.size = (uint64_t)info.st_size;
      f.used = info.st_mtime;
      g_array_append_val(files, f);
    }
    if (inner) g_dir_close(inner);
  }
  if (outer) g_dir_close(outer);
  return files;
}

pk_cache_info pk_cache_measure(const char *folder) {
  g_autoptr(GArray) files = list_files(folder);
  pk_cache_info info = {.entries = files->len};
  for (guint i = 0; i < files->len; i++) info.bytes += g_array_index(files, found, i).size;
  return info;
}

pk_cache_info pk_cache_clear(const char *folder) {
  g_autoptr(GArray) files = list_files(folder);
  pk_cache_info info = {0};
  for (guint i = 0; i < files->len; i++) {
    const found *f = &g_array_index(files, found, i);
    if (g_unlink(f->path) != 0) continue;
    info.entries++;
    info.bytes += f->size;
  }
  return info;
}

static int compare_use(gconstpointer a, gconstpointer b) {
  const found *x = a, *y = b;
  return x->used < y->used ? -1 : x->used > y->used;
}

void pk_cache_trim(const char *folder, uint64_t most) {
  g_autoptr(GArray) files = list_files(folder);
  uint64_t bytes = 0;
  for (guint i = 0; i < files->len; i++) bytes += g_array_index(files, found, i).size;
  if (bytes <= most) return;
  g_array_sort(files, compare_use);
  for (guint i = 0; i < files->len && bytes > most / 4 * 3; i++) {
    const found *f = &g_array_index(files, found, i);
    if (g_unlink(f->path) == 0) bytes -= f->size;
  }
}
