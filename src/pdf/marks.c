/* Crop, bleed, registration and fold marks, colour bar, slug line.
 *
 * In:  the printer's `marks:`, the boxes. Out: a form for the fronts of
 * sheets and one for their backs, and a line of text on each.
 *
 * Everything begins at the printer's distance from the bleed and lies outside
 * it; lines and text are in the colour of registration, on every plate. The
 * colour bar stands on the left, between corner and target; the slug line in a
 * row of its own below the marks. Lengths are points from the lower left corner
 * of the sheet. */
#include "pdf/marks.h"

#include <math.h>

#include <string.h>

#include "pdf/number.h"
#include "pdf/page.h"
#include "pdf/slug.h"

#define MM(value) ((value)*PK_PT_PER_MM)

static const pk_length target_size = MM(5), target_radius = MM(1.6), slug_row = MM(5), patch_most = MM(5);

struct pk_pdf_marks {
  pk_pdf_file *file;
  const pk_printer *printer;
  pk_length left, bottom, right, top; /* of the trim */
  pk_length start, end;               /* of marks, from the trim outwards */
  GPtrArray *slugs;                   /* of pk_draw; in the job's arena */
  qpdf_oh forms[2];                   /* of fronts and of backs, which differ in their folds */
  qpdf_oh spaces;
};

static bool has_marks(const pk_pdf_file *file) {
  return file->options->edition == PK_EDITION_PRESS && pk_printer_has_marks(file->printer);
}

pk_length pk_pdf_marks_room(const pk_pdf_file *file) {
  if (!has_marks(file)) return 0;
  pk_length row = file->printer->marks.slug ? slug_row : 0;
  return file->printer->marks.distance + MAX(file->printer->marks.length, target_size) + row;
}

pk_pdf_marks *pk_pdf_marks_new(pk_pdf_file *file) {
  if (!has_marks(file)) return NULL;
  pk_pdf_marks *marks = g_new0(pk_pdf_marks, 1);
  marks->file = file;
  marks->printer = file->printer;
  pk_pdf_box_origin(file, &marks->left, &marks->top);
  marks->bottom = marks->top - file->list->height;
  marks->right = marks->left + file->list->width;
  marks->start = file->list->bleed + file->printer->marks.distance;
  marks->end = marks->start + file->printer->marks.length;
  marks->slugs = g_ptr_array_new();
  return marks;
}

void pk_pdf_marks_drop(pk_pdf_marks *marks) {
  if (!marks) return;
  g_ptr_array_unref(marks->slugs);
  g_free(marks);
}

/* ---- lines --------------------------------------------------------------- */

static void put(GString *out, const double *values, size_t count, const char *operator) {
  for (size_t i = 0; i < count; i++) {
    pk_pdf_put_number(out, values[i], 3);
    g_string_append_c(out, ' ');
  }
  g_string_append(out, operator);
}

static void put_line(GString *out, pk_length x1, pk_length y1, pk_length x2, pk_length y2) {
  put(out, (const double[]){x1, y1}, 2, "m ");
  put(out, (const double[]){x2, y2}, 2, "l S\n");
}

/* Lines at the four corners of the trim grown by `out_by`, `length` long. */
static void put_corners(const pk_pdf_marks *marks, GString *out, pk_length out_by, pk_length length) {
  const pk_length xs[2] = {marks->left - out_by, marks->right + out_by};
  const pk_length ys[2] = {marks->bottom - out_by, marks->top + out_by};
  const pk_length edges_x[2] = {marks->left, marks->right}, edges_y[2] = {marks->bottom, marks->top};
  for (size_t i = 0; i < 2; i++) {
    pk_length away = i ? 1 : -1;
    for (size_t j = 0; j < 2; j++) {
      put_line(out, edges_x[i] + away * marks->start, ys[j], edges_x[i] + away * (marks->start + length), ys[j]);
      put_line(out, xs[j], edges_y[i] + away * marks->start, xs[j], edges_y[i] + away * (marks->start + length));
    }
  }
}

static void put_circle(GString *out, pk_length x, pk_length y, pk_length radius) {
  const double arm = 0.5523 * radius; /* of the Bezier curve nearest to a quarter */
  const double r = radius;
  put(out, (const double[]){x + r, y}, 2, "m ");
  put(out, (const double[]){x + r, y + arm, x + arm, y + r, x, y + r}, 6, "c ");
  put(out, (const double[]){x - arm, y + r, x - r, y + arm, x - r, y}, 6, "c ");
  put(out, (const double[]){x - r, y - arm, x - arm, y - r, x, y - r}, 6, "c ");
  put(out, (const double[]){x + arm, y - r, x + r, y - arm, x + r, y}, 6, "c s\n");
}

static void put_target(GString *out, pk_length x, pk_length y) {
  put_line(out, x - target_size / 2, y, x + target_size / 2, y);
  put_line(out, x, y - target_size / 2, x, y + target_size / 2);
  put_circle(out, x, y, target_radius);
}

/* In the middle, or in that of the last panel where the marks of a fold would lie there. */
static pk_length target_x(const pk_pdf_marks *marks) {
  const pk_list *list = marks->file->list;
  pk_length middle = list->width / 2, last = 0;
  bool is_near = false;
  for (size_t i = 0; marks->printer->marks.fold && i < list->fold_count; i++) {
    is_near = is_near || fabs(list->folds[i] - middle) < 2 * target_size;
    last = MAX(last, list->folds[i]);
  }
  return marks->left + (is_near ? (last + list->width) / 2 : middle);
}

static void put_targets(const pk_pdf_marks *marks, GString *out) {
  pk_length away = marks->start + target_size / 2;
  pk_length x = target_x(marks), y = (marks->bottom + marks->top) / 2;
  put_target(out, x, marks->bottom - away);
  put_target(out, x, marks->top + away);
  put_target(out, marks->left - away, y);
  put_target(out, marks->right + away, y);
}

static void put_folds(const pk_pdf_marks *marks, GString *out, size_t side) {
  const pk_list *list = marks->file->list;
  g_string_append(out, "[2 1.5] 0 d\n");
  for (size_t i = 0; i < list->fold_count; i++) {
    pk_length x = marks->left + pk_list_fold(list, side, i);
    put_line(out, x, marks->bottom - marks->start, x, marks->bottom - marks->end);
    put_line(out, x, marks->top + marks->start, x, marks->top + marks->end);
  }
  g_string_append(out, "[] 0 d\n");
}

/* ---- colour bar ---------------------------------------------------------- */

static const double tints[] = {1, .75, .5, .25};

static void put_patch(GString *out, pk_length x, pk_length *y, pk_length side) {
  *y -= side;
  put(out, (const double[]){x, *y, side, side}, 4, "re f\n");
}

static void put_bar(const pk_pdf_marks *marks, GString *out, const bool *is_used) {
  const pk_pdf_file *file = marks->file;
  size_t plates = 4;
  for (size_t i = 0; i < file->list->ink_count; i++) plates += is_used[i] && pk_pdf_colour_is_plate(file, i);
  pk_length room = (marks->top - marks->bottom - target_size) / 2 - MM(4);
  pk_length side = MIN(patch_most, room / (double)(plates * G_N_ELEMENTS(tints) + 1));
  if (side <= 0) return;
  pk_length x = marks->left - marks->start - side, y = marks->top - MM(2);
  for (size_t ink = 0; ink < 4; ink++)
    for (size_t t = 0; t < G_N_ELEMENTS(tints); t++) {
      double cmyk[4] = {0};
      cmyk[ink] = tints[t];
      put(out, cmyk, 4, "k ");
      put_patch(out, x, &y, side);
    }
  for (size_t i = 0; i < file->list->ink_count; i++) {
    if (!is_used[i] || !pk_pdf_colour_is_plate(file, i)) continue;
    g_string_append_printf(out, "/S%u cs ", (unsigned)i);
    for (size_t t = 0; t < G_N_ELEMENTS(tints); t++) {
      put(out, &tints[t], 1, "scn ");
      put_patch(out, x, &y, side);
    }
  }
  /* Grey of the three colours, which shows a cast before anything else does. */
  g_string_append(out, ".5 .4 .4 0 k ");
  put_patch(out, x, &y, side);
}

/* ---- the form ------------------------------------------------------------ */

static void put_marks(const pk_pdf_marks *marks, GString *out, const bool *is_used, size_t side) {
  const pk_printer *printer = marks->printer;
  pk_pdf_put_number(out, printer->marks.thickness, 3);
  g_string_append(out, " w /SR CS 1 SCN\n");
  if (printer->marks.crop) put_corners(marks, out, 0, printer->marks.length);
  if (printer->marks.bleed && marks->file->list->bleed > 0)
    put_corners(marks, out, marks->file->list->bleed, printer->marks.length / 2);
  if (printer->marks.registration) put_targets(marks, out);
  if (printer->marks.fold) put_folds(marks, out, side);
  if (printer->marks.colour_bar) put_bar(marks, out, is_used);
}

static qpdf_oh make_form(const pk_pdf_marks *marks, const bool *is_used, size_t side) {
  pk_pdf_file *file = marks->file;
  g_autoptr(GString) out = g_string_new(NULL);
  put_marks(marks, out, is_used, side);
  qpdf_oh form = pk_pdf_stream(file, "<</Type/XObject/Subtype/Form/Resources<<>>>>", out->str, out->len);
  qpdf_oh dict = qpdf_oh_get_dict(file->qpdf, form), resources = qpdf_oh_get_key(file->qpdf, dict, "/Resources");
  pk_pdf_set_ref(file, resources, "/ColorSpace", marks->spaces);
  pk_length margin = marks->left;
  pk_pdf_set(file, dict, "/BBox",
             pk_pdf_parsef(file, "[0 0 %.3f %.3f]", marks->right + margin, marks->top + marks->bottom));
  pk_pdf_release(file, resources);
  pk_pdf_release(file, dict);
  return form;
}

void pk_pdf_marks_build(pk_pdf_marks *marks, const bool *is_used) {
  pk_pdf_file *file = marks->file;
  marks->spaces = pk_pdf_colour_spaces(file, is_used);
  qpdf_oh spaces = marks->spaces ? marks->spaces : pk_pdf_indirect(file, qpdf_oh_new_dictionary(file->qpdf));
  pk_pdf_set(file, spaces, "/SR", pk_pdf_colour_registration(file));
  marks->spaces = spaces;
  bool has_backs = marks->printer->marks.fold && file->list->fold_count;
  for (size_t side = 0; side < 2; side++)
    marks->forms[side] = side && !has_backs ? marks->forms[0] : make_form(marks, is_used, side);
}

void pk_pdf_marks_resources(pk_pdf_marks *marks, qpdf_oh resources, size_t number) {
  pk_pdf_file *file = marks->file;
  qpdf_oh pictures = qpdf_oh_get_key(file->qpdf, resources, "/XObject");
  if (!qpdf_oh_is_dictionary(file->qpdf, pictures)) {
    pk_pdf_release(file, pictures);
    pictures = qpdf_oh_new_dictionary(file->qpdf);
    pk_pdf_set_ref(file, resources, "/XObject", pictures);
  }
  pk_pdf_set_ref(file, pictures, "/Marks", marks->forms[number % 2]);
  pk_pdf_set_ref(file, resources, "/ColorSpace", marks->spaces);
  pk_pdf_release(file, pictures);
}

/* ---- slug ---------------------------------------------------------------- */

const pk_draw *pk_pdf_marks_slug(pk_pdf_marks *marks, const pk_draw *sample, size_t number, size_t count) {
  if (!marks->printer->marks.slug || !sample) return NULL;
  pk_length below = marks->end > marks->start + target_size ? marks->end : marks->start + target_size;
  pk_draw *draw = pk_pdf_slug_line(marks->file, sample->glyphs.face, number, count);
  draw->glyphs.x = 0;
  draw->glyphs.y = marks->file->list->height + below + slug_row * 0.6;
  draw->ink = PK_PDF_REGISTRATION;
  g_ptr_array_add(marks->slugs, draw);
  return draw;
}

void pk_pdf_marks_page(pk_pdf_marks *marks, pk_pdf_content *content, size_t number) {
  pk_pdf_content_clean(content);
  g_string_append(content->out, "q\n");
  if (number < marks->slugs->len) pk_pdf_text_draw(content, g_ptr_array_index(marks->slugs, number), NULL);
  pk_pdf_content_text(content, false);
  pk_pdf_colour_knock_out(content);
  g_string_append(content->out, "/Marks Do\nQ\n");
}
