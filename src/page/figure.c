/* Figures -> chunks: the picture as wide as its column, its lower edge on the
 * baseline of the grid.
 *
 * A style may give it less of the column (`measure:`), at either side or in the
 * middle (`align:`). A picture is cropped to the sides that the article gives, its focus as near
 * the middle as it can be. One that bleeds goes over both edges of the page. */
#include "page/chunk.h"

/* A picture is at most so much of the text frame high. */
static const double tallest = 0.6;

/* Where all of a picture of `width` × `height` lies behind a window of its own
 * size or smaller: from the window's corner. */
static pk_rect crop(const pk_figure_spec *figure, pk_length width, pk_length height, pk_length window_width,
                    pk_length window_height) {
  const double middle[2] = {0.5, 0.5}, *focus = figure && figure->has_focus ? figure->focus : middle;
  pk_length x = window_width / 2 - focus[0] * width, y = window_height / 2 - focus[1] * height;
  return (pk_rect){CLAMP(x, window_width - width, 0), CLAMP(y, window_height - height, 0), width, height};
}

pk_rect pk_figure_cover(const pk_figure_spec *figure, const pk_art *art, pk_length width, pk_length height) {
  pk_length natural_width, natural_height;
  pk_art_size(art, &natural_width, &natural_height);
  pk_length scale = MAX(width / natural_width, height / natural_height);
  return crop(figure, natural_width * scale, natural_height * scale, width, height);
}

/* The window through which the picture is seen: as wide as the style's measure of
 * `room` if it may, and at the side that the style aligns to. */
static pk_rect window_of(const pk_measure *measure, const pk_unit_block *unit, pk_length room, double sides) {
  const pk_style *style = unit->style;
  pk_length most = tallest * measure->full_height;
  if (style->place == PK_PLACE_BLEED) return (pk_rect){0, 0, room, MIN(room / sides, most)};
  pk_length width = MIN(room * style->measure, most * sides), left = (room - width) / 2;
  if (style->align == PK_ALIGN_LEFT) left = 0;
  if (style->align == PK_ALIGN_RIGHT) left = room - width;
  return (pk_rect){left, 0, width, width / sides};
}

pk_status pk_chunk_figure(pk_chunker *chunker, const pk_unit_block *unit) {
  const pk_measure *measure = &chunker->measure;
  const pk_document *document = chunker->document;
  const pk_art *art;
  pk_status status = pk_art_load(chunker->job, chunker->arts, unit->image_path, unit->source, &art);
  if (status != PK_OK) return status;
  pk_length natural_width, natural_height;
  pk_art_size(art, &natural_width, &natural_height);
  bool bleeds = unit->style->place == PK_PLACE_BLEED && !measure->is_chain;
  bool is_across = unit->style->column_span == PK_SPAN_ALL;
  pk_length room = is_across ? measure->full_width : measure->column_width;
  if (bleeds) room = document->layout->page_width + 2 * document->bleed;
  const pk_figure_spec *figure = unit->figure;
  double natural = natural_width / natural_height, sides = figure && figure->crop > 0 ? figure->crop : natural;
  pk_rect window = window_of(measure, unit, room, sides);
  pk_length scale = MAX(window.width / natural_width, window.height / natural_height);
  /* From the height of capitals in the first row to the baseline of the last. */
  pk_length top = measure->drop - 0.67 * document->body->size;
  pk_length bottom = pk_measure_rows(measure, top + window.height - measure->drop) + measure->drop;
  window.y = bottom - window.height;
  pk_chunk_builder builder = pk_chunk_builder_open();
  pk_placed placed = {.kind = PK_PLACED_ART, .unit = unit, .source = unit->source, .art = {.rect = window, .art = art}};
  placed.art.bleeds = bleeds;
  pk_length width = natural_width * scale, height = natural_height * scale;
  if (width > window.width + 0.01 || height > window.height + 0.01)
    placed.art.whole = crop(figure, width, height, window.width, window.height);
  pk_chunk_builder_add(&builder, &placed);
  builder.y = bottom;
  pk_chunk_builder_close(chunker, &builder, unit);
  return PK_OK;
}
