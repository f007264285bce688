/* Units -> items.
 *
 * Always holds: heights and spaces are whole rows of the grid, so that what
 * stands on the grid in one column does so in the next. */
#include "page/galley.h"

#include <string.h>

static bool is_same_group(const pk_unit_block *a, const pk_unit_block *b) {
  return a && b && a->group && a->group == b->group;
}

/* A pull-quote with its attribution, a figure with its caption and credit, a closing with its signature. */
static bool is_part_of_piece(const pk_unit_block *unit) {
  return unit->group &&
         (unit->role == PK_ROLE_PULL_QUOTE || unit->role == PK_ROLE_ATTRIBUTION || unit->role == PK_ROLE_FIGURE ||
          unit->role == PK_ROLE_CAPTION || unit->role == PK_ROLE_CREDIT || unit->role == PK_ROLE_CLOSING ||
          unit->role == PK_ROLE_SIGNATURE);
}

/* What opens the article across the page: kicker, headline, subhead, byline. */
static bool is_opening(const pk_unit_block *unit) {
  return unit->style->column_span == PK_SPAN_ALL && unit->style->keep_with_next &&
         (unit->role == PK_ROLE_RELEASE || unit->role == PK_ROLE_KICKER || unit->role == PK_ROLE_HEADLINE ||
          unit->role == PK_ROLE_SUBHEAD || unit->role == PK_ROLE_BYLINE);
}

/* Whether `below` makes one piece with the unit above it. */
static bool is_one_piece(const pk_unit_block *above, const pk_unit_block *below) {
  if (above->aside_number || below->aside_number) return above->aside_number == below->aside_number;
  if (is_same_group(above, below)) return is_part_of_piece(below);
  return is_opening(above) && is_opening(below);
}

/* Verse: the text ends its lines itself. */
static bool is_verse(const pk_unit_block *unit) {
  return unit->role == PK_ROLE_QUOTE && unit->text.size && memchr(unit->text.text, '\n', unit->text.size);
}

/* Stanzas stand a line apart; items of a list do not, entries of contents as their styles say. */
static pk_length space_between(const pk_unit_block *above, const pk_unit_block *below) {
  if (!above) return below->style->before;
  if (is_same_group(above, below) && is_verse(above) && is_verse(below)) return below->style->leading;
  if (is_same_group(above, below) && above->role == below->role && below->role != PK_ROLE_CONTENTS) return 0;
  if (is_same_group(above, below) && is_part_of_piece(below)) return below->style->before;
  const pk_style *upper = above->aside ? above->aside : above->style;
  const pk_style *lower = below->aside ? below->aside : below->style;
  return MAX(upper->after, lower->before);
}

/* A paragraph is indented after a paragraph; what was put in between (a
 * pull-quote, a figure) does not count. */
static bool is_indented(const pk_unit_block *above, const pk_unit_block *unit) {
  return above && above->role == unit->role && !unit->marker && !is_verse(unit) &&
         (unit->role == PK_ROLE_PARAGRAPH || unit->role == PK_ROLE_BOILERPLATE || is_same_group(above, unit));
}

/* Text beside an inset is at least so many em of the body wide. */
static const double least_beside = 9;

static pk_length inset_width(const pk_measure *measure, const pk_style *style) {
  return measure->column_width * style->inset_width;
}

/* An inset that leaves room for text beside it. */
static bool is_inset(const pk_chunker *chunker, const pk_style *style) {
  if (style->place != PK_PLACE_INSET) return false;
  pk_length taken = inset_width(&chunker->measure, style) + style->standoff;
  if (style->side == PK_SIDE_BETWEEN) taken = taken / 2 + style->standoff / 2;
  return chunker->measure.column_width - taken >= least_beside * chunker->document->body->size;
}

/* Between two columns needs two. */
static bool is_between(const pk_chunker *chunker, const pk_style *style) {
  return style->side == PK_SIDE_BETWEEN && chunker->measure.full_width > 1.5 * chunker->measure.column_width;
}

/* A figure right below a heading or the headline is what that announces: it stays there. */
static pk_stand stand_of(const pk_chunker *chunker, const pk_unit_block *above, const pk_unit_block *unit,
                         const pk_style *style) {
  bool may_move = unit->role == PK_ROLE_FIGURE || unit->role == PK_ROLE_PULL_QUOTE || unit->aside;
  if (may_move && is_inset(chunker, style)) return is_between(chunker, style) ? PK_STAND_BETWEEN : PK_STAND_INSET;
  if (may_move && style->place == PK_PLACE_MARGINAL && chunker->measure.margin_width > 0) return PK_STAND_MARGIN;
  if (unit->role == PK_ROLE_FIGURE && style->place == PK_PLACE_PAGE && !unit->aside) return PK_STAND_PAGE;
  bool is_across = style->column_span == PK_SPAN_ALL && !chunker->measure.is_chain;
  if (unit->aside) return is_across ? PK_STAND_SPANNING : PK_STAND_FLOAT;
  if (above && (above->role == PK_ROLE_HEADING || is_opening(above)))
    return is_across ? PK_STAND_ACROSS : PK_STAND_FLOW;
  switch (unit->role) {
  case PK_ROLE_FIGURE: return is_across ? PK_STAND_SPANNING : PK_STAND_FLOAT;
  case PK_ROLE_PULL_QUOTE: return is_across ? PK_STAND_SPANNING : PK_STAND_FLOW;
  default: return is_across ? PK_STAND_ACROSS : PK_STAND_FLOW;
  }
}

/* ---- breaks --------------------------------------------------------------- */

/* What is wrong with a column that ends between two items. */
static unsigned breaks_between(const pk_unit_block *above, const pk_unit_block *below) {
  unsigned breaks = 0;
  if (!above) return 0;
  if (above->style->keep_with_next)
    breaks |= above->role == PK_ROLE_HEADING || above->role == PK_ROLE_LABEL ? PK_BREAK_HEADING : PK_BREAK_PIECE;
  if (below->role == PK_ROLE_END_MARK || below->role == PK_ROLE_PUBLISHED || below->role == PK_ROLE_CLOSING ||
      below->role == PK_ROLE_ENCLOSURES)
    breaks |= PK_BREAK_PIECE;
  if (is_same_group(above, below) && below->role == PK_ROLE_ITEM) breaks |= PK_BREAK_LIST;
  return breaks;
}

static bool ends_in_hyphen(const pk_chunk *chunk) {
  if (!chunk->count) return false;
  const pk_placed *last = &chunk->placed[chunk->count - 1];
  return last->kind == PK_PLACED_LINE && last->line.line->ends_in_hyphen;
}

static uint32_t last_note(const pk_chunk *chunk) {
  int last = 0;
  for (uint32_t i = 0; i < chunk->count; i++) {
    if (chunk->placed[i].kind != PK_PLACED_LINE) continue;
    const pk_line *line = chunk->placed[i].line.line;
    for (size_t r = 0; r < line->run_count; r++)
      last = MAX(last, chunk->placed[i].line.text->runs[line->runs[r].run].footnote);
  }
  return (uint32_t)last;
}

/* Completes the chunks of one item: what each line tells about breaks and notes. */
static void finish_chunks(const pk_notes *notes, pk_chunk *chunks, guint count) {
  for (guint i = 0; i < count; i++) {
    if (i && chunks[i].is_line && ends_in_hyphen(&chunks[i - 1])) chunks[i].breaks |= PK_BREAK_HYPHEN;
    chunks[i].note = notes->count ? last_note(&chunks[i]) : 0;
  }
}

/* A break after less than this many lines below a heading is marked. */
enum { NEAR_LINES = 3 };

static void mark_near(pk_chunk *chunks, guint count) {
  for (guint i = 1; i < MIN(count, NEAR_LINES + 1); i++) chunks[i].breaks |= PK_BREAK_NEAR;
}

/* ---- items ---------------------------------------------------------------- */

typedef struct {
  pk_chunker *chunker;
  const pk_notes *notes;
  GArray *items;                                  /* of pk_item */
  const pk_unit_block *above;                     /* the last unit of all */
  const pk_unit_block *flow_above;                /* the last that stays in its order */
  const pk_unit_block *prose_above;               /* the last that a paragraph's indent goes by */
  const pk_chunk *chunk_above, *flow_chunk_above; /* the last of those units */
} galley_maker;

/* Takes what the chunker made of one item. */
static const pk_setting *take_setting(pk_chunker *chunker, const pk_notes *notes, pk_length width) {
  finish_chunks(notes, (pk_chunk *)(void *)chunker->chunks->data, chunker->chunks->len);
  pk_arena *arena = pk_job_brief(chunker->job);
  pk_setting *setting = PK_NEW(arena, pk_setting);
  setting->count = chunker->chunks->len;
  setting->width = width;
  setting->around = chunker->around;
  setting->is_overfull = chunker->is_overfull;
  for (guint i = 0; i < setting->count; i++) setting->rows += g_array_index(chunker->chunks, pk_chunk, i).rows;
  setting->chunks = pk_arena_dup(arena, chunker->chunks->data, setting->count * sizeof(pk_chunk));
  g_array_set_size(chunker->chunks, 0);
  chunker->is_overfull = false;
  return setting;
}

/* Cuts the units of `item` with the chunker as it is. */
static pk_status cut_units(pk_chunker *chunker, const pk_item *item, pk_length width) {
  pk_measure measure = chunker->measure;
  chunker->measure.column_width = chunker->measure.full_width = width;
  g_array_set_size(chunker->chunks, 0);
  chunker->is_overfull = false;
  pk_status status = PK_OK;
  for (size_t i = 0; i < item->unit_count; i++) {
    const pk_unit_block *unit = &item->unit[i];
    chunker->stacks = i > 0;
    pk_status made = pk_chunk_unit(chunker, unit, item->is_indented);
    status = MAX(status, made);
    if (item->unit_count > 1) pk_chunk_merge(chunker, 0, i ? space_between(unit - 1, unit) : 0);
  }
  chunker->stacks = false;
  chunker->measure = measure;
  return status;
}

/* Cuts the units of `item` for a place of `width`. */
static pk_status cut_item(pk_chunker *chunker, const pk_item *item, pk_length width) {
  if (item->stand == PK_STAND_PAGE) return pk_chunk_photo(chunker, item->unit, item->unit_count);
  if (!item->unit->aside) return cut_units(chunker, item, width);
  g_array_set_size(chunker->chunks, 0);
  chunker->is_overfull = false;
  if (item->stand == PK_STAND_FLOW)
    return pk_chunk_aside_lines(chunker, item->unit, item->unit_count, item->style, width);
  return pk_chunk_aside(chunker, item->unit, item->unit_count, item->style, width);
}

/* Rows below the last chunk of an item that make up `space`: what it leaves of
 * its last row counts. */
static int space_in_rows(const pk_measure *measure, const pk_chunk *above, pk_length space) {
  pk_length extent = above ? above->extent : 0;
  return pk_measure_row_count(measure, extent + space) - (above ? above->rows : 0);
}

/* The units from `unit` on that are one item. */
static size_t units_of_item(const pk_unit_block *unit, const pk_unit_block *end) {
  size_t count = 1;
  while (unit + count < end && is_one_piece(&unit[count - 1], &unit[count])) count++;
  return count;
}

/* A side-bar that no page can hold in one piece, and may be parted. */
static bool is_too_tall(const pk_chunker *chunker, const pk_item *item) {
  const pk_chunk *chunk = &g_array_index(chunker->chunks, pk_chunk, 0);
  return item->unit->aside && !item->style->keep_together &&
         chunk->rows * chunker->measure.leading > chunker->measure.full_height + 0.01;
}

static pk_status add_item(galley_maker *maker, const pk_unit_block *unit, size_t count) {
  pk_chunker *chunker = maker->chunker;
  const pk_measure *measure = &chunker->measure;
  pk_item item = {.unit = unit, .unit_count = count, .style = unit->aside ? unit->aside : unit->style};
  item.stand = stand_of(chunker, maker->above, unit, item.style);
  item.is_indented = is_indented(maker->prose_above, unit);
  item.width =
      item.style->column_span == PK_SPAN_ALL && !measure->is_chain ? measure->full_width : measure->column_width;
  if (pk_stand_is_inset(item.stand)) item.width = inset_width(measure, item.style);
  if (item.stand == PK_STAND_MARGIN) item.width = measure->margin_width;
  const pk_unit_block *last = &unit[count - 1];
  pk_status status = cut_item(chunker, &item, item.width);
  if (!chunker->chunks->len) return status;
  if (is_too_tall(chunker, &item)) { /* it goes from column to column */
    item.stand = PK_STAND_FLOW;
    item.width = measure->column_width;
    status = cut_item(chunker, &item, item.width);
  }
  if (pk_stand_is_inset(item.stand)) pk_chunk_inset(chunker, item.style, unit->aside ? item.style : last->style);
  bool moves = pk_stand_moves(item.stand);
  const pk_unit_block *above = moves ? maker->above : maker->flow_above;
  pk_chunk *chunks = (pk_chunk *)(void *)chunker->chunks->data;
  const pk_chunk *end = &chunks[chunker->chunks->len - 1];
  item.before =
      space_in_rows(measure, moves ? maker->chunk_above : maker->flow_chunk_above, space_between(above, unit));
  item.own_before = pk_measure_row_count(measure, item.style->before);
  item.own_after = space_in_rows(measure, end, unit->aside ? item.style->after : last->style->after);
  if (!moves) {
    chunks[0].breaks |= breaks_between(maker->flow_above, unit);
    item.is_near = maker->flow_above && maker->flow_above->role == PK_ROLE_HEADING;
    if (item.is_near) mark_near(chunks, chunker->chunks->len);
    maker->flow_above = last;
  }
  if (!is_part_of_piece(unit) && !unit->aside) maker->prose_above = last;
  maker->above = last;
  item.setting = take_setting(chunker, maker->notes, item.width);
  maker->chunk_above = &item.setting->chunks[item.setting->count - 1];
  if (!moves) maker->flow_chunk_above = maker->chunk_above;
  g_array_append_val(maker->items, item);
  return status;
}

static const uint32_t *queue_of(pk_arena *arena, const pk_item *items, uint32_t count, pk_stand stand) {
  GArray *queue = g_array_new(FALSE, FALSE, sizeof(uint32_t));
  for (uint32_t i = 0; i < count; i++)
    if (items[i].stand == stand) g_array_append_val(queue, i);
  uint32_t end = PK_NO_ITEM;
  g_array_append_val(queue, end);
  return pk_arena_take_array(arena, queue);
}

void pk_galley_index(pk_galley *galley, const pk_item *items, uint32_t count) {
  pk_arena *arena = galley->chunker->job->arena;
  uint32_t *ends = PK_NEW_ARRAY(arena, uint32_t, count + 1);
  int64_t *rows = PK_NEW_ARRAY(arena, int64_t, count + 1);
  galley->items = items;
  galley->count = count;
  for (uint32_t i = 0; i < count; i++) {
    rows[i + 1] = rows[i] + (pk_stand_moves(items[i].stand) ? 0 : items[i].before + items[i].setting->rows);
  }
  ends[count] = count;
  for (uint32_t i = count; i-- > 0;) ends[i] = items[i].stand == PK_STAND_ACROSS ? i : ends[i + 1];
  galley->ends = ends;
  galley->rows = rows;
  galley->queues[PK_QUEUE_COLUMN] = queue_of(arena, items, count, PK_STAND_FLOAT);
  galley->queues[PK_QUEUE_INSET] = queue_of(arena, items, count, PK_STAND_INSET);
  galley->queues[PK_QUEUE_BETWEEN] = queue_of(arena, items, count, PK_STAND_BETWEEN);
  galley->queues[PK_QUEUE_MARGIN] = queue_of(arena, items, count, PK_STAND_MARGIN);
  galley->queues[PK_QUEUE_WHOLE] = queue_of(arena, items, count, PK_STAND_PAGE);
  galley->queues[PK_QUEUE_PAGE] = queue_of(arena, items, count, PK_STAND_SPANNING);
}

const pk_setting *pk_galley_set(const pk_galley *galley, uint32_t item, pk_length width, const pk_around *around) {
  pk_chunker *chunker = galley->chunker;
  chunker->around = around;
  chunker->is_trial = true;
  cut_item(chunker, &galley->items[item], width);
  pk_chunk *chunks = (pk_chunk *)(void *)chunker->chunks->data;
  if (chunker->chunks->len) chunks[0].breaks |= galley->items[item].setting->chunks[0].breaks;
  if (galley->items[item].is_near) mark_near(chunks, chunker->chunks->len);
  pk_list_mark(&galley->items[item], chunks, chunker->chunks->len);
  const pk_setting *setting = take_setting(chunker, &galley->notes, width);
  chunker->around = NULL;
  chunker->is_trial = false;
  return setting->count ? setting : galley->items[item].setting;
}

static void drop_settings(gpointer settings) {
  g_hash_table_unref(settings);
}

pk_status pk_galley_build(pk_chunker *chunker, pk_galley *out) {
  const pk_document *document = chunker->document;
  out->chunker = chunker;
  out->settings = pk_settings_new();
  pk_arena_defer(chunker->job->arena, drop_settings, out->settings);
  out->strips = pk_strips_new();
  pk_arena_defer(chunker->job->arena, drop_settings, out->strips);
  galley_maker maker = {.chunker = chunker, .notes = &out->notes, .items = g_array_new(FALSE, FALSE, sizeof(pk_item))};
  pk_status status = pk_notes_build(chunker, &out->notes);
  const pk_unit_block *end = document->units + document->unit_count;
  for (const pk_unit_block *unit = document->units; unit < end;) {
    if (unit->box || pk_notes_has(document, unit)) {
      unit++;
      continue;
    }
    size_t count = units_of_item(unit, end);
    pk_status made = add_item(&maker, unit, count);
    status = MAX(status, made);
    unit += count;
  }
  uint32_t count = maker.items->len;
  pk_lists_mark((pk_item *)(void *)maker.items->data, count);
  pk_galley_index(out, pk_arena_take_array(pk_job_brief(chunker->job), maker.items), count);
  return status;
}

int pk_galley_gap(const pk_galley *galley, int64_t above, uint32_t below) {
  const pk_item *item = &galley->items[below];
  if (above < 0) return 0;
  const pk_item *upper = &galley->items[above];
  if (!pk_stand_moves(item->stand) && !pk_stand_moves(upper->stand)) return item->before;
  return MAX(upper->own_after, item->own_before);
}
