/* The objects of a font: Type 0, its descendant CIDFont, descriptor, file.
 *
 * In:  a pk_pdf_font with its subset and CIDs. Out: an indirect Type 0 font,
 * Identity-H: what the content streams hold are CIDs of two bytes. */
#include <math.h>
#include <string.h>

#include "pdf/font.h"
#include "pdf/number.h"

enum { FLAG_FIXED_PITCH = 1, FLAG_SERIF = 2, FLAG_SYMBOLIC = 4, FLAG_ITALIC = 64 };

/* Six capitals that depend on nothing but the face and the glyphs (FNV-1a). */
static void put_subset_tag(GString *out, const pk_pdf_font *font) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (const char *at = font->face->postscript_name; at && *at; at++) hash = (hash ^ (uint8_t)*at) * 0x100000001b3u;
  for (uint32_t i = 0; i < font->used_count; i++) hash = (hash ^ font->used[i].glyph) * 0x100000001b3u;
  for (int i = 0; i < 6; i++, hash /= 26) g_string_append_c(out, (char)('A' + hash % 26));
  g_string_append_c(out, '+');
}

/* "/ABCDEF+Name": what a PostScript name may not hold is left out. */
static char *base_font(const pk_pdf_font *font) {
  GString *name = g_string_new("/");
  put_subset_tag(name, font);
  const char *from = font->face->postscript_name;
  gsize before = name->len;
  for (; from && *from; from++)
    if (g_ascii_isgraph(*from) && !strchr("()<>[]{}/%#", *from)) g_string_append_c(name, *from);
  if (name->len == before) g_string_append(name, "Font");
  return g_string_free(name, FALSE);
}

/* Runs of CIDs that follow one another share an array. */
static qpdf_oh width_array(pk_pdf_file *file, const pk_pdf_font *font) {
  g_autoptr(GString) out = g_string_new("[");
  for (uint32_t i = 0; i < font->used_count; i++) {
    bool is_run = i > 0 && font->used[i].cid == font->used[i - 1].cid + 1;
    if (i > 0) g_string_append_c(out, is_run ? ' ' : ']');
    if (!is_run) g_string_append_printf(out, "%u[", font->used[i].cid);
    pk_pdf_put_number(out, font->glyphs[font->used[i].glyph].width, 3);
  }
  g_string_append(out, font->used_count ? "]]" : "]");
  return pk_pdf_parse(file, out->str);
}

static void set_font_file(pk_pdf_file *file, qpdf_oh descriptor, const pk_pdf_font *font) {
  bool is_cff = font->face->is_cff;
  g_autofree char *keys =
      is_cff ? g_strdup("<</Subtype/CIDFontType0C>>") : g_strdup_printf("<</Length1 %zu>>", font->file_unpacked);
  pk_pdf_set(file, descriptor, is_cff ? "/FontFile3" : "/FontFile2",
             pk_pdf_stream_packed(file, keys, font->file, font->file_size));
}

/* One bit a CID, the first the highest of its byte: all that the font file holds
 * (parts of accented letters and .notdef too), not only what is drawn. */
static qpdf_oh cid_set(pk_pdf_file *file, const pk_pdf_font *font) {
  uint32_t last = font->used_count ? font->used[font->used_count - 1].cid : 0;
  uint32_t count = font->is_cid_keyed ? last + 1 : MAX(font->subset_count, 1);
  size_t size = (count + 7) / 8;
  g_autofree uint8_t *bits = g_malloc0(size);
  for (uint32_t cid = 0; cid < count && !font->is_cid_keyed; cid++) bits[cid / 8] |= (uint8_t)(0x80 >> cid % 8);
  for (uint32_t i = 0; i < font->used_count; i++)
    bits[font->used[i].cid / 8] |= (uint8_t)(0x80 >> font->used[i].cid % 8);
  bits[0] |= 0x80;
  return pk_pdf_stream(file, NULL, bits, size);
}

static qpdf_oh descriptor_of(pk_pdf_file *file, const pk_pdf_font *font, const char *name) {
  const pk_face *face = font->face;
  double scale = 1000.0 / (face->upem > 0 ? face->upem : 1000);
  int flags = FLAG_SYMBOLIC | (face->is_fixed_pitch ? FLAG_FIXED_PITCH : 0) | (face->is_serif ? FLAG_SERIF : 0) |
              (face->italic ? FLAG_ITALIC : 0);
  /* No format but Type 1 tells the stem; this is what fits common text faces. */
  double stem = 50 + (face->weight / 65.0) * (face->weight / 65.0);
  g_autoptr(GString) out = g_string_new("<</Type/FontDescriptor/FontBBox[");
  const int box[] = {face->x_min, face->y_min, face->x_max, face->y_max};
  for (size_t i = 0; i < 4; i++) {
    if (i) g_string_append_c(out, ' ');
    pk_pdf_put_number(out, i < 2 ? floor(box[i] * scale) : ceil(box[i] * scale), 0);
  }
  g_string_append_printf(out, "]/Flags %d", flags);
  const struct {
    const char *key;
    double value;
  } metrics[] = {{"/Ascent ", round(face->ascent * scale)},
                 {"/Descent ", round(face->descent * scale)},
                 {"/CapHeight ", round(face->cap_height * scale)},
                 {"/XHeight ", round(face->x_height * scale)},
                 {"/StemV ", round(stem)},
                 {"/ItalicAngle ", face->italic_angle}};
  for (size_t i = 0; i < G_N_ELEMENTS(metrics); i++) {
    g_string_append(out, metrics[i].key);
    pk_pdf_put_number(out, metrics[i].value, 2);
  }
  g_string_append(out, ">>");
  qpdf_oh descriptor = pk_pdf_parse(file, out->str);
  pk_pdf_set(file, descriptor, "/FontName", qpdf_oh_new_name(file->qpdf, name));
  if (file->traits->has_cid_set) pk_pdf_set(file, descriptor, "/CIDSet", cid_set(file, font));
  set_font_file(file, descriptor, font);
  return pk_pdf_indirect(file, descriptor);
}

qpdf_oh pk_pdf_font_object(pk_pdf_file *file, const pk_pdf_font *font) {
  g_autofree char *name = base_font(font);
  qpdf_oh descendant =
      pk_pdf_parsef(file, "<</Type/Font/Subtype/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
                    font->face->is_cff ? "CIDFontType0" : "CIDFontType2/CIDToGIDMap/Identity");
  pk_pdf_set(file, descendant, "/BaseFont", qpdf_oh_new_name(file->qpdf, name));
  pk_pdf_set(file, descendant, "/W", width_array(file, font));
  pk_pdf_set(file, descendant, "/FontDescriptor", descriptor_of(file, font, name));
  qpdf_oh descendants = qpdf_oh_new_array(file->qpdf);
  pk_pdf_append(file, descendants, pk_pdf_indirect(file, descendant));
  qpdf_oh object = pk_pdf_parse(file, "<</Type/Font/Subtype/Type0/Encoding/Identity-H>>");
  pk_pdf_set(file, object, "/BaseFont", qpdf_oh_new_name(file->qpdf, name));
  pk_pdf_set(file, object, "/DescendantFonts", descendants);
  pk_pdf_set(file, object, "/ToUnicode", pk_pdf_font_to_unicode(file, font));
  return pk_pdf_indirect(file, object);
}
