/* Info dictionary and XMP, in one place, from the same fields.
 *
 * Dates are UTC and come from the options, never from the clock. */
#include <string.h>

#include "pdf/page.h"
#include "pdf/standard.h"

#define CREATOR "presskit " PRESSKIT_VERSION
#define PRODUCER CREATOR " with libqpdf, HarfBuzz"

/* The last second of the year 9999; a date beyond has no spelling. */
static const int64_t last_second = 253402300799;

static char *date_text(const pk_pdf_file *file, const char *format) {
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(CLAMP(file->options->timestamp, 0, last_second));
  return g_date_time_format(date, format);
}

/* Only what XML 1.0 has characters for, on one line, escaped. */
static char *xml_text(const char *text) {
  g_autoptr(GString) plain = g_string_new(NULL);
  for (const char *at = text; *at; at = g_utf8_next_char(at)) {
    gunichar character = g_utf8_get_char(at);
    if (character >= 0x20 && character != 0x7F && character != 0xFFFE && character != 0xFFFF)
      g_string_append_unichar(plain, character);
    else if (character < 0x20)
      g_string_append_c(plain, ' ');
  }
  return g_markup_escape_text(plain->str, (gssize)plain->len);
}

static char *joined_keywords(const pk_list *list) {
  if (list->keyword_count == 0) return NULL;
  GString *joined = g_string_new(NULL);
  for (size_t i = 0; i < list->keyword_count; i++)
    g_string_append_printf(joined, "%s%s", i ? ", " : "", list->keywords[i]);
  return g_string_free(joined, FALSE);
}

char *pk_pdf_date(const pk_pdf_file *file) {
  return date_text(file, "D:%Y%m%d%H%M%SZ");
}

static void set_info(pk_pdf_file *file) {
  const pk_list *list = file->list;
  g_autofree char *keywords = joined_keywords(list), *date = pk_pdf_date(file);
  qpdf_oh info = qpdf_oh_new_dictionary(file->qpdf);
  pk_pdf_set_text(file, info, "/Title", list->title);
  pk_pdf_set_text(file, info, "/Author", list->author);
  pk_pdf_set_text(file, info, "/Subject", list->subject);
  pk_pdf_set_text(file, info, "/Keywords", keywords);
  pk_pdf_set_text(file, info, "/Creator", CREATOR);
  pk_pdf_set_text(file, info, "/Producer", PRODUCER);
  pk_pdf_set_text(file, info, "/CreationDate", date);
  pk_pdf_set_text(file, info, "/ModDate", date);
  pk_pdf_standard_info(file, info);
  qpdf_oh trailer = qpdf_get_trailer(file->qpdf);
  pk_pdf_set(file, trailer, "/Info", pk_pdf_indirect(file, info));
  pk_pdf_release(file, trailer);
}

/* ---- XMP ----------------------------------------------------------------- */

static void put_simple(GString *out, const char *name, const char *text) {
  if (!text) return;
  g_autofree char *escaped = xml_text(text);
  g_string_append_printf(out, "<%s>%s</%s>\n", name, escaped, name);
}

/* A property whose value is a container: Alt (with x-default), Seq or Bag. */
static void put_container(GString *out, const char *name, const char *kind, const char *const *texts, size_t count) {
  if (count == 0 || !texts[0]) return;
  g_string_append_printf(out, "<%s><rdf:%s>", name, kind);
  for (size_t i = 0; i < count; i++) {
    g_autofree char *escaped = xml_text(texts[i]);
    g_string_append_printf(out, "<rdf:li%s>%s</rdf:li>", strcmp(kind, "Alt") == 0 ? " xml:lang=\"x-default\"" : "",
                           escaped);
  }
  g_string_append_printf(out, "</rdf:%s></%s>\n", kind, name);
}

static void put_properties(GString *out, const pk_pdf_file *file) {
  const pk_list *list = file->list;
  const char *language = pk_lang_tag(list->lang);
  g_autofree char *keywords = joined_keywords(list), *date = date_text(file, "%Y-%m-%dT%H:%M:%SZ");
  put_simple(out, "dc:format", "application/pdf");
  put_container(out, "dc:title", "Alt", &list->title, 1);
  put_container(out, "dc:creator", "Seq", &list->author, 1);
  put_container(out, "dc:description", "Alt", &list->subject, 1);
  put_container(out, "dc:subject", "Bag", list->keywords, list->keyword_count);
  put_container(out, "dc:language", "Bag", &language, 1);
  put_simple(out, "xmp:CreatorTool", CREATOR);
  put_simple(out, "xmp:CreateDate", date);
  put_simple(out, "xmp:ModifyDate", date);
  put_simple(out, "xmp:MetadataDate", date);
  put_simple(out, "pdf:Producer", PRODUCER);
  put_simple(out, "pdf:Keywords", keywords);
}

/* PDF/A lets in no property that it does not know unless the file describes it
 * (ISO 19005-2, 6.6.2.3.1), and it does not know that of PDF/UA. */
static const char pdfua_schema[] =
    "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" "
    "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" "
    "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaProperty:name>part</pdfaProperty:name>\n"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "<pdfaProperty:category>internal</pdfaProperty:category>\n"
    "<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>\n"
    "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
    "</rdf:Description>\n";

/* Which standards the file keeps: PDF/UA-1, and PDF/A-2a or, with files attached, 3a. */
static void put_standards(GString *out, bool has_files) {
  g_string_append(out, "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" "
                       "xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n");
  put_simple(out, "pdfaid:part", has_files ? "3" : "2");
  put_simple(out, "pdfaid:conformance", "A");
  put_simple(out, "pdfuaid:part", "1");
  g_string_append(out, "</rdf:Description>\n");
  g_string_append(out, pdfua_schema);
}

static void set_xmp(pk_pdf_file *file) {
  g_autoptr(GString) out = g_string_new("<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                                        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                                        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                                        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                                        "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" "
                                        "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n");
  put_properties(out, file);
  g_string_append(out, "</rdf:Description>\n");
  pk_pdf_standard_xmp(file, out);
  if (file->traits->is_tagged) put_standards(out, pk_pdf_has_sources(file));
  g_string_append(out, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
  qpdf_oh root = qpdf_get_root(file->qpdf);
  pk_pdf_set(file, root, "/Metadata",
             pk_pdf_stream_raw(file, "<</Type/Metadata/Subtype/XML>>", out->str, out->len, NULL));
  pk_pdf_release(file, root);
}

void pk_pdf_metadata_set(pk_pdf_file *file) {
  set_info(file);
  if (file->traits->has_xmp) set_xmp(file);
}
