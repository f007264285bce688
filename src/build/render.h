/* A render while it goes on. Private to render*.c. */
#ifndef PK_BUILD_RENDER_H
#define PK_BUILD_RENDER_H

#include "build/engine.h"
#include "build/parts.h"
#include "build/result.h"
#include "list/list.h"

typedef struct {
  presskit_engine *engine;
  const presskit_render_options *options;
  const pk_render_given *given;
  presskit_result *result;
  pk_job *job;
  double dpi;
  GArray *ranges; /* pk_range, or NULL: all pages */
  const char *layout_path, *office_path, *printer_path;
  const pk_book *book;               /* or NULL: one article */
  const pk_article *const *articles; /* by part of the book */
  const pk_layout *layout;
  const pk_office *office;
  const pk_printer *printer; /* NULL for the screen edition */
  const pk_bound *bound;
  const pk_list *list;
  pk_render_checks *checks; /* what to learn for presskit_preflight(), or NULL */
} pk_render;

/* How many r->articles there are. */
static inline size_t pk_render_part_count(const pk_render *r) {
  return r->book ? r->book->part_count : 1;
}

/* ---- render_inputs.c ---------------------------------------------------------- */

/* Finds and reads all that the render is of, but what was given. */
pk_status pk_render_read(pk_render *r);

/* Reads the article, or the articles of r->book. */
pk_status pk_render_read_articles(pk_render *r);

/* ---- render.c ------------------------------------------------------------------ */

/* r->articles and r->layout -> r->bound and r->list. */
pk_status pk_render_compose(pk_render *r);

/* ---- render_rows.c ------------------------------------------------------------- */

/* All rows, one after the other, each as it would be alone -> r->list. */
pk_status pk_render_compose_rows(pk_render *r);

/* ---- render_files.c ------------------------------------------------------------ */

/* The pages that were asked for, from 0; NULL: all of them, `count`. */
pk_status pk_render_choose_pages(pk_render *r, const size_t **pages, size_t *count);

/* How the document is divided into files. */
pk_parts_input pk_render_parts(const pk_render *r);

/* Whether the edition is of words alone. What a page would show of faults was found by then. */
bool pk_render_is_words(const pk_render *r);

/* Adds the files of the edition to r->result. */
pk_status pk_render_make_files(pk_render *r);

/* Makes the picture that is given.picture, if any. */
pk_status pk_render_make_picture(pk_render *r);

/* ---- render_dump.c ------------------------------------------------------------- */

/* The stage that is asked for -> r->result->dump. */
void pk_render_dump(pk_render *r);

#endif
