#include "spec/extends.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "spec/fields.h"
#include "spec/load.h"
#include "spec/spec.h"

/* The files of one chain of `extends:`, the user's own layout first. */
typedef struct {
  pk_job *job;
  const char *layouts_folder;
  const pk_node *nodes[PK_SPEC_MAX_EXTENDS];
  const pk_source *sources[PK_SPEC_MAX_EXTENDS];
  char *real_paths[PK_SPEC_MAX_EXTENDS]; /* without links, to know a file again */
  size_t count;
} layout_chain;

/* ---- finding ------------------------------------------------------------- */

static char *real_path(const char *path) {
  char *resolved = realpath(path, NULL);
  char *copy = g_strdup(resolved ? resolved : path);
  free(resolved);
  return copy;
}

/* The file `name` or `name`.yaml in `folder`, unless it is the file `self`
 * (what extends something of its own name means presskit's). */
static char *find_in(const char *folder, const char *name, const char *self) {
  static const char *const endings[] = {"", ".yaml", ".yml"};
  for (size_t i = 0; folder && i < G_N_ELEMENTS(endings); i++) {
    g_autofree char *file = g_strconcat(name, endings[i], NULL);
    g_autofree char *path =
        g_path_is_absolute(file) || strcmp(folder, ".") == 0 ? g_strdup(file) : g_build_filename(folder, file, NULL);
    g_autofree char *real = real_path(path);
    if (g_file_test(path, G_FILE_TEST_IS_REGULAR) && (!self || strcmp(real, self) != 0)) return g_steal_pointer(&path);
  }
  return NULL;
}

static char *find_layout(const layout_chain *chain, const char *name) {
  const pk_source *source = chain->sources[chain->count - 1];
  const char *self = chain->real_paths[chain->count - 1];
  g_autofree char *folder = g_path_get_dirname(source->path);
  char *found = find_in(folder, name, self);
  if (!found) found = find_in(chain->layouts_folder, name, self);
  return found ? found : find_in(folder, name, NULL); /* itself, after all: a circle */
}

static void raise_missing(const layout_chain *chain, const char *name, pk_span place) {
  pk_diagnostic *raised =
      pk_diag_add(chain->job->diag, PK_CODE_FILE_MISSING, place, "there is no layout '%s' to extend", name);
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  GDir *folder = chain->layouts_folder ? g_dir_open(chain->layouts_folder, 0, NULL) : NULL;
  for (const char *entry; folder && (entry = g_dir_read_name(folder));)
    if (g_str_has_suffix(entry, ".yaml")) g_ptr_array_add(names, g_strdup(entry));
  if (folder) g_dir_close(folder);
  const char *nearest = pk_diag_nearest(name, (const char *const *)names->pdata, names->len);
  if (nearest)
    pk_diag_hint(chain->job->diag, raised, "did you mean '%s'?", nearest);
  else
    pk_diag_hint(chain->job->diag, raised, "it is looked for beside the file, then among presskit's own layouts");
  g_ptr_array_unref(names);
}

/* ---- the chain ----------------------------------------------------------- */

static void raise_cycle(const layout_chain *chain, size_t first, pk_span place) {
  GString *circle = g_string_new(NULL);
  for (size_t i = first; i < chain->count; i++) g_string_append_printf(circle, "%s -> ", chain->sources[i]->path);
  g_string_append(circle, chain->sources[first]->path);
  pk_diag_add(chain->job->diag, PK_CODE_EXTENDS_CYCLE, place, "layouts extend each other in a circle: %s", circle->str);
  g_string_free(circle, TRUE);
}

static pk_status add_file(layout_chain *chain, const char *path, pk_span place) {
  char *real = real_path(path);
  for (size_t i = 0; i < chain->count; i++) {
    if (strcmp(real, chain->real_paths[i]) != 0) continue;
    raise_cycle(chain, i, place);
    g_free(real);
    return PK_FAILED;
  }
  if (chain->count == PK_SPEC_MAX_EXTENDS) {
    pk_diag_add(chain->job->diag, PK_CODE_EXTENDS_DEPTH, place, "more than %d layouts extend each other",
                PK_SPEC_MAX_EXTENDS);
    g_free(real);
    return PK_FAILED;
  }
  const pk_node *node = NULL;
  pk_status status = pk_spec_load(chain->job, path, "layout", place, &node);
  if (status != PK_OK) {
    g_free(real);
    return status;
  }
  chain->nodes[chain->count] = node;
  chain->sources[chain->count] = node->span.source;
  chain->real_paths[chain->count++] = real;
  return PK_OK;
}

/* The value of `extends:` in the last file; NULL if it has none. */
static pk_status next_name(const layout_chain *chain, const pk_node **out) {
  static const pk_field extends = {.name = "extends"};
  const pk_pair *pair = pk_node_find(chain->nodes[chain->count - 1], "extends");
  *out = NULL;
  if (!pair || (pair->value->kind == PK_NODE_SCALAR && pair->value->is_null)) return PK_OK;
  if (pair->value->kind != PK_NODE_SCALAR || !pair->value->size) {
    pk_field_wrong_type(chain->job, &extends, pair->value, "the name of one layout");
    return PK_FAILED;
  }
  *out = pair->value;
  return PK_OK;
}

static pk_status load_chain(layout_chain *chain, const char *path) {
  pk_status status = add_file(chain, path, PK_SPAN_NONE);
  while (status == PK_OK) {
    const pk_node *name = NULL;
    status = next_name(chain, &name);
    if (status != PK_OK || !name) break;
    g_autofree char *found = find_layout(chain, name->text);
    if (!found) {
      raise_missing(chain, name->text, name->span);
      return PK_FAILED;
    }
    const char *real;
    status = pk_job_reach(chain->job, found, name->text, name->span, &real);
    if (status == PK_OK) status = add_file(chain, found, name->span);
  }
  return status;
}

pk_status pk_layout_merge(pk_job *job, const char *path, const char *layouts_folder, const pk_node **out,
                          const pk_source *const **sources, size_t *source_count) {
  layout_chain chain = {.job = job, .layouts_folder = layouts_folder};
  pk_status status = load_chain(&chain, path);
  const pk_node *merged = NULL;
  for (size_t i = chain.count; i > 0; i--) {
    merged = pk_node_merge(job->arena, merged, chain.nodes[i - 1]);
    g_free(chain.real_paths[i - 1]);
  }
  if (status != PK_OK) return status;
  *out = merged;
  *source_count = chain.count;
  *sources = pk_arena_dup(job->arena, chain.sources, chain.count * sizeof *chain.sources);
  return PK_OK;
}
