/* Reads what many pieces share, once.
 *
 * Always holds: an entry is complete before anybody sees it, and frozen. It lies in its
 * own arena, which whoever uses it keeps, so that it may go from the list at any time:
 * articles are many, and the oldest go. */
#include "build/shared.h"

#include <string.h>

#include "base/file.h"
#include "base/folders.h"

enum { MOST_ARTICLES = 192 }; /* a book of forty in three languages, and some */

typedef enum { LAYOUT, OFFICE, PRINTER, ARTICLE } input_kind;

typedef struct {
  input_kind kind;
  const char *path;
  const pk_node *over;
  pk_arena *arena;
  pk_diag *diag;
  pk_status status;
  const void *value; /* NULL: an article with rows in it */
  GArray *inputs;    /* pk_input_note: what was read for it */
  bool is_ready;     /* all above is set, for good */
} shared_entry;

struct pk_shared {
  presskit_engine *engine;
  char *folder;
  pk_merge facts;
  bool is_strict;
  pk_shared_told *told;
  void *data;
  pthread_mutex_t lock;    /* of all below */
  pthread_cond_t is_ready; /* some entry */
  GPtrArray *entries;      /* the oldest first */
  unsigned articles;
};

static void drop_entry(gpointer data) {
  pk_arena_drop(((shared_entry *)data)->arena);
}

static void unref_array(gpointer array) {
  g_array_unref(array);
}

static shared_entry *new_entry(input_kind kind, const char *path, const pk_node *over) {
  pk_arena *arena = pk_arena_new();
  shared_entry *entry = PK_NEW(arena, shared_entry);
  *entry = (shared_entry){.kind = kind, .path = pk_arena_strdup(arena, path), .over = over, .arena = arena};
  entry->diag = pk_diag_new(arena);
  entry->inputs = g_array_new(FALSE, FALSE, sizeof(pk_input_note));
  pk_arena_defer(arena, unref_array, entry->inputs);
  return entry;
}

pk_shared *pk_shared_new(presskit_engine *engine, const char *folder, const pk_merge *facts, bool is_strict,
                         pk_shared_told *told, void *data) {
  pk_shared *shared = g_new0(pk_shared, 1);
  *shared = (pk_shared){.engine = engine, .folder = g_strdup(folder), .facts = *facts, .is_strict = is_strict};
  shared->told = told;
  shared->data = data;
  pthread_mutex_init(&shared->lock, NULL);
  pthread_cond_init(&shared->is_ready, NULL);
  shared->entries = g_ptr_array_new_with_free_func(drop_entry);
  return shared;
}

void pk_shared_drop(pk_shared *shared) {
  if (!shared) return;
  g_ptr_array_unref(shared->entries);
  pthread_cond_destroy(&shared->is_ready);
  pthread_mutex_destroy(&shared->lock);
  g_free(shared->folder);
  g_free(shared);
}

/* ---- reading ------------------------------------------------------------------- */

static bool has_rows(const char *path) {
  g_autoptr(GBytes) bytes = pk_file_read(path, PK_ARTICLE_MAX_BYTES, NULL);
  gsize size = 0;
  const void *text = bytes ? g_bytes_get_data(bytes, &size) : NULL;
  return text && memmem(text, size, "{row.", strlen("{row."));
}

static void read_entry(pk_shared *shared, shared_entry *entry) {
  pk_folders *folders = pk_folders_new(entry->arena);
  pk_folders_add_of(folders, entry->path);
  pk_folders_add(folders, shared->folder);
  pk_folders_add(folders, shared->engine->data);
  pk_job job = {
      .arena = entry->arena, .diag = entry->diag, .folders = folders, .merge = &shared->facts, .inputs = entry->inputs};
  presskit_engine *engine = shared->engine;
  switch (entry->kind) {
  case LAYOUT:
    entry->status =
        pk_layout_build_over(&job, entry->path, engine->layouts, entry->over, (const pk_layout **)&entry->value);
    break;
  case OFFICE: entry->status = pk_office_build(&job, entry->path, (const pk_office **)&entry->value); break;
  case PRINTER:
    entry->status = pk_printer_build(&job, entry->path, engine->profiles, (const pk_printer **)&entry->value);
    break;
  case ARTICLE:
    if (!has_rows(entry->path)) entry->status = pk_article_build(&job, entry->path, (const pk_article **)&entry->value);
    break;
  }
  size_t count;
  pk_diag_list(entry->diag, &count);
  if (count) shared->told(entry->diag, shared->data);
}

/* Makes room for one more article. */
static void forget_article(pk_shared *shared) {
  for (guint i = 0; i < shared->entries->len && shared->articles >= MOST_ARTICLES; i++) {
    const shared_entry *entry = g_ptr_array_index(shared->entries, i);
    if (entry->kind != ARTICLE || !entry->is_ready) continue;
    g_ptr_array_remove_index(shared->entries, i--);
    shared->articles--;
  }
}

static shared_entry *find(pk_shared *shared, input_kind kind, const char *path, const pk_node *over) {
  for (guint i = 0; i < shared->entries->len; i++) {
    shared_entry *entry = g_ptr_array_index(shared->entries, i);
    if (entry->kind == kind && entry->over == over && strcmp(entry->path, path) == 0) return entry;
  }
  return NULL;
}

/* What `entry` came to; the lock is free. */
static pk_status take_entry(const pk_shared *shared, pk_job *job, const shared_entry *entry, const void **out) {
  if (job->inputs) g_array_append_vals(job->inputs, entry->inputs->data, entry->inputs->len);
  bool is_refused = shared->is_strict && pk_diag_count(entry->diag, PK_WARNING);
  if (entry->status == PK_OK && !is_refused) {
    *out = entry->value;
    return PK_OK;
  }
  g_autofree char *first = is_refused ? NULL : pk_diag_first_place(entry->diag);
  pk_diag_add(job->diag, PK_CODE_PIECE_INPUT, PK_SPAN_NONE, "%s has %s%s%s", entry->path,
              is_refused ? "warnings" : "errors", first ? ": " : "", first ? first : "");
  return MAX(entry->status, PK_FAILED);
}

static pk_status take(pk_shared *shared, pk_job *job, input_kind kind, const char *path, const pk_node *over,
                      const void **out) {
  pthread_mutex_lock(&shared->lock);
  shared_entry *entry = find(shared, kind, path, over);
  bool is_fresh = !entry;
  if (is_fresh) {
    if (kind == ARTICLE) forget_article(shared);
    entry = new_entry(kind, path, over);
    g_ptr_array_add(shared->entries, entry);
    shared->articles += kind == ARTICLE;
  }
  pk_arena_hold(job->arena, entry->arena);
  if (is_fresh) {
    pthread_mutex_unlock(&shared->lock);
    read_entry(shared, entry);
    pthread_mutex_lock(&shared->lock);
    entry->is_ready = true;
    pthread_cond_broadcast(&shared->is_ready);
  }
  while (!entry->is_ready) pthread_cond_wait(&shared->is_ready, &shared->lock);
  pthread_mutex_unlock(&shared->lock);
  return take_entry(shared, job, entry, out);
}

pk_status pk_shared_layout(pk_shared *shared, pk_job *job, const char *path, const pk_node *over,
                           const pk_layout **out) {
  return take(shared, job, LAYOUT, path, over, (const void **)out);
}

pk_status pk_shared_office(pk_shared *shared, pk_job *job, const char *path, const pk_office **out) {
  return take(shared, job, OFFICE, path, NULL, (const void **)out);
}

pk_status pk_shared_printer(pk_shared *shared, pk_job *job, const char *path, const pk_printer **out) {
  return take(shared, job, PRINTER, path, NULL, (const void **)out);
}

pk_status pk_shared_article(pk_shared *shared, pk_job *job, const char *path, const pk_article **out) {
  return take(shared, job, ARTICLE, path, NULL, (const void **)out);
}
