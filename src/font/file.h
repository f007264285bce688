/* Font files: which there are, and their tables one by one, which is enough to
 * list a face without mapping its outlines. */
#ifndef PK_FONT_FILE_H
#define PK_FONT_FILE_H

#include <glib.h>
#include <hb.h>
#include <stdbool.h>

/* Whether the name is that of a font file. */
bool pk_font_file_is(const char *path);

/* The font files that `path` means, absolute and sorted: those in a folder and
 * below, or the file itself, whether it is there or not. Unref when done. */
GPtrArray *pk_font_files(const char *path);

typedef struct pk_font_file pk_font_file;

/* Opens an OpenType file or collection. NULL if it is none. Close with
 * pk_font_file_close(). */
pk_font_file *pk_font_file_open(const char *path);
void pk_font_file_close(pk_font_file *file);

unsigned pk_font_file_face_count(const pk_font_file *file);

/* Face `number` with the tables that are asked of it; NULL if it is damaged.
 * Destroy it before the file is closed. */
hb_face_t *pk_font_file_face(pk_font_file *file, unsigned number);

#endif
