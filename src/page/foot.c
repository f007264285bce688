/* Notes at the foot of a column.
 *
 * A line that refers to a note is taken only where the note can begin below it;
 * what of the note does not fit goes on in the next column, and is charged. */
#include "page/walk.h"

/* At least so many lines of a note stand where it begins; more are charged alike. */
enum {
  LEAST_NOTE_LINES = 2,
  NOTE_LINES_CHARGED = 6 /* a note longer than a page goes on as it must */
};

/* Rows that lines [start of the column, to) of the notes take at its foot. */
static int note_rows(const pk_filler *fill, uint32_t to) {
  const pk_galley *galley = fill->flow->galley;
  const pk_measure *measure = &galley->chunker->measure;
  const pk_notes *notes = pk_spot_strip(galley, &fill->start);
  uint32_t from = fill->start.notes - (uint32_t)fill->column->feet;
  return pk_notes_rows(notes, measure, from, to) - pk_notes_rows(notes, measure, from, fill->start.notes);
}

static void charge_notes(const pk_filler *fill, pk_walk *walk, uint32_t lines) {
  if (!lines) return;
  const pk_act charge = {.before = walk->now.acts, .kind = PK_ACT_CHARGE};
  pk_act *act = pk_act_new(fill->flow, &charge);
  pk_charge(&act->charges, PK_COST_NOTE, MIN(lines, NOTE_LINES_CHARGED));
  walk->now.acts = act;
  walk->now.cost += pk_charges_sum(&act->charges);
}

/* Sets as many lines of the notes that are due as go into `rows`. */
static void set_notes(pk_filler *fill, pk_walk *walk, int rows) {
  pk_spot *spot = &walk->now.spot;
  uint32_t to = spot->due;
  while (to > spot->notes && note_rows(fill, to) > rows) to--;
  spot->notes = to;
  walk->now.notes = note_rows(fill, to);
  walk->is_full = to < spot->due;
  charge_notes(fill, walk, spot->due - to);
}

/* What the column before has left over; text goes on above it, if there is any. */
void pk_walk_carry_notes(pk_filler *fill, pk_walk *walk) {
  if (walk->now.spot.notes == walk->now.spot.due) return;
  bool has_text = fill->start.item < fill->column->limit;
  set_notes(fill, walk, has_text ? fill->column->room * 3 / 4 : fill->column->room);
}

/* Sets the notes that `chunk` refers to, which takes `rows` itself. False if
 * there is no room to begin them. */
bool pk_walk_take_notes(pk_filler *fill, pk_walk *walk, const pk_chunk *chunk, int rows) {
  pk_spot *spot = &walk->now.spot;
  uint32_t until = chunk->note ? pk_notes_until(pk_spot_strip(fill->flow->galley, spot), chunk->note) : 0;
  if (until <= spot->due) return true;
  uint32_t fresh = until - spot->due;
  if (walk->is_full) { /* an earlier note goes on in the next column, and these with it */
    spot->due = until;
    charge_notes(fill, walk, fresh);
    return true;
  }
  int room = fill->column->room - walk->now.used - walk->now.foot - rows;
  if (note_rows(fill, spot->due + MIN(fresh, LEAST_NOTE_LINES)) > room) return false;
  spot->due = until;
  set_notes(fill, walk, room);
  return true;
}
