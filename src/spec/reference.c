/* The manual's reference of a field table, as Markdown. */
#include <string.h>

#include "spec/fields.h"
#include "spec/values.h"

/* A nested table is described once, where it is met first. */
typedef struct {
  GPtrArray *tables; /* of pk_fields */
  GPtrArray *paths;  /* of char: "masters.NAME.boxes.NAME" */
} table_queue;

static void enqueue(table_queue *queue, const pk_fields *table, char *path) {
  if (g_ptr_array_find(queue->tables, table, NULL)) {
    g_free(path);
    return;
  }
  g_ptr_array_add(queue->tables, (gpointer)table);
  g_ptr_array_add(queue->paths, path);
}

static const pk_field *find_field(const pk_fields *table, const char *name) {
  for (size_t i = 0; name && i < table->count; i++)
    if (strcmp(table->fields[i].name, name) == 0) return &table->fields[i];
  return NULL;
}

static const char *code_names(pk_arena *arena, const char *const *names) {
  GString *text = g_string_new(NULL);
  for (size_t i = 0; names[i]; i++) g_string_append_printf(text, "%s`%s`", i ? " " : "", names[i]);
  const char *kept = pk_arena_strdup(arena, text->str);
  g_string_free(text, TRUE);
  return kept;
}

static const char *range(pk_arena *arena, const pk_field *field, const char *what) {
  if (field->min == 0 && field->max == 0) return what;
  return pk_arena_printf(arena, "%s, %s to %s", what, pk_value_limit(arena, field, field->min),
                         pk_value_limit(arena, field, field->max));
}

const char *pk_field_type_name(pk_arena *arena, const pk_field *field) {
  switch (field->type) {
  case PK_FIELD_STRING: return "text";
  case PK_FIELD_TEXT: return "text, or one for each language";
  case PK_FIELD_BOOL: return "`true` or `false`";
  case PK_FIELD_INT: return range(arena, field, "whole number");
  case PK_FIELD_NUMBER: return range(arena, field, "number");
  case PK_FIELD_LENGTH:
  case PK_FIELD_DIMENSION: {
    const char *units = pk_arena_printf(arena, "length in %s", pk_value_units(arena, field));
    bool is_percent = field->type == PK_FIELD_DIMENSION && field->units == PK_UNITS_PERCENT;
    return is_percent ? "percentage" : range(arena, field, units);
  }
  case PK_FIELD_PERCENT: return range(arena, field, "percentage");
  case PK_FIELD_ENUM: return code_names(arena, field->names);
  case PK_FIELD_LANG: return "`en` `sr-Latn` `sr-Cyrl`";
  case PK_FIELD_DATE: return "date";
  case PK_FIELD_STRINGS: return "list of texts";
  case PK_FIELD_TEXTS: return "list of texts, or one list for each language";
  case PK_FIELD_STRUCT: return "mapping, see below";
  case PK_FIELD_STRUCTS: return "list, see below";
  case PK_FIELD_MAP: {
    const pk_field *whole = find_field(field->table, field->table->whole);
    if (!whole) return "mapping of names, see below";
    const char *of = pk_field_type_name(arena, whole);
    if (!field->table->keys) return pk_arena_printf(arena, "mapping of names, each to a %s", of);
    return pk_arena_printf(arena, "mapping of %s, each to a %s", code_names(arena, field->table->keys), of);
  }
  case PK_FIELD_CUSTOM: return field->type_doc;
  }
  g_return_val_if_reached("");
}

static const char *default_name(pk_arena *arena, const pk_field *field) {
  if (field->is_required) return "required";
  if (field->type == PK_FIELD_STRUCT || (!field->fallback && !field->fallback_doc)) return "";
  return field->fallback ? pk_arena_printf(arena, "`%s`", field->fallback) : field->fallback_doc;
}

/* A `|` would end the cell. */
static void add_cell(GString *out, const char *text) {
  for (; *text; text++) g_string_append_printf(out, *text == '|' ? "\\%c" : "%c", *text);
  g_string_append(out, " | ");
}

static void add_row(pk_arena *arena, const pk_field *field, GString *out) {
  g_string_append_printf(out, "| `%s` | ", field->name);
  add_cell(out, pk_field_type_name(arena, field));
  add_cell(out, default_name(arena, field));
  add_cell(out, field->doc);
  out->str[out->len - 1] = '\n';
}

static void enqueue_nested(table_queue *queue, const pk_field *field, const char *path) {
  if (!field->table || field->table->whole) return;
  const char *name = field->type == PK_FIELD_MAP ? ".NAME" : field->type == PK_FIELD_STRUCTS ? "[]" : "";
  enqueue(queue, field->table, g_strdup_printf("%s%s%s%s", path, *path ? "." : "", field->name, name));
}

void pk_fields_reference(const pk_fields *table, int level, GString *out) {
  g_autoptr(pk_arena) arena = pk_arena_new();
  table_queue queue = {g_ptr_array_new(), g_ptr_array_new_with_free_func(g_free)};
  enqueue(&queue, table, g_strdup(""));
  for (guint i = 0; i < queue.tables->len; i++) {
    const pk_fields *at = g_ptr_array_index(queue.tables, i);
    const char *path = g_ptr_array_index(queue.paths, i);
    for (int mark = 0; mark < level + (i > 0); mark++) g_string_append_c(out, '#');
    if (i)
      g_string_append_printf(out, " `%s`\n\n", path);
    else
      g_string_append_printf(out, " %c%s\n\n", g_ascii_toupper(at->name[0]), at->name + 1);
    if (at->doc) g_string_append_printf(out, "%s\n\n", at->doc);
    if (at->keys) g_string_append_printf(out, "NAME is one of %s.\n\n", code_names(arena, at->keys));
    if (at->other_doc) g_string_append_printf(out, "Instead of a mapping: %s.\n\n", at->other_doc);
    g_string_append(out, "| Field | Type | Default | Meaning |\n| --- | --- | --- | --- |\n");
    for (size_t j = 0; j < at->count; j++) {
      add_row(arena, &at->fields[j], out);
      enqueue_nested(&queue, &at->fields[j], path);
    }
    g_string_append_c(out, '\n');
  }
  g_ptr_array_unref(queue.tables);
  g_ptr_array_unref(queue.paths);
}
