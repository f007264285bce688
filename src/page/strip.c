/* Notes set for columns of another width.
 *
 * In:  a strip, how many of its lines are set already, the width of the next column.
 * Out: a strip whose first lines are as many as they were, and stand where they
 *      stood; the rest is broken anew. A note that goes on keeps the shape of its
 *      first lines, so that there are as many of them.
 *
 * The same question comes up again while ways are compared: answers are kept. The
 * strip of the way that was chosen has all lines, as they are in each column. */
#include <math.h>
#include <string.h>

#include "page/flow.h"
#include "page/question.h"

/* A question; compared byte by byte. */
typedef struct {
  const pk_notes *begun; /* NULL: all notes, from the first line on */
  uint64_t line;
  pk_length width;
} question;

static guint hash_question(gconstpointer key) {
  return pk_question_hash(key, sizeof(question));
}

static gboolean is_same_question(gconstpointer a, gconstpointer b) {
  return memcmp(a, b, sizeof(question)) == 0;
}

GHashTable *pk_strips_new(void) {
  return g_hash_table_new(hash_question, is_same_question);
}

static void measure_tops(pk_arena *arena, pk_notes *notes) {
  pk_length *tops = PK_NEW_ARRAY(arena, pk_length, notes->count + 1);
  for (uint32_t i = 0; i < notes->count; i++) tops[i + 1] = tops[i] + notes->lines[i].extent;
  notes->tops = tops;
}

/* Lets `cut` make chunks in a column of `width`; the chunker is as before after it. */
static void cut_in(pk_chunker *chunker, pk_length width, const pk_unit_block *from, const pk_unit_block *end,
                   const pk_around *around) {
  pk_measure outer = chunker->measure;
  chunker->measure.column_width = chunker->measure.full_width = width;
  chunker->is_note = chunker->is_trial = true;
  for (const pk_unit_block *unit = from; unit < end; unit++) {
    if (!unit->note) continue;
    chunker->around = unit == from ? around : NULL;
    const pk_unit_block *above = unit > chunker->document->units ? unit - 1 : NULL;
    bool is_next = above && above->note == unit->note && above->role == unit->role && !unit->marker;
    pk_chunk_unit(chunker, unit, is_next);
  }
  chunker->around = NULL;
  chunker->is_note = chunker->is_trial = false;
  chunker->measure = outer;
}

/* All notes in columns of `width`. */
static const pk_notes *plain_strip(const pk_galley *galley, pk_length width) {
  const pk_notes *base = &galley->notes;
  if (fabs(base->width - width) < 0.01) return base;
  question asked;
  memset(&asked, 0, sizeof asked);
  asked.width = width;
  const pk_notes *known = g_hash_table_lookup(galley->strips, &asked);
  if (known) return known;
  pk_chunker *chunker = galley->chunker;
  const pk_document *document = chunker->document;
  pk_arena *arena = chunker->job->arena;
  pk_notes *fresh = pk_arena_dup(arena, base, sizeof *base);
  uint32_t *starts = PK_NEW_ARRAY(arena, uint32_t, base->note_count + 2);
  g_array_set_size(chunker->chunks, 0);
  int note = 0;
  for (size_t i = 0; i < document->unit_count; i++) {
    const pk_unit_block *unit = &document->units[i];
    if (!pk_notes_has(document, unit)) continue;
    for (; note < unit->note; note++) starts[note + 1] = chunker->chunks->len;
    cut_in(chunker, width, unit, unit + 1, NULL);
  }
  starts[base->note_count + 1] = chunker->chunks->len;
  fresh->width = width;
  fresh->count = chunker->chunks->len;
  fresh->lines = pk_arena_dup(arena, chunker->chunks->data, fresh->count * sizeof(pk_chunk));
  fresh->starts = starts;
  g_array_set_size(chunker->chunks, 0);
  measure_tops(arena, fresh);
  g_hash_table_insert(galley->strips, pk_arena_dup(arena, &asked, sizeof asked), fresh);
  return fresh;
}

/* The note that line `line` is of. */
static uint32_t note_of(const pk_notes *notes, uint32_t line) {
  uint32_t note = 1;
  while (note < notes->note_count && notes->starts[note + 1] <= line) note++;
  return note;
}

/* The shape of a unit of which `set` lines are set in the widths of `begun`. */
static const pk_around *shape_after(pk_arena *arena, const pk_notes *begun, const pk_unit_block *unit, uint32_t set,
                                    pk_length width) {
  pk_around *around = PK_NEW(arena, pk_around);
  around->bands[around->count++] = (pk_around_band){0, set, 0, begun->width - width};
  const pk_around *older = begun->around_unit == unit ? begun->around : NULL;
  for (size_t i = 0; older && i < older->count && around->count < PK_AROUND_MAX; i++) {
    pk_around_band band = older->bands[i];
    band.to = MIN(band.to, set);
    if (band.from < band.to) around->bands[around->count++] = band;
  }
  return around;
}

/* Appends what is left of note `note` from line `line` of `begun` on, its unit from the beginning. */
static void cut_rest(const pk_galley *galley, const pk_notes *begun, uint32_t line, pk_length width, pk_notes *fresh) {
  pk_chunker *chunker = galley->chunker;
  const pk_document *document = chunker->document;
  const pk_unit_block *unit = begun->lines[line].unit, *end = unit + 1;
  uint32_t first = line;
  while (first > 0 && begun->lines[first - 1].unit == unit) first--;
  while (end < document->units + document->unit_count && end->note == unit->note) end++;
  const pk_around *around = line > first ? shape_after(chunker->job->arena, begun, unit, line - first, width) : NULL;
  g_array_set_size(chunker->chunks, first);
  cut_in(chunker, width, unit, unit + 1, around);
  /* All that was left went into the lines before: they stay as they were. */
  if (chunker->chunks->len <= line) {
    g_array_set_size(chunker->chunks, first);
    for (uint32_t i = first; i < begun->count && begun->lines[i].unit == unit; i++)
      g_array_append_val(chunker->chunks, begun->lines[i]);
    around = NULL;
  }
  fresh->around = around;
  fresh->around_unit = unit;
  cut_in(chunker, width, unit + 1, end, NULL);
}

const pk_notes *pk_notes_reset(const pk_galley *galley, const pk_notes *begun, uint32_t line, pk_length width) {
  if (!begun->count || begun->width <= 0 || fabs(begun->width - width) < 0.01) return begun;
  const pk_notes *plain = plain_strip(galley, width);
  if (line == 0) return plain;
  question asked;
  memset(&asked, 0, sizeof asked);
  asked.begun = begun;
  asked.line = line;
  asked.width = width;
  const pk_notes *known = g_hash_table_lookup(galley->strips, &asked);
  if (known) return known;
  GArray *chunks = galley->chunker->chunks;
  pk_arena *arena = galley->chunker->job->arena;
  pk_notes *fresh = pk_arena_dup(arena, begun, sizeof *begun);
  g_array_set_size(chunks, 0);
  g_array_append_vals(chunks, begun->lines, line);
  uint32_t note = line < begun->count ? note_of(begun, line) : begun->note_count + 1;
  if (note <= begun->note_count && begun->starts[note] < line) cut_rest(galley, begun, line, width, fresh), note++;
  uint32_t *starts = pk_arena_dup(arena, begun->starts, (begun->note_count + 2) * sizeof *starts);
  uint32_t from = plain->starts[MIN(note, plain->note_count + 1)], at = chunks->len;
  g_array_append_vals(chunks, plain->lines + from, plain->count - from);
  for (uint32_t n = note; n <= begun->note_count + 1; n++) starts[n] = at + plain->starts[n] - from;
  fresh->width = width;
  fresh->count = chunks->len;
  fresh->lines = pk_arena_dup(arena, chunks->data, fresh->count * sizeof(pk_chunk));
  fresh->starts = starts;
  g_array_set_size(chunks, 0);
  measure_tops(arena, fresh);
  g_hash_table_insert(galley->strips, pk_arena_dup(arena, &asked, sizeof asked), fresh);
  return fresh;
}

void pk_notes_move(const pk_galley *galley, pk_spot *spot, pk_length width) {
  const pk_notes *begun = pk_spot_strip(galley, spot);
  const pk_notes *fresh = pk_notes_reset(galley, begun, spot->notes, width);
  if (fresh == begun) return;
  uint32_t note = 0;
  while (note < begun->note_count && pk_notes_until(begun, note) < spot->due) note++;
  spot->strip = fresh;
  spot->due = MAX(note ? pk_notes_until(fresh, note) : 0, spot->notes);
}
