/* SVG by librsvg, which is opened only when the first SVG is met. */
#ifndef PK_ART_SVG_H
#define PK_ART_SVG_H

#include <cairo.h>

#include "art/raster.h"
#include "base/base.h"

enum { PK_SVG_MAX_BYTES = 16 * 1024 * 1024 };

typedef struct pk_svg pk_svg;

bool pk_svg_is(const uint8_t *data, size_t size);

/* Is librsvg there? It is opened by the first call in the process. */
bool pk_svg_is_available(void);

/* Parses a drawing; nothing outside the data is read. `*width` and `*height` are
 * its own size in points. Drop with pk_svg_drop(). */
pk_svg *pk_svg_open(const uint8_t *data, size_t size, pk_length *width, pk_length *height, pk_problem *problem);
void pk_svg_drop(pk_svg *svg);

/* Draws it into 0,0,width,height of the user space. */
bool pk_svg_draw(pk_svg *svg, cairo_t *cairo, pk_length width, pk_length height, pk_problem *problem);

#endif
