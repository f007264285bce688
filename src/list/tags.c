/* Units -> structure tree.
 *
 * One tag a block, however many columns and pages it runs over. Lists nest by
 * the depth of their items, the parts of a quote or a figure hang under one
 * element. */
#include "list/tags.h"

typedef struct {
  const pk_document *document;
  GArray *tags; /* of pk_tag */
  uint32_t root;
  int group;                                /* whose element is open, or 0 */
  uint32_t group_element;                   /* the element of that group */
  uint32_t lists[PK_ARTICLE_MAX_DEPTH + 2]; /* the open list at each depth */
  uint32_t body;                            /* the open item's body */
  int depth;                                /* of the open list, 0: none */
} tag_tree;

static uint32_t add_tag(tag_tree *tree, pk_tag_kind kind, uint32_t parent, const pk_unit_block *unit) {
  pk_tag tag = {.kind = kind, .parent = parent, .lang = tree->document->lang};
  if (unit) {
    tag.source = unit->source;
    tag.lang = unit->text.size ? unit->text.lang : tree->document->lang;
  }
  g_array_append_val(tree->tags, tag);
  return tree->tags->len - 1;
}

static pk_tag *tag_at(tag_tree *tree, uint32_t number) {
  return &g_array_index(tree->tags, pk_tag, number);
}

/* The element that all units of one group hang under. */
static uint32_t open_group(tag_tree *tree, const pk_unit_block *unit, pk_tag_kind kind) {
  if (unit->group && unit->group == tree->group) return tree->group_element;
  tree->group = unit->group;
  tree->group_element = add_tag(tree, kind, tree->root, unit);
  return tree->group_element;
}

static uint32_t add_heading(tag_tree *tree, const pk_unit_block *unit, int level) {
  uint32_t tag = add_tag(tree, PK_TAG_H, tree->root, unit);
  tag_at(tree, tag)->level = level;
  return tag;
}

/* Opens the list of an item's depth under the item that surrounds it. */
static void open_list(tag_tree *tree, const pk_unit_block *unit) {
  int depth = CLAMP(unit->level, 1, PK_ARTICLE_MAX_DEPTH);
  if (unit->group != tree->group) tree->depth = 0;
  tree->group = unit->group;
  for (; tree->depth < depth; tree->depth++) {
    uint32_t parent = tree->depth ? tree->body : tree->root;
    tree->lists[tree->depth + 1] = add_tag(tree, PK_TAG_L, parent, unit);
  }
  tree->depth = depth;
}

static uint32_t add_item(tag_tree *tree, const pk_unit_block *unit, uint32_t *marker) {
  open_list(tree, unit);
  if (unit->marker) {
    uint32_t item = add_tag(tree, PK_TAG_LI, tree->lists[tree->depth], unit);
    *marker = add_tag(tree, PK_TAG_LBL, item, unit);
    tree->body = add_tag(tree, PK_TAG_LBODY, item, unit);
  }
  return add_tag(tree, PK_TAG_P, tree->body, unit);
}

static uint32_t add_note(tag_tree *tree, const pk_unit_block *unit, uint32_t *marker) {
  if (unit->marker) {
    tree->body = add_tag(tree, PK_TAG_NOTE, tree->root, unit);
    *marker = add_tag(tree, PK_TAG_LBL, tree->body, unit);
  }
  return add_tag(tree, PK_TAG_P, tree->body, unit);
}

/* Cells are made row by row, so that their rows stand before them all. */
static uint32_t add_table(tag_tree *tree, const pk_unit_block *unit, uint32_t *cells) {
  uint32_t table = unit->group ? open_group(tree, unit, PK_TAG_TABLE) : add_tag(tree, PK_TAG_TABLE, tree->root, unit);
  const pk_styled_table *spec = unit->table;
  if (!spec) return table;
  uint32_t first_row = tree->tags->len;
  for (size_t r = 0; r < spec->rows; r++) add_tag(tree, PK_TAG_TR, table, unit);
  *cells = tree->tags->len;
  for (size_t i = 0; i < spec->rows * spec->columns; i++) {
    size_t row = i / spec->columns;
    add_tag(tree, row < spec->header_rows ? PK_TAG_TH : PK_TAG_TD, first_row + (uint32_t)row, unit);
  }
  return table;
}

static uint32_t add_unit(tag_tree *tree, const pk_unit_block *unit, uint32_t *marker, uint32_t *cells) {
  switch (unit->role) {
  case PK_ROLE_HEADLINE: return add_heading(tree, unit, 1);
  case PK_ROLE_HEADING: return add_heading(tree, unit, MAX(unit->level, 2));
  case PK_ROLE_LABEL: return add_heading(tree, unit, 2);
  case PK_ROLE_ITEM: return add_item(tree, unit, marker);
  case PK_ROLE_NOTE: return add_note(tree, unit, marker);
  case PK_ROLE_TABLE: return add_table(tree, unit, cells);
  case PK_ROLE_QUOTE: return add_tag(tree, PK_TAG_P, open_group(tree, unit, PK_TAG_BLOCK_QUOTE), unit);
  case PK_ROLE_PULL_QUOTE:
  case PK_ROLE_ATTRIBUTION: return add_tag(tree, PK_TAG_P, open_group(tree, unit, PK_TAG_ASIDE), unit);
  case PK_ROLE_FIGURE: {
    uint32_t figure = open_group(tree, unit, PK_TAG_FIGURE);
    tag_at(tree, figure)->alternate = unit->alternate;
    return figure;
  }
  case PK_ROLE_CAPTION:
  case PK_ROLE_CREDIT: return add_tag(tree, PK_TAG_CAPTION, open_group(tree, unit, PK_TAG_FIGURE), unit);
  case PK_ROLE_TABLE_CAPTION: return add_tag(tree, PK_TAG_CAPTION, open_group(tree, unit, PK_TAG_TABLE), unit);
  case PK_ROLE_PARAGRAPH:
    if (unit->run_in) *marker = add_heading(tree, unit, MAX(unit->level, 2));
    return add_tag(tree, PK_TAG_P, tree->root, unit);
  case PK_ROLE_CODE: return add_tag(tree, PK_TAG_CODE, tree->root, unit);
  case PK_ROLE_BREAK: return 0;
  default: return add_tag(tree, PK_TAG_P, tree->root, unit);
  }
}

void pk_list_tags_build(pk_job *job, const pk_document *document, pk_list_tags *out) {
  tag_tree tree = {.document = document, .tags = g_array_new(FALSE, FALSE, sizeof(pk_tag))};
  uint32_t *of_unit = PK_NEW_ARRAY(job->arena, uint32_t, document->unit_count);
  uint32_t *of_marker = PK_NEW_ARRAY(job->arena, uint32_t, document->unit_count);
  uint32_t *of_cells = PK_NEW_ARRAY(job->arena, uint32_t, document->unit_count);
  add_tag(&tree, PK_TAG_ARTIFACT, 0, NULL);
  tree.root = add_tag(&tree, PK_TAG_DOCUMENT, 0, NULL);
  for (size_t i = 0; i < document->unit_count; i++) {
    const pk_unit_block *unit = &document->units[i];
    if (unit->role != PK_ROLE_ITEM && unit->group != tree.group) tree.group = 0;
    of_unit[i] = add_unit(&tree, unit, &of_marker[i], &of_cells[i]);
  }
  out->tag_count = tree.tags->len;
  out->tags = pk_arena_take_array(job->arena, tree.tags);
  out->of_unit = of_unit;
  out->of_marker = of_marker;
  out->of_cells = of_cells;
}
