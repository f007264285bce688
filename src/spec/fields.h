/* Field tables: what a mapping in a YAML file may hold, as data.
 *
 * One table is the reader, its error messages, the JSON Schema and the
 * reference in the manual. An example:
 *
 *   static const pk_field published[] = {
 *       {"outlet", PK_FIELD_STRING, "Who published the text first.", .at = PK_AT(pk_article, published_outlet.text),
 *        .span_at = PK_AT(pk_article, published_outlet.span), .is_required = true},
 *       {"date", PK_FIELD_DATE, "The day it was published.", .at = PK_AT(pk_article, published_date)},
 *   };
 *   static const pk_fields published_table = {
 *       .name = "published", .fields = published, .count = G_N_ELEMENTS(published), .size = sizeof(pk_article)};
 *   ...
 *   {"published", PK_FIELD_STRUCT, "Where the text appeared first.", .table = &published_table, .is_flat = true},
 */
#ifndef PK_SPEC_FIELDS_H
#define PK_SPEC_FIELDS_H

#include "spec/node.h"
#include "spec/text.h"

/* Where a member is in its struct. 0, what is not mentioned, means nowhere. */
#define PK_AT(type, member) (offsetof(type, member) + 1)

typedef enum {
  PK_FIELD_STRING,    /* const char *; not empty unless may_be_empty */
  PK_FIELD_TEXT,      /* pk_text: one text, or one for each language */
  PK_FIELD_BOOL,      /* bool: true or false (yes, no, on, off too) */
  PK_FIELD_INT,       /* int, min..max */
  PK_FIELD_NUMBER,    /* double, min..max */
  PK_FIELD_LENGTH,    /* pk_length: pt mm cm in; min..max in points */
  PK_FIELD_DIMENSION, /* pk_dimension: a unit of `units`; min..max in points bounds absolute ones */
  PK_FIELD_PERCENT,   /* double, 1 for "100%"; min..max in per cent, 0..100 where they are not given */
  PK_FIELD_ENUM,      /* an enum (int): names[i] stands for min + i */
  PK_FIELD_LANG,      /* pk_lang */
  PK_FIELD_DATE,      /* pk_date */
  PK_FIELD_STRINGS,   /* const char *const *, size_t at count_at; a single text is a list of one */
  PK_FIELD_TEXTS,     /* const pk_text *, size_t at count_at; also one list for each language */
  PK_FIELD_STRUCT,    /* a mapping, by `table`, into the struct at `at`, or, if is_flat, into the same struct */
  PK_FIELD_STRUCTS,   /* a list of mappings: const STRUCT *, size_t at count_at */
  PK_FIELD_MAP,       /* a mapping of names to values by `table`: const STRUCT *, size_t at count_at */
  PK_FIELD_CUSTOM,    /* `read` */
} pk_field_type;

/* Units that a PK_FIELD_DIMENSION takes. */
enum {
  PK_UNITS_ABSOLUTE = 1 << PK_UNIT_PT,
  PK_UNITS_EM = 1 << PK_UNIT_EM,
  PK_UNITS_GRID = 1 << PK_UNIT_GRID,
  PK_UNITS_PERCENT = 1 << PK_UNIT_PERCENT,
};

typedef struct pk_field pk_field;
typedef struct pk_fields pk_fields;

/* Reads `node` into `target`, the struct that the table describes. Raises what
 * is wrong; false if there was an error. */
typedef bool (*pk_field_read)(pk_job *job, const pk_field *field, const pk_node *node, void *target);

struct pk_field {
  const char *name; /* as written in the file */
  pk_field_type type;
  const char *doc; /* one line, a sentence */
  size_t at;       /* PK_AT; 0: read and checked, not kept */
  size_t count_at; /* size_t: number of elements of a list or map */
  size_t span_at;  /* pk_span of the value */
  size_t has_at;   /* bool: whether it was given */
  bool is_required;
  bool may_be_inherited;    /* a required field may come from what the file extends: the schema does not ask for it */
  bool is_flat;             /* PK_FIELD_STRUCT: its fields are of the same struct */
  bool may_be_empty;        /* PK_FIELD_STRING */
  const char *fallback;     /* default as one would write it, a scalar; NULL: zero */
  const char *fallback_doc; /* for the reference where there is no fallback: "the page's margin" */
  double min, max;          /* both 0: no limits */
  unsigned units;           /* PK_FIELD_DIMENSION */
  const char *const *names; /* PK_FIELD_ENUM: NULL-terminated */
  const pk_fields *table;   /* STRUCT, STRUCTS, MAP */
  pk_field_read read;       /* PK_FIELD_CUSTOM */
  size_t size;              /* PK_FIELD_CUSTOM: of what it fills at `at`, for pk_fields_overlay() */
  const char *schema;       /* PK_FIELD_CUSTOM: a JSON Schema fragment */
  const char *type_doc;     /* PK_FIELD_CUSTOM: its type in the reference: "name or [width, height]" */
  const char *pattern;      /* PK_FIELD_STRING: regular expression for the schema only */
};

struct pk_fields {
  const char *name; /* what one such mapping is: "style", "contact" */
  const char *doc;  /* a sentence */
  const pk_field *fields;
  size_t count;
  size_t size;        /* of the struct; always needed */
  size_t set_at;      /* uint64_t: bit n is set if field n was given */
  size_t key_at;      /* const char *: its name in a PK_FIELD_MAP */
  size_t span_at;     /* pk_span: of its name in a map, else of the whole value */
  const char *scalar; /* name of the field that a value which is no mapping stands for, or NULL */
  /* Reads a value that is no mapping where `scalar` does not suffice, or NULL;
   * its JSON Schema and, for the reference, its type. */
  pk_field_read read_other;
  const char *other_schema, *other_doc;
  const char *whole; /* name of the field that every value stands for, mappings too, or NULL */
  /* Keys of a PK_FIELD_MAP of this table are one of these, or NULL: any. */
  const char *const *keys;
  bool takes_own_keys; /* beside `keys`: any with a hyphen in it, so that one that is misspelt is found */
  /* Called when all fields are read without an error, to check them together; may be NULL. */
  bool (*check)(pk_job *job, const pk_node *map, void *target);
};

/* Reads `map` into the struct at `target`: sets every field of the table, those
 * not given (or null) to their default. Where the table has `set_at`, the bit of
 * a null field is set too: it undoes what pk_fields_overlay() would leave. Raises all faults, not only the first;
 * PK_FAILED if there was an error (fields without one are still set). */
pk_status pk_fields_read(pk_job *job, const pk_fields *table, const pk_node *map, void *target);

/* Sets every field of `target` to its default, raises nothing. */
void pk_fields_defaults(pk_job *job, const pk_fields *table, void *target);

/* Reads one value as the field says; false if it is not of that kind (raised). */
bool pk_field_read_value(pk_job *job, const pk_field *field, const pk_node *node, void *target);

/* Copies the fields that are set in `over` onto `base`, and their bits. The
 * table has `set_at`. */
void pk_fields_overlay(const pk_fields *table, void *base, const void *over);

/* ---- raising what custom readers find ------------------------------------ */

/* "'FIELD' takes ACCEPTED, not 'ACTUAL'" at `node`. Returns false. */
bool pk_field_wrong_type(pk_job *job, const pk_field *field, const pk_node *node, const char *accepted);

/* "there is no WHAT 'NAME'" at `span`, with "did you mean" or the `count` names
 * there are. Returns false. */
bool pk_field_unknown(pk_job *job, pk_code code, pk_span span, const char *what, const char *name,
                      const char *const *names, size_t count);

/* ---- what is made of a table --------------------------------------------- */

/* Appends the JSON Schema 2020-12 of a file described by `table`. */
void pk_fields_schema(const pk_fields *table, const char *title, GString *out);

/* Appends Markdown: a table of the fields, then one for each nested table, with
 * headings from `level` on. */
void pk_fields_reference(const pk_fields *table, int level, GString *out);

/* Appends a file of `kind` to start from: every field with what it means and its
 * default. */
void pk_fields_template(const pk_fields *table, const char *kind, GString *out);

#endif
