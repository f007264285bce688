/* Things made once for several documents: which of them share, and which do not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/store.h"
#include "spec/memo.h"
#include "spec/merge.h"

static const char *const columns[] = {"name", "title"};

/* What is made: a text with fields in it. */
typedef struct {
  const char *template;
  int made;
  bool is_own, warns, fails;
} recipe;

static pk_status make(pk_job *job, void *data, pk_memo_made *made) {
  recipe *r = data;
  const char *text;
  r->made++;
  pk_job_note_input(job, "/tmp/template", r->template, strlen(r->template));
  if (r->warns) pk_diag_add(job->diag, PK_CODE_TEXT_LANGUAGE, PK_SPAN_NONE, "told once a document");
  if (r->fails) pk_diag_add(job->diag, PK_CODE_FILE_MISSING, PK_SPAN_NONE, "not there");
  if (r->fails || !pk_merge_fill(job, r->template, PK_LANG_EN, PK_SPAN_NONE, &text)) return PK_FAILED;
  made->value = pk_arena_strdup(job->arena, text);
  made->is_own = r->is_own;
  return PK_OK;
}

typedef struct {
  pk_store *store;
  uint64_t document;
} fixture;

static int set_up(void **state) {
  fixture *f = g_new0(fixture, 1);
  f->store = pk_store_new(1 << 20);
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  pk_store_drop(f->store);
  g_free(f);
  return 0;
}

/* What one document with this row comes to; the status, and how often it was told something. */
typedef struct {
  pk_status status;
  char text[64];
  size_t told;
  bool has_name, has_file;
} outcome;

static outcome run(fixture *f, recipe *r, const char *name, const char *title) {
  pk_arena *arena = pk_arena_new();
  const char *const values[] = {name, title};
  pk_merge merge = {.columns = columns, .column_count = 2, .values = values, .row = f->document + 1};
  g_autoptr(GArray) inputs = g_array_new(FALSE, FALSE, sizeof(pk_input_note));
  pk_worker worker = {.store = f->store, .document = ++f->document};
  pk_job job = {.worker = &worker, .arena = arena, .diag = pk_diag_new(arena), .merge = &merge, .inputs = inputs};
  const void *value = NULL;
  outcome out = {.status = pk_memo(&job, pk_digest_of(r->template, strlen(r->template)), make, r, &value)};
  if (out.status == PK_OK) g_strlcpy(out.text, value, sizeof out.text);
  pk_diag_list(job.diag, &out.told);
  for (guint i = 0; i < inputs->len; i++) {
    const pk_input_note *note = &g_array_index(inputs, pk_input_note, i);
    out.has_name = out.has_name || (note->is_field && strcmp(note->path, "row.name") == 0);
    out.has_file = out.has_file || (!note->is_field && strcmp(note->path, "/tmp/template") == 0);
  }
  pk_arena_drop(arena);
  return out;
}

static void what_no_row_changes_is_made_for_the_first_two(void **state) {
  recipe r = {.template = "Dear reader"};
  for (int i = 0; i < 6; i++) {
    outcome out = run(*state, &r, i % 2 ? "Ana" : "Marko", "Guest");
    assert_string_equal(out.text, "Dear reader");
    assert_true(out.has_file);
    assert_false(out.has_name);
  }
  assert_int_equal(r.made, 2);
}

static void rows_that_say_the_same_share_it(void **state) {
  recipe r = {.template = "Dear {row.name}"};
  for (int i = 0; i < 12; i++) {
    outcome out = run(*state, &r, i % 2 ? "Ana" : "Marko", g_intern_string(i % 3 ? "A" : "B"));
    assert_string_equal(out.text, i % 2 ? "Dear Ana" : "Dear Marko");
    assert_true(out.has_name);
    assert_true(out.has_file);
  }
  assert_true(r.made <= 6);
  int before = r.made;
  for (int i = 0; i < 4; i++) assert_string_equal(run(*state, &r, "Ana", "C").text, "Dear Ana");
  assert_int_equal(r.made, before);
}

static void rows_that_say_something_else_have_their_own(void **state) {
  recipe r = {.template = "Dear {row.name}"};
  for (int i = 0; i < 20; i++) {
    g_autofree char *name = g_strdup_printf("number %d", i), *wanted = g_strdup_printf("Dear number %d", i);
    assert_string_equal(run(*state, &r, name, "Guest").text, wanted);
  }
  assert_int_equal(r.made, 20);
}

static void what_is_told_is_told_to_every_document(void **state) {
  recipe r = {.template = "Dear reader", .warns = true};
  for (int i = 0; i < 5; i++) assert_int_equal(run(*state, &r, "Ana", "Guest").told, 1);
}

static void what_fails_fails_for_every_document(void **state) {
  recipe r = {.template = "Dear reader", .fails = true};
  for (int i = 0; i < 5; i++) {
    outcome out = run(*state, &r, "Ana", "Guest");
    assert_int_equal(out.status, PK_FAILED);
    assert_int_equal(out.told, 1);
  }
}

static void an_unknown_column_is_told_to_every_document(void **state) {
  recipe r = {.template = "Dear {row.nmae}"};
  for (int i = 0; i < 5; i++) assert_int_equal(run(*state, &r, "Ana", "Guest").told, 1);
}

static void what_is_a_documents_own_is_not_shared(void **state) {
  recipe r = {.template = "Dear reader", .is_own = true};
  for (int i = 0; i < 5; i++) assert_string_equal(run(*state, &r, "Ana", "Guest").text, "Dear reader");
  assert_int_equal(r.made, 6); /* once to learn that */
}

static void without_a_store_it_is_made(void **state) {
  fixture alone = {0};
  (void)state;
  recipe r = {.template = "Dear {row.name}"};
  for (int i = 0; i < 3; i++) assert_string_equal(run(&alone, &r, "Ana", "Guest").text, "Dear Ana");
  assert_int_equal(r.made, 3);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(what_no_row_changes_is_made_for_the_first_two), TEST(rows_that_say_the_same_share_it),
      TEST(rows_that_say_something_else_have_their_own),   TEST(what_is_told_is_told_to_every_document),
      TEST(what_fails_fails_for_every_document),           TEST(an_unknown_column_is_told_to_every_document),
      TEST(what_is_a_documents_own_is_not_shared),         cmocka_unit_test(without_a_store_it_is_made),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
