/* Turned things on a Cairo surface. Private to paint/. */
#ifndef PK_PAINT_TURN_H
#define PK_PAINT_TURN_H

#include <cairo.h>
#include <glib.h>

#include "base/length.h"

/* Moves the origin to where the first corner of something is that lies turned in
 * `rect`, and the axes along its edges. */
static inline void pk_paint_turn(cairo_t *cairo, const pk_rect *rect, pk_turn turn) {
  cairo_translate(cairo, rect->x + (turn == PK_TURN_DOWN ? rect->width : 0),
                  rect->y + (turn == PK_TURN_UP ? rect->height : 0));
  if (turn) cairo_rotate(cairo, turn == PK_TURN_DOWN ? G_PI_2 : -G_PI_2);
}

#endif
