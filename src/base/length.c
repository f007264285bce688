#include "base/length.h"

#include <glib.h>
#include <math.h>
#include <string.h>

static const struct {
  const char *name;
  pk_unit unit;
  double factor;
} units[] = {
    {"pt", PK_UNIT_PT, 1},          {"mm", PK_UNIT_PT, PK_PT_PER_MM}, {"cm", PK_UNIT_PT, 10 * PK_PT_PER_MM},
    {"in", PK_UNIT_PT, 72},         {"em", PK_UNIT_EM, 1},            {"grid", PK_UNIT_GRID, 1},
    {"%", PK_UNIT_PERCENT, 1},
};

pk_dimension_error pk_dimension_parse(const char *text, pk_dimension *out) {
  /* A plain decimal number: no "inf", "nan" or hexadecimal, which strtod takes. */
  size_t digits = strspn(text, "+-.0123456789");
  char *end = NULL;
  double value = g_ascii_strtod(text, &end);
  if (end == text || (size_t)(end - text) > digits || !isfinite(value)) return PK_DIMENSION_NO_NUMBER;
  while (*end == ' ') end++;
  if (!*end) {
    if (value != 0) return PK_DIMENSION_NO_UNIT;
    *out = (pk_dimension){0, PK_UNIT_PT};
    return PK_DIMENSION_OK;
  }
  for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
    if (strcmp(end, units[i].name) != 0) continue;
    *out = (pk_dimension){value * units[i].factor, units[i].unit};
    return PK_DIMENSION_OK;
  }
  return PK_DIMENSION_BAD_UNIT;
}

pk_length pk_dimension_resolve(pk_dimension dimension, pk_length em, pk_length grid, pk_length whole) {
  switch (dimension.unit) {
  case PK_UNIT_PT: return dimension.value;
  case PK_UNIT_EM: return dimension.value * em;
  case PK_UNIT_GRID: return dimension.value * grid;
  case PK_UNIT_PERCENT: return dimension.value * whole / 100;
  }
  g_return_val_if_reached(0);
}
