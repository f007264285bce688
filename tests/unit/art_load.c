/* Which pictures are taken, how large they are, and what is refused. */
#include "art_fixture.h"

static uint8_t red(unsigned x, unsigned y, unsigned c) {
  (void)x, (void)y;
  return c == 0 || c == 3 ? 255 : 0;
}

static void kind_goes_by_content_not_by_name(void **state) {
  fixture *f = *state;
  assert_int_equal(pk_art_kind_of(assert_loaded(f, make_png(f, "a.jpg", 4, 4, PNG_COLOR_TYPE_RGB, 8, 0, red))),
                   PK_ART_PNG);
  assert_int_equal(pk_art_kind_of(assert_loaded(f, make_jpeg(f, "b.png", 8, 8, 3, 0, red))), PK_ART_JPEG);
  const char *svg = fixture_text(f, "c.txt",
                                 "\xEF\xBB\xBF\n<!-- logo --><svg xmlns='http://www.w3.org/2000/svg' "
                                 "width='40' height='20'/>");
  assert_int_equal(pk_art_kind_of(assert_loaded(f, svg)), PK_ART_SVG);
  assert_refused(f, fixture_text(f, "d.jpg", "GIF89a"), "art-unknown-kind");
  assert_non_null(strstr(fixture_message(f), "is a GIF"));
  assert_refused(f, fixture_text(f, "e.png", ""), "art-unknown-kind");
  assert_refused(f, fixture_text(f, "f.svg", "just words"), "art-unknown-kind");
  assert_refused(f, fixture_text(f, "g.svg", "<html><p>no drawing</p></html>"), "art-unknown-kind");
}

static void same_path_is_one_picture(void **state) {
  fixture *f = *state;
  const char *path = make_png(f, "a.png", 4, 4, PNG_COLOR_TYPE_RGB, 8, 0, red);
  assert_ptr_equal(assert_loaded(f, path), assert_loaded(f, path));
}

static void missing_files_and_folders_are_told(void **state) {
  fixture *f = *state;
  assert_refused(f, fixture_path(f, "nothing.png"), "file-missing");
  assert_refused(f, f->folder, "file-unreadable");
}

static void size_comes_from_the_files_resolution(void **state) {
  fixture *f = *state;
  pk_length width, height;
  pk_art_size(assert_loaded(f, make_png(f, "a.png", 300, 150, PNG_COLOR_TYPE_RGB, 8, 150, red)), &width, &height);
  assert_float_equal(width, 144, 0.1);
  assert_float_equal(height, 72, 0.1);
  pk_art_size(assert_loaded(f, make_png(f, "b.png", 300, 150, PNG_COLOR_TYPE_RGB, 8, 0, red)), &width, &height);
  assert_float_equal(width, 72, 0.01);
  pk_art_size(
      assert_loaded(f, fixture_text(f, "c.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='10mm' height='1in'/>")),
      &width, &height);
  assert_true(width > 28.34 && width < 28.36);
  assert_float_equal(height, 72, 0.01);
  pk_art_size(
      assert_loaded(f, fixture_text(f, "d.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 100'/>")),
      &width, &height);
  assert_float_equal(width, 150, 0.01);
  assert_float_equal(height, 75, 0.01);
}

static void photo_on_its_side_is_measured_upright(void **state) {
  fixture *f = *state;
  uint32_t across, down;
  pk_length width, height;
  const pk_art *art = assert_loaded(f, make_jpeg(f, "a.jpg", 60, 20, 3, 6, red));
  pk_art_pixels(art, &across, &down);
  assert_int_equal(across, 20);
  assert_int_equal(down, 60);
  pk_art_size(art, &width, &height);
  assert_true(height > width);
}

static void monstrous_headers_are_refused_undecoded(void **state) {
  fixture *f = *state;
  uint8_t png[64] = "\x89PNG\r\n\x1A\n\0\0\0\15IHDR\0\1\x86\xA0\0\1\x86\xA0\10\2\0\0\0";
  assert_refused(f, fixture_write(f, "a.png", png, sizeof png), "art-too-large");
  assert_non_null(strstr(fixture_message(f), "100000 × 100000"));
  /* Within the sides, beyond the pixels; and a JPEG beyond libjpeg's own side. */
  memcpy(png + 16, "\0\0\xFF\0\0\0\xFF\0", 8);
  assert_refused(f, fixture_write(f, "b.png", png, sizeof png), "art-too-large");
  static const uint8_t jpeg[] = "\xFF\xD8\xFF\xC0\0\21\10\xFF\xFF\xFF\xFF\3\1\21\0\2\21\0\3\21\0"
                                "\xFF\xDA\0\14\3\1\0\2\0\3\0\0\77\0\0\xFF\xD9";
  assert_refused(f, fixture_write(f, "c.jpg", jpeg, sizeof jpeg - 1), "art-too-large");
}

static void zero_sizes_are_refused(void **state) {
  fixture *f = *state;
  uint8_t png[64] = "\x89PNG\r\n\x1A\n\0\0\0\15IHDR\0\0\0\0\0\0\0\5\10\2\0\0\0";
  assert_refused(f, fixture_write(f, "a.png", png, sizeof png), "art-broken");
  static const uint8_t jpeg[] = "\xFF\xD8\xFF\xC0\0\21\10\0\0\0\0\3\1\21\0\2\21\0\3\21\0\xFF\xD9";
  assert_refused(f, fixture_write(f, "b.jpg", jpeg, sizeof jpeg - 1), "art-broken");
  assert_refused(f, fixture_text(f, "c.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='0' height='0'/>"),
                 "art-broken");
}

/* However much of a file is missing, it is refused or (when only what follows
 * the picture is gone) taken; nothing crashes. */
static void truncated_files_are_refused(void **state) {
  fixture *f = *state;
  const char *paths[] = {make_png(f, "a.png", 20, 20, PNG_COLOR_TYPE_RGB, 8, 0, red),
                         make_jpeg(f, "a.jpg", 20, 20, 3, 0, red)};
  for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
    char *data;
    gsize size;
    assert_true(g_file_get_contents(paths[i], &data, &size, NULL));
    for (size_t keep = 0; keep < size - 2; keep++) {
      const pk_art *art = NULL;
      const char *name = pk_arena_printf(f->job.arena, "%zu", keep + i * 100000);
      assert_int_equal(fixture_load(f, fixture_write(f, name, data, keep), &art), PK_FAILED);
    }
    g_free(data);
  }
}

static void damaged_bytes_never_crash(void **state) {
  fixture *f = *state;
  const char *paths[] = {make_png(f, "a.png", 16, 16, PNG_COLOR_TYPE_RGB_ALPHA, 8, 0, red),
                         make_jpeg(f, "a.jpg", 16, 16, 3, 6, red)};
  static const pk_art_colours screen = {0};
  for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
    char *data;
    gsize size;
    assert_true(g_file_get_contents(paths[i], &data, &size, NULL));
    for (size_t at = 0; at < size; at++) {
      char was = data[at];
      data[at] = (char)~was;
      const pk_art *art = NULL;
      const pk_art_image *image;
      const char *name = pk_arena_printf(f->job.arena, "%zu", at + i * 100000);
      const char *path = fixture_write(f, name, data, size);
      if (fixture_load(f, path, &art) == PK_OK) pk_art_to_image(&f->job, art, &screen, NULL, &image);
      data[at] = was;
    }
    g_free(data);
  }
}

static void broken_svg_is_refused_with_the_reason(void **state) {
  fixture *f = *state;
  assert_refused(f, fixture_text(f, "a.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect"),
                 "art-broken");
  assert_refused(f, fixture_text(f, "b.svg", "<!-- <svg --><html/>"), "art-broken");
  char *large = g_malloc(17 * 1024 * 1024);
  memset(large, ' ', 17 * 1024 * 1024);
  memcpy(large, "<svg>", 5);
  assert_refused(f, fixture_write(f, "c.svg", large, 17 * 1024 * 1024), "art-too-large");
  g_free(large);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      FIXTURE_TEST(kind_goes_by_content_not_by_name),
      FIXTURE_TEST(same_path_is_one_picture),
      FIXTURE_TEST(missing_files_and_folders_are_told),
      FIXTURE_TEST(size_comes_from_the_files_resolution),
      FIXTURE_TEST(photo_on_its_side_is_measured_upright),
      FIXTURE_TEST(monstrous_headers_are_refused_undecoded),
      FIXTURE_TEST(zero_sizes_are_refused),
      FIXTURE_TEST(truncated_files_are_refused),
      FIXTURE_TEST(damaged_bytes_never_crash),
      FIXTURE_TEST(broken_svg_is_refused_with_the_reason),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
