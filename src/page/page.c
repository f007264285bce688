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

static pk_status make_pages(pk_chunker *chunker, const GArray *seats, const GArray *charges, pk_pages *out) {
  size_t count = charges->len;
  pk_job *job = chunker->job;
  pk_furniture *furniture = pk_furniture_new(job, chunker->document, chunker->arts);
  pk_page *pages = PK_NEW_ARRAY(job->arena, pk_page, count);
  guint next = 0;
  const pk_unit_block *section = NULL, *last = NULL;
  for (size_t number = 0; number < count; number++) {
    GArray *placed = g_array_new(FALSE, FALSE, sizeof(pk_placed));
    section = section_of(seats, next, number, last, &last);
    pk_folio folio = {(unsigned)number + 1, (unsigned)count, section ? section->text.text : NULL};
    const pk_seat *first = next < seats->len ? &g_array_index(seats, pk_seat, next) : NULL;
    if (first && first->page != number) first = NULL;
    const pk_master_spec *master = master_of(chunker->document, first, number);
    if (first && first->is_page) { /* the furniture stands on it */
      place_chunk(chunker->document, first, placed);
      next++;
    }
    pages[number].furniture = placed->len;
    pk_status status = master ? pk_furniture_place(furniture, master, &folio, placed) : PK_OK;
    pages[number].master = master ? master->name : "none";
    pages[number].furniture_count = placed->len - pages[number].furniture;
    pages[number].charges = g_array_index(charges, pk_charges, number);
    for (; next < seats->len && g_array_index(seats, pk_seat, next).page == number; next++)
      place_chunk(chunker->document, &g_array_index(seats, pk_seat, next), placed);
    pages[number].count = placed->len;
    pages[number].placed = pk_arena_take_array(job->arena, placed);
    if (status != PK_OK) return status;
  }
  out->pages = pages;
  out->count = count;
  return PK_OK;
}

static pk_status build(pk_chunker *chunker, pk_pages *pages) {
  pk_galley galley;
  pk_status status = pk_galley_build(chunker, &galley);
  if (status != PK_OK) return status;
  g_autoptr(GArray) seats = g_array_new(FALSE, FALSE, sizeof(pk_seat));
  g_autoptr(GArray) charges = g_array_new(FALSE, FALSE, sizeof(pk_charges));
  status = pk_flow_build(&galley, seats, charges);
  return status == PK_OK ? make_pages(chunker, seats, charges, pages) : status;
}

pk_status pk_page_build(pk_job *job, const pk_document *document, const pk_pages **out) {
  pk_status status = pk_frame_check(job, document);
  if (status != PK_OK) return status;
  size_t errors = pk_diag_count(job->diag, PK_ERROR);
  pk_chunker chunker = {.job = job, .document = document, .arts = pk_art_store_new(job)};
  chunker.measure = measure_of(document);
  chunker.paras = g_hash_table_new(NULL, NULL);
  chunker.chunks = g_array_new(FALSE, FALSE, sizeof(pk_chunk));
  pk_pages *pages = PK_NEW(job->arena, pk_pages);
  pages->document = document;
  pages->width = document->layout->page_width;
  pages->height = document->layout->page_height;
  pages->bleed = document->bleed;
  status = build(&chunker, pages);
  g_array_unref(chunker.chunks);
  g_hash_table_unref(chunker.paras);
  if (status == PK_OK && pk_diag_count(job->diag, PK_ERROR) > errors) status = PK_FAILED;
  if (status == PK_OK) pk_page_check(job, pages);
  if (status == PK_OK) *out = pages;
  return status;
}
