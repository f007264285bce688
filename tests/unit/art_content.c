/* Colour operators of content streams. */
#include "art/carry.h"
#include "art_fixture.h"

static const pk_art_ink blue = {{0, 0x30 / 255.0, 0x87 / 255.0}, {1, 0.72, 0, 0.18}, NULL, NULL};

static void map(const char *content, size_t size, const pk_art_colours *colours, GString *out) {
  pk_mapper mapper = {.colours = colours};
  pk_carry_text(&mapper, content, size, out);
  pk_mapper_clear(&mapper);
}

static void assert_mapped_by(const pk_art_colours *colours, const char *content, const char *wanted) {
  GString *out = g_string_new(NULL);
  map(content, strlen(content), colours, out);
  g_strdelimit(out->str, "\n", ' '); /* one operator a line */
  assert_string_equal(out->str, wanted);
  g_string_free(out, TRUE);
}

static void assert_mapped(const char *content, const char *wanted) {
  const pk_art_colours press = {.is_press = true, .inks = &blue, .ink_count = 1};
  assert_mapped_by(&press, content, wanted);
}

static void brand_colour_with_a_plate_goes_onto_it(void **state) {
  (void)state;
  static const pk_art_ink spot = {{0, 0x30 / 255.0, 0x87 / 255.0}, {1, 0.72, 0, 0.18}, "Office Blue", "Office Blue"};
  const pk_art_colours press = {.is_press = true, .inks = &spot, .ink_count = 1};
  assert_mapped_by(&press, "0 0.188235 0.529412 rg f 0 0.188235 0.529412 RG S 0 g",
                   "/PkPlate0 cs 1 scn f /PkPlate0 CS 1 SCN S 0 0 0 1 k");
  assert_mapped_by(&press, "1 0 0 rg 0.5 0.594 0.765 rg", "0 1 1 0 k /PkPlate0 cs 0.5 scn");
}

static void brand_colour_becomes_its_ink(void **state) {
  (void)state;
  assert_mapped("0 0.188235 0.529412 rg 0 0 9 9 re f", "1 0.72 0 0.18 k 0 0 9 9 re f");
  assert_mapped("0 0.19 0.53 RG", "1 0.72 0 0.18 K");
  assert_mapped("0 0.20 0.53 RG", "0.53 0.33 0 0.47 K"); /* a step further is another colour */
}

static void tint_of_a_brand_colour_becomes_a_tint_of_its_ink(void **state) {
  (void)state;
  assert_mapped("0.501961 0.596078 0.764706 rg", "0.498 0.3586 0 0.0896 k"); /* #8098C3 */
  assert_mapped("0.501961 0.61 0.764706 rg", "0.2627 0.1547 0 0.2353 k");    /* greener than any tint */
}

static void neutral_colours_become_black_alone(void **state) {
  (void)state;
  assert_mapped("0 g 1 G 0.25 g", "0 0 0 1 k 0 0 0 0 K 0 0 0 0.75 k");
  assert_mapped("0.501961 0.501961 0.501961 rg", "0 0 0 0.498 k");
}

static void other_colours_are_converted(void **state) {
  (void)state;
  assert_mapped("1 0 0 rg", "0 1 1 0 k");
  g_autofree char *path = g_build_filename(TEST_SOURCE_DIR, "layouts/profiles/coated-fogra39.icc", NULL);
  const pk_art_colours press = {.is_press = true, .profile_path = path};
  GString *out = g_string_new(NULL);
  map("1 0 0 rg", 8, &press, out);
  double c, m, y, k;
  assert_int_equal(sscanf(out->str, "%lf %lf %lf %lf k", &c, &m, &y, &k), 4);
  assert_true(c < 0.1 && m > 0.85 && y > 0.75 && k < 0.1);
  g_string_free(out, TRUE);
}

static void spaces_follow_the_graphics_state(void **state) {
  (void)state;
  assert_mapped("/DeviceRGB cs 1 0 0 sc", "0 0 0 1 k 0 1 1 0 k");
  assert_mapped("/DeviceGray CS 0.5 SCN", "0 0 0 1 K 0 0 0 0.5 K");
  assert_mapped("q /DeviceRGB cs 1 0 0 scn Q 0.5 scn", "q 0 0 0 1 k 0 1 1 0 k Q 0 0 0 0.5 k");
  assert_mapped("/DeviceRGB cs q /Pattern cs /p8 scn Q 1 0 0 scn", "0 0 0 1 k q Q 0 1 1 0 k");
}

static void ink_colours_are_left_alone(void **state) {
  (void)state;
  assert_mapped("0.1 0.2 0.3 0.4 k 0 0 0 1 K", "0.1 0.2 0.3 0.4 k 0 0 0 1 K");
}

static void inks_with_a_plate_are_known_by_their_cmyk(void **state) {
  (void)state;
  static const pk_art_ink spot = {{0, 0x30 / 255.0, 0x87 / 255.0}, {1, 0.72, 0, 0.18}, "Office Blue", "Office Blue"};
  const pk_art_colours press = {.is_press = true, .inks = &spot, .ink_count = 1};
  assert_mapped_by(&press, "1 0.72 0 0.18 k 0.5 0.36 0 0.09 K 1 0.7 0 0 k",
                   "/PkPlate0 cs 1 scn /PkPlate0 CS 0.5 SCN 1 0.7 0 0 k");
}

static void black_text_and_thin_lines_overprint(void **state) {
  (void)state;
  const pk_art_colours press = {.is_press = true, .black_overprints = true};
  assert_mapped_by(&press, "0 g BT (a) Tj ET 0 0 9 9 re f",
                   "0 0 0 1 k BT /PkOver gs (a) Tj ET 0 0 9 9 re /PkKnock gs f");
  assert_mapped_by(&press, "0 G 2 w 0 0 m 9 9 l S 4 w 0 0 m 9 9 l S",
                   "0 0 0 1 K 2 w 0 0 m 9 9 l /PkOver gs S 4 w 0 0 m 9 9 l /PkKnock gs S");
  assert_mapped_by(&press, "0 g 0 G q 3 0 0 3 0 0 cm 2 w 0 0 m 9 9 l S Q 0 0 90 1 re f",
                   "0 0 0 1 k 0 0 0 1 K q 3 0 0 3 0 0 cm 2 w 0 0 m 9 9 l S Q 0 0 90 1 re /PkOver gs f");
  assert_mapped_by(&press, "1 0 0 rg BT (a) Tj ET", "0 1 1 0 k BT (a) Tj ET");
}

static void what_is_no_part_of_a_picture_is_left_out(void **state) {
  (void)state;
  assert_mapped("/Span << /ActualText (1 g) /MCID 0 >> BDC 0 0 m EMC /P MP", "0 0 m");
  assert_mapped("1 2 mystery 0 0 m", "0 0 m");
  assert_mapped("/a gs /b Do /c sh Q 0 0 m", "0 0 m");
  assert_mapped("q q 0 0 m", "q q 0 0 m Q Q");
}

static void what_only_looks_like_an_operator_is_copied(void **state) {
  (void)state;
  const char *const unchanged[] = {
      "(1 0 0 rg \\) 0 g) Tj",
      "<31203020> Tj [(0 g)-20<30>] TJ",
      "[] 0.0 d 4 M",
      "",
  };
  for (size_t i = 0; i < G_N_ELEMENTS(unchanged); i++) assert_mapped(unchanged[i], unchanged[i]);
}

static void broken_content_is_survived(void **state) {
  (void)state;
  const char *const odd[] = {"rg",      "1 rg",           "(",    "<",     "<<", "/", "BI", "BI ID",
                             "ID x EI", "Q Q Q 1 0 0 rg", "((((", "1 0 0", "\\", "[", "%"};
  const pk_art_colours press = {.is_press = true};
  for (size_t i = 0; i < G_N_ELEMENTS(odd); i++) {
    GString *out = g_string_new(NULL);
    map(odd[i], strlen(odd[i]), &press, out);
    g_string_free(out, TRUE);
  }
  GString *deep = g_string_new(NULL), *out = g_string_new(NULL);
  for (int i = 0; i < 5000; i++) g_string_append(deep, "q ");
  pk_mapper mapper = {.colours = &press};
  assert_false(pk_carry_text(&mapper, deep->str, deep->len, out)); /* no drawing needs that */
  pk_mapper_clear(&mapper);
  g_string_free(deep, TRUE);
  g_string_free(out, TRUE);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(brand_colour_with_a_plate_goes_onto_it),
      cmocka_unit_test(brand_colour_becomes_its_ink),
      cmocka_unit_test(tint_of_a_brand_colour_becomes_a_tint_of_its_ink),
      cmocka_unit_test(neutral_colours_become_black_alone),
      cmocka_unit_test(other_colours_are_converted),
      cmocka_unit_test(spaces_follow_the_graphics_state),
      cmocka_unit_test(ink_colours_are_left_alone),
      cmocka_unit_test(inks_with_a_plate_are_known_by_their_cmyk),
      cmocka_unit_test(black_text_and_thin_lines_overprint),
      cmocka_unit_test(what_is_no_part_of_a_picture_is_left_out),
      cmocka_unit_test(what_only_looks_like_an_operator_is_copied),
      cmocka_unit_test(broken_content_is_survived),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
