/* Functions of PDF (ISO 32000-1, 7.10): sampled, exponential, stitched, PostScript. */
#ifndef PK_ART_FUNCTION_H
#define PK_ART_FUNCTION_H

#include <glib.h>
#include <qpdf/qpdf-c.h>
#include <stdbool.h>

enum { PK_FUNCTION_MAX = 32 }; /* numbers that go in, and that come out */

typedef struct pk_function pk_function;

/* Reads a function, or an array of functions of one number each. NULL if it is none
 * or beyond the limits. Drop with pk_function_drop(). */
pk_function *pk_function_read(qpdf_data qpdf, qpdf_oh object);
void pk_function_drop(pk_function *function);

int pk_function_inputs(const pk_function *function);
int pk_function_outputs(const pk_function *function);

/* `in` has as many numbers as the function takes, `out` room for PK_FUNCTION_MAX. */
void pk_function_run(const pk_function *function, const double *in, double *out);

#endif
