/* An inset and the lines that run round it.
 *
 * In:  the chunks of an inset, as they would stand in a column.
 * Out: one chunk of whole rows. What is highest in it stands at the height of the
 *      letters of the first line beside it: a picture at that of capitals, so that
 *      its foot is on a baseline, anything else at that of small letters. Its last
 *      line is not below the baseline of the last line beside it.
 *
 * The lines above and below are about a row's white away by that: a style that
 * asks for more than a row above or below gets what is more. */
#include "page/chunk.h"

/* Heights of letters, as shares of the size. */
static const double capitals = 0.67, small_letters = 0.47;

/* Ink of a chunk from its top. */
typedef struct {
  pk_length top, bottom;
  bool is_picture; /* what is highest is one */
} ink_extent;

static ink_extent extent_of(const pk_chunk *chunk) {
  ink_extent ink = {.top = 1e6, .bottom = -1e6};
  for (uint32_t i = 0; i < chunk->count; i++) {
    const pk_placed *placed = &chunk->placed[i];
    pk_length top = 0, bottom = 0;
    switch (placed->kind) {
    case PK_PLACED_LINE:
      top = placed->line.y - capitals * placed->line.text->style->size;
      bottom = placed->line.y;
      break;
    case PK_PLACED_RECT:
      top = placed->rect.rect.y;
      bottom = top + placed->rect.rect.height;
      break;
    case PK_PLACED_ART:
      top = placed->art.rect.y;
      bottom = top + placed->art.rect.height;
      break;
    }
    if (top < ink.top) ink.is_picture = placed->kind == PK_PLACED_ART;
    ink.top = MIN(ink.top, top);
    ink.bottom = MAX(ink.bottom, bottom);
  }
  return ink;
}

/* Whole rows of a space beyond the one that a line leaves anyway. */
static int rows_beyond(const pk_measure *measure, pk_length space) {
  return MAX(pk_measure_row_count(measure, space) - 1, 0);
}

void pk_chunk_inset(pk_chunker *chunker, const pk_style *first, const pk_style *last) {
  const pk_measure *measure = &chunker->measure;
  pk_chunk_merge(chunker, 0, 0);
  pk_chunk *chunk = &g_array_index(chunker->chunks, pk_chunk, 0);
  if (!chunk->count) return;
  ink_extent ink = extent_of(chunk);
  double letters = ink.is_picture ? capitals : small_letters;
  int above = rows_beyond(measure, first->before);
  pk_length by = above * measure->leading + measure->drop - letters * chunker->document->body->size - ink.top;
  pk_chunk_move(chunk, by);
  chunk->extent = ink.bottom + by;
  /* Up to the baseline of the last row. */
  chunk->rows = pk_measure_row_count(measure, chunk->extent - measure->drop) + 1 + rows_beyond(measure, last->after);
}
