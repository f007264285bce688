#include "spec/spec.h"

#include <string.h>

#include "spec/tables.h"

static const struct {
  const char *kind, *title;
  const pk_fields *table;
} kinds[] = {
    {"layout", "presskit layout", &pk_layout_fields},
    {"office", "presskit office", &pk_office_fields},
    {"printer", "presskit printer profile", &pk_printer_fields},
    {"kit", "presskit kit", &pk_kit_fields},
    {"book", "presskit book", &pk_book_fields},
};

const char *const *pk_spec_kinds(void) {
  static const char *const names[] = {"layout", "office", "printer", "kit", "book", NULL};
  return names;
}

bool pk_spec_schema(const char *kind, GString *out) {
  for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
    if (strcmp(kinds[i].kind, kind) != 0) continue;
    pk_fields_schema(kinds[i].table, kinds[i].title, out);
    return true;
  }
  return false;
}

bool pk_spec_reference(const char *kind, GString *out) {
  for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
    if (strcmp(kinds[i].kind, kind) != 0) continue;
    pk_fields_reference(kinds[i].table, 2, out);
    return true;
  }
  return false;
}

/* Only of a printer does a file of nothing but defaults make sense. */
bool pk_spec_template(const char *kind, GString *out) {
  if (strcmp(kind, "printer") != 0) return false;
  pk_fields_template(&pk_printer_fields, kind, out);
  return true;
}
