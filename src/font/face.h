/* One face of the set as fontconfig lists it, opened when it is first needed. */
#ifndef PK_FONT_FACE_H
#define PK_FONT_FACE_H

#include <fontconfig/fontconfig.h>

#include "font/font.h"

typedef struct {
  pk_face face;             /* what callers see; complete once `is_open` */
  const char *const *names; /* every family name of the file, `name_count` of them */
  size_t name_count;
  int width; /* of FC_WIDTH; 100 is normal */
  gint is_open;
} pk_face_entry;

/* Fills what fontconfig's pattern tells, all strings copied to `arena`. False if
 * the pattern is no scalable font file. */
bool pk_face_describe(pk_arena *arena, pk_face_entry *entry, FcPattern *pattern);

/* Maps the file and reads the metrics. Strings go to `arena`. Not thread-safe:
 * the set holds its lock. A file that cannot be read becomes HarfBuzz's empty
 * face, so that callers need no second case. */
void pk_face_open(pk_arena *arena, pk_face_entry *entry);

#endif
