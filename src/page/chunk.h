/* Chunks: what the flow is cut into. Private to page/.
 *
 * A chunk is a piece that is never split: a line of body text, a heading, a row
 * of a table, a pull-quote with its attribution. Its parts are placed relative
 * to its own top left corner. */
#ifndef PK_PAGE_CHUNK_H
#define PK_PAGE_CHUNK_H

#include "page/cost.h"

typedef struct {
  const pk_unit_block *unit; /* whose first or only part it is */
  pk_length extent;          /* what it needs of its height, which is rounded up to rows */
  const pk_placed *placed;
  uint32_t count;
  int rows;        /* its height in rows of the grid */
  unsigned breaks; /* PK_BREAK_...: what is wrong with a column that ends before it */
  uint32_t note;   /* the last note that it refers to; 0: none */
  bool is_line;    /* of a text that is set a chunk a line */
  bool is_head;    /* a table's heading row: stands again where the table goes on */
} pk_chunk;

/* What lines run round: rows of a column that something else takes room in. */
typedef struct {
  size_t from, to;       /* lines [from, to) of the text */
  pk_length left, width; /* added to the left edge and to the width of each */
} pk_around_band;

enum { PK_AROUND_MAX = 6 };

typedef struct {
  pk_around_band bands[PK_AROUND_MAX];
  size_t count;
} pk_around;

/* The grid and the widths that text is set to. */
typedef struct {
  pk_length leading; /* of the grid */
  pk_length drop;    /* from the top of a grid row to its baseline */
  pk_length column_width, full_width, full_height;
  pk_length margin_width; /* of what stands in the margin; 0: nothing may */
  bool is_chain;          /* of frames: nothing lies across them */
  int parts;              /* of a row that may be added to a space by themselves */
  int most_parts;         /* so many may be added to one space; 0: none */
} pk_measure;

/* What the makers of chunks share. */
typedef struct {
  pk_job *job;
  const pk_document *document;
  pk_art_store *arts;
  pk_measure measure;
  bool stacks;             /* the unit that is being cut stands right below the one before, off the grid */
  GArray *chunks;          /* of pk_chunk: of the unit at hand */
  GHashTable *paras;       /* pk_styled_text -> pk_para: shaped once, set in many shapes; or NULL */
  pk_arena *para_arena;    /* of those in `paras` */
  size_t para_pieces;      /* of all of them */
  const pk_around *around; /* the lines of the unit at hand run round this; or NULL */
  int looseness;           /* lines that the unit at hand is to be longer than is best, or shorter */
  bool is_note;            /* the unit at hand is of a note: its lines stand closer than the grid's */
  bool is_trial;           /* a shape that may not be used: lines too wide are not raised, but noted in */
  bool is_overfull;        /* this */
} pk_chunker;

/* Cuts a unit into chunks, appended to chunker->chunks. */
pk_status pk_chunk_unit(pk_chunker *chunker, const pk_unit_block *unit, bool is_indented);

/* Makes the chunks from number `first` on one, so that they are never parted:
 * those after the first stand `gap` below it, as close as they need to, and only
 * the whole is rounded up to rows. */
void pk_chunk_merge(pk_chunker *chunker, guint first, pk_length gap);

/* Makes the chunks of an inset one, as the lines beside it ask; its first and last
 * part have these styles. */
void pk_chunk_inset(pk_chunker *chunker, const pk_style *first, const pk_style *last);

/* Moves what is in a chunk down. */
void pk_chunk_move(pk_chunk *chunk, pk_length by);

/* ---- for the makers ------------------------------------------------------- */

/* A chunk being put together: parts are added top down. */
typedef struct {
  GArray *placed; /* of pk_placed */
  pk_length y;    /* the next free place */
} pk_chunk_builder;

pk_chunk_builder pk_chunk_builder_open(void);
void pk_chunk_builder_add(pk_chunk_builder *builder, const pk_placed *placed);

/* Ends the chunk at a whole number of grid rows and appends it. */
pk_chunk *pk_chunk_builder_close(pk_chunker *chunker, pk_chunk_builder *builder, const pk_unit_block *unit);

/* The smallest whole number of grid rows that holds `height`; the same in points. */
int pk_measure_row_count(const pk_measure *measure, pk_length height);
pk_length pk_measure_rows(const pk_measure *measure, pk_length height);

/* What is wrong with a column that ends before line `line` (0-based) of `count`. */
unsigned pk_break_of_line(const pk_style *style, size_t line, size_t count);

/* From the top of a line of `leading` and `size` to its baseline. */
pk_length pk_measure_drop(pk_length leading, pk_length size);

/* Where lines of a style lie in a column of `width`. */
pk_line_rooms pk_measure_rooms(const pk_style *style, pk_length width, bool is_indented);

/* Shapes and breaks `text`; what does not fit is not raised. `options` may be NULL. */
pk_status pk_chunk_lines_try(pk_chunker *chunker, const pk_styled_text *text, const pk_line_rooms *rooms,
                             const pk_break_options *options, const pk_lines **out);

/* The best of `count` ways to set the first line of `text`, and where it ends: the
 * texts `firsts` begin with its words, each set so; extra[i] is what the way costs,
 * and only the first may end the line inside a word. */
pk_status pk_chunk_first(pk_chunker *chunker, const pk_styled_text *text, const pk_line_rooms *rooms,
                         const pk_styled_text *const *firsts, const double *extra, size_t count, pk_first_choice *out);

/* Raises lines that do not fit as errors. */
void pk_chunk_lines_check(pk_chunker *chunker, const pk_lines *lines);

/* Both: shapes and breaks `text`; a line that does not fit is raised as an error. */
pk_status pk_chunk_lines(pk_chunker *chunker, const pk_styled_text *text, const pk_line_rooms *rooms,
                         const pk_lines **out);

/* A rule across `width` whose upper edge is at `y`. */
pk_placed pk_chunk_rule(const pk_unit_block *unit, const pk_rule *rule, pk_length left, pk_length width, pk_length y);

/* The makers. */
pk_status pk_chunk_table(pk_chunker *chunker, const pk_unit_block *unit);
pk_status pk_chunk_figure(pk_chunker *chunker, const pk_unit_block *unit);

/* A figure with its caption and credit as a page. */
pk_status pk_chunk_photo(pk_chunker *chunker, const pk_unit_block *units, size_t count);
pk_status pk_chunk_aside(pk_chunker *chunker, const pk_unit_block *units, size_t count, const pk_style *style,
                         pk_length width);
pk_status pk_chunk_aside_lines(pk_chunker *chunker, const pk_unit_block *units, size_t count, const pk_style *style,
                               pk_length width);
pk_status pk_chunk_text(pk_chunker *chunker, const pk_unit_block *unit, bool is_indented);

#endif
