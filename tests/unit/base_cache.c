/* The cache: what comes back, what is made again, what goes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/cache.h"

static int made;

static GBytes *make(void *data) {
  g_atomic_int_inc(&made);
  return data ? g_bytes_new(data, strlen(data)) : NULL;
}

static int set_up(void **state) {
  made = 0;
  *state = g_dir_make_tmp("presskit-cache-XXXXXX", NULL);
  return *state ? 0 : -1;
}

static int tear_down(void **state) {
  g_autofree char *command = g_strdup_printf("rm -rf '%s'", (char *)*state);
  g_free(*state);
  return g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL) ? 0 : -1;
}

static void assert_bytes(pk_cache *cache, const char *key, const char *wanted) {
  GBytes *bytes = pk_cache_bytes(cache, pk_digest_of(key, strlen(key)), make, (void *)wanted);
  assert_non_null(bytes);
  assert_int_equal(g_bytes_get_size(bytes), strlen(wanted));
  assert_memory_equal(g_bytes_get_data(bytes, NULL), wanted, strlen(wanted));
  g_bytes_unref(bytes);
}

static void an_entry_is_made_once_and_found_by_the_next_run(void **state) {
  for (int run = 0; run < 2; run++) {
    pk_cache *cache = pk_cache_new(*state);
    for (int i = 0; i < 3; i++) assert_bytes(cache, "a", "apples");
    assert_bytes(cache, "b", "");
    pk_cache_drop(cache);
  }
  assert_int_equal(made, 2);
  assert_int_equal(pk_cache_measure(*state).entries, 2);
}

static void what_cannot_be_made_is_not_kept(void **state) {
  pk_cache *cache = pk_cache_new(*state);
  for (int i = 0; i < 2; i++) assert_null(pk_cache_bytes(cache, pk_digest_of("x", 1), make, NULL));
  pk_cache_drop(cache);
  assert_int_equal(made, 2);
  assert_null(pk_cache_bytes(NULL, pk_digest_of("x", 1), make, NULL));
}

static char *only_file(const char *folder) {
  g_autoptr(GDir) outer = g_dir_open(folder, 0, NULL);
  g_autofree char *below = g_build_filename(folder, g_dir_read_name(outer), NULL);
  g_autoptr(GDir) inner = g_dir_open(below, 0, NULL);
  return g_build_filename(below, g_dir_read_name(inner), NULL);
}

static void a_damaged_entry_is_made_again(void **state) {
  pk_cache *cache = pk_cache_new(*state);
  assert_bytes(cache, "a", "apples and pears");
  pk_cache_drop(cache);
  g_autofree char *path = only_file(*state);
  char *data;
  gsize size;
  assert_true(g_file_get_contents(path, &data, &size, NULL));
  for (gsize cut = 0; cut <= size; cut += 7) {
    g_autofree char *copy = g_memdup2(data, size);
    if (cut < size) copy[cut] ^= 1;
    assert_true(g_file_set_contents(path, copy, (gssize)(cut % 2 || cut >= size ? cut : size), NULL));
    cache = pk_cache_new(*state);
    assert_bytes(cache, "a", "apples and pears");
    pk_cache_drop(cache);
  }
  g_free(data);
}

static void the_folder_is_bounded_and_cleared(void **state) {
  pk_cache *cache = pk_cache_new(*state);
  for (int i = 0; i < 40; i++) {
    g_autofree char *key = g_strdup_printf("%d", i);
    assert_bytes(cache, key, "some bytes that are kept");
  }
  pk_cache_drop(cache);
  pk_cache_info all = pk_cache_measure(*state);
  assert_int_equal(all.entries, 40);
  pk_cache_trim(*state, all.bytes / 2);
  pk_cache_info rest = pk_cache_measure(*state);
  assert_true(rest.bytes <= all.bytes / 2 && rest.entries > 10);
  assert_int_equal(pk_cache_clear(*state).entries, rest.entries);
  assert_int_equal(pk_cache_measure(*state).entries, 0);
}

static gpointer use(gpointer data) {
  pk_cache *cache = data;
  for (int i = 0; i < 200; i++) {
    g_autofree char *key = g_strdup_printf("%d", i % 20), *value = g_strdup_printf("value %d", i % 20);
    assert_bytes(cache, key, value);
  }
  return NULL;
}

static void threads_share_it(void **state) {
  pk_cache *cache = pk_cache_new(*state);
  GThread *threads[4];
  for (int i = 0; i < 4; i++) threads[i] = g_thread_new("user", use, cache);
  for (int i = 0; i < 4; i++) g_thread_join(threads[i]);
  pk_cache_drop(cache);
  assert_int_equal(pk_cache_measure(*state).entries, 20);
}

static void a_folder_that_cannot_be_made_is_done_without(void **state) {
  (void)state;
  pk_cache *cache = pk_cache_new("/proc/no/such/folder");
  for (int i = 0; i < 2; i++) assert_bytes(cache, "a", "apples");
  pk_cache_drop(cache);
  assert_int_equal(made, 1);
}

static void digests_are_printed_and_read(void **state) {
  (void)state;
  pk_digest digest = pk_digest_of("presskit", 8), again;
  char text[PK_DIGEST_HEX + 1];
  pk_digest_print(digest, text);
  assert_int_equal(strlen(text), PK_DIGEST_HEX);
  assert_true(pk_digest_parse(text, &again));
  assert_true(pk_digest_equal(digest, again));
  text[20] = 'x';
  assert_false(pk_digest_parse(text, &again));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(an_entry_is_made_once_and_found_by_the_next_run),
      TEST(what_cannot_be_made_is_not_kept),
      TEST(a_damaged_entry_is_made_again),
      TEST(the_folder_is_bounded_and_cleared),
      TEST(threads_share_it),
      TEST(a_folder_that_cannot_be_made_is_done_without),
      TEST(digests_are_printed_and_read),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
