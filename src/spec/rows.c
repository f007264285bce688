/* Reads data files row by row. */
#include "spec/rows.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spec/rows_reader.h"

enum { CHUNK = 256 * 1024 };

/* ---- bytes ------------------------------------------------------------------- */

bool pk_rows_has(pk_rows *rows, pk_job *job, size_t ahead) {
  while (rows->at + ahead >= rows->buffer->len && !rows->is_at_end) {
    if (!rows->keeps_all) {
      g_string_erase(rows->buffer, 0, (gssize)rows->at);
      rows->at = 0;
    }
    size_t filled = rows->buffer->len;
    g_string_set_size(rows->buffer, filled + CHUNK);
    ssize_t got = read(rows->fd, rows->buffer->str + filled, CHUNK);
    if (got < 0 && errno == EINTR)
      got = 0;
    else if (got <= 0)
      rows->is_at_end = true;
    if (got < 0)
      pk_diag_add(job->diag, PK_CODE_FILE_UNREADABLE, PK_SPAN_NONE, "cannot read %s: %s", rows->path,
                  g_strerror(errno));
    g_string_set_size(rows->buffer, filled + (got > 0 ? (size_t)got : 0));
  }
  return rows->at + ahead < rows->buffer->len;
}

void pk_rows_take(pk_rows *rows, size_t count) {
  const char *from = rows->buffer->str + rows->at;
  for (size_t i = 0; i < count; i++) rows->line += from[i] == '\n';
  rows->at += count;
  rows->done += count;
}

double pk_rows_share(const pk_rows *rows) {
  return rows->size ? (double)rows->done / (double)rows->size : 1;
}

/* ---- values ------------------------------------------------------------------ */

void pk_rows_value(pk_rows *rows) {
  if (rows->offsets->len) g_string_append_c(rows->words, 0);
  g_array_append_val(rows->offsets, rows->words->len);
}

void pk_rows_close_values(pk_rows *rows) {
  g_ptr_array_set_size(rows->values, 0);
  for (guint i = 0; i < rows->offsets->len; i++)
    g_ptr_array_add(rows->values, rows->words->str + g_array_index(rows->offsets, gsize, i));
}

pk_diagnostic *pk_rows_raise(pk_rows *rows, pk_job *job, pk_code code, unsigned lines_before, size_t start, size_t end,
                             const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *message = g_strdup_vprintf(format, args);
  va_end(args);
  const char *text = pk_arena_strndup(job->arena, rows->record->str, rows->record->len);
  const pk_source *source = pk_source_new_part(job->arena, rows->path, text, rows->record->len, lines_before);
  pk_span span = {source, (uint32_t)start, (uint32_t)MIN(end, rows->record->len)};
  return pk_diag_add(job->diag, code, span, "%s", message);
}

const pk_source *pk_row_source(pk_job *job, const pk_rows *rows, const pk_row *row) {
  return pk_source_new_part(job->arena, rows->path, pk_arena_strndup(job->arena, row->text, row->size), row->size,
                            row->lines_before);
}

/* A file from an old Excel or an editor is in the code page of its Windows. */
static bool check_text(pk_rows *rows, pk_job *job, unsigned lines_before) {
  const char *bad = NULL;
  if (g_utf8_validate(rows->record->str, (gssize)rows->record->len, &bad)) return true;
  size_t at = (size_t)(bad - rows->record->str);
  rows->is_broken = true;
  if (!*bad) {
    pk_rows_raise(rows, job, PK_CODE_NUL_BYTE, lines_before, at, at + 1, "the data holds a NUL byte");
    return false;
  }
  pk_diagnostic *raised = pk_rows_raise(rows, job, PK_CODE_INVALID_UTF8, lines_before, at, at + 1,
                                        "byte 0x%02x is not UTF-8", (guchar)*bad);
  pk_diag_hint(job->diag, raised,
               "it looks like Windows-1250: in Excel save as \"CSV UTF-8\", or convert it with  "
               "iconv -f WINDOWS-1250 -t UTF-8");
  return false;
}

/* ---- opening ------------------------------------------------------------------- */

static bool open_file(pk_rows *rows, pk_job *job, pk_span place) {
  struct stat info;
  rows->fd = open(rows->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (rows->fd < 0 && errno == ENOENT) {
    pk_diag_add(job->diag, PK_CODE_FILE_MISSING, place, "there is no file '%s'", rows->path);
    return false;
  }
  if (rows->fd >= 0 && fstat(rows->fd, &info) == 0 && S_ISREG(info.st_mode)) {
    rows->size = (uint64_t)info.st_size;
    return true;
  }
  pk_diag_add(job->diag, PK_CODE_FILE_UNREADABLE, place, "cannot read %s: %s", rows->path,
              rows->fd < 0 ? g_strerror(errno) : "it is no file");
  return false;
}

static bool has_json_name(const char *path) {
  return g_str_has_suffix(path, ".jsonl") || g_str_has_suffix(path, ".ndjson") || g_str_has_suffix(path, ".json");
}

static void skip_mark(pk_rows *rows, pk_job *job) {
  if (pk_rows_has(rows, job, 2) && memcmp(rows->buffer->str, "\xEF\xBB\xBF", 3) == 0) pk_rows_take(rows, 3);
}

/* Excel writes "sep=;" above the names where it wants to be sure. */
static char choose_separator(pk_rows *rows, pk_job *job) {
  static const char separators[] = ",;\t|";
  if (pk_rows_has(rows, job, 5) && strncmp(rows->buffer->str + rows->at, "sep=", 4) == 0) {
    char separator = pk_rows_byte(rows, 4);
    size_t length = 5;
    while (pk_rows_has(rows, job, length) && pk_rows_byte(rows, length - 1) != '\n') length++;
    pk_rows_take(rows, length);
    return separator;
  }
  size_t counts[sizeof separators] = {0}, best = 0;
  bool is_quoted = false;
  for (size_t i = 0; pk_rows_has(rows, job, i) && i < PK_ROWS_MAX_ROW; i++) {
    char byte = pk_rows_byte(rows, i);
    if (byte == '"') is_quoted = !is_quoted;
    if (is_quoted) continue;
    if (byte == '\n') break;
    const char *found = byte ? strchr(separators, byte) : NULL;
    if (found) counts[found - separators]++;
  }
  for (size_t i = 1; separators[i]; i++)
    if (counts[i] > counts[best]) best = i;
  return separators[best];
}

static bool take_columns(pk_rows *rows, pk_job *job, unsigned lines_before) {
  for (guint i = 0; i < rows->values->len; i++) {
    char *name = g_strstrip(g_strdup(g_ptr_array_index(rows->values, i)));
    g_ptr_array_add(rows->columns, name);
    const char *fault = !*name ? "a column has no name" : NULL;
    for (guint k = 0; k < i && !fault; k++)
      if (strcmp(g_ptr_array_index(rows->columns, k), name) == 0) fault = "two columns have the same name";
    if (!fault) continue;
    pk_diagnostic *raised = pk_rows_raise(rows, job, PK_CODE_DATA_ROW, lines_before, 0, rows->record->len,
                                          "%s: number %u, '%s'", fault, i + 1, name);
    pk_diag_hint(job->diag, raised, "the first line holds a name for each column, each once");
    return false;
  }
  return true;
}

static pk_rows_state next_record(pk_rows *rows, pk_job *job, unsigned *lines_before, bool is_first) {
  g_string_truncate(rows->record, 0);
  g_string_truncate(rows->words, 0);
  g_array_set_size(rows->offsets, 0);
  pk_rows_state state =
      rows->is_json ? pk_rows_next_json(rows, job, lines_before, is_first) : pk_rows_next_csv(rows, job, lines_before);
  if (state != PK_ROWS_ROW) return state;
  if (!check_text(rows, job, *lines_before)) return PK_ROWS_BAD;
  pk_rows_close_values(rows);
  return state;
}

/* What is saved in place of CSV. */
static const struct {
  const char *begin;
  size_t size;
  const char *what, *hint;
} strangers[] = {
    {"PK\x03\x04", 4, "is a workbook", "open it and save it as \"CSV UTF-8\", with the rows on its first sheet"},
    {"\xD0\xCF\x11\xE0", 4, "is a workbook of an old Excel", "open it and save it as \"CSV UTF-8\""},
    {"\xFF\xFE", 2, "is in UTF-16", "Excel calls that \"Unicode Text\"; save it as \"CSV UTF-8\""},
    {"\xFE\xFF", 2, "is in UTF-16", "save it as \"CSV UTF-8\""},
    {"%PDF-", 5, "is a PDF", "the data of a kit are CSV or JSON Lines"},
};

static bool check_kind(pk_rows *rows, pk_job *job, pk_span place) {
  for (size_t i = 0; i < G_N_ELEMENTS(strangers); i++) {
    size_t size = strangers[i].size;
    if (!pk_rows_has(rows, job, size - 1) || memcmp(rows->buffer->str, strangers[i].begin, size) != 0) continue;
    pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_BINARY_FILE, place, "%s %s", rows->path, strangers[i].what);
    pk_diag_hint(job->diag, raised, "%s", strangers[i].hint);
    return false;
  }
  return true;
}

static bool read_columns(pk_rows *rows, pk_job *job, pk_span place) {
  unsigned lines_before;
  if (!check_kind(rows, job, place)) return false;
  skip_mark(rows, job);
  rows->is_json = has_json_name(rows->path);
  if (rows->is_json) {
    /* The first object is read for its names alone, and again as a row. */
    size_t at = rows->at;
    rows->keeps_all = true;
    if (next_record(rows, job, &lines_before, true) == PK_ROWS_BAD) return false;
    rows->done -= rows->at - at;
    rows->at = at;
    rows->line = 0;
    rows->keeps_all = false;
  } else {
    rows->separator = choose_separator(rows, job);
    pk_rows_state state = next_record(rows, job, &lines_before, true);
    if (state == PK_ROWS_BAD || (state == PK_ROWS_ROW && !take_columns(rows, job, lines_before))) return false;
  }
  rows->number = 0;
  if (rows->columns->len) return true;
  pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_DATA_ROW, place, "there is no row in %s", rows->path);
  pk_diag_hint(job->diag, raised, "the first line holds the names of the columns, each further line a row");
  return false;
}

pk_rows *pk_rows_open(pk_job *job, const char *path, pk_span place) {
  pk_rows *rows = g_new0(pk_rows, 1);
  rows->path = g_strdup(path);
  rows->buffer = g_string_new(NULL);
  rows->record = g_string_new(NULL);
  rows->words = g_string_new(NULL);
  rows->offsets = g_array_new(FALSE, FALSE, sizeof(gsize));
  rows->columns = g_ptr_array_new_with_free_func(g_free);
  rows->values = g_ptr_array_new();
  if (open_file(rows, job, place) && read_columns(rows, job, place)) return rows;
  pk_rows_close(rows);
  return NULL;
}

void pk_rows_close(pk_rows *rows) {
  if (!rows) return;
  if (rows->fd >= 0) close(rows->fd);
  g_free(rows->path);
  g_string_free(rows->buffer, TRUE);
  g_string_free(rows->record, TRUE);
  g_string_free(rows->words, TRUE);
  g_array_unref(rows->offsets);
  g_ptr_array_unref(rows->columns);
  g_ptr_array_unref(rows->values);
  g_free(rows);
}

const char *const *pk_rows_columns(const pk_rows *rows, size_t *count) {
  *count = rows->columns->len;
  return (const char *const *)rows->columns->pdata;
}

/* ---- rows ---------------------------------------------------------------------- */

static bool has_right_length(pk_rows *rows, pk_job *job, unsigned lines_before) {
  guint wanted = rows->columns->len, there = rows->values->len;
  if (there == wanted) return true;
  pk_diagnostic *raised = pk_rows_raise(rows, job, PK_CODE_DATA_ROW, lines_before, 0, rows->record->len,
                                        "row %" G_GUINT64_FORMAT " has %u value%s, and there are %u columns",
                                        rows->number, there, there == 1 ? "" : "s", wanted);
  pk_diag_hint(job->diag, raised,
               there > wanted ? "a value that holds the separator '%c' stands in quotes" : "the separator here is '%c'",
               rows->separator);
  return false;
}

/* ";;;": what a sheet has below its last row. A value that is empty on purpose may stand
 * in quotes. */
static bool is_blank(const pk_rows *rows) {
  const char *text = rows->record->str;
  while (*text && (*text == rows->separator || strchr(" \t\r", *text))) text++;
  return !rows->is_json && !*text && rows->values->len > 1;
}

pk_rows_state pk_rows_next(pk_rows *rows, pk_job *job, pk_row *row) {
  if (rows->is_broken) return PK_ROWS_END;
  unsigned lines_before = 0;
  pk_rows_state state = next_record(rows, job, &lines_before, false);
  while (state == PK_ROWS_ROW && is_blank(rows)) state = next_record(rows, job, &lines_before, false);
  if (state == PK_ROWS_END) return state;
  rows->number++;
  if (state == PK_ROWS_BAD || !has_right_length(rows, job, lines_before)) return PK_ROWS_BAD;
  *row = (pk_row){
      .number = rows->number,
      .values = (const char *const *)rows->values->pdata,
      .text = rows->record->str,
      .size = rows->record->len,
      .lines_before = lines_before,
  };
  return state;
}
