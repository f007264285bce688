/* Archives by libzip, through a descriptor of ours: libzip's own temporary file
 * would have a name, and stay behind if the process is killed. */
#include "build/zip.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "base/file.h"

struct pk_zip {
  char *path;
  pk_file_batch *batch; /* of one file */
  int fd;
  zip_t *zip; /* NULL once it is closed */
  zip_uint16_t date, time;
};

static void set_error(GError **error, const char *path, int system, const char *message) {
  int code = system ? (int)g_file_error_from_errno(system) : G_FILE_ERROR_FAILED;
  g_set_error(error, G_FILE_ERROR, code, "%s: %s", path, system ? g_strerror(system) : message);
}

static void set_zip_error(GError **error, const char *path, zip_error_t *why) {
  gboolean is_system = zip_error_system_type(why) == ZIP_ET_SYS;
  set_error(error, path, is_system ? zip_error_code_system(why) : 0, zip_error_strerror(why));
}

/* ---- the archive as libzip sees it ------------------------------------------------ */

typedef struct {
  int fd;
  zip_error_t error;
} sink;

static zip_int64_t fail(sink *s, int code) {
  zip_error_set(&s->error, ZIP_ER_WRITE, code);
  return -1;
}

static zip_int64_t write_some(sink *s, const char *data, zip_uint64_t size) {
  for (zip_uint64_t done = 0; done < size;) {
    ssize_t put = write(s->fd, data + done, size - done);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return fail(s, errno);
    done += (zip_uint64_t)put;
  }
  return (zip_int64_t)size;
}

static zip_int64_t seek_to(sink *s, void *data, zip_uint64_t size) {
  off_t now = lseek(s->fd, 0, SEEK_CUR), end = lseek(s->fd, 0, SEEK_END);
  zip_int64_t to = zip_source_seek_compute_offset((zip_uint64_t)now, (zip_uint64_t)end, data, size, &s->error);
  if (to < 0) return -1;
  return lseek(s->fd, (off_t)to, SEEK_SET) < 0 ? fail(s, errno) : 0;
}

static zip_int64_t on_command(void *state, void *data, zip_uint64_t size, zip_source_cmd_t command) {
  sink *s = state;
  switch (command) {
  case ZIP_SOURCE_BEGIN_WRITE:
  case ZIP_SOURCE_COMMIT_WRITE:
  case ZIP_SOURCE_ROLLBACK_WRITE:
  case ZIP_SOURCE_REMOVE: return 0; /* pk_file_batch places it or drops it */
  case ZIP_SOURCE_WRITE: return write_some(s, data, size);
  case ZIP_SOURCE_SEEK_WRITE: return seek_to(s, data, size);
  case ZIP_SOURCE_TELL_WRITE: return (zip_int64_t)lseek(s->fd, 0, SEEK_CUR);
  case ZIP_SOURCE_STAT:
    /* There is nothing to read: the archive begins empty. */
    zip_error_set(&s->error, ZIP_ER_READ, ENOENT);
    return -1;
  case ZIP_SOURCE_ERROR: return zip_error_to_data(&s->error, data, size);
  case ZIP_SOURCE_FREE: g_free(s); return 0;
  case ZIP_SOURCE_SUPPORTS: return ZIP_SOURCE_SUPPORTS_WRITABLE;
  default: zip_error_set(&s->error, ZIP_ER_OPNOTSUPP, 0); return -1;
  }
}

static zip_t *open_archive(int fd, zip_error_t *why) {
  sink *s = g_new0(sink, 1);
  s->fd = fd;
  zip_error_init(&s->error);
  zip_source_t *source = zip_source_function_create(on_command, s, why);
  if (!source) {
    g_free(s);
    return NULL;
  }
  zip_t *zip = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, why);
  if (!zip) zip_source_free(source);
  return zip;
}

/* ---- opening --------------------------------------------------------------------- */

/* The fields of a DOS date, of SOURCE_DATE_EPOCH in UTC; it begins in 1980. */
static void set_date(pk_zip *zip) {
  const char *epoch = g_getenv("SOURCE_DATE_EPOCH");
  gint64 seconds = epoch ? g_ascii_strtoll(epoch, NULL, 10) : 0;
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(seconds);
  int year = date ? g_date_time_get_year(date) : 0;
  zip->date = 1 << 5 | 1;
  zip->time = 0;
  if (year < 1980 || year > 2107) return;
  zip->date =
      (zip_uint16_t)((year - 1980) << 9 | g_date_time_get_month(date) << 5 | g_date_time_get_day_of_month(date));
  zip->time = (zip_uint16_t)(g_date_time_get_hour(date) << 11 | g_date_time_get_minute(date) << 5 |
                             g_date_time_get_second(date) / 2);
}

pk_zip *pk_zip_new(const char *path, GError **error) {
  g_autoptr(pk_zip) zip = g_new0(pk_zip, 1);
  zip->path = g_strdup(path);
  zip->batch = pk_file_batch_new();
  zip->fd = pk_file_batch_open(zip->batch, path, error);
  if (zip->fd < 0) return NULL;
  zip_error_t why;
  zip_error_init(&why);
  zip->zip = open_archive(zip->fd, &why);
  if (!zip->zip) set_zip_error(error, path, &why);
  zip_error_fini(&why);
  set_date(zip);
  return zip->zip ? g_steal_pointer(&zip) : NULL;
}

/* ---- files ----------------------------------------------------------------------- */

enum { PLAIN_FILE = 0100644 };

static gboolean add(pk_zip *zip, const char *name, zip_source_t *source, gboolean is_packed, zip_error_t *why,
                    GError **error) {
  zip_int64_t index = source ? zip_file_add(zip->zip, name, source, ZIP_FL_ENC_UTF_8) : -1;
  if (index < 0) {
    set_zip_error(error, name, source ? zip_get_error(zip->zip) : why);
    if (source) zip_source_free(source);
    return FALSE;
  }
  zip_uint64_t at = (zip_uint64_t)index;
  if (zip_set_file_compression(zip->zip, at, is_packed ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0) == 0 &&
      zip_file_set_dostime(zip->zip, at, zip->time, zip->date, 0) == 0 &&
      zip_file_set_external_attributes(zip->zip, at, 0, ZIP_OPSYS_UNIX, (zip_uint32_t)PLAIN_FILE << 16) == 0)
    return TRUE;
  set_zip_error(error, name, zip_get_error(zip->zip));
  return FALSE;
}

gboolean pk_zip_add(pk_zip *zip, const char *name, const char *path, gboolean is_packed, GError **error) {
  zip_error_t why;
  zip_error_init(&why);
  gboolean is_added = add(zip, name, zip_source_file_create(path, 0, 0, &why), is_packed, &why, error);
  zip_error_fini(&why);
  return is_added;
}

gboolean pk_zip_add_open(pk_zip *zip, const char *name, FILE *file, GError **error) {
  zip_error_t why;
  struct stat info;
  if (fflush(file) != 0 || ferror(file) || fstat(fileno(file), &info) != 0) {
    set_error(error, name, errno, NULL);
    return FALSE;
  }
  zip_error_init(&why);
  /* By another descriptor: libzip closes what it was given. */
  FILE *own = fdopen(dup(fileno(file)), "r");
  if (own) rewind(own); /* libzip reads on from where it stands */
  zip_source_t *source = own ? zip_source_filep_create(own, 0, (zip_int64_t)info.st_size, &why) : NULL;
  if (own && !source) fclose(own);
  gboolean is_added = add(zip, name, source, FALSE, &why, error);
  zip_error_fini(&why);
  return is_added;
}

gboolean pk_zip_close(pk_zip *zip, GError **error) {
  if (zip_close(zip->zip) != 0) {
    set_zip_error(error, zip->path, zip_get_error(zip->zip));
    return FALSE;
  }
  zip->zip = NULL;
  return pk_file_batch_commit(zip->batch, error);
}

void pk_zip_drop(pk_zip *zip) {
  if (!zip) return;
  if (zip->zip) zip_discard(zip->zip);
  pk_file_batch_drop(zip->batch);
  g_free(zip->path);
  g_free(zip);
}
