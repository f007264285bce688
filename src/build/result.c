/* The answers that a result gives. */
#include "build/result.h"

presskit_result *pk_result_new(void) {
  presskit_result *result = g_new0(presskit_result, 1);
  result->arena = pk_arena_new();
  result->diag = pk_diag_new(result->arena);
  result->files = g_array_new(FALSE, TRUE, sizeof(pk_output_file));
  result->text = g_string_new(NULL);
  return result;
}

void presskit_result_drop(presskit_result *result) {
  if (!result) return;
  if (result->dump) g_string_free(result->dump, TRUE);
  g_string_free(result->text, TRUE);
  g_array_unref(result->files);
  pk_arena_drop(result->arena);
  g_free(result);
}

pk_status presskit_result_status(const presskit_result *result) {
  return result->status;
}

size_t presskit_result_count(const presskit_result *result, pk_severity severity) {
  return pk_diag_count(result->diag, severity);
}

const char *presskit_result_diagnostics(presskit_result *result, presskit_diagnostics format, bool has_colour) {
  static const pk_diag_format formats[] = {
      [PRESSKIT_HUMAN] = PK_DIAG_HUMAN, [PRESSKIT_SHORT] = PK_DIAG_SHORT, [PRESSKIT_JSON] = PK_DIAG_JSON};
  g_string_truncate(result->text, 0);
  pk_diag_print(result->diag, formats[format], has_colour, result->text);
  return result->text->str;
}

/* Nothing was written if it failed, whatever was prepared by then. */
static const pk_output_file *file_at(const presskit_result *result, size_t number) {
  if (result->status != PK_OK || number >= result->files->len) return NULL;
  return &g_array_index(result->files, pk_output_file, number);
}

size_t presskit_result_file_count(const presskit_result *result) {
  return result->status == PK_OK ? result->files->len : 0;
}

const char *presskit_result_file(const presskit_result *result, size_t number) {
  const pk_output_file *file = file_at(result, number);
  return file ? file->path : NULL;
}

size_t presskit_result_file_page_count(const presskit_result *result, size_t number) {
  const pk_output_file *file = file_at(result, number);
  return file ? file->page_count : 0;
}

const void *presskit_result_data(const presskit_result *result, size_t number, size_t *size) {
  const pk_output_file *file = result->in_memory ? file_at(result, number) : NULL;
  if (!file) return NULL;
  *size = file->size;
  return file->data;
}

size_t presskit_result_page_count(const presskit_result *result) {
  return result->status == PK_OK ? result->page_count : 0;
}

const char *presskit_result_dump(const presskit_result *result) {
  return result->status == PK_OK && result->dump ? result->dump->str : NULL;
}

presskit_batch_event presskit_result_batch(const presskit_result *result) {
  return result->batch;
}
