/* Colour conversion inside art/: lcms2, or a plain formula without a profile. */
#ifndef PK_ART_COLOUR_H
#define PK_ART_COLOUR_H

#include "art/art.h"
#include "art/raster.h"

/* From screen colours to the inks of one press. Belongs to one thread. */
typedef struct pk_conversion pk_conversion;

/* Opens the ICC profile at `path` (of an output device, CMYK); a NULL path means
 * the plain formula. NULL with `problem` if the profile cannot serve. */
pk_conversion *pk_conversion_open(const char *path, bool is_perceptual, pk_problem *problem);
void pk_conversion_drop(pk_conversion *conversion);

/* sRGB 0..1 -> CMYK 0..1, black point compensated. */
void pk_conversion_colour(pk_conversion *conversion, const double rgb[3], double cmyk[4]);

/* RGB pixels -> CMYK pixels, from the picture's own profile where it has one that
 * fits, else from sRGB; CMYK pixels of another press -> CMYK pixels of this one.
 * Returns false if it had a profile that does not fit. */
bool pk_conversion_raster(pk_conversion *conversion, pk_raster *raster);

/* The same row by row, for pictures that are never whole in memory: rows of 8-bit
 * pixels -> rows of CMYK. `transform` is NULL where there is nothing to do (CMYK
 * without a profile) or no press profile to do it with. */
typedef struct {
  void *transform;
  bool is_owned;
} pk_pixel_pass;
bool pk_conversion_begin(pk_conversion *conversion, GBytes *icc, int components, pk_pixel_pass *pass);
void pk_conversion_row(const pk_pixel_pass *pass, const uint8_t *from, uint8_t *to, uint32_t width);
void pk_conversion_end(pk_pixel_pass *pass);

/* Whether CMYK with the profile `icc` is CMYK of this press already. */
bool pk_conversion_is_of(const pk_conversion *conversion, GBytes *icc);

/* Whether `icc` is a whole profile for pixels of so many components. */
bool pk_profile_fits(GBytes *icc, int components);

/* CMYK pixels, or RGB pixels with a profile -> sRGB. Returns as above. */
bool pk_raster_to_srgb(pk_raster *raster);

/* How the colours of an output are mapped, one at a time: exact inks, then
 * neutral greys, then conversion. */
typedef struct {
  const pk_art_colours *colours;
  pk_conversion *conversion; /* opened when first needed where NULL: most logos need none */
  bool owns_conversion;
  bool has_failed;    /* the profile cannot serve; the formula stands in */
  pk_problem problem; /* why, if so */
} pk_mapper;

void pk_mapper_clear(pk_mapper *mapper);
pk_conversion *pk_mapper_conversion(pk_mapper *mapper);
void pk_mapper_map(pk_mapper *mapper, const double rgb[3], double cmyk[4]);

/* The ink that a screen colour, or one in CMYK, is so much of; NULL if there is none. An
 * ink itself goes before a tint of another. */
const pk_art_ink *pk_mapper_ink(const pk_mapper *mapper, const double rgb[3], double *share);
const pk_art_ink *pk_mapper_ink_of_cmyk(const pk_mapper *mapper, const double cmyk[4], double *share);

#endif
