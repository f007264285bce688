/* Pixels -> PNG file. */
#ifndef PK_PAINT_PNG_H
#define PK_PAINT_PNG_H

#include <cairo.h>

#include "diag/diag.h"

/* The pixels of an RGB24 surface as a PNG that records its resolution; owned by
 * the job's arena. The same pixels give the same bytes. */
void pk_paint_png(pk_job *job, cairo_surface_t *surface, double dpi, const uint8_t **data, size_t *size);

/* The same of `channels` (1: grey, 3: RGB) bytes a pixel, rows without gaps. */
void pk_paint_png_pixels(pk_job *job, const uint8_t *pixels, uint32_t width, uint32_t height, int channels, double dpi,
                         const uint8_t **data, size_t *size);

#endif
