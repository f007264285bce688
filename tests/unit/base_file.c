/* Files appear whole, and several together or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

typedef struct {
  char *folder;
} fixture;

static int set_up(void **state) {
  fixture *f = g_new0(fixture, 1);
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
  g_free(f->folder);
  g_free(f);
  return 0;
}

static char *path_of(const fixture *f, const char *name) {
  return g_build_filename(f->folder, name, NULL);
}

static unsigned count_files(const fixture *f) {
  unsigned count = 0;
  GDir *dir = g_dir_open(f->folder, 0, NULL);
  while (g_dir_read_name(dir)) count++;
  g_dir_close(dir);
  return count;
}

static void assert_content(const char *path, const char *wanted) {
  g_autofree char *content = NULL;
  assert_true(g_file_get_contents(path, &content, NULL, NULL));
  assert_string_equal(content, wanted);
}

static void file_read_returns_the_bytes_with_a_nul_after_them(void **state) {
  g_autofree char *path = path_of(*state, "a");
  assert_true(g_file_set_contents(path, "x\0y", 3, NULL));
  g_autoptr(GBytes) bytes = pk_file_read(path, 3, NULL);
  gsize size;
  const char *data = g_bytes_get_data(bytes, &size);
  assert_int_equal(size, 3);
  assert_memory_equal(data, "x\0y", 4);
}

static void file_read_refuses_what_is_too_large(void **state) {
  g_autofree char *path = path_of(*state, "a");
  assert_true(g_file_set_contents(path, "four", 4, NULL));
  g_autoptr(GError) error = NULL;
  assert_null(pk_file_read(path, 3, &error));
  assert_true(g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOSPC));
}

static void file_read_refuses_folders_pipes_and_what_is_missing(void **state) {
  const fixture *f = *state;
  g_autoptr(GError) folder = NULL, pipe = NULL, missing = NULL;
  assert_null(pk_file_read(f->folder, 9, &folder));
  assert_true(g_error_matches(folder, G_FILE_ERROR, G_FILE_ERROR_ISDIR));
  g_autofree char *path = path_of(f, "pipe");
  assert_null(pk_file_read(path, 9, &missing));
  assert_true(g_error_matches(missing, G_FILE_ERROR, G_FILE_ERROR_NOENT));
  assert_int_equal(mkfifo(path, 0600), 0);
  assert_null(pk_file_read(path, 9, &pipe));
  assert_non_null(pipe);
}

static void file_write_replaces_an_older_file_and_leaves_nothing_else(void **state) {
  g_autofree char *path = path_of(*state, "a.pdf");
  assert_true(pk_file_write_atomic(path, "old", 3, NULL));
  assert_true(pk_file_write_atomic(path, "newer", 5, NULL));
  assert_content(path, "newer");
  assert_int_equal(count_files(*state), 1);
}

static void file_write_into_a_missing_folder_says_so(void **state) {
  g_autofree char *path = path_of(*state, "none/a.pdf");
  g_autoptr(GError) error = NULL;
  assert_false(pk_file_write_atomic(path, "x", 1, &error));
  assert_true(g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT));
}

static void file_write_never_replaces_a_folder_or_a_device(void **state) {
  const fixture *f = *state;
  g_autoptr(GError) folder = NULL, slash = NULL, device = NULL;
  assert_false(pk_file_write_atomic(f->folder, "x", 1, &folder));
  assert_true(g_error_matches(folder, G_FILE_ERROR, G_FILE_ERROR_ISDIR));
  g_autofree char *path = path_of(f, "new/");
  assert_false(pk_file_write_atomic(path, "x", 1, &slash));
  assert_true(g_error_matches(slash, G_FILE_ERROR, G_FILE_ERROR_ISDIR));
  assert_false(pk_file_write_atomic("/dev/null", "x", 1, &device));
  assert_non_null(device);
}

static void file_write_through_a_link_replaces_what_it_points_to(void **state) {
  g_autofree char *path = path_of(*state, "a.pdf");
  g_autofree char *link = path_of(*state, "link.pdf");
  assert_true(pk_file_write_atomic(path, "old", 3, NULL));
  assert_int_equal(symlink("a.pdf", link), 0);
  assert_true(pk_file_write_atomic(link, "new", 3, NULL));
  assert_content(path, "new");
  assert_true(g_file_test(link, G_FILE_TEST_IS_SYMLINK));
}

static void file_write_takes_a_name_as_long_as_the_system_allows(void **state) {
  char name[256];
  memset(name, 'n', 255);
  name[255] = 0;
  g_autofree char *path = path_of(*state, name);
  assert_true(pk_file_write_atomic(path, "x", 1, NULL));
}

static void file_batch_shows_nothing_before_it_is_committed(void **state) {
  g_autofree char *one = path_of(*state, "1.png");
  pk_file_batch *batch = pk_file_batch_new();
  assert_true(pk_file_batch_add(batch, one, "1", 1, NULL));
  assert_false(g_file_test(one, G_FILE_TEST_EXISTS));
  pk_file_batch_drop(batch);
  assert_int_equal(count_files(*state), 0);
}

static void file_batch_takes_back_what_it_placed_if_one_fails(void **state) {
  g_autofree char *one = path_of(*state, "1.png");
  g_autofree char *two = path_of(*state, "2.png");
  g_autofree char *three = path_of(*state, "3.png");
  assert_true(g_file_set_contents(one, "old", -1, NULL));
  pk_file_batch *batch = pk_file_batch_new();
  assert_true(pk_file_batch_add(batch, one, "1", 1, NULL));
  assert_true(pk_file_batch_add(batch, two, "2", 1, NULL));
  assert_true(pk_file_batch_add(batch, three, "3", 1, NULL));
  /* What the third is to replace becomes a folder that holds something. */
  assert_int_equal(g_mkdir(three, 0700), 0);
  g_autofree char *inside = g_build_filename(three, "x", NULL);
  assert_true(g_file_set_contents(inside, "x", -1, NULL));
  g_autoptr(GError) error = NULL;
  gboolean is_committed = pk_file_batch_commit(batch, &error);
  pk_file_batch_drop(batch);
  assert_int_equal(g_remove(inside), 0);
  assert_false(is_committed);
  assert_non_null(error);
  assert_content(one, "old");
  assert_false(g_file_test(two, G_FILE_TEST_EXISTS));
  assert_int_equal(count_files(*state), 2);
}

static void file_batch_shows_many_files_at_once(void **state) {
  pk_file_batch *batch = pk_file_batch_new();
  for (int i = 0; i < 20; i++) {
    g_autofree char *name = g_strdup_printf("%d.png", i);
    g_autofree char *path = path_of(*state, name);
    if (i % 3 == 0) assert_true(pk_file_write_atomic(path, "old", 3, NULL));
    assert_true(pk_file_batch_add(batch, path, name, strlen(name), NULL));
  }
  assert_true(pk_file_batch_commit(batch, NULL));
  pk_file_batch_drop(batch);
  assert_int_equal(count_files(*state), 20);
  for (int i = 0; i < 20; i++) {
    g_autofree char *name = g_strdup_printf("%d.png", i);
    g_autofree char *path = path_of(*state, name);
    assert_content(path, name);
  }
}

static void file_sweep_removes_what_dead_processes_left(void **state) {
  pid_t dead = fork();
  if (dead == 0) _exit(0);
  assert_int_equal(waitpid(dead, NULL, 0), dead);
  g_autofree char *left = g_strdup_printf(".presskit-%d-abcdef", (int)dead);
  g_autofree char *alive = g_strdup_printf(".presskit-%d-abcdef", (int)getppid());
  const char *names[] = {left, alive, ".presskit-journal", ".presskit-x", "1.pdf"};
  for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *path = path_of(*state, names[i]);
    assert_true(g_file_set_contents(path, "x", 1, NULL));
  }
  pk_file_sweep(((const fixture *)*state)->folder);
  assert_int_equal(count_files(*state), 4);
  g_autofree char *path = path_of(*state, left);
  assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(file_read_returns_the_bytes_with_a_nul_after_them),
      TEST(file_read_refuses_what_is_too_large),
      TEST(file_read_refuses_folders_pipes_and_what_is_missing),
      TEST(file_write_replaces_an_older_file_and_leaves_nothing_else),
      TEST(file_write_into_a_missing_folder_says_so),
      TEST(file_write_never_replaces_a_folder_or_a_device),
      TEST(file_write_through_a_link_replaces_what_it_points_to),
      TEST(file_write_takes_a_name_as_long_as_the_system_allows),
      TEST(file_batch_shows_nothing_before_it_is_committed),
      TEST(file_batch_takes_back_what_it_placed_if_one_fails),
      TEST(file_batch_shows_many_files_at_once),
      TEST(file_sweep_removes_what_dead_processes_left),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
