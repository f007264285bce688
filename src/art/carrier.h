/* What the files of carry*.c share while a page is carried over.
 *
 * The walk goes from the page to what its content uses, by name, and nowhere else;
 * each owner of content gets fresh resources with what it uses. Objects are
 * changed where they stand, once each. Everything counts against limits, so that
 * a small file cannot keep anybody busy: libqpdf decodes nothing that was not
 * measured, and forms in forms are counted as often as they are drawn. */
#ifndef PK_ART_CARRIER_H
#define PK_ART_CARRIER_H

#include "art/carry.h"
#include "art/space.h"
#include "reader/reader.h"

enum {
  PK_CARRY_DEEP = 24,                      /* forms in forms, and the like */
  PK_CARRY_MAX_COST = 20 * 1000 * 1000,    /* operators that are run to draw it */
  PK_CARRY_MAX_BYTES = 192 * 1024 * 1024,  /* of content, decoded */
  PK_CARRY_GROUP_COST = 10 * 1000,         /* a group or a mask takes as long as so many of them */
  PK_CARRY_MAX_PIXELS = 100 * 1000 * 1000, /* of a picture that is unpacked */
};

typedef struct pk_layers pk_layers;

typedef struct {
  qpdf_data qpdf;
  const pk_carry_order *order;
  pk_mapper *mapper;
  pk_carry_left *left;
  pk_problem *problem;
  bool has_failed;
  bool is_mask;         /* what is walked is a measure of opacity, not ink */
  GHashTable *costs;    /* object number, in masks negative -> cost + 1; 0 while it is open */
  GHashTable *pictures; /* numbers of objects that were looked at, likewise */
  GPtrArray *hues;      /* pk_hues, to be dropped */
  GHashTable *spaces;   /* pk_hues -> number of the object of its kept space */
  const pk_layers *layers;
  size_t bytes; /* of content, so far */
  double area;  /* that whoever owns the content can paint, in its own units */
  int depth;
} pk_carrier;

/* ---- carry.c ------------------------------------------------------------- */

/* Ends the walk: `problem` says why. Returns false. */
bool pk_carry_fail(pk_carrier *c, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Something could not be mapped; the first is kept. */
void pk_carry_stuck(pk_carrier *c, const char *format, ...) G_GNUC_PRINTF(2, 3);

qpdf_oh pk_carry_key(const pk_carrier *c, qpdf_oh dict, const char *name);
bool pk_carry_is_name(const pk_carrier *c, qpdf_oh object, const char *name);
bool pk_carry_number(const pk_carrier *c, qpdf_oh dict, const char *name, double *out);

/* Removes all entries but those of `names`, which end in NULL. */
void pk_carry_keep(pk_carrier *c, qpdf_oh dict, const char *const *names);

/* The keys of a dictionary. Free with g_strfreev(). */
char **pk_carry_keys(const pk_carrier *c, qpdf_oh dict);

/* Puts packed data into a stream; `parameters` in PDF syntax, or NULL. */
void pk_carry_put_data(pk_carrier *c, qpdf_oh stream, const void *data, size_t size, const char *parameters);

/* Carries one thing that content names, of the resource category `kind` ("/XObject"),
 * and returns what takes its place, or 0 to leave it out. Adds to `*cost`.
 * `resources` are those around it. */
qpdf_oh pk_carry_resource(pk_carrier *c, const char *kind, qpdf_oh object, qpdf_oh resources, size_t *cost);

/* The content of `stream`, and fresh resources in `dict` (that of the stream, or of
 * a font). */
bool pk_carry_stream(pk_carrier *c, qpdf_oh stream, qpdf_oh dict, qpdf_oh around, size_t *cost);

/* ---- carry_content.c ----------------------------------------------------- */

/* Rewrites content; what it names goes into `fresh`. */
bool pk_carry_content(pk_carrier *c, const char *content, size_t size, qpdf_oh resources, qpdf_oh fresh, GString *out,
                      size_t *cost);

/* ---- carry_colour.c ------------------------------------------------------ */

typedef enum {
  PK_MAPPED_DEVICE, /* `v`, of the device: 1 grey, 3 RGB, 4 CMYK */
  PK_MAPPED_INK,    /* `share` of the ink number `ink`, which has a plate */
  PK_MAPPED_SPACE,  /* the same numbers, in pk_carry_space() */
  PK_MAPPED_NONE,   /* nothing is painted */
} pk_mapped_how;

typedef struct {
  pk_mapped_how how;
  int count;
  double v[4];
  size_t ink;
  double share;
} pk_mapped;

/* A space that is kept until the walk ends; NULL if it cannot be read. */
pk_hues *pk_carry_hues(pk_carrier *c, qpdf_oh object, qpdf_oh resources);

/* The colour of `numbers` in the output. `overprints`: where it has no ink it leaves
 * a plate alone (`keeps_zero`: each of its process inks that is 0, too). */
typedef struct {
  bool overprints, keeps_zero;
} pk_overprint;
void pk_carry_map(pk_carrier *c, const pk_hues *hues, const double *numbers, pk_overprint over, pk_mapped *out);

/* How many numbers a colour of the device of the output has, and its space. */
int pk_carry_components(const pk_carrier *c);
const char *pk_carry_device(const pk_carrier *c);

/* Numbers of the device, whatever became of the colour: of an ink its CMYK. */
void pk_carry_device_colour(pk_carrier *c, const pk_hues *hues, const double *numbers, double *out);

/* The space of kept plates; that of an ink. Objects of the file. */
qpdf_oh pk_carry_space(pk_carrier *c, const pk_hues *hues);
qpdf_oh pk_carry_ink_space(pk_carrier *c, size_t ink);

/* A sampled function as PDF: `count` numbers for each of `size` steps along each of
 * `inputs`, from 0 to 1. */
qpdf_oh pk_carry_sampled(pk_carrier *c, int inputs, int size, int count, const double *domain, const uint8_t *samples);

/* ---- carry_gradient.c, carry_picture.c, carry_font.c, carry_layers.c ------ */

/* Leaves a function, which was read to its end, what belongs to it. */
void pk_carry_function(pk_carrier *c, qpdf_oh function, int depth);

void pk_carry_gradient(pk_carrier *c, qpdf_oh shading, qpdf_oh resources);
void pk_carry_picture(pk_carrier *c, qpdf_oh stream, qpdf_oh resources);

/* A picture inside content as one of its own; 0 if it is damaged. */
qpdf_oh pk_carry_inline(pk_carrier *c, const char *dict, size_t dict_size, const char *data, size_t size,
                        qpdf_oh resources);

/* `*cost` becomes that of its dearest glyph. False if it is not in the file: then
 * `left->font` is its name. */
bool pk_carry_font(pk_carrier *c, qpdf_oh font, qpdf_oh resources, size_t *cost);

pk_layers *pk_layers_read(qpdf_data qpdf);
void pk_layers_drop(pk_layers *layers);
/* Whether what belongs to `object` (a group, or a membership in several) is not shown. */
bool pk_layers_hide(const pk_layers *layers, qpdf_data qpdf, qpdf_oh object);

/* ---- numbers ------------------------------------------------------------- */

/* Appends `value` with at most four decimals, whatever the locale. */
void pk_carry_put_number(GString *out, double value);

#endif
