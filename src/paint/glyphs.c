/* Glyph outlines by HarfBuzz, drawn as Cairo paths.
 *
 * In:  runs of the display list. Out: the current path of a Cairo context.
 *
 * Cairo 1.16 puts a glyph's picture at whole pixels, which makes letters dance
 * on a screen and disagrees with the PDF. Outlines stand where the list says to
 * a fraction of a pixel, unhinted, and need no second font library. */
#include "paint/glyphs.h"

#include <hb.h>

struct pk_outlines {
  GHashTable *fonts; /* pk_face -> hb_font_t */
  hb_draw_funcs_t *pen;
};

/* Where the pen is and how font units become user space. */
typedef struct {
  cairo_t *cairo;
  double x, y, scale_x, scale_y;
} sheet;

static double at_x(const sheet *s, float x) {
  return s->x + s->scale_x * (double)x;
}
static double at_y(const sheet *s, float y) {
  return s->y - s->scale_y * (double)y;
}

static void move_to(hb_draw_funcs_t *pen, void *data, hb_draw_state_t *state, float x, float y, void *user) {
  (void)pen, (void)state, (void)user;
  const sheet *s = data;
  cairo_move_to(s->cairo, at_x(s, x), at_y(s, y));
}

static void line_to(hb_draw_funcs_t *pen, void *data, hb_draw_state_t *state, float x, float y, void *user) {
  (void)pen, (void)state, (void)user;
  const sheet *s = data;
  cairo_line_to(s->cairo, at_x(s, x), at_y(s, y));
}

/* HarfBuzz raises quadratic curves to cubic ones where only these are given. */
static void curve_to(hb_draw_funcs_t *pen, void *data, hb_draw_state_t *state, float x1, float y1, float x2, float y2,
                     float x, float y, void *user) {
  (void)pen, (void)state, (void)user;
  const sheet *s = data;
  cairo_curve_to(s->cairo, at_x(s, x1), at_y(s, y1), at_x(s, x2), at_y(s, y2), at_x(s, x), at_y(s, y));
}

static void close_path(hb_draw_funcs_t *pen, void *data, hb_draw_state_t *state, void *user) {
  (void)pen, (void)state, (void)user;
  cairo_close_path(((const sheet *)data)->cairo);
}

static void drop_font(gpointer font) {
  hb_font_destroy(font);
}

pk_outlines *pk_outlines_new(void) {
  pk_outlines *outlines = g_new0(pk_outlines, 1);
  outlines->fonts = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, drop_font);
  outlines->pen = hb_draw_funcs_create();
  hb_draw_funcs_set_move_to_func(outlines->pen, move_to, NULL, NULL);
  hb_draw_funcs_set_line_to_func(outlines->pen, line_to, NULL, NULL);
  hb_draw_funcs_set_cubic_to_func(outlines->pen, curve_to, NULL, NULL);
  hb_draw_funcs_set_close_path_func(outlines->pen, close_path, NULL, NULL);
  hb_draw_funcs_make_immutable(outlines->pen);
  return outlines;
}

void pk_outlines_drop(pk_outlines *outlines) {
  g_hash_table_unref(outlines->fonts);
  hb_draw_funcs_destroy(outlines->pen);
  g_free(outlines);
}

/* Its scale is the face's own units, as HarfBuzz makes it. */
static hb_font_t *font_of(pk_outlines *outlines, const pk_face *face) {
  hb_font_t *font = g_hash_table_lookup(outlines->fonts, face);
  if (font) return font;
  font = hb_font_create(face->hb);
  g_hash_table_insert(outlines->fonts, (gpointer)face, font);
  return font;
}

void pk_outlines_add(pk_outlines *outlines, cairo_t *cairo, const pk_draw *draw) {
  hb_font_t *font = font_of(outlines, draw->glyphs.face);
  double scale = draw->glyphs.size / draw->glyphs.face->upem;
  for (uint32_t i = 0; i < draw->glyphs.glyph_count; i++) {
    const pk_glyph *glyph = &draw->glyphs.glyphs[i];
    sheet s = {cairo, draw->glyphs.x + (double)glyph->x, draw->glyphs.y - (double)glyph->y,
               scale * draw->glyphs.scale_x, scale};
#if HB_VERSION_ATLEAST(7, 0, 0)
    hb_font_draw_glyph(font, glyph->id, outlines->pen, &s);
#else
    hb_font_get_glyph_shape(font, glyph->id, outlines->pen, &s);
#endif
  }
}
