/* Colour spaces of PDF (ISO 32000-1, 8.6): what their numbers come to. */
#ifndef PK_ART_SPACE_H
#define PK_ART_SPACE_H

#include <qpdf/qpdf-c.h>

#include "art/function.h"
#include "art/tagged.h"

typedef enum {
  PK_HUES_GREY,
  PK_HUES_RGB,
  PK_HUES_CMYK,
  PK_HUES_TAGGED, /* with a profile, or L*a*b* */
  PK_HUES_INDEXED,
  PK_HUES_PLATES, /* Separation, DeviceN */
  PK_HUES_PATTERN,
} pk_hues_kind;

typedef struct pk_hues pk_hues;

/* A colour space. All that hangs on it is its own. */
struct pk_hues {
  pk_hues_kind kind;
  int components;
  pk_tagged *tagged;
  GBytes *icc; /* its profile, or NULL */
  bool is_lab;
  double range[4]; /* of a* and b* */
  pk_hues *base;   /* of an index, of plates (the alternate), of a pattern without colours; or NULL */
  int highest;     /* of the index */
  uint8_t *palette;
  char *names[PK_FUNCTION_MAX]; /* of plates */
  pk_function *tint;            /* plates -> base */
};

/* Reads a space; names are looked up in `resources` (a dictionary or null). NULL if
 * it is damaged, nested too deep or of an unknown kind. `press` is where colours with
 * a profile go, or NULL. */
pk_hues *pk_hues_read(qpdf_data qpdf, qpdf_oh object, qpdf_oh resources, pk_mapper *press);
void pk_hues_drop(pk_hues *hues);

/* A colour, whatever space it was told in. */
typedef struct {
  bool is_cmyk;   /* `v` are inks of no press in particular; else sRGB */
  double v[4];    /* 0..1 */
  bool has_press; /* its own profile says how much of each ink it is: */
  double press[4];
} pk_hue;

/* The colour of so many numbers of the space. */
void pk_hues_colour(const pk_hues *hues, const double *numbers, pk_hue *out);

/* The range of component `i` in samples of pictures. */
void pk_hues_range(const pk_hues *hues, int i, int bits, double *low, double *high);

/* The numbers that a space begins with. */
void pk_hues_first(const pk_hues *hues, double *numbers);

#endif
