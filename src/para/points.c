/* Lists the break points of a paragraph, with sums of widths.
 *
 * In:  pk_para. Out: pk_points: the width of a line between two points is the
 *      difference of two sums, whatever lies between. Spaces at a break belong
 *      to neither line. A hyphen and what it does to the kerning are `add` of
 *      the line that ends and `lead` of the one that begins. */
#include "para/model.h"

/* How far a space gives, of its natural width: TeX's proportions. */
static const double STRETCH = 1.0 / 2, SHRINK = 1.0 / 3;

pk_length pk_piece_width(const pk_piece *piece) {
  const pk_style *style = piece->run->style;
  if (piece->kind == PK_PIECE_FORCED) return 0;
  double scale = pk_piece_scale(piece);
  if (!piece->word) return piece->voice->space_advance * scale + style->tracking;
  return (double)piece->word->advance * scale + piece->word->letters * style->tracking;
}

typedef struct {
  pk_point *points;
  uint32_t count;
  pk_sums sums;
} maker;

static void add_width(maker *m, const pk_piece *piece) {
  m->sums.width += pk_piece_width(piece);
  if (piece->kind != PK_PIECE_SPACE) return;
  double natural = piece->voice->space_advance * pk_piece_scale(piece);
  m->sums.stretch += natural * STRETCH;
  m->sums.shrink += natural * SHRINK;
}

static uint32_t count_points(const pk_para *para) {
  uint32_t count = 2;
  for (uint32_t i = 0; i < para->piece_count; i++)
    count += para->pieces[i].kind == PK_PIECE_WORD ? para->pieces[i].split_count : 1;
  return count;
}

/* Tracking follows each letter but the last of a line. */
static double last_tracking(const pk_piece *piece) {
  return piece->kind == PK_PIECE_WORD ? piece->run->style->tracking : 0;
}

static void add_splits(maker *m, const pk_piece *piece, uint32_t number) {
  double scale = pk_piece_scale(piece), tracking = piece->run->style->tracking;
  for (uint32_t i = 0; i < piece->split_count; i++) {
    const pk_split *split = &piece->splits[i];
    bool adds_letter = split->kind == PK_SPLIT_HYPHEN || split->kind == PK_SPLIT_SOFT;
    pk_point *point = &m->points[m->count++];
    point->kind = PK_POINT_SPLIT;
    point->split = split;
    point->end = point->next = m->sums;
    point->end.width += (double)split->before * scale + split->letters * tracking;
    point->next.width = point->end.width;
    point->add = split->add * scale + (adds_letter ? tracking : 0) - tracking;
    point->lead = split->lead * scale + (split->kind == PK_SPLIT_REPEATED ? tracking : 0);
    point->end_piece = number;
    point->next_piece = split->next >= piece->word->size ? number + 1 : number;
  }
}

/* The gap [from, to) between words: a point if a line may end at one of its spaces. */
static void add_gap(maker *m, const pk_para *para, uint32_t from, uint32_t to) {
  bool may_break = false;
  uint8_t reluctance = 0;
  pk_sums end = m->sums;
  for (uint32_t i = from; i < to; i++) {
    may_break |= para->pieces[i].may_break;
    reluctance = MAX(reluctance, para->pieces[i].reluctance);
    add_width(m, &para->pieces[i]);
  }
  if (!may_break || from == 0) return;
  pk_point *point = &m->points[m->count++];
  point->kind = PK_POINT_SPACE;
  point->end = end;
  point->next = m->sums;
  point->add = -last_tracking(&para->pieces[from - 1]);
  point->end_piece = from;
  point->next_piece = to;
  point->reluctance = reluctance;
}

/* A forced end of the line at piece `end`; spaces before and after it are dropped. */
static void add_forced(maker *m, const pk_para *para, uint32_t end, pk_sums at, uint32_t next, pk_point_kind kind) {
  pk_point *point = &m->points[m->count++];
  point->kind = kind;
  point->end = at;
  point->next = m->sums;
  point->add = end ? -last_tracking(&para->pieces[end - 1]) : 0;
  point->end_piece = end;
  point->next_piece = next;
}

static bool is_gap(const pk_piece *piece) {
  return piece->kind == PK_PIECE_SPACE || piece->kind == PK_PIECE_FIXED;
}

/* Passes over the spaces from `at` on, adding their width. */
static uint32_t pass_gap(maker *m, const pk_para *para, uint32_t at) {
  for (; at < para->piece_count && is_gap(&para->pieces[at]); at++) add_width(m, &para->pieces[at]);
  return at;
}

pk_points pk_points_make(pk_arena *arena, const pk_para *para) {
  maker m = {.points = PK_NEW_ARRAY(arena, pk_point, count_points(para))};
  uint32_t at = pass_gap(&m, para, 0);
  m.points[m.count++] = (pk_point){.next = m.sums, .end = m.sums, .next_piece = at, .kind = PK_POINT_START};
  while (at < para->piece_count) {
    const pk_piece *piece = &para->pieces[at];
    if (piece->kind == PK_PIECE_WORD) {
      add_splits(&m, piece, at);
      add_width(&m, piece);
      at++;
      continue;
    }
    uint32_t end = at;
    while (end < para->piece_count && is_gap(&para->pieces[end])) end++;
    if (end == para->piece_count) break;
    if (para->pieces[end].kind == PK_PIECE_WORD) {
      add_gap(&m, para, at, end);
      at = end;
      continue;
    }
    pk_sums sums = m.sums;
    uint32_t next = pass_gap(&m, para, end + 1);
    /* A break at the very end of the text starts no further line. */
    if (next == para->piece_count) {
      m.sums = sums;
      break;
    }
    add_forced(&m, para, at, sums, next, PK_POINT_FORCED);
    at = next;
  }
  uint32_t last = para->piece_count;
  if (at < last) last = at;
  add_forced(&m, para, last, m.sums, para->piece_count, PK_POINT_END);
  return (pk_points){m.points, m.count};
}
