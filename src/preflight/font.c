/* Fonts of a PDF: are they in the file, and how wide is their text. */
#include <math.h>
#include <string.h>

#include "preflight/state.h"

enum { MAX_CODES = 65536, ENTRIES_MAX = 200000 };

static qpdf_oh key(pk_interpreter *in, qpdf_oh dict, const char *name) {
  return qpdf_oh_get_key_if_dict(in->qpdf, dict, name);
}

static double number_or(pk_interpreter *in, qpdf_oh object, double otherwise) {
  double value;
  return qpdf_oh_get_value_as_number(in->qpdf, object, &value) && isfinite(value) ? value : otherwise;
}

static qpdf_oh descendant(pk_interpreter *in, qpdf_oh font) {
  qpdf_oh all = key(in, font, "/DescendantFonts");
  bool has_one = qpdf_oh_is_array(in->qpdf, all) && qpdf_oh_get_array_n_items(in->qpdf, all) > 0;
  return has_one ? qpdf_oh_get_array_item(in->qpdf, all, 0) : font;
}

static bool is_embedded(pk_interpreter *in, qpdf_oh font) {
  static const char *const files[] = {"/FontFile", "/FontFile2", "/FontFile3"};
  qpdf_oh descriptor = key(in, font, "/FontDescriptor");
  for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
    if (qpdf_oh_is_stream(in->qpdf, key(in, descriptor, files[i]))) return true;
  return false;
}

/* ---- widths -------------------------------------------------------------- */

static void read_simple(pk_interpreter *in, qpdf_oh font, pk_content_font *made) {
  qpdf_oh widths = key(in, font, "/Widths");
  if (!qpdf_oh_is_array(in->qpdf, widths)) return;
  made->first = (int)CLAMP(number_or(in, key(in, font, "/FirstChar"), 0), 0.0, 255.0);
  made->count = MIN(qpdf_oh_get_array_n_items(in->qpdf, widths), 256);
  double *list = PK_NEW_ARRAY(in->job->arena, double, made->count + 1);
  for (int i = 0; i < made->count; i++)
    list[i] = number_or(in, qpdf_oh_get_array_item(in->qpdf, widths, i), made->other);
  made->widths = list;
}

/* /W: "first [w w w]" or "first last w", again and again. */
static void read_composite(pk_interpreter *in, qpdf_oh font, pk_content_font *made) {
  made->other = number_or(in, key(in, font, "/DW"), 1000);
  qpdf_oh all = key(in, font, "/W");
  int count = qpdf_oh_is_array(in->qpdf, all) ? MIN(qpdf_oh_get_array_n_items(in->qpdf, all), ENTRIES_MAX) : 0;
  if (!count) return;
  double *list = PK_NEW_ARRAY(in->job->arena, double, MAX_CODES);
  for (int i = 0; i < MAX_CODES; i++) list[i] = made->other;
  for (int i = 0; i + 1 < count;) {
    int from = (int)CLAMP(number_or(in, qpdf_oh_get_array_item(in->qpdf, all, i), 0), 0.0, 65535.0);
    qpdf_oh next = qpdf_oh_get_array_item(in->qpdf, all, i + 1);
    if (qpdf_oh_is_array(in->qpdf, next)) {
      int items = qpdf_oh_get_array_n_items(in->qpdf, next);
      for (int k = 0; k < items && from + k < MAX_CODES; k++)
        list[from + k] = number_or(in, qpdf_oh_get_array_item(in->qpdf, next, k), made->other);
      i += 2;
    } else {
      int to = (int)CLAMP(number_or(in, next, 0), 0.0, 65535.0);
      double width = i + 2 < count ? number_or(in, qpdf_oh_get_array_item(in->qpdf, all, i + 2), made->other) : 0;
      for (int k = from; k <= to; k++) list[k] = width;
      i += 3;
    }
  }
  made->widths = list;
  made->count = MAX_CODES;
}

/* ---- faults -------------------------------------------------------------- */

static void tell(pk_interpreter *in, qpdf_oh font, pk_content_font *made) {
  if (made->told == in->page + 1) return;
  made->told = in->page + 1;
  pk_fault fault = {.page = in->page, .span = in->base->span};
  qpdf_oh base = key(in, font, "/BaseFont");
  g_autofree char *name = g_strdup(pk_reader_name(in->qpdf, base));
  int object = qpdf_oh_get_object_id(in->qpdf, font);
  if (made->is_type3) {
    fault.code = PK_CODE_FONT_TYPE3;
    pk_checker_fault(in->checker, &fault, "a font is of Type 3 (object %d)", object);
  } else if (!is_embedded(in, descendant(in, font))) {
    fault.code = PK_CODE_FONT_NOT_EMBEDDED;
    pk_checker_fault(in->checker, &fault, "the font %s is not embedded (object %d)", *name ? name : "without a name",
                     object);
  }
}

static pk_content_font *read_font(pk_interpreter *in, qpdf_oh font) {
  pk_content_font *made = PK_NEW(in->job->arena, pk_content_font);
  g_autofree char *subtype = g_strdup(pk_reader_name(in->qpdf, key(in, font, "/Subtype")));
  made->is_composite = strcmp(subtype, "Type0") == 0;
  made->is_type3 = strcmp(subtype, "Type3") == 0;
  made->other = 500;
  made->unit = 0.001;
  if (made->is_type3) {
    double matrix[6];
    pk_reader_matrix(in->qpdf, key(in, font, "/FontMatrix"), matrix);
    made->unit = fabs(matrix[0]);
  }
  if (made->is_composite)
    read_composite(in, descendant(in, font), made);
  else
    read_simple(in, font, made);
  tell(in, font, made);
  return made;
}

const pk_content_font *pk_content_font_read(pk_interpreter *in, const char *name) {
  qpdf_oh font = pk_content_resource(in, "/Font", name);
  if (!qpdf_oh_is_dictionary(in->qpdf, font)) return NULL;
  int object = qpdf_oh_get_object_id(in->qpdf, font);
  gpointer known = object > 0 ? g_hash_table_lookup(in->fonts, GINT_TO_POINTER(object)) : NULL;
  if (known) {
    tell(in, font, known); /* on each page it is used */
    return known;
  }
  pk_content_font *made = read_font(in, font);
  if (object > 0) g_hash_table_insert(in->fonts, GINT_TO_POINTER(object), made);
  return made;
}

double pk_content_font_width(const pk_gstate *state, const char *bytes, size_t size) {
  const pk_content_font *font = state->font;
  size_t step = font && font->is_composite ? 2 : 1;
  double width = 0;
  for (size_t i = 0; i + step <= size; i += step) {
    int code = (guchar)bytes[i];
    if (step == 2) code = code << 8 | (guchar)bytes[i + 1];
    int at = font ? code - font->first : -1;
    double own = font && at >= 0 && at < font->count ? font->widths[at] : font ? font->other : 500;
    width += own * (font ? font->unit : 0.001) * state->size + state->letter_space;
    if (step == 1 && code == ' ') width += state->word_space;
  }
  return width * state->stretch;
}
