/* Lists the break points of a paragraph, with sums of widths.
 *
 * In:  pk_para. Out: pk_points: the width of a line between two points is the
 *      difference of two sums, whatever lies between. Spaces at a break belong
 *      to neither line. A hyphen and what it does to the kerning are `add` of
 *      the line that ends and `lead` of the one that begins; what hangs in the
 *      margins is `hang_end` and `hang_start`. */
#include "para/worker.h"

pk_length pk_piece_width(const pk_piece *piece) {
  const pk_style *style = piece->run->style;
  if (piece->kind == PK_PIECE_FORCED) return 0;
  double scale = pk_piece_scale(piece);
  if (!piece->word) return piece->voice->space_advance * scale + style->tracking;
  return (double)piece->word->advance * scale + piece->word->letters * style->tracking;
}

typedef struct {
  const pk_para *para;
  pk_point *points;
  uint32_t count;
  pk_sums sums;
  bool flexes;                  /* letters help to fill the lines */
  bool hangs_left, hangs_right; /* the edges that are flush */
} maker;

/* What `advance` font units in `letters` letters give at their utmost. */
static double flex_of(const pk_piece *piece, int64_t advance, uint32_t letters) {
  const pk_style *style = piece->run->style;
  return (double)advance * pk_piece_scale(piece) * style->glyph_scaling + letters * style->letter_spacing;
}

static void add_width(maker *m, const pk_piece *piece) {
  m->sums.width += pk_piece_width(piece);
  if (piece->kind == PK_PIECE_SPACE)
    m->sums.space += piece->voice->space_advance * pk_piece_scale(piece);
  else if (m->flexes && piece->kind == PK_PIECE_WORD)
    m->sums.flex += flex_of(piece, piece->word->advance, piece->word->letters);
}

static double hang_of(const pk_piece *piece, pk_edge edge) {
  return edge.hang ? edge.advance * pk_piece_scale(piece) * piece->run->style->hang[edge.hang] : 0;
}

/* What the line ending before piece `end` has at its edge, and the one that
 * begins at piece `next`. */
static void mark_edges(const maker *m, pk_point *point, uint32_t end, uint32_t next) {
  const pk_piece *last = end ? &m->para->pieces[end - 1] : NULL;
  const pk_piece *first = next < m->para->piece_count ? &m->para->pieces[next] : NULL;
  if (last && last->kind == PK_PIECE_WORD) {
    if (m->hangs_right) point->hang_end = hang_of(last, last->word->tail);
    point->last_key = last->word->key;
    point->is_letter = last->word->letters == 1 && last->word->key;
  }
  if (first && first->kind == PK_PIECE_WORD) {
    if (m->hangs_left) point->hang_start = hang_of(first, first->word->head);
    point->first_key = first->word->key;
  }
}

static uint32_t count_points(const pk_para *para) {
  uint32_t count = 2;
  for (uint32_t i = 0; i < para->piece_count; i++)
    count += para->pieces[i].kind == PK_PIECE_WORD ? para->pieces[i].split_count : 1;
  return count;
}

/* Tracking follows each letter but the last of a line. */
static void drop_tracking(const maker *m, pk_point *point, const pk_piece *last) {
  if (last->kind != PK_PIECE_WORD) return;
  point->add = -last->run->style->tracking;
  if (m->flexes) point->end.flex -= last->run->style->letter_spacing;
}

/* A name, or the like: a capital that does not begin a sentence. */
static bool is_name(const pk_para *para, uint32_t number) {
  const pk_piece *piece = &para->pieces[number];
  if (!g_unichar_isupper(g_utf8_get_char(piece->word->text))) return false;
  const char *text = para->text->text, *at = text + piece->start;
  while (at > text) {
    at = g_utf8_prev_char(at);
    gunichar c = g_utf8_get_char(at);
    if (g_unichar_isalnum(c) || c == ',') return true;
    if (c == '.' || c == '!' || c == '?' || c == ':' || c == '\n') return false;
  }
  return false;
}

static void add_splits(maker *m, const pk_piece *piece, uint32_t number) {
  bool is_in_name = piece->split_count && is_name(m->para, number);
  double scale = pk_piece_scale(piece), tracking = piece->run->style->tracking;
  for (uint32_t i = 0; i < piece->split_count; i++) {
    const pk_split *split = &piece->splits[i];
    bool adds_letter = split->kind == PK_SPLIT_HYPHEN || split->kind == PK_SPLIT_SOFT;
    pk_point *point = &m->points[m->count++];
    point->kind = PK_POINT_SPLIT;
    point->split = split;
    point->end = point->next = m->sums;
    point->end.width += (double)split->before * scale + split->letters * tracking;
    if (m->flexes) point->end.flex += flex_of(piece, split->before, split->letters);
    point->next = point->end;
    if (m->flexes)
      point->end.flex +=
          adds_letter ? flex_of(piece, piece->voice->hyphen_advance, 0) : -piece->run->style->letter_spacing;
    point->add = split->add * scale + (adds_letter ? tracking : 0) - tracking;
    point->lead = split->lead * scale + (split->kind == PK_SPLIT_REPEATED ? tracking : 0);
    point->end_piece = number;
    point->next_piece = split->next >= piece->word->size ? number + 1 : number;
    point->is_name = is_in_name;
    if (m->hangs_right) point->hang_end = hang_of(piece, split->tail);
    if (m->hangs_left) point->hang_start = hang_of(piece, split->head);
  }
}

/* Letters move apart inside words only: what stands between two words is the space's
 * own, or lines would differ there by what the eye takes for spaces. */
static void keep_gap(maker *m, uint32_t from) {
  const pk_piece *before = from ? &m->para->pieces[from - 1] : NULL;
  if (m->flexes && before && before->kind == PK_PIECE_WORD) m->sums.flex -= before->run->style->letter_spacing;
}

/* The gap [from, to) between words: a point if a line may end at one of its spaces. */
static void add_gap(maker *m, uint32_t from, uint32_t to) {
  const pk_para *para = m->para;
  bool may_break = false;
  uint8_t reluctance = 0;
  pk_sums end = m->sums;
  for (uint32_t i = from; i < to; i++) {
    may_break |= para->pieces[i].may_break;
    reluctance = MAX(reluctance, para->pieces[i].reluctance);
    add_width(m, &para->pieces[i]);
  }
  keep_gap(m, from);
  if (!may_break || from == 0) return;
  pk_point *point = &m->points[m->count++];
  point->kind = PK_POINT_SPACE;
  point->end = end;
  point->next = m->sums;
  drop_tracking(m, point, &para->pieces[from - 1]);
  point->end_piece = from;
  point->next_piece = to;
  point->reluctance = reluctance;
  mark_edges(m, point, from, to);
}

/* A forced end of the line at piece `end`; spaces before and after it are dropped. */
static void add_forced(maker *m, uint32_t end, pk_sums at, uint32_t next, pk_point_kind kind) {
  pk_point *point = &m->points[m->count++];
  point->kind = kind;
  point->end = at;
  point->next = m->sums;
  if (end) drop_tracking(m, point, &m->para->pieces[end - 1]);
  point->end_piece = end;
  point->next_piece = next;
  mark_edges(m, point, end, next);
}

static bool is_gap(const pk_piece *piece) {
  return piece->kind == PK_PIECE_SPACE || piece->kind == PK_PIECE_FIXED;
}

/* Passes over the spaces from `at` on, adding their width. */
static uint32_t pass_gap(maker *m, uint32_t at) {
  const pk_para *para = m->para;
  for (; at < para->piece_count && is_gap(&para->pieces[at]); at++) add_width(m, &para->pieces[at]);
  return at;
}

/* Text that runs leftwards somewhere has its edges elsewhere and hangs nowhere. */
static maker maker_for(const pk_para *para, pk_arena *arena) {
  const pk_style *style = para->text->style;
  bool is_justified = style->align == PK_ALIGN_JUSTIFY && !style->balance;
  maker m = {.para = para, .points = PK_NEW_ARRAY(arena, pk_point, count_points(para)), .flexes = is_justified};
  m.hangs_left = !para->has_rtl && (style->align == PK_ALIGN_JUSTIFY || style->align == PK_ALIGN_LEFT);
  m.hangs_right = !para->has_rtl && (is_justified || style->align == PK_ALIGN_RIGHT);
  return m;
}

pk_points pk_points_make(pk_arena *arena, const pk_para *para) {
  maker m = maker_for(para, arena);
  uint32_t at = pass_gap(&m, 0);
  pk_point *start = &m.points[m.count++];
  *start = (pk_point){.next = m.sums, .end = m.sums, .next_piece = at, .kind = PK_POINT_START};
  mark_edges(&m, start, 0, at);
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
      add_gap(&m, at, end);
      at = end;
      continue;
    }
    pk_sums sums = m.sums;
    uint32_t next = pass_gap(&m, end + 1);
    /* A break at the very end of the text starts no further line. */
    if (next == para->piece_count) {
      m.sums = sums;
      break;
    }
    add_forced(&m, at, sums, next, PK_POINT_FORCED);
    at = next;
  }
  uint32_t last = para->piece_count;
  if (at < last) last = at;
  add_forced(&m, last, m.sums, para->piece_count, PK_POINT_END);
  return (pk_points){m.points, m.count};
}
