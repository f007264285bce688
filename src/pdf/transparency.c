/* Walks the resources of a page and of the forms and patterns in them. Each
 * indirect object is visited once, so that circles end; what is nested beyond
 * any sense counts as transparent, which is the safe side. */
#include "pdf/transparency.h"

#include <string.h>

enum { MOST_NESTED = 40 };

typedef struct {
  qpdf_data qpdf;
  GHashTable *seen; /* numbers of objects */
  bool is_transparent;
} walk;

static void walk_resources(walk *w, qpdf_oh resources, int depth);

/* The entries of a dictionary, one by one. The keys are collected first: libqpdf
 * has one iterator only, and what is found may be walked too. */
static char **keys_of(qpdf_data qpdf, qpdf_oh dict) {
  GPtrArray *keys = g_ptr_array_new();
  if (qpdf_oh_is_dictionary(qpdf, dict)) {
    qpdf_oh_begin_dict_key_iter(qpdf, dict);
    while (qpdf_oh_dict_more_keys(qpdf)) g_ptr_array_add(keys, g_strdup(qpdf_oh_dict_next_key(qpdf)));
  }
  g_ptr_array_add(keys, NULL);
  return (char **)g_ptr_array_free(keys, FALSE);
}

static bool is_new(walk *w, qpdf_oh object) {
  int number = qpdf_oh_get_object_id(w->qpdf, object);
  return number == 0 || g_hash_table_add(w->seen, GINT_TO_POINTER(number));
}

static bool is_name(qpdf_data qpdf, qpdf_oh object, const char *name) {
  return qpdf_oh_is_name(qpdf, object) && strcmp(qpdf_oh_get_name(qpdf, object), name) == 0;
}

static void check_state(walk *w, qpdf_oh state) {
  qpdf_data qpdf = w->qpdf;
  if (!qpdf_oh_is_dictionary(qpdf, state)) return;
  static const char *const alphas[] = {"/ca", "/CA"};
  for (size_t i = 0; i < G_N_ELEMENTS(alphas); i++) {
    qpdf_oh alpha = qpdf_oh_get_key(qpdf, state, alphas[i]);
    if (qpdf_oh_is_number(qpdf, alpha) && qpdf_oh_get_numeric_value(qpdf, alpha) < 1) w->is_transparent = true;
  }
  qpdf_oh mask = qpdf_oh_get_key(qpdf, state, "/SMask"), blend = qpdf_oh_get_key(qpdf, state, "/BM");
  if (qpdf_oh_is_dictionary(qpdf, mask)) w->is_transparent = true;
  bool is_plain =
      qpdf_oh_is_null(qpdf, blend) || is_name(qpdf, blend, "/Normal") || is_name(qpdf, blend, "/Compatible");
  if (!is_plain) w->is_transparent = true;
}

/* A form, a tiling pattern or a picture. */
static void walk_content(walk *w, qpdf_oh stream, int depth) {
  if (!qpdf_oh_is_stream(w->qpdf, stream) || !is_new(w, stream)) return;
  qpdf_oh dict = qpdf_oh_get_dict(w->qpdf, stream);
  if (qpdf_oh_is_stream(w->qpdf, qpdf_oh_get_key(w->qpdf, dict, "/SMask"))) w->is_transparent = true;
  walk_resources(w, qpdf_oh_get_key(w->qpdf, dict, "/Resources"), depth + 1);
}

static void walk_all(walk *w, qpdf_oh resources, const char *category, int depth) {
  qpdf_oh dict = qpdf_oh_get_key(w->qpdf, resources, category);
  g_auto(GStrv) keys = keys_of(w->qpdf, dict);
  for (char **key = keys; *key; key++) {
    qpdf_oh value = qpdf_oh_get_key(w->qpdf, dict, *key);
    if (strcmp(category, "/ExtGState") == 0)
      check_state(w, value);
    else
      walk_content(w, value, depth);
  }
}

static void walk_resources(walk *w, qpdf_oh resources, int depth) {
  if (depth > MOST_NESTED) w->is_transparent = true;
  if (depth > MOST_NESTED || !qpdf_oh_is_dictionary(w->qpdf, resources)) return;
  walk_all(w, resources, "/ExtGState", depth);
  walk_all(w, resources, "/XObject", depth);
  walk_all(w, resources, "/Pattern", depth);
}

bool pk_pdf_is_transparent(qpdf_data qpdf, qpdf_oh page) {
  walk w = {.qpdf = qpdf, .seen = g_hash_table_new(NULL, NULL)};
  walk_resources(&w, qpdf_oh_get_key(qpdf, page, "/Resources"), 0);
  g_hash_table_unref(w.seen);
  return w.is_transparent;
}
