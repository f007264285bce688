/* Finds font files, and reads single tables of them.
 *
 * In:  a folder or a path. Out: paths; HarfBuzz faces whose tables are read when
 *      they are asked for.
 *
 * To list thirty fonts takes four small tables of each. Mapping each file for
 * them costs three times as much as reading them, most of it in page faults.
 * Table directory and collection header by the OpenType specification 1.9. */
#include "font/file.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
  MAX_DEPTH = 8,               /* of folders below a font folder */
  MAX_TABLES = 128,            /* a font has about twenty */
  MAX_FACES = 256,             /* of a collection */
  MAX_TABLE = 4 * 1024 * 1024, /* of those that describe a face */
  HEADER = 12,
  RECORD = 16,
};

/* ---- which there are -------------------------------------------------------- */

bool pk_font_file_is(const char *path) {
  static const char *const endings[] = {".ttf", ".otf", ".ttc", ".otc"};
  size_t size = strlen(path);
  for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
    if (size > 4 && g_ascii_strcasecmp(path + size - 4, endings[i]) == 0) return true;
  return false;
}

static int compare_paths(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Packages that npm left below a folder hold fonts that nobody asked for. */
static void add_files_below(GPtrArray *files, const char *folder, int depth) {
  GDir *dir = g_dir_open(folder, 0, NULL);
  if (!dir) return;
  for (const char *name; (name = g_dir_read_name(dir));) {
    if (*name == '.' || g_str_equal(name, "node_modules")) continue;
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (pk_font_file_is(name))
      g_ptr_array_add(files, g_steal_pointer(&path));
    else if (depth < MAX_DEPTH && !strchr(name, '.') && g_file_test(path, G_FILE_TEST_IS_DIR))
      add_files_below(files, path, depth + 1);
  }
  g_dir_close(dir);
}

GPtrArray *pk_font_files(const char *path) {
  GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *absolute = g_canonicalize_filename(path, NULL);
  if (pk_font_file_is(path))
    g_ptr_array_add(files, g_steal_pointer(&absolute));
  else
    add_files_below(files, absolute, 0);
  g_ptr_array_sort(files, compare_paths);
  return files;
}

/* ---- opening ---------------------------------------------------------------- */

struct pk_font_file {
  int fd;
  uint64_t size;
  unsigned face_count;
  uint32_t *offsets; /* of each face's directory */
};

/* One face being described. */
typedef struct {
  int fd;
  uint64_t size;
  unsigned table_count;
  uint8_t records[]; /* tag, checksum, offset, length */
} directory;

static uint32_t u32(const uint8_t *at) {
  return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static bool read_at(int fd, uint64_t offset, void *to, size_t size) {
  for (size_t done = 0; done < size;) {
    ssize_t got = pread(fd, (uint8_t *)to + done, size - done, (off_t)(offset + done));
    if (got <= 0) return false;
    done += (size_t)got;
  }
  return true;
}

static bool is_sfnt(uint32_t tag) {
  return tag == 0x00010000 || tag == HB_TAG('O', 'T', 'T', 'O') || tag == HB_TAG('t', 'r', 'u', 'e');
}

static bool read_header(pk_font_file *file) {
  uint8_t header[HEADER];
  if (!read_at(file->fd, 0, header, sizeof header)) return false;
  bool is_collection = u32(header) == HB_TAG('t', 't', 'c', 'f');
  if (!is_collection && !is_sfnt(u32(header))) return false;
  uint32_t count = is_collection ? u32(header + 8) : 1;
  if (!count || count > MAX_FACES) return false;
  file->face_count = count;
  file->offsets = g_new0(uint32_t, count);
  if (!is_collection) return true;
  if (!read_at(file->fd, HEADER, file->offsets, count * sizeof *file->offsets)) return false;
  for (uint32_t i = 0; i < count; i++) file->offsets[i] = u32((const uint8_t *)&file->offsets[i]);
  return true;
}

pk_font_file *pk_font_file_open(const char *path) {
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return NULL;
  pk_font_file *file = g_new0(pk_font_file, 1);
  file->fd = fd;
  struct stat info;
  bool is_good = fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
  if (is_good) {
    file->size = (uint64_t)info.st_size;
    is_good = read_header(file);
  }
  if (is_good) return file;
  pk_font_file_close(file);
  return NULL;
}

void pk_font_file_close(pk_font_file *file) {
  if (!file) return;
  close(file->fd);
  g_free(file->offsets);
  g_free(file);
}

unsigned pk_font_file_face_count(const pk_font_file *file) {
  return file->face_count;
}

/* ---- a face ---------------------------------------------------------------- */

static hb_blob_t *read_table(hb_face_t *face, hb_tag_t tag, void *data) {
  (void)face;
  const directory *dir = data;
  for (unsigned i = 0; i < dir->table_count; i++) {
    const uint8_t *record = dir->records + i * RECORD;
    uint32_t offset = u32(record + 8), length = u32(record + 12);
    if (u32(record) != tag || !length || length > MAX_TABLE || (uint64_t)offset + length > dir->size) continue;
    char *bytes = g_malloc(length);
    if (read_at(dir->fd, offset, bytes, length))
      return hb_blob_create(bytes, length, HB_MEMORY_MODE_WRITABLE, bytes, g_free);
    g_free(bytes);
  }
  return hb_blob_get_empty();
}

hb_face_t *pk_font_file_face(pk_font_file *file, unsigned number) {
  uint8_t header[HEADER];
  uint32_t offset = file->offsets[number];
  if (!read_at(file->fd, offset, header, sizeof header) || !is_sfnt(u32(header))) return NULL;
  unsigned count = (unsigned)header[4] << 8 | header[5];
  if (!count || count > MAX_TABLES) return NULL;
  directory *dir = g_malloc(sizeof *dir + (size_t)count * RECORD);
  *dir = (directory){.fd = file->fd, .size = file->size, .table_count = count};
  if (read_at(file->fd, (uint64_t)offset + HEADER, dir->records, (size_t)count * RECORD))
    return hb_face_create_for_tables(read_table, dir, g_free);
  g_free(dir);
  return NULL;
}
