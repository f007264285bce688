/* Fuzz target: any bytes as a picture, to its pixels and to PDF for both outputs. */
#include <stdlib.h>

#include "art/art.h"
#include "art/outside.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* More would only be slow. */
enum { MAX_PIXELS = 256 * 1024, MAX_POINTS = 4000 };

static void require(bool holds) {
  if (!holds) abort();
}

static void make_outputs(pk_job *job, const pk_art *art) {
  static const pk_art_ink ink = {{0, 0.19, 0.53}, {1, 0.72, 0, 0.18}, NULL, NULL};
  const pk_art_colours outputs[] = {{.is_press = false}, {.is_press = true, .inks = &ink, .ink_count = 1}};
  for (size_t i = 0; i < G_N_ELEMENTS(outputs); i++) {
    const pk_art_image *image = NULL;
    const uint8_t *pdf = NULL;
    size_t pdf_size = 0;
    pk_status status = pk_art_is_vector(art) ? pk_art_to_output_pdf(job, art, &outputs[i], &pdf, &pdf_size)
                                             : pk_art_to_image(job, art, &outputs[i], NULL, &image);
    require(status == PK_OK ? image || pdf_size : pk_diag_count(job->diag, PK_ERROR) > 0);
    if (image) require(image->size && image->width && image->height && (image->bits == 8 || image->bits == 1));
  }
}

static void paint(pk_job *job, const pk_art *art) {
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 40, 30);
  cairo_t *cairo = cairo_create(surface);
  pk_status status = pk_art_paint(job, art, NULL, cairo, 40, 30);
  require(status == PK_OK || pk_diag_count(job->diag, PK_ERROR) > 0);
  cairo_destroy(cairo);
  cairo_surface_destroy(surface);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(pk_arena) arena = pk_arena_new();
  pk_job job = {.arena = arena, .diag = pk_diag_new(arena)};
  pk_outside outside;
  pk_outside_find(data, size, &outside); /* whatever it is */
  g_autoptr(GBytes) bytes = g_bytes_new(data, size);
  const pk_art *art = NULL;
  if (pk_art_open(&job, pk_art_store_new(&job), "fuzz", bytes, PK_SPAN_NONE, &art) != PK_OK) {
    require(pk_diag_count(job.diag, PK_ERROR) > 0);
    return 0;
  }
  pk_length width, height;
  uint32_t across, down;
  pk_art_size(art, &width, &height);
  pk_art_pixels(art, &across, &down);
  require(width > 0 && height > 0);
  if ((uint64_t)across * down > MAX_PIXELS || MAX(width, height) > MAX_POINTS) return 0;
  make_outputs(&job, art);
  paint(&job, art);
  return 0;
}
