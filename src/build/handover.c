/* A kit to hand over: OUT.zip with the outputs, their SHA256SUMS and an index page.
 *
 * In:  the entries of a run in which nothing failed. Out: the archive, whole or not
 *      at all. It is made anew by every run that asks for it, from files that are
 *      there, so a run that was ended is gone on with like any other. */
#include <string.h>

#include "build/batch.h"
#include "build/index.h"
#include "build/zip.h"

static int compare_entries(gconstpointer a, gconstpointer b) {
  const pk_piece_entry *x = a, *y = b;
  return x->number < y->number ? -1 : x->number > y->number;
}

static bool is_packed(const char *name) {
  return g_str_has_suffix(name, ".pdf") || g_str_has_suffix(name, ".png");
}

/* As sha256sum writes and reads them. */
static void write_sums(const pk_batch *batch, FILE *out) {
  for (guint i = 0; i < batch->entries->len; i++) {
    const pk_piece_entry *e = &g_array_index(batch->entries, pk_piece_entry, i);
    for (size_t f = 0; e->files[f]; f++) fprintf(out, "%s  %s\n", e->sha256[f], e->files[f]);
  }
}

static gboolean add_outputs(const pk_batch *batch, pk_zip *zip, const char *folder, GError **error) {
  for (guint i = 0; i < batch->entries->len; i++) {
    const pk_piece_entry *e = &g_array_index(batch->entries, pk_piece_entry, i);
    for (size_t f = 0; e->files[f]; f++) {
      g_autofree char *path = g_build_filename(batch->folder, e->files[f], NULL);
      g_autofree char *name = g_strconcat(folder, "/", e->files[f], NULL);
      if (!pk_zip_add(zip, name, path, is_packed(path), error)) return FALSE;
    }
  }
  return TRUE;
}

static gboolean write_zip(const pk_batch *batch, FILE *index, FILE *sums, GError **error) {
  g_autofree char *folder = g_path_get_basename(batch->folder);
  g_autofree char *path = g_strconcat(batch->folder, ".zip", NULL);
  g_autofree char *index_name = g_strconcat(folder, "/index.html", NULL);
  g_autofree char *sums_name = g_strconcat(folder, "/SHA256SUMS", NULL);
  g_autoptr(pk_zip) zip = pk_zip_new(path, error);
  return zip && pk_zip_add_open(zip, index_name, index, error) && pk_zip_add_open(zip, sums_name, sums, error) &&
         add_outputs(batch, zip, folder, error) && pk_zip_close(zip, error);
}

pk_status pk_batch_hand_over(pk_batch *batch) {
  g_autoptr(GError) error = NULL;
  FILE *index = tmpfile(), *sums = tmpfile();
  bool is_fine = index && sums && batch->pictures && !ferror(batch->pictures);
  g_array_sort(batch->entries, compare_entries);
  is_fine = is_fine && pk_index_write(batch, index);
  if (is_fine) {
    write_sums(batch, sums);
    is_fine = write_zip(batch, index, sums, &error);
  }
  if (!is_fine)
    pk_diag_add(batch->job->diag, PK_CODE_OUTPUT_FAILED, PK_SPAN_NONE, "cannot write %s",
                error ? error->message : "temporary files: is $TMPDIR full?");
  if (index) fclose(index);
  if (sums) fclose(sums);
  return is_fine ? PK_OK : PK_SYSTEM;
}
