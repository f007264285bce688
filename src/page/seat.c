/* The best way -> seats: each chunk to its place on its page. */
#include "page/flow.h"

typedef struct {
  const pk_flow *flow;
  uint32_t page;
  pk_frame frame;
  GArray *seats, *charges;
} seating;

static void seat_chunk(seating *seater, const pk_chunk *chunk, pk_length x, int row) {
  pk_seat seat = {.chunk = chunk, .page = seater->page, .x = seater->frame.rect.x + x};
  seat.y = seater->frame.rect.y + row * seater->flow->galley->chunker->measure.leading;
  g_array_append_val(seater->seats, seat);
}

static pk_length column_x(const seating *seater, int column) {
  return column < 0 ? 0 : column * (seater->frame.column_width + seater->frame.gutter);
}

static void seat_item(seating *seater, const pk_act *act) {
  const pk_setting *setting = seater->flow->galley->items[act->item].setting;
  int row = act->row;
  for (uint32_t i = 0; i < setting->count; i++) {
    seat_chunk(seater, &setting->chunks[i], column_x(seater, act->column), row);
    row += setting->chunks[i].rows;
  }
}

/* The item `number` where it stands between the lines of a column, among the
 * acts that lead to that column; NULL: elsewhere. */
static const pk_act *find_here(const pk_act *column, uint32_t number) {
  for (const pk_act *act = column->before; act && act->kind == PK_ACT_ITEM; act = act->before)
    if (act->item == number && act->column == column->column && act->stop == PK_STOP_HERE) return act;
  return NULL;
}

/* Seats what stands at the head or the foot of a column, first come first. */
static void seat_stops(seating *seater, const pk_act *column, const pk_act *act, pk_stop stop) {
  if (!act || act->kind != PK_ACT_ITEM || act->column != column->column) return;
  seat_stops(seater, column, act->before, stop);
  if (act->stop == stop) seat_item(seater, act);
}

/* A table's heading rows stand again above the rest of it. */
static int seat_heads(seating *seater, const pk_setting *setting, uint32_t chunk, pk_length x, int row) {
  uint32_t heads = 0;
  while (heads < setting->count && setting->chunks[heads].is_head) heads++;
  if (chunk <= heads) return row;
  for (uint32_t i = 0; i < heads; i++) {
    seat_chunk(seater, &setting->chunks[i], x, row);
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
  seat_stops(seater, act, act->before, PK_STOP_HEAD);
  for (pk_spot spot = act->from;
       spot.item < act->to.item || (spot.item == act->to.item && spot.chunk < act->to.chunk);) {
    const pk_item *item = &galley->items[spot.item];
    if (pk_stand_moves(item->stand)) {
      const pk_act *here = find_here(act, spot.item);
      if (here) {
        seat_item(seater, here);
        row = here->row + here->rows;
        last = here->item;
      }
      spot.item++;
      continue;
    }
    const pk_setting *setting = spot.setting ? spot.setting : item->setting;
    row += pk_column_gap(galley, last, spot.item, spot.chunk);
    if (!has_text && spot.chunk) row = seat_heads(seater, setting, spot.chunk, x, row);
    seat_chunk(seater, &setting->chunks[spot.chunk], x, row);
    row += setting->chunks[spot.chunk].rows;
    last = spot.item;
    has_text = true;
    spot.setting = setting;
    if (++spot.chunk == setting->count) spot = (pk_spot){.item = spot.item + 1};
  }
  seat_stops(seater, act, act->before, PK_STOP_FOOT);
}

static void begin_page(seating *seater, uint32_t number) {
  seater->page = number;
  seater->frame = pk_frame_of_page(seater->flow->galley->chunker->document, number);
  pk_charges none = {0};
  g_array_append_val(seater->charges, none);
}

static void seat_act(seating *seater, const pk_act *act) {
  pk_charges_add(&g_array_index(seater->charges, pk_charges, seater->page), &act->charges);
  switch (act->kind) {
  case PK_ACT_COLUMN: seat_column(seater, act); break;
  case PK_ACT_ITEM:
    if (act->column < 0) seat_item(seater, act); /* the others come with their column */
    break;
  case PK_ACT_CHARGE: break;
  case PK_ACT_PAGE: begin_page(seater, seater->page + 1); break;
  }
}

void pk_seat_all(const pk_flow *flow, const pk_way *way, GArray *seats, GArray *charges) {
  g_autoptr(GPtrArray) acts = g_ptr_array_new();
  for (const pk_act *act = way->acts; act; act = act->before) g_ptr_array_add(acts, (gpointer)act);
  seating seater = {.flow = flow, .seats = seats, .charges = charges};
  begin_page(&seater, 0);
  for (guint i = acts->len; i-- > 0;) seat_act(&seater, g_ptr_array_index(acts, i));
}
