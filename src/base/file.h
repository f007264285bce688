/* Whole files in and out. */
#ifndef PK_FILE_H
#define PK_FILE_H

#include <glib.h>

/* The bytes of the file at `path`, or NULL with `error` (domain G_FILE_ERROR;
 * G_FILE_ERROR_NOSPC stands for "larger than max_bytes", G_FILE_ERROR_ISDIR,
 * G_FILE_ERROR_NOENT, ...). Only regular files are read; nothing beyond
 * `max_bytes` is. Free with g_bytes_unref(). */
GBytes *pk_file_read(const char *path, size_t max_bytes, GError **error);

/* Writes `size` bytes to a temporary file beside `path` and renames it there
 * when all of it is on disk. On failure nothing remains, an older file at
 * `path` is as it was, and `error` is set (domain G_FILE_ERROR). */
gboolean pk_file_write_atomic(const char *path, const void *data, size_t size, GError **error);

#endif
