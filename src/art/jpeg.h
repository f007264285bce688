/* JPEG: header, profile, pixels. */
#ifndef PK_ART_JPEG_H
#define PK_ART_JPEG_H

#include "art/raster.h"

bool pk_jpeg_is(const uint8_t *data, size_t size);

/* Reads the header and checks that the file has an end. */
bool pk_jpeg_head(const uint8_t *data, size_t size, pk_raster_head *head, pk_problem *problem);

/* The embedded ICC profile, or NULL. */
GBytes *pk_jpeg_profile(const uint8_t *data, size_t size);

/* Decodes at 1/`denominator` (1, 2, 4, 8) of the stored size. Damage that still
 * gives a picture leaves its message in `problem->text`, which is else empty. */
bool pk_jpeg_decode(const uint8_t *data, size_t size, unsigned denominator, pk_raster *out, pk_problem *problem);

/* Converts a row of `width` pixels into one of CMYK. */
typedef void (*pk_jpeg_row)(const void *context, const uint8_t *from, uint8_t *to, uint32_t width);

/* Decodes, converts and encodes again as CMYK, row by row: what is in memory is a
 * few rows and the two files. It is not turned upright. Free with free(). NULL
 * with `problem`; damage as in pk_jpeg_decode(). */
uint8_t *pk_jpeg_convert(const uint8_t *data, size_t size, pk_jpeg_row convert, const void *context, int quality,
                         size_t *out_size, pk_problem *problem);

/* The pixels of `raster` as a JPEG without its profile; CMYK as it is, 255 full
 * ink. Free with free(). NULL if there is no memory. */
uint8_t *pk_jpeg_encode(const pk_raster *raster, int quality, size_t *size);

#endif
