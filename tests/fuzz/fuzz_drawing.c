/* Fuzz target: any bytes as a PDF picture: carried over for the press, for one plate
 * and for a screen, and what came of it carried over again. It is not painted: that
 * is poppler's, and fuzz_art does it. */
#include <stdlib.h>
#include <string.h>

#include "art/carry.h"
#include "reader/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_SIZE = 64 * 1024 };

static void require(bool holds) {
  if (!holds) abort();
}

static uint8_t *carry(const pk_art_colours *colours, pk_target target, const uint8_t *data, size_t size,
                      size_t *out_size) {
  pk_mapper mapper = {.colours = colours};
  const pk_carry_order order = {.mapper = &mapper, .target = target, .plate = "Gold"};
  pk_carry_left left = {.plates = g_ptr_array_new_with_free_func(g_free)};
  pk_problem problem = {0};
  uint8_t *made = pk_carry_page(&order, data, size, out_size, &left, &problem);
  require(made || problem.text[0]);
  if (made && left.stuck[0]) g_clear_pointer(&made, g_free);
  g_ptr_array_unref(left.plates);
  pk_mapper_clear(&mapper);
  return made;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const pk_art_ink inks[] = {{{0, 0.19, 0.53}, {1, 0.72, 0, 0.18}, NULL, NULL},
                                    {{0.85, 0.69, 0.25}, {0.1, 0.3, 0.8, 0}, "Gold", "Gold"}};
  const pk_art_colours press = {
      .is_press = true, .keeps_spots = true, .black_overprints = true, .inks = inks, .ink_count = G_N_ELEMENTS(inks)};
  const pk_art_colours opaque = {.is_press = true, .is_opaque = true, .inks = inks, .ink_count = 1};
  const pk_art_colours screen = {.inks = inks, .ink_count = G_N_ELEMENTS(inks)};
  size_t made_size = 0, again_size = 0;
  if (size > MAX_SIZE || !pk_reader_is_pdf(data, size)) return 0;
  g_autofree uint8_t *unused = carry(&screen, PK_TARGET_SCREEN, data, size, &made_size);
  g_autofree uint8_t *plain = carry(&opaque, PK_TARGET_PRESS, data, size, &made_size);
  g_autofree uint8_t *made = carry(&press, PK_TARGET_PRESS, data, size, &made_size);
  if (!made) return 0;
  require(!memmem(made, made_size, "/DeviceRGB", 10) && !memmem(made, made_size, "/JavaScript", 11));
  g_autofree uint8_t *again = carry(&press, PK_TARGET_PRESS, made, made_size, &again_size);
  g_autofree uint8_t *plate = carry(&press, PK_TARGET_PLATE, made, made_size, &again_size);
  require(again && plate); /* what was carried over can be */
  return 0;
}
