/* How a long run tells how far it is: a bar on a terminal, plain lines elsewhere. */
#ifndef PK_CLI_PROGRESS_H
#define PK_CLI_PROGRESS_H

#include <presskit/presskit.h>

typedef struct {
  bool is_terminal, is_quiet;
  bool is_drawn;     /* a bar stands on the line */
  double last;       /* seconds, when it was drawn or said */
  size_t last_tenth; /* of the pieces, when it was said */
} progress;

void progress_begin(progress *p, bool is_quiet);

/* Shows an event: what there is to tell of a piece, then how far the run is. */
void progress_tell(const presskit_batch_event *event, void *p);

/* Takes the bar away. */
void progress_end(progress *p);

#endif
