/* Units -> chunks: which pieces there are, and where a column may end.
 *
 * Always holds: every chunk is a whole number of grid rows high, so that what
 * stands on the grid in one column does so in the next. */
#include "page/chunk.h"

#include <math.h>

#include "para/kept.h"

/* A row holds what exceeds it by less than this, so that rounding costs no row. */
static const pk_length slack = 0.05;

int pk_measure_row_count(const pk_measure *measure, pk_length height) {
  return (int)ceil((height - slack) / measure->leading);
}

pk_length pk_measure_rows(const pk_measure *measure, pk_length height) {
  return pk_measure_row_count(measure, height) * measure->leading;
}

unsigned pk_break_of_line(const pk_style *style, size_t line, size_t count) {
  unsigned breaks = 0;
  if (line && line < (size_t)style->orphans) breaks |= PK_BREAK_ORPHAN;
  if (line && count - line < (size_t)style->widows) breaks |= PK_BREAK_WIDOW;
  return breaks;
}

pk_length pk_measure_drop(pk_length leading, pk_length size) {
  /* The middle of the line between the x-height's and the capitals' own. */
  return leading / 2 + 0.28 * size;
}

pk_line_rooms pk_measure_rooms(const pk_style *style, pk_length width, bool is_indented) {
  pk_length left = style->left, room = MAX(width - left - style->right, 1);
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

static pk_span line_source(const pk_styled_text *text, const pk_line *line) {
  for (size_t i = 0; i < line->run_count; i++) {
    pk_span source = text->runs[line->runs[i].run].source;
    if (source.source) return source;
  }
  return PK_SPAN_NONE;
}

static void raise_overfull(pk_job *job, const pk_lines *lines) {
  static const pk_length visible = 0.5;
  for (size_t i = 0; i < lines->count; i++) {
    const pk_line *line = &lines->lines[i];
    pk_length over = line->width - line->hang - line->room;
    if (over <= visible) continue;
    g_autofree char *words = line_words(lines, line);
    pk_diagnostic *error = pk_diag_add(job->diag, PK_CODE_LINE_TOO_WIDE, line_source(lines->text, line),
                                       "'%s' is %.1f mm wider than the %.1f mm of the line", words, over / PK_PT_PER_MM,
                                       line->room / PK_PT_PER_MM);
    pk_diag_hint(job->diag, error, "shorten it, put a soft hyphen (U+00AD) into it, or give the text more width");
    if (lines->text->style->span.source)
      pk_diag_related(job->diag, error, lines->text->style->span, "it is set in the style '%s'",
                      lines->text->style->name);
  }
}

/* The shape of a text whose lines run round something. */
typedef struct {
  pk_line_shape plain;
  const pk_around *around;
} around_shape;

static pk_line_room room_around(const void *data, size_t number) {
  const around_shape *shape = data;
  pk_line_room room = shape->plain.room(shape->plain.data, number);
  for (size_t i = 0; i < shape->around->count; i++) {
    const pk_around_band *band = &shape->around->bands[i];
    if (number < band->from || number >= band->to) continue;
    room.left += band->left;
    room.width = MAX(room.width + band->width, 1);
  }
  return room;
}

static pk_line_shape shape_around(around_shape *shape) {
  if (!shape->around) return shape->plain;
  size_t alike = shape->plain.alike_from;
  for (size_t i = 0; i < shape->around->count; i++) alike = MAX(alike, shape->around->bands[i].to);
  return (pk_line_shape){room_around, shape, alike};
}

/* Pieces of shaped paragraphs that are kept, which take as much memory as the lines:
 * those of some two hundred pages. What was let go is shaped anew when it is asked for,
 * from words that are known. */
enum { MOST_PIECES = 200 * 1000 };

static void bound_paras(pk_chunker *chunker) {
  if (!chunker->paras || chunker->para_pieces < MOST_PIECES) return;
  g_hash_table_remove_all(chunker->paras);
  pk_arena_drop(chunker->para_arena);
  chunker->para_arena = pk_arena_new();
  chunker->para_pieces = 0;
}

/* A text that is set again is shaped once, as long as it is remembered. */
static pk_status shape_text(pk_chunker *chunker, const pk_styled_text *text, const pk_para **out) {
  if (!chunker->paras) return pk_para_build(chunker->job, text, out);
  if ((*out = g_hash_table_lookup(chunker->paras, text))) return PK_OK;
  pk_job job = *chunker->job;
  job.brief = chunker->para_arena;
  pk_status status = pk_para_build(&job, text, out);
  if (status != PK_OK) return status;
  chunker->para_pieces += pk_para_piece_count(*out);
  g_hash_table_insert(chunker->paras, (gpointer)text, (gpointer)*out);
  return PK_OK;
}

pk_status pk_chunk_lines_try(pk_chunker *chunker, const pk_styled_text *text, const pk_line_rooms *rooms,
                             const pk_break_options *options, const pk_lines **out) {
  const pk_break_options loose = {.looseness = chunker->looseness};
  if (!options && chunker->looseness) options = &loose;
  around_shape round = {pk_line_shape_plain(rooms), chunker->around};
  pk_line_shape shape = shape_around(&round);
  pk_lines_question asked;
  if ((*out = pk_lines_find(chunker->job, text, shape, options, &asked))) return PK_OK;
  const pk_para *para;
  bound_paras(chunker);
  pk_status status = shape_text(chunker, text, &para);
  if (status == PK_OK) status = pk_para_break(chunker->job, para, shape, options, out);
  if (status == PK_OK) pk_lines_keep(chunker->job, &asked, para, *out);
  return status;
}

pk_status pk_chunk_first(pk_chunker *chunker, const pk_styled_text *text, const pk_line_rooms *rooms,
                         const pk_styled_text *const *firsts, const double *extra, size_t count, pk_first_choice *out) {
  around_shape round = {pk_line_shape_plain(rooms), chunker->around};
  pk_line_shape shape = shape_around(&round);
  pk_lines_question asked;
  if (pk_first_find(chunker->job, text, shape, firsts, count, &asked, out)) return PK_OK;
  const pk_para *para;
  bound_paras(chunker);
  pk_first_setting *settings = PK_NEW_ARRAY(pk_job_brief(chunker->job), pk_first_setting, count);
  pk_status status = shape_text(chunker, text, &para);
  for (size_t i = 0; i < count && status == PK_OK; i++) {
    settings[i] = (pk_first_setting){.extra = extra[i], .may_split = !i};
    status = shape_text(chunker, firsts[i], &settings[i].para);
  }
  if (status != PK_OK) return status;
  *out = pk_para_first(chunker->job, para, shape, settings, count);
  pk_first_keep(chunker->job, &asked, para, *out);
  return PK_OK;
}

void pk_chunk_lines_check(pk_chunker *chunker, const pk_lines *lines) {
  if (!lines->is_overfull) return;
  chunker->is_overfull = true;
  if (!chunker->is_trial) raise_overfull(chunker->job, lines);
}

pk_status pk_chunk_lines(pk_chunker *chunker, const pk_styled_text *text, const pk_line_rooms *rooms,
                         const pk_lines **out) {
  pk_status status = pk_chunk_lines_try(chunker, text, rooms, NULL, out);
  if (status == PK_OK) pk_chunk_lines_check(chunker, *out);
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
      .rows = pk_measure_row_count(&chunker->measure, builder->y),
      .extent = builder->y,
      .count = builder->placed->len,
  };
  chunk.placed = pk_arena_take_array(pk_job_brief(chunker->job), builder->placed);
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

/* ---- joining -------------------------------------------------------------- */

static void move_down(pk_placed *placed, pk_length by) {
  if (placed->kind == PK_PLACED_LINE)
    placed->line.y += by;
  else if (placed->kind == PK_PLACED_RECT)
    placed->rect.rect.y += by;
  else
    placed->art.rect.y += by;
}

void pk_chunk_move(pk_chunk *chunk, pk_length by) {
  for (uint32_t i = 0; i < chunk->count; i++) move_down((pk_placed *)&chunk->placed[i], by);
}

void pk_chunk_merge(pk_chunker *chunker, guint first, pk_length gap) {
  GArray *chunks = chunker->chunks;
  if (chunks->len <= first + 1) return;
  pk_chunk_builder builder = pk_chunk_builder_open();
  for (guint i = first; i < chunks->len; i++) {
    const pk_chunk *chunk = &g_array_index(chunks, pk_chunk, i);
    for (size_t p = 0; p < chunk->count; p++) {
      pk_placed placed = chunk->placed[p];
      move_down(&placed, builder.y);
      pk_chunk_builder_add(&builder, &placed);
    }
    builder.y += chunk->extent + (i == first ? gap : 0);
  }
  pk_chunk *head = &g_array_index(chunks, pk_chunk, first);
  head->extent = builder.y;
  head->rows = pk_measure_row_count(&chunker->measure, builder.y);
  head->is_line = false;
  head->count = builder.placed->len;
  head->placed = pk_arena_take_array(pk_job_brief(chunker->job), builder.placed);
  g_array_set_size(chunks, first + 1);
}

/* ---- units ---------------------------------------------------------------- */

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

pk_status pk_chunk_unit(pk_chunker *chunker, const pk_unit_block *unit, bool is_indented) {
  switch (unit->role) {
  case PK_ROLE_TABLE: return pk_chunk_table(chunker, unit);
  case PK_ROLE_FIGURE: return pk_chunk_figure(chunker, unit);
  case PK_ROLE_BREAK: return chunk_break(chunker, unit);
  default: return pk_chunk_text(chunker, unit, is_indented);
  }
}
