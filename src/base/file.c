/* Reads whole files, bounded. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void set_error(GError **error, int code, const char *path) {
  g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(code), "%s: %s", path, g_strerror(code));
}

GBytes *pk_file_read(const char *path, size_t max_bytes, GError **error) {
  /* O_NONBLOCK so that a named pipe fails the test below instead of hanging. */
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) {
    set_error(error, errno, path);
    return NULL;
  }
  GBytes *bytes = NULL;
  struct stat info;
  if (fstat(fd, &info) != 0) {
    set_error(error, errno, path);
  } else if (S_ISDIR(info.st_mode)) {
    set_error(error, EISDIR, path);
  } else if (!S_ISREG(info.st_mode)) {
    set_error(error, ENXIO, path);
  } else if ((size_t)info.st_size > max_bytes) {
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "%s: %zu bytes, the limit is %zu", path, (size_t)info.st_size,
                max_bytes);
  } else {
    size_t size = (size_t)info.st_size, done = 0;
    char *data = g_malloc(size + 1);
    while (done < size) {
      ssize_t got = read(fd, data + done, size - done);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) break;
      done += (size_t)got;
    }
    data[done] = 0;
    bytes = g_bytes_new_take(data, done);
  }
  close(fd);
  return bytes;
}
