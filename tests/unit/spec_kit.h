/* What the tests of spec/ share: a job, files in a folder of their own, and the
 * diagnostics as short text without that folder. */
#ifndef SPEC_KIT_H
#define SPEC_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "spec/fields.h"
#include "spec/spec.h"

typedef struct {
  pk_job job;
  char *folder;
  GPtrArray *paths; /* of what was written, parents first */
} spec_kit;

static inline int spec_kit_setup(void **state) {
  spec_kit *kit = g_new0(spec_kit, 1);
  kit->job.arena = pk_arena_new();
  kit->job.diag = pk_diag_new(kit->job.arena);
  kit->folder = g_dir_make_tmp("presskit-spec-XXXXXX", NULL);
  kit->paths = g_ptr_array_new_with_free_func(g_free);
  *state = kit;
  return 0;
}

static inline int spec_kit_teardown(void **state) {
  spec_kit *kit = *state;
  for (guint i = kit->paths->len; i > 0; i--) g_remove(g_ptr_array_index(kit->paths, i - 1));
  g_rmdir(kit->folder);
  g_ptr_array_unref(kit->paths);
  pk_arena_drop(kit->job.arena);
  g_free(kit->folder);
  g_free(kit);
  return 0;
}

/* Makes the folder `name`. */
static inline const char *spec_kit_folder(spec_kit *kit, const char *name) {
  char *path = g_build_filename(kit->folder, name, NULL);
  g_ptr_array_add(kit->paths, path);
  assert_int_equal(g_mkdir(path, 0700), 0);
  return path;
}

/* Writes the file `name` and returns its path. */
static inline const char *spec_kit_file(spec_kit *kit, const char *name, const char *text) {
  char *path = g_build_filename(kit->folder, name, NULL);
  g_ptr_array_add(kit->paths, path);
  assert_true(g_file_set_contents(path, text, -1, NULL));
  return path;
}

static inline const pk_source *spec_kit_source(spec_kit *kit, const char *text) {
  return pk_source_new(kit->job.arena, "test.yaml", text, strlen(text));
}

/* Parses `text`; NULL after an error. */
static inline const pk_node *spec_kit_parse(spec_kit *kit, const char *text) {
  const pk_node *node = NULL;
  pk_status status = pk_node_parse(&kit->job, spec_kit_source(kit, text), 0, strlen(text), &node);
  assert_int_equal(status == PK_OK, node != NULL);
  return node;
}

/* All diagnostics so far, one a line, the folder left out; hints if asked. */
static inline char *spec_kit_said(const spec_kit *kit, bool with_hints) {
  GString *said = g_string_new(NULL);
  size_t count;
  const pk_diagnostic *const *list = pk_diag_list(kit->job.diag, &count);
  for (size_t i = 0; i < count; i++) {
    pk_place place = {0};
    if (list[i]->span.source) {
      place = pk_source_place(list[i]->span.source, list[i]->span.start);
      g_string_append_printf(said, "%s:%u:%u: ", list[i]->span.source->path, place.line, place.column);
    }
    g_string_append_printf(said, "error[%s]: %s\n", pk_code_lookup(list[i]->code)->id, list[i]->message);
    if (with_hints && list[i]->hint) g_string_append_printf(said, "  %s\n", list[i]->hint);
  }
  g_autofree char *prefix = g_strconcat(kit->folder, "/", NULL);
  g_string_replace(said, prefix, "", 0);
  return g_string_free(said, FALSE);
}

static inline void spec_kit_expect(const spec_kit *kit, const char *expected) {
  g_autofree char *said = spec_kit_said(kit, false);
  assert_string_equal(said, expected);
}

static inline void spec_kit_expect_hints(const spec_kit *kit, const char *expected) {
  g_autofree char *said = spec_kit_said(kit, true);
  assert_string_equal(said, expected);
}

#define SPEC_TEST(test) cmocka_unit_test_setup_teardown(test, spec_kit_setup, spec_kit_teardown)

#endif
