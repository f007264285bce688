/* A layout from its file and those it extends.
 *
 * The order: load and merge the files, read the tables, then what fields must
 * be to each other. The later steps run on what the earlier ones could read, so
 * that one pass tells as many faults as it can without guessing. */
#include "spec/layout.h"

#include <string.h>

#include "spec/check.h"
#include "spec/extends.h"
#include "spec/load.h"
#include "spec/merge.h"
#include "spec/spec.h"
#include "spec/tables.h"

/* ---- files that the layout names ----------------------------------------- */

/* Its name is known when a row or a fact has filled it. */
static bool is_filled(const char *art) {
  const char *end = art + strlen(art);
  pk_merge_place place;
  for (const char *at = art; (at = strchr(at, '{')); at++)
    if (pk_merge_place_at(at, end, &place)) return true;
  return false;
}

static bool resolve_art(pk_job *job, const pk_layout *layout) {
  bool is_fine = true;
  for (size_t i = 0; i < layout->master_count; i++) {
    const pk_master_spec *master = &layout->masters[i];
    for (size_t j = 0; j < master->box_count; j++) {
      pk_box_spec *box = (pk_box_spec *)&master->boxes[j];
      if (!box->art || box->art[0] == '{' || is_filled(box->art)) continue;
      if (!pk_spec_existing_path(job, box->art, box->art_span, &box->art)) is_fine = false;
    }
  }
  return is_fine;
}

static int compare_paths(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_font_name(const char *name) {
  static const char *const endings[] = {".ttf", ".otf", ".ttc", ".otc"};
  g_autofree char *lower = g_ascii_strdown(name, -1);
  for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
    if (g_str_has_suffix(lower, endings[i])) return true;
  return false;
}

/* Adds the fonts in the folder `fonts` beside `source`; false if one of them is a
 * link to a file that may not be opened. */
static bool add_font_folder(pk_job *job, const pk_source *source, GPtrArray *files) {
  const pk_span place = {source, 0, 0};
  const char *folder = pk_spec_path(job->arena, "fonts", place);
  GDir *entries = g_dir_open(folder, 0, NULL);
  if (!entries) return true;
  bool is_fine = true;
  guint first = files->len;
  for (const char *name; (name = g_dir_read_name(entries));) {
    if (!is_font_name(name)) continue;
    const char *written = pk_arena_printf(job->arena, "fonts/%s", name), *real;
    const char *path = pk_arena_printf(job->arena, "%s/%s", folder, name);
    if (pk_job_reach(job, path, written, place, &real) == PK_OK)
      g_ptr_array_add(files, (gpointer)real);
    else
      is_fine = false;
  }
  g_dir_close(entries);
  if (files->len > first) qsort(files->pdata + first, files->len - first, sizeof(gpointer), compare_paths);
  return is_fine;
}

static bool has_path(const GPtrArray *files, const char *path) {
  for (guint i = 0; i < files->len; i++)
    if (strcmp(g_ptr_array_index(files, i), path) == 0) return true;
  return false;
}

static bool resolve_font_files(pk_job *job, pk_layout *layout, const pk_node *root, const pk_source *const *sources,
                               size_t source_count) {
  GPtrArray *found = g_ptr_array_new(), *files = g_ptr_array_new();
  const pk_pair *pair = pk_node_find(root, "font-files");
  bool is_fine = true;
  for (size_t i = 0; i < layout->font_file_count; i++) {
    const pk_node *node = pair->value->kind == PK_NODE_SEQUENCE ? pair->value->items[i] : pair->value;
    const char *path = NULL;
    if (pk_spec_existing_path(job, layout->font_files[i], node->span, &path))
      g_ptr_array_add(found, (gpointer)path);
    else
      is_fine = false;
  }
  for (size_t i = 0; i < source_count; i++) is_fine = add_font_folder(job, sources[i], found) && is_fine;
  for (guint i = 0; i < found->len; i++)
    if (!has_path(files, g_ptr_array_index(found, i))) g_ptr_array_add(files, g_ptr_array_index(found, i));
  layout->font_files = pk_arena_dup(job->arena, files->pdata, files->len * sizeof(gpointer));
  layout->font_file_count = files->len;
  g_ptr_array_unref(found);
  g_ptr_array_unref(files);
  return is_fine;
}

/* ---- the layout ---------------------------------------------------------- */

pk_status pk_layout_build(pk_job *job, const char *path, const char *layouts_folder, const pk_layout **out) {
  return pk_layout_build_over(job, path, layouts_folder, NULL, out);
}

pk_status pk_layout_build_over(pk_job *job, const char *path, const char *layouts_folder, const pk_node *over,
                               const pk_layout **out) {
  const pk_node *root = NULL;
  const pk_source *const *sources = NULL;
  size_t source_count = 0;
  pk_status status = pk_layout_merge(job, path, layouts_folder, &root, &sources, &source_count);
  if (status != PK_OK) return status;
  if (over) root = pk_node_merge(job->arena, root, over);

  pk_layout *layout = PK_NEW(job->arena, pk_layout);
  layout->source = sources[0];
  layout->path = sources[0]->path;
  g_autofree char *folder = g_path_get_dirname(path);
  layout->folder = pk_arena_strdup(job->arena, folder);
  bool is_fine = pk_fields_read(job, &pk_layout_fields, root, layout) == PK_OK;
  is_fine = pk_layout_check_names(job, layout, root) && is_fine;
  is_fine =
      pk_layout_apply_based_on(job, layout->source, (pk_style_spec *)layout->styles, layout->style_count) && is_fine;
  is_fine = resolve_art(job, layout) && is_fine;
  is_fine = resolve_font_files(job, layout, root, sources, source_count) && is_fine;
  is_fine = is_fine && pk_layout_check_frames(job, layout);
  if (!is_fine) return PK_FAILED;
  *out = layout;
  return PK_OK;
}

#define LOOKUP(array, count, member)                                                                                   \
  for (size_t i = 0; i < (count); i++)                                                                                 \
    if (strcmp((array)[i].member, name) == 0) return &(array)[i];                                                      \
  return NULL

const pk_style_spec *pk_layout_style(const pk_layout *layout, const char *name) {
  LOOKUP(layout->styles, layout->style_count, name);
}

const pk_ink_spec *pk_layout_ink(const pk_layout *layout, const char *name) {
  LOOKUP(layout->inks, layout->ink_count, name);
}

const pk_font_role *pk_layout_font(const pk_layout *layout, const char *name) {
  LOOKUP(layout->fonts, layout->font_count, role);
}

const pk_master_spec *pk_layout_master(const pk_layout *layout, const char *name) {
  LOOKUP(layout->masters, layout->master_count, name);
}

const pk_master_spec *pk_layout_master_on(const pk_layout *layout, const char *name, bool is_left) {
  const char *side = is_left ? "left" : "right";
  size_t length = strcmp(name, "next") == 0 ? 0 : strlen(name);
  for (size_t i = 0; i < layout->master_count; i++) {
    const char *own = layout->masters[i].name;
    if (length && (strncmp(own, name, length) != 0 || own[length] != '-')) continue;
    if (strcmp(length ? own + length + 1 : own, side) == 0) return &layout->masters[i];
  }
  return pk_layout_master(layout, name);
}
