#include "page/frame.h"

#include <math.h>

static const pk_master_spec *master_of_page(const pk_layout *layout, size_t number) {
  return pk_layout_master(layout, number == 0 ? "first" : "next");
}

static bool is_left_page(const pk_layout *layout, size_t number) {
  return layout->facing && number % 2 == 1;
}

static pk_length resolve(const pk_document *document, pk_dimension dimension, pk_length whole) {
  return pk_dimension_resolve(dimension, document->body->size, document->layout->leading, whole);
}

pk_rect pk_frame_margins(const pk_document *document, size_t number) {
  const pk_layout *layout = document->layout;
  pk_length inside = resolve(document, layout->margin_inside, layout->page_width);
  pk_length outside = resolve(document, layout->margin_outside, layout->page_width);
  pk_length top = resolve(document, layout->margin_top, layout->page_height);
  pk_length bottom = resolve(document, layout->margin_bottom, layout->page_height);
  return (pk_rect){.x = is_left_page(layout, number) ? outside : inside,
                   .y = top,
                   .width = layout->page_width - inside - outside,
                   .height = layout->page_height - top - bottom};
}

pk_frame pk_frame_of_page(const pk_document *document, size_t number) {
  const pk_layout *layout = document->layout;
  const pk_master_spec *master = master_of_page(layout, number);
  pk_rect margins = pk_frame_margins(document, number);
  pk_length top = margins.y, bottom = margins.y + margins.height;
  pk_length left = margins.x, right = margins.x + margins.width;
  if (master->has_top) top = resolve(document, master->top, layout->page_height);
  if (master->has_bottom) bottom = layout->page_height - resolve(document, master->bottom, layout->page_height);
  if (master->has_left) left = resolve(document, master->left, layout->page_width);
  if (master->has_right) right = layout->page_width - resolve(document, master->right, layout->page_width);
  /* The grid begins at the top margin of the page and runs both ways. */
  top = margins.y + ceil((top - margins.y) / layout->leading - 0.001) * layout->leading;
  pk_frame frame = {.master = master, .columns = master->columns ? master->columns : layout->columns};
  frame.columns = CLAMP(frame.columns, 1, PK_COLUMNS_MAX);
  frame.gutter = resolve(document, layout->gutter, right - left);
  frame.rect = (pk_rect){left, top, right - left, floor((bottom - top) / layout->leading + 0.001) * layout->leading};
  frame.column_width = (frame.rect.width - frame.gutter * (frame.columns - 1)) / frame.columns;
  return frame;
}

pk_status pk_frame_check(pk_job *job, const pk_document *document) {
  pk_status status = PK_OK;
  for (size_t number = 0; number < 2; number++) {
    pk_frame frame = pk_frame_of_page(document, number);
    if (frame.rect.height >= 2 * document->layout->leading && frame.column_width >= 4 * document->body->size) continue;
    pk_diag_add(job->diag, PK_CODE_FRAME_EMPTY, frame.master->span,
                "the master '%s' leaves a text frame of %.1f × %.1f mm in %d column%s", frame.master->name,
                frame.rect.width / PK_PT_PER_MM, frame.rect.height / PK_PT_PER_MM, frame.columns,
                frame.columns == 1 ? "" : "s");
    status = PK_FAILED;
  }
  pk_frame first = pk_frame_of_page(document, 0), next = pk_frame_of_page(document, 1);
  if (status == PK_OK && fabs(first.column_width - next.column_width) > 0.01) {
    pk_diagnostic *error = pk_diag_add(job->diag, PK_CODE_FRAME_WIDTHS, first.master->span,
                                       "columns are %.1f mm wide on the first page and %.1f mm on the next",
                                       first.column_width / PK_PT_PER_MM, next.column_width / PK_PT_PER_MM);
    pk_diag_hint(job->diag, error, "give the text frames of both masters the same left, right and columns");
    pk_diag_related(job->diag, error, next.master->span, "the other master");
    status = PK_FAILED;
  }
  return status;
}
