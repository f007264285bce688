/* Paragraphs: itemise (Pango), shape (HarfBuzz), hyphenate, break, justify.
 *
 * Two steps, so that one shaped paragraph can be set into many line shapes:
 *   pk_para_build  text and styles -> pk_para, shaped once
 *   pk_para_break  pk_para and a line shape -> pk_lines, glyphs placed
 * Both results are frozen, in the job's arena. */
#ifndef PK_PARA_H
#define PK_PARA_H

#include "font/font.h"
#include "style/style.h"

typedef struct pk_para pk_para;
typedef struct pk_para_worker pk_para_worker;

/* Per thread: HarfBuzz buffer, caches of hyphenation. `worker->font` and
 * `worker->hyphenation` must be set. */
pk_para_worker *pk_para_worker_new(pk_worker *worker);
void pk_para_worker_drop(pk_para_worker *worker);

/* Shapes `text`. Glyphs that no font has and families that were substituted are
 * diagnostics with the words concerned; the paragraph is built all the same. */
pk_status pk_para_build(pk_job *job, const pk_styled_text *text, const pk_para **out);

/* No paragraph of the job's arena will be asked for anything more: its lines stay, and may
 * go to another thread with the arena; what the worker kept for its words goes. */
void pk_para_forget(pk_job *job);

/* ---- line shapes --------------------------------------------------------- */

/* Where line `number` (0-based) of a paragraph lies: offset of its left edge
 * from the column's, and the room it has. A callback so that widths may change
 * from line to line (insets, drop caps). */
typedef struct {
  pk_length left, width;
} pk_line_room;

typedef struct {
  pk_line_room (*room)(const void *data, size_t number);
  const void *data;
  /* From this line on all rooms are alike; 0: it is not known where. A paragraph
   * is broken in time that grows with the number of lines before it. */
  size_t alike_from;
} pk_line_shape;

/* A shape whose lines are alike but for the first ones; the first starts `indent` later. The
 * shape points to `*rooms` (first line, other lines), which must outlive it. */
typedef struct {
  pk_line_room first, other;
  /* The first `beside_count` lines begin `beside` later than that: an initial
   * stands there. */
  size_t beside_count;
  pk_length beside;
} pk_line_rooms;
pk_line_shape pk_line_shape_plain(const pk_line_rooms *rooms);

typedef struct {
  int looseness;      /* lines more (or less) than the best number, if it can be had */
  uint32_t first_end; /* the byte at which the first line is to end; 0: anywhere */
  bool has_label;     /* a number or a bullet stands before the first line: no mark hangs out towards it */
} pk_break_options;

/* ---- lines --------------------------------------------------------------- */

/* `cluster` is the byte of the paragraph's text that the glyph stands for; all
 * glyphs of a cluster carry the same. Spaces inside a line are glyphs too. A
 * hyphen that is not in the text carries PK_CLUSTER_HYPHEN and the byte at which
 * it stands: where the line's text ends, or, repeated (Serbian), where it begins.
 * A soft hyphen of the text has no glyph; at a break the line ends before it. */
#define PK_CLUSTER_HYPHEN 0x80000000u /* added to `cluster`: a hyphen that is not in the text */

typedef struct {
  uint32_t id;
  uint32_t cluster;
  float x, y; /* origin, pt: x from the run's x, y up from the baseline */
} pk_glyph;

/* Glyphs of one face, size, style and direction on one line. */
typedef struct {
  const pk_face *face;
  uint32_t run; /* number in the text's runs: style, link, source */
  pk_length size;
  double scale_x;      /* 1: natural; the places of the glyphs have it in them */
  pk_length tracking;  /* after each cluster, pt as set; the places have it in them too */
  pk_length x, width;  /* x from the line's `x`: the first run of a line has 0 */
  uint32_t start, end; /* bytes of the text */
  bool is_rtl;
  const pk_glyph *glyphs; /* in visual order */
  uint32_t glyph_count;
} pk_glyph_run;

/* What a line was charged, by name; the sum is what the breaker minimises. The
 * unit is TeX's demerits. */
typedef struct {
  double line;     /* for being one: fewer lines are better, where balanced above all */
  double space;    /* spaces wider or narrower than natural; a ragged line's shortfall */
  double letters;  /* letters scaled and moved apart or together */
  double hyphen;   /* a break inside a word */
  double sense;    /* a break between words that belong together: see pk_tie */
  double name;     /* that word is a name */
  double stack;    /* hyphens above each other */
  double repeat;   /* it begins or ends with the same word as the line before */
  double letter;   /* it ends in a word of one letter */
  double contrast; /* looser or tighter than the line before */
  double last;     /* the last line is too short, or a broken word comes before it */
  double over;     /* wider than its room */
} pk_line_cost;

typedef struct {
  uint32_t start, end;       /* bytes of the text; spaces at the break left out */
  pk_length left, room;      /* as the shape gave it */
  pk_length x;               /* of the first glyph from the column's left edge */
  pk_length width;           /* set width, what hangs in the margins included */
  pk_length hang;            /* how much of it hangs in the margins, both together */
  pk_length ascent, descent; /* of the fonts on the line; both positive */
  double stretch;            /* word space set / natural */
  double letters;            /* -1..1: how much of what letters give was taken, narrower to wider */
  bool ends_in_hyphen;       /* a hyphen was added */
  bool is_last;              /* of the paragraph */
  bool is_emergency;         /* spaces are wider than they ever should be: nothing better was found */
  const pk_glyph_run *runs;  /* left to right */
  size_t run_count;
  double badness, demerits; /* for the dump */
  pk_line_cost cost;        /* the terms of `demerits` */
} pk_line;

typedef struct {
  const pk_styled_text *text;
  const pk_line *lines;
  size_t count;
  bool is_overfull; /* some line is wider than its room: a word that cannot be broken */
} pk_lines;

/* Breaks into lines of least total demerits and places the glyphs. Justified,
 * ragged and centred setting by the paragraph's style; `options` may be NULL. A
 * text of nothing but spaces has no lines. Never fails for want of
 * room: an overfull line is reported by `is_overfull`. */
pk_status pk_para_break(pk_job *job, const pk_para *para, pk_line_shape shape, const pk_break_options *options,
                        const pk_lines **out);

/* One of the ways in which the first line may be set, and its words in it: the
 * paragraph's text, which may stop early, but not before such a line is full. */
typedef struct {
  const pk_para *para;
  double extra;   /* what setting it so costs, in demerits */
  bool may_split; /* the line may end inside a word */
} pk_first_setting;

typedef struct {
  uint32_t end; /* the byte at which the first line ends; 0: it cannot be set in any of them */
  uint32_t number;
} pk_first_choice;

/* The best of `count` (at most 255) ways to set the first line of `para`, and where
 * that line is to end, what follows included. */
pk_first_choice pk_para_first(pk_job *job, const pk_para *para, pk_line_shape shape, const pk_first_setting *firsts,
                              size_t count);

/* Words and spaces of it: what its memory goes by. */
size_t pk_para_piece_count(const pk_para *para);

/* Natural width on one line (the widest one, where breaks are forced), and the
 * widest unbreakable piece. For tables. */
pk_length pk_para_width(const pk_para *para);
pk_length pk_para_min_width(const pk_para *para);

/* `--dump=para`: the lines with their words, ratios and costs. */
void pk_lines_dump(const pk_lines *lines, GString *out);

/* One line of it, with a line feed at its end. */
void pk_line_dump(const pk_styled_text *text, const pk_line *line, GString *out);

#endif
