/* Which pages go into which PDF, and what that is called. Private to build/. */
#ifndef PK_BUILD_PARTS_H
#define PK_BUILD_PARTS_H

#include "build/output.h"
#include "spec/spec.h"

typedef struct {
  const char *name;    /* "pages", "cover", "spine", "inside" */
  const char *path;    /* of the file */
  const pk_list *list; /* that its pages are of */
  const size_t *pages; /* 0-based, ascending; NULL: all */
  size_t count;        /* of them */
  size_t blanks;       /* blank pages after them */
} pk_output_part;

enum { PK_MOST_PARTS = 3 };

/* What a file name may be made of. */
typedef struct {
  const presskit_render_options *options;
  const char *layout_path;
  const pk_printer *printer; /* or NULL */
  const pk_list *list;       /* the document */
  int64_t timestamp;
  size_t front, back; /* of its pages the cover's, before and after the inside */
  bool is_bound;      /* a book, which has made up the printer's multiple itself */
  bool is_whole;      /* several documents that follow each other: nothing is set apart */
} pk_parts_input;

/* How many blank pages the printer (or NULL) wants after so many; PK_FAILED where it
 * wants an error instead. */
pk_status pk_parts_fill(pk_job *job, const pk_printer *printer, size_t page_count, size_t *blanks);

/* The pages without the cover's, of the arena. */
const size_t *pk_parts_inside(pk_arena *arena, const pk_parts_input *in, size_t *count);

/* The cover as it is printed, on a sheet of its own; NULL where the printer wants its
 * pages, or there is none. */
const pk_list *pk_parts_cover(pk_job *job, const pk_parts_input *in);

/* Divides the document as the printer wants it: the cover apart or as a spread where
 * there is one, blank pages up to the printer's multiple, or an error where it wants
 * none. `pages` (NULL: all) are what --pages chose: they go into one file as they
 * are. Owned by the job's arena. */
pk_status pk_parts_plan(pk_job *job, const pk_parts_input *in, const size_t *pages, size_t count,
                        pk_output_part parts[PK_MOST_PARTS], size_t *part_count);

#endif
