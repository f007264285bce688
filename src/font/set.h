/* What the parts of font/ share of the set. */
#ifndef PK_FONT_SET_H
#define PK_FONT_SET_H

#include <fontconfig/fontconfig.h>

#include "font/face.h"

/* The private configuration, current for the process from the first call on;
 * owned by the set. Thread-safe. */
FcConfig *pk_font_set_config(const pk_font_set *set);

size_t pk_font_set_face_count(const pk_font_set *set);

/* The face of a file, opened, or NULL if it is not of the set. Thread-safe. */
const pk_face *pk_font_set_find_file(const pk_font_set *set, const char *path, unsigned file_index);

#endif
