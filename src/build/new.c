/* Writes a file to start from. */
#include <string.h>

#include "build/output.h"
#include "spec/spec.h"

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
  if (g_file_test(path, G_FILE_TEST_EXISTS)) {
    pk_diagnostic *raised =
        pk_diag_add(job->diag, PK_CODE_OUTPUT_EXISTS, PK_SPAN_NONE, "there is a file '%s' already", path);
    pk_diag_hint(job->diag, raised, "choose another name, or remove the file first");
    return PK_FAILED;
  }
  g_array_append_val(result->files, file);
  return pk_output_write(job, result);
}

presskit_result *presskit_new(const char *kind, const char *path) {
  presskit_result *result = pk_result_new();
  pk_job job = {.arena = result->arena, .diag = result->diag};
  result->status = put_template(&job, result, kind, path);
  return result;
}
