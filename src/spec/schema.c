/* JSON Schema 2020-12 of a field table.
 *
 * Values are what an editor's YAML reader sees: 10 is a number, yes may be a
 * boolean. null stands for "not given" wherever a field is not required. Members
 * come in the order of the tables, so the text is the same each time. */
#include <json-glib/json-glib.h>
#include <string.h>

#include "spec/fields.h"
#include "spec/values.h"

static void add_table(JsonBuilder *json, const pk_fields *table);

static void add_string(JsonBuilder *json, const char *name, const char *value) {
  json_builder_set_member_name(json, name);
  json_builder_add_string_value(json, value);
}

/* Whole numbers as such: 1, not 1.0. */
static void add_number(JsonBuilder *json, const char *name, double value) {
  json_builder_set_member_name(json, name);
  if (value == (double)(gint64)value)
    json_builder_add_int_value(json, (gint64)value);
  else
    json_builder_add_double_value(json, value);
}

static void add_reference(JsonBuilder *json, const char *definition) {
  g_autofree char *target = g_strconcat("#/$defs/", definition, NULL);
  add_string(json, "$ref", target);
}

static void add_fragment(JsonBuilder *json, const char *fragment) {
  GError *error = NULL;
  JsonNode *node = json_from_string(fragment, &error);
  g_assert(node); /* a constant of a table */
  json_builder_add_value(json, node);
}

/* ---- types --------------------------------------------------------------- */

static const char *length_pattern(pk_arena *arena, const pk_field *field) {
  GString *units = g_string_new(NULL);
  unsigned flags = field->type == PK_FIELD_LENGTH    ? (unsigned)PK_UNITS_ABSOLUTE
                   : field->type == PK_FIELD_PERCENT ? (unsigned)PK_UNITS_PERCENT
                                                     : field->units;
  if (flags & PK_UNITS_ABSOLUTE) g_string_append(units, "|pt|mm|cm|in");
  if (flags & PK_UNITS_EM) g_string_append(units, "|em");
  if (flags & PK_UNITS_GRID) g_string_append(units, "|grid");
  if (flags & PK_UNITS_PERCENT) g_string_append(units, "|%");
  const char *sign = field->min < 0 || (field->min == 0 && field->max == 0) ? "-?" : "";
  const char *pattern = pk_arena_printf(arena, "^(0|%s[0-9]*\\.?[0-9]+ *(%s))$", sign, units->str + 1);
  g_string_free(units, TRUE);
  return pattern;
}

/* `0` needs no unit, and is a number to YAML. */
static void add_length(JsonBuilder *json, pk_arena *arena, const pk_field *field) {
  json_builder_set_member_name(json, "anyOf");
  json_builder_begin_array(json);
  json_builder_begin_object(json);
  add_string(json, "type", "string");
  add_string(json, "pattern", length_pattern(arena, field));
  json_builder_end_object(json);
  json_builder_begin_object(json);
  add_number(json, "const", 0);
  json_builder_end_object(json);
  json_builder_end_array(json);
}

static void add_enum(JsonBuilder *json, const char *const *names) {
  json_builder_set_member_name(json, "enum");
  json_builder_begin_array(json);
  for (size_t i = 0; names[i]; i++) json_builder_add_string_value(json, names[i]);
  json_builder_end_array(json);
}

static void add_limits(JsonBuilder *json, const pk_field *field) {
  if (field->min == 0 && field->max == 0) return;
  add_number(json, "minimum", field->min);
  add_number(json, "maximum", field->max);
}

static void add_keys(JsonBuilder *json, const pk_fields *table) {
  json_builder_set_member_name(json, "anyOf");
  json_builder_begin_array(json);
  json_builder_begin_object(json);
  add_enum(json, table->keys);
  json_builder_end_object(json);
  json_builder_begin_object(json);
  add_string(json, "pattern", "-");
  json_builder_end_object(json);
  json_builder_end_array(json);
}

static void add_list_of(JsonBuilder *json, const pk_fields *table) {
  add_string(json, "type", "array");
  json_builder_set_member_name(json, "items");
  add_table(json, table);
}

static void add_map_of(JsonBuilder *json, const pk_fields *table) {
  add_string(json, "type", "object");
  if (table->keys) {
    json_builder_set_member_name(json, "propertyNames");
    json_builder_begin_object(json);
    if (table->takes_own_keys)
      add_keys(json, table);
    else
      add_enum(json, table->keys);
    json_builder_end_object(json);
  }
  json_builder_set_member_name(json, "additionalProperties");
  json_builder_begin_object(json);
  json_builder_set_member_name(json, "anyOf");
  json_builder_begin_array(json);
  add_table(json, table);
  json_builder_begin_object(json);
  add_string(json, "type", "null");
  json_builder_end_object(json);
  json_builder_end_array(json);
  json_builder_end_object(json);
}

/* The members that say what a field's value is, into the open object. */
static void add_type(JsonBuilder *json, pk_arena *arena, const pk_field *field) {
  switch (field->type) {
  case PK_FIELD_STRING:
    add_reference(json, "string");
    if (field->pattern) add_string(json, "pattern", field->pattern);
    break;
  case PK_FIELD_TEXT: add_reference(json, "text"); break;
  case PK_FIELD_STRINGS: add_reference(json, "strings"); break;
  case PK_FIELD_TEXTS: add_reference(json, "texts"); break;
  case PK_FIELD_LANG: add_reference(json, "language"); break;
  case PK_FIELD_DATE: add_reference(json, "date"); break;
  case PK_FIELD_BOOL: add_string(json, "type", "boolean"); break;
  case PK_FIELD_INT:
  case PK_FIELD_NUMBER:
    add_string(json, "type", field->type == PK_FIELD_INT ? "integer" : "number");
    add_limits(json, field);
    break;
  case PK_FIELD_LENGTH:
  case PK_FIELD_DIMENSION:
  case PK_FIELD_PERCENT: add_length(json, arena, field); break;
  case PK_FIELD_ENUM: add_enum(json, field->names); break;
  case PK_FIELD_STRUCTS: add_list_of(json, field->table); break;
  case PK_FIELD_MAP: add_map_of(json, field->table); break;
  case PK_FIELD_STRUCT:
  case PK_FIELD_CUSTOM: g_return_if_reached(); /* whole values, see add_value() */
  }
}

static void add_value(JsonBuilder *json, pk_arena *arena, const pk_field *field) {
  if (field->type == PK_FIELD_STRUCT) {
    add_table(json, field->table);
    return;
  }
  if (field->type == PK_FIELD_CUSTOM) {
    add_fragment(json, field->schema);
    return;
  }
  json_builder_begin_object(json);
  add_type(json, arena, field);
  json_builder_end_object(json);
}

/* ---- fields -------------------------------------------------------------- */

static void add_default(JsonBuilder *json, const pk_field *field) {
  if (!field->fallback || field->type == PK_FIELD_STRUCT) return;
  json_builder_set_member_name(json, "default");
  gint64 whole = 0;
  bool is_number = g_ascii_string_to_signed(field->fallback, 10, G_MININT64, G_MAXINT64, &whole, NULL);
  if (field->type == PK_FIELD_BOOL)
    json_builder_add_boolean_value(json, strcmp(field->fallback, "true") == 0);
  else if (is_number)
    json_builder_add_int_value(json, whole);
  else
    json_builder_add_string_value(json, field->fallback);
}

static void add_property(JsonBuilder *json, pk_arena *arena, const pk_field *field) {
  json_builder_set_member_name(json, field->name);
  json_builder_begin_object(json);
  add_string(json, "description", field->doc);
  add_default(json, field);
  json_builder_set_member_name(json, field->is_required ? "allOf" : "anyOf");
  json_builder_begin_array(json);
  add_value(json, arena, field);
  if (!field->is_required) {
    json_builder_begin_object(json);
    add_string(json, "type", "null");
    json_builder_end_object(json);
  }
  json_builder_end_array(json);
  json_builder_end_object(json);
}

static void add_required(JsonBuilder *json, const pk_fields *table) {
  bool is_open = false;
  for (size_t i = 0; i < table->count; i++) {
    const pk_field *field = &table->fields[i];
    if (!field->is_required || field->may_be_inherited) continue;
    if (!is_open) {
      json_builder_set_member_name(json, "required");
      json_builder_begin_array(json);
      is_open = true;
    }
    json_builder_add_string_value(json, field->name);
  }
  if (is_open) json_builder_end_array(json);
}

/* The members that describe a mapping of the table's fields, into the open object. */
static void add_object(JsonBuilder *json, pk_arena *arena, const pk_fields *table) {
  add_string(json, "type", "object");
  if (table->doc) add_string(json, "description", table->doc);
  json_builder_set_member_name(json, "properties");
  json_builder_begin_object(json);
  for (size_t i = 0; i < table->count; i++) add_property(json, arena, &table->fields[i]);
  json_builder_end_object(json);
  add_required(json, table);
  json_builder_set_member_name(json, "additionalProperties");
  json_builder_add_boolean_value(json, FALSE);
}

static const pk_field *find_field(const pk_fields *table, const char *name) {
  for (size_t i = 0; name && i < table->count; i++)
    if (strcmp(table->fields[i].name, name) == 0) return &table->fields[i];
  return NULL;
}

/* One value: a mapping of the fields, or what stands for one. */
static void add_table(JsonBuilder *json, const pk_fields *table) {
  g_autoptr(pk_arena) arena = pk_arena_new();
  const pk_field *whole = find_field(table, table->whole), *scalar = find_field(table, table->scalar);
  if (whole) {
    add_value(json, arena, whole);
    return;
  }
  json_builder_begin_object(json);
  if (scalar || table->other_schema) {
    json_builder_set_member_name(json, "anyOf");
    json_builder_begin_array(json);
    if (scalar)
      add_value(json, arena, scalar);
    else
      add_fragment(json, table->other_schema);
    json_builder_begin_object(json);
    add_object(json, arena, table);
    json_builder_end_object(json);
    json_builder_end_array(json);
  } else {
    add_object(json, arena, table);
  }
  json_builder_end_object(json);
}

/* ---- the file ------------------------------------------------------------ */

/* Values that YAML may read as a number or a truth are texts to us. */
static const char definitions[] =
    "{\"string\":{\"type\":[\"string\",\"number\",\"boolean\"]},"
    "\"language\":{\"enum\":[\"en\",\"sr-Latn\",\"sr-Cyrl\"]},"
    "\"date\":{\"type\":\"string\",\"pattern\":"
    "\"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})? *(Z|[+-][0-9]{2}:?[0-9]{2}))?$\"},"
    "\"text\":{\"description\":\"One text, or one for each language.\",\"anyOf\":[{\"$ref\":\"#/$defs/string\"},"
    "{\"type\":\"object\",\"propertyNames\":{\"$ref\":\"#/$defs/language\"},"
    "\"additionalProperties\":{\"anyOf\":[{\"$ref\":\"#/$defs/string\"},{\"type\":\"null\"}]}}]},"
    "\"strings\":{\"description\":\"A list of texts.\",\"anyOf\":[{\"$ref\":\"#/$defs/string\"},"
    "{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/string\"}}]},"
    "\"texts\":{\"description\":\"A list of texts, or one list for each language.\","
    "\"anyOf\":[{\"$ref\":\"#/$defs/string\"},{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/text\"}},"
    "{\"type\":\"object\",\"propertyNames\":{\"$ref\":\"#/$defs/language\"},"
    "\"additionalProperties\":{\"$ref\":\"#/$defs/strings\"}}]}}";

void pk_fields_schema(const pk_fields *table, const char *title, GString *out) {
  g_autoptr(pk_arena) arena = pk_arena_new();
  g_autoptr(JsonBuilder) json = json_builder_new();
  json_builder_begin_object(json);
  add_string(json, "$schema", "https://json-schema.org/draft/2020-12/schema");
  add_string(json, "title", title);
  add_object(json, arena, table);
  json_builder_set_member_name(json, "$defs");
  add_fragment(json, definitions);
  json_builder_end_object(json);
  g_autoptr(JsonGenerator) generator = json_generator_new();
  json_generator_set_pretty(generator, TRUE);
  JsonNode *root = json_builder_get_root(json);
  json_generator_set_root(generator, root);
  json_generator_to_gstring(generator, out);
  g_string_append_c(out, '\n');
  json_node_unref(root);
}
