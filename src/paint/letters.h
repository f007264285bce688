/* Letters on a Cairo surface. */
#ifndef PK_PAINT_LETTERS_H
#define PK_PAINT_LETTERS_H

#include <cairo.h>

#include "list/list.h"

/* The letters of one page, each drawn once. Belongs to one thread. */
typedef struct pk_letters pk_letters;

/* For surfaces whose user space is scaled by `scale_x` and `scale_y` pixels. */
pk_letters *pk_letters_new(double scale_x, double scale_y);
void pk_letters_drop(pk_letters *letters);

/* Draws a run in Cairo's current colour. `draw` must be of glyphs. */
void pk_letters_paint(pk_letters *letters, cairo_t *cairo, const pk_draw *draw);

/* Words that are not of the document: `text` on the baseline at x, y. */
void pk_letters_words(pk_letters *letters, cairo_t *cairo, const pk_face *face, double size, double x, double y,
                      const char *text);

#endif
