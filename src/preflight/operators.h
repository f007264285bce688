/* The operators of content streams. Private to preflight/. */
#ifndef PK_PREFLIGHT_OPERATORS_H
#define PK_PREFLIGHT_OPERATORS_H

#include "preflight/state.h"

/* The numbers and names of an operator, from the left. */
typedef struct {
  const pk_operand *all;
  size_t count;
  double n[PK_PLATES_MAX]; /* the numbers, up to so many of the last */
  size_t numbers;
  const char *name; /* the last name, or NULL */
} pk_operands;

typedef struct {
  const char *name;
  size_t numbers; /* it needs at least */
  void (*run)(pk_interpreter *in, const pk_operands *operands);
} pk_operator;

/* Tables that end in a NULL name. */
extern const pk_operator pk_path_operators[], pk_text_operators[], pk_state_operators[];

#endif
