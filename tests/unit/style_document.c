/* Articles made by hand, an office from a text, the shipped layouts: what units
 * they become and how templates are filled. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
/* cmocka needs the four above first */
#include <cmocka.h>
#include <glib/gstdio.h>

#include "style/style.h"

typedef struct {
  pk_worker worker;
  pk_job job;
  pk_article article;
  pk_text_run run;
  pk_block lede, quote;
  const pk_block *blocks[2];
  const pk_layout *layout;
  const pk_office *office;
} fixture;

static const char office_text[] = "presskit: office/1\n"
                                  "name: {en: Drina Liaison Office, sr-Latn: Kancelarija za vezu Drina}\n"
                                  "address: [Nemanjina 9, 11000 Beograd]\n"
                                  "contacts:\n"
                                  "  media: {name: Press desk, email: press@drina.example}\n";

static const pk_office *read_office(fixture *f) {
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp("office-XXXXXX.yaml", &path, NULL);
  assert_true(fd >= 0);
  g_close(fd, NULL);
  assert_true(g_file_set_contents(path, office_text, -1, NULL));
  const pk_office *office = NULL;
  assert_int_equal(pk_office_build(&f->job, path, &office), PK_OK);
  g_unlink(path);
  return office;
}

static pk_rich_text rich(fixture *f, const char *text) {
  f->run = (pk_text_run){.end = (uint32_t)strlen(text)};
  return (pk_rich_text){text, (uint32_t)strlen(text), &f->run, 1};
}

static int set_up(void **state) {
  fixture *f = g_new0(fixture, 1);
  f->worker.scratch = pk_arena_new();
  f->job = (pk_job){.worker = &f->worker, .arena = pk_arena_new()};
  f->job.diag = pk_diag_new(f->job.arena);
  assert_int_equal(
      pk_layout_build(&f->job, TEST_SOURCE_DIR "/layouts/handout.yaml", TEST_SOURCE_DIR "/layouts", &f->layout), PK_OK);
  f->office = read_office(f);
  f->lede = (pk_block){.kind = PK_BLOCK_PARAGRAPH};
  f->lede.text = rich(f, "He said \"yes\".");
  f->blocks[0] = &f->lede;
  f->article = (pk_article){.lang = PK_LANG_EN, .folder = ".", .blocks = f->blocks, .block_count = 1};
  f->article.headline.text = "A headline";
  f->article.place.text = "Belgrade";
  f->article.date = (pk_date){.year = 2021, .month = 6, .day = 26, .is_given = true};
  f->article.is_immediate = true;
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

static const pk_document *compose(fixture *f) {
  const pk_document *document = NULL;
  pk_style_input in = {&f->article, f->layout, f->office, NULL, NULL};
  assert_int_equal(pk_style_build(&f->job, &in, &document), PK_OK);
  return document;
}

static const pk_unit_block *unit_of(const pk_document *document, pk_role role) {
  for (size_t i = 0; i < document->unit_count; i++)
    if (document->units[i].role == role) return &document->units[i];
  return NULL;
}

static void style_runs_the_dateline_into_the_lede(void **state) {
  fixture *f = *state;
  const pk_unit_block *lede = unit_of(compose(f), PK_ROLE_PARAGRAPH);
  assert_non_null(lede);
  assert_true(g_str_has_prefix(lede->text.text, "BELGRADE, 26\u00a0June"));
  assert_non_null(strstr(lede->text.text, "He said \u201cyes\u201d."));
  assert_int_equal(lede->text.runs[0].start, 0);
  assert_int_equal(lede->text.runs[lede->text.run_count - 1].end, lede->text.size);
}

static void style_leaves_out_the_dateline_where_the_layout_says_so(void **state) {
  fixture *f = *state;
  pk_layout layout = *f->layout;
  layout.dateline = false;
  f->layout = &layout;
  const pk_unit_block *lede = unit_of(compose(f), PK_ROLE_PARAGRAPH);
  assert_true(g_str_has_prefix(lede->text.text, "He said"));
}

static void style_prefers_the_strong_of_the_block(void **state) {
  fixture *f = *state;
  assert_int_equal(
      pk_layout_build(&f->job, TEST_SOURCE_DIR "/layouts/fact-sheet.yaml", TEST_SOURCE_DIR "/layouts", &f->layout),
      PK_OK);
  pk_block paragraph = {.kind = PK_BLOCK_PARAGRAPH}, item = {.kind = PK_BLOCK_ITEM}, list = {.kind = PK_BLOCK_LIST};
  const pk_block *paragraphs[] = {&paragraph}, *items[] = {&item};
  paragraph.text = rich(f, "48 exercises");
  f->run.marks = PK_MARK_STRONG;
  item.children = paragraphs;
  list.children = items;
  item.child_count = list.child_count = 1;
  f->lede.text = paragraph.text;
  f->blocks[1] = &list;
  f->article.block_count = 2;
  const pk_document *document = compose(f);
  const pk_style_run *in_lede = &unit_of(document, PK_ROLE_PARAGRAPH)->text.runs[0];
  const pk_unit_block *figure = unit_of(document, PK_ROLE_ITEM);
  assert_string_equal(in_lede->style->name, "strong");
  assert_string_equal(figure->text.runs[0].style->name, "list-item-strong");
  assert_true(figure->text.runs[0].style->size > 2 * figure->style->size);
}

static void style_sets_every_part_of_the_flow_in_order(void **state) {
  fixture *f = *state;
  const pk_document *document = compose(f);
  assert_int_equal(document->units[0].role, PK_ROLE_RELEASE);
  assert_int_equal(document->units[1].role, PK_ROLE_HEADLINE);
  assert_int_equal(document->units[document->unit_count - 1].role, PK_ROLE_CONTACT);
  assert_non_null(strstr(unit_of(document, PK_ROLE_CONTACT)->text.text, "press@drina.example"));
}

static void style_converts_a_text_that_only_the_other_script_has(void **state) {
  fixture *f = *state;
  f->article.lang = PK_LANG_SR_CYRL;
  assert_string_equal(compose(f)->author, "Канцеларија за везу Дрина");
}

static void style_fills_templates(void **state) {
  fixture *f = *state;
  const pk_document *document = compose(f);
  pk_text text = {.any = "{page} / {pages} {office.address-line} {{x"};
  assert_string_equal(pk_style_fill(&f->job, document, &text, &(pk_folio){2, 5, NULL, 0, 0}, PK_SPAN_NONE),
                      "2 / 5 Nemanjina 9, 11000 Beograd {x");
}

static void style_leaves_out_a_line_whose_variable_has_no_value(void **state) {
  fixture *f = *state;
  const pk_document *document = compose(f);
  pk_text text = {.any = "Tel. {office.phone}"};
  assert_null(pk_style_fill(&f->job, document, &text, &(pk_folio){1, 1, NULL, 0, 0}, PK_SPAN_NONE));
  assert_int_equal(pk_diag_count(f->job.diag, PK_ERROR), 0);
}

static void style_raises_an_unknown_variable_with_the_nearest(void **state) {
  fixture *f = *state;
  const pk_document *document = compose(f);
  pk_text text = {.any = "{headlin}"};
  assert_null(pk_style_fill(&f->job, document, &text, &(pk_folio){1, 1, NULL, 0, 0}, PK_SPAN_NONE));
  size_t count;
  const pk_diagnostic *const *list = pk_diag_list(f->job.diag, &count);
  assert_string_equal(list[count - 1]->message, "unknown variable {headlin}");
  assert_string_equal(list[count - 1]->hint, "did you mean {headline}?");
}

static void style_raises_an_unknown_contact(void **state) {
  fixture *f = *state;
  f->article.contact.text = "medai";
  pk_style_input in = {&f->article, f->layout, f->office, NULL, NULL};
  const pk_document *document = NULL;
  assert_int_equal(pk_style_build(&f->job, &in, &document), PK_FAILED);
  assert_null(document);
}

static void boilerplate_of_the_article_goes_before_that_of_the_office(void **state) {
  fixture *f = *state;
  f->article.boilerplate.text = "Two sides.\n\nOne river.";
  const pk_document *document = compose(f);
  size_t count = 0;
  for (size_t i = 0; i < document->unit_count; i++) {
    if (document->units[i].role != PK_ROLE_BOILERPLATE) continue;
    assert_string_equal(document->units[i].text.text, count++ ? "One river." : "Two sides.");
  }
  assert_int_equal(count, 2);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(style_runs_the_dateline_into_the_lede, set_up, tear_down),
      cmocka_unit_test_setup_teardown(style_leaves_out_the_dateline_where_the_layout_says_so, set_up, tear_down),
      cmocka_unit_test_setup_teardown(style_prefers_the_strong_of_the_block, set_up, tear_down),
      cmocka_unit_test_setup_teardown(style_sets_every_part_of_the_flow_in_order, set_up, tear_down),
      cmocka_unit_test_setup_teardown(style_converts_a_text_that_only_the_other_script_has, set_up, tear_down),
      cmocka_unit_test_setup_teardown(style_fills_templates, set_up, tear_down),
      cmocka_unit_test_setup_teardown(style_leaves_out_a_line_whose_variable_has_no_value, set_up, tear_down),
      cmocka_unit_test_setup_teardown(style_raises_an_unknown_variable_with_the_nearest, set_up, tear_down),
      cmocka_unit_test_setup_teardown(style_raises_an_unknown_contact, set_up, tear_down),
      cmocka_unit_test_setup_teardown(boilerplate_of_the_article_goes_before_that_of_the_office, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
