/* Content while it is rewritten: what it names, and the colours that are set.
 * Private to carry_content.c and carry_writer.c. */
#ifndef PK_ART_CARRY_WRITER_H
#define PK_ART_CARRY_WRITER_H

#include "art/carrier.h"
#include "reader/tokens.h"

enum { PK_WRITER_LAYERS = 64, PK_WRITER_NAMES = 20000 };

/* A colour that is set, as the file says it. */
typedef struct {
  const pk_hues *hues; /* NULL: what was set before this content begins */
  double n[PK_FUNCTION_MAX];
  char *pattern;   /* its name, of the content; or NULL */
  bool is_black;   /* black alone, full */
  bool is_nothing; /* it marks no plate */
} pk_writer_paint;

typedef struct {
  pk_writer_paint fill, stroke;
  bool fill_overprints, stroke_overprints, keeps_zero; /* as the file says */
  bool has_own;                                        /* it says anything of it */
  bool is_raised;                                      /* we let it overprint */
  double scale, line_width;
  int render_mode;
  size_t glyph_cost;
  const char *missing; /* the font that text is set in, where it is not there */
} pk_writer_state;

typedef struct {
  pk_carrier *c;
  const char *content;
  qpdf_oh resources, fresh;
  GString *out;
  pk_writer_state now;
  GArray *saved;                        /* state */
  GHashTable *actions, *taken, *spaces; /* name -> action; "/Kind/Name" that is in `fresh`; name -> pk_hues */
  GPtrArray *owned;
  bool hides[PK_WRITER_LAYERS];
  size_t marks, hidden; /* open marks; how many of them hide */
  bool is_one_rectangle, has_path;
  double thinnest;
  size_t pictures;
  size_t *cost;
} pk_writer;

/* Appends an operator: its words, or as it stands in the content. */
void pk_writer_begin_word(pk_writer *w);
void pk_writer_put(pk_writer *w, const char *text);
void pk_writer_copy(pk_writer *w, const pk_operation *o);

/* What the content's resources have under a name; null if nothing. */
qpdf_oh pk_writer_look_up(pk_writer *w, const char *kind, const char *name);

/* Takes what content names over; false if there is no such thing. What it costs to
 * draw is added each time; `*own` (or NULL) is that. */
bool pk_writer_take(pk_writer *w, const char *kind, const char *name, size_t *own);

/* Puts a resource of our own beside them, once a name. Returns the name. */
const char *pk_writer_own(pk_writer *w, const char *kind, const char *name, qpdf_oh object);

/* The colour space of a name; NULL, and the walk is stuck, if there is none. */
const pk_hues *pk_writer_hues(pk_writer *w, const char *name);

/* Writes the colour that is set now. */
void pk_writer_colour(pk_writer *w, bool is_stroke);

#endif
