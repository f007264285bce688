/* Tables -> chunks, one a row.
 *
 * Columns are as wide as their cells where there is room, the rest shared out
 * in proportion; where there is not, each column gets its widest unbreakable
 * word and a share of what is left by how much text it holds. */
#include <string.h>

#include "page/chunk.h"

/* Between two columns, in em of the table's style. */
static const double column_gap = 1.2;
/* Between a rule and the letters next to it, in em. */
static const double rule_gap = 0.35;

typedef struct {
  pk_chunker *chunker;
  const pk_unit_block *unit;
  const pk_styled_table *table;
  const pk_para **paras;       /* of the cells */
  const pk_styled_text *texts; /* of the cells, aligned as their column is */
  pk_length *widths;           /* of the columns */
  pk_length gap, width;
} table_layout;

/* A copy of a cell's text whose paragraph is aligned as its column. */
static pk_styled_text align_cell(pk_arena *arena, const pk_styled_text *cell, pk_align align) {
  pk_styled_text aligned = *cell;
  if (cell->style->align != align) {
    pk_style *style = pk_arena_dup(arena, cell->style, sizeof *style);
    style->align = align;
    aligned.style = style;
  }
  return aligned;
}

static pk_status shape_cells(table_layout *layout) {
  pk_job *job = layout->chunker->job;
  const pk_styled_table *table = layout->table;
  size_t count = table->rows * table->columns;
  layout->paras = PK_NEW_ARRAY(job->arena, const pk_para *, count);
  pk_styled_text *texts = PK_NEW_ARRAY(job->arena, pk_styled_text, count);
  layout->texts = texts;
  for (size_t i = 0; i < count; i++) {
    texts[i] = align_cell(job->arena, &table->cells[i], table->aligns[i % table->columns]);
    if (!texts[i].size) continue;
    pk_status status = pk_para_build(job, &texts[i], &layout->paras[i]);
    if (status != PK_OK) return status;
  }
  return PK_OK;
}

static void raise_too_wide(table_layout *layout, pk_length least) {
  pk_job *job = layout->chunker->job;
  pk_diagnostic *error = pk_diag_add(job->diag, PK_CODE_TABLE_TOO_WIDE, layout->unit->source,
                                     "the table needs at least %.1f mm, %.1f mm more than there are",
                                     least / PK_PT_PER_MM, (least - layout->width) / PK_PT_PER_MM);
  pk_diag_hint(job->diag, error, "shorten the longest words, leave a column out, or set tables smaller in the layout");
}

/* The widths of the columns; false (raised) where the least is too much. */
static bool divide_width(table_layout *layout) {
  const pk_styled_table *table = layout->table;
  size_t n = table->columns;
  g_autofree pk_length *least = g_new0(pk_length, n), *wish = g_new0(pk_length, n);
  pk_length sum_least = 0, sum_wish = 0, room = layout->width - layout->gap * (pk_length)(n - 1);
  for (size_t i = 0; i < table->rows * n; i++) {
    if (!layout->paras[i]) continue;
    least[i % n] = MAX(least[i % n], pk_para_min_width(layout->paras[i]));
    wish[i % n] = MAX(wish[i % n], pk_para_width(layout->paras[i]) + 0.01);
  }
  for (size_t c = 0; c < n; c++) {
    sum_least += least[c];
    sum_wish += wish[c];
  }
  if (sum_least > room + 0.05) {
    raise_too_wide(layout, sum_least + layout->width - room);
    return false;
  }
  for (size_t c = 0; c < n; c++) {
    if (sum_wish <= room)
      layout->widths[c] = wish[c] + (sum_wish > 0 ? (room - sum_wish) * wish[c] / sum_wish : room / (pk_length)n);
    else
      layout->widths[c] = least[c] + (room - sum_least) * (wish[c] - least[c]) / MAX(sum_wish - sum_least, 0.01);
  }
  return true;
}

static pk_status add_cell(table_layout *layout, size_t row, size_t column, pk_length x, pk_length top,
                          pk_chunk_builder *builder, pk_length *bottom) {
  size_t number = row * layout->table->columns + column;
  if (!layout->paras[number]) return PK_OK;
  pk_job *job = layout->chunker->job;
  const pk_measure *measure = &layout->chunker->measure;
  pk_line_rooms *rooms = PK_NEW(job->arena, pk_line_rooms);
  rooms->first = rooms->other = (pk_line_room){x, layout->widths[column]};
  pk_break_options options = {0};
  const pk_lines *lines;
  pk_status status = pk_para_break(job, layout->paras[number], pk_line_shape_plain(rooms), &options, &lines);
  if (status != PK_OK) return status;
  const pk_styled_text *text = &layout->texts[number];
  pk_length leading = text->style->leading;
  for (size_t i = 0; i < lines->count; i++) {
    pk_length baseline = top + measure->drop + (pk_length)i * leading;
    pk_placed placed = {.kind = PK_PLACED_LINE,
                        .unit = layout->unit,
                        .part = (int)number,
                        .source = layout->unit->source,
                        .line = {&lines->lines[i], text, 0, baseline}};
    pk_chunk_builder_add(builder, &placed);
    *bottom = MAX(*bottom, baseline + rule_gap * text->style->size);
  }
  return PK_OK;
}

static void add_rule(table_layout *layout, const pk_rule *rule, pk_length y, pk_chunk_builder *builder) {
  if (rule->thickness <= 0) return;
  pk_placed placed = pk_chunk_rule(layout->unit, rule, 0, layout->width, y);
  pk_chunk_builder_add(builder, &placed);
}

static pk_status chunk_row(table_layout *layout, size_t row) {
  const pk_styled_table *table = layout->table;
  const pk_style *style = layout->unit->style;
  bool is_header = row < table->header_rows;
  pk_chunk_builder builder = pk_chunk_builder_open();
  pk_length x = 0, bottom = 0;
  pk_status status = PK_OK;
  for (size_t c = 0; c < table->columns && status == PK_OK; c++) {
    status = add_cell(layout, row, c, x, 0, &builder, &bottom);
    x += layout->widths[c] + layout->gap;
  }
  bottom = MAX(bottom, layout->chunker->measure.drop + rule_gap * style->size);
  if (row == 0) add_rule(layout, &style->rule_above, 0, &builder);
  if (is_header && row + 1 == table->header_rows)
    add_rule(layout, &table->cells[0].style->rule_below, bottom, &builder);
  if (row + 1 == table->rows) add_rule(layout, &style->rule_below, bottom, &builder);
  builder.y = bottom;
  pk_chunk *chunk = pk_chunk_builder_close(layout->chunker, &builder, layout->unit);
  /* A heading row and the last two rows do not stand alone. */
  chunk->may_break = !(row > 0 && row <= table->header_rows) && row + 1 != table->rows;
  return status;
}

pk_status pk_chunk_table(pk_chunker *chunker, const pk_unit_block *unit) {
  const pk_measure *measure = &chunker->measure;
  table_layout layout = {.chunker = chunker, .unit = unit, .table = unit->table};
  if (!unit->table) return PK_OK;
  layout.width = unit->style->column_span == PK_SPAN_ALL ? measure->full_width : measure->column_width;
  layout.gap = column_gap * unit->style->size;
  layout.widths = PK_NEW_ARRAY(chunker->job->arena, pk_length, unit->table->columns);
  pk_status status = shape_cells(&layout);
  if (status != PK_OK) return status;
  if (!divide_width(&layout)) return PK_FAILED;
  for (size_t row = 0; row < unit->table->rows && status == PK_OK; row++) status = chunk_row(&layout, row);
  return status;
}
