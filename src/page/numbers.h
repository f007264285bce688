/* Columns of numbers, aligned at their decimal marks. Private to page/. */
#ifndef PK_PAGE_NUMBERS_H
#define PK_PAGE_NUMBERS_H

#include "page/page.h"

/* Where the whole part of the number in `text` ends: the byte of its decimal
 * mark, or the byte after its last figure. 0 if the text is no number: a cell
 * that holds words. A dash or nothing at all is a cell without a value, which
 * goes with numbers: PK_NUMBER_NONE. */
enum { PK_NUMBER_NONE = -1 };
int64_t pk_number_mark(const pk_styled_text *text);

/* How far a line reaches left of byte `mark` of its text. */
pk_length pk_number_left(const pk_line *line, int64_t mark);

#endif
