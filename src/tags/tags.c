/* Units -> structure tree.
 *
 * A heading opens a section that ends where the next one of its level begins.
 * Lists nest by the depth of their items; the parts of a quote or a figure hang
 * under one element. */
#include "tags/tree.h"

uint32_t pk_tag_add(pk_tag_tree *tree, pk_tag_kind kind, uint32_t parent, pk_span source) {
  pk_tag tag = {.kind = kind, .parent = parent, .source = source};
  g_array_append_val(tree->tags, tag);
  return tree->tags->len - 1;
}

static uint32_t section(const pk_tag_tree *tree) {
  return tree->sections[tree->level];
}

/* A tag with the text of a unit in it. */
static uint32_t add_text(pk_tag_tree *tree, pk_tag_kind kind, uint32_t parent, const pk_unit_block *unit) {
  uint32_t tag = pk_tag_add(tree, kind, parent, unit->source);
  pk_tags_add_inlines(tree, tag, &unit->text, false);
  return tag;
}

/* ---- headings ------------------------------------------------------------ */

static void close_sections(pk_tag_tree *tree) {
  tree->level = MIN(tree->level, tree->outer + 1);
}

/* Levels never skip one, whatever the article does: readers go by them. */
static uint32_t add_heading(pk_tag_tree *tree, const pk_unit_block *unit, int level) {
  const char *words = unit->run_in ? unit->run_in : unit->text.text;
  bool is_headline = level == 1;
  level += tree->outer;
  if (tree->aside) level = MAX(level, tree->outer_level + 1);
  level = CLAMP(level, 1, MIN(tree->level + 1, PK_TAG_MAX_LEVEL));
  uint32_t parent = tree->sections[level - 1];
  tree->level = level;
  tree->sections[level] = level == tree->outer + 1 ? parent : pk_tag_add(tree, PK_TAG_SECT, parent, unit->source);
  uint32_t heading = pk_tag_add(tree, PK_TAG_H, section(tree), unit->source);
  pk_tag_at(tree, heading)->level = level;
  pk_tag_at(tree, heading)->name = is_headline ? pk_tags_title_name(tree, words) : pk_tags_name(tree, words);
  pk_tags_add_inlines(tree, heading, &unit->text, unit->run_in != NULL);
  return heading;
}

/* ---- groups -------------------------------------------------------------- */

/* Whether the unit is the first of its group, which is then open. */
static bool begins_group(pk_tag_tree *tree, const pk_unit_block *unit) {
  if (unit->group && unit->group == tree->group) return false;
  tree->group = unit->group;
  tree->caption = 0;
  return true;
}

static uint32_t add_quote(pk_tag_tree *tree, const pk_unit_block *unit) {
  if (begins_group(tree, unit)) tree->group_element = pk_tag_add(tree, PK_TAG_BLOCK_QUOTE, section(tree), unit->source);
  return add_text(tree, PK_TAG_P, tree->group_element, unit);
}

static uint32_t add_pull_quote(pk_tag_tree *tree, const pk_unit_block *unit) {
  if (begins_group(tree, unit)) {
    uint32_t aside = pk_tag_add(tree, PK_TAG_ASIDE, section(tree), unit->source);
    pk_tag_at(tree, aside)->is_repeat = pk_tags_is_repeat(tree, unit);
    tree->group_element = pk_tag_add(tree, PK_TAG_BLOCK_QUOTE, aside, unit->source);
  }
  return add_text(tree, PK_TAG_P, tree->group_element, unit);
}

/* A reader that reads out what stands for a figure passes over what is in it, so
 * its caption stands beside it and not within. */
static uint32_t add_figure(pk_tag_tree *tree, const pk_unit_block *unit) {
  begins_group(tree, unit);
  tree->group_element = pk_tag_add(tree, PK_TAG_DIV, section(tree), unit->source);
  uint32_t figure = pk_tag_add(tree, PK_TAG_FIGURE, tree->group_element, unit->source);
  pk_tag_at(tree, figure)->alternate = unit->alternate;
  return figure;
}

static uint32_t add_caption(pk_tag_tree *tree, const pk_unit_block *unit) {
  if (begins_group(tree, unit)) tree->group_element = section(tree);
  if (!tree->caption) tree->caption = pk_tag_add(tree, PK_TAG_CAPTION, tree->group_element, unit->source);
  return add_text(tree, PK_TAG_P, tree->caption, unit);
}

/* ---- lists and notes ----------------------------------------------------- */

static bool is_number(const char *marker) {
  return marker && g_unichar_isdigit(g_utf8_get_char(marker));
}

/* Opens the list of an item's depth under the item that surrounds it. */
static void open_list(pk_tag_tree *tree, const pk_unit_block *unit) {
  int depth = CLAMP(unit->level, 1, PK_ARTICLE_MAX_DEPTH);
  if (begins_group(tree, unit)) tree->depth = 0;
  for (; tree->depth < depth; tree->depth++) {
    uint32_t parent = tree->depth ? tree->bodies[tree->depth] : section(tree);
    uint32_t list = pk_tag_add(tree, PK_TAG_L, parent, unit->source);
    pk_tag_at(tree, list)->is_ordered = is_number(unit->marker);
    tree->lists[tree->depth + 1] = list;
    tree->bodies[tree->depth + 1] = 0;
  }
  tree->depth = depth;
}

static uint32_t add_item(pk_tag_tree *tree, const pk_unit_block *unit, uint32_t *marker) {
  open_list(tree, unit);
  if (unit->marker || !tree->bodies[tree->depth]) {
    uint32_t item = pk_tag_add(tree, PK_TAG_LI, tree->lists[tree->depth], unit->source);
    if (unit->marker) *marker = pk_tag_add(tree, PK_TAG_LBL, item, unit->source);
    tree->bodies[tree->depth] = pk_tag_add(tree, PK_TAG_LBODY, item, unit->source);
  }
  return add_text(tree, PK_TAG_P, tree->bodies[tree->depth], unit);
}

/* Entries hang under that of the level above, as the parts of a book do under their
 * section. */
static uint32_t add_entry(pk_tag_tree *tree, const pk_unit_block *unit) {
  int depth = CLAMP(unit->level, 1, PK_ARTICLE_MAX_DEPTH);
  if (begins_group(tree, unit)) tree->depth = 0;
  if (unit->continues && tree->depth) return add_text(tree, PK_TAG_P, tree->bodies[tree->depth], unit);
  for (; tree->depth < depth; tree->depth++) {
    uint32_t parent = tree->depth ? tree->bodies[tree->depth] : section(tree);
    tree->lists[tree->depth + 1] = pk_tag_add(tree, PK_TAG_TOC, parent, unit->source);
    tree->bodies[tree->depth + 1] = tree->lists[tree->depth + 1];
  }
  tree->depth = depth;
  tree->bodies[depth] = pk_tag_add(tree, PK_TAG_TOCI, tree->lists[depth], unit->source);
  pk_tags_add_inlines(tree, tree->bodies[depth], &unit->text, false);
  return tree->bodies[depth];
}

static uint32_t add_note(pk_tag_tree *tree, const pk_unit_block *unit, uint32_t *marker) {
  if (unit->marker || !tree->note) {
    tree->note = pk_tag_add(tree, PK_TAG_NOTE, section(tree), unit->source);
    pk_tag *note = pk_tag_at(tree, tree->note);
    note->note = unit->level;
    g_autofree char *name = g_strdup_printf("note %d", unit->level);
    note->name = pk_tags_name(tree, name);
    if (unit->marker) *marker = pk_tag_add(tree, PK_TAG_LBL, tree->note, unit->source);
  }
  return add_text(tree, PK_TAG_P, tree->note, unit);
}

/* ---- tables -------------------------------------------------------------- */

/* A table whose upper left cell is empty has headings down its first column too. */
static pk_tag_scope scope_of(const pk_styled_table *table, size_t row, size_t column) {
  if (row < table->header_rows) return PK_SCOPE_COLUMN;
  bool has_row_headings = table->header_rows && table->columns > 1 && !table->cells[0].size;
  return has_row_headings && column == 0 ? PK_SCOPE_ROW : PK_SCOPE_NONE;
}

static uint32_t add_cell(pk_tag_tree *tree, const pk_unit_block *unit, uint32_t row_tag, size_t number) {
  const pk_styled_table *table = unit->table;
  pk_tag_scope scope = scope_of(table, number / table->columns, number % table->columns);
  /* An empty heading heads nothing. */
  bool is_heading = scope != PK_SCOPE_NONE && table->cells[number].size;
  uint32_t cell = pk_tag_add(tree, is_heading ? PK_TAG_TH : PK_TAG_TD, row_tag, unit->source);
  if (is_heading) pk_tag_at(tree, cell)->scope = scope;
  return cell;
}

/* The table of a group; its caption, which may come first, hangs under it. */
static uint32_t open_table(pk_tag_tree *tree, const pk_unit_block *unit) {
  if (!unit->group) return pk_tag_add(tree, PK_TAG_TABLE, section(tree), unit->source);
  if (begins_group(tree, unit)) tree->group_element = pk_tag_add(tree, PK_TAG_TABLE, section(tree), unit->source);
  return tree->group_element;
}

static uint32_t add_table_caption(pk_tag_tree *tree, const pk_unit_block *unit) {
  uint32_t table = open_table(tree, unit);
  if (!tree->caption) tree->caption = pk_tag_add(tree, PK_TAG_CAPTION, table, unit->source);
  return add_text(tree, PK_TAG_P, tree->caption, unit);
}

/* All rows, then all cells, then what is in them: so a cell is found by its number. */
static uint32_t add_table(pk_tag_tree *tree, const pk_unit_block *unit, uint32_t *cells) {
  uint32_t table = open_table(tree, unit);
  const pk_styled_table *spec = unit->table;
  if (!spec) return table;
  uint32_t first_row = tree->tags->len;
  for (size_t r = 0; r < spec->rows; r++) pk_tag_add(tree, PK_TAG_TR, table, unit->source);
  *cells = tree->tags->len;
  size_t count = spec->rows * spec->columns;
  for (size_t i = 0; i < count; i++) add_cell(tree, unit, first_row + (uint32_t)(i / spec->columns), i);
  for (size_t i = 0; i < count; i++) pk_tags_add_inlines(tree, *cells + (uint32_t)i, &spec->cells[i], false);
  return table;
}

/* All units of a side-bar hang under one element, sections of its own in it. */
static void follow_asides(pk_tag_tree *tree, const pk_unit_block *unit) {
  if (unit->aside_number == tree->aside) return;
  if (tree->aside) {
    tree->level = tree->outer_level;
    tree->sections[tree->level] = tree->outer_section;
  }
  tree->aside = unit->aside_number;
  if (!tree->aside) return;
  tree->outer_level = tree->level = MIN(tree->level, PK_TAG_MAX_LEVEL - 1);
  tree->outer_section = section(tree);
  tree->sections[tree->level] = pk_tag_add(tree, PK_TAG_ASIDE, section(tree), unit->source);
}

/* ---- all kinds ------------------------------------------------------------- */

uint32_t pk_tags_add_unit(pk_tag_tree *tree, const pk_unit_block *unit, uint32_t *marker, uint32_t *cells) {
  follow_asides(tree, unit);
  switch (unit->role) {
  case PK_ROLE_HEADLINE: return add_heading(tree, unit, 1);
  case PK_ROLE_HEADING: return add_heading(tree, unit, MAX(unit->level, 2));
  case PK_ROLE_LABEL: return add_heading(tree, unit, 2);
  case PK_ROLE_ITEM: return add_item(tree, unit, marker);
  case PK_ROLE_CONTENTS: return add_entry(tree, unit);
  case PK_ROLE_NOTE: return add_note(tree, unit, marker);
  case PK_ROLE_TABLE: return add_table(tree, unit, cells);
  case PK_ROLE_QUOTE: return add_quote(tree, unit);
  case PK_ROLE_PULL_QUOTE:
  case PK_ROLE_ATTRIBUTION: return add_pull_quote(tree, unit);
  case PK_ROLE_FIGURE: return add_figure(tree, unit);
  case PK_ROLE_CAPTION:
  case PK_ROLE_CREDIT: return add_caption(tree, unit);
  case PK_ROLE_TABLE_CAPTION: return add_table_caption(tree, unit);
  case PK_ROLE_PARAGRAPH:
    if (unit->run_in) *marker = add_heading(tree, unit, MAX(unit->level, 2));
    return add_text(tree, PK_TAG_P, section(tree), unit);
  case PK_ROLE_CODE: return add_text(tree, PK_TAG_CODE, pk_tag_add(tree, PK_TAG_P, section(tree), unit->source), unit);
  case PK_ROLE_BREAK: pk_tag_add(tree, PK_TAG_BREAK, section(tree), unit->source); return 0;
  case PK_ROLE_END_MARK:
  case PK_ROLE_PUBLISHED: close_sections(tree); return add_text(tree, PK_TAG_P, section(tree), unit);
  default: return add_text(tree, PK_TAG_P, section(tree), unit);
  }
}

uint32_t pk_tags_of_cell(const pk_tags *tags, size_t unit, size_t cell) {
  return tags->of_cells[unit] + (uint32_t)cell;
}

const char *pk_tag_name(const pk_tag *tag) {
  static const char *const names[PK_TAG_KIND_COUNT] = {
      "Artifact", "Document", "Sect",    "Div",  "H",    "P",     "BlockQuote", "Aside", "TOC",
      "TOCI",     "Break",    "L",       "LI",   "Lbl",  "LBody", "Table",      "TR",    "TH",
      "TD",       "Figure",   "Caption", "Note", "Code", "Link",  "Reference",  "Span"};
  static const char *const headings[] = {"H1", "H1", "H2", "H3", "H4", "H5", "H6"};
  return tag->kind == PK_TAG_H ? headings[CLAMP(tag->level, 0, PK_TAG_MAX_LEVEL)] : names[tag->kind];
}
