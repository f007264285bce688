/* Pictures: JPEG, PNG, TIFF, SVG, PDF. Checked, measured, ready for the outputs.
 *
 * A pk_art is frozen data in the job's arena; the same file in one job is one
 * pk_art. Files are read only from the folders of the article, office and
 * layout; nothing is fetched; sizes are bounded before anything is decoded. */
#ifndef PK_ART_H
#define PK_ART_H

#include <cairo.h>

#include "diag/diag.h"

enum {
  PK_ART_MAX_BYTES = 256 * 1024 * 1024,
  PK_ART_MAX_PIXELS = 300 * 1000 * 1000,
  PK_ART_MAX_SIDE = 65500,
};

typedef enum { PK_ART_JPEG, PK_ART_PNG, PK_ART_SVG, PK_ART_TIFF, PK_ART_PDF } pk_art_kind;

typedef struct pk_art pk_art;

/* The cache of one job: path -> pk_art. In the job's arena. */
typedef struct pk_art_store pk_art_store;
pk_art_store *pk_art_store_new(pk_job *job);

/* Loads the picture at the absolute `path`, named at `span`. Of a PDF it is the first
 * page, or the one that the path ends with: "emblem.pdf#page=2" (RFC 8118). Missing, broken,
 * too large or of unknown kind: a diagnostic at `span` and PK_FAILED. */
pk_status pk_art_load(pk_job *job, pk_art_store *store, const char *path, pk_span span, const pk_art **out);

/* The same of bytes that are already in memory; `path` names them. */
pk_status pk_art_open(pk_job *job, pk_art_store *store, const char *path, GBytes *bytes, pk_span span,
                      const pk_art **out);

pk_art_kind pk_art_kind_of(const pk_art *art);
const char *pk_art_path(const pk_art *art);

/* Whether it is drawn, SVG or PDF, and not made of pixels. */
bool pk_art_is_vector(const pk_art *art);

/* Its natural size in points: from the file's own resolution or, where it has
 * none, 1 px = 0.75 pt (SVG) or 300 pixels to the inch (photos). Of a PDF the trim of
 * the page, or what it is cropped to. */
void pk_art_size(const pk_art *art, pk_length *width, pk_length *height);

/* Pixels of a raster picture; 0 for vector art. */
void pk_art_pixels(const pk_art *art, uint32_t *width, uint32_t *height);

/* Components of its pixels as they are stored: 1 grey, 3 RGB, 4 CMYK; 0 for vector art. */
int pk_art_components(const pk_art *art);

/* Upright opaque pixels, three bytes each, as a JPEG without a profile. Free with free();
 * NULL if there is no memory. */
uint8_t *pk_art_encode_jpeg(const uint8_t *rgb, uint32_t width, uint32_t height, size_t *size);

/* ---- for pdf/ ------------------------------------------------------------ */

/* An ink that vector art names by its screen colour: an exact match of RGB is
 * drawn in `cmyk`, a mixture of it with white in so much of `cmyk`, or on the plate
 * of the ink where it has one. */
typedef struct {
  double screen[3];
  double cmyk[4];
  const char *spot; /* name of its own plate; drawings then use that. NULL: none */
  const char *name; /* of the spot ink that it is, with a plate or without; NULL: it is none */
} pk_art_ink;

/* Pixels to the inch: a picture that has more than `most` times `colour` or `grey`
 * at the size of print is scaled down to that. 0: it is left as it is. */
typedef struct {
  double colour, grey, most; /* black-and-white line art is never scaled */
} pk_art_limits;

/* Colours of an output: screen keeps RGB; press turns every colour into CMYK,
 * brand colours and their tints by match to inks, neutral greys to black alone, the rest
 * by conversion through `profile_path`. */
typedef struct {
  bool is_press;
  bool keeps_profiles;   /* press: pictures that carry a profile are kept as they are, with it */
  bool is_perceptual;    /* the intent of conversions; else relative colorimetric, black point compensated */
  bool is_opaque;        /* the output has no transparency: pictures are laid on what is under them */
  bool keeps_spots;      /* press: spot inks of drawings have plates of their own */
  bool black_overprints; /* press: text and thin lines in black alone print over what is under them */
  pk_art_limits limits;
  const pk_art_ink *inks;
  size_t ink_count;
  const char
      *profile_path; /* ICC profile of the press, CMYK; NULL: c = 1 - r - k and so on, k the least of the three */
} pk_art_colours;

/* An area of one colour under a picture. In the unit square of the upright
 * picture, y down; it may reach beyond it. */
typedef struct {
  double left, top, right, bottom;
  double cmyk[4];
} pk_art_patch;

/* Where a picture is placed, as far as its pixels depend on it. */
typedef struct {
  pk_length width, height;     /* the largest size it has on a page; 0: unknown */
  const pk_art_patch *patches; /* under it, in painting order; the rest is paper */
  size_t patch_count;
} pk_art_place;

/* A raster picture as a PDF image: `data` is the stream, already filtered.
 *
 * Two things that a writer must not overlook: a stream with a `predictor` needs
 * /DecodeParms << /Predictor p /Colors components /BitsPerComponent bits
 * /Columns width >> (the mask: /Colors 1 /BitsPerComponent 8), and `matrix`
 * comes between the image and the unit square: a photo that the camera stored
 * lying on its side passes through as it is and is turned by it. */
typedef struct {
  uint32_t width, height; /* as stored */
  int bits;               /* per component: 8, or 1 of line art */
  int components;         /* 1 grey, 3 RGB, 4 CMYK */
  bool is_inverted;       /* CMYK JPEG by Adobe: Decode [1 0 1 0 1 0 1 0] */
  const char *filter;     /* "/DCTDecode" or "/FlateDecode" */
  int predictor;          /* of `data`: 0 none, 15 PNG rows */
  const uint8_t *data;
  size_t size;
  const uint8_t *mask; /* FlateDecode'd 8-bit alpha of the same size in pixels, or NULL */
  size_t mask_size;
  int mask_predictor;
  double matrix[6];   /* unit square -> unit square, as for `cm`; mostly 1 0 0 1 0 0 */
  const uint8_t *icc; /* the picture's own profile where its colours are kept, or NULL */
  size_t icc_size;
} pk_art_image;

/* JPEG passes through untouched where colours and size allow. Made once per job,
 * colours and place (NULL: of unknown size, on paper). Vector art is painted, for
 * outputs without transparency. A picture or profile that turns out to be
 * damaged: a diagnostic at the picture's span and PK_FAILED. */
pk_status pk_art_to_image(pk_job *job, const pk_art *art, const pk_art_colours *colours, const pk_art_place *place,
                          const pk_art_image **out);

/* What a print shop asks of a picture. */
typedef struct {
  int components;  /* as stored: 1 grey, 3 RGB, 4 CMYK */
  bool is_bilevel; /* grey of which every pixel is black or white */
  double most_ink; /* 0..4: of any square of a millimetre, converted as `colours` say */
} pk_art_summary;

/* Raster art only, printed at `width` × `height` points. Damage: a diagnostic at the
 * picture's span and PK_FAILED. */
pk_status pk_art_summarise(pk_job *job, const pk_art *art, const pk_art_colours *colours, pk_length width,
                           pk_length height, pk_art_summary *out);

/* A picture in inks, upright: four bytes a pixel, 255 is full ink. */
typedef struct {
  uint32_t width, height;
  const uint8_t *cmyk;
  const uint8_t *alpha; /* or NULL */
} pk_art_inks;

/* Any picture as the inks that `colours` make of it, with no more than `dpi` pixels
 * to the inch at `width` × `height` points. Owned by the job's arena. */
pk_status pk_art_to_inks(pk_job *job, const pk_art *art, const pk_art_colours *colours, pk_length width,
                         pk_length height, double dpi, pk_art_inks *out);

/* An SVG as a PDF file of one page (in memory, owned by the arena), as Cairo
 * writes it: RGB throughout. */
pk_status pk_art_to_pdf(pk_job *job, const pk_art *art, const uint8_t **data, size_t *size);

/* Vector art as a PDF file of one page, every colour in it mapped for the output:
 * operators of the page and of all forms and patterns, gradients, pictures, blend
 * spaces of groups. It holds what the page draws and nothing else. `*data` is NULL
 * if part of the drawing cannot be mapped, which is told, or is transparent and the
 * output is opaque: then pk_art_to_image() makes a picture of it. */
pk_status pk_art_to_output_pdf(pk_job *job, const pk_art *art, const pk_art_colours *colours, const uint8_t **data,
                               size_t *size);

/* ---- for paint/ ---------------------------------------------------------- */

/* Draws it into the rectangle 0,0,width,height of the current user space, as a
 * screen shows it. The inks of `colours` are those that a PDF may name; NULL: none. */
pk_status pk_art_paint(pk_job *job, const pk_art *art, const pk_art_colours *colours, cairo_t *cairo, pk_length width,
                       pk_length height);

/* The spot inks that vector art prints on plates of their own, in the order they are
 * met. `*names` is owned by the arena. */
pk_status pk_art_spots(pk_job *job, const pk_art *art, const pk_art_colours *colours, const char *const **names,
                       size_t *count);

/* One plate of a picture: a byte a pixel, 255 is full ink. Where `alpha` is 0 the plate
 * keeps what it had. */
typedef struct {
  uint32_t width, height;
  const uint8_t *ink, *alpha;
} pk_art_plate;

/* The plate of this name ("Cyan", "Black", a spot ink) of vector art, painted from its
 * PDF for the press, with `dpi` pixels to the inch at `width` × `height` points. Not
 * of art for which pk_art_to_output_pdf() gives none: *is_there is false. */
pk_status pk_art_to_plate(pk_job *job, const pk_art *art, const pk_art_colours *colours, const char *name,
                          pk_length width, pk_length height, double dpi, pk_art_plate *out, bool *is_there);

#endif
