/* Page boxes, in one place: the media box is the trim and, in an edition for the
 * press, its bleed and the marks around it. Its lower left corner is the origin. */
#include "pdf/number.h"
#include "pdf/page.h"

static pk_length bleed_of(const pk_pdf_file *file) {
  return file->traits->is_cmyk && file->list->bleed > 0 ? file->list->bleed : 0;
}

/* From the trim to the edge of the sheet. */
static pk_length margin_of(const pk_pdf_file *file) {
  return bleed_of(file) + pk_pdf_marks_room(file);
}

void pk_pdf_box_origin(const pk_pdf_file *file, pk_length *left, pk_length *top) {
  *left = margin_of(file);
  *top = margin_of(file) + file->list->height;
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
  pk_pdf_set(file, page, key, pk_pdf_raw(file, out->str));
}

void pk_pdf_box_set(pk_pdf_file *file, qpdf_oh page) {
  pk_length bleed = bleed_of(file), margin = margin_of(file), width = file->list->width, height = file->list->height;
  pk_length right = margin + width, top = margin + height, room = margin - bleed;
  set_box(file, page, "/MediaBox", 0, 0, right + margin, top + margin);
  if (file->options->edition == PK_EDITION_PROOF) set_box(file, page, "/CropBox", margin, margin, right, top);
  if (file->traits->is_cmyk) set_box(file, page, "/BleedBox", room, room, right + bleed, top + bleed);
  set_box(file, page, "/TrimBox", margin, margin, right, top);
}
