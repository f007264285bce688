/* The generic reader of field tables.
 *
 * Defaults are laid down first, then what the file gives is read over them.
 * Recursion follows the tree of nodes, which PK_SPEC_MAX_DEPTH bounds, and the
 * nesting of the tables, which are constants. */
#include "spec/fields.h"

#include <string.h>

#include "spec/values.h"

/* A table has a bit for each field in `set` and in the reader's own note of
 * what was given. */
enum { MOST_FIELDS = 64 };

static bool read_struct(pk_job *job, const pk_fields *table, const pk_node *node, pk_span place, void *target);

static size_t find_field(const pk_fields *table, const char *name) {
  for (size_t i = 0; i < table->count; i++)
    if (strcmp(table->fields[i].name, name) == 0) return i;
  return SIZE_MAX;
}

/* ---- defaults ------------------------------------------------------------ */

static void set_default(pk_job *job, const pk_field *field, void *target) {
  void *slot = pk_value_at(target, field->at);
  if (field->type == PK_FIELD_STRUCT) {
    if (field->is_flat || slot) pk_fields_defaults(job, field->table, field->is_flat ? target : slot);
    return;
  }
  if (field->type == PK_FIELD_LANG && slot) *(pk_lang *)slot = PK_LANG_NONE;
  if (!field->fallback) return;
  pk_node node = {.kind = PK_NODE_SCALAR, .text = field->fallback, .size = strlen(field->fallback)};
  pk_value_read(job, field, &node, target);
}

void pk_fields_defaults(pk_job *job, const pk_fields *table, void *target) {
  for (size_t i = 0; i < table->count; i++) set_default(job, &table->fields[i], target);
}

/* ---- lists and maps of structs ------------------------------------------- */

/* Room for `count` structs, each with the defaults of the table. */
static char *new_structs(pk_job *job, const pk_fields *table, size_t count) {
  char *structs = pk_arena_alloc(job->arena, table->size * MAX(count, 1));
  pk_fields_defaults(job, table, structs);
  for (size_t i = 1; i < count; i++) memcpy(structs + i * table->size, structs, table->size);
  return structs;
}

static void keep_list(const pk_field *field, const void *structs, size_t count, void *target) {
  const void **slot = pk_value_at(target, field->at);
  size_t *count_slot = pk_value_at(target, field->count_at);
  if (slot) *slot = count ? structs : NULL;
  if (count_slot) *count_slot = count;
}

static bool read_list(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  if (node->kind != PK_NODE_SEQUENCE) return pk_field_wrong_type(job, field, node, "a list");
  const pk_fields *table = field->table;
  char *structs = new_structs(job, table, node->item_count);
  bool is_fine = true;
  for (size_t i = 0; i < node->item_count; i++) {
    char *element = structs + i * table->size;
    pk_span *span = pk_value_at(element, table->span_at);
    if (span) *span = node->items[i]->span;
    if (!read_struct(job, table, node->items[i], node->items[i]->span, element)) is_fine = false;
  }
  keep_list(field, structs, node->item_count, target);
  return is_fine;
}

static bool check_key(pk_job *job, const pk_fields *table, const pk_pair *pair) {
  size_t count = 0;
  while (table->keys && table->keys[count])
    if (strcmp(table->keys[count++], pair->key) == 0) return true;
  if (!table->keys && *pair->key) return true;
  if (table->takes_own_keys && strchr(pair->key, '-')) return true;
  return pk_field_unknown(job, PK_CODE_UNKNOWN_FIELD, pair->key_span, table->name, pair->key, table->keys, count);
}

static bool read_map(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  if (node->kind != PK_NODE_MAPPING) return pk_field_wrong_type(job, field, node, "a mapping of names");
  const pk_fields *table = field->table;
  char *structs = new_structs(job, table, node->pair_count);
  size_t count = 0;
  bool is_fine = true;
  for (size_t i = 0; i < node->pair_count; i++) {
    const pk_pair *pair = &node->pairs[i];
    if (!check_key(job, table, pair)) {
      is_fine = false;
      continue;
    }
    if (pair->value->kind == PK_NODE_SCALAR && pair->value->is_null) continue;
    char *element = structs + count++ * table->size;
    const char **key = pk_value_at(element, table->key_at);
    pk_span *span = pk_value_at(element, table->span_at);
    if (key) *key = pair->key;
    if (span) *span = pair->key_span;
    if (!read_struct(job, table, pair->value, pair->key_span, element)) is_fine = false;
  }
  keep_list(field, structs, count, target);
  return is_fine;
}

/* ---- one field ----------------------------------------------------------- */

static bool read_nested(pk_job *job, const pk_field *field, const pk_node *node, pk_span place, void *target) {
  void *slot = field->is_flat ? target : pk_value_at(target, field->at);
  g_autofree void *unkept = slot ? NULL : g_malloc0(field->table->size);
  return read_struct(job, field->table, node, place, slot ? slot : unkept);
}

static bool read_field(pk_job *job, const pk_field *field, const pk_node *node, pk_span place, void *target) {
  pk_span *span = pk_value_at(target, field->span_at);
  if (span) *span = node->span;
  bool *has = pk_value_at(target, field->has_at);
  if (has) *has = true;
  switch (field->type) {
  case PK_FIELD_STRUCT: return read_nested(job, field, node, place, target);
  case PK_FIELD_STRUCTS: return read_list(job, field, node, target);
  case PK_FIELD_MAP: return read_map(job, field, node, target);
  default: return pk_value_read(job, field, node, target);
  }
}

bool pk_field_read_value(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  return read_field(job, field, node, node->span, target);
}

/* ---- one struct ---------------------------------------------------------- */

static bool unknown_field(pk_job *job, const pk_fields *table, const pk_pair *pair) {
  const char *names[MOST_FIELDS];
  for (size_t i = 0; i < table->count; i++) names[i] = table->fields[i].name;
  const char *what = pk_arena_printf(job->arena, "field of %s", table->name);
  return pk_field_unknown(job, PK_CODE_UNKNOWN_FIELD, pair->key_span, what, pair->key, names, table->count);
}

static bool check_missing(pk_job *job, const pk_fields *table, uint64_t given, pk_span place) {
  bool is_fine = true;
  for (size_t i = 0; i < table->count; i++) {
    if (!table->fields[i].is_required || (given >> i & 1)) continue;
    pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_MISSING_FIELD, place, "'%s' is missing from %s",
                                        table->fields[i].name, table->name);
    pk_diag_hint(job->diag, raised, "%s: %s", table->fields[i].name, table->fields[i].doc);
    is_fine = false;
  }
  return is_fine;
}

/* Reads the pairs of a mapping; `*given` gets the bits of the fields with a value. */
static bool read_pairs(pk_job *job, const pk_fields *table, const pk_node *map, void *target, uint64_t *given) {
  uint64_t *set = pk_value_at(target, table->set_at);
  bool is_fine = true;
  for (size_t i = 0; i < map->pair_count; i++) {
    const pk_pair *pair = &map->pairs[i];
    size_t number = find_field(table, pair->key);
    if (number == SIZE_MAX) {
      is_fine = unknown_field(job, table, pair);
      continue;
    }
    if (set) *set |= UINT64_C(1) << number;
    if (pair->value->kind == PK_NODE_SCALAR && pair->value->is_null) continue;
    *given |= UINT64_C(1) << number;
    if (!read_field(job, &table->fields[number], pair->value, pair->key_span, target)) is_fine = false;
  }
  return is_fine;
}

/* A value that stands for one field of the table; SIZE_MAX if it is a mapping of fields. */
static size_t find_shorthand(const pk_fields *table, const pk_node *node) {
  if (table->whole) return find_field(table, table->whole);
  if (!table->scalar) return SIZE_MAX;
  size_t number = find_field(table, table->scalar);
  bool is_text = table->fields[number].type == PK_FIELD_TEXT && pk_value_is_languages(node);
  return node->kind != PK_NODE_MAPPING || is_text ? number : SIZE_MAX;
}

static bool read_struct(pk_job *job, const pk_fields *table, const pk_node *node, pk_span place, void *target) {
  g_assert(table->count <= MOST_FIELDS);
  size_t shorthand = find_shorthand(table, node);
  uint64_t given = 0, *set = pk_value_at(target, table->set_at);
  bool is_fine;
  if (shorthand != SIZE_MAX) {
    given = UINT64_C(1) << shorthand;
    if (set) *set |= given;
    is_fine = read_field(job, &table->fields[shorthand], node, place, target);
  } else if (node->kind != PK_NODE_MAPPING) {
    pk_field whole = {.name = table->name, .table = table};
    if (table->read_other) return table->read_other(job, &whole, node, target);
    return pk_field_wrong_type(job, &whole, node, "a mapping of fields");
  } else {
    is_fine = read_pairs(job, table, node, target, &given);
  }
  if (!check_missing(job, table, given, place)) is_fine = false;
  if (is_fine && table->check) is_fine = table->check(job, node, target);
  return is_fine;
}

pk_status pk_fields_read(pk_job *job, const pk_fields *table, const pk_node *map, void *target) {
  pk_fields_defaults(job, table, target);
  pk_span place = map->span;
  place.end = place.start;
  return read_struct(job, table, map, place, target) ? PK_OK : PK_FAILED;
}

void pk_fields_overlay(const pk_fields *table, void *base, const void *over) {
  uint64_t set = *(const uint64_t *)((const char *)over + table->set_at - 1);
  for (size_t i = 0; i < table->count; i++) {
    const pk_field *field = &table->fields[i];
    if (!(set >> i & 1) || !field->at) continue;
    memcpy((char *)base + field->at - 1, (const char *)over + field->at - 1, pk_value_size(field));
    if (field->count_at)
      memcpy((char *)base + field->count_at - 1, (const char *)over + field->count_at - 1, sizeof(size_t));
  }
  *(uint64_t *)pk_value_at(base, table->set_at) |= set;
}
