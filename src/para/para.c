/* The two steps of a paragraph: build shapes it, break sets it into lines.
 *
 * In:  styled text; then a line shape. Out: pk_para, pk_lines, frozen, in the
 *      job's arena. Neither fails: what no font can show is a diagnostic, what
 *      does not fit is set too wide and said so. */
#include "para/para.h"

#include "para/worker.h"

static bool has_rtl(const GArray *pieces) {
  for (guint i = 0; i < pieces->len; i++)
    if (g_array_index(pieces, pk_piece, i).level) return true;
  return false;
}

/* What a caller gives as the place of a paragraph may be nothing at all. */
static bool is_empty(const pk_styled_text *text) {
  return !text->size || !text->run_count;
}

pk_status pk_para_build(pk_job *job, const pk_styled_text *text, const pk_para **out) {
  pk_para_worker *worker = job->worker->para;
  pk_arena *arena = pk_job_brief(job);
  pk_para *para = PK_NEW(arena, pk_para);
  para->text = text;
  *out = para;
  if (is_empty(text)) return PK_OK;
  pk_para_record_of(job);
  para->is_rtl = pk_items_make(worker, text);
  pk_pieces_make(worker, text);
  pk_chances_find(job, text);
  para->has_faults = pk_pieces_check(job, text);
  para->has_rtl = has_rtl(worker->pieces);
  para->piece_count = worker->pieces->len;
  para->pieces = pk_arena_dup(arena, worker->pieces->data, worker->pieces->len * sizeof(pk_piece));
  return PK_OK;
}

size_t pk_para_piece_count(const pk_para *para) {
  return para->piece_count;
}

static bool has_words(const pk_para *para) {
  for (uint32_t i = 0; i < para->piece_count; i++)
    if (para->pieces[i].kind == PK_PIECE_WORD) return true;
  return false;
}

/* Letters hang beside a label as they do below it, by a hair; a quote would eat the
 * space between the two. */
static void keep_label_gap(const pk_para *para, const pk_points *points) {
  pk_point *start = (pk_point *)&points->points[0];
  const pk_piece *first = &para->pieces[MIN(start->next_piece, para->piece_count - 1)];
  if (first->kind == PK_PIECE_WORD && first->word->head.hang < PK_HANG_ROUND) start->hang_start = 0;
}

pk_status pk_para_break(pk_job *job, const pk_para *para, pk_line_shape shape, const pk_break_options *options,
                        const pk_lines **out) {
  if (!has_words(para)) {
    pk_lines *none = PK_NEW(job->arena, pk_lines);
    none->text = para->text;
    *out = none;
    return PK_OK;
  }
  pk_arena *scratch = job->worker->scratch;
  pk_arena_mark mark = pk_arena_mark_now(scratch);
  pk_points points = pk_points_make(scratch, para);
  if (options && options->has_label) keep_label_gap(para, &points);
  pk_chain chain = pk_chain_find(scratch, para, &points, shape, options);
  *out = pk_lines_make(job, para, &points, &chain, shape);
  pk_arena_reset(scratch, mark);
  return PK_OK;
}

/* ---- widths for tables --------------------------------------------------- */

/* The widest of the lines between points that `ends` accepts. */
static pk_length widest(const pk_para *para, bool (*ends)(const pk_point *)) {
  if (!has_words(para)) return 0;
  pk_arena *arena = pk_arena_new();
  pk_points points = pk_points_make(arena, para);
  const pk_point *from = points.points;
  pk_length width = 0;
  for (uint32_t i = 1; i < points.count; i++) {
    const pk_point *to = &points.points[i];
    if (!ends(to)) continue;
    pk_length own = to->end.width - from->next.width + from->lead + to->add;
    if (own > width) width = own;
    from = to;
  }
  pk_arena_drop(arena);
  return width;
}

static bool ends_at_force(const pk_point *point) {
  return pk_point_is_forced(point);
}

static bool ends_anywhere(const pk_point *point) {
  return point->kind != PK_POINT_START && point->reluctance < PK_TIE_FIRM;
}

pk_length pk_para_width(const pk_para *para) {
  return widest(para, ends_at_force);
}
pk_length pk_para_min_width(const pk_para *para) {
  return widest(para, ends_anywhere);
}
