/* Writes files so that each appears whole, and several together or not at all.
 *
 * In:  bytes and where they go.
 * Out: the files, or none of them and an error.
 *
 * The bytes go to files without a name first (O_TMPFILE): a full disk shows there,
 * before anything changed, and a process that is killed leaves nothing. Placing
 * one gives it its name (linkat). Only what takes the place of an older file needs
 * a hidden name for the moment between two system calls, since no call of Linux
 * puts a nameless file in the place of another; and so do file systems that know
 * no nameless files. Hidden names tell their process, and pk_file_sweep() removes
 * those that dead ones left.
 *
 * Of several files each is exchanged with the older one of its name (renameat2,
 * RENAME_EXCHANGE), so that taking it back is the same exchange again. The disk is
 * not synced, as g_file_set_contents_full() would: that costs more than the page,
 * and a file that is whole is all that is asked. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A hidden name is this, the process, a dash and letters that are free. */
#define HIDDEN ".presskit-"
/* Descriptors are few: of a batch of more files the others are hidden at once. */
enum { MOST_NAMELESS = 4, LETTERS = 6, TRIES = 100 };

typedef struct {
  char *path;   /* where it goes, links resolved */
  char *hidden; /* its name until it is placed, or NULL; then that of the older file, until all are placed */
  int fd;       /* open, or -1; if `hidden` is NULL the file has no name at all */
  gboolean is_placed;
  gboolean is_exchanged; /* placed; `hidden` is the older file */
} entry;

struct pk_file_batch {
  GArray *entries;
  unsigned nameless;
};

static void set_error(GError **error, int code, const char *path) {
  g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(code), "%s: %s", path, g_strerror(code));
}

static void clear_entry(gpointer data) {
  entry *e = data;
  if (e->hidden) g_unlink(e->hidden);
  if (e->fd >= 0) close(e->fd);
  g_free(e->hidden);
  g_free(e->path);
}

pk_file_batch *pk_file_batch_new(void) {
  pk_file_batch *batch = g_new0(pk_file_batch, 1);
  batch->entries = g_array_new(FALSE, TRUE, sizeof(entry));
  g_array_set_clear_func(batch->entries, clear_entry);
  return batch;
}

void pk_file_batch_drop(pk_file_batch *batch) {
  if (!batch) return;
  g_array_unref(batch->entries);
  g_free(batch);
}

/* ---- bytes --------------------------------------------------------------------- */

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

/* A name beside `path` that is not taken, likely. Free with g_free(). */
static char *hidden_name(const char *path) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  g_autofree char *folder = g_path_get_dirname(path);
  char word[LETTERS + 1] = {0};
  for (int i = 0; i < LETTERS; i++) word[i] = letters[g_random_int_range(0, sizeof letters - 1)];
  return g_strdup_printf("%s/" HIDDEN "%d-%s", folder, (int)getpid(), word);
}

/* Gives a nameless file a name; 0 or an error. */
static int name_nameless(int fd, const char *path) {
  char self[32];
  g_snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
  return linkat(AT_FDCWD, self, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 ? 0 : errno;
}

/* -1 where the file system has no such files, or no file can be made there. */
static int open_nameless(const char *path) {
  if (g_access("/proc/self/fd", X_OK) != 0) return -1; /* it could not be named */
  g_autofree char *folder = g_path_get_dirname(path);
  return open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
}

static int open_hidden(entry *e) {
  for (int tries = 0; tries < TRIES; tries++) {
    g_free(e->hidden);
    e->hidden = hidden_name(e->path);
    int fd = open(e->hidden, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0) return fd;
    if (errno != EEXIST) break;
  }
  g_clear_pointer(&e->hidden, g_free);
  return -1;
}

static int hide_nameless(entry *e) {
  int code = EEXIST;
  for (int tries = 0; code == EEXIST && tries < TRIES; tries++) {
    g_free(e->hidden);
    e->hidden = hidden_name(e->path);
    code = name_nameless(e->fd, e->hidden);
  }
  if (code) g_clear_pointer(&e->hidden, g_free);
  return code;
}

/* ---- places -------------------------------------------------------------------- */

/* Whether a file can be put at `path`; `*is_link` if a link stands there. */
static gboolean check_target(const char *path, gboolean *is_link, GError **error) {
  struct stat info = {0};
  int code = 0;
  *is_link = lstat(path, &info) == 0 && S_ISLNK(info.st_mode);
  if (!*path)
    code = ENOENT;
  else if (g_str_has_suffix(path, "/"))
    code = EISDIR;
  else if ((*is_link || !info.st_mode) && stat(path, &info) != 0)
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

int pk_file_batch_open(pk_file_batch *batch, const char *path, GError **error) {
  gboolean is_link;
  if (!check_target(path, &is_link, error)) return -1;
  entry fresh = {.path = is_link ? follow_links(path) : g_strdup(path), .fd = -1};
  if (batch->nameless < MOST_NAMELESS) fresh.fd = open_nameless(fresh.path);
  batch->nameless += fresh.fd >= 0;
  if (fresh.fd < 0) fresh.fd = open_hidden(&fresh);
  if (fresh.fd < 0) set_error(error, errno, path);
  g_array_append_val(batch->entries, fresh); /* from here on dropping the batch removes it */
  return fresh.fd;
}

/* Closes a file that has a hidden name; what has none must stay open till it gets
 * its name. */
static int close_hidden(entry *e) {
  if (e->fd < 0 || !e->hidden) return 0;
  int code = close(e->fd) == 0 ? 0 : errno;
  e->fd = -1;
  return code;
}

gboolean pk_file_batch_add(pk_file_batch *batch, const char *path, const void *data, size_t size, GError **error) {
  int fd = pk_file_batch_open(batch, path, error);
  if (fd < 0) return FALSE;
  int code = write_all(fd, data, size),
      closing = close_hidden(&g_array_index(batch->entries, entry, batch->entries->len - 1));
  if (!code) code = closing;
  if (code) set_error(error, code, path);
  return !code;
}

/* Puts the file that has the hidden name in its place. */
static int place_hidden(entry *e, gboolean is_only) {
  /* A single file needs no taking back, so nothing of the older one stays. */
  if (!is_only && g_access(e->path, F_OK) == 0 &&
      renameat2(AT_FDCWD, e->hidden, AT_FDCWD, e->path, RENAME_EXCHANGE) == 0) {
    e->is_exchanged = TRUE;
    return 0;
  }
  /* No older file, or a file system that cannot exchange. */
  if (g_rename(e->hidden, e->path) != 0) return errno;
  g_clear_pointer(&e->hidden, g_free);
  return 0;
}

static gboolean place(entry *e, gboolean is_only, GError **error) {
  gboolean is_link;
  if (!check_target(e->path, &is_link, error)) return FALSE; /* again: exchanging with a folder would work */
  int code = close_hidden(e);
  if (!code) code = e->fd >= 0 ? name_nameless(e->fd, e->path) : EEXIST;
  if (code == EEXIST) {
    code = e->fd >= 0 ? hide_nameless(e) : 0;
    if (!code) code = place_hidden(e, is_only);
  }
  if (code) set_error(error, code, e->path);
  e->is_placed = !code;
  return !code;
}

static void take_back(entry *e) {
  if (!e->is_placed) return;
  if (!e->is_exchanged)
    g_unlink(e->path);
  else
    (void)!renameat2(AT_FDCWD, e->hidden, AT_FDCWD, e->path, RENAME_EXCHANGE);
  e->is_placed = FALSE;
}

gboolean pk_file_batch_commit(pk_file_batch *batch, GError **error) {
  gboolean is_only = batch->entries->len == 1;
  for (guint i = 0; i < batch->entries->len; i++) {
    if (place(&g_array_index(batch->entries, entry, i), is_only, error)) continue;
    while (i-- > 0) take_back(&g_array_index(batch->entries, entry, i));
    return FALSE;
  }
  return TRUE;
}

gboolean pk_file_write_atomic(const char *path, const void *data, size_t size, GError **error) {
  g_autoptr(pk_file_batch) batch = pk_file_batch_new();
  return pk_file_batch_add(batch, path, data, size, error) && pk_file_batch_commit(batch, error);
}

/* ---- what dead processes left --------------------------------------------------- */

/* Whether the name is one of ours whose process is gone, or this one. */
static gboolean is_left(const char *name) {
  if (!g_str_has_prefix(name, HIDDEN)) return FALSE;
  char *end;
  const char *number = name + strlen(HIDDEN);
  gint64 process = g_ascii_strtoll(number, &end, 10);
  if (end == number || *end != '-' || process <= 0 || process > G_MAXINT32) return FALSE;
  return process == getpid() || (kill((pid_t)process, 0) != 0 && errno == ESRCH);
}

void pk_file_sweep(const char *folder) {
  GDir *dir = g_dir_open(folder, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));) {
    if (!is_left(name)) continue;
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_unlink(path);
  }
  if (dir) g_dir_close(dir);
}
