/* Colours of a whole PDF file. */
#ifndef PK_ART_RECOLOUR_H
#define PK_ART_RECOLOUR_H

#include "art/colour.h"

/* What of a file could not be mapped, if anything. */
typedef struct {
  unsigned gradients, pictures, inline_pictures;
  bool is_transparent; /* where the output is to be opaque: something shows what is under it */
} pk_recolour_left;

/* Rewrites the PDF at `data`, its colours mapped for the press. NULL with
 * `problem` if libqpdf cannot read or write it. Free with g_free(). */
uint8_t *pk_recolour(pk_mapper *mapper, const uint8_t *data, size_t size, size_t *out_size, pk_recolour_left *left,
                     pk_problem *problem);

#endif
