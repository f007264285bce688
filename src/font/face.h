/* One face of the set as its file lists it, opened when it is first needed. */
#ifndef PK_FONT_FACE_H
#define PK_FONT_FACE_H

#include "font/font.h"

enum { PK_WIDTH_NORMAL = 100 };

typedef struct {
  pk_face face;             /* what callers see; complete once `is_open` */
  const char *const *names; /* every family name of the file, `name_count` of them */
  size_t name_count;
  int width; /* per cent of the normal one */
  gint is_open;
} pk_face_entry;

/* Appends to `entries` (of pk_face_entry) the faces of a file, as far as they can
 * be listed; strings go to `arena`. Variable fonts are left out: what a PDF
 * embeds is one instance, and that is what the static files are. */
void pk_face_list(pk_arena *arena, GArray *entries, const char *path);

/* Maps the file and reads the metrics. Strings go to `arena`. Not thread-safe:
 * the set holds its lock. A file that cannot be read becomes HarfBuzz's empty
 * face, so that callers need no second case. */
void pk_face_open(pk_arena *arena, pk_face_entry *entry);

#endif
