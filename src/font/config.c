/* Makes the private configuration of fontconfig.
 *
 * In:  folders and single files. Out: a configuration that knows nothing else.
 *
 * Always holds: no folder of the system is read. Fontconfig's index of each
 * folder is kept in a cache of our own; where that cannot be written the files
 * are added one by one, which is slower and makes no noise. */
#include "font/config.h"

#include <glib/gstdio.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "font/file.h"

/* Packages that npm left below a folder hold fonts that nobody asked for. */
static char *configuration(const char *const *folders, const char *cache, bool with_folders) {
  GString *xml = g_string_new("<?xml version=\"1.0\"?><fontconfig>");
  for (; with_folders && *folders; folders++) {
    if (!g_file_test(*folders, G_FILE_TEST_IS_DIR)) continue;
    g_autofree char *path = g_canonicalize_filename(*folders, NULL);
    g_autofree char *escaped = g_markup_escape_text(path, -1);
    g_string_append_printf(xml, "<dir>%s</dir>", escaped);
  }
  g_autofree char *escaped = g_markup_escape_text(cache, -1);
  g_string_append_printf(xml,
                         "<cachedir>%s</cachedir><selectfont><rejectfont><glob>*/node_modules</glob></rejectfont>"
                         "<rejectfont><glob>*/node_modules/*</glob></rejectfont></selectfont></fontconfig>",
                         escaped);
  return g_string_free(xml, FALSE);
}

static bool is_writable(const char *folder) {
  return g_mkdir_with_parents(folder, 0755) == 0 && g_access(folder, W_OK | X_OK) == 0;
}

/* Whether every folder's index is already in the cache. */
static bool is_indexed(FcConfig *config, const char *const *folders) {
  for (; *folders; folders++) {
    if (!g_file_test(*folders, G_FILE_TEST_IS_DIR)) continue;
    g_autofree char *path = g_canonicalize_filename(*folders, NULL);
    FcCache *cache = FcDirCacheLoad((const FcChar8 *)path, config, NULL);
    if (!cache) return false;
    FcDirCacheUnload(cache);
  }
  return true;
}

static void add_files(FcConfig *config, const char *const *paths, bool with_folders) {
  for (; *paths; paths++) {
    if (g_file_test(*paths, G_FILE_TEST_IS_DIR) && !with_folders) continue;
    g_autoptr(GPtrArray) files = pk_font_files(*paths);
    for (guint i = 0; i < files->len; i++) FcConfigAppFontAddFile(config, g_ptr_array_index(files, i));
  }
}

FcConfig *pk_font_config_new(const char *const *paths, const char *cache) {
  FcConfig *config = FcConfigCreate();
  bool keeps_index = is_writable(cache);
  if (!keeps_index) {
    FcConfig *reader = FcConfigCreate();
    g_autofree char *xml = configuration(paths, cache, false);
    keeps_index = FcConfigParseAndLoadFromMemory(reader, (const FcChar8 *)xml, FcFalse) && is_indexed(reader, paths);
    FcConfigDestroy(reader);
  }
  g_autofree char *xml = configuration(paths, cache, keeps_index);
  FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)xml, FcFalse);
  FcConfigBuildFonts(config);
  add_files(config, paths, !keeps_index);
  return config;
}
