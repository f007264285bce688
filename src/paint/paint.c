/* Display list -> pixels.
 *
 * In:  one page of a frozen display list. Out: a PNG of its trim, on white, in
 * the inks' screen colours. What lies beyond the trim is cut off. The drawing
 * order is the list's; the user space is the list's own, points with y down. */
#include "paint/paint.h"

#include <cairo.h>
#include <math.h>

#include "paint/letters.h"
#include "paint/png.h"
#include "paint/turn.h"
#include "pdf/pdf.h"

enum { MAX_PIXELS = 200 * 1000 * 1000 };

/* A tint is the ink thinned toward white paper. */
static void choose_ink(cairo_t *cairo, const pk_list *list, const pk_draw *draw) {
  const double *screen = list->inks[draw->ink].screen;
  double rgb[3];
  for (int i = 0; i < 3; i++) rgb[i] = 1 - draw->tint * (1 - screen[i]);
  cairo_set_source_rgb(cairo, rgb[0], rgb[1], rgb[2]);
}

static pk_status paint_art(pk_job *job, cairo_t *cairo, const pk_art_colours *colours, const pk_draw *draw) {
  const pk_rect *rect = pk_draw_whole(draw), *seen = &draw->art.rect;
  cairo_save(cairo);
  if (rect != seen) {
    cairo_rectangle(cairo, seen->x, seen->y, seen->width, seen->height);
    cairo_clip(cairo);
  }
  pk_paint_turn(cairo, rect, draw->turn);
  pk_status status =
      pk_art_paint(job, draw->art.art, colours, cairo, pk_draw_art_width(draw), pk_draw_art_height(draw));
  cairo_restore(cairo);
  return status;
}

static pk_status paint_draw(pk_job *job, cairo_t *cairo, pk_letters *letters, const pk_list *list,
                            const pk_art_colours *colours, const pk_draw *draw) {
  switch (draw->kind) {
  case PK_DRAW_GLYPHS:
    choose_ink(cairo, list, draw);
    pk_letters_paint(letters, cairo, draw);
    break;
  case PK_DRAW_RECT:
    choose_ink(cairo, list, draw);
    cairo_rectangle(cairo, draw->rect.x, draw->rect.y, draw->rect.width, draw->rect.height);
    cairo_fill(cairo);
    break;
  case PK_DRAW_ART: return paint_art(job, cairo, colours, draw);
  }
  return PK_OK;
}

static pk_status paint_page(pk_job *job, cairo_t *cairo, const pk_list *list, const pk_list_page *page) {
  double scale_x = 1, scale_y = 1;
  cairo_user_to_device_distance(cairo, &scale_x, &scale_y);
  pk_letters *letters = pk_letters_new(scale_x, scale_y);
  pk_status status = PK_OK;
  pk_art_colours colours;
  pk_pdf_art_colours(job, list, NULL, &colours);
  for (size_t i = 0; i < page->count && status == PK_OK; i++)
    status = paint_draw(job, cairo, letters, list, &colours, &page->draws[i]);
  pk_letters_drop(letters);
  return status;
}

static pk_status check_size(pk_job *job, double width, double height, double dpi) {
  pk_diagnostic *told = NULL;
  if (!(dpi >= PK_PAINT_MIN_DPI && dpi <= PK_PAINT_MAX_DPI))
    told = pk_diag_add(job->diag, PK_CODE_PAINT_TOO_LARGE, PK_SPAN_NONE,
                       "a page cannot be painted at %g pixels to the inch", dpi);
  else if (width > PK_PAINT_MAX_SIDE || height > PK_PAINT_MAX_SIDE || width * height > MAX_PIXELS)
    told = pk_diag_add(job->diag, PK_CODE_PAINT_TOO_LARGE, PK_SPAN_NONE,
                       "at %g pixels to the inch the page would have %.0f × %.0f pixels", dpi, width, height);
  if (!told) return PK_OK;
  pk_diag_hint(job->diag, told, "choose a --dpi between %d and %d that keeps the page under %d million pixels",
               PK_PAINT_MIN_DPI, PK_PAINT_MAX_DPI, MAX_PIXELS / 1000000);
  return PK_FAILED;
}

pk_status pk_paint_build(pk_job *job, const pk_list *list, size_t number, double dpi, const uint8_t **data,
                         size_t *size) {
  return pk_paint_build_over(job, list, number, dpi, NULL, NULL, data, size);
}

pk_status pk_paint_build_over(pk_job *job, const pk_list *list, size_t number, double dpi, pk_paint_over over,
                              void *closure, const uint8_t **data, size_t *size) {
  g_assert(number < list->page_count);
  double width = fmax(round(list->width * dpi / 72), 1), height = fmax(round(list->height * dpi / 72), 1);
  pk_status status = check_size(job, width, height, dpi);
  if (status != PK_OK) return status;
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
  cairo_t *cairo = cairo_create(surface);
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_paint(cairo);
  cairo_scale(cairo, width / list->width, height / list->height);
  status = paint_page(job, cairo, list, &list->pages[number]);
  if (status == PK_OK && over) over(cairo, closure);
  if (status == PK_OK && cairo_status(cairo) != CAIRO_STATUS_SUCCESS) {
    pk_diag_add(job->diag, PK_CODE_PAINT_TOO_LARGE, PK_SPAN_NONE, "page %zu cannot be painted: %s", number + 1,
                cairo_status_to_string(cairo_status(cairo)));
    status = PK_SYSTEM;
  }
  if (status == PK_OK) pk_paint_png(job, surface, dpi, data, size);
  cairo_destroy(cairo);
  cairo_surface_destroy(surface);
  return status;
}
