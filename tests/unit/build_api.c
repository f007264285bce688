/* The public API, used as a stranger would use it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

#include <presskit/presskit.h>

#define CASES TEST_SOURCE_DIR "/tests/cases/"

typedef struct {
  presskit_engine *engine;
  char *folder;
} fixture;

static int set_up(void **state) {
  fixture *f = g_new0(fixture, 1);
  f->engine = presskit_engine_new(TEST_SOURCE_DIR);
  f->folder = g_dir_make_tmp("presskit-XXXXXX", NULL);
  *state = f;
  return f->folder ? 0 : 1;
}

static int tear_down(void **state) {
  fixture *f = *state;
  GDir *dir = g_dir_open(f->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name(dir));) {
    g_autofree char *path = g_build_filename(f->folder, name, NULL);
    g_remove(path);
  }
  g_dir_close(dir);
  g_rmdir(f->folder);
  presskit_engine_drop(f->engine);
  g_free(f->folder);
  g_free(f);
  return 0;
}

static presskit_render_options good(void) {
  return (presskit_render_options){
      .article = CASES "_article.md", .layout = "handout", .office = CASES "_office.yaml", .in_memory = true};
}

static void api_renders_into_memory(void **state) {
  fixture *f = *state;
  presskit_render_options options = good();
  presskit_result *result = presskit_render(f->engine, &options);
  if (presskit_result_status(result) != PK_OK)
    fail_msg("%s", presskit_result_diagnostics(result, PRESSKIT_HUMAN, false));
  size_t size = 0;
  const char *data = presskit_result_data(result, 0, &size);
  assert_int_equal(presskit_result_file_count(result), 1);
  assert_int_equal(presskit_result_page_count(result), 1);
  assert_string_equal(presskit_result_file(result, 0), "_article.pdf");
  assert_true(size > 1000);
  assert_memory_equal(data, "%PDF-", 5);
  assert_null(presskit_result_data(result, 1, &size));
  assert_null(presskit_result_dump(result));
  presskit_result_drop(result);
}

static void api_renders_again_with_one_engine_to_the_same_bytes(void **state) {
  fixture *f = *state;
  presskit_render_options options = good();
  presskit_result *results[3];
  for (int i = 0; i < 3; i++) {
    options.layout = i == 1 ? "press-release" : "handout";
    results[i] = presskit_render(f->engine, &options);
    assert_int_equal(presskit_result_status(results[i]), PK_OK);
  }
  size_t sizes[3];
  const void *data[3];
  for (int i = 0; i < 3; i++) data[i] = presskit_result_data(results[i], 0, &sizes[i]);
  assert_int_equal(sizes[0], sizes[2]);
  assert_memory_equal(data[0], data[2], sizes[0]);
  for (int i = 0; i < 3; i++) presskit_result_drop(results[i]);
}

static void api_writes_a_file_and_names_it(void **state) {
  fixture *f = *state;
  g_autofree char *path = g_build_filename(f->folder, "a.png", NULL);
  presskit_render_options options = good();
  options.in_memory = false;
  options.output = path;
  options.format = PRESSKIT_PNG;
  options.dpi = 30;
  presskit_result *result = presskit_render(f->engine, &options);
  assert_int_equal(presskit_result_status(result), PK_OK);
  assert_string_equal(presskit_result_file(result, 0), path);
  assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
  size_t size;
  assert_null(presskit_result_data(result, 0, &size));
  presskit_result_drop(result);
}

static void api_failure_has_diagnostics_and_no_files(void **state) {
  fixture *f = *state;
  presskit_render_options options = good();
  options.layout = "handuot";
  presskit_result *result = presskit_render(f->engine, &options);
  assert_int_equal(presskit_result_status(result), PK_FAILED);
  assert_int_equal(presskit_result_count(result, PK_ERROR), 1);
  assert_int_equal(presskit_result_file_count(result), 0);
  assert_null(presskit_result_file(result, 0));
  assert_string_equal(presskit_result_diagnostics(result, PRESSKIT_SHORT, false),
                      "error[layout-unknown]: there is no layout 'handuot'\n");
  assert_non_null(strstr(presskit_result_diagnostics(result, PRESSKIT_HUMAN, false), "did you mean 'handout'?"));
  presskit_result_drop(result);
}

static void api_checks_its_options(void **state) {
  fixture *f = *state;
  presskit_render_options none = {0}, dpi = good(), pages = good();
  dpi.dpi = 5;
  pages.pages = "2..3";
  const presskit_render_options *all[] = {&none, &dpi, &pages};
  for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
    presskit_result *result = presskit_render(f->engine, all[i]);
    assert_int_equal(presskit_result_status(result), PK_FAILED);
    assert_non_null(strstr(presskit_result_diagnostics(result, PRESSKIT_SHORT, false), "[option-invalid]"));
    presskit_result_drop(result);
  }
}

static void api_wrong_data_folder_shows_in_the_result(void **state) {
  (void)state;
  presskit_engine *engine = presskit_engine_new("/nowhere");
  presskit_render_options options = good();
  presskit_result *result = presskit_render(engine, &options);
  assert_int_equal(presskit_result_status(result), PK_FAILED);
  assert_non_null(strstr(presskit_result_diagnostics(result, PRESSKIT_SHORT, false), "[data-missing]"));
  presskit_result_drop(result);
  assert_null(presskit_list(engine, PRESSKIT_LIST_LAYOUTS));
  presskit_engine_drop(engine);
}

static void api_dumps_each_stage(void **state) {
  fixture *f = *state;
  for (int stage = PRESSKIT_DUMP_ARTICLE; stage <= PRESSKIT_DUMP_LIST; stage++) {
    presskit_render_options options = good();
    options.dump = (presskit_dump)stage;
    presskit_result *result = presskit_render(f->engine, &options);
    assert_int_equal(presskit_result_status(result), PK_OK);
    assert_true(strlen(presskit_result_dump(result)) > 50);
    presskit_result_drop(result);
  }
}

static void api_lists_schemas_and_codes(void **state) {
  fixture *f = *state;
  char *layouts = presskit_list(f->engine, PRESSKIT_LIST_LAYOUTS);
  assert_non_null(strstr(layouts, "handout\t"));
  assert_null(strstr(layouts, "errors"));
  presskit_free(layouts);
  for (const char *const *kind = presskit_kinds(); *kind; kind++) {
    char *schema = presskit_schema(*kind), *reference = presskit_reference(*kind);
    assert_non_null(schema);
    assert_non_null(reference);
    presskit_free(schema);
    presskit_free(reference);
  }
  assert_null(presskit_schema("wedding"));
  const char *nearest = NULL;
  assert_null(presskit_explain("file-mising", &nearest));
  assert_string_equal(nearest, "file-missing");
  for (const char *const *code = presskit_codes(); *code; code++) {
    assert_non_null(presskit_explain(*code, NULL));
    assert_non_null(presskit_code_title(*code));
    for (const char *const *other = code + 1; *other; other++) assert_string_not_equal(*code, *other);
  }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(api_renders_into_memory),        TEST(api_renders_again_with_one_engine_to_the_same_bytes),
      TEST(api_writes_a_file_and_names_it), TEST(api_failure_has_diagnostics_and_no_files),
      TEST(api_checks_its_options),         TEST(api_wrong_data_folder_shows_in_the_result),
      TEST(api_dumps_each_stage),           TEST(api_lists_schemas_and_codes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
