/* Writes files so that each appears whole, and several together or not at all.
 *
 * In:  bytes and where they go.
 * Out: the files, or none of them and an error.
 *
 * The bytes go to temporary files beside their targets first: a full disk shows
 * there, before anything changed. Placing one exchanges it with an older file
 * of its name (renameat2, RENAME_EXCHANGE), so that taking it back is the same
 * exchange again. The disk is not synced, as g_file_set_contents_full() would:
 * that costs more than the page, and a file that is whole is all that is asked. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  char *path;      /* where it goes, links resolved */
  char *temporary; /* NULL once it is placed and nothing is left to remove */
  gboolean is_placed;
  gboolean is_exchanged; /* placed; `temporary` holds the older file */
} entry;

struct pk_file_batch {
  GArray *entries;
};

static void set_error(GError **error, int code, const char *path) {
  g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(code), "%s: %s", path, g_strerror(code));
}

pk_file_batch *pk_file_batch_new(void) {
  pk_file_batch *batch = g_new0(pk_file_batch, 1);
  batch->entries = g_array_new(FALSE, TRUE, sizeof(entry));
  return batch;
}

void pk_file_batch_drop(pk_file_batch *batch) {
  if (!batch) return;
  for (guint i = 0; i < batch->entries->len; i++) {
    entry *e = &g_array_index(batch->entries, entry, i);
    if (e->temporary) g_unlink(e->temporary);
    g_free(e->temporary);
    g_free(e->path);
  }
  g_array_unref(batch->entries);
  g_free(batch);
}

static int write_all(int fd, const char *data, size_t size) {
  while (size) {
    ssize_t put = write(fd, data, size);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return errno;
    data += put;
    size -= (size_t)put;
  }
  return 0;
}

/* Writes the bytes to a file that has no name until all of them are there: a
 * process that is killed leaves nothing behind. 0, or EOPNOTSUPP where the file
 * system has no such files, or another error. */
static int write_nameless(const char *folder, char *template, const char *data, size_t size) {
  int fd = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
  if (fd < 0) return errno == ENOSPC || errno == EDQUOT || errno == EROFS ? errno : EOPNOTSUPP;
  int code = write_all(fd, data, size);
  g_autofree char *self = g_strdup_printf("/proc/self/fd/%d", fd), *pattern = g_strdup(template);
  for (int tries = 0; !code && tries < 100; tries++) {
    strcpy(template, pattern);
    char *end = template + strlen(template) - 6;
    for (int i = 0; i < 6; i++) end[i] = "abcdefghijklmnopqrstuvwxyz0123456789"[g_random_int_range(0, 36)];
    if (linkat(AT_FDCWD, self, AT_FDCWD, template, AT_SYMLINK_FOLLOW) == 0) break;
    if (errno != EEXIST) code = EOPNOTSUPP;
  }
  if (close(fd) != 0 && !code) code = errno;
  if (code) strcpy(template, pattern);
  return code;
}

/* Whether a file can be put at `path`. */
static gboolean check_target(const char *path, GError **error) {
  struct stat info = {0};
  int code = 0;
  if (!*path)
    code = ENOENT;
  else if (g_str_has_suffix(path, "/"))
    code = EISDIR;
  else if (stat(path, &info) != 0)
    code = errno == ENOENT ? 0 : errno;
  else if (S_ISDIR(info.st_mode))
    code = EISDIR;
  else if (!S_ISREG(info.st_mode)) {
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: it is a device or a pipe, not a file", path);
    return FALSE;
  }
  if (code) set_error(error, code, path);
  return !code;
}

/* The file that `path` means, links followed. Free with g_free(). */
static char *follow_links(const char *path) {
  char *real = realpath(path, NULL); /* malloc, not g_malloc */
  char *copy = g_strdup(real ? real : path);
  free(real);
  return copy;
}

gboolean pk_file_batch_add(pk_file_batch *batch, const char *path, const void *data, size_t size, GError **error) {
  if (!check_target(path, error)) return FALSE;
  entry fresh = {.path = follow_links(path)};
  g_autofree char *folder = g_path_get_dirname(fresh.path);
  fresh.temporary = g_build_filename(folder, ".presskit-XXXXXX", NULL);
  int direct = write_nameless(folder, fresh.temporary, data, size);
  if (direct != EOPNOTSUPP) {
    if (!direct)
      g_array_append_val(batch->entries, fresh);
    else {
      set_error(error, direct, path);
      g_free(fresh.temporary);
      g_free(fresh.path);
    }
    return !direct;
  }
  int fd = g_mkstemp_full(fresh.temporary, O_RDWR | O_CLOEXEC, 0666);
  if (fd < 0) {
    set_error(error, errno, path);
    g_free(fresh.temporary);
    g_free(fresh.path);
    return FALSE;
  }
  int code = write_all(fd, data, size);
  if (close(fd) != 0 && !code) code = errno;
  g_array_append_val(batch->entries, fresh); /* from here on dropping the batch removes it */
  if (code) set_error(error, code, path);
  return !code;
}

static gboolean place(entry *e, GError **error) {
  if (!check_target(e->path, error)) return FALSE; /* again: exchanging with a folder would work */
  if (g_access(e->path, F_OK) == 0 && renameat2(AT_FDCWD, e->temporary, AT_FDCWD, e->path, RENAME_EXCHANGE) == 0) {
    e->is_placed = e->is_exchanged = TRUE;
    return TRUE;
  }
  /* No older file, or a file system that cannot exchange. */
  if (g_rename(e->temporary, e->path) != 0) {
    set_error(error, errno, e->path);
    return FALSE;
  }
  g_clear_pointer(&e->temporary, g_free);
  e->is_placed = TRUE;
  return TRUE;
}

static void take_back(entry *e) {
  if (!e->is_placed) return;
  if (!e->is_exchanged)
    g_unlink(e->path);
  else
    (void)!renameat2(AT_FDCWD, e->temporary, AT_FDCWD, e->path, RENAME_EXCHANGE);
  e->is_placed = FALSE;
}

gboolean pk_file_batch_commit(pk_file_batch *batch, GError **error) {
  for (guint i = 0; i < batch->entries->len; i++) {
    if (place(&g_array_index(batch->entries, entry, i), error)) continue;
    while (i-- > 0) take_back(&g_array_index(batch->entries, entry, i));
    return FALSE;
  }
  return TRUE;
}

gboolean pk_file_write_atomic(const char *path, const void *data, size_t size, GError **error) {
  g_autoptr(pk_file_batch) batch = pk_file_batch_new();
  return pk_file_batch_add(batch, path, data, size, error) && pk_file_batch_commit(batch, error);
}
