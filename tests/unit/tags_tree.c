/* Articles in Markdown, and the structure that they come to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
/* cmocka needs the four above first */
#include <cmocka.h>
#include <glib/gstdio.h>

#include "tags/tags.h"

typedef struct {
  pk_worker worker;
  pk_job job;
  pk_source source;
  const char *front; /* lines of front matter beside headline and language, or NULL */
  const pk_document *document;
  const pk_tags *tags;
} fixture;

static int set_up(void **state) {
  fixture *f = g_new0(fixture, 1);
  f->worker.scratch = pk_arena_new();
  f->job = (pk_job){.worker = &f->worker, .arena = pk_arena_new()};
  f->job.diag = pk_diag_new(f->job.arena);
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  pk_arena_drop(f->job.arena);
  pk_arena_drop(f->worker.scratch);
  g_free(f);
  return 0;
}

/* `more` is laid over the layout handout. */
static void build_in(fixture *f, const char *more, const char *body) {
  char *text =
      pk_arena_printf(f->job.arena, "---\nheadline: A headline\nlang: en\n%s---\n%s\n", f->front ? f->front : "", body);
  f->source = (pk_source){.path = "test.md", .text = text, .size = strlen(text)};
  const pk_article *article = NULL;
  const pk_layout *layout = NULL;
  assert_int_equal(pk_article_parse(&f->job, &f->source, ".", &article), PK_OK);
  g_autofree char *folder = g_dir_make_tmp("tags-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "layout.yaml", NULL);
  g_autofree char *yaml =
      g_strdup_printf("presskit: layout/1\nextends: %s/layouts/handout.yaml\n%s", TEST_SOURCE_DIR, more);
  assert_true(g_file_set_contents(path, yaml, -1, NULL));
  assert_int_equal(pk_layout_build(&f->job, path, TEST_SOURCE_DIR "/layouts", &layout), PK_OK);
  g_unlink(path);
  g_rmdir(folder);
  pk_style_input in = {.article = article, .layout = layout};
  assert_int_equal(pk_style_build(&f->job, &in, &f->document), PK_OK);
  pk_tags_build(&f->job, f->document, &f->tags);
}

static void build(fixture *f, const char *body) {
  build_in(f, "", body);
}

/* "Document(H1 P Sect(H2 P))" */
static void append_tree(const pk_tags *tags, uint32_t number, GString *out) {
  g_string_append(out, pk_tag_name(&tags->tags[number]));
  bool has_children = false;
  for (uint32_t child = number + 1; child < tags->count; child++) {
    if (tags->tags[child].parent != number) continue;
    g_string_append_c(out, has_children ? ' ' : '(');
    has_children = true;
    append_tree(tags, child, out);
  }
  if (has_children) g_string_append_c(out, ')');
}

static void assert_built(const fixture *f, const char *expected) {
  g_autoptr(GString) tree = g_string_new(NULL);
  append_tree(f->tags, 1, tree);
  assert_string_equal(tree->str, expected);
}

static void assert_tree(fixture *f, const char *body, const char *expected) {
  build(f, body);
  assert_built(f, expected);
}

static const pk_tag *find(const fixture *f, pk_tag_kind kind) {
  for (size_t i = 1; i < f->tags->count; i++)
    if (f->tags->tags[i].kind == kind) return &f->tags->tags[i];
  fail_msg("there is no %s", pk_tag_name(&(pk_tag){.kind = kind}));
  return NULL;
}

static void heading_opens_a_section_until_the_next_of_its_level(void **state) {
  assert_tree(*state, "One.\n\n## Two\n\nText.\n\n### Three\n\nText.\n\n## Four\n\nText.",
              "Document(H1 P Sect(H2 P Sect(H3 P)) Sect(H2 P) P)");
}

static void levels_of_headings_never_skip_one(void **state) {
  assert_tree(*state, "One.\n\n##### Two\n\nText.\n\n### Three\n\nText.", "Document(H1 P Sect(H2 P Sect(H3 P)) P)");
}

static void lists_nest_under_the_item_around_them(void **state) {
  assert_tree(*state, "One.\n\n1. A\n\n   - B\n   - C\n\n   D\n2. E",
              "Document(H1 P L(LI(Lbl LBody(P L(LI(Lbl LBody(P)) LI(Lbl LBody(P))) P)) LI(Lbl LBody(P))) P)");
  fixture *f = *state;
  assert_true(find(f, PK_TAG_L)->is_ordered);
}

static void table_with_an_empty_corner_has_headings_down_its_side(void **state) {
  fixture *f = *state;
  assert_tree(f, "One.\n\n| | 2020 | 2021 |\n|---|---|---|\n| Courses | 1 | 2 |",
              "Document(H1 P Table(TR(TD TH TH) TR(TH TD TD)) P)");
  const pk_tag *row = NULL;
  for (size_t i = 1; i < f->tags->count; i++)
    if (f->tags->tags[i].scope == PK_SCOPE_ROW) row = &f->tags->tags[i];
  assert_non_null(row);
}

static void caption_stands_beside_its_figure(void **state) {
  fixture *f = *state;
  assert_tree(f, "One.\n\n![What it shows](a.svg \"Who drew it\")", "Document(H1 P Div(Figure Caption(P P)) P)");
  assert_string_equal(find(f, PK_TAG_FIGURE)->alternate, "What it shows");
}

static void note_is_found_from_its_reference(void **state) {
  fixture *f = *state;
  assert_tree(f, "One[^a].\n\n[^a]: See [there](https://drina.example/x).",
              "Document(H1 P(Reference(Link)) P Sect(H2 Note(Lbl P(Link))))");
  const pk_tag *link = find(f, PK_TAG_LINK), *note = find(f, PK_TAG_NOTE);
  assert_int_equal(link->note, 1);
  assert_string_equal(link->alternate, "Note 1");
  assert_int_equal(note->note, 1);
  assert_string_equal(note->name, "note-1");
}

static void link_in_several_styles_is_one(void **state) {
  fixture *f = *state;
  assert_tree(f, "One [two **three** four](https://drina.example) [five](https://drina.example).",
              "Document(H1 P(Link Link) P)");
  assert_string_equal(find(f, PK_TAG_LINK)->alternate, "drina.example");
}

static void link_inside_the_document_is_a_reference(void **state) {
  fixture *f = *state;
  assert_tree(f, "See [the *next* part](#two).\n\n## Two\n\nText.", "Document(H1 P(Reference(Link)) Sect(H2 P) P)");
  assert_string_equal(find(f, PK_TAG_LINK)->alternate, "the next part");
  assert_string_equal(find(f, PK_TAG_LINK)->href, "#two");
}

/* An entry of contents as the stage before makes it. */
static pk_unit_block entry(const fixture *f, int level, const char *words, pk_style_run *run) {
  const pk_unit_block *like = &f->document->units[0];
  *run = (pk_style_run){.end = (uint32_t)strlen(words), .style = like->style, .href = "#two", .link = (uint32_t)level};
  pk_unit_block unit = {.role = PK_ROLE_CONTENTS, .style = like->style, .level = level, .group = 1};
  unit.text = (pk_styled_text){.text = words, .size = run->end, .runs = run, .run_count = 1, .style = like->style};
  return unit;
}

static void entries_of_contents_hang_under_that_of_the_level_above(void **state) {
  fixture *f = *state;
  build(f, "Text.");
  pk_style_run runs[3];
  pk_unit_block units[] = {entry(f, 1, "First part", &runs[0]), entry(f, 2, "A text in it", &runs[1]),
                           entry(f, 1, "Second part", &runs[2])};
  runs[2].link = 3;
  pk_document document = *f->document;
  document.units = units;
  document.unit_count = G_N_ELEMENTS(units);
  document.link_count = 3;
  pk_tags_build(&f->job, &document, &f->tags);
  assert_built(f, "Document(TOC(TOCI(Reference(Link) TOC(TOCI(Reference(Link)))) TOCI(Reference(Link))))");
  assert_string_equal(find(f, PK_TAG_LINK)->alternate, "First part");
}

static void cyrillic_words_are_a_phrase_of_their_own(void **state) {
  fixture *f = *state;
  assert_tree(f, "The river is called Дрина, „лепа река” here, and [Дунав](https://drina.example) there.",
              "Document(H1 P(Span Link(Span)) P)");
  assert_string_equal(find(f, PK_TAG_SPAN)->lang, "sr-Cyrl");
}

static void declared_language_goes_before_the_guess(void **state) {
  fixture *f = *state;
  assert_tree(
      f, "A [\u041C\u043E\u0441\u043A\u0432\u0430 *rada*]{lang=ru} and a [link](https://drina.example){lang=de-at}.",
      "Document(H1 P(Span Link(Span)) P)");
  const pk_styled_text *text = &f->document->units[1].text;
  assert_string_equal(find(f, PK_TAG_SPAN)->lang, "ru");
  assert_int_equal(pk_style_run_lang(text, &text->runs[1]), PK_LANG_NONE);
  assert_string_equal(f->tags->tags[f->tags->count - 2].lang, "de-AT");
  assert_null(strchr(text->text, '{'));
}

static void quotes_are_those_of_the_language_declared(void **state) {
  fixture *f = *state;
  build(f, "He said \"[to je \"to\" bilo]{lang=sr-Latn}\" and \"left\".");
  assert_string_equal(f->document->units[1].text.text,
                      "He said \u201cto je \u2019to\u2019 bilo\u201d and \u201cleft\u201d.");
}

static void abbreviation_is_a_phrase_with_what_it_stands_for(void **state) {
  fixture *f = *state;
  f->front = "abbreviations: {UN: United Nations}\n";
  assert_tree(f, "The UN, a UN-led force, and UNICEF; `UN` is code.", "Document(H1 P(Span Span) P)");
  assert_string_equal(find(f, PK_TAG_SPAN)->expansion, "United Nations");
  assert_null(find(f, PK_TAG_SPAN)->lang);
}

static void pull_quote_that_repeats_the_text_is_marked(void **state) {
  fixture *f = *state;
  build(f,
        "He said: \u201cThe water comes when *it wants*.\u201d\n\n> The water comes when it wants\n> \u2014 The Head");
  assert_true(find(f, PK_TAG_ASIDE)->is_repeat);
  build(f, "He said: \u201cThe water comes.\u201d\n\n> The water comes when it wants\n> \u2014 The Head");
  assert_false(find(f, PK_TAG_ASIDE)->is_repeat);
}

static void names_are_of_english_letters_and_unique(void **state) {
  fixture *f = *state;
  build(f, "One.\n\n## Šta je Đerdap?\n\nText.\n\n## Шта је Ђердап\n\nText.\n\n## ***\n\nText.");
  const char *names[4] = {NULL};
  size_t count = 0;
  for (size_t i = 1; i < f->tags->count && count < 4; i++)
    if (f->tags->tags[i].kind == PK_TAG_H) names[count++] = f->tags->tags[i].name;
  assert_string_equal(names[0], "a-headline");
  assert_string_equal(names[1], "sta-je-djerdap");
  assert_string_equal(names[2], "sta-je-djerdap-2");
}

static void break_stands_between_what_it_parts(void **state) {
  assert_tree(*state, "One.\n\n***\n\nTwo.", "Document(H1 P Break P P)");
}

static void side_bar_is_an_aside_with_its_own_headings(void **state) {
  fixture *f = *state;
  build_in(f, "styles: {side-bar: {}, side-bar-heading: {}, side-bar-text: {}, side-bar-item: {}}\n",
           "One.\n\n## Two\n\nText.\n\n> ### In it\n>\n> Text.\n\nMore.");
  assert_built(f, "Document(H1 P Sect(H2 P Aside(Sect(H3 P)) P) P)");
}

static void note_at_the_foot_is_read_after_what_refers_to_it(void **state) {
  fixture *f = *state;
  build_in(f, "notes: foot\n", "One[^a].\n\n- Two[^b].\n- Three.\n\nFour.\n\n[^a]: A.\n[^b]: B.");
  assert_built(f, "Document(H1 P(Reference(Link)) Note(Lbl P) L(LI(Lbl LBody(P(Reference(Link)))) LI(Lbl LBody(P))) "
                  "Note(Lbl P) P P)");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(heading_opens_a_section_until_the_next_of_its_level, set_up, tear_down),
      cmocka_unit_test_setup_teardown(levels_of_headings_never_skip_one, set_up, tear_down),
      cmocka_unit_test_setup_teardown(lists_nest_under_the_item_around_them, set_up, tear_down),
      cmocka_unit_test_setup_teardown(table_with_an_empty_corner_has_headings_down_its_side, set_up, tear_down),
      cmocka_unit_test_setup_teardown(caption_stands_beside_its_figure, set_up, tear_down),
      cmocka_unit_test_setup_teardown(note_is_found_from_its_reference, set_up, tear_down),
      cmocka_unit_test_setup_teardown(link_in_several_styles_is_one, set_up, tear_down),
      cmocka_unit_test_setup_teardown(link_inside_the_document_is_a_reference, set_up, tear_down),
      cmocka_unit_test_setup_teardown(entries_of_contents_hang_under_that_of_the_level_above, set_up, tear_down),
      cmocka_unit_test_setup_teardown(cyrillic_words_are_a_phrase_of_their_own, set_up, tear_down),
      cmocka_unit_test_setup_teardown(declared_language_goes_before_the_guess, set_up, tear_down),
      cmocka_unit_test_setup_teardown(quotes_are_those_of_the_language_declared, set_up, tear_down),
      cmocka_unit_test_setup_teardown(abbreviation_is_a_phrase_with_what_it_stands_for, set_up, tear_down),
      cmocka_unit_test_setup_teardown(pull_quote_that_repeats_the_text_is_marked, set_up, tear_down),
      cmocka_unit_test_setup_teardown(break_stands_between_what_it_parts, set_up, tear_down),
      cmocka_unit_test_setup_teardown(side_bar_is_an_aside_with_its_own_headings, set_up, tear_down),
      cmocka_unit_test_setup_teardown(note_at_the_foot_is_read_after_what_refers_to_it, set_up, tear_down),
      cmocka_unit_test_setup_teardown(names_are_of_english_letters_and_unique, set_up, tear_down),
  };
  return cmocka_run_group_tests_name("tags", tests, NULL, NULL);
}
