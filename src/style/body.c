/* The blocks of an article -> units.
 *
 * Nesting becomes depth: a list in a quote is a run of units, each with its
 * style and level, in reading order. Depth is bounded by PK_ARTICLE_MAX_DEPTH. */
#include <string.h>

#include "style/compose.h"

/* What surrounds the blocks that are being composed. */
typedef struct {
  const pk_style *style; /* of paragraphs here */
  pk_role role;          /* of paragraphs here */
  int depth;             /* of lists */
  int group;             /* 0: none */
  pk_length left, right; /* of lists and quotes here: what surrounds them is set in so far */
  const char *marker;    /* of the item or note that the next unit begins; NULL after it */
  bool has_begun;        /* a unit of this item or note was made */
  bool is_aside;         /* in a side-bar */
} surroundings;

static void compose_blocks(pk_composer *composer, const pk_block *const *blocks, size_t count, surroundings *around);

static const pk_style *named(const pk_composer *composer, const char *style) {
  return pk_cascade_style(composer->cascade, style);
}

static pk_unit_block *compose_text(pk_composer *composer, pk_role role, const pk_style *style, const pk_rich_text *text,
                                   pk_span source) {
  pk_unit_block *unit = pk_compose_unit(composer, role, style->name, source);
  pk_text_builder builder;
  unit->style = style;
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

static const char *heading_style(const pk_block *block) {
  static const char *const styles[] = {"heading-1", "heading-2", "heading-3"};
  return styles[CLAMP(block->level, 1, 3) - 1];
}

static void compose_heading(pk_composer *composer, const pk_block *block, const surroundings *around) {
  const pk_style *style = named(composer, around->is_aside ? "side-bar-heading" : heading_style(block));
  compose_text(composer, PK_ROLE_HEADING, style, &block->text, block->span)->level = block->level;
}

/* Whether `heading` and the paragraph after it are to be one. */
static bool is_run_in(const pk_composer *composer, const pk_block *heading, const pk_block *next,
                      const surroundings *around) {
  return around->role == PK_ROLE_PARAGRAPH && !around->is_aside && heading->kind == PK_BLOCK_HEADING &&
         next->kind == PK_BLOCK_PARAGRAPH && named(composer, heading_style(heading))->spec->run_in;
}

/* A heading in the line of its paragraph: in its own look, an en space before the
 * text. Returns how many blocks that were. */
static size_t compose_run_in(pk_composer *composer, const pk_block *heading, const pk_block *paragraph,
                             surroundings *around) {
  pk_cascade *cascade = composer->cascade;
  pk_style *style = pk_arena_dup(cascade->job->arena, around->style, sizeof *style);
  style->before = named(composer, heading_style(heading))->before;
  style->indent = 0;
  style->opening = (pk_opening_style){0};
  pk_unit_block *unit = pk_compose_unit(composer, around->role, style->name, paragraph->span);
  unit->style = style;
  pk_text_builder builder;
  pk_text_builder_open(&builder, cascade, pk_cascade_overlay(cascade, style, heading_style(heading)));
  pk_text_builder_rich(&builder, &heading->text);
  pk_text_builder_mark_run_in(&builder);
  unit->run_in = pk_arena_strndup(cascade->job->arena, builder.text->str, builder.text->len);
  builder.style = style;
  pk_text_builder_plain(&builder, "\u2002", style, NULL, heading->span);
  pk_text_builder_rich(&builder, &paragraph->text);
  unit->text = pk_text_builder_close(&builder);
  unit->level = heading->level;
  unit->group = around->group;
  return 2;
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
  compose_text(composer, PK_ROLE_PULL_QUOTE, named(composer, "pull-quote"), &block->text, block->span)->group = group;
  if (block->attribution.size) compose_attribution(composer, block, group);
}

/* The style `name`, set in by what surrounds it and by `more`. */
static const pk_style *inset_style(pk_composer *composer, const char *name, const surroundings *outer, pk_length more) {
  const pk_style *style = named(composer, name);
  if (outer->left <= 0 && outer->right <= 0 && more <= 0) return style;
  pk_style *inset = pk_arena_dup(composer->cascade->job->arena, style, sizeof *inset);
  inset->left += outer->left + more;
  inset->right += outer->right;
  return inset;
}

static const char *bullet_of(const pk_style *style, int depth) {
  if (!style->marker_count) return "•";
  return style->markers[MIN((size_t)depth, style->marker_count) - 1];
}

/* Numbers of two figures and more need room of their own. */
static pk_length number_room(const pk_block *list, const pk_style *style) {
  static const double figure = 0.5; /* em */
  g_autofree char *last = g_strdup_printf("%d", list->start + (int)list->child_count - 1);
  return list->is_ordered ? (pk_length)(strlen(last) - 1) * figure * style->size : 0;
}

static void compose_list(pk_composer *composer, const pk_block *block, const surroundings *outer) {
  bool is_nested = outer->group && outer->role == PK_ROLE_ITEM;
  surroundings item = {.role = PK_ROLE_ITEM, .depth = outer->depth + 1};
  item.group = is_nested ? outer->group : ++composer->groups;
  const char *style = outer->is_aside ? "side-bar-item" : "list-item";
  pk_length more = number_room(block, named(composer, style));
  item.is_aside = outer->is_aside;
  item.style = inset_style(composer, style, outer, more);
  item.left = item.style->left;
  item.right = item.style->right;
  for (size_t i = 0; i < block->child_count; i++) {
    item.marker = bullet_of(item.style, item.depth);
    if (block->is_ordered) item.marker = pk_arena_printf(composer->cascade->job->arena, "%d.", block->start + (int)i);
    item.has_begun = false;
    compose_blocks(composer, block->children[i]->children, block->children[i]->child_count, &item);
  }
}

static void compose_quote(pk_composer *composer, const pk_block *block, const surroundings *outer) {
  surroundings quote = {.role = PK_ROLE_QUOTE, .depth = outer->depth, .group = ++composer->groups};
  quote.style = inset_style(composer, "quote", outer, 0);
  quote.left = quote.style->left;
  quote.right = quote.style->right;
  compose_blocks(composer, block->children, block->child_count, &quote);
}

/* A quote that opens with a heading is a side-bar, if the layout has such. */
static bool is_aside(const pk_composer *composer, const pk_block *block, const surroundings *around) {
  if (around->role != PK_ROLE_PARAGRAPH || around->is_aside || !block->child_count) return false;
  return block->children[0]->kind == PK_BLOCK_HEADING && pk_layout_style(composer->cascade->layout, "side-bar");
}

static void compose_aside(pk_composer *composer, const pk_block *block) {
  surroundings aside = {.role = PK_ROLE_PARAGRAPH, .style = named(composer, "side-bar-text"), .is_aside = true};
  guint first = composer->units->len;
  compose_blocks(composer, block->children, block->child_count, &aside);
  composer->asides++;
  for (guint i = first; i < composer->units->len; i++) {
    pk_unit_block *unit = &g_array_index(composer->units, pk_unit_block, i);
    unit->aside = named(composer, "side-bar");
    unit->aside_number = composer->asides;
  }
}

static const pk_figure_spec *find_figure(const pk_article *article, const char *file) {
  for (size_t i = 0; i < article->figure_count; i++)
    if (strcmp(article->figures[i].file, file) == 0) return &article->figures[i];
  return NULL;
}

/* A figure, its caption or its credit where the article wants it to stand. */
static void place_unit(pk_composer *composer, pk_unit_block *unit, const pk_figure_spec *figure) {
  if (!figure || !figure->has_place) return;
  pk_style *style = pk_arena_dup(composer->cascade->job->arena, unit->style, sizeof *style);
  style->place = figure->place;
  style->column_span = pk_placing_is_across(figure->place) ? PK_SPAN_ALL : PK_SPAN_COLUMN;
  if (unit->text.style == unit->style) unit->text.style = style;
  unit->style = style;
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
  figure->figure = find_figure(cascade->article, block->image_path);
  const pk_figure_spec *said = figure->figure;
  place_unit(composer, figure, said);
  bool is_page = figure->style->place == PK_PLACE_PAGE;
  if (block->text.size) {
    const pk_style *style = pk_cascade_style_or(cascade, is_page ? "page-caption" : "caption", "caption");
    pk_unit_block *caption = compose_text(composer, PK_ROLE_CAPTION, style, &block->text, block->span);
    caption->group = group;
    place_unit(composer, caption, said);
  }
  if (block->credit) {
    const char *style = pk_cascade_style_or(cascade, is_page ? "page-credit" : "credit", "credit")->name;
    pk_compose_plain(composer, PK_ROLE_CREDIT, style, block->credit, block->credit_span);
    pk_unit_block *credit = &g_array_index(composer->units, pk_unit_block, composer->units->len - 1);
    credit->group = group;
    place_unit(composer, credit, said);
  }
}

static void compose_block(pk_composer *composer, const pk_block *block, surroundings *around) {
  switch (block->kind) {
  case PK_BLOCK_PARAGRAPH: compose_paragraph(composer, block, around); break;
  case PK_BLOCK_HEADING: compose_heading(composer, block, around); break;
  case PK_BLOCK_PULL_QUOTE: compose_pull_quote(composer, block); break;
  case PK_BLOCK_LIST: compose_list(composer, block, around); break;
  case PK_BLOCK_TABLE: /* composed with what stands beside it */
  case PK_BLOCK_FIGURE: compose_figure(composer, block); break;
  case PK_BLOCK_CODE: compose_text(composer, PK_ROLE_CODE, named(composer, "code"), &block->text, block->span); break;
  case PK_BLOCK_BREAK: pk_compose_unit(composer, PK_ROLE_BREAK, "body", block->span); break;
  case PK_BLOCK_QUOTE:
    if (is_aside(composer, block, around))
      compose_aside(composer, block);
    else
      compose_quote(composer, block, around);
    break;
  case PK_BLOCK_ITEM:
  case PK_BLOCK_NOTE: compose_blocks(composer, block->children, block->child_count, around); break;
  case PK_BLOCK_ROW:
  case PK_BLOCK_CELL: break; /* composed with their table */
  }
}

static void compose_blocks(pk_composer *composer, const pk_block *const *blocks, size_t count, surroundings *around) {
  for (size_t i = 0; i < count;) {
    if (pk_compose_is_table(composer, blocks + i, count - i))
      i += pk_compose_table(composer, blocks + i, count - i);
    else if (i + 1 < count && is_run_in(composer, blocks[i], blocks[i + 1], around))
      i += compose_run_in(composer, blocks[i], blocks[i + 1], around);
    else
      compose_block(composer, blocks[i++], around);
  }
}

/* The first paragraph, if nothing but pictures come before it, run in after the
 * dateline. */
static void compose_lede(pk_composer *composer, const pk_block *block) {
  pk_cascade *cascade = composer->cascade;
  const pk_article *article = cascade->article;
  pk_unit_block *unit = pk_compose_unit(composer, PK_ROLE_PARAGRAPH, "lede", block->span);
  pk_text_builder builder;
  pk_text_builder_open(&builder, cascade, unit->style);
  const char *dateline = cascade->layout->dateline ? pk_language_dateline(cascade->job->arena, cascade->lang,
                                                                          article->place.text, article->date)
                                                   : "";
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
  surroundings body = {.style = named(composer, "body"), .role = PK_ROLE_PARAGRAPH};
  size_t first = 0;
  while (first < article->block_count && article->blocks[first]->kind == PK_BLOCK_FIGURE)
    compose_block(composer, article->blocks[first++], &body);
  if (first < article->block_count && article->blocks[first]->kind == PK_BLOCK_PARAGRAPH)
    compose_lede(composer, article->blocks[first++]);
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
    int number = note->number + cascade->note_base;
    surroundings around = {.style = named(composer, "note"),
                           .role = PK_ROLE_NOTE,
                           .depth = number,
                           .marker = pk_arena_printf(cascade->job->arena, "%d", number)};
    guint first = composer->units->len;
    compose_blocks(composer, note->children, note->child_count, &around);
    for (guint u = first; u < composer->units->len; u++) g_array_index(composer->units, pk_unit_block, u).note = number;
  }
}
