/* Places the glyphs of the lines that the breaker chose.
 *
 * In:  pk_para, points, chain, line shape. Out: pk_lines in the job's arena.
 *
 * Whole words keep the glyphs they were shaped with; the parts of a word that is
 * broken are looked up as words of their own, hyphen included. What is left of
 * the room goes to the spaces. Runs are put in visual order (UAX #9, L2). */
#include <string.h>

#include "para/worker.h"

/* One thing on a line: a word, a part of one, a space. */
typedef struct {
  const pk_piece *piece;
  const pk_word *word;  /* NULL for a space */
  uint32_t offset;      /* byte of the text where the word's text begins */
  uint32_t start, end;  /* bytes of the text */
  uint32_t lead_hyphen; /* bytes of a hyphen before the text, in the word */
  uint32_t text_size;   /* bytes of the text, in the word: what follows is a hyphen */
  pk_length width;      /* natural */
} part;

typedef struct {
  pk_job *job;
  const pk_para *para;
  GArray *parts; /* of part, of the line at hand */
  GArray *runs;  /* of pk_glyph_run, of the line at hand */
  pk_glyph *glyphs;
  uint32_t glyph_count;
  pk_spread spread; /* of the line at hand */
} setter;

/* ---- what is on the line ------------------------------------------------- */

static void add_part(setter *s, part p) {
  const pk_style *style = p.piece->run->style;
  double scale = pk_piece_scale(p.piece);
  if (p.word)
    p.width = (double)p.word->advance * scale + p.word->letters * style->tracking;
  else
    p.width = pk_piece_width(p.piece);
  g_array_append_val(s->parts, p);
}

static void add_whole(setter *s, const pk_piece *piece) {
  add_part(s, (part){.piece = piece,
                     .word = piece->word,
                     .offset = piece->start,
                     .start = piece->start,
                     .end = piece->end,
                     .text_size = piece->end - piece->start});
}

/* Bytes [from, to) of a word, with a hyphen before or after it. */
static void add_fragment(setter *s, const pk_piece *piece, uint32_t from, uint32_t to, bool leads, bool trails) {
  pk_para_worker *worker = s->job->worker->para;
  const pk_voice *voice = piece->voice;
  g_autofree char *text = g_malloc((size_t)(to - from) + 2 * sizeof voice->hyphen);
  uint32_t size = 0, hyphen = voice->hyphen_size;
  if (leads) {
    memcpy(text, voice->hyphen, hyphen);
    size = hyphen;
  }
  memcpy(text + size, piece->word->text + from, to - from);
  size += to - from;
  if (trails) {
    memcpy(text + size, voice->hyphen, hyphen);
    size += hyphen;
  }
  if (!size) return;
  add_part(s, (part){.piece = piece,
                     .word = pk_word_of(worker, voice, text, size),
                     .offset = piece->start + from,
                     .start = piece->start + from,
                     .end = piece->start + to,
                     .lead_hyphen = leads ? hyphen : 0,
                     .text_size = to - from});
}

static bool adds_hyphen(const pk_split *split) {
  return split && (split->kind == PK_SPLIT_HYPHEN || split->kind == PK_SPLIT_SOFT);
}

static void collect(setter *s, const pk_point *from, const pk_point *to) {
  g_array_set_size(s->parts, 0);
  bool repeats = from->split && from->split->kind == PK_SPLIT_REPEATED;
  uint32_t skip = from->split && from->next_piece == from->end_piece ? from->split->next : 0;
  for (uint32_t i = from->next_piece; i <= to->end_piece && i < s->para->piece_count; i++) {
    const pk_piece *piece = &s->para->pieces[i];
    bool is_cut = i == to->end_piece && to->split;
    if (i == to->end_piece && !is_cut) break;
    uint32_t end = is_cut ? to->split->at : piece->end - piece->start;
    if (piece->kind == PK_PIECE_WORD && (skip || repeats || is_cut))
      add_fragment(s, piece, skip, end, repeats, is_cut && adds_hyphen(to->split));
    else
      add_whole(s, piece);
    skip = 0;
    repeats = false;
  }
}

/* Reverses whatever runs against its surroundings, innermost first. */
static void reorder(GArray *parts, uint8_t base) {
  part *list = (part *)(void *)parts->data;
  uint8_t highest = base, lowest_odd = 255;
  for (guint i = 0; i < parts->len; i++) {
    uint8_t level = list[i].piece->level;
    if (level > highest) highest = level;
    if (level & 1 && level < lowest_odd) lowest_odd = level;
  }
  for (uint8_t level = highest; level >= lowest_odd && level; level--)
    for (guint i = 0; i < parts->len; i++) {
      guint end = i;
      while (end < parts->len && list[end].piece->level >= level) end++;
      for (guint a = i, z = end; a + 1 < z; a++, z--) {
        part swap = list[a];
        list[a] = list[z - 1];
        list[z - 1] = swap;
      }
      if (end > i) i = end - 1;
    }
}

/* ---- glyphs -------------------------------------------------------------- */

static const pk_style_run *run_at(const pk_styled_text *text, const pk_style_run *from, uint32_t at) {
  const pk_style_run *last = text->runs + text->run_count - 1;
  while (from < last && from->end <= at) from++;
  return from;
}

/* The run that the glyph of byte `at` belongs to, begun anew if need be. */
static pk_glyph_run *run_for(setter *s, const part *p, const pk_style_run *style_run, pk_length x) {
  pk_glyph_run *last = s->runs->len ? &g_array_index(s->runs, pk_glyph_run, s->runs->len - 1) : NULL;
  const pk_face *face = p->piece->voice->face;
  bool is_rtl = p->piece->level & 1;
  uint32_t number = (uint32_t)(style_run - s->para->text->runs);
  if (last && last->face == face && last->run == number && last->is_rtl == is_rtl) return last;
  const pk_style *style = style_run->style;
  pk_glyph_run fresh = {.face = face,
                        .run = number,
                        .size = style->size,
                        .scale_x = 1 + s->spread.letters * style->glyph_scaling,
                        .tracking = style->tracking + s->spread.letters * style->letter_spacing,
                        .x = x,
                        .start = UINT32_MAX,
                        .is_rtl = is_rtl,
                        .glyphs = s->glyphs + s->glyph_count};
  g_array_append_val(s->runs, fresh);
  return &g_array_index(s->runs, pk_glyph_run, s->runs->len - 1);
}

static void add_glyph(setter *s, pk_glyph_run *run, pk_glyph glyph, uint32_t start, uint32_t end) {
  s->glyphs[s->glyph_count++] = glyph;
  run->glyph_count++;
  run->start = MIN(run->start, start);
  run->end = MAX(run->end, end);
}

/* The byte of the text for a cluster of the part; a hyphen not in the text is marked. */
static uint32_t text_cluster(const part *p, uint32_t cluster) {
  if (cluster < p->lead_hyphen) return p->start | PK_CLUSTER_HYPHEN;
  cluster -= p->lead_hyphen;
  return cluster < p->text_size ? p->offset + cluster : p->end | PK_CLUSTER_HYPHEN;
}

static void place_space(setter *s, const part *p, pk_length x, pk_length width) {
  if (p->piece->kind == PK_PIECE_FORCED) return;
  const pk_style_run *style_run = run_at(s->para->text, p->piece->run, p->start);
  pk_glyph_run *run = run_for(s, p, style_run, x);
  pk_glyph glyph = {p->piece->voice->space_glyph, p->start, (float)(x - run->x), (float)style_run->style->rise};
  if (glyph.id) add_glyph(s, run, glyph, p->start, p->end);
  run->width = x + width - run->x;
}

/* The byte of the text after the cluster of glyph `i`. */
static uint32_t cluster_end(const part *p, uint32_t i) {
  const pk_word *word = p->word;
  uint32_t own = word->glyphs[i].cluster;
  while (++i < word->glyph_count)
    if (word->glyphs[i].cluster != own) return text_cluster(p, word->glyphs[i].cluster) & ~PK_CLUSTER_HYPHEN;
  return p->end;
}

/* Glyphs from left to right; tracking after each cluster. */
static void place_word(setter *s, const part *p, pk_length x) {
  const pk_word *word = p->word;
  const pk_style *style = p->piece->run->style;
  double scale = pk_piece_scale(p->piece) * (1 + s->spread.letters * style->glyph_scaling);
  double high = pk_piece_scale(p->piece), tracking = style->tracking + s->spread.letters * style->letter_spacing;
  const pk_style_run *style_run = p->piece->run;
  for (uint32_t n = 0; n < word->glyph_count; n++) {
    uint32_t i = word->voice->is_rtl ? word->glyph_count - 1 - n : n;
    const pk_shaped_glyph *g = &word->glyphs[i];
    uint32_t cluster = text_cluster(p, g->cluster), byte = cluster & ~PK_CLUSTER_HYPHEN;
    bool is_added = cluster & PK_CLUSTER_HYPHEN;
    style_run = run_at(s->para->text, word->voice->is_rtl ? p->piece->run : style_run,
                       is_added && byte > p->start ? byte - 1 : byte);
    pk_glyph_run *run = run_for(s, p, style_run, x);
    pk_glyph glyph = {g->id, cluster, (float)(x + g->dx * scale - run->x),
                      (float)(g->dy * high + style_run->style->rise)};
    add_glyph(s, run, glyph, byte, is_added ? byte : cluster_end(p, i));
    x += g->advance * scale;
    uint32_t after = word->voice->is_rtl ? i - 1 : i + 1;
    if (after >= word->glyph_count || word->glyphs[after].cluster != g->cluster) x += tracking;
    run->width = x - run->x;
  }
}

/* ---- a line -------------------------------------------------------------- */

typedef struct {
  pk_length natural;     /* width */
  pk_length space, flex; /* of it, spaces that stretch; what letters give either way */
  uint32_t glyphs;
} line_sum;

/* A space takes back what follows the last letter of the word before it. */
static pk_length flex_of(const setter *s, const part *p) {
  const pk_style *style = p->piece->run->style;
  if (!p->word && p->piece > s->para->pieces && p->piece[-1].kind == PK_PIECE_WORD)
    return -p->piece[-1].run->style->letter_spacing;
  if (!p->word || p->piece->kind != PK_PIECE_WORD) return 0;
  return (double)p->word->advance * pk_piece_scale(p->piece) * style->glyph_scaling +
         p->word->letters * style->letter_spacing;
}

static line_sum sum_parts(const setter *s) {
  const GArray *parts = s->parts;
  line_sum sum = {0};
  for (guint i = 0; i < parts->len; i++) {
    const part *p = &g_array_index(parts, part, i);
    sum.natural += p->width;
    sum.flex += flex_of(s, p);
    sum.glyphs += p->word ? p->word->glyph_count : 1;
    if (p->piece->kind == PK_PIECE_SPACE) sum.space += p->piece->voice->space_advance * pk_piece_scale(p->piece);
  }
  if (!parts->len) return sum;
  const part *last = &g_array_index(parts, part, parts->len - 1);
  if (!last->word) return sum;
  sum.natural -= last->piece->run->style->tracking;
  if (last->piece->kind == PK_PIECE_WORD) sum.flex -= last->piece->run->style->letter_spacing;
  return sum;
}

static void measure_height(pk_line *line, const pk_piece *piece) {
  const pk_style *style = piece->run->style;
  double scale = pk_piece_scale(piece);
  line->ascent = MAX(line->ascent, piece->voice->face->ascent * scale + style->rise);
  line->descent = MAX(line->descent, -piece->voice->face->descent * scale - style->rise);
}

static pk_spread spread_of(const setter *s, const pk_line *line, const line_sum *sum, pk_length hang) {
  const pk_style *style = s->para->text->style;
  double slack = line->room + hang - sum->natural;
  if (style->align != PK_ALIGN_JUSTIFY || style->balance) return (pk_spread){0};
  if (slack >= 0 && line->is_last) return (pk_spread){0};
  pk_spread spread = pk_spread_of(slack, sum->space, sum->flex);
  if (spread.space >= -PK_SPACE_SHRINK) return spread;
  /* The breaker adds up in another order: what it found to fit by a hair is made to. */
  const double hair = -1.01;
  spread.space = -PK_SPACE_SHRINK;
  if (sum->flex > 0) spread.letters = MAX((slack + PK_SPACE_SHRINK * sum->space) / sum->flex, hair);
  return spread;
}

/* From the room's left edge to the line's; what hangs on the left lies before it. */
static pk_length shift_of(const setter *s, const pk_line *line, pk_length hang_start, pk_length hang_end) {
  pk_align align = s->para->text->style->align;
  if (align == PK_ALIGN_CENTER) return (line->room - line->width) / 2;
  bool is_right = align == PK_ALIGN_RIGHT || (align == PK_ALIGN_JUSTIFY && s->para->is_rtl);
  return is_right ? line->room + hang_end - line->width : -hang_start;
}

static void place_parts(setter *s, pk_line *line, const line_sum *sum) {
  pk_length x = 0;
  line->stretch = 1 + s->spread.space;
  line->letters = s->spread.letters;
  line->width = sum->natural + s->spread.space * sum->space + s->spread.letters * sum->flex;
  g_array_set_size(s->runs, 0);
  s->glyphs = PK_NEW_ARRAY(s->job->arena, pk_glyph, sum->glyphs);
  s->glyph_count = 0;
  for (guint i = 0; i < s->parts->len; i++) {
    const part *p = &g_array_index(s->parts, part, i);
    pk_length width = p->width + s->spread.letters * flex_of(s, p);
    if (p->piece->kind == PK_PIECE_SPACE)
      width += s->spread.space * p->piece->voice->space_advance * pk_piece_scale(p->piece);
    if (p->word)
      place_word(s, p, x);
    else
      place_space(s, p, x, width);
    x += width;
    measure_height(line, p->piece);
  }
  line->run_count = s->runs->len;
  line->runs = pk_arena_dup(s->job->arena, s->runs->data, s->runs->len * sizeof(pk_glyph_run));
}

/* The bytes of the text on the line. */
static void mark_text(const setter *s, pk_line *line) {
  if (!s->parts->len) return;
  const part *first = &g_array_index(s->parts, part, 0), *last = &g_array_index(s->parts, part, s->parts->len - 1);
  line->start = first->start;
  line->end = last->end;
}

/* A line without a word is as high as the paragraph's own type. */
static void mark_empty(const setter *s, pk_line *line, const pk_point *from) {
  uint32_t piece = MIN(from->next_piece, s->para->piece_count - 1);
  line->start = line->end = s->para->pieces[piece].start;
  measure_height(line, &s->para->pieces[piece]);
}

static void set_line(setter *s, pk_line *line, const pk_point *from, const pk_point *to) {
  collect(s, from, to);
  line->is_last = pk_point_is_forced(to);
  line->ends_in_hyphen = adds_hyphen(to->split);
  mark_text(s, line);
  if (!s->parts->len) mark_empty(s, line, from);
  line_sum sum = sum_parts(s);
  s->spread = spread_of(s, line, &sum, from->hang_start + to->hang_end);
  if (s->para->has_rtl) reorder(s->parts, s->para->is_rtl);
  place_parts(s, line, &sum);
  line->x = line->left + shift_of(s, line, from->hang_start, to->hang_end);
  line->hang = from->hang_start + to->hang_end;
}

const pk_lines *pk_lines_make(pk_job *job, const pk_para *para, const pk_points *points, const pk_chain *chain,
                              pk_line_shape shape) {
  setter s = {.job = job, .para = para};
  s.parts = g_array_new(FALSE, FALSE, sizeof(part));
  s.runs = g_array_new(FALSE, FALSE, sizeof(pk_glyph_run));
  pk_lines *lines = PK_NEW(job->arena, pk_lines);
  double turn = pk_para_turn(para);
  pk_line *list = PK_NEW_ARRAY(job->arena, pk_line, chain->count);
  for (uint32_t i = 0; i < chain->count; i++) {
    const pk_chain_line *link = &chain->lines[i];
    pk_line_room room = shape.room(shape.data, i);
    double turned = pk_line_turn(&points->points[link->from], turn, room.width);
    list[i].left = room.left + turned;
    list[i].room = room.width - turned;
    list[i].badness = link->badness;
    list[i].demerits = link->demerits;
    list[i].cost = link->cost;
    list[i].is_emergency = link->is_emergency;
    set_line(&s, &list[i], &points->points[link->from], &points->points[link->to]);
    if (list[i].width > list[i].room + list[i].hang + 0.001) lines->is_overfull = true;
  }
  *lines = (pk_lines){.text = para->text, .lines = list, .count = chain->count, .is_overfull = lines->is_overfull};
  g_array_unref(s.parts);
  g_array_unref(s.runs);
  return lines;
}
