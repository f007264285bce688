/* A page -> a form, and its annotations -> forms beside it.
 *
 * A page's resources are copied as they are; what several pages share libqpdf
 * copies once. Annotations are placed as ISO 32000-1, 12.5.5 says (algorithm
 * "appearance streams"): the box of the appearance onto the annotation's. */
#include "impose/form.h"

#include <math.h>
#include <string.h>

#include "base/deflate.h"

enum { FLAG_HIDDEN = 2, FLAG_PRINT = 4, MAX_ANNOTATIONS = 5000 };

qpdf_oh pk_form_copy(qpdf_data qpdf, qpdf_data foreign, qpdf_oh object) {
  if (!qpdf_oh_is_indirect(foreign, object)) object = qpdf_make_indirect_object(foreign, object);
  return qpdf_oh_copy_foreign_object(qpdf, foreign, object);
}

qpdf_oh pk_form_box(qpdf_data qpdf, const pk_box *box) {
  const double edges[] = {box->left, box->bottom, box->right, box->top};
  qpdf_oh array = qpdf_oh_new_array(qpdf);
  for (size_t i = 0; i < 4; i++) qpdf_oh_append_item(qpdf, array, qpdf_oh_new_real_from_double(qpdf, edges[i], 4));
  return array;
}

qpdf_oh pk_form_stream(qpdf_data qpdf, const char *data, size_t size) {
  size_t packed_size;
  g_autofree uint8_t *packed = pk_deflate(data, size, PK_DEFLATE_LEVEL, &packed_size);
  qpdf_oh stream = qpdf_oh_new_stream(qpdf);
  qpdf_oh_replace_stream_data(qpdf, stream, packed, packed_size, qpdf_oh_new_name(qpdf, "/FlateDecode"),
                              qpdf_oh_new_uninitialized(qpdf));
  return stream;
}

static pk_status add_content(pk_job *job, qpdf_data qpdf, const pk_impose_page *page, GArray *forms) {
  qpdf_data foreign = page->reader->qpdf;
  g_autoptr(GString) content = g_string_new(NULL);
  pk_status status = pk_reader_content(job, page->reader, page->number, content);
  if (status != PK_OK) return status;
  pk_form form = {.object = pk_form_stream(qpdf, content->str, content->len), .matrix = {1, 0, 0, 1, 0, 0}};
  qpdf_oh dict = qpdf_oh_get_dict(qpdf, form.object);
  qpdf_oh_replace_key(qpdf, dict, "/Type", qpdf_oh_new_name(qpdf, "/XObject"));
  qpdf_oh_replace_key(qpdf, dict, "/Subtype", qpdf_oh_new_name(qpdf, "/Form"));
  qpdf_oh_replace_key(qpdf, dict, "/BBox", pk_form_box(qpdf, &page->page->bleed));
  qpdf_oh resources = qpdf_oh_get_key(foreign, page->page->object, "/Resources");
  bool has_any = qpdf_oh_is_dictionary(foreign, resources);
  qpdf_oh_replace_key(qpdf, dict, "/Resources",
                      has_any ? pk_form_copy(qpdf, foreign, resources) : qpdf_oh_new_dictionary(qpdf));
  qpdf_oh group = qpdf_oh_get_key(foreign, page->page->object, "/Group");
  if (qpdf_oh_is_dictionary(foreign, group))
    qpdf_oh_replace_key(qpdf, dict, "/Group", pk_form_copy(qpdf, foreign, group));
  g_array_append_val(forms, form);
  return PK_OK;
}

/* ---- annotations --------------------------------------------------------- */

/* The stream of the normal appearance in its current state; is it one? */
static bool appearance(qpdf_data foreign, qpdf_oh annotation, qpdf_oh *out) {
  qpdf_oh all = qpdf_oh_get_key_if_dict(foreign, annotation, "/AP");
  qpdf_oh normal = qpdf_oh_get_key_if_dict(foreign, all, "/N");
  if (qpdf_oh_is_dictionary(foreign, normal) && !qpdf_oh_is_stream(foreign, normal)) {
    qpdf_oh state = qpdf_oh_get_key(foreign, annotation, "/AS");
    if (!qpdf_oh_is_name(foreign, state)) return false;
    g_autofree char *name = g_strdup(qpdf_oh_get_name(foreign, state));
    normal = qpdf_oh_get_key(foreign, normal, name);
  }
  *out = normal;
  return qpdf_oh_is_stream(foreign, normal);
}

static bool is_printed(qpdf_data foreign, qpdf_oh annotation) {
  long long flags = 0;
  if (!qpdf_oh_is_dictionary(foreign, annotation)) return false;
  qpdf_oh_get_value_as_longlong(foreign, qpdf_oh_get_key(foreign, annotation, "/F"), &flags);
  return (flags & FLAG_PRINT) && !(flags & FLAG_HIDDEN) &&
         strcmp(pk_reader_name(foreign, qpdf_oh_get_key(foreign, annotation, "/Subtype")), "Popup") != 0;
}

/* The bounds of `box` after `m`. */
static pk_box bounds(const pk_box *box, const double m[6]) {
  const double xs[] = {box->left, box->right}, ys[] = {box->bottom, box->top};
  pk_box out = {INFINITY, INFINITY, -INFINITY, -INFINITY};
  for (size_t i = 0; i < 4; i++) {
    double x = m[0] * xs[i & 1] + m[2] * ys[i >> 1] + m[4], y = m[1] * xs[i & 1] + m[3] * ys[i >> 1] + m[5];
    out = (pk_box){fmin(out.left, x), fmin(out.bottom, y), fmax(out.right, x), fmax(out.top, y)};
  }
  return out;
}

static void add_annotation(qpdf_data qpdf, qpdf_data foreign, qpdf_oh annotation, GArray *forms) {
  qpdf_oh stream;
  pk_box rect, box;
  if (!is_printed(foreign, annotation) || !appearance(foreign, annotation, &stream)) return;
  qpdf_oh dict = qpdf_oh_get_dict(foreign, stream);
  if (!pk_reader_box(foreign, qpdf_oh_get_key(foreign, annotation, "/Rect"), &rect)) return;
  if (!pk_reader_box(foreign, qpdf_oh_get_key(foreign, dict, "/BBox"), &box)) return;
  double matrix[6];
  pk_reader_matrix(foreign, qpdf_oh_get_key(foreign, dict, "/Matrix"), matrix);
  box = bounds(&box, matrix);
  double wide = box.right - box.left, high = box.top - box.bottom;
  if (!(wide > 0 && high > 0)) return;
  double sx = (rect.right - rect.left) / wide, sy = (rect.top - rect.bottom) / high;
  pk_form form = {.object = pk_form_copy(qpdf, foreign, stream),
                  .matrix = {sx, 0, 0, sy, rect.left - sx * box.left, rect.bottom - sy * box.bottom}};
  qpdf_oh copy = qpdf_oh_get_dict(qpdf, form.object);
  qpdf_oh_replace_key(qpdf, copy, "/Subtype", qpdf_oh_new_name(qpdf, "/Form"));
  g_array_append_val(forms, form);
}

pk_status pk_form_build(pk_job *job, qpdf_data qpdf, const pk_impose_page *page, const pk_form **forms, size_t *count) {
  qpdf_data foreign = page->reader->qpdf;
  GArray *found = g_array_new(FALSE, FALSE, sizeof(pk_form));
  pk_status status = add_content(job, qpdf, page, found);
  qpdf_oh all = qpdf_oh_get_key(foreign, page->page->object, "/Annots");
  int annotations = qpdf_oh_is_array(foreign, all) ? qpdf_oh_get_array_n_items(foreign, all) : 0;
  for (int i = 0; i < MIN(annotations, MAX_ANNOTATIONS) && status == PK_OK; i++)
    add_annotation(qpdf, foreign, qpdf_oh_get_array_item(foreign, all, i), found);
  *count = found->len;
  *forms = pk_arena_take_array(job->arena, found);
  return status;
}
