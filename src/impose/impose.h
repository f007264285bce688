/* Pages -> printer's sheets.
 *
 * In:  PDF files, presskit's own or anybody's; their boxes, turns and units are
 *      respected. Out: the bytes of a PDF whose pages are sides of sheets, each
 *      page on them a form, with creep, marks and what the files say of the
 *      press (output intent, Trapped, layers). The same input gives the same
 *      bytes. */
#ifndef PK_IMPOSE_H
#define PK_IMPOSE_H

#include "font/font.h"
#include "reader/reader.h"
#include "spec/spec.h"

typedef enum {
  PK_SCHEME_SADDLE_STITCH,
  PK_SCHEME_TWO_UP,
  PK_SCHEME_FOUR_UP,
  PK_SCHEME_CUT_STACK,
  PK_SCHEME_LEAFLET,
} pk_scheme;

typedef enum { PK_FOLD_INWARD, PK_FOLD_ZIGZAG } pk_fold;

typedef struct {
  pk_scheme scheme;
  pk_length sheet_width, sheet_height; /* either way round; 0: as large as needed */
  const char *sheet_name;              /* "SRA3"; NULL: none */
  pk_length paper;                     /* its thickness: each sheet inward is pushed out by it */
  pk_length gutter;                    /* between pages */
  pk_duplex duplex;                    /* where the printer turns; NONE: so that backs stand upright */
  pk_fold fold;                        /* of a leaflet of six */
  int up;                              /* cells of cut-stack: 2, 4, 8 */
  bool repeats;                        /* n-up: the same page in every cell */
  bool keeps_back;                     /* blanks stand before the last page */
  bool fits;                           /* pages are made smaller where they must */
  bool has_marks;
  const pk_face *face; /* of the line at the foot of the sheet; NULL: none */
  const char *title;   /* in that line */
} pk_impose_options;

/* "A3", "sra3", "a4", "letter", "480x330mm": the size in points. */
bool pk_impose_sheet(const char *name, pk_length *width, pk_length *height);

/* Imposes all pages of `inputs`, one after the other. `*data` is owned by the
 * job's arena; `*side_count` is its number of pages. */
pk_status pk_impose_build(pk_job *job, const pk_reader *const *inputs, size_t input_count,
                          const pk_impose_options *options, const uint8_t **data, size_t *size, size_t *side_count);

#endif
