/* Units -> chunks: which pieces there are, and where a column may end.
 *
 * Always holds: every chunk is a whole number of grid rows high, so that what
 * stands on the grid in one column does so in the next. */
#include "page/chunk.h"

#include <math.h>

/* A row holds what exceeds it by less than this, so that rounding costs no row. */
static const pk_length slack = 0.05;

pk_length pk_measure_rows(const pk_measure *measure, pk_length height) {
  return ceil((height - slack) / measure->leading) * measure->leading;
}

pk_length pk_measure_drop(pk_length leading, pk_length size) {
  /* The middle of the line between the x-height's and the capitals' own. */
  return leading / 2 + 0.28 * size;
}

pk_line_rooms pk_measure_rooms(const pk_style *style, pk_length width, int depth, bool is_indented) {
  pk_length left = style->left * MAX(depth, 1), room = MAX(width - left - style->right, 1);
  pk_length narrow = room * style->measure;
  if (style->align == PK_ALIGN_CENTER) left += (room - narrow) / 2;
  if (style->align == PK_ALIGN_RIGHT) left += room - narrow;
  pk_length indent = is_indented ? style->indent : 0;
  return (pk_line_rooms){.first = {left + indent, MAX(narrow - indent, 1)}, .other = {left, narrow}};
}

/* The words of a line, for a message. */
static char *line_words(const pk_lines *lines, const pk_line *line) {
  g_autofree char *words = g_strndup(lines->text->text + line->start, line->end - line->start);
  g_strstrip(words);
  enum { LONGEST = 60 };
  if (g_utf8_strlen(words, -1) <= LONGEST) return g_steal_pointer(&words);
  g_autofree char *head = g_utf8_substring(words, 0, LONGEST);
  return g_strconcat(head, "…", NULL);
}

static pk_span line_source(const pk_line *line) {
  for (size_t i = 0; i < line->run_count; i++)
    if (line->runs[i].run && line->runs[i].run->source.source) return line->runs[i].run->source;
  return PK_SPAN_NONE;
}

static void raise_overfull(pk_job *job, const pk_lines *lines) {
  static const pk_length visible = 0.5;
  for (size_t i = 0; i < lines->count; i++) {
    const pk_line *line = &lines->lines[i];
    pk_length over = line->width - line->hang - line->room;
    if (over <= visible) continue;
    g_autofree char *words = line_words(lines, line);
    pk_diagnostic *error = pk_diag_add(job->diag, PK_CODE_LINE_TOO_WIDE, line_source(line),
                                       "'%s' is %.1f mm wider than the %.1f mm of the line", words,
                                       over / PK_PT_PER_MM, line->room / PK_PT_PER_MM);
    pk_diag_hint(job->diag, error, "shorten it, put a soft hyphen (U+00AD) into it, or give the text more width");
    if (lines->text->style->span.source)
      pk_diag_related(job->diag, error, lines->text->style->span, "it is set in the style '%s'",
                      lines->text->style->name);
  }
}

pk_status pk_chunk_lines(pk_chunker *chunker, const pk_styled_text *text, const pk_line_rooms *rooms,
                         const pk_lines **out) {
  const pk_para *para;
  pk_status status = pk_para_build(chunker->job, text, &para);
  if (status != PK_OK) return status;
  pk_line_rooms *kept = pk_arena_dup(chunker->job->arena, rooms, sizeof *rooms);
  pk_break_options options = {0};
  status = pk_para_break(chunker->job, para, pk_line_shape_plain(kept), &options, out);
  if (status == PK_OK && (*out)->is_overfull) raise_overfull(chunker->job, *out);
  return status;
}

/* ---- builders ------------------------------------------------------------- */

pk_chunk_builder pk_chunk_builder_open(void) {
  return (pk_chunk_builder){.placed = g_array_new(FALSE, FALSE, sizeof(pk_placed))};
}

void pk_chunk_builder_add(pk_chunk_builder *builder, const pk_placed *placed) {
  g_array_append_vals(builder->placed, placed, 1);
}

pk_chunk *pk_chunk_builder_close(pk_chunker *chunker, pk_chunk_builder *builder, const pk_unit_block *unit) {
  pk_chunk chunk = {
      .unit = unit,
      .height = pk_measure_rows(&chunker->measure, builder->y),
      .extent = builder->y,
      .spans = unit->style->column_span == PK_SPAN_ALL,
      .may_break = true,
      .count = builder->placed->len,
  };
  chunk.placed = pk_arena_take_array(chunker->job->arena, builder->placed);
  g_array_append_val(chunker->chunks, chunk);
  return &g_array_index(chunker->chunks, pk_chunk, chunker->chunks->len - 1);
}

pk_placed pk_chunk_rule(const pk_unit_block *unit, const pk_rule *rule, pk_length left, pk_length width, pk_length y) {
  pk_length length = width * rule->length;
  if (unit->style->align == PK_ALIGN_CENTER) left += (width - length) / 2;
  if (unit->style->align == PK_ALIGN_RIGHT) left += width - length;
  return (pk_placed){.kind = PK_PLACED_RECT,
                     .unit = unit,
                     .source = unit->style->span,
                     .rect = {.rect = {left, y, length, rule->thickness}, .ink = rule->ink, .tint = 1}};
}

/* ---- joining and spacing -------------------------------------------------- */

/* Makes the chunks from number `first` on one, so that they are never parted:
 * those after the first stand `gap` below it, as close as they need to, and only
 * the whole is rounded up to rows. */
static void merge_chunks(pk_chunker *chunker, guint first, pk_length gap) {
  GArray *chunks = chunker->chunks;
  if (chunks->len - first < 2) return;
  pk_chunk_builder builder = pk_chunk_builder_open();
  for (guint i = first; i < chunks->len; i++) {
    const pk_chunk *chunk = &g_array_index(chunks, pk_chunk, i);
    for (size_t p = 0; p < chunk->count; p++) {
      pk_placed placed = chunk->placed[p];
      if (placed.kind == PK_PLACED_LINE)
        placed.line.y += builder.y;
      else if (placed.kind == PK_PLACED_RECT)
        placed.rect.rect.y += builder.y;
      else
        placed.art.rect.y += builder.y;
      pk_chunk_builder_add(&builder, &placed);
    }
    builder.y += chunk->extent + (i == first ? gap : 0);
  }
  pk_chunk *head = &g_array_index(chunks, pk_chunk, first);
  head->extent = builder.y;
  head->height = pk_measure_rows(&chunker->measure, builder.y);
  head->count = builder.placed->len;
  head->placed = pk_arena_take_array(chunker->job->arena, builder.placed);
  g_array_set_size(chunks, first + 1);
}

static bool is_same_group(const pk_unit_block *a, const pk_unit_block *b) {
  return a && b && a->group && a->group == b->group;
}

/* A pull-quote with its attribution, a figure with its caption and credit. */
static bool is_part_of_piece(const pk_unit_block *unit) {
  return unit->group && (unit->role == PK_ROLE_PULL_QUOTE || unit->role == PK_ROLE_ATTRIBUTION ||
                         unit->role == PK_ROLE_FIGURE || unit->role == PK_ROLE_CAPTION || unit->role == PK_ROLE_CREDIT);
}

/* What opens the article across the page: kicker, headline, subhead, byline. */
static bool is_opening(const pk_unit_block *unit) {
  return unit->style->column_span == PK_SPAN_ALL && unit->style->keep_with_next &&
         (unit->role == PK_ROLE_RELEASE || unit->role == PK_ROLE_KICKER || unit->role == PK_ROLE_HEADLINE ||
          unit->role == PK_ROLE_SUBHEAD || unit->role == PK_ROLE_BYLINE);
}

/* Whether `below` makes one piece with the unit above it. */
static bool is_one_piece(const pk_unit_block *above, const pk_unit_block *below) {
  if (is_same_group(above, below)) return is_part_of_piece(below);
  return above && is_opening(above) && is_opening(below);
}

static pk_length space_between(const pk_unit_block *above, const pk_unit_block *below) {
  if (!above) return below->style->before;
  if (is_same_group(above, below) && above->role == below->role) return 0;
  if (is_same_group(above, below) && is_part_of_piece(below)) return below->style->before;
  return MAX(above->style->after, below->style->before);
}

/* The space above chunk `first` in rows: what the one above leaves of its last
 * row counts. */
static pk_length space_in_rows(const pk_chunker *chunker, guint first, pk_length space) {
  pk_length extent = 0, height = 0;
  if (first > 0) {
    const pk_chunk *above = &g_array_index(chunker->chunks, pk_chunk, first - 1);
    extent = above->extent;
    height = above->height;
  }
  return pk_measure_rows(&chunker->measure, extent + space) - height;
}

static bool may_part(const pk_unit_block *above, const pk_unit_block *below) {
  if (!above) return true;
  if (below->role == PK_ROLE_END_MARK || below->role == PK_ROLE_PUBLISHED) return false;
  return !above->style->keep_with_next;
}

/* What may come a little later than the text after it: a figure, and a
 * pull-quote across the columns. */
static bool is_movable(const pk_unit_block *unit) {
  return unit->role == PK_ROLE_FIGURE || (unit->role == PK_ROLE_PULL_QUOTE && unit->style->column_span == PK_SPAN_ALL);
}

/* A paragraph is indented after a paragraph; what was put in between (a
 * pull-quote, a figure) does not count. */
static bool is_indented(const pk_unit_block *above, const pk_unit_block *unit) {
  return above && above->role == unit->role && !unit->marker &&
         (unit->role == PK_ROLE_PARAGRAPH || unit->role == PK_ROLE_BOILERPLATE || is_same_group(above, unit));
}

static pk_status chunk_break(pk_chunker *chunker, const pk_unit_block *unit) {
  const pk_style *style = unit->style;
  pk_rule rule = {.thickness = 0.5, .ink = style->ink, .length = 1};
  pk_length width = chunker->measure.column_width, length = 6 * style->size;
  pk_chunk_builder builder = pk_chunk_builder_open();
  pk_placed placed = pk_chunk_rule(unit, &rule, (width - length) / 2, length, chunker->measure.leading / 2);
  pk_chunk_builder_add(&builder, &placed);
  builder.y = chunker->measure.leading;
  pk_chunk_builder_close(chunker, &builder, unit);
  return PK_OK;
}

static pk_status chunk_unit(pk_chunker *chunker, const pk_unit_block *unit, const pk_unit_block *flow_above) {
  switch (unit->role) {
  case PK_ROLE_TABLE: return pk_chunk_table(chunker, unit);
  case PK_ROLE_FIGURE: return pk_chunk_figure(chunker, unit);
  case PK_ROLE_BREAK: return chunk_break(chunker, unit);
  default: return pk_chunk_text(chunker, unit, is_indented(flow_above, unit));
  }
}

pk_status pk_chunk_units(pk_chunker *chunker) {
  const pk_document *document = chunker->document;
  const pk_unit_block *above = NULL, *flow_above = NULL;
  pk_status status = PK_OK;
  guint piece = 0; /* where the piece that is never parted began */
  for (size_t i = 0; i < document->unit_count; i++) {
    const pk_unit_block *unit = &document->units[i];
    guint first = chunker->chunks->len;
    chunker->stacks = is_one_piece(above, unit);
    pk_status made = chunk_unit(chunker, unit, flow_above);
    if (made != PK_OK) status = MAX(status, made);
    if (chunker->chunks->len == first) continue;
    pk_chunk *head = &g_array_index(chunker->chunks, pk_chunk, first);
    head->before = space_in_rows(chunker, first, space_between(above, unit));
    head->may_break = may_part(above, unit);
    head->floats = is_movable(unit);
    if (chunker->stacks)
      merge_chunks(chunker, piece, space_between(above, unit));
    else
      piece = first;
    above = unit;
    if (!is_part_of_piece(unit)) flow_above = unit;
  }
  return status;
}
