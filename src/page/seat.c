/* The best way -> seats: each chunk to its place on its page. */
#include "page/flow.h"

typedef struct {
  const pk_flow *flow;
  uint32_t page;
  pk_frame frame;
  GArray *seats, *charges;
  const pk_setting **settings;   /* of each item: the last that was chosen; NULL: plain */
  const pk_notes *strip;         /* the notes as they are set in the end */
  GArray *notes[PK_COLUMNS_MAX]; /* uint32_t: its lines at the foot of each column */
  GArray *stood;                 /* pk_stood: of the column at hand */
  int below;                     /* rows at the foot of the page that lie across all columns */
  int column_row, end;           /* its top in the frame; the row below what stands in it, from there */
  const pk_item *above;          /* what stands lowest in it; or NULL */
} seating;

static void seat_chunk(seating *seater, const pk_chunk *chunk, int column, pk_length x, int row) {
  pk_seat seat = {.chunk = chunk, .page = seater->page, .column = column, .x = seater->frame.rect.x + x};
  pk_length top = column < 0 ? seater->frame.rect.y : seater->frame.slots[column].y;
  seat.y = top + row * seater->flow->galley->chunker->measure.leading;
  g_array_append_val(seater->seats, seat);
}

static pk_length column_x(const seating *seater, int column) {
  return column < 0 ? 0 : seater->frame.slots[column].x - seater->frame.rect.x;
}

/* Where an item stands across: an inset at its side of the column. */
static pk_length item_x(const seating *seater, const pk_act *act) {
  const pk_item *item = &seater->flow->galley->items[act->item];
  const pk_frame *frame = &seater->frame;
  if (act->stop == PK_STOP_BETWEEN) return frame->column_width + frame->gutter / 2 - item->width / 2;
  if (act->stop == PK_STOP_MARGIN) return frame->margin_x - frame->rect.x;
  pk_length x = column_x(seater, act->column);
  if (act->stop == PK_STOP_INSET && item->style->side != PK_SIDE_LEFT)
    x += frame->slots[act->column].width - item->width;
  return x;
}

static bool is_back_matter(const pk_item *item) {
  return item->unit->role >= PK_ROLE_END_MARK;
}

/* What is seated next stands in row `row` of the frame, in the column at hand. */
static void note_stood(seating *seater, int row, int64_t number) {
  const pk_item *item = &seater->flow->galley->items[number];
  pk_stood stood = {.seat = seater->seats->len, .row = row - seater->column_row, .is_piece = pk_item_is_piece(item)};
  if (seater->above && pk_item_may_part(seater->above, item)) stood.gap = stood.row - seater->end;
  stood.ends_text = seater->above && !is_back_matter(seater->above) && is_back_matter(item);
  g_array_append_val(seater->stood, stood);
  seater->above = item;
}

static void seat_item(seating *seater, const pk_act *act) {
  const pk_setting *setting = act->setting ? act->setting : seater->flow->galley->items[act->item].setting;
  pk_length x = item_x(seater, act);
  if (act->stop == PK_STOP_HEAD || act->stop == PK_STOP_HERE) {
    note_stood(seater, act->row, act->item);
    seater->end = act->row + act->rows - seater->column_row;
  }
  int row = act->row;
  if (act->stop == PK_STOP_PAGE) {
    pk_rect margins = pk_frame_margins(seater->flow->galley->chunker->document, seater->page);
    pk_seat seat = {.chunk = setting->chunks, .page = seater->page, .column = -1, .x = margins.x, .is_page = true};
    g_array_append_val(seater->seats, seat);
    return;
  }
  for (uint32_t i = 0; i < setting->count; i++) {
    seat_chunk(seater, &setting->chunks[i], act->column, x, row);
    row += setting->chunks[i].rows;
  }
}

/* Whether an act that leads to a column may still be of that column. */
static bool is_of_column(const pk_act *act) {
  return act && (act->kind == PK_ACT_ITEM || act->kind == PK_ACT_CHARGE || act->kind == PK_ACT_SET);
}

/* What stands between the lines of a column below row `row` of the frame, where item
 * `last` ends, among the acts that lead to that column; NULL: the text goes on. What was
 * mentioned in a column before is found by its row alone. */
static const pk_act *find_here(const pk_galley *galley, const pk_act *column, int64_t last, int row) {
  for (const pk_act *act = column->before; is_of_column(act); act = act->before) {
    if (act->kind != PK_ACT_ITEM || act->column != column->column || act->stop != PK_STOP_HERE) continue;
    if (act->row == row + pk_column_gap(galley, last, (uint32_t)act->item, 0)) return act;
  }
  return NULL;
}

/* Seats what stands at the head or the foot of a column, first come first. */
static void seat_stops(seating *seater, const pk_act *column, const pk_act *act, pk_stop stop) {
  if (!is_of_column(act)) return;
  seat_stops(seater, column, act->before, stop);
  if (act->kind != PK_ACT_ITEM || act->column != column->column || act->stop != stop) return;
  pk_act seated = *act;
  if (stop == PK_STOP_FOOT) seated.row -= column->lift;
  seat_item(seater, &seated);
}

/* The uppermost item at the foot of a column, or NULL. */
static const pk_act *first_at_foot(const pk_act *column) {
  const pk_act *first = NULL;
  for (const pk_act *act = column->before; is_of_column(act); act = act->before)
    if (act->kind == PK_ACT_ITEM && act->column == column->column && act->stop == PK_STOP_FOOT) first = act;
  return first;
}

/* A table's heading rows stand again above the rest of it. */
static int seat_heads(seating *seater, const pk_setting *setting, uint32_t chunk, int column, int row) {
  uint32_t heads = 0;
  while (heads < setting->count && setting->chunks[heads].is_head) heads++;
  if (chunk <= heads) return row;
  for (uint32_t i = 0; i < heads; i++) {
    seat_chunk(seater, &setting->chunks[i], column, column_x(seater, column), row);
    g_array_index(seater->seats, pk_seat, seater->seats->len - 1).is_repeated = true;
    row += setting->chunks[i].rows;
  }
  return row;
}

/* What is in its order in a column, as column.c has counted it. */
static void seat_column(seating *seater, const pk_act *act) {
  const pk_galley *galley = seater->flow->galley;
  pk_length x = column_x(seater, act->column);
  int row = act->row + act->rows;
  int64_t last = act->item;
  bool has_text = false;
  seater->column_row = act->row;
  seater->end = 0;
  seater->above = NULL;
  g_array_set_size(seater->stood, 0);
  seat_stops(seater, act, act->before, PK_STOP_HEAD);
  for (pk_spot spot = act->from;
       spot.item < act->to.item || (spot.item == act->to.item && spot.chunk < act->to.chunk);) {
    const pk_item *item = &galley->items[spot.item];
    const pk_act *here = spot.chunk ? NULL : find_here(galley, act, last, row);
    if (here) {
      seat_item(seater, here);
      row = here->row + here->rows;
      last = here->item;
      continue;
    }
    if (pk_stand_moves(item->stand)) {
      spot.item++;
      continue;
    }
    const pk_setting *setting = seater->settings[spot.item] ? seater->settings[spot.item] : item->setting;
    row += pk_column_gap(galley, last, spot.item, spot.chunk);
    if (!has_text || !spot.chunk) note_stood(seater, row, spot.item);
    if (!has_text && spot.chunk) row = seat_heads(seater, setting, spot.chunk, act->column, row);
    seat_chunk(seater, &setting->chunks[spot.chunk], act->column, x, row);
    row += setting->chunks[spot.chunk].rows;
    seater->end = row - seater->column_row;
    last = spot.item;
    has_text = true;
    if (++spot.chunk == setting->count) spot = pk_spot_at(&spot, spot.item + 1);
  }
  for (const pk_act *here; (here = find_here(galley, act, last, row)); row += here->rows, last = here->item) {
    row = here->row;
    seat_item(seater, here);
  }
  const pk_act *foot = first_at_foot(act);
  if (foot) note_stood(seater, foot->row - act->lift, foot->item); /* the space above it takes its part, and it stays */
  pk_justify(&galley->chunker->measure, seater->stood, act->fixed, act->added, seater->seats);
  seat_stops(seater, act, act->before, PK_STOP_INSET);
  seat_stops(seater, act, act->before, PK_STOP_MARGIN);
  seat_stops(seater, act, act->before, PK_STOP_FOOT);
  for (uint32_t line = act->from.notes; line < act->to.notes; line++)
    g_array_append_val(seater->notes[act->column], line);
}

/* ---- notes ---------------------------------------------------------------- */

/* A chunk that is nothing but the rule above the notes of a column. */
static const pk_chunk *rule_chunk(const seating *seater, int column) {
  const pk_chunker *chunker = seater->flow->galley->chunker;
  const pk_rule *rule = &seater->flow->galley->notes.rule;
  pk_placed *placed = PK_NEW(chunker->job->arena, pk_placed);
  *placed =
      (pk_placed){.kind = PK_PLACED_RECT,
                  .rect = {{0, 0, seater->frame.slots[column].width * rule->length, rule->thickness}, rule->ink, 1}};
  pk_chunk *chunk = PK_NEW(chunker->job->arena, pk_chunk);
  *chunk = (pk_chunk){.placed = placed, .count = 1};
  return chunk;
}

/* The notes of one column: their last line on the last baseline of the grid, or above what lies across its foot. */
static void seat_notes(seating *seater, int column) {
  GArray *lines = seater->notes[column];
  if (!lines->len) return;
  const pk_notes *notes = seater->strip;
  pk_length height = 0;
  for (guint i = 0; i < lines->len; i++) height += notes->lines[g_array_index(lines, uint32_t, i)].extent;
  pk_seat seat = {.page = seater->page, .x = seater->frame.rect.x + column_x(seater, column)};
  seat.y = seater->frame.slots[column].y + seater->frame.slots[column].height - notes->tail - height;
  seat.y -= seater->below * seater->flow->galley->chunker->measure.leading;
  if (notes->rule.thickness > 0) {
    pk_seat rule = seat;
    rule.chunk = rule_chunk(seater, column);
    rule.y -= notes->rule.gap + notes->rule.thickness;
    g_array_append_val(seater->seats, rule);
  }
  for (guint i = 0; i < lines->len; i++) {
    seat.chunk = &notes->lines[g_array_index(lines, uint32_t, i)];
    g_array_append_val(seater->seats, seat);
    seat.y += seat.chunk->extent;
  }
  g_array_set_size(lines, 0);
}

static void end_page(seating *seater) {
  for (int c = 0; c < PK_COLUMNS_MAX; c++) seat_notes(seater, c);
}

static void begin_page(seating *seater, uint32_t number) {
  seater->page = number;
  seater->below = 0;
  seater->frame = pk_frame_of_page(seater->flow->galley->chunker->document, number);
  pk_charges none = {0};
  g_array_append_val(seater->charges, none);
}

static void seat_act(seating *seater, const pk_act *act) {
  pk_charges_add(&g_array_index(seater->charges, pk_charges, seater->page), &act->charges);
  switch (act->kind) {
  case PK_ACT_COLUMN: seat_column(seater, act); break;
  case PK_ACT_ITEM:
    if (act->column >= 0) break; /* it comes with its column */
    seat_item(seater, act);
    if (act->stop == PK_STOP_FOOT)
      seater->below = act->rows + MAX(seater->flow->galley->items[act->item].own_before, 1);
    break;
  case PK_ACT_CHARGE:
  case PK_ACT_SET: break;
  case PK_ACT_PAGE:
    end_page(seater);
    begin_page(seater, seater->page + 1);
    break;
  }
}

void pk_seat_all(const pk_flow *flow, const pk_way *way, GArray *seats, GArray *charges) {
  g_autoptr(GPtrArray) acts = g_ptr_array_new();
  for (const pk_act *act = way->acts; act; act = act->before) g_ptr_array_add(acts, (gpointer)act);
  seating seater = {.flow = flow, .seats = seats, .charges = charges};
  seater.strip = pk_spot_strip(flow->galley, &way->spot);
  for (int c = 0; c < PK_COLUMNS_MAX; c++) seater.notes[c] = g_array_new(FALSE, FALSE, sizeof(uint32_t));
  seater.stood = g_array_new(FALSE, FALSE, sizeof(pk_stood));
  seater.settings = PK_NEW_ARRAY(flow->arena, const pk_setting *, flow->galley->count + 1);
  for (guint i = acts->len; i-- > 0;) {
    const pk_act *act = g_ptr_array_index(acts, i);
    if (act->kind == PK_ACT_SET) seater.settings[act->item] = act->setting;
  }
  begin_page(&seater, 0);
  for (guint i = acts->len; i-- > 0;) seat_act(&seater, g_ptr_array_index(acts, i));
  end_page(&seater);
  for (int c = 0; c < PK_COLUMNS_MAX; c++) g_array_unref(seater.notes[c]);
  g_array_unref(seater.stood);
}
