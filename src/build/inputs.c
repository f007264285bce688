/* Finds the layout and the office of a render, and its date. */
#include "build/inputs.h"

#include <string.h>

static bool is_path(const char *name) {
  return strchr(name, '/') || g_str_has_suffix(name, ".yaml") || g_str_has_suffix(name, ".yml");
}

static void raise_unknown(presskit_engine *engine, pk_job *job, const char *name) {
  g_auto(GStrv) names = pk_engine_layouts(engine);
  const char *nearest = pk_diag_nearest(name, (const char *const *)names, g_strv_length(names));
  pk_diagnostic *d = pk_diag_add(job->diag, PK_CODE_LAYOUT_UNKNOWN, PK_SPAN_NONE, "there is no layout '%s'", name);
  g_autofree char *all = g_strjoinv(", ", names);
  if (nearest)
    pk_diag_hint(job->diag, d, "did you mean '%s'?", nearest);
  else
    pk_diag_hint(job->diag, d, "the layouts are: %s; a layout of your own is named by its file: ./%s.yaml", all, name);
}

pk_status pk_inputs_layout(presskit_engine *engine, pk_job *job, const char *name, const char **path) {
  if (is_path(name)) {
    *path = name;
    return PK_OK;
  }
  g_autofree char *shipped = g_strdup_printf("%s/%s.yaml", engine->layouts, name);
  if (!*name || !g_file_test(shipped, G_FILE_TEST_EXISTS)) {
    raise_unknown(engine, job, name);
    return PK_FAILED;
  }
  *path = pk_arena_strdup(job->arena, shipped);
  return PK_OK;
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
