/* Which files lie in the folders that may be opened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "base/folders.h"

/* root/in/deep/file, root/in-too/file, root/file */
typedef struct {
  pk_arena *arena;
  char *root;
  pk_folders *folders; /* root/in */
} fixture;

static const char *path_of(const fixture *f, const char *name) {
  return pk_arena_printf(f->arena, "%s/%s", f->root, name);
}

static void write_file(const fixture *f, const char *name) {
  const char *path = path_of(f, name);
  g_autofree char *folder = g_path_get_dirname(path);
  assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
  assert_true(g_file_set_contents(path, "x", 1, NULL));
}

static int set_up(void **state) {
  fixture *f = g_new0(fixture, 1);
  f->arena = pk_arena_new();
  f->root = g_dir_make_tmp("presskit-folders-XXXXXX", NULL);
  write_file(f, "in/deep/file");
  write_file(f, "in-too/file");
  write_file(f, "file");
  f->folders = pk_folders_new(f->arena);
  pk_folders_add(f->folders, path_of(f, "in"));
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  static const char *const names[] = {"in/link", "in/deep/file", "in-too/file", "file",
                                      "in/deep", "in",           "in-too",      "alias"};
  for (size_t i = 0; i < G_N_ELEMENTS(names); i++) g_remove(path_of(f, names[i]));
  g_rmdir(f->root);
  g_free(f->root);
  pk_arena_drop(f->arena);
  g_free(f);
  return 0;
}

static bool holds(const fixture *f, const char *name) {
  const char *real;
  return pk_folders_hold(f->folders, path_of(f, name), &real);
}

static void what_lies_below_is_inside(void **state) {
  const fixture *f = *state;
  const char *real;
  assert_true(pk_folders_hold(f->folders, path_of(f, "in/deep/../deep/file"), &real));
  assert_true(g_str_has_suffix(real, "/in/deep/file"));
  assert_true(holds(f, "in-too/../in/deep/file"));
}

static void a_name_that_only_begins_alike_is_outside(void **state) {
  assert_false(holds(*state, "in-too/file"));
  assert_false(holds(*state, "in/../file"));
  assert_false(holds(*state, "in/deep/../../in-too/file"));
  assert_false(holds(*state, "in"));
}

static void a_link_counts_by_where_it_leads(void **state) {
  const fixture *f = *state;
  assert_int_equal(symlink(path_of(f, "file"), path_of(f, "in/link")), 0);
  assert_false(holds(f, "in/link"));
  assert_int_equal(g_unlink(path_of(f, "in/link")), 0);
  assert_int_equal(symlink("deep", path_of(f, "in/link")), 0);
  assert_true(holds(f, "in/link/file"));
}

static void a_folder_named_through_a_link_is_known(void **state) {
  const fixture *f = *state;
  assert_int_equal(symlink(path_of(f, "in-too"), path_of(f, "alias")), 0);
  pk_folders_add(f->folders, path_of(f, "alias"));
  assert_true(holds(f, "in-too/file"));
  assert_true(holds(f, "alias/file"));
  assert_true(holds(f, "alias/missing"));
}

static void a_file_that_is_missing_counts_as_written(void **state) {
  const fixture *f = *state;
  const char *real = "";
  assert_true(pk_folders_hold(f->folders, path_of(f, "in/no/such"), &real));
  assert_null(real);
  assert_false(holds(f, "in/../no/such"));
  assert_false(holds(f, "elsewhere"));
}

static void the_root_holds_everything_and_no_folder_nothing(void **state) {
  const fixture *f = *state;
  const char *real;
  pk_folders *none = pk_folders_new(f->arena);
  assert_false(pk_folders_hold(none, path_of(f, "file"), &real));
  pk_folders_add(none, path_of(f, "no/such/folder"));
  assert_false(pk_folders_hold(none, path_of(f, "file"), &real));
  pk_folders_add_of(none, "/file");
  assert_true(pk_folders_hold(none, path_of(f, "file"), &real));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(what_lies_below_is_inside),
      TEST(a_name_that_only_begins_alike_is_outside),
      TEST(a_link_counts_by_where_it_leads),
      TEST(a_folder_named_through_a_link_is_known),
      TEST(a_file_that_is_missing_counts_as_written),
      TEST(the_root_holds_everything_and_no_folder_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
