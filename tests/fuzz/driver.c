/* Runs a fuzz target where there is no libFuzzer.
 *
 *     fuzz_NAME FOLDER|FILE...
 *
 * Each file as it is, then CHANGES changed copies of it: bits flipped, bytes
 * taken out, doubled or moved, ends cut off. The same files give the same copies
 * on every machine, so that this is a test and not a search. */
#include <glib.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHANGES = 150, MOST_EDITS = 6, MAX_PIECE = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Marsaglia, "Xorshift RNGs", J. Stat. Software 8 (2003). */
static uint64_t next(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  return *state ^= *state << 17;
}

static size_t below(uint64_t *state, size_t limit) {
  return limit ? (size_t)(next(state) % limit) : 0;
}

static void edit(GByteArray *bytes, uint64_t *state) {
  if (!bytes->len) return;
  guint at = (guint)below(state, bytes->len);
  guint length = (guint)(1 + below(state, MIN(MAX_PIECE, bytes->len - at)));
  switch (next(state) % 5) {
  case 0: bytes->data[at] ^= (guint8)(1u << below(state, 8)); break;
  case 1: bytes->data[at] = (guint8)next(state); break;
  case 2: g_byte_array_remove_range(bytes, at, length); break;
  case 3: { /* a piece once more, at the end of it or anywhere */
    g_autofree guint8 *piece = g_memdup2(bytes->data + at, length);
    guint to = (guint)below(state, bytes->len + 1), old = bytes->len;
    g_byte_array_set_size(bytes, old + length);
    memmove(bytes->data + to + length, bytes->data + to, old - to);
    memcpy(bytes->data + to, piece, length);
    break;
  }
  default: g_byte_array_set_size(bytes, at); break;
  }
}

static void run_file(const char *path) {
  g_autofree char *text = NULL;
  gsize size;
  g_autoptr(GError) error = NULL;
  if (!g_file_get_contents(path, &text, &size, &error)) {
    fprintf(stderr, "%s\n", error->message);
    exit(2);
  }
  LLVMFuzzerTestOneInput((const uint8_t *)text, size);
  uint64_t state = 0x9e3779b97f4a7c15u ^ size;
  for (int i = 0; i < CHANGES; i++) {
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_byte_array_append(bytes, (const guint8 *)text, (guint)size);
    for (size_t edits = 1 + below(&state, MOST_EDITS); edits; edits--) edit(bytes, &state);
    /* A copy of its own, so that a read beyond its end is seen. */
    g_autofree guint8 *exact = g_malloc(MAX(bytes->len, 1));
    memcpy(exact, bytes->data, bytes->len);
    LLVMFuzzerTestOneInput(exact, bytes->len);
  }
}

static int compare(gconstpointer a, gconstpointer b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static unsigned run_folder(const char *path) {
  GDir *folder = g_dir_open(path, 0, NULL);
  if (!folder) {
    run_file(path);
    return 1;
  }
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  for (const char *name; (name = g_dir_read_name(folder));) g_ptr_array_add(names, g_build_filename(path, name, NULL));
  g_dir_close(folder);
  g_ptr_array_sort(names, compare);
  for (guint i = 0; i < names->len; i++) run_file(g_ptr_array_index(names, i));
  return names->len;
}

int main(int count, char **paths) {
  unsigned files = 0;
  for (int i = 1; i < count; i++) files += run_folder(paths[i]);
  printf("%u files, %u runs\n", files, files * (1 + CHANGES));
  return files ? 0 : 2;
}
