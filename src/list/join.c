/* Several documents -> one display list, one after the other.
 *
 * In:  lists of pages of one size in the same inks. Out: a list in which each is a
 *      section under one document, with a bookmark and page labels of its own.
 *
 * Nothing that is drawn is copied but the draws themselves, whose tags are
 * numbered anew; names get the part's prefix, so that a link leads to a place of
 * its own part. */
#include <string.h>

#include "list/list.h"

typedef struct {
  pk_arena *arena;
  GArray *tags, *pages, *outline, *destinations;
  uint32_t base; /* of the part at hand: its tag n is base + n */
  int notes;     /* of the parts before it */
} joiner;

static const char *prefixed(const joiner *j, const pk_list_part *part, const char *name) {
  return name ? pk_arena_printf(j->arena, "%s%s", part->name, name) : NULL;
}

/* "#name" leads into the part; everything else out of the file. */
static const char *link_of(const joiner *j, const pk_list_part *part, const char *href) {
  return href && *href == '#' ? pk_arena_printf(j->arena, "#%s%s", part->name, href + 1) : href;
}

static uint32_t tag_of(const joiner *j, uint32_t tag) {
  return tag ? j->base + tag : 0;
}

static void add_tags(joiner *j, const pk_list_part *part) {
  const pk_list *list = part->list;
  int most = 0;
  for (size_t i = 1; i < list->tag_count; i++) {
    pk_tag tag = list->tags[i];
    bool is_root = tag.kind == PK_TAG_DOCUMENT;
    tag.parent = is_root ? 1 : tag_of(j, tag.parent);
    if (is_root) {
      tag.kind = PK_TAG_SECT;
      tag.lang = pk_lang_tag(list->lang);
    }
    most = MAX(most, tag.note);
    if (tag.note) tag.note += j->notes;
    tag.name = prefixed(j, part, tag.name);
    tag.href = link_of(j, part, tag.href);
    g_array_append_val(j->tags, tag);
  }
  j->notes += most;
}

static void add_pages(joiner *j, const pk_list_part *part) {
  for (size_t p = 0; p < part->list->page_count; p++) {
    const pk_list_page *page = &part->list->pages[p];
    pk_draw *draws = PK_NEW_ARRAY(j->arena, pk_draw, MAX(page->count, 1));
    for (size_t i = 0; i < page->count; i++) {
      draws[i] = page->draws[i];
      draws[i].tag = tag_of(j, draws[i].tag);
      draws[i].link = tag_of(j, draws[i].link);
      draws[i].href = link_of(j, part, draws[i].href);
    }
    pk_list_page copy = *page;
    copy.draws = draws;
    copy.label = pk_arena_printf(j->arena, "%s%s", part->label, page->label ? page->label : "");
    g_array_append_val(j->pages, copy);
  }
  for (size_t i = 0; i < part->blanks; i++) {
    pk_list_page blank = {.label = pk_arena_printf(j->arena, "%s%zu", part->label, part->list->page_count + i + 1)};
    g_array_append_val(j->pages, blank);
  }
}

/* The part's bookmark stands for its headline, and holds what stands below that. */
static void add_outline(joiner *j, const pk_list_part *part, size_t first) {
  const pk_list *list = part->list;
  bool has_headline = list->outline_count && list->outline[0].level == 1;
  const char *title = part->bookmark ? part->bookmark : has_headline ? list->outline[0].title : list->title;
  pk_outline_entry top = {title ? title : part->label, 1, first, 0};
  g_array_append_val(j->outline, top);
  for (size_t i = has_headline; i < list->outline_count; i++) {
    pk_outline_entry entry = list->outline[i];
    entry.level = MAX(entry.level, 2);
    entry.page += first;
    g_array_append_val(j->outline, entry);
  }
}

static void add_destinations(joiner *j, const pk_list_part *part, size_t first) {
  for (size_t i = 0; i < part->list->destination_count; i++) {
    pk_destination place = part->list->destinations[i];
    place.name = prefixed(j, part, place.name);
    place.tag = tag_of(j, place.tag);
    place.page += first;
    g_array_append_val(j->destinations, place);
  }
}

static int compare_destinations(gconstpointer a, gconstpointer b) {
  return strcmp(((const pk_destination *)a)->name, ((const pk_destination *)b)->name);
}

void pk_list_join(pk_arena *arena, const pk_list_part *parts, size_t count, const char *title, const pk_list **out) {
  joiner j = {.arena = arena,
              .tags = g_array_new(FALSE, TRUE, sizeof(pk_tag)),
              .pages = g_array_new(FALSE, TRUE, sizeof(pk_list_page)),
              .outline = g_array_new(FALSE, TRUE, sizeof(pk_outline_entry)),
              .destinations = g_array_new(FALSE, TRUE, sizeof(pk_destination))};
  g_array_append_vals(j.tags, (const pk_tag[]){{.kind = PK_TAG_ARTIFACT}, {.kind = PK_TAG_DOCUMENT}}, 2);
  for (size_t i = 0; i < count; i++) {
    size_t first = j.pages->len;
    j.base = j.tags->len - 1;
    add_tags(&j, &parts[i]);
    add_pages(&j, &parts[i]);
    add_outline(&j, &parts[i], first);
    add_destinations(&j, &parts[i], first);
  }
  g_array_sort(j.destinations, compare_destinations);
  pk_list *list = PK_NEW(arena, pk_list);
  *list = *parts[0].list;
  if (title) list->title = title;
  for (size_t i = 0; i < PK_COVER_PAGES; i++) list->cover[i] = SIZE_MAX; /* each has its own */
  list->spine = NULL;
  list->spine_width = 0;
  list->tag_count = j.tags->len;
  list->page_count = j.pages->len;
  list->outline_count = j.outline->len;
  list->destination_count = j.destinations->len;
  list->tags = pk_arena_take_array(arena, j.tags);
  list->pages = pk_arena_take_array(arena, j.pages);
  list->outline = pk_arena_take_array(arena, j.outline);
  list->destinations = pk_arena_take_array(arena, j.destinations);
  *out = list;
}
