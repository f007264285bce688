/* What came of one render. Private to build/. */
#ifndef PK_BUILD_RESULT_H
#define PK_BUILD_RESULT_H

#include "diag/diag.h"
#include "preflight/preflight.h"
#include "presskit/presskit.h"

typedef struct {
  const char *path;
  const uint8_t *data;
  size_t size;
  size_t page_count; /* 0: not of pages */
} pk_output_file;

struct presskit_result {
  pk_arena *arena; /* the job's: all that the stages made lives as long as the result */
  pk_diag *diag;
  pk_status status;
  bool in_memory;
  GArray *files; /* pk_output_file */
  size_t page_count;
  GString *dump; /* or NULL */
  GString *text; /* diagnostics as last asked for */
};

presskit_result *pk_result_new(void);

/* What presskit_preflight() and presskit_separations() learn of an article. */
typedef struct {
  bool wants_file; /* in: the file is made as well, whatever was found */
  pk_findings findings;
  const pk_printer *printer;
  const pk_list *list;
  const size_t *pages; /* that were asked for, from 0; NULL: all */
  size_t page_count;
} pk_render_checks;

/* render.c: what presskit_render() does, into a result that may hold something
 * already. Diagnostics and files are added, the status is set. With `checks` (or
 * NULL) findings do not count as errors of the render, and nothing is written. */
void pk_render_into(presskit_engine *engine, const presskit_render_options *options, pk_render_checks *checks,
                    presskit_result *result);

#endif
