/* What the steps of a paragraph hand to each other. Private to para/.
 *
 *   items.c      text -> stretches of one face and direction
 *   pieces.c     items -> words, spaces and forced breaks, shaped   (shape.c)
 *   chances.c    where a line may end, and where it must not        (hyphenate.c)
 *   points.c     pieces -> break points with sums of widths
 *   break.c      points -> the best chain of lines                  (cost.c, first.c)
 *   justify.c    a chain -> lines with placed glyphs
 *
 * A word is the text between two spaces in one face, style and script. It is
 * shaped once and kept: words repeat. Its measures are font units, so that one
 * shape serves every size. Spaces stand outside words; kerning with them is
 * thus left out and they stay even. */
#ifndef PK_PARA_MODEL_H
#define PK_PARA_MODEL_H

#include <hb.h>

#include "para/para.h"

/* ---- shapes -------------------------------------------------------------- */

/* How a text is shaped: all that decides about its glyphs but the text itself. */
typedef struct {
  const pk_face *face;
  hb_font_t *font;
  const hb_feature_t *features;
  unsigned feature_count;
  hb_script_t script;
  hb_language_t language;
  bool is_rtl;
  pk_lang lang;        /* for hyphenation; PK_LANG_NONE: one that is not hyphenated */
  const char *foreign; /* its tag then, else NULL */
  char hyphen[4];      /* the hyphen that this font has, UTF-8 */
  uint8_t hyphen_size;
  int hyphen_advance;
  uint32_t space_glyph;
  int space_advance;
} pk_voice;

typedef struct {
  uint32_t id;
  uint32_t cluster : 31;  /* byte of the word */
  uint32_t is_unsafe : 1; /* shaping must be done anew if a line breaks before it */
  int32_t advance, dx, dy;
} pk_shaped_glyph;

typedef enum {
  PK_SPLIT_PLAIN,    /* nothing is added: after a dash, in a web address */
  PK_SPLIT_EXPLICIT, /* after a hyphen of the text */
  PK_SPLIT_REPEATED, /* the same, and the hyphen is repeated on the next line */
  PK_SPLIT_SOFT,     /* at a soft hyphen */
  PK_SPLIT_HYPHEN,   /* by the patterns: a hyphen is added */
} pk_split_kind;

/* What stands at an edge of a line, for the optical margin there. */
typedef struct {
  uint8_t hang;    /* pk_hang */
  int32_t advance; /* of its glyph */
} pk_edge;

/* A place inside a word where a line may end. The widths are font units. */
typedef struct {
  uint32_t at, next; /* bytes: the line ends before `at`, the next one begins at `next` */
  pk_split_kind kind;
  bool is_short;    /* two letters or fewer stand before or after it */
  int32_t add;      /* what the end of the line is wider for it: hyphen, lost kerning */
  int32_t lead;     /* what the next line is wider for it */
  int64_t before;   /* advance of the word's glyphs before `at` */
  uint32_t letters; /* clusters before `at` */
  pk_edge tail;     /* the last glyph of the line, an added hyphen included */
  pk_edge head;     /* the first glyph of the next line */
} pk_split;

typedef struct pk_word {
  const pk_voice *voice;
  const char *text;
  uint32_t size, hash;
  const pk_shaped_glyph *glyphs; /* in logical order, also right to left */
  uint32_t glyph_count;
  uint32_t letters; /* clusters, each of which is followed by tracking */
  int64_t advance;
  bool has_missing;
  bool is_hyphenated; /* `hyphens` are known */
  bool has_kinds;     /* `kinds` are known */
  uint32_t kinds;     /* of pk_language_word_kinds() */
  pk_edge head, tail; /* its first and last glyph, read left to right */
  uint32_t key;       /* the same for words that a reader takes for the same; 0: no letters */
  const pk_split *hyphens;
  uint32_t hyphen_count;
} pk_word;

/* ---- the paragraph ------------------------------------------------------- */

typedef enum {
  PK_PIECE_WORD,
  PK_PIECE_SPACE, /* stretches; a line may end at it if `may_break` */
  PK_PIECE_FIXED, /* a space of fixed width */
  PK_PIECE_FORCED,
} pk_piece_kind;

typedef struct {
  uint32_t start, end; /* bytes of the text */
  const pk_word *word; /* NULL for spaces */
  const pk_voice *voice;
  const pk_style_run *run; /* at `start` */
  const pk_split *splits;  /* of a word, ascending */
  uint32_t split_count;
  uint8_t kind, level; /* pk_piece_kind; bidirectional level */
  bool may_break;
  uint8_t reluctance; /* of a space: the tie (pk_tie) that a line end there would break */
} pk_piece;

struct pk_para {
  const pk_styled_text *text;
  const pk_piece *pieces;
  uint32_t piece_count;
  bool is_rtl, has_rtl; /* the paragraph's own direction; some piece runs leftwards */
  bool has_faults;      /* a letter is missing or borrowed, be it told by this paragraph or before */
};

/* Font units of a piece in points. */
static inline double pk_piece_scale(const pk_piece *piece) {
  return piece->run->style->size / piece->voice->face->upem;
}

/* Set width of a piece: a word's advance with its tracking, a space's natural width. */
pk_length pk_piece_width(const pk_piece *piece);

/* ---- break points -------------------------------------------------------- */

/* Sums from the start of the paragraph, in points. */
typedef struct {
  double width; /* natural */
  double space; /* of it: spaces that stretch and shrink */
  double flex;  /* what letters give, either way, at their utmost */
} pk_sums;

typedef enum {
  PK_POINT_START,
  PK_POINT_SPACE,
  PK_POINT_SPLIT,
  PK_POINT_FORCED,
  PK_POINT_END,
} pk_point_kind;

/* A place where a line may end. What stands between `end` and `next` is dropped
 * if it does. */
typedef struct {
  pk_sums end, next;
  double add, lead;
  double hang_end;       /* how far the line that ends here hangs out on the right */
  double hang_start;     /* how far the line that begins here hangs out on the left */
  uint32_t last_key;     /* of the last whole word before it, as pk_word.key; 0: none */
  uint32_t first_key;    /* of the first whole word after it */
  uint32_t end_piece;    /* the first piece that is not wholly on the line */
  uint32_t next_piece;   /* the first piece of the next line */
  const pk_split *split; /* in `end_piece`, or NULL */
  pk_point_kind kind;
  uint8_t reluctance; /* pk_tie */
  bool is_name;       /* a split inside a word with a capital that begins no sentence */
  bool is_letter;     /* the line ends in a word of one letter */
} pk_point;

typedef struct {
  const pk_point *points; /* the first is PK_POINT_START */
  uint32_t count;
} pk_points;

/* The points of `para`; owned by `arena`. */
pk_points pk_points_make(pk_arena *arena, const pk_para *para);

static inline bool pk_point_is_forced(const pk_point *point) {
  return point->kind >= PK_POINT_FORCED;
}

/* A hyphen ends the line, added or of the text. */
static inline bool pk_point_has_hyphen(const pk_point *point) {
  return point->split && point->split->kind != PK_SPLIT_PLAIN;
}

/* ---- filling a line ------------------------------------------------------ */

/* How far a space gives, of its natural width. The stretch is TeX's, and a line may
 * stretch beyond it, at its cost. The shrink is a bound: TeX's third, and what the
 * letters on both sides come nearer by where all letters do, which a space here does
 * not share (points.c). */
#define PK_SPACE_STRETCH (1.0 / 2)
#define PK_SPACE_SHRINK 0.38

/* Slack spread over a line. */
typedef struct {
  double space;   /* change of each space, of its natural width */
  double letters; /* -1..1: of what the letters give */
} pk_spread;

/* Spreads `slack` over letters that give `flex` points either way and, beyond
 * what they give, over `space` points of spaces. */
pk_spread pk_spread_of(double slack, double space, double flex);

/* ---- costs --------------------------------------------------------------- */

/* One line of the chain that was chosen. */
typedef struct {
  uint32_t from, to; /* points */
  double badness, demerits;
  pk_line_cost cost;
  bool is_over, is_emergency;
} pk_chain_line;

typedef struct {
  const pk_chain_line *lines;
  uint32_t count;
} pk_chain;

/* The chain of least cost; owned by `arena`. */
pk_chain pk_chain_find(pk_arena *arena, const pk_para *para, const pk_points *points, pk_line_shape shape,
                       const pk_break_options *options);

/* What a line that begins at `from` is set in by and loses of `room`, since it goes
 * on from one that did not fit: verse. 0: nothing. `turn` is pk_para_turn(). */
static inline double pk_line_turn(const pk_point *from, double turn, double room) {
  static const double most = 0.25; /* of the room */
  bool is_turned = from->kind != PK_POINT_START && from->kind != PK_POINT_FORCED;
  return is_turned ? MIN(turn, most * room) : 0;
}

/* The indent of turned-over lines; 0 if the text ends no line itself. */
double pk_para_turn(const pk_para *para);

/* An end of the first line in a setting of its own: a line between two points of
 * another paragraph. */
typedef struct {
  uint32_t point;            /* where that is in the paragraph itself */
  const pk_point *from, *to; /* the line */
  double extra;              /* what its setting costs besides */
  uint8_t number;            /* of its setting */
} pk_first_end;

typedef struct {
  const pk_first_end *ends; /* in the order of their points */
  size_t count;
} pk_first_ends;

/* The first line of the chain of least cost that begins with one of `firsts`; NULL:
 * there is no way on from any of them. */
const pk_first_end *pk_chain_first(pk_arena *arena, const pk_para *para, const pk_points *points, pk_line_shape shape,
                                   pk_first_ends firsts);

/* The byte before which a line that ends at `point` ends, what is added to it left out. */
uint32_t pk_point_byte(const pk_para *para, const pk_point *point);

/* Places the glyphs of a chain; owned by the job's arena. */
const pk_lines *pk_lines_make(pk_job *job, const pk_para *para, const pk_points *points, const pk_chain *chain,
                              pk_line_shape shape);

#endif
