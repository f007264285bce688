/* The catalogue: page tree, language, outline, page labels, how to show it. */
#include <stdlib.h>
#include <string.h>

#include "pdf/number.h"
#include "pdf/page.h"

typedef struct {
  const qpdf_oh *objects;
  const size_t *numbers; /* ascending */
  size_t count;
} page_set;

static bool find_page(const page_set *pages, size_t number, size_t *index) {
  for (size_t low = 0, high = pages->count; low < high;) {
    size_t middle = low + (high - low) / 2;
    if (pages->numbers[middle] == number) {
      *index = middle;
      return true;
    }
    if (pages->numbers[middle] < number)
      low = middle + 1;
    else
      high = middle;
  }
  return false;
}

static void set_page_tree(pk_pdf_file *file, qpdf_oh root, const page_set *pages) {
  qpdf_oh tree = qpdf_oh_get_key(file->qpdf, root, "/Pages"), kids = qpdf_oh_new_array(file->qpdf);
  for (size_t i = 0; i < pages->count; i++) {
    pk_pdf_set_ref(file, pages->objects[i], "/Parent", tree);
    qpdf_oh_append_item(file->qpdf, kids, pages->objects[i]);
  }
  pk_pdf_set(file, tree, "/Kids", kids);
  pk_pdf_set(file, tree, "/Count", qpdf_oh_new_integer(file->qpdf, (long long)pages->count));
  pk_pdf_release(file, tree);
}

/* ---- outline ------------------------------------------------------------- */

/* An item and its kin, by number; -1 where there is none. */
typedef struct {
  const pk_outline_entry *entry;
  qpdf_oh object, page;
  int parent, previous, next, first, last, below; /* below: all its descendants */
} item;

/* An entry's parent is the nearest one before it of a lesser level. */
static void link_items(item *items, int count) {
  for (int i = 0, previous; i < count; i++) {
    int parent = i - 1;
    while (parent >= 0 && items[parent].entry->level >= items[i].entry->level) parent = items[parent].parent;
    items[i].parent = parent;
    items[i].previous = items[i].next = items[i].first = items[i].last = -1;
    for (previous = i - 1; previous >= 0 && items[previous].parent != parent;) previous = items[previous].parent;
    if (previous >= 0 && items[previous].parent == parent) {
      items[i].previous = previous;
      items[previous].next = i;
    }
    if (parent >= 0 && items[parent].first < 0) items[parent].first = i;
    for (int above = parent; above >= 0; above = items[above].parent) items[above].below++;
    if (parent >= 0) items[parent].last = i;
  }
}

static void set_item_ref(pk_pdf_file *file, const item *items, qpdf_oh dict, const char *key, int number) {
  if (number >= 0) pk_pdf_set_ref(file, dict, key, items[number].object);
}

static void write_items(pk_pdf_file *file, qpdf_oh root, item *items, int count) {
  qpdf_oh outlines = pk_pdf_indirect(file, pk_pdf_parse(file, "<</Type/Outlines>>"));
  for (int i = 0; i < count; i++) items[i].object = pk_pdf_indirect(file, qpdf_oh_new_dictionary(file->qpdf));
  int last = -1;
  for (int i = 0; i < count; i++) {
    qpdf_oh dict = items[i].object;
    pk_pdf_set_text(file, dict, "/Title", items[i].entry->title);
    pk_pdf_set(file, dict, "/Dest", pk_pdf_destination(file, items[i].page, items[i].entry->y));
    if (items[i].parent < 0) last = i;
    pk_pdf_set_ref(file, dict, "/Parent", items[i].parent < 0 ? outlines : items[items[i].parent].object);
    set_item_ref(file, items, dict, "/Prev", items[i].previous);
    set_item_ref(file, items, dict, "/Next", items[i].next);
    set_item_ref(file, items, dict, "/First", items[i].first);
    set_item_ref(file, items, dict, "/Last", items[i].last);
    if (items[i].below) pk_pdf_set(file, dict, "/Count", qpdf_oh_new_integer(file->qpdf, items[i].below));
  }
  set_item_ref(file, items, outlines, "/First", 0);
  set_item_ref(file, items, outlines, "/Last", last);
  pk_pdf_set(file, outlines, "/Count", qpdf_oh_new_integer(file->qpdf, count));
  for (int i = 0; i < count; i++) pk_pdf_release(file, items[i].object);
  pk_pdf_set(file, root, "/Outlines", outlines);
}

static void set_outline(pk_pdf_file *file, qpdf_oh root, const page_set *pages) {
  const pk_list *list = file->list;
  g_autofree item *items = g_new0(item, MAX(list->outline_count, 1));
  int count = 0;
  for (size_t i = 0; i < list->outline_count && i < G_MAXINT; i++) {
    size_t page;
    const pk_outline_entry *entry = &list->outline[i];
    if (entry->title && find_page(pages, entry->page, &page))
      items[count++] = (item){.entry = entry, .page = pages->objects[page]};
  }
  if (count == 0) return;
  link_items(items, count);
  write_items(file, root, items, count);
  /* The panel is worth its room when there is somewhere to go. */
  if (count > 1 && pages->count > 2) pk_pdf_set(file, root, "/PageMode", qpdf_oh_new_name(file->qpdf, "/UseOutlines"));
}

/* ---- labels -------------------------------------------------------------- */

/* The number that a label spells in plain decimals, or 0. */
static size_t number_of(const char *label) {
  size_t number = 0;
  for (const char *at = label; *at; at++) {
    if (!g_ascii_isdigit(*at) || (number == 0 && *at == '0') || number > 1000000) return 0;
    number = number * 10 + (size_t)(*at - '0');
  }
  return number;
}

/* A range for each stretch of numbers that count up; words are labels of their
 * own; a page without a label goes by its place. Nothing where the labels are
 * 1, 2, 3 ... anyway, unless the file is to say all of itself. */
static void set_labels(pk_pdf_file *file, qpdf_oh root, const page_set *pages) {
  qpdf_oh ranges = qpdf_oh_new_array(file->qpdf);
  size_t expected = 1, count = 0;
  for (size_t i = 0; i < pages->count; i++, expected++) {
    if (pages->numbers[i] == SIZE_MAX) continue; /* blank: it goes on counting */
    const char *label = file->list->pages[pages->numbers[i]].label;
    size_t number = label ? number_of(label) : pages->numbers[i] + 1;
    if (i > 0 && number == expected && number != 0) continue;
    qpdf_oh range = number ? pk_pdf_parsef(file, "<</S/D/St %zu>>", number) : qpdf_oh_new_dictionary(file->qpdf);
    if (!number) pk_pdf_set_text(file, range, "/P", label);
    pk_pdf_append(file, ranges, qpdf_oh_new_integer(file->qpdf, (long long)i));
    pk_pdf_append(file, ranges, range);
    count += !(i == 0 && number == 1);
    expected = number ? number : SIZE_MAX - 1;
  }
  qpdf_oh labels = qpdf_oh_new_dictionary(file->qpdf);
  pk_pdf_set(file, labels, "/Nums", ranges);
  if (count > 0 || file->traits->is_tagged)
    pk_pdf_set(file, root, "/PageLabels", labels);
  else
    pk_pdf_release(file, labels);
}

/* ---- preferences --------------------------------------------------------- */

static void set_preferences(pk_pdf_file *file, qpdf_oh root) {
  static const char *const duplex[] = {"/Simplex", "/DuplexFlipLongEdge", "/DuplexFlipShortEdge"};
  if (!file->traits->has_xmp) return;
  qpdf_oh preferences = pk_pdf_parse(file, "<</DisplayDocTitle true>>");
  if (file->options->edition == PK_EDITION_OFFICE) {
    pk_pdf_set(file, preferences, "/PrintScaling", qpdf_oh_new_name(file->qpdf, "/None"));
    pk_pdf_set(file, preferences, "/Duplex", qpdf_oh_new_name(file->qpdf, duplex[file->printer->pages.duplex]));
  }
  pk_pdf_set(file, root, "/ViewerPreferences", preferences);
}

void pk_pdf_catalog_set(pk_pdf_file *file, const qpdf_oh *pages, const size_t *numbers, size_t count) {
  page_set set = {pages, numbers, count};
  qpdf_oh root = qpdf_get_root(file->qpdf);
  set_page_tree(file, root, &set);
  if (file->traits->has_xmp) pk_pdf_set_text(file, root, "/Lang", pk_lang_tag(file->list->lang));
  set_preferences(file, root);
  set_outline(file, root, &set);
  set_labels(file, root, &set);
  if (file->traits->has_links) pk_pdf_names_set(file, pages, numbers, count);
  pk_pdf_release(file, root);
}
