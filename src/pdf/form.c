/* A page of a PDF -> a form: its content, and a copy of its resources.
 *
 * In a run with a store the content is kept, packed, with all keys, by the digest of
 * the PDF; but not where resources are objects of their own, which libqpdf copies
 * from file to file. */
#include "pdf/form.h"

#include <stdlib.h>
#include <string.h>

#include "base/store.h"
#include "pdf/number.h"
#include "pdf/transparency.h"
#include "reader/reader.h"

/* ---- keeping --------------------------------------------------------------------- */

/* What else may be kept by the digest of the same bytes is something else. */
static const uint64_t FORM = 0x464F524D;

/* The keys in PDF syntax, each with its NUL, then the packed content. */
typedef struct {
  pk_length width, height;
  bool is_transparent;
  size_t place_size, resources_size, size;
  char bytes[];
} kept_form;

static qpdf_oh stream_of(pk_pdf_file *file, const char *place, const char *resources, const uint8_t *packed,
                         size_t size) {
  qpdf_oh form = pk_pdf_stream_packed(file, place, packed, size);
  if (!resources) return form;
  qpdf_oh dict = qpdf_oh_get_dict(file->qpdf, form);
  pk_pdf_set(file, dict, "/Resources", pk_pdf_raw(file, resources));
  pk_pdf_release(file, dict);
  return form;
}

static void take_form(pk_pdf_file *file, const kept_form *kept, pk_pdf_form *out) {
  const char *place = kept->bytes, *resources = place + kept->place_size;
  const uint8_t *packed = (const uint8_t *)resources + kept->resources_size;
  *out = (pk_pdf_form){.object = stream_of(file, place, resources, packed, kept->size),
                       .width = kept->width,
                       .height = kept->height,
                       .is_transparent = kept->is_transparent};
}

static void keep_form(pk_pdf_file *file, pk_digest key, const pk_pdf_form *form, const char *place,
                      const char *resources, const uint8_t *packed, size_t size) {
  size_t place_size = strlen(place) + 1, resources_size = strlen(resources) + 1;
  size_t whole = sizeof(kept_form) + place_size + resources_size + size;
  kept_form *kept = g_malloc0(whole);
  *kept = (kept_form){form->width, form->height, form->is_transparent, place_size, resources_size, size};
  memcpy(kept->bytes, place, place_size);
  memcpy(kept->bytes + place_size, resources, resources_size);
  memcpy(kept->bytes + place_size + resources_size, packed, size);
  (void)pk_store_keep(pk_pdf_file_store(file), file->job->arena, key, kept, whole, NULL);
}

/* ---- resources ------------------------------------------------------------------- */

/* Cairo leaves out what PDF/A wants said (ISO 19005-2, 6.2.11.3.2): that glyphs are
 * numbered as the font has them. */
static void mend_fonts(qpdf_data foreign) {
  int count = qpdf_oh_get_int_value_as_int(foreign, qpdf_oh_get_key(foreign, qpdf_get_trailer(foreign), "/Size"));
  for (int id = 1; id < count; id++) {
    qpdf_oh font = qpdf_get_object_by_id(foreign, id, 0);
    bool is_truetype = qpdf_oh_is_dictionary(foreign, font) &&
                       qpdf_oh_is_name_and_equals(foreign, qpdf_oh_get_key(foreign, font, "/Subtype"), "/CIDFontType2");
    if (is_truetype && !qpdf_oh_has_key(foreign, font, "/CIDToGIDMap"))
      qpdf_oh_replace_key(foreign, font, "/CIDToGIDMap", qpdf_oh_new_name(foreign, "/Identity"));
    qpdf_oh_release(foreign, font);
  }
}

static qpdf_oh copy_resources(pk_pdf_file *file, qpdf_data foreign, qpdf_oh resources) {
  if (!qpdf_oh_is_indirect(foreign, resources)) resources = qpdf_make_indirect_object(foreign, resources);
  return qpdf_oh_copy_foreign_object(file->qpdf, foreign, resources);
}

/* Whether the syntax of an object may hold a reference, "12 0 R"; a string that looks
 * like one is taken for one. */
static bool has_reference(const char *syntax) {
  for (const char *at = syntax; (at = strstr(at, " R")); at += 2)
    if (at > syntax && g_ascii_isdigit(at[-1]) && !g_ascii_isalnum(at[2])) return true;
  return false;
}

/* The page's resources as syntax that needs no other object; NULL if they need some.
 * Free with g_free(). */
static char *plain_resources(qpdf_data foreign, qpdf_oh resources) {
  if (!qpdf_oh_is_dictionary(foreign, resources)) return g_strdup("<<>>");
  const char *syntax = qpdf_oh_unparse_resolved(foreign, resources);
  return has_reference(syntax) ? NULL : g_strdup(syntax);
}

/* ---- the page -------------------------------------------------------------------- */

static void put_numbers(GString *out, const char *key, const double *of, int count, int decimals) {
  g_string_append(out, key);
  for (int i = 0; i < count; i++) {
    g_string_append_c(out, i ? ' ' : '[');
    pk_pdf_put_number(out, of[i], decimals);
  }
  g_string_append_c(out, ']');
}

/* The matrix is the form's, so that its patterns stay where they are. */
static char *place_keys(const pk_reader_page *page) {
  const double bounds[4] = {page->trim.left, page->trim.bottom, page->trim.right, page->trim.top};
  double upright[6];
  pk_reader_upright(page, upright);
  GString *keys = g_string_new("<</Type/XObject/Subtype/Form");
  put_numbers(keys, "/BBox", bounds, 4, 4);
  if (page->rotate || page->unit != 1 || page->trim.left != 0 || page->trim.bottom != 0)
    put_numbers(keys, "/Matrix", upright, 6, 5);
  g_string_append(keys, ">>");
  return g_string_free(keys, FALSE);
}

/* Whether `foreign` has a page to speak of. */
static bool find_page(qpdf_data foreign, qpdf_oh *page) {
  if (qpdf_get_num_pages(foreign) < 1) return false;
  if (qpdf_push_inherited_attributes_to_page(foreign) & QPDF_ERRORS) return false;
  *page = qpdf_get_page_n(foreign, 0);
  return true;
}

/* False if its content cannot be read. `is_wanted`: it is to be kept by `key`. */
static bool form_of(pk_pdf_file *file, qpdf_data foreign, qpdf_oh page, pk_digest key, bool is_wanted,
                    pk_pdf_form *out) {
  mend_fonts(foreign);
  pk_reader_page place;
  pk_reader_page_boxes(foreign, page, &place);
  pk_reader_size(&place, &out->width, &out->height);
  out->is_transparent = pk_pdf_is_transparent(foreign, page);
  unsigned char *content = NULL;
  size_t size = 0;
  if (qpdf_oh_get_page_content_data(foreign, page, &content, &size) & QPDF_ERRORS) return false;
  /* A form begins with the state of the text that stands before it on the page. */
  g_autoptr(GString) whole = g_string_new("0 Tc 0 Tw 100 Tz 0 TL 0 Ts 0 Tr\n");
  g_string_append_len(whole, (const char *)content, (gssize)size);
  free(content);
  g_autofree char *keys = place_keys(&place);
  qpdf_oh resources = qpdf_oh_get_key(foreign, page, "/Resources");
  g_autofree char *plain = plain_resources(foreign, resources);
  const uint8_t *packed = pk_pdf_pack(file, whole->str, whole->len, &size);
  out->object = stream_of(file, keys, plain, packed, size);
  if (plain && is_wanted) keep_form(file, key, out, keys, plain, packed, size);
  if (plain) return true;
  qpdf_oh dict = qpdf_oh_get_dict(file->qpdf, out->object);
  pk_pdf_set(file, dict, "/Resources", copy_resources(file, foreign, resources));
  pk_pdf_release(file, dict);
  return true;
}

static pk_status read_form(pk_pdf_file *file, const char *path, const uint8_t *data, size_t size, pk_digest key,
                           bool is_wanted, pk_pdf_form *out) {
  qpdf_data foreign = out->source = qpdf_init();
  qpdf_silence_errors(foreign);
  qpdf_set_suppress_warnings(foreign, QPDF_TRUE);
  qpdf_oh page;
  bool is_made = !(qpdf_read_memory(foreign, path, (const char *)data, size, NULL) & QPDF_ERRORS) &&
                 find_page(foreign, &page) && form_of(file, foreign, page, key, is_wanted, out);
  if (is_made && !qpdf_has_error(foreign)) return PK_OK;
  qpdf_error error = qpdf_has_error(foreign) ? qpdf_get_error(foreign) : NULL;
  pk_diag_add(file->job->diag, PK_CODE_PDF_FAILED, PK_SPAN_NONE, "%s cannot be put into the PDF: %s", path,
              error ? qpdf_get_error_message_detail(foreign, error) : "it has no page");
  qpdf_cleanup(&out->source);
  return PK_FAILED;
}

pk_status pk_pdf_form_make(pk_pdf_file *file, const char *path, const uint8_t *data, size_t size, pk_pdf_form *out) {
  *out = (pk_pdf_form){.width = 1, .height = 1};
  struct pk_store *store = pk_pdf_file_store(file);
  pk_digest key = pk_digest_of(data, size);
  key.low ^= FORM;
  bool is_wanted = false;
  const kept_form *kept =
      store ? pk_store_find(store, file->job->arena, key, file->job->worker->document, &is_wanted) : NULL;
  if (!kept) return read_form(file, path, data, size, key, is_wanted, out);
  take_form(file, kept, out);
  return PK_OK;
}
