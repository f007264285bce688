/* Binds a book in passes.
 *
 * The first pass sets all parts, with stand-ins for the numbers of pages that are
 * not known yet. Each further one sets again those whose numbers are others now,
 * or whose first page has come to lie on the other side, until nothing moves. */
#include <string.h>

#include "bind/binder.h"
#include "bind/plan.h"

enum { MOST_PASSES = 8 };

/* ---- one pass ------------------------------------------------------------------ */

static bool is_left_at(size_t page) {
  return page % 2 == 1;
}

/* Empty pages before a part that would begin at `page`. */
static size_t blanks_before(const bind_part *part, size_t page) {
  if (!part->first) return 0;
  if (part->spec->begin == PK_BOOK_RIGHT) return is_left_at(page);
  if (part->spec->begin == PK_BOOK_LEFT) return !is_left_at(page);
  return 0;
}

static pk_status place_part(pk_binder *binder, size_t number, size_t page) {
  bind_part *part = &binder->parts[number];
  part->blanks = blanks_before(part, page);
  part->at = page + part->blanks;
  bool is_left = is_left_at(part->at);
  if (!part->first || (part->document && part->is_left == is_left && !part->is_stale)) return PK_OK;
  return pk_binder_set(binder, number, is_left);
}

/* One fault hides no other: all parts are tried. */
static pk_status run_pass(pk_binder *binder) {
  pk_status worst = PK_OK;
  size_t page = 0;
  for (size_t i = 0; i < binder->count; i++) {
    if (i == binder->filled_at) page += binder->fill;
    pk_status status = place_part(binder, i, page);
    worst = MAX(worst, status);
    if (status == PK_SYSTEM) break;
    page = binder->parts[i].at + (binder->parts[i].pages ? binder->parts[i].pages->count : 0);
  }
  if (binder->filled_at == binder->count) page += binder->fill;
  binder->page_count = page;
  if (page <= PK_PAGE_MAX) return worst;
  pk_diag_add(binder->job->diag, PK_CODE_TOO_MANY_PAGES, binder->in->book->title.span,
              "the book has more than %d pages", PK_PAGE_MAX);
  return PK_FAILED;
}

static pk_status raise_unsettled(pk_binder *binder) {
  pk_span span = binder->in->book->title.span;
  for (size_t i = 0; i < binder->count; i++)
    if (binder->parts[i].is_stale) span = binder->parts[i].spec->span;
  pk_diagnostic *raised = pk_diag_add(binder->job->diag, PK_CODE_BOOK_UNSETTLED, span,
                                      "the page numbers in this part do not settle after %d passes", MOST_PASSES);
  pk_diag_hint(binder->job->diag, raised, "reword a paragraph that names a page, so that it keeps its number of lines");
  return PK_FAILED;
}

static pk_status settle(pk_binder *binder) {
  for (int pass = 0; pass < MOST_PASSES; pass++) {
    pk_status status = run_pass(binder);
    if (status != PK_OK) return status;
    size_t fill = 0;
    status = pk_plan_fill(binder, &fill);
    if (status != PK_OK) return status;
    bool is_filled = fill == binder->fill;
    binder->fill = fill;
    if (!is_filled) continue;
    pk_binder_number(binder);
    if (!pk_binder_mark_stale(binder)) return PK_OK;
  }
  return raise_unsettled(binder);
}

/* ---- the result ---------------------------------------------------------------- */

typedef struct {
  pk_binder *binder;
  GArray *parts; /* of pk_bound_part */
  size_t page;
  pk_bound *bound;
} assembly;

static const unsigned *numbers_at(const pk_binder *binder, size_t page) {
  return &g_array_index(binder->numbers, unsigned, page);
}

static pk_status add_pages(assembly *a, const char *master, size_t count) {
  for (size_t i = 0; i < count; i++) {
    pk_bound_part added;
    unsigned number = *numbers_at(a->binder, a->page);
    pk_status status = pk_binder_add_page(a->binder, master, is_left_at(a->page), number, &added);
    if (status != PK_OK) return status;
    added.first = a->page++;
    g_array_append_val(a->parts, added);
  }
  return PK_OK;
}

static pk_status add_part(assembly *a, size_t number, const size_t *places) {
  pk_binder *binder = a->binder;
  bind_part *part = &binder->parts[number];
  pk_status status = add_pages(a, "blank", part->blanks);
  if (status != PK_OK || !part->document) return status;
  pk_bound_part made = {.spec = part->spec, .document = part->document, .first = a->page, .under = SIZE_MAX};
  if (part->under != SIZE_MAX) made.under = places[part->under];
  made.tags = pk_binder_tags(binder, part);
  pk_numbering numbering = {numbers_at(binder, a->page), binder->highest, binder->spine};
  status = pk_page_furnish(binder->job, part->pages, binder->arts, &numbering, &made.pages);
  a->page += part->pages->count;
  g_array_append_val(a->parts, made);
  return status;
}

/* Which page of the cover a part is; -1: none. */
static int cover_number(const bind_part *part) {
  static const char *const names[PK_COVER_PAGES] = {"cover", "inside-cover", "inside-back", "back"};
  for (int i = 0; i < PK_COVER_PAGES; i++)
    if (part->spec->kind == PK_BOOK_PAGE && strcmp(part->spec->page.text, names[i]) == 0) return i;
  return -1;
}

static void find_cover(const pk_binder *binder, pk_bound *bound) {
  for (int i = 0; i < PK_COVER_PAGES; i++) bound->cover[i] = SIZE_MAX;
  pk_plan_covers(binder, &bound->front, &bound->back);
  for (size_t i = 0; i < binder->count; i++) {
    int number = cover_number(&binder->parts[i]);
    bool is_outside = i < bound->front || i >= binder->count - bound->back;
    if (number >= 0 && is_outside) bound->cover[number] = binder->parts[i].at;
  }
}

/* What is printed on pages of the cover: the trade's names for them. */
static const char *const *make_labels(const pk_binder *binder) {
  static const char *const names[PK_COVER_PAGES] = {"C1", "C2", "C3", "C4"};
  pk_arena *arena = binder->job->arena;
  const char **labels = PK_NEW_ARRAY(arena, const char *, binder->page_count);
  for (size_t page = 0; page < binder->page_count; page++)
    labels[page] = pk_arena_printf(arena, "%u", *numbers_at(binder, page));
  for (size_t i = 0; i < binder->count; i++) {
    int number = cover_number(&binder->parts[i]);
    if (number >= 0 && !*numbers_at(binder, binder->parts[i].at)) labels[binder->parts[i].at] = names[number];
  }
  return labels;
}

static pk_status assemble(pk_binder *binder, pk_bound *bound) {
  size_t front, back;
  pk_plan_covers(binder, &front, &back);
  binder->spine = pk_book_spine(binder->in->book, binder->page_count - front - back);
  assembly a = {binder, g_array_new(FALSE, FALSE, sizeof(pk_bound_part)), 0, bound};
  g_autofree size_t *places = g_new0(size_t, binder->count + 1);
  pk_status worst = PK_OK;
  const char *filler = binder->in->book->fill == PK_BOOK_NOTES ? "notes" : "blank";
  for (size_t i = 0; i <= binder->count && worst != PK_SYSTEM; i++) {
    pk_status status = i == binder->filled_at ? add_pages(&a, filler, binder->fill) : PK_OK;
    worst = MAX(worst, status);
    if (i == binder->count) break;
    places[i] = a.parts->len + binder->parts[i].blanks;
    status = add_part(&a, i, places);
    worst = MAX(worst, status);
  }
  bound->count = a.parts->len;
  bound->parts = pk_arena_take_array(binder->job->arena, a.parts);
  bound->page_count = binder->page_count;
  if (worst == PK_OK) bound->labels = make_labels(binder);
  find_cover(binder, bound);
  bound->spine_width = binder->spine;
  return worst == PK_OK ? pk_binder_add_spine(binder, &bound->spine) : worst;
}

static pk_status bind_book(pk_job *job, const pk_bind_input *in, pk_bound *bound) {
  pk_binder binder = {.job = job, .in = in, .arts = pk_art_store_new(job)};
  binder.numbers = g_array_new(FALSE, FALSE, sizeof(unsigned));
  binder.told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  binder.by_path = g_hash_table_new(g_str_hash, g_str_equal);
  pk_status status = pk_plan_parts(&binder);
  if (status == PK_OK) status = settle(&binder);
  if (status == PK_OK) status = assemble(&binder, bound);
  g_array_unref(binder.numbers);
  g_hash_table_unref(binder.told);
  g_hash_table_unref(binder.by_path);
  for (size_t i = 0; i < binder.count; i++) g_array_unref(binder.parts[i].answers);
  return status;
}

/* ---- one article --------------------------------------------------------------- */

static pk_status bind_article(pk_job *job, const pk_bind_input *in, pk_bound *bound) {
  pk_style_input input = {in->articles[0], in->layout, in->office, in->printer, NULL};
  pk_bound_part *part = PK_NEW(job->arena, pk_bound_part);
  pk_art_store *arts = pk_art_store_new(job);
  bind_set set;
  part->under = SIZE_MAX;
  pk_status status = pk_bind_set_article(job, &input, false, arts, NULL, &set);
  if (status != PK_OK) return status;
  const pk_pages *pages = set.pages;
  part->document = set.document;
  part->tags = set.tags;
  pk_numbering numbering = {NULL, (unsigned)pages->count, 0};
  status = pk_page_furnish(job, pages, arts, &numbering, &part->pages);
  if (status != PK_OK) return status;
  if (!part->tags) pk_tags_build(job, part->document, &part->tags);
  const char **labels = PK_NEW_ARRAY(job->arena, const char *, pages->count);
  for (size_t i = 0; i < pages->count; i++) labels[i] = pk_arena_printf(job->arena, "%zu", i + 1);
  *bound = (pk_bound){.parts = part, .count = 1, .page_count = pages->count, .labels = labels};
  for (size_t i = 0; i < PK_COVER_PAGES; i++) bound->cover[i] = SIZE_MAX;
  if (!in->layout->has_cover) return PK_OK;
  bound->front = bound->back = 2;
  for (size_t i = 0; i < PK_COVER_PAGES && pages->count >= PK_COVER_PAGES; i++)
    bound->cover[i] = i < 2 ? i : pages->count - PK_COVER_PAGES + i;
  return PK_OK;
}

pk_status pk_bind_build(pk_job *job, const pk_bind_input *in, const pk_bound **out) {
  pk_bound *bound = PK_NEW(job->arena, pk_bound);
  bound->book = in->book;
  pk_status status = in->book ? bind_book(job, in, bound) : bind_article(job, in, bound);
  if (status == PK_OK) *out = bound;
  return status;
}
