/* The fonts of a run: fontconfig lists them, files are opened on first use.
 *
 * In:  folders and single files. Out: pk_font_set, frozen but for the faces that
 * open themselves behind the lock; a face that a caller holds is complete.
 *
 * Always holds: no folder of the system is read. Fontconfig's index of each
 * folder is kept in a cache of our own; where that cannot be written the files
 * are added one by one, which is slower and makes no noise. */
#include "font/set.h"

#include <glib/gstdio.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct pk_font_set {
  FcConfig *config;
  pk_arena *arena;
  pk_face_entry *entries; /* sorted by family, slope, weight, path */
  size_t count;
  const char **families;
  size_t family_count;
  pthread_mutex_t lock;   /* of the arena and of opening a face */
  const pk_face **listed; /* made when asked for */
};

/* ---- the private configuration ------------------------------------------- */

static bool is_font_file(const char *path) {
  static const char *const endings[] = {".ttf", ".otf", ".ttc", ".otc"};
  size_t size = strlen(path);
  for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
    if (size > 4 && g_ascii_strcasecmp(path + size - 4, endings[i]) == 0) return true;
  return false;
}

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

static int compare_paths(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_files_of(FcConfig *config, const char *folder) {
  GDir *dir = g_dir_open(folder, 0, NULL);
  if (!dir) return;
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
  for (const char *name; (name = g_dir_read_name(dir));)
    if (is_font_file(name)) g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
  g_dir_close(dir);
  g_ptr_array_sort(paths, compare_paths);
  for (guint i = 0; i < paths->len; i++) FcConfigAppFontAddFile(config, g_ptr_array_index(paths, i));
}

static void add_single_files(FcConfig *config, const char *const *paths, pk_diag *diag) {
  for (; *paths; paths++) {
    if (g_file_test(*paths, G_FILE_TEST_IS_DIR) || !is_font_file(*paths)) continue;
    g_autofree char *path = g_canonicalize_filename(*paths, NULL);
    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
      pk_diag_add(diag, PK_CODE_FILE_MISSING, PK_SPAN_NONE, "the font file %s does not exist", *paths);
    } else if (!FcConfigAppFontAddFile(config, (const FcChar8 *)path)) {
      pk_diag_add(diag, PK_CODE_FONT_UNREADABLE, PK_SPAN_NONE, "%s is not a font that can be read", *paths);
    }
  }
}

static FcConfig *load_configuration(const char *const *folders, const char *cache, pk_diag *diag) {
  FcConfig *config = FcConfigCreate();
  bool keeps_index = is_writable(cache);
  if (!keeps_index) {
    FcConfig *reader = FcConfigCreate();
    g_autofree char *xml = configuration(folders, cache, false);
    keeps_index = FcConfigParseAndLoadFromMemory(reader, (const FcChar8 *)xml, FcFalse) && is_indexed(reader, folders);
    FcConfigDestroy(reader);
  }
  g_autofree char *xml = configuration(folders, cache, keeps_index);
  FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)xml, FcFalse);
  FcConfigBuildFonts(config);
  if (!keeps_index)
    for (const char *const *folder = folders; *folder; folder++) add_files_of(config, *folder);
  add_single_files(config, folders, diag);
  return config;
}

/* ---- the list ------------------------------------------------------------ */

static int compare_entries(const void *a, const void *b) {
  const pk_face *x = &((const pk_face_entry *)a)->face, *y = &((const pk_face_entry *)b)->face;
  int order = g_ascii_strcasecmp(x->family, y->family);
  if (!order) order = (int)x->italic - (int)y->italic;
  if (!order) order = x->weight - y->weight;
  if (!order) order = strcmp(x->path, y->path);
  if (!order) order = (int)x->file_index - (int)y->file_index;
  return order;
}

static void list_entries(pk_font_set *set) {
  FcFontSet *sets[] = {FcConfigGetFonts(set->config, FcSetSystem), FcConfigGetFonts(set->config, FcSetApplication)};
  int total = (sets[0] ? sets[0]->nfont : 0) + (sets[1] ? sets[1]->nfont : 0);
  set->entries = PK_NEW_ARRAY(set->arena, pk_face_entry, MAX(total, 1));
  for (size_t s = 0; s < G_N_ELEMENTS(sets); s++)
    for (int i = 0; sets[s] && i < sets[s]->nfont; i++) {
      pk_face_entry entry = {0};
      if (pk_face_describe(set->arena, &entry, sets[s]->fonts[i])) set->entries[set->count++] = entry;
    }
  if (set->count) qsort(set->entries, set->count, sizeof *set->entries, compare_entries);
  set->families = PK_NEW_ARRAY(set->arena, const char *, set->count + 1);
  for (size_t i = 0; i < set->count; i++) {
    set->entries[i].face.index = (uint32_t)i;
    const char *family = set->entries[i].face.family;
    size_t known = set->family_count;
    if (!known || g_ascii_strcasecmp(set->families[known - 1], family)) set->families[set->family_count++] = family;
  }
}

pk_font_set *pk_font_set_new(const char *const *folders, const char *cache_folder, pk_diag *diag) {
  g_autofree char *cache =
      cache_folder ? g_strdup(cache_folder) : g_build_filename(g_get_user_cache_dir(), "presskit", "fontconfig", NULL);
  pk_font_set *set = g_new0(pk_font_set, 1);
  set->arena = pk_arena_new();
  pthread_mutex_init(&set->lock, NULL);
  set->config = load_configuration(folders, cache, diag);
  list_entries(set);
  if (set->count) {
    FcConfigSetCurrent(set->config);
    return set;
  }
  g_autofree char *places = g_strjoinv(", ", (char **)folders);
  pk_diagnostic *none =
      pk_diag_add(diag, PK_CODE_FONT_NONE, PK_SPAN_NONE, "there is no font in %s", *places ? places : "any folder");
  pk_diag_hint(diag, none, "run scripts/setup, or put .ttf or .otf files there");
  pk_font_set_drop(set);
  return NULL;
}

void pk_font_set_drop(pk_font_set *set) {
  if (!set) return;
  for (size_t i = 0; i < set->count; i++)
    if (set->entries[i].is_open) hb_face_destroy(set->entries[i].face.hb);
  FcConfigDestroy(set->config);
  pthread_mutex_destroy(&set->lock);
  pk_arena_drop(set->arena);
  g_free(set);
}

/* ---- looking up ---------------------------------------------------------- */

static const pk_face *opened(const pk_font_set *frozen, size_t number) {
  pk_font_set *set = (pk_font_set *)frozen;
  pk_face_entry *entry = &set->entries[number];
  if (!g_atomic_int_get(&entry->is_open)) {
    pthread_mutex_lock(&set->lock);
    if (!entry->is_open) {
      pk_face_open(set->arena, entry);
      g_atomic_int_set(&entry->is_open, 1);
    }
    pthread_mutex_unlock(&set->lock);
  }
  return &entry->face;
}

const char *const *pk_font_set_families(const pk_font_set *set, size_t *count) {
  *count = set->family_count;
  return set->families;
}

static bool has_name(const pk_face_entry *entry, const char *family) {
  for (size_t i = 0; i < entry->name_count; i++)
    if (g_ascii_strcasecmp(entry->names[i], family) == 0) return true;
  return false;
}

bool pk_font_set_has_family(const pk_font_set *set, const char *family) {
  for (size_t i = 0; i < set->count; i++)
    if (has_name(&set->entries[i], family)) return true;
  return false;
}

/* How far a face is from what was asked: slope first, then width, then weight;
 * between two weights equally far the one on the asked side of 500 wins (CSS
 * Fonts 4, section 5.2). */
static int distance(const pk_face_entry *entry, int weight, bool italic) {
  int far = 2 * abs(entry->face.weight - weight);
  if (weight <= 500 ? entry->face.weight > weight : entry->face.weight < weight) far++;
  return far + 4000 * abs(entry->width - FC_WIDTH_NORMAL) + (entry->face.italic != italic ? 4000000 : 0);
}

const pk_face *pk_font_set_find(const pk_font_set *set, const char *family, int weight, bool italic) {
  size_t best = set->count;
  for (size_t i = 0; i < set->count; i++) {
    if (!has_name(&set->entries[i], family)) continue;
    if (best == set->count ||
        distance(&set->entries[i], weight, italic) < distance(&set->entries[best], weight, italic))
      best = i;
  }
  return best < set->count ? opened(set, best) : NULL;
}

const pk_face *pk_font_set_find_file(const pk_font_set *set, const char *path, unsigned file_index) {
  for (size_t i = 0; i < set->count; i++) {
    const pk_face *face = &set->entries[i].face;
    if (face->file_index == file_index && strcmp(face->path, path) == 0) return opened(set, i);
  }
  return NULL;
}

const pk_face *const *pk_font_set_faces(const pk_font_set *frozen, size_t *count) {
  pk_font_set *set = (pk_font_set *)frozen;
  for (size_t i = 0; i < set->count; i++) opened(set, i);
  pthread_mutex_lock(&set->lock);
  if (!set->listed) {
    const pk_face **listed = PK_NEW_ARRAY(set->arena, const pk_face *, set->count);
    for (size_t i = 0; i < set->count; i++) listed[i] = &set->entries[i].face;
    set->listed = listed;
  }
  pthread_mutex_unlock(&set->lock);
  *count = set->count;
  return set->listed;
}

FcConfig *pk_font_set_config(const pk_font_set *set) {
  return set->config;
}
size_t pk_font_set_face_count(const pk_font_set *set) {
  return set->count;
}
