/* The objects of a font: Type 0, its descendant CIDFont, descriptor, file.
 *
 * In:  a pk_pdf_font with its subset and CIDs. Out: an indirect Type 0 font,
 * Identity-H: what the content streams hold are CIDs of two bytes. */
#include <math.h>
#include <string.h>

#include "base/store.h"
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

/* ---- what depends on the glyphs and their texts ------------------------------- */

/* Kept in the store of a run: the text of /W with its NUL, then the CMap, packed. */
typedef struct {
  size_t size, cmap_size; /* size: with the NUL */
  char widths[];
} font_texts;

/* Runs of CIDs that follow one another share an array. */
static void put_widths(GString *out, const pk_pdf_font *font) {
  g_string_append_c(out, '[');
  for (uint32_t i = 0; i < font->used_count; i++) {
    bool is_run = i > 0 && font->used[i].cid == font->used[i - 1].cid + 1;
    if (i > 0) g_string_append_c(out, is_run ? ' ' : ']');
    if (!is_run) {
      pk_pdf_put_fixed(out, font->used[i].cid, 0);
      g_string_append_c(out, '[');
    }
    pk_pdf_put_number(out, font->glyphs[font->used[i].glyph].width, 3);
  }
  g_string_append(out, font->used_count ? "]]" : "]");
}

/* Free with g_free(); `*whole` are its bytes. */
static font_texts *make_texts(pk_pdf_file *file, const pk_pdf_font *font, size_t *whole) {
  g_autoptr(GString) widths = g_string_new(NULL);
  put_widths(widths, font);
  GString *cmap = pk_pdf_font_to_unicode(font);
  size_t packed_size;
  const uint8_t *packed = pk_pdf_pack(file, cmap->str, cmap->len, &packed_size);
  g_string_free(cmap, TRUE);
  *whole = sizeof(font_texts) + widths->len + 1 + packed_size;
  font_texts *texts = g_malloc0(*whole);
  texts->size = widths->len + 1;
  texts->cmap_size = packed_size;
  memcpy(texts->widths, widths->str, texts->size);
  memcpy(texts->widths + texts->size, packed, packed_size);
  return texts;
}

static pk_digest key_of(const pk_pdf_font *font) {
  pk_digester *digester = pk_digester_new();
  pk_digester_add_text(digester, "font");
  pk_digester_add(digester, &font->key, sizeof font->key);
  for (uint32_t i = 0; i < font->used_count; i++)
    pk_digester_add(digester, &font->glyphs[font->used[i].glyph].code, sizeof(uint64_t));
  return pk_digester_end(digester);
}

/* Owned by the job's arena or the store. */
static const font_texts *find_texts(pk_pdf_file *file, const pk_pdf_font *font) {
  struct pk_store *store = pk_pdf_file_store(file);
  pk_arena *arena = file->job->arena;
  pk_digest key = {0};
  bool is_wanted = false;
  if (store) {
    key = key_of(font);
    const font_texts *kept = pk_store_find(store, arena, key, file->job->worker->document, &is_wanted);
    if (kept) return kept;
  }
  size_t whole;
  font_texts *made = make_texts(file, font, &whole);
  if (is_wanted) return pk_store_keep(store, arena, key, made, whole, NULL);
  pk_arena_defer(arena, g_free, made);
  return made;
}

/* ---- the objects ---------------------------------------------------------------- */

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

static qpdf_oh descendant_of(pk_pdf_file *file, const pk_pdf_font *font, const char *name, const char *widths) {
  bool is_cff = font->face->is_cff;
  qpdf_oh descendant = qpdf_oh_new_dictionary(file->qpdf);
  pk_pdf_set_raw(file, descendant, "/Type", "/Font");
  pk_pdf_set_raw(file, descendant, "/Subtype", is_cff ? "/CIDFontType0" : "/CIDFontType2");
  if (!is_cff) pk_pdf_set_raw(file, descendant, "/CIDToGIDMap", "/Identity");
  pk_pdf_set_raw(file, descendant, "/CIDSystemInfo", "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>");
  pk_pdf_set_raw(file, descendant, "/BaseFont", name);
  pk_pdf_set_raw(file, descendant, "/W", widths);
  pk_pdf_set(file, descendant, "/FontDescriptor", descriptor_of(file, font, name));
  return pk_pdf_indirect(file, descendant);
}

qpdf_oh pk_pdf_font_object(pk_pdf_file *file, const pk_pdf_font *font) {
  g_autofree char *name = base_font(font);
  const font_texts *texts = find_texts(file, font);
  const uint8_t *cmap = (const uint8_t *)texts->widths + texts->size;
  qpdf_oh descendants = qpdf_oh_new_array(file->qpdf);
  pk_pdf_append(file, descendants, descendant_of(file, font, name, texts->widths));
  qpdf_oh object = qpdf_oh_new_dictionary(file->qpdf);
  pk_pdf_set_raw(file, object, "/Type", "/Font");
  pk_pdf_set_raw(file, object, "/Subtype", "/Type0");
  pk_pdf_set_raw(file, object, "/Encoding", "/Identity-H");
  pk_pdf_set_raw(file, object, "/BaseFont", name);
  pk_pdf_set(file, object, "/DescendantFonts", descendants);
  pk_pdf_set(file, object, "/ToUnicode", pk_pdf_stream_packed(file, NULL, cmap, texts->cmap_size));
  return pk_pdf_indirect(file, object);
}
