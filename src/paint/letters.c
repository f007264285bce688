/* Letters: outlines by HarfBuzz, filled by Cairo.
 *
 * In:  runs of the display list. Out: pixels in Cairo's current colour.
 *
 * Cairo 1.16 puts the picture of a glyph at whole pixels, which makes letters
 * dance on a screen and disagrees with the PDF. Here a letter stands within an
 * eighth of a pixel of where the list says, unhinted: each is filled once for
 * each of four by four places within a pixel and then copied, which takes half
 * the time of filling every letter of a page anew. Large letters and turned ones
 * are filled in place. */
#include "paint/letters.h"

#include <hb.h>
#include <math.h>
#include <string.h>

#include "paint/turn.h"

/* Places within a pixel; pixels to the em of letters that are kept; how far ink may
 * lie from a letter's origin, and letters from the page's, in a font or list gone
 * mad. */
enum { STEPS = 4, LARGEST = 64, WIDEST = 1024, FARTHEST = 1000000 };

struct pk_letters {
  double scale_x, scale_y;
  GHashTable *fonts; /* pk_face -> hb_font_t */
  GHashTable *masks; /* letter_key -> letter_mask */
  hb_draw_funcs_t *pen;
};

/* Compared as bytes, so it has no gaps. */
typedef struct {
  const pk_face *face;
  double wide, high; /* pixels to the font unit */
  uint32_t id;
  uint16_t step_x, step_y;
} letter_key;

typedef struct {
  letter_key key;
  cairo_surface_t *surface; /* A8; NULL where the letter has no ink */
  int left, top;            /* from the pixel of its origin */
} letter_mask;

/* ---- outlines ------------------------------------------------------------ */

/* Where the pen is and how font units become those of the context. */
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

/* Its scale is the face's own units, as HarfBuzz makes it. */
static hb_font_t *font_of(pk_letters *letters, const pk_face *face) {
  hb_font_t *font = g_hash_table_lookup(letters->fonts, face);
  if (font) return font;
  font = hb_font_create(face->hb);
  g_hash_table_insert(letters->fonts, (gpointer)face, font);
  return font;
}

static void trace(pk_letters *letters, hb_font_t *font, uint32_t id, sheet *s) {
#if HB_VERSION_ATLEAST(7, 0, 0)
  hb_font_draw_glyph(font, id, letters->pen, s);
#else
  hb_font_get_glyph_shape(font, id, letters->pen, s);
#endif
}

/* ---- masks --------------------------------------------------------------- */

static guint hash_key(gconstpointer key) {
  const letter_key *k = key;
  return g_direct_hash(k->face) ^ (k->id * 2654435761u) ^ (guint)(k->step_x * 7 + k->step_y * 31) ^
         (guint)(k->high * 65536);
}

static gboolean is_same_key(gconstpointer a, gconstpointer b) {
  return memcmp(a, b, sizeof(letter_key)) == 0;
}

static void drop_mask(gpointer data) {
  letter_mask *mask = data;
  if (mask->surface) cairo_surface_destroy(mask->surface);
  g_free(mask);
}

static int edge(double at) {
  return (int)CLAMP(at, -WIDEST, WIDEST);
}

static letter_mask *mask_new(pk_letters *letters, const letter_key *key) {
  letter_mask *mask = g_new0(letter_mask, 1);
  mask->key = *key;
  hb_font_t *font = font_of(letters, key->face);
  hb_glyph_extents_t box;
  if (!hb_font_get_glyph_extents(font, key->id, &box) || box.width == 0 || box.height == 0) return mask;
  double x = (double)key->step_x / STEPS, y = (double)key->step_y / STEPS;
  mask->left = edge(floor(x + box.x_bearing * key->wide) - 1);
  mask->top = edge(floor(y - box.y_bearing * key->high) - 1);
  int right = edge(ceil(x + ((double)box.x_bearing + box.width) * key->wide) + 1);
  int bottom = edge(ceil(y - ((double)box.y_bearing + box.height) * key->high) + 1);
  if (right <= mask->left || bottom <= mask->top) return mask;
  mask->surface = cairo_image_surface_create(CAIRO_FORMAT_A8, right - mask->left, bottom - mask->top);
  cairo_t *cairo = cairo_create(mask->surface);
  sheet s = {cairo, x - mask->left, y - mask->top, key->wide, key->high};
  trace(letters, font, key->id, &s);
  cairo_fill(cairo);
  cairo_destroy(cairo);
  return mask;
}

static const letter_mask *mask_of(pk_letters *letters, const letter_key *key) {
  letter_mask *mask = g_hash_table_lookup(letters->masks, key);
  if (mask) return mask;
  mask = mask_new(letters, key);
  g_hash_table_insert(letters->masks, &mask->key, mask);
  return mask;
}

/* The pixel that `at` falls on, and the step within it. */
static int split(double at, uint16_t *step) {
  double steps = floor(CLAMP(at, -FARTHEST, FARTHEST) * STEPS + 0.5), pixel = floor(steps / STEPS);
  *step = (uint16_t)(steps - pixel * STEPS);
  return (int)pixel;
}

/* ---- runs ---------------------------------------------------------------- */

pk_letters *pk_letters_new(double scale_x, double scale_y) {
  pk_letters *letters = g_new0(pk_letters, 1);
  letters->scale_x = scale_x;
  letters->scale_y = scale_y;
  letters->fonts = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, drop_font);
  letters->masks = g_hash_table_new_full(hash_key, is_same_key, NULL, drop_mask);
  letters->pen = hb_draw_funcs_create();
  hb_draw_funcs_set_move_to_func(letters->pen, move_to, NULL, NULL);
  hb_draw_funcs_set_line_to_func(letters->pen, line_to, NULL, NULL);
  hb_draw_funcs_set_cubic_to_func(letters->pen, curve_to, NULL, NULL);
  hb_draw_funcs_set_close_path_func(letters->pen, close_path, NULL, NULL);
  hb_draw_funcs_make_immutable(letters->pen);
  return letters;
}

void pk_letters_drop(pk_letters *letters) {
  g_hash_table_unref(letters->fonts);
  g_hash_table_unref(letters->masks);
  hb_draw_funcs_destroy(letters->pen);
  g_free(letters);
}

static void paint_masks(pk_letters *letters, cairo_t *cairo, const pk_draw *draw, double scale) {
  cairo_save(cairo);
  cairo_identity_matrix(cairo);
  letter_key key = {.face = draw->glyphs.face,
                    .wide = scale * draw->glyphs.scale_x * letters->scale_x,
                    .high = scale * letters->scale_y};
  for (uint32_t i = 0; i < draw->glyphs.glyph_count; i++) {
    const pk_glyph *glyph = &draw->glyphs.glyphs[i];
    key.id = glyph->id;
    int x = split((draw->glyphs.x + (double)glyph->x) * letters->scale_x, &key.step_x);
    int y = split((draw->glyphs.y - (double)glyph->y) * letters->scale_y, &key.step_y);
    const letter_mask *mask = mask_of(letters, &key);
    if (mask->surface) cairo_mask_surface(cairo, mask->surface, x + mask->left, y + mask->top);
  }
  cairo_restore(cairo);
}

static void fill_outlines(pk_letters *letters, cairo_t *cairo, const pk_draw *draw, double scale) {
  hb_font_t *font = font_of(letters, draw->glyphs.face);
  cairo_save(cairo);
  pk_paint_turn(cairo, &(pk_rect){draw->glyphs.x, draw->glyphs.y, 0, 0}, draw->turn);
  for (uint32_t i = 0; i < draw->glyphs.glyph_count; i++) {
    const pk_glyph *glyph = &draw->glyphs.glyphs[i];
    sheet s = {cairo, (double)glyph->x, -(double)glyph->y, scale * draw->glyphs.scale_x, scale};
    trace(letters, font, glyph->id, &s);
  }
  cairo_fill(cairo);
  cairo_restore(cairo);
}

void pk_letters_paint(pk_letters *letters, cairo_t *cairo, const pk_draw *draw) {
  double scale = draw->glyphs.size / draw->glyphs.face->upem;
  if (!draw->turn && draw->glyphs.size * letters->scale_y <= LARGEST && draw->glyphs.scale_x <= 2)
    paint_masks(letters, cairo, draw, scale);
  else
    fill_outlines(letters, cairo, draw, scale);
}

void pk_letters_words(pk_letters *letters, cairo_t *cairo, const pk_face *face, double size, double x, double y,
                      const char *text) {
  hb_font_t *font = font_of(letters, face);
  hb_buffer_t *buffer = hb_buffer_create();
  hb_buffer_add_utf8(buffer, text, -1, 0, -1);
  hb_buffer_guess_segment_properties(buffer);
  hb_shape(font, buffer, NULL, 0);
  unsigned count;
  const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
  const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(buffer, &count);
  double scale = size / face->upem;
  for (unsigned i = 0; i < count; i++) {
    sheet s = {cairo, x + scale * places[i].x_offset, y - scale * places[i].y_offset, scale, scale};
    trace(letters, font, infos[i].codepoint, &s);
    x += scale * places[i].x_advance;
  }
  cairo_fill(cairo);
  hb_buffer_destroy(buffer);
}
