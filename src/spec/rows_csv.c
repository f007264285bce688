/* One record of CSV (RFC 4180): values between separators, some in quotes, in
 * which a quote is doubled and a line end is a character like others. */
#include "spec/rows_reader.h"

#include <string.h>

typedef struct {
  pk_rows *rows;
  pk_job *job;
  unsigned lines_before;
} csv;

static bool ends_line(const csv *c, size_t *length) {
  char byte = pk_rows_byte(c->rows, 0);
  if (byte == '\n')
    *length = 1;
  else if (byte == '\r' && pk_rows_has(c->rows, c->job, 1) && pk_rows_byte(c->rows, 1) == '\n')
    *length = 2;
  else
    return false;
  return true;
}

static void keep(const csv *c, size_t count) {
  g_string_append_len(c->rows->record, c->rows->buffer->str + c->rows->at, (gssize)count);
  pk_rows_take(c->rows, count);
}

static void skip_line(const csv *c) {
  size_t length;
  while (pk_rows_has(c->rows, c->job, 0) && !ends_line(c, &length)) keep(c, 1);
  if (pk_rows_has(c->rows, c->job, 0)) pk_rows_take(c->rows, length);
}

static bool fail(const csv *c, size_t at, const char *message, const char *hint) {
  skip_line(c);
  pk_diagnostic *raised = pk_rows_raise(c->rows, c->job, PK_CODE_DATA_ROW, c->lines_before, at, at + 1, "%s", message);
  pk_diag_hint(c->job->diag, raised, "%s", hint);
  return false;
}

static bool is_too_long(const csv *c) {
  return c->rows->record->len > PK_ROWS_MAX_ROW;
}

/* The value behind an opening quote, up to its closing one. */
static bool read_quoted(const csv *c) {
  pk_rows *rows = c->rows;
  size_t opened = rows->record->len;
  keep(c, 1);
  while (pk_rows_has(rows, c->job, 0)) {
    if (is_too_long(c)) break;
    if (pk_rows_byte(rows, 0) != '"') {
      const char *from = rows->buffer->str + rows->at, *quote = memchr(from, '"', rows->buffer->len - rows->at);
      size_t count = quote ? (size_t)(quote - from) : rows->buffer->len - rows->at;
      g_string_append_len(rows->words, from, (gssize)count);
      keep(c, count);
      continue;
    }
    bool is_doubled = pk_rows_has(rows, c->job, 1) && pk_rows_byte(rows, 1) == '"';
    if (is_doubled) g_string_append_c(rows->words, '"');
    keep(c, is_doubled ? 2 : 1);
    if (!is_doubled) return true;
  }
  rows->is_broken = true;
  /* Not the rest of the file: the line on which the quote was opened. */
  char *end = memchr(rows->record->str + opened, '\n', rows->record->len - opened);
  if (end) g_string_truncate(rows->record, (size_t)(end - rows->record->str));
  pk_diagnostic *raised =
      pk_rows_raise(rows, c->job, PK_CODE_DATA_ROW, c->lines_before, opened, opened + 1, "the quote is not closed");
  pk_diag_hint(c->job->diag, raised, "close it, or write it twice inside a value that stands in quotes");
  return false;
}

/* How many bytes of the buffer come before one that may mean something. */
static size_t plain_length(const pk_rows *rows) {
  const char *from = rows->buffer->str + rows->at, *end = rows->buffer->str + rows->buffer->len, *at = from;
  while (at < end && *at != rows->separator && *at != '"' && *at != '\n' && *at != '\r') at++;
  return (size_t)(at - from);
}

static bool read_value(const csv *c) {
  pk_rows *rows = c->rows;
  size_t length;
  pk_rows_value(rows);
  if (pk_rows_has(rows, c->job, 0) && pk_rows_byte(rows, 0) == '"') {
    if (!read_quoted(c)) return false;
    if (!pk_rows_has(rows, c->job, 0) || pk_rows_byte(rows, 0) == rows->separator || ends_line(c, &length)) return true;
    return fail(c, rows->record->len, "something follows the closing quote",
                "a quote inside a value that stands in quotes is written twice");
  }
  while (pk_rows_has(rows, c->job, 0)) {
    size_t count = plain_length(rows);
    g_string_append_len(rows->words, rows->buffer->str + rows->at, (gssize)count);
    keep(c, count);
    if (is_too_long(c)) return fail(c, 0, "the row is longer than 1 MiB", "look whether its quotes are closed");
    if (!pk_rows_has(rows, c->job, 0)) break;
    char byte = pk_rows_byte(rows, 0);
    if (byte == rows->separator || ends_line(c, &length)) return true;
    if (byte == '"')
      return fail(c, rows->record->len, "a quote in the middle of a value",
                  "put the whole value in quotes and write this one twice");
    if (byte != '\r') continue; /* the buffer was at its end */
    g_string_append_c(rows->words, byte);
    keep(c, 1);
  }
  return true;
}

pk_rows_state pk_rows_next_csv(pk_rows *rows, pk_job *job, unsigned *lines_before) {
  csv c = {.rows = rows, .job = job};
  size_t length;
  while (pk_rows_has(rows, job, 0) && ends_line(&c, &length)) pk_rows_take(rows, length); /* empty lines */
  *lines_before = c.lines_before = rows->line;
  if (!pk_rows_has(rows, job, 0)) return PK_ROWS_END;
  for (;;) {
    if (!read_value(&c)) return PK_ROWS_BAD;
    if (!pk_rows_has(rows, job, 0)) return PK_ROWS_ROW;
    if (ends_line(&c, &length)) break;
    keep(&c, 1);
    if (rows->offsets->len <= PK_ROWS_MAX_COLUMNS) continue;
    fail(&c, 0, "the row has more than 1,000 values", "look whether the file is CSV");
    return PK_ROWS_BAD;
  }
  pk_rows_take(rows, length);
  return PK_ROWS_ROW;
}
