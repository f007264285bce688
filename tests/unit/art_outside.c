/* What counts as a reference that leads out of an SVG. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "art/outside.h"

#define SVG(inner) "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>" inner "</svg>"

static bool find(const char *text, pk_outside *found) {
  return pk_outside_find((const uint8_t *)text, strlen(text), found);
}

static void what_is_inside_is_no_reference_out(void **state) {
  (void)state;
  static const char *const drawings[] = {
      SVG("<use href='#a'/><use xlink:href='&#35;a'/><rect fill='url(#a)' mask='url( \"#m\" )'/>"),
      SVG("<rect style='fill:url(&quot;#a&quot;)' inkscape:label='url(x.svg)'/>"),
      SVG("<image href='data:image/png;base64,iVBORw0KGgo='/>"),
      SVG("<a href='https://drina-office.example'><text>url(a.svg) href='b.svg'</text></a>"),
      SVG("<!-- <image href='a.png'/> --><desc><![CDATA[<image href='a.png'/>]]></desc>"),
      SVG("<style>@namespace url(http://www.w3.org/2000/svg); /* @import 'a.css' */ rect{fill:url(#a)}</style>"),
      SVG("<script href='a.js'/><image href=''/><image/>"),
      "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd' "
      "[<!ENTITY ns_svg 'http://www.w3.org/2000/svg'> <!-- ENTITY x SYSTEM 'y' -->]>" SVG("<rect/>"),
      SVG("<image href='data:image/svg+xml,%3Csvg%3E%3Cuse href=%22#a%22/%3E%3C/svg%3E'/>"),
      "",
      "<",
      "<!",
      "<!--",
      "<![CDATA[",
      "<?",
      "<svg",
      "<svg a",
      "<svg a=",
      "<svg a='",
      "<!DOCTYPE svg [",
      "<style>",
      "<!DOCTYPE svg [<!ENTITY",
      "<!DOCTYPE svg [<!ENTITY x SYSTEM",
      "<style>url(",
      "<style>@import",
      "<style>/*",
      "<image href='data:image/svg+xml",
      "<image href='data:image/svg+xml;base64,!!!!'/>"};
  for (size_t i = 0; i < G_N_ELEMENTS(drawings); i++) {
    pk_outside found;
    if (find(drawings[i], &found)) fail_msg("%s: '%s'", drawings[i], found.reference);
  }
}

static void what_is_drawn_from_elsewhere_is_found(void **state) {
  (void)state;
  static const struct {
    const char *drawing, *reference, *element;
    bool is_style;
  } cases[] = {
      {SVG("\n<image\nxlink:href='a.png'/>"), "a.png", "image", false},
      {SVG("<svg:image xlink:href = \" /etc/hostname\"/>"), "/etc/hostname", "image", false},
      {SVG("<use href='shapes.svg#star'/>"), "shapes.svg#star", "use", false},
      {SVG("<image href='&ext;a.png'/>"), "&ext;a.png", "image", false},
      {SVG("<image href='&#x68;ttp://a.example/'/>"), "http://a.example/", "image", false},
      {SVG("<rect style='fill:url(\"a.svg#b\")'/>"), "a.svg#b", "rect", false},
      {SVG("<xi:include href='a.svg'/>"), "a.svg", "include", false},
      {SVG("<style>@import 'a.css';</style>"), "a.css", "style", true},
      {SVG("<style><![CDATA[ @font-face { src: url( a.woff ) } ]]></style>"), "a.woff", "style", true},
      {"<?xml-stylesheet type='text/css' href='a.css'?>" SVG(""), "a.css", "xml-stylesheet", true},
      {SVG("<style>@import 'a.css';</style><image href='b.png'/>"), "b.png", "image", false},
      {"<!DOCTYPE svg [<!ENTITY % x PUBLIC 'x' \"x.ent\">]>" SVG(""), "x.ent", "ENTITY", false},
      {SVG("<image href='data:image/svg+xml,%3Csvg%3E%3Cimage href=%22b.png%22/%3E'/>"), "b.png", "image", false},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    pk_outside found = {0};
    bool is_found = find(cases[i].drawing, &found);
    if (!is_found) fail_msg("%s", cases[i].drawing);
    assert_string_equal(found.reference, cases[i].reference);
    assert_string_equal(found.element, cases[i].element);
    assert_int_equal(found.is_style, cases[i].is_style);
  }
}

static void the_line_is_that_of_the_drawing_itself(void **state) {
  (void)state;
  pk_outside found;
  assert_true(find("<svg>\n<g/>\n<image x='1'\n href='a.png'/>", &found));
  assert_int_equal(found.line, 4);
  assert_true(find("<svg>\n<image href='data:image/svg+xml,\n\n\n<image href=\"a.png\"/>'/>", &found));
  assert_int_equal(found.line, 2);
}

static void drawings_in_drawings_end_somewhere(void **state) {
  (void)state;
  g_autofree char *inner = g_strdup("<svg><image href='out.png'/></svg>");
  for (int depth = 0; depth < 12; depth++) {
    g_autofree char *packed = g_base64_encode((const guchar *)inner, strlen(inner));
    g_free(inner);
    inner = g_strdup_printf("<svg><image href='data:image/svg+xml;base64,%s'/></svg>", packed);
  }
  pk_outside found;
  assert_false(find(inner, &found));
}

static void much_of_the_same_is_read_in_one_pass(void **state) {
  (void)state;
  static const char *const pieces[] = {"url(",    "&#10;",     "<a b='", "/*",        "<!--",
                                       "<style>", "@import '", "&",      "<!DOCTYPE["};
  for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
    GString *text = g_string_new("<svg><style>");
    while (text->len < 2 * 1024 * 1024) g_string_append(text, pieces[i]);
    pk_outside found;
    find(text->str, &found); /* a quadratic one would run for minutes */
    g_string_free(text, TRUE);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_inside_is_no_reference_out),     cmocka_unit_test(what_is_drawn_from_elsewhere_is_found),
      cmocka_unit_test(the_line_is_that_of_the_drawing_itself), cmocka_unit_test(drawings_in_drawings_end_somewhere),
      cmocka_unit_test(much_of_the_same_is_read_in_one_pass),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
