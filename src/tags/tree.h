/* The tree while it grows. Private to tags/. */
#ifndef PK_TAGS_TREE_H
#define PK_TAGS_TREE_H

#include "tags/tags.h"

enum { PK_TAG_MAX_LEVEL = 6 };

typedef struct {
  pk_job *job;
  const pk_document *document;
  GArray *tags;                              /* of pk_tag */
  uint32_t sections[PK_TAG_MAX_LEVEL + 1];   /* what is open at each level of headings */
  size_t member;                             /* of the document: the article at hand */
  int level;                                 /* of the last heading */
  int outer;                                 /* of the headings around the document */
  int group;                                 /* whose element is open, or 0 */
  uint32_t group_element;                    /* that of the group: its text hangs under it */
  uint32_t caption;                          /* of the group, or 0 */
  uint32_t lists[PK_ARTICLE_MAX_DEPTH + 2];  /* the open list at each depth */
  uint32_t bodies[PK_ARTICLE_MAX_DEPTH + 2]; /* the open item's body at each depth */
  int depth;                                 /* of the open list; 0: none */
  int aside;                                 /* the open side-bar, or 0 */
  int outer_level;                           /* the level around it */
  uint32_t outer_section;                    /* what was open at that level */
  uint32_t note;                             /* the open note */
  uint32_t *of_link, *of_phrase;
  GHashTable *names; /* set of those given */
  char *body;        /* the words of the text, for pk_tags_is_repeat(); NULL: not needed yet */
} pk_tag_tree;

uint32_t pk_tag_add(pk_tag_tree *tree, pk_tag_kind kind, uint32_t parent, pk_span source);

static inline pk_tag *pk_tag_at(pk_tag_tree *tree, uint32_t number) {
  return &g_array_index(tree->tags, pk_tag, number);
}

/* ---- tags.c ---------------------------------------------------------------- */

/* Adds the tags of a unit and returns that of its text or picture; `marker` and
 * `cells` are set where it has such. */
uint32_t pk_tags_add_unit(pk_tag_tree *tree, const pk_unit_block *unit, uint32_t *marker, uint32_t *cells);

/* ---- inline.c: what lies in a text --------------------------------------- */

/* Adds the links and phrases of `text` under `block`: those of the heading that runs
 * in, or those of the rest. */
void pk_tags_add_inlines(pk_tag_tree *tree, uint32_t block, const pk_styled_text *text, bool is_run_in);

/* ---- name.c -------------------------------------------------------------- */

/* A name for a heading, from its words; unique. Owned by the job's arena. */
const char *pk_tags_name(pk_tag_tree *tree, const char *words);

/* The same of a headline; in a book it has the name of its part. */
const char *pk_tags_title_name(pk_tag_tree *tree, const char *words);

/* ---- repeat.c ------------------------------------------------------------ */

/* Whether the words of a pull-quote stand in the text of the document too. */
bool pk_tags_is_repeat(pk_tag_tree *tree, const pk_unit_block *pull_quote);

#endif
