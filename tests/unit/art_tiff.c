/* TIFF in its many forms: the seeds of the fuzz target, by what they hold. */
#include "art/picture.h"
#include "art_fixture.h"

#define SEEDS TEST_SOURCE_DIR "/tests/fuzz/corpus/art/"

static pk_raster decode(fixture *f, const pk_art *art) {
  pk_raster raster;
  pk_status status = pk_art_decode(&f->job, art, 1, &raster);
  if (status != PK_OK) print_message("%s\n", fixture_message(f));
  assert_int_equal(status, PK_OK);
  return raster;
}

/* Sample i of row y of the seeds is 9 i + 3 y + 50 for each plane. */
static void every_form_is_read(void **state) {
  fixture *f = *state;
  static const struct {
    const char *name;
    uint32_t width, height;
    int components;
    bool has_alpha;
    uint8_t second[4]; /* of the pixel at 1, 0 */
  } forms[] = {
      {"grey.tif", 9, 7, 1, false, {9}},
      {"rgb16.tif", 9, 7, 3, false, {0}},
      {"cmyk.tif", 9, 7, 4, false, {36, 45, 54, 63}},
      {"planes.tif", 9, 7, 4, false, {9, 59, 109, 159}},
      {"palette.tif", 9, 7, 3, false, {9, 246, 0}},
      {"rgba.tif", 9, 7, 3, true, {146, 182, 219}}, /* 36, 45, 54 of 63 */
      {"tiles.tif", 20, 17, 3, false, {3, 4, 5}},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
    g_autofree char *path = g_strconcat(SEEDS, forms[i].name, NULL);
    const pk_art *art = assert_loaded(f, path);
    pk_raster raster = decode(f, art);
    assert_int_equal(pk_art_kind_of(art), PK_ART_TIFF);
    assert_int_equal(raster.width, forms[i].width);
    assert_int_equal(raster.height, forms[i].height);
    assert_int_equal(raster.components, forms[i].components);
    assert_int_equal(raster.alpha != NULL, forms[i].has_alpha);
    for (int c = 0; c < raster.components && strcmp(forms[i].name, "rgb16.tif") != 0; c++)
      if (raster.pixels[raster.components + c] != forms[i].second[c])
        fail_msg("%s: component %d is %d", forms[i].name, c, raster.pixels[raster.components + c]);
    pk_raster_drop(&raster);
  }
}

static void sixteen_bits_become_eight(void **state) {
  fixture *f = *state;
  pk_raster raster = decode(f, assert_loaded(f, SEEDS "rgb16.tif"));
  /* The bytes 0, 9 are a number of 16 bits in the order of the machine that wrote it. */
  assert_int_equal(raster.pixels[0], G_BYTE_ORDER == G_LITTLE_ENDIAN ? 9 : 0);
  pk_raster_drop(&raster);
}

static void fax_is_line_art_the_right_way_round(void **state) {
  fixture *f = *state;
  const pk_art *art = assert_loaded(f, SEEDS "fax.tif");
  pk_raster raster = decode(f, art);
  assert_int_equal(raster.pixels[0], 255); /* first byte 0: white where 0 is white */
  assert_int_equal(raster.pixels[12], 0);  /* second byte 9: 00001001 */
  assert_int_equal(raster.pixels[13], 255);
  pk_raster_drop(&raster);
  const pk_art_colours screen = {0};
  const pk_art_image *image = NULL;
  assert_int_equal(pk_art_to_image(&f->job, art, &screen, NULL, &image), PK_OK);
  assert_int_equal(image->bits, 1);
}

static void resolution_gives_the_size(void **state) {
  fixture *f = *state;
  pk_length width, height;
  pk_art_size(assert_loaded(f, SEEDS "cmyk.tif"), &width, &height);
  assert_float_equal(width, 9 / 2.0, 0.001); /* 144 to the inch */
  assert_float_equal(height, 7 / 2.0, 0.001);
}

/* A file that is cut off is refused at the latest when its rows are wanted. */
static void half_a_file_is_broken(void **state) {
  fixture *f = *state;
  g_autofree char *data = NULL;
  gsize size;
  assert_true(g_file_get_contents(SEEDS "cmyk.tif", &data, &size, NULL));
  for (gsize cut = 0; cut < size; cut += 13) {
    const pk_art *art = NULL;
    g_autofree char *name = g_strdup_printf("%zu.tif", cut);
    const char *path = fixture_write(f, name, data, cut);
    if (fixture_load(f, path, &art) != PK_OK) continue;
    pk_raster raster;
    assert_int_equal(pk_art_decode(&f->job, art, 1, &raster), PK_FAILED);
    assert_string_equal(fixture_code(f), "art-broken");
  }
}

static void monstrous_size_is_refused_by_the_header(void **state) {
  fixture *f = *state;
  /* tag, type (3 short, 4 long), value: width, length, bits, black is zero, one strip at 8 of 100 bytes */
  static const uint32_t entries[][3] = {{256, 4, 100000}, {257, 4, 100000}, {258, 3, 8},  {262, 3, 1},
                                        {273, 4, 8},      {278, 4, 100000}, {279, 4, 100}};
  uint8_t huge[8 + 2 + 12 * G_N_ELEMENTS(entries) + 4] = {'I', 'I', 42, 0, 8, 0, 0, 0, G_N_ELEMENTS(entries)};
  for (size_t i = 0; i < G_N_ELEMENTS(entries); i++) {
    uint8_t *at = huge + 10 + 12 * i;
    at[0] = (uint8_t)entries[i][0];
    at[1] = (uint8_t)(entries[i][0] >> 8);
    at[2] = (uint8_t)entries[i][1];
    at[4] = 1;
    for (int b = 0; b < 4; b++) at[8 + b] = (uint8_t)(entries[i][2] >> (8 * b));
  }
  assert_refused(f, fixture_write(f, "huge.tif", huge, sizeof huge), "art-too-large");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
  const struct CMUnitTest tests[] = {
      TEST(every_form_is_read),        TEST(sixteen_bits_become_eight), TEST(fax_is_line_art_the_right_way_round),
      TEST(resolution_gives_the_size), TEST(half_a_file_is_broken),     TEST(monstrous_size_is_refused_by_the_header),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
