/* Tables, as the extension of cmark-gfm reads them.
 *
 * Its columns are wrong in quotes and after escapes, so the cells are looked for
 * in their line again: between the pipes that no backslash precedes. */
#include <cmark-gfm-core-extensions.h>
#include <string.h>

#include "article/blocks.h"

enum { MAX_DEFINITION_LINES = 10000 }; /* above a table, that its header is looked for below */

/* The bytes of a line between two of its pipes. */
typedef struct {
  uint32_t start, end;
} piece;

static GArray *split_line(const pk_reader *reader, const pk_line *line) {
  GArray *pieces = g_array_new(FALSE, FALSE, sizeof(piece));
  const char *text = reader->source->text;
  piece current = {line->start, line->start};
  for (; current.end < line->end; current.end++) {
    if (text[current.end] != '|' || (current.end > current.start && text[current.end - 1] == '\\')) continue;
    g_array_append_val(pieces, current);
    current.start = current.end + 1;
  }
  g_array_append_val(pieces, current);
  return pieces;
}

static bool is_blank(const pk_reader *reader, piece between) {
  uint32_t at = between.start;
  while (at < between.end && strchr(" \t\v\f", reader->source->text[at])) at++;
  return at == between.end;
}

static pk_cell_align cell_align(cmark_node *table, size_t column) {
  if (column >= cmark_gfm_extensions_get_table_columns(table)) return PK_CELL_DEFAULT;
  switch (cmark_gfm_extensions_get_table_alignments(table)[column]) {
  case 'l': return PK_CELL_LEFT;
  case 'c': return PK_CELL_CENTER;
  case 'r': return PK_CELL_RIGHT;
  default: return PK_CELL_DEFAULT;
  }
}

static pk_block *read_cell(pk_reader *reader, cmark_node *node, piece between) {
  pk_content content;
  pk_inlines inlines;
  pk_content_open(&content, reader, pk_block_content(node));
  content.whole = pk_reader_span(reader, between.start, between.end);
  if (!pk_content_map_end(&content, between.start, between.end, true)) g_array_set_size(content.segments, 0);
  pk_inlines_read(&content, node, &inlines);
  pk_span span = content.segments->len ? pk_content_span(&content, 0, content.size) : content.whole;
  pk_content_close(&content);
  if (inlines.is_figure) {
    pk_diagnostic *raised = pk_diag_add(reader->job->diag, PK_CODE_IMAGE_IN_TEXT, inlines.image_span,
                                        "an image must stand alone in its paragraph, not in a table");
    pk_diag_hint(reader->job->diag, raised, "put it above or under the table");
  }
  pk_block *cell = pk_block_new(reader, PK_BLOCK_CELL, span.start, span.end);
  cell->text = inlines.text;
  return cell;
}

/* Whether a pipe stands before the first cell, which begins at `offset` of the
 * row's text. */
static bool has_leading_pipe(cmark_node *table, cmark_node *row, size_t offset) {
  cmark_node *cell = cmark_node_first_child(row);
  return cell && cmark_node_get_start_column(cell) > cmark_node_get_start_column(table) + (int)offset;
}

static void raise_surplus(pk_reader *reader, const GArray *pieces, guint from, size_t columns) {
  piece first = g_array_index(pieces, piece, from), last = g_array_index(pieces, piece, pieces->len - 1);
  pk_diagnostic *raised =
      pk_diag_add(reader->job->diag, PK_CODE_TABLE_CELLS, pk_reader_span(reader, first.start, last.end),
                  "this row has more cells than the table has columns (%zu)", columns);
  pk_diag_hint(reader->job->diag, raised, "write \\| for a | inside a cell, or add a column to the first two lines");
}

/* A row on line `number`, whose text begins at `offset` of what the cells'
 * columns count from. */
static pk_block *read_row(pk_reader *reader, cmark_node *table, cmark_node *node, size_t number, size_t offset) {
  const pk_line *line = &reader->lines[number];
  GArray *pieces = split_line(reader, line);
  bool has_pipe = has_leading_pipe(table, node, offset);
  guint next = has_pipe ? 1 : 0;
  piece nowhere = {line->end, line->end};
  GArray *cells = g_array_new(FALSE, FALSE, sizeof(const pk_block *));
  for (cmark_node *cell = cmark_node_first_child(node); cell; cell = cmark_node_next(cell), next++) {
    piece between = next < pieces->len ? g_array_index(pieces, piece, next) : nowhere;
    pk_block *block = read_cell(reader, cell, between);
    block->align = cell_align(table, cells->len);
    g_array_append_val(cells, block);
  }
  if (next < pieces->len && (next + 1 < pieces->len || !is_blank(reader, g_array_index(pieces, piece, next))))
    raise_surplus(reader, pieces, next, cells->len);
  uint32_t start = has_pipe ? g_array_index(pieces, piece, 0).end : line->start;
  if (!has_pipe && cells->len) start = g_array_index(cells, const pk_block *, 0)->span.start;
  pk_block *row = pk_block_new(reader, PK_BLOCK_ROW, start, line->end);
  row->is_header = cmark_gfm_extensions_get_table_row_is_header(node);
  row->child_count = cells->len;
  row->children = pk_arena_take_array(reader->job->arena, cells);
  g_array_unref(pieces);
  return row;
}

/* Whether the line ends with this text and its line end. */
static bool ends_with(const pk_reader *reader, const pk_line *line, const char *text) {
  size_t size = strcspn(text, "\n");
  return line->end - line->start >= size && memcmp(reader->source->text + line->end - size, text, size) == 0;
}

/* The line of the header, which ends the content. Link definitions may have been
 * taken out above it, so it may be further down than the lines say. */
static size_t find_header(const pk_reader *reader, cmark_node *table, size_t *offset) {
  const char *content = pk_block_content(table);
  size_t guess = pk_block_line(reader, cmark_node_get_start_line(table));
  *offset = 0;
  for (const char *at = content; (at = strchr(at, '\n')) && at[1]; at++, guess++) *offset = (size_t)(at - content) + 1;
  for (size_t number = guess; number < MIN(reader->line_count, guess + MAX_DEFINITION_LINES); number++)
    if (ends_with(reader, &reader->lines[number], content + *offset)) return number;
  return MIN(guess, reader->line_count - 1);
}

pk_block *pk_table_read(pk_reader *reader, cmark_node *node) {
  size_t offset = 0, header = find_header(reader, node, &offset);
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(const pk_block *));
  for (cmark_node *row = cmark_node_first_child(node); row; row = cmark_node_next(row)) {
    bool is_header = !rows->len;
    size_t number = is_header ? header : pk_block_line(reader, cmark_node_get_start_line(row));
    pk_block *block = read_row(reader, node, row, number, is_header ? offset : 0);
    g_array_append_val(rows, block);
  }
  pk_block *table = pk_block_new(reader, PK_BLOCK_TABLE, 0, 0);
  table->child_count = rows->len;
  table->children = pk_arena_take_array(reader->job->arena, rows);
  if (table->child_count) {
    table->span.start = table->children[0]->span.start;
    table->span.end = table->children[table->child_count - 1]->span.end;
  }
  return table;
}
