/* What a reader gets back out of the text of a PDF. */
#include "pdf_support.h"

/* Letters that a copy or a search must find, whatever the glyphs. */
static void pdf_text_comes_back_as_written(void **state) {
  fixture *f = *state;
  setting s = {.face = face_new(f->job.arena, FONT_SERIF), .size = 11};
  draw_all(f, &s, "The office and its first affairs, efficient to the final flourish.", 40, 60);
  draw_all(f, &s, "Канцеларија за везу Дрина: љубав, њива, џак, ђердан, ћуп.", 40, 80);
  g_autofree char *text = TOOL(f, PK_EDITION_SCREEN, "pdftotext", "%", "-");
  assert_non_null(strstr(text, "The office and its first affairs, efficient to the final flourish."));
  assert_non_null(strstr(text, "Канцеларија за везу Дрина: љубав, њива, џак, ђердан, ћуп."));
}

static void pdf_ligature_comes_back_as_letters(void **state) {
  fixture *f = *state;
  setting s = {.face = face_new(f->job.arena, FONT_SERIF), .size = 11, .features = "dlig=1"};
  draw_all(f, &s, "fi fj ffi ff fl Th", 40, 60);
  const pk_draw *draw = &g_array_index(f->draws, pk_draw, 0);
  assert_true(draw->glyphs.glyph_count < strlen(draw->glyphs.text));
  g_autofree char *text = TOOL(f, PK_EDITION_SCREEN, "pdftotext", "%", "-");
  assert_non_null(strstr(text, "fi fj ffi ff fl Th"));
}

static const char broken[] = "The office has a long partnership with all neighbours and a well-known one, "
                             "described at https://example.org/partners/neighbours as such.";

/* Sets `broken` with line ends after these words or parts of words. */
static void draw_broken(fixture *f, setting *s) {
  static const char *const ends[] = {"partner", "neighbours and a well-", "example.org/partners/", "such."};
  uint32_t start = 0;
  for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
    uint32_t end = (uint32_t)(strstr(broken + start, ends[i]) - broken + (ptrdiff_t)strlen(ends[i]));
    s->adds_hyphen = i == 0;
    draw_text(f, s, broken, start, end, 40, 60 + 14 * (double)i);
    start = end;
  }
}

static void pdf_hyphenated_word_comes_back_whole(void **state) {
  fixture *f = *state;
  setting s = {.face = face_new(f->job.arena, FONT_SERIF), .size = 11};
  draw_broken(f, &s);
  const uint8_t *data;
  size_t size;
  assert_int_equal(build_pdf(f, PK_EDITION_SCREEN, &data, &size), PK_OK);
  g_autofree char *flowing = TOOL(f, PK_EDITION_SCREEN, "pdftotext", "%", "-");
  g_autofree char *laid_out = TOOL(f, PK_EDITION_SCREEN, "pdftotext", "-layout", "%", "-");
  g_autofree char *raw = TOOL(f, PK_EDITION_SCREEN, "pdftotext", "-raw", "%", "-");
  char *const texts[] = {flowing, laid_out, raw};
  for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
    assert_non_null(strstr(texts[i], "a long partnership\n"));
    assert_non_null(strstr(texts[i], "a well-known\n"));
    assert_non_null(strstr(texts[i], "at https://example.org/partners/neighbours\n"));
    assert_non_null(strstr(texts[i], "with all neighbours"));
    assert_non_null(strstr(texts[i], "one, described"));
    assert_null(strstr(texts[i], "\nship"));
  }
}

static void pdf_word_broken_over_pages_comes_back_whole(void **state) {
  fixture *f = *state;
  setting s = {.face = face_new(f->job.arena, FONT_SERIF), .size = 11, .adds_hyphen = true};
  static const char text[] = "a partnership grows";
  draw_text(f, &s, text, 0, 9, 40, 60);
  end_page(f, NULL);
  s.adds_hyphen = false;
  draw_text(f, &s, text, 9, sizeof text - 1, 40, 60);
  g_autofree char *out = TOOL(f, PK_EDITION_SCREEN, "pdftotext", "%", "-");
  assert_non_null(strstr(out, "a partnership\n"));
  assert_non_null(strstr(out, "\fgrows"));
}

/* A footer is one text on all pages. */
static void pdf_text_drawn_again_breaks_its_words_again(void **state) {
  fixture *f = *state;
  setting s = {.face = face_new(f->job.arena, FONT_SERIF), .size = 11};
  static const char text[] = "a partnership grows";
  for (int i = 0; i < 2; i++) {
    s.adds_hyphen = true;
    draw_text(f, &s, text, 0, 9, 40, 60);
    s.adds_hyphen = false;
    draw_text(f, &s, text, 9, sizeof text - 1, 40, 74);
    end_page(f, NULL);
  }
  g_autofree char *out = TOOL(f, PK_EDITION_SCREEN, "pdftotext", "%", "-");
  assert_string_equal(out, "a partnership\ngrows\n\n\fa partnership\ngrows\n\n\f");
}

/* A word that goes on where this file does not ends in a soft hyphen. */
static void pdf_hyphen_without_its_rest_is_soft(void **state) {
  fixture *f = *state;
  setting s = {.face = face_new(f->job.arena, FONT_SERIF), .size = 11, .adds_hyphen = true};
  draw_text(f, &s, "a partnership grows", 0, 9, 40, 60);
  g_autofree char *out = TOOL(f, PK_EDITION_SCREEN, "pdftotext", "%", "-");
  assert_non_null(strstr(out, "a partner\u00AD"));
}

/* One glyph for two letters in turn, and letters that are drawn as others. */
static void pdf_small_capitals_keep_their_case(void **state) {
  fixture *f = *state;
  setting s = {.face = face_new(f->job.arena, FONT_SERIF), .size = 11};
  s.features = "smcp=1";
  draw_all(f, &s, "office drina", 40, 60);
  s.features = "c2sc=1";
  draw_all(f, &s, "OFFICE DRINA", 40, 80);
  g_autofree char *out = TOOL(f, PK_EDITION_SCREEN, "pdftotext", "%", "-");
  assert_non_null(strstr(out, "office drina"));
  assert_non_null(strstr(out, "OFFICE DRINA"));
}

static void pdf_no_break_space_is_a_space_and_soft_hyphen_nothing(void **state) {
  fixture *f = *state;
  setting s = {.face = face_new(f->job.arena, FONT_SERIF), .size = 11};
  draw_all(f, &s, "from 26\u00A0June on, part\u00ADner\u00ADship", 40, 60);
  g_autofree char *out = TOOL(f, PK_EDITION_SCREEN, "pdftotext", "%", "-");
  assert_non_null(strstr(out, "from 26 June on, partnership"));
}

static void pdf_accents_of_several_glyphs_come_back(void **state) {
  fixture *f = *state;
  setting s = {.face = face_new(f->job.arena, FONT_SERIF), .size = 11};
  draw_all(f, &s, "вла\u0301да и ра\u0301т", 40, 60);
  g_autofree char *out = TOOL(f, PK_EDITION_SCREEN, "pdftotext", "%", "-");
  assert_non_null(strstr(out, "вла\u0301да и ра\u0301т"));
}

/* Visual order on the page, reading order in the text. The letters stand in for
 * a script from right to left, which the faces of the project do not hold. */
static void pdf_run_from_right_to_left_is_written_in_reading_order(void **state) {
  fixture *f = *state;
  setting s = {.face = face_new(f->job.arena, FONT_SERIF), .size = 11, .is_rtl = true};
  static const char text[] = "abc";
  draw_all(f, &s, text, 40, 60);
  pk_draw *draw = &g_array_index(f->draws, pk_draw, 0);
  pk_glyph *glyphs = pk_arena_dup(f->job.arena, draw->glyphs.glyphs, 3 * sizeof(pk_glyph));
  for (uint32_t i = 0; i < 3; i++) glyphs[i].cluster = 2 - i;
  draw->glyphs.glyphs = glyphs; /* on the page: "abc" from left to right stands for "cba" */
  g_autofree char *boxes = TOOL(f, PK_EDITION_SCREEN, "pdftotext", "-bbox", "%", "-");
  assert_non_null(strstr(boxes, "xMin=\"40.0"));
  /* The glyphs were numbered a = 1, b = 2, c = 3 and the text is "cba". */
  g_autofree char *out = plain_pdf(f, PK_EDITION_SCREEN);
  const char *third = strstr(out, "<0003>"), *second = third ? strstr(third, "<0002>") : NULL;
  assert_non_null(second);
  assert_non_null(strstr(second, "<0001>"));
}

static void pdf_fonts_are_embedded_subsets_with_unicode(void **state) {
  fixture *f = *state;
  setting roman = {.face = face_new(f->job.arena, FONT_SERIF), .size = 11};
  setting italic = {.face = face_new(f->job.arena, FONT_ITALIC), .size = 11};
  draw_all(f, &roman, "Partnership", 40, 60);
  draw_all(f, &italic, "and trust", 140, 60);
  g_autofree char *out = TOOL(f, PK_EDITION_SCREEN, "pdffonts", "%");
  assert_non_null(strstr(out, "+SourceSerif4-Regular"));
  assert_non_null(strstr(out, "+SourceSerif4-It"));
  g_auto(GStrv) lines = g_strsplit(out, "\n", -1);
  for (size_t i = 2; i < 4; i++) {
    assert_non_null(strstr(lines[i], "Identity-H"));
    assert_non_null(strstr(lines[i], "yes yes yes"));
  }
}

static void pdf_face_that_may_not_be_embedded_is_an_error(void **state) {
  fixture *f = *state;
  pk_face *face = face_new(f->job.arena, FONT_SERIF);
  face->may_embed = false;
  setting s = {.face = face, .size = 11};
  draw_all(f, &s, "Partnership", 40, 60);
  const uint8_t *data = NULL;
  size_t size = 0;
  assert_int_equal(build_pdf(f, PK_EDITION_SCREEN, &data, &size), PK_FAILED);
  assert_null(data);
  size_t count;
  const pk_diagnostic *const *raised = pk_diag_list(f->job.diag, &count);
  assert_int_equal(count, 1);
  assert_int_equal(raised[0]->code, PK_CODE_FONT_NOT_EMBEDDABLE);
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_new, fixture_drop)
      TEST(pdf_text_comes_back_as_written),
      TEST(pdf_ligature_comes_back_as_letters),
      TEST(pdf_hyphenated_word_comes_back_whole),
      TEST(pdf_word_broken_over_pages_comes_back_whole),
      TEST(pdf_text_drawn_again_breaks_its_words_again),
      TEST(pdf_hyphen_without_its_rest_is_soft),
      TEST(pdf_small_capitals_keep_their_case),
      TEST(pdf_no_break_space_is_a_space_and_soft_hyphen_nothing),
      TEST(pdf_accents_of_several_glyphs_come_back),
      TEST(pdf_run_from_right_to_left_is_written_in_reading_order),
      TEST(pdf_fonts_are_embedded_subsets_with_unicode),
      TEST(pdf_face_that_may_not_be_embedded_is_an_error),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
