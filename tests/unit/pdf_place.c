/* Where things stand on the page, as other readers see it. */
#include "pdf_support.h"

#include <stdlib.h>

/* The left edges of the words that pdftotext finds, in its order. */
static GArray *word_edges(const char *boxes) {
  GArray *edges = g_array_new(FALSE, FALSE, sizeof(double));
  for (const char *at = boxes; (at = strstr(at, "<word xMin=\""));) {
    at += strlen("<word xMin=\"");
    double edge = g_ascii_strtod(at, NULL);
    g_array_append_val(edges, edge);
  }
  return edges;
}

/* Thirty words of a letter each, so that every word's edge is a glyph's place. */
static double worst_drift(fixture *f, const setting *s, double x) {
  draw_all(f, s, "a b c d e f g h i j k l m n o p q r s t u v w x y z V A W", x, 100);
  g_autofree char *boxes = TOOL(f, PK_EDITION_SCREEN, "pdftotext", "-bbox", "%", "-");
  GArray *edges = word_edges(boxes);
  assert_int_equal(edges->len, 29);
  double worst = 0;
  for (guint i = 0; i < edges->len; i++) {
    double wanted = x + (double)f->list.pages[0].draws[0].glyphs.glyphs[2 * i].x;
    worst = MAX(worst, fabs(g_array_index(edges, double, i) - wanted));
  }
  g_array_unref(edges);
  g_array_set_size(f->pages, 0);
  return worst;
}

static void pdf_glyphs_stand_within_a_hundredth_of_a_point(void **state) {
  fixture *f = *state;
  f->list.width = 4000;
  const pk_face *face = face_new(f->job.arena, FONT_SERIF);
  static const double sizes[] = {6.5, 8, 9.3, 11, 13.37, 26.4, 54.321};
  static const double scales[] = {1, .9834, 1.021};
  for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
    for (size_t n = 0; n < G_N_ELEMENTS(scales); n++) {
      setting s = {.face = face, .size = sizes[i], .scale_x = scales[n], .stretch = 1.23456 * sizes[i] / 10};
      s.tracking = n == 1 ? .0777 : 0;
      double drift = worst_drift(f, &s, 40.12345);
      if (drift >= .01) fail_msg("%g pt at %g %%: %g pt off", sizes[i], scales[n] * 100, drift);
    }
  }
}

static void pdf_press_page_has_its_bleed_around_the_trim(void **state) {
  fixture *f = *state;
  setting s = {.face = face_new(f->job.arena, FONT_SERIF), .size = 11};
  draw_all(f, &s, "Corner", 0, 11);
  g_autofree char *boxes = TOOL(f, PK_EDITION_PRESS, "pdfinfo", "-box", "%");
  assert_non_null(strstr(boxes, "MediaBox:            0.00     0.00   438.00   613.00"));
  assert_non_null(strstr(boxes, "BleedBox:            0.00     0.00   438.00   613.00"));
  assert_non_null(strstr(boxes, "TrimBox:             9.00     9.00   429.00   604.00"));
  g_autofree char *words = TOOL(f, PK_EDITION_PRESS, "pdftotext", "-bbox", "%", "-");
  assert_non_null(strstr(words, "xMin=\"9.000000\""));
}

static void pdf_screen_page_is_the_trim(void **state) {
  fixture *f = *state;
  setting s = {.face = face_new(f->job.arena, FONT_SERIF), .size = 11};
  draw_all(f, &s, "Corner", 0, 11);
  g_autofree char *boxes = TOOL(f, PK_EDITION_SCREEN, "pdfinfo", "-box", "%");
  assert_non_null(strstr(boxes, "MediaBox:            0.00     0.00   420.00   595.00"));
  assert_non_null(strstr(boxes, "TrimBox:             0.00     0.00   420.00   595.00"));
}

static void pdf_press_draws_inks_in_cmyk_and_spot(void **state) {
  fixture *f = *state;
  setting s = {.face = face_new(f->job.arena, FONT_SERIF), .size = 11};
  draw_all(f, &s, "Black", 40, 60);
  add_rect(f, 0, 1, .5, (pk_rect){0, 0, 420, 20});
  add_rect(f, 0, 2, .25, (pk_rect){0, 20, 420, 5});
  g_autofree char *content = plain_pdf(f, PK_EDITION_PRESS);
  assert_non_null(strstr(content, "\n0 0 0 1 k\n"));
  assert_non_null(strstr(content, "\n.5 .36 0 .09 k\n9 584 420 20 re f\n"));
  assert_non_null(strstr(content, "\n/S2 cs .25 scn\n9 579 420 5 re f\n"));
  assert_non_null(strstr(content, "/Office#20Gold"));
  assert_null(strstr(content, " rg\n"));
  assert_null(strstr(content, "DeviceRGB"));
}

static void pdf_screen_draws_inks_in_their_screen_colour(void **state) {
  fixture *f = *state;
  add_rect(f, 0, 1, .5, (pk_rect){0, 0, 420, 20});
  add_rect(f, 0, 2, 1, (pk_rect){0, 20, 420, 5});
  g_autofree char *content = plain_pdf(f, PK_EDITION_SCREEN);
  assert_non_null(strstr(content, "\n.5 .5941 .7647 rg\n0 575 420 20 re f\n.8 .6 .3 rg\n"));
  assert_non_null(strstr(content, "/Artifact<</Type/Layout>>BDC\n"));
  assert_null(strstr(content, " k\n"));
}

/* What is set already is not set again. */
static void pdf_state_is_written_once(void **state) {
  fixture *f = *state;
  setting s = {.face = face_new(f->job.arena, FONT_SERIF), .size = 11};
  draw_all(f, &s, "one", 40, 60);
  draw_all(f, &s, "two", 40, 74);
  draw_all(f, &s, "three", 40, 88);
  g_autofree char *content = plain_pdf(f, PK_EDITION_PRESS);
  const char *font = strstr(content, "/F1 11 Tf"), *ink = strstr(content, "0 0 0 1 k"), *text = strstr(content, "BT\n");
  assert_non_null(font);
  assert_null(strstr(font + 1, "/F1 11 Tf"));
  assert_null(strstr(ink + 1, "0 0 0 1 k"));
  assert_null(strstr(text + 1, "BT\n"));
  assert_non_null(strstr(content, "\n0 -14 Td\n"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_new, fixture_drop)
      TEST(pdf_glyphs_stand_within_a_hundredth_of_a_point),
      TEST(pdf_press_page_has_its_bleed_around_the_trim),
      TEST(pdf_screen_page_is_the_trim),
      TEST(pdf_press_draws_inks_in_cmyk_and_spot),
      TEST(pdf_screen_draws_inks_in_their_screen_colour),
      TEST(pdf_state_is_written_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
