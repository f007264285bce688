/* Writes a file, or a folder of them, to start from. */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/file.h"
#include "build/engine.h"
#include "build/output.h"
#include "spec/spec.h"

enum { MOST_BYTES = 1024 * 1024 };

static int compare_names(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static pk_status refuse(pk_job *job, const char *path) {
  pk_diagnostic *raised =
      pk_diag_add(job->diag, PK_CODE_OUTPUT_EXISTS, PK_SPAN_NONE, "there is a file '%s' already", path);
  pk_diag_hint(job->diag, raised, "choose another name, or remove the file first");
  return PK_FAILED;
}

/* ---- a kit, a book ----------------------------------------------------------- */

/* Takes up the files of `from` and below, to be written to `to`. */
static pk_status take_folder(pk_job *job, presskit_result *result, const char *from, const char *to) {
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  GDir *folder = g_dir_open(from, 0, NULL);
  for (const char *name; folder && (name = g_dir_read_name(folder));) g_ptr_array_add(names, g_strdup(name));
  if (folder) g_dir_close(folder);
  g_ptr_array_sort(names, compare_names);
  pk_status status = PK_OK;
  for (guint i = 0; i < names->len && status == PK_OK; i++) {
    const char *name = g_ptr_array_index(names, i);
    g_autofree char *source = g_build_filename(from, name, NULL), *target = g_build_filename(to, name, NULL);
    if (g_file_test(source, G_FILE_TEST_IS_DIR)) {
      status = take_folder(job, result, source, target);
      continue;
    }
    g_autoptr(GBytes) bytes = pk_file_read(source, MOST_BYTES, NULL);
    if (!bytes) continue;
    if (g_file_test(target, G_FILE_TEST_EXISTS)) return refuse(job, target);
    pk_output_file file = {.path = pk_arena_strdup(job->arena, target)};
    file.data = pk_arena_dup(job->arena, g_bytes_get_data(bytes, &file.size), g_bytes_get_size(bytes));
    g_array_append_val(result->files, file);
  }
  return status;
}

static pk_status put_folder(pk_job *job, presskit_result *result, const char *kind, const char *path) {
  presskit_engine *engine = presskit_engine_new(NULL);
  pk_status status = pk_engine_locate(engine, job->diag);
  if (status == PK_OK) {
    g_autofree char *from = g_build_filename(engine->data, "content", "starters", kind, NULL);
    status = take_folder(job, result, from, path);
  }
  presskit_engine_drop(engine);
  for (guint i = 0; i < result->files->len && status == PK_OK; i++) {
    g_autofree char *folder = g_path_get_dirname(g_array_index(result->files, pk_output_file, i).path);
    if (g_mkdir_with_parents(folder, 0777) == 0) continue;
    pk_diag_add(job->diag, PK_CODE_OUTPUT_FAILED, PK_SPAN_NONE, "cannot make the folder %s: %s", folder,
                g_strerror(errno));
    status = PK_SYSTEM;
  }
  return status == PK_OK ? pk_output_write(job, result) : status;
}

/* ---- one file ---------------------------------------------------------------- */

static pk_status put_template(pk_job *job, presskit_result *result, const char *kind, const char *path) {
  GString *text = g_string_new(NULL);
  if (!pk_spec_template(kind, text)) {
    g_string_free(text, TRUE);
    pk_diag_add(job->diag, PK_CODE_OPTION_INVALID, PK_SPAN_NONE, "there is no kind '%s' to start from", kind);
    return PK_FAILED;
  }
  pk_output_file file = {.path = pk_arena_strdup(job->arena, path), .size = text->len};
  file.data = pk_arena_dup(job->arena, text->str, text->len);
  g_string_free(text, TRUE);
  if (g_file_test(path, G_FILE_TEST_EXISTS)) return refuse(job, path);
  g_array_append_val(result->files, file);
  return pk_output_write(job, result);
}

presskit_result *presskit_new(const char *kind, const char *path) {
  presskit_result *result = pk_result_new();
  pk_job job = {.arena = result->arena, .diag = result->diag};
  bool is_folder = strcmp(kind, "kit") == 0 || strcmp(kind, "book") == 0;
  result->status = is_folder ? put_folder(&job, result, kind, path) : put_template(&job, result, kind, path);
  return result;
}
