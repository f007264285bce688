/* The ToUnicode CMap of a font: CID -> text.
 *
 * A ligature's text is several characters. A glyph that never stands for a text
 * by itself (the second of two glyphs for one letter) is given a zero-width
 * space, since PDF/A wants every glyph to have a character; where it is drawn
 * /ActualText says what is meant. */
#include <string.h>

#include "pdf/font.h"
#include "pdf/number.h"

/* At most so many entries a block (Adobe Technical Note 5411). */
enum { MAX_BLOCK = 100 };

static const char head[] = "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                           "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                           "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                           "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n";
static const char tail[] = "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend";

/* CIDs [first, last] that stand for characters following one another. */
typedef struct {
  uint16_t first, last;
  const pk_pdf_glyph *glyph; /* of `first` */
} range;

/* The character, if the glyph stands for one alone; else 0. */
static gunichar only_character(const pk_pdf_glyph *glyph) {
  if (!glyph->text) return 0;
  gunichar character = g_utf8_get_char(glyph->text);
  return g_utf8_next_char(glyph->text) == glyph->text + glyph->text_size ? character : 0;
}

/* Whether `glyph` may extend `last`: only the low bytes of CID and character may
 * run on. */
static bool continues(const range *last, uint16_t cid, const pk_pdf_glyph *glyph) {
  gunichar first = only_character(last->glyph), character = only_character(glyph);
  unsigned step = (unsigned)(cid - last->first);
  return first && character < 0x10000 && character == first + step && cid == last->last + 1 &&
         (cid & 0xFF00) == (last->first & 0xFF00) && (character & 0xFF00) == (first & 0xFF00);
}

static GArray *find_ranges(const pk_pdf_font *font) {
  GArray *ranges = g_array_new(FALSE, FALSE, sizeof(range));
  for (uint32_t i = 0; i < font->used_count; i++) {
    uint16_t cid = font->used[i].cid;
    const pk_pdf_glyph *glyph = &font->glyphs[font->used[i].glyph];
    range *last = ranges->len ? &g_array_index(ranges, range, ranges->len - 1) : NULL;
    if (last && continues(last, cid, glyph)) {
      last->last = cid;
      continue;
    }
    range fresh = {cid, cid, glyph};
    g_array_append_val(ranges, fresh);
  }
  return ranges;
}

static void put_destination(GString *out, const pk_pdf_glyph *glyph) {
  g_string_append_c(out, '<');
  if (!glyph->text) pk_pdf_put_utf16(out, 0x200B);
  for (const char *at = glyph->text; at && at < glyph->text + glyph->text_size; at = g_utf8_next_char(at))
    pk_pdf_put_utf16(out, g_utf8_get_char(at));
  g_string_append(out, ">\n");
}

static bool is_range(const range *r) {
  return r->last > r->first;
}

/* Blocks of the ranges, or of the single entries. */
static void put_blocks(GString *out, const GArray *ranges, bool of_ranges) {
  const char *kind = of_ranges ? "range" : "char";
  guint left = 0, in_block = 0;
  for (guint i = 0; i < ranges->len; i++) left += is_range(&g_array_index(ranges, range, i)) == of_ranges;
  for (guint i = 0; i < ranges->len; i++) {
    const range *r = &g_array_index(ranges, range, i);
    if (is_range(r) != of_ranges) continue;
    if (in_block == 0) g_string_append_printf(out, "%u beginbf%s\n", MIN(left, MAX_BLOCK), kind);
    g_string_append_printf(out, "<%04X>", r->first);
    if (of_ranges) g_string_append_printf(out, "<%04X>", r->last);
    put_destination(out, r->glyph);
    left--;
    if (++in_block == MAX_BLOCK || left == 0) {
      g_string_append_printf(out, "endbf%s\n", kind);
      in_block = 0;
    }
  }
}

GString *pk_pdf_font_to_unicode(const pk_pdf_font *font) {
  GString *out = g_string_new(head);
  GArray *ranges = find_ranges(font);
  put_blocks(out, ranges, false);
  put_blocks(out, ranges, true);
  g_array_unref(ranges);
  g_string_append(out, tail);
  return out;
}
