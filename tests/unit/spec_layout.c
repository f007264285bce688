/* Layouts: extends, names, styles, boxes, files. */
#include "spec_kit.h"

#define MM(value) ((value)*PK_PT_PER_MM)

/* What every layout needs, as a base to extend; %s is for plain_styles. */
#define BASE                                                                                                           \
  "presskit: layout/1\n"                                                                                               \
  "inks: {text: {cmyk: [0, 0, 0, 100]}, office: {cmyk: [100, 72, 0, 18], screen: \"#003087\"}}\n"                      \
  "fonts: {text: [Source Serif 4, Noto Serif], display: Source Sans 3}\n"                                              \
  "styles:\n"                                                                                                          \
  "  body: {size: 10pt, hyphenate: true}\n"                                                                            \
  "  lede: {based-on: body, weight: semibold}\n"                                                                       \
  "  headline: {font: display, weight: 700, size: 26pt, leading: 2grid, ink: office, span: all}\n"                     \
  "  emphasis: {italic: true}\n"                                                                                       \
  "%s"                                                                                                                 \
  "masters:\n"                                                                                                         \
  "  first: {text: {top: 62mm}, boxes: {band: {left: 0, right: 0, top: 0, height: 34mm, fill: office}}}\n"             \
  "  next: {}\n"                                                                                                       \
  "flow: [headline, body, contact]\n"

static const char *const plain_styles[] = {
    "subhead",     "release",    "kicker",       "byline",    "heading-1", "heading-2",   "heading-3",
    "quote",       "pull-quote", "attribution",  "list-item", "figure",    "caption",     "credit",
    "code",        "table",      "table-header", "end-mark",  "published", "note",        "label",
    "boilerplate", "contact",    "strong",       "code-span", "link",      "superscript",
};

/* Writes presskit's own folder with base.yaml. */
static const char *write_base(spec_kit *kit) {
  const char *folder = spec_kit_folder(kit, "own");
  GString *styles = g_string_new(NULL), *text = g_string_new(NULL);
  for (size_t i = 0; i < G_N_ELEMENTS(plain_styles); i++) g_string_append_printf(styles, "  %s: {}\n", plain_styles[i]);
  g_string_append_printf(text, BASE, styles->str);
  spec_kit_file(kit, "own/base.yaml", text->str);
  g_string_free(styles, TRUE);
  g_string_free(text, TRUE);
  return folder;
}

/* Builds a layout whose lines after the first two are `text`. NULL after an error. */
static const pk_layout *build(spec_kit *kit, const char *text) {
  const char *folder = write_base(kit);
  g_autofree char *whole = g_strconcat("presskit: layout/1\nextends: base.yaml\n", text, NULL);
  const char *path = spec_kit_file(kit, "my.yaml", whole);
  const pk_layout *layout = NULL;
  pk_status status = pk_layout_build(&kit->job, path, folder, &layout);
  assert_int_equal(status == PK_OK, layout != NULL);
  assert_int_equal(status == PK_OK, pk_diag_count(kit->job.diag, PK_ERROR) == 0);
  return layout;
}

static void assert_near(double a, double b) {
  assert_true(a > b - 1e-6 && a < b + 1e-6);
}

/* ---- good layouts -------------------------------------------------------- */

static void layout_inherits_and_overrides(void **state) {
  const pk_layout *layout = build(*state, "page: {size: A5, margins: {top: 15mm}}\n"
                                          "styles: {headline: {size: 20pt}, mine: {based-on: lede}}\n");
  assert_non_null(layout);
  assert_near(layout->page_width, MM(148));
  assert_near(layout->margin_top.value, MM(15));
  assert_near(layout->margin_bottom.value, MM(20));
  assert_near(layout->leading, 13);
  const pk_style_spec *headline = pk_layout_style(layout, "headline");
  assert_near(headline->size.value, 20);
  assert_string_equal(headline->ink, "office");
  assert_int_equal(headline->column_span, PK_SPAN_ALL);
  assert_int_equal(pk_layout_style(layout, "mine")->weight, 600);
  assert_true(pk_layout_style(layout, "mine")->hyphenate);
  assert_null(pk_layout_style(layout, "other"));
  assert_int_equal(layout->master_count, 2);
  assert_true(pk_layout_master(layout, "first")->has_top);
  assert_int_equal(layout->flow_count, 3);
  assert_int_equal(layout->flow[1], PK_PART_BODY);
  assert_int_equal(pk_layout_font(layout, "display")->family_count, 1);
}

static void character_style_sets_only_what_it_names(void **state) {
  const pk_layout *layout = build(*state, "");
  pk_style_spec merged =
      pk_style_spec_overlay(pk_layout_style(layout, "headline"), pk_layout_style(layout, "emphasis"));
  assert_true(merged.italic);
  assert_string_equal(merged.ink, "office");
  assert_near(merged.size.value, 26);
}

static void null_takes_away_what_is_inherited(void **state) {
  const pk_layout *layout = build(*state, "styles: {headline: {ink: ~}, small: {based-on: headline, font: ~}}\n"
                                          "masters: {first: {boxes: {band: ~}}}\n");
  assert_string_equal(pk_layout_style(layout, "headline")->ink, "text");
  assert_string_equal(pk_layout_style(layout, "small")->font, "text");
  assert_int_equal(pk_layout_master(layout, "first")->box_count, 0);
}

static void every_style_field_is_read(void **state) {
  const pk_layout *layout = build(
      *state,
      "styles:\n"
      "  all: {font: display, italic: yes, weight: Black, size: 2em, leading: 15pt, align: center, hyphenate: true,\n"
      "    indent: -1em, left: 5mm, right: 1grid, before: 1grid, after: 0.5grid, measure: 60%, ink: office,\n"
      "    case: small-caps, figures: old-style, figure-width: tabular, features: [ss01, -liga, cv05=2],\n"
      "    tracking: 0.02em, span: all, balance: true, keep-with-next: true, keep-together: true, widows: 3,\n"
      "    orphans: 4, rule-above: {thickness: 0.5pt, ink: office, length: 30%, gap: 3pt}, rule-below: 1pt,\n"
      "    fill: office, tint: 10%, padding: 2mm, marker: •, marker-ink: office}\n");
  const pk_style_spec *all = pk_layout_style(layout, "all");
  assert_true(all->italic && all->hyphenate && all->balance && all->keep_with_next && all->keep_together);
  assert_int_equal(all->weight, 900);
  assert_int_equal(all->align, PK_ALIGN_CENTER);
  assert_int_equal(all->letter_case, PK_CASE_SMALL_CAPS);
  assert_int_equal(all->figures, PK_FIGURES_OLD_STYLE);
  assert_int_equal(all->figure_width, PK_FIGURE_WIDTH_TABULAR);
  assert_int_equal(all->feature_count, 3);
  assert_int_equal(all->widows, 3);
  assert_int_equal(all->orphans, 4);
  assert_near(all->rule_above.length.value, 30);
  assert_near(all->rule_below.thickness.value, 1);
  assert_near(all->rule_below.gap.value, 2);
  assert_string_equal(all->rule_below.ink, "text");
  assert_near(all->fill_tint, 0.1);
  assert_string_equal(all->markers[0], "•");
  assert_int_equal(all->size.unit, PK_UNIT_EM);
}

static void em_size_counts_from_the_style_it_is_based_on(void **state) {
  const pk_layout *layout =
      build(*state, "styles: {a: {based-on: b, size: 0.5em}, b: {based-on: headline, size: 1.5em}}\n");
  assert_near(pk_layout_style(layout, "a")->size.value, 19.5);
  assert_int_equal(pk_layout_style(layout, "a")->size.unit, PK_UNIT_PT);
}

static void page_sizes_and_orientation(void **state) {
  const pk_layout *layout =
      build(*state, "page: {size: letter, orientation: landscape, margins: 10mm, bleed: 3mm, facing: true}\n");
  assert_near(layout->page_width, 792);
  assert_near(layout->page_height, 612);
  assert_near(layout->margin_inside.value, MM(10));
  assert_near(layout->bleed.value, MM(3));
  assert_true(layout->facing);
}

static void own_page_size(void **state) {
  const pk_layout *layout = build(*state, "page: {size: [210mm, 21cm]}\n");
  assert_near(layout->page_width, layout->page_height);
}

static void screen_colour_is_reckoned_from_cmyk(void **state) {
  const pk_layout *layout = build(*state, "inks: {warm: [0, 50, 100, 20], brand: {cmyk: [1, 2, 3, 4], spot: P 287}}\n");
  const pk_ink_spec *warm = pk_layout_ink(layout, "warm"), *office = pk_layout_ink(layout, "office");
  assert_near(warm->cmyk[1], 0.5);
  assert_near(warm->screen[0], 0.8);
  assert_near(warm->screen[1], 0.4);
  assert_near(warm->screen[2], 0);
  assert_false(warm->has_screen);
  assert_true(office->has_screen);
  assert_near(office->screen[2], 0x87 / 255.0);
  assert_string_equal(pk_layout_ink(layout, "brand")->spot, "P 287");
}

static void boxes_and_lines(void **state) {
  const pk_layout *layout =
      build(*state, "masters:\n"
                    "  next:\n"
                    "    text: {top: 30mm, columns: 2}\n"
                    "    boxes:\n"
                    "      logo: {left: 18mm, top: 9mm, height: 16mm, art: \"{office.logo}\", align: right}\n"
                    "      name: {left: 0, right: 0, bottom: 12mm, style: headline, valign: middle, show: not-last,\n"
                    "        lines: [\"{office.name}\", {en: A, sr-Latn: B}, {text: \"{page}\", style: body}]}\n"
                    "labels: {more: {en: CONTINUED}}\nsmart-quotes: true\n");
  const pk_master_spec *next = pk_layout_master(layout, "next");
  assert_int_equal(next->columns, 2);
  assert_int_equal(next->box_count, 2);
  assert_int_equal(next->boxes[0].align, PK_ALIGN_RIGHT);
  assert_string_equal(next->boxes[0].art, "{office.logo}");
  const pk_box_spec *name = &next->boxes[1];
  assert_true(name->has_left && name->has_bottom && !name->has_height);
  assert_int_equal(name->show, PK_SHOW_NOT_LAST);
  assert_int_equal(name->line_count, 3);
  assert_string_equal(name->lines[0].text.any, "{office.name}");
  assert_string_equal(name->lines[1].text.in[PK_LANG_SR_LATN], "B");
  assert_string_equal(name->lines[2].style, "body");
  assert_string_equal(layout->labels[0].text.in[PK_LANG_EN], "CONTINUED");
  assert_true(layout->smart_quotes);
}

static void fonts_beside_the_layout_are_found(void **state) {
  spec_kit *kit = *state;
  spec_kit_folder(kit, "fonts");
  spec_kit_file(kit, "fonts/b.TTF", "x");
  spec_kit_file(kit, "fonts/a.otf", "x");
  spec_kit_file(kit, "fonts/readme.txt", "x");
  spec_kit_file(kit, "House.ttf", "x");
  const pk_layout *layout = build(kit, "font-files: [House.ttf, fonts/a.otf]\n");
  assert_int_equal(layout->font_file_count, 3);
  assert_true(g_path_is_absolute(layout->font_files[0]));
  assert_true(g_str_has_suffix(layout->font_files[0], "/House.ttf"));
  assert_true(g_str_has_suffix(layout->font_files[1], "/fonts/a.otf"));
  assert_true(g_str_has_suffix(layout->font_files[2], "/fonts/b.TTF"));
}

static void art_is_found_beside_the_file_that_names_it(void **state) {
  spec_kit *kit = *state;
  const char *folder = write_base(kit);
  spec_kit_file(kit, "own/band.svg", "<svg/>");
  spec_kit_file(kit, "own/banded.yaml",
                "presskit: layout/1\nextends: base\n"
                "masters: {next: {boxes: {band: {left: 0, width: 10mm, top: 0, art: band.svg}}}}\n");
  const char *path = spec_kit_file(kit, "my.yaml", "presskit: layout/1\nextends: banded\n");
  const pk_layout *layout = NULL;
  assert_int_equal(pk_layout_build(&kit->job, path, folder, &layout), PK_OK);
  assert_true(g_path_is_absolute(layout->masters[1].boxes[0].art));
  assert_true(g_str_has_suffix(layout->masters[1].boxes[0].art, "own/band.svg"));
}

static void layout_may_extend_presskits_own_of_the_same_name(void **state) {
  spec_kit *kit = *state;
  const char *folder = write_base(kit);
  const char *path = spec_kit_file(kit, "base.yaml", "presskit: layout/1\nextends: base.yaml\ngrid: {columns: 3}\n");
  const pk_layout *layout = NULL;
  assert_int_equal(pk_layout_build(&kit->job, path, folder, &layout), PK_OK);
  assert_int_equal(layout->columns, 3);
}

/* ---- faults -------------------------------------------------------------- */

typedef struct {
  const char *text, *expected;
} fault;

static const fault faults[] = {
    {"sytles: {}\n", "my.yaml:3:1: error[unknown-field]: there is no field of layout 'sytles'\n"
                     "  did you mean 'styles'?\n"},
    {"styles: {body: {font: texte}}\n", "my.yaml:3:23: error[unknown-name]: there is no font 'texte'\n"
                                        "  did you mean 'text'?\n"},
    {"styles: {body: {ink: red}}\n", "my.yaml:3:22: error[unknown-name]: there is no ink 'red'\n"
                                     "  it can be text or office\n"},
    {"styles: {body: {rule-above: {thickness: 1pt, ink: ofice}}}\n",
     "my.yaml:3:51: error[unknown-name]: there is no ink 'ofice'\n  did you mean 'office'?\n"},
    {"styles: {body: {based-on: boddy}}\n", "my.yaml:3:27: error[unknown-name]: there is no style 'boddy'\n"
                                            "  did you mean 'body'?\n"},
    {"styles: {body: {based-on: lede}}\n",
     "my.yaml:3:27: error[based-on-cycle]: styles are based on each other in a circle: body -> lede -> body\n"},
    {"styles: {x: {based-on: x}}\n",
     "my.yaml:3:24: error[based-on-cycle]: styles are based on each other in a circle: x -> x\n"},
    {"styles: {body: {weight: heavy}}\n",
     "my.yaml:3:25: error[wrong-type]: 'weight' takes 100 to 900, or thin, extralight, light, regular, medium, "
     "semibold, bold, extrabold or black, not 'heavy'\n"},
    {"styles: {body: {weight: 1000}}\n", "my.yaml:3:25: error[out-of-range]: 'weight' is 1000; it may be 100 to 900\n"},
    {"styles: {body: {align: centre}}\n",
     "my.yaml:3:24: error[unknown-value]: 'align' cannot be 'centre'; it takes justify, left, right or center\n"
     "  did you mean 'center'?\n"},
    {"styles: {body: {features: [liga, toolong]}}\n",
     "my.yaml:3:34: error[unknown-value]: 'toolong' is not the name of an OpenType feature\n"
     "  a feature is four letters or digits: ss01, -liga, cv05=2\n"},
    {"styles: {quote: ~, link: ~}\n", "my.yaml:3:1: error[missing-name]: the layout has no style 'quote'\n"
                                      "  base.yaml has it: begin the layout with  extends: base.yaml\n"
                                      "my.yaml:3:1: error[missing-name]: the layout has no style 'link'\n"
                                      "  base.yaml has it: begin the layout with  extends: base.yaml\n"},
    {"page: {size: A44}\n", "my.yaml:3:14: error[wrong-type]: 'size' takes A3, A4, A5, A6, B5, letter, legal or "
                            "[width, height], not 'A44'\n"},
    {"page: {size: [10mm, 3000mm]}\n",
     "my.yaml:3:15: error[out-of-range]: 'width' is 10mm; it may be 20mm to 2000mm\n"
     "my.yaml:3:21: error[out-of-range]: 'height' is 3000mm; it may be 20mm to 2000mm\n"},
    {"page: {margins: {top: 20px}}\n",
     "my.yaml:3:23: error[wrong-unit]: 'top' is 20px; its units are pt, mm, cm, in, grid or %\n"},
    {"page: {margins: 20}\n", "my.yaml:3:17: error[missing-unit]: 'margins' is 20 without a unit\n"
                              "  its units are pt, mm, cm, in, grid or %\n"},
    {"page: {margins: {inside: 100mm, outside: 105mm}}\n",
     "my.yaml:3:17: error[frame-empty]: master 'first': the margins leave 5 mm of width for 1 column\n"
     "my.yaml:3:17: error[frame-empty]: master 'next': the margins leave 5 mm of width for 1 column\n"},
    {"masters: {next: {text: {top: 200mm, bottom: 100mm}}}\n",
     "my.yaml:3:11: error[frame-empty]: master 'next': the margins leave 0 mm of height for text, less than one "
     "line\n"},
    {"grid: {columns: 7}\n", "my.yaml:3:17: error[out-of-range]: 'columns' is 7; it may be 1 to 6\n"},
    {"inks: {red: {}}\n", "my.yaml:3:8: error[missing-field]: 'cmyk' is missing from ink\n"
                          "  cmyk: Cyan, magenta, yellow and black, 0 to 100 each.\n"},
    {"inks: {red: {cmyk: [0, 100, 100]}}\n", "my.yaml:3:20: error[wrong-type]: 'cmyk' takes four numbers, not 3\n"},
    {"inks: {red: [0, 101, 100, 0]}\n", "my.yaml:3:17: error[out-of-range]: 'cmyk' is 101; it may be 0 to 100\n"},
    {"inks: {red: {cmyk: [0, 9, 9, 0], screen: #900}}\n",
     "my.yaml:3:42: error[yaml-syntax]: a text that begins with '#' must be in quotes\n"
     "  if it is a note, write a space after the '#'\n"},
    {"inks: {red: {cmyk: [0, 9, 9, 0], screen: red}}\n",
     "my.yaml:3:42: error[wrong-type]: 'screen' takes a colour such as \"#003087\", in quotes, not 'red'\n"},
    {"inks: {text: ~}\n", "my.yaml:3:1: error[missing-name]: the layout has no ink 'text'\n"
                          "  base.yaml has it: begin the layout with  extends: base.yaml\n"},
    {"masters: {frist: {}}\n", "my.yaml:3:11: error[unknown-field]: there is no master 'frist'\n"
                               "  did you mean 'first'?\n"},
    {"masters: {first: {boxes: {a: {left: 0, top: 0, height: 1mm}}}}\n",
     "my.yaml:3:27: error[box-geometry]: box 'a' has too few of left, right and width\n  give two of them\n"},
    {"masters: {first: {boxes: {a: {left: 0, right: 0, width: 1mm, top: 0, height: 1mm}}}}\n",
     "my.yaml:3:27: error[box-geometry]: box 'a' has all of left, right and width, which may contradict each other\n"
     "  leave out one of them\n"},
    {"masters: {first: {boxes: {a: {left: 0, top: 0, art: \"{office.logo}\"}}}}\n",
     "my.yaml:3:27: error[box-geometry]: box 'a' has too few of left, right and width\n  give two of them\n"
     "my.yaml:3:27: error[box-geometry]: box 'a' has too few of top, bottom and height\n  give two of them\n"},
    {"masters: {first: {boxes: {a: {left: 0, width: 9mm, top: 0, art: gone.svg}}}}\n",
     "my.yaml:3:65: error[file-missing]: there is no file 'gone.svg'\n"},
    {"masters: {first: {boxes: {a: {left: 0, right: 0, top: 0, lines: [{text: x, style: bdy}]}}}}\n",
     "my.yaml:3:83: error[unknown-name]: there is no style 'bdy'\n  did you mean 'body'?\n"},
    {"font-files: [gone.ttf]\n", "my.yaml:3:14: error[file-missing]: there is no file 'gone.ttf'\n"},
    {"flow: [body, kiker]\n", "my.yaml:3:14: error[unknown-value]: 'flow' cannot be 'kiker'; it takes release, kicker, "
                              "headline, subhead, byline, body, end-mark, published, notes, boilerplate, contact, "
                              "recipient, reference, signature or enclosures\n"
                              "  did you mean 'kicker'?\n"},
    {"flow: [body, kicker, body]\n", "my.yaml:3:22: error[duplicate-part]: 'body' stands twice in the flow\n"},
    {"flow: [headline]\n", "my.yaml:3:7: error[missing-name]: the flow has no 'body'\n"
                           "  'body' is the text of the article\n"},
    {"labels: {mroe: X}\n", "my.yaml:3:10: error[unknown-field]: there is no label 'mroe'\n  did you mean 'more'?\n"},
    {"title: {de: X}\n", "my.yaml:3:9: error[unknown-language]: there is no language 'de'\n"
                         "  it can be en, sr-Latn or sr-Cyrl\n"},
};

static void faults_are_told_at_their_place(void **state) {
  (void)state;
  for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
    void *each = NULL;
    spec_kit_setup(&each);
    assert_null(build(each, faults[i].text));
    spec_kit_expect_hints(each, faults[i].expected);
    spec_kit_teardown(&each);
  }
}

static void fault_in_an_extended_file_is_told_there(void **state) {
  spec_kit *kit = *state;
  const char *folder = write_base(kit);
  spec_kit_file(kit, "house.yaml", "presskit: layout/1\nextends: base\nstyles: {body: {size: 10}}\n");
  const char *path = spec_kit_file(kit, "my.yaml", "presskit: layout/1\nextends: house\nstyles: {body: {widows: 0}}\n");
  const pk_layout *layout = NULL;
  assert_int_equal(pk_layout_build(&kit->job, path, folder, &layout), PK_FAILED);
  spec_kit_expect(kit, "house.yaml:3:23: error[missing-unit]: 'size' is 10 without a unit\n"
                       "my.yaml:3:25: error[out-of-range]: 'widows' is 0; it may be 1 to 20\n");
}

static void circle_of_extends_is_shown(void **state) {
  spec_kit *kit = *state;
  const char *path = spec_kit_file(kit, "a.yaml", "presskit: layout/1\nextends: b.yaml\n");
  spec_kit_file(kit, "b.yaml", "presskit: layout/1\nextends: c\n");
  spec_kit_file(kit, "c.yaml", "presskit: layout/1\nextends: a\n");
  const pk_layout *layout = NULL;
  assert_int_equal(pk_layout_build(&kit->job, path, NULL, &layout), PK_FAILED);
  spec_kit_expect(kit, "c.yaml:2:10: error[extends-cycle]: layouts extend each other in a circle: "
                       "a.yaml -> b.yaml -> c.yaml -> a.yaml\n");
}

static void layout_that_extends_itself_is_a_circle(void **state) {
  spec_kit *kit = *state;
  const char *path = spec_kit_file(kit, "a.yaml", "presskit: layout/1\nextends: a\n");
  const pk_layout *layout = NULL;
  assert_int_equal(pk_layout_build(&kit->job, path, NULL, &layout), PK_FAILED);
  spec_kit_expect(kit, "a.yaml:2:10: error[extends-cycle]: layouts extend each other in a circle: a.yaml -> a.yaml\n");
}

static void long_chain_of_extends_ends(void **state) {
  spec_kit *kit = *state;
  const char *first = NULL;
  for (int i = 0; i <= PK_SPEC_MAX_EXTENDS; i++) {
    g_autofree char *name = g_strdup_printf("l%d.yaml", i);
    g_autofree char *text = g_strdup_printf("presskit: layout/1\nextends: l%d\n", i + 1);
    const char *path = spec_kit_file(kit, name, text);
    if (!i) first = path;
  }
  const pk_layout *layout = NULL;
  assert_int_equal(pk_layout_build(&kit->job, first, NULL, &layout), PK_FAILED);
  spec_kit_expect(kit, "l15.yaml:2:10: error[extends-depth]: more than 16 layouts extend each other\n");
}

static void unknown_base_is_told_with_the_near_name(void **state) {
  spec_kit *kit = *state;
  const char *folder = write_base(kit);
  const char *path = spec_kit_file(kit, "my.yaml", "presskit: layout/1\nextends: bsae.yaml\n");
  const pk_layout *layout = NULL;
  assert_int_equal(pk_layout_build(&kit->job, path, folder, &layout), PK_FAILED);
  spec_kit_expect_hints(kit, "my.yaml:2:10: error[file-missing]: there is no layout 'bsae.yaml' to extend\n"
                             "  did you mean 'base.yaml'?\n");
}

static const fault kinds[] = {
    {"a: 1\n", "my.yaml:1:1: error[wrong-kind]: this file does not say that it is presskit's\n"
               "  if it is meant to be, its first line is  presskit: layout/1\n"},
    {"presskit: office/1\n", "my.yaml:1:11: error[wrong-kind]: this is 'office/1', and 'layout/1' is wanted here\n"
                             "  'presskit:' takes layout/1\n"},
    {"presskit: layout/2\n", "my.yaml:1:11: error[wrong-kind]: this layout is written for version '2' of the format; "
                             "this presskit reads version 1\n  'presskit:' takes layout/1\n"},
    {"presskit: [a]\n", "my.yaml:1:11: error[wrong-kind]: this is '', and 'layout/1' is wanted here\n"
                        "  'presskit:' takes layout/1\n"},
    {"presskit: layout/1\nextends: [a]\n",
     "my.yaml:2:10: error[wrong-type]: 'extends' takes the name of one layout, not a list\n"},
    {"presskit: layout/1\n", "my.yaml:1:1: error[missing-field]: 'inks' is missing from layout\n"
                             "  inks: The colours by name; `text` must be among them.\n"
                             "my.yaml:1:1: error[missing-field]: 'fonts' is missing from layout\n"
                             "  fonts: The families by role; `text` must be among them.\n"
                             "my.yaml:1:1: error[missing-field]: 'styles' is missing from layout\n"
                             "  styles: The typography of each kind of text.\n"
                             "my.yaml:1:1: error[missing-field]: 'masters' is missing from layout\n"
                             "  masters: The patterns of the pages.\n"
                             "my.yaml:1:1: error[missing-field]: 'flow' is missing from layout\n"
                             "  flow: What stands in the text frame, in order.\n"},
};

static void wrong_kind_or_version_is_told(void **state) {
  (void)state;
  for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
    void *each = NULL;
    spec_kit_setup(&each);
    spec_kit *kit = each;
    const pk_layout *layout = NULL;
    const char *path = spec_kit_file(kit, "my.yaml", kinds[i].text);
    assert_int_equal(pk_layout_build(&kit->job, path, NULL, &layout), PK_FAILED);
    spec_kit_expect_hints(kit, kinds[i].expected);
    spec_kit_teardown(&each);
  }
}

static void missing_file_and_folder_are_told(void **state) {
  spec_kit *kit = *state;
  const pk_layout *layout = NULL;
  g_autofree char *gone = g_build_filename(kit->folder, "gone.yaml", NULL);
  assert_int_equal(pk_layout_build(&kit->job, gone, NULL, &layout), PK_FAILED);
  assert_int_equal(pk_layout_build(&kit->job, spec_kit_folder(kit, "folder"), NULL, &layout), PK_FAILED);
  spec_kit_expect(kit, "error[file-missing]: there is no file 'gone.yaml'\n"
                       "error[file-unreadable]: 'folder' is a folder\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      SPEC_TEST(layout_inherits_and_overrides),
      SPEC_TEST(character_style_sets_only_what_it_names),
      SPEC_TEST(null_takes_away_what_is_inherited),
      SPEC_TEST(every_style_field_is_read),
      SPEC_TEST(em_size_counts_from_the_style_it_is_based_on),
      SPEC_TEST(page_sizes_and_orientation),
      SPEC_TEST(own_page_size),
      SPEC_TEST(screen_colour_is_reckoned_from_cmyk),
      SPEC_TEST(boxes_and_lines),
      SPEC_TEST(fonts_beside_the_layout_are_found),
      SPEC_TEST(art_is_found_beside_the_file_that_names_it),
      SPEC_TEST(layout_may_extend_presskits_own_of_the_same_name),
      SPEC_TEST(faults_are_told_at_their_place),
      SPEC_TEST(fault_in_an_extended_file_is_told_there),
      SPEC_TEST(circle_of_extends_is_shown),
      SPEC_TEST(layout_that_extends_itself_is_a_circle),
      SPEC_TEST(long_chain_of_extends_ends),
      SPEC_TEST(unknown_base_is_told_with_the_near_name),
      SPEC_TEST(wrong_kind_or_version_is_told),
      SPEC_TEST(missing_file_and_folder_are_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
