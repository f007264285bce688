/* Styles of the layout -> resolved styles. Private to style/. */
#ifndef PK_STYLE_RESOLVE_H
#define PK_STYLE_RESOLVE_H

#include "style/style.h"

/* What the parts of the stage share while a document is composed. */
typedef struct {
  pk_job *job;
  const pk_layout *layout;
  const pk_office *office; /* or NULL */
  const pk_article *article;
  pk_lang lang;
  const pk_style_part *part; /* of a book, or NULL */
  const pk_ink *inks;
  size_t ink_count;
  uint32_t link_count, phrase_count;   /* numbers used so far */
  const char *linked_from, *linked_to; /* the last link into the book: as written, and where it leads */
  const char *linked_page, *place;     /* its page; the name of that place */
  GHashTable *styles;                  /* pk_style_spec * -> pk_style *: resolved once */
  GHashTable *runs;                    /* (block style, marks, link) -> pk_style *: resolved once */
} pk_cascade;

/* The inks of the layout, `text` first. Owned by the job's arena. */
const pk_ink *pk_cascade_inks(pk_job *job, const pk_layout *layout, size_t *count);

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
