/* The structure of a document: what each part of it is, in reading order.
 *
 * In:  pk_document. Out: pk_tags, a tree of tags with the part of each unit in
 * it. A block is one tag, however many columns and pages it will run over. What
 * reads out, searches or pastes a document goes by this tree: tagged PDF and HTML
 * are made from the same one. Owned by the job's arena, frozen. */
#ifndef PK_TAGS_H
#define PK_TAGS_H

#include "style/style.h"

typedef enum {
  PK_TAG_ARTIFACT, /* not part of the text; tag 0 is always this */
  PK_TAG_DOCUMENT,
  PK_TAG_SECT, /* a heading and what stands under it */
  PK_TAG_DIV,  /* a figure with its caption */
  PK_TAG_H,    /* level */
  PK_TAG_P,
  PK_TAG_BLOCK_QUOTE,
  PK_TAG_ASIDE,
  PK_TAG_TOC,
  PK_TAG_TOCI,
  PK_TAG_BREAK, /* between two parts of a text: an artifact in PDF, which has no element for it */
  PK_TAG_L,     /* is_ordered */
  PK_TAG_LI,
  PK_TAG_LBL,
  PK_TAG_LBODY,
  PK_TAG_TABLE,
  PK_TAG_TR,
  PK_TAG_TH, /* scope */
  PK_TAG_TD,
  PK_TAG_FIGURE, /* alternate */
  PK_TAG_CAPTION,
  PK_TAG_NOTE, /* note, name */
  PK_TAG_CODE,
  PK_TAG_LINK,      /* href or note; alternate: where it leads, in words */
  PK_TAG_REFERENCE, /* holds the link to a note or to another place of the document */
  PK_TAG_SPAN,      /* lang, expansion */
  PK_TAG_KIND_COUNT,
} pk_tag_kind;

typedef enum { PK_SCOPE_NONE, PK_SCOPE_COLUMN, PK_SCOPE_ROW } pk_tag_scope;

typedef struct {
  pk_tag_kind kind;
  uint32_t parent; /* number of the parent; 0 for the document and artifacts */
  int level;       /* of a heading, 1..6: never more than one deeper than the heading before */
  int note;        /* number of the note that this is, or leads to; 0: none */
  bool is_ordered; /* list */
  bool is_repeat;  /* an aside whose words stand in the text as well */
  pk_tag_scope scope;
  const char *name;      /* unique in the document, ASCII: of headings and notes; else NULL */
  const char *lang;      /* BCP 47; NULL: as the parent's */
  const char *alternate; /* figure, link */
  const char *expansion; /* of an abbreviation */
  const char *href;      /* link; "#name": to the tag of that name */
  pk_span source;
} pk_tag;

typedef struct {
  const pk_tag *tags; /* in reading order; a parent precedes its children */
  size_t count;
  const uint32_t *of_unit;   /* by unit: the tag of its text or picture; 0: an artifact */
  const uint32_t *of_marker; /* by unit: the tag of its marker, or 0 */
  const uint32_t *of_cells;  /* by unit: the tag of a table's first cell, row by row */
  const uint32_t *of_link;   /* by number of a link: the tag of what it says */
  const uint32_t *of_phrase; /* by number of a phrase */
} pk_tags;

/* Never fails. The root, tag 1, is a section where the document is a part of a book;
 * each article that runs on in it is a further root, whose parent is 0 too. */
void pk_tags_build(pk_job *job, const pk_document *document, const pk_tags **out);

/* The tag of a cell of the table `unit`. */
uint32_t pk_tags_of_cell(const pk_tags *tags, size_t unit, size_t cell);

/* The tag of a run whose block is `block`: that of its phrase or link, or `block`. */
static inline uint32_t pk_tags_of_run(const pk_tags *tags, uint32_t block, const pk_style_run *run) {
  if (!block) return 0;
  if (run->phrase) return tags->of_phrase[run->phrase];
  return run->link ? tags->of_link[run->link] : block;
}

/* "BlockQuote", "H2": the standard structure type of a tag, as PDF names it. */
const char *pk_tag_name(const pk_tag *tag);

#endif
