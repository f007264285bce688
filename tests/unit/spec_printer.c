/* Printer profiles. */
#include "spec_kit.h"

static const pk_printer *build(spec_kit *kit, const char *text) {
  g_autofree char *whole = g_strconcat("presskit: printer/1\n", text, NULL);
  spec_kit_file(kit, "coated-fogra39.icc", "x");
  const char *path = spec_kit_file(kit, "shop.yaml", whole);
  const pk_printer *printer = NULL;
  pk_status status = pk_printer_build(&kit->job, path, kit->folder, &printer);
  assert_int_equal(status == PK_OK, printer != NULL);
  return printer;
}

#define MM(value) ((value)*PK_PT_PER_MM)

static void assert_near(double value, double expected) {
  assert_true(value > expected - 1e-9 && value < expected + 1e-9);
}

static void profile_is_read(void **state) {
  spec_kit *kit = *state;
  spec_kit_file(kit, "paper.icc", "x");
  const pk_printer *printer = build(kit, "title: Shop\n"
                                         "standard: PDF/X-1a:2003\n"
                                         "output-intent: {profile: paper.icc, condition: FOGRA51}\n"
                                         "ink-limit: 320%\n"
                                         "bleed: 5mm\n"
                                         "marks: {crop: true, slug: yes, distance: 4mm}\n"
                                         "black: {rich: [30, 20, 10, 100]}\n"
                                         "smallest: {line: 0.3pt}\n"
                                         "images: {intent: perceptual, line: {wanted: 2400}}\n"
                                         "spots: keep\n"
                                         "pages: {cover: apart, multiple: 4, fill: blank, duplex: short-edge}\n"
                                         "file-name: \"{name}-p{first}\"\n"
                                         "notes: {en: Call first.}\n");
  assert_non_null(printer);
  assert_string_equal(printer->name, "shop");
  assert_int_equal(printer->standard, PK_STANDARD_X_1A_2003);
  assert_true(g_str_has_suffix(printer->profile, "/paper.icc"));
  assert_string_equal(printer->condition, "FOGRA51");
  assert_near(printer->ink_limit, 3.2);
  assert_near(printer->bleed, MM(5));
  assert_true(printer->marks.crop && printer->marks.slug && !printer->marks.registration);
  assert_true(pk_printer_has_marks(printer));
  assert_near(printer->marks.distance, MM(4));
  assert_near(printer->black.rich[1], .2);
  assert_near(printer->smallest.line, .3);
  assert_int_equal(printer->images.intent, PK_INTENT_PERCEPTUAL);
  assert_near(printer->images.line.wanted, 2400);
  assert_near(printer->images.line.least, 600);
  assert_int_equal(printer->pages.multiple, 4);
  assert_int_equal(printer->pages.duplex, PK_DUPLEX_SHORT_EDGE);
  assert_string_equal(pk_text_lookup(&printer->notes, PK_LANG_EN, NULL), "Call first.");
}

static void defaults_are_those_of_the_table(void **state) {
  const pk_printer *printer = build(*state, "standard: none\n");
  assert_non_null(printer);
  assert_near(printer->ink_limit, 3);
  assert_near(printer->bleed, MM(3));
  assert_true(printer->black.overprints);
  assert_near(printer->black.rich[3], 1);
  assert_near(printer->images.colour.wanted, 300);
  assert_near(printer->images.line.wanted, 1200);
  assert_false(pk_printer_has_marks(printer));
  assert_string_equal(printer->file_name, "{name}");
}

static void x1a_keeps_no_profiles(void **state) {
  spec_kit *kit = *state;
  assert_null(build(kit, "standard: PDF/X-1a:2003\nimages: {policy: keep}\n"));
  spec_kit_expect_hints(kit, "shop.yaml:2:11: error[printer-standard]: PDF/X-1a:2003 has no place for pictures that "
                             "keep their profile\n"
                             "  images: {policy: convert}\n");
}

static void faults_are_told_at_their_place(void **state) {
  spec_kit *kit = *state;
  assert_null(build(kit, "standard: PDF/X-5\nink-limit: 90%\nbleed: 90mm\nblack: {rich: [1, 2, 3]}\nspot: keep\n"));
  spec_kit_expect_hints(kit, "shop.yaml:2:11: error[unknown-value]: 'standard' cannot be 'PDF/X-5'; it takes PDF/X-4, "
                             "PDF/X-1a:2003, PDF/X-3:2002 or none\n"
                             "  did you mean 'PDF/X-4'?\n"
                             "shop.yaml:3:12: error[out-of-range]: 'ink-limit' is 90%; it may be 100% to 400%\n"
                             "shop.yaml:4:8: error[out-of-range]: 'bleed' is 90mm; it may be 0 to 30mm\n"
                             "shop.yaml:5:15: error[wrong-type]: 'rich' takes four numbers, not 3\n"
                             "shop.yaml:6:1: error[unknown-field]: there is no field of printer 'spot'\n"
                             "  did you mean 'spots'?\n");
}

static void fields_between_each_other_are_checked(void **state) {
  spec_kit *kit = *state;
  assert_null(build(kit, "standard: none\n"
                         "output-intent: {profile: gone.icc}\n"
                         "file-name: \"{nmae}\"\n"
                         "images: {grey: {least: 400}}\n"));
  spec_kit_expect_hints(kit, "shop.yaml:3:26: error[file-missing]: there is no ICC profile 'gone.icc'\n"
                             "  it is looked for beside this file, then among presskit's own profiles\n"
                             "shop.yaml:4:12: error[unknown-value]: there is no field of a file name 'nmae'\n"
                             "  did you mean 'name'?\n"
                             "shop.yaml:5:16: error[out-of-range]: 'grey' accepts no fewer than 400 pixels to the inch "
                             "and wants only 300\n");
}

static void file_name_names_no_folder(void **state) {
  spec_kit *kit = *state;
  assert_null(build(kit, "standard: none\nfile-name: ../{name}\n"));
  spec_kit_expect(kit, "shop.yaml:3:12: error[unknown-value]: '../{name}' names a folder; 'file-name' takes a name\n");
}

static void file_to_start_from_is_all_defaults(void **state) {
  spec_kit *kit = *state;
  g_autoptr(GString) text = g_string_new(NULL);
  assert_true(pk_spec_template("printer", text));
  assert_false(pk_spec_template("layout", text));
  const char *start = strchr(strstr(text->str, "presskit:"), '\n');
  const pk_printer *all = build(kit, start);
  assert_non_null(all);
  const pk_printer *none = build(kit, "");
  assert_non_null(none);
  assert_memory_equal(&all->ink_limit, &none->ink_limit, sizeof(double));
  assert_memory_equal(&all->marks, &none->marks, sizeof all->marks);
  assert_memory_equal(&all->smallest, &none->smallest, sizeof all->smallest);
  assert_memory_equal(&all->images, &none->images, sizeof all->images);
  assert_string_equal(all->file_name, none->file_name);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      SPEC_TEST(profile_is_read),
      SPEC_TEST(defaults_are_those_of_the_table),
      SPEC_TEST(x1a_keeps_no_profiles),
      SPEC_TEST(faults_are_told_at_their_place),
      SPEC_TEST(fields_between_each_other_are_checked),
      SPEC_TEST(file_to_start_from_is_all_defaults),
      SPEC_TEST(file_name_names_no_folder),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
