/* Fonts of a PDF: all are in the file, or it is not used.
 *
 * In:  a font that content sets text in. Out: the same without what does not belong
 * to it; the glyphs of a Type 3 font are content like any other. */
#include <string.h>

#include "art/carrier.h"

enum { MAX_GLYPHS = 4096 };

/* Notes its name. That is a fault as soon as text is set in it: some programs name a
 * font on each page and never use it. */
static bool note_missing(pk_carrier *c, qpdf_oh font) {
  g_strlcpy(c->left->font, pk_reader_name(c->qpdf, pk_carry_key(c, font, "/BaseFont")), sizeof c->left->font);
  if (!c->left->font[0]) g_strlcpy(c->left->font, "without a name", sizeof c->left->font);
  const char *end;
  if (!g_utf8_validate(c->left->font, -1, &end)) c->left->font[end - c->left->font] = 0;
  return false;
}

static bool carry_descriptor(pk_carrier *c, qpdf_oh font) {
  static const char *const kept[] = {
      "/Type",        "/FontName", "/FontFamily", "/FontStretch",  "/FontWeight", "/Flags",     "/FontBBox",
      "/ItalicAngle", "/Ascent",   "/Descent",    "/Leading",      "/CapHeight",  "/XHeight",   "/StemV",
      "/StemH",       "/AvgWidth", "/MaxWidth",   "/MissingWidth", "/FontFile",   "/FontFile2", "/FontFile3",
      "/CharSet",     "/CIDSet",   "/Lang",       "/Style",        NULL};
  static const char *const files[] = {"/FontFile", "/FontFile2", "/FontFile3"};
  static const char *const kept_file[] = {"/Length",  "/Length1", "/Length2",     "/Length3",
                                          "/Subtype", "/Filter",  "/DecodeParms", NULL};
  qpdf_oh descriptor = pk_carry_key(c, font, "/FontDescriptor");
  if (!qpdf_oh_is_dictionary(c->qpdf, descriptor)) return false;
  pk_carry_keep(c, descriptor, kept);
  for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
    qpdf_oh file = pk_carry_key(c, descriptor, files[i]);
    if (!qpdf_oh_is_stream(c->qpdf, file)) continue;
    pk_carry_keep(c, qpdf_oh_get_dict(c->qpdf, file), kept_file);
    return true;
  }
  return false;
}

static void keep_stream(pk_carrier *c, qpdf_oh stream) {
  static const char *const kept[] = {"/Type",  "/Length",  "/Filter", "/DecodeParms", "/CMapName", "/CIDSystemInfo",
                                     "/WMode", "/UseCMap", NULL};
  if (qpdf_oh_is_stream(c->qpdf, stream)) pk_carry_keep(c, qpdf_oh_get_dict(c->qpdf, stream), kept);
}

static bool carry_descendant(pk_carrier *c, qpdf_oh font) {
  static const char *const kept[] = {
      "/Type", "/Subtype",     "/BaseFont", "/CIDSystemInfo", "/FontDescriptor", "/DW", "/W", "/DW2",
      "/W2",   "/CIDToGIDMap", NULL};
  qpdf_oh all = pk_carry_key(c, font, "/DescendantFonts");
  if (!qpdf_oh_is_array(c->qpdf, all) || qpdf_oh_get_array_n_items(c->qpdf, all) != 1) return note_missing(c, font);
  qpdf_oh one = qpdf_oh_get_array_item(c->qpdf, all, 0);
  if (!qpdf_oh_is_dictionary(c->qpdf, one)) return note_missing(c, font);
  pk_carry_keep(c, one, kept);
  keep_stream(c, pk_carry_key(c, one, "/CIDToGIDMap"));
  return carry_descriptor(c, one) || note_missing(c, one);
}

static bool carry_glyphs(pk_carrier *c, qpdf_oh font, qpdf_oh around, size_t *cost) {
  static const char *const kept[] = {"/Length", "/Filter", "/DecodeParms", NULL};
  qpdf_oh glyphs = pk_carry_key(c, font, "/CharProcs"), own = pk_carry_key(c, font, "/Resources");
  qpdf_oh resources = qpdf_oh_is_dictionary(c->qpdf, own) ? own : around, fresh = qpdf_oh_new_dictionary(c->qpdf);
  if (c->depth >= PK_CARRY_DEEP) return pk_carry_fail(c, "its forms are nested too deep");
  g_auto(GStrv) names = pk_carry_keys(c, glyphs);
  if (g_strv_length(names) > MAX_GLYPHS) return pk_carry_fail(c, "a font in it has more than %d drawings", MAX_GLYPHS);
  c->depth++;
  for (char **name = names; *name && !c->has_failed; name++) {
    qpdf_oh glyph = pk_carry_key(c, glyphs, *name);
    if (!qpdf_oh_is_stream(c->qpdf, glyph)) continue;
    g_autoptr(GString) content = g_string_new(NULL), out = g_string_new(NULL);
    size_t left = PK_CARRY_MAX_BYTES - MIN(c->bytes, PK_CARRY_MAX_BYTES);
    if (pk_reader_decode(c->qpdf, glyph, left, content) != PK_DECODE_OK) {
      pk_carry_fail(c, "a font in it is damaged");
      break;
    }
    c->bytes += content->len;
    size_t steps = 0;
    if (!pk_carry_content(c, content->str, content->len, resources, fresh, out, &steps)) break;
    *cost = MAX(*cost, steps);
    pk_carry_keep(c, qpdf_oh_get_dict(c->qpdf, glyph), kept);
    pk_carry_put_data(c, glyph, out->str, out->len, NULL);
  }
  c->depth--;
  qpdf_oh_replace_key(c->qpdf, font, "/Resources", fresh);
  return !c->has_failed;
}

bool pk_carry_font(pk_carrier *c, qpdf_oh font, qpdf_oh resources, size_t *cost) {
  static const char *const kept[] = {"/Type",     "/Subtype",        "/BaseFont",  "/FirstChar", "/LastChar",
                                     "/Widths",   "/FontDescriptor", "/Encoding",  "/ToUnicode", "/DescendantFonts",
                                     "/FontBBox", "/FontMatrix",     "/CharProcs", "/Resources", NULL};
  int id = qpdf_oh_get_object_id(c->qpdf, font);
  if (id && !g_hash_table_add(c->pictures, GINT_TO_POINTER(id))) {
    *cost = GPOINTER_TO_SIZE(g_hash_table_lookup(c->costs, GINT_TO_POINTER(id)));
    return true;
  }
  qpdf_oh kind = pk_carry_key(c, font, "/Subtype");
  pk_carry_keep(c, font, kept);
  keep_stream(c, pk_carry_key(c, font, "/ToUnicode"));
  keep_stream(c, pk_carry_key(c, font, "/Encoding"));
  if (pk_carry_is_name(c, kind, "/Type3")) {
    bool is_fine = carry_glyphs(c, font, resources, cost);
    if (id) g_hash_table_insert(c->costs, GINT_TO_POINTER(id), GSIZE_TO_POINTER(*cost));
    return is_fine;
  }
  if (pk_carry_is_name(c, kind, "/Type0")) return carry_descendant(c, font);
  return carry_descriptor(c, font) || note_missing(c, font);
}
