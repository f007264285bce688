/* A page of the list -> its content stream, in painting order. */
#include "pdf/content.h"

#include "pdf/cluster.h"
#include "pdf/ground.h"
#include "pdf/number.h"

void pk_pdf_content_init(pk_pdf_content *content, pk_pdf_file *file, const pk_pdf_fonts *fonts, pk_pdf_words *words,
                         pk_pdf_artwork *artwork, pk_pdf_structure *structure) {
  *content = (pk_pdf_content){.file = file, .fonts = fonts, .words = words, .artwork = artwork, .structure = structure};
  content->out = g_string_sized_new(16 * 1024);
  content->pieces = g_string_new(NULL);
  content->bytes = g_string_new(NULL);
  content->plain = g_string_new(NULL);
  content->actual = g_string_new(NULL);
  content->clusters = g_array_new(FALSE, FALSE, sizeof(pk_pdf_cluster));
  content->prepared = g_array_new(FALSE, TRUE, sizeof(pk_pdf_prepared));
  content->marks = g_array_new(FALSE, FALSE, sizeof(uint32_t));
}

void pk_pdf_content_clear(pk_pdf_content *content) {
  g_string_free(content->out, TRUE);
  g_string_free(content->pieces, TRUE);
  g_string_free(content->bytes, TRUE);
  g_string_free(content->plain, TRUE);
  g_string_free(content->actual, TRUE);
  g_array_unref(content->clusters);
  g_array_unref(content->prepared);
  g_array_unref(content->marks);
}

void pk_pdf_content_text(pk_pdf_content *content, bool is_in_text) {
  if (content->is_in_text == is_in_text) return;
  g_string_append(content->out, is_in_text ? "BT\n" : "ET\n");
  content->is_in_text = is_in_text;
  content->line_x = content->line_y = 0;
}

void pk_pdf_content_clean(pk_pdf_content *content) {
  g_string_truncate(content->out, 0);
  g_array_set_size(content->marks, 0);
  content->is_in_text = content->has_ink = content->has_tag = content->overprints = false;
  content->font = NULL;
  content->size = content->rise = 0;
  content->scale = 100 * 1000;
  content->tracking = 0;
}

/* What is thicker is an area to the press: other inks do not show round it where
 * the plates lie a hair apart, so that it need not overprint. */
static const pk_length THICKEST_LINE = 3;

bool pk_pdf_is_line(const pk_rect *rect) {
  return MIN(rect->width, rect->height) <= THICKEST_LINE;
}

static void draw_rect(pk_pdf_content *content, const pk_draw *draw) {
  const pk_rect *rect = &draw->rect;
  pk_pdf_content_text(content, false);
  pk_pdf_colour_fill(content, draw->ink, draw->tint, !pk_pdf_is_line(rect));
  /* Corners are rounded, not sizes, so that what touches goes on touching. */
  int64_t left = pk_pdf_scaled(content->left + rect->x, 3);
  int64_t right = pk_pdf_scaled(content->left + rect->x + rect->width, 3);
  int64_t bottom = pk_pdf_scaled(content->top - rect->y - rect->height, 3);
  int64_t top = pk_pdf_scaled(content->top - rect->y, 3);
  const int64_t numbers[] = {left, bottom, right - left, top - bottom};
  for (size_t i = 0; i < 4; i++) {
    pk_pdf_put_fixed(content->out, numbers[i], 3);
    g_string_append_c(content->out, ' ');
  }
  g_string_append(content->out, "re f\n");
}

static void put_matrix(GString *out, const double *matrix, int decimals) {
  for (size_t i = 0; i < 6; i++) {
    pk_pdf_put_number(out, matrix[i], i < 4 ? decimals : 3);
    g_string_append_c(out, ' ');
  }
  g_string_append(out, "cm ");
}

/* What lies outside `rect` is not seen. */
static void put_clip(pk_pdf_content *content, const pk_rect *rect) {
  const double sides[4] = {content->left + rect->x, content->top - rect->y - rect->height, rect->width, rect->height};
  for (int i = 0; i < 4; i++) {
    pk_pdf_put_number(content->out, sides[i], 3);
    g_string_append_c(content->out, ' ');
  }
  g_string_append(content->out, "re W n ");
}

/* The unit square onto the place of a picture, the picture's own matrix before it. */
static void place_unit(const double *m, double x, double y, const pk_rect *rect, pk_turn turn, double placed[6]) {
  const double w = rect->width, h = rect->height;
  const double places[][6] = {
      [PK_TURN_NONE] = {w, 0, 0, h, x, y},
      [PK_TURN_DOWN] = {0, -h, w, 0, x, y + h},
      [PK_TURN_UP] = {0, h, -w, 0, x + w, y},
  };
  const double *p = places[turn];
  for (int i = 0; i < 6; i += 2) {
    placed[i] = m[i] * p[0] + m[i + 1] * p[2];
    placed[i + 1] = m[i] * p[1] + m[i + 1] * p[3];
  }
  placed[4] += p[4];
  placed[5] += p[5];
}

static void draw_art(pk_pdf_content *content, const pk_draw *draw, const pk_pdf_picture *picture) {
  const pk_rect *rect = pk_draw_whole(draw);
  double x = content->left + rect->x, y = content->top - rect->y - rect->height, placed[6];
  place_unit(picture->matrix, x, y, rect, draw->turn, placed);
  pk_pdf_content_text(content, false);
  pk_pdf_colour_knock_out(content);
  g_string_append(content->out, "q ");
  if (draw->art.whole.width > 0) put_clip(content, &draw->art.rect);
  put_matrix(content->out, placed, 6);
  g_string_append_printf(content->out, "/%s Do Q\n", picture->name);
}

static pk_status prepare(pk_pdf_content *content, const pk_draw *draw, pk_pdf_prepared *out) {
  if (draw->kind == PK_DRAW_GLYPHS && draw->glyphs.glyph_count) out->broken = pk_pdf_words_of(content->words, draw);
  if (draw->kind != PK_DRAW_ART) return PK_OK;
  pk_art_place place = pk_pdf_ground_of(content->file, content->of, draw);
  return pk_pdf_artwork_use(content->artwork, draw->art.art, &place, &out->picture);
}

pk_status pk_pdf_content_begin(pk_pdf_content *content, const pk_list_page *page, size_t number) {
  content->page = number;
  content->of = page;
  g_array_set_size(content->prepared, 0);
  g_array_set_size(content->prepared, (guint)page->count);
  pk_status status = PK_OK;
  for (size_t i = 0; status == PK_OK && i < page->count; i++)
    status = prepare(content, &page->draws[i], &g_array_index(content->prepared, pk_pdf_prepared, i));
  return status;
}

void pk_pdf_content_page(pk_pdf_content *content) {
  pk_pdf_content_clean(content);
  for (size_t i = 0; i < content->of->count; i++) {
    const pk_draw *draw = &content->of->draws[i];
    const pk_pdf_prepared *prepared = &g_array_index(content->prepared, pk_pdf_prepared, i);
    if (draw->kind != PK_DRAW_GLYPHS) pk_pdf_mark_draw(content, draw);
    switch (draw->kind) {
    case PK_DRAW_GLYPHS: pk_pdf_text_draw(content, draw, &prepared->broken); break;
    case PK_DRAW_RECT: draw_rect(content, draw); break;
    case PK_DRAW_ART: draw_art(content, draw, prepared->picture); break;
    }
  }
  pk_pdf_mark_end(content);
  pk_pdf_content_text(content, false);
}
