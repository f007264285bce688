/* Tables of an article -> units: the table, and the caption and notes that stand
 * beside it as paragraphs. */
#include "style/compose.h"

static pk_align cell_align(pk_cell_align align) {
  switch (align) {
  case PK_CELL_CENTER: return PK_ALIGN_CENTER;
  case PK_CELL_RIGHT: return PK_ALIGN_RIGHT;
  case PK_CELL_LEFT:
  case PK_CELL_DEFAULT: return PK_ALIGN_LEFT;
  }
  return PK_ALIGN_LEFT;
}

static void compose_table(pk_composer *composer, const pk_block *block) {
  pk_arena *arena = composer->cascade->job->arena;
  pk_styled_table *table = PK_NEW(arena, pk_styled_table);
  for (size_t r = 0; r < block->child_count; r++) table->columns = MAX(table->columns, block->children[r]->child_count);
  table->rows = block->child_count;
  if (!table->columns) return;
  pk_styled_text *cells = PK_NEW_ARRAY(arena, pk_styled_text, table->rows * table->columns);
  pk_align *aligns = PK_NEW_ARRAY(arena, pk_align, table->columns);
  bool *is_given = PK_NEW_ARRAY(arena, bool, table->columns);
  for (size_t c = 0; c < table->columns; c++) aligns[c] = PK_ALIGN_LEFT;
  for (size_t r = 0; r < table->rows; r++) {
    const pk_block *row = block->children[r];
    table->header_rows += row->is_header;
    for (size_t c = 0; c < table->columns; c++) {
      static const pk_rich_text empty = {"", 0, NULL, 0};
      pk_text_builder builder;
      pk_text_builder_open(&builder, composer->cascade,
                           pk_cascade_style(composer->cascade, row->is_header ? "table-header" : "table"));
      pk_text_builder_rich(&builder, c < row->child_count ? &row->children[c]->text : &empty);
      cells[r * table->columns + c] = pk_text_builder_close(&builder);
      if (r > 0 || c >= row->child_count) continue;
      aligns[c] = cell_align(row->children[c]->align);
      is_given[c] = row->children[c]->align != PK_CELL_DEFAULT;
    }
  }
  table->cells = cells;
  table->aligns = aligns;
  table->is_align_given = is_given;
  pk_compose_unit(composer, PK_ROLE_TABLE, "table", block->span)->table = table;
}

/* A unit of a group stands close to the next one of it. */
static void tie_to_next(pk_composer *composer, pk_unit_block *unit, bool is_close) {
  pk_style *style = pk_arena_dup(composer->cascade->job->arena, unit->style, sizeof *style);
  style->keep_with_next = true;
  if (is_close) style->after = 0;
  unit->style = style;
}

static bool opens_as(const pk_composer *composer, const pk_block *block, pk_label_opening opening) {
  return block->kind == PK_BLOCK_PARAGRAPH &&
         pk_language_label_opening(composer->cascade->lang, opening, block->text.text);
}

/* A caption or a note of a table, as written; the words it begins with are strong. */
static void compose_beside_table(pk_composer *composer, const pk_block *block, pk_label_opening opening, int group) {
  bool is_caption = opening == PK_OPENING_CAPTION;
  pk_cascade *cascade = composer->cascade;
  pk_unit_block *unit =
      pk_compose_unit(composer, is_caption ? PK_ROLE_TABLE_CAPTION : PK_ROLE_TABLE_NOTE, "caption", block->span);
  unit->style = pk_cascade_style_or(cascade, is_caption ? "table-caption" : "table-note", "caption");
  unit->group = group;
  pk_text_builder builder;
  pk_text_builder_open(&builder, cascade, unit->style);
  pk_text_builder_rich(&builder, &block->text);
  pk_text_builder_strengthen(&builder, (uint32_t)pk_language_label_opening(cascade->lang, opening, block->text.text));
  unit->text = pk_text_builder_close(&builder);
}

static pk_unit_block *last_unit(const pk_composer *composer) {
  return &g_array_index(composer->units, pk_unit_block, composer->units->len - 1);
}

/* The table at `at` with the captions and notes beside it. Returns how many blocks
 * that were. */
size_t pk_compose_table(pk_composer *composer, const pk_block *const *blocks, size_t count) {
  size_t used = 0;
  int group = ++composer->groups;
  bool has_caption = opens_as(composer, blocks[0], PK_OPENING_CAPTION);
  if (has_caption) {
    compose_beside_table(composer, blocks[used++], PK_OPENING_CAPTION, group);
    tie_to_next(composer, last_unit(composer), false);
  }
  guint before = composer->units->len;
  compose_table(composer, blocks[used++]);
  if (composer->units->len == before) return used;
  last_unit(composer)->group = group;
  if (has_caption) {
    pk_style *style = pk_arena_dup(composer->cascade->job->arena, last_unit(composer)->style, sizeof *style);
    style->before = 0;
    last_unit(composer)->style = style;
  }
  while (used < count) {
    bool is_caption = !has_caption && opens_as(composer, blocks[used], PK_OPENING_CAPTION);
    if (!is_caption && !opens_as(composer, blocks[used], PK_OPENING_NOTE)) break;
    /* "Table 2: ..." above the next table is that one's. */
    if (is_caption && used + 1 < count && blocks[used + 1]->kind == PK_BLOCK_TABLE) break;
    tie_to_next(composer, last_unit(composer), true);
    compose_beside_table(composer, blocks[used++], is_caption ? PK_OPENING_CAPTION : PK_OPENING_NOTE, group);
    has_caption |= is_caption;
  }
  return used;
}

bool pk_compose_is_table(const pk_composer *composer, const pk_block *const *blocks, size_t count) {
  if (blocks[0]->kind == PK_BLOCK_TABLE) return true;
  return count > 1 && blocks[1]->kind == PK_BLOCK_TABLE && opens_as(composer, blocks[0], PK_OPENING_CAPTION);
}
