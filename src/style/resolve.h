/* Styles of the layout -> resolved styles. Private to style/. */
#ifndef PK_STYLE_RESOLVE_H
#define PK_STYLE_RESOLVE_H

#include "style/style.h"

/* What follows from a layout alone. */
typedef struct {
  const pk_ink *inks; /* `text` first */
  size_t ink_count;
  const pk_style **styles; /* in the order of the layout */
} pk_look;

/* What the parts of the stage share while a document is composed. */
typedef struct {
  pk_job *job;
  const pk_layout *layout;
  const pk_office *office; /* or NULL */
  const pk_article *article;
  pk_lang lang;
  const pk_style_part *part; /* of a book, or NULL */
  const pk_look *look;
  bool is_run_on;                      /* styles "run-on-NAME" go before NAME */
  int note_base;                       /* notes of the articles before this one */
  uint32_t link_count, phrase_count;   /* numbers used so far */
  const char *linked_from, *linked_to; /* the last link into the book: as written, and where it leads */
  const char *linked_page, *place;     /* its page; the name of that place */
  GHashTable *runs;                    /* (block style, marks, link) -> pk_style *: resolved once */
} pk_cascade;

/* The look of a layout, resolved once for all documents of a run. */
const pk_look *pk_cascade_look(pk_job *job, const pk_layout *layout);

/* The number of an ink by name; -1 if there is none. */
int pk_cascade_ink(const pk_cascade *cascade, const char *name);

/* The style of this name; the layout's reader has made sure that it exists. */
const pk_style *pk_cascade_style(pk_cascade *cascade, const char *name);

/* The same, or that of the name `other` if the layout has none of the first. */
const pk_style *pk_cascade_style_or(pk_cascade *cascade, const char *name, const char *other);

/* The style of a run: `block` changed by the layout's styles for its marks and
 * for a link. */
const pk_style *pk_cascade_run_style(pk_cascade *cascade, const pk_style *block, unsigned marks, bool is_link);

/* `block` changed by the character style `name`, if the layout has one. */
const pk_style *pk_cascade_overlay(pk_cascade *cascade, const pk_style *block, const char *name);

#endif
