/* Pictures as XObjects: each is made once and placed as often as it is drawn. */
#ifndef PK_PDF_ARTWORK_H
#define PK_PDF_ARTWORK_H

#include "pdf/file.h"

typedef struct pk_pdf_artwork pk_pdf_artwork;

pk_pdf_artwork *pk_pdf_artwork_new(pk_pdf_file *file);
void pk_pdf_artwork_drop(pk_pdf_artwork *artwork);

/* A picture in the file. Drawn in the unit square, after `matrix`. */
typedef struct {
  qpdf_oh object; /* indirect; the artwork's */
  char name[16];  /* "X1": of the resource */
  double matrix[6];
  bool is_on_page;     /* it is in the resources of the current page */
  bool is_transparent; /* something shows through it */
} pk_pdf_picture;

/* Notes, before any picture is made, that one is drawn: it gets the pixels that its
 * largest size wants. */
void pk_pdf_artwork_note(pk_pdf_artwork *artwork, const pk_draw *draw);

/* The picture of `art` at `place`, whose patches must live as long as the job;
 * made if need be. It counts as drawn on the current page. */
pk_status pk_pdf_artwork_use(pk_pdf_artwork *artwork, const pk_art *art, const pk_art_place *place,
                             const pk_pdf_picture **out);

/* The /XObject dictionary of what was used since the last call, or 0.
 * `*is_transparent` is set if something shows through any of it. */
qpdf_oh pk_pdf_artwork_page(pk_pdf_artwork *artwork, bool *is_transparent);

#endif
