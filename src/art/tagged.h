/* Colours with a profile of their own, one at a time. */
#ifndef PK_ART_TAGGED_H
#define PK_ART_TAGGED_H

#include "art/colour.h"

typedef struct pk_tagged pk_tagged;

/* Of numbers with the profile `icc`, as many as `components`; of L*a*b* where it is
 * NULL. NULL if the profile is damaged or of another kind. `press` (or NULL) must
 * live as long. */
pk_tagged *pk_tagged_new(GBytes *icc, int components, pk_conversion *press);
void pk_tagged_drop(pk_tagged *tagged);

/* Numbers 0..1 (L*a*b* as it is) -> sRGB 0..1; -> inks of the press, false if there
 * is none. */
void pk_tagged_srgb(const pk_tagged *tagged, const double *from, double rgb[3]);
bool pk_tagged_press(const pk_tagged *tagged, const double *from, double cmyk[4]);

/* Whether it is the profile of the press itself. */
bool pk_tagged_is_press(const pk_tagged *tagged);

#endif
