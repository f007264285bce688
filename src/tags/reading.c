/* The order of reading, which is that of the units but for notes at the foot of a
 * column: they follow what refers to them. */
#include <string.h>

#include "tags/tree.h"

/* ---- the order of reading -------------------------------------------------- */

/* The units, each with its tags. */
typedef struct {
  pk_tag_tree *tree;
  uint32_t *of_unit, *of_marker, *of_cells;
  size_t *first_of_note; /* by number: its first unit; unit_count: none, or it has been read */
  int note_count;
} reading;

static void open_root(pk_tag_tree *tree, uint32_t root) {
  tree->level = tree->outer;
  for (int level = 0; level <= tree->outer + 1; level++) tree->sections[level] = root;
}

/* An article that runs on is a section beside that of the first one. */
static void follow_members(reading *r, size_t unit) {
  pk_tag_tree *tree = r->tree;
  size_t member = pk_document_member(tree->document, unit);
  if (member == tree->member) return;
  tree->member = member;
  tree->group = tree->depth = tree->aside = 0;
  open_root(tree, pk_tag_add(tree, PK_TAG_SECT, 0, tree->document->units[unit].source));
}

static void read_unit(reading *r, size_t number) {
  pk_tag_tree *tree = r->tree;
  follow_members(r, number);
  const pk_unit_block *unit = &tree->document->units[number];
  if (unit->group != tree->group) tree->group = 0;
  if (unit->role != PK_ROLE_NOTE) tree->note = 0;
  r->of_unit[number] = pk_tags_add_unit(tree, unit, &r->of_marker[number], &r->of_cells[number]);
}

static void find_notes(reading *r) {
  const pk_document *document = r->tree->document;
  for (size_t i = 0; i < document->unit_count; i++) r->note_count = MAX(r->note_count, document->units[i].note);
  r->first_of_note = PK_NEW_ARRAY(r->tree->job->arena, size_t, (size_t)r->note_count + 1);
  for (int note = 0; note <= r->note_count; note++) r->first_of_note[note] = document->unit_count;
  for (size_t i = document->unit_count; i-- > 0;) r->first_of_note[document->units[i].note] = i;
}

static void read_note(reading *r, int note) {
  const pk_document *document = r->tree->document;
  if (note < 1 || note > r->note_count) return;
  size_t from = r->first_of_note[note];
  r->first_of_note[note] = document->unit_count;
  r->tree->group = r->tree->depth = 0;
  for (size_t i = from; i < document->unit_count && document->units[i].note == note; i++) read_unit(r, i);
}

static void read_notes_of(reading *r, const pk_styled_text *text) {
  for (size_t i = 0; i < text->run_count; i++)
    if (text->runs[i].footnote) read_note(r, text->runs[i].footnote);
}

/* Notes at the foot of a column are read after the block that refers to them: after
 * the whole list, quote or table where it is part of one. */
static void read_group(reading *r, size_t from, size_t to) {
  const pk_document *document = r->tree->document;
  for (size_t i = from; i < to; i++) read_unit(r, i);
  if (document->layout->notes_place != PK_NOTES_FOOT) return;
  for (size_t i = from; i < to; i++) {
    const pk_unit_block *unit = &document->units[i];
    read_notes_of(r, &unit->text);
    for (size_t c = 0; unit->table && c < unit->table->rows * unit->table->columns; c++)
      read_notes_of(r, &unit->table->cells[c]);
  }
}

static size_t end_of_group(const pk_document *document, size_t from) {
  const pk_unit_block *first = &document->units[from];
  size_t to = from + 1;
  while (first->group && to < document->unit_count && document->units[to].group == first->group) to++;
  return to;
}

static void read_all(reading *r) {
  const pk_document *document = r->tree->document;
  bool is_at_foot = document->layout->notes_place == PK_NOTES_FOOT;
  for (size_t i = 0; i < document->unit_count;) {
    int note = is_at_foot ? document->units[i].note : 0;
    size_t end = note ? i + 1 : end_of_group(document, i);
    if (note)
      read_note(r, note); /* if no reference has led there */
    else
      read_group(r, i, end);
    i = end;
  }
}

static void open_tree(pk_tag_tree *tree, pk_job *job, const pk_document *document) {
  *tree = (pk_tag_tree){.job = job, .document = document, .tags = g_array_new(FALSE, FALSE, sizeof(pk_tag))};
  tree->of_link = PK_NEW_ARRAY(job->arena, uint32_t, document->link_count + 1);
  tree->of_phrase = PK_NEW_ARRAY(job->arena, uint32_t, document->phrase_count + 1);
  tree->names = g_hash_table_new(g_str_hash, g_str_equal);
  pk_tag_add(tree, PK_TAG_ARTIFACT, 0, PK_SPAN_NONE);
  uint32_t root = pk_tag_add(tree, document->book ? PK_TAG_SECT : PK_TAG_DOCUMENT, 0, PK_SPAN_NONE);
  if (!document->book) pk_tag_at(tree, root)->lang = pk_lang_tag(document->lang);
  tree->outer = document->outer_level;
  open_root(tree, root);
}

void pk_tags_build(pk_job *job, const pk_document *document, const pk_tags **out) {
  pk_tag_tree tree;
  open_tree(&tree, job, document);
  reading r = {.tree = &tree,
               .of_unit = PK_NEW_ARRAY(job->arena, uint32_t, document->unit_count),
               .of_marker = PK_NEW_ARRAY(job->arena, uint32_t, document->unit_count),
               .of_cells = PK_NEW_ARRAY(job->arena, uint32_t, document->unit_count)};
  find_notes(&r);
  read_all(&r);
  pk_tags *tags = PK_NEW(job->arena, pk_tags);
  tags->count = tree.tags->len;
  tags->tags = pk_arena_take_array(job->arena, tree.tags);
  tags->of_unit = r.of_unit;
  tags->of_marker = r.of_marker;
  tags->of_cells = r.of_cells;
  tags->of_link = tree.of_link;
  tags->of_phrase = tree.of_phrase;
  g_hash_table_unref(tree.names);
  g_free(tree.body);
  *out = tags;
}
