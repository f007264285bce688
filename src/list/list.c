/* Pages -> display list.
 *
 * In:  pk_pages. Out: pk_list: the same marks as plain data, each with its ink,
 * tag and source. Neighbouring glyph runs stay apart: each has one face, size
 * and ink. */
#include "list/list.h"

#include "list/tags.h"

typedef struct {
  pk_job *job;
  const pk_document *document;
  pk_list_tags tags;
  GArray *draws; /* of pk_draw: of the page being made */
} list_maker;

static uint32_t tag_of(const list_maker *lister, const pk_placed *placed) {
  if (!placed->unit || placed->kind == PK_PLACED_RECT) return 0;
  size_t unit = (size_t)(placed->unit - lister->document->units);
  if (placed->part < 0) return lister->tags.of_marker[unit];
  if (placed->unit->role == PK_ROLE_TABLE) return lister->tags.of_cells[unit] + (uint32_t)placed->part;
  return lister->tags.of_unit[unit];
}

static void add_line(list_maker *lister, const pk_placed *placed) {
  const pk_line *line = placed->line.line;
  for (size_t i = 0; i < line->run_count; i++) {
    const pk_glyph_run *run = &line->runs[i];
    /* A heading in the line of its paragraph has the place of a marker. */
    pk_placed own = *placed;
    if (run->run->is_run_in && placed->unit) own.part = -1;
    pk_draw draw = {
        .kind = PK_DRAW_GLYPHS,
        .tag = tag_of(lister, &own),
        .ink = run->run->style->ink,
        .tint = 1,
        .href = run->run->href,
        .source = run->run->source,
    };
    draw.glyphs.face = run->face;
    draw.glyphs.size = run->size;
    draw.glyphs.scale_x = run->scale_x;
    draw.glyphs.tracking = run->tracking;
    draw.glyphs.x = placed->line.x + line->x + run->x;
    draw.glyphs.y = placed->line.y;
    draw.glyphs.width = run->width;
    draw.glyphs.glyphs = run->glyphs;
    draw.glyphs.glyph_count = run->glyph_count;
    draw.glyphs.text = placed->line.text->text;
    draw.glyphs.start = run->start;
    draw.glyphs.end = run->end;
    draw.glyphs.lang = placed->line.text->lang;
    draw.glyphs.is_rtl = run->is_rtl;
    g_array_append_val(lister->draws, draw);
  }
}

static void add_placed(list_maker *lister, const pk_placed *placed) {
  pk_draw draw = {.tag = tag_of(lister, placed), .tint = 1, .source = placed->source};
  switch (placed->kind) {
  case PK_PLACED_LINE: add_line(lister, placed); return;
  case PK_PLACED_RECT:
    draw.kind = PK_DRAW_RECT;
    draw.ink = placed->rect.ink;
    draw.tint = placed->rect.tint;
    draw.rect = placed->rect.rect;
    break;
  case PK_PLACED_ART:
    draw.kind = PK_DRAW_ART;
    draw.art.art = placed->art.art;
    draw.art.rect = placed->art.rect;
    break;
  }
  g_array_append_val(lister->draws, draw);
}

static bool is_outlined(const pk_unit_block *unit) {
  return unit && (unit->role == PK_ROLE_HEADLINE || unit->role == PK_ROLE_HEADING || unit->run_in);
}

static void add_outline(const list_maker *lister, GArray *outline, const pk_placed *placed, size_t page) {
  if (placed->kind != PK_PLACED_LINE || placed->line.line->start != 0 || !is_outlined(placed->unit)) return;
  char *title =
      pk_arena_strdup(lister->job->arena, placed->unit->run_in ? placed->unit->run_in : placed->unit->text.text);
  g_strdelimit(title, "\n", ' ');
  pk_outline_entry entry = {
      .title = title,
      .level = placed->unit->role == PK_ROLE_HEADLINE ? 1 : MAX(placed->unit->level, 2),
      .page = page,
      .y = placed->line.y - placed->unit->style->leading,
  };
  g_array_append_val(outline, entry);
}

static const pk_list_page *list_pages(list_maker *lister, const pk_pages *pages, GArray *outline) {
  pk_arena *arena = lister->job->arena;
  pk_list_page *out = PK_NEW_ARRAY(arena, pk_list_page, pages->count);
  for (size_t i = 0; i < pages->count; i++) {
    lister->draws = g_array_new(FALSE, FALSE, sizeof(pk_draw));
    for (size_t p = 0; p < pages->pages[i].count; p++) {
      add_placed(lister, &pages->pages[i].placed[p]);
      add_outline(lister, outline, &pages->pages[i].placed[p], i);
    }
    out[i].count = lister->draws->len;
    out[i].draws = pk_arena_take_array(arena, lister->draws);
    out[i].label = pk_arena_printf(arena, "%zu", i + 1);
  }
  return out;
}

pk_status pk_list_build(pk_job *job, const pk_pages *pages, const pk_list **out) {
  const pk_document *document = pages->document;
  list_maker lister = {.job = job, .document = document};
  pk_list_tags_build(job, document, &lister.tags);
  GArray *outline = g_array_new(FALSE, FALSE, sizeof(pk_outline_entry));
  pk_list *list = PK_NEW(job->arena, pk_list);
  *list = (pk_list){
      .width = pages->width,
      .height = pages->height,
      .bleed = pages->bleed,
      .folds = document->layout->folds,
      .fold_count = document->layout->fold_count,
      .inks = document->inks,
      .ink_count = document->ink_count,
      .tags = lister.tags.tags,
      .tag_count = lister.tags.tag_count,
      .pages = list_pages(&lister, pages, outline),
      .page_count = pages->count,
      .lang = document->lang,
      .title = document->title,
      .author = document->author,
      .subject = document->subject,
      .keywords = document->article->keywords,
      .keyword_count = document->article->keyword_count,
      .date = document->date,
  };
  list->outline_count = outline->len;
  list->outline = pk_arena_take_array(job->arena, outline);
  *out = list;
  return PK_OK;
}
