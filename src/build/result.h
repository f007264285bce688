/* What came of one render. Private to build/. */
#ifndef PK_BUILD_RESULT_H
#define PK_BUILD_RESULT_H

#include "diag/diag.h"
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

/* render.c: what presskit_render() does, into a result that may hold something
 * already. Diagnostics and files are added, the status is set. */
void pk_render_into(presskit_engine *engine, const presskit_render_options *options, presskit_result *result);

#endif
