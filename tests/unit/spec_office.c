/* Offices. */
#include "spec_kit.h"

static const pk_office *build(spec_kit *kit, const char *text) {
  g_autofree char *whole = g_strconcat("presskit: office/1\n", text, NULL);
  const char *path = spec_kit_file(kit, "office.yaml", whole);
  const pk_office *office = NULL;
  pk_status status = pk_office_build(&kit->job, path, &office);
  assert_int_equal(status == PK_OK, office != NULL);
  return office;
}

static void office_is_read(void **state) {
  spec_kit *kit = *state;
  spec_kit_file(kit, "logo.svg", "<svg/>");
  const pk_office *office = build(kit, "name: {en: Drina Liaison Office, sr-Cyrl: Канцеларија за везу Дрина}\n"
                                       "short-name: DLO\n"
                                       "parent: {en: River Council}\n"
                                       "address: [Quay 5, 11000 Belgrade]\n"
                                       "phone: +381 11 555 0100\n"
                                       "email: info@drina.example\n"
                                       "web: https://drina.example\n"
                                       "social: \"@drina\"\n"
                                       "logo: logo.svg\n"
                                       "boilerplate:\n"
                                       "  title: {en: About the office}\n"
                                       "  text:\n"
                                       "    en: >\n"
                                       "      The office keeps\n"
                                       "      people in touch.\n"
                                       "contacts:\n"
                                       "  media: {title: {en: Media}, name: Press desk, phone: 1, hours: 9-17}\n"
                                       "  visits: {address: {en: [Gate 2, Belgrade], sr-Latn: [Kapija 2, Beograd]}}\n");
  assert_non_null(office);
  assert_string_equal(pk_text_lookup(&office->name, PK_LANG_SR_CYRL, NULL), "Канцеларија за везу Дрина");
  assert_string_equal(pk_text_lookup(&office->short_name, PK_LANG_SR_CYRL, NULL), "DLO");
  assert_null(pk_text_lookup(&office->parent, PK_LANG_SR_LATN, NULL));
  assert_int_equal(office->address_count, 2);
  assert_string_equal(office->phone.any, "+381 11 555 0100");
  assert_true(g_path_is_absolute(office->logo));
  assert_string_equal(office->boilerplate.in[PK_LANG_EN], "The office keeps people in touch.");
  assert_string_equal(office->boilerplate_title.in[PK_LANG_EN], "About the office");
  const pk_contact *media = pk_office_contact(office, "media");
  assert_string_equal(media->name.any, "Press desk");
  assert_string_equal(media->hours.any, "9-17");
  const pk_contact *visits = pk_office_contact(office, "visits");
  assert_string_equal(visits->address[1].in[PK_LANG_SR_LATN], "Beograd");
  assert_null(pk_office_contact(office, "nobody"));
}

static void empty_fields_are_as_if_left_out(void **state) {
  const pk_office *office = build(*state, "name: Drina\nphone:\nlogo:\nboilerplate:\ncontacts:\n  media:\n");
  assert_non_null(office);
  assert_false(pk_text_is_given(&office->phone));
  assert_null(office->logo);
  assert_int_equal(office->contact_count, 0);
}

static void boilerplate_may_be_a_text_alone(void **state) {
  const pk_office *office =
      build(*state, "name: Drina\nboilerplate: {en: It keeps people in touch., sr-Latn: Spaja.}\n");
  assert_string_equal(office->boilerplate.in[PK_LANG_SR_LATN], "Spaja.");
}

static void faults_are_told_at_their_place(void **state) {
  spec_kit *kit = *state;
  assert_null(build(kit, "nmae: Drina\nlogo: gone.svg\ncontacts: {media: {phnoe: 1}}\naddress: {sr: [a]}\n"));
  spec_kit_expect_hints(kit, "office.yaml:2:1: error[unknown-field]: there is no field of office 'nmae'\n"
                             "  did you mean 'name'?\n"
                             "office.yaml:3:7: error[file-missing]: there is no file 'gone.svg'\n"
                             "office.yaml:4:20: error[unknown-field]: there is no field of contact 'phnoe'\n"
                             "  did you mean 'phone'?\n"
                             "office.yaml:5:11: error[unknown-language]: there is no language 'sr'\n"
                             "  Serbian is sr-Latn in Latin letters, sr-Cyrl in Cyrillic ones\n"
                             "office.yaml:1:1: error[missing-field]: 'name' is missing from office\n"
                             "  name: The name of the office.\n");
}

static void logo_that_is_a_folder_is_told(void **state) {
  spec_kit *kit = *state;
  spec_kit_folder(kit, "art");
  assert_null(build(kit, "name: Drina\nlogo: art\n"));
  spec_kit_expect(kit, "office.yaml:3:7: error[file-unreadable]: 'art' is a folder\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      SPEC_TEST(office_is_read),
      SPEC_TEST(empty_fields_are_as_if_left_out),
      SPEC_TEST(boilerplate_may_be_a_text_alone),
      SPEC_TEST(faults_are_told_at_their_place),
      SPEC_TEST(logo_that_is_a_folder_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
