/* What is loaded once and used from job to job. Private to build/. */
#ifndef PK_BUILD_ENGINE_H
#define PK_BUILD_ENGINE_H

#include <pthread.h>

#include "base/cache.h"
#include "font/font.h"
#include "para/para.h"
#include "presskit/presskit.h"

/* A set of fonts and the paths that it was made of. */
typedef struct {
  char **paths; /* NULL-terminated */
  pk_font_set *fonts;
} pk_engine_fonts;

struct presskit_engine {
  char *wanted;         /* the folder the caller named, or NULL */
  char *data;           /* the folder found, NULL before pk_engine_locate() */
  char *layouts;        /* in it */
  char *printers;       /* in layouts: printer profiles */
  char *profiles;       /* in layouts: ICC profiles */
  pthread_mutex_t lock; /* of what is loaded when first needed: */
  GArray *font_sets;    /* of pk_engine_fonts */
  pk_hyphenation *hyphenation;
  pk_cache *cache;
  pk_worker worker; /* of whoever has no other: one thread at a time */
};

/* Finds the data folder, once. PK_FAILED with a diagnostic if there is none. */
pk_status pk_engine_locate(presskit_engine *engine, pk_diag *diag);

/* Makes `worker` ready for `layout` (NULL: presskit's own fonts only): fonts,
 * hyphenation, and what a thread needs. Each set of fonts is loaded once and
 * shared. Thread-safe; a worker is of one thread. */
pk_status pk_engine_prepare(presskit_engine *engine, pk_worker *worker, const pk_layout *layout, pk_diag *diag);

/* Drops what a worker has. */
void pk_engine_release(pk_worker *worker);

/* The names of the layouts that come with presskit, sorted, NULL-terminated,
 * without those that others only build on. Free with g_strfreev(). */
char **pk_engine_layouts(const presskit_engine *engine);

/* The same of printer profiles. */
char **pk_engine_printers(const presskit_engine *engine);

#endif
