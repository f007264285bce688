/* What a folder of outputs holds and what it was made of: so that the next run
 * leaves alone what has not changed. Private to build/.
 *
 * OUT/.presskit-journal, a line for each piece that was written, appended in one
 * write: a run that is killed loses at most the line it was writing, and several
 * runs may write at once. Lines carry a digest of their own. */
#ifndef PK_BUILD_JOURNAL_H
#define PK_BUILD_JOURNAL_H

#include "diag/diag.h"
#include "spec/merge.h"

typedef struct pk_journal pk_journal;

/* A piece as it was written. */
typedef struct {
  pk_digest key;     /* of what was asked for */
  pk_digest content; /* of the output */
  uint64_t size;     /* of all its files */
  int64_t modified;  /* nanoseconds, the sum over its files */
  unsigned pages, warnings;
  char **names; /* of its files, below the folder; of a record that was found: the journal's, till it is closed */
} pk_journal_piece;

/* The journal of `folder`, which exists. Never NULL: what cannot be read is as if
 * it were not there. What killed runs left half written in `folder` and in
 * `folders` (paths) is removed, unless another run is at work. */
pk_journal *pk_journal_open(const char *folder, const GPtrArray *folders);
void pk_journal_close(pk_journal *journal);

/* What was written for this key, if what it was made of is as it was: the files
 * that were read, and of the facts and the `row_count` rows what was filled in.
 * Thread-safe. */
bool pk_journal_find(pk_journal *journal, pk_digest key, const pk_merge *rows, size_t row_count,
                     pk_journal_piece *piece);

/* Whether the files of a piece are what was written. Thread-safe. */
bool pk_journal_is_whole(const pk_journal *journal, const pk_journal_piece *piece);

/* Notes that a piece was written to the files of its names, made of `inputs`
 * (pk_input_note) and what of `rows` they say was filled in. The size and the times
 * are those of the files. Thread-safe. */
void pk_journal_add(pk_journal *journal, const pk_journal_piece *piece, const GArray *inputs, const pk_merge *rows,
                    size_t row_count);

/* The content of a piece of several files. */
pk_digest pk_journal_content(const pk_digest *files, size_t count);

#endif
