/* Layers (optional content, ISO 32000-1, 8.11): which of them are not shown.
 *
 * In:  the file's usual configuration. Out: whether a group, or a membership in
 * several with its policy or expression, hides what belongs to it. */
#include <string.h>

#include "art/carrier.h"

enum { MAX_GROUPS = 10000, MAX_DEPTH = 8 };

struct pk_layers {
  bool all_off;
  GHashTable *others; /* numbers of groups that are not as `all_off` says */
};

static void note(pk_layers *layers, qpdf_data qpdf, qpdf_oh list) {
  int count = qpdf_oh_is_array(qpdf, list) ? MIN(qpdf_oh_get_array_n_items(qpdf, list), MAX_GROUPS) : 0;
  for (int i = 0; i < count; i++) {
    qpdf_oh group = qpdf_oh_get_array_item(qpdf, list, i);
    g_hash_table_add(layers->others, GINT_TO_POINTER(qpdf_oh_get_object_id(qpdf, group)));
    qpdf_oh_release(qpdf, group);
  }
}

pk_layers *pk_layers_read(qpdf_data qpdf) {
  pk_layers *layers = g_new0(pk_layers, 1);
  layers->others = g_hash_table_new(NULL, NULL);
  qpdf_oh usual =
      qpdf_oh_get_key_if_dict(qpdf, qpdf_oh_get_key_if_dict(qpdf, qpdf_get_root(qpdf), "/OCProperties"), "/D");
  layers->all_off = strcmp(pk_reader_name(qpdf, qpdf_oh_get_key_if_dict(qpdf, usual, "/BaseState")), "OFF") == 0;
  note(layers, qpdf, qpdf_oh_get_key_if_dict(qpdf, usual, layers->all_off ? "/ON" : "/OFF"));
  return layers;
}

void pk_layers_drop(pk_layers *layers) {
  g_hash_table_unref(layers->others);
  g_free(layers);
}

static bool is_on(const pk_layers *layers, qpdf_data qpdf, qpdf_oh group) {
  int id = qpdf_oh_get_object_id(qpdf, group);
  bool is_other = id > 0 && g_hash_table_contains(layers->others, GINT_TO_POINTER(id));
  return is_other == layers->all_off;
}

/* [/And a b], [/Or a b], [/Not a], of groups and of expressions. */
static bool holds(const pk_layers *layers, qpdf_data qpdf, qpdf_oh expression, int depth) {
  if (!qpdf_oh_is_array(qpdf, expression)) return is_on(layers, qpdf, expression);
  int count = MIN(qpdf_oh_get_array_n_items(qpdf, expression), 64);
  if (depth > MAX_DEPTH || count < 2) return true;
  g_autofree char *what = g_strdup(pk_reader_name(qpdf, qpdf_oh_get_array_item(qpdf, expression, 0)));
  if (strcmp(what, "Not") == 0) return !holds(layers, qpdf, qpdf_oh_get_array_item(qpdf, expression, 1), depth + 1);
  bool is_and = strcmp(what, "And") == 0, all = is_and;
  for (int i = 1; i < count; i++) {
    bool one = holds(layers, qpdf, qpdf_oh_get_array_item(qpdf, expression, i), depth + 1);
    all = is_and ? all && one : all || one;
  }
  return all;
}

static bool is_member_shown(const pk_layers *layers, qpdf_data qpdf, qpdf_oh dict) {
  qpdf_oh expression = qpdf_oh_get_key_if_dict(qpdf, dict, "/VE"),
          groups = qpdf_oh_get_key_if_dict(qpdf, dict, "/OCGs");
  if (qpdf_oh_is_array(qpdf, expression)) return holds(layers, qpdf, expression, 0);
  if (qpdf_oh_is_dictionary(qpdf, groups)) return is_on(layers, qpdf, groups);
  int count = qpdf_oh_is_array(qpdf, groups) ? MIN(qpdf_oh_get_array_n_items(qpdf, groups), MAX_GROUPS) : 0, on = 0;
  for (int i = 0; i < count; i++) on += is_on(layers, qpdf, qpdf_oh_get_array_item(qpdf, groups, i));
  if (!count) return true;
  const char *policy = pk_reader_name(qpdf, qpdf_oh_get_key_if_dict(qpdf, dict, "/P"));
  return strcmp(policy, "AllOn") == 0    ? on == count
         : strcmp(policy, "AllOff") == 0 ? on == 0
         : strcmp(policy, "AnyOff") == 0 ? on < count
                                         : on > 0;
}

bool pk_layers_hide(const pk_layers *layers, qpdf_data qpdf, qpdf_oh object) {
  if (!qpdf_oh_is_dictionary(qpdf, object)) return false;
  bool is_membership = strcmp(pk_reader_name(qpdf, qpdf_oh_get_key(qpdf, object, "/Type")), "OCMD") == 0;
  return is_membership ? !is_member_shown(layers, qpdf, object) : !is_on(layers, qpdf, object);
}
