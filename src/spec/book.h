/* What a book file says: a document of many articles.
 *
 * Plain data in the arena of the reader, frozen. A section holds parts of its
 * own; they follow it in the flat list, in the order of reading. */
#ifndef PK_SPEC_BOOK_H
#define PK_SPEC_BOOK_H

#include "diag/diag.h"
#include "spec/fields.h"

/* A line of front matter or of a book. NULL where not given. */
typedef struct {
  const char *text;
  pk_span span;
} pk_book_text;

/* A text of one's own, by a name of one's own: {book.isbn}. */
typedef struct {
  const char *name;
  pk_span span;
  const char *text;
} pk_book_word;

typedef enum { PK_BOOK_ARTICLE, PK_BOOK_PAGE, PK_BOOK_CONTENTS, PK_BOOK_SECTION } pk_book_kind;

/* Where a part begins. */
typedef enum { PK_BOOK_NEXT, PK_BOOK_RIGHT, PK_BOOK_LEFT, PK_BOOK_RUN_ON } pk_book_begin;

/* What pages are filled up with, to a multiple. */
typedef enum { PK_BOOK_BLANK, PK_BOOK_NOTES, PK_BOOK_ERROR } pk_book_fill;

typedef enum { PK_BOOK_SADDLE_STITCH, PK_BOOK_PERFECT } pk_book_binding;

typedef struct pk_book_part pk_book_part;
struct pk_book_part {
  pk_book_kind kind;
  pk_span span;
  pk_book_text article; /* as written */
  const char *path;     /* of the article, absolute */
  pk_book_text page;    /* a master */
  bool is_contents;
  bool has_subheads;    /* contents: with the articles' */
  pk_book_text section; /* title of a section */
  pk_book_text title;   /* of contents or a page, else NULL */
  pk_book_text art;     /* absolute path */
  bool has_alternate;
  pk_book_text alternate, caption, credit;
  pk_book_text first, next; /* masters of an article or of contents */
  pk_book_begin begin;
  const pk_book_word *words;
  size_t word_count;
  const pk_book_part *parts; /* of a section */
  size_t part_count;
  /* found when all is read */
  const pk_book_part *within; /* the section that it is part of, or NULL */
  int number;                 /* of a section, from 1 */
  const char *key;            /* names places in it: "02-bridge"; unique in the book, ASCII */
};

typedef struct {
  const pk_source *source;
  const char *path, *folder;
  pk_lang lang;
  pk_book_text title, subtitle, author;
  pk_date date;
  pk_book_text layout; /* name, or absolute path of a file, or NULL */
  const char *const *keywords;
  size_t keyword_count;
  const pk_book_word *words;
  size_t word_count;
  pk_length leaf, cover; /* thickness of a leaf of the inside and of the cover */
  pk_book_binding binding;
  int multiple; /* of pages; 0: not said */
  pk_book_fill fill;
  pk_book_text fill_title; /* of pages in the master notes, or NULL */
  pk_span multiple_span;
  bool counts_covers; /* in the numbers of pages */
  int first_number;
  const pk_book_part *top; /* as the file has them */
  size_t top_count;
  const pk_book_part *parts; /* all, sections before what is in them */
  size_t part_count;
} pk_book;

enum { PK_BOOK_MAX_PARTS = 5000 };

/* Whether `path` is a book rather than an article: it ends as YAML does. */
bool pk_book_is_path(const char *path);

/* Reads the book at `path`, {row.x} and {facts.x} filled by job->merge. Every fault
 * is raised in job->diag at its place; PK_FAILED if there was an error. */
pk_status pk_book_build(pk_job *job, const char *path, const pk_book **out);

/* The same of the book's node that was read from `path`. */
pk_status pk_book_read(pk_job *job, const pk_node *node, const char *path, const pk_book **out);

/* The word `name` of a part or book; NULL if it has none. */
const char *pk_book_word_lookup(const pk_book_word *words, size_t count, const char *name);

/* Whether the master `name` is one of the four pages of a cover. */
bool pk_book_is_cover(const char *name);

/* How thick a bound book of `pages` inner pages is at its spine. */
pk_length pk_book_spine(const pk_book *book, size_t pages);

#endif
