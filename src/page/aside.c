/* Side-bars -> chunks: a ground or rules, the text on the grid within.
 *
 * In:  the units of a side-bar, the style `side-bar`, the width of its place.
 * Out: one chunk; of a side-bar that is taller than a page a chunk a line, each
 *      with its piece of the ground, so that it goes on in the next column. The
 *      text stands on the grid; the ground reaches as far above the capitals of the
 *      first line as below the last baseline. */
#include <math.h>

#include "page/chunk.h"

/* Height of capitals and depth of letters, as shares of the size. */
static const double capitals = 0.67, depth = 0.22;

static void move_placed(pk_placed *placed, pk_length x, pk_length y) {
  switch (placed->kind) {
  case PK_PLACED_LINE:
    placed->line.x += x;
    placed->line.y += y;
    break;
  case PK_PLACED_RECT:
    placed->rect.rect.x += x;
    placed->rect.rect.y += y;
    break;
  case PK_PLACED_ART:
    placed->art.rect.x += x;
    placed->art.rect.y += y;
    break;
  }
}

/* A column inside the side-bar: rows of text one below the other. */
typedef struct {
  pk_chunker *chunker;
  pk_chunk_builder *builder;
  pk_length x;
} aside_column;

static void take_chunks(aside_column *column, guint from) {
  GArray *chunks = column->chunker->chunks;
  for (guint i = from; i < chunks->len; i++) {
    const pk_chunk *chunk = &g_array_index(chunks, pk_chunk, i);
    for (uint32_t p = 0; p < chunk->count; p++) {
      pk_placed placed = chunk->placed[p];
      move_placed(&placed, column->x, column->builder->y);
      pk_chunk_builder_add(column->builder, &placed);
    }
    column->builder->y += chunk->rows * column->chunker->measure.leading;
  }
  g_array_set_size(chunks, from);
}

static pk_status cut_units(aside_column *column, const pk_unit_block *units, size_t count) {
  pk_status status = PK_OK;
  guint from = column->chunker->chunks->len;
  for (size_t i = 0; i < count; i++) {
    const pk_unit_block *unit = &units[i], *above = i ? unit - 1 : NULL;
    bool is_list = above && above->role == PK_ROLE_ITEM && unit->role == PK_ROLE_ITEM;
    if (above && !is_list)
      column->builder->y += pk_measure_rows(&column->chunker->measure, MAX(above->style->after, unit->style->before));
    bool is_next = above && above->role == unit->role && unit->role == PK_ROLE_PARAGRAPH;
    pk_status made = pk_chunk_unit(column->chunker, unit, is_next);
    status = MAX(status, made);
    take_chunks(column, from);
  }
  return status;
}

static void add_edges(const pk_unit_block *unit, const pk_style *style, pk_length width, pk_rect box, pk_placed *ground,
                      pk_chunk_builder *builder) {
  ground->rect.rect = box;
  ground->rect.ink = (uint32_t)MAX(style->fill, 0);
  ground->rect.tint = style->fill_tint;
  const pk_rule *rules[] = {&style->rule_above, &style->rule_below};
  for (int i = 0; i < 2; i++) {
    if (rules[i]->thickness <= 0) continue;
    pk_length y = i ? box.y + box.height - rules[i]->thickness : box.y;
    pk_placed rule = {.kind = PK_PLACED_RECT,
                      .unit = unit,
                      .source = style->span,
                      .rect = {{0, y, width * rules[i]->length, rules[i]->thickness}, rules[i]->ink, 1}};
    pk_chunk_builder_add(builder, &rule);
  }
}

pk_status pk_chunk_aside(pk_chunker *chunker, const pk_unit_block *units, size_t count, const pk_style *style,
                         pk_length width) {
  pk_measure outer = chunker->measure;
  chunker->measure.column_width = chunker->measure.full_width = MAX(width - 2 * style->padding, outer.leading);
  pk_chunk_builder builder = pk_chunk_builder_open();
  /* The ground comes first, so that it is painted first; its size is known last. */
  pk_chunk_builder_add(&builder, &(pk_placed){.kind = PK_PLACED_RECT, .unit = units, .source = style->span});
  pk_length size = units->style->size, above = outer.drop - capitals * size - style->padding;
  int first_row = above >= 0 ? 0 : (int)ceil(-above / outer.leading - 0.01);
  builder.y = first_row * outer.leading;
  aside_column column = {.chunker = chunker, .builder = &builder, .x = style->padding};
  pk_status status = cut_units(&column, units, count);
  chunker->measure = outer;
  pk_length top = first_row * outer.leading + above;
  pk_length bottom = builder.y - outer.leading + outer.drop + depth * units[count - 1].style->size + style->padding;
  add_edges(units, style, width, (pk_rect){0, top, width, bottom - top}, &g_array_index(builder.placed, pk_placed, 0),
            &builder);
  if (style->fill < 0) g_array_remove_index(builder.placed, 0);
  builder.y = bottom;
  pk_chunk_builder_close(chunker, &builder, units);
  return status;
}

/* ---- taller than a page ---------------------------------------------------- */

/* Puts a piece of the ground behind a chunk, `top` below its upper edge and down to
 * its lower one, and its text in by the padding. */
static void lay_ground(pk_chunker *chunker, pk_chunk *chunk, const pk_unit_block *unit, const pk_style *style,
                       pk_rect ground) {
  pk_chunk_builder builder = pk_chunk_builder_open();
  pk_placed laid = {.kind = PK_PLACED_RECT, .unit = unit, .source = style->span};
  laid.rect.rect = ground;
  laid.rect.ink = (uint32_t)MAX(style->fill, 0);
  laid.rect.tint = style->fill_tint;
  if (style->fill >= 0) pk_chunk_builder_add(&builder, &laid);
  for (uint32_t i = 0; i < chunk->count; i++) {
    pk_placed placed = chunk->placed[i];
    move_placed(&placed, style->padding, 0);
    pk_chunk_builder_add(&builder, &placed);
  }
  chunk->count = builder.placed->len;
  chunk->placed = pk_arena_take_array(chunker->job->arena, builder.placed);
}

/* Cuts the units one below the other; the space between two belongs to the upper. */
static pk_status cut_pieces(pk_chunker *chunker, const pk_unit_block *units, size_t count) {
  pk_status status = PK_OK;
  const pk_measure *measure = &chunker->measure;
  for (size_t i = 0; i < count; i++) {
    const pk_unit_block *unit = &units[i], *above = i ? unit - 1 : NULL;
    bool is_list = above && above->role == PK_ROLE_ITEM && unit->role == PK_ROLE_ITEM;
    guint first = chunker->chunks->len;
    bool is_next = above && above->role == unit->role && unit->role == PK_ROLE_PARAGRAPH;
    pk_status made = pk_chunk_unit(chunker, unit, is_next);
    status = MAX(status, made);
    if (!above || first == chunker->chunks->len || !first) continue;
    if (!is_list)
      g_array_index(chunker->chunks, pk_chunk, first - 1).rows +=
          pk_measure_row_count(measure, MAX(above->style->after, unit->style->before));
    if (above->style->keep_with_next) g_array_index(chunker->chunks, pk_chunk, first).breaks |= PK_BREAK_HEADING;
  }
  return status;
}

/* A chunk of nothing but ground above the text; it stands again where the rest goes on. */
static pk_chunk head_chunk(const pk_unit_block *unit, int rows, pk_length leading) {
  return (pk_chunk){.unit = unit, .rows = rows, .extent = rows * leading, .is_head = true};
}

pk_status pk_chunk_aside_lines(pk_chunker *chunker, const pk_unit_block *units, size_t count, const pk_style *style,
                               pk_length width) {
  pk_measure outer = chunker->measure;
  pk_length leading = outer.leading;
  chunker->measure.column_width = chunker->measure.full_width = MAX(width - 2 * style->padding, leading);
  pk_status status = cut_pieces(chunker, units, count);
  chunker->measure = outer;
  GArray *chunks = chunker->chunks;
  if (!chunks->len) return status;
  pk_length above = outer.drop - capitals * units->style->size - style->padding;
  pk_chunk *last = &g_array_index(chunks, pk_chunk, chunks->len - 1);
  pk_length foot = (last->rows - 1) * leading + outer.drop + depth * units[count - 1].style->size + style->padding;
  last->rows = MAX(last->rows, pk_measure_row_count(&outer, foot));
  for (guint i = 0; i < chunks->len; i++) {
    pk_chunk *chunk = &g_array_index(chunks, pk_chunk, i);
    pk_length top = i == 0 && above > 0 ? above : 0, bottom = i + 1 == chunks->len ? foot : chunk->rows * leading;
    chunk->extent = bottom;
    lay_ground(chunker, chunk, units, style, (pk_rect){0, top, width, bottom - top});
  }
  if (above >= 0) return status;
  int rows = (int)ceil(-above / leading - 0.01);
  pk_chunk head = head_chunk(units, rows, leading);
  lay_ground(chunker, &head, units, style, (pk_rect){0, rows * leading + above, width, -above});
  g_array_index(chunks, pk_chunk, 0).breaks |= PK_BREAK_PIECE;
  g_array_insert_val(chunks, 0, head);
  return status;
}
