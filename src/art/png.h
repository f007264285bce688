/* PNG: header, pixels. */
#ifndef PK_ART_PNG_H
#define PK_ART_PNG_H

#include "art/raster.h"

bool pk_png_is(const uint8_t *data, size_t size);

/* Walks the chunks: header, resolution, and that the end is there. */
bool pk_png_head(const uint8_t *data, size_t size, pk_raster_head *head, pk_problem *problem);

/* Decodes: palettes expanded, 16 bits to 8, alpha apart; a picture all of whose
 * pixels are neutral becomes grey, alpha that is opaque everywhere is left out. */
bool pk_png_decode(const uint8_t *data, size_t size, pk_raster *out, pk_problem *problem);

#endif
