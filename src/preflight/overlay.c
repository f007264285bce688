/* Findings drawn over the picture of a page, with Cairo. */
#include "paint/letters.h"
#include "paint/paint.h"
#include "preflight/preflight.h"

enum { TEXT_SIZE = 7, LEADING = 9 };

static const double colours[][3] = {{0, .35, .8}, {.9, .5, 0}, {.85, 0, .1}}; /* note, warning, error */

typedef struct {
  const pk_list *list;
  size_t page;
  const pk_findings *findings;
  const pk_face *face;
  pk_letters *letters;
} overlay;

static void set_colour(cairo_t *cairo, pk_severity severity) {
  cairo_set_source_rgb(cairo, colours[severity][0], colours[severity][1], colours[severity][2]);
}

static void draw_frame(const overlay *o, cairo_t *cairo, size_t number) {
  const pk_finding *f = &o->findings->items[number];
  const double pad = 1.5, left = f->rect.x - pad, top = f->rect.y - pad, wide = number >= 9 ? 11 : 7;
  set_colour(cairo, f->severity);
  cairo_set_line_width(cairo, 1);
  cairo_rectangle(cairo, left, top, f->rect.width + 2 * pad, f->rect.height + 2 * pad);
  cairo_stroke(cairo);
  cairo_rectangle(cairo, left, top - LEADING, wide, LEADING);
  cairo_fill(cairo);
  g_autofree char *text = g_strdup_printf("%zu", number + 1);
  cairo_set_source_rgb(cairo, 1, 1, 1);
  pk_letters_words(o->letters, cairo, o->face, TEXT_SIZE, left + 1.5, top - 2, text);
}

static void draw_legend(const overlay *o, cairo_t *cairo, size_t count) {
  double high = LEADING * (double)count + 6, y = o->list->height - high;
  cairo_set_source_rgb(cairo, 1, 1, .85);
  cairo_rectangle(cairo, 0, y, o->list->width, high);
  cairo_fill(cairo);
  cairo_set_source_rgb(cairo, 0, 0, 0);
  for (size_t i = 0; i < o->findings->count; i++) {
    if (!pk_preflight_is_on(&o->findings->items[i], o->page)) continue;
    g_autofree char *line = pk_preflight_legend(o->findings, i);
    y += LEADING;
    pk_letters_words(o->letters, cairo, o->face, TEXT_SIZE, 6, y, line);
  }
}

static void draw(cairo_t *cairo, void *data) {
  overlay *o = data;
  size_t count = 0;
  double x = 1, y = 1;
  cairo_user_to_device_distance(cairo, &x, &y);
  o->letters = pk_letters_new(x, y);
  for (size_t i = 0; i < o->findings->count; i++) {
    const pk_finding *f = &o->findings->items[i];
    if (!pk_preflight_is_on(f, o->page)) continue;
    count++;
    if (f->page == o->page && (f->rect.width > 0 || f->rect.height > 0)) draw_frame(o, cairo, i);
  }
  if (count) draw_legend(o, cairo, count);
  pk_letters_drop(o->letters);
}

pk_status pk_preflight_picture(pk_job *job, const pk_list *list, size_t page, const pk_findings *findings,
                               const pk_face *face, double dpi, const uint8_t **data, size_t *size) {
  overlay o = {.list = list, .page = page, .findings = findings, .face = face};
  return pk_paint_build_over(job, list, page, dpi, draw, &o, data, size);
}
