/* The PostScript of calculator functions (ISO 32000-1, 7.10.5). */
#ifndef PK_ART_CALCULATOR_H
#define PK_ART_CALCULATOR_H

#include <stdbool.h>
#include <stddef.h>

typedef struct pk_calculator pk_calculator;

/* NULL if the text is no program, or too deep or too long a one. */
pk_calculator *pk_calculator_new(const char *text, size_t size);
void pk_calculator_drop(pk_calculator *calculator);

/* Numbers in, numbers out; what a broken program does not give is 0. */
void pk_calculator_run(const pk_calculator *calculator, const double *in, int inputs, double *out, int outputs);

#endif
