/* Drawings: nothing from outside is read, bombs end, PDF is the same every time
 * and holds no RGB for the press. */
#include "art_fixture.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>

#define SVG                                                                                                            \
  "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' "                                \
  "xmlns:xi='http://www.w3.org/2001/XInclude' width='100' height='100'>"

/* librsvg loses the values of a document's entities when it gives up on it. */
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
  return "leak:xmlParseEntityValue";
}

static const pk_art_ink blue = {{0, 0x30 / 255.0, 0x87 / 255.0}, {1, 0.72, 0, 0.18}, NULL, NULL};
static const pk_art_colours press = {.is_press = true, .inks = &blue, .ink_count = 1}, screen = {0};

static uint8_t red(unsigned x, unsigned y, unsigned c) {
  return (void)x, (void)y, c == 0 ? 255 : 0;
}

static pk_status paint(fixture *f, const pk_art *art, cairo_surface_t **out) {
  *out = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 75, 75);
  cairo_t *cairo = cairo_create(*out);
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_paint(cairo);
  pk_status status = pk_art_paint(&f->job, art, NULL, cairo, 75, 75);
  cairo_destroy(cairo);
  return status;
}

static void drawing_is_painted(void **state) {
  fixture *f = *state;
  cairo_surface_t *page;
  const char *path = fixture_text(f, "a.svg", SVG "<rect width='50' height='50' fill='#003087'/></svg>");
  assert_int_equal(paint(f, assert_loaded(f, path), &page), PK_OK);
  assert_true(is_near(pixel_at(page, 10, 10), 0x003087, 2));
  assert_true(is_near(pixel_at(page, 60, 60), 0xFFFFFF, 2));
  cairo_surface_destroy(page);
}

/* Whatever is drawn from outside would leave a mark on the page. */
static void assert_draws_nothing(fixture *f, const char *path) {
  const pk_art *art = NULL;
  if (fixture_load(f, path, &art) != PK_OK) return; /* refused whole is as good */
  cairo_surface_t *page;
  if (paint(f, art, &page) == PK_OK)
    for (int y = 0; y < 75; y++)
      for (int x = 0; x < 75; x++) assert_int_equal(pixel_at(page, x, y), 0xFFFFFF);
  cairo_surface_destroy(page);
}

static void nothing_outside_the_file_is_read(void **state) {
  fixture *f = *state;
  make_png(f, "red.png", 4, 4, PNG_COLOR_TYPE_RGB, 8, 0, red);
  fixture_text(f, "red.svg", SVG "<rect id='red' width='100' height='100' fill='red'/></svg>");
  fixture_text(f, "red.css", "rect { fill: red }");
  fixture_text(f, "words.txt", "words that must not be seen");
  const char *const bodies[] = {
      "<image width='100' height='100' xlink:href='file://%1$s/red.png'/>",
      "<image width='100' height='100' xlink:href='%1$s/red.png'/>",
      "<image width='100' height='100' xlink:href='red.png'/>",
      "<image width='100' height='100' href='red.svg'/>",
      "<use xlink:href='red.svg#red'/>",
      "<use xlink:href='file://%1$s/red.svg#red'/>",
      "<style>@import url('file://%1$s/red.css');</style><rect width='90' height='90' fill='none'/>",
      "<text y='50'><xi:include parse='text' href='file://%1$s/words.txt'/></text>",
      "<text y='50'><xi:include parse='text' href='file:///etc/passwd'/></text>",
      "<image width='100' height='100' xlink:href='http://127.0.0.1:9/red.png'/>",
      "<filter id='f'><feImage xlink:href='file://%1$s/red.png'/></filter>"
      "<rect width='90' height='90' fill='white' filter='url(#f)'/>",
  };
  for (size_t i = 0; i < G_N_ELEMENTS(bodies); i++) {
    GString *text = g_string_new(SVG);
    g_string_append(text, bodies[i]);
    g_string_append(text, "</svg>");
    g_string_replace(text, "%1$s", f->folder, 0);
    assert_draws_nothing(f, fixture_text(f, pk_arena_printf(f->job.arena, "%zu.svg", i), text->str));
    g_string_free(text, TRUE);
  }
  char *entity = g_strdup_printf(
      "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file://%s/words.txt'>]>" SVG "<text y='50'>&x;</text></svg>", f->folder);
  assert_draws_nothing(f, fixture_text(f, "entity.svg", entity));
  g_free(entity);
}

static void bombs_come_to_an_end(void **state) {
  fixture *f = *state;
  GString *text = g_string_new("<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'>");
  for (char c = 'b'; c <= 'k'; c++) {
    g_string_append_printf(text, "<!ENTITY %c '", c);
    for (int i = 0; i < 10; i++) g_string_append_printf(text, "&%c;", c - 1);
    g_string_append(text, "'>");
  }
  g_string_append(text, "]>" SVG "<text>&k;</text></svg>");
  assert_refused(f, fixture_text(f, "entities.svg", text->str), "art-broken");

  /* Each group uses the one before it ten times over. */
  g_string_assign(text, SVG "<defs><rect id='g0' width='1' height='1'/>");
  for (int i = 1; i <= 12; i++) {
    g_string_append_printf(text, "<g id='g%d'>", i);
    for (int j = 0; j < 10; j++) g_string_append_printf(text, "<use xlink:href='#g%d'/>", i - 1);
    g_string_append(text, "</g>");
  }
  g_string_append(text, "</defs><use xlink:href='#g12'/></svg>");
  cairo_surface_t *page;
  assert_int_equal(paint(f, assert_loaded(f, fixture_text(f, "uses.svg", text->str)), &page), PK_FAILED);
  assert_string_equal(fixture_code(f), "art-broken");
  cairo_surface_destroy(page);

  g_string_assign(text, SVG);
  for (int i = 0; i < 20000; i++) g_string_append(text, "<g>");
  for (int i = 0; i < 20000; i++) g_string_append(text, "</g>");
  g_string_append(text, "</svg>");
  assert_refused(f, fixture_text(f, "deep.svg", text->str), "art-broken");
  g_string_free(text, TRUE);
}

static void monstrous_picture_inside_is_refused(void **state) {
  fixture *f = *state;
  static const uint8_t png[64] = "\x89PNG\r\n\x1A\n\0\0\0\15IHDR\0\0\xEA\x60\0\0\xEA\x60\10\2\0\0\0";
  g_autofree char *base64 = g_base64_encode(png, sizeof png);
  g_autofree char *text = g_strdup_printf(
      SVG "<image width='9' height='9' xlink:href='data:image/png;base64,\n%.10s&#10;%s'/></svg>", base64, base64 + 10);
  assert_refused(f, fixture_text(f, "a.svg", text), "art-too-large");
  assert_non_null(strstr(fixture_message(f), "60000 × 60000"));
}

/* ---- PDF ----------------------------------------------------------------- */

/* A drawing with every way to colour that Cairo knows. */
static const char *write_colourful(fixture *f) {
  const char *path = make_png(f, "red.png", 4, 4, PNG_COLOR_TYPE_RGB, 8, 0, red);
  char *data;
  gsize size;
  g_file_get_contents(path, &data, &size, NULL);
  g_autofree char *base64 = g_base64_encode((const guchar *)data, size);
  g_free(data);
  g_autofree char *text = g_strdup_printf(
      SVG "<defs><linearGradient id='g'><stop offset='0' stop-color='#003087'/><stop offset='.3' stop-color='#f80'/>"
          "<stop offset='1' stop-color='#00f'/></linearGradient>"
          "<radialGradient id='r' spreadMethod='repeat' r='.2'><stop offset='0' stop-color='#0f0'/>"
          "<stop offset='1' stop-color='#808080' stop-opacity='.3'/></radialGradient>"
          "<pattern id='p' width='10' height='10' patternUnits='userSpaceOnUse'><rect width='5' height='5' "
          "fill='#0f0'/></pattern><mask id='m'><rect width='90' height='40' fill='#aaa'/></mask></defs>"
          "<rect width='50' height='20' fill='#003087'/><rect y='20' width='50' height='20' fill='#808080' "
          "stroke='#112233'/><rect y='40' width='50' height='20' fill='#c00' opacity='.5'/>"
          "<rect x='50' width='50' height='20' fill='url(#g)'/><rect x='50' y='20' width='50' height='20' "
          "fill='url(#r)'/><rect x='50' y='40' width='50' height='20' fill='url(#p)'/>"
          "<g mask='url(#m)'><circle r='30' fill='#0cf'/></g>"
          "<image y='60' width='40' height='40' xlink:href='data:image/png;base64,%s'/></svg>",
      base64);
  return fixture_text(f, "colourful.svg", text);
}

static void pdf_is_the_same_every_time(void **state) {
  fixture *f = *state;
  const char *path = write_colourful(f);
  const uint8_t *first, *second;
  size_t first_size, second_size;
  assert_int_equal(pk_art_to_output_pdf(&f->job, assert_loaded(f, path), &press, &first, &first_size), PK_OK);
  pk_art_store *fresh = pk_art_store_new(&f->job);
  const pk_art *again;
  assert_int_equal(pk_art_load(&f->job, fresh, path, PK_SPAN_NONE, &again), PK_OK);
  assert_int_equal(pk_art_to_output_pdf(&f->job, again, &press, &second, &second_size), PK_OK);
  assert_int_equal(first_size, second_size);
  assert_memory_equal(first, second, first_size);
  assert_int_equal(pk_art_to_output_pdf(&f->job, again, &screen, &second, &second_size), PK_OK);
  assert_memory_equal(second, "%PDF-1.5", 8);
}

/* Every object of the file and every content stream in it, as text. */
static GString *whole_text(const uint8_t *data, size_t size) {
  GString *text = g_string_new(NULL);
  qpdf_data pdf = qpdf_init();
  qpdf_silence_errors(pdf);
  assert_int_equal(qpdf_read_memory(pdf, "art", (const char *)data, size, NULL), 0);
  int count = qpdf_oh_get_int_value_as_int(pdf, qpdf_oh_get_key(pdf, qpdf_get_trailer(pdf), "/Size"));
  for (int id = 1; id < count; id++) {
    qpdf_oh object = qpdf_get_object_by_id(pdf, id, 0);
    bool is_stream = qpdf_oh_is_stream(pdf, object);
    qpdf_oh dict = is_stream ? qpdf_oh_get_dict(pdf, object) : object;
    g_string_append_printf(text, "%d: %s\n", id, qpdf_oh_unparse_resolved(pdf, dict));
    if (!is_stream || qpdf_oh_is_name_and_equals(pdf, qpdf_oh_get_key(pdf, dict, "/Subtype"), "/Image")) continue;
    unsigned char *content = NULL;
    size_t content_size = 0;
    assert_int_equal(qpdf_oh_get_stream_data(pdf, object, qpdf_dl_all, NULL, &content, &content_size), 0);
    g_string_append_len(text, (const char *)content, (gssize)content_size);
    free(content);
  }
  assert_int_equal(qpdf_check_pdf(pdf), 0);
  qpdf_cleanup(&pdf);
  return text;
}

static void press_pdf_holds_no_rgb(void **state) {
  fixture *f = *state;
  const pk_art *art = assert_loaded(f, write_colourful(f));
  const uint8_t *data;
  size_t size;
  assert_int_equal(pk_art_to_pdf(&f->job, art, &data, &size), PK_OK);
  GString *plain = whole_text(data, size);
  assert_non_null(strstr(plain->str, "/DeviceRGB"));
  assert_non_null(strstr(plain->str, " rg"));
  assert_int_equal(pk_art_to_output_pdf(&f->job, art, &press, &data, &size), PK_OK);
  GString *mapped = whole_text(data, size);
  assert_null(strstr(mapped->str, "/DeviceRGB"));
  assert_null(strstr(mapped->str, " rg"));
  assert_null(strstr(mapped->str, " RG"));
  assert_non_null(strstr(mapped->str, "1 0.72 0 0.18 k"));
  assert_non_null(strstr(mapped->str, "/C0 [ 1 0.72 0 0.18 ]"));
  assert_string_equal(fixture_code(f), "");
  g_string_free(plain, TRUE);
  g_string_free(mapped, TRUE);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      FIXTURE_TEST(drawing_is_painted),         FIXTURE_TEST(nothing_outside_the_file_is_read),
      FIXTURE_TEST(bombs_come_to_an_end),       FIXTURE_TEST(monstrous_picture_inside_is_refused),
      FIXTURE_TEST(pdf_is_the_same_every_time), FIXTURE_TEST(press_pdf_holds_no_rgb),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
