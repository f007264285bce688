/* What is loaded once and used from job to job. Private to build/. */
#ifndef PK_BUILD_ENGINE_H
#define PK_BUILD_ENGINE_H

#include "font/font.h"
#include "para/para.h"
#include "presskit/presskit.h"

struct presskit_engine {
  char *wanted;      /* the folder the caller named, or NULL */
  char *data;        /* the folder found, NULL before pk_engine_locate() */
  char *layouts;     /* in it */
  char *printers;    /* in layouts: printer profiles */
  char *profiles;    /* in layouts: ICC profiles */
  char **font_paths; /* of the font set, NULL-terminated */
  pk_font_set *fonts;
  pk_hyphenation *hyphenation;
  pk_worker worker;
};

/* Finds the data folder, once. PK_FAILED with a diagnostic if there is none. */
pk_status pk_engine_locate(presskit_engine *engine, pk_diag *diag);

/* Makes `engine->worker` ready for `layout` (NULL: presskit's own fonts only):
 * fonts, hyphenation, and what a thread needs. Fonts are loaded again only when
 * a layout brings files of its own. */
pk_status pk_engine_prepare(presskit_engine *engine, const pk_layout *layout, pk_diag *diag);

/* The names of the layouts that come with presskit, sorted, NULL-terminated,
 * without those that others only build on. Free with g_strfreev(). */
char **pk_engine_layouts(const presskit_engine *engine);

/* The same of printer profiles. */
char **pk_engine_printers(const presskit_engine *engine);

#endif
