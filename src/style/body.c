/* The blocks of an article -> units.
 *
 * Nesting becomes depth: a list in a quote is a run of units, each with its
 * style and level, in reading order. Depth is bounded by PK_ARTICLE_MAX_DEPTH. */
#include <string.h>

#include "style/compose.h"

/* What surrounds the blocks that are being composed. */
typedef struct {
  const char *style;  /* of paragraphs here */
  pk_role role;       /* of paragraphs here */
  int depth;          /* of lists */
  int group;          /* 0: none */
  const char *marker; /* of the item or note that the next unit begins; NULL after it */
  bool has_begun;     /* a unit of this item or note was made */
} surroundings;

static void compose_blocks(pk_composer *composer, const pk_block *const *blocks, size_t count, surroundings *around);

static pk_unit_block *compose_text(pk_composer *composer, pk_role role, const char *style, const pk_rich_text *text,
                                   pk_span source) {
  pk_unit_block *unit = pk_compose_unit(composer, role, style, source);
  pk_text_builder builder;
  pk_text_builder_open(&builder, composer->cascade, unit->style);
  pk_text_builder_rich(&builder, text);
  unit->text = pk_text_builder_close(&builder);
  return unit;
}

static void compose_paragraph(pk_composer *composer, const pk_block *block, surroundings *around) {
  pk_unit_block *unit = compose_text(composer, around->role, around->style, &block->text, block->span);
  unit->level = around->depth;
  unit->group = around->group;
  unit->marker = around->marker;
  unit->continues = around->has_begun;
  around->marker = NULL;
  around->has_begun = true;
}

static void compose_heading(pk_composer *composer, const pk_block *block) {
  static const char *const styles[] = {"heading-1", "heading-2", "heading-3"};
  int level = CLAMP(block->level, 1, 3);
  pk_unit_block *unit = compose_text(composer, PK_ROLE_HEADING, styles[level - 1], &block->text, block->span);
  unit->level = block->level;
}

/* The speaker, after the dash that the article has too. */
static void compose_attribution(pk_composer *composer, const pk_block *block, int group) {
  pk_unit_block *unit = pk_compose_unit(composer, PK_ROLE_ATTRIBUTION, "attribution", block->span);
  pk_text_builder builder;
  pk_text_builder_open(&builder, composer->cascade, unit->style);
  pk_text_builder_plain(&builder, "—\u00a0", unit->style, NULL, block->span);
  pk_text_builder_rich(&builder, &block->attribution);
  unit->text = pk_text_builder_close(&builder);
  unit->group = group;
}

static void compose_pull_quote(pk_composer *composer, const pk_block *block) {
  int group = ++composer->groups;
  compose_text(composer, PK_ROLE_PULL_QUOTE, "pull-quote", &block->text, block->span)->group = group;
  if (block->attribution.size) compose_attribution(composer, block, group);
}

static void compose_list(pk_composer *composer, const pk_block *block, const surroundings *outer) {
  int group = outer->group && outer->role == PK_ROLE_ITEM ? outer->group : ++composer->groups;
  const pk_style *style = pk_cascade_style(composer->cascade, "list-item");
  for (size_t i = 0; i < block->child_count; i++) {
    const char *marker = style->marker ? style->marker : "•";
    if (block->is_ordered) marker = pk_arena_printf(composer->cascade->job->arena, "%d.", block->start + (int)i);
    surroundings item = {
        .style = "list-item", .role = PK_ROLE_ITEM, .depth = outer->depth + 1, .group = group, .marker = marker};
    compose_blocks(composer, block->children[i]->children, block->children[i]->child_count, &item);
  }
}

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
static size_t compose_table_group(pk_composer *composer, const pk_block *const *blocks, size_t count) {
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

static void compose_figure(pk_composer *composer, const pk_block *block) {
  pk_cascade *cascade = composer->cascade;
  int group = ++composer->groups;
  pk_unit_block *figure = pk_compose_unit(composer, PK_ROLE_FIGURE, "figure", block->image_span);
  g_autofree char *path = g_path_is_absolute(block->image_path)
                              ? g_strdup(block->image_path)
                              : g_build_filename(cascade->article->folder, block->image_path, NULL);
  figure->image_path = pk_arena_strdup(cascade->job->arena, path);
  figure->alternate = block->alternate ? block->alternate : block->text.text;
  figure->group = group;
  if (block->text.size) compose_text(composer, PK_ROLE_CAPTION, "caption", &block->text, block->span)->group = group;
  if (block->credit) {
    pk_compose_plain(composer, PK_ROLE_CREDIT, "credit", block->credit, block->credit_span);
    g_array_index(composer->units, pk_unit_block, composer->units->len - 1).group = group;
  }
}

static void compose_block(pk_composer *composer, const pk_block *block, surroundings *around) {
  switch (block->kind) {
  case PK_BLOCK_PARAGRAPH: compose_paragraph(composer, block, around); break;
  case PK_BLOCK_HEADING: compose_heading(composer, block); break;
  case PK_BLOCK_PULL_QUOTE: compose_pull_quote(composer, block); break;
  case PK_BLOCK_LIST: compose_list(composer, block, around); break;
  case PK_BLOCK_TABLE: /* composed with what stands beside it */
  case PK_BLOCK_FIGURE: compose_figure(composer, block); break;
  case PK_BLOCK_CODE: compose_text(composer, PK_ROLE_CODE, "code", &block->text, block->span); break;
  case PK_BLOCK_BREAK: pk_compose_unit(composer, PK_ROLE_BREAK, "body", block->span); break;
  case PK_BLOCK_QUOTE: {
    surroundings quote = {.style = "quote", .role = PK_ROLE_QUOTE, .depth = around->depth, .group = ++composer->groups};
    compose_blocks(composer, block->children, block->child_count, &quote);
    break;
  }
  case PK_BLOCK_ITEM:
  case PK_BLOCK_NOTE: compose_blocks(composer, block->children, block->child_count, around); break;
  case PK_BLOCK_ROW:
  case PK_BLOCK_CELL: break; /* composed with their table */
  }
}

static void compose_blocks(pk_composer *composer, const pk_block *const *blocks, size_t count, surroundings *around) {
  for (size_t i = 0; i < count;) {
    bool is_caption =
        i + 1 < count && blocks[i + 1]->kind == PK_BLOCK_TABLE && opens_as(composer, blocks[i], PK_OPENING_CAPTION);
    if (is_caption || blocks[i]->kind == PK_BLOCK_TABLE)
      i += compose_table_group(composer, blocks + i, count - i);
    else
      compose_block(composer, blocks[i++], around);
  }
}

/* The first paragraph, run in after the dateline. */
static void compose_lede(pk_composer *composer, const pk_block *block) {
  pk_cascade *cascade = composer->cascade;
  const pk_article *article = cascade->article;
  pk_unit_block *unit = pk_compose_unit(composer, PK_ROLE_PARAGRAPH, "lede", block->span);
  pk_text_builder builder;
  pk_text_builder_open(&builder, cascade, unit->style);
  const char *dateline = pk_language_dateline(cascade->job->arena, cascade->lang, article->place.text, article->date);
  if (*dateline) { /* an opening of its own */
    pk_style *style = pk_arena_dup(cascade->job->arena, unit->style, sizeof *style);
    style->opening = (pk_opening_style){0};
    unit->style = builder.style = style;
  }
  pk_text_builder_plain(&builder, dateline, pk_cascade_overlay(cascade, unit->style, "dateline"), NULL,
                        article->dateline_span);
  pk_text_builder_rich(&builder, &block->text);
  unit->text = pk_text_builder_close(&builder);
}

void pk_compose_body(pk_composer *composer) {
  const pk_article *article = composer->cascade->article;
  surroundings body = {.style = "body", .role = PK_ROLE_PARAGRAPH};
  size_t first = 0;
  if (article->block_count && article->blocks[0]->kind == PK_BLOCK_PARAGRAPH) {
    compose_lede(composer, article->blocks[0]);
    first = 1;
  }
  compose_blocks(composer, article->blocks + first, article->block_count - first, &body);
}

void pk_compose_notes(pk_composer *composer) {
  const pk_article *article = composer->cascade->article;
  if (!article->note_count) return;
  pk_cascade *cascade = composer->cascade;
  if (cascade->layout->notes_place == PK_NOTES_END)
    pk_compose_plain(composer, PK_ROLE_LABEL, "label", pk_style_label(cascade->job, composer->document, PK_LABEL_NOTES),
                     PK_SPAN_NONE);
  for (size_t i = 0; i < article->note_count; i++) {
    const pk_block *note = article->notes[i];
    surroundings around = {.style = "note",
                           .role = PK_ROLE_NOTE,
                           .depth = note->number,
                           .marker = pk_arena_printf(cascade->job->arena, "%d", note->number)};
    guint first = composer->units->len;
    compose_blocks(composer, note->children, note->child_count, &around);
    for (guint u = first; u < composer->units->len; u++)
      g_array_index(composer->units, pk_unit_block, u).note = note->number;
  }
}
