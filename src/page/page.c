/* The document's units -> pages.
 *
 *   chunk.c, text.c, table.c, figure.c   units -> chunks
 *   galley.c                             chunks -> items of the galley
 *   flow.c                               the galley -> seats on pages
 *   furniture.c                          masters -> furniture, when the number
 *                                        of pages is known */
#include "page/page.h"

#include <math.h>

#include "page/check.h"
#include "page/flow.h"
#include "page/furniture.h"

/* So many parts of a row may be added to one space. */
static int parts_of(const pk_document *document) {
  const pk_layout *layout = document->layout;
  pk_length most = pk_dimension_resolve(layout->justify_most, document->body->size, layout->leading, layout->leading);
  return (int)floor(most * MAX(layout->justify_parts, 1) / layout->leading + 0.01);
}

static pk_measure measure_of(const pk_document *document) {
  pk_frame first = pk_frame_of_page(document, 0), frame = pk_frame_of_page(document, 1);
  pk_length leading = document->layout->leading;
  return (pk_measure){
      .leading = leading,
      .drop = pk_measure_drop(leading, document->body->size),
      .column_width = frame.column_width,
      .full_width = frame.rect.width,
      .full_height = frame.rect.height,
      .margin_width = frame.margin_width,
      .is_chain = first.is_chain || frame.is_chain,
      .parts = MAX(document->layout->justify_parts, 1),
      .most_parts = parts_of(document),
  };
}

/* Copies the parts of a seated chunk to their places on the page. */
static void place_chunk(const pk_document *document, const pk_seat *seat, GArray *placed) {
  for (size_t i = 0; i < seat->chunk->count; i++) {
    pk_placed part = seat->chunk->placed[i];
    if (seat->is_repeated) part.unit = NULL;
    switch (part.kind) {
    case PK_PLACED_LINE:
      part.line.x += seat->x;
      part.line.y += seat->y;
      break;
    case PK_PLACED_RECT:
      part.rect.rect.x += seat->x;
      part.rect.rect.y += seat->y;
      break;
    case PK_PLACED_ART:
      part.art.rect.x += seat->x;
      if (part.art.bleeds) part.art.rect.x = -document->bleed;
      part.art.rect.y += part.art.is_page ? -document->bleed : seat->y;
      break;
    }
    g_array_append_val(placed, part);
  }
}

/* The first heading on page `number`, whose seats begin at `first`, else `before`;
 * later pages go by the last. */
static const pk_unit_block *section_of(const GArray *seats, guint first, size_t number, const pk_unit_block *before,
                                       const pk_unit_block **last) {
  const pk_unit_block *found = NULL;
  *last = before;
  for (guint i = first; i < seats->len && g_array_index(seats, pk_seat, i).page == number; i++) {
    const pk_unit_block *unit = g_array_index(seats, pk_seat, i).chunk->unit;
    if (unit && unit->role == PK_ROLE_HEADLINE) *last = NULL; /* of another article */
    if (!unit || unit->role != PK_ROLE_HEADING || unit->aside) continue;
    if (!found) found = unit;
    *last = unit;
  }
  return found ? found : before;
}

/* The master of a page; of one that is a picture the master "photo", or none. */
static const pk_master_spec *master_of(const pk_document *document, const pk_seat *first, size_t number) {
  if (first && first->is_page) return pk_layout_master(document->layout, "photo");
  return pk_frame_of_page(document, number).master;
}

/* Which article the first text on a page is of; `before` where it has none. */
static size_t member_of(const pk_document *document, const GArray *seats, guint first, size_t number, size_t before) {
  for (guint i = first; document->member_count && i < seats->len; i++) {
    const pk_seat *seat = &g_array_index(seats, pk_seat, i);
    if (seat->page != number) break;
    if (seat->chunk->unit && !seat->chunk->unit->note)
      return pk_document_member(document, (size_t)(seat->chunk->unit - document->units));
  }
  return before;
}

static void make_pages(pk_chunker *chunker, const GArray *seats, const GArray *charges, pk_pages *out) {
  size_t count = charges->len;
  pk_job *job = chunker->job;
  pk_page *pages = PK_NEW_ARRAY(job->arena, pk_page, count);
  guint next = 0;
  const pk_unit_block *section = NULL, *last = NULL;
  for (size_t number = 0; number < count; number++) {
    GArray *placed = g_array_new(FALSE, FALSE, sizeof(pk_placed));
    section = section_of(seats, next, number, last, &last);
    pages[number].member = member_of(chunker->document, seats, next, number, number ? pages[number - 1].member : 0);
    const pk_seat *first = next < seats->len ? &g_array_index(seats, pk_seat, next) : NULL;
    if (first && first->page != number) first = NULL;
    pages[number].pattern = master_of(chunker->document, first, number);
    pages[number].section = section ? section->text.text : NULL;
    pages[number].master = pages[number].pattern ? pages[number].pattern->name : "none";
    if (first && first->is_page) { /* the furniture stands on it */
      place_chunk(chunker->document, first, placed);
      next++;
    }
    pages[number].under = placed->len;
    pages[number].charges = g_array_index(charges, pk_charges, number);
    for (; next < seats->len && g_array_index(seats, pk_seat, next).page == number; next++)
      place_chunk(chunker->document, &g_array_index(seats, pk_seat, next), placed);
    pages[number].count = placed->len;
    pages[number].placed = pk_arena_take_array(job->arena, placed);
  }
  out->pages = pages;
  out->count = count;
}

static pk_status build(pk_chunker *chunker, pk_pages *pages) {
  pk_galley galley;
  pk_status status = pk_galley_build(chunker, &galley);
  if (status != PK_OK) return status;
  g_autoptr(GArray) seats = g_array_new(FALSE, FALSE, sizeof(pk_seat));
  g_autoptr(GArray) charges = g_array_new(FALSE, FALSE, sizeof(pk_charges));
  status = pk_flow_build(&galley, seats, charges);
  if (status == PK_OK) make_pages(chunker, seats, charges, pages);
  return status;
}

/* One page with nothing in its text frame. */
static void make_empty_page(pk_job *job, const pk_document *document, pk_pages *pages) {
  pk_page *page = PK_NEW(job->arena, pk_page);
  page->pattern = pk_frame_of_page(document, 0).master;
  page->master = page->pattern->name;
  pages->pages = page;
  pages->count = 1;
}

static pk_status set_text(pk_job *job, const pk_document *document, pk_art_store *arts, pk_pages *pages) {
  pk_status status = pk_frame_check(job, document);
  if (status != PK_OK) return status;
  /* Paragraphs are of no use once their lines are on pages. */
  pk_job brief = *job;
  brief.brief = pk_arena_new();
  pk_chunker chunker = {.job = &brief, .document = document, .arts = arts};
  chunker.measure = measure_of(document);
  chunker.paras = g_hash_table_new(NULL, NULL);
  chunker.para_arena = pk_arena_new();
  chunker.chunks = g_array_new(FALSE, FALSE, sizeof(pk_chunk));
  status = build(&chunker, pages);
  g_array_unref(chunker.chunks);
  g_hash_table_unref(chunker.paras);
  pk_arena_drop(chunker.para_arena);
  pk_arena_drop(brief.brief);
  return status;
}

pk_status pk_page_set(pk_job *job, const pk_document *document, pk_art_store *arts, const pk_pages **out) {
  size_t errors = pk_diag_count(job->diag, PK_ERROR);
  pk_status status = PK_OK;
  pk_pages *pages = PK_NEW(job->arena, pk_pages);
  pages->document = document;
  pages->width = document->layout->page_width;
  pages->height = document->layout->page_height;
  pages->bleed = document->bleed;
  if (document->is_page)
    make_empty_page(job, document, pages);
  else
    status = set_text(job, document, arts, pages);
  if (status == PK_OK && pk_diag_count(job->diag, PK_ERROR) > errors) status = PK_FAILED;
  if (status == PK_OK) *out = pages;
  return status;
}

pk_status pk_page_furnish(pk_job *job, const pk_pages *pages, pk_art_store *arts, const pk_numbering *numbering,
                          const pk_pages **out) {
  size_t errors = pk_diag_count(job->diag, PK_ERROR);
  pk_furniture *furniture = pk_furniture_new(job, pages->document, arts);
  pk_pages *furnished = pk_arena_dup(job->arena, pages, sizeof *pages);
  pk_page *copies = pk_arena_dup(job->arena, pages->pages, pages->count * sizeof *copies);
  pk_status status = PK_OK;
  for (size_t i = 0; i < pages->count && status == PK_OK; i++) {
    GArray *placed = g_array_new(FALSE, FALSE, sizeof(pk_placed));
    unsigned number = numbering->numbers ? numbering->numbers[i] : (unsigned)i + 1;
    pk_folio folio = {number, numbering->pages, copies[i].section, numbering->spine, copies[i].member};
    if (copies[i].pattern) status = pk_furniture_place(furniture, copies[i].pattern, i, pages->count, &folio, placed);
    copies[i].furniture_count = placed->len;
    copies[i].furniture = pk_arena_take_array(job->arena, placed);
  }
  furnished->pages = copies;
  if (status == PK_OK && pk_diag_count(job->diag, PK_ERROR) > errors) status = PK_FAILED;
  if (status == PK_OK) pk_page_check(job, furnished);
  if (status == PK_OK) *out = furnished;
  return status;
}
