/* A PDF of anybody: what it says of itself, then its pages. */
#include <math.h>
#include <string.h>

#include "preflight/content.h"

typedef struct {
  pk_job *job;
  const pk_reader *reader;
  qpdf_data qpdf;
  const pk_printer *printer;
  pk_checker *checker;
  GHashTable *fonts; /* of the whole file, as the next: see pk_content_check() */
  size_t left;
} inspector;

static qpdf_oh key(const inspector *i, qpdf_oh dict, const char *name) {
  return qpdf_oh_get_key_if_dict(i->qpdf, dict, name);
}

static bool is_there(const inspector *i, qpdf_oh dict, const char *name) {
  return !qpdf_oh_is_null(i->qpdf, key(i, dict, name));
}

static pk_fault whole(const inspector *i, pk_code code) {
  return (pk_fault){.code = code, .page = PK_WHOLE_FILE, .span = pk_reader_span(i->reader, PK_WHOLE_FILE)};
}

static bool has_standard(const inspector *i) {
  return i->printer->standard != PK_STANDARD_NONE;
}

/* ---- what the file says of itself ---------------------------------------- */

static char *text_of(const inspector *i, qpdf_oh dict, const char *name) {
  qpdf_oh value = key(i, dict, name);
  return qpdf_oh_is_string(i->qpdf, value) ? g_strdup(qpdf_oh_get_utf8_value(i->qpdf, value)) : NULL;
}

/* The identification of PDF/X: of the old versions in Info, of the newer in XMP. */
static char *claimed_standard(const inspector *i) {
  enum { MAX_METADATA = 4 * 1024 * 1024 };
  char *claim = text_of(i, key(i, qpdf_get_trailer(i->qpdf), "/Info"), "/GTS_PDFXVersion");
  if (claim) return claim;
  g_autoptr(GString) xmp = g_string_new(NULL);
  qpdf_oh metadata = key(i, qpdf_get_root(i->qpdf), "/Metadata");
  if (pk_reader_decode(i->qpdf, metadata, MAX_METADATA, xmp) != PK_DECODE_OK) return NULL;
  const char *at = strstr(xmp->str, "GTS_PDFXVersion");
  const char *value = at ? strstr(at, "PDF/X") : NULL;
  if (!value) return NULL;
  return g_strndup(value, strcspn(value, "<\"'"));
}

/* "PDF/X-1:2001" with a conformance key is X-1a; versions of one family will do. */
static bool is_of_family(const char *claim, pk_standard standard) {
  static const char *const families[][3] = {
      [PK_STANDARD_X_4] = {"PDF/X-4", NULL},
      [PK_STANDARD_X_1A_2003] = {"PDF/X-1a", "PDF/X-1:2001", NULL},
      [PK_STANDARD_X_3_2002] = {"PDF/X-3", "PDF/X-1a", NULL},
      [PK_STANDARD_NONE] = {"", NULL},
  };
  for (const char *const *family = families[standard]; *family; family++)
    if (g_str_has_prefix(claim, *family)) return true;
  return false;
}

static void check_standard(inspector *i) {
  if (!has_standard(i)) return;
  g_autofree char *claim = claimed_standard(i);
  pk_fault fault = whole(i, PK_CODE_STANDARD_OTHER);
  const char *wanted = pk_standard_name(i->printer->standard);
  if (!claim)
    pk_checker_fault(i->checker, &fault, "the file is no PDF/X, the printer wants %s", wanted);
  else if (!is_of_family(claim, i->printer->standard))
    pk_checker_fault(i->checker, &fault, "the file says that it is %s, the printer wants %s", claim, wanted);
}

static qpdf_oh find_intent(const inspector *i) {
  qpdf_oh all = key(i, qpdf_get_root(i->qpdf), "/OutputIntents");
  int count = qpdf_oh_is_array(i->qpdf, all) ? qpdf_oh_get_array_n_items(i->qpdf, all) : 0;
  for (int n = 0; n < MIN(count, 16); n++) {
    qpdf_oh intent = qpdf_oh_get_array_item(i->qpdf, all, n);
    if (strcmp(pk_reader_name(i->qpdf, key(i, intent, "/S")), "GTS_PDFX") == 0) return intent;
  }
  return qpdf_oh_new_null(i->qpdf);
}

static void check_intent(inspector *i) {
  if (!has_standard(i)) return;
  qpdf_oh intent = find_intent(i);
  pk_fault fault = whole(i, PK_CODE_INTENT_MISSING);
  if (qpdf_oh_is_null(i->qpdf, intent)) {
    pk_checker_fault(i->checker, &fault, "the file has no output intent");
    return;
  }
  g_autofree char *condition = text_of(i, intent, "/OutputConditionIdentifier");
  const char *wanted = i->printer->condition;
  if (!wanted || (condition && g_ascii_strcasecmp(condition, wanted) == 0)) return;
  fault.code = PK_CODE_INTENT_OTHER;
  pk_checker_fault(i->checker, &fault, "the file is made for %s, the printer profile for %s",
                   condition ? condition : "a condition without a name", wanted);
}

/* ---- rules of PDF/X ------------------------------------------------------ */

static void tell_rule(inspector *i, const char *what) {
  pk_fault fault = whole(i, PK_CODE_STANDARD_RULE);
  fault.span.start = PK_WHOLE_FILE;
  pk_checker_fault(i->checker, &fault, "%s", what);
}

static void check_version(inspector *i) {
  static const char *const highest[] = {
      [PK_STANDARD_X_4] = "1.6", [PK_STANDARD_X_1A_2003] = "1.4", [PK_STANDARD_X_3_2002] = "1.3"};
  const char *version = qpdf_get_pdf_version(i->qpdf), *limit = highest[i->printer->standard];
  if (version && strcmp(version, limit) <= 0) return;
  pk_fault fault = whole(i, PK_CODE_STANDARD_OTHER);
  pk_checker_fault(i->checker, &fault, "the file is PDF %s, %s is PDF %s at most", version ? version : "of no version",
                   pk_standard_name(i->printer->standard), limit);
}

static bool has_scripts(const inspector *i, qpdf_oh root) {
  return is_there(i, root, "/AA") || is_there(i, key(i, root, "/Names"), "/JavaScript") ||
         strcmp(pk_reader_name(i->qpdf, key(i, key(i, root, "/OpenAction"), "/S")), "JavaScript") == 0;
}

static bool has_form(const inspector *i, qpdf_oh form) {
  qpdf_oh fields = key(i, form, "/Fields");
  return is_there(i, form, "/XFA") ||
         (qpdf_oh_is_array(i->qpdf, fields) && qpdf_oh_get_array_n_items(i->qpdf, fields) > 0);
}

static void check_rules(inspector *i) {
  if (!has_standard(i)) return;
  qpdf_oh root = qpdf_get_root(i->qpdf), trailer = qpdf_get_trailer(i->qpdf);
  qpdf_oh trapped = key(i, key(i, trailer, "/Info"), "/Trapped");
  g_autofree char *trap = g_strdup(pk_reader_name(i->qpdf, trapped));
  GPtrArray *broken = g_ptr_array_new();
  if (qpdf_is_encrypted(i->qpdf)) g_ptr_array_add(broken, "the file is encrypted");
  if (has_scripts(i, root)) g_ptr_array_add(broken, "the file holds scripts or actions");
  if (has_form(i, key(i, root, "/AcroForm"))) g_ptr_array_add(broken, "the file holds a form to be filled in");
  if (is_there(i, key(i, root, "/Names"), "/EmbeddedFiles")) g_ptr_array_add(broken, "other files are attached");
  if (is_there(i, root, "/OCProperties") && i->printer->standard != PK_STANDARD_X_4)
    g_ptr_array_add(broken, "the file has layers");
  if (strcmp(trap, "True") != 0 && strcmp(trap, "False") != 0)
    g_ptr_array_add(broken, "the file does not say whether it is trapped (/Trapped)");
  if (!qpdf_oh_is_array(i->qpdf, key(i, trailer, "/ID"))) g_ptr_array_add(broken, "the file has no ID");
  g_ptr_array_add(broken, NULL);
  g_autofree char *text = g_strjoinv("; ", (char **)broken->pdata);
  if (broken->len > 1) tell_rule(i, text);
  g_ptr_array_unref(broken);
}

/* ---- pages --------------------------------------------------------------- */

static void check_boxes(inspector *i, size_t number) {
  const pk_reader_page *page = &i->reader->pages[number];
  if (page->has_trim || !has_standard(i)) return;
  if (!qpdf_oh_is_null(i->qpdf, key(i, page->object, "/ArtBox"))) return;
  pk_fault fault = {.code = PK_CODE_BOXES_MISSING, .page = number, .span = pk_reader_span(i->reader, number)};
  pk_checker_fault(i->checker, &fault, "the page has no TrimBox");
}

/* Notes, links and fields inside the page; those of its printing marks are fine. */
static void check_annotations(inspector *i, size_t number) {
  const pk_reader_page *page = &i->reader->pages[number];
  qpdf_oh all = key(i, page->object, "/Annots");
  int count = qpdf_oh_is_array(i->qpdf, all) ? MIN(qpdf_oh_get_array_n_items(i->qpdf, all), 1000) : 0;
  for (int n = 0; n < count && has_standard(i); n++) {
    qpdf_oh annotation = qpdf_oh_get_array_item(i->qpdf, all, n);
    g_autofree char *kind = g_strdup(pk_reader_name(i->qpdf, key(i, annotation, "/Subtype")));
    pk_box box;
    if (strcmp(kind, "PrinterMark") == 0 || strcmp(kind, "TrapNet") == 0 || strcmp(kind, "Popup") == 0) continue;
    if (!pk_reader_box(i->qpdf, key(i, annotation, "/Rect"), &box)) continue;
    if (box.right <= page->bleed.left || box.left >= page->bleed.right || box.top <= page->bleed.bottom ||
        box.bottom >= page->bleed.top)
      continue;
    bool is_link = strcmp(kind, "Link") == 0;
    if (is_link && i->printer->standard == PK_STANDARD_X_4) continue; /* prints nothing, and shops let it pass */
    pk_fault fault = {.code = PK_CODE_STANDARD_RULE, .page = number, .span = pk_reader_span(i->reader, number)};
    pk_checker_fault(i->checker, &fault, "there is a note, link or field on the page (%s)",
                     *kind ? kind : "of no kind");
  }
}

static pk_status check_page(inspector *i, size_t number) {
  const pk_reader_page *page = &i->reader->pages[number];
  const pk_box *trim = &page->trim, *bleed = &page->bleed;
  double unit = page->unit, width, height;
  pk_reader_size(page, &width, &height);
  pk_check_page begun = {
      .number = number,
      .document_pages = i->reader->page_count,
      .span = pk_reader_span(i->reader, number),
      .width = width,
      .height = height,
      .bleed = {(trim->left - bleed->left) * unit, (bleed->top - trim->top) * unit, (bleed->right - trim->right) * unit,
                (trim->bottom - bleed->bottom) * unit},
  };
  double place[6];
  pk_reader_upright(page, place);
  const double down[6] = {1, 0, 0, -1, 0, height};
  for (int n = 0; n < 6; n += 2) { /* place × down */
    double x = place[n], y = place[n + 1];
    place[n] = x * down[0];
    place[n + 1] = y * down[3] + (n == 4 ? down[5] : 0);
  }
  pk_element base = {.span = begun.span};
  pk_checker_page_begin(i->checker, &begun);
  check_boxes(i, number);
  check_annotations(i, number);
  pk_status status = pk_content_check(i->job, i->reader, number, place, &base, i->fonts, &i->left, i->checker);
  if (status == PK_OK && i->left) pk_checker_page_end(i->checker); /* what was not read may hold anything */
  return status;
}

pk_status pk_preflight_file(pk_job *job, const pk_reader *reader, const pk_printer *printer, pk_findings *out) {
  inspector i = {job, reader, reader->qpdf, printer, pk_checker_new(job, printer), NULL, PK_OPERATORS_MAX};
  i.fonts = g_hash_table_new(g_direct_hash, g_direct_equal);
  check_standard(&i);
  if (has_standard(&i)) check_version(&i);
  check_intent(&i);
  check_rules(&i);
  pk_status worst = PK_OK;
  for (size_t n = 0; n < reader->page_count; n++) {
    pk_status status = check_page(&i, n);
    worst = MAX(worst, status); /* one bad page hides no other */
  }
  pk_checker_finish(i.checker, out);
  g_hash_table_unref(i.fonts);
  return worst;
}
