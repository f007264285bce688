/* A ZIP archive, written whole or not at all. Private to build/.
 *
 * The same files under the same names give the same bytes: no owners, no dates but
 * that of SOURCE_DATE_EPOCH (else the format's first day), names in UTF-8. */
#ifndef PK_BUILD_ZIP_H
#define PK_BUILD_ZIP_H

#include <glib.h>
#include <stdio.h>

typedef struct pk_zip pk_zip;

/* An archive that will stand at `path`; NULL with an error. */
pk_zip *pk_zip_new(const char *path, GError **error);

/* Adds the file at `path`, or all of `file` (which must stay open till the archive
 * is closed), as `name`. `is_packed`: its bytes are compressed already. */
gboolean pk_zip_add(pk_zip *zip, const char *name, const char *path, gboolean is_packed, GError **error);
gboolean pk_zip_add_open(pk_zip *zip, const char *name, FILE *file, GError **error);

/* Reads what was added, writes the archive and puts it in its place. */
gboolean pk_zip_close(pk_zip *zip, GError **error);

/* Drops the archive; what was not closed leaves nothing. */
void pk_zip_drop(pk_zip *zip);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(pk_zip, pk_zip_drop)

#endif
