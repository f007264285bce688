/* Raster pictures inside art/: what a header says, and decoded pixels. */
#ifndef PK_ART_RASTER_H
#define PK_ART_RASTER_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* What the header of a JPEG or PNG says, before any pixel is decoded. */
typedef struct {
  uint32_t width, height; /* as stored */
  int components;         /* 1 grey, 3 RGB, 4 CMYK; alpha not counted */
  int orientation;        /* EXIF: 1..8; 1 is upright */
  bool is_inverted;       /* CMYK by Adobe: 0 is full ink */
  double dpi_x, dpi_y;    /* 0 where the file does not say */
} pk_raster_head;

/* Pixels of 8 bits a component, rows without gaps. Owned; see pk_raster_drop(). */
typedef struct {
  uint32_t width, height;
  int components; /* 1 grey, 3 RGB, 4 CMYK (255 is full ink) */
  uint8_t *pixels;
  uint8_t *alpha; /* one byte a pixel, or NULL when all is opaque */
  GBytes *icc;    /* the file's own profile, or NULL */
} pk_raster;

/* Why a picture could not be read: a library's message or our own. */
typedef struct {
  bool is_too_large; /* rather than broken */
  char text[256];
} pk_problem;

void pk_problem_set(pk_problem *problem, const char *format, ...) G_GNUC_PRINTF(2, 3);

void pk_raster_drop(pk_raster *raster);

/* Turns and mirrors the pixels as the EXIF `orientation` demands: upright. */
void pk_raster_turn(pk_raster *raster, int orientation);

/* Scales down to `width` × `height` pixels by averaging; never up. */
void pk_raster_scale(pk_raster *raster, uint32_t width, uint32_t height);

/* The matrix from the unit square of the stored picture to that of the upright
 * one, in PDF's image space (origin at the bottom left, y up). */
void pk_raster_matrix(int orientation, double matrix[6]);

static inline bool pk_raster_is_lying(int orientation) {
  return orientation >= 5 && orientation <= 8;
}

static inline size_t pk_raster_pixels(const pk_raster *raster) {
  return (size_t)raster->width * raster->height;
}

#endif
