/* Glyph outlines as Cairo paths. */
#ifndef PK_PAINT_GLYPHS_H
#define PK_PAINT_GLYPHS_H

#include <cairo.h>

#include "list/list.h"

/* Outlines of the faces of one page. Belongs to one thread. */
typedef struct pk_outlines pk_outlines;

pk_outlines *pk_outlines_new(void);
void pk_outlines_drop(pk_outlines *outlines);

/* Adds the outlines of a run to Cairo's current path. `draw` must be of glyphs. */
void pk_outlines_add(pk_outlines *outlines, cairo_t *cairo, const pk_draw *draw);

#endif
