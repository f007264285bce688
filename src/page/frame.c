#include "page/frame.h"

#include <math.h>
#include <string.h>

/* A page that a layout without the master `blank` leaves empty. */
static const pk_master_spec empty_master = {.name = "blank"};

static bool is_left(const pk_document *document, size_t number) {
  return (number + document->begins_left) % 2 == 1;
}

static const pk_master_spec *master_of_page(const pk_document *document, size_t number) {
  const char *first = document->first_master ? document->first_master : "first";
  const char *next = document->next_master ? document->next_master : "next";
  const pk_master_spec *own =
      pk_layout_master_on(document->layout, number == 0 ? first : next, is_left(document, number));
  return own ? own : &empty_master;
}

static bool is_left_page(const pk_document *document, size_t number) {
  return document->layout->facing && is_left(document, number);
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
  return (pk_rect){.x = is_left_page(document, number) ? outside : inside,
                   .y = top,
                   .width = layout->page_width - inside - outside,
                   .height = layout->page_height - top - bottom};
}

/* The frames of a chain, each on the grid of the page. */
static void chain_frames(const pk_document *document, pk_length origin, pk_frame *frame) {
  const pk_layout *layout = document->layout;
  const pk_master_spec *master = frame->master;
  frame->is_chain = true;
  frame->columns = (int)MIN(master->frame_count, PK_COLUMNS_MAX);
  for (int c = 0; c < frame->columns; c++) {
    const pk_frame_spec *spec = &master->frames[c];
    pk_length top = resolve(document, spec->top, layout->page_height), leading = layout->leading;
    pk_length bottom = top + resolve(document, spec->height, layout->page_height);
    top = origin + ceil((top - origin) / leading - 0.001) * leading;
    frame->slots[c] = (pk_rect){resolve(document, spec->left, layout->page_width), top,
                                resolve(document, spec->width, layout->page_width),
                                floor((bottom - top) / leading + 0.001) * leading};
  }
  frame->rect = frame->slots[0];
  frame->column_width = frame->rect.width;
}

pk_frame pk_frame_of_page(const pk_document *document, size_t number) {
  const pk_layout *layout = document->layout;
  const pk_master_spec *master = master_of_page(document, number);
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
  for (int c = 0; c < frame.columns; c++) {
    frame.slots[c] = frame.rect;
    frame.slots[c].x += c * (frame.column_width + frame.gutter);
    frame.slots[c].width = frame.column_width;
  }
  frame.margin_width = resolve(document, master->margin_width, layout->page_width);
  frame.margin_x = resolve(document, master->margin_left, layout->page_width);
  bool is_mirrored = is_left_page(document, number) && !g_str_has_suffix(master->name, "left");
  if (is_mirrored) frame.margin_x = layout->page_width - frame.margin_x - frame.margin_width;
  if (master->frame_count) chain_frames(document, margins.y, &frame);
  return frame;
}

int pk_frame_rows(const pk_frame *frame, int column, pk_length leading) {
  return (int)(frame->slots[column].height / leading + 0.01);
}

int pk_frame_most_rows(const pk_frame *frame, pk_length leading) {
  int most = 0;
  for (int c = 0; c < frame->columns; c++) most = MAX(most, pk_frame_rows(frame, c, leading));
  return most;
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
  return status;
}
