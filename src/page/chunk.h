/* Chunks: what the flow is cut into. Private to page/.
 *
 * A chunk is a piece that is never split: a line of body text, a heading, a row
 * of a table, a pull-quote with its attribution. Its parts are placed relative
 * to its own top left corner. */
#ifndef PK_PAGE_CHUNK_H
#define PK_PAGE_CHUNK_H

#include "page/page.h"

typedef struct {
  const pk_unit_block *unit; /* whose first or only part it is */
  pk_length height;
  pk_length extent; /* what it needs of its height, which is rounded up to rows */
  pk_length before; /* space above it, dropped at the head of a column */
  bool spans;       /* lies across all columns */
  bool floats;      /* may come a little later than the text that follows it */
  bool may_break;   /* a column may end before it */
  const pk_placed *placed;
  size_t count;
} pk_chunk;

/* The grid and the widths that text is set to. */
typedef struct {
  pk_length leading; /* of the grid */
  pk_length drop;    /* from the top of a grid row to its baseline */
  pk_length column_width, full_width, full_height;
} pk_measure;

/* What the makers of chunks share. */
typedef struct {
  pk_job *job;
  const pk_document *document;
  pk_art_store *arts;
  pk_measure measure;
  GArray *chunks; /* of pk_chunk */
  bool stacks;    /* the unit that is being cut stands right below the one before, off the grid */
} pk_chunker;

/* Cuts all units of the document into chunks, appended to chunker->chunks. */
pk_status pk_chunk_units(pk_chunker *chunker);

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

/* The smallest whole number of grid rows that holds `height`, in points. */
pk_length pk_measure_rows(const pk_measure *measure, pk_length height);

/* From the top of a line of `leading` and `size` to its baseline. */
pk_length pk_measure_drop(pk_length leading, pk_length size);

/* Where lines of a style lie in a column of `width`, nested `depth` deep. */
pk_line_rooms pk_measure_rooms(const pk_style *style, pk_length width, int depth, bool is_indented);

/* Shapes and breaks `text`; a line that does not fit is raised as an error. */
pk_status pk_chunk_lines(pk_chunker *chunker, const pk_styled_text *text, const pk_line_rooms *rooms,
                         const pk_lines **out);

/* A rule across `width` whose upper edge is at `y`. */
pk_placed pk_chunk_rule(const pk_unit_block *unit, const pk_rule *rule, pk_length left, pk_length width, pk_length y);

/* The makers. */
pk_status pk_chunk_table(pk_chunker *chunker, const pk_unit_block *unit);
pk_status pk_chunk_figure(pk_chunker *chunker, const pk_unit_block *unit);
pk_status pk_chunk_text(pk_chunker *chunker, const pk_unit_block *unit, bool is_indented);

#endif
