/* Pictures for outputs without transparency. */
#ifndef PK_ART_FLATTEN_H
#define PK_ART_FLATTEN_H

#include "art/art.h"
#include "art/raster.h"

/* Makes upright pixels in grey or CMYK opaque: laid on the patches of `place`
 * (NULL: paper). May turn grey into CMYK. */
void pk_raster_flatten(pk_raster *raster, const pk_art_place *place);

#endif
