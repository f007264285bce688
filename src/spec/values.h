/* Single values: a node to a C value, as a field says. Of this module only. */
#ifndef PK_SPEC_VALUES_H
#define PK_SPEC_VALUES_H

#include "spec/fields.h"

/* Reads every type of field but STRUCT, STRUCTS and MAP into `target`, the
 * struct that holds it; sets the count too. False after an error (raised). */
bool pk_value_read(pk_job *job, const pk_field *field, const pk_node *node, void *target);

/* How many bytes a value of the field takes in its struct. */
size_t pk_value_size(const pk_field *field);

/* The units that a length or dimension takes: "pt, mm, cm, in or em". Owned by
 * the arena. */
const char *pk_value_units(pk_arena *arena, const pk_field *field);

/* A limit of the field as one would write it: "20mm", "6". Owned by the arena. */
const char *pk_value_limit(pk_arena *arena, const pk_field *field, double limit);

/* "a, b or c". Owned by the arena. */
const char *pk_value_list(pk_arena *arena, const char *const *names, size_t count);

/* PK_FIELD_CUSTOM: takes the line `presskit: KIND/1`, which pk_spec_load() has
 * checked before the table is read. */
bool pk_value_accept(pk_job *job, const pk_field *field, const pk_node *node, void *target);

/* PK_FIELD_CUSTOM: the name of a file that is there, as an absolute path into the
 * `const char *` at `field->at`. */
bool pk_value_read_file(pk_job *job, const pk_field *field, const pk_node *node, void *target);

/* PK_FIELD_CUSTOM: four inks of 0 to 100 into the double[4] (0..1) at `field->at`. */
bool pk_value_read_cmyk(pk_job *job, const pk_field *field, const pk_node *node, void *target);
#define PK_CMYK_SCHEMA                                                                                                 \
  "{\"type\":\"array\",\"minItems\":4,\"maxItems\":4,\"items\":{\"type\":\"number\",\"minimum\":0,\"maximum\":100}}"

/* What a field takes, as the reference says it: "length in pt, mm, cm or in, 0 to
 * 30mm". Owned by the arena. */
const char *pk_field_type_name(pk_arena *arena, const pk_field *field);

/* Whether the keys of `node` are language tags, so that it is a text and not a
 * mapping of fields. */
bool pk_value_is_languages(const pk_node *node);

/* The member at `place` (a PK_AT) of a struct, or NULL where there is none. */
static inline void *pk_value_at(void *target, size_t place) {
  return place ? (char *)target + place - 1 : NULL;
}

#endif
