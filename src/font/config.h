/* The private configuration of fontconfig, which Pango and librsvg search. */
#ifndef PK_FONT_CONFIG_H
#define PK_FONT_CONFIG_H

#include <fontconfig/fontconfig.h>

/* A configuration over the folders and files of `paths` (NULL-terminated) and no
 * others. `cache` is where fontconfig keeps its index of the folders. Destroy
 * with FcConfigDestroy(). */
FcConfig *pk_font_config_new(const char *const *paths, const char *cache);

#endif
