/* What an SVG refers to outside itself. */
#ifndef PK_ART_OUTSIDE_H
#define PK_ART_OUTSIDE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
  bool is_style; /* a style sheet or font, not something that is drawn */
  unsigned line; /* in the SVG, from 1 */
  char element[32];
  char reference[160]; /* as written; cut off if longer */
} pk_outside;

/* Finds the first thing drawn, or else the first style sheet or font, that is in
 * another file or on the network; false if there is none. Drawings inside
 * the drawing are looked into. */
bool pk_outside_find(const uint8_t *data, size_t size, pk_outside *found);

#endif
