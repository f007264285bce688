/* The journal of a folder of outputs.
 *
 * Lines, the first word tells which:
 *   P <digest of path> <path>                                     <check>
 *   F <digest of field> <field>                                   <check>
 *   R <key> <content> <size> <modified> <pages> <warnings> <inputs> <path,path...>\t<name>\t<name...> <check>
 * where the paths are of files and of fields that were filled in, <inputs> is the
 * digest of what they held, and <check> that of the line before it. Every line begins with a line feed, so that half a
 * line of a killed run spoils no other. */
#include "build/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define NAME ".presskit-journal"
#define MOST_BYTES ((size_t)1 << 30)
enum { MOST_INPUT = 256 * 1024 * 1024, SLACK = 1000 };

typedef struct {
  pk_journal_piece piece;
  pk_digest inputs;
  uint64_t *paths; /* digests, `count` of them */
  size_t count;
} record;

struct pk_journal {
  char *folder, *path;
  int fd;
  pthread_mutex_t lock; /* of all below */
  GHashTable *records;  /* pk_digest * (in the record) -> record: of earlier runs, nobody asks for those of this */
  GHashTable *paths;    /* digest of path -> path */
  GHashTable *fields;   /* the same of fields */
  GHashTable *contents; /* digest of path -> pk_digest *, what it holds in this run */
  size_t lines;
};

static guint hash_digest(gconstpointer key) {
  return (guint)((const pk_digest *)key)->low;
}
static gboolean equal_digests(gconstpointer a, gconstpointer b) {
  return pk_digest_equal(*(const pk_digest *)a, *(const pk_digest *)b);
}
static void free_record(gpointer data) {
  record *r = data;
  g_strfreev(r->piece.names);
  g_free(r->paths);
  g_free(r);
}
static uint64_t path_digest(const char *path) {
  return pk_digest_of(path, strlen(path)).low;
}
static gpointer new_key(uint64_t digest) {
  return g_memdup2(&digest, sizeof digest);
}

/* ---- reading ------------------------------------------------------------------- */

static bool read_record(pk_journal *journal, char *line) {
  record *r = g_new0(record, 1);
  char key[PK_DIGEST_HEX + 1], content[PK_DIGEST_HEX + 1], inputs[PK_DIGEST_HEX + 1];
  int at = 0;
  bool is_good = sscanf(line, "R %32s %32s %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %u %u %32s %n", key, content,
                        &r->piece.size, &r->piece.modified, &r->piece.pages, &r->piece.warnings, inputs, &at) == 7;
  is_good = is_good && pk_digest_parse(key, &r->piece.key) && pk_digest_parse(content, &r->piece.content) &&
            pk_digest_parse(inputs, &r->inputs);
  if (!is_good) {
    free_record(r);
    return false;
  }
  r->piece.names = g_strsplit(line + at, "\t", -1);
  g_autofree char *list = r->piece.names[0];
  GArray *paths = g_array_new(FALSE, FALSE, sizeof(uint64_t));
  for (char *from = list; *from;) {
    char *end;
    uint64_t digest = g_ascii_strtoull(from, &end, 16);
    if (end == from) break;
    g_array_append_val(paths, digest);
    from = *end == ',' ? end + 1 : end;
  }
  memmove(r->piece.names, r->piece.names + 1, g_strv_length(r->piece.names) * sizeof *r->piece.names);
  r->count = paths->len;
  r->paths = (uint64_t *)(void *)g_array_free(paths, FALSE);
  g_hash_table_replace(journal->records, &r->piece.key, r);
  return true;
}

/* Takes the check off a line; false if it does not fit. */
static bool check_line(char *line) {
  char *check = strrchr(line, ' ');
  if (!check) return false;
  *check = 0;
  return g_ascii_strtoull(check + 1, NULL, 16) == (path_digest(line) & 0xffffffff);
}

static void read_line(pk_journal *journal, char *line) {
  if (!*line || !check_line(line)) return;
  journal->lines++;
  if (*line == 'R')
    read_record(journal, line);
  else if ((*line == 'P' || *line == 'F') && strlen(line) > 19)
    g_hash_table_replace(*line == 'P' ? journal->paths : journal->fields, new_key(g_ascii_strtoull(line + 2, NULL, 16)),
                         g_strdup(line + 19));
}

static void read_all(pk_journal *journal) {
  g_autoptr(GBytes) bytes = pk_file_read(journal->path, MOST_BYTES, NULL);
  gsize size = 0;
  const char *data = bytes ? g_bytes_get_data(bytes, &size) : NULL;
  for (const char *at = data, *end = data + size; at && at < end;) {
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    if (!stop) stop = end;
    g_autofree char *line = g_strndup(at, (size_t)(stop - at));
    read_line(journal, line);
    at = stop + 1;
  }
}

/* ---- writing ------------------------------------------------------------------- */

static void append_checked(GString *out, const char *line) {
  g_string_append_printf(out, "\n%s %08x\n", line, (unsigned)(path_digest(line) & 0xffffffff));
}

static void format_name(GString *out, char kind, uint64_t digest, const char *path) {
  g_autofree char *line = g_strdup_printf("%c %016" G_GINT64_MODIFIER "x %s", kind, digest, path);
  if (!strpbrk(path, "\r\n")) append_checked(out, line);
}

static void format_record(GString *out, const record *r) {
  char key[PK_DIGEST_HEX + 1], content[PK_DIGEST_HEX + 1], inputs[PK_DIGEST_HEX + 1];
  pk_digest_print(r->piece.key, key);
  pk_digest_print(r->piece.content, content);
  pk_digest_print(r->inputs, inputs);
  g_autoptr(GString) line = g_string_new(NULL);
  g_string_printf(line, "R %s %s %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %u %u %s ", key, content, r->piece.size,
                  r->piece.modified, r->piece.pages, r->piece.warnings, inputs);
  for (size_t i = 0; i < r->count; i++)
    g_string_append_printf(line, "%s%016" G_GINT64_MODIFIER "x", i ? "," : "", r->paths[i]);
  for (char **name = r->piece.names; *name; name++) g_string_append_printf(line, "\t%s", *name);
  if (!strpbrk(line->str, "\r\n")) append_checked(out, line->str);
}

/* Writes the journal anew where most of its lines are of the past. No other run
 * has it open. */
static void compact(pk_journal *journal) {
  size_t live = g_hash_table_size(journal->records) + g_hash_table_size(journal->paths);
  live += g_hash_table_size(journal->fields);
  if (journal->lines < 2 * live + SLACK) return;
  g_autoptr(GString) text = g_string_new(NULL);
  GHashTableIter each;
  gpointer key, value;
  g_hash_table_iter_init(&each, journal->paths);
  while (g_hash_table_iter_next(&each, &key, &value)) format_name(text, 'P', *(const uint64_t *)key, value);
  g_hash_table_iter_init(&each, journal->fields);
  while (g_hash_table_iter_next(&each, &key, &value)) format_name(text, 'F', *(const uint64_t *)key, value);
  g_hash_table_iter_init(&each, journal->records);
  while (g_hash_table_iter_next(&each, &key, &value)) format_record(text, value);
  if (pk_file_write_atomic(journal->path, text->str, text->len, NULL)) {
    close(journal->fd);
    journal->fd = open(journal->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  }
}

/* What can only be done while no other run is at work in the folder. */
static void tidy(pk_journal *journal, const char *folder, const GPtrArray *folders) {
  if (flock(journal->fd, LOCK_EX | LOCK_NB) == 0) {
    pk_file_sweep(folder);
    for (guint i = 0; i < folders->len; i++) pk_file_sweep(g_ptr_array_index(folders, i));
    compact(journal);
  }
  flock(journal->fd, LOCK_SH | LOCK_NB);
}

pk_journal *pk_journal_open(const char *folder, const GPtrArray *folders) {
  pk_journal *journal = g_new0(pk_journal, 1);
  journal->folder = g_strdup(folder);
  journal->path = g_build_filename(folder, NAME, NULL);
  pthread_mutex_init(&journal->lock, NULL);
  journal->records = g_hash_table_new_full(hash_digest, equal_digests, NULL, free_record);
  journal->paths = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
  journal->fields = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
  journal->contents = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
  journal->fd = open(journal->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  read_all(journal);
  if (journal->fd >= 0) tidy(journal, folder, folders);
  return journal;
}

void pk_journal_close(pk_journal *journal) {
  if (!journal) return;
  if (journal->fd >= 0) close(journal->fd);
  g_hash_table_unref(journal->records);
  g_hash_table_unref(journal->paths);
  g_hash_table_unref(journal->fields);
  g_hash_table_unref(journal->contents);
  pthread_mutex_destroy(&journal->lock);
  g_free(journal->path);
  g_free(journal->folder);
  g_free(journal);
}

static void append(pk_journal *journal, const GString *text) {
  if (journal->fd < 0) return;
  /* A disk that is full shows where the piece itself is written. */
  while (write(journal->fd, text->str, text->len) < 0 && errno == EINTR) continue;
}

/* ---- what has not changed ------------------------------------------------------ */

static bool digest_file(const char *path, pk_digest *out) {
  g_autoptr(GBytes) bytes = pk_file_read(path, MOST_INPUT, NULL);
  if (!bytes) return false;
  gsize size;
  const void *data = g_bytes_get_data(bytes, &size);
  *out = pk_digest_of(data, size);
  return true;
}

/* What the file of a path digest holds now, read once a run. */
static bool content_of(pk_journal *journal, uint64_t path, pk_digest *out) {
  const pk_digest *known = g_hash_table_lookup(journal->contents, &path);
  if (known) {
    *out = *known;
    return true;
  }
  const char *name = g_hash_table_lookup(journal->paths, &path);
  if (!name || !digest_file(name, out)) return false;
  g_hash_table_insert(journal->contents, new_key(path), g_memdup2(out, sizeof *out));
  return true;
}

static pk_digest combine(const pk_digest *digests, size_t count) {
  return pk_digest_of(digests, count * sizeof *digests);
}

static bool are_inputs_same(pk_journal *journal, const record *r, const pk_merge *rows, size_t row_count) {
  g_autofree pk_digest *now = g_new0(pk_digest, r->count + 1);
  for (size_t i = 0; i < r->count; i++) {
    const char *field = g_hash_table_lookup(journal->fields, &r->paths[i]);
    bool is_there =
        field ? pk_merge_digest(rows, row_count, field, &now[i]) : content_of(journal, r->paths[i], &now[i]);
    if (!is_there) return false;
  }
  return pk_digest_equal(combine(now, r->count), r->inputs);
}

static bool measure(const pk_journal *journal, char *const *names, uint64_t *size, int64_t *modified) {
  *size = 0;
  *modified = 0;
  for (; *names; names++) {
    struct stat info;
    g_autofree char *path = g_build_filename(journal->folder, *names, NULL);
    if (stat(path, &info) != 0) return false;
    *size += (uint64_t)info.st_size;
    *modified += (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
  }
  return true;
}

bool pk_journal_is_whole(const pk_journal *journal, const pk_journal_piece *piece) {
  uint64_t size;
  int64_t modified;
  if (!measure(journal, piece->names, &size, &modified) || size != piece->size) return false;
  if (modified == piece->modified) return true;
  /* Copied or touched since: what counts is what is in them. */
  size_t count = g_strv_length(piece->names);
  g_autofree pk_digest *now = g_new0(pk_digest, count + 1);
  for (size_t i = 0; i < count; i++) {
    g_autofree char *path = g_build_filename(journal->folder, piece->names[i], NULL);
    if (!digest_file(path, &now[i])) return false;
  }
  return pk_digest_equal(pk_journal_content(now, count), piece->content);
}

pk_digest pk_journal_content(const pk_digest *files, size_t count) {
  return count == 1 ? files[0] : combine(files, count);
}

bool pk_journal_find(pk_journal *journal, pk_digest key, const pk_merge *rows, size_t row_count,
                     pk_journal_piece *piece) {
  pthread_mutex_lock(&journal->lock);
  const record *r = g_hash_table_lookup(journal->records, &key);
  bool is_same = r && are_inputs_same(journal, r, rows, row_count);
  if (is_same) *piece = r->piece;
  pthread_mutex_unlock(&journal->lock);
  return is_same;
}

void pk_journal_add(pk_journal *journal, const pk_journal_piece *piece, const GArray *inputs, const pk_merge *rows,
                    size_t row_count) {
  uint64_t size;
  int64_t modified;
  if (!measure(journal, piece->names, &size, &modified)) return;
  record *r = g_new0(record, 1);
  r->piece = *piece;
  r->piece.names = g_strdupv(piece->names);
  r->piece.size = size;
  r->piece.modified = modified;
  r->count = inputs->len;
  r->paths = g_new0(uint64_t, inputs->len + 1);
  g_autofree pk_digest *digests = g_new0(pk_digest, inputs->len + 1);
  g_autoptr(GString) text = g_string_new(NULL);
  pthread_mutex_lock(&journal->lock);
  for (guint i = 0; i < inputs->len; i++) {
    const pk_input_note *note = &g_array_index(inputs, pk_input_note, i);
    GHashTable *names = note->is_field ? journal->fields : journal->paths;
    r->paths[i] = path_digest(note->path);
    digests[i] = note->digest;
    if (note->is_field && !pk_merge_digest(rows, row_count, note->path, &digests[i])) continue;
    if (g_hash_table_contains(names, &r->paths[i])) continue;
    g_hash_table_insert(names, new_key(r->paths[i]), g_strdup(note->path));
    format_name(text, note->is_field ? 'F' : 'P', r->paths[i], note->path);
  }
  r->inputs = combine(digests, inputs->len);
  format_record(text, r);
  append(journal, text);
  pthread_mutex_unlock(&journal->lock);
  free_record(r);
}
