#include "pdf/reach.h"

#include <math.h>

static const pk_length near = 0.01;

typedef enum { EDGE_LEFT, EDGE_TOP, EDGE_RIGHT, EDGE_BOTTOM, EDGE_COUNT } edge;

static const char *const edge_names[] = {"left", "upper", "right", "lower"};

/* How far the rectangle goes beyond each edge of the trim; negative: it stays inside. */
static void beyond(const pk_list *list, const pk_rect *rect, pk_length out[EDGE_COUNT]) {
  out[EDGE_LEFT] = -rect->x;
  out[EDGE_TOP] = -rect->y;
  out[EDGE_RIGHT] = rect->x + rect->width - list->width;
  out[EDGE_BOTTOM] = rect->y + rect->height - list->height;
}

static bool shows(const pk_list *list, const pk_draw *draw) {
  if (draw->kind == PK_DRAW_ART) return true;
  if (draw->kind != PK_DRAW_RECT || draw->ink >= list->ink_count || draw->tint <= 0) return false;
  const pk_ink *ink = &list->inks[draw->ink];
  return ink->spot || ink->cmyk[0] + ink->cmyk[1] + ink->cmyk[2] + ink->cmyk[3] > 0;
}

static void tell(pk_pdf_file *file, const pk_draw *draw, edge e, pk_length has) {
  pk_length needs = file->list->bleed;
  const char *what = draw->kind == PK_DRAW_ART ? "a picture" : "an area";
  pk_diagnostic *raised;
  if (has < near)
    raised = pk_diag_add(file->job->diag, PK_CODE_BLEED_SHORT, draw->source,
                         "%s touches the %s edge and does not reach the bleed of %.4g mm", what, edge_names[e],
                         needs / PK_PT_PER_MM);
  else
    raised = pk_diag_add(file->job->diag, PK_CODE_BLEED_SHORT, draw->source,
                         "%s goes %.2g mm beyond the %s edge; the printer's bleed is %.4g mm", what, has / PK_PT_PER_MM,
                         edge_names[e], needs / PK_PT_PER_MM);
  pk_diag_hint(file->job->diag, raised, "let the box end at the edge and give it  bleed: true  or keep it off");
}

static bool is_told(const GPtrArray *told, const pk_draw *draw) {
  for (guint i = 0; i < told->len; i++) {
    const pk_draw *before = g_ptr_array_index(told, i);
    if (before->source.source == draw->source.source && before->source.start == draw->source.start) return true;
  }
  return false;
}

static void check_draw(pk_pdf_file *file, const pk_draw *draw, GPtrArray *told) {
  const pk_list *list = file->list;
  if (!shows(list, draw)) return;
  pk_length out[EDGE_COUNT];
  beyond(list, draw->kind == PK_DRAW_ART ? &draw->art.rect : &draw->rect, out);
  for (int e = 0; e < EDGE_COUNT; e++) {
    if (out[e] < -near || out[e] > list->bleed - near || is_told(told, draw)) continue;
    tell(file, draw, (edge)e, out[e]);
    g_ptr_array_add(told, (gpointer)draw);
  }
}

pk_status pk_pdf_reach_check(pk_pdf_file *file, const size_t *numbers, size_t count) {
  if (!file->traits->is_cmyk || !file->options->printer || file->list->bleed <= 0) return PK_OK;
  g_autoptr(GPtrArray) told = g_ptr_array_new();
  for (size_t n = 0; n < count; n++) {
    const pk_list_page *page = &file->list->pages[numbers[n]];
    for (size_t i = 0; i < page->count; i++) check_draw(file, &page->draws[i], told);
  }
  return told->len ? PK_FAILED : PK_OK;
}
