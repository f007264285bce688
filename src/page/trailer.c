/* An entry of contents ends in a leader and a page number.
 *
 * The number stands flush right; the leader is repeated from there to the left, so
 * that its points stand below each other from entry to entry. */
#include "page/trailer.h"

#include <math.h>
#include <string.h>

/* Between text, leader and number, in em. */
static const double gap = 0.5;
static const pk_length endless = 10000;

static pk_status set_line(pk_chunker *chunker, const pk_styled_text *text, const pk_lines **out) {
  pk_line_rooms rooms = {.first = {0, endless}, .other = {0, endless}};
  return pk_chunk_lines(chunker, text, &rooms, out);
}

pk_status pk_trailer_set(pk_chunker *chunker, const pk_unit_block *unit, pk_length width, pk_trailer *out) {
  *out = (pk_trailer){.chunker = chunker};
  if (!unit->trailer) return PK_OK;
  pk_status status = set_line(chunker, unit->trailer, &out->number);
  if (status != PK_OK || !out->number->count) {
    out->number = NULL;
    return status;
  }
  pk_length number = out->number->lines[0].width;
  out->x = width - unit->style->right - number;
  out->room = number + 2 * gap * unit->style->size;
  return PK_OK;
}

/* `count` leaders in a row. */
static pk_status set_leader(const pk_trailer *trailer, const pk_unit_block *unit, size_t count, const pk_lines **out) {
  pk_job *job = trailer->chunker->job;
  pk_style *style = pk_arena_dup(job->arena, unit->style, sizeof *style);
  style->align = PK_ALIGN_LEFT;
  style->hyphenate = false;
  memset(style->hang, 0, sizeof style->hang);
  g_autoptr(GString) words = g_string_new(NULL);
  for (size_t i = 0; i < count; i++) g_string_append_printf(words, "%s%s", i ? "\u00a0" : "", unit->style->leader);
  const pk_styled_text *text =
      pk_style_plain_text(job, style, trailer->chunker->document->lang, words->str, unit->source);
  return set_line(trailer->chunker, text, out);
}

static void add_leader(const pk_trailer *trailer, const pk_unit_block *unit, pk_length from, pk_length baseline,
                       pk_chunk_builder *builder) {
  const pk_lines *one, *two, *lines;
  if (!unit->style->leader || set_leader(trailer, unit, 1, &one) != PK_OK ||
      set_leader(trailer, unit, 2, &two) != PK_OK || !one->count || !two->count)
    return;
  pk_length width = one->lines[0].width, step = two->lines[0].width - width;
  pk_length to = trailer->x - gap * unit->style->size;
  /* Numbers differ in width: the points go by the edge of the column. */
  pk_length edge = trailer->x + trailer->number->lines[0].width;
  to = edge - ceil((edge - to) / step) * step;
  pk_length room = to - from;
  if (step <= 0 || room < width) return;
  size_t count = (size_t)floor((room - width) / step) + 1;
  if (set_leader(trailer, unit, count, &lines) != PK_OK || !lines->count) return;
  pk_placed placed = {.kind = PK_PLACED_LINE, .unit = unit, .part = PK_PLACED_LEADER, .source = unit->source};
  placed.line.line = lines->lines;
  placed.line.text = lines->text;
  placed.line.x = to - width - (pk_length)(count - 1) * step;
  placed.line.y = baseline;
  pk_chunk_builder_add(builder, &placed);
}

void pk_trailer_add(const pk_trailer *trailer, const pk_unit_block *unit, const pk_line *last, pk_length baseline,
                    pk_chunk_builder *builder) {
  if (!trailer->number) return;
  add_leader(trailer, unit, last->x + last->width + gap * unit->style->size, baseline, builder);
  pk_placed placed = {.kind = PK_PLACED_LINE, .unit = unit, .part = PK_PLACED_TRAILER, .source = unit->source};
  placed.line.line = trailer->number->lines;
  placed.line.text = trailer->number->text;
  placed.line.x = trailer->x;
  placed.line.y = baseline;
  pk_chunk_builder_add(builder, &placed);
}
