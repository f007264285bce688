/* Tags -> structure elements, and the way back from content to them.
 *
 * In:  the tags of the list; while pages are written, each stretch of content and
 *      each link with its tag. Out: StructTreeRoot with its parent tree and IDs.
 *
 * The order of elements is that of the tags, which is the order of reading, not
 * that of drawing: an inset may be drawn before the paragraph that it follows.
 * Within a paragraph text and links alternate, so there what counts is the order in
 * which they are drawn. */
#include "pdf/structure.h"

#include <string.h>

#include "pdf/number.h"
#include "pdf/page.h"

enum { NEVER = INT32_MAX };

/* What an element holds of its own: content of a page, or an annotation. */
typedef struct {
  uint32_t tag;
  uint32_t page;
  int number;         /* MCID; of an annotation its key in the parent tree */
  qpdf_oh annotation; /* or 0 */
} piece;

/* A tag on its way into the file. */
typedef struct {
  int first;           /* place of the first piece under it, NEVER: none */
  guint pieces, count; /* its own in `by_tag`, from where and how many */
  uint32_t child, next;
  qpdf_oh object;
} element;

struct pk_pdf_structure {
  pk_pdf_file *file;
  GArray *pieces; /* of piece, as they were drawn */
  GArray *boxes;  /* of pk_rect, by tag: where its picture is; width 0: none */
  uint32_t page;  /* the one being drawn */
  int marks;      /* on it */
  int links;

  /* while the tree is written */
  const qpdf_oh *pages;
  element *elements; /* by tag */
  guint *by_tag;     /* numbers of pieces, those of a tag together */
};

pk_pdf_structure *pk_pdf_structure_new(pk_pdf_file *file) {
  pk_pdf_structure *structure = g_new0(pk_pdf_structure, 1);
  structure->file = file;
  structure->pieces = g_array_new(FALSE, FALSE, sizeof(piece));
  structure->boxes = g_array_new(FALSE, TRUE, sizeof(pk_rect));
  g_array_set_size(structure->boxes, (guint)file->list->tag_count);
  return structure;
}

void pk_pdf_structure_drop(pk_pdf_structure *structure) {
  if (!structure) return;
  g_array_unref(structure->pieces);
  g_array_unref(structure->boxes);
  g_free(structure->elements);
  g_free(structure->by_tag);
  g_free(structure);
}

int pk_pdf_structure_mark(pk_pdf_structure *structure, const pk_draw *draw, size_t page) {
  if (page != structure->page) structure->marks = 0;
  structure->page = (uint32_t)page;
  if (draw->kind == PK_DRAW_ART) g_array_index(structure->boxes, pk_rect, draw->tag) = draw->art.rect;
  piece mark = {.tag = draw->tag, .page = (uint32_t)page, .number = structure->marks};
  g_array_append_val(structure->pieces, mark);
  return structure->marks++;
}

void pk_pdf_structure_link(pk_pdf_structure *structure, uint32_t tag, size_t page, qpdf_oh annotation) {
  pk_pdf_file *file = structure->file;
  /* The keys of pages come first. */
  int key = (int)file->list->page_count + structure->links++;
  piece link = {.tag = tag, .page = (uint32_t)page, .number = key, .annotation = annotation};
  pk_pdf_set(file, annotation, "/StructParent", qpdf_oh_new_integer(file->qpdf, key));
  g_array_append_val(structure->pieces, link);
}

void pk_pdf_structure_page(const pk_pdf_structure *structure, qpdf_oh object, size_t page) {
  pk_pdf_file *file = structure->file;
  pk_pdf_set(file, object, "/StructParents", qpdf_oh_new_integer(file->qpdf, (long long)page));
  pk_pdf_set(file, object, "/Tabs", qpdf_oh_new_name(file->qpdf, "/S"));
}

/* ---- which tags have content ---------------------------------------------- */

static const piece *piece_at(const pk_pdf_structure *structure, guint number) {
  return &g_array_index(structure->pieces, piece, number);
}

/* Sorts the pieces by their tags; each tag learns of its own. */
static void sort_pieces(pk_pdf_structure *structure) {
  guint count = structure->pieces->len, at = 0;
  structure->by_tag = g_new(guint, MAX(count, 1));
  for (guint i = 0; i < count; i++) structure->elements[piece_at(structure, i)->tag].count++;
  for (size_t tag = 0; tag < structure->file->list->tag_count; tag++) {
    structure->elements[tag].pieces = at;
    at += structure->elements[tag].count;
    structure->elements[tag].count = 0;
  }
  for (guint i = 0; i < count; i++) {
    element *owner = &structure->elements[piece_at(structure, i)->tag];
    structure->by_tag[owner->pieces + owner->count++] = i;
  }
}

static bool is_cell(const pk_tag *tag) {
  return tag->kind == PK_TAG_TH || tag->kind == PK_TAG_TD;
}

/* Links each tag to its children, in their order, and finds what comes first under
 * it. A parent's number is less than that of its children, so they go backwards. */
static void link_elements(pk_pdf_structure *structure) {
  const pk_list *list = structure->file->list;
  element *elements = structure->elements;
  for (size_t tag = 0; tag < list->tag_count; tag++)
    elements[tag].first = elements[tag].count ? (int)structure->by_tag[elements[tag].pieces] : NEVER;
  for (size_t tag = list->tag_count; tag-- > 2;) {
    element *parent = &elements[list->tags[tag].parent];
    parent->first = MIN(parent->first, elements[tag].first);
    elements[tag].next = parent->child;
    parent->child = (uint32_t)tag;
  }
}

/* Whether the tag is written. A row has all its cells, empty ones too. */
static bool is_kept(const pk_pdf_structure *structure, uint32_t number) {
  const pk_tag *tag = &structure->file->list->tags[number];
  if (structure->elements[number].first != NEVER) return true;
  return is_cell(tag) && structure->elements[tag->parent].first != NEVER;
}

/* ---- elements -------------------------------------------------------------- */

static void put_attribute(GString *keys, const pk_tag *tag) {
  static const char *const scopes[] = {"", "Column", "Row"};
  if (tag->scope) g_string_append_printf(keys, "<</O/Table/Scope/%s>>", scopes[tag->scope]);
  if (tag->kind == PK_TAG_L)
    g_string_append_printf(keys, "<</O/List/ListNumbering/%s>>", tag->is_ordered ? "Decimal" : "Disc");
}

static void put_box(const pk_pdf_structure *structure, GString *keys, uint32_t number) {
  const pk_rect *box = &g_array_index(structure->boxes, pk_rect, number);
  if (box->width <= 0) return;
  pk_length left, top;
  pk_pdf_box_origin(structure->file, &left, &top);
  const double edges[] = {left + box->x, top - box->y - box->height, left + box->x + box->width, top - box->y};
  g_string_append(keys, "<</O/Layout/Placement/Block/BBox[");
  for (size_t i = 0; i < 4; i++) {
    if (i) g_string_append_c(keys, ' ');
    pk_pdf_put_number(keys, edges[i], 2);
  }
  g_string_append(keys, "]>>");
}

static void make_element(pk_pdf_structure *structure, uint32_t number) {
  pk_pdf_file *file = structure->file;
  const pk_tag *tag = &file->list->tags[number];
  g_autofree char *type = g_strconcat("/", pk_tag_name(tag), NULL);
  qpdf_oh object = pk_pdf_indirect(file, qpdf_oh_new_dictionary(file->qpdf));
  pk_pdf_set(file, object, "/S", qpdf_oh_new_name(file->qpdf, type));
  g_autoptr(GString) attributes = g_string_new(NULL);
  put_attribute(attributes, tag);
  put_box(structure, attributes, number);
  if (attributes->len) pk_pdf_set(file, object, "/A", pk_pdf_raw(file, attributes->str));
  if (tag->kind == PK_TAG_FIGURE) pk_pdf_set_text(file, object, "/Alt", tag->alternate);
  pk_pdf_set_text(file, object, "/Lang", tag->lang);
  pk_pdf_set_text(file, object, "/E", tag->expansion);
  if (tag->kind == PK_TAG_NOTE) pk_pdf_set(file, object, "/ID", qpdf_oh_new_string(file->qpdf, tag->name));
  structure->elements[number].object = object;
}

/* ---- what an element holds ------------------------------------------------- */

typedef struct {
  pk_pdf_structure *structure;
  uint32_t tag, page; /* page: what /Pg says */
  qpdf_oh only;       /* the first kid, while it has no other; 0: none yet */
  bool is_kept;       /* that is an element's own handle, which is not to be released */
  qpdf_oh kids;       /* array, from the second on */
} holder;

/* Most elements hold one thing, which then needs no array. */
static void add_kid(holder *h, qpdf_oh kid, bool is_element) {
  pk_pdf_file *file = h->structure->file;
  if (!h->only && !h->kids) {
    h->only = kid;
    h->is_kept = is_element;
    return;
  }
  if (!h->kids) {
    h->kids = qpdf_oh_new_array(file->qpdf);
    qpdf_oh_append_item(file->qpdf, h->kids, h->only);
    if (!h->is_kept) pk_pdf_release(file, h->only);
    h->only = 0;
  }
  qpdf_oh_append_item(file->qpdf, h->kids, kid);
  if (!is_element) pk_pdf_release(file, kid);
}

static void add_piece(holder *h, const piece *own) {
  pk_pdf_file *file = h->structure->file;
  if (!own->annotation && own->page == h->page) {
    add_kid(h, qpdf_oh_new_integer(file->qpdf, own->number), false);
    return;
  }
  qpdf_oh kid = own->annotation ? pk_pdf_parse(file, "<</Type/OBJR>>")
                                : pk_pdf_parsef(file, "<</Type/MCR/MCID %d>>", own->number);
  if (own->annotation) pk_pdf_set_ref(file, kid, "/Obj", own->annotation);
  if (own->page != h->page) pk_pdf_set_ref(file, kid, "/Pg", h->structure->pages[own->page]);
  add_kid(h, kid, false);
}

static void add_child(holder *h, uint32_t child) {
  if (is_kept(h->structure, child)) add_kid(h, h->structure->elements[child].object, true);
}

/* Text with links and phrases in it, in the order of the text. */
static void add_mixed(holder *h) {
  const pk_pdf_structure *structure = h->structure;
  const element *owner = &structure->elements[h->tag];
  uint32_t child = owner->child;
  for (guint i = 0; i < owner->count; i++) {
    int place = (int)structure->by_tag[owner->pieces + i];
    for (; child && structure->elements[child].first < place; child = structure->elements[child].next)
      add_child(h, child);
    add_piece(h, piece_at(structure, (guint)place));
  }
  for (; child; child = structure->elements[child].next) add_child(h, child);
}

static void fill_element(pk_pdf_structure *structure, uint32_t number) {
  pk_pdf_file *file = structure->file;
  const element *owner = &structure->elements[number];
  holder h = {.structure = structure, .tag = number, .page = UINT32_MAX};
  if (owner->count) {
    h.page = piece_at(structure, structure->by_tag[owner->pieces])->page;
    pk_pdf_set_ref(file, owner->object, "/Pg", structure->pages[h.page]);
    add_mixed(&h);
  } else {
    for (uint32_t child = owner->child; child; child = structure->elements[child].next) add_child(&h, child);
  }
  if (h.kids)
    pk_pdf_set(file, owner->object, "/K", h.kids);
  else if (h.only && h.is_kept)
    pk_pdf_set_ref(file, owner->object, "/K", h.only);
  else if (h.only)
    pk_pdf_set(file, owner->object, "/K", h.only);
}

/* ---- the trees ------------------------------------------------------------- */

/* From the number of a page, and then of a link, to elements. */
static qpdf_oh parent_tree(pk_pdf_structure *structure, size_t page_count) {
  pk_pdf_file *file = structure->file;
  qpdf_oh numbers = qpdf_oh_new_array(file->qpdf), links = qpdf_oh_new_array(file->qpdf);
  guint at = 0;
  for (size_t page = 0; page < page_count; page++) {
    qpdf_oh marks = qpdf_oh_new_array(file->qpdf);
    for (; at < structure->pieces->len && piece_at(structure, at)->page == page; at++) {
      const piece *own = piece_at(structure, at);
      qpdf_oh owner = structure->elements[own->tag].object;
      if (!own->annotation) qpdf_oh_append_item(file->qpdf, marks, owner);
      if (!own->annotation) continue;
      pk_pdf_append(file, links, qpdf_oh_new_integer(file->qpdf, own->number));
      qpdf_oh_append_item(file->qpdf, links, owner);
    }
    pk_pdf_append(file, numbers, qpdf_oh_new_integer(file->qpdf, (long long)page));
    pk_pdf_append(file, numbers, pk_pdf_indirect(file, marks));
  }
  for (int i = 0; i < qpdf_oh_get_array_n_items(file->qpdf, links); i++)
    pk_pdf_append(file, numbers, qpdf_oh_get_array_item(file->qpdf, links, i));
  pk_pdf_release(file, links);
  qpdf_oh tree = qpdf_oh_new_dictionary(file->qpdf);
  pk_pdf_set(file, tree, "/Nums", numbers);
  return pk_pdf_indirect(file, tree);
}

static int compare_names(gconstpointer a, gconstpointer b, gpointer tags) {
  const pk_tag *all = tags;
  return strcmp(all[*(const uint32_t *)a].name, all[*(const uint32_t *)b].name);
}

/* The notes by their IDs; 0 if there are none. */
static qpdf_oh id_tree(pk_pdf_structure *structure) {
  pk_pdf_file *file = structure->file;
  const pk_tag *tags = file->list->tags;
  g_autoptr(GArray) notes = g_array_new(FALSE, FALSE, sizeof(uint32_t));
  for (uint32_t tag = 1; tag < file->list->tag_count; tag++)
    if (tags[tag].kind == PK_TAG_NOTE && is_kept(structure, tag)) g_array_append_val(notes, tag);
  if (!notes->len) return 0;
  g_array_sort_with_data(notes, compare_names, (gpointer)tags);
  qpdf_oh pairs = qpdf_oh_new_array(file->qpdf);
  for (guint i = 0; i < notes->len; i++) {
    uint32_t tag = g_array_index(notes, uint32_t, i);
    pk_pdf_append(file, pairs, qpdf_oh_new_string(file->qpdf, tags[tag].name));
    qpdf_oh_append_item(file->qpdf, pairs, structure->elements[tag].object);
  }
  return pk_pdf_name_tree(file, pairs);
}

static void write_tree(pk_pdf_structure *structure, size_t page_count) {
  pk_pdf_file *file = structure->file;
  /* What PDF 1.7 has no name for is an article of its own. */
  qpdf_oh tree = pk_pdf_indirect(file, pk_pdf_parse(file, "<</Type/StructTreeRoot/RoleMap<</Aside/Art>>>>"));
  for (uint32_t tag = 1; tag < file->list->tag_count; tag++) {
    if (!is_kept(structure, tag)) continue;
    qpdf_oh parent = tag == 1 ? tree : structure->elements[file->list->tags[tag].parent].object;
    pk_pdf_set_ref(file, structure->elements[tag].object, "/P", parent);
    fill_element(structure, tag);
  }
  pk_pdf_set_ref(file, tree, "/K", structure->elements[1].object);
  pk_pdf_set(file, tree, "/ParentTree", parent_tree(structure, page_count));
  long long next = (long long)file->list->page_count + structure->links;
  pk_pdf_set(file, tree, "/ParentTreeNextKey", qpdf_oh_new_integer(file->qpdf, next));
  qpdf_oh ids = id_tree(structure);
  if (ids) pk_pdf_set(file, tree, "/IDTree", ids);
  qpdf_oh root = qpdf_get_root(file->qpdf);
  pk_pdf_set(file, root, "/StructTreeRoot", tree);
  pk_pdf_set(file, root, "/MarkInfo", pk_pdf_raw(file, "<</Marked true>>"));
  pk_pdf_release(file, root);
}

void pk_pdf_structure_write(pk_pdf_structure *structure, const qpdf_oh *pages, size_t count) {
  size_t tag_count = structure->file->list->tag_count;
  if (tag_count < 2) return;
  structure->pages = pages;
  structure->elements = g_new0(element, tag_count);
  sort_pieces(structure);
  link_elements(structure);
  structure->elements[1].first = MIN(structure->elements[1].first, 0);
  for (uint32_t tag = 1; tag < tag_count; tag++)
    if (is_kept(structure, tag)) make_element(structure, tag);
  write_tree(structure, count);
  for (uint32_t tag = 1; tag < tag_count; tag++)
    if (structure->elements[tag].object) pk_pdf_release(structure->file, structure->elements[tag].object);
  for (guint i = 0; i < structure->pieces->len; i++)
    if (piece_at(structure, i)->annotation) pk_pdf_release(structure->file, piece_at(structure, i)->annotation);
}
