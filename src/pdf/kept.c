/* Packed content streams in the store of a run, by all that decides about them.
 *
 * In:  a page of the list, its fonts with their subsets, its pictures, the words
 *      that its lines break. Out: the stream, byte for byte what content.c makes.
 *
 * Numbers that differ from document to document and are not written stay out of the
 * key: a tag is told by its name and by which of the page's tags it is. */
#include "pdf/kept.h"

#include <string.h>

#include "base/store.h"

/* What a page writes and reads a glyph as, in its file. */
typedef struct {
  const pk_face *face;
  uint64_t code;
  uint32_t glyph;
} kept_code;

/* A stream in one piece of memory: the codes, the marks, then the bytes. */
typedef struct {
  size_t size;
  uint32_t code_count, mark_count;
  kept_code codes[]; /* of the glyphs that the page draws, each once */
} kept_page;

static const uint32_t *marks_of(const kept_page *kept) {
  return (const uint32_t *)(kept->codes + kept->code_count);
}

/* The draws that began a stretch of tagged content are before it, in order. */
static const uint8_t *bytes_of(const kept_page *kept) {
  return (const uint8_t *)(marks_of(kept) + kept->mark_count);
}

/* ---- the key ------------------------------------------------------------------- */

/* What all pages of a file have: how inks are written, where the page lies. */
static void add_file(pk_digester *digester, const pk_pdf_content *content) {
  const pk_pdf_file *file = content->file;
  const void *const same[] = {file->traits, file->printer};
  pk_digester_add(digester, same, sizeof same);
  const double place[] = {content->left, content->top};
  pk_digester_add(digester, place, sizeof place);
  const uint32_t numbers[] = {(uint32_t)file->standard, content->structure != NULL, (uint32_t)file->list->ink_count};
  pk_digester_add(digester, numbers, sizeof numbers);
  for (size_t i = 0; i < file->list->ink_count; i++) {
    const pk_ink *ink = &file->list->inks[i];
    pk_digester_add(digester, ink->cmyk, sizeof ink->cmyk);
    pk_digester_add(digester, ink->screen, sizeof ink->screen);
    pk_digester_add(digester, &ink->is_rich, sizeof ink->is_rich);
    pk_digester_add_text(digester, ink->spot);
  }
}

/* Which of the page's tags it is. */
static uint32_t ordinal_of(GArray *tags, uint32_t tag) {
  for (guint i = tags->len; i-- > 0;)
    if (g_array_index(tags, uint32_t, i) == tag) return i;
  g_array_append_val(tags, tag);
  return tags->len - 1;
}

static void add_tag(pk_digester *digester, const pk_pdf_content *content, const pk_draw *draw, GArray *tags) {
  const uint32_t numbers[] = {draw->tag != 0, draw->tag ? ordinal_of(tags, draw->tag) : (uint32_t)draw->artifact};
  pk_digester_add(digester, numbers, sizeof numbers);
  if (draw->tag) pk_digester_add_text(digester, pk_tag_name(&content->file->list->tags[draw->tag]));
}

static void add_rect(pk_digester *digester, const pk_rect *rect) {
  const double sides[] = {rect->x, rect->y, rect->width, rect->height};
  pk_digester_add(digester, sides, sizeof sides);
}

/* All of a run that is a number. */
typedef struct {
  double size, scale_x, tracking, x, y;
  uintptr_t face;
  uint32_t glyph_count, start, end, is_rtl, has_space_after, tail_end, head_start, padding;
} run_numbers;

/* What its glyphs are written as is not part of the key, since there are thousands of
 * them and few different ones: see has_same_codes(). */
static void add_glyphs(pk_digester *digester, const pk_pdf_content *content, const pk_draw *draw,
                       const pk_pdf_broken *broken) {
  const pk_pdf_font *font = pk_pdf_fonts_find(content->fonts, draw->glyphs.face);
  const run_numbers numbers = {.size = draw->glyphs.size,
                               .scale_x = draw->glyphs.scale_x,
                               .tracking = draw->glyphs.tracking,
                               .x = draw->glyphs.x,
                               .y = draw->glyphs.y,
                               .face = (uintptr_t)font->face,
                               .glyph_count = draw->glyphs.glyph_count,
                               .start = draw->glyphs.start,
                               .end = draw->glyphs.end,
                               .is_rtl = draw->glyphs.is_rtl,
                               .has_space_after = draw->glyphs.has_space_after,
                               .tail_end = broken->tail_end,
                               .head_start = broken->head_start};
  pk_digester_add(digester, &numbers, sizeof numbers);
  pk_digester_add(digester, font->name, sizeof font->name);
  pk_digester_add(digester, draw->glyphs.glyphs, draw->glyphs.glyph_count * sizeof *draw->glyphs.glyphs);
  pk_digester_add(digester, draw->glyphs.text + draw->glyphs.start, draw->glyphs.end - draw->glyphs.start);
  if (broken->head_start == UINT32_MAX) return;
  const uint32_t word = broken->head_end - broken->head_text;
  pk_digester_add(digester, &word, sizeof word);
  pk_digester_add(digester, draw->glyphs.text + broken->head_text, word);
}

static void add_draw(pk_digester *digester, const pk_pdf_content *content, const pk_draw *draw,
                     const pk_pdf_prepared *prepared) {
  const uint32_t numbers[] = {(uint32_t)draw->kind, draw->ink, (uint32_t)draw->turn};
  pk_digester_add(digester, numbers, sizeof numbers);
  pk_digester_add(digester, &draw->tint, sizeof draw->tint);
  switch (draw->kind) {
  case PK_DRAW_GLYPHS:
    if (draw->glyphs.glyph_count) add_glyphs(digester, content, draw, &prepared->broken);
    break;
  case PK_DRAW_RECT: add_rect(digester, &draw->rect); break;
  case PK_DRAW_ART:
    add_rect(digester, &draw->art.rect);
    add_rect(digester, &draw->art.whole);
    pk_digester_add_text(digester, prepared->picture->name);
    pk_digester_add(digester, prepared->picture->matrix, sizeof prepared->picture->matrix);
    break;
  }
}

static pk_digest key_of(const pk_pdf_content *content) {
  const pk_list_page *page = content->of;
  pk_digester *digester = pk_digester_new();
  g_autoptr(GArray) tags = g_array_new(FALSE, FALSE, sizeof(uint32_t));
  pk_digester_add_text(digester, "page");
  add_file(digester, content);
  for (size_t i = 0; i < page->count; i++) {
    if (content->structure) add_tag(digester, content, &page->draws[i], tags);
    add_draw(digester, content, &page->draws[i], &g_array_index(content->prepared, pk_pdf_prepared, i));
  }
  return pk_digester_end(digester);
}

/* ---- codes --------------------------------------------------------------------- */

/* Whether this file writes and reads all glyphs as that one did. */
static bool has_same_codes(const pk_pdf_content *content, const kept_page *kept) {
  const pk_pdf_font *font = NULL;
  for (uint32_t i = 0; i < kept->code_count; i++) {
    const kept_code *code = &kept->codes[i];
    if (!font || font->face != code->face) font = pk_pdf_fonts_find(content->fonts, code->face);
    if (!font || code->glyph >= font->glyph_count || font->glyphs[code->glyph].code != code->code) return false;
  }
  return true;
}

static void note_code(GArray *codes, GHashTable *noted, const pk_pdf_font *font, uint32_t glyph) {
  if (glyph >= font->glyph_count || !g_hash_table_add(noted, (gpointer)&font->glyphs[glyph])) return;
  kept_code code = {.face = font->face, .code = font->glyphs[glyph].code, .glyph = glyph};
  g_array_append_val(codes, code);
}

/* Of the page's glyphs, each once. Free with g_array_unref(). */
static GArray *codes_of(const pk_pdf_content *content) {
  GArray *codes = g_array_new(FALSE, TRUE, sizeof(kept_code));
  g_autoptr(GHashTable) noted = g_hash_table_new(NULL, NULL);
  for (size_t i = 0; i < content->of->count; i++) {
    const pk_draw *draw = &content->of->draws[i];
    if (draw->kind != PK_DRAW_GLYPHS || !draw->glyphs.glyph_count) continue;
    const pk_pdf_font *font = pk_pdf_fonts_find(content->fonts, draw->glyphs.face);
    for (uint32_t n = 0; n < draw->glyphs.glyph_count; n++) note_code(codes, noted, font, draw->glyphs.glyphs[n].id);
    if (draw->glyphs.has_space_after && font->space) note_code(codes, noted, font, font->space);
  }
  return codes;
}

/* ---- finding and keeping --------------------------------------------------------- */

qpdf_oh pk_pdf_page_find(pk_pdf_content *content, pk_pdf_page_question *asked) {
  pk_pdf_file *file = content->file;
  *asked = (pk_pdf_page_question){.is_wanted = false};
  struct pk_store *store = pk_pdf_file_store(file);
  if (!store) return 0;
  asked->key = key_of(content);
  const kept_page *kept =
      pk_store_find(store, file->job->arena, asked->key, file->job->worker->document, &asked->is_wanted);
  if (!kept || !has_same_codes(content, kept)) return 0;
  const uint32_t *marks = marks_of(kept);
  for (uint32_t i = 0; i < kept->mark_count; i++)
    (void)pk_pdf_structure_mark(content->structure, &content->of->draws[marks[i]], content->page);
  return pk_pdf_stream_packed(file, NULL, bytes_of(kept), kept->size);
}

static void keep_page(pk_pdf_content *content, pk_digest key, const uint8_t *packed, size_t size) {
  pk_pdf_file *file = content->file;
  const GArray *marks = content->marks;
  g_autoptr(GArray) codes = codes_of(content);
  size_t codes_size = codes->len * sizeof(kept_code), marks_size = marks->len * sizeof(uint32_t);
  size_t whole = sizeof(kept_page) + codes_size + marks_size + size;
  kept_page *kept = g_malloc0(whole);
  *kept = (kept_page){.size = size, .code_count = codes->len, .mark_count = marks->len};
  char *at = (char *)kept->codes;
  if (codes->len) memcpy(at, codes->data, codes_size);
  if (marks->len) memcpy(at + codes_size, marks->data, marks_size);
  memcpy(at + codes_size + marks_size, packed, size);
  (void)pk_store_keep(pk_pdf_file_store(file), file->job->arena, key, kept, whole, NULL);
}

qpdf_oh pk_pdf_page_keep(pk_pdf_content *content, const pk_pdf_page_question *asked) {
  pk_pdf_file *file = content->file;
  size_t size;
  const uint8_t *packed = pk_pdf_pack(file, content->out->str, content->out->len, &size);
  if (asked->is_wanted) keep_page(content, asked->key, packed, size);
  return pk_pdf_stream_packed(file, NULL, packed, size);
}
