/* The notes of the article -> one strip of lines.
 *
 * Notes are set closer than the text; so that the foot of a column stays on the
 * grid, the last line of a column's notes stands on the grid's last baseline,
 * and they take whole rows. */
#include "page/note.h"

bool pk_notes_has(const pk_document *document, const pk_unit_block *unit) {
  return unit->note && document->layout->notes_place == PK_NOTES_FOOT;
}

static pk_status cut_notes(pk_chunker *chunker, GArray *starts) {
  const pk_document *document = chunker->document;
  pk_status status = PK_OK;
  const pk_unit_block *above = NULL;
  for (size_t i = 0; i < document->unit_count; i++) {
    const pk_unit_block *unit = &document->units[i];
    if (!pk_notes_has(document, unit)) continue;
    uint32_t line = chunker->chunks->len;
    while (starts->len <= (guint)unit->note) g_array_append_val(starts, line);
    bool is_next = above && above->role == unit->role && !unit->marker;
    pk_status made = pk_chunk_unit(chunker, unit, is_next);
    status = MAX(status, made);
    above = unit;
  }
  uint32_t end = chunker->chunks->len;
  g_array_append_val(starts, end);
  return status;
}

static void measure_notes(const pk_chunker *chunker, pk_notes *notes) {
  const pk_document *document = chunker->document;
  pk_length *tops = PK_NEW_ARRAY(chunker->job->arena, pk_length, notes->count + 1);
  for (uint32_t i = 0; i < notes->count; i++) tops[i + 1] = tops[i] + notes->lines[i].extent;
  notes->tops = tops;
  notes->rule = pk_style_rule(document, &document->layout->notes_rule);
  /* The line is as far from the text above as from the notes below. */
  static const double least = 0.25; /* of a row */
  notes->space = MAX(2 * notes->rule.gap + notes->rule.thickness, least * chunker->measure.leading);
  if (!notes->count) return;
  const pk_style *style = notes->lines[0].unit->style;
  pk_length below = style->leading - pk_measure_drop(style->leading, style->size);
  notes->tail = chunker->measure.leading - chunker->measure.drop - below;
}

pk_status pk_notes_build(pk_chunker *chunker, pk_notes *out) {
  GArray *starts = g_array_new(FALSE, TRUE, sizeof(uint32_t));
  chunker->is_note = true;
  g_array_set_size(chunker->chunks, 0);
  pk_status status = cut_notes(chunker, starts);
  chunker->is_note = false;
  *out = (pk_notes){
      .count = chunker->chunks->len, .note_count = MAX(starts->len, 2) - 2, .width = chunker->measure.column_width};
  out->lines = pk_arena_dup(chunker->job->arena, chunker->chunks->data, out->count * sizeof(pk_chunk));
  out->starts = pk_arena_take_array(chunker->job->arena, starts);
  g_array_set_size(chunker->chunks, 0);
  measure_notes(chunker, out);
  return status;
}

uint32_t pk_notes_until(const pk_notes *notes, uint32_t number) {
  return notes->count ? notes->starts[MIN(number, notes->note_count) + 1] : 0;
}

int pk_notes_rows(const pk_notes *notes, const pk_measure *measure, uint32_t from, uint32_t to) {
  if (from >= to) return 0;
  return pk_measure_row_count(measure, notes->space + notes->tops[to] - notes->tops[from] + notes->tail);
}

uint32_t pk_notes_fit(const pk_notes *notes, const pk_measure *measure, uint32_t from, uint32_t to, int rows) {
  uint32_t fits = 0;
  while (from + fits < to && pk_notes_rows(notes, measure, from, from + fits + 1) <= rows) fits++;
  return fits;
}
