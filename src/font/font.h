/* The fonts of a run: a private set, one Pango font map a thread, face data.
 *
 * pk_font_set is built once, frozen and shared by threads; pk_font_worker is
 * one per thread. No font of the system is seen unless the layout names it. */
#ifndef PK_FONT_H
#define PK_FONT_H

#include <hb.h>
#include <pango/pango.h>

#include "language/language.h"
#include "spec/layout.h"

/* One font file's face. Shared, frozen; lives as long as its set. Metrics are
 * in font units (`upem` to the em), y up. */
typedef struct pk_face {
  uint32_t index;              /* place in the set */
  const char *path;            /* the file */
  unsigned file_index;         /* the face in a collection */
  const char *family, *style;  /* as fontconfig knows them */
  const char *postscript_name; /* without a subset prefix */
  int weight;                  /* 100..900 */
  bool italic;
  hb_face_t *hb; /* immutable */
  int upem;
  int ascent, descent; /* descent is negative */
  int cap_height, x_height;
  int underline_position, underline_thickness;
  int x_min, y_min, x_max, y_max; /* of all glyphs */
  double italic_angle;            /* degrees, negative leans right */
  bool is_cff, is_fixed_pitch, is_serif;
  bool may_embed, may_subset; /* OS/2 fsType */
} pk_face;

typedef struct pk_font_set pk_font_set;

/* The set over `folders` (NULL-terminated; the project's fonts first, then
 * folders and files that the layout adds). `cache_folder` is where fontconfig
 * keeps its index; NULL for the user's cache. Returns NULL with a diagnostic if
 * there is no font at all. */
pk_font_set *pk_font_set_new(const char *const *folders, const char *cache_folder, pk_diag *diag);
void pk_font_set_drop(pk_font_set *set);

/* Of the files of the set: their names, sizes and times. Thread-safe. */
pk_digest pk_font_set_digest(const pk_font_set *set);

/* Makes fontconfig know these fonts and no others, in the whole process: before
 * anything that searches by it, such as librsvg. Thread-safe, done once. */
void pk_font_set_make_current(const pk_font_set *set);

/* All families of the set, sorted, each once. Owned by the set. */
const char *const *pk_font_set_families(const pk_font_set *set, size_t *count);
bool pk_font_set_has_family(const pk_font_set *set, const char *family);

/* The face of a family nearest in weight with this slope, or NULL if the set
 * lacks the family. Thread-safe. */
const pk_face *pk_font_set_find(const pk_font_set *set, const char *family, int weight, bool italic);

/* Faces in a fixed order (for listing). */
const pk_face *const *pk_font_set_faces(const pk_font_set *set, size_t *count);

/* ---- per thread ---------------------------------------------------------- */

typedef struct pk_font_worker pk_font_worker;

pk_font_worker *pk_font_worker_new(const pk_font_set *set);
void pk_font_worker_drop(pk_font_worker *worker);

/* The thread's context: resolution 72, no hinting, positions not rounded. */
PangoContext *pk_font_worker_context(pk_font_worker *worker);

/* The face behind a font that Pango chose. NULL if it is not of the set, which
 * is a programmer's error. */
const pk_face *pk_font_worker_face(pk_font_worker *worker, PangoFont *font);

/* A HarfBuzz font of `face` whose scale is its upem: positions come out in font
 * units, without hinting. Owned by the worker; one per face. */
hb_font_t *pk_font_worker_hb(pk_font_worker *worker, const pk_face *face);

/* Checks that each family which `layout` names exists; a family that is missing
 * is a warning at the layout's line, a role of which none exists an error. */
pk_status pk_font_check(pk_job *job, const pk_layout *layout);

#endif
