/* The files of a piece: whether they are there, how they are written, what the
 * journal and the index page learn of them. */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/file.h"
#include "build/output.h"
#include "build/piece.h"

/* ---- before ---------------------------------------------------------------------- */

static bool hash_files(pk_making *m) {
  guint count = g_strv_length(m->done.names);
  char **sums = g_new0(char *, count + 1);
  for (guint i = 0; i < count; i++) {
    g_autofree char *path = g_build_filename(m->batch->folder, m->done.names[i], NULL);
    g_autoptr(GBytes) bytes = pk_file_read(path, SIZE_MAX, NULL);
    sums[i] = bytes ? g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes) : NULL;
    if (sums[i]) continue;
    g_strfreev(sums);
    return false;
  }
  m->sha256 = sums;
  return true;
}

bool pk_piece_is_unchanged(pk_making *m) {
  pk_journal *journal = m->batch->journal;
  if (m->batch->options->is_forced) return false;
  if (!pk_journal_find(journal, m->key, pk_piece_merges(m), m->row_count, &m->done)) return false;
  return pk_journal_is_whole(journal, &m->done) && (!m->batch->entries || hash_files(m));
}

/* ---- writing --------------------------------------------------------------------- */

static bool make_folder(pk_batch *batch, const char *path) {
  g_autofree char *folder = g_path_get_dirname(path);
  pthread_mutex_lock(&batch->lock);
  bool is_there = g_strcmp0(folder, batch->last_folder) == 0;
  pthread_mutex_unlock(&batch->lock);
  if (is_there) return true;
  if (g_mkdir_with_parents(folder, 0777) != 0) return false;
  pthread_mutex_lock(&batch->lock);
  g_free(batch->last_folder);
  batch->last_folder = g_steal_pointer(&folder);
  pthread_mutex_unlock(&batch->lock);
  return true;
}

/* What will hit every further piece as well. */
static bool is_lasting(const GError *error) {
  return g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ||
         g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_ROFS) ||
         g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_IO);
}

pk_status pk_piece_write(pk_making *m) {
  g_autoptr(pk_file_batch) files = pk_file_batch_new();
  g_autoptr(GError) error = NULL;
  GArray *list = m->result->files;
  for (guint i = 0; i < list->len && !error; i++) {
    const pk_output_file *file = &g_array_index(list, pk_output_file, i);
    if (!make_folder(m->batch, file->path))
      g_set_error(&error, G_FILE_ERROR, (int)g_file_error_from_errno(errno), "%s: %s", file->path, g_strerror(errno));
    else
      pk_file_batch_add(files, file->path, file->data, file->size, &error);
  }
  if (!error && pk_file_batch_commit(files, &error)) return PK_OK;
  pk_diag_add(m->job.diag, PK_CODE_OUTPUT_FAILED, PK_SPAN_NONE, "cannot write %s", error->message);
  if (is_lasting(error)) {
    pthread_mutex_lock(&m->batch->lock);
    m->batch->is_broken = true;
    pthread_mutex_unlock(&m->batch->lock);
  }
  return PK_SYSTEM;
}

void pk_piece_note(pk_making *m) {
  GArray *list = m->result->files;
  bool wants_sums = m->batch->entries != NULL;
  size_t below = strlen(m->batch->folder) + 1;
  g_autofree pk_digest *digests = g_new0(pk_digest, list->len + 1);
  m->done = (pk_journal_piece){.key = m->key, .pages = (unsigned)m->result->page_count};
  m->done.warnings = (unsigned)pk_diag_count(m->job.diag, PK_WARNING);
  m->done.names = PK_NEW_ARRAY(m->result->arena, char *, list->len + 1);
  if (wants_sums) m->sha256 = g_new0(char *, list->len + 1);
  for (guint i = 0; i < list->len; i++) {
    const pk_output_file *file = &g_array_index(list, pk_output_file, i);
    digests[i] = pk_digest_of(file->data, file->size);
    m->done.names[i] = pk_arena_strdup(m->result->arena, file->path + below);
    m->done.size += file->size;
    if (wants_sums) m->sha256[i] = g_compute_checksum_for_data(G_CHECKSUM_SHA256, file->data, file->size);
  }
  m->done.content = pk_journal_content(digests, list->len);
  pk_journal_add(m->batch->journal, &m->done, m->inputs, pk_piece_merges(m), m->row_count);
}

/* ---- the picture ----------------------------------------------------------------- */

static GBytes *pack_picture(const pk_render_picture *picture) {
  if (!picture->data) return NULL;
  GString *packed = g_string_new(NULL);
  g_string_append_printf(packed, "%d %u %u %s", (int)picture->lang, picture->width, picture->height,
                         picture->title ? picture->title : "");
  g_string_append_c(packed, 0);
  g_string_append_len(packed, (const char *)picture->data, (gssize)picture->size);
  return g_string_free_to_bytes(packed);
}

static GBytes *packed_of_render(gpointer data) {
  const pk_making *m = data;
  return pack_picture(m->given.picture);
}

/* An unchanged piece whose picture the cache has not, or no more. */
static GBytes *packed_of_piece(gpointer data) {
  pk_making *m = data;
  pk_render_picture picture = {.width = PK_BATCH_PICTURE_WIDTH};
  if (pk_piece_read_articles(m) != PK_OK) return NULL;
  presskit_result *again = pk_result_new();
  m->given.picture = &picture;
  pk_render_into(m->batch->engine, m->worker, &m->options, &m->given, NULL, again);
  m->given.picture = NULL;
  GBytes *packed = again->status == PK_OK ? pack_picture(&picture) : NULL;
  presskit_result_drop(again);
  return packed;
}

void pk_piece_take_picture(pk_making *m, bool is_rendered) {
  struct {
    char what[16];
    pk_digest common, content;
  } of = {"picture/1", m->batch->common, m->done.content};
  pk_digest key = pk_digest_of(&of, sizeof of);
  m->picture = pk_cache_bytes(m->worker->cache, key, is_rendered ? packed_of_render : packed_of_piece, m);
}
