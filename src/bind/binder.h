/* A book while it is bound. Private to bind/. */
#ifndef PK_BIND_BINDER_H
#define PK_BIND_BINDER_H

#include "bind/bind.h"

/* What a part comes to by itself: no furniture yet. Tags may be NULL: not made yet. */
typedef struct {
  const pk_document *document;
  const pk_pages *pages;
  const pk_tags *tags;
} bind_set;

/* A reference that the words of a part make, and what it was told. */
typedef struct {
  size_t to; /* number of the part */
  const char *heading;
  const char *number;
} bind_answer;

/* A part of the book, as far as it has come. */
typedef struct {
  const pk_book_part *spec;
  const pk_article *article; /* or NULL */
  const char *first, *next;  /* masters */
  size_t host;               /* number of the part in whose pages it runs on; its own: in none */
  pk_member *run_on;         /* articles that run on in its pages */
  size_t run_on_count;
  pk_span first_span;
  int outer_level;
  size_t under;                /* number of the part that is its section; SIZE_MAX: none */
  const pk_document *document; /* NULL: not set yet */
  const pk_pages *pages;
  const pk_tags *tags; /* NULL: not needed yet */
  bool is_left;        /* how it was set */
  bool is_stale;       /* its words have changed since */
  GArray *answers;     /* of bind_answer */
  const pk_contents_entry *entries;
  size_t entry_count;
  size_t blanks; /* empty pages before it */
  size_t at;     /* place of its first page */
} bind_part;

typedef struct {
  pk_job *job;
  const pk_bind_input *in;
  pk_art_store *arts;
  bind_part *parts;
  size_t count;
  size_t filled_at, fill; /* pages are added before that part, so many */
  size_t page_count;      /* in all */
  GArray *numbers;        /* unsigned, of each page; 0: none */
  unsigned highest;
  pk_length spine;     /* its width, when pages are counted */
  GHashTable *told;    /* of pk_style_part */
  GHashTable *by_path; /* path of an article -> number of its part + 1 */
  size_t asking;       /* the part whose words are being filled */
} pk_binder;

/* ---- settle.c: numbers and places ----------------------------------------- */

/* Numbers all pages from the places of the parts. */
void pk_binder_number(pk_binder *binder);

/* The part in whose pages `number` stands: itself, or what it runs on from. */
bind_part *pk_binder_host(const pk_binder *binder, size_t number);

/* The number of the page on which a part, or a heading in it, begins, as words. */
const char *pk_binder_page(pk_binder *binder, size_t part, const char *heading);

/* Marks the parts whose words name a number that is another one now, and says
 * whether there are any. */
bool pk_binder_mark_stale(pk_binder *binder);

/* ---- set.c: articles, set once for many documents ------------------------- */

/* `answers` gets the page numbers that the words of the article are told while it is
 * set (NULL: it is no part of a book); where there are any it is this document's own. */
pk_status pk_bind_set_article(pk_job *job, const pk_style_input *in, bool is_left, pk_art_store *arts, GArray *answers,
                              bind_set *out);

/* ---- part.c: one part ------------------------------------------------------ */

/* Sets a part whose first page is a left one or not. */
pk_status pk_binder_set(pk_binder *binder, size_t part, bool is_left);

/* A page that the book adds, in the master `name`, furnished; `number` is its own, 0: none. */
pk_status pk_binder_add_page(pk_binder *binder, const char *name, bool is_left, unsigned number, pk_bound_part *out);

/* The spine, binder->spine wide, in the master of that name; NULL where there is neither. */
pk_status pk_binder_add_spine(pk_binder *binder, const pk_bound_part **out);

/* The tags of a part, made when they are first asked for. */
const pk_tags *pk_binder_tags(pk_binder *binder, bind_part *part);

#endif
