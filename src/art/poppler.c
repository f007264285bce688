/* PDF pages by poppler-glib.
 *
 * In:  a file in memory that carry.c made: one page, bounded, in RGB and grey, all
 * fonts in it. Out: pixels, or a PDF by Cairo.
 *
 * poppler keeps one FreeType for the process and does not lock it, so one page is
 * drawn at a time. Few documents hold a PDF, and linking poppler would cost every
 * start of the process, so it is opened when the first is met, like librsvg. */
#include "art/poppler.h"

#include <cairo-pdf.h>
#include <poppler.h>
#include <pthread.h>

#include "art/library.h"

#define FIXED_DATE "2000-01-01T00:00:00Z"

typedef struct {
  PopplerDocument *(*open)(GBytes *bytes, const char *password, GError **error);
  PopplerPage *(*page)(PopplerDocument *document, int index);
  void (*size)(PopplerPage *page, double *width, double *height);
  void (*render)(PopplerPage *page, cairo_t *cairo);
  void (*print)(PopplerPage *page, cairo_t *cairo);
} poppler_table;

static poppler_table table;
static bool is_open;
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static void open_once(void) {
  const pk_library_entry wanted[] = {
      {"poppler_document_new_from_bytes", (gpointer *)&table.open},
      {"poppler_document_get_page", (gpointer *)&table.page},
      {"poppler_page_get_size", (gpointer *)&table.size},
      {"poppler_page_render", (gpointer *)&table.render},
      {"poppler_page_render_for_printing", (gpointer *)&table.print},
  };
  is_open = pk_library_open("libpoppler-glib.so.8", wanted, G_N_ELEMENTS(wanted));
}

bool pk_poppler_is_available(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, open_once);
  return is_open;
}

static bool draw(const uint8_t *data, size_t size, cairo_t *cairo, pk_length width, pk_length height, bool is_paper,
                 pk_problem *problem) {
  g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
  g_autoptr(GError) error = NULL;
  double across = 0, down = 0;
  PopplerDocument *document = table.open(bytes, NULL, &error);
  PopplerPage *page = document ? table.page(document, 0) : NULL;
  if (page) table.size(page, &across, &down);
  if (across > 0 && down > 0) {
    cairo_save(cairo);
    cairo_scale(cairo, width / across, height / down);
    (is_paper ? table.print : table.render)(page, cairo);
    cairo_restore(cairo);
  } else {
    pk_problem_set(problem, "%s", error ? error->message : "poppler finds no page in it");
  }
  if (page) g_object_unref(page);
  if (document) g_object_unref(document);
  return across > 0 && down > 0;
}

bool pk_poppler_draw(const uint8_t *data, size_t size, cairo_t *cairo, pk_length width, pk_length height,
                     pk_problem *problem) {
  pthread_mutex_lock(&one_at_a_time);
  bool is_drawn = draw(data, size, cairo, width, height, false, problem);
  pthread_mutex_unlock(&one_at_a_time);
  return is_drawn;
}

static cairo_status_t append(void *closure, const unsigned char *data, unsigned size) {
  g_byte_array_append(closure, data, size);
  return CAIRO_STATUS_SUCCESS;
}

bool pk_poppler_redraw(const uint8_t *data, size_t size, pk_length width, pk_length height, GByteArray *out,
                       pk_problem *problem) {
  pthread_mutex_lock(&one_at_a_time);
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(append, out, width, height);
  cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, FIXED_DATE);
  cairo_t *cairo = cairo_create(surface);
  bool is_drawn = draw(data, size, cairo, width, height, true, problem);
  cairo_show_page(cairo);
  cairo_destroy(cairo);
  cairo_surface_finish(surface);
  cairo_status_t status = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  pthread_mutex_unlock(&one_at_a_time);
  if (!is_drawn || status == CAIRO_STATUS_SUCCESS) return is_drawn;
  pk_problem_set(problem, "%s", cairo_status_to_string(status));
  return false;
}
