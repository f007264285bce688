/* Names output files, guards the inputs, and writes. */
#include "build/output.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/file.h"

static const char *const article_endings[] = {".md", ".markdown", ".txt"};

const char *pk_output_ending(presskit_edition edition, presskit_format format) {
  if (edition == PRESSKIT_TEXT) return "txt";
  if (edition == PRESSKIT_HTML) return "html";
  return format == PRESSKIT_PNG ? "png" : "pdf";
}

const char *pk_output_default(pk_arena *arena, const char *article, presskit_edition edition, presskit_format format) {
  g_autofree char *name = g_path_get_basename(article);
  for (size_t i = 0; i < G_N_ELEMENTS(article_endings); i++) {
    size_t length = strlen(name), ending = strlen(article_endings[i]);
    if (length <= ending || !g_str_has_suffix(name, article_endings[i])) continue;
    name[length - ending] = 0;
    break;
  }
  return pk_arena_printf(arena, "%s.%s", name, pk_output_ending(edition, format));
}

static int count_digits(size_t number) {
  int digits = 1;
  while (number /= 10) digits++;
  return digits;
}

pk_output_names pk_output_number(pk_arena *arena, const char *output, const size_t *pages, size_t page_count,
                                 size_t total) {
  const char **paths = PK_NEW_ARRAY(arena, const char *, MAX(page_count, 1));
  paths[0] = output;
  const char *ending = g_str_has_suffix(output, ".png") ? output + strlen(output) - strlen(".png") : NULL;
  size_t stem = ending ? (size_t)(ending - output) : strlen(output);
  for (size_t i = 0; i < page_count && page_count > 1; i++)
    paths[i] =
        pk_arena_printf(arena, "%.*s-%0*zu.png", (int)stem, output, count_digits(total), (pages ? pages[i] : i) + 1);
  return (pk_output_names){paths, page_count};
}

/* ---- no input is written over ------------------------------------------------ */

static bool is_same_file(const GStatBuf *a, const char *path) {
  GStatBuf b;
  return g_stat(path, &b) == 0 && a->st_dev == b.st_dev && a->st_ino == b.st_ino;
}

/* The input that the file `info` is, or NULL. */
static const char *find_input(const GStatBuf *info, const char *const *inputs, const pk_list *list) {
  for (; *inputs; inputs++)
    if (is_same_file(info, *inputs)) return *inputs;
  for (size_t page = 0; list && page < list->page_count; page++) {
    const pk_list_page *p = &list->pages[page];
    for (size_t i = 0; i < p->count; i++)
      if (p->draws[i].kind == PK_DRAW_ART && is_same_file(info, pk_art_path(p->draws[i].art.art)))
        return pk_art_path(p->draws[i].art.art);
  }
  return NULL;
}

pk_status pk_output_check(pk_job *job, const pk_output_names *names, const char *const *inputs, const pk_list *list) {
  for (size_t i = 0; i < names->count; i++) {
    GStatBuf info;
    if (g_stat(names->paths[i], &info) != 0) continue;
    const char *input = find_input(&info, inputs, list);
    if (!input) continue;
    pk_diagnostic *d = pk_diag_add(job->diag, PK_CODE_OUTPUT_IS_INPUT, PK_SPAN_NONE,
                                   "the output '%s' is a file that the document is made from", names->paths[i]);
    pk_diag_hint(job->diag, d, "name another file with -o");
    return PK_FAILED;
  }
  return PK_OK;
}

/* ---- writing ------------------------------------------------------------------ */

static const char *hint_for(const GError *error) {
  if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT)) return "make the folder first, or name another with -o";
  if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_ISDIR)) return "name a file in it with -o";
  if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_INVAL)) return "-o - writes to standard output";
  return NULL;
}

pk_status pk_output_write(pk_job *job, const presskit_result *result) {
  g_autoptr(pk_file_batch) batch = pk_file_batch_new();
  g_autoptr(GError) error = NULL;
  for (guint i = 0; i < result->files->len && !error; i++) {
    const pk_output_file *file = &g_array_index(result->files, pk_output_file, i);
    pk_file_batch_add(batch, file->path, file->data, file->size, &error);
  }
  if (!error && pk_file_batch_commit(batch, &error)) return PK_OK;
  pk_diagnostic *d = pk_diag_add(job->diag, PK_CODE_OUTPUT_FAILED, PK_SPAN_NONE, "cannot write %s", error->message);
  const char *hint = hint_for(error);
  if (hint) pk_diag_hint(job->diag, d, "%s", hint);
  return PK_SYSTEM;
}
