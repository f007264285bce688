/* PDF/X-1a:2003 (ISO 15930-4), PDF/X-3:2002 (ISO 15930-3), PDF/X-4 (ISO 15930-7).
 *
 * The first two name themselves in the Info dictionary, the last in its XMP.
 * All carry one output intent with the profile embedded: a shop that knows the
 * registered name may still not have the file. */
#include "pdf/standard.h"

#include <string.h>

#include "base/file.h"
#include "pdf/icc.h"

enum { MAX_PROFILE_BYTES = 64 * 1024 * 1024 };

/* ---- output intent ------------------------------------------------------- */

static pk_status refuse(pk_pdf_file *file, const char *why) {
  const pk_printer *printer = file->printer;
  pk_diagnostic *raised = pk_diag_add(file->job->diag, PK_CODE_PROFILE_UNUSABLE, printer->profile_span,
                                      "the colour profile %s cannot be used: %s", printer->profile, why);
  pk_diag_hint(file->job->diag, raised, "name the ICC profile that the print shop gives out for its press and paper");
  return PK_FAILED;
}

static pk_status check_profile(pk_pdf_file *file, const uint8_t *data, size_t size) {
  pk_icc icc;
  if (!pk_icc_read(data, size, &icc)) return refuse(file, "it is no ICC profile");
  if (!icc.is_press)
    return refuse(file, "it is not the profile of a press: that would be of the output class, with four inks");
  if (icc.version > 2 && !file->traits->has_transparency)
    return refuse(file, "it is of version 4, and the standard knows version 2 only");
  return PK_OK;
}

/* "ICCHDAT FOGRA39" -> "FOGRA39"; NULL if the profile does not say. */
static char *registered_name(const uint8_t *data, size_t size) {
  g_autofree char *target = pk_icc_text(data, size, "targ");
  return target && g_str_has_prefix(target, "ICCHDAT ") ? g_strdup(target + strlen("ICCHDAT ")) : NULL;
}

static void set_intent(pk_pdf_file *file, const uint8_t *data, size_t size) {
  const pk_printer *printer = file->printer;
  g_autofree char *registered = registered_name(data, size), *description = pk_icc_text(data, size, "desc");
  const char *condition = printer->condition ? printer->condition : registered;
  const char *info = printer->condition_info ? printer->condition_info : description;
  qpdf_oh intent = pk_pdf_parse(file, "<</Type/OutputIntent/S/GTS_PDFX>>");
  pk_pdf_set_text(file, intent, "/OutputConditionIdentifier", condition ? condition : "Custom");
  pk_pdf_set_text(file, intent, "/OutputCondition", info);
  pk_pdf_set_text(file, intent, "/Info", info ? info : "Custom");
  if (condition) pk_pdf_set_text(file, intent, "/RegistryName", printer->registry);
  pk_pdf_set(file, intent, "/DestOutputProfile", pk_pdf_stream_kept(file, "<</N 4>>", data, size));
  qpdf_oh root = qpdf_get_root(file->qpdf), intents = qpdf_oh_new_array(file->qpdf);
  pk_pdf_append(file, intents, pk_pdf_indirect(file, intent));
  pk_pdf_set(file, root, "/OutputIntents", intents);
  pk_pdf_release(file, root);
}

pk_status pk_pdf_standard_intent(pk_pdf_file *file) {
  if (file->standard == PK_STANDARD_NONE) return PK_OK;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = pk_file_read(file->printer->profile, MAX_PROFILE_BYTES, &error);
  if (!bytes) return refuse(file, error->message);
  gsize size;
  const uint8_t *data = g_bytes_get_data(bytes, &size);
  pk_job_note_input(file->job, file->printer->profile, data, size);
  pk_status status = check_profile(file, data, size);
  if (status == PK_OK) set_intent(file, data, size);
  return status;
}

/* ---- what it says of itself ---------------------------------------------- */

void pk_pdf_standard_info(pk_pdf_file *file, qpdf_oh info) {
  if (file->standard == PK_STANDARD_NONE) return;
  pk_pdf_set_text(file, info, "/GTS_PDFXVersion", pk_standard_name(file->standard));
  pk_pdf_set(file, info, "/Trapped", qpdf_oh_new_name(file->qpdf, "/False"));
  if (!file->list->title) pk_pdf_set_text(file, info, "/Title", file->options->name ? file->options->name : "Untitled");
}

/* A UUID of the content: version 8 of RFC 9562, which leaves the bits to us. */
static char *document_id(const pk_pdf_file *file) {
  uint64_t high = file->digest[0], low = file->digest[1];
  return g_strdup_printf("uuid:%08x-%04x-8%03x-%04x-%012" G_GINT64_MODIFIER "x", (unsigned)(high >> 32),
                         (unsigned)(high >> 16 & 0xFFFF), (unsigned)(high & 0xFFF),
                         (unsigned)(0x8000 | (low >> 48 & 0x3FFF)),
                         (guint64)(low & G_GUINT64_CONSTANT(0xFFFFFFFFFFFF)));
}

void pk_pdf_standard_xmp(const pk_pdf_file *file, GString *out) {
  if (file->standard == PK_STANDARD_NONE) return;
  g_autofree char *id = document_id(file);
  bool has_own_schema = file->standard == PK_STANDARD_X_4;
  const char *prefix = has_own_schema ? "pdfxid" : "pdfx";
  const char *space = has_own_schema ? "http://www.npes.org/pdfx/ns/id/" : "http://ns.adobe.com/pdfx/1.3/";
  g_string_append_printf(out,
                         "<rdf:Description rdf:about=\"\" xmlns:%s=\"%s\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" "
                         "xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\">\n"
                         "<%s:GTS_PDFXVersion>%s</%s:GTS_PDFXVersion>\n"
                         "<pdf:Trapped>False</pdf:Trapped>\n"
                         "<xmpMM:DocumentID>%s</xmpMM:DocumentID>\n"
                         "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>\n"
                         "<xmpMM:VersionID>1</xmpMM:VersionID>\n"
                         "</rdf:Description>\n",
                         prefix, space, prefix, pk_standard_name(file->standard), prefix, id);
}
