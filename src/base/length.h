/* Lengths.
 *
 * Inside presskit every length is in DTP points (1/72 inch) as a double;
 * what a user writes carries its unit until the style stage resolves it. */
#ifndef PK_LENGTH_H
#define PK_LENGTH_H

#include <stdbool.h>

/* Points. */
typedef double pk_length;

typedef enum {
  PK_UNIT_PT,      /* absolute units are turned into points when they are read */
  PK_UNIT_EM,      /* of the style's own size */
  PK_UNIT_GRID,    /* of the layout's leading */
  PK_UNIT_PERCENT, /* of a whole that the field names; 100 is all of it */
} pk_unit;

typedef struct {
  double value;
  pk_unit unit;
} pk_dimension;

typedef struct {
  pk_length x, y, width, height;
} pk_rect;

/* How something lies on the page: upright, read from the head to the foot, or from
 * the foot to the head. */
typedef enum { PK_TURN_NONE, PK_TURN_DOWN, PK_TURN_UP } pk_turn;

/* Where a rectangle that was measured along the lines comes to lie, turned about
 * the origin (y down). */
static inline pk_rect pk_rect_turn(pk_rect r, pk_turn turn) {
  if (turn == PK_TURN_DOWN) return (pk_rect){-r.y - r.height, r.x, r.height, r.width};
  if (turn == PK_TURN_UP) return (pk_rect){r.y, -r.x - r.width, r.height, r.width};
  return r;
}

#define PK_PT_PER_MM (72.0 / 25.4)

/* Why a text is no dimension. */
typedef enum {
  PK_DIMENSION_OK,
  PK_DIMENSION_NO_NUMBER, /* does not begin with a number, or is not finite */
  PK_DIMENSION_NO_UNIT,   /* a bare number other than 0 */
  PK_DIMENSION_BAD_UNIT,  /* a unit that is none of pt mm cm in em grid % */
} pk_dimension_error;

/* Reads "13pt", "6 mm", "1.5em", "2grid", "60%" or "0". `*out` is set only on
 * PK_DIMENSION_OK. */
pk_dimension_error pk_dimension_parse(const char *text, pk_dimension *out);

/* The points that `dimension` comes to, given the size of 1 em, of one grid
 * line and of 100 %. */
pk_length pk_dimension_resolve(pk_dimension dimension, pk_length em, pk_length grid, pk_length whole);

#endif
