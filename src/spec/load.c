#include "spec/load.h"

#include <string.h>

#include "base/file.h"
#include "spec/spec.h"

static void unref_bytes(gpointer bytes) {
  g_bytes_unref(bytes);
}

static pk_status raise_file_error(pk_job *job, const char *path, size_t max_bytes, pk_span place, const GError *error) {
  switch (error->code) {
  case G_FILE_ERROR_NOENT:
  case G_FILE_ERROR_NOTDIR: pk_diag_add(job->diag, PK_CODE_FILE_MISSING, place, "there is no file '%s'", path); break;
  case G_FILE_ERROR_NOSPC:
    pk_diag_add(job->diag, PK_CODE_FILE_TOO_LARGE, place, "'%s' is larger than %zu MiB", path, max_bytes >> 20);
    break;
  case G_FILE_ERROR_ISDIR: pk_diag_add(job->diag, PK_CODE_FILE_UNREADABLE, place, "'%s' is a folder", path); break;
  default: pk_diag_add(job->diag, PK_CODE_FILE_UNREADABLE, place, "cannot read %s", error->message);
  }
  return PK_FAILED;
}

pk_status pk_source_load(pk_job *job, const char *path, size_t max_bytes, pk_span place, const pk_source **out) {
  g_autoptr(GError) error = NULL;
  GBytes *bytes = pk_file_read(path, max_bytes, &error);
  if (!bytes) return raise_file_error(job, path, max_bytes, place, error);
  pk_arena_defer(job->arena, unref_bytes, bytes);
  size_t size = 0;
  const char *text = g_bytes_get_data(bytes, &size);
  pk_job_note_input(job, path, text, size);
  *out = pk_source_new(job->arena, path, text ? text : "", size);
  return PK_OK;
}

static pk_status check_kind(pk_job *job, const pk_node *node, const char *kind) {
  const pk_pair *pair = pk_node_find(node, "presskit");
  pk_diagnostic *raised;
  if (!pair) {
    pk_span place = node->span;
    place.end = place.start;
    raised = pk_diag_add(job->diag, PK_CODE_WRONG_KIND, place, "this file does not say that it is presskit's");
    pk_diag_hint(job->diag, raised, "if it is meant to be, its first line is  presskit: %s/1", kind);
    return PK_FAILED;
  }
  const char *says = pair->value->kind == PK_NODE_SCALAR ? pair->value->text : "";
  if (strcmp(says, pk_arena_printf(job->arena, "%s/1", kind)) == 0) return PK_OK;
  const char *slash = strchr(says, '/');
  bool is_version = slash && strncmp(says, kind, (size_t)(slash - says)) == 0 && !kind[slash - says];
  if (is_version)
    raised = pk_diag_add(job->diag, PK_CODE_WRONG_KIND, pair->value->span,
                         "this %s is written for version '%s' of the format; this presskit reads version 1", kind,
                         slash + 1);
  else
    raised = pk_diag_add(job->diag, PK_CODE_WRONG_KIND, pair->value->span, "this is '%s', and '%s/1' is wanted here",
                         says, kind);
  pk_diag_hint(job->diag, raised, "'presskit:' takes %s/1", kind);
  return PK_FAILED;
}

pk_status pk_spec_load(pk_job *job, const char *path, const char *kind, pk_span place, const pk_node **out) {
  const pk_source *source = NULL;
  const pk_node *node = NULL;
  pk_status status = pk_source_load(job, path, PK_SPEC_MAX_BYTES, place, &source);
  if (status == PK_OK) status = pk_node_parse(job, source, 0, source->size, &node);
  if (status == PK_OK) status = check_kind(job, node, kind);
  if (status == PK_OK) *out = node;
  return status;
}

const char *pk_spec_path(pk_arena *arena, const char *name, pk_span place) {
  g_autofree char *folder = place.source ? g_path_get_dirname(place.source->path) : NULL;
  g_autofree char *joined = folder && !g_path_is_absolute(name) ? g_build_filename(folder, name, NULL) : g_strdup(name);
  g_autofree char *absolute = g_canonicalize_filename(joined, NULL);
  return pk_arena_strdup(arena, absolute);
}

bool pk_spec_existing_path(pk_job *job, const char *name, pk_span place, const char **out) {
  const char *path = pk_spec_path(job->arena, name, place), *real;
  if (pk_job_reach(job, path, name, place, &real) != PK_OK) return false;
  if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
    pk_diag_add(job->diag, PK_CODE_FILE_MISSING, place, "there is no file '%s'", name);
    return false;
  }
  if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
    pk_diag_add(job->diag, PK_CODE_FILE_UNREADABLE, place, "'%s' is a folder", name);
    return false;
  }
  *out = path;
  return true;
}
