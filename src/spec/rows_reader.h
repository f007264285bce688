/* What CSV and JSON Lines share. Of this module only. */
#ifndef PK_SPEC_ROWS_READER_H
#define PK_SPEC_ROWS_READER_H

#include "spec/rows.h"

struct pk_rows {
  char *path;
  int fd;
  uint64_t size, done; /* bytes of the file, and those handed out */
  GString *buffer;     /* of the file, from `at` on not handed out */
  size_t at;
  bool is_at_end; /* of the file */
  bool keeps_all; /* what is handed out stays in the buffer, to be read again */
  bool is_broken; /* nothing more can be read */
  unsigned line;  /* lines before what comes next */
  uint64_t number;
  bool is_json;
  char separator;
  GPtrArray *columns;
  GString *record; /* the row at hand, as it stands */
  GString *words;  /* its values, each with a NUL */
  GArray *offsets; /* of the values in `words` */
  GPtrArray *values;
};

/* Whether byte `ahead` of what comes next is there; reads on as needed. */
bool pk_rows_has(pk_rows *rows, pk_job *job, size_t ahead);

static inline char pk_rows_byte(const pk_rows *rows, size_t ahead) {
  return rows->buffer->str[rows->at + ahead];
}

/* Takes `count` bytes, and their line ends into account. */
void pk_rows_take(pk_rows *rows, size_t count);

/* Begins a value, and ends the row's. */
void pk_rows_value(pk_rows *rows);
void pk_rows_close_values(pk_rows *rows);

/* Raises a fault of the row at hand, bytes [start, end) of it, which begins
 * after `lines_before` lines. */
pk_diagnostic *pk_rows_raise(pk_rows *rows, pk_job *job, pk_code code, unsigned lines_before, size_t start, size_t end,
                             const char *format, ...) G_GNUC_PRINTF(7, 8);

/* Reads the next record into `record` and the values. */
pk_rows_state pk_rows_next_csv(pk_rows *rows, pk_job *job, unsigned *lines_before);
pk_rows_state pk_rows_next_json(pk_rows *rows, pk_job *job, unsigned *lines_before, bool is_first);

#endif
