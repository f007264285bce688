/* Fuzz target: any bytes as the content stream of a page whose colours are mapped. */
#include <stdlib.h>
#include <string.h>

#include "art/carry.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void map_for(const pk_art_colours *colours, const char *content, size_t size) {
  GString *once = g_string_new(NULL), *twice = g_string_new(NULL);
  pk_mapper mapper = {.colours = colours};
  bool is_whole = pk_carry_text(&mapper, content, size, once);
  bool is_whole_again = pk_carry_text(&mapper, once->str, once->len, twice);
  pk_mapper_clear(&mapper);
  /* What has been mapped has nothing left to map. */
  bool has_own_names = strstr(once->str, "/Pk"); /* of resources that nobody gives it */
  if (is_whole && !has_own_names && (!is_whole_again || !g_string_equal(once, twice))) abort();
  g_string_free(once, TRUE);
  g_string_free(twice, TRUE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const pk_art_ink inks[] = {{{0, 0.19, 0.53}, {1, 0.72, 0, 0.18}, NULL, NULL},
                                    {{0, 0, 0}, {0, 0, 0, 1}, NULL, NULL}};
  const pk_art_colours press = {.is_press = true, .inks = inks, .ink_count = G_N_ELEMENTS(inks)};
  map_for(&press, (const char *)data, size);
  return 0;
}
