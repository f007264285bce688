/* Pages: the best way to set the whole document.
 *
 * Dynamic programming page by page: for each page the cheapest ways to begin it
 * are known, of which the best few for different places in the text are kept;
 * each is followed in all manners that band.c finds. The work is thus linear in
 * the length of the document. Costs are those of cost.c.
 *
 * Always holds: what stays in its order is seated in order; nothing is seated
 * below the frame. */
#include "page/band.h"

#include <string.h>

enum {
  WAYS_KEPT = 10,    /* at the head of a page */
  SAME_PAGE_MAX = 64 /* steps on one page from one way */
};

static void open_page(pk_flow *flow, uint32_t number) {
  const pk_document *document = flow->galley->chunker->document;
  pk_length leading = flow->galley->chunker->measure.leading;
  flow->frame = pk_frame_of_page(document, number);
  pk_frame next = pk_frame_of_page(document, number + 1);
  flow->begins_spread = number == 0 || number % 2 == 1 || !document->layout->facing;
  flow->rows = pk_frame_most_rows(&flow->frame, leading);
  flow->next_rows = pk_frame_most_rows(&next, leading);
  flow->ends_spread = !document->layout->facing || number % 2 == 0; /* left pages have odd numbers here */
}

static int compare_ways(const void *a, const void *b) {
  const pk_way *x = a, *y = b;
  if (x->cost != y->cost) return x->cost < y->cost ? -1 : 1;
  return (x->spot.item < y->spot.item) - (x->spot.item > y->spot.item);
}

/* The best of the ways to begin a page, one for each spot. */
static void keep_best(GArray *ways) {
  if (ways->len < 2) return;
  pk_way *all = (pk_way *)(void *)ways->data;
  qsort(all, ways->len, sizeof *all, compare_ways);
  guint kept = 0;
  for (guint i = 0; i < ways->len && kept < WAYS_KEPT; i++) {
    bool is_known = false;
    for (guint k = 0; k < kept && !is_known; k++) is_known = pk_spot_is_same(&all[k].spot, &all[i].spot);
    if (!is_known) all[kept++] = all[i];
  }
  g_array_set_size(ways, kept);
}

/* Follows all ways of one page to its end. */
static void run_page(pk_flow *flow, const GArray *ways) {
  pk_act page = {.kind = PK_ACT_CHARGE};
  pk_charge(&page.charges, PK_COST_PAGE, 1);
  double least = G_MAXDOUBLE;
  for (guint i = 0; i < ways->len; i++) least = MIN(least, g_array_index(ways, pk_way, i).cost);
  for (guint i = 0; i < ways->len && !flow->has_failed; i++) {
    pk_way way = g_array_index(ways, pk_way, i);
    way.bottom = flow->rows;
    flow->is_hopeful = way.cost <= least + PK_LOOSE_HOPELESS;
    if (flow->begins_spread) way.in_sight = way.spot.item;
    pk_way_act(flow, &way, &page);
    g_array_set_size(flow->same, 0);
    g_array_append_val(flow->same, way);
    for (guint s = 0; s < flow->same->len && s < SAME_PAGE_MAX && !flow->has_failed; s++) {
      pk_way step = g_array_index(flow->same, pk_way, s);
      pk_band_step(flow, &step);
    }
  }
}

/* Takes the finished ways out of flow->next; the best of them stays in `best`. */
static void take_done(GArray *ways, pk_way *best) {
  for (guint i = ways->len; i-- > 0;) {
    const pk_way *way = &g_array_index(ways, pk_way, i);
    if (!way->is_done) continue;
    if (!best->is_done || way->cost < best->cost) *best = *way;
    g_array_remove_index_fast(ways, i);
  }
}

static pk_status raise_too_many(pk_flow *flow, const pk_way *way) {
  const pk_galley *galley = flow->galley;
  uint32_t item = MIN(way->spot.item, galley->count - 1);
  pk_diag_add(galley->chunker->job->diag, PK_CODE_TOO_MANY_PAGES, galley->items[item].unit->source,
              "the document has more than %d pages", PK_PAGE_MAX);
  return PK_FAILED;
}

/* The cheapest way through the whole galley. */
static pk_status find_best(pk_flow *flow, pk_way *best) {
  pk_status status = PK_OK;
  GArray *ways = g_array_new(FALSE, FALSE, sizeof(pk_way));
  pk_way start = {.last = -1};
  g_array_append_val(ways, start);
  for (uint32_t page = 0; ways->len && status == PK_OK; page++) {
    if (page >= PK_PAGE_MAX) {
      status = raise_too_many(flow, &g_array_index(ways, pk_way, 0));
      break;
    }
    open_page(flow, page);
    g_array_set_size(flow->next, 0);
    run_page(flow, ways);
    if (flow->has_failed) status = PK_FAILED;
    take_done(flow->next, best);
    keep_best(flow->next);
    /* What is dearer already than a finished way cannot become cheaper. */
    while (best->is_done && flow->next->len &&
           g_array_index(flow->next, pk_way, flow->next->len - 1).cost >= best->cost)
      g_array_set_size(flow->next, flow->next->len - 1);
    for (guint i = 0; i < flow->next->len; i++) pk_acts_hold(&g_array_index(flow->next, pk_way, i));
    pk_acts_hold(best);
    pk_acts_sweep(flow);
    GArray *swapped = ways;
    ways = flow->next;
    flow->next = swapped;
  }
  g_array_unref(ways);
  return status;
}

pk_status pk_flow_build(const pk_galley *galley, GArray *seats, GArray *charges) {
  pk_arena *scratch = galley->chunker->job->worker->scratch;
  pk_arena_mark mark = pk_arena_mark_now(scratch);
  pk_flow flow = {.galley = galley,
                  .arena = scratch,
                  .same = g_array_new(FALSE, FALSE, sizeof(pk_way)),
                  .next = g_array_new(FALSE, FALSE, sizeof(pk_way)),
                  .walks = pk_column_walks_new(scratch),
                  .fresh = g_ptr_array_new()};
  pk_way best = {0};
  pk_status status = find_best(&flow, &best);
  if (status == PK_OK) {
    pk_seat_all(&flow, &best, seats, charges);
    status = pk_overflow_check(galley, seats, charges->len);
  }
  g_ptr_array_unref(flow.fresh);
  g_array_unref(flow.same);
  g_array_unref(flow.next);
  pk_arena_reset(scratch, mark);
  return status;
}
