/* Libraries that are opened when the first picture of their kind is met. Private
 * to art/. */
#ifndef PK_ART_LIBRARY_H
#define PK_ART_LIBRARY_H

#include <glib.h>

typedef struct {
  const char *name; /* of a function */
  gpointer *slot;   /* what receives its address */
} pk_library_entry;

/* Opens the shared library `name` for the life of the process and fills the slots
 * of `wanted`. False if it is not there or lacks one of them. */
gboolean pk_library_open(const char *name, const pk_library_entry *wanted, size_t count);

#endif
