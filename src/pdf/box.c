/* Page boxes, in one place: the media box is the trim and, in an edition for the
 * press, its bleed. Its lower left corner is the origin. */
#include "pdf/number.h"
#include "pdf/page.h"

static pk_length bleed_of(const pk_pdf_file *file) {
  return file->options->edition == PK_EDITION_PRESS && file->list->bleed > 0 ? file->list->bleed : 0;
}

void pk_pdf_box_origin(const pk_pdf_file *file, pk_length *left, pk_length *top) {
  *left = bleed_of(file);
  *top = bleed_of(file) + file->list->height;
}

static void set_box(pk_pdf_file *file, qpdf_oh page, const char *key, pk_length left, pk_length bottom, pk_length right,
                    pk_length top) {
  const pk_length edges[] = {left, bottom, right, top};
  g_autoptr(GString) out = g_string_new("[");
  for (size_t i = 0; i < 4; i++) {
    if (i) g_string_append_c(out, ' ');
    pk_pdf_put_number(out, edges[i], 3);
  }
  g_string_append_c(out, ']');
  pk_pdf_set(file, page, key, pk_pdf_parse(file, out->str));
}

void pk_pdf_box_set(pk_pdf_file *file, qpdf_oh page) {
  pk_length bleed = bleed_of(file), width = file->list->width, height = file->list->height;
  set_box(file, page, "/MediaBox", 0, 0, width + 2 * bleed, height + 2 * bleed);
  if (bleed > 0) set_box(file, page, "/BleedBox", 0, 0, width + 2 * bleed, height + 2 * bleed);
  set_box(file, page, "/TrimBox", bleed, bleed, width + bleed, height + bleed);
}
