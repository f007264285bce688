/* The fonts of a run: listed by their own tables, opened on first use.
 *
 * In:  folders and single files. Out: pk_font_set, frozen but for what opens
 *      itself behind the lock: faces, and fontconfig's view of the same files,
 *      which most documents never need. A face that a caller holds is complete. */
#include "font/set.h"

#include <glib/gstdio.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "font/config.h"
#include "font/file.h"

struct pk_font_set {
  char **paths, *cache; /* what the configuration is made of */
  FcConfig *config;     /* made when asked for */
  pk_arena *arena;
  pk_face_entry *entries; /* sorted by family, slope, weight, path */
  size_t count;
  const char **families;
  size_t family_count;
  pthread_mutex_t lock;   /* of the arena, of opening a face, of the configuration */
  const pk_face **listed; /* made when asked for */
};

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

/* A file that a layout names must be there and be a font; in a folder, what is
 * none is passed over. */
static void list_path(pk_font_set *set, GArray *entries, const char *path, pk_diag *diag) {
  g_autoptr(GPtrArray) files = pk_font_files(path);
  bool is_named = pk_font_file_is(path);
  for (guint i = 0; i < files->len; i++) {
    const char *file = g_ptr_array_index(files, i);
    guint before = entries->len;
    pk_face_list(set->arena, entries, file);
    if (!is_named || entries->len > before) continue;
    if (!g_file_test(file, G_FILE_TEST_IS_REGULAR))
      pk_diag_add(diag, PK_CODE_FILE_MISSING, PK_SPAN_NONE, "the font file %s does not exist", path);
    else
      pk_diag_add(diag, PK_CODE_FONT_UNREADABLE, PK_SPAN_NONE, "%s is not a font that can be read", path);
  }
}

static void list_entries(pk_font_set *set, pk_diag *diag) {
  GArray *entries = g_array_new(FALSE, TRUE, sizeof(pk_face_entry));
  for (char **path = set->paths; *path; path++) list_path(set, entries, *path, diag);
  set->count = entries->len;
  set->entries = pk_arena_take_array(set->arena, entries);
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
  pk_font_set *set = g_new0(pk_font_set, 1);
  set->paths = g_strdupv((char **)folders);
  set->cache =
      cache_folder ? g_strdup(cache_folder) : g_build_filename(g_get_user_cache_dir(), "presskit", "fontconfig", NULL);
  set->arena = pk_arena_new();
  pthread_mutex_init(&set->lock, NULL);
  list_entries(set, diag);
  if (set->count) return set;
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
  if (set->config) FcConfigDestroy(set->config);
  pthread_mutex_destroy(&set->lock);
  pk_arena_drop(set->arena);
  g_strfreev(set->paths);
  g_free(set->cache);
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
  return far + 4000 * abs(entry->width - PK_WIDTH_NORMAL) + (entry->face.italic != italic ? 4000000 : 0);
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

FcConfig *pk_font_set_config(const pk_font_set *frozen) {
  pk_font_set *set = (pk_font_set *)frozen;
  pthread_mutex_lock(&set->lock);
  if (!set->config) {
    set->config = pk_font_config_new((const char *const *)set->paths, set->cache);
    FcConfigSetCurrent(set->config);
  }
  pthread_mutex_unlock(&set->lock);
  return set->config;
}

pk_digest pk_font_set_digest(const pk_font_set *set) {
  g_autoptr(GString) text = g_string_new(NULL);
  for (size_t i = 0; i < set->count; i++) {
    GStatBuf info = {0};
    (void)!g_stat(set->entries[i].face.path, &info);
    g_string_append_printf(text, "%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", set->entries[i].face.path,
                           (gint64)info.st_size, (gint64)info.st_mtime);
  }
  return pk_digest_of(text->str, text->len);
}

void pk_font_set_make_current(const pk_font_set *set) {
  pk_font_set_config(set);
}

size_t pk_font_set_face_count(const pk_font_set *set) {
  return set->count;
}
