/* Paints one plate at a time, as grey: no ink at all is 0.
 *
 * In:  the display list and the printer's rules. Out: a picture of each plate.
 *
 * A plate is an A8 surface of Cairo. What is painted replaces what was there, with
 * its own amount of this ink, which may be none: it knocks out. Where it
 * overprints, plates on which it has no ink are left alone. The inks and overprint
 * of each thing are those that pdf/ writes, asked of the same functions. */
#include "paint/plates.h"

#include <math.h>
#include <string.h>

#include "paint/letters.h"
#include "paint/paint.h"
#include "paint/png.h"
#include "paint/turn.h"
#include "pdf/pdf.h"

enum { PROCESS = 4, MAX_PLATES = 24, MAX_PIXELS = 100 * 1000 * 1000 };

static const char *const process_names[PROCESS] = {"cyan", "magenta", "yellow", "black"};

typedef struct {
  pk_job *job;
  const pk_list *list;
  const pk_printer *printer;
  pk_art_colours colours;
  double dpi;
  cairo_surface_t *surfaces[MAX_PLATES];
  cairo_t *cairo[MAX_PLATES];
  pk_plate plates[MAX_PLATES];
  size_t count;
  int width, height;
  pk_letters *letters;
} press;

/* ---- plates -------------------------------------------------------------- */

static void add_plate(press *p, const char *name) {
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, p->width, p->height);
  cairo_t *cairo = cairo_create(surface);
  cairo_scale(cairo, p->width / p->list->width, p->height / p->list->height);
  cairo_set_operator(cairo, CAIRO_OPERATOR_SOURCE);
  p->surfaces[p->count] = surface;
  p->cairo[p->count] = cairo;
  p->plates[p->count++].name = name;
}

static int plate_of(const press *p, const char *name) {
  for (size_t i = PROCESS; i < p->count; i++)
    if (strcmp(p->plates[i].name, name) == 0) return (int)i;
  return -1;
}

static void add_spot(press *p, const char *name) {
  if (plate_of(p, name) < 0 && p->count < MAX_PLATES) add_plate(p, pk_arena_strdup(p->job->arena, name));
}

static pk_status add_spots(press *p, const pk_list_page *page) {
  if (p->printer->spots != PK_SPOTS_KEEP) return PK_OK;
  for (size_t i = 0; i < page->count; i++) {
    const pk_draw *draw = &page->draws[i];
    const char *spot = draw->kind == PK_DRAW_ART ? NULL : p->list->inks[draw->ink].spot;
    if (spot) add_spot(p, spot);
    if (draw->kind != PK_DRAW_ART || !pk_art_is_vector(draw->art.art)) continue;
    const char *const *names;
    size_t count;
    pk_status status = pk_art_spots(p->job, draw->art.art, &p->colours, &names, &count);
    if (status != PK_OK) return status;
    for (size_t n = 0; n < count; n++) add_spot(p, names[n]);
  }
  return PK_OK;
}

/* ---- painting ------------------------------------------------------------ */

/* The amount of each plate's ink; negative: the plate is left alone. */
static void amounts_of(const press *p, const pk_draw *draw, bool is_area, double *amounts) {
  pk_paint_colour colour;
  pk_pdf_colour_of(p->list, p->printer, draw->ink, draw->tint, is_area, &colour);
  for (size_t i = 0; i < p->count; i++) amounts[i] = i < PROCESS ? colour.cmyk[i] : 0;
  int plate = colour.is_plate ? plate_of(p, p->list->inks[draw->ink].spot) : -1;
  if (plate >= 0) amounts[plate] = draw->tint;
  for (size_t i = 0; i < p->count && colour.overprints; i++)
    if (amounts[i] <= 0) amounts[i] = -1;
}

static void paint_shape(press *p, const pk_draw *draw) {
  double amounts[MAX_PLATES];
  bool is_text = draw->kind == PK_DRAW_GLYPHS;
  amounts_of(p, draw, !is_text && !pk_pdf_is_line(&draw->rect), amounts);
  for (size_t i = 0; i < p->count; i++) {
    if (amounts[i] < 0) continue;
    cairo_set_source_rgba(p->cairo[i], 0, 0, 0, amounts[i]);
    if (is_text) {
      pk_letters_paint(p->letters, p->cairo[i], draw);
    } else {
      cairo_rectangle(p->cairo[i], draw->rect.x, draw->rect.y, draw->rect.width, draw->rect.height);
      cairo_fill(p->cairo[i]);
    }
  }
}

/* One ink of a picture, or its opacity, as a surface. */
static cairo_surface_t *channel(const pk_art_inks *inks, int number) {
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, (int)inks->width, (int)inks->height);
  if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) return surface;
  unsigned char *row = cairo_image_surface_get_data(surface);
  for (size_t y = 0; y < inks->height; y++, row += cairo_image_surface_get_stride(surface))
    for (size_t x = 0; x < inks->width; x++) {
      size_t at = y * inks->width + x;
      row[x] = number < 0 ? inks->alpha[at] : number < PROCESS ? inks->cmyk[4 * at + (size_t)number] : 0;
    }
  cairo_surface_mark_dirty(surface);
  return surface;
}

static cairo_surface_t *surface_of(const uint8_t *bytes, uint32_t width, uint32_t height) {
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, (int)width, (int)height);
  if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) return surface;
  unsigned char *row = cairo_image_surface_get_data(surface);
  for (size_t y = 0; y < height; y++, row += cairo_image_surface_get_stride(surface))
    memcpy(row, bytes + y * width, width);
  cairo_surface_mark_dirty(surface);
  return surface;
}

/* Lays `surface` into the place of `draw` on one plate; what `mask` (or NULL) leaves out
 * stays as it was. */
static void lay(cairo_t *cairo, const pk_draw *draw, cairo_surface_t *surface, cairo_surface_t *mask) {
  const pk_rect *rect = pk_draw_whole(draw), *seen = &draw->art.rect;
  cairo_save(cairo);
  cairo_rectangle(cairo, seen->x, seen->y, seen->width, seen->height);
  cairo_clip(cairo);
  pk_paint_turn(cairo, rect, draw->turn);
  cairo_scale(cairo, pk_draw_art_width(draw) / cairo_image_surface_get_width(surface),
              pk_draw_art_height(draw) / cairo_image_surface_get_height(surface));
  cairo_set_source_surface(cairo, surface, 0, 0);
  cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);
  if (mask)
    cairo_mask_surface(cairo, mask, 0, 0);
  else
    cairo_paint(cairo);
  cairo_restore(cairo);
}

/* Pixels: process inks alone. */
static pk_status paint_pixels(press *p, const pk_draw *draw) {
  pk_art_inks inks;
  pk_status status = pk_art_to_inks(p->job, draw->art.art, &p->colours, pk_draw_art_width(draw),
                                    pk_draw_art_height(draw), p->dpi, &inks);
  if (status != PK_OK) return status;
  cairo_surface_t *mask = inks.alpha ? channel(&inks, -1) : NULL;
  for (size_t i = 0; i < p->count; i++) {
    cairo_surface_t *surface = channel(&inks, (int)i);
    lay(p->cairo[i], draw, surface, mask);
    cairo_surface_destroy(surface);
  }
  if (mask) cairo_surface_destroy(mask);
  return PK_OK;
}

/* Vector art plate by plate, from the PDF that the press gets of it. */
static pk_status paint_vector(press *p, const pk_draw *draw, bool *is_done) {
  static const char *const names[PROCESS] = {"Cyan", "Magenta", "Yellow", "Black"};
  for (size_t i = 0; i < p->count; i++) {
    pk_art_plate plate;
    pk_status status = pk_art_to_plate(p->job, draw->art.art, &p->colours, i < PROCESS ? names[i] : p->plates[i].name,
                                       pk_draw_art_width(draw), pk_draw_art_height(draw), p->dpi, &plate, is_done);
    if (status != PK_OK || !*is_done) return status;
    cairo_surface_t *surface = surface_of(plate.ink, plate.width, plate.height);
    cairo_surface_t *mask = surface_of(plate.alpha, plate.width, plate.height);
    lay(p->cairo[i], draw, surface, mask);
    cairo_surface_destroy(surface);
    cairo_surface_destroy(mask);
  }
  return PK_OK;
}

static pk_status paint_art(press *p, const pk_draw *draw) {
  const pk_rect *rect = pk_draw_whole(draw);
  bool is_done = false;
  if (rect->width <= 0 || rect->height <= 0) return PK_OK;
  pk_status status = pk_art_is_vector(draw->art.art) ? paint_vector(p, draw, &is_done) : PK_OK;
  return status == PK_OK && !is_done ? paint_pixels(p, draw) : status;
}

static pk_status paint_page(press *p, const pk_list_page *page) {
  pk_status status = PK_OK;
  for (size_t i = 0; i < page->count && status == PK_OK; i++) {
    const pk_draw *draw = &page->draws[i];
    if (draw->kind == PK_DRAW_ART)
      status = paint_art(p, draw);
    else
      paint_shape(p, draw);
  }
  return status;
}

/* ---- what comes of it ---------------------------------------------------- */

static void take_pixels(press *p) {
  size_t width = (size_t)p->width;
  for (size_t i = 0; i < p->count; i++) {
    cairo_surface_flush(p->surfaces[i]);
    const unsigned char *row = cairo_image_surface_get_data(p->surfaces[i]);
    p->plates[i].pixels = pk_arena_alloc(p->job->arena, width * (size_t)p->height);
    for (size_t y = 0; y < (size_t)p->height; y++, row += cairo_image_surface_get_stride(p->surfaces[i]))
      memcpy(p->plates[i].pixels + y * width, row, width);
  }
}

static unsigned sum_at(const pk_plates *plates, size_t at) {
  unsigned sum = 0;
  for (size_t i = 0; i < plates->count; i++) sum += plates->plates[i].pixels[at];
  return sum;
}

static void find_highest(pk_plates *plates) {
  unsigned highest = 0;
  size_t place = 0, count = (size_t)plates->width * (size_t)plates->height;
  for (size_t at = 0; at < count; at++) {
    unsigned sum = sum_at(plates, at);
    if (sum > highest) highest = sum, place = at;
  }
  plates->highest = highest / 255.0;
  plates->x = ((double)(place % (size_t)plates->width) + 0.5) * 72 / plates->dpi;
  plates->y = ((double)(place / (size_t)plates->width) + 0.5) * 72 / plates->dpi;
}

static void drop_surfaces(press *p) {
  for (size_t i = 0; i < p->count; i++) {
    cairo_destroy(p->cairo[i]);
    cairo_surface_destroy(p->surfaces[i]);
  }
  if (p->letters) pk_letters_drop(p->letters);
}

static pk_status check_size(pk_job *job, double width, double height, double dpi) {
  if (dpi >= PK_PAINT_MIN_DPI && dpi <= PK_PLATES_MAX_DPI && width * height <= MAX_PIXELS &&
      fmax(width, height) <= PK_PAINT_MAX_SIDE)
    return PK_OK;
  pk_diag_add(job->diag, PK_CODE_PAINT_TOO_LARGE, PK_SPAN_NONE,
              "at %g pixels to the inch a plate would have %.0f × %.0f pixels", dpi, width, height);
  return PK_FAILED;
}

pk_status pk_plates_build(pk_job *job, const pk_list *list, const pk_printer *printer, size_t number, double dpi,
                          const pk_plates **out) {
  double width = fmax(round(list->width * dpi / 72), 1), height = fmax(round(list->height * dpi / 72), 1);
  pk_status status = check_size(job, width, height, dpi);
  if (status != PK_OK) return status;
  press p = {.job = job, .list = list, .printer = printer, .dpi = dpi, .width = (int)width, .height = (int)height};
  pk_pdf_art_colours(job, list, printer, &p.colours);
  for (int i = 0; i < PROCESS; i++) add_plate(&p, process_names[i]);
  status = add_spots(&p, &list->pages[number]);
  p.letters = pk_letters_new(width / list->width, height / list->height);
  if (status == PK_OK) status = paint_page(&p, &list->pages[number]);
  for (size_t i = 0; i < p.count && status == PK_OK; i++)
    if (cairo_status(p.cairo[i]) != CAIRO_STATUS_SUCCESS) status = PK_SYSTEM;
  if (status == PK_SYSTEM)
    pk_diag_add(job->diag, PK_CODE_PAINT_TOO_LARGE, PK_SPAN_NONE, "there is no memory to paint the plates");
  if (status == PK_OK) {
    take_pixels(&p);
    pk_plates *plates = PK_NEW(job->arena, pk_plates);
    *plates = (pk_plates){.width = p.width, .height = p.height, .dpi = dpi, .count = p.count};
    plates->plates = pk_arena_dup(job->arena, p.plates, p.count * sizeof *p.plates);
    find_highest(plates);
    *out = plates;
  }
  drop_surfaces(&p);
  return status;
}

/* ---- pictures ------------------------------------------------------------ */

void pk_plates_png(pk_job *job, const pk_plates *plates, size_t number, const uint8_t **data, size_t *size) {
  size_t count = (size_t)plates->width * (size_t)plates->height;
  g_autofree uint8_t *grey = g_malloc(count);
  for (size_t i = 0; i < count; i++) grey[i] = (uint8_t)(255 - plates->plates[number].pixels[i]);
  pk_paint_png_pixels(job, grey, (uint32_t)plates->width, (uint32_t)plates->height, 1, plates->dpi, data, size);
}

/* From none to the limit; then beyond it. */
static void heat(double share, uint8_t rgb[3]) {
  static const uint8_t steps[][3] = {{255, 255, 255}, {120, 170, 255}, {60, 190, 120}, {250, 220, 60}, {220, 40, 30}};
  static const uint8_t over[3] = {150, 0, 200};
  if (share > 1.0005) {
    memcpy(rgb, over, 3);
    return;
  }
  double at = CLAMP(share, 0.0, 1.0) * (G_N_ELEMENTS(steps) - 1);
  size_t step = MIN((size_t)at, G_N_ELEMENTS(steps) - 2);
  double part = at - (double)step;
  for (int c = 0; c < 3; c++) rgb[c] = (uint8_t)lround(steps[step][c] * (1 - part) + steps[step + 1][c] * part);
}

/* A ring of 3 mm around the highest. */
static bool is_on_ring(const pk_plates *plates, size_t x, size_t y) {
  double scale = plates->dpi / 72, radius = 3 * PK_PT_PER_MM * scale;
  double away = hypot((double)x - plates->x * scale, (double)y - plates->y * scale);
  return fabs(away - radius) < fmax(radius / 8, 0.6);
}

void pk_plates_heat_png(pk_job *job, const pk_plates *plates, double limit, const uint8_t **data, size_t *size) {
  size_t width = (size_t)plates->width, height = (size_t)plates->height;
  g_autofree uint8_t *pixels = g_malloc(width * height * 3);
  for (size_t y = 0; y < height; y++)
    for (size_t x = 0; x < width; x++) {
      uint8_t *rgb = pixels + 3 * (y * width + x);
      if (plates->highest > 0 && is_on_ring(plates, x, y))
        memset(rgb, 0, 3);
      else
        heat(sum_at(plates, y * width + x) / 255.0 / limit, rgb);
    }
  pk_paint_png_pixels(job, pixels, (uint32_t)width, (uint32_t)height, 3, plates->dpi, data, size);
}
