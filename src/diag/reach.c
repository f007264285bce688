#include <string.h>

#include "base/folders.h"
#include "diag/diag.h"

pk_status pk_job_reach(pk_job *job, const char *path, const char *written, pk_span place, const char **real) {
  if (!job->folders) {
    *real = path;
    return PK_OK;
  }
  const char *found;
  if (!pk_folders_hold(job->folders, path, &found)) {
    g_autofree char *spelt = g_canonicalize_filename(path, NULL);
    bool is_link = found && strcmp(found, spelt) != 0;
    pk_diagnostic *raised =
        pk_diag_add(job->diag, PK_CODE_FILE_OUTSIDE, place,
                    "'%s' %s%s%s outside the folders of the article, the office and the layout", written,
                    is_link ? "leads to '" : "lies", is_link ? found : "", is_link ? "'," : "");
    pk_diag_hint(job->diag, raised, "copy the file into the folder of the one that names it");
    return PK_FAILED;
  }
  *real = found ? found : path;
  return PK_OK;
}

void pk_job_note_input(pk_job *job, const char *path, const void *data, size_t size) {
  if (!job->inputs) return;
  g_autofree char *absolute = g_canonicalize_filename(path, NULL);
  pk_input_note note = {pk_arena_strdup(job->arena, absolute), pk_digest_of(data, size), false};
  g_array_append_val(job->inputs, note);
}

void pk_job_note_field(pk_job *job, const char *name) {
  if (!job->inputs) return;
  for (guint i = 0; i < job->inputs->len; i++) {
    const pk_input_note *known = &g_array_index(job->inputs, pk_input_note, i);
    if (known->is_field && strcmp(known->path, name) == 0) return;
  }
  pk_input_note note = {.path = pk_arena_strdup(job->arena, name), .is_field = true};
  g_array_append_val(job->inputs, note);
}
