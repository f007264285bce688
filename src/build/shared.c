/* Reads what many pieces share, once.
 *
 * Always holds: an entry is complete before anybody sees it, and frozen. Articles
 * are many; of those that nobody holds the oldest go. */
#include "build/shared.h"

#include <string.h>

#include "base/file.h"
#include "base/folders.h"

enum { MOST_ARTICLES = 192 }; /* a book of forty in three languages, and some */

typedef enum { LAYOUT, OFFICE, PRINTER, ARTICLE } input_kind;

struct pk_shared_entry {
  input_kind kind;
  char *path;
  const pk_node *over;
  pk_arena *arena;
  pk_diag *diag;
  pk_status status;
  const void *value; /* NULL: an article with rows in it */
  GArray *inputs;    /* pk_input_note: what was read for it */
  bool is_ready;     /* all above is set, for good */
  unsigned uses;
};

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
  pk_shared_entry *entry = data;
  pk_arena_drop(entry->arena);
  g_array_unref(entry->inputs);
  g_free(entry->path);
  g_free(entry);
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

static void read_entry(pk_shared *shared, pk_shared_entry *entry) {
  entry->arena = pk_arena_new();
  entry->diag = pk_diag_new(entry->arena);
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

/* Makes room for one more article, if there is one that nobody holds. */
static void forget_article(pk_shared *shared) {
  for (guint i = 0; i < shared->entries->len && shared->articles >= MOST_ARTICLES; i++) {
    const pk_shared_entry *entry = g_ptr_array_index(shared->entries, i);
    if (entry->kind != ARTICLE || entry->uses || !entry->is_ready) continue;
    g_ptr_array_remove_index(shared->entries, i--);
    shared->articles--;
  }
}

static pk_shared_entry *find(pk_shared *shared, input_kind kind, const char *path, const pk_node *over) {
  for (guint i = 0; i < shared->entries->len; i++) {
    pk_shared_entry *entry = g_ptr_array_index(shared->entries, i);
    if (entry->kind == kind && entry->over == over && strcmp(entry->path, path) == 0) return entry;
  }
  return NULL;
}

static pk_status take(pk_shared *shared, pk_job *job, input_kind kind, const char *path, const pk_node *over,
                      pk_shared_entry **out) {
  pthread_mutex_lock(&shared->lock);
  pk_shared_entry *entry = find(shared, kind, path, over);
  if (!entry) {
    if (kind == ARTICLE) forget_article(shared);
    entry = g_new0(pk_shared_entry, 1);
    *entry = (pk_shared_entry){.kind = kind, .path = g_strdup(path), .over = over, .uses = 1};
    entry->inputs = g_array_new(FALSE, FALSE, sizeof(pk_input_note));
    g_ptr_array_add(shared->entries, entry);
    shared->articles += kind == ARTICLE;
    pthread_mutex_unlock(&shared->lock);
    read_entry(shared, entry);
    pthread_mutex_lock(&shared->lock);
    entry->is_ready = true;
    pthread_cond_broadcast(&shared->is_ready);
  } else {
    entry->uses++;
    while (!entry->is_ready) pthread_cond_wait(&shared->is_ready, &shared->lock);
  }
  pthread_mutex_unlock(&shared->lock);
  if (job->inputs) g_array_append_vals(job->inputs, entry->inputs->data, entry->inputs->len);
  *out = entry;
  bool is_refused = shared->is_strict && pk_diag_count(entry->diag, PK_WARNING);
  if (entry->status == PK_OK && !is_refused) return PK_OK;
  pk_diag_add(job->diag, PK_CODE_PIECE_INPUT, PK_SPAN_NONE, "%s has %s", path, is_refused ? "warnings" : "errors");
  return MAX(entry->status, PK_FAILED);
}

pk_status pk_shared_layout(pk_shared *shared, pk_job *job, const char *path, const pk_node *over,
                           const pk_layout **out) {
  pk_shared_entry *entry;
  pk_status status = take(shared, job, LAYOUT, path, over, &entry);
  if (status == PK_OK) *out = entry->value;
  return status;
}

pk_status pk_shared_office(pk_shared *shared, pk_job *job, const char *path, const pk_office **out) {
  pk_shared_entry *entry;
  pk_status status = take(shared, job, OFFICE, path, NULL, &entry);
  if (status == PK_OK) *out = entry->value;
  return status;
}

pk_status pk_shared_printer(pk_shared *shared, pk_job *job, const char *path, const pk_printer **out) {
  pk_shared_entry *entry;
  pk_status status = take(shared, job, PRINTER, path, NULL, &entry);
  if (status == PK_OK) *out = entry->value;
  return status;
}

pk_status pk_shared_article(pk_shared *shared, pk_job *job, const char *path, pk_shared_entry **entry,
                            const pk_article **out) {
  pk_status status = take(shared, job, ARTICLE, path, NULL, entry);
  if (status == PK_OK) *out = (*entry)->value;
  return status;
}

void pk_shared_release(pk_shared *shared, pk_shared_entry *entry) {
  if (!entry) return;
  pthread_mutex_lock(&shared->lock);
  entry->uses--;
  pthread_mutex_unlock(&shared->lock);
}
