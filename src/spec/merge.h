/* What {facts.x} and {row.x} stand for in articles, layouts and kits.
 *
 * Facts are said once in a kit and hold for all its documents; a row is one line
 * of its data and holds for one output. */
#ifndef PK_SPEC_MERGE_H
#define PK_SPEC_MERGE_H

#include "spec/node.h"
#include "spec/text.h"

typedef struct {
  const char *name;
  pk_span span;
  pk_text text;
} pk_fact;

typedef struct pk_merge {
  const pk_fact *facts;
  size_t fact_count;
  const char *const *columns; /* names of the data's columns */
  size_t column_count;
  const char *const *values;   /* of the row, one for each column; NULL: there is no row */
  const pk_source *row_source; /* the row itself, for what is missing in it, or NULL */
  uint64_t row;                /* its number, from 1 */
} pk_merge;

/* One "{row.name}" of a text; `optional` if it is written {row.name?}. */
typedef struct {
  const char *name; /* "row.name", `size` bytes, not terminated */
  size_t size;
  bool is_optional;
  size_t length; /* with the braces */
} pk_merge_place;

/* Whether a place to fill begins at `at`, a '{', in a text that ends at `end`. */
bool pk_merge_place_at(const char *at, const char *end, pk_merge_place *place);

/* The value for a place, found at `span`: raised and false if there is no such
 * fact or column, or no value where one must be. An optional one is "". Owned by
 * the merge or the job's arena. That it was asked for is noted in job->inputs. */
bool pk_merge_value(pk_job *job, const pk_merge_place *place, pk_lang lang, pk_span span, const char **value);

/* A digest of what the field `name` ("facts.x" in all its languages, "row.x") is in
 * each of `count` merges; false if it is unknown. */
bool pk_merge_digest(const pk_merge *merges, size_t count, const char *name, pk_digest *digest);

/* Fills all places of `text`, which is read from `span`. False after an error.
 * `*out` is `text` itself where there is none, else in the job's arena. */
bool pk_merge_fill(pk_job *job, const char *text, pk_lang lang, pk_span span, const char **out);

/* The same of all scalars of a mapping, whose field `lang` says in which language.
 * Values cannot become YAML. `*out` is a copy in the job's arena. */
bool pk_merge_fill_node(pk_job *job, const pk_node *map, const pk_node **out);

#endif
