/* What a layout file says: the look of one kind of document.
 *
 * Plain data as the user wrote it, defaults filled in, `extends:` resolved.
 * Lengths keep their unit where it is relative (em, grid, %). Everything is
 * owned by the arena of the reader and frozen. */
#ifndef PK_SPEC_LAYOUT_H
#define PK_SPEC_LAYOUT_H

#include "spec/text.h"

/* ---- styles -------------------------------------------------------------- */

typedef enum { PK_ALIGN_JUSTIFY, PK_ALIGN_LEFT, PK_ALIGN_RIGHT, PK_ALIGN_CENTER } pk_align;
typedef enum { PK_CASE_NONE, PK_CASE_UPPER, PK_CASE_SMALL_CAPS, PK_CASE_ALL_SMALL_CAPS } pk_letter_case;
typedef enum { PK_FIGURES_DEFAULT, PK_FIGURES_LINING, PK_FIGURES_OLD_STYLE } pk_figures;
typedef enum { PK_FIGURE_WIDTH_DEFAULT, PK_FIGURE_WIDTH_PROPORTIONAL, PK_FIGURE_WIDTH_TABULAR } pk_figure_width;
typedef enum { PK_SPAN_COLUMN, PK_SPAN_ALL } pk_column_span;

/* How a pull-quote, figure or side-bar comes to its place. */
typedef enum {
  PK_PLACE_COLUMN,   /* in a column, or across all of them where `span` says so */
  PK_PLACE_INSET,    /* in a column or between two, the text running round it */
  PK_PLACE_SPANNING, /* across all columns */
  PK_PLACE_MARGINAL, /* in the margin of the master */
  PK_PLACE_BLEED,    /* a figure across the page, from edge to edge */
  PK_PLACE_PAGE,     /* a figure that is a page, over all four edges */
} pk_placing;

static inline bool pk_placing_is_across(pk_placing place) {
  return place == PK_PLACE_SPANNING || place == PK_PLACE_BLEED || place == PK_PLACE_PAGE;
}

/* Where in the column an inset stands. */
/* Where a text of a style begins. */
typedef enum { PK_BEGIN_ANYWHERE, PK_BEGIN_COLUMN } pk_begin;

typedef enum { PK_SIDE_RIGHT, PK_SIDE_LEFT, PK_SIDE_BETWEEN } pk_inset_side;

/* Characters that may hang in the margin, by how they look at an edge. */
typedef enum {
  PK_HANG_NONE,
  PK_HANG_STOP,  /* . , and the ellipsis */
  PK_HANG_POINT, /* : ; ! ? */
  PK_HANG_HYPHEN,
  PK_HANG_DASH,
  PK_HANG_QUOTE,
  PK_HANG_BRACKET,
  PK_HANG_ROUND, /* o, C, О: curved at that side */
  PK_HANG_SLANT, /* A, V, T, У: open at that side */
  PK_HANG_COUNT,
} pk_hang;

/* `optical-margins:` how far the marks of each class hang, of their own width. */
typedef struct {
  double amount; /* of all the others */
  double share[PK_HANG_COUNT];
} pk_hang_spec;

/* A line drawn along an edge: above, below. Absent when thickness is 0. */
typedef struct {
  pk_dimension thickness; /* pt */
  const char *ink;
  pk_dimension length; /* % of the block or box; default 100 % */
  pk_dimension gap;    /* between the line and what it belongs to */
} pk_rule_spec;

typedef enum { PK_NUMBERS_DECIMAL, PK_NUMBERS_AS_WRITTEN } pk_numbers;

/* What a table has beside its text. Tints are 0..1. */
typedef struct {
  pk_rule_spec rule_rows, rule_columns; /* between rows, between columns; thickness 0: none */
  const char *stripe;                   /* ink behind every second row, or NULL */
  double stripe_tint;
  pk_numbers numbers; /* how columns of numbers are aligned */
  pk_dimension gap;   /* between two columns */
} pk_cells_spec;

typedef enum { PK_FIRST_LINE_PLAIN, PK_FIRST_LINE_SMALL_CAPS } pk_first_line;

/* The initial of a paragraph. */
typedef struct {
  int lines; /* that it is high; 1: none */
  pk_dimension gap;
} pk_drop_cap_spec;

/* One entry of `styles:`. `based-on:` is already applied. Fields that the user
 * did not give hold the default of the field table; `set` tells which were
 * given (bit n = field n of pk_style_fields), so that character styles
 * (emphasis, strong, code, link) change only what they name. */
typedef struct {
  const char *name;
  pk_span span;
  uint64_t set;
  const char *based_on; /* as written; already applied */
  pk_span based_on_span;
  const char *font; /* a role of `fonts:` */
  bool italic;
  int weight; /* 100..900 */
  pk_dimension size;
  pk_dimension leading; /* grid or pt */
  pk_align align;
  bool hyphenate;
  pk_dimension indent;      /* of the first line; not after a heading or a break */
  pk_dimension left, right; /* of all lines */
  pk_dimension turn_over;   /* further, of a line of verse that goes on */
  pk_dimension before, after;
  pk_dimension measure; /* % of the column (or of all columns) that lines use at most */
  const char *ink;
  pk_letter_case letter_case;
  pk_figures figures;
  pk_figure_width figure_width;
  const char *const *features; /* OpenType: "ss01", "-liga", "cv05=2" */
  size_t feature_count;
  pk_dimension tracking; /* em, added after every letter */
  double glyph_scaling;  /* 0..1: how much letters may be scaled to fill a line */
  double letter_spacing; /* em: how far letters may be moved apart or together for it */
  pk_hang_spec hang;
  pk_column_span column_span;
  pk_placing place;
  pk_inset_side side;
  pk_begin begin;
  pk_dimension standoff; /* between an inset and the text beside it */
  bool balance;          /* lines of about equal length (headlines) */
  bool keep_with_next, keep_together;
  int widows, orphans; /* least number of lines */
  pk_rule_spec rule_above, rule_below;
  const char *fill;           /* ink behind the block, or NULL */
  double fill_tint;           /* 0..1 */
  pk_dimension padding;       /* inside the fill or border */
  const char *leader;         /* of an entry of contents: what is repeated up to its number, or NULL */
  const char *const *markers; /* of list items, by depth: "•"; lists numbered by themselves ignore them */
  size_t marker_count;
  const char *marker_ink;
  pk_cells_spec cells; /* of a table */
  pk_drop_cap_spec drop_cap;
  pk_first_line first_line;
  bool run_in; /* of a heading: the paragraph after it goes on in its line */
} pk_style_spec;

/* `base` with every field that `over` sets put in its place. Lists stay shared. */
pk_style_spec pk_style_spec_overlay(const pk_style_spec *base, const pk_style_spec *over);

/* ---- inks and fonts ------------------------------------------------------ */

typedef struct {
  const char *name;
  pk_span span;
  double cmyk[4];   /* 0..1 */
  double screen[3]; /* RGB 0..1; computed from cmyk where not given */
  bool has_screen;  /* given by the user */
  const char *spot; /* name of the separation, or NULL */
  bool rich;        /* areas of it are printed in the printer's rich black */
} pk_ink_spec;

/* `fonts: {text: [Source Serif 4, Vollkorn, Noto Serif]}`: a role and its
 * families, first choice first. */
typedef struct {
  const char *role;
  pk_span span;
  const char *const *families;
  size_t family_count;
} pk_font_role;

/* ---- masters ------------------------------------------------------------- */

typedef enum {
  PK_SHOW_ALWAYS,
  PK_SHOW_NOT_LAST, /* "MORE" */
  PK_SHOW_LAST,
  PK_SHOW_SEVERAL, /* only where the document has more than one page */
  PK_SHOW_FITTING, /* only where its text has room in it */
} pk_show;

/* Where the article's notes stand. */
typedef enum { PK_NOTES_END, PK_NOTES_FOOT } pk_notes_place;

/* How art fills its box: all of it is seen, or all of the box is covered. */
typedef enum { PK_ART_FIT_CONTAIN, PK_ART_FIT_COVER } pk_art_fit;

typedef enum { PK_VALIGN_TOP, PK_VALIGN_MIDDLE, PK_VALIGN_BOTTOM } pk_valign;

/* A part of the text that a box holds. */
typedef enum {
  PK_BOX_NO_PART,
  PK_BOX_BOILERPLATE,
  PK_BOX_CONTACT,
  PK_BOX_NOTES,
  PK_BOX_RECIPIENT,
  PK_BOX_REFERENCE,
  PK_BOX_PARTS
} pk_box_part;

/* One paragraph of a box. Text is a template: "{office.name}", "{page} /
 * {pages}". A line in which a variable has no value is left out. */
typedef struct {
  pk_text text;
  const char *style;
  pk_span span;
} pk_box_line;

/* A piece of furniture: letterhead band, logo, office name, rule, footer,
 * folio, running head. Placed by any two of left/right/width and of
 * top/bottom/height, from the trim edges; % is of the page. */
typedef struct {
  const char *name;
  pk_span span;
  pk_dimension left, right, width, top, bottom, height;
  bool has_left, has_right, has_width, has_top, has_bottom, has_height;
  bool margins; /* measured from the margins instead of the trim edges */
  bool bleed;   /* edges that touch the trim are drawn out to the bleed */
  pk_show show;
  const char *fill; /* ink or NULL */
  double fill_tint;
  pk_rule_spec rule_above, rule_below;
  const char *art; /* file name, or "{office.logo}"; SVG, PNG or JPEG; NULL none */
  pk_span art_span;
  const char *beside; /* a box with art; where that has none, this one begins where it would; or NULL */
  const char *style;  /* of lines that name none */
  pk_art_fit fit;     /* of art */
  pk_align align;     /* of art; text goes by its style */
  pk_valign valign;
  pk_turn turn; /* of its text and art */
  pk_box_part part;
  const pk_box_line *lines;
  size_t line_count;
} pk_box_spec;

/* One frame of a chain that the text runs through, from the trim's corner. */
typedef struct {
  pk_span span;
  pk_dimension left, top, width, height;
} pk_frame_spec;

typedef struct {
  const char *name; /* "first", "next", "left", "right" */
  pk_span span;
  /* Text frame from the trim edges; what is not given is the page's margin. */
  pk_dimension top, bottom, left, right;
  bool has_top, has_bottom, has_left, has_right;
  int columns;                            /* 0: as the grid says */
  pk_dimension margin_left, margin_width; /* where what is marginal stands; width 0: nowhere */
  const pk_frame_spec *frames;            /* instead of columns */
  size_t frame_count;
  const pk_box_spec *boxes;
  size_t box_count;
} pk_master_spec;

/* ---- the layout ---------------------------------------------------------- */

/* What stands in the text frame, in order. */
typedef enum {
  PK_PART_RELEASE, /* "FOR IMMEDIATE RELEASE", "EMBARGOED UNTIL ..." */
  PK_PART_KICKER,
  PK_PART_HEADLINE,
  PK_PART_SUBHEAD,
  PK_PART_BYLINE, /* the article's credit */
  PK_PART_BODY,   /* dateline and lede first */
  PK_PART_END_MARK,
  PK_PART_PUBLISHED, /* where it was published first */
  PK_PART_NOTES,     /* where notes stand at the end */
  PK_PART_BOILERPLATE,
  PK_PART_CONTACT,
  PK_PART_RECIPIENT, /* of a letter, as are those below */
  PK_PART_REFERENCE, /* number and date */
  PK_PART_SIGNATURE,
  PK_PART_ENCLOSURES,
  PK_PART_COUNT
} pk_part;

/* `labels:` replaces one of the language's own labels ("MORE", "CONTACT"). */
typedef struct {
  const char *name; /* as in pk_language_label_find() */
  pk_text text;
  pk_span span;
} pk_label_spec;

typedef struct {
  const pk_source *source; /* the file itself, not what it extends */
  const char *path, *folder;
  pk_text title, description;
  pk_length page_width, page_height;
  pk_dimension margin_top, margin_bottom, margin_inside, margin_outside;
  pk_span margins_span; /* where they are given, if they are */
  pk_dimension bleed;
  const pk_length *folds; /* where the sheet is folded, from its left edge */
  size_t fold_count;
  bool has_cover;            /* the first two and the last two pages */
  bool facing;               /* left and right pages mirror their margins */
  int most_pages;            /* more is an error; 0: any number */
  pk_length leading;         /* the grid */
  int columns;               /* 1..6 */
  pk_dimension gutter;       /* between columns */
  pk_dimension justify_most; /* that may be added to a space so that columns end on one line; 0: nothing */
  int justify_parts;         /* of a row of the grid that may be added by themselves */
  const pk_ink_spec *inks;
  size_t ink_count;
  const pk_font_role *fonts;
  size_t font_count;
  const char *const *font_files; /* the user's own, absolute */
  size_t font_file_count;
  const pk_style_spec *styles;
  size_t style_count;
  const pk_master_spec *masters; /* "first" and "next" always exist */
  size_t master_count;
  const pk_part *flow;
  size_t flow_count;
  const pk_label_spec *labels;
  size_t label_count;
  bool dateline;        /* place and date are run in before the first paragraph */
  bool smart_quotes;    /* straight quotes are set as the language's own */
  bool attaches_source; /* the screen edition has its article within */
  bool smart_dashes;    /* so are hyphens for dashes and three dots */
  pk_notes_place notes_place;
  pk_rule_spec notes_rule; /* above notes at the foot of a column */
} pk_layout;

const pk_style_spec *pk_layout_style(const pk_layout *layout, const char *name);
const pk_ink_spec *pk_layout_ink(const pk_layout *layout, const char *name);
const pk_font_role *pk_layout_font(const pk_layout *layout, const char *role);
const pk_master_spec *pk_layout_master(const pk_layout *layout, const char *name);

/* The master that stands for `name` on left or right pages: NAME-left, NAME-right
 * (for `next`: left, right), else itself; NULL if the layout has neither. */
const pk_master_spec *pk_layout_master_on(const pk_layout *layout, const char *name, bool is_left);

#endif
