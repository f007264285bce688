/* SVG by librsvg.
 *
 * In:  a whole file in memory, not to be trusted. Out: its size; drawing.
 * The handle has no base address and not the "unlimited" flag, so librsvg
 * refuses whatever the file refers to outside itself and keeps its own limits
 * on nesting, entities and references.
 *
 * Linking librsvg costs every start of the process 5 ms, a quarter of what a
 * whole page may take, so it is opened when the first drawing is met. The table
 * of its functions is filled once for the process and never changes. */
#include "art/svg.h"

#include <librsvg/rsvg.h>
#include <math.h>
#include <pthread.h>
#include <string.h>

#include "art/embedded.h"
#include "art/library.h"

enum { SNIFF = 64 * 1024, DPI = 96 };
#define PT_PER_PIXEL 0.75

struct pk_svg {
  RsvgHandle *handle;
};

typedef struct {
  RsvgHandle *(*new_from_data)(const guint8 *data, gsize size, GError **error);
  void (*set_dpi)(RsvgHandle *handle, double dpi);
  gboolean (*size_in_pixels)(RsvgHandle *handle, gdouble *width, gdouble *height);
  void (*dimensions)(RsvgHandle *handle, gboolean *has_width, RsvgLength *width, gboolean *has_height,
                     RsvgLength *height, gboolean *has_view_box, RsvgRectangle *view_box);
  gboolean (*render)(RsvgHandle *handle, cairo_t *cairo, const RsvgRectangle *viewport, GError **error);
} rsvg_table;

static rsvg_table *open_library(void) {
  rsvg_table *table = g_new0(rsvg_table, 1);
  const pk_library_entry wanted[] = {
      {"rsvg_handle_new_from_data", (gpointer *)&table->new_from_data},
      {"rsvg_handle_set_dpi", (gpointer *)&table->set_dpi},
      {"rsvg_handle_get_intrinsic_size_in_pixels", (gpointer *)&table->size_in_pixels},
      {"rsvg_handle_get_intrinsic_dimensions", (gpointer *)&table->dimensions},
      {"rsvg_handle_render_document", (gpointer *)&table->render},
  };
  if (pk_library_open("librsvg-2.so.2", wanted, G_N_ELEMENTS(wanted))) return table;
  g_free(table);
  return NULL;
}

static rsvg_table *opened;

static void open_once(void) {
  opened = open_library();
}

/* Not g_once(), which the thread sanitizer does not see. */
static const rsvg_table *library(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, open_once);
  return opened;
}

bool pk_svg_is_available(void) {
  return library() != NULL;
}

static const void *find(const uint8_t *data, size_t size, const char *word) {
  return memmem(data, size, word, strlen(word));
}

bool pk_svg_is(const uint8_t *data, size_t size) {
  if (size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) data += 3, size -= 3;
  while (size > 0 && g_ascii_isspace(*data)) data++, size--;
  if (size == 0 || *data != '<') return false;
  size = MIN(size, SNIFF);
  return find(data, size, "<svg") || find(data, size, ":svg");
}

static bool is_size(double value) {
  return isfinite(value) && value > 0;
}

static bool measure(const rsvg_table *rsvg, RsvgHandle *handle, pk_length *width, pk_length *height) {
  double wide = 0, high = 0;
  if (!rsvg->size_in_pixels(handle, &wide, &high)) {
    gboolean has_width, has_height, has_box;
    RsvgLength unused_width, unused_height;
    RsvgRectangle box;
    rsvg->dimensions(handle, &has_width, &unused_width, &has_height, &unused_height, &has_box, &box);
    if (!has_box) return false;
    wide = box.width;
    high = box.height;
  }
  if (!is_size(wide) || !is_size(high)) return false;
  *width = wide * PT_PER_PIXEL;
  *height = high * PT_PER_PIXEL;
  return true;
}

static void take_error(pk_problem *problem, GError *error) {
  pk_problem_set(problem, "%s", error ? error->message : "librsvg does not say why");
  g_strchomp(problem->text);
  g_clear_error(&error);
}

pk_svg *pk_svg_open(const uint8_t *data, size_t size, pk_length *width, pk_length *height, pk_problem *problem) {
  const rsvg_table *rsvg = library();
  problem->is_too_large = false;
  if (!pk_embedded_check(data, size, problem)) return NULL;
  GError *error = NULL;
  RsvgHandle *handle = rsvg->new_from_data(data, size, &error);
  if (!handle) {
    take_error(problem, error);
    return NULL;
  }
  rsvg->set_dpi(handle, DPI); /* so that mm and px agree: 1 px = 0.75 pt */
  if (!measure(rsvg, handle, width, height)) {
    pk_problem_set(problem, "it has no size: neither width and height nor a viewBox");
    g_object_unref(handle);
    return NULL;
  }
  pk_svg *svg = g_new(pk_svg, 1);
  svg->handle = handle;
  return svg;
}

void pk_svg_drop(pk_svg *svg) {
  if (!svg) return;
  g_object_unref(svg->handle);
  g_free(svg);
}

bool pk_svg_draw(pk_svg *svg, cairo_t *cairo, pk_length width, pk_length height, pk_problem *problem) {
  GError *error = NULL;
  const RsvgRectangle viewport = {0, 0, width, height};
  cairo_save(cairo);
  bool ok = library()->render(svg->handle, cairo, &viewport, &error);
  cairo_restore(cairo);
  if (!ok) take_error(problem, error);
  return ok;
}
