/* The cascade, and the article as a list of styled units.
 *
 * In:  pk_article, pk_layout, pk_office.
 * Out: pk_document: every piece of text in the order of `flow:`, each with its
 *      resolved style (absolute lengths, ink numbers, families), and its runs;
 *      what presskit writes itself (release line, dateline, end mark, contact)
 *      included. Frozen, in the job's arena. */
#ifndef PK_STYLE_H
#define PK_STYLE_H

#include "article/article.h"
#include "language/language.h"
#include "spec/spec.h"

/* ---- resolved style ------------------------------------------------------ */

/* An ink as the outputs need it. Index 0 is always the ink of text. */
typedef struct {
  const char *name;
  double cmyk[4];   /* 0..1 */
  double screen[3]; /* RGB 0..1 */
  const char *spot; /* separation or NULL */
  bool is_rich;     /* areas of it are the printer's rich black */
} pk_ink;

typedef struct {
  pk_length thickness; /* 0: no rule */
  uint32_t ink;
  double length; /* 0..1 of the width */
  pk_length gap;
} pk_rule;

/* What a table has beside its text. */
typedef struct {
  pk_rule rule_rows, rule_columns;
  int stripe; /* ink behind every second row, or -1 */
  double stripe_tint;
  bool aligns_decimals;
  pk_length gap; /* between columns */
} pk_cells;

typedef struct pk_style pk_style;

/* How a paragraph opens. */
typedef struct {
  int lines;                  /* of its initial; below 2: none */
  pk_length gap;              /* beside the initial */
  const pk_style *initial;    /* of the initial, but for its size; NULL: it has no opening */
  const pk_style *first_line; /* of the words of the first line; NULL: as the others */
} pk_opening_style;

struct pk_style {
  const char *name;
  const pk_style_spec *spec; /* what it was resolved from */
  pk_span span;              /* where the layout says so */
  const char *families;      /* comma-separated, first choice first, as Pango takes it */
  bool italic;
  int weight;
  pk_length size, leading;
  pk_align align;
  bool hyphenate;
  pk_length indent, left, right;
  pk_length turn_over;     /* indent of what goes on of a line that ends in a forced break */
  pk_length before, after; /* whole or half grid lines */
  double measure;          /* 0..1 */
  double inset_width;      /* of an inset: share of the column, 0..1 */
  uint32_t ink;
  pk_letter_case letter_case;
  pk_figures figures;
  pk_figure_width figure_width;
  const char *const *features;
  size_t feature_count;
  pk_length tracking;         /* after each letter, pt */
  double glyph_scaling;       /* 0..1: the most that letters are scaled by to fill a line */
  pk_length letter_spacing;   /* pt: the most that each letter is moved for it */
  double hang[PK_HANG_COUNT]; /* by class: how much of a glyph's width hangs in the margin */
  pk_length rise;             /* of the baseline (superscript), pt */
  pk_column_span column_span;
  pk_placing place;
  pk_inset_side side;
  pk_length standoff;
  pk_begin begin;
  bool balance, keep_with_next, keep_together;
  int widows, orphans;
  pk_rule rule_above, rule_below;
  int fill; /* ink or -1 */
  double fill_tint;
  pk_length padding;
  const char *leader;         /* what leads from an entry of contents to its page number, or NULL */
  const char *const *markers; /* of list items, by depth */
  size_t marker_count;
  uint32_t marker_ink;
  pk_cells cells;           /* of a table */
  pk_opening_style opening; /* of a paragraph; character styles have none */
};

/* ---- styled text --------------------------------------------------------- */

/* Bytes [start, end) of a paragraph's text in one style. Runs cover the text.
 * Links and phrases (words in another language, abbreviations) are numbered
 * through the document, from 1; runs with the same number are one thing. A phrase
 * lies in one link or outside of links. */
typedef struct {
  uint32_t start, end;
  const pk_style *style;
  unsigned marks;        /* of pk_mark: what the article says, whatever the layout makes of it */
  const char *href;      /* or NULL; "#name": a heading of the document, by its name in pk_tags */
  int footnote;          /* number referred to, or 0 */
  bool is_run_in;        /* of a heading in the line of its paragraph */
  uint32_t link;         /* number of the link or reference to a note that this is part of; 0: none */
  uint32_t phrase;       /* number of the phrase that this is part of; 0: none */
  const char *lang;      /* of a phrase: BCP 47 tag where it is not the text's own, or NULL */
  const char *expansion; /* of a phrase: what the abbreviation stands for, or NULL */
  pk_span source;
} pk_style_run;

typedef struct {
  const char *text; /* UTF-8; '\n' is a forced line break */
  uint32_t size;
  const pk_style_run *runs;
  size_t run_count;
  const pk_style *style; /* of the paragraph */
  pk_lang lang;
  uint32_t start; /* bytes before it are set elsewhere: an initial */
} pk_styled_text;

/* The language whose rules a run is set by: its own or the text's; PK_LANG_NONE: one that
 * there are no rules for. */
static inline pk_lang pk_style_run_lang(const pk_styled_text *text, const pk_style_run *run) {
  return run->lang ? pk_lang_of_tag(run->lang) : text->lang;
}

/* ---- the document -------------------------------------------------------- */

typedef enum {
  PK_ROLE_RELEASE,
  PK_ROLE_KICKER,
  PK_ROLE_HEADLINE,
  PK_ROLE_SUBHEAD,
  PK_ROLE_BYLINE,
  PK_ROLE_PARAGRAPH, /* lede, body */
  PK_ROLE_HEADING,   /* level */
  PK_ROLE_QUOTE,
  PK_ROLE_PULL_QUOTE,
  PK_ROLE_ATTRIBUTION,
  PK_ROLE_ITEM,     /* list item: marker or number; level is the depth */
  PK_ROLE_CONTENTS, /* entry of a list of contents: level is the depth, href "#name" the place */
  PK_ROLE_TABLE,
  PK_ROLE_FIGURE, /* the picture; its caption and credit follow as units */
  PK_ROLE_CAPTION,
  PK_ROLE_CREDIT,
  PK_ROLE_TABLE_CAPTION,
  PK_ROLE_TABLE_NOTE,
  PK_ROLE_CODE,
  PK_ROLE_BREAK,
  PK_ROLE_END_MARK, /* from here on: what comes after the article's own text */
  PK_ROLE_PUBLISHED,
  PK_ROLE_NOTE,
  PK_ROLE_LABEL, /* heading of boilerplate, notes, contact */
  PK_ROLE_BOILERPLATE,
  PK_ROLE_CONTACT,
  PK_ROLE_RECIPIENT, /* of a letter, as are those below */
  PK_ROLE_REFERENCE,
  PK_ROLE_CLOSING,
  PK_ROLE_SIGNATURE, /* name and title; makes one piece with the closing */
  PK_ROLE_ENCLOSURES,
  PK_ROLE_COUNT,
} pk_role;

typedef struct {
  const pk_styled_text *cells; /* row by row, `columns` a row */
  size_t rows, columns, header_rows;
  const pk_align *aligns;     /* of each column */
  const bool *is_align_given; /* of each column: the article says how it is aligned */
} pk_styled_table;

/* A typeset unit. Units with the same `group` belong together: a pull-quote and
 * its attribution, a figure and its caption, a table with caption and notes, the
 * parts of one list. */
typedef struct {
  pk_role role;
  const pk_style *style;
  pk_styled_text text;           /* empty for tables, figures, breaks */
  const char *marker;            /* item or note: "•", "3."; NULL none */
  const pk_styled_text *trailer; /* flush right in the last line, after a leader: a page number; or NULL */
  const char *run_in;            /* the words of the heading that the text begins with, or NULL */
  int level;                     /* heading level; depth of an item; note number */
  const pk_style *aside;         /* of the side-bar that it is part of, or NULL */
  int aside_number;              /* of that side-bar, from 1 */
  pk_box_part box;               /* the part that stands in a box of a master, not in the text frame; or 0 */
  int note;                      /* the note that it is part of, or 0 */
  bool continues;                /* a further paragraph of the same item or quote */
  int group;                     /* > 0 where it matters, else 0 */
  const pk_styled_table *table;  /* or NULL */
  const char *image_path;        /* absolute, or NULL */
  const char *alternate;
  const pk_figure_spec *figure; /* what the article says about the picture, or NULL */
  pk_span source;
} pk_unit_block;

/* A line or a picture of a box that is part of the text: of a page that is all
 * furniture. */
typedef struct {
  const pk_box_line *line; /* or NULL: the picture of */
  const pk_box_spec *box;
  size_t unit;
} pk_box_unit;

/* One of several articles that follow each other in a document: of which each but the
 * first runs on. */
typedef struct {
  const pk_article *article;
  const pk_book_part *part; /* of the book */
  size_t first;             /* its first unit */
} pk_member;

typedef struct {
  pk_lang lang;
  const pk_article *article;
  const pk_book *book;                    /* that it is a part of, or NULL */
  const pk_book_part *part;               /* which one; NULL: a page that the book adds, or no book */
  const char *first_master, *next_master; /* NULL: "first", "next" */
  bool is_page;                           /* all furniture, on one page */
  bool begins_left;                       /* its first page is a left one */
  int outer_level;                        /* of the headings around it: 1 in a section of a book that has a heading */
  const pk_box_unit *box_units;           /* of `is_page` */
  size_t box_unit_count;
  const pk_layout *layout;
  const pk_office *office; /* may be NULL */
  pk_length bleed;         /* how far what touches the trim is drawn over it */
  const pk_ink *inks;
  size_t ink_count;
  const pk_unit_block *units;
  size_t unit_count;
  const pk_member *members; /* its articles, the first one too; none where nothing runs on */
  size_t member_count;
  uint32_t link_count, phrase_count;    /* the highest numbers of the runs */
  const char *title, *author, *subject; /* NULL where unknown */
  pk_date date;                         /* of the dateline, else of the release */
  const pk_style *body;                 /* the style "body": the grid's own */
  const pk_style *const *styles;        /* every style of the layout, resolved, in its order */
} pk_document;

/* Which of the members a unit is of; 0 where there are none. */
static inline size_t pk_document_member(const pk_document *document, size_t unit) {
  size_t member = 0;
  while (member + 1 < document->member_count && document->members[member + 1].first <= unit) member++;
  return member;
}

/* Where a link to another article of the book leads: the words "{page}" in it are
 * its page number. */
typedef struct {
  /* `path` is absolute, `heading` the name of a heading in it or NULL. NULL after an
   * error, raised at `span`; else the number, and in `*place` the name to link to. */
  const char *(*page)(void *data, pk_job *job, const char *path, const char *heading, pk_span span, const char **place);
  void *data;
} pk_references;

/* An entry of the contents. */
typedef struct {
  const char *title, *subhead; /* subhead: or NULL */
  const char *number;          /* of the page */
  const char *place;           /* name to link to */
  int level;                   /* 1, or 2 in a section */
  bool is_section;
  pk_span source;
} pk_contents_entry;

/* The part of a book that a document is. */
typedef struct {
  const pk_book *book;
  const pk_book_part *part; /* NULL: a page that the book adds */
  const char *first, *next; /* masters; of a page both are its own */
  bool is_page;
  int outer_level;
  const pk_member *run_on; /* articles that follow in the same pages; their first units are not asked for */
  size_t run_on_count;
  const pk_contents_entry *entries; /* of contents */
  size_t entry_count;
  GHashTable *told; /* words, casefolded -> the `teller` that tells them first; NULL: nothing is told */
  size_t teller;    /* its own, from 1, in the order of reading */
  const pk_references *references;
} pk_style_part;

typedef struct {
  const pk_article *article; /* NULL: of a page or of contents */
  const pk_layout *layout;
  const pk_office *office;   /* or NULL */
  const pk_printer *printer; /* whose bleed goes before the layout's; or NULL */
  const pk_style_part *part; /* of a book, or NULL */
} pk_style_input;

/* Resolves styles and makes the units. */
pk_status pk_style_build(pk_job *job, const pk_style_input *in, const pk_document **out);

/* A style of the layout by name, resolved; NULL if there is none. */
const pk_style *pk_style_lookup(const pk_document *document, const char *name);

/* The rule of a box or a style in points and ink numbers. `whole` is what % of
 * its thickness or gap would be of. */
pk_rule pk_style_rule(const pk_document *document, const pk_rule_spec *spec);

/* One style for all of `text`: what furniture and markers are set with. The
 * result and its copies are owned by the job's arena. */
const pk_styled_text *pk_style_plain_text(pk_job *job, const pk_style *style, pk_lang lang, const char *text,
                                          pk_span source);

/* The number of an ink by name; -1 if there is none. */
int pk_style_ink(const pk_document *document, const char *name);

/* What a page tells its furniture. */
typedef struct {
  unsigned page, pages; /* from 1; page 0: it has no number */
  const char *section;  /* the first heading on it, or the last before; NULL: none yet */
  pk_length spine;      /* of the book; 0: it has none, or nobody knows yet */
  size_t member;        /* of the document: the first article on the page */
} pk_folio;

/* Fills the variables of a furniture template for a page: {page}
 * {pages} {section} {headline} {place} {date} {office.name} {office.address} {label.more}
 * {contact.name} ... NULL if a variable has no value (the line is left out). An
 * unknown variable is an error at `span`. Owned by the job's arena. */
const char *pk_style_fill(pk_job *job, const pk_document *document, const pk_text *text, const pk_folio *folio,
                          pk_span span);

/* The layout's own label, else the language's. */
const char *pk_style_label(pk_job *job, const pk_document *document, pk_label label);

/* `--dump=style`. */
void pk_style_dump(const pk_document *document, GString *out);

#endif
