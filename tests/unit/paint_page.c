/* Pages as PNG: rectangles, tints, letters and pictures where the list says. */
#include "art_fixture.h"
#include "paint/paint.h"

#include <math.h>

#define SERIF TEST_SOURCE_DIR "/fonts/SourceSerif4-Regular.ttf"

static const pk_ink inks[] = {{.name = "text", .screen = {0, 0, 0}}, {.name = "office", .screen = {0, 0.2, 0.6}}};

/* A page of 100 by 50 points with these draws. */
static pk_list page_of(fixture *f, const pk_draw *draws, size_t count) {
  pk_list_page *page = PK_NEW(f->job.arena, pk_list_page);
  *page = (pk_list_page){.draws = draws, .count = count};
  return (pk_list){.width = 100, .height = 50, .inks = inks, .ink_count = 2, .pages = page, .page_count = 1};
}

static cairo_status_t read_bytes(void *closure, unsigned char *to, unsigned size) {
  const uint8_t **at = closure;
  memcpy(to, *at, size);
  *at += size;
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *paint(fixture *f, const pk_list *list, double dpi) {
  const uint8_t *data;
  size_t size;
  pk_status status = pk_paint_build(&f->job, list, 0, dpi, &data, &size);
  if (status != PK_OK) print_message("%s\n", fixture_message(f));
  assert_int_equal(status, PK_OK);
  const uint8_t *at = data;
  cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(read_bytes, &at);
  assert_int_equal(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
  const char *keep = g_getenv("PRESSKIT_KEEP_PNG");
  if (keep) g_file_set_contents(keep, (const char *)data, (gssize)size, NULL);
  return surface;
}

static void rectangles_are_drawn_in_screen_colours_and_tints(void **state) {
  fixture *f = *state;
  const pk_draw draws[] = {
      {.kind = PK_DRAW_RECT, .ink = 1, .tint = 1, .rect = {10, 10, 20, 20}},
      {.kind = PK_DRAW_RECT, .ink = 1, .tint = 0.5, .rect = {40, 10, 20, 20}},
      {.kind = PK_DRAW_RECT, .ink = 0, .tint = 1, .rect = {90, -9, 60, 90}}, /* out to the bleed */
  };
  const pk_list list = page_of(f, draws, G_N_ELEMENTS(draws));
  cairo_surface_t *page = paint(f, &list, 144);
  assert_int_equal(cairo_image_surface_get_width(page), 200);
  assert_int_equal(cairo_image_surface_get_height(page), 100);
  assert_true(is_near(pixel_at(page, 0, 0), 0xFFFFFF, 0));
  assert_true(is_near(pixel_at(page, 21, 21), 0x003399, 0));
  assert_true(is_near(pixel_at(page, 58, 58), 0x003399, 0));
  assert_true(is_near(pixel_at(page, 61, 61), 0xFFFFFF, 0));
  assert_true(is_near(pixel_at(page, 90, 30), 0x8099CC, 1));
  assert_true(is_near(pixel_at(page, 199, 99), 0, 0));
  cairo_surface_destroy(page);
}

static void same_page_gives_same_bytes(void **state) {
  fixture *f = *state;
  const pk_draw draw = {.kind = PK_DRAW_RECT, .ink = 1, .tint = 0.7, .rect = {10.3, 10.7, 20, 20}};
  const pk_list list = page_of(f, &draw, 1);
  const uint8_t *first, *second;
  size_t first_size, second_size;
  assert_int_equal(pk_paint_build(&f->job, &list, 0, 144, &first, &first_size), PK_OK);
  assert_int_equal(pk_paint_build(&f->job, &list, 0, 144, &second, &second_size), PK_OK);
  assert_int_equal(first_size, second_size);
  assert_memory_equal(first, second, first_size);
}

static void resolution_is_recorded(void **state) {
  fixture *f = *state;
  const pk_list list = page_of(f, NULL, 0);
  const uint8_t *data;
  size_t size;
  assert_int_equal(pk_paint_build(&f->job, &list, 0, 150, &data, &size), PK_OK);
  const pk_art *art = assert_loaded(f, fixture_write(f, "page.png", data, size));
  pk_length width, height;
  pk_art_size(art, &width, &height);
  assert_float_equal(width, 100, 0.3);
  assert_float_equal(height, 50, 0.3);
}

static void impossible_sizes_are_told(void **state) {
  fixture *f = *state;
  pk_list list = page_of(f, NULL, 0);
  const uint8_t *data = NULL;
  size_t size;
  static const double wrong[] = {0, -1, 5, 5000, NAN};
  for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
    assert_int_equal(pk_paint_build(&f->job, &list, 0, wrong[i], &data, &size), PK_FAILED);
    assert_string_equal(fixture_code(f), "paint-too-large");
  }
  list.width = list.height = 2400;
  assert_int_equal(pk_paint_build(&f->job, &list, 0, 1200, &data, &size), PK_FAILED);
  assert_null(data);
}

static void picture_lies_in_its_rectangle(void **state) {
  fixture *f = *state;
  const char *path = fixture_text(f, "a.svg",
                                  "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='20'>"
                                  "<rect width='20' height='20' fill='#c00'/></svg>");
  const pk_draw draw = {.kind = PK_DRAW_ART, .tint = 1, .art = {assert_loaded(f, path), {20, 10, 30, 30}}};
  const pk_list list = page_of(f, &draw, 1);
  cairo_surface_t *page = paint(f, &list, 72);
  assert_true(is_near(pixel_at(page, 21, 11), 0xCC0000, 1));
  assert_true(is_near(pixel_at(page, 48, 38), 0xCC0000, 1));
  assert_true(is_near(pixel_at(page, 18, 11), 0xFFFFFF, 0));
  assert_true(is_near(pixel_at(page, 52, 38), 0xFFFFFF, 0));
  cairo_surface_destroy(page);
}

static void picture_shows_nothing_beyond_its_view_box(void **state) {
  fixture *f = *state;
  const char *path = fixture_text(f, "a.svg",
                                  "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='20' viewBox='0 10 20 20'>"
                                  "<rect y='-20' width='20' height='60' fill='#c00'/></svg>");
  const pk_draw draw = {.kind = PK_DRAW_ART, .tint = 1, .art = {assert_loaded(f, path), {20, 20, 20, 20}}};
  const pk_list list = page_of(f, &draw, 1);
  cairo_surface_t *page = paint(f, &list, 72);
  assert_true(is_near(pixel_at(page, 30, 30), 0xCC0000, 1));
  assert_true(is_near(pixel_at(page, 30, 18), 0xFFFFFF, 0));
  assert_true(is_near(pixel_at(page, 30, 42), 0xFFFFFF, 0));
  cairo_surface_destroy(page);
}

/* ---- letters ------------------------------------------------------------- */

static void drop_face(gpointer face) {
  hb_face_destroy(face);
}

static const pk_face *open_face(fixture *f) {
  hb_blob_t *blob = hb_blob_create_from_file_or_fail(SERIF);
  if (!blob) skip(); /* the set-up puts the fonts there */
  pk_face *face = PK_NEW(f->job.arena, pk_face);
  face->hb = hb_face_create(blob, 0);
  face->upem = (int)hb_face_get_upem(face->hb);
  hb_blob_destroy(blob);
  pk_arena_defer(f->job.arena, drop_face, face->hb);
  return face;
}

static pk_draw shape(fixture *f, const pk_face *face, const char *text, double size, double x, double y) {
  hb_font_t *font = hb_font_create(face->hb);
  hb_buffer_t *buffer = hb_buffer_create();
  hb_buffer_add_utf8(buffer, text, -1, 0, -1);
  hb_buffer_guess_segment_properties(buffer);
  hb_shape(font, buffer, NULL, 0);
  unsigned count;
  const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
  const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(buffer, &count);
  pk_glyph *glyphs = PK_NEW_ARRAY(f->job.arena, pk_glyph, count);
  double pen = 0;
  for (unsigned i = 0; i < count; i++) {
    glyphs[i] = (pk_glyph){info[i].codepoint, info[i].cluster, (float)(pen + position[i].x_offset * size / face->upem),
                           (float)(position[i].y_offset * size / face->upem)};
    pen += position[i].x_advance * size / face->upem;
  }
  hb_buffer_destroy(buffer);
  hb_font_destroy(font);
  return (pk_draw){.kind = PK_DRAW_GLYPHS,
                   .tint = 1,
                   .glyphs = {.face = face,
                              .size = size,
                              .scale_x = 1,
                              .x = x,
                              .y = y,
                              .width = pen,
                              .glyphs = glyphs,
                              .glyph_count = count}};
}

/* The ink in columns [from, to) of the page, in full pixels. */
static double ink_between(cairo_surface_t *page, int from, int to) {
  double sum = 0;
  for (int y = 0; y < cairo_image_surface_get_height(page); y++)
    for (int x = from; x < to; x++) sum += 1 - (pixel_at(page, x, y) & 255) / 255.0;
  return sum;
}

static void letters_stand_on_the_baseline(void **state) {
  fixture *f = *state;
  const pk_draw draw = shape(f, open_face(f), "HnH", 30, 10, 40);
  const pk_list list = page_of(f, &draw, 1);
  cairo_surface_t *page = paint(f, &list, 144);
  int lowest = 0, highest = 99;
  for (int y = 0; y < 100; y++)
    for (int x = 0; x < 200; x++)
      if (is_near(pixel_at(page, x, y), 0, 60)) lowest = MAX(lowest, y), highest = MIN(highest, y);
  assert_in_range(lowest, 78, 79);
  assert_in_range(highest, 38, 42); /* cap height of 0.67 em */
  assert_true(ink_between(page, 0, 19) < 0.5);
  cairo_surface_destroy(page);
}

/* Letters move with the list by fractions of a pixel, they do not jump. */
static void letters_are_not_snapped_to_pixels(void **state) {
  fixture *f = *state;
  const pk_face *face = open_face(f);
  double centre[5];
  for (int i = 0; i < 5; i++) {
    const pk_draw draw = shape(f, face, "l", 20, 20 + i * 0.25, 40);
    const pk_list list = page_of(f, &draw, 1);
    cairo_surface_t *page = paint(f, &list, 72);
    double ink = 0, moment = 0;
    for (int x = 0; x < 100; x++) {
      double column = ink_between(page, x, x + 1);
      ink += column;
      moment += column * x;
    }
    centre[i] = moment / ink;
    cairo_surface_destroy(page);
    if (i > 0) assert_true(fabs(centre[i] - centre[i - 1] - 0.25) < 0.05);
  }
}

static void glyph_scaling_widens_letters_only_across(void **state) {
  fixture *f = *state;
  pk_draw draw = shape(f, open_face(f), "H", 30, 10, 40);
  const pk_list list = page_of(f, &draw, 1);
  cairo_surface_t *plain = paint(f, &list, 144);
  draw.glyphs.scale_x = 2;
  cairo_surface_t *wide = paint(f, &list, 144);
  double ratio = ink_between(wide, 0, 200) / ink_between(plain, 0, 200);
  assert_true(ratio > 1.95 && ratio < 2.05);
  cairo_surface_destroy(plain);
  cairo_surface_destroy(wide);
}

static void page_of_text_is_painted(void **state) {
  fixture *f = *state;
  const pk_face *face = open_face(f);
  pk_draw draws[60];
  const char *const lines[] = {"The liaison office thanks all who took part in the exercise,",
                               "канцеларија за везу захваљује свима који су учествовали,",
                               "kancelarija za vezu zahvaljuje svima koji su učestvovali."};
  for (int i = 0; i < 60; i++) draws[i] = shape(f, face, lines[i % 3], 10, 30, 40 + 12.5 * i);
  draws[0].ink = draws[3].ink = 1;
  pk_list list = page_of(f, draws, G_N_ELEMENTS(draws));
  list.width = 595.28;
  list.height = 841.89;
  cairo_surface_t *page = paint(f, &list, 144);
  assert_int_equal(cairo_image_surface_get_width(page), 1191);
  assert_true(ink_between(page, 0, 1191) > 20000);
  cairo_surface_destroy(page);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      FIXTURE_TEST(rectangles_are_drawn_in_screen_colours_and_tints),
      FIXTURE_TEST(same_page_gives_same_bytes),
      FIXTURE_TEST(resolution_is_recorded),
      FIXTURE_TEST(impossible_sizes_are_told),
      FIXTURE_TEST(picture_lies_in_its_rectangle),
      FIXTURE_TEST(picture_shows_nothing_beyond_its_view_box),
      FIXTURE_TEST(letters_stand_on_the_baseline),
      FIXTURE_TEST(letters_are_not_snapped_to_pixels),
      FIXTURE_TEST(glyph_scaling_widens_letters_only_across),
      FIXTURE_TEST(page_of_text_is_painted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
