/* One piece of a kit while it is made. Of piece.c and piece_files.c only. */
#ifndef PK_BUILD_PIECE_H
#define PK_BUILD_PIECE_H

#include "build/batch.h"
#include "build/result.h"

typedef struct {
  pk_batch *batch;
  pk_worker *worker;
  const pk_piece *piece;
  presskit_result *result;
  pk_job job;
  GArray *inputs;      /* pk_input_note */
  pk_render_row *rows; /* or one of the facts alone */
  size_t row_count;
  presskit_render_options options;
  pk_render_given given;
  pk_digest key;
  pk_journal_piece done;
  char **sha256;   /* of each file, if somebody wants to know */
  GBytes *picture; /* of its first page, if wanted: see pk_batch_picture() */
} pk_making;

/* The merges of the rows, one for each. */
const pk_merge *pk_piece_merges(const pk_making *m);

/* Reads the articles of the rows, those that are shared but once. */
pk_status pk_piece_read_articles(pk_making *m);

/* ---- piece_files.c ------------------------------------------------------------- */

/* Whether the piece was written before, of the same, and is there; fills m->done. */
bool pk_piece_is_unchanged(pk_making *m);

/* Writes the files of the result, all or none. */
pk_status pk_piece_write(pk_making *m);

/* Notes in the journal what was written; fills m->done. */
void pk_piece_note(pk_making *m);

/* The picture of a piece that was just rendered with given.picture set, or that is
 * unchanged: from the cache, else made. */
void pk_piece_take_picture(pk_making *m, bool is_rendered);

#endif
