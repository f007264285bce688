/* What readers of fields say when a value is wrong. */
#include <math.h>
#include <string.h>

#include "spec/values.h"

/* Longer values are cut in messages. */
enum { SHOWN_LETTERS = 40 };

static const char *shorten(pk_arena *arena, const char *text) {
  if (g_utf8_strlen(text, -1) <= SHOWN_LETTERS) return text;
  const char *end = g_utf8_offset_to_pointer(text, SHOWN_LETTERS);
  return pk_arena_printf(arena, "%.*s...", (int)(end - text), text);
}

bool pk_field_wrong_type(pk_job *job, const pk_field *field, const pk_node *node, const char *accepted) {
  if (node->kind == PK_NODE_SCALAR && !node->is_null && node->size)
    pk_diag_add(job->diag, PK_CODE_WRONG_TYPE, node->span, "'%s' takes %s, not '%s'", field->name, accepted,
                shorten(job->arena, node->text));
  else
    pk_diag_add(job->diag, PK_CODE_WRONG_TYPE, node->span, "'%s' takes %s, not %s", field->name, accepted,
                node->kind == PK_NODE_SCALAR && !node->is_null ? "an empty text" : pk_node_kind_name(node));
  return false;
}

bool pk_field_unknown(pk_job *job, pk_code code, pk_span span, const char *what, const char *name,
                      const char *const *names, size_t count) {
  /* Beyond the limit nothing is kept: do not search for what nobody sees. */
  if (pk_diag_count(job->diag, PK_ERROR) >= PK_DIAG_MAX) {
    pk_diag_add(job->diag, code, span, "there is no %s '%s'", what, name);
    return false;
  }
  const char *shown = shorten(job->arena, name);
  pk_diagnostic *raised = pk_diag_add(job->diag, code, span, "there is no %s '%s'", what, shown);
  const char *nearest = pk_diag_nearest(name, names, count);
  if (nearest)
    pk_diag_hint(job->diag, raised, "did you mean '%s'?", nearest);
  else if (count)
    pk_diag_hint(job->diag, raised, "it can be %s", pk_value_list(job->arena, names, count));
  return false;
}

const char *pk_value_list(pk_arena *arena, const char *const *names, size_t count) {
  GString *list = g_string_new(NULL);
  for (size_t i = 0; i < count; i++) {
    if (i) g_string_append(list, i + 1 == count ? " or " : ", ");
    g_string_append(list, names[i]);
  }
  const char *kept = pk_arena_strdup(arena, list->str);
  g_string_free(list, TRUE);
  return kept;
}

const char *pk_value_units(pk_arena *arena, const pk_field *field) {
  static const struct {
    unsigned flag;
    const char *name;
  } units[] = {
      {PK_UNITS_ABSOLUTE, "pt"}, {PK_UNITS_ABSOLUTE, "mm"}, {PK_UNITS_ABSOLUTE, "cm"}, {PK_UNITS_ABSOLUTE, "in"},
      {PK_UNITS_EM, "em"},       {PK_UNITS_GRID, "grid"},   {PK_UNITS_PERCENT, "%"},
  };
  unsigned flags = field->type == PK_FIELD_LENGTH    ? (unsigned)PK_UNITS_ABSOLUTE
                   : field->type == PK_FIELD_PERCENT ? (unsigned)PK_UNITS_PERCENT
                                                     : field->units;
  const char *names[G_N_ELEMENTS(units)];
  size_t count = 0;
  for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
    if (flags & units[i].flag) names[count++] = units[i].name;
  return pk_value_list(arena, names, count);
}

static const char *format_number(pk_arena *arena, double value, const char *unit) {
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  return pk_arena_printf(arena, "%s%s", g_ascii_formatd(digits, sizeof digits, "%.6g", value), unit);
}

const char *pk_value_limit(pk_arena *arena, const pk_field *field, double limit) {
  if (field->type == PK_FIELD_PERCENT) return format_number(arena, limit, "%");
  if (field->type != PK_FIELD_LENGTH && field->type != PK_FIELD_DIMENSION) return format_number(arena, limit, "");
  if (limit == 0) return "0";
  double millimetres = limit / PK_PT_PER_MM;
  bool is_metric = fabs(millimetres - round(millimetres)) < 1e-9;
  return is_metric ? format_number(arena, round(millimetres), "mm") : format_number(arena, limit, "pt");
}
