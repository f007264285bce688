/* The parts of a book, each set by itself -> the pages of all, in their order.
 *
 * In:  an article, or a book with its articles. Out: pk_bound: parts with their
 * documents, tags and pages, each page with its number and its furniture. Frozen,
 * in the job's arena.
 *
 * Always holds: what a part's text came to depends on the part alone, on whether
 * its first page is a left one, and on the page numbers that its words name; so
 * only what moved is set again, and parts may be shared. */
#ifndef PK_BIND_H
#define PK_BIND_H

#include "page/page.h"
#include "tags/tags.h"

typedef struct {
  const pk_book *book;               /* NULL: one article */
  const pk_article *const *articles; /* by part of the book, NULL where it is none; else of one */
  const pk_layout *layout;
  const pk_office *office;   /* or NULL */
  const pk_printer *printer; /* or NULL */
} pk_bind_input;

typedef struct {
  const pk_book_part *spec; /* NULL: the article; a page that the book adds */
  const pk_document *document;
  const pk_tags *tags;
  const pk_pages *pages; /* with furniture */
  size_t first;          /* place of its first page in the whole, from 0 */
  size_t under;          /* number of the part whose section it is in; SIZE_MAX: none */
} pk_bound_part;

enum { PK_COVER_PAGES = 4 };

typedef struct {
  const pk_book *book; /* or NULL */
  const pk_bound_part *parts;
  size_t count;
  size_t page_count;
  const char *const *labels; /* of each page: what is printed on it */
  size_t front, back;        /* pages of the cover before and after the inside */
  /* Places of the pages of the cover: cover, inside-cover, inside-back, back; SIZE_MAX: none such. */
  size_t cover[PK_COVER_PAGES];
  pk_length spine_width;      /* of a perfect-bound book, else 0 */
  const pk_bound_part *spine; /* a page so wide, as high as the others; NULL: the layout has no master for it */
} pk_bound;

/* PK_FAILED after an error. */
pk_status pk_bind_build(pk_job *job, const pk_bind_input *in, const pk_bound **out);

#endif
