/* Display list -> the plates of a press, and how much ink they put together. */
#ifndef PK_PAINT_PLATES_H
#define PK_PAINT_PLATES_H

#include "list/list.h"

enum { PK_PLATES_MAX_DPI = 600 };

/* One byte a pixel of the trim, 255 is full ink; rows without gaps. */
typedef struct {
  const char *name; /* "cyan", "magenta", "yellow", "black", or the spot ink's */
  uint8_t *pixels;
} pk_plate;

typedef struct {
  int width, height;
  double dpi;
  const pk_plate *plates; /* the process inks, then those spot inks that have a plate */
  size_t count;
  double highest; /* sum of inks at one pixel; 1 is 100 % */
  pk_length x, y; /* where, from the upper left corner of the trim */
} pk_plates;

/* The plates of page `number` as the printer's press gets them: with its overprint
 * and spot inks, pictures converted. Owned by the job's arena. */
pk_status pk_plates_build(pk_job *job, const pk_list *list, const pk_printer *printer, size_t number, double dpi,
                          const pk_plates **out);

/* A plate as a grey PNG: black is full ink. */
void pk_plates_png(pk_job *job, const pk_plates *plates, size_t number, const uint8_t **data, size_t *size);

/* The sum of inks in colours, from white over blue, green and yellow to red at
 * `limit`, violet above it; a circle around the highest. */
void pk_plates_heat_png(pk_job *job, const pk_plates *plates, double limit, const uint8_t **data, size_t *size);

#endif
