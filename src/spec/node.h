/* A YAML document as a tree, each node with its place in the file.
 *
 * Scalars stay text: what "no" or "10" means is up to the field that reads it.
 * Plain, frozen data in the job's arena. */
#ifndef PK_SPEC_NODE_H
#define PK_SPEC_NODE_H

#include "diag/diag.h"

typedef enum { PK_NODE_SCALAR, PK_NODE_SEQUENCE, PK_NODE_MAPPING } pk_node_kind;

typedef struct pk_node pk_node;

/* `key: value` */
typedef struct {
  const char *key;
  pk_span key_span;
  const pk_node *value;
} pk_pair;

struct pk_node {
  pk_node_kind kind;
  pk_span span; /* of the value; of an empty value, its key */
  /* PK_NODE_SCALAR */
  const char *text; /* UTF-8, quotes and folding undone; NUL-terminated */
  size_t size;
  bool is_null; /* plain and empty, "~" or "null" */
  /* PK_NODE_SEQUENCE */
  const pk_node *const *items;
  size_t item_count;
  /* PK_NODE_MAPPING, in the order of the file, no key twice */
  const pk_pair *pairs;
  size_t pair_count;
};

/* Parses bytes [start, end) of `source` as one YAML document; spans are in
 * `source`. An empty or comments-only region gives an empty mapping if
 * `may_be_empty`, else an error. Raised here: invalid UTF-8, NUL bytes, YAML
 * syntax (tabs among it), a key given twice, anchors and aliases, a second
 * document, nesting beyond PK_SPEC_MAX_DEPTH. */
pk_status pk_node_parse_region(pk_job *job, const pk_source *source, size_t start, size_t end, bool may_be_empty,
                               const pk_node **out);

/* The same, an empty region being an error. */
pk_status pk_node_parse(pk_job *job, const pk_source *source, size_t start, size_t end, const pk_node **out);

/* The pair with this key, or NULL; NULL too if `map` is no mapping. */
const pk_pair *pk_node_find(const pk_node *map, const char *key);

/* "a text", "a list", "a mapping", "nothing": what a node is, for messages. */
const char *pk_node_kind_name(const pk_node *node);

/* `over` laid over `base`, mapping by mapping; scalars and lists are replaced
 * whole. A null in `over` stays, and stands for "not given": so it takes away
 * what `base` says. Either may be NULL (gives the other). New pairs follow those
 * of `base`. Owned by the arena. */
const pk_node *pk_node_merge(pk_arena *arena, const pk_node *base, const pk_node *over);

#endif
