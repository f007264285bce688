/* Raster pictures for PDF and on Cairo: what passes, what is converted. */
#include <libdeflate.h>

#include "art_fixture.h"

/* Left half red, right half blue, bottom rows darker; alpha fades downwards. */
static uint8_t halves(unsigned x, unsigned y, unsigned c) {
  if (c == 3) return (uint8_t)(255 - 10 * y);
  return (uint8_t)(c == (x < 8 ? 0u : 2u) ? 255 - 8 * y : 0);
}
static uint8_t ramp(unsigned x, unsigned y, unsigned c) {
  return (uint8_t)(c == 3 ? 255 : x * 8 + y);
}
static uint8_t cyan_of_adobe(unsigned x, unsigned y, unsigned c) {
  return (void)x, (void)y, c == 0 ? 0 : 255;
}
static uint8_t index_of(unsigned x, unsigned y, unsigned c) {
  return (void)y, (void)c, x >= 8;
}
static uint8_t dark_corner(unsigned x, unsigned y, unsigned c) {
  return (void)c, x < 16 && y < 16 ? 0 : 255;
}

static const pk_art_colours screen = {0}, press = {.is_press = true};

static const pk_art_image *assert_image(fixture *f, const pk_art *art, const pk_art_colours *colours) {
  const pk_art_image *image = NULL;
  pk_status status = pk_art_to_image(&f->job, art, colours, NULL, &image);
  if (status != PK_OK) print_message("%s\n", fixture_message(f));
  assert_int_equal(status, PK_OK);
  return image;
}

static uint8_t unpaeth(int a, int b, int c) {
  int p = a + b - c, pa = abs(p - a), pb = abs(p - b), pc = abs(p - c);
  return (uint8_t)(pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
}

/* Undoes FlateDecode with predictor 15, as a PDF reader does. */
static uint8_t *inflate_rows(const uint8_t *data, size_t size, size_t width, size_t height, size_t channels) {
  size_t stride = width * channels, got;
  uint8_t *rows = g_malloc((stride + 1) * height), *out = g_malloc0(stride * height);
  struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
  assert_int_equal(libdeflate_zlib_decompress(inflater, data, size, rows, (stride + 1) * height, &got), 0);
  assert_int_equal(got, (stride + 1) * height);
  libdeflate_free_decompressor(inflater);
  for (size_t y = 0; y < height; y++) {
    const uint8_t *row = rows + y * (stride + 1);
    for (size_t i = 0; i < stride; i++) {
      int a = i >= channels ? out[y * stride + i - channels] : 0, b = y ? out[(y - 1) * stride + i] : 0;
      int c = y && i >= channels ? out[(y - 1) * stride + i - channels] : 0;
      const int added[5] = {0, a, b, (a + b) / 2, unpaeth(a, b, c)};
      assert_true(row[0] < 5);
      out[y * stride + i] = (uint8_t)(row[1 + i] + added[row[0]]);
    }
  }
  g_free(rows);
  return out;
}

static void rgb_jpeg_passes_on_screen_and_is_converted_for_press(void **state) {
  fixture *f = *state;
  const char *path = make_jpeg(f, "a.jpg", 16, 16, 3, 0, halves);
  const pk_art *art = assert_loaded(f, path);
  const pk_art_image *image = assert_image(f, art, &screen);
  char *file;
  gsize size;
  g_file_get_contents(path, &file, &size, NULL);
  assert_int_equal(image->size, size);
  assert_memory_equal(image->data, file, size);
  g_free(file);
  assert_string_equal(image->filter, "/DCTDecode");
  assert_int_equal(image->components, 3);
  assert_int_equal(image->predictor, 0);
  assert_float_equal(image->matrix[0], 1, 0);

  image = assert_image(f, art, &press);
  assert_string_equal(image->filter, "/FlateDecode");
  assert_int_equal(image->components, 4);
  uint8_t *ink = inflate_rows(image->data, image->size, 16, 16, 4);
  assert_true(ink[0] < 10 && ink[1] > 240 && ink[2] > 240);
  g_free(ink);
}

static void grey_and_cmyk_jpeg_pass_in_press(void **state) {
  fixture *f = *state;
  const pk_art_image *grey = assert_image(f, assert_loaded(f, make_jpeg(f, "g.jpg", 16, 16, 1, 0, ramp)), &press);
  assert_string_equal(grey->filter, "/DCTDecode");
  assert_int_equal(grey->components, 1);
  const pk_art *art = assert_loaded(f, make_jpeg(f, "k.jpg", 16, 16, 4, 0, cyan_of_adobe));
  const pk_art_image *ink = assert_image(f, art, &press);
  assert_string_equal(ink->filter, "/DCTDecode");
  assert_int_equal(ink->components, 4);
  assert_true(ink->is_inverted);
  const pk_art_image *rgb = assert_image(f, art, &screen);
  assert_int_equal(rgb->components, 3);
  uint8_t *pixels = inflate_rows(rgb->data, rgb->size, 16, 16, 3);
  assert_true(pixels[0] < 8 && pixels[1] > 247 && pixels[2] > 247);
  g_free(pixels);
}

static void press_profile_is_used_and_a_bad_one_is_told(void **state) {
  fixture *f = *state;
  const pk_art *art = assert_loaded(f, make_png(f, "a.png", 16, 16, PNG_COLOR_TYPE_RGB, 8, 0, halves));
  g_autofree char *path = g_build_filename(TEST_SOURCE_DIR, "layouts/profiles/coated-fogra39.icc", NULL);
  const pk_art_colours coated = {.is_press = true, .profile_path = path};
  const pk_art_image *image = assert_image(f, art, &coated);
  uint8_t *ink = inflate_rows(image->data, image->size, 16, 16, 4);
  const uint8_t *blue = ink + 15 * 4;
  assert_true(blue[0] > 230 && blue[1] > 180 && blue[2] < 30);
  g_free(ink);
  const pk_art_colours bad = {.is_press = true, .profile_path = fixture_text(f, "bad.icc", "no profile")};
  assert_int_equal(pk_art_to_image(&f->job, art, &bad, NULL, &image), PK_FAILED);
  assert_string_equal(fixture_code(f), "profile-unusable");
  const pk_art_colours missing = {.is_press = true, .profile_path = fixture_path(f, "missing.icc")};
  assert_int_equal(pk_art_to_image(&f->job, art, &missing, NULL, &image), PK_FAILED);
}

static void alpha_becomes_a_mask(void **state) {
  fixture *f = *state;
  const pk_art_image *image =
      assert_image(f, assert_loaded(f, make_png(f, "a.png", 16, 16, PNG_COLOR_TYPE_RGB_ALPHA, 8, 0, halves)), &screen);
  assert_int_equal(image->components, 3);
  uint8_t *pixels = inflate_rows(image->data, image->size, 16, 16, 3);
  uint8_t *alpha = inflate_rows(image->mask, image->mask_size, 16, 16, 1);
  assert_int_equal(pixels[16 * 3 * 5], 255 - 8 * 5);
  assert_int_equal(pixels[16 * 3 * 5 + 15 * 3 + 2], 255 - 8 * 5);
  assert_int_equal(alpha[5 * 16], 255 - 50);
  g_free(pixels);
  g_free(alpha);
  image =
      assert_image(f, assert_loaded(f, make_png(f, "b.png", 16, 16, PNG_COLOR_TYPE_RGB_ALPHA, 8, 0, ramp)), &screen);
  assert_null(image->mask); /* opaque throughout */
}

static void every_kind_of_png_is_read(void **state) {
  fixture *f = *state;
  static const struct {
    int type, bits, components;
    pixel_maker make;
  } kinds[] = {
      {PNG_COLOR_TYPE_GRAY, 1, 1, index_of},    {PNG_COLOR_TYPE_GRAY, 8, 1, ramp},
      {PNG_COLOR_TYPE_GRAY, 16, 1, ramp},       {PNG_COLOR_TYPE_GRAY_ALPHA, 8, 1, ramp},
      {PNG_COLOR_TYPE_PALETTE, 1, 3, index_of}, {PNG_COLOR_TYPE_PALETTE, 8, 3, index_of},
      {PNG_COLOR_TYPE_RGB, 16, 3, halves},      {PNG_COLOR_TYPE_RGB, 8, 1, ramp}, /* neutral throughout */
  };
  for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
    const char *name = pk_arena_printf(f->job.arena, "%zu.png", i);
    const pk_art *art = assert_loaded(f, make_png(f, name, 16, 16, kinds[i].type, kinds[i].bits, 0, kinds[i].make));
    const pk_art_image *image = assert_image(f, art, &screen);
    assert_int_equal(image->components, kinds[i].components);
    if (image->bits == 8) g_free(inflate_rows(image->data, image->size, 16, 16, (size_t)image->components));
  }
}

/* Draws the stored picture through `matrix` as a PDF reader would. */
static cairo_surface_t *draw_as_pdf(cairo_surface_t *stored, const double *m) {
  cairo_surface_t *page = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 32, 32);
  cairo_t *cairo = cairo_create(page);
  const cairo_matrix_t flip = {1, 0, 0, -1, 0, 1}, turn = {m[0], m[1], m[2], m[3], m[4], m[5]};
  cairo_scale(cairo, 32, 32);
  cairo_transform(cairo, &flip);
  cairo_transform(cairo, &turn);
  cairo_transform(cairo, &flip);
  cairo_scale(cairo, 1.0 / 32, 1.0 / 32);
  cairo_set_source_surface(cairo, stored, 0, 0);
  cairo_paint(cairo);
  cairo_destroy(cairo);
  return page;
}

static cairo_surface_t *paint(fixture *f, const pk_art *art, int width, int height) {
  cairo_surface_t *page = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cairo = cairo_create(page);
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_paint(cairo);
  assert_int_equal(pk_art_paint(&f->job, art, NULL, cairo, width, height), PK_OK);
  cairo_destroy(cairo);
  return page;
}

/* The picture's dark corner, stored top left, by EXIF lies at these corners. */
static void lying_photos_are_turned_alike_on_page_and_in_pdf(void **state) {
  fixture *f = *state;
  static const int corners[9][2] = {{0}, {0, 0}, {31, 0}, {31, 31}, {0, 31}, {0, 0}, {31, 0}, {31, 31}, {0, 31}};
  cairo_surface_t *stored = paint(f, assert_loaded(f, make_jpeg(f, "0.jpg", 32, 32, 3, 0, dark_corner)), 32, 32);
  for (int orientation = 1; orientation <= 8; orientation++) {
    const char *name = pk_arena_printf(f->job.arena, "%d.jpg", orientation);
    const pk_art *art = assert_loaded(f, make_jpeg(f, name, 32, 32, 3, orientation, dark_corner));
    cairo_surface_t *painted = paint(f, art, 32, 32);
    const pk_art_image *image = assert_image(f, art, &screen);
    assert_string_equal(image->filter, "/DCTDecode");
    cairo_surface_t *in_pdf = draw_as_pdf(stored, image->matrix);
    const pk_art_image *turned = assert_image(f, art, &press);
    assert_float_equal(turned->matrix[0], 1, 0);
    uint8_t *ink = inflate_rows(turned->data, turned->size, 32, 32, 4);
    for (int corner = 1; corner <= 4; corner++) {
      int x = corners[corner][0], y = corners[corner][1];
      bool is_dark = x == corners[orientation][0] && y == corners[orientation][1];
      assert_true(is_near(pixel_at(painted, x, y), is_dark ? 0 : 0xFFFFFF, 12));
      assert_true(is_near(pixel_at(in_pdf, x, y), is_dark ? 0 : 0xFFFFFF, 12));
      assert_true((ink[(y * 32 + x) * 4 + 3] > 128) == is_dark);
    }
    g_free(ink);
    cairo_surface_destroy(painted);
    cairo_surface_destroy(in_pdf);
  }
  cairo_surface_destroy(stored);
}

static void large_picture_is_averaged_not_sampled(void **state) {
  fixture *f = *state;
  const pk_art *pictures[] = {assert_loaded(f, make_png(f, "a.png", 512, 512, PNG_COLOR_TYPE_RGB, 8, 0, dark_corner)),
                              assert_loaded(f, make_jpeg(f, "a.jpg", 512, 512, 3, 0, dark_corner))};
  for (size_t i = 0; i < G_N_ELEMENTS(pictures); i++) {
    cairo_surface_t *small = paint(f, pictures[i], 16, 16); /* half of the first pixel's block is dark each way */
    assert_true(is_near(pixel_at(small, 0, 0), 0xBFBFBF, 30));
    assert_true(is_near(pixel_at(small, 8, 8), 0xFFFFFF, 2));
    assert_true(is_near(pixel_at(small, 15, 15), 0xFFFFFF, 2));
    cairo_surface_t *large = paint(f, pictures[i], 512, 512); /* decoded anew, finer */
    assert_true(is_near(pixel_at(large, 8, 8), 0, 4));
    assert_true(is_near(pixel_at(large, 24, 24), 0xFFFFFF, 4));
    cairo_surface_destroy(small);
    cairo_surface_destroy(large);
  }
}

static void transparent_parts_show_the_page(void **state) {
  fixture *f = *state;
  const pk_art *art = assert_loaded(f, make_png(f, "a.png", 16, 16, PNG_COLOR_TYPE_RGB_ALPHA, 8, 0, halves));
  cairo_surface_t *page = paint(f, art, 16, 16);
  assert_true(is_near(pixel_at(page, 2, 0), 0xFF0000, 1));
  assert_true(is_near(pixel_at(page, 2, 10), 0xCE6464, 3)); /* alpha 155 of red 175, paper elsewhere */
  cairo_surface_destroy(page);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      FIXTURE_TEST(rgb_jpeg_passes_on_screen_and_is_converted_for_press),
      FIXTURE_TEST(grey_and_cmyk_jpeg_pass_in_press),
      FIXTURE_TEST(press_profile_is_used_and_a_bad_one_is_told),
      FIXTURE_TEST(alpha_becomes_a_mask),
      FIXTURE_TEST(every_kind_of_png_is_read),
      FIXTURE_TEST(lying_photos_are_turned_alike_on_page_and_in_pdf),
      FIXTURE_TEST(large_picture_is_averaged_not_sampled),
      FIXTURE_TEST(transparent_parts_show_the_page),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
