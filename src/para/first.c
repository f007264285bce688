/* The first line in a setting of its own, wider than the rest: small capitals.
 *
 * In:  the paragraph as its other lines are set, its opening words in each of a few settings.
 * Out: the setting and the end of the first line with which the whole costs least.
 *
 * Which words the line holds and where it ends depend on each other; but what its
 * lines cost after an end is the same however the line before was set, but for the
 * contrast to it. So all ends in all settings are the beginnings of one search. */
#include "para/model.h"
#include "para/worker.h"

/* Puts the ends of a first line of setting `number` behind `ends`; where the words
 * shown end before the text does, that is none. */
static void add_ends(GArray *ends, pk_arena *arena, const pk_first_setting *first, uint8_t number, uint32_t size) {
  const pk_para *para = first->para;
  pk_points points = pk_points_make(arena, para);
  for (uint32_t i = 1; i < points.count; i++) {
    const pk_point *to = &points.points[i];
    pk_first_end end = {.point = pk_point_byte(para, to), .from = points.points, .to = to};
    bool is_cut = to->kind == PK_POINT_END && para->text->size < size;
    if (is_cut || (to->split && !first->may_split)) continue;
    end.extra = first->extra;
    end.number = number;
    g_array_append_val(ends, end);
  }
}

static gint compare_ends(gconstpointer a, gconstpointer b) {
  const pk_first_end *x = a, *y = b;
  if (x->point != y->point) return x->point < y->point ? -1 : 1;
  return (int)x->number - (int)y->number;
}

/* From bytes to points of the paragraph; an end that it does not know goes. */
static void find_points(GArray *ends, const pk_para *para, const pk_points *points) {
  guint kept = 0;
  uint32_t point = 1;
  for (guint i = 0; i < ends->len; i++) {
    pk_first_end end = g_array_index(ends, pk_first_end, i);
    while (point < points->count && pk_point_byte(para, &points->points[point]) < end.point) point++;
    if (point == points->count || pk_point_byte(para, &points->points[point]) != end.point) continue;
    end.point = point;
    g_array_index(ends, pk_first_end, kept++) = end;
  }
  g_array_set_size(ends, kept);
}

pk_first_choice pk_para_first(pk_job *job, const pk_para *para, pk_line_shape shape, const pk_first_setting *firsts,
                              size_t count) {
  if (!para->piece_count) return (pk_first_choice){0};
  pk_arena *scratch = job->worker->scratch;
  pk_arena_mark mark = pk_arena_mark_now(scratch);
  GArray *ends = g_array_new(FALSE, FALSE, sizeof(pk_first_end));
  for (size_t i = 0; i < count; i++)
    if (firsts[i].para->piece_count) add_ends(ends, scratch, &firsts[i], (uint8_t)i, para->text->size);
  g_array_sort(ends, compare_ends);
  pk_points points = pk_points_make(scratch, para);
  find_points(ends, para, &points);
  pk_first_ends all = {(const pk_first_end *)(const void *)ends->data, ends->len};
  const pk_first_end *best = pk_chain_first(scratch, para, &points, shape, all);
  pk_first_choice choice = {0};
  if (best) choice = (pk_first_choice){pk_point_byte(para, &points.points[best->point]), best->number};
  g_array_unref(ends);
  pk_arena_reset(scratch, mark);
  return choice;
}
