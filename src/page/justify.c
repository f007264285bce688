/* Columns of a page end on one line: rows added to the spaces in a column.
 *
 * In:  what stands in a column, the rows that it is to become taller by.
 * Out: its seats moved down.
 *
 * Only spaces that are there grow, never the leading. Text moves by whole rows
 * and so returns to the grid; what is no text, with a space above and one below
 * it, shares a row between the two by the parts that the layout allows.
 *
 * Always holds: pk_give_add() has counted no more rows than pk_justify() can
 * find a place for, since both go through the spaces in the same way. */
#include "page/flow.h"

/* Whole rows that one space may take; two spaces with a piece between them. */
static int rows_of_one(const pk_measure *measure) {
  return measure->most_parts / MAX(measure->parts, 1);
}

static int rows_of_two(const pk_measure *measure) {
  return 2 * measure->most_parts / MAX(measure->parts, 1);
}

void pk_give_add(pk_give *give, const pk_measure *measure, int row, int gap, bool is_piece) {
  bool is_space = gap > 0 && row >= give->fixed, is_partner = is_space && give->is_above;
  if (is_partner)
    give->rows += rows_of_two(measure) - rows_of_one(measure);
  else if (is_space)
    give->rows += rows_of_one(measure);
  give->is_above = is_space && !is_partner && is_piece;
}

/* One space, or the two above and below a piece. */
typedef struct {
  guint above, below; /* number of what stands below each; the same: one space */
  int rows, most;     /* rows that it has taken, that it may take */
  bool ends_text;     /* the article ends above it */
  int gap;            /* rows that it has by itself */
} slot;

static GArray *find_slots(const pk_measure *measure, const GArray *stood, int fixed) {
  GArray *slots = g_array_new(FALSE, FALSE, sizeof(slot));
  pk_give give = {.fixed = fixed};
  for (guint i = 1; i < stood->len; i++) {
    const pk_stood *next = &g_array_index(stood, pk_stood, i);
    bool was_above = give.is_above;
    int before = give.rows, top = next->row - next->gap;
    pk_give_add(&give, measure, top, next->gap, next->is_piece);
    bool is_space = next->gap > 0 && top >= fixed;
    if (is_space && was_above) {
      slot *pair = &g_array_index(slots, slot, slots->len - 1);
      pair->below = i;
      pair->most += give.rows - before;
      pair->gap += next->gap;
    } else if (is_space) {
      slot fresh = {.above = i, .below = i, .most = give.rows - before, .gap = next->gap, .ends_text = next->ends_text};
      g_array_append_val(slots, fresh);
    }
  }
  return slots;
}

/* Which slot takes a row first: what has taken fewest; where the article ends, so that
 * what comes after it keeps its own spaces alike; round a piece, where half
 * a row each is seen least; the larger space; the lower one. */
static bool is_before(const slot *a, const slot *b) {
  if (a->rows != b->rows) return a->rows < b->rows;
  if (a->ends_text != b->ends_text) return a->ends_text;
  bool is_pair = a->above != a->below, is_other_pair = b->above != b->below;
  if (is_pair != is_other_pair) return is_pair;
  return a->gap >= b->gap;
}

static void spread_rows(GArray *slots, int rows) {
  for (; rows > 0; rows--) {
    slot *best = NULL;
    for (guint i = 0; i < slots->len; i++) {
      slot *each = &g_array_index(slots, slot, i);
      if (each->rows < each->most && (!best || is_before(each, best))) best = each;
    }
    if (!best) return;
    best->rows++;
  }
}

void pk_justify(const pk_measure *measure, const GArray *stood, int fixed, int rows, GArray *seats) {
  if (rows <= 0 || !stood->len) return;
  g_autoptr(GArray) slots = find_slots(measure, stood, fixed);
  spread_rows(slots, rows);
  g_autofree int *parts = g_new0(int, stood->len + 1);
  for (guint i = 0; i < slots->len; i++) {
    const slot *each = &g_array_index(slots, slot, i);
    int all = each->rows * measure->parts, above = each->above == each->below ? all : (all + 1) / 2;
    parts[each->above] += above;
    parts[each->below] += all - above;
  }
  int sum = 0;
  for (guint i = 0; i < stood->len; i++) {
    sum += parts[i];
    guint end = i + 1 < stood->len ? g_array_index(stood, pk_stood, i + 1).seat : seats->len;
    for (guint s = g_array_index(stood, pk_stood, i).seat; s < end; s++)
      g_array_index(seats, pk_seat, s).y += sum * measure->leading / measure->parts;
  }
}
