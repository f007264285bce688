/* The few EXIF fields that matter for placing a photo. */
#ifndef PK_ART_EXIF_H
#define PK_ART_EXIF_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  int orientation;     /* 1..8; 1 where absent */
  double dpi_x, dpi_y; /* 0 where absent */
} pk_exif;

/* Reads the payload of an APP1 marker or of a PNG's eXIf chunk. Anything
 * malformed counts as absent. */
pk_exif pk_exif_read(const uint8_t *data, size_t size);

#endif
