/* What is printed around the pages of a sheet. */
#ifndef PK_IMPOSE_MARKS_H
#define PK_IMPOSE_MARKS_H

#include "impose/sheet.h"

/* Appends crop, fold and registration marks as PDF operators, in the colour space
 * /All, which is of every plate. Nothing is drawn where there is no paper. */
void pk_marks_draw(const pk_sheet *sheet, const pk_sheet_side *side, GString *out);

/* Appends `text` as outlines in the current fill colour, so that no font is
 * needed: `size` points, baseline at x, y. */
void pk_marks_text(pk_job *job, const pk_face *face, const char *text, double size, double x, double y, GString *out);

#endif
