/* What the file says of itself, its links, and that it is always the same. */
#include "pdf_support.h"

#include <libdeflate.h>

static const char *const keywords[] = {"partnership", "Дрина & Drina"};
static const pk_outline_entry outline[] = {
    {"Fifteen years", 1, 0, 40}, {"First steps", 2, 0, 200}, {"Учинак", 2, 1, 50}, {"Next", 1, 2, 40}};

static void describe(fixture *f) {
  f->list.title = "Партнерство <15>";
  f->list.author = "Drina Liaison Office";
  f->list.subject = "What the two sides built";
  f->list.keywords = keywords;
  f->list.keyword_count = 2;
  f->list.lang = PK_LANG_SR_CYRL;
}

static void draw_pages(fixture *f, size_t count) {
  static const char *const labels[] = {"1", "2", "3", "4", "5"};
  setting s = {.face = face_new(f->job.arena, FONT_SERIF), .size = 11};
  for (size_t i = 0; i < count; i++) {
    draw_all(f, &s, "Partners on the same page", 40, 60);
    end_page(f, labels[i]);
  }
}

static void pdf_same_list_gives_same_bytes(void **state) {
  fixture *f = *state;
  describe(f);
  draw_pages(f, 3);
  f->list.outline = outline;
  f->list.outline_count = 4;
  const uint8_t *first, *second;
  size_t first_size, second_size;
  assert_int_equal(build_pdf(f, PK_EDITION_SCREEN, &first, &first_size), PK_OK);
  assert_int_equal(build_pdf(f, PK_EDITION_SCREEN, &second, &second_size), PK_OK);
  assert_int_equal(first_size, second_size);
  assert_memory_equal(first, second, first_size);
}

/* Both halves are the digest of the file as it was before it had one. */
static void pdf_identifier_is_that_of_the_content(void **state) {
  fixture *f = *state;
  draw_pages(f, 1);
  for (pk_edition edition = PK_EDITION_PRESS; edition <= PK_EDITION_SCREEN; edition++) {
    const uint8_t *data;
    size_t size;
    assert_int_equal(build_pdf(f, edition, &data, &size), PK_OK);
    g_autofree uint8_t *copy = g_memdup2(data, size);
    uint8_t *id = memmem(copy, size, "/ID [<", 6);
    assert_non_null(id);
    g_autofree char *first = g_strndup((char *)id + 6, 32), *second = g_strndup((char *)id + 40, 32);
    assert_string_equal(first, second);
    memcpy(id + 6, "31415926535897932384626433832795", 32);
    memcpy(id + 40, "31415926535897932384626433832795", 32);
    char digest[PK_DIGEST_HEX + 1];
    pk_digest_print(pk_digest_of(copy, size), digest);
    assert_string_equal(first, digest);
  }
}

static void pdf_passes_the_check_of_qpdf(void **state) {
  fixture *f = *state;
  describe(f);
  draw_pages(f, 3);
  f->list.outline = outline;
  f->list.outline_count = 4;
  g_autofree char *screen = TOOL(f, PK_EDITION_SCREEN, "qpdf", "--check", "%");
  assert_non_null(strstr(screen, "No syntax or stream encoding errors found"));
  g_autofree char *press = TOOL(f, PK_EDITION_PRESS, "qpdf", "--check", "%");
  assert_non_null(strstr(press, "No syntax or stream encoding errors found"));
}

/* libqpdf must not compress again what libdeflate did, and leave XMP plain. */
static void pdf_streams_are_written_as_they_were_packed(void **state) {
  fixture *f = *state;
  add_rect(f, 1, 1, 1, (pk_rect){10, 10, 20, 20});
  static const char content[] = "1 .72 0 .18 k\n19 574 20 20 re f\n";
  uint8_t packed[256];
  struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(6);
  size_t packed_size = libdeflate_zlib_compress(compressor, content, sizeof content - 1, packed, sizeof packed);
  libdeflate_free_compressor(compressor);
  const uint8_t *data;
  size_t size;
  assert_int_equal(build_pdf(f, PK_EDITION_PRESS, &data, &size), PK_OK);
  assert_non_null(memmem(data, size, packed, packed_size));
  assert_non_null(memmem(data, size, "<x:xmpmeta", 10));
}

static void pdf_tells_title_author_dates_and_language(void **state) {
  fixture *f = *state;
  describe(f);
  draw_pages(f, 1);
  g_autofree char *info = TOOL(f, PK_EDITION_SCREEN, "pdfinfo", "-isodates", "%");
  assert_non_null(strstr(info, "Партнерство <15>"));
  assert_non_null(strstr(info, "Drina Liaison Office"));
  assert_non_null(strstr(info, "partnership, Дрина & Drina"));
  assert_non_null(strstr(info, "2021-06-26T06:00:00Z"));
  assert_non_null(strstr(info, "presskit "));
  g_autofree char *xmp = TOOL(f, PK_EDITION_SCREEN, "pdfinfo", "-meta", "%");
  assert_non_null(strstr(xmp, "Партнерство &lt;15&gt;"));
  assert_non_null(strstr(xmp, "<rdf:li>Дрина &amp; Drina</rdf:li>"));
  assert_non_null(strstr(xmp, "<dc:language><rdf:Bag><rdf:li>sr-Cyrl</rdf:li>"));
  assert_non_null(strstr(xmp, "<xmp:CreateDate>2021-06-26T06:00:00Z"));
  g_autofree char *json = TOOL(f, PK_EDITION_SCREEN, "qpdf", "--json", "%");
  assert_non_null(strstr(json, "\"/Lang\": \"u:sr-Cyrl\""));
  assert_non_null(strstr(json, "\"/DisplayDocTitle\": true"));
  assert_non_null(strstr(json, "/PageLabels"));
  g_autofree char *press = TOOL(f, PK_EDITION_PRESS, "qpdf", "--json", "%");
  assert_null(strstr(press, "/PageLabels"));
}

static void pdf_title_with_control_characters_gives_valid_xmp(void **state) {
  fixture *f = *state;
  draw_pages(f, 1);
  f->list.title = "One\x01two\nthree \xEF\xBF\xBF]]>";
  g_autofree char *xmp = TOOL(f, PK_EDITION_SCREEN, "pdfinfo", "-meta", "%");
  assert_non_null(strstr(xmp, "One two three ]]&gt;"));
}

static void pdf_outline_leads_to_headings(void **state) {
  fixture *f = *state;
  draw_pages(f, 3);
  f->list.outline = outline;
  f->list.outline_count = 4;
  g_autofree char *json = TOOL(f, PK_EDITION_SCREEN, "qpdf", "--json", "--json-key=outlines", "%");
  const char *first = strstr(json, "\"title\": \"Fifteen years\""), *deep = strstr(json, "\"title\": \"Учинак\"");
  assert_non_null(first);
  assert_non_null(deep);
  assert_non_null(strstr(json, "\"title\": \"Next\""));
  assert_non_null(strstr(json, "\"destpageposfrom1\": 3"));
}

static void pdf_selected_pages_keep_their_labels(void **state) {
  fixture *f = *state;
  draw_pages(f, 5);
  f->list.outline = outline;
  f->list.outline_count = 4;
  static const size_t chosen[] = {1, 2, 4};
  f->chosen = chosen;
  f->chosen_count = 3;
  g_autofree char *json = TOOL(f, PK_EDITION_SCREEN, "qpdf", "--json", "--json-key=pages", "--json-key=outlines", "%");
  for (const char *const *label = (const char *const[]){"2", "3", "5", NULL}; *label; label++) {
    g_autofree char *start = g_strdup_printf("\"/St\": %s", *label);
    if (strcmp(*label, "3") != 0) assert_non_null(strstr(json, start)); /* 3 goes on from 2 */
  }
  assert_null(strstr(json, "Fifteen years")); /* on a page that is left out */
  assert_non_null(strstr(json, "Учинак"));
}

static void pdf_link_is_one_annotation_a_line(void **state) {
  fixture *f = *state;
  setting s = {.face = face_new(f->job.arena, FONT_SERIF), .size = 11, .href = "https://drina.example/везa"};
  static const char text[] = "See the page of the office";
  double width = draw_text(f, &s, text, 0, 4, 40, 60);
  draw_text(f, &s, text, 4, 12, 40 + width, 60);
  draw_text(f, &s, text, 13, sizeof text - 1, 40, 74);
  s.href = "mailto:press@drina.example";
  draw_text(f, &s, text, 0, 3, 40, 90);
  g_autofree char *content = plain_pdf(f, PK_EDITION_SCREEN);
  size_t count = 0;
  for (const char *at = content; (at = strstr(at, "/Subtype /Link")); at++) count++;
  assert_int_equal(count, 3);
  assert_non_null(strstr(content, "(https://drina.example/%D0%B2%D0%B5%D0%B7a)"));
  assert_non_null(strstr(content, "(mailto:press@drina.example)"));
  assert_null(strstr(content, "/URI ()"));
}

static void pdf_link_of_another_kind_is_a_warning(void **state) {
  fixture *f = *state;
  setting s = {.face = face_new(f->job.arena, FONT_SERIF), .size = 11, .href = "file:///etc/passwd"};
  draw_all(f, &s, "here", 40, 60);
  g_autofree char *content = plain_pdf(f, PK_EDITION_SCREEN);
  assert_null(strstr(content, "/Annot"));
  assert_int_equal(pk_diag_count(f->job.diag, PK_WARNING), 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_new, fixture_drop)
      TEST(pdf_same_list_gives_same_bytes),
      TEST(pdf_identifier_is_that_of_the_content),
      TEST(pdf_passes_the_check_of_qpdf),
      TEST(pdf_streams_are_written_as_they_were_packed),
      TEST(pdf_tells_title_author_dates_and_language),
      TEST(pdf_title_with_control_characters_gives_valid_xmp),
      TEST(pdf_outline_leads_to_headings),
      TEST(pdf_selected_pages_keep_their_labels),
      TEST(pdf_link_is_one_annotation_a_line),
      TEST(pdf_link_of_another_kind_is_a_warning),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
