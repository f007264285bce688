/* A run over a kit: what its parts share. Private to build/. */
#ifndef PK_BUILD_BATCH_H
#define PK_BUILD_BATCH_H

#include <pthread.h>
#include <stdio.h>

#include "base/store.h"
#include "build/engine.h"
#include "build/journal.h"
#include "build/queue.h"
#include "build/shared.h"
#include "build/walk.h"

/* Pixels across the pictures of the index page: twice what they are shown at. */
enum { PK_BATCH_PICTURE_WIDTH = 240 };

/* One piece to be made, in the queue or in a worker. */
typedef struct {
  uint64_t number;
  pk_variant variant;
  pk_kit_rows *rows;
  char *name; /* below the folder of outputs */
} pk_piece;

/* What became of a piece, for the report and the index. */
typedef struct {
  uint64_t number;
  char *name;
  const pk_kit_document *document;
  pk_variant variant;
  uint64_t first_row, last_row; /* 0: no data */
  presskit_piece_state state;
  unsigned pages, warnings, errors;
  uint64_t bytes;
  char **files;    /* names below the folder of outputs; NULL: it failed */
  char **sha256;   /* of each, or NULL */
  GBytes *picture; /* till pk_batch_tell() has put it away */
  long picture_at; /* where, in batch->pictures, and how long; 0: there is none */
  size_t picture_size;
  char *faults; /* diagnostics as JSON, or NULL */
  char *place;  /* of its first error, and what that is; NULL: it has none */
  double seconds;
} pk_piece_entry;

typedef struct pk_batch {
  presskit_engine *engine;
  const presskit_batch_options *options;
  pk_job *job; /* of the kit: what it says of itself and its data */
  const pk_kit *kit;
  const char *folder; /* of outputs */
  GPtrArray *folders; /* below it, that pieces go to: paths */
  pk_merge facts;
  presskit_result *checked; /* pieces are looked at for presskit_check(), not written: this gets what there is to say */
  pk_digest common;         /* of what all pieces are made with */
  pk_shared *shared;
  pk_store *store; /* what pieces set and draw alike */
  pk_journal *journal;
  int64_t begin;   /* microseconds */
  pk_queue *queue; /* of pk_piece */

  pthread_mutex_t lock; /* of all below */
  bool is_broken;
  presskit_batch_event event; /* counts so far */
  GHashTable *told;           /* digests of diagnostics, as pointers */
  GArray *entries;            /* of pk_piece_entry, if they are wanted */
  char *last_folder;          /* made last */
  FILE *pictures;             /* of the entries, if a zip is wanted; nameless */
} pk_batch;

/* Whether the piece is of this run: --only, --shard. */
bool pk_batch_is_wanted(const pk_batch *batch, const char *document, const char *name);

/* plan.c: goes through all pieces and checks names and values before anything is
 * made; sets the total. */
pk_status pk_batch_plan(pk_batch *batch);

/* piece.c: makes one piece by `worker`, and tells what became of it. */
void pk_batch_make(pk_batch *batch, pk_worker *worker, const pk_piece *piece);

/* Looks at every piece of a kit as presskit_check() does at a document; what there is to
 * say of the kit, its data and its pieces is added to `result`, once each. */
pk_status pk_batch_check(presskit_engine *engine, const char *kit, bool is_strict, presskit_result *result);

/* Whether `path` is a kit, or a folder with one. */
bool pk_batch_is_kit(const char *path);

/* tell.c: takes over what `diag` holds, for pk_batch_check(), with copies of what it points into. */
void pk_batch_take(pk_batch *batch, const pk_diag *diag);

/* tell.c: counts a piece and tells the caller; `diag`: what there is to say of it, or NULL.
 * Takes over `entry`. */
void pk_batch_tell(pk_batch *batch, pk_piece_entry *entry, const pk_diag *diag);
void pk_batch_free_entry(gpointer entry);

/* Tells what there is to say of a file that pieces share; `data` is the batch. */
void pk_batch_tell_shared(const pk_diag *diag, void *data);

/* Since the run began. */
double pk_batch_seconds(const pk_batch *batch);

/* Whether no more pieces are to be begun. */
bool pk_batch_is_over(pk_batch *batch);

/* report.c: the entries in the order of the kit, as JSON. */
void pk_batch_report(const pk_batch *batch, GString *out);

/* handover.c: outputs, checksums and an index page as OUT.zip, from the entries. The
 * same entries give the same bytes. */
pk_status pk_batch_hand_over(pk_batch *batch);

#endif
