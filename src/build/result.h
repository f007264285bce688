/* What came of one render. Private to build/. */
#ifndef PK_BUILD_RESULT_H
#define PK_BUILD_RESULT_H

#include "article/article.h"
#include "diag/diag.h"
#include "preflight/preflight.h"
#include "presskit/presskit.h"
#include "spec/merge.h"
#include "spec/spec.h"

typedef struct {
  const char *path;
  const uint8_t *data;
  size_t size;
  size_t page_count;   /* 0: not of pages */
  const char *part;    /* what of the document it is: "cover"; NULL: one page, words */
  const size_t *pages; /* of a PDF: which of pk_render_checks; NULL: from `first` on */
  size_t first;
} pk_output_file;

struct presskit_result {
  pk_arena *arena; /* the job's: all that the stages made lives as long as the result */
  pk_diag *diag;
  pk_status status;
  bool in_memory;
  GArray *files; /* pk_output_file */
  size_t page_count;
  presskit_batch_event batch; /* of presskit_batch() */
  GString *dump;              /* or NULL */
  GString *text;              /* diagnostics as last asked for */
};

presskit_result *pk_result_new(void);

/* What presskit_preflight() and presskit_separations() learn of an article. */
typedef struct {
  bool wants_file;   /* in: the file is made as well, whatever was found */
  bool wants_access; /* in: who the document keeps out is told as well */
  pk_findings findings;
  const pk_printer *printer;
  const pk_list *list;
  const size_t *pages; /* that were asked for, from 0; NULL: all */
  size_t page_count;
  const pk_list *cover; /* as it is printed, NULL: with the others; in findings its pages follow those of `list` */
} pk_render_checks;

/* One of several documents that go into one file. */
typedef struct {
  pk_merge merge; /* what fills it */
  const char *path;
  const pk_article *article; /* read already, or NULL */
  const char *label;         /* before those of its pages: "12-" */
  const char *bookmark;      /* NULL: its headline */
} pk_render_row;

/* A picture of the first page, made beside the files. */
typedef struct {
  unsigned width;      /* in: in pixels */
  unsigned height;     /* out, and all below */
  const uint8_t *data; /* PNG; the result's. NULL: there are no pages */
  size_t size;
  pk_lang lang; /* of the document */
  const char *title;
} pk_render_picture;

/* What a caller of a render has read already; what is NULL is read. */
typedef struct {
  const pk_article *article;
  const pk_layout *layout;
  const pk_office *office;
  const pk_printer *printer;
  const char *folder; /* whose files may be named too, or NULL */
  /* What fills the article; of several rows the documents follow each other in one
   * file, and the article above is the first one's. NULL: nothing to fill. */
  const pk_render_row *rows;
  size_t row_count;
  /* Of a book: one of its articles that is read already; NULL, with PK_OK: it is read
   * by the render. NULL: none is. */
  pk_status (*article_of)(void *data, pk_job *job, const char *path, const pk_article **out);
  void *data;
  bool is_for_sheets;         /* the cover of a perfect-bound book is left out: it is a sheet by itself */
  GArray *inputs;             /* gets what is read (pk_input_note); NULL: nobody asks */
  pk_render_picture *picture; /* or NULL */
} pk_render_given;

/* render.c: what presskit_render() does, by `worker`, into a result that may hold
 * something already. Diagnostics and files are added, the status is set. `given`
 * and `checks` may be NULL; with `checks` findings do not count as errors of the
 * render, and nothing is written. */
void pk_render_into(presskit_engine *engine, pk_worker *worker, const presskit_render_options *options,
                    const pk_render_given *given, pk_render_checks *checks, presskit_result *result);

#endif
