/* PDF pages as pixels and as Cairo's own PDF, by poppler, which is opened only when
 * the first is met. */
#ifndef PK_ART_POPPLER_H
#define PK_ART_POPPLER_H

#include <cairo.h>

#include "art/raster.h"
#include "base/base.h"

/* Is poppler there? It is opened by the first call in the process. */
bool pk_poppler_is_available(void);

/* Draws the first page of a file, which must be one that carry.c made, into
 * 0,0,width,height of the user space. */
bool pk_poppler_draw(const uint8_t *data, size_t size, cairo_t *cairo, pk_length width, pk_length height,
                     pk_problem *problem);

/* The same as a PDF that Cairo writes: RGB, and its own subsets of the fonts. */
bool pk_poppler_redraw(const uint8_t *data, size_t size, pk_length width, pk_length height, GByteArray *out,
                       pk_problem *problem);

#endif
