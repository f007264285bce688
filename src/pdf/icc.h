/* What an ICC profile says of itself. Reads only the header and the tag table;
 * every offset is checked, since the file may be anybody's. */
#ifndef PK_PDF_ICC_H
#define PK_PDF_ICC_H

#include "base/base.h"

typedef struct {
  int version;   /* 2 or 4 */
  bool is_press; /* output class, four inks */
} pk_icc;

/* False if it is no ICC profile. */
bool pk_icc_read(const uint8_t *data, size_t size, pk_icc *out);

/* The ASCII text of tag `name` ("desc", "targ"), which the caller frees; NULL if
 * there is none. */
char *pk_icc_text(const uint8_t *data, size_t size, const char *name);

#endif
