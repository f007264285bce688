/* A file to start from: every field of a table, in its order, with what it means
 * and its default. Fields without a default stand as comments. */
#include <string.h>

#include "spec/fields.h"
#include "spec/values.h"

/* A plain scalar of YAML; else it needs quotes. */
static bool is_plain(const char *text) {
  return g_ascii_isalnum(*text) && !strstr(text, ": ") && !strstr(text, " #");
}

/* The type as the reference has it, without the marks of Markdown. */
static void put_type(GString *out, pk_arena *arena, const pk_field *field) {
  for (const char *at = pk_field_type_name(arena, field); *at; at++)
    if (*at != '`') g_string_append_c(out, *at);
}

static void put_comment(GString *out, pk_arena *arena, const pk_field *field, int depth) {
  g_string_append_printf(out, "%*s# %s", 2 * depth, "", field->doc);
  if (field->type != PK_FIELD_STRUCT) {
    g_string_append(out, " (");
    put_type(out, arena, field);
    if (!field->fallback && field->fallback_doc) g_string_append_printf(out, "; without it: %s", field->fallback_doc);
    g_string_append_c(out, ')');
  }
  g_string_append_c(out, '\n');
}

static void put_field(GString *out, pk_arena *arena, const pk_field *field, int depth) {
  put_comment(out, arena, field, depth);
  if (field->type == PK_FIELD_STRUCT) {
    g_string_append_printf(out, "%*s%s:\n", 2 * depth, "", field->name);
    for (size_t i = 0; i < field->table->count; i++) put_field(out, arena, &field->table->fields[i], depth + 1);
  } else if (!field->fallback) {
    g_string_append_printf(out, "%*s# %s:\n", 2 * depth, "", field->name);
  } else {
    const char *quote = is_plain(field->fallback) ? "" : "\"";
    g_string_append_printf(out, "%*s%s: %s%s%s\n", 2 * depth, "", field->name, quote, field->fallback, quote);
  }
}

void pk_fields_template(const pk_fields *table, const char *kind, GString *out) {
  g_autoptr(pk_arena) arena = pk_arena_new();
  g_string_append_printf(out, "# %s Change what is different and remove what is not.\npresskit: %s/1\n", table->doc,
                         kind);
  for (size_t i = 0; i < table->count; i++) {
    if (strcmp(table->fields[i].name, "presskit") == 0) continue;
    g_string_append_c(out, '\n');
    put_field(out, arena, &table->fields[i], 0);
  }
}
