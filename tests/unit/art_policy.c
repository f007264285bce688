/* Pictures for a press: kept or converted, scaled, laid on their ground. */
#include <lcms2.h>
#include <libdeflate.h>

#include "art_fixture.h"
#include "base/cache.h"

#define COATED TEST_SOURCE_DIR "/layouts/profiles/coated-fogra39.icc"
#define UNCOATED TEST_SOURCE_DIR "/layouts/profiles/uncoated-fogra29.icc"

static const pk_art_colours coated = {.is_press = true, .profile_path = COATED};
static const pk_art_colours keeping = {.is_press = true, .profile_path = COATED, .keeps_profiles = true};
static const pk_art_colours screen = {0};

static uint8_t reddish(unsigned x, unsigned y, unsigned c) {
  return (uint8_t)(c == 0 ? 200 : c == 3 ? (x < 8 ? 255 : 0) : 40 + (x + y) % 2);
}
static uint8_t ramp(unsigned x, unsigned y, unsigned c) {
  return (void)c, (uint8_t)(x * 8 + y);
}
static uint8_t half_grey(unsigned x, unsigned y, unsigned c) {
  return (void)x, (void)y, c == 1 ? 128 : 100; /* c 1: opacity */
}
static uint8_t checks(unsigned x, unsigned y, unsigned c) {
  return (void)c, (x + y) % 2 ? 255 : 0;
}

static const pk_art_image *image_at(fixture *f, const pk_art *art, const pk_art_colours *colours,
                                    const pk_art_place *place) {
  const pk_art_image *image = NULL;
  pk_status status = pk_art_to_image(&f->job, art, colours, place, &image);
  if (status != PK_OK) print_message("%s\n", fixture_message(f));
  assert_int_equal(status, PK_OK);
  return image;
}

static const pk_art_image *image_of(fixture *f, const pk_art *art, const pk_art_colours *colours) {
  return image_at(f, art, colours, NULL);
}

/* The JPEG at `path` with `icc` in markers after its beginning (ICC.1:2010, B.4). */
static const char *tag_jpeg(fixture *f, const char *path, const void *icc, size_t size) {
  enum { MOST = 65000 };
  g_autofree char *jpeg = NULL;
  gsize jpeg_size;
  assert_true(g_file_get_contents(path, &jpeg, &jpeg_size, NULL));
  g_autoptr(GByteArray) out = g_byte_array_new();
  g_byte_array_append(out, (guint8 *)jpeg, 2);
  size_t count = (size + MOST - 1) / MOST;
  for (size_t i = 0; i < count; i++) {
    size_t part = MIN(MOST, size - i * MOST), length = part + 16;
    const guint8 head[] = {0xFF, 0xE2, (guint8)(length >> 8), (guint8)length};
    g_byte_array_append(out, head, sizeof head);
    g_byte_array_append(out, (const guint8 *)"ICC_PROFILE", 12);
    const guint8 number[] = {(guint8)(i + 1), (guint8)count};
    g_byte_array_append(out, number, sizeof number);
    g_byte_array_append(out, (const guint8 *)icc + i * MOST, (guint)part);
  }
  g_byte_array_append(out, (guint8 *)jpeg + 2, (guint)jpeg_size - 2);
  g_autofree char *name = g_strdup_printf("tagged-%s", strrchr(path, '/') + 1);
  return fixture_write(f, name, out->data, out->len);
}

static const pk_art *tagged(fixture *f, const char *path, const char *profile_path) {
  g_autofree char *icc = NULL;
  gsize size;
  assert_true(g_file_get_contents(profile_path, &icc, &size, NULL));
  return assert_loaded(f, tag_jpeg(f, path, icc, size));
}

static const pk_art *tagged_wide_rgb(fixture *f, const char *name) {
  cmsCIExyY white = {0.3127, 0.3290, 1};
  cmsCIExyYTRIPLE primaries = {{0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}};
  cmsToneCurve *curve = cmsBuildGamma(NULL, 2.2), *curves[] = {curve, curve, curve};
  cmsHPROFILE profile = cmsCreateRGBProfile(&white, &primaries, curves);
  cmsUInt32Number size = 0;
  cmsSaveProfileToMem(profile, NULL, &size);
  g_autofree char *icc = g_malloc(size);
  cmsSaveProfileToMem(profile, icc, &size);
  cmsCloseProfile(profile);
  cmsFreeToneCurve(curve);
  return assert_loaded(f, tag_jpeg(f, make_jpeg(f, name, 16, 16, 3, 0, reddish), icc, size));
}

static uint8_t *unpack(const uint8_t *data, size_t size, size_t bytes) {
  uint8_t *out = g_malloc(bytes);
  size_t got = 0;
  struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
  assert_int_equal(libdeflate_zlib_decompress(inflater, data, size, out, bytes, &got), 0);
  assert_int_equal(got, bytes);
  libdeflate_free_decompressor(inflater);
  return out;
}

/* The first pixel: before it there is nothing that a filter could take from it. */
static void first_pixel(const pk_art_image *image, uint8_t *out) {
  assert_string_equal(image->filter, "/FlateDecode");
  size_t stride = (size_t)image->width * (size_t)image->components + 1;
  g_autofree uint8_t *rows = unpack(image->data, image->size, stride * image->height);
  memcpy(out, rows + 1, (size_t)image->components);
}

static void tagged_rgb_is_kept_or_converted_as_the_printer_says(void **state) {
  fixture *f = *state;
  const pk_art *art = tagged_wide_rgb(f, "a.jpg");
  const pk_art_image *kept = image_of(f, art, &keeping);
  assert_string_equal(kept->filter, "/DCTDecode");
  assert_int_equal(kept->components, 3);
  assert_non_null(kept->icc);
  const pk_art_image *converted = image_of(f, art, &coated);
  assert_int_equal(converted->components, 4);
  assert_null(converted->icc);
  const pk_art_image *shown = image_of(f, art, &screen);
  assert_string_equal(shown->filter, "/DCTDecode");
  assert_non_null(shown->icc);
}

static void untagged_rgb_is_never_left_in_a_press_file(void **state) {
  fixture *f = *state;
  const pk_art *art = assert_loaded(f, make_jpeg(f, "a.jpg", 16, 16, 3, 0, reddish));
  assert_int_equal(image_of(f, art, &keeping)->components, 4);
  assert_int_equal(image_of(f, art, &coated)->components, 4);
}

static void cmyk_of_this_press_passes_untouched(void **state) {
  fixture *f = *state;
  const char *path = make_jpeg(f, "a.jpg", 16, 16, 4, 0, ramp);
  const pk_art_image *plain = image_of(f, assert_loaded(f, path), &coated);
  assert_string_equal(plain->filter, "/DCTDecode");
  const pk_art_image *ours = image_of(f, tagged(f, path, COATED), &coated);
  assert_string_equal(ours->filter, "/DCTDecode");
  assert_null(ours->icc);
  ours = image_of(f, tagged(f, path, COATED), &keeping);
  assert_null(ours->icc); /* it is that of the output intent */
}

static void cmyk_of_another_press_is_converted_or_kept_with_its_profile(void **state) {
  fixture *f = *state;
  const pk_art *art = tagged(f, make_jpeg(f, "a.jpg", 16, 16, 4, 0, ramp), UNCOATED);
  const pk_art_image *converted = image_of(f, art, &coated);
  assert_string_equal(converted->filter, "/FlateDecode");
  assert_int_equal(converted->components, 4);
  assert_null(converted->icc);
  const pk_art_image *kept = image_of(f, art, &keeping);
  assert_string_equal(kept->filter, "/DCTDecode");
  assert_non_null(kept->icc);
}

static void grey_goes_to_black_alone_without_its_profile(void **state) {
  fixture *f = *state;
  cmsToneCurve *curve = cmsBuildGamma(NULL, 1.8);
  cmsHPROFILE profile = cmsCreateGrayProfile(cmsD50_xyY(), curve);
  cmsUInt32Number size = 0;
  cmsSaveProfileToMem(profile, NULL, &size);
  g_autofree char *icc = g_malloc(size);
  cmsSaveProfileToMem(profile, icc, &size);
  cmsCloseProfile(profile);
  cmsFreeToneCurve(curve);
  const pk_art *art = assert_loaded(f, tag_jpeg(f, make_jpeg(f, "a.jpg", 16, 16, 1, 0, ramp), icc, size));
  const pk_art_image *image = image_of(f, art, &coated);
  assert_int_equal(image->components, 1);
  assert_null(image->icc);
  assert_non_null(image_of(f, art, &keeping)->icc);
}

static void a_profile_of_another_kind_is_told_and_not_kept(void **state) {
  fixture *f = *state;
  const pk_art *art = tagged(f, make_jpeg(f, "a.jpg", 16, 16, 3, 0, reddish), COATED); /* of CMYK */
  assert_null(image_of(f, art, &screen)->icc);
  assert_string_equal(fixture_code(f), "art-profile");
  g_autofree char *icc = NULL;
  gsize size;
  assert_true(g_file_get_contents(COATED, &icc, &size, NULL));
  const pk_art *half = assert_loaded(f, tag_jpeg(f, make_jpeg(f, "b.jpg", 16, 16, 4, 0, ramp), icc, size / 2));
  assert_null(image_of(f, half, &keeping)->icc);
  const pk_art *junk = assert_loaded(f, tag_jpeg(f, make_jpeg(f, "c.jpg", 16, 16, 4, 0, ramp), "junk", 4));
  assert_null(image_of(f, junk, &coated)->icc);
}

static void intents_differ_where_the_press_cannot_follow(void **state) {
  fixture *f = *state;
  pk_art_colours perceptual = coated;
  perceptual.is_perceptual = true;
  const pk_art *art = assert_loaded(f, make_png(f, "a.png", 16, 16, PNG_COLOR_TYPE_RGB, 8, 0, reddish));
  uint8_t one[4], other[4];
  first_pixel(image_of(f, art, &coated), one);
  first_pixel(image_of(f, art, &perceptual), other);
  assert_memory_not_equal(one, other, 4);
}

static void only_what_is_far_too_fine_is_scaled_down(void **state) {
  fixture *f = *state;
  pk_art_colours limited = coated;
  limited.limits = (pk_art_limits){.colour = 300, .grey = 300, .most = 1.5};
  const pk_art *art = assert_loaded(f, make_jpeg(f, "a.jpg", 600, 400, 3, 0, reddish));
  pk_art_place place = {.width = 600 * 72 / 440.0, .height = 400 * 72 / 440.0}; /* 440 to the inch */
  assert_int_equal(image_at(f, art, &limited, &place)->width, 600);
  place = (pk_art_place){.width = 72, .height = 48}; /* 600 */
  const pk_art_image *image = image_at(f, art, &limited, &place);
  assert_int_equal(image->width, 300);
  assert_int_equal(image->height, 200);
  place = (pk_art_place){.width = 7.2, .height = 4.8}; /* 6000: by the decoder in part */
  assert_int_equal(image_at(f, art, &limited, &place)->width, 30);
  /* What would have passed is decoded for it; its profile stays true. */
  const pk_art *ink = tagged(f, make_jpeg(f, "b.jpg", 600, 400, 4, 0, ramp), UNCOATED);
  limited.keeps_profiles = true;
  place = (pk_art_place){.width = 72, .height = 48};
  image = image_at(f, ink, &limited, &place);
  assert_int_equal(image->width, 300);
  assert_non_null(image->icc);
}

static void line_art_keeps_its_pixels_as_bits(void **state) {
  fixture *f = *state;
  pk_art_colours limited = coated;
  limited.limits = (pk_art_limits){.colour = 300, .grey = 300, .most = 1};
  const pk_art *art = assert_loaded(f, make_png(f, "a.png", 20, 16, PNG_COLOR_TYPE_GRAY, 8, 0, checks));
  const pk_art_place place = {.width = 1, .height = 1};
  const pk_art_image *image = image_at(f, art, &limited, &place);
  assert_int_equal(image->width, 20);
  assert_int_equal(image->bits, 1);
  assert_int_equal(image->predictor, 0);
  g_autofree uint8_t *bits = unpack(image->data, image->size, 3 * 16);
  assert_int_equal(bits[0], 0x55);
  assert_int_equal(bits[2], 0x50);
  assert_int_equal(bits[3], 0xAA);
}

static void transparent_parts_take_the_inks_under_them(void **state) {
  fixture *f = *state;
  pk_art_colours opaque = coated;
  opaque.is_opaque = true;
  const pk_art *art = assert_loaded(f, make_png(f, "a.png", 16, 16, PNG_COLOR_TYPE_GRAY_ALPHA, 8, 0, half_grey));
  uint8_t pixel[4];
  const pk_art_image *image = image_of(f, art, &opaque);
  assert_null(image->mask);
  assert_int_equal(image->components, 1); /* on paper: still black alone */
  first_pixel(image, pixel);
  assert_in_range(pixel[0], 176, 178); /* 100 half over 255 */
  const pk_art_patch patches[] = {{-1, -1, 2, 2, {0, 0, 0, 0.5}}, {-1, -1, 0.5, 2, {1, 0.5, 0, 0}}};
  const pk_art_place place = {.patches = patches, .patch_count = 2};
  image = image_at(f, art, &opaque, &place);
  assert_int_equal(image->components, 4);
  assert_null(image->mask);
  first_pixel(image, pixel);
  assert_in_range(pixel[0], 126, 128); /* half of the cyan under it */
  assert_in_range(pixel[1], 62, 65);
  assert_int_equal(pixel[2], 0);
  assert_in_range(pixel[3], 77, 79); /* half of its own 155 */
  const pk_art_place grey_place = {.patches = patches, .patch_count = 1};
  image = image_at(f, art, &opaque, &grey_place);
  assert_int_equal(image->components, 1);
}

static void a_transparent_drawing_becomes_a_picture_in_inks(void **state) {
  fixture *f = *state;
  static const pk_art_ink ink = {{0, 0x30 / 255.0, 0x87 / 255.0}, {1, 0.72, 0, 0.18}, NULL, NULL};
  pk_art_colours opaque = {.is_press = true, .is_opaque = true, .inks = &ink, .ink_count = 1};
  const uint8_t *data;
  size_t size;
  const pk_art *plain =
      assert_loaded(f, fixture_text(f, "a.svg",
                                    "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'><rect width='8' "
                                    "height='8' fill='#003087'/></svg>"));
  assert_int_equal(pk_art_to_output_pdf(&f->job, plain, &opaque, &data, &size), PK_OK);
  assert_non_null(data);
  assert_null(g_strstr_len((const char *)data, (gssize)size, "/Transparency"));
  const pk_art *sheer =
      assert_loaded(f, fixture_text(f, "b.svg",
                                    "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'><rect width='8' "
                                    "height='8' fill='#003087' opacity='.5'/></svg>"));
  assert_int_equal(pk_art_to_output_pdf(&f->job, sheer, &opaque, &data, &size), PK_OK);
  assert_null(data);
  const pk_art_image *image = image_of(f, sheer, &opaque);
  assert_int_equal(image->components, 4);
  uint8_t pixel[4];
  first_pixel(image, pixel);
  assert_in_range(pixel[0], 126, 129); /* half of the ink, not of a conversion */
  assert_in_range(pixel[1], 91, 93);
  assert_int_equal(pixel[2], 0);
}

static void a_large_photo_stays_a_jpeg(void **state) {
  fixture *f = *state;
  const pk_art *art = assert_loaded(f, make_jpeg(f, "a.jpg", 1200, 900, 3, 0, reddish));
  const pk_art_image *image = image_of(f, art, &coated);
  assert_string_equal(image->filter, "/DCTDecode");
  assert_int_equal(image->components, 4);
  assert_false(image->is_inverted);
  pk_art_image first = *image;
  image_of(f, art, &screen);
  image = image_of(f, art, &coated);
  assert_int_equal(image->size, first.size);
  assert_memory_equal(image->data, first.data, first.size);
}

static void a_photo_is_converted_once_for_all_jobs(void **state) {
  fixture *f = *state;
  pk_cache *cache = pk_cache_new(NULL);
  pk_worker worker = {.cache = cache};
  f->job.worker = &worker;
  const pk_art *art = assert_loaded(f, make_jpeg(f, "a.jpg", 1200, 900, 3, 0, reddish));
  const pk_art_image *first = image_of(f, art, &coated);
  f->job.worker = NULL;
  image_of(f, art, &screen);
  const pk_art_image *plain = image_of(f, art, &coated);
  f->job.worker = &worker;
  image_of(f, art, &screen);
  const pk_art_image *found = image_of(f, art, &coated);
  assert_int_equal(found->size, plain->size);
  assert_memory_equal(found->data, plain->data, plain->size);
  assert_memory_equal(first->data, plain->data, plain->size);
  assert_int_equal(found->components, 4);
  assert_ptr_equal(found->data, first->data); /* the bytes that were kept */
  /* Another profile, another image; what was warned of is warned of each time. */
  const pk_art_colours uncoated = {.is_press = true, .profile_path = UNCOATED};
  assert_memory_not_equal(image_of(f, art, &uncoated)->data, plain->data, 1000);
  f->job.worker = NULL;
  pk_cache_drop(cache);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
  const struct CMUnitTest tests[] = {
      TEST(tagged_rgb_is_kept_or_converted_as_the_printer_says),
      TEST(untagged_rgb_is_never_left_in_a_press_file),
      TEST(cmyk_of_this_press_passes_untouched),
      TEST(cmyk_of_another_press_is_converted_or_kept_with_its_profile),
      TEST(grey_goes_to_black_alone_without_its_profile),
      TEST(a_profile_of_another_kind_is_told_and_not_kept),
      TEST(intents_differ_where_the_press_cannot_follow),
      TEST(only_what_is_far_too_fine_is_scaled_down),
      TEST(line_art_keeps_its_pixels_as_bits),
      TEST(transparent_parts_take_the_inks_under_them),
      TEST(a_transparent_drawing_becomes_a_picture_in_inks),
      TEST(a_large_photo_stays_a_jpeg),
      TEST(a_photo_is_converted_once_for_all_jobs),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
