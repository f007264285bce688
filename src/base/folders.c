#include "base/folders.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

struct pk_folders {
  pk_arena *arena;
  GPtrArray *real;  /* without links */
  GPtrArray *spelt; /* absolute, as they were named: for files that do not exist */
};

static void unref_array(gpointer array) {
  g_ptr_array_unref(array);
}

pk_folders *pk_folders_new(pk_arena *arena) {
  pk_folders *folders = PK_NEW(arena, pk_folders);
  folders->arena = arena;
  folders->real = g_ptr_array_new();
  folders->spelt = g_ptr_array_new();
  pk_arena_defer(arena, unref_array, folders->real);
  pk_arena_defer(arena, unref_array, folders->spelt);
  return folders;
}

void pk_folders_add(pk_folders *folders, const char *folder) {
  char *real = realpath(folder, NULL);
  if (!real) return;
  g_autofree char *spelt = g_canonicalize_filename(folder, NULL);
  g_ptr_array_add(folders->real, pk_arena_strdup(folders->arena, real));
  g_ptr_array_add(folders->spelt, pk_arena_strdup(folders->arena, spelt));
  free(real);
}

void pk_folders_add_of(pk_folders *folders, const char *file) {
  g_autofree char *folder = g_path_get_dirname(file);
  pk_folders_add(folders, folder);
}

static bool is_below(const char *path, const char *folder) {
  size_t length = strlen(folder);
  if (length == 1) return true; /* the root */
  return strncmp(path, folder, length) == 0 && path[length] == '/';
}

static bool is_in_one(const GPtrArray *folders, const char *path) {
  for (guint i = 0; i < folders->len; i++)
    if (is_below(path, g_ptr_array_index(folders, i))) return true;
  return false;
}

bool pk_folders_hold(const pk_folders *folders, const char *path, const char **real) {
  char *resolved = realpath(path, NULL);
  *real = resolved ? pk_arena_strdup(folders->arena, resolved) : NULL;
  free(resolved);
  if (*real) return is_in_one(folders->real, *real);
  g_autofree char *spelt = g_canonicalize_filename(path, NULL);
  return is_in_one(folders->spelt, spelt) || is_in_one(folders->real, spelt);
}

pk_digest pk_folders_digest(const pk_folders *folders) {
  pk_digester *digester = pk_digester_new();
  for (guint i = 0; folders && i < folders->real->len; i++) {
    pk_digester_add_text(digester, g_ptr_array_index(folders->real, i));
    pk_digester_add_text(digester, g_ptr_array_index(folders->spelt, i));
  }
  return pk_digester_end(digester);
}
