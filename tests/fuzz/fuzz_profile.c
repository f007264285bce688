/* Fuzz target: any bytes as an ICC profile: of a picture, of colours in a drawing, of
 * a press. */
#include <glib/gstdio.h>
#include <stdlib.h>

#include "art/colour.h"
#include "art/tagged.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
  if (!holds) abort();
}

/* As the profile of pixels, to the screen and by the formula to inks. */
static void convert_pixels(GBytes *icc, int components) {
  for (int round = 0; round < 2; round++) {
    pk_raster raster = {.width = 4, .height = 2, .components = components, .icc = g_bytes_ref(icc)};
    raster.pixels = g_malloc0(8 * (size_t)components);
    for (size_t i = 0; i < 8 * (size_t)components; i++) raster.pixels[i] = (uint8_t)(i * 29);
    pk_problem problem = {0};
    pk_conversion *plain = pk_conversion_open(NULL, false, &problem);
    if (round)
      pk_raster_to_srgb(&raster);
    else if (components > 1)
      pk_conversion_raster(plain, &raster);
    require(raster.components == 1 || raster.components == (round ? 3 : 4));
    pk_conversion_drop(plain);
    pk_raster_drop(&raster);
  }
}

static void convert_colours(GBytes *icc, int components) {
  pk_tagged *tagged = pk_tagged_new(icc, components, NULL);
  require(!tagged || pk_profile_fits(icc, components) || components == 1 || components == 4);
  const double some[4] = {0.2, 0.9, 0, 1};
  double rgb[3], cmyk[4];
  if (!tagged) return;
  pk_tagged_srgb(tagged, some, rgb);
  for (int i = 0; i < 3; i++) require(rgb[i] >= 0 && rgb[i] <= 1);
  require(!pk_tagged_press(tagged, some, cmyk));
  pk_tagged_drop(tagged);
}

/* As the profile of the press, which comes from a file. */
static void print_by(const uint8_t *data, size_t size) {
  g_autofree char *path = NULL;
  int file = g_file_open_tmp("presskit-fuzz-XXXXXX", &path, NULL);
  require(file >= 0);
  g_close(file, NULL);
  require(g_file_set_contents(path, (const char *)data, (gssize)size, NULL));
  pk_problem problem = {0};
  pk_conversion *press = pk_conversion_open(path, false, &problem);
  require(press || problem.text[0]);
  const double some[3] = {0.2, 0.9, 0};
  double cmyk[4];
  if (press) pk_conversion_colour(press, some, cmyk);
  for (int i = 0; press && i < 4; i++) require(cmyk[i] >= 0 && cmyk[i] <= 1);
  pk_conversion_drop(press);
  g_unlink(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(GBytes) icc = g_bytes_new(data, size);
  static const int kinds[] = {1, 3, 4};
  for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
    pk_profile_fits(icc, kinds[i]);
    convert_pixels(icc, kinds[i]);
    convert_colours(icc, kinds[i]);
  }
  print_by(data, size);
  return 0;
}
