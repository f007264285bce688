/* Pages -> display list.
 *
 * In:  pk_pages. Out: pk_list: the same marks as plain data, each with its ink,
 * tag and source. Neighbouring glyph runs stay apart: each has one face, size
 * and ink. */
#include "list/list.h"

#include <string.h>

typedef struct {
  pk_job *job;
  const pk_pages *pages;
  const pk_document *document;
  const pk_tags *tags;
  bool *is_silent;          /* by tag: it repeats what is told elsewhere */
  GHashTable *header_lines; /* of tables, that have been drawn */
  GArray *draws;            /* of pk_draw: of the page being made */
  GArray *outline;          /* of pk_outline_entry */
  GArray *destinations;     /* of pk_destination */
} list_maker;

/* A picture that nothing is said of is decoration to who cannot see it (PDF/UA-1, 7.3). */
static bool has_nothing_to_say(const pk_tag *tag) {
  return tag->kind == PK_TAG_FIGURE && (!tag->alternate || !*tag->alternate);
}

/* A tag that hangs under an aside which repeats the text is not told again. */
static void find_silent(list_maker *lister) {
  const pk_tags *tags = lister->tags;
  lister->is_silent = PK_NEW_ARRAY(lister->job->arena, bool, tags->count);
  for (size_t i = 1; i < tags->count; i++)
    lister->is_silent[i] =
        tags->tags[i].is_repeat || has_nothing_to_say(&tags->tags[i]) || lister->is_silent[tags->tags[i].parent];
}

/* The heading of a table stands anew on each page; it is one all the same. A line
 * is known by where its text is. */
static bool is_repeated(list_maker *lister, const pk_placed *placed) {
  const pk_styled_table *table = placed->unit->table;
  if (!table || placed->part < 0 || (size_t)placed->part >= table->header_rows * table->columns) return false;
  return !g_hash_table_add(lister->header_lines, (gpointer)(placed->line.text->text + placed->line.line->start));
}

/* The tag of the block that a line or picture belongs to. Asked once for each: the
 * heading of a table is told by the first line that asks. */
static uint32_t tag_of(list_maker *lister, const pk_placed *placed) {
  if (!placed->unit || placed->kind == PK_PLACED_RECT) return 0;
  size_t unit = (size_t)(placed->unit - lister->document->units);
  uint32_t tag = lister->tags->of_unit[unit];
  if (placed->part < 0)
    tag = lister->tags->of_marker[unit];
  else if (placed->unit->role == PK_ROLE_TABLE && placed->kind == PK_PLACED_LINE)
    tag = is_repeated(lister, placed) ? 0 : pk_tags_of_cell(lister->tags, unit, (size_t)placed->part);
  return lister->is_silent[tag] ? 0 : tag;
}

static pk_artifact artifact_of(const list_maker *lister, const pk_placed *placed, pk_length y) {
  if (placed->unit) return PK_ARTIFACT_LAYOUT;
  return y < lister->pages->height / 2 ? PK_ARTIFACT_HEADER : PK_ARTIFACT_FOOTER;
}

/* Whether a space of the text is left out where the line ends. */
static bool ends_between_words(const pk_placed *placed) {
  const pk_styled_text *text = placed->line.text;
  uint32_t end = placed->line.line->end;
  return end < text->size && g_ascii_isspace(text->text[end]);
}

static void add_line(list_maker *lister, const pk_placed *placed) {
  const pk_line *line = placed->line.line;
  pk_placed heading = *placed; /* one in the line of its paragraph has the place of a marker */
  heading.part = -1;
  uint32_t block = tag_of(lister, placed), run_in = tag_of(lister, &heading);
  for (size_t i = 0; i < line->run_count; i++) {
    const pk_glyph_run *run = &line->runs[i];
    const pk_style_run *of = &placed->line.text->runs[run->run];
    pk_draw draw = {
        .kind = PK_DRAW_GLYPHS,
        .tag = pk_tags_of_run(lister->tags, of->is_run_in ? run_in : block, of),
        .artifact = artifact_of(lister, placed, placed->line.y),
        .ink = of->style->ink,
        .tint = 1,
        .href = of->href,
        .link = lister->tags->of_link[of->link],
        .source = of->source,
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
    draw.glyphs.lang = pk_style_run_lang(placed->line.text, of);
    draw.glyphs.is_rtl = run->is_rtl;
    draw.glyphs.has_space_after = run->end == line->end && ends_between_words(placed);
    g_array_append_val(lister->draws, draw);
  }
}

static void add_placed(list_maker *lister, const pk_placed *placed) {
  if (placed->kind == PK_PLACED_LINE) {
    add_line(lister, placed);
    return;
  }
  pk_draw draw = {.tag = tag_of(lister, placed), .tint = 1, .source = placed->source};
  switch (placed->kind) {
  case PK_PLACED_LINE: return;
  case PK_PLACED_RECT:
    draw.kind = PK_DRAW_RECT;
    draw.ink = placed->rect.ink;
    draw.tint = placed->rect.tint;
    draw.rect = placed->rect.rect;
    draw.artifact = artifact_of(lister, placed, draw.rect.y + draw.rect.height / 2);
    break;
  case PK_PLACED_ART:
    draw.kind = PK_DRAW_ART;
    draw.art.art = placed->art.art;
    draw.art.rect = placed->art.rect;
    draw.art.whole = placed->art.whole;
    draw.art.whole.x += draw.art.rect.x;
    draw.art.whole.y += draw.art.rect.y;
    draw.artifact = artifact_of(lister, placed, draw.art.rect.y + draw.art.rect.height / 2);
    break;
  }
  g_array_append_val(lister->draws, draw);
}

/* ---- where one can go ------------------------------------------------------ */

static bool is_outlined(const pk_unit_block *unit) {
  return unit && (unit->role == PK_ROLE_HEADLINE || unit->role == PK_ROLE_HEADING || unit->run_in);
}

static void add_outline(list_maker *lister, const pk_placed *placed, size_t page) {
  char *title =
      pk_arena_strdup(lister->job->arena, placed->unit->run_in ? placed->unit->run_in : placed->unit->text.text);
  g_strdelimit(title, "\n", ' ');
  pk_outline_entry entry = {
      .title = title,
      .level = placed->unit->role == PK_ROLE_HEADLINE ? 1 : MAX(placed->unit->level, 2),
      .page = page,
      .y = placed->line.y - placed->unit->style->leading,
  };
  g_array_append_val(lister->outline, entry);
}

/* A heading by its own name, a note by that of the tag which its text hangs under. */
static void add_destination(list_maker *lister, const pk_placed *placed, size_t page) {
  const pk_tag *tags = lister->tags->tags;
  size_t unit = (size_t)(placed->unit - lister->document->units);
  uint32_t tag = placed->unit->run_in ? lister->tags->of_marker[unit] : lister->tags->of_unit[unit];
  if (placed->unit->role == PK_ROLE_NOTE && !placed->unit->continues) tag = tags[tag].parent;
  if (!tag || !tags[tag].name) return;
  pk_destination destination = {tags[tag].name, tag, page, placed->line.y - placed->unit->style->leading};
  g_array_append_val(lister->destinations, destination);
}

static void add_place(list_maker *lister, const pk_placed *placed, size_t page) {
  if (placed->kind != PK_PLACED_LINE || !placed->unit || placed->part < 0 || placed->line.line->start != 0) return;
  if (is_outlined(placed->unit)) add_outline(lister, placed, page);
  add_destination(lister, placed, page);
}

static int compare_destinations(gconstpointer a, gconstpointer b) {
  return strcmp(((const pk_destination *)a)->name, ((const pk_destination *)b)->name);
}

/* ---- the list -------------------------------------------------------------- */

static const pk_list_page *list_pages(list_maker *lister) {
  const pk_pages *pages = lister->pages;
  pk_arena *arena = lister->job->arena;
  pk_list_page *out = PK_NEW_ARRAY(arena, pk_list_page, pages->count);
  for (size_t i = 0; i < pages->count; i++) {
    lister->draws = g_array_new(FALSE, FALSE, sizeof(pk_draw));
    for (size_t p = 0; p < pages->pages[i].count; p++) {
      add_placed(lister, &pages->pages[i].placed[p]);
      add_place(lister, &pages->pages[i].placed[p], i);
    }
    out[i].count = lister->draws->len;
    out[i].draws = pk_arena_take_array(arena, lister->draws);
    out[i].label = pk_arena_printf(arena, "%zu", i + 1);
  }
  return out;
}

pk_status pk_list_build(pk_job *job, const pk_pages *pages, const pk_list **out) {
  const pk_document *document = pages->document;
  list_maker lister = {.job = job, .pages = pages, .document = document};
  lister.header_lines = g_hash_table_new(NULL, NULL);
  lister.outline = g_array_new(FALSE, FALSE, sizeof(pk_outline_entry));
  lister.destinations = g_array_new(FALSE, FALSE, sizeof(pk_destination));
  pk_tags_build(job, document, &lister.tags);
  find_silent(&lister);
  pk_list *list = PK_NEW(job->arena, pk_list);
  *list = (pk_list){
      .width = pages->width,
      .height = pages->height,
      .bleed = pages->bleed,
      .folds = document->layout->folds,
      .fold_count = document->layout->fold_count,
      .inks = document->inks,
      .ink_count = document->ink_count,
      .tags = lister.tags->tags,
      .tag_count = lister.tags->count,
      .pages = list_pages(&lister),
      .page_count = pages->count,
      .lang = document->lang,
      .title = document->title,
      .author = document->author,
      .subject = document->subject,
      .keywords = document->article->keywords,
      .keyword_count = document->article->keyword_count,
      .date = document->date,
  };
  if (document->layout->attaches_source) {
    list->sources = pk_arena_dup(job->arena, &document->article->source, sizeof(pk_source *));
    list->source_count = 1;
  }
  list->outline_count = lister.outline->len;
  list->outline = pk_arena_take_array(job->arena, lister.outline);
  g_array_sort(lister.destinations, compare_destinations);
  list->destination_count = lister.destinations->len;
  list->destinations = pk_arena_take_array(job->arena, lister.destinations);
  g_hash_table_unref(lister.header_lines);
  *out = list;
  return PK_OK;
}
