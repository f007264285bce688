/* An article: front matter and a tree of blocks, each with its source span.
 *
 * Plain, frozen data in the job's arena. The words are exactly those of the
 * file, but for {facts.x} and {row.x}, which job->merge fills. */
#ifndef PK_ARTICLE_H
#define PK_ARTICLE_H

#include "diag/diag.h"
#include "spec/fields.h"
#include "spec/layout.h"

/* Limits that end in a diagnostic. */
enum {
  PK_ARTICLE_MAX_BYTES = 64 * 1024 * 1024,
  PK_ARTICLE_MAX_DEPTH = 64, /* nested quotes and list items; emphasis and links */
};

/* ---- text ---------------------------------------------------------------- */

typedef enum {
  PK_MARK_EMPHASIS = 1 << 0,
  PK_MARK_STRONG = 1 << 1,
  PK_MARK_CODE = 1 << 2,
  PK_MARK_STRIKE = 1 << 3,
  PK_MARK_SUPERSCRIPT = 1 << 4,
} pk_mark;

/* Bytes [start, end) of the text that look alike and come from one place. Runs
 * cover the text without gaps, in order. */
typedef struct {
  uint32_t start, end;
  unsigned marks;   /* of pk_mark */
  const char *href; /* link target or NULL */
  const char *lang; /* BCP 47, of words that the article says are in another language; or NULL */
  int footnote;     /* 1-based number of the note that is referred to here, or 0;
                       such a run's text is the number */
  pk_span source;
} pk_text_run;

/* Rich text: UTF-8, '\n' only for hard line breaks, soft breaks and tabs are
 * spaces. `text` is never NULL and ends in a NUL. A run whose text is as long as
 * its source is the same as its source, byte by byte (but for the spaces); else
 * it is one thing that is written otherwise: an escape, an entity, a footnote's
 * number, a line break. */
typedef struct {
  const char *text;
  uint32_t size;
  const pk_text_run *runs;
  size_t run_count;
} pk_rich_text;

/* ---- blocks -------------------------------------------------------------- */

typedef enum {
  PK_BLOCK_PARAGRAPH,
  PK_BLOCK_HEADING,    /* level 1..6 */
  PK_BLOCK_QUOTE,      /* children: blocks */
  PK_BLOCK_PULL_QUOTE, /* text; attribution */
  PK_BLOCK_LIST,       /* children: items */
  PK_BLOCK_ITEM,       /* children: blocks */
  PK_BLOCK_TABLE,      /* children: rows */
  PK_BLOCK_ROW,        /* children: cells; is_header */
  PK_BLOCK_CELL,       /* text */
  PK_BLOCK_FIGURE,     /* image_path; text is the caption; credit; alternate */
  PK_BLOCK_CODE,       /* text: verbatim lines between '\n', tabs as spaces; its runs have PK_MARK_CODE */
  PK_BLOCK_BREAK,      /* thematic break */
  PK_BLOCK_NOTE,       /* a footnote: number; children: blocks */
} pk_block_kind;

typedef enum { PK_CELL_DEFAULT, PK_CELL_LEFT, PK_CELL_CENTER, PK_CELL_RIGHT } pk_cell_align;

typedef struct pk_block pk_block;
struct pk_block {
  pk_block_kind kind;
  pk_span span; /* the block's own lines in the file */
  pk_rich_text text;
  pk_rich_text attribution; /* of a pull-quote, without its dash; empty if none */
  int level;                /* heading 1..6 */
  bool is_ordered;          /* list */
  int start;                /* first number of an ordered list */
  bool is_tight;            /* list: no paragraphs' space between items */
  bool is_header;           /* row */
  pk_cell_align align;      /* cell */
  int number;               /* note */
  const char *image_path;   /* figure: as written, "%20" and the like decoded; no URL */
  pk_span image_span;
  const char *credit; /* figure: the image's title, or NULL */
  pk_span credit_span;
  const char *alternate; /* figure: text for who cannot see it, or NULL: the caption then */
  const pk_block *const *children;
  size_t child_count;
};

/* How a picture is shown: an entry of `figures:` in the front matter. */
typedef struct {
  const char *file; /* as the body names it */
  pk_span span;
  double crop;     /* width / height of what is shown; 0: all of it */
  double focus[2]; /* what stays in sight, 0..1 from the left and from the top */
  bool has_focus;  /* else the middle */
  pk_placing place;
  bool has_place;
} pk_figure_spec;

/* An entry of `abbreviations:` in the front matter. */
typedef struct {
  const char *letters; /* "NATO" */
  const char *expansion;
  pk_span span; /* of the letters */
} pk_abbreviation;

/* ---- the article --------------------------------------------------------- */

/* A line of front matter. NULL where not given. */
typedef struct {
  const char *text;
  pk_span span;
} pk_meta_text;

typedef struct {
  pk_arena *arena; /* that it lies in */
  const pk_source *source;
  const char *folder; /* image paths are from here */
  pk_lang lang;
  pk_span lang_span;
  pk_meta_text headline, subhead, kicker, credit, contact, boilerplate;
  pk_meta_text place; /* of the dateline */
  pk_date date;       /* of the dateline */
  pk_span dateline_span;
  bool is_immediate; /* release: immediate */
  pk_date embargo;   /* release: {embargo: ...} */
  pk_span release_span;
  /* Of a letter. */
  const char *const *recipient; /* lines of the address; some may be empty */
  size_t recipient_count;
  pk_span recipient_span;
  pk_meta_text reference, closing, signed_by, signed_as;
  const char *const *enclosures;
  size_t enclosure_count;
  pk_span enclosures_span;
  pk_meta_text published_outlet;
  pk_date published_date;
  const pk_figure_spec *figures;
  size_t figure_count;
  const pk_abbreviation *abbreviations;
  size_t abbreviation_count;
  const char *const *keywords;
  size_t keyword_count;
  const pk_block *const *blocks; /* the body; the first paragraph is the lede */
  size_t block_count;
  const pk_block *const *notes; /* PK_BLOCK_NOTE, in the order of their numbers */
  size_t note_count;
} pk_article;

/* Reads and parses the article at `path`. Every fault is raised in job->diag
 * at its place; PK_FAILED if there was an error. */
pk_status pk_article_build(pk_job *job, const char *path, const pk_article **out);

/* The same of a text that is already here. `folder` is where its images are.
 * The source must live as long as the job's arena. */
pk_status pk_article_parse(pk_job *job, const pk_source *source, const char *folder, const pk_article **out);

/* The longest abbreviation of the article that the `size` bytes of `text` begin with, as a
 * whole word ("NATO" in "NATO-a", not in "NATOM"); NULL if there is none. `before` is the
 * letter before `text`, 0 for none, `after` the one behind it. */
const pk_abbreviation *pk_article_abbreviation(const pk_article *article, const char *text, size_t size,
                                               gunichar before, gunichar after);

/* The fields of the front matter, for the schema and the reference. */
const pk_fields *pk_article_fields(void);

/* Appends the article as text, one block a line with its place:
 * `--dump=article`. */
void pk_article_dump(const pk_article *article, GString *out);

#endif
