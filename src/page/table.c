/* Tables -> chunks, one a row.
 *
 * Columns are as wide as their cells where there is room, the rest shared out
 * in proportion; where there is not, each column gets its widest unbreakable
 * word and a share of what is left by how much text it holds. A column of
 * numbers is as wide as what stands left of its decimal marks and what stands
 * right of them; its numbers are set once and moved under each other. */
#include <string.h>

#include "page/chunk.h"
#include "page/numbers.h"

/* Between a rule and the letters next to it, in em. */
static const double rule_gap = 0.35;
/* A number is set on a line without end. */
static const double narrowest_gap = 0.5; /* of what the style asks for */
static const pk_line_rooms endless = {.first = {0, 1e6}, .other = {0, 1e6}};

typedef struct {
  pk_align align;
  bool is_numeric;
  pk_length least, wish; /* its widest unbreakable word; its widest cell */
  pk_length left, right; /* numeric: what stands before and after the marks */
  pk_length x, width;
} table_column;

typedef struct {
  pk_chunker *chunker;
  const pk_unit_block *unit;
  const pk_styled_table *table;
  const pk_para **paras;       /* of the cells */
  const pk_styled_text *texts; /* of the cells, aligned as their column is */
  const pk_lines **numbers;    /* of the cells that are numbers, set */
  table_column *columns;
  pk_length gap;          /* between them */
  size_t first_row;       /* that is shown */
  pk_length inset, width; /* from the edge of the grounds to the text; of the whole */
} table_layout;

/* ---- cells ---------------------------------------------------------------- */

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

/* Every cell below the heading is a number or empty, and one is not empty. The
 * first column names the rows: its numbers are years and the like. */
static bool is_numeric(const table_layout *layout, size_t column) {
  const pk_styled_table *table = layout->table;
  if (!layout->unit->style->cells.aligns_decimals || table->aligns[column] == PK_ALIGN_JUSTIFY) return false;
  if (table->is_align_given[column] ? table->aligns[column] == PK_ALIGN_LEFT : column == 0) return false;
  bool has_number = false;
  for (size_t row = table->header_rows; row < table->rows; row++) {
    int64_t mark = pk_number_mark(&table->cells[row * table->columns + column]);
    if (mark == 0) return false;
    has_number |= mark > 0;
  }
  return has_number;
}

static void find_columns(table_layout *layout) {
  const pk_styled_table *table = layout->table;
  layout->columns = PK_NEW_ARRAY(layout->chunker->job->arena, table_column, table->columns);
  for (size_t c = 0; c < table->columns; c++) {
    layout->columns[c].is_numeric = is_numeric(layout, c);
    bool is_right = layout->columns[c].is_numeric && !table->is_align_given[c];
    layout->columns[c].align = is_right ? PK_ALIGN_RIGHT : table->aligns[c];
  }
}

static pk_status shape_cells(table_layout *layout) {
  pk_job *job = layout->chunker->job;
  const pk_styled_table *table = layout->table;
  size_t count = table->rows * table->columns;
  layout->paras = PK_NEW_ARRAY(job->arena, const pk_para *, count);
  layout->numbers = PK_NEW_ARRAY(job->arena, const pk_lines *, count);
  pk_styled_text *texts = PK_NEW_ARRAY(job->arena, pk_styled_text, count);
  layout->texts = texts;
  for (size_t i = 0; i < count; i++) {
    const table_column *column = &layout->columns[i % table->columns];
    bool is_number = column->is_numeric && i / table->columns >= table->header_rows;
    texts[i] = align_cell(job->arena, &table->cells[i], is_number ? PK_ALIGN_LEFT : column->align);
    if (!texts[i].size) continue;
    pk_status status = pk_para_build(job, &texts[i], &layout->paras[i]);
    if (status == PK_OK && is_number)
      status = pk_para_break(job, layout->paras[i], pk_line_shape_plain(&endless), NULL, &layout->numbers[i]);
    if (status != PK_OK) return status;
  }
  return PK_OK;
}

/* ---- widths --------------------------------------------------------------- */

static void measure_number(table_layout *layout, size_t cell, table_column *column) {
  const pk_lines *lines = layout->numbers[cell];
  if (!lines || !lines->count) return;
  pk_length left = pk_number_left(&lines->lines[0], pk_number_mark(&layout->texts[cell]));
  column->left = MAX(column->left, left);
  column->right = MAX(column->right, lines->lines[0].width - left);
}

static void measure_columns(table_layout *layout) {
  const pk_styled_table *table = layout->table;
  size_t n = table->columns;
  for (size_t i = 0; i < table->rows * n; i++) {
    table_column *column = &layout->columns[i % n];
    if (!layout->paras[i]) continue;
    measure_number(layout, i, column);
    column->least = MAX(column->least, pk_para_min_width(layout->paras[i]));
    column->wish = MAX(column->wish, pk_para_width(layout->paras[i]) + 0.01);
  }
  for (size_t c = 0; c < n; c++) {
    table_column *column = &layout->columns[c];
    column->least = MAX(column->least, column->left + column->right);
    column->wish = MAX(column->wish, column->left + column->right);
  }
}

static void raise_too_wide(table_layout *layout, pk_length least, pk_length room) {
  pk_job *job = layout->chunker->job;
  pk_diagnostic *error = pk_diag_add(job->diag, PK_CODE_TABLE_TOO_WIDE, layout->unit->source,
                                     "the table needs at least %.1f mm, %.1f mm more than there are",
                                     least / PK_PT_PER_MM, (least - room) / PK_PT_PER_MM);
  size_t widest = 0;
  for (size_t c = 1; c < layout->table->columns; c++)
    if (layout->columns[c].least > layout->columns[widest].least) widest = c;
  pk_diag_hint(job->diag, error,
               "shorten the longest word of a column (column %zu needs %.1f mm), leave a column out, or in the layout "
               "set tables smaller or across all columns (span: all)",
               widest + 1, layout->columns[widest].least / PK_PT_PER_MM);
}

/* The widths of the columns; false (raised) where the least is too much. */
static bool divide_width(table_layout *layout) {
  size_t n = layout->table->columns;
  pk_length sum_least = 0, sum_wish = 0, whole = layout->width - 2 * layout->inset, x = layout->inset;
  for (size_t c = 0; c < n; c++) {
    sum_least += layout->columns[c].least;
    sum_wish += layout->columns[c].wish;
  }
  /* Columns stand closer before a table does not fit. */
  pk_length gap = layout->unit->style->cells.gap, count = (pk_length)n - 1;
  if (n > 1) gap = CLAMP((whole - sum_least) / count, narrowest_gap * gap, gap);
  layout->gap = gap;
  pk_length room = whole - gap * count;
  if (sum_least > room + 0.05) {
    raise_too_wide(layout, sum_least + gap * count + 2 * layout->inset, layout->width);
    return false;
  }
  for (size_t c = 0; c < n; c++) {
    table_column *column = &layout->columns[c];
    if (sum_wish <= room)
      column->width = column->wish + (sum_wish > 0 ? (room - sum_wish) * column->wish / sum_wish : room / (pk_length)n);
    else
      column->width =
          column->least + (room - sum_least) * (column->wish - column->least) / MAX(sum_wish - sum_least, 0.01);
    column->x = x;
    x += column->width + gap;
  }
  return true;
}

/* ---- rows ----------------------------------------------------------------- */

/* A row on its way into a chunk. */
typedef struct {
  table_layout *layout;
  size_t number;
  bool is_header, is_last;
  const pk_lines **lines; /* of its cells; NULL where there are none */
  pk_chunk_builder builder;
  pk_length bottom; /* of what stands in it */
} table_row;

/* The numbers of a column, as one block, are aligned as the column is. */
static pk_length number_x(const table_row *row, size_t cell, const table_column *column) {
  const pk_lines *lines = row->layout->numbers[cell];
  pk_length spare = column->width - column->left - column->right;
  if (column->align == PK_ALIGN_CENTER) spare /= 2;
  if (column->align == PK_ALIGN_LEFT) spare = 0;
  return column->x + spare + column->left - lines->lines[0].x -
         pk_number_left(&lines->lines[0], pk_number_mark(&row->layout->texts[cell]));
}

/* Sets the text of a cell; NULL if it is empty. */
static pk_status set_cell(table_row *row, size_t number) {
  table_layout *layout = row->layout;
  size_t cell = row->number * layout->table->columns + number;
  const table_column *column = &layout->columns[number];
  row->lines[number] = NULL;
  if (!layout->paras[cell]) return PK_OK;
  if (layout->numbers[cell]) {
    row->lines[number] = layout->numbers[cell]->count ? layout->numbers[cell] : NULL;
    return PK_OK;
  }
  pk_line_rooms rooms = {.first = {0, column->width}, .other = {0, column->width}};
  return pk_para_break(layout->chunker->job, layout->paras[cell], pk_line_shape_plain(&rooms), NULL,
                       &row->lines[number]);
}

static void add_cell(table_row *row, size_t number, size_t most) {
  const table_layout *layout = row->layout;
  size_t cell = row->number * layout->table->columns + number;
  const pk_lines *lines = row->lines[number];
  const table_column *column = &layout->columns[number];
  const pk_styled_text *text = &layout->texts[cell];
  pk_length x = layout->numbers[cell] ? number_x(row, cell, column) : column->x;
  /* Headings stand on what they head. */
  size_t above = row->is_header ? most - lines->count : 0;
  for (size_t i = 0; i < lines->count; i++) {
    pk_length baseline = layout->chunker->measure.drop + (pk_length)(above + i) * text->style->leading;
    pk_placed placed = {.kind = PK_PLACED_LINE,
                        .unit = layout->unit,
                        .part = (int)cell,
                        .source = layout->unit->source,
                        .line = {&lines->lines[i], text, x, baseline}};
    pk_chunk_builder_add(&row->builder, &placed);
    row->bottom = MAX(row->bottom, baseline + rule_gap * text->style->size);
  }
}

static pk_status add_cells(table_row *row) {
  size_t columns = row->layout->table->columns, most = 0;
  g_autofree const pk_lines **lines = g_new0(const pk_lines *, columns);
  pk_status status = PK_OK;
  row->lines = lines;
  for (size_t c = 0; c < columns && status == PK_OK; c++) {
    status = set_cell(row, c);
    if (lines[c]) most = MAX(most, lines[c]->count);
  }
  for (size_t c = 0; c < columns && status == PK_OK; c++)
    if (lines[c]) add_cell(row, c, most);
  row->lines = NULL;
  return status;
}

static void add_rule(table_row *row, const pk_rule *rule, pk_length y) {
  if (rule->thickness <= 0) return;
  pk_placed placed = pk_chunk_rule(row->layout->unit, rule, 0, row->layout->width, y);
  pk_chunk_builder_add(&row->builder, &placed);
}

/* Between the columns, as high as the row. */
static void add_column_rules(table_row *row, pk_length height) {
  const table_layout *layout = row->layout;
  const pk_cells *cells = &layout->unit->style->cells;
  if (cells->rule_columns.thickness <= 0) return;
  for (size_t c = 1; c < layout->table->columns; c++) {
    pk_length thickness = cells->rule_columns.thickness;
    pk_rect rect = {layout->columns[c].x - (layout->gap + thickness) / 2, 0, thickness, height};
    pk_placed placed = {.kind = PK_PLACED_RECT,
                        .unit = layout->unit,
                        .source = layout->unit->style->span,
                        .rect = {.rect = rect, .ink = cells->rule_columns.ink, .tint = 1}};
    pk_chunk_builder_add(&row->builder, &placed);
  }
}

/* The ground of a row; -1: none. */
static int ground_of(const table_row *row, double *tint) {
  const pk_styled_table *table = row->layout->table;
  const pk_style *style = row->layout->unit->style, *header = table->cells[0].style;
  if (row->is_header) {
    *tint = header->fill_tint;
    return header->fill;
  }
  bool is_second = (row->number - table->header_rows) % 2;
  *tint = is_second ? style->cells.stripe_tint : style->fill_tint;
  return is_second && style->cells.stripe >= 0 ? style->cells.stripe : style->fill;
}

/* Below all else, to be given its height when the row's is known. */
static bool add_ground(table_row *row) {
  double tint;
  int ink = ground_of(row, &tint);
  if (ink < 0) return false;
  pk_placed placed = {.kind = PK_PLACED_RECT,
                      .unit = row->layout->unit,
                      .source = row->layout->unit->style->span,
                      .rect = {.rect = {0, 0, row->layout->width, 0}, .ink = (uint32_t)ink, .tint = tint}};
  pk_chunk_builder_add(&row->builder, &placed);
  return true;
}

static void add_rules(table_row *row, pk_length height) {
  const table_layout *layout = row->layout;
  const pk_style *style = layout->unit->style;
  bool ends_header = row->is_header && row->number + 1 == layout->table->header_rows;
  const pk_rule *below = ends_header ? &layout->table->cells[0].style->rule_below : &style->cells.rule_rows;
  if (row->is_last) below = &style->rule_below;
  if (row->number == layout->first_row) add_rule(row, &style->rule_above, 0);
  if (below->thickness > 0) add_rule(row, below, MAX(row->bottom, height - below->thickness));
  add_column_rules(row, height);
}

static pk_status chunk_row(table_layout *layout, size_t number) {
  const pk_styled_table *table = layout->table;
  const pk_measure *measure = &layout->chunker->measure;
  table_row row = {.layout = layout,
                   .number = number,
                   .is_header = number < table->header_rows,
                   .is_last = number + 1 == table->rows,
                   .builder = pk_chunk_builder_open(),
                   .bottom = measure->drop + rule_gap * layout->unit->style->size};
  bool has_ground = add_ground(&row);
  pk_status status = add_cells(&row);
  pk_length height = pk_measure_rows(measure, row.bottom);
  if (has_ground) g_array_index(row.builder.placed, pk_placed, 0).rect.rect.height = height;
  add_rules(&row, height);
  row.builder.y = row.bottom;
  pk_chunk *chunk = pk_chunk_builder_close(layout->chunker, &row.builder, layout->unit);
  /* Headings, the first row without them and the last one do not stand alone. */
  size_t opening = layout->first_row + (layout->first_row < table->header_rows ? table->header_rows : 1);
  if (number > layout->first_row) chunk->breaks = PK_BREAK_TABLE;
  if (number > layout->first_row && (number <= opening || row.is_last)) chunk->breaks |= PK_BREAK_ROW;
  chunk->is_head = row.is_header;
  return status;
}

/* A table whose heading is empty has none. */
static bool has_heading(const pk_styled_table *table) {
  for (size_t i = 0; i < table->header_rows * table->columns; i++)
    if (table->cells[i].size) return true;
  return false;
}

pk_status pk_chunk_table(pk_chunker *chunker, const pk_unit_block *unit) {
  const pk_measure *measure = &chunker->measure;
  table_layout layout = {.chunker = chunker, .unit = unit, .table = unit->table, .inset = unit->style->padding};
  if (!unit->table) return PK_OK;
  layout.width = unit->style->column_span == PK_SPAN_ALL ? measure->full_width : measure->column_width;
  find_columns(&layout);
  pk_status status = shape_cells(&layout);
  if (status != PK_OK) return status;
  measure_columns(&layout);
  if (!divide_width(&layout)) return PK_FAILED;
  layout.first_row = has_heading(unit->table) ? 0 : unit->table->header_rows;
  for (size_t row = layout.first_row; row < unit->table->rows && status == PK_OK; row++)
    status = chunk_row(&layout, row);
  return status;
}
