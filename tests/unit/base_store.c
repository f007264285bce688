/* The store: what is kept, how long, and by whom it is let go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <string.h>

#include "base/store.h"

static int dropped;

static void drop(gpointer thing) {
  __atomic_add_fetch(&dropped, 1, __ATOMIC_RELAXED);
  g_free(thing);
}

static int set_up(void **state) {
  (void)state;
  dropped = 0;
  return 0;
}

static pk_digest key_of(int number) {
  return pk_digest_of(&number, sizeof number);
}

/* Each time as another document. */
static const void *ask(pk_store *store, pk_arena *arena, pk_digest key, bool *is_wanted) {
  static uint64_t asker;
  return pk_store_find(store, arena, key, __atomic_add_fetch(&asker, 1, __ATOMIC_RELAXED), is_wanted);
}

static const void *keep(pk_store *store, pk_arena *arena, int number, size_t size) {
  return pk_store_keep(store, arena, key_of(number), g_memdup2(&number, sizeof number), size, drop);
}

static void a_thing_is_wanted_when_it_is_asked_for_by_another_document(void **state) {
  (void)state;
  pk_store *store = pk_store_new(1000);
  g_autoptr(pk_arena) arena = pk_arena_new();
  bool is_wanted;
  assert_null(ask(store, arena, key_of(1), &is_wanted));
  assert_false(is_wanted);
  assert_null(ask(store, arena, key_of(2), &is_wanted));
  assert_false(is_wanted);
  assert_null(ask(store, arena, key_of(1), &is_wanted));
  assert_true(is_wanted);
  const void *kept = keep(store, arena, 1, 10);
  assert_ptr_equal(ask(store, arena, key_of(1), &is_wanted), kept);
  pk_arena_drop(g_steal_pointer(&arena));
  assert_int_equal(dropped, 0);
  pk_store_drop(store);
  assert_int_equal(dropped, 1);
}

static void the_first_of_two_alike_is_kept(void **state) {
  (void)state;
  pk_store *store = pk_store_new(1000);
  g_autoptr(pk_arena) arena = pk_arena_new();
  const void *first = keep(store, arena, 1, 10);
  assert_ptr_equal(keep(store, arena, 1, 10), first);
  assert_int_equal(dropped, 1);
  pk_arena_drop(g_steal_pointer(&arena));
  pk_store_drop(store);
}

static void what_is_held_outlasts_its_place_in_the_store(void **state) {
  (void)state;
  pk_store *store = pk_store_new(100);
  g_autoptr(pk_arena) arena = pk_arena_new(), others = pk_arena_new();
  const int *held = keep(store, arena, 1, 20);
  for (int i = 2; i < 20; i++) (void)keep(store, others, i, 20);
  bool is_wanted;
  assert_null(ask(store, arena, key_of(1), &is_wanted));
  assert_int_equal(*held, 1);
  pk_arena_drop(g_steal_pointer(&others));
  int before = dropped;
  pk_arena_drop(g_steal_pointer(&arena));
  assert_int_equal(dropped, before + 1);
  pk_store_drop(store);
  assert_int_equal(dropped, 19);
}

static void what_is_used_stays_and_what_is_not_goes(void **state) {
  (void)state;
  pk_store *store = pk_store_new(100);
  bool is_wanted;
  for (int i = 0; i < 50; i++) {
    g_autoptr(pk_arena) arena = pk_arena_new();
    if (i) assert_non_null(ask(store, arena, key_of(-1), &is_wanted));
    if (!i) (void)keep(store, arena, -1, 20);
    (void)keep(store, arena, i, 20);
  }
  assert_in_range(dropped, 40, 50);
  pk_store_drop(store);
  assert_int_equal(dropped, 51);
}

static void what_some_hundred_documents_did_without_goes(void **state) {
  (void)state;
  pk_store *store = pk_store_new(1000000);
  bool is_wanted;
  g_autoptr(pk_arena) first = pk_arena_new();
  (void)keep(store, first, -1, 20);
  (void)keep(store, first, -2, 20);
  pk_arena_drop(g_steal_pointer(&first));
  for (int i = 0; i < 400; i++) {
    g_autoptr(pk_arena) arena = pk_arena_new();
    assert_non_null(ask(store, arena, key_of(-1), &is_wanted));
  }
  assert_int_equal(dropped, 1);
  pk_store_drop(store);
  assert_int_equal(dropped, 2);
}

static void what_is_larger_than_the_store_is_let_go_with_its_job(void **state) {
  (void)state;
  pk_store *store = pk_store_new(100);
  g_autoptr(pk_arena) arena = pk_arena_new();
  (void)keep(store, arena, 1, 80);
  assert_int_equal(dropped, 0);
  pk_arena_drop(g_steal_pointer(&arena));
  assert_int_equal(dropped, 1);
  pk_store_drop(store);
}

static void one_document_that_asks_twice_wants_nothing(void **state) {
  (void)state;
  pk_store *store = pk_store_new(1000);
  g_autoptr(pk_arena) arena = pk_arena_new();
  bool is_wanted;
  for (int i = 0; i < 3; i++) {
    assert_null(pk_store_find(store, arena, key_of(1), 7, &is_wanted));
    assert_false(is_wanted);
  }
  assert_null(pk_store_find(store, arena, key_of(1), 8, &is_wanted));
  assert_true(is_wanted);
  pk_arena_drop(g_steal_pointer(&arena));
  pk_store_drop(store);
}

static void no_store_has_nothing_and_wants_nothing(void **state) {
  (void)state;
  bool is_wanted = true;
  assert_null(ask(NULL, NULL, key_of(1), &is_wanted));
  assert_false(is_wanted);
}

static void drop_arena(gpointer arena) {
  pk_arena_drop(arena);
}

static void a_thing_may_hold_another_of_the_store(void **state) {
  (void)state;
  pk_store *store = pk_store_new(100);
  g_autoptr(pk_arena) arena = pk_arena_new();
  pk_arena *apart = pk_arena_new();
  (void)keep(store, apart, 1, 20);
  (void)pk_store_keep(store, arena, key_of(2), apart, 20, drop_arena);
  pk_arena_drop(g_steal_pointer(&arena));
  g_autoptr(pk_arena) others = pk_arena_new();
  for (int i = 3; i < 20; i++) (void)keep(store, others, i, 20);
  assert_int_equal(dropped, 1);
  pk_arena_drop(g_steal_pointer(&others));
  pk_store_drop(store);
  assert_int_equal(dropped, 18);
}

static void an_arena_stays_as_long_as_another_holds_it(void **state) {
  (void)state;
  pk_arena *held = pk_arena_new(), *first = pk_arena_new(), *second = pk_arena_new();
  pk_arena_defer(held, drop, g_malloc(1));
  pk_arena_hold(first, held);
  pk_arena_hold(second, held);
  pk_arena_drop(held);
  pk_arena_drop(first);
  assert_int_equal(dropped, 0);
  assert_true(pk_arena_size(held) > pk_arena_used(held));
  pk_arena_drop(second);
  assert_int_equal(dropped, 1);
}

/* ---- threads ------------------------------------------------------------------- */

static void *ask_for_all(void *data) {
  pk_store *store = data;
  for (int round = 0; round < 200; round++) {
    g_autoptr(pk_arena) arena = pk_arena_new();
    for (int i = 0; i < 12; i++) {
      bool is_wanted;
      const int *kept = ask(store, arena, key_of(i), &is_wanted);
      if (!kept && is_wanted) kept = keep(store, arena, i, 20);
      if (kept && *kept != i) return (void *)"another thing came back";
    }
  }
  return NULL;
}

static void threads_share_it(void **state) {
  (void)state;
  pk_store *store = pk_store_new(200);
  pthread_t threads[4];
  for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
    assert_int_equal(pthread_create(&threads[i], NULL, ask_for_all, store), 0);
  for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) {
    void *fault;
    pthread_join(threads[i], &fault);
    assert_null(fault);
  }
  pk_store_drop(store);
}

/* ---- digests of several things --------------------------------------------------- */

static pk_digest digest_of_texts(const char *first, const char *second) {
  pk_digester *digester = pk_digester_new();
  pk_digester_add_text(digester, first);
  pk_digester_add_text(digester, second);
  return pk_digester_end(digester);
}

static void texts_do_not_run_into_each_other(void **state) {
  (void)state;
  assert_true(pk_digest_equal(digest_of_texts("ab", "c"), digest_of_texts("ab", "c")));
  assert_false(pk_digest_equal(digest_of_texts("ab", "c"), digest_of_texts("a", "bc")));
  assert_false(pk_digest_equal(digest_of_texts("", "a"), digest_of_texts(NULL, "a")));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(a_thing_is_wanted_when_it_is_asked_for_by_another_document, set_up),
      cmocka_unit_test_setup(the_first_of_two_alike_is_kept, set_up),
      cmocka_unit_test_setup(what_is_held_outlasts_its_place_in_the_store, set_up),
      cmocka_unit_test_setup(what_is_used_stays_and_what_is_not_goes, set_up),
      cmocka_unit_test_setup(what_some_hundred_documents_did_without_goes, set_up),
      cmocka_unit_test_setup(what_is_larger_than_the_store_is_let_go_with_its_job, set_up),
      cmocka_unit_test_setup(a_thing_may_hold_another_of_the_store, set_up),
      cmocka_unit_test_setup(an_arena_stays_as_long_as_another_holds_it, set_up),
      cmocka_unit_test(one_document_that_asks_twice_wants_nothing),
      cmocka_unit_test(no_store_has_nothing_and_wants_nothing),
      cmocka_unit_test(threads_share_it),
      cmocka_unit_test(texts_do_not_run_into_each_other),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
