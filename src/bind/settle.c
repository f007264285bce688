/* Page numbers: which page has which, and whose words they change. */
#include <string.h>

#include "bind/binder.h"

/* Until pages are counted. As wide as numbers come to be. */
static const char unknown_number[] = "00";

static bool is_cover(const bind_part *part) {
  return part->spec->kind == PK_BOOK_PAGE && pk_book_is_cover(part->spec->page.text);
}

static void add_numbers(pk_binder *binder, size_t count, bool is_counted) {
  for (size_t i = 0; i < count; i++) {
    unsigned number = is_counted ? ++binder->highest : 0;
    g_array_append_val(binder->numbers, number);
  }
}

void pk_binder_number(pk_binder *binder) {
  const pk_book *book = binder->in->book;
  g_array_set_size(binder->numbers, 0);
  binder->highest = (unsigned)book->first_number - 1;
  for (size_t i = 0; i <= binder->count; i++) {
    if (i == binder->filled_at) add_numbers(binder, binder->fill, true);
    if (i == binder->count) break;
    const bind_part *part = &binder->parts[i];
    add_numbers(binder, part->blanks, true);
    add_numbers(binder, part->pages ? part->pages->count : 0, book->counts_covers || !is_cover(part));
  }
}

bind_part *pk_binder_host(const pk_binder *binder, size_t number) {
  return &binder->parts[binder->parts[number].host];
}

/* The page of a part, from 0, on which the text of `unit` begins. */
static size_t page_of_unit(const pk_pages *pages, const pk_unit_block *unit) {
  for (size_t page = 0; page < pages->count; page++)
    for (size_t i = 0; i < pages->pages[page].count; i++)
      if (pages->pages[page].placed[i].unit == unit) return page;
  return 0;
}

/* The page of a part on which a heading stands; SIZE_MAX if there is none such. */
static size_t page_of_heading(pk_binder *binder, size_t number, const char *heading) {
  bind_part *part = pk_binder_host(binder, number);
  const pk_tags *tags = pk_binder_tags(binder, part);
  g_autofree char *name = g_strdup_printf("%s.%s", binder->parts[number].spec->key, heading);
  for (size_t i = 0; i < part->document->unit_count; i++) {
    const pk_unit_block *unit = &part->document->units[i];
    uint32_t tag = unit->run_in ? tags->of_marker[i] : tags->of_unit[i];
    if (tags->tags[tag].kind == PK_TAG_H && g_strcmp0(tags->tags[tag].name, name) == 0)
      return page_of_unit(part->pages, unit);
  }
  return SIZE_MAX;
}

/* The page of the host on which an article begins. */
static size_t first_page(const pk_binder *binder, size_t number) {
  const bind_part *host = pk_binder_host(binder, number);
  const pk_document *document = host->document;
  size_t member = number - binder->parts[number].host;
  return member ? page_of_unit(host->pages, &document->units[document->members[member].first]) : 0;
}

const char *pk_binder_page(pk_binder *binder, size_t number, const char *heading) {
  const bind_part *part = pk_binder_host(binder, number);
  if (!binder->numbers->len || !part->document) return unknown_number;
  size_t page = heading ? page_of_heading(binder, number, heading) : first_page(binder, number);
  if (page == SIZE_MAX) return NULL;
  unsigned printed = g_array_index(binder->numbers, unsigned, part->at + page);
  return printed ? pk_arena_printf(binder->job->arena, "%u", printed) : "";
}

/* Whether the contents still say what they said. */
static bool is_listed_right(pk_binder *binder, const bind_part *part) {
  size_t entry = 0;
  for (size_t i = 0; i < binder->count; i++) {
    const bind_part *listed = &binder->parts[i];
    if (listed->spec->kind != PK_BOOK_SECTION && listed->spec->kind != PK_BOOK_ARTICLE) continue;
    const pk_contents_entry *said = &part->entries[entry++];
    bool is_without = listed->spec->kind == PK_BOOK_SECTION && !listed->first;
    size_t place = is_without && i + 1 < binder->count ? i + 1 : i;
    if (g_strcmp0(said->number, pk_binder_page(binder, place, NULL)) != 0) return false;
  }
  return true;
}

static bool is_answered_right(pk_binder *binder, const bind_part *part) {
  for (guint i = 0; i < part->answers->len; i++) {
    const bind_answer *given = &g_array_index(part->answers, bind_answer, i);
    if (g_strcmp0(given->number, pk_binder_page(binder, given->to, given->heading)) != 0) return false;
  }
  return true;
}

bool pk_binder_mark_stale(pk_binder *binder) {
  bool is_any = false;
  for (size_t i = 0; i < binder->count; i++) {
    bind_part *part = &binder->parts[i];
    bool is_contents = part->spec->kind == PK_BOOK_CONTENTS;
    part->is_stale = !is_answered_right(binder, part) || (is_contents && !is_listed_right(binder, part));
    is_any = is_any || part->is_stale;
  }
  return is_any;
}
