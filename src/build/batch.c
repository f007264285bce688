/* Runs over a kit: a producer that walks it, and workers that make its pieces.
 *
 * The engine and what is read once are shared; each worker has fonts and memory
 * of its own. Pieces come out the same whoever makes them, and when. */
#include "build/batch.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/folders.h"
#include "build/output.h"
#include "build/result.h"

enum { MOST_JOBS = 256, MOST_STORE = 48 * 1024 * 1024 };

/* ---- workers --------------------------------------------------------------------- */

static void free_piece(gpointer data) {
  pk_piece *piece = data;
  pk_kit_rows_drop(piece->rows);
  g_free(piece->name);
  g_free(piece);
}

bool pk_batch_is_over(pk_batch *batch) {
  pthread_mutex_lock(&batch->lock);
  bool is_over = batch->is_broken || (batch->options->stop && *batch->options->stop);
  pthread_mutex_unlock(&batch->lock);
  return is_over;
}

static bool is_over(void *data) {
  return pk_batch_is_over(data);
}

static gpointer work(gpointer data) {
  pk_batch *batch = data;
  pk_worker worker = {.store = batch->store};
  for (pk_piece *piece; (piece = pk_queue_pop(batch->queue)); free_piece(piece)) pk_batch_make(batch, &worker, piece);
  pk_engine_release(&worker);
  return NULL;
}

/* ---- the producer ---------------------------------------------------------------- */

typedef struct {
  pk_batch *batch;
  pk_job job; /* its arena is scratch */
} feeder;

static bool feed(const pk_walk_piece *piece, void *data) {
  feeder *f = data;
  pk_batch *batch = f->batch;
  if (pk_batch_is_over(batch)) return false;
  pk_arena_mark mark = pk_arena_mark_now(f->job.arena);
  pk_merge merge = pk_kit_merge(f->job.arena, piece->kit, piece->rows, 0);
  f->job.merge = &merge;
  const char *article, *name;
  bool is_named = pk_kit_article(&f->job, piece->kit, piece->variant, piece->rows, &article) &&
                  pk_kit_output(&f->job, piece->kit, piece->variant, piece->rows, article, &name);
  f->job.merge = NULL;
  bool goes_on = true;
  if (is_named && pk_batch_is_wanted(batch, piece->document->name, name)) {
    if (batch->options->is_dry_run) {
      pk_piece_entry entry = {.number = piece->number,
                              .name = g_strdup(name),
                              .document = piece->document,
                              .variant = *piece->variant,
                              .state = PRESSKIT_PIECE_PLANNED};
      pk_batch_tell(batch, &entry, NULL);
    } else {
      pk_piece *fresh = g_new0(pk_piece, 1);
      *fresh = (pk_piece){piece->number, *piece->variant, pk_kit_rows_keep(piece->rows), g_strdup(name)};
      goes_on = pk_queue_push(batch->queue, fresh, piece->rows ? piece->rows->count : 1);
    }
  }
  pk_arena_reset(f->job.arena, mark);
  return goes_on;
}

/* One more than there are cores: some always wait for the disk. */
static pk_status run_pieces(pk_batch *batch) {
  unsigned jobs = batch->options->jobs ? batch->options->jobs : g_get_num_processors() + 1;
  jobs = CLAMP(jobs, 1, MOST_JOBS);
  if (batch->event.total < jobs) jobs = (unsigned)MAX(batch->event.total, 1);
  if (batch->options->is_dry_run) jobs = 0;
  batch->queue = pk_queue_new(jobs, is_over, batch, free_piece);
  GThread *threads[MOST_JOBS];
  for (unsigned i = 0; i < jobs; i++) threads[i] = g_thread_new("presskit", work, batch);
  feeder f = {.batch = batch, .job = *batch->job};
  f.job.arena = pk_arena_new();
  pk_arena_alloc(f.job.arena, 1);
  pk_status status = pk_walk(batch->job, batch->kit, feed, &f);
  pk_queue_close(batch->queue);
  for (unsigned i = 0; i < jobs; i++) g_thread_join(threads[i]);
  g_clear_pointer(&batch->queue, pk_queue_drop);
  pk_arena_defer(batch->job->arena, (GDestroyNotify)pk_arena_drop, f.job.arena);
  if (batch->is_broken) return PK_SYSTEM;
  bool is_stopped = batch->options->stop && *batch->options->stop;
  return batch->event.failed || is_stopped ? MAX(status, PK_FAILED) : status;
}

/* ---- the kit --------------------------------------------------------------------- */

static const char *kit_path(pk_arena *arena, const char *given) {
  if (!g_file_test(given, G_FILE_TEST_IS_DIR)) return given;
  g_autofree char *path = g_build_filename(given, "kit.yaml", NULL);
  return pk_arena_strdup(arena, g_str_has_prefix(path, "./") ? path + 2 : path);
}

static pk_status read_kit(pk_batch *batch) {
  pk_job *job = batch->job;
  pk_status status = pk_engine_locate(batch->engine, job->diag);
  if (status != PK_OK) return status;
  const char *path = kit_path(job->arena, batch->options->kit);
  pk_folders *folders = pk_folders_new(job->arena);
  pk_folders_add_of(folders, path);
  pk_folders_add(folders, batch->engine->data);
  job->folders = folders;
  status = pk_kit_build(job, path, &batch->kit);
  if (status == PK_OK) batch->facts = pk_kit_merge(job->arena, batch->kit, NULL, 0);
  return status;
}

static void add_file_identity(GString *out, const char *path) {
  GStatBuf info = {0};
  (void)!g_stat(path, &info);
  g_string_append_printf(out, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", (gint64)info.st_size,
                         (gint64)info.st_mtime);
}

/* The program, its data, and the time that is asked for. */
static pk_digest digest_common(const pk_batch *batch) {
  g_autoptr(GString) text = g_string_new(PRESSKIT_VERSION "\n");
  add_file_identity(text, "/proc/self/exe");
  add_file_identity(text, batch->engine->layouts);
  add_file_identity(text, batch->engine->profiles);
  const char *epoch = g_getenv("SOURCE_DATE_EPOCH");
  g_string_append_printf(text, "%s\n", epoch ? epoch : "-");
  return pk_digest_of(text->str, text->len);
}

static pk_status open_folder(pk_batch *batch) {
  const char *named = batch->options->output ? batch->options->output : "out";
  g_autofree char *absolute = g_canonicalize_filename(named, NULL);
  batch->folder = pk_arena_strdup(batch->job->arena, absolute);
  if (batch->options->is_dry_run || batch->checked || g_mkdir_with_parents(absolute, 0777) == 0) return PK_OK;
  pk_diag_add(batch->job->diag, PK_CODE_OUTPUT_FAILED, PK_SPAN_NONE, "cannot make the folder %s: %s", named,
              g_strerror(errno));
  return PK_SYSTEM;
}

static pk_status write_report(pk_batch *batch) {
  if (!batch->options->report) return PK_OK;
  g_autoptr(GString) text = g_string_new(NULL);
  g_autoptr(GError) error = NULL;
  pk_batch_report(batch, text);
  if (pk_file_write_atomic(batch->options->report, text->str, text->len, &error)) return PK_OK;
  pk_diag_add(batch->job->diag, PK_CODE_OUTPUT_FAILED, PK_SPAN_NONE, "cannot write %s", error->message);
  return PK_SYSTEM;
}

static pk_status run(pk_batch *batch) {
  pk_status status = read_kit(batch);
  if (status == PK_OK) status = open_folder(batch);
  if (status == PK_OK) status = pk_batch_plan(batch);
  if (status != PK_OK) return status;
  batch->common = digest_common(batch);
  batch->shared = pk_shared_new(batch->engine, batch->kit->folder, &batch->facts, batch->options->is_strict,
                                pk_batch_tell_shared, batch);
  batch->store = pk_store_new(MOST_STORE);
  if (!batch->options->is_dry_run && !batch->checked) batch->journal = pk_journal_open(batch->folder, batch->folders);
  status = run_pieces(batch);
  if (status == PK_OK && batch->options->is_zipped && !batch->options->is_dry_run) status = pk_batch_hand_over(batch);
  pk_status report = write_report(batch);
  return MAX(status, report);
}

bool pk_batch_is_kit(const char *path) {
  g_autofree char *below = g_build_filename(path, "kit.yaml", NULL);
  if (g_file_test(path, G_FILE_TEST_IS_DIR)) return g_file_test(below, G_FILE_TEST_IS_REGULAR);
  if (!g_str_has_suffix(path, ".yaml") && !g_str_has_suffix(path, ".yml")) return false;
  g_autoptr(GBytes) bytes = pk_file_read(path, PK_ARTICLE_MAX_BYTES, NULL);
  gsize size = 0;
  const char *text = bytes ? g_bytes_get_data(bytes, &size) : NULL;
  static const char kind[] = "presskit: kit/";
  const char *found = text ? memmem(text, size, kind, strlen(kind)) : NULL;
  return found && (found == text || found[-1] == '\n' || found[-1] == '\xBF');
}

pk_status pk_batch_check(presskit_engine *engine, const char *kit, bool is_strict, presskit_result *result) {
  /* One worker, so that findings come in the order of the kit. */
  const presskit_batch_options options = {.kit = kit, .jobs = 1, .is_strict = is_strict};
  pk_job job = {.arena = result->arena, .diag = result->diag};
  pk_batch batch = {.engine = engine, .options = &options, .job = &job, .checked = result};
  batch.begin = g_get_monotonic_time();
  pthread_mutex_init(&batch.lock, NULL);
  batch.told = g_hash_table_new(NULL, NULL);
  batch.folders = g_ptr_array_new_with_free_func(g_free);
  pk_status status = run(&batch);
  pk_shared_drop(batch.shared);
  pk_store_drop(batch.store);
  g_hash_table_unref(batch.told);
  g_ptr_array_unref(batch.folders);
  g_free(batch.last_folder);
  pthread_mutex_destroy(&batch.lock);
  return status;
}

presskit_result *presskit_batch(presskit_engine *engine, const presskit_batch_options *options) {
  presskit_result *result = pk_result_new();
  pk_job job = {.arena = result->arena, .diag = result->diag};
  pk_batch batch = {.engine = engine, .options = options, .job = &job, .begin = g_get_monotonic_time()};
  pthread_mutex_init(&batch.lock, NULL);
  batch.told = g_hash_table_new(NULL, NULL);
  batch.folders = g_ptr_array_new_with_free_func(g_free);
  if (options->is_zipped) batch.pictures = tmpfile();
  if (options->report || options->is_zipped) {
    batch.entries = g_array_new(FALSE, FALSE, sizeof(pk_piece_entry));
    g_array_set_clear_func(batch.entries, pk_batch_free_entry);
  }
  result->status = run(&batch);
  result->batch = batch.event;
  result->batch.seconds = pk_batch_seconds(&batch);
  pk_journal_close(batch.journal);
  pk_shared_drop(batch.shared);
  pk_store_drop(batch.store);
  g_clear_pointer(&batch.entries, g_array_unref);
  if (batch.pictures) fclose(batch.pictures);
  g_hash_table_unref(batch.told);
  g_ptr_array_unref(batch.folders);
  g_free(batch.last_folder);
  pthread_mutex_destroy(&batch.lock);
  return result;
}
