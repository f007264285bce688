/* The list of fonts is read from few tables: it must say what fontconfig says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fontconfig/fontconfig.h>
#include <glib/gstdio.h>
#include <string.h>

#include "font/face.h"
#include "font/file.h"

static GArray *list(pk_arena *arena, const char *path) {
  GArray *entries = g_array_new(FALSE, TRUE, sizeof(pk_face_entry));
  pk_face_list(arena, entries, path);
  return entries;
}

static void faces_are_listed_as_fontconfig_lists_them(void **state) {
  (void)state;
  g_autoptr(pk_arena) arena = pk_arena_new();
  g_autoptr(GPtrArray) files = pk_font_files("fonts");
  assert_true(files->len >= 15);
  for (guint i = 0; i < files->len; i++) {
    const char *path = g_ptr_array_index(files, i);
    g_autoptr(GArray) entries = list(arena, path);
    assert_int_equal(entries->len, 1);
    const pk_face_entry *entry = &g_array_index(entries, pk_face_entry, 0);
    int count, slant;
    FcPattern *pattern = FcFreeTypeQuery((const FcChar8 *)path, 0, NULL, &count);
    FcChar8 *text;
    double number;
    for (int n = 0; FcPatternGetString(pattern, FC_FAMILY, n, &text) == FcResultMatch; n++) {
      assert_true((size_t)n < entry->name_count);
      assert_string_equal(entry->names[n], (const char *)text);
    }
    FcPatternGetString(pattern, FC_STYLE, 0, &text);
    assert_string_equal(entry->face.style, (const char *)text);
    FcPatternGetDouble(pattern, FC_WEIGHT, 0, &number);
    assert_int_equal(entry->face.weight, (int)FcWeightToOpenTypeDouble(number));
    FcPatternGetInteger(pattern, FC_SLANT, 0, &slant);
    assert_int_equal(entry->face.italic, slant != FC_SLANT_ROMAN);
    FcPatternGetDouble(pattern, FC_WIDTH, 0, &number);
    assert_int_equal(entry->width, (int)number);
    FcPatternDestroy(pattern);
  }
}

/* A file `size` bytes long that begins as `from` does. */
static char *damaged(const char *from, size_t size) {
  char *data;
  gsize length;
  assert_true(g_file_get_contents(from, &data, &length, NULL));
  char *path = g_build_filename(g_get_tmp_dir(), "presskit-test-damaged.ttf", NULL);
  assert_true(g_file_set_contents(path, data, (gssize)MIN(size, length), NULL));
  g_free(data);
  return path;
}

static void damaged_files_are_no_fonts(void **state) {
  (void)state;
  g_autoptr(pk_arena) arena = pk_arena_new();
  static const size_t sizes[] = {0, 3, 12, 40, 300, 1000};
  for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
    g_autofree char *path = damaged("fonts/SourceSans3-It.ttf", sizes[i]);
    g_autoptr(GArray) entries = list(arena, path);
    assert_int_equal(entries->len, 0);
    g_unlink(path);
  }
  g_autoptr(GArray) text = list(arena, "README.md");
  g_autoptr(GArray) folder = list(arena, "fonts");
  assert_int_equal(text->len + folder->len, 0);
}

/* A collection that says twice where the one font is. */
static void every_face_of_a_collection_is_listed(void **state) {
  (void)state;
  enum { HEADER = 20 };
  static const uint8_t header[HEADER] = {'t', 't', 'c', 'f', 0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, HEADER, 0, 0, 0, HEADER};
  char *font;
  gsize size;
  assert_true(g_file_get_contents("fonts/SourceSans3-It.ttf", &font, &size, NULL));
  g_autoptr(GByteArray) data = g_byte_array_new();
  g_byte_array_append(data, header, HEADER);
  g_byte_array_append(data, (const guint8 *)font, (guint)size);
  /* The offsets of tables count from the beginning of the file. */
  for (guint record = HEADER + 12, last = record + 16 * data->data[HEADER + 5]; record < last; record += 16) {
    uint32_t offset;
    memcpy(&offset, data->data + record + 8, 4);
    offset = GUINT32_TO_BE(GUINT32_FROM_BE(offset) + HEADER);
    memcpy(data->data + record + 8, &offset, 4);
  }
  g_autofree char *path = g_build_filename(g_get_tmp_dir(), "presskit-test-collection.ttc", NULL);
  assert_true(g_file_set_contents(path, (const char *)data->data, (gssize)data->len, NULL));
  g_autoptr(pk_arena) arena = pk_arena_new();
  g_autoptr(GArray) entries = list(arena, path);
  assert_int_equal(entries->len, 2);
  for (guint i = 0; i < 2; i++) {
    const pk_face *face = &g_array_index(entries, pk_face_entry, i).face;
    assert_string_equal(face->family, "Source Sans 3");
    assert_true(face->italic);
    assert_int_equal(face->file_index, i);
  }
  g_unlink(path);
  g_free(font);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(faces_are_listed_as_fontconfig_lists_them),
      cmocka_unit_test(damaged_files_are_no_fonts),
      cmocka_unit_test(every_face_of_a_collection_is_listed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
