/* Pages -> display list.
 *
 * In:  pk_pages. Out: pk_list: the same marks as plain data, each with its ink,
 * tag and source. Neighbouring glyph runs stay apart: each has one face, size
 * and ink. */
#include "list/list.h"

#include <string.h>

typedef struct {
  pk_job *job;
  const pk_bound *bound;
  /* of the part at hand */
  const pk_bound_part *part;
  const pk_pages *pages;
  const pk_document *document;
  const pk_tags *tags;
  uint32_t base;            /* what is added to the numbers of its tags */
  bool *is_silent;          /* by tag: it repeats what is told elsewhere */
  GHashTable *header_lines; /* of tables, that have been drawn */
  GArray *draws;            /* of pk_draw: of the page being made */
  GArray *outline;          /* of pk_outline_entry */
  GArray *destinations;     /* of pk_destination */
} list_maker;

/* The number of a tag of the part in the whole. */
static uint32_t in_whole(const list_maker *lister, uint32_t tag) {
  return tag ? tag + lister->base : 0;
}

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
  if (placed->part == PK_PLACED_LEADER) return 0;
  if (placed->part == PK_PLACED_MARKER)
    tag = lister->tags->of_marker[unit];
  else if (placed->unit->role == PK_ROLE_TABLE && placed->kind == PK_PLACED_LINE)
    tag = is_repeated(lister, placed) ? 0 : pk_tags_of_cell(lister->tags, unit, (size_t)placed->part);
  return lister->is_silent[tag] ? 0 : tag;
}

static pk_artifact artifact_of(const list_maker *lister, const pk_placed *placed, pk_length y) {
  if (placed->unit) return PK_ARTIFACT_LAYOUT;
  return y < lister->pages->height / 2 ? PK_ARTIFACT_HEADER : PK_ARTIFACT_FOOTER;
}

/* Whether a space of the text is left out where the line ends, or its page number
 * follows. */
static bool ends_between_words(const pk_placed *placed) {
  const pk_styled_text *text = placed->line.text;
  uint32_t end = placed->line.line->end;
  if (placed->unit && placed->unit->trailer && placed->line.line->is_last && !placed->part) return true;
  return end < text->size && g_ascii_isspace(text->text[end]);
}

static void add_line(list_maker *lister, const pk_placed *placed) {
  const pk_line *line = placed->line.line;
  pk_placed heading = *placed; /* one in the line of its paragraph has the place of a marker */
  heading.part = PK_PLACED_MARKER;
  uint32_t block = tag_of(lister, placed), run_in = tag_of(lister, &heading);
  for (size_t i = 0; i < line->run_count; i++) {
    const pk_glyph_run *run = &line->runs[i];
    const pk_style_run *of = &placed->line.text->runs[run->run];
    pk_draw draw = {
        .kind = PK_DRAW_GLYPHS,
        .tag = in_whole(lister, pk_tags_of_run(lister->tags, of->is_run_in ? run_in : block, of)),
        .artifact = artifact_of(lister, placed, placed->line.y),
        .ink = of->style->ink,
        .tint = 1,
        .href = of->href,
        .link = in_whole(lister, lister->tags->of_link[of->link]),
        .source = of->source,
    };
    draw.turn = placed->turn;
    draw.glyphs.face = run->face;
    draw.glyphs.size = run->size;
    draw.glyphs.scale_x = run->scale_x;
    draw.glyphs.tracking = run->tracking;
    pk_rect along = pk_rect_turn((pk_rect){line->x + run->x, 0, 0, 0}, placed->turn);
    draw.glyphs.x = placed->line.x + along.x;
    draw.glyphs.y = placed->line.y + along.y;
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
  pk_draw draw = {.tag = in_whole(lister, tag_of(lister, placed)), .tint = 1, .source = placed->source};
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
    draw.turn = placed->turn;
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
      .level =
          lister->document->outer_level + (placed->unit->role == PK_ROLE_HEADLINE ? 1 : MAX(placed->unit->level, 2)),
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
  pk_destination destination = {tags[tag].name, in_whole(lister, tag), page,
                                placed->line.y - placed->unit->style->leading};
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

/* ---- tags ------------------------------------------------------------------- */

static size_t count_tags(const pk_bound *bound) {
  size_t count = 2;
  for (size_t i = 0; i < bound->count; i++) count += bound->parts[i].tags->count - 1;
  return count;
}

/* Notes are numbered anew in each part, and told apart in the whole. */
static int copy_tags(pk_tag *out, const pk_tags *tags, uint32_t base, uint32_t under, int notes) {
  int most = notes;
  for (size_t i = 1; i < tags->count; i++) {
    out[i] = tags->tags[i];
    out[i].parent = out[i].parent ? out[i].parent + base : under;
    if (out[i].note) out[i].note += notes;
    most = MAX(most, out[i].note);
  }
  return most;
}

/* All tags under one document; `bases` gets what is added to those of each part. */
static void join_tags(pk_job *job, const pk_bound *bound, uint32_t *bases, pk_list *list) {
  list->tag_count = count_tags(bound);
  pk_tag *tags = PK_NEW_ARRAY(job->arena, pk_tag, list->tag_count);
  tags[0].kind = PK_TAG_ARTIFACT;
  tags[1] = (pk_tag){.kind = PK_TAG_DOCUMENT, .lang = pk_lang_tag(bound->book->lang)};
  uint32_t base = 1;
  int notes = 0;
  for (size_t i = 0; i < bound->count; i++) {
    const pk_bound_part *part = &bound->parts[i];
    bases[i] = base;
    uint32_t under = part->under == SIZE_MAX ? 1 : bases[part->under] + 1;
    notes = copy_tags(tags + base, part->tags, base, under, notes);
    base += (uint32_t)part->tags->count - 1;
  }
  list->tags = tags;
}

/* ---- the list -------------------------------------------------------------- */

static void list_page(list_maker *lister, const pk_page *page, size_t number, pk_list_page *out) {
  lister->draws = g_array_new(FALSE, FALSE, sizeof(pk_draw));
  for (size_t i = 0; i < pk_page_count(page); i++) {
    add_placed(lister, pk_page_at(page, i));
    add_place(lister, pk_page_at(page, i), number);
  }
  out->count = lister->draws->len;
  out->draws = pk_arena_take_array(lister->job->arena, lister->draws);
  out->label = lister->bound->labels[number];
  out->may_be_empty = lister->document->is_page;
}

static void enter_part(list_maker *lister, const pk_bound_part *part) {
  lister->part = part;
  lister->pages = part->pages;
  lister->document = part->document;
  lister->tags = part->tags;
  find_silent(lister);
}

/* Furniture all of it: its words are told elsewhere. */
static const pk_list_page *list_spine(list_maker *lister, const pk_bound_part *part) {
  if (!part) return NULL;
  pk_list_page *out = PK_NEW(lister->job->arena, pk_list_page);
  enter_part(lister, part);
  list_page(lister, &part->pages->pages[0], 0, out);
  out->label = "spine";
  return out;
}

static void list_part(list_maker *lister, const pk_bound_part *part, pk_list_page *out) {
  enter_part(lister, part);
  for (size_t i = 0; i < part->pages->count; i++)
    list_page(lister, &part->pages->pages[i], part->first + i, &out[part->first + i]);
}

/* What the list says of the document: a book speaks for its articles. */
static void describe(const pk_bound *bound, pk_list *list) {
  const pk_document *document = bound->parts[0].document;
  const pk_book *book = bound->book;
  list->lang = document->lang;
  list->title = book ? book->title.text : document->title;
  list->author = book && book->author.text ? book->author.text : document->author;
  list->subject = book ? book->subtitle.text : document->subject;
  list->keywords = book ? book->keywords : document->article->keywords;
  list->keyword_count = book ? book->keyword_count : document->article->keyword_count;
  list->date = book ? book->date : document->date;
}

/* The article, or those of the book and the book itself. */
static void attach_sources(pk_job *job, const pk_bound *bound, pk_list *list) {
  size_t most = bound->count + 1;
  for (size_t i = 0; i < bound->count; i++) most += bound->parts[i].document->member_count;
  const pk_source **sources = PK_NEW_ARRAY(job->arena, const pk_source *, most);
  if (bound->book) sources[list->source_count++] = bound->book->source;
  for (size_t i = 0; i < bound->count; i++) {
    const pk_document *document = bound->parts[i].document;
    if (document->article->source) sources[list->source_count++] = document->article->source;
    for (size_t m = 1; m < document->member_count; m++)
      sources[list->source_count++] = document->members[m].article->source;
  }
  list->sources = sources;
}

pk_status pk_list_build(pk_job *job, const pk_bound *bound, const pk_list **out) {
  const pk_pages *pages = bound->parts[0].pages;
  const pk_document *document = pages->document;
  list_maker lister = {.job = job, .bound = bound};
  lister.header_lines = g_hash_table_new(NULL, NULL);
  lister.outline = g_array_new(FALSE, FALSE, sizeof(pk_outline_entry));
  lister.destinations = g_array_new(FALSE, FALSE, sizeof(pk_destination));
  pk_list *list = PK_NEW(job->arena, pk_list);
  *list = (pk_list){
      .width = pages->width,
      .height = pages->height,
      .bleed = pages->bleed,
      .folds = document->layout->folds,
      .fold_count = document->layout->fold_count,
      .inks = document->inks,
      .ink_count = document->ink_count,
      .page_count = bound->page_count,
  };
  describe(bound, list);
  if (document->layout->attaches_source) attach_sources(job, bound, list);
  g_autofree uint32_t *bases = g_new0(uint32_t, bound->count);
  if (bound->book) {
    join_tags(job, bound, bases, list);
  } else {
    list->tags = bound->parts[0].tags->tags;
    list->tag_count = bound->parts[0].tags->count;
  }
  pk_list_page *out_pages = PK_NEW_ARRAY(job->arena, pk_list_page, bound->page_count);
  for (size_t i = 0; i < bound->count; i++) {
    lister.base = bases[i];
    list_part(&lister, &bound->parts[i], out_pages);
  }
  list->pages = out_pages;
  memcpy(list->cover, bound->cover, sizeof list->cover);
  list->spine_width = bound->spine_width;
  list->spine = list_spine(&lister, bound->spine);
  list->outline_count = lister.outline->len;
  list->outline = pk_arena_take_array(job->arena, lister.outline);
  g_array_sort(lister.destinations, compare_destinations);
  list->destination_count = lister.destinations->len;
  list->destinations = pk_arena_take_array(job->arena, lister.destinations);
  g_hash_table_unref(lister.header_lines);
  *out = list;
  return PK_OK;
}
