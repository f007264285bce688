/* What the parts of font/ share of the set. */
#ifndef PK_FONT_SET_H
#define PK_FONT_SET_H

#include "font/face.h"

/* The private configuration; owned by the set. */
FcConfig *pk_font_set_config(const pk_font_set *set);

size_t pk_font_set_face_count(const pk_font_set *set);

/* The face of a file, opened, or NULL if it is not of the set. Thread-safe. */
const pk_face *pk_font_set_find_file(const pk_font_set *set, const char *path, unsigned file_index);

#endif
