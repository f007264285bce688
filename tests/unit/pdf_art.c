/* Pictures in a PDF: made once, placed often, in the colours of the edition. */
#include "pdf_support.h"

#include <cairo.h>

#include "base/deflate.h"
#include "base/store.h"

static const char drawing[] =
    "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20' viewBox='0 0 40 20'>"
    "<defs><linearGradient id='g'><stop offset='0' stop-color='#003087'/><stop offset='1' stop-color='#fff'/>"
    "</linearGradient></defs>"
    "<rect width='20' height='20' fill='#003087'/><rect x='20' width='20' height='10' fill='url(#g)'/>"
    "<circle cx='30' cy='15' r='4' fill='#cc0000' opacity='.5'/></svg>";

static char *write_file(const char *name, const void *data, size_t size) {
  g_autofree char *path = NULL;
  int handle = g_file_open_tmp("presskit-art-XXXXXX", &path, NULL);
  assert_true(handle >= 0);
  g_close(handle, NULL);
  g_unlink(path);
  char *full = g_strconcat(path, name, NULL);
  assert_true(g_file_set_contents(full, data, (gssize)size, NULL));
  return full;
}

static const pk_art *load(fixture *f, char *path) {
  pk_art_store *store = pk_art_store_new(&f->job);
  const pk_art *art = NULL;
  assert_int_equal(pk_art_load(&f->job, store, path, PK_SPAN_NONE, &art), PK_OK);
  g_unlink(path);
  g_free(path);
  return art;
}

static const pk_art *load_drawing(fixture *f) {
  return load(f, write_file(".svg", drawing, sizeof drawing - 1));
}

/* 12 x 8 pixels, the left half red, the right half see-through. */
static const pk_art *load_photo(fixture *f) {
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 12, 8);
  cairo_t *cairo = cairo_create(surface);
  cairo_set_source_rgb(cairo, 1, 0, 0);
  cairo_rectangle(cairo, 0, 0, 6, 8);
  cairo_fill(cairo);
  cairo_destroy(cairo);
  char *path = write_file(".png", "", 0);
  assert_int_equal(cairo_surface_write_to_png(surface, path), CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy(surface);
  return load(f, path);
}

static void add_art(fixture *f, const pk_art *art, pk_rect rect) {
  pk_draw draw = {.kind = PK_DRAW_ART, .tag = 2};
  draw.art.art = art;
  draw.art.rect = rect;
  g_array_append_val(f->draws, draw);
}

static size_t count_of(const char *text, const char *what) {
  size_t count = 0;
  for (const char *at = text; (at = strstr(at, what)); at++) count++;
  return count;
}

static void pdf_drawing_is_one_form_on_all_pages(void **state) {
  fixture *f = *state;
  const pk_art *art = load_drawing(f);
  for (int i = 0; i < 3; i++) {
    add_art(f, art, (pk_rect){40, 40, 80, 40});
    add_art(f, art, (pk_rect){200, 40, 40, 20});
    end_page(f, NULL);
  }
  g_autofree char *screen = plain_pdf(f, PK_EDITION_SCREEN);
  assert_int_equal(count_of(screen, "/X1 Do"), 6);
  assert_null(strstr(screen, "/X2"));
  g_autofree char *check = TOOL(f, PK_EDITION_SCREEN, "qpdf", "--check", "%");
  assert_non_null(strstr(check, "No syntax"));
}

/* Of the third copy on, drawing, page and fonts come from the store of the run. */
static void pdf_of_a_run_is_that_of_a_document_alone(void **state) {
  fixture *f = *state;
  static const char plain[] = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>"
                              "<rect width='20' height='20' fill='#003087' opacity='.5'/></svg>";
  add_art(f, load(f, write_file(".svg", plain, sizeof plain - 1)), (pk_rect){40, 40, 80, 40});
  add_art(f, load_drawing(f), (pk_rect){200, 40, 40, 20});
  draw_text(f, &(setting){.face = face_new(f->job.arena, FONT_SERIF), .size = 10, .scale_x = 1}, "A drawing", 0, 9, 40,
            200);
  end_page(f, NULL);
  pk_worker worker = {.store = pk_store_new(1 << 20)};
  pk_arena_defer(f->job.arena, (GDestroyNotify)pk_store_drop, worker.store);
  for (pk_edition edition = PK_EDITION_PRESS; edition <= PK_EDITION_OFFICE; edition++) {
    const uint8_t *alone, *data;
    size_t alone_size, size;
    f->job.worker = NULL;
    assert_int_equal(build_pdf(f, edition, &alone, &alone_size), PK_OK);
    f->job.worker = &worker;
    for (worker.document = 1; worker.document <= 4; worker.document++) {
      assert_int_equal(build_pdf(f, edition, &data, &size), PK_OK);
      assert_int_equal(size, alone_size);
      assert_memory_equal(data, alone, size);
    }
  }
  pk_packer_drop(worker.packer);
}

static void pdf_drawing_in_press_has_no_rgb(void **state) {
  fixture *f = *state;
  add_art(f, load_drawing(f), (pk_rect){40, 40, 80, 40});
  g_autofree char *press = plain_pdf(f, PK_EDITION_PRESS);
  assert_null(strstr(press, "DeviceRGB"));
  assert_null(strstr(press, " rg\n"));
  assert_null(strstr(press, " RG\n"));
  assert_non_null(strstr(press, "1 0.72 0 0.18 k") ? press : strstr(press, "1 .72 0 .18 k"));
}

static void pdf_photo_is_an_image_with_a_mask(void **state) {
  fixture *f = *state;
  const pk_art *art = load_photo(f);
  add_art(f, art, (pk_rect){40, 40, 120, 80});
  end_page(f, NULL);
  add_art(f, art, (pk_rect){40, 40, 60, 40});
  g_autofree char *images = TOOL(f, PK_EDITION_SCREEN, "pdfimages", "-list", "%");
  assert_int_equal(count_of(images, "image      12"), 2);
  assert_int_equal(count_of(images, "smask      12"), 2);
  g_autofree char *plain = plain_pdf(f, PK_EDITION_SCREEN);
  assert_int_equal(count_of(plain, "/Subtype /Image"), 2); /* the picture and its mask, once each */
  g_autofree char *press = TOOL(f, PK_EDITION_PRESS, "pdfimages", "-list", "%");
  assert_non_null(strstr(press, "cmyk"));
}

/* The colour that poppler paints at a point, as "#rrggbb". */
static char *colour_at(fixture *f, pk_edition edition, unsigned x, unsigned y) {
  g_autofree char *left = g_strdup_printf("%u", x), *top = g_strdup_printf("%u", y);
  char *out = TOOL(f, edition, "sh", "-c",
                   "pdftoppm -r 72 -x \"$1\" -y \"$2\" -W 1 -H 1 \"$0\" | tail -c 3 | od -An -tx1", "%", left, top);
  GString *colour = g_string_new("#");
  for (const char *at = out; *at; at++)
    if (g_ascii_isxdigit(*at)) g_string_append_c(colour, *at);
  g_free(out);
  return g_string_free(colour, FALSE);
}

static void pdf_pictures_stand_where_the_list_says(void **state) {
  fixture *f = *state;
  add_art(f, load_drawing(f), (pk_rect){40, 40, 80, 40});
  add_art(f, load_photo(f), (pk_rect){40, 100, 120, 80});
  g_autofree char *in_drawing = colour_at(f, PK_EDITION_SCREEN, 45, 45);
  g_autofree char *above_drawing = colour_at(f, PK_EDITION_SCREEN, 45, 37);
  g_autofree char *in_photo = colour_at(f, PK_EDITION_SCREEN, 60, 175);
  g_autofree char *in_clear_half = colour_at(f, PK_EDITION_SCREEN, 130, 140);
  assert_string_equal(in_drawing, "#003087");
  assert_string_equal(above_drawing, "#ffffff");
  assert_string_equal(in_photo, "#ff0000");
  assert_string_equal(in_clear_half, "#ffffff");
}

static void pdf_with_pictures_is_always_the_same(void **state) {
  fixture *f = *state;
  add_art(f, load_drawing(f), (pk_rect){40, 40, 80, 40});
  add_art(f, load_photo(f), (pk_rect){40, 100, 120, 80});
  const uint8_t *first, *second;
  size_t first_size, second_size;
  assert_int_equal(build_pdf(f, PK_EDITION_PRESS, &first, &first_size), PK_OK);
  assert_int_equal(build_pdf(f, PK_EDITION_PRESS, &second, &second_size), PK_OK);
  assert_int_equal(first_size, second_size);
  assert_memory_equal(first, second, first_size);
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_new, fixture_drop)
      TEST(pdf_of_a_run_is_that_of_a_document_alone), TEST(pdf_drawing_is_one_form_on_all_pages),
      TEST(pdf_drawing_in_press_has_no_rgb),          TEST(pdf_photo_is_an_image_with_a_mask),
      TEST(pdf_pictures_stand_where_the_list_says),   TEST(pdf_with_pictures_is_always_the_same),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
