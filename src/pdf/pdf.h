/* Display list -> PDF file.
 *
 * Own content streams, one subset a face, objects and file by libqpdf. The same
 * list gives the same bytes on any machine. */
#ifndef PK_PDF_H
#define PK_PDF_H

#include "list/list.h"

typedef enum {
  PK_EDITION_PRESS,  /* for a print shop */
  PK_EDITION_SCREEN, /* for the web and for mail */
  PK_EDITION_OFFICE, /* for the printer in the corridor */
  PK_EDITION_PROOF,  /* the press edition to look at: trimmed, without marks */
} pk_edition;

typedef struct {
  pk_edition edition;
  const pk_printer *printer; /* whom it is for; NULL: no standard, no marks */
  const char *name;          /* of the file, for the slug line; may be NULL */
  const size_t *pages;       /* which, 0-based and ascending; NULL: all */
  size_t page_count;
  size_t blank_count; /* blank pages after them */
  int64_t timestamp;  /* seconds since 1970, UTC, for dates in the file */
  /* A copy that a row of data fills: glyphs keep the numbers of their face, so that a
   * page that no row changes is the same in all copies, whatever letters a row adds. */
  bool is_one_of_many;
} pk_pdf_options;

/* `*data` is owned by the job's arena. */
pk_status pk_pdf_build(pk_job *job, const pk_list *list, const pk_pdf_options *options, const uint8_t **data,
                       size_t *size);

/* ---- what is written, for those who judge it ------------------------------ */

/* An ink as it goes into a file for `printer`. */
typedef struct {
  double cmyk[4];  /* 0..1; of a plate of its own none */
  bool is_plate;   /* it has a plate of its own */
  bool overprints; /* what lies under it keeps the inks that it has not */
} pk_paint_colour;

void pk_pdf_colour_of(const pk_list *list, const pk_printer *printer, uint32_t ink, double tint, bool is_area,
                      pk_paint_colour *out);

/* Whether a rectangle is a line rather than an area. */
bool pk_pdf_is_line(const pk_rect *rect);

/* The inks and the conversion of pictures for `printer`; NULL: for a screen. */
void pk_pdf_art_colours(pk_job *job, const pk_list *list, const pk_printer *printer, pk_art_colours *out);

#endif
