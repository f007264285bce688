/* A figure that is a page -> one chunk.
 *
 * In:  a figure whose place is `page`, its caption and credit.
 * Out: a chunk from the upper edge of the page to the lower one; x counts from
 *      the left margin, since that changes from left pages to right ones. The
 *      picture covers page and bleed, its focus as near the middle as it can be;
 *      what it says stands on a ground above the lower margin, as wide as its
 *      longest line. */
#include "page/chunk.h"
#include "page/frame.h"

static pk_status add_picture(pk_chunker *chunker, const pk_unit_block *unit, pk_chunk_builder *builder) {
  const pk_document *document = chunker->document;
  const pk_art *art;
  pk_status status = pk_art_load(chunker->job, chunker->arts, unit->image_path, unit->source, &art);
  if (status != PK_OK) return status;
  pk_length width = document->layout->page_width + 2 * document->bleed;
  pk_length height = document->layout->page_height + 2 * document->bleed;
  pk_placed placed = {
      .kind = PK_PLACED_ART,
      .unit = unit,
      .source = unit->source,
      .art = {.rect = {0, 0, width, height}, .art = art, .bleeds = true, .is_page = true},
  };
  placed.art.whole = pk_figure_cover(unit->figure, art, width, height);
  pk_chunk_builder_add(builder, &placed);
  return PK_OK;
}

/* Caption and credit, one below the other. */
typedef struct {
  GArray *placed; /* of pk_placed, from the corner of the ground */
  pk_length y, widest;
  const pk_style *ground; /* of the first of them */
} page_words;

static pk_status add_words(pk_chunker *chunker, const pk_unit_block *unit, pk_length measure, page_words *words) {
  const pk_style *style = unit->style;
  if (!words->ground) words->ground = style;
  pk_length padding = words->ground->padding;
  pk_line_rooms rooms = pk_measure_rooms(style, measure - 2 * padding, false);
  const pk_lines *lines;
  pk_status status = pk_chunk_lines(chunker, &unit->text, &rooms, &lines);
  if (status != PK_OK) return status;
  words->y += words->placed->len ? style->before : padding;
  for (size_t i = 0; i < lines->count; i++, words->y += style->leading) {
    pk_placed line = {.kind = PK_PLACED_LINE, .unit = unit, .source = unit->source};
    line.line.line = &lines->lines[i];
    line.line.text = lines->text;
    line.line.x = padding;
    line.line.y = words->y + pk_measure_drop(style->leading, style->size);
    g_array_append_val(words->placed, line);
    words->widest = MAX(words->widest, lines->lines[i].x + lines->lines[i].width);
  }
  return PK_OK;
}

/* The ground stands on the lower margin. */
static void place_words(const page_words *words, pk_length foot, pk_chunk_builder *builder) {
  const pk_style *style = words->ground;
  pk_length padding = style->padding, height = words->y + padding, top = foot - height;
  if (style->fill >= 0)
    pk_chunk_builder_add(
        builder,
        &(pk_placed){.kind = PK_PLACED_RECT,
                     .source = style->span,
                     .rect = {{0, top, words->widest + 2 * padding, height}, (uint32_t)style->fill, style->fill_tint}});
  for (guint i = 0; i < words->placed->len; i++) {
    pk_placed line = g_array_index(words->placed, pk_placed, i);
    line.line.y += top;
    pk_chunk_builder_add(builder, &line);
  }
}

pk_status pk_chunk_photo(pk_chunker *chunker, const pk_unit_block *units, size_t count) {
  pk_chunk_builder builder = pk_chunk_builder_open();
  pk_status status = add_picture(chunker, &units[0], &builder);
  pk_rect margins = pk_frame_margins(chunker->document, 0);
  page_words words = {.placed = g_array_new(FALSE, FALSE, sizeof(pk_placed))};
  for (size_t i = 1; i < count && status == PK_OK; i++) status = add_words(chunker, &units[i], margins.width, &words);
  if (words.placed->len) place_words(&words, margins.y + margins.height, &builder);
  g_array_unref(words.placed);
  builder.y = chunker->measure.leading; /* it takes a page whatever its rows */
  pk_chunk_builder_close(chunker, &builder, units);
  return status;
}
