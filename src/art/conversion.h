/* What a conversion is, for colour.c and pixels.c. */
#ifndef PK_ART_CONVERSION_H
#define PK_ART_CONVERSION_H

#include <lcms2.h>

#include "art/colour.h"

struct pk_conversion {
  cmsContext context;
  cmsUInt32Number intent;
  cmsHPROFILE press, srgb;       /* NULL: the formula */
  cmsHTRANSFORM colours, pixels; /* from sRGB; `pixels` is built when first needed */
};

/* A context of its own, which keeps errors to itself. */
cmsContext pk_conversion_context(void);

#endif
