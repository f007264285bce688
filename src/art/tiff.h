/* TIFF by libtiff, which is opened only when the first TIFF is met. */
#ifndef PK_ART_TIFF_H
#define PK_ART_TIFF_H

#include "art/raster.h"

bool pk_tiff_is(const uint8_t *data, size_t size);

/* Is libtiff there? It is opened by the first call in the process. */
bool pk_tiff_is_available(void);

/* The first picture of the file: size, resolution, orientation, kind of colours. */
bool pk_tiff_head(const uint8_t *data, size_t size, pk_raster_head *head, pk_problem *problem);

/* Decodes grey, RGB and CMYK in 8 or 16 bits, black and white in one, everything
 * else (palettes, YCbCr, L*a*b*, tiles) as RGB. 16 bits become 8, alpha is apart. */
bool pk_tiff_decode(const uint8_t *data, size_t size, pk_raster *out, pk_problem *problem);

#endif
