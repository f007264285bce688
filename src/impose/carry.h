/* What files say of the press as a whole. */
#ifndef PK_IMPOSE_CARRY_H
#define PK_IMPOSE_CARRY_H

#include "impose/impose.h"

/* Gives `qpdf` the output intents, layers, document information and metadata of
 * the inputs: of the first that has them. */
void pk_carry(pk_job *job, qpdf_data qpdf, const pk_reader *const *inputs, size_t count);

/* The PDF version that all inputs need: "1.6". Owned by the arena. */
const char *pk_carry_version(pk_job *job, const pk_reader *const *inputs, size_t count);

#endif
