/* The engine: where the data is, and what is loaded once.
 *
 * Nothing is touched before it is needed: the data folder at the first look-up,
 * fonts and hyphenation at the first document. No path of the machine it was
 * built on is compiled in; data is found from where the program, or the library
 * if it is a shared one, lies. */
#include "build/engine.h"

#include <dlfcn.h>

#include "base/deflate.h"

#ifndef PRESSKIT_HYPHEN_FOLDER
#define PRESSKIT_HYPHEN_FOLDER "/usr/share/hyphen"
#endif

/* From PREFIX/lib/TRIPLET up to PREFIX, and from build/PRESET/tests up to the
 * source tree. */
enum { LEVELS_UP = 4 };

static void drop_fonts(gpointer data) {
  pk_engine_fonts *entry = data;
  pk_font_set_drop(entry->fonts);
  g_strfreev(entry->paths);
}

presskit_engine *presskit_engine_new(const char *data_folder) {
  presskit_engine *engine = g_new0(presskit_engine, 1);
  engine->wanted = g_strdup(data_folder);
  pthread_mutex_init(&engine->lock, NULL);
  engine->font_sets = g_array_new(FALSE, FALSE, sizeof(pk_engine_fonts));
  g_array_set_clear_func(engine->font_sets, drop_fonts);
  g_autofree char *cache = pk_cache_folder();
  engine->cache = pk_cache_new(cache);
  return engine;
}

void pk_engine_release(pk_worker *worker) {
  g_clear_pointer(&worker->para, pk_para_worker_drop);
  g_clear_pointer(&worker->font, pk_font_worker_drop);
  g_clear_pointer(&worker->packer, pk_packer_drop);
  g_clear_pointer(&worker->scratch, pk_arena_drop);
  worker->fonts = NULL;
}

void presskit_engine_drop(presskit_engine *engine) {
  if (!engine) return;
  pk_engine_release(&engine->worker);
  g_array_unref(engine->font_sets);
  g_clear_pointer(&engine->hyphenation, pk_hyphenation_drop);
  pk_cache_drop(engine->cache);
  pthread_mutex_destroy(&engine->lock);
  g_free(engine->wanted);
  g_free(engine->data);
  g_free(engine->layouts);
  g_free(engine->printers);
  g_free(engine->profiles);
  g_free(engine);
}

/* ---- where the data is ----------------------------------------------------- */

static bool holds_data(const char *folder) {
  g_autofree char *base = g_build_filename(folder, "layouts", "base.yaml", NULL);
  return g_file_test(base, G_FILE_TEST_IS_REGULAR);
}

/* The data folder seen from the folder of `file` upward, or NULL. */
static char *find_from(const char *file) {
  g_autofree char *folder = g_path_get_dirname(file);
  for (int level = 0; level < LEVELS_UP; level++) {
    g_autofree char *shared = g_build_filename(folder, "share", "presskit", NULL);
    if (holds_data(shared)) return g_steal_pointer(&shared);
    if (holds_data(folder)) return g_steal_pointer(&folder);
    char *parent = g_path_get_dirname(folder);
    g_free(folder);
    folder = parent;
  }
  return NULL;
}

static char *find_data(void) {
  g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
  char *found = program ? find_from(program) : NULL;
  Dl_info library;
  if (!found && dladdr((const void *)holds_data, &library) && library.dli_fname) {
    g_autofree char *absolute = g_canonicalize_filename(library.dli_fname, NULL);
    found = find_from(absolute);
  }
  return found;
}

pk_status pk_engine_locate(presskit_engine *engine, pk_diag *diag) {
  if (engine->data) return PK_OK;
  const char *named = engine->wanted ? engine->wanted : g_getenv("PRESSKIT_DATA");
  if (named && !*named) named = NULL;
  if (named && !holds_data(named)) {
    pk_diagnostic *d = pk_diag_add(diag, PK_CODE_DATA_MISSING, PK_SPAN_NONE,
                                   "'%s' is not presskit's data folder: it holds no layouts/base.yaml", named);
    if (!engine->wanted) pk_diag_hint(diag, d, "the environment variable PRESSKIT_DATA names it: correct or unset it");
    return PK_FAILED;
  }
  engine->data = named ? g_canonicalize_filename(named, NULL) : find_data();
  if (!engine->data) {
    pk_diagnostic *d = pk_diag_add(diag, PK_CODE_DATA_MISSING, PK_SPAN_NONE, "presskit's own layouts are not found");
    pk_diag_hint(diag, d, "install presskit again, or set PRESSKIT_DATA to the folder that holds layouts/ and fonts/");
    return PK_FAILED;
  }
  engine->layouts = g_build_filename(engine->data, "layouts", NULL);
  engine->printers = g_build_filename(engine->layouts, "printers", NULL);
  engine->profiles = g_build_filename(engine->layouts, "profiles", NULL);
  return PK_OK;
}

/* ---- layouts and printers --------------------------------------------------------------- */

static int compare_names(gconstpointer a, gconstpointer b) {
  return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

/* The names of the .yaml files in `path`, without `left_out`. */
static char **list_files(const char *path, const char *left_out) {
  GPtrArray *names = g_ptr_array_new();
  GDir *folder = g_dir_open(path, 0, NULL);
  for (const char *file; folder && (file = g_dir_read_name(folder));) {
    if (!g_str_has_suffix(file, ".yaml") || g_strcmp0(file, left_out) == 0) continue;
    g_ptr_array_add(names, g_strndup(file, strlen(file) - strlen(".yaml")));
  }
  g_clear_pointer(&folder, g_dir_close);
  g_ptr_array_sort(names, compare_names);
  g_ptr_array_add(names, NULL);
  return (char **)g_ptr_array_free(names, FALSE);
}

char **pk_engine_layouts(const presskit_engine *engine) {
  return list_files(engine->layouts, "base.yaml");
}

char **pk_engine_printers(const presskit_engine *engine) {
  return list_files(engine->printers, NULL);
}

/* ---- fonts and hyphenation -------------------------------------------------- */

/* presskit's fonts, and what the layout has of its own: pk_layout_build() found
 * both the files it names and those in folders fonts/ beside it. */
static char **list_font_paths(const presskit_engine *engine, const pk_layout *layout) {
  GPtrArray *paths = g_ptr_array_new();
  g_ptr_array_add(paths, g_build_filename(engine->data, "fonts", NULL));
  for (size_t i = 0; layout && i < layout->font_file_count; i++)
    g_ptr_array_add(paths, g_strdup(layout->font_files[i]));
  g_ptr_array_add(paths, NULL);
  return (char **)g_ptr_array_free(paths, FALSE);
}

static pk_font_set *find_fonts(presskit_engine *engine, const pk_layout *layout, pk_diag *diag) {
  g_auto(GStrv) paths = list_font_paths(engine, layout);
  for (guint i = 0; i < engine->font_sets->len; i++) {
    const pk_engine_fonts *entry = &g_array_index(engine->font_sets, pk_engine_fonts, i);
    if (g_strv_equal((const char *const *)paths, (const char *const *)entry->paths)) return entry->fonts;
  }
  pk_engine_fonts fresh = {.fonts = pk_font_set_new((const char *const *)paths, NULL, diag)};
  if (!fresh.fonts) return NULL;
  fresh.paths = g_steal_pointer(&paths);
  g_array_append_val(engine->font_sets, fresh);
  return fresh.fonts;
}

pk_status pk_engine_prepare(presskit_engine *engine, pk_worker *worker, const pk_layout *layout, pk_diag *diag) {
  pthread_mutex_lock(&engine->lock);
  const pk_font_set *fonts = pk_engine_locate(engine, diag) == PK_OK ? find_fonts(engine, layout, diag) : NULL;
  if (!engine->hyphenation) engine->hyphenation = pk_hyphenation_new(PRESSKIT_HYPHEN_FOLDER, diag);
  pthread_mutex_unlock(&engine->lock);
  if (!fonts) return PK_FAILED;
  if (worker->fonts != fonts) pk_engine_release(worker);
  worker->fonts = fonts;
  worker->hyphenation = engine->hyphenation;
  worker->cache = engine->cache;
  if (!worker->scratch) worker->scratch = pk_arena_new();
  if (!worker->font) worker->font = pk_font_worker_new(fonts);
  if (!worker->para) worker->para = pk_para_worker_new(worker);
  return PK_OK;
}
