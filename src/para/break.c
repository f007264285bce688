/* Breaks a paragraph into lines of least total cost.
 *
 * In:  points, a line shape. Out: the chain of lines.
 *
 * Knuth & Plass (1981). Open ends of lines stand in one list for each line
 * number, since rooms may differ from line to line; from where all rooms are
 * alike they share one list. In a list the ends are in the order of
 * the text, so that those which are still too near are never looked at: the work
 * is linear in the text.
 *
 * Where the first line may be set in several ways, its ends are those of all of them,
 * each with what it costs so set (pk_chain_first); the rest is searched as ever.
 *
 * A first pass looks only at lines up to a ratio, at last lines that are long
 * enough, at no third hyphen above two others (no fourth in a narrow column) and
 * at no tie broken; if it finds no way, a second one takes lines of any looseness,
 * and where even that fails the piece that fits nowhere is set too wide. */
#include "para/cost.h"

enum {
  NONE = -1,
  HYPHENS_ABOVE = 2,   /* as many may stand above each other */
  HYPHENS_NARROW = 3,  /* in a narrow column, where a third one saves a line with gaps */
  HYPHENS_COUNTED = 3, /* more make no difference */
};

static const double TOLERANCE = 2;           /* ratio of the first pass: spaces at most doubled */
static const double HOPELESS = 3e6;          /* dearer than the best by this: not followed */
static const double HOPELESS_BY_LINE = 5000; /* the same among ends of as many lines */
static const double ANY_RATIO = 1e12;        /* tolerance of the second pass */
static const double RAGGED_SHORTEST = 0.55;  /* of the room; first pass */
static const double NARROW_EM = 18;          /* about forty letters: a break every seventh word or so */

/* The end of a line that others may begin at. */
typedef struct {
  uint32_t point, line;   /* line: lines up to here */
  int32_t previous, next; /* the line before; in the list */
  double demerits;
  float look, drop; /* of the line that ends here: pk_before */
  uint8_t class, hyphens;
  bool is_over;
  uint8_t first; /* number of the setting of the first line, where there are several */
} node;

typedef struct {
  int32_t head, tail;
} node_list;

typedef struct {
  pk_setting setting;
  const pk_points *points;
  pk_line_shape shape;
  bool is_desperate;
  uint32_t alike; /* lines from this one on share a list */
  double *rooms;  /* of the lines up to it */
  double turn;    /* pk_para_turn() */
  int looseness;
  uint32_t first_end;   /* the point at which the first line must end; 0: any */
  pk_first_ends firsts; /* the ends of the first line; none: it is set as all others */
  size_t first_at;      /* those before it are taken */
  GArray *nodes;        /* of node */
  GArray *candidates;   /* of node: new ends at the point at hand */
  node_list *lists;     /* by line number, up to `alike` */
  uint32_t lowest, highest;
  int32_t rescue; /* the end from which the narrowest line too wide begins */
} breaker;

static node *node_at(const breaker *b, int32_t number) {
  return &g_array_index(b->nodes, node, number);
}

/* Of the line that begins where another ended. */
static double room_after(const breaker *b, const node *end) {
  double room = b->rooms[MIN(end->line, b->alike)];
  return b->turn > 0 ? room - pk_line_turn(&b->points->points[end->point], b->turn, room) : room;
}

static uint32_t list_of(const breaker *b, uint32_t line) {
  return MIN(line, b->alike);
}

static void append(breaker *b, node fresh) {
  uint32_t number = list_of(b, fresh.line);
  while (b->highest < number) b->lists[++b->highest] = (node_list){NONE, NONE};
  node_list *list = &b->lists[number];
  fresh.next = NONE;
  int32_t at = (int32_t)b->nodes->len;
  g_array_append_val(b->nodes, fresh);
  if (list->head == NONE)
    list->head = at;
  else
    node_at(b, list->tail)->next = at;
  list->tail = at;
}

static pk_before before_of(const node *end) {
  return (pk_before){.is_first = end->previous == NONE, .look = end->look, .drop = end->drop, .hyphens = end->hyphens};
}

static node make_node(const breaker *b, int32_t from, uint32_t to, const pk_fit *fit, double room) {
  const node *start = node_at(b, from);
  const pk_point *point = &b->points->points[to];
  pk_line_cost cost = pk_cost_of(&b->setting, &b->points->points[start->point], point, fit, room, before_of(start));
  node end = {.point = to, .line = start->line + 1, .previous = from, .is_over = fit->is_over};
  end.demerits = start->demerits + pk_cost_sum(&cost);
  end.class = pk_fit_class(&b->setting, fit);
  end.look = (float)pk_fit_look(&b->setting, fit);
  end.drop = start->previous == NONE ? 0 : MAX(end.look - start->look, 0);
  end.hyphens = pk_point_has_hyphen(point) ? (uint8_t)MIN(start->hyphens + 1, HYPHENS_COUNTED) : 0;
  return end;
}

/* ---- one point ----------------------------------------------------------- */

/* Too wide whatever comes, even without the hyphen at `to`. */
static bool is_passed(const breaker *b, const pk_point *from, const pk_point *to, double room) {
  double least = pk_fit_natural(from, to) - (to->add > 0 ? to->add : 0);
  if (!b->setting.is_ragged) least -= pk_fit_shrink(from, to);
  return least > room + 1e-6;
}

/* Too loose to be looked at, and so is every line that begins later. */
static bool is_ahead(const breaker *b, const pk_point *from, const pk_point *to, double room) {
  if (b->is_desperate || pk_point_is_forced(to)) return false;
  double slack = room - pk_fit_natural(from, to) - b->setting.em;
  if (b->setting.is_ragged) return !b->setting.is_balanced && slack > room * RAGGED_SHORTEST;
  double stretch = b->setting.tolerance * PK_SPACE_STRETCH * (to->end.space - from->next.space);
  return slack > stretch + to->end.flex - from->next.flex + b->setting.em * 0.5;
}

static bool is_taken(const breaker *b, const node *start, const pk_fit *fit, const pk_point *to, double room) {
  if (fit->is_over) return false;
  if (b->is_desperate) return true;
  if (pk_point_is_forced(to)) return !pk_fit_is_short(&b->points->points[start->point], to, room);
  if (to->reluctance == PK_TIE_FIRM) return false;
  int most = room < NARROW_EM * b->setting.em ? HYPHENS_NARROW : HYPHENS_ABOVE;
  if (pk_point_has_hyphen(to) && start->hyphens >= most) return false;
  if (b->setting.is_ragged) return b->setting.is_balanced || fit->slack <= room * RAGGED_SHORTEST;
  return fit->ratio <= b->setting.tolerance;
}

/* Tries the settings of the first line that end at `to`. */
static void try_firsts(breaker *b, uint32_t to) {
  const node root = {.previous = NONE};
  double room = b->rooms[0];
  for (; b->first_at < b->firsts.count && b->firsts.ends[b->first_at].point == to; b->first_at++) {
    const pk_first_end *first = &b->firsts.ends[b->first_at];
    pk_fit fit = pk_fit_of(&b->setting, first->from, first->to, room);
    if (!is_taken(b, &root, &fit, first->to, room)) continue;
    pk_line_cost cost = pk_cost_of(&b->setting, first->from, first->to, &fit, room, (pk_before){.is_first = true});
    node end = {.point = to,
                .line = 1,
                .demerits = pk_cost_sum(&cost) + first->extra,
                .class = pk_fit_class(&b->setting, &fit),
                .look = (float)pk_fit_look(&b->setting, &fit),
                .hyphens = pk_point_has_hyphen(first->to),
                .first = first->number};
    g_array_append_val(b->candidates, end);
  }
}

static bool is_right_first(const breaker *b, const node *start, uint32_t to) {
  return !b->first_end || start->line || to == b->first_end;
}

static void note_rescue(breaker *b, int32_t number) {
  const node *old = b->rescue == NONE ? NULL : node_at(b, b->rescue), *fresh = node_at(b, number);
  if (!old || fresh->point > old->point || (fresh->point == old->point && fresh->demerits < old->demerits))
    b->rescue = number;
}

/* Ends at one point differ in what the next line will be charged for them. */
enum { KIND_COUNT = HYPHENS_COUNTED * PK_CLASS_COUNT };
static int stack_of(const node *end) {
  return end->hyphens ? end->hyphens - 1 : 0;
}
static int kind_of(const node *end) {
  return HYPHENS_COUNTED * end->class + stack_of(end);
}

static void keep_best(node *best, bool *has, node end) {
  int kind = kind_of(&end);
  if (has[kind] && best[kind].demerits <= end.demerits) return;
  has[kind] = true;
  best[kind] = end;
}

/* Tries all lines of one list that could end at `to`; ends passed by leave the list. */
static void try_list(breaker *b, uint32_t number, uint32_t to) {
  const pk_point *point = &b->points->points[to];
  node_list *list = &b->lists[number];
  node best[KIND_COUNT];
  bool has[KIND_COUNT] = {false};
  int32_t before = NONE;
  for (int32_t at = list->head, next; at != NONE; at = next) {
    node *start = node_at(b, at);
    const pk_point *from = &b->points->points[start->point];
    double room = room_after(b, start);
    next = start->next;
    if (is_ahead(b, from, point, room)) break;
    pk_fit fit = pk_fit_of(&b->setting, from, point, room);
    bool is_gone = pk_point_is_forced(point) || is_passed(b, from, point, room);
    if (is_taken(b, start, &fit, point, room) && is_right_first(b, start, to))
      keep_best(best, has, make_node(b, at, to, &fit, room));
    else if (is_gone)
      note_rescue(b, at);
    if (!is_gone) {
      before = at;
      continue;
    }
    if (before == NONE)
      list->head = next;
    else
      node_at(b, before)->next = next;
    if (list->tail == at) list->tail = before;
  }
  for (int kind = 0; kind < KIND_COUNT; kind++)
    if (has[kind]) g_array_append_val(b->candidates, best[kind]);
}

/* Where a number of lines is asked for, ends are judged among those of as many
 * lines, and only numbers near that of the cheapest lead to it. */
static void take_by_line(breaker *b) {
  const node *all = (const node *)(const void *)b->candidates->data, *cheapest = all;
  guint count = b->candidates->len;
  for (guint i = 1; i < count; i++)
    if (all[i].demerits < cheapest->demerits) cheapest = &all[i];
  int64_t least = MIN(b->looseness, 0), most = MAX(b->looseness, 0);
  for (guint i = 0; i < count; i++) {
    const node *end = &all[i];
    int64_t more = (int64_t)end->line - (int64_t)cheapest->line;
    if (more < least || more > most) continue;
    double best = end->demerits;
    for (guint k = 0; k < count; k++)
      if (all[k].line == end->line && stack_of(&all[k]) <= stack_of(end)) best = MIN(best, all[k].demerits);
    if (end->demerits <= best + HOPELESS_BY_LINE) append(b, *end);
  }
}

/* A costly end is kept only for what it may save later: contrast by its class, a
 * stack by its fewer hyphens, and where the number of lines matters more. Ends
 * whose next lines have other rooms are judged less strictly. */
static void take_candidates(breaker *b) {
  if (b->looseness) {
    take_by_line(b);
    return;
  }
  double least[2][HYPHENS_COUNTED];
  for (int i = 0; i < 2 * HYPHENS_COUNTED; i++) least[i / HYPHENS_COUNTED][i % HYPHENS_COUNTED] = G_MAXDOUBLE;
  for (guint i = 0; i < b->candidates->len; i++) {
    const node *end = &g_array_index(b->candidates, node, i);
    double *own = least[end->line >= b->alike]; /* of those with one hyphen at most, with two, of all */
    for (int kind = stack_of(end); kind < HYPHENS_COUNTED; kind++) own[kind] = MIN(own[kind], end->demerits);
  }
  for (guint i = 0; i < b->candidates->len; i++) {
    const node *end = &g_array_index(b->candidates, node, i);
    bool is_alike = end->line >= b->alike;
    double best =
        is_alike ? least[1][stack_of(end)] : MIN(least[0][HYPHENS_COUNTED - 1], least[1][HYPHENS_COUNTED - 1]);
    if (end->demerits <= best + (is_alike ? PK_COST_CONTRAST_MAX : HOPELESS)) append(b, *end);
  }
}

static bool is_stuck(breaker *b) {
  if (b->first_at < b->firsts.count) return false;
  while (b->lowest < b->highest && b->lists[b->lowest].head == NONE) b->lowest++;
  return b->lists[b->lowest].head == NONE;
}

/* Sets the piece that fits nowhere too wide. */
static void rescue(breaker *b, uint32_t to) {
  const node *start = node_at(b, b->rescue);
  double room = room_after(b, start);
  pk_fit fit = pk_fit_of(&b->setting, &b->points->points[start->point], &b->points->points[to], room);
  append(b, make_node(b, b->rescue, to, &fit, room));
}

/* Runs through all points. False if some stretch cannot be set within tolerance. */
static bool run(breaker *b) {
  g_array_set_size(b->nodes, 0);
  b->lists[0] = b->lists[1] = (node_list){NONE, NONE};
  b->lowest = b->highest = 0;
  b->first_at = 0;
  if (b->firsts.count)
    g_array_append_val(b->nodes, ((node){.previous = NONE}));
  else
    append(b, (node){.previous = NONE, .class = 1});
  for (uint32_t to = 1; to < b->points->count; to++) {
    g_array_set_size(b->candidates, 0);
    b->rescue = NONE;
    try_firsts(b, to);
    for (uint32_t list = b->highest + 1; list-- > b->lowest;) try_list(b, list, to);
    if (b->candidates->len) take_candidates(b);
    if (!is_stuck(b)) continue;
    if (!b->is_desperate || b->rescue == NONE) return false;
    rescue(b, to);
  }
  return true;
}

/* ---- the way back -------------------------------------------------------- */

static bool is_better(const breaker *b, const node *fresh, const node *old, int64_t wanted) {
  if (b->looseness) {
    int64_t x = ABS((int64_t)fresh->line - wanted), y = ABS((int64_t)old->line - wanted);
    if (x != y) return x < y;
  }
  return fresh->demerits < old->demerits;
}

static int32_t best_end(const breaker *b, int64_t wanted) {
  int32_t best = NONE;
  for (uint32_t list = b->lowest; list <= b->highest; list++)
    for (int32_t at = b->lists[list].head; at != NONE; at = node_at(b, at)->next)
      if (best == NONE || is_better(b, node_at(b, at), node_at(b, best), wanted)) best = at;
  return best;
}

static int32_t chosen_end(breaker *b) {
  int looseness = b->looseness;
  b->looseness = 0;
  int32_t best = best_end(b, 0);
  b->looseness = looseness;
  return looseness ? best_end(b, (int64_t)node_at(b, best)->line + looseness) : best;
}

static pk_chain trace(breaker *b, pk_arena *arena) {
  int32_t at = chosen_end(b);
  pk_chain chain = {.count = node_at(b, at)->line};
  pk_chain_line *lines = PK_NEW_ARRAY(arena, pk_chain_line, chain.count);
  for (uint32_t i = chain.count; i-- > 0; at = node_at(b, at)->previous) {
    const node *end = node_at(b, at), *start = node_at(b, end->previous);
    const pk_point *from = &b->points->points[start->point], *to = &b->points->points[end->point];
    double room = room_after(b, start);
    pk_fit fit = pk_fit_of(&b->setting, from, to, room);
    lines[i] = (pk_chain_line){.from = start->point, .to = end->point, .is_over = fit.is_over};
    lines[i].is_emergency = fit.ratio > TOLERANCE;
    lines[i].badness = pk_fit_badness(&b->setting, &fit, to);
    lines[i].cost = pk_cost_of(&b->setting, from, to, &fit, room, before_of(start));
    lines[i].demerits = pk_cost_sum(&lines[i].cost);
  }
  chain.lines = lines;
  return chain;
}

uint32_t pk_point_byte(const pk_para *para, const pk_point *point) {
  if (point->split) return para->pieces[point->end_piece].start + point->split->at;
  return point->end_piece ? para->pieces[point->end_piece - 1].end : 0;
}

/* The point at which a line ends before byte `end`, after or in a word; 0: none. */
static uint32_t point_at_byte(const pk_para *para, const pk_points *points, uint32_t end) {
  for (uint32_t i = 1; end && i < points->count; i++)
    if (pk_point_byte(para, &points->points[i]) == end) return i;
  return 0;
}

/* ---- the whole ----------------------------------------------------------- */

static pk_line_room plain_room(const void *data, size_t number) {
  const pk_line_rooms *rooms = data;
  pk_line_room room = number ? rooms->other : rooms->first;
  if (number < rooms->beside_count) {
    room.left += rooms->beside;
    room.width -= rooms->beside;
  }
  return room;
}

pk_line_shape pk_line_shape_plain(const pk_line_rooms *rooms) {
  return (pk_line_shape){plain_room, rooms, MAX(1, rooms->beside_count)};
}

double pk_para_turn(const pk_para *para) {
  const pk_style *style = para->text->style;
  bool is_flush = style->align == PK_ALIGN_JUSTIFY || style->align == PK_ALIGN_LEFT;
  if (!is_flush || style->balance || para->is_rtl) return 0;
  for (uint32_t i = 0; i < para->piece_count; i++)
    if (para->pieces[i].kind == PK_PIECE_FORCED) return style->turn_over;
  return 0;
}

/* Line numbers matter where rooms differ, and everywhere if a number of lines is
 * asked for. */
static void note_rooms(breaker *b, pk_arena *arena) {
  uint32_t most = b->points->count;
  b->alike = b->looseness || !b->shape.alike_from ? most : (uint32_t)MIN(b->shape.alike_from, most);
  b->lists = PK_NEW_ARRAY(arena, node_list, b->alike + 2);
  b->rooms = PK_NEW_ARRAY(arena, double, b->alike + 1);
  for (uint32_t i = 0; i <= b->alike; i++) b->rooms[i] = b->shape.room(b->shape.data, i).width;
}

static breaker open_breaker(pk_arena *arena, const pk_para *para, const pk_points *points, pk_line_shape shape,
                            const pk_break_options *options) {
  const pk_style *style = para->text->style;
  breaker b = {.points = points, .shape = shape, .looseness = options ? options->looseness : 0};
  b.setting = (pk_setting){.is_ragged = style->align != PK_ALIGN_JUSTIFY || style->balance,
                           .is_balanced = style->balance,
                           .em = style->size > 0 ? style->size : 1,
                           .tolerance = TOLERANCE};
  b.turn = pk_para_turn(para);
  if (options) b.first_end = point_at_byte(para, points, options->first_end);
  note_rooms(&b, arena);
  b.nodes = g_array_sized_new(FALSE, FALSE, sizeof(node), points->count + 16);
  b.candidates = g_array_new(FALSE, FALSE, sizeof(node));
  return b;
}

static void close_breaker(breaker *b) {
  g_array_unref(b->nodes);
  g_array_unref(b->candidates);
}

/* In two passes. False if even the second finds no way: there is one from a first
 * line that is set as all others. */
static bool run_both(breaker *b) {
  if (run(b)) return true;
  b->is_desperate = true;
  b->setting.tolerance = ANY_RATIO;
  return run(b);
}

pk_chain pk_chain_find(pk_arena *arena, const pk_para *para, const pk_points *points, pk_line_shape shape,
                       const pk_break_options *options) {
  breaker b = open_breaker(arena, para, points, shape, options);
  run_both(&b);
  pk_chain chain = trace(&b, arena);
  close_breaker(&b);
  return chain;
}

const pk_first_end *pk_chain_first(pk_arena *arena, const pk_para *para, const pk_points *points, pk_line_shape shape,
                                   pk_first_ends firsts) {
  breaker b = open_breaker(arena, para, points, shape, NULL);
  b.firsts = firsts;
  const pk_first_end *found = NULL;
  if (firsts.count && run_both(&b)) {
    const node *end = node_at(&b, chosen_end(&b));
    while (end->line > 1) end = node_at(&b, end->previous);
    for (size_t i = 0; i < firsts.count && !found; i++)
      if (firsts.ends[i].point == end->point && firsts.ends[i].number == end->first) found = &firsts.ends[i];
  }
  close_breaker(&b);
  return found;
}
