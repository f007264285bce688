#include "spec/node.h"

#include <string.h>

const pk_pair *pk_node_find(const pk_node *map, const char *key) {
  if (!map || map->kind != PK_NODE_MAPPING) return NULL;
  for (size_t i = 0; i < map->pair_count; i++)
    if (strcmp(map->pairs[i].key, key) == 0) return &map->pairs[i];
  return NULL;
}

const char *pk_node_kind_name(const pk_node *node) {
  switch (node->kind) {
  case PK_NODE_SCALAR: return node->is_null ? "nothing" : "a text";
  case PK_NODE_SEQUENCE: return "a list";
  case PK_NODE_MAPPING: return "a mapping";
  }
  g_return_val_if_reached("a text");
}

/* Recursion is bounded: the parser refuses trees deeper than PK_SPEC_MAX_DEPTH,
 * and a merge is no deeper than the deeper of its two. */
const pk_node *pk_node_merge(pk_arena *arena, const pk_node *base, const pk_node *over) {
  if (!base) return over;
  if (!over) return base;
  if (base->kind != PK_NODE_MAPPING || over->kind != PK_NODE_MAPPING) return over;
  GArray *pairs = g_array_sized_new(FALSE, FALSE, sizeof(pk_pair), (guint)(base->pair_count + over->pair_count));
  for (size_t i = 0; i < base->pair_count; i++) {
    pk_pair pair = base->pairs[i];
    const pk_pair *by = pk_node_find(over, pair.key);
    if (by) {
      pair.key_span = by->key_span;
      pair.value = pk_node_merge(arena, pair.value, by->value);
    }
    g_array_append_val(pairs, pair);
  }
  for (size_t i = 0; i < over->pair_count; i++)
    if (!pk_node_find(base, over->pairs[i].key)) g_array_append_val(pairs, over->pairs[i]);
  pk_node *merged = PK_NEW(arena, pk_node);
  *merged = *over;
  merged->pair_count = pairs->len;
  merged->pairs = pk_arena_take_array(arena, pairs);
  return merged;
}
