/* Text units -> chunks.
 *
 * Text whose leading is the grid's becomes a chunk a line, each on the grid; so
 * does a text that is too tall to be kept whole.
 * Other text stands on the grid with its last line (headings, headlines: the
 * space above them varies) or with its first (captions, notes: the space below
 * does). What has a fill, a rule or `keep-together` is one chunk. */
#include <math.h>

#include "page/opening.h"
#include "page/trailer.h"

/* A text unit on its way into chunks. */
typedef struct {
  pk_chunker *chunker;
  const pk_unit_block *unit;
  const pk_lines *lines;
  pk_opening opening;     /* no parts: none */
  const pk_lines *marker; /* or NULL */
  pk_length marker_x;     /* of the marker's left edge */
  pk_length width;        /* of the column */
  pk_trailer trailer;     /* of an entry of contents */
} text_unit;

/* Lines that may be parted: those of the grid's own leading, and of a text in
 * another leading that is too tall to stand in one piece. */
static bool is_on_grid(const text_unit *text) {
  return fabs(text->unit->style->leading - text->chunker->measure.leading) < 0.01;
}

static bool is_by_line(const text_unit *text) {
  if (text->chunker->is_note) return true;
  static const double tall = 0.5; /* of the frame */
  const pk_style *style = text->unit->style;
  if (is_on_grid(text)) return true;
  return (pk_length)text->lines->count * style->leading > tall * text->chunker->measure.full_height;
}

static bool is_boxed(const pk_style *style) {
  return style->fill >= 0 || style->rule_above.thickness > 0 || style->rule_below.thickness > 0;
}

static void add_line(const text_unit *text, pk_chunk_builder *builder, size_t number, pk_length baseline) {
  const pk_line *line = &text->lines->lines[number];
  if (number == 0 && text->marker) {
    pk_placed marker = {.kind = PK_PLACED_LINE,
                        .unit = text->unit,
                        .part = -1,
                        .source = text->unit->source,
                        .line = {text->marker->lines, text->marker->text, text->marker_x, baseline}};
    pk_chunk_builder_add(builder, &marker);
  }
  for (size_t i = 0; number == 0 && i < text->opening.part_count; i++) {
    pk_placed part = text->opening.parts[i];
    part.line.y += baseline;
    pk_chunk_builder_add(builder, &part);
  }
  pk_placed placed = {.kind = PK_PLACED_LINE,
                      .unit = text->unit,
                      .source = text->unit->source,
                      .line = {line, text->lines->text, 0, baseline}};
  pk_chunk_builder_add(builder, &placed);
  if (number + 1 == text->lines->count) pk_trailer_add(&text->trailer, text->unit, line, baseline, builder);
}

/* A chunk a line, each on the grid. */
static void chunk_by_line(const text_unit *text) {
  const pk_measure *measure = &text->chunker->measure;
  const pk_style *style = text->unit->style;
  pk_length row = pk_measure_rows(measure, style->leading), drop = row - measure->leading + measure->drop;
  if (text->chunker->is_note) {
    row = style->leading;
    drop = pk_measure_drop(style->leading, style->size);
  }
  for (size_t i = 0; i < text->lines->count; i++) {
    pk_chunk_builder builder = pk_chunk_builder_open();
    add_line(text, &builder, i, drop);
    builder.y = row;
    pk_chunk *chunk = pk_chunk_builder_close(text->chunker, &builder, text->unit);
    chunk->breaks = pk_break_of_line(style, i, text->lines->count);
    chunk->is_line = true;
    if (i && i < text->opening.beside) chunk->breaks |= PK_BREAK_PIECE;
  }
}

/* One chunk, the last line on the grid: as many rows as leave room for the
 * capitals of the first. */
static pk_length last_line_on_grid(const text_unit *text, pk_length top) {
  const pk_measure *measure = &text->chunker->measure;
  const pk_style *style = text->unit->style;
  pk_length above = (pk_length)(text->lines->count - 1) * style->leading;
  pk_length capitals = MIN(0.72 * style->size, pk_measure_drop(style->leading, style->size));
  pk_length rows = ceil((top + capitals + above - measure->drop) / measure->leading - 0.02);
  return MAX(rows, 0) * measure->leading + measure->drop - above;
}

static bool sits_on_last_line(const pk_unit_block *unit) {
  return unit->style->keep_with_next || unit->style->size > 1.2 * unit->text.style->leading ||
         unit->role == PK_ROLE_HEADLINE || unit->role == PK_ROLE_SUBHEAD || unit->role == PK_ROLE_HEADING ||
         unit->role == PK_ROLE_PULL_QUOTE;
}

static pk_length first_baseline(const text_unit *text, pk_length top) {
  const pk_style *style = text->unit->style;
  if (text->chunker->stacks) return top + pk_measure_drop(style->leading, style->size);
  if (sits_on_last_line(text->unit)) return last_line_on_grid(text, top);
  return top + text->chunker->measure.drop;
}

static void chunk_whole(const text_unit *text) {
  const pk_measure *measure = &text->chunker->measure;
  const pk_unit_block *unit = text->unit;
  const pk_style *style = unit->style;
  pk_chunk_builder builder = pk_chunk_builder_open();
  if (style->fill >= 0) /* its height is known at the end */
    pk_chunk_builder_add(&builder, &(pk_placed){.kind = PK_PLACED_RECT, .unit = unit, .source = style->span});
  if (style->rule_above.thickness > 0) {
    pk_placed rule = pk_chunk_rule(unit, &style->rule_above, style->left, text->width - style->left - style->right, 0);
    pk_chunk_builder_add(&builder, &rule);
    builder.y += style->rule_above.thickness + style->rule_above.gap;
  }
  pk_length top = builder.y + style->padding;
  pk_length baseline = first_baseline(text, top);
  for (size_t i = 0; i < text->lines->count; i++, baseline += style->leading) add_line(text, &builder, i, baseline);
  pk_length last = baseline - style->leading;
  builder.y = last + style->leading - pk_measure_drop(style->leading, style->size) + style->padding;
  /* The room below the last baseline never asks for a row of its own. */
  if (!is_boxed(style)) builder.y = MAX(last, builder.y - 0.3 * style->size);
  if (style->rule_below.thickness > 0) {
    pk_length y = last + 0.25 * style->size + style->padding + style->rule_below.gap;
    pk_placed rule = pk_chunk_rule(unit, &style->rule_below, style->left, text->width - style->left - style->right, y);
    pk_chunk_builder_add(&builder, &rule);
    builder.y = y + style->rule_below.thickness;
  }
  if (style->fill >= 0) {
    pk_placed *fill = &g_array_index(builder.placed, pk_placed, 0);
    fill->rect.rect =
        (pk_rect){style->left, 0, text->width - style->left - style->right, pk_measure_rows(measure, builder.y)};
    fill->rect.ink = (uint32_t)style->fill;
    fill->rect.tint = style->fill_tint;
  }
  pk_chunk_builder_close(text->chunker, &builder, unit);
}

/* The marker hangs left of the text, its right edge a small gap from it. */
static pk_status set_marker(text_unit *text, pk_length text_left) {
  const pk_unit_block *unit = text->unit;
  if (!unit->marker) return PK_OK;
  pk_style *style = pk_arena_dup(text->chunker->job->arena, unit->style, sizeof *style);
  style->ink = style->marker_ink;
  style->align = PK_ALIGN_LEFT;
  const pk_styled_text *marker =
      pk_style_plain_text(text->chunker->job, style, text->chunker->document->lang, unit->marker, unit->source);
  pk_line_rooms rooms = {.first = {0, 1000}, .other = {0, 1000}};
  pk_status status = pk_chunk_lines(text->chunker, marker, &rooms, &text->marker);
  if (status != PK_OK || !text->marker->count) {
    text->marker = NULL;
    return status;
  }
  text->marker_x = text_left - 0.5 * style->size - text->marker->lines[0].width;
  return PK_OK;
}

static pk_status set_lines(text_unit *text, const pk_line_rooms *rooms) {
  const pk_style *style = text->unit->style;
  bool opens = style->opening.initial && is_on_grid(text) && !is_boxed(style) && !style->keep_together;
  pk_status status;
  if (opens) {
    status = pk_opening_set(text->chunker, text->unit, rooms, &text->opening);
    text->lines = text->opening.lines;
  } else {
    pk_break_options options = {.looseness = text->chunker->looseness, .has_label = text->unit->marker != NULL};
    status = pk_chunk_lines_try(text->chunker, &text->unit->text, rooms, &options, &text->lines);
  }
  if (status == PK_OK) pk_chunk_lines_check(text->chunker, text->lines);
  return status;
}

pk_status pk_chunk_text(pk_chunker *chunker, const pk_unit_block *unit, bool is_indented) {
  const pk_style *style = unit->style;
  pk_length width = style->column_span == PK_SPAN_ALL ? chunker->measure.full_width : chunker->measure.column_width;
  text_unit text = {.chunker = chunker, .unit = unit, .width = width};
  pk_line_rooms rooms = pk_measure_rooms(style, width, is_indented);
  rooms.first.left += style->fill >= 0 ? style->padding : 0;
  rooms.other.left += style->fill >= 0 ? style->padding : 0;
  rooms.first.width -= style->fill >= 0 ? 2 * style->padding : 0;
  rooms.other.width -= style->fill >= 0 ? 2 * style->padding : 0;
  pk_status status = pk_trailer_set(chunker, unit, width, &text.trailer);
  rooms.first.width -= text.trailer.room;
  rooms.other.width -= text.trailer.room;
  if (status == PK_OK) status = set_lines(&text, &rooms);
  if (status == PK_OK) status = set_marker(&text, rooms.other.left);
  if (status != PK_OK || !text.lines->count) return status;
  if (is_by_line(&text) && !is_boxed(style) && !style->keep_together && !chunker->stacks)
    chunk_by_line(&text);
  else
    chunk_whole(&text);
  return PK_OK;
}
