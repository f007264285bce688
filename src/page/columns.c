/* A band of columns.
 *
 * In:  a way, the item that ends the band.
 * Out: the ways to fill the columns down to the foot of the page; the best ways
 *      to balance them above what lies across the page, or at the end.
 *
 * Balanced columns are about as low as they can be while everything fits. */
#include "page/band.h"

enum {
  PARTIALS_MAX = 8, /* ways through the columns of a band that are followed */
};

/* A band that is taller than another is followed too, unless it costs more by
 * this: what stands below it may end a page better a row lower. */
static const double HEIGHT_WORTH = 100;

/* Rows that so many lines of notes, the last that are set, have taken. */
static int foot_rows(const pk_flow *flow, const pk_spot *spot, int lines) {
  return pk_notes_rows(pk_spot_strip(flow->galley, spot), &flow->galley->chunker->measure,
                       spot->notes - (uint32_t)lines, spot->notes);
}

int pk_band_feet(const pk_flow *flow, const pk_way *way) {
  int most = 0;
  for (int c = 0; c < flow->frame.columns; c++)
    if (way->feet[c]) most = MAX(most, foot_rows(flow, &way->spot, way->feet[c]));
  return most;
}

/* The columns of a band, some of them set. */
typedef struct {
  pk_column_end end; /* of the last that is set */
  double cost;       /* of all of them */
  double least;      /* the same with what they are uneven by, which will be charged */
  int tallest;
  int shortest;             /* without the one in which everything ends */
  int feet[PK_COLUMNS_MAX]; /* lines of notes set in each */
} partial;

static int compare_partials(const void *a, const void *b) {
  double x = ((const partial *)a)->least, y = ((const partial *)b)->least;
  return (x > y) - (x < y);
}

/* Where everything is set, how even the columns are is charged later. */
static bool is_same_end(const partial *a, const partial *b) {
  if (!pk_spot_is_same(&a->end.act.to, &b->end.act.to)) return false;
  if (!a->end.is_end) return true;
  return a->tallest == b->tallest && a->end.used + a->end.give == b->end.used + b->end.give;
}

/* Keeps the cheapest, one for each end. */
static size_t keep_partials(const pk_flow *flow, partial *partials, size_t count) {
  for (size_t i = 0; i < count; i++) {
    double uneven = flow->frame.is_chain ? 0 : MAX(partials[i].tallest - partials[i].shortest, 0);
    partials[i].least = partials[i].cost + pk_page_terms[PK_COST_UNEVEN].weight * uneven * uneven;
  }
  qsort(partials, count, sizeof *partials, compare_partials);
  size_t kept = 0;
  for (size_t i = 0; i < count && kept < PARTIALS_MAX; i++) {
    bool is_known = false;
    for (size_t k = 0; k < kept && !is_known; k++) is_known = is_same_end(&partials[k], &partials[i]);
    if (!is_known) partials[kept++] = partials[i];
  }
  return kept;
}

typedef struct {
  const pk_way *way;
  int row, rows; /* where the band begins; how high it may be */
  int room;      /* down to the foot of the page */
  uint32_t limit;
  bool ends_page;
  const pk_loose *loose; /* a paragraph that is to be a line longer or shorter; or NULL */
} column_band;

/* Fills the columns of a band; the ways to do so, cheapest first. */
static size_t fill_band(pk_flow *flow, const column_band *band, partial out[PARTIALS_MAX]) {
  partial partials[PARTIALS_MAX * PK_COLUMN_ENDS_MAX];
  size_t count = 1;
  out[0] = (partial){.end = {.act = {.to = band->way->spot}}, .shortest = band->rows};
  for (int c = 0; c < flow->frame.columns; c++) {
    size_t fresh = 0;
    int feet = band->way->feet[c];
    int frame_rows = pk_frame_rows(&flow->frame, c, flow->galley->chunker->measure.leading);
    bool is_chain = flow->frame.is_chain;
    pk_column column = {.number = c,
                        .row = band->row,
                        .rows = is_chain ? frame_rows : band->rows,
                        .room = (is_chain ? frame_rows : band->room) - foot_rows(flow, &band->way->spot, feet),
                        .feet = feet,
                        .width = flow->frame.slots[c].width,
                        .between = pk_between_obstacle(flow, band->way, band->row, band->rows, c),
                        .limit = band->limit,
                        .in_sight = band->way->in_sight,
                        .loose = band->loose,
                        .may_loosen = band->ends_page && flow->is_hopeful,
                        .ends_page = band->ends_page && c + 1 == flow->frame.columns};
    for (size_t i = 0; i < count; i++) {
      const partial *from = &out[i];
      if (from->end.is_end) { /* this column stays empty */
        partials[fresh] = *from;
        partials[fresh++].shortest = 0;
        continue;
      }
      column.may_loosen = column.may_loosen && from->cost <= out[0].cost + PK_LOOSE_HOPELESS;
      const pk_act *acts = c ? pk_act_new(flow, &from->end.act) : band->way->acts;
      pk_column_end ends[PK_COLUMN_ENDS_MAX];
      size_t found = pk_column_fill(flow, &column, &from->end.act.to, acts, ends);
      for (size_t e = 0; e < found; e++) {
        partial *set = &partials[fresh++];
        *set = *from;
        set->end = ends[e];
        set->cost += ends[e].cost;
        set->tallest = MAX(from->tallest, ends[e].used);
        if (!ends[e].is_end) set->shortest = MIN(from->shortest, ends[e].used);
        set->feet[c] = (int)(ends[e].act.to.notes - ends[e].act.from.notes);
      }
    }
    count = keep_partials(flow, partials, fresh);
    for (size_t i = 0; i < count; i++) out[i] = partials[i];
  }
  return count;
}

/* The column in which the text ends is made as tall as the others where its
 * spaces give so much. Returns what it lacks. */
static int end_evenly(const pk_flow *flow, const partial *columns, pk_act *last) {
  if (flow->frame.is_chain) return 0;
  int shortest = columns->shortest;
  if (columns->end.is_end) {
    int lacks = columns->tallest - columns->end.used, added = MIN(lacks, columns->end.give);
    last->added += added;
    pk_charge(&last->charges, PK_COST_SPACE, added * added);
    shortest = MIN(shortest, columns->tallest - lacks + added);
  }
  return columns->tallest - shortest;
}

/* The figure of a column that was placed last; 0: none. It may be still to be mentioned. */
static uint32_t last_placed(const pk_flow *flow, const pk_spot *spot) {
  uint32_t count = spot->placed[PK_QUEUE_COLUMN];
  return count ? flow->galley->queues[PK_QUEUE_COLUMN][count - 1] : 0;
}

/* `way` with the columns of a band; `tallest` rows high. */
static pk_way add_columns(pk_flow *flow, const column_band *band, const partial *columns) {
  pk_way on = *band->way;
  pk_act *last = pk_act_new(flow, &columns->end.act);
  double before = pk_charges_sum(&last->charges);
  int uneven = end_evenly(flow, columns, last);
  on.acts = last;
  on.cost += columns->cost + pk_charges_sum(&last->charges) - before;
  on.spot = columns->end.act.to;
  on.row = band->row + columns->tallest;
  on.last = (int64_t)on.spot.item - 1;
  on.behind = MAX(on.behind, last_placed(flow, &on.spot));
  for (int c = 0; c < flow->frame.columns; c++) on.feet[c] += columns->feet[c];
  pk_way_charge(flow, &on, PK_COST_UNEVEN, (double)uneven * uneven);
  return on;
}

/* Rows of the text from `spot` to item `limit`: those that stay in their order. */
int64_t pk_band_rows(const pk_flow *flow, const pk_spot *spot, uint32_t limit) {
  const pk_galley *galley = flow->galley;
  int64_t rows = galley->rows[limit] - galley->rows[spot->item];
  if (limit > spot->item && !pk_stand_moves(pk_flow_item(flow, spot->item)->stand))
    rows -= pk_flow_item(flow, spot->item)->before;
  if (spot->chunk) rows -= spot->setting->rows * (int64_t)spot->chunk / spot->setting->count;
  return MAX(rows, 0);
}

/* Adds a way to balance a band: the cheapest for each height. */
static size_t keep_height(const pk_way *way, pk_way out[PK_HEIGHTS_MAX], size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (out[i].row != way->row) continue;
    if (way->cost < out[i].cost) out[i] = *way;
    return count;
  }
  if (count < PK_HEIGHTS_MAX) out[count++] = *way;
  return count;
}

static size_t drop_heights(pk_way out[PK_HEIGHTS_MAX], size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    bool is_useful = true;
    for (size_t k = 0; k < count && is_useful; k++) {
      bool is_lower = out[k].row < out[i].row;
      is_useful = !(is_lower && out[k].cost + HEIGHT_WORTH <= out[i].cost);
    }
    if (is_useful) out[kept++] = out[i];
  }
  return kept;
}

/* Tries a few heights, from the first that fits, for about `rows` of text. */
static size_t try_heights(pk_flow *flow, column_band *band, int64_t rows, int room, pk_way out[PK_HEIGHTS_MAX],
                          size_t kept) {
  int columns = flow->frame.columns, tried = 0;
  /* The space above what begins a column goes, so a row less a column may do. */
  int height = columns > 1 ? (int)CLAMP(rows / columns, 1, room) : room;
  for (; height <= room && tried < PK_HEIGHTS_MAX; height++) {
    partial found[PARTIALS_MAX];
    band->rows = height;
    size_t count = fill_band(flow, band, found);
    bool has_all = false;
    for (size_t i = 0; i < count; i++) {
      if (!found[i].end.is_end) continue;
      has_all = true;
      pk_way on = add_columns(flow, band, &found[i]);
      kept = keep_height(&on, out, kept);
    }
    tried += has_all;
  }
  return kept;
}

/* Whether columns that are not as good as they could be may be mended by a
 * paragraph a line longer or shorter. */
static bool is_troubled(const pk_flow *flow, const pk_way *before, const pk_way *ways, size_t count) {
  double least = G_MAXDOUBLE;
  for (size_t i = 0; i < count; i++) least = MIN(least, ways[i].cost);
  return count && flow->is_hopeful && flow->frame.columns > 1 && least >= before->cost + PK_LOOSE_WORTH;
}

size_t pk_band_balance(pk_flow *flow, const pk_way *way, uint32_t limit, int room, pk_way out[PK_HEIGHTS_MAX]) {
  int columns = flow->frame.columns;
  int gap = pk_column_gap(flow->galley, way->last, way->spot.item, way->spot.chunk);
  int64_t rows = pk_band_rows(flow, &way->spot, limit);
  room -= gap;
  if (room < 1 || flow->frame.is_chain || rows > (int64_t)room * columns) return 0;
  column_band band = {.way = way, .row = way->row + gap, .room = way->bottom - way->row - gap, .limit = limit};
  size_t kept = try_heights(flow, &band, rows, room, out, 0);
  pk_loose loose[PK_LOOSE_MAX];
  size_t count = 0;
  if (is_troubled(flow, way, out, kept))
    count = pk_loose_find(flow->galley, way->spot.item + (way->spot.chunk > 0), limit, flow->frame.column_width, loose);
  for (size_t i = 0; i < count; i++) {
    band.loose = &loose[i];
    kept = try_heights(flow, &band, rows, room, out, kept);
  }
  return drop_heights(out, kept);
}

/* Not even the next chunk goes into a column. */
static void raise_or_pass_on(pk_flow *flow, const pk_way *way) {
  const pk_spot *spot = &way->spot;
  if (spot->setting) {
    pk_way_put_off(flow, way, spot->item, spot->setting->chunks[spot->chunk].rows);
    return;
  }
  uint32_t item = spot->item;
  static const pk_queue queues[] = {PK_QUEUE_COLUMN, PK_QUEUE_INSET, PK_QUEUE_BETWEEN, PK_QUEUE_MARGIN};
  for (size_t i = 0; i < G_N_ELEMENTS(queues) && item >= flow->galley->count; i++)
    item = pk_spot_next(flow->galley, spot, queues[i]);
  if (item == PK_NO_ITEM)
    pk_way_end_page(flow, *way, 0); /* nothing but notes is left, and no line of them fits */
  else
    pk_way_put_off(flow, way, item, pk_flow_item(flow, item)->setting->chunks[0].rows);
}

/* Fills the columns down to the foot of the page. */
void pk_band_fill(pk_flow *flow, const pk_way *way, uint32_t limit) {
  int gap = pk_column_gap(flow->galley, way->last, way->spot.item, way->spot.chunk);
  int room = way->bottom - way->row - gap;
  column_band band = {.way = way, .row = way->row + gap, .rows = room, .room = room, .limit = limit, .ends_page = true};
  partial found[PARTIALS_MAX];
  size_t count = band.rows > 0 ? fill_band(flow, &band, found) : 0;
  for (size_t i = 0; i < count; i++) {
    pk_way on = add_columns(flow, &band, &found[i]);
    if (found[i].end.is_end) on.row = MAX(on.row, way->bottom); /* as if the page were full */
    if (found[i].end.is_end && on.spot.item >= flow->galley->count)
      pk_way_stay(flow, &on);
    else
      pk_way_end_page(flow, on, 0);
  }
  if (count) return;
  raise_or_pass_on(flow, way);
}
