/* Our own documents: the display list, element by element.
 *
 * Colours and overprint are those that pdf/ writes for the printer; vector art is
 * looked into as the PDF it becomes. */
#include <math.h>
#include <string.h>

#include "pdf/pdf.h"
#include "preflight/content.h"

enum { WHAT_LENGTH = 28 };

typedef struct {
  pk_job *job;
  const pk_list *list;
  const pk_printer *printer;
  pk_checker *checker;
  pk_art_colours colours;
  size_t page;
  bool is_whole;       /* all pages are checked */
  GHashTable *readers; /* pk_art -> pk_reader, of drawings */
} lister;

/* The first words of a run. */
static const char *words_of(pk_arena *arena, const pk_draw *draw) {
  const char *text = draw->glyphs.text + draw->glyphs.start;
  size_t size = draw->glyphs.end - draw->glyphs.start;
  if (!draw->glyphs.text || !g_utf8_validate(text, (gssize)size, NULL)) return NULL;
  g_autofree char *copy = g_strndup(text, size);
  g_strstrip(copy);
  if (g_utf8_strlen(copy, -1) <= WHAT_LENGTH) return pk_arena_strdup(arena, copy);
  *g_utf8_offset_to_pointer(copy, WHAT_LENGTH) = 0;
  return pk_arena_printf(arena, "%s…", g_strchomp(copy));
}

/* A box of a layout by its name, where the place is that of a field: the area
 * “letterhead”. */
static const char *box_name(pk_arena *arena, const char *kind, pk_span span) {
  if (!span.source || span.source->is_paged || span.start >= span.source->size) return NULL;
  const char *name = span.source->text + span.start;
  size_t length = 0;
  while (span.start + length < span.source->size && (g_ascii_isalnum(name[length]) || name[length] == '-')) length++;
  bool is_field = length > 0 && span.start + length < span.source->size && name[length] == ':';
  return is_field ? pk_arena_printf(arena, "the %s “%.*s”", kind, (int)length, name) : NULL;
}

static void set_colour(const lister *l, const pk_draw *draw, bool is_area, pk_element *e) {
  pk_paint_colour colour;
  pk_pdf_colour_of(l->list, l->printer, draw->ink, draw->tint, is_area, &colour);
  memcpy(e->colour.inks, colour.cmyk, sizeof colour.cmyk);
  e->overprints = colour.overprints;
  const char *spot = l->list->inks[draw->ink].spot;
  if (!spot) return;
  int plate = pk_checker_spot(l->checker, spot, draw->source);
  if (colour.is_plate && plate >= 0) e->colour.inks[plate] = draw->tint;
  if (colour.is_plate) return;
  pk_fault fault = {.code = PK_CODE_SPOT_UNWANTED, .page = l->page, .span = e->span, .rect = &e->rect};
  pk_checker_spot_unwanted(l->checker, &fault, spot);
}

/* Letters are narrower than their line: what has ink is from the descenders to the
 * capitals. */
static void check_glyphs(lister *l, const pk_draw *draw, pk_element *e) {
  if (draw->glyphs.glyph_count == 0) return;
  const pk_face *face = draw->glyphs.face;
  double scale = draw->glyphs.size / face->upem;
  e->kind = PK_ELEMENT_TEXT;
  e->size = draw->glyphs.size;
  e->what = words_of(l->job->arena, draw);
  if (!e->what || !*e->what) return;
  double up = face->cap_height * scale, down = 0.2 * draw->glyphs.size;
  e->rect = pk_draw_reach(draw, up, down);
  set_colour(l, draw, false, e);
  pk_checker_element(l->checker, e);
}

static void check_rect(lister *l, const pk_draw *draw, pk_element *e) {
  double thin = fmin(draw->rect.width, draw->rect.height);
  bool is_line = pk_pdf_is_line(&draw->rect);
  e->kind = is_line ? PK_ELEMENT_LINE : PK_ELEMENT_AREA;
  e->size = thin;
  e->rect = draw->rect;
  e->is_exact = true;
  e->what = box_name(l->job->arena, is_line ? "line" : "area", draw->source);
  set_colour(l, draw, !is_line, e);
  pk_checker_element(l->checker, e);
}

static pk_status check_raster(lister *l, const pk_draw *draw, pk_element *e) {
  uint32_t width, height;
  pk_art_pixels(draw->art.art, &width, &height);
  pk_art_summary summary;
  pk_status status =
      pk_art_summarise(l->job, draw->art.art, &l->colours, draw->art.rect.width, draw->art.rect.height, &summary);
  if (status != PK_OK) return status;
  e->dpi = fmin(width / (pk_draw_art_width(draw) / 72), height / (pk_draw_art_height(draw) / 72));
  e->picture = summary.is_bilevel ? PK_PICTURE_LINE : summary.components == 1 ? PK_PICTURE_GREY : PK_PICTURE_COLOUR;
  for (int i = 0; i < 4; i++) e->colour.inks[i] = summary.most_ink / 4;
  pk_checker_element(l->checker, e);
  return PK_OK;
}

/* What is seen of a point of art, from the corner where its lower left one lies. */
static void turn_point(pk_turn turn, double *point, double x, double y) {
  pk_rect turned = pk_rect_turn((pk_rect){x, y, 0, 0}, turn);
  point[0] = turned.x;
  point[1] = turned.y;
}

static pk_status check_art(lister *l, const pk_draw *draw, pk_element *e) {
  g_autofree char *name = g_path_get_basename(pk_art_path(draw->art.art));
  e->kind = PK_ELEMENT_IMAGE;
  e->rect = draw->art.rect;
  e->what = pk_arena_strdup(l->job->arena, name);
  if (e->rect.width <= 0 || e->rect.height <= 0) return PK_OK;
  if (!pk_art_is_vector(draw->art.art)) {
    e->is_exact = true;
    return check_raster(l, draw, e);
  }
  const uint8_t *data;
  size_t size;
  pk_status status = pk_art_to_output_pdf(l->job, draw->art.art, &l->colours, &data, &size);
  if (status != PK_OK) return status;
  if (!data) { /* it becomes pixels, in the printer's own resolution */
    pk_checker_element(l->checker, e);
    return PK_OK;
  }
  const pk_reader *reader = g_hash_table_lookup(l->readers, draw->art.art);
  if (!reader) {
    status = pk_reader_open_memory(l->job, pk_art_path(draw->art.art), data, size, &reader);
    if (status != PK_OK) return status;
    g_hash_table_insert(l->readers, (gpointer)draw->art.art, (gpointer)reader);
  }
  const pk_rect *whole = pk_draw_whole(draw);
  e->window = e->rect;
  const pk_reader_page *page = &reader->pages[0];
  double width, height, place[6];
  pk_reader_size(page, &width, &height);
  pk_reader_upright(page, place);
  double sx = pk_draw_art_width(draw) / width, sy = pk_draw_art_height(draw) / height;
  for (int i = 0; i < 6; i += 2) turn_point(draw->turn, &place[i], place[i] * sx, -place[i + 1] * sy);
  place[4] += whole->x + (draw->turn == PK_TURN_UP ? whole->width : 0);
  place[5] += whole->y + (draw->turn == PK_TURN_DOWN ? 0 : whole->height);
  size_t left = PK_OPERATORS_MAX;
  return pk_content_check(l->job, reader, 0, place, e, NULL, &left, l->checker);
}

static pk_status check_draw(lister *l, const pk_draw *draw) {
  /* Words that presskit adds by itself have no place; their block has. */
  pk_element element = {.span = draw->source.source ? draw->source : l->list->tags[draw->tag].source};
  switch (draw->kind) {
  case PK_DRAW_GLYPHS: check_glyphs(l, draw, &element); return PK_OK;
  case PK_DRAW_RECT: check_rect(l, draw, &element); return PK_OK;
  case PK_DRAW_ART: return check_art(l, draw, &element);
  }
  return PK_OK;
}

static pk_status check_page(lister *l, size_t number) {
  const pk_list_page *page = &l->list->pages[number];
  l->page = number;
  double bleed = l->list->bleed;
  pk_length *folds = PK_NEW_ARRAY(l->job->arena, pk_length, l->list->fold_count + 1);
  for (size_t i = 0; i < l->list->fold_count; i++) folds[i] = pk_list_fold(l->list, number, i);
  pk_check_page begun = {
      .number = number,
      .may_be_empty = page->may_be_empty,
      .document_pages = l->is_whole ? l->list->page_count : 0,
      .span = page->count ? page->draws[0].source : PK_SPAN_NONE,
      .width = l->list->width,
      .height = l->list->height,
      .bleed = {bleed, bleed, bleed, bleed},
      .folds = folds,
      .fold_count = l->list->fold_count,
  };
  pk_checker_page_begin(l->checker, &begun);
  pk_status status = PK_OK;
  for (size_t i = 0; i < page->count && status == PK_OK; i++) status = check_draw(l, &page->draws[i]);
  pk_checker_page_end(l->checker);
  return status;
}

pk_status pk_preflight_list(pk_job *job, const pk_list *list, const pk_printer *printer, const size_t *numbers,
                            size_t count, pk_findings *out) {
  lister l = {.job = job,
              .list = list,
              .printer = printer,
              .checker = pk_checker_new(job, printer),
              .is_whole = numbers == NULL};
  l.readers = g_hash_table_new(g_direct_hash, g_direct_equal);
  pk_pdf_art_colours(job, list, printer, &l.colours);
  pk_status status = PK_OK;
  for (size_t i = 0; i < (numbers ? count : list->page_count) && status == PK_OK; i++)
    status = check_page(&l, numbers ? numbers[i] : i);
  pk_checker_finish(l.checker, out);
  g_hash_table_unref(l.readers);
  return status;
}
