/* A job, a folder of its own, and small pictures made on the spot. */
#ifndef ART_FIXTURE_H
#define ART_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include <glib/gstdio.h>
#include <jpeglib.h>
#include <png.h>
#include <string.h>

#include "art/art.h"

typedef struct {
  char *folder;
  pk_job job;
  pk_art_store *store;
} fixture;

static inline int fixture_open(void **state) {
  fixture *f = g_new0(fixture, 1);
  f->folder = g_dir_make_tmp("presskit-art-XXXXXX", NULL);
  f->job.arena = pk_arena_new();
  f->job.diag = pk_diag_new(f->job.arena);
  f->store = pk_art_store_new(&f->job);
  *state = f;
  return f->folder ? 0 : -1;
}

static inline int fixture_close(void **state) {
  fixture *f = *state;
  pk_arena_drop(f->job.arena);
  GDir *dir = g_dir_open(f->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name(dir));) {
    char *path = g_build_filename(f->folder, name, NULL);
    g_unlink(path);
    g_free(path);
  }
  g_dir_close(dir);
  g_rmdir(f->folder);
  g_free(f->folder);
  g_free(f);
  return 0;
}

#define FIXTURE_TEST(test) cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)

/* The path of a file of the test; lives as long as the job. */
static inline char *fixture_path(fixture *f, const char *name) {
  return pk_arena_printf(f->job.arena, "%s/%s", f->folder, name);
}

static inline const char *fixture_write(fixture *f, const char *name, const void *data, size_t size) {
  char *path = fixture_path(f, name);
  assert_true(g_file_set_contents(path, data, (gssize)size, NULL));
  return path;
}

static inline const char *fixture_text(fixture *f, const char *name, const char *text) {
  return fixture_write(f, name, text, strlen(text));
}

static inline pk_status fixture_load(fixture *f, const char *path, const pk_art **art) {
  return pk_art_load(&f->job, f->store, path, PK_SPAN_NONE, art);
}

/* The last diagnostic's code, or "" if there is none. */
static inline const char *fixture_code(fixture *f) {
  size_t count;
  const pk_diagnostic *const *list = pk_diag_list(f->job.diag, &count);
  return count ? pk_code_lookup(list[count - 1]->code)->id : "";
}

static inline const char *fixture_message(fixture *f) {
  size_t count;
  const pk_diagnostic *const *list = pk_diag_list(f->job.diag, &count);
  return count ? list[count - 1]->message : "";
}

/* Loading `path` must fail with `code`. */
static inline void assert_refused(fixture *f, const char *path, const char *code) {
  const pk_art *art = NULL;
  assert_int_equal(fixture_load(f, path, &art), PK_FAILED);
  assert_null(art);
  assert_string_equal(fixture_code(f), code);
}

static inline const pk_art *assert_loaded(fixture *f, const char *path) {
  const pk_art *art = NULL;
  pk_status status = fixture_load(f, path, &art);
  if (status != PK_OK) print_message("%s\n", fixture_message(f));
  assert_int_equal(status, PK_OK);
  return art;
}

/* ---- makers -------------------------------------------------------------- */

/* Writes channel `c` of the pixel at `x`, `y`. */
typedef uint8_t (*pixel_maker)(unsigned x, unsigned y, unsigned c);

static inline const char *make_png(fixture *f, const char *name, unsigned width, unsigned height, int colour_type,
                                   int bits, double dpi, pixel_maker make) {
  char *path = fixture_path(f, name);
  FILE *file = fopen(path, "wb");
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct(png);
  png_init_io(png, file);
  png_set_IHDR(png, info, width, height, bits, colour_type, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  if (dpi > 0) png_set_pHYs(png, info, (unsigned)(dpi / 0.0254), (unsigned)(dpi / 0.0254), PNG_RESOLUTION_METER);
  if (colour_type == PNG_COLOR_TYPE_PALETTE) {
    static const png_color palette[] = {{255, 0, 0}, {0, 0, 255}};
    png_set_PLTE(png, info, palette, 2);
  }
  png_write_info(png, info);
  unsigned channels = png_get_channels(png, info), bytes = bits == 16 ? 2 : 1;
  uint8_t *row = g_malloc0((size_t)width * channels * bytes);
  for (unsigned y = 0; y < height; y++) {
    for (unsigned x = 0; x < width; x++)
      for (unsigned c = 0; c < channels; c++) row[(x * channels + c) * bytes] = make(x, y, c);
    if (bits < 8) png_set_packing(png);
    png_write_row(png, row);
  }
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  g_free(row);
  fclose(file);
  return path;
}

/* `orientation` 0 leaves EXIF out; a CMYK picture is Adobe's: 0 is full ink. */
static inline const char *make_jpeg(fixture *f, const char *name, unsigned width, unsigned height, int components,
                                    int orientation, pixel_maker make) {
  char *path = fixture_path(f, name);
  FILE *file = fopen(path, "wb");
  struct jpeg_error_mgr errors;
  struct jpeg_compress_struct info = {.err = jpeg_std_error(&errors)};
  jpeg_create_compress(&info);
  jpeg_stdio_dest(&info, file);
  info.image_width = width;
  info.image_height = height;
  info.input_components = components;
  info.in_color_space = components == 1 ? JCS_GRAYSCALE : components == 3 ? JCS_RGB : JCS_CMYK;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, 95, TRUE);
  info.write_Adobe_marker = components == 4;
  jpeg_start_compress(&info, TRUE);
  if (orientation) {
    uint8_t exif[] = "Exif\0\0II*\0\10\0\0\0\1\0\x12\1\3\0\1\0\0\0\0\0\0\0\0\0\0";
    exif[24] = (uint8_t)orientation;
    jpeg_write_marker(&info, JPEG_APP0 + 1, exif, 32);
  }
  uint8_t *row = g_malloc((size_t)width * (unsigned)components);
  for (unsigned y = 0; y < height; y++) {
    for (unsigned x = 0; x < width; x++)
      for (unsigned c = 0; c < (unsigned)components; c++) row[x * (unsigned)components + c] = make(x, y, c);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  g_free(row);
  fclose(file);
  return path;
}

/* What a Cairo surface holds at x, y: 0xRRGGBB. */
static inline uint32_t pixel_at(cairo_surface_t *surface, int x, int y) {
  cairo_surface_flush(surface);
  uint32_t pixel;
  memcpy(&pixel, cairo_image_surface_get_data(surface) + y * cairo_image_surface_get_stride(surface) + x * 4, 4);
  return pixel & 0xFFFFFF;
}

static inline bool is_near(uint32_t pixel, uint32_t wanted, int tolerance) {
  for (int shift = 0; shift < 24; shift += 8)
    if (abs((int)(pixel >> shift & 255) - (int)(wanted >> shift & 255)) > tolerance) return false;
  return true;
}

#endif
