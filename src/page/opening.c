/* How a paragraph opens: its initial and its first line.
 *
 * An initial reaches from the height of capitals in line 1 down to the baseline
 * of line n; its size follows from that and from its face. It is set from the
 * paragraph's own text, so that it is read and copied as part of its word. Its
 * ink, not its side bearing, stands at the edge of the column; a quote before it
 * hangs in the margin.
 *
 * The words of a first line in small capitals are wider than plain ones, so which
 * words these are and where the line ends depend on each other. The words that a
 * line could hold are shaped in each spacing, all ends compared in one search
 * (para/first.c), and the paragraph is set to end its first line at the best. */
#include "page/opening.h"

#include <math.h>

/* Small capitals may be spaced wider than the style asks for, in em, rather than
 * the words of the line; each step costs as much as a space that begins to show. */
static const double tracking_steps[] = {0, 0.015, 0.03, 0.045};
static const double TRACKING_COST = 1500;

/* A line that is full of the narrowest letters has no more in it, by em. */
static const double LETTERS_AN_EM = 4;

typedef struct {
  pk_chunker *chunker;
  const pk_unit_block *unit;
  const pk_opening_style *style;
  pk_line_rooms rooms;
  pk_styled_text text; /* without the initial */
} opening;

static pk_status set_text(const opening *o, const pk_styled_text *text, uint32_t first_end, const pk_lines **out) {
  pk_break_options options = {.first_end = first_end};
  return pk_chunk_lines_try(o->chunker, text, &o->rooms, &options, out);
}

/* ---- the initial ---------------------------------------------------------- */

/* Bytes [start, end) of the paragraph's text in one style, on a line. */
static pk_status set_piece(const opening *o, uint32_t start, uint32_t end, const pk_style *style,
                           const pk_lines **out) {
  static const pk_line_rooms endless = {.first = {0, 1e6}, .other = {0, 1e6}};
  pk_job *job = o->chunker->job;
  pk_styled_text *text = pk_arena_dup(job->arena, &o->unit->text, sizeof *text);
  pk_style_run *run = pk_arena_dup(job->arena, text->runs, sizeof *run);
  *run = (pk_style_run){
      .end = end, .style = style, .href = run->href, .footnote = run->footnote, .source = text->runs->source};
  text->start = start;
  text->size = end;
  text->runs = run;
  text->run_count = 1;
  text->style = style;
  const pk_para *para;
  pk_status status = pk_para_build(job, text, &para);
  return status == PK_OK ? pk_para_break(job, para, pk_line_shape_plain(&endless), NULL, out) : status;
}

/* The ink of a line: pt from its left edge and its baseline. */
typedef struct {
  pk_length left, right, depth;
} ink_box;

static ink_box ink_of(const opening *o, const pk_line *line) {
  ink_box box = {.left = line->width};
  for (size_t r = 0; r < line->run_count; r++) {
    const pk_glyph_run *run = &line->runs[r];
    hb_font_t *font = pk_font_worker_hb(o->chunker->job->worker->font, run->face);
    double scale = run->size / run->face->upem;
    for (uint32_t i = 0; i < run->glyph_count; i++) {
      hb_glyph_extents_t extents;
      if (!hb_font_get_glyph_extents(font, run->glyphs[i].id, &extents) || !extents.width) continue;
      pk_length left = run->x + (pk_length)run->glyphs[i].x + extents.x_bearing * scale;
      box.left = MIN(box.left, left);
      box.right = MAX(box.right, left + extents.width * scale);
      box.depth = MAX(box.depth, -(extents.y_bearing + extents.height) * scale);
    }
  }
  return box;
}

static double cap_height_of(const pk_line *line) {
  const pk_face *face = line->runs[0].face;
  static const double usual = 0.67;
  return face->cap_height > 0 ? (double)face->cap_height / face->upem : usual;
}

static pk_placed placed_line(const opening *o, const pk_lines *lines, pk_length x, pk_length y) {
  return (pk_placed){
      .kind = PK_PLACED_LINE, .unit = o->unit, .source = o->unit->source, .line = {lines->lines, lines->text, x, y}};
}

/* Low quotes stand on the last line beside the initial, others on the first. */
static pk_status hang_quote(const opening *o, uint32_t end, size_t count, pk_length left, pk_opening *out) {
  const pk_lines *lines;
  pk_style *style = pk_arena_dup(o->chunker->job->arena, o->unit->style, sizeof *style);
  style->align = PK_ALIGN_LEFT;
  style->ink = o->style->initial->ink;
  pk_status status = set_piece(o, 0, end, style, &lines);
  if (status != PK_OK || !lines->count) return status;
  gunichar first = g_utf8_get_char(o->unit->text.text);
  bool is_low = first == U'„' || first == U'‚';
  static const double gap = 0.12; /* em */
  pk_length y = is_low ? (pk_length)(count - 1) * o->chunker->measure.leading : 0;
  out->parts[out->part_count++] =
      placed_line(o, lines, left - lines->lines[0].width - lines->lines[0].x - gap * style->size, y);
  return PK_OK;
}

/* Sets the initial `count` lines high and narrows the lines beside it. */
static pk_status set_initial(opening *o, uint32_t quote, uint32_t end, size_t count, pk_opening *out) {
  pk_job *job = o->chunker->job;
  pk_style *style = pk_arena_dup(job->arena, o->style->initial, sizeof *style);
  style->align = PK_ALIGN_LEFT;
  const pk_lines *plain, *large;
  pk_status status = set_piece(o, quote, end, o->unit->style, &plain);
  if (status == PK_OK) status = set_piece(o, quote, end, style, &large);
  if (status != PK_OK) return status;
  pk_length leading = o->chunker->measure.leading, height = (pk_length)(count - 1) * leading;
  pk_length capital = cap_height_of(&plain->lines[0]) * o->unit->style->size;
  style->size = (height + capital) / cap_height_of(&large->lines[0]);
  status = set_piece(o, quote, end, style, &large);
  if (status != PK_OK) return status;
  ink_box ink = ink_of(o, &large->lines[0]);
  o->rooms.first = o->rooms.other;
  o->rooms.beside = ink.right - ink.left + o->style->gap;
  /* What hangs below the baseline (Q, Ц, Џ) needs the line below as well. */
  static const double ascender = 0.72; /* em */
  bool reaches_down = ink.depth > leading - ascender * o->unit->style->size;
  o->rooms.beside_count = count + reaches_down;
  pk_length left = o->rooms.other.left;
  out->part_count = 0;
  if (quote) status = hang_quote(o, quote, count, left, out);
  out->parts[out->part_count++] = placed_line(o, large, left - ink.left - large->lines[0].x, height);
  out->beside = count;
  return status;
}

/* ---- the first line ------------------------------------------------------- */

/* The paragraph with its words up to byte `end` in the style `first`. */
static const pk_styled_text *with_first_line(const opening *o, uint32_t end, const pk_style *first) {
  pk_arena *arena = o->chunker->job->arena;
  pk_styled_text *text = pk_arena_dup(arena, &o->text, sizeof *text);
  pk_style_run *runs = PK_NEW_ARRAY(arena, pk_style_run, o->text.run_count + 1);
  size_t count = 0;
  for (size_t i = 0; i < o->text.run_count; i++) {
    pk_style_run run = o->text.runs[i], rest = run;
    runs[count++] = run;
    if (run.start >= end) continue;
    runs[count - 1].style = first;
    if (run.style != o->text.style) {
      pk_style *mixed = pk_arena_dup(arena, run.style, sizeof *mixed);
      mixed->letter_case = first->letter_case;
      mixed->tracking = first->tracking;
      runs[count - 1].style = mixed;
    }
    if (run.end <= end) continue;
    runs[count - 1].end = rest.start = end;
    runs[count++] = rest;
  }
  text->runs = runs;
  text->run_count = count;
  return text;
}

/* The byte after the words that a first line could hold, and one more. */
static uint32_t first_words(const opening *o) {
  const pk_styled_text *text = &o->text;
  size_t letters = (size_t)(LETTERS_AN_EM * o->rooms.first.width / MAX(o->style->first_line->size, 1));
  const char *at = text->text + text->start, *end = text->text + text->size;
  while (letters-- && at < end) at = g_utf8_next_char(at);
  for (int words = 0; at < end; at++)
    if (g_ascii_isspace(*at) && ++words == 2) break;
  return (uint32_t)(MIN(at, end) - text->text);
}

/* The words up to byte `end` in the style `first`, and nothing after them. */
static const pk_styled_text *words_of_first_line(const opening *o, uint32_t end, const pk_style *first) {
  pk_styled_text *text = pk_arena_dup(o->chunker->job->arena, with_first_line(o, end, first), sizeof *text);
  text->size = end;
  while (text->run_count > 1 && text->runs[text->run_count - 1].start >= end) text->run_count--;
  return text;
}

static pk_status set_first_line(const opening *o, const pk_styled_text *plain, pk_opening *out) {
  enum { STEPS = G_N_ELEMENTS(tracking_steps) };
  const pk_style *styles[STEPS];
  const pk_styled_text *words[STEPS];
  double extra[STEPS];
  uint32_t end = first_words(o);
  for (size_t i = 0; i < STEPS; i++) {
    pk_style *first = pk_arena_dup(o->chunker->job->arena, o->style->first_line, sizeof *first);
    first->tracking += tracking_steps[i] * first->size;
    styles[i] = first;
    words[i] = words_of_first_line(o, end, first);
    extra[i] = (double)i * TRACKING_COST;
  }
  pk_first_choice choice;
  pk_status status = pk_chunk_first(o->chunker, plain, &o->rooms, words, extra, STEPS, &choice);
  if (status != PK_OK || !choice.end) return status;
  const pk_lines *lines;
  status = set_text(o, with_first_line(o, choice.end, styles[choice.number]), choice.end, &lines);
  if (status == PK_OK && lines->count && lines->lines[0].end == choice.end) out->lines = lines;
  return status;
}

/* ---- the whole ------------------------------------------------------------ */

static pk_status set_lines(opening *o, pk_opening *out) {
  const pk_styled_text *text = &o->unit->text;
  if (o->text.start != text->start) text = pk_arena_dup(o->chunker->job->arena, &o->text, sizeof *text);
  pk_status status = o->style->first_line ? set_first_line(o, text, out) : PK_OK;
  return status == PK_OK && !out->lines ? set_text(o, text, 0, &out->lines) : status;
}

pk_status pk_opening_set(pk_chunker *chunker, const pk_unit_block *unit, const pk_line_rooms *rooms, pk_opening *out) {
  opening o = {.chunker = chunker, .unit = unit, .style = &unit->style->opening, .rooms = *rooms, .text = unit->text};
  *out = (pk_opening){0};
  size_t quote, end;
  bool has_letter = pk_language_initial(unit->text.text, unit->text.size, &quote, &end) && end < unit->text.size;
  for (size_t count = has_letter && o.style->lines > 1 ? (size_t)o.style->lines : 0; count > 1; count--) {
    pk_status status = set_initial(&o, (uint32_t)quote, (uint32_t)end, count, out);
    o.text.start = (uint32_t)end;
    if (status == PK_OK) status = set_lines(&o, out);
    if (status != PK_OK || out->lines->count >= o.rooms.beside_count) return status;
  }
  o.rooms = *rooms;
  o.text = unit->text;
  *out = (pk_opening){0};
  return set_lines(&o, out);
}
