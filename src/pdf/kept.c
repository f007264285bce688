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

/* A stream in one piece of memory: the marks, then the bytes. */
typedef struct {
  size_t size;
  uint32_t mark_count;
  uint32_t marks[]; /* the draws that began a stretch of tagged content, in order */
} kept_page;

static const uint8_t *bytes_of(const kept_page *kept) {
  return (const uint8_t *)(kept->marks + kept->mark_count);
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

static void add_codes(pk_digester *digester, const pk_pdf_font *font, const pk_draw *draw) {
  uint64_t codes[64];
  size_t count = 0;
  for (uint32_t i = 0; i < draw->glyphs.glyph_count; i++) {
    uint32_t id = draw->glyphs.glyphs[i].id;
    if (id < font->glyph_count) codes[count++] = font->glyphs[id].code;
    if (count < G_N_ELEMENTS(codes) && i + 1 < draw->glyphs.glyph_count) continue;
    pk_digester_add(digester, codes, count * sizeof *codes);
    count = 0;
  }
}

static void add_glyphs(pk_digester *digester, const pk_pdf_content *content, const pk_draw *draw,
                       const pk_pdf_broken *broken) {
  const pk_pdf_font *font = pk_pdf_fonts_find(content->fonts, draw->glyphs.face);
  pk_digester_add_text(digester, font->name);
  const pk_pdf_glyph *space = font->space ? &font->glyphs[font->space] : NULL;
  add_codes(digester, font, draw);
  const double places[] = {draw->glyphs.size, draw->glyphs.scale_x, draw->glyphs.tracking, draw->glyphs.x,
                           draw->glyphs.y};
  pk_digester_add(digester, places, sizeof places);
  const uint64_t codes[] = {(uintptr_t)font->face, space && space->is_used ? space->code : 0};
  pk_digester_add(digester, codes, sizeof codes);
  const uint32_t numbers[] = {draw->glyphs.glyph_count,     draw->glyphs.start, draw->glyphs.end,  draw->glyphs.is_rtl,
                              draw->glyphs.has_space_after, broken->tail_end,   broken->head_start};
  pk_digester_add(digester, numbers, sizeof numbers);
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

/* ---- finding and keeping --------------------------------------------------------- */

qpdf_oh pk_pdf_page_find(pk_pdf_content *content, pk_pdf_page_question *asked) {
  pk_pdf_file *file = content->file;
  *asked = (pk_pdf_page_question){.is_wanted = false};
  struct pk_store *store = pk_pdf_file_store(file);
  if (!store) return 0;
  asked->key = key_of(content);
  const kept_page *kept =
      pk_store_find(store, file->job->arena, asked->key, file->job->worker->document, &asked->is_wanted);
  if (!kept) return 0;
  for (uint32_t i = 0; i < kept->mark_count; i++)
    (void)pk_pdf_structure_mark(content->structure, &content->of->draws[kept->marks[i]], content->page);
  return pk_pdf_stream_packed(file, NULL, bytes_of(kept), kept->size);
}

qpdf_oh pk_pdf_page_keep(pk_pdf_content *content, const pk_pdf_page_question *asked) {
  pk_pdf_file *file = content->file;
  size_t size;
  const uint8_t *packed = pk_pdf_pack(file, content->out->str, content->out->len, &size);
  if (asked->is_wanted) {
    const GArray *marks = content->marks;
    size_t whole = sizeof(kept_page) + marks->len * sizeof(uint32_t) + size;
    kept_page *kept = g_malloc(whole);
    kept->size = size;
    kept->mark_count = marks->len;
    if (marks->len) memcpy(kept->marks, marks->data, marks->len * sizeof(uint32_t));
    memcpy(kept->marks + marks->len, packed, size);
    (void)pk_store_keep(pk_pdf_file_store(file), file->job->arena, asked->key, kept, whole, NULL);
  }
  return pk_pdf_stream_packed(file, NULL, packed, size);
}
