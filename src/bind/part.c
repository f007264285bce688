/* One part of a book: its document and its pages. */
#include <string.h>

#include "bind/binder.h"

/* ---- references ---------------------------------------------------------------- */

static void raise_unknown(pk_binder *binder, const char *path, pk_span span) {
  g_autofree char *name = g_path_get_basename(path);
  pk_diagnostic *raised =
      pk_diag_add(binder->job->diag, PK_CODE_BOOK_REFERENCE, span, "the article '%s' is not in this book", name);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  for (size_t i = 0; i < binder->count; i++)
    if (binder->parts[i].spec->path) g_ptr_array_add(names, g_path_get_basename(binder->parts[i].spec->path));
  const char *nearest = pk_diag_nearest(name, (const char *const *)names->pdata, names->len);
  if (nearest)
    pk_diag_hint(binder->job->diag, raised, "did you mean '%s'?", nearest);
  else
    pk_diag_hint(binder->job->diag, raised, "add it to parts: of %s, or take the reference out",
                 binder->in->book->path);
}

static void raise_no_heading(pk_binder *binder, size_t to, const char *heading, pk_span span) {
  const pk_tags *tags = pk_binder_tags(binder, pk_binder_host(binder, to));
  const char *key = binder->parts[to].spec->key;
  size_t skipped = strlen(key) + 1;
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (size_t i = 1; i < tags->count; i++)
    if (tags->tags[i].kind == PK_TAG_H && tags->tags[i].name && strlen(tags->tags[i].name) > skipped)
      g_ptr_array_add(names, (gpointer)(tags->tags[i].name + skipped));
  pk_diagnostic *raised = pk_diag_add(binder->job->diag, PK_CODE_BOOK_REFERENCE, span,
                                      "the article '%s' has no heading '%s'", key, heading);
  const char *nearest = pk_diag_nearest(heading, (const char *const *)names->pdata, names->len);
  if (!nearest && names->len) nearest = g_ptr_array_index(names, 0);
  if (nearest) pk_diag_hint(binder->job->diag, raised, "did you mean '%s'?", nearest);
}

static const char *answer(void *data, pk_job *job, const char *path, const char *heading, pk_span span,
                          const char **place) {
  pk_binder *binder = data;
  size_t to = GPOINTER_TO_SIZE(g_hash_table_lookup(binder->by_path, path));
  if (!to--) {
    raise_unknown(binder, path, span);
    return NULL;
  }
  const char *key = binder->parts[to].spec->key;
  heading = heading ? pk_arena_strdup(job->arena, heading) : NULL;
  *place = heading ? pk_arena_printf(job->arena, "%s.%s", key, heading) : key;
  const char *number = pk_binder_page(binder, to, heading);
  if (!number) {
    raise_no_heading(binder, to, heading, span);
    return NULL;
  }
  bind_answer given = {to, heading, number};
  g_array_append_val(binder->parts[binder->asking].answers, given);
  return number;
}

/* ---- contents ------------------------------------------------------------------ */

static const char *title_of(const bind_part *part) {
  return part->spec->kind == PK_BOOK_SECTION ? part->spec->section.text : part->article->headline.text;
}

/* A section without a page of its own begins where its first article does. */
static size_t listed_part(const pk_binder *binder, size_t number) {
  const bind_part *part = &binder->parts[number];
  if (part->spec->kind != PK_BOOK_SECTION || part->first || number + 1 >= binder->count) return number;
  return binder->parts[number + 1].spec->within == part->spec ? number + 1 : number;
}

static void list_entries(pk_binder *binder, bind_part *contents) {
  pk_contents_entry *entries = PK_NEW_ARRAY(binder->job->arena, pk_contents_entry, binder->count);
  contents->entry_count = 0;
  for (size_t i = 0; i < binder->count; i++) {
    const bind_part *part = &binder->parts[i];
    bool is_section = part->spec->kind == PK_BOOK_SECTION;
    if (!is_section && part->spec->kind != PK_BOOK_ARTICLE) continue;
    size_t place = listed_part(binder, i);
    entries[contents->entry_count++] = (pk_contents_entry){
        .title = title_of(part),
        .subhead = part->article && contents->spec->has_subheads ? part->article->subhead.text : NULL,
        .number = pk_binder_page(binder, place, NULL),
        .place = binder->parts[place].spec->key,
        .level = part->spec->within ? 2 : 1,
        .is_section = is_section,
        .source = part->spec->span};
  }
  contents->entries = entries;
}

/* ---- setting ------------------------------------------------------------------- */

static bool is_all_furniture(const pk_book_part *spec) {
  return spec->kind == PK_BOOK_PAGE || spec->kind == PK_BOOK_SECTION;
}

static const char *master_on(const pk_binder *binder, const char *name, bool is_left) {
  const pk_master_spec *master = name ? pk_layout_master_on(binder->in->layout, name, is_left) : NULL;
  return master ? master->name : name;
}

/* A page, a list of contents, articles that run on: what it says is this document's own. */
static pk_status set_page(pk_binder *binder, const pk_style_input *in, bool is_left, bind_set *out) {
  const pk_document *document;
  pk_status status = pk_style_build(binder->job, in, &document);
  if (status != PK_OK) return status;
  pk_document *own = pk_arena_dup(binder->job->arena, document, sizeof *document);
  own->begins_left = is_left;
  *out = (bind_set){.document = own};
  return pk_page_set(binder->job, own, binder->arts, &out->pages);
}

pk_status pk_binder_set(pk_binder *binder, size_t number, bool is_left) {
  bind_part *part = &binder->parts[number];
  bool is_page = is_all_furniture(part->spec);
  pk_references references = {answer, binder};
  pk_style_part as_part = {.book = binder->in->book,
                           .part = part->spec,
                           .first = is_page ? master_on(binder, part->first, is_left) : part->first,
                           .next = part->next,
                           .is_page = is_page,
                           .outer_level = part->outer_level,
                           .run_on = part->run_on,
                           .run_on_count = part->run_on_count,
                           .told = binder->told,
                           .teller = number + 1,
                           .references = &references};
  if (part->spec->kind == PK_BOOK_CONTENTS) list_entries(binder, part);
  as_part.entries = part->entries;
  as_part.entry_count = part->entry_count;
  binder->asking = number;
  g_array_set_size(part->answers, 0);
  pk_style_input input = {part->article, binder->in->layout, binder->in->office, binder->in->printer, &as_part};
  bind_set set;
  bool is_alone = part->article && !part->run_on_count;
  pk_status status = is_alone ? pk_bind_set_article(binder->job, &input, is_left, binder->arts, part->answers, &set)
                              : set_page(binder, &input, is_left, &set);
  if (status != PK_OK) return status;
  part->document = set.document;
  part->pages = set.pages;
  part->tags = set.tags;
  part->is_left = is_left;
  part->is_stale = false;
  return PK_OK;
}

/* A page that is in no part of the book, in `master` of `layout`. */
static pk_status add_furnished(pk_binder *binder, const pk_layout *layout, const char *master, bool is_left,
                               unsigned number, pk_bound_part *out) {
  pk_job *job = binder->job;
  pk_style_part as_part = {.book = binder->in->book, .first = master, .next = master, .is_page = true};
  pk_style_input input = {NULL, layout, binder->in->office, binder->in->printer, &as_part};
  const pk_document *document;
  pk_status status = pk_style_build(job, &input, &document);
  if (status != PK_OK) return status;
  pk_document *own = pk_arena_dup(job->arena, document, sizeof *document);
  own->begins_left = is_left;
  const pk_pages *pages;
  status = pk_page_set(job, own, binder->arts, &pages);
  pk_numbering numbering = {&number, binder->highest, binder->spine};
  *out = (pk_bound_part){.document = own, .under = SIZE_MAX};
  pk_tags_build(job, own, &out->tags);
  return status == PK_OK ? pk_page_furnish(job, pages, binder->arts, &numbering, &out->pages) : status;
}

pk_status pk_binder_add_page(pk_binder *binder, const char *name, bool is_left, unsigned number, pk_bound_part *out) {
  return add_furnished(binder, binder->in->layout, master_on(binder, name, is_left), is_left, number, out);
}

pk_status pk_binder_add_spine(pk_binder *binder, const pk_bound_part **out) {
  static const pk_dimension none = {0, PK_UNIT_PT};
  if (binder->spine <= 0 || !pk_layout_master(binder->in->layout, "spine")) return PK_OK;
  pk_layout *narrow = pk_arena_dup(binder->job->arena, binder->in->layout, sizeof *narrow);
  narrow->page_width = binder->spine;
  narrow->margin_inside = narrow->margin_outside = narrow->margin_top = narrow->margin_bottom = none;
  pk_bound_part *made = PK_NEW(binder->job->arena, pk_bound_part);
  pk_status status = add_furnished(binder, narrow, "spine", false, 0, made);
  *out = made;
  return status;
}

const pk_tags *pk_binder_tags(pk_binder *binder, bind_part *part) {
  if (!part->tags) pk_tags_build(binder->job, part->document, &part->tags);
  return part->tags;
}
