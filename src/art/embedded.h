/* Pictures inside an SVG. */
#ifndef PK_ART_EMBEDDED_H
#define PK_ART_EMBEDDED_H

#include "art/raster.h"

/* Checks the size of each picture that is embedded as data: librsvg would decode
 * it whatever its size. Returns false with `problem` if one is too large. */
bool pk_embedded_check(const uint8_t *data, size_t size, pk_problem *problem);

#endif
