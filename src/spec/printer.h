/* What a printer profile says: one print shop's rules. Plain, frozen data.
 *
 * Lengths are points, inks 0..1. Every member has a value: what the file does
 * not say is the default of the field table. */
#ifndef PK_SPEC_PRINTER_H
#define PK_SPEC_PRINTER_H

#include "spec/text.h"

typedef enum {
  PK_STANDARD_X_4,       /* PDF/X-4: PDF 1.6, transparency and profiles live */
  PK_STANDARD_X_1A_2003, /* PDF/X-1a:2003: PDF 1.4, CMYK and spots only, no transparency */
  PK_STANDARD_X_3_2002,  /* PDF/X-3:2002: PDF 1.3, no transparency */
  PK_STANDARD_NONE,      /* plain PDF 1.6 */
  PK_STANDARD_COUNT,
} pk_standard;

typedef enum { PK_IMAGES_CONVERT, PK_IMAGES_KEEP } pk_image_policy;
typedef enum { PK_INTENT_RELATIVE, PK_INTENT_PERCEPTUAL } pk_intent;
typedef enum { PK_SPOTS_KEEP, PK_SPOTS_CONVERT } pk_spot_policy;
typedef enum { PK_COVER_TOGETHER, PK_COVER_APART, PK_COVER_SPREAD } pk_cover_policy;
typedef enum { PK_PAGES_REFUSE, PK_PAGES_BLANK } pk_multiple_policy;
typedef enum { PK_DUPLEX_NONE, PK_DUPLEX_LONG_EDGE, PK_DUPLEX_SHORT_EDGE } pk_duplex;

/* Pixels to the inch at the size of print. */
typedef struct {
  double wanted, least;
} pk_resolution;

typedef struct pk_printer {
  const pk_source *source;
  const char *path, *folder;
  const char *name; /* of the file, without folder and ending */
  pk_text title, description, notes;

  pk_standard standard;
  pk_span standard_span;
  const char *condition, *condition_info, *registry; /* of the output intent; NULL where not given */
  const char *profile;                               /* ICC file, absolute */
  pk_span profile_span;
  double ink_limit; /* of all inks at one place, 0..4: 3 is 300 % */
  pk_span ink_limit_span;
  pk_length bleed;
  pk_span bleed_span;
  pk_length safe_margin; /* nothing that matters comes nearer to the trim */

  struct {
    bool crop, bleed, registration, fold, colour_bar, slug;
    pk_length distance; /* from the bleed to where marks begin */
    pk_length length, thickness;
  } marks;

  struct {
    bool overprints; /* black alone prints over what lies under it */
    double rich[4];  /* what an ink that is `rich` becomes in areas */
  } black;

  /* Type and lines in one ink, set off from other inks, and left white in them. */
  struct {
    pk_length type, type_in_several_inks, type_reversed;
    pk_length line, line_reversed;
  } smallest;

  struct {
    pk_image_policy policy;
    pk_intent intent;
    double most; /* pixels beyond this multiple of `wanted` are scaled down */
    pk_resolution colour, grey, line;
  } images;

  pk_spot_policy spots;

  struct {
    pk_cover_policy cover, bound_cover; /* of stitched and of perfect-bound books */
    int multiple;                       /* of pages */
    pk_multiple_policy fill;
    pk_duplex duplex;
  } pages;

  const char *file_name; /* a pattern: see pk_printer_file_name */
  pk_span file_name_span;
} pk_printer;

/* "PDF/X-4", as the profile writes it. */
const char *pk_standard_name(pk_standard standard);

/* Whether any mark is drawn. */
bool pk_printer_has_marks(const pk_printer *printer);

/* What may stand between braces in `file-name:`, NULL-terminated. */
extern const char *const pk_printer_file_name_fields[];

#endif
