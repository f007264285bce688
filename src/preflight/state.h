/* The state of an interpreter of content. Private to preflight/. */
#ifndef PK_PREFLIGHT_STATE_H
#define PK_PREFLIGHT_STATE_H

#include "preflight/content.h"
#include "reader/tokens.h"

/* A colour space, as far as ink goes. */
typedef enum {
  PK_SPACE_GREY,
  PK_SPACE_RGB,
  PK_SPACE_CMYK,
  PK_SPACE_TAGGED_GREY, /* with a profile, or CalGray */
  PK_SPACE_TAGGED,      /* three components with a profile, CalRGB, Lab */
  PK_SPACE_PLATES,      /* Separation, DeviceN */
  PK_SPACE_REGISTRATION,
  PK_SPACE_INDEXED,
  PK_SPACE_PATTERN,
} pk_space_kind;

typedef struct {
  pk_space_kind kind;
  pk_space_kind base; /* of what is indexed */
  int components;
  int plates[PK_PLATES_MAX]; /* -1: none */
} pk_space;

/* A font: what tells how wide its text is. */
typedef struct {
  bool is_composite, is_type3;
  int first, count;     /* of `widths` */
  const double *widths; /* by code, 1/1000 em; by CID for a composite font */
  double other;         /* of codes that have none */
  double unit;          /* em to one unit of width */
  size_t told;          /* the page from 1 on which its fault was told last */
} pk_content_font;

typedef struct {
  double ctm[6];
  pk_box clip; /* of the page, y down: bottom is the greater */
  pk_space fill_space, stroke_space;
  pk_colour fill, stroke;
  int fill_tile; /* the object of the tiling pattern that fills, or 0 */
  double line_width;
  bool fill_overprints, stroke_overprints, is_transparent, has_mask;
  const pk_content_font *font;
  double size, stretch, leading, rise, letter_space, word_space;
  int mode;
} pk_gstate;

enum { PK_STATES_MAX = 64, PK_FORMS_DEEP = 16 };

/* Everything while one page is read. */
typedef struct {
  pk_job *job;
  const pk_reader *reader;
  qpdf_data qpdf;
  pk_checker *checker;
  const pk_element *base;
  GHashTable *fonts;     /* object number -> pk_content_font */
  GHashTable *operators; /* name -> pk_operator */
  size_t page;
  size_t *left;         /* operators that may still be read */
  GHashTable *contents; /* object number of a form -> GString, or NULL where there is none */
  size_t form_bytes;    /* of all of them */

  double place[6]; /* of what owns the content: patterns lie by it */
  pk_gstate now, saved[PK_STATES_MAX];
  size_t depth; /* may pass PK_STATES_MAX */
  int object;   /* the stream that is read */
  int forms;    /* how deep in forms */
  qpdf_oh resources;

  /* the path, on the page */
  pk_box path;
  bool has_path, is_rectangle, is_one;
  double x, y; /* the current point, in user units */
  int clips;   /* W or W* came, for the next painting operator */

  double text[6], line[6]; /* Tm and Tlm */
} pk_interpreter;

/* ---- space.c ------------------------------------------------------------- */

pk_space pk_space_read(pk_interpreter *in, qpdf_oh object, int depth);

/* The colour of `count` numbers in `space`. */
pk_colour pk_space_colour(const pk_space *space, const double *numbers, size_t count);

/* What kind of colour pixels or gradients of the space are. */
pk_colour_kind pk_space_colour_kind(const pk_space *space);

/* ---- font.c -------------------------------------------------------------- */

/* The font of this name in the resources, told if it is not embedded; NULL if there
 * is none. */
const pk_content_font *pk_content_font_read(pk_interpreter *in, const char *name);

/* The width of a string in units of the text size, with what is added to it. */
double pk_content_font_width(const pk_gstate *state, const char *bytes, size_t size);

/* ---- picture.c ----------------------------------------------------------- */

void pk_content_picture(pk_interpreter *in, qpdf_oh stream);
void pk_content_inline_picture(pk_interpreter *in, const pk_operand *operands, size_t count);

/* ---- content.c ----------------------------------------------------------- */

/* The entry `name` of `kind` ("/Font") in the current resources; null if none. */
qpdf_oh pk_content_resource(pk_interpreter *in, const char *kind, const char *name);

/* Hands an element over, with place, colour and state filled in; `box` is on the
 * page. Nothing is handed over that the clip leaves nothing of. */
void pk_content_give(pk_interpreter *in, pk_element *element, const pk_box *box);

/* One tile of the pattern `object`, in the middle of `box` on the page: what is in it
 * is looked at as if it stood there alone. */
void pk_content_tile(pk_interpreter *in, int object, const pk_box *box);

/* The bounds on the page of a box in user units after `matrix`. */
pk_box pk_content_bounds(const double matrix[6], const pk_box *box);

void pk_matrix_multiply(const double a[6], const double b[6], double out[6]);

#endif
