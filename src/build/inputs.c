/* Finds the layout, the office and the printer of a render, and its date. */
#include "build/inputs.h"

#include <string.h>

#include "base/folders.h"
#include "spec/memo.h"

static bool is_path(const char *name) {
  return strchr(name, '/') || g_str_has_suffix(name, ".yaml") || g_str_has_suffix(name, ".yml");
}

/* What comes with presskit of one kind. */
typedef struct {
  const char *what;
  pk_code unknown;
  const char *folder;
  char **(*names)(const presskit_engine *engine);
} shipped;

static void raise_unknown(presskit_engine *engine, pk_job *job, const shipped *kind, const char *name) {
  g_auto(GStrv) names = kind->names(engine);
  const char *nearest = pk_diag_nearest(name, (const char *const *)names, g_strv_length(names));
  pk_diagnostic *d = pk_diag_add(job->diag, kind->unknown, PK_SPAN_NONE, "there is no %s '%s'", kind->what, name);
  g_autofree char *all = g_strjoinv(", ", names);
  if (nearest)
    pk_diag_hint(job->diag, d, "did you mean '%s'?", nearest);
  else
    pk_diag_hint(job->diag, d, "the %ss are: %s; a %s of your own is named by its file: ./%s.yaml", kind->what, all,
                 kind->what, name);
}

static pk_status find(presskit_engine *engine, pk_job *job, const shipped *kind, const char *name, const char **path) {
  if (is_path(name)) {
    *path = name;
    return PK_OK;
  }
  g_autofree char *file = g_strdup_printf("%s/%s.yaml", kind->folder, name);
  if (!*name || !g_file_test(file, G_FILE_TEST_EXISTS)) {
    raise_unknown(engine, job, kind, name);
    return PK_FAILED;
  }
  *path = pk_arena_strdup(job->arena, file);
  return PK_OK;
}

pk_status pk_inputs_layout(presskit_engine *engine, pk_job *job, const char *name, const char **path) {
  const shipped layouts = {"layout", PK_CODE_LAYOUT_UNKNOWN, engine->layouts, pk_engine_layouts};
  return find(engine, job, &layouts, name, path);
}

const char *pk_inputs_usual_printer(presskit_edition edition) {
  return edition == PRESSKIT_OFFICE ? "office-duplex" : "sheetfed-coated-x4";
}

pk_status pk_inputs_printer(presskit_engine *engine, pk_job *job, const char *name, presskit_edition edition,
                            const char **path) {
  const shipped printers = {"printer", PK_CODE_PRINTER_UNKNOWN, engine->printers, pk_engine_printers};
  if (!name) name = pk_inputs_usual_printer(edition);
  return find(engine, job, &printers, name, path);
}

const char *pk_inputs_office(pk_arena *arena, const char *article) {
  g_autofree char *here = g_get_current_dir();
  g_autofree char *absolute = g_canonicalize_filename(article, here);
  g_autofree char *folder = g_path_get_dirname(absolute);
  for (;;) {
    g_autofree char *office = g_build_filename(folder, "office.yaml", NULL);
    if (g_file_test(office, G_FILE_TEST_IS_REGULAR)) {
      size_t length = strlen(here);
      bool is_below = !g_path_is_absolute(article) && strncmp(office, here, length) == 0 && office[length] == '/';
      return pk_arena_strdup(arena, is_below ? office + length + 1 : office);
    }
    char *parent = g_path_get_dirname(folder);
    bool is_root = g_str_equal(parent, folder);
    g_free(folder);
    folder = parent;
    if (is_root) return NULL;
  }
}

pk_status pk_inputs_timestamp(pk_job *job, const pk_date *date, int64_t *timestamp) {
  const char *epoch = g_getenv("SOURCE_DATE_EPOCH");
  if (epoch) {
    /* The year 9999 is the last that a PDF can write. */
    gint64 seconds;
    if (!g_ascii_string_to_signed(epoch, 10, 0, G_GINT64_CONSTANT(253402300799), &seconds, NULL)) {
      pk_diagnostic *d = pk_diag_add(job->diag, PK_CODE_OPTION_INVALID, PK_SPAN_NONE,
                                     "the environment variable SOURCE_DATE_EPOCH is '%s', not a time", epoch);
      pk_diag_hint(job->diag, d,
                   "it takes seconds since 1970-01-01 UTC, a whole number; unset it if you do not need it");
      return PK_FAILED;
    }
    *timestamp = seconds;
    return PK_OK;
  }
  *timestamp = 0;
  if (!date->is_given) return PK_OK;
  g_autoptr(GDateTime) midnight = g_date_time_new_utc(date->year, date->month, date->day, 0, 0, 0);
  if (midnight) *timestamp = g_date_time_to_unix(midnight);
  return PK_OK;
}

/* ---- shared where rows say the same --------------------------------------------- */

static pk_digest key_of(const pk_job *job, const char *what, const char *path) {
  pk_digest folders = pk_folders_digest(job->folders);
  pk_digester *digester = pk_digester_new();
  pk_digester_add_text(digester, what);
  pk_digester_add_text(digester, path);
  pk_digester_add(digester, &folders, sizeof folders);
  return pk_digester_end(digester);
}

static pk_status make_article(pk_job *job, void *path, pk_memo_made *made) {
  const pk_article *article;
  pk_status status = pk_article_build(job, path, &article);
  if (status == PK_OK) made->value = article;
  return status;
}

pk_status pk_inputs_article(pk_job *job, const char *path, const pk_article **out) {
  return pk_memo(job, key_of(job, "article", path), make_article, (void *)path, (const void **)out);
}

static pk_status make_book(pk_job *job, void *path, pk_memo_made *made) {
  const pk_book *book;
  pk_status status = pk_book_build(job, path, &book);
  if (status == PK_OK) made->value = book;
  return status;
}

pk_status pk_inputs_book(pk_job *job, const char *path, const pk_book **out) {
  return pk_memo(job, key_of(job, "book", path), make_book, (void *)path, (const void **)out);
}
