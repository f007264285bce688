/* Figures -> chunks: the picture as wide as its column, its lower edge on the
 * baseline of the grid. */
#include "page/chunk.h"

/* A picture is at most so much of the text frame high. */
static const double tallest = 0.6;

pk_status pk_chunk_figure(pk_chunker *chunker, const pk_unit_block *unit) {
  const pk_measure *measure = &chunker->measure;
  const pk_art *art;
  pk_status status = pk_art_load(chunker->job, chunker->arts, unit->image_path, unit->source, &art);
  if (status != PK_OK) return status;
  pk_length natural_width, natural_height;
  pk_art_size(art, &natural_width, &natural_height);
  pk_length room = unit->style->column_span == PK_SPAN_ALL ? measure->full_width : measure->column_width;
  pk_length scale = room / natural_width;
  if (natural_height * scale > tallest * measure->full_height) scale = tallest * measure->full_height / natural_height;
  pk_length width = natural_width * scale, height = natural_height * scale;
  /* From the height of capitals in the first row to the baseline of the last. */
  pk_length top = measure->drop - 0.67 * chunker->document->body->size;
  pk_length rows = pk_measure_rows(measure, top + height - measure->drop);
  pk_length bottom = rows + measure->drop;
  pk_chunk_builder builder = pk_chunk_builder_open();
  pk_placed placed = {.kind = PK_PLACED_ART,
                      .unit = unit,
                      .source = unit->source,
                      .art = {{(room - width) / 2, bottom - height, width, height}, art}};
  pk_chunk_builder_add(&builder, &placed);
  builder.y = bottom;
  pk_chunk_builder_close(chunker, &builder, unit);
  return PK_OK;
}
