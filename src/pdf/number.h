/* How numbers and strings are spelt in PDF syntax. Independent of the locale;
 * the same value always has the same spelling. All append to `out`. */
#ifndef PK_PDF_NUMBER_H
#define PK_PDF_NUMBER_H

#include "base/base.h"

enum { PK_PDF_MAX_DECIMALS = 6 };

/* `scaled` / 10^`decimals`, shortest: ".5", "-12.25", "0". */
void pk_pdf_put_fixed(GString *out, int64_t scaled, int decimals);

/* `value` rounded to `decimals` places; what is not finite or beyond 10^12 is 0. */
void pk_pdf_put_number(GString *out, double value, int decimals);

/* `value` in whole steps of 10^-`decimals`. */
int64_t pk_pdf_scaled(double value, int decimals);

/* A byte string as literal or as hex, whichever is shorter. */
void pk_pdf_put_string(GString *out, const uint8_t *bytes, size_t size);

/* A text string for /ActualText and the like: ASCII as it is, else UTF-16BE with
 * its mark. `text` is `size` bytes of UTF-8; what is not valid is left out. */
void pk_pdf_put_text(GString *out, const char *text, size_t size);

/* The UTF-16BE code units of one character, in hex, without brackets. */
void pk_pdf_put_utf16(GString *out, gunichar character);

#endif
