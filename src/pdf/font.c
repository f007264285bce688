/* Which glyphs are used, for what text, and the subset of each face.
 *
 * The subset numbers its glyphs anew, from 0 without gaps, and those numbers are
 * the CIDs. Kept numbers (HB_SUBSET_FLAGS_RETAIN_GIDS) would spare this first
 * pass over the glyphs, but leave loca and hmtx as long as in the full face and
 * fill the pages with larger numbers: 3 % more on a page with three faces, 1 % on
 * a hundred, and no less time. Hinting goes too (15 % of a one-page file): no
 * press and hardly a viewer makes use of it.
 *
 * ToUnicode holds one text a glyph: that of the first cluster which the glyph
 * makes up alone, else its part of the first cluster it shares. Places where
 * that is not what the text says are put right by /ActualText in text.c. */
#include "pdf/font.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_CID_H
#include <hb-ot.h>
#include <math.h>
#include <string.h>

#include "base/store.h"
#include "pdf/cluster.h"

enum { MAX_TEXT_OF_GLYPH = 64 };

struct pk_pdf_fonts {
  pk_pdf_file *file;
  GPtrArray *fonts;  /* in the order of first use */
  pk_pdf_font *last; /* the one asked for last */
  GString *buffer;
};

static void free_font(gpointer data) {
  pk_pdf_font *font = data;
  g_free(font->used);
  g_free(font->glyphs);
  g_free(font);
}

pk_pdf_fonts *pk_pdf_fonts_new(pk_pdf_file *file) {
  pk_pdf_fonts *fonts = g_new0(pk_pdf_fonts, 1);
  fonts->file = file;
  fonts->fonts = g_ptr_array_new_with_free_func(free_font);
  fonts->buffer = g_string_new(NULL);
  return fonts;
}

void pk_pdf_fonts_drop(pk_pdf_fonts *fonts) {
  if (!fonts) return;
  g_ptr_array_unref(fonts->fonts);
  g_string_free(fonts->buffer, TRUE);
  g_free(fonts);
}

const pk_pdf_font *pk_pdf_fonts_find(const pk_pdf_fonts *fonts, const pk_face *face) {
  if (fonts->last && fonts->last->face == face) return fonts->last;
  for (guint i = 0; i < fonts->fonts->len; i++) {
    pk_pdf_font *font = g_ptr_array_index(fonts->fonts, i);
    if (font->face == face) return font;
  }
  return NULL;
}

/* ---- use ----------------------------------------------------------------- */

static uint32_t find_space(const pk_face *face) {
  hb_font_t *font = hb_font_create(face->hb);
  hb_codepoint_t space = 0;
  if (!hb_font_get_nominal_glyph(font, ' ', &space)) space = 0;
  hb_font_destroy(font);
  return space;
}

static pk_pdf_font *find_or_add(pk_pdf_fonts *fonts, const pk_draw *draw) {
  const pk_face *face = draw->glyphs.face;
  pk_pdf_font *font = (pk_pdf_font *)pk_pdf_fonts_find(fonts, face);
  if (!font) {
    font = g_new0(pk_pdf_font, 1);
    font->face = face;
    font->source = draw->source;
    font->glyph_count = MIN(hb_face_get_glyph_count(face->hb), 65535);
    font->glyphs = g_new0(pk_pdf_glyph, MAX(font->glyph_count, 1));
    font->space = find_space(face);
    g_ptr_array_add(fonts->fonts, font);
    g_snprintf(font->name, sizeof font->name, "F%u", fonts->fonts->len);
  }
  return fonts->last = font;
}

static void learn_text(pk_pdf_fonts *fonts, pk_pdf_glyph *glyph, const char *text, size_t size, bool is_guess) {
  if (size == 0 || size > MAX_TEXT_OF_GLYPH || (glyph->text && (is_guess || !glyph->is_guess))) return;
  glyph->text = pk_arena_strndup(fonts->file->job->arena, text, size);
  glyph->text_size = (uint16_t)size;
  glyph->is_guess = is_guess;
}

/* A cluster with as many glyphs as characters: each glyph most likely is its
 * character (a letter and its accent). */
static void learn_parts(pk_pdf_fonts *fonts, pk_pdf_font *font, const pk_draw *draw, const pk_pdf_cluster *cluster,
                        const char *text, size_t size) {
  if (g_utf8_strlen(text, (gssize)size) != (glong)cluster->count) return;
  for (uint32_t n = 0; n < cluster->count; n++) {
    uint32_t i = cluster->first + (draw->glyphs.is_rtl ? cluster->count - 1 - n : n);
    uint32_t id = draw->glyphs.glyphs[i].id;
    const char *next = g_utf8_next_char(text);
    if (id < font->glyph_count) learn_text(fonts, &font->glyphs[id], text, (size_t)(next - text), true);
    text = next;
  }
}

static void use_space(pk_pdf_fonts *fonts, pk_pdf_font *font) {
  if (!font->space || font->space >= font->glyph_count) return;
  font->glyphs[font->space].is_used = true;
  learn_text(fonts, &font->glyphs[font->space], " ", 1, false);
}

bool pk_pdf_fonts_know(pk_pdf_fonts *fonts, const pk_draw *draw) {
  const pk_pdf_font *font = pk_pdf_fonts_find(fonts, draw->glyphs.face);
  if (!font || (draw->glyphs.has_space_after && font->space && !font->glyphs[font->space].is_used)) return false;
  for (uint32_t i = 0; i < draw->glyphs.glyph_count; i++) {
    uint32_t id = draw->glyphs.glyphs[i].id;
    if (id >= font->glyph_count) return false;
    const pk_pdf_glyph *glyph = &font->glyphs[id];
    if (!glyph->is_used || !glyph->text || glyph->is_guess) return false;
  }
  return true;
}

void pk_pdf_fonts_use(pk_pdf_fonts *fonts, const pk_draw *draw, const GArray *clusters) {
  pk_pdf_font *font = find_or_add(fonts, draw);
  if (draw->glyphs.has_space_after) use_space(fonts, font);
  for (guint n = 0; n < clusters->len; n++) {
    const pk_pdf_cluster *cluster = &g_array_index(clusters, pk_pdf_cluster, n);
    for (uint32_t i = cluster->first; i < cluster->first + cluster->count; i++) {
      uint32_t id = draw->glyphs.glyphs[i].id;
      if (id < font->glyph_count) font->glyphs[id].is_used = true;
    }
    uint32_t id = draw->glyphs.glyphs[cluster->first].id;
    if (id >= font->glyph_count) continue;
    pk_pdf_glyph *glyph = &font->glyphs[id];
    if (cluster->count == 1 && glyph->text && !glyph->is_guess) continue; /* nothing to learn */
    size_t size;
    const char *text = cluster->is_added
                           ? (size = 1, "-")
                           : pk_pdf_plain_text(draw->glyphs.text, cluster->start, cluster->end, fonts->buffer, &size);
    if (cluster->count == 1)
      learn_text(fonts, glyph, text, size, cluster->is_added);
    else
      learn_parts(fonts, font, draw, cluster, text, size);
  }
}

/* ---- subset -------------------------------------------------------------- */

/* Tables that no PDF reader looks at. Those of variable fonts too: what is left
 * is the default instance. */
static const hb_tag_t dropped_tables[] = {
    HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'), HB_TAG('B', 'A', 'S', 'E'),
    HB_TAG('J', 'S', 'T', 'F'), HB_TAG('M', 'A', 'T', 'H'), HB_TAG('k', 'e', 'r', 'n'), HB_TAG('k', 'e', 'r', 'x'),
    HB_TAG('m', 'o', 'r', 'x'), HB_TAG('n', 'a', 'm', 'e'), HB_TAG('p', 'o', 's', 't'), HB_TAG('O', 'S', '/', '2'),
    HB_TAG('c', 'm', 'a', 'p'), HB_TAG('g', 'a', 's', 'p'), HB_TAG('m', 'e', 't', 'a'), HB_TAG('D', 'S', 'I', 'G'),
    HB_TAG('V', 'D', 'M', 'X'), HB_TAG('h', 'd', 'm', 'x'), HB_TAG('L', 'T', 'S', 'H'), HB_TAG('V', 'O', 'R', 'G'),
    HB_TAG('v', 'h', 'e', 'a'), HB_TAG('v', 'm', 't', 'x'), HB_TAG('C', 'O', 'L', 'R'), HB_TAG('C', 'P', 'A', 'L'),
    HB_TAG('S', 'T', 'A', 'T'), HB_TAG('f', 'v', 'a', 'r'), HB_TAG('g', 'v', 'a', 'r'), HB_TAG('a', 'v', 'a', 'r'),
    HB_TAG('H', 'V', 'A', 'R'), HB_TAG('M', 'V', 'A', 'R'), HB_TAG('V', 'V', 'A', 'R'), HB_TAG('c', 'v', 'a', 'r'),
};

static hb_subset_plan_t *plan_of(const pk_pdf_font *font, bool keeps_numbers) {
  hb_subset_input_t *input = hb_subset_input_create_or_fail();
  if (!input) return NULL;
  hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE |
                                       (keeps_numbers ? HB_SUBSET_FLAGS_RETAIN_GIDS : 0u));
  hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (size_t i = 0; i < G_N_ELEMENTS(dropped_tables); i++) hb_set_add(drop, dropped_tables[i]);
  hb_set_t *glyphs = hb_subset_input_glyph_set(input);
  for (uint32_t id = 0; id < font->glyph_count; id++)
    if (font->glyphs[id].is_used) hb_set_add(glyphs, id);
  hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(font->face->hb, input);
  hb_subset_input_destroy(input);
  return plan;
}

/* In a CID-keyed CFF the CID is a name of its own that the subset keeps; in any
 * other font the CID is the number of the glyph in the subset. */
static bool number_by_cff(pk_pdf_font *font) {
  hb_blob_t *blob = hb_face_reference_blob(font->face->hb);
  unsigned size;
  const char *data = hb_blob_get_data(blob, &size);
  FT_Library library = NULL;
  FT_Face face = NULL;
  FT_Bool is_cid = 0;
  if (!FT_Init_FreeType(&library) &&
      !FT_New_Memory_Face(library, (const FT_Byte *)data, (FT_Long)size, (FT_Long)font->face->file_index, &face))
    FT_Get_CID_Is_Internally_CID_Keyed(face, &is_cid);
  for (uint32_t id = 0; is_cid && id < font->glyph_count; id++) {
    FT_UInt cid = 0;
    if (font->glyphs[id].is_used && !FT_Get_CID_From_Glyph_Index(face, id, &cid)) font->glyphs[id].cid = (uint16_t)cid;
  }
  if (face) FT_Done_Face(face);
  if (library) FT_Done_FreeType(library);
  hb_blob_destroy(blob);
  return is_cid;
}

static int by_cid(const void *a, const void *b) {
  const pk_pdf_used_glyph *left = a, *right = b;
  return (left->cid > right->cid) - (left->cid < right->cid);
}

/* Numbers and widths of the glyphs in a new subset. */
static void number_glyphs(pk_pdf_font *font, const hb_map_t *map) {
  bool is_numbered = font->is_cid_keyed = font->face->is_cff && number_by_cff(font);
  hb_font_t *metrics = hb_font_create(font->face->hb);
  int upem = (int)hb_face_get_upem(font->face->hb);
  hb_font_set_scale(metrics, upem, upem);
  for (uint32_t i = 0; i < font->used_count; i++) {
    uint32_t id = font->used[i].glyph;
    pk_pdf_glyph *glyph = &font->glyphs[id];
    if (!is_numbered) glyph->cid = (uint16_t)hb_map_get(map, id);
    double width = hb_font_get_glyph_h_advance(metrics, id) * 1000.0 / upem;
    glyph->width = round(width * 1000) / 1000;
  }
  hb_font_destroy(metrics);
}

/* The glyphs that are drawn, in the order of the face. */
static void list_used(pk_pdf_font *font) {
  for (uint32_t id = 0; id < font->glyph_count; id++) font->used_count += font->glyphs[id].is_used;
  font->used = g_new0(pk_pdf_used_glyph, MAX(font->used_count, 1));
  uint32_t at = 0;
  for (uint32_t id = 0; id < font->glyph_count; id++)
    if (font->glyphs[id].is_used) font->used[at++].glyph = id;
}

static void pack_subset(pk_pdf_file *file, pk_pdf_font *font, hb_face_t *subset) {
  hb_blob_t *blob =
      font->face->is_cff ? hb_face_reference_table(subset, HB_TAG('C', 'F', 'F', ' ')) : hb_face_reference_blob(subset);
  unsigned size;
  const char *data = hb_blob_get_data(blob, &size);
  const uint8_t *packed = pk_pdf_pack(file, data, size, &font->file_size);
  font->file = pk_arena_dup(file->job->arena, packed, font->file_size);
  font->file_unpacked = size;
  font->subset_count = hb_face_get_glyph_count(subset);
  hb_blob_destroy(blob);
}

static bool make_subset(pk_pdf_file *file, pk_pdf_font *font) {
  hb_subset_plan_t *plan = plan_of(font, file->options->is_one_of_many);
  if (!plan) return false;
  hb_face_t *subset = hb_subset_plan_execute_or_fail(plan);
  if (subset) {
    number_glyphs(font, hb_subset_plan_old_to_new_glyph_mapping(plan));
    pack_subset(file, font, subset);
  }
  hb_face_destroy(subset);
  hb_subset_plan_destroy(plan);
  return subset != NULL;
}

/* A subset in the store of a run: glyphs in the order of the face, then the file. */
typedef struct {
  uint16_t cid;
  double width;
} kept_glyph;

typedef struct {
  bool is_cid_keyed;
  uint32_t subset_count, glyph_count;
  size_t file_size, file_unpacked;
  kept_glyph glyphs[];
} kept_subset;

static pk_digest key_of(const pk_pdf_file *file, const pk_pdf_font *font) {
  pk_digester *digester = pk_digester_new();
  pk_digester_add_text(digester, "subset");
  const uint64_t numbers[] = {(uintptr_t)font->face, file->options->is_one_of_many};
  pk_digester_add(digester, numbers, sizeof numbers);
  for (uint32_t i = 0; i < font->used_count; i++)
    pk_digester_add(digester, &font->used[i].glyph, sizeof font->used[i].glyph);
  return pk_digester_end(digester);
}

static void take_subset(pk_pdf_font *font, const kept_subset *kept) {
  font->is_cid_keyed = kept->is_cid_keyed;
  font->subset_count = kept->subset_count;
  font->file = (const uint8_t *)(kept->glyphs + kept->glyph_count);
  font->file_size = kept->file_size;
  font->file_unpacked = kept->file_unpacked;
  for (uint32_t i = 0; i < kept->glyph_count; i++) {
    pk_pdf_glyph *glyph = &font->glyphs[font->used[i].glyph];
    glyph->cid = kept->glyphs[i].cid;
    glyph->width = kept->glyphs[i].width;
  }
}

static void keep_subset(pk_pdf_file *file, const pk_pdf_font *font) {
  size_t glyphs = font->used_count * sizeof(kept_glyph), size = sizeof(kept_subset) + glyphs + font->file_size;
  kept_subset *kept = g_malloc0(size);
  kept->is_cid_keyed = font->is_cid_keyed;
  kept->subset_count = font->subset_count;
  kept->glyph_count = font->used_count;
  kept->file_size = font->file_size;
  kept->file_unpacked = font->file_unpacked;
  for (uint32_t i = 0; i < font->used_count; i++) {
    const pk_pdf_glyph *glyph = &font->glyphs[font->used[i].glyph];
    kept->glyphs[i] = (kept_glyph){glyph->cid, glyph->width};
  }
  memcpy(kept->glyphs + font->used_count, font->file, font->file_size);
  (void)pk_store_keep(pk_pdf_file_store(file), file->job->arena, font->key, kept, size, NULL);
}

static bool find_subset(pk_pdf_file *file, pk_pdf_font *font) {
  if (!pk_pdf_file_store(file)) return make_subset(file, font);
  font->key = key_of(file, font);
  bool is_wanted;
  const kept_subset *kept =
      pk_store_find(pk_pdf_file_store(file), file->job->arena, font->key, file->job->worker->document, &is_wanted);
  if (kept)
    take_subset(font, kept);
  else if (!make_subset(file, font))
    return false;
  else if (is_wanted)
    keep_subset(file, font);
  return true;
}

static pk_status subset_font(pk_pdf_file *file, pk_pdf_font *font) {
  const pk_face *face = font->face;
  if (!face->may_embed) {
    pk_diagnostic *diagnostic = pk_diag_add(file->job->diag, PK_CODE_FONT_NOT_EMBEDDABLE, font->source,
                                            "the font %s (%s) may not be embedded", face->postscript_name, face->path);
    pk_diag_hint(file->job->diag, diagnostic, "name another family in the layout");
    return PK_FAILED;
  }
  list_used(font);
  if (!find_subset(file, font)) {
    pk_diag_add(file->job->diag, PK_CODE_FONT_UNUSABLE, font->source, "no subset can be made of the font %s (%s)",
                face->postscript_name, face->path);
    return PK_FAILED;
  }
  for (uint32_t i = 0; i < font->used_count; i++) font->used[i].cid = font->glyphs[font->used[i].glyph].cid;
  qsort(font->used, font->used_count, sizeof *font->used, by_cid);
  return PK_OK;
}

/* What a page sees of a glyph: its number, and the text that it stands for. */
static void set_codes(pk_pdf_font *font) {
  for (uint32_t i = 0; i < font->used_count; i++) {
    pk_pdf_glyph *glyph = &font->glyphs[font->used[i].glyph];
    pk_digest text = pk_digest_of(glyph->text, glyph->text_size);
    glyph->code = text.low ^ (glyph->cid * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15));
  }
}

pk_status pk_pdf_fonts_subset(pk_pdf_fonts *fonts) {
  pk_status status = PK_OK;
  for (guint i = 0; i < fonts->fonts->len; i++) {
    pk_pdf_font *font = g_ptr_array_index(fonts->fonts, i);
    if (subset_font(fonts->file, font) != PK_OK) status = PK_FAILED;
    if (status == PK_OK && pk_pdf_file_store(fonts->file)) set_codes(font);
  }
  return status;
}

qpdf_oh pk_pdf_fonts_dict(pk_pdf_fonts *fonts) {
  pk_pdf_file *file = fonts->file;
  qpdf_oh dict = qpdf_oh_new_dictionary(file->qpdf);
  for (guint i = 0; i < fonts->fonts->len; i++) {
    const pk_pdf_font *font = g_ptr_array_index(fonts->fonts, i);
    char key[20];
    g_snprintf(key, sizeof key, "/%s", font->name);
    pk_pdf_set(file, dict, key, pk_pdf_font_object(file, font));
  }
  return pk_pdf_indirect(file, dict);
}
