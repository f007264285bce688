/* Rows of data: CSV or JSON Lines, one after the other.
 *
 * A file of any size takes the memory of its longest row. CSV is RFC 4180 in
 * UTF-8 with a first line of names; a comma, semicolon or tab between the values,
 * whichever the first line has most of, and a byte-order mark, as Excel writes
 * them, are read as well. JSON Lines has an object a line; the names of the first
 * are the columns. */
#ifndef PK_SPEC_ROWS_H
#define PK_SPEC_ROWS_H

#include "diag/diag.h"

enum {
  PK_ROWS_MAX_COLUMNS = 1000,
  PK_ROWS_MAX_ROW = 1024 * 1024, /* bytes of one row */
};

typedef struct pk_rows pk_rows;

/* One row; valid until the next is read. */
typedef struct {
  uint64_t number;           /* from 1 */
  const char *const *values; /* one for each column, never NULL */
  const char *text;          /* as it stands in the file, without its line end; NUL-terminated */
  size_t size;
  unsigned lines_before; /* of the file */
} pk_row;

/* Opens the file that is named at `place` and reads its columns; NULL after an
 * error, which is raised. Close with pk_rows_close(). */
pk_rows *pk_rows_open(pk_job *job, const char *path, pk_span place);
void pk_rows_close(pk_rows *rows);

const char *const *pk_rows_columns(const pk_rows *rows, size_t *count);

/* The share of the file that is read, 0 to 1. */
double pk_rows_share(const pk_rows *rows);

typedef enum { PK_ROWS_ROW, PK_ROWS_END, PK_ROWS_BAD } pk_rows_state;

/* The next row. PK_ROWS_BAD: it is at fault, which is raised in `job`, and the
 * next call goes on behind it, if it can. */
pk_rows_state pk_rows_next(pk_rows *rows, pk_job *job, pk_row *row);

/* A source over the row alone, in the job's arena. */
const pk_source *pk_row_source(pk_job *job, const pk_rows *rows, const pk_row *row);

#endif
