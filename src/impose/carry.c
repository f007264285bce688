/* Carries a file's statements over to the imposed one.
 *
 * What a standard for the press asks for stays true of sheets, so it is kept:
 * output intent, Trapped, the mark of PDF/X. Claims that cannot stay true are
 * dropped with the metadata that makes them: sheets have no structure tree, so
 * they are neither PDF/UA nor PDF/A. */
#include "impose/carry.h"

#include <string.h>

#include "impose/form.h"

enum { MAX_METADATA = 4 * 1024 * 1024 };

static qpdf_oh root_key(qpdf_data qpdf, const char *name) {
  return qpdf_oh_get_key(qpdf, qpdf_get_root(qpdf), name);
}

static void carry_intents(qpdf_data qpdf, const pk_reader *const *inputs, size_t count) {
  for (size_t i = 0; i < count; i++) {
    qpdf_oh intents = root_key(inputs[i]->qpdf, "/OutputIntents");
    if (!qpdf_oh_is_array(inputs[i]->qpdf, intents)) continue;
    qpdf_oh_replace_key(qpdf, qpdf_get_root(qpdf), "/OutputIntents", pk_form_copy(qpdf, inputs[i]->qpdf, intents));
    return;
  }
}

static void carry_layers(pk_job *job, qpdf_data qpdf, const pk_reader *const *inputs, size_t count) {
  for (size_t i = 0; i < count; i++) {
    qpdf_oh layers = root_key(inputs[i]->qpdf, "/OCProperties");
    if (!qpdf_oh_is_dictionary(inputs[i]->qpdf, layers)) continue;
    if (count == 1) {
      qpdf_oh_replace_key(qpdf, qpdf_get_root(qpdf), "/OCProperties", pk_form_copy(qpdf, inputs[i]->qpdf, layers));
      return;
    }
    pk_diag_add(job->diag, PK_CODE_IMPOSE_LAYERS, pk_reader_span(inputs[i], PK_WHOLE_FILE),
                "this file has layers, which are all visible once it is imposed together with others");
  }
}

static void carry_information(qpdf_data qpdf, const pk_reader *first) {
  static const char *const texts[] = {"/Title",    "/Author",          "/Subject",
                                      "/Keywords", "/Creator",         "/CreationDate",
                                      "/ModDate",  "/GTS_PDFXVersion", "/GTS_PDFXConformance"};
  qpdf_oh information = qpdf_oh_get_key(first->qpdf, qpdf_get_trailer(first->qpdf), "/Info");
  if (!qpdf_oh_is_dictionary(first->qpdf, information)) return;
  qpdf_oh made = qpdf_oh_new_dictionary(qpdf);
  for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
    qpdf_oh value = qpdf_oh_get_key(first->qpdf, information, texts[i]);
    size_t length;
    if (!qpdf_oh_is_string(first->qpdf, value)) continue;
    const char *bytes = qpdf_oh_get_binary_string_value(first->qpdf, value, &length);
    qpdf_oh_replace_key(qpdf, made, texts[i], qpdf_oh_new_binary_string(qpdf, bytes, length));
  }
  qpdf_oh trapped = qpdf_oh_get_key(first->qpdf, information, "/Trapped");
  if (qpdf_oh_is_name(first->qpdf, trapped))
    qpdf_oh_replace_key(qpdf, made, "/Trapped", qpdf_oh_new_name(qpdf, qpdf_oh_get_name(first->qpdf, trapped)));
  qpdf_oh_replace_key(qpdf, qpdf_get_trailer(qpdf), "/Info", qpdf_make_indirect_object(qpdf, made));
}

static void carry_metadata(qpdf_data qpdf, const pk_reader *first) {
  qpdf_oh metadata = root_key(first->qpdf, "/Metadata");
  g_autoptr(GString) text = g_string_new(NULL);
  if (pk_reader_decode(first->qpdf, metadata, MAX_METADATA, text) != PK_DECODE_OK) return;
  if (strstr(text->str, "pdfuaid") || strstr(text->str, "pdfaid")) return;
  qpdf_oh stream = qpdf_oh_new_stream(qpdf), dict = qpdf_oh_get_dict(qpdf, stream);
  qpdf_oh_replace_stream_data(qpdf, stream, (const unsigned char *)text->str, text->len,
                              qpdf_oh_new_uninitialized(qpdf), qpdf_oh_new_uninitialized(qpdf));
  qpdf_oh_replace_key(qpdf, dict, "/Type", qpdf_oh_new_name(qpdf, "/Metadata"));
  qpdf_oh_replace_key(qpdf, dict, "/Subtype", qpdf_oh_new_name(qpdf, "/XML"));
  qpdf_oh_replace_key(qpdf, qpdf_get_root(qpdf), "/Metadata", stream);
}

void pk_carry(pk_job *job, qpdf_data qpdf, const pk_reader *const *inputs, size_t count) {
  carry_intents(qpdf, inputs, count);
  carry_layers(job, qpdf, inputs, count);
  carry_information(qpdf, inputs[0]);
  carry_metadata(qpdf, inputs[0]);
}

const char *pk_carry_version(pk_job *job, const pk_reader *const *inputs, size_t count) {
  static const char *const known[] = {"1.3", "1.4", "1.5", "1.6", "1.7", "2.0"};
  size_t highest = 0;
  for (size_t i = 0; i < count; i++) {
    const char *version = qpdf_get_pdf_version(inputs[i]->qpdf);
    for (size_t k = 0; k < G_N_ELEMENTS(known); k++)
      if (version && strcmp(version, known[k]) >= 0) highest = MAX(highest, k);
  }
  return pk_arena_strdup(job->arena, known[highest]);
}
