/* The private font set: what it holds, how it chooses, what it refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <string.h>

#include "font/font.h"

typedef struct {
  pk_arena *arena;
  pk_diag *diag;
  pk_font_set *set;
} fixture;

static char *cache_folder(void) {
  return g_build_filename(g_get_tmp_dir(), "presskit-test-fontconfig", "font_set.c", NULL);
}

static int set_up(void **state) {
  fixture *f = g_new0(fixture, 1);
  f->arena = pk_arena_new();
  f->diag = pk_diag_new(f->arena);
  g_autofree char *cache = cache_folder();
  const char *folders[] = {"fonts", "no-such-folder", NULL};
  f->set = pk_font_set_new(folders, cache, f->diag);
  *state = f;
  return f->set ? 0 : -1;
}

static int tear_down(void **state) {
  fixture *f = *state;
  pk_font_set_drop(f->set);
  pk_arena_drop(f->arena);
  g_free(f);
  return 0;
}

static void lists_families_once_and_sorted(void **state) {
  fixture *f = *state;
  size_t count;
  const char *const *families = pk_font_set_families(f->set, &count);
  assert_true(count >= 3);
  for (size_t i = 1; i < count; i++) assert_true(g_ascii_strcasecmp(families[i - 1], families[i]) < 0);
  assert_true(pk_font_set_has_family(f->set, "Source Serif 4"));
  assert_true(pk_font_set_has_family(f->set, "source sans 3"));
  assert_false(pk_font_set_has_family(f->set, "DejaVu Sans"));
}

static void finds_the_nearest_face(void **state) {
  fixture *f = *state;
  const pk_face *regular = pk_font_set_find(f->set, "Source Serif 4", 400, false);
  assert_string_equal(regular->postscript_name, "SourceSerif4-Regular");
  assert_int_equal(regular->weight, 400);
  assert_int_equal(pk_font_set_find(f->set, "Source Serif 4", 600, false)->weight, 600);
  assert_int_equal(pk_font_set_find(f->set, "Source Serif 4", 900, false)->weight, 700);
  assert_int_equal(pk_font_set_find(f->set, "Source Serif 4", 300, false)->weight, 400);
  const pk_face *italic = pk_font_set_find(f->set, "Source Serif 4", 400, true);
  assert_true(italic->italic);
  assert_true(italic->italic_angle < 0);
  assert_null(pk_font_set_find(f->set, "No Such Family", 400, false));
  assert_ptr_equal(regular, pk_font_set_find(f->set, "Source Serif 4", 400, false));
}

static void reads_the_metrics(void **state) {
  fixture *f = *state;
  const pk_face *face = pk_font_set_find(f->set, "Source Serif 4", 400, false);
  assert_true(face->upem == 1000);
  assert_true(face->ascent > 0 && face->descent < 0);
  assert_in_range(face->cap_height, 600, 720);
  assert_in_range(face->x_height, 420, 540);
  assert_true(face->x_min < 0 && face->x_max > face->upem && face->y_max > face->cap_height);
  assert_true(face->underline_thickness > 0 && face->underline_position < 0);
  assert_true(face->may_embed && face->may_subset);
  assert_true(face->is_serif && !face->is_cff && !face->is_fixed_pitch);
  assert_false(pk_font_set_find(f->set, "Source Sans 3", 400, false)->is_serif);
}

static void pango_fonts_lead_back_to_faces(void **state) {
  fixture *f = *state;
  pk_font_worker *worker = pk_font_worker_new(f->set);
  PangoContext *context = pk_font_worker_context(worker);
  PangoFontDescription *wanted = pango_font_description_from_string("Source Serif 4 Italic 10");
  PangoFont *font = pango_context_load_font(context, wanted);
  const pk_face *face = pk_font_worker_face(worker, font);
  assert_non_null(face);
  assert_ptr_equal(face, pk_font_set_find(f->set, "Source Serif 4", 400, true));
  int scale;
  hb_font_get_scale(pk_font_worker_hb(worker, face), &scale, NULL);
  assert_int_equal(scale, face->upem);
  g_object_unref(font);
  pango_font_description_free(wanted);
  pk_font_worker_drop(worker);
}

/* A user's own font may be named by file; the wrong ones are told. */
static void takes_single_files(void **state) {
  fixture *f = *state;
  g_autofree char *cache = cache_folder();
  const char *files[] = {"fonts/SourceSans3-It.ttf", "fonts/absent.ttf", NULL};
  pk_font_set *set = pk_font_set_new(files, cache, f->diag);
  assert_non_null(set);
  size_t count;
  pk_font_set_faces(set, &count);
  assert_int_equal(count, 1);
  assert_int_equal(pk_diag_count(f->diag, PK_ERROR), 1);
  pk_font_set_drop(set);
}

static void no_font_at_all_is_an_error(void **state) {
  fixture *f = *state;
  g_autofree char *cache = cache_folder();
  const char *folders[] = {"tests/unit", NULL};
  assert_null(pk_font_set_new(folders, cache, f->diag));
  size_t count;
  const pk_diagnostic *const *list = pk_diag_list(f->diag, &count);
  assert_int_equal(count, 1);
  assert_int_equal(list[0]->code, PK_CODE_FONT_NONE);
}

/* A folder under a regular file can be made by nobody, root included. */
static void a_cache_that_cannot_be_written_is_silent(void **state) {
  fixture *f = *state;
  const char *folders[] = {"fonts", NULL};
  pk_font_set *set = pk_font_set_new(folders, "fonts/SourceSans3-It.ttf/cache", f->diag);
  assert_non_null(set);
  size_t count, usual;
  pk_font_set_faces(set, &count);
  pk_font_set_faces(f->set, &usual);
  assert_int_equal(count, usual);
  assert_int_equal(pk_diag_count(f->diag, PK_WARNING) + pk_diag_count(f->diag, PK_ERROR), 0);
  pk_font_set_drop(set);
}

static void check_names_missing_families(void **state) {
  fixture *f = *state;
  pk_worker worker = {.fonts = f->set};
  pk_job job = {.worker = &worker, .arena = f->arena, .diag = f->diag};
  const char *text[] = {"Source Serif 4", "Volkorn"}, *display[] = {"Sauce Sans 3"};
  const pk_font_role roles[] = {{.role = "text", .families = text, .family_count = 2},
                                {.role = "display", .families = display, .family_count = 1}};
  pk_layout layout = {.fonts = roles, .font_count = 1};
  assert_int_equal(pk_font_check(&job, &layout), PK_OK);
  assert_int_equal(pk_diag_count(f->diag, PK_WARNING), 1);
  layout.font_count = 2;
  assert_int_equal(pk_font_check(&job, &layout), PK_FAILED);
  size_t count;
  const pk_diagnostic *const *list = pk_diag_list(f->diag, &count);
  assert_int_equal(list[count - 1]->code, PK_CODE_FONT_MISSING);
  assert_non_null(strstr(list[count - 1]->hint, "Source Sans 3"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(lists_families_once_and_sorted, set_up, tear_down),
      cmocka_unit_test_setup_teardown(finds_the_nearest_face, set_up, tear_down),
      cmocka_unit_test_setup_teardown(reads_the_metrics, set_up, tear_down),
      cmocka_unit_test_setup_teardown(pango_fonts_lead_back_to_faces, set_up, tear_down),
      cmocka_unit_test_setup_teardown(takes_single_files, set_up, tear_down),
      cmocka_unit_test_setup_teardown(no_font_at_all_is_an_error, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_cache_that_cannot_be_written_is_silent, set_up, tear_down),
      cmocka_unit_test_setup_teardown(check_names_missing_families, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
