/* Finds the places that rows fill, and looks whether rows fill them.
 *
 * In:  a file of an article, a book or a layout; a row. Out: diagnostics at the place in
 *      the file, with the row beside it. */
#include "build/template.h"

#include <string.h>

#include "article/article.h"
#include "base/folders.h"
#include "spec/load.h"
#include "spec/merge.h"

/* A place that rows fill. */
typedef struct {
  pk_merge_place place;
  pk_span span;
  const char *target; /* the whole name of the picture that it is part of, or NULL */
} use;

struct pk_template {
  bool is_layout; /* where a picture without a name is none */
  const char *folder;
  GArray *uses;                    /* of use */
  const pk_kit_document *document; /* whose rows were looked at last */
  uint64_t checked;                /* the last of them */
};

static pk_template *new_template(pk_job *job, const char *path) {
  pk_template *t = PK_NEW(job->arena, pk_template);
  g_autofree char *folder = g_path_get_dirname(path);
  t->folder = pk_arena_strdup(job->arena, folder);
  t->uses = g_array_new(FALSE, FALSE, sizeof(use));
  return t;
}

void pk_template_drop(gpointer template) {
  if (template) g_array_unref(((pk_template *)template)->uses);
}

bool pk_template_has_places(const pk_template *t) {
  return t->uses->len > 0;
}

static bool is_fact(const pk_merge_place *place) {
  return strncmp(place->name, "facts.", 6) == 0;
}

/* ---- of articles and books ------------------------------------------------------- */

/* "![caption](pictures/{row.photo} "credit")": from the parenthesis to a blank or
 * the closing one, if a place at `at` is in it. */
static const char *target_around(pk_arena *arena, const pk_source *source, size_t at) {
  size_t start = at;
  while (start > 0 && !strchr(" \t\n()<", source->text[start - 1])) start--;
  bool is_target = start >= 2 && source->text[start - 1] == '(' && source->text[start - 2] == ']';
  size_t end = at;
  while (end < source->size && !strchr(" \t\n)>", source->text[end])) end++;
  if (!is_target) return NULL;
  size_t open = start;
  while (open > 0 && source->text[open - 1] != '[' && source->text[open - 1] != '\n') open--;
  bool is_image = open >= 2 && source->text[open - 2] == '!';
  return is_image ? pk_arena_strndup(arena, source->text + start, end - start) : NULL;
}

pk_template *pk_template_new(pk_job *job, const char *path) {
  g_autoptr(pk_arena) unused = pk_arena_new();
  pk_job quiet = {.arena = job->arena, .diag = pk_diag_new(unused)};
  const pk_source *source;
  if (pk_source_load(&quiet, path, PK_ARTICLE_MAX_BYTES, PK_SPAN_NONE, &source) != PK_OK) return NULL;
  pk_template *t = new_template(job, path);
  const char *text = source->text, *end = text + source->size;
  for (const char *at = text; at < end && (at = memchr(at, '{', (size_t)(end - at))); at++) {
    use found = {0};
    if ((at > text && at[-1] == '\\') || !pk_merge_place_at(at, end, &found.place)) continue;
    found.span = (pk_span){source, (uint32_t)(at - text), (uint32_t)(at - text + (ptrdiff_t)found.place.length)};
    if (!is_fact(&found.place)) found.target = target_around(job->arena, source, found.span.start);
    g_array_append_val(t->uses, found);
  }
  return t;
}

/* ---- of layouts ------------------------------------------------------------------ */

/* Each place in `text`. In a line of a box what is missing takes the line away, so that
 * only the column has to be there. */
static void add_uses(pk_template *t, const char *text, pk_span span, const char *target) {
  const char *end = text + strlen(text);
  for (const char *at = text; (at = strchr(at, '{')); at++) {
    use found = {.span = span, .target = target};
    if (!pk_merge_place_at(at, end, &found.place)) continue;
    found.place.is_optional = found.place.is_optional || !target;
    found.target = is_fact(&found.place) ? NULL : target;
    g_array_append_val(t->uses, found);
  }
}

static void add_line(pk_template *t, const pk_box_line *line) {
  if (line->text.any) add_uses(t, line->text.any, line->span, NULL);
  for (int lang = 0; lang < PK_LANG_COUNT; lang++)
    if (line->text.in[lang]) add_uses(t, line->text.in[lang], line->text.in_span[lang], NULL);
}

static void add_art(pk_job *job, pk_template *t, const pk_box_spec *box) {
  if (!box->art || !strstr(box->art, "{row.")) return;
  g_autofree char *folder = g_path_get_dirname(box->art_span.source->path);
  g_autofree char *target =
      g_path_is_absolute(box->art) ? g_strdup(box->art) : g_build_filename(folder, box->art, NULL);
  add_uses(t, box->art, box->art_span, pk_arena_strdup(job->arena, target));
}

pk_template *pk_template_new_layout(presskit_engine *engine, pk_job *job, const char *path, const pk_node *over) {
  g_autoptr(pk_arena) unused = pk_arena_new();
  pk_folders *folders = pk_folders_new(unused);
  pk_folders_add_of(folders, path);
  pk_folders_add(folders, engine->data);
  if (over) pk_folders_add_of(folders, over->span.source->path);
  pk_job quiet = {.arena = job->arena, .diag = pk_diag_new(unused), .folders = folders};
  const pk_layout *layout;
  if (pk_layout_build_over(&quiet, path, engine->layouts, over, &layout) != PK_OK) return NULL;
  pk_template *t = new_template(job, path);
  t->is_layout = true;
  for (size_t m = 0; m < layout->master_count; m++)
    for (size_t b = 0; b < layout->masters[m].box_count; b++) {
      const pk_box_spec *box = &layout->masters[m].boxes[b];
      add_art(job, t, box);
      for (size_t l = 0; l < box->line_count; l++) add_line(t, &box->lines[l]);
    }
  return t;
}

/* ---- rows ---------------------------------------------------------------------- */

static const char *plain(const char *path) {
  while (g_str_has_prefix(path, "./")) path += 2;
  return path;
}

static void check_picture(const pk_template *t, const use *u, pk_job *raising, pk_arena *scratch, GHashTable *pictures,
                          const pk_merge *merge) {
  pk_job job = *raising;
  const char *name;
  job.merge = merge;
  job.arena = scratch;
  if (!pk_merge_fill(&job, u->target, PK_LANG_NONE, u->span, &name)) return;
  g_autofree char *path = g_path_is_absolute(name) ? g_strdup(name) : g_build_filename(t->folder, name, NULL);
  if (g_hash_table_contains(pictures, path)) return;
  char *page = strstr(path, "#page=");
  if (page) *page = 0;
  if (g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
    if (page) *page = '#';
    g_hash_table_add(pictures, g_steal_pointer(&path));
    return;
  }
  pk_diagnostic *raised =
      pk_diag_add(raising->diag, PK_CODE_FILE_MISSING, u->span,
                  "row %" G_GUINT64_FORMAT " names a picture that is not there: %s", merge->row, plain(path));
  pk_kit_hint_near(raising, raised, path);
  pk_diag_related(raising->diag, raised, (pk_span){merge->row_source, 0, (uint32_t)merge->row_source->size}, "the row");
}

/* The value of the place in this row, of a fact its name; NULL: there is no such column or
 * fact. */
static const char *value_of(const pk_kit *kit, const pk_kit_rows *rows, const pk_kit_row *row,
                            const pk_merge_place *place) {
  for (size_t i = 0; is_fact(place) && i < kit->fact_count; i++) {
    const char *name = kit->facts[i].name;
    if (place->size == 6 + strlen(name) && strncmp(place->name + 6, name, place->size - 6) == 0) return name;
  }
  for (size_t i = 0; !is_fact(place) && i < rows->column_count; i++) {
    const char *name = rows->columns[i];
    if (place->size == 4 + strlen(name) && strncmp(place->name + 4, name, place->size - 4) == 0) return row->values[i];
  }
  return NULL;
}

void pk_template_check(pk_template *t, pk_job *job, pk_arena *scratch, GHashTable *pictures, const pk_walk_piece *piece,
                       size_t number) {
  const pk_kit_row *row = &piece->rows->rows[number];
  if (t->document == piece->document && row->number <= t->checked) return; /* another variant of the same file */
  t->document = piece->document;
  t->checked = row->number;
  for (guint i = 0; i < t->uses->len; i++) {
    const use *u = &g_array_index(t->uses, use, i);
    const char *value = value_of(piece->kit, piece->rows, row, &u->place);
    bool is_there = value && (u->place.is_optional || *value);
    if (is_there && (!u->target || (t->is_layout && !*value))) continue;
    pk_merge merge = pk_kit_merge(scratch, piece->kit, piece->rows, number);
    if (is_there) {
      check_picture(t, u, job, scratch, pictures, &merge);
      continue;
    }
    pk_job raising = *job;
    raising.merge = &merge;
    pk_merge_value(&raising, &u->place, piece->variant->lang, u->span, &value);
  }
}
