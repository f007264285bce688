/* Whole files in and out. */
#ifndef PK_FILE_H
#define PK_FILE_H

#include <glib.h>

/* The bytes of the file at `path`, or NULL with `error` (domain G_FILE_ERROR;
 * G_FILE_ERROR_NOSPC stands for "larger than max_bytes", G_FILE_ERROR_ISDIR,
 * G_FILE_ERROR_NOENT, ...). Only regular files are read; nothing beyond
 * `max_bytes` is. Free with g_bytes_unref(). */
GBytes *pk_file_read(const char *path, size_t max_bytes, GError **error);

/* Writes `size` bytes to a file without a name and puts it at `path` when all of
 * it is written. On failure nothing remains, an older file at
 * `path` is as it was, and `error` is set (domain G_FILE_ERROR). */
gboolean pk_file_write_atomic(const char *path, const void *data, size_t size, GError **error);

/* ---- several files at once ------------------------------------------------ */

/* Files that appear together or not at all. */
typedef struct pk_file_batch pk_file_batch;

pk_file_batch *pk_file_batch_new(void);

/* Writes `size` bytes to a file in the folder of `path` that has no name, or a
 * hidden one where the file system knows no other; nothing appears at `path` yet. A symbolic link at `path` stays one:
 * what it points to is replaced. Anything there but an ordinary file is an error. */
gboolean pk_file_batch_add(pk_file_batch *batch, const char *path, const void *data, size_t size, GError **error);

/* The same for a file whose bytes come one after the other: a descriptor to write
 * them to before the batch is committed, which closes it; or -1. */
int pk_file_batch_open(pk_file_batch *batch, const char *path, GError **error);

/* Puts every file in its place. If one fails, those already placed are taken
 * back, with the older files they replaced restored, and `error` is set. */
gboolean pk_file_batch_commit(pk_file_batch *batch, GError **error);

/* Removes what was not committed. */
void pk_file_batch_drop(pk_file_batch *batch);

/* Removes from `folder` the hidden files of processes that were killed, and of
 * this one, which must not be writing there. Those of other machines and
 * containers look dead too: the caller knows that nobody there writes to it. */
void pk_file_sweep(const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(pk_file_batch, pk_file_batch_drop)

#endif
