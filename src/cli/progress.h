/* How a long run tells how far it is: a bar on a terminal, plain lines elsewhere. */
#ifndef PK_CLI_PROGRESS_H
#define PK_CLI_PROGRESS_H

#include <presskit/presskit.h>

/* So many failed pieces are named at the end. */
enum { PROGRESS_FAILURES = 20 };

typedef struct {
  bool is_terminal, is_quiet;
  bool is_drawn;     /* a bar stands on the line */
  double last;       /* seconds, when it was drawn or said */
  size_t last_tenth; /* of the pieces, when it was said */
  struct {
    char *name, *place;
  } failures[PROGRESS_FAILURES]; /* the first ones */
  size_t failed;                 /* in all */
} progress;

void progress_begin(progress *p, bool is_quiet);

/* Shows an event: what there is to tell of a piece, then how far the run is. */
void progress_tell(const presskit_batch_event *event, void *p);

/* Takes the bar away. */
void progress_end(progress *p);

/* Names what failed, each with the place of its first error, and forgets it. */
void progress_failures(progress *p, bool is_reported);

#endif
