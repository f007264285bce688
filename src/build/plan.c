/* Looks at every piece of a kit before anything is made.
 *
 * In:  the kit. Out: how many pieces there are; or what is wrong with names and
 *      rows: each row against each place of the article that it fills, each
 *      picture that a row names.
 *
 * Rows are read one by one, as they are again when the pieces are made; nothing
 * is kept of them but a digest of each name. */
#include <fnmatch.h>
#include <string.h>

#include "build/batch.h"
#include "spec/book.h"
#include "spec/load.h"

/* A place of an article that rows fill. */
typedef struct {
  pk_merge_place place;
  pk_span span;
  const char *target; /* the whole name of the picture that it is part of, or NULL */
} use;

typedef struct {
  const pk_source *source;
  const char *folder;
  GArray *uses;                    /* of use */
  const pk_kit_document *document; /* whose rows were looked at last */
  uint64_t checked;                /* the last of them */
} template;

typedef struct {
  pk_batch *batch;
  pk_job job;            /* its arena is scratch, kept where something was raised */
  GHashTable *templates; /* path of an article -> template, or NULL if it cannot be read */
  GHashTable *books;     /* path of a book that no row changes -> GPtrArray of its articles' paths */
  GHashTable *names;     /* digest of a name as a pointer -> number of its piece + 1: a few bytes a piece */
  GHashTable *pictures;  /* paths that are there */
  GHashTable *folders;   /* below that of outputs; borrowed from batch->folders */
} planner;

/* ---- templates ----------------------------------------------------------------- */

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

static template *read_template(planner *p, const char *path) {
  pk_job *job = p->batch->job;
  g_autoptr(pk_arena) unused = pk_arena_new();
  pk_job quiet = {.arena = job->arena, .diag = pk_diag_new(unused)};
  const pk_source *source;
  /* What cannot be read fails by itself, as a piece. */
  if (pk_source_load(&quiet, path, PK_ARTICLE_MAX_BYTES, PK_SPAN_NONE, &source) != PK_OK) return NULL;
  template *t = PK_NEW(job->arena, template);
  g_autofree char *folder = g_path_get_dirname(path);
  t->source = source;
  t->folder = pk_arena_strdup(job->arena, folder);
  t->uses = g_array_new(FALSE, FALSE, sizeof(use));
  const char *text = source->text, *end = text + source->size;
  for (const char *at = text; at < end && (at = memchr(at, '{', (size_t)(end - at))); at++) {
    use found = {0};
    if ((at > text && at[-1] == '\\') || !pk_merge_place_at(at, end, &found.place)) continue;
    if (strncmp(found.place.name, "row.", 4) != 0) continue;
    found.span = (pk_span){source, (uint32_t)(at - text), (uint32_t)(at - text + (ptrdiff_t)found.place.length)};
    found.target = target_around(job->arena, source, found.span.start);
    g_array_append_val(t->uses, found);
  }
  return t;
}

static void free_template(gpointer data) {
  if (data) g_array_unref(((template *)data)->uses);
}

static template *template_of(planner *p, const char *path) {
  gpointer known;
  if (g_hash_table_lookup_extended(p->templates, path, NULL, &known)) return known;
  template *t = read_template(p, path);
  g_hash_table_insert(p->templates, g_strdup(path), t);
  return t;
}

/* ---- rows ---------------------------------------------------------------------- */

static void check_picture(planner *p, const template *t, const use *u, const pk_merge *merge) {
  pk_job job = *p->batch->job;
  const char *name;
  job.merge = merge;
  job.arena = p->job.arena;
  if (!pk_merge_fill(&job, u->target, PK_LANG_NONE, u->span, &name)) return;
  g_autofree char *path = g_path_is_absolute(name) ? g_strdup(name) : g_build_filename(t->folder, name, NULL);
  if (g_hash_table_contains(p->pictures, path)) return;
  if (g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
    g_hash_table_add(p->pictures, g_steal_pointer(&path));
    return;
  }
  pk_diagnostic *raised =
      pk_diag_add(p->batch->job->diag, PK_CODE_FILE_MISSING, u->span,
                  "row %" G_GUINT64_FORMAT " names a picture that is not there: %s", merge->row, path);
  pk_diag_related(p->batch->job->diag, raised, (pk_span){merge->row_source, 0, (uint32_t)merge->row_source->size},
                  "the row");
}

static bool has_value(const pk_kit_rows *rows, const pk_kit_row *row, const pk_merge_place *place) {
  for (size_t i = 0; i < rows->column_count; i++) {
    const char *name = rows->columns[i];
    if (place->size == 4 + strlen(name) && strncmp(place->name + 4, name, place->size - 4) == 0)
      return place->is_optional || *row->values[i];
  }
  return false;
}

static void check_row(planner *p, template *t, const pk_walk_piece *piece, size_t number) {
  const pk_kit_row *row = &piece->rows->rows[number];
  if (t->document == piece->document && row->number <= t->checked) return; /* another variant of the same article */
  t->document = piece->document;
  t->checked = row->number;
  for (guint i = 0; i < t->uses->len; i++) {
    const use *u = &g_array_index(t->uses, use, i);
    bool is_there = has_value(piece->rows, row, &u->place);
    if (is_there && !u->target) continue;
    pk_merge merge = pk_kit_merge(p->job.arena, piece->kit, piece->rows, number);
    if (is_there) {
      check_picture(p, t, u, &merge);
      continue;
    }
    pk_job job = *p->batch->job;
    job.merge = &merge;
    const char *value;
    pk_merge_value(&job, &u->place, piece->variant->lang, u->span, &value);
  }
}

/* ---- names --------------------------------------------------------------------- */

static guint hash_name(gconstpointer digest) {
  return (guint)GPOINTER_TO_SIZE(digest);
}

static void check_name(planner *p, const pk_walk_piece *piece, const char *name) {
  pk_digest digest = pk_digest_of(name, strlen(name));
  gpointer known = g_hash_table_lookup(p->names, GSIZE_TO_POINTER(digest.low));
  if (!known) {
    g_hash_table_insert(p->names, GSIZE_TO_POINTER(digest.low), GSIZE_TO_POINTER(piece->number + 1));
    return;
  }
  pk_span span = piece->document->output ? piece->document->output_span : piece->document->span;
  pk_diagnostic *raised = pk_diag_add(p->batch->job->diag, PK_CODE_PIECE_NAMES, span,
                                      "pieces %zu and %" G_GUINT64_FORMAT " of the kit are both called %s",
                                      GPOINTER_TO_SIZE(known), piece->number + 1, name);
  pk_diag_hint(p->batch->job->diag, raised, "tell them apart in output:, for example by {edition} or {row}");
}

/* ---- books --------------------------------------------------------------------- */

/* What is wrong with the book in this row: its first fault, where that is. */
static void raise_book(planner *p, const pk_diag *diag, uint64_t row) {
  size_t count;
  const pk_diagnostic *const *all = pk_diag_list(diag, &count);
  for (size_t i = 0; i < count; i++)
    if (all[i]->severity == PK_ERROR) {
      pk_diag_add(p->batch->job->diag, all[i]->code, all[i]->span, "row %" G_GUINT64_FORMAT ": %s", row,
                  all[i]->message);
      return;
    }
}

/* The articles of a book as `merge` fills it. Unref them. NULL: it has faults, which
 * are told now if it is filled in, else when it is made. */
static GPtrArray *articles_of_book(planner *p, const char *path, const template *t, const pk_merge *merge) {
  GPtrArray *known = g_hash_table_lookup(p->books, path);
  if (known) return g_ptr_array_ref(known);
  pk_job job = {.arena = p->job.arena, .diag = pk_diag_new(p->job.arena), .merge = merge};
  const pk_book *book;
  if (pk_book_build(&job, path, &book) != PK_OK) {
    if (t && t->uses->len) raise_book(p, job.diag, merge->row);
    return NULL;
  }
  GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
  for (size_t i = 0; i < book->part_count; i++)
    if (book->parts[i].path) g_ptr_array_add(paths, g_strdup(book->parts[i].path));
  if (t && !t->uses->len) g_hash_table_insert(p->books, g_strdup(path), g_ptr_array_ref(paths));
  return paths;
}

/* The row against a book and each of its articles. */
static void check_book(planner *p, const pk_walk_piece *piece, const char *path, size_t number, const pk_merge *merge) {
  template *t = template_of(p, path);
  size_t errors = pk_diag_count(p->batch->job->diag, PK_ERROR);
  if (t) check_row(p, t, piece, number);
  if (pk_diag_count(p->batch->job->diag, PK_ERROR) > errors) return;
  GPtrArray *paths = articles_of_book(p, path, t, merge);
  for (guint i = 0; paths && i < paths->len; i++) {
    template *of = template_of(p, g_ptr_array_index(paths, i));
    if (of) check_row(p, of, piece, number);
  }
  if (paths) g_ptr_array_unref(paths);
}

/* ---- pieces -------------------------------------------------------------------- */

/* Each row of the piece against the article that it fills, which may be another one
 * for each. */
static bool check_rows(planner *p, const pk_walk_piece *piece) {
  bool is_fine = true;
  for (size_t i = 0; i < piece->rows->count; i++) {
    pk_kit_rows one = *piece->rows;
    one.rows += i;
    one.count = 1;
    pk_merge merge = pk_kit_merge(p->job.arena, piece->kit, &one, 0);
    p->job.merge = &merge;
    const char *article;
    bool is_named = pk_kit_article(&p->job, piece->kit, piece->variant, &one, &article);
    bool is_book = is_named && pk_book_is_path(article);
    template *t = is_named && !is_book ? template_of(p, article) : NULL;
    if (t) check_row(p, t, piece, i);
    if (is_book) check_book(p, piece, article, i, &merge);
    is_fine = is_fine && is_named;
  }
  return is_fine;
}

static void note_folder(planner *p, const char *name) {
  const char *slash = strrchr(name, '/');
  if (!slash) return;
  g_autofree char *below = g_strndup(name, (size_t)(slash - name));
  g_autofree char *path = g_build_filename(p->batch->folder, below, NULL);
  if (g_hash_table_contains(p->folders, path)) return;
  g_hash_table_add(p->folders, path);
  g_ptr_array_add(p->batch->folders, g_steal_pointer(&path));
}

static bool visit(const pk_walk_piece *piece, void *data) {
  planner *p = data;
  pk_batch *batch = p->batch;
  size_t errors = pk_diag_count(batch->job->diag, PK_ERROR);
  pk_arena_mark mark = pk_arena_mark_now(p->job.arena);
  const char *article, *name;
  bool is_fine = !piece->rows || check_rows(p, piece);
  pk_merge merge = pk_kit_merge(p->job.arena, piece->kit, piece->rows, 0);
  p->job.merge = &merge;
  if (is_fine && pk_kit_article(&p->job, piece->kit, piece->variant, piece->rows, &article)) {
    if (pk_kit_output(&p->job, piece->kit, piece->variant, piece->rows, article, &name)) {
      check_name(p, piece, name);
      note_folder(p, name);
      if (pk_batch_is_wanted(batch, piece->document->name, name)) batch->event.total++;
    }
  }
  p->job.merge = NULL;
  if (pk_diag_count(batch->job->diag, PK_ERROR) == errors) pk_arena_reset(p->job.arena, mark);
  return !(batch->options->stop && *batch->options->stop);
}

bool pk_batch_is_wanted(const pk_batch *batch, const char *document, const char *name) {
  const presskit_batch_options *o = batch->options;
  if (o->only && strcmp(o->only, document) != 0 && fnmatch(o->only, name, 0) != 0) return false;
  return o->shards <= 1 || pk_digest_of(name, strlen(name)).high % o->shards == o->shard - 1;
}

pk_status pk_batch_plan(pk_batch *batch) {
  planner p = {.batch = batch, .job = *batch->job};
  p.job.arena = pk_arena_new();
  pk_arena_alloc(p.job.arena, 1); /* so that a mark is of a block */
  p.templates = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_template);
  p.names = g_hash_table_new(hash_name, NULL);
  p.pictures = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  p.books = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  p.folders = g_hash_table_new(g_str_hash, g_str_equal);
  pk_status status = pk_walk(batch->job, batch->kit, visit, &p);
  g_hash_table_unref(p.templates);
  g_hash_table_unref(p.books);
  g_hash_table_unref(p.names);
  g_hash_table_unref(p.pictures);
  g_hash_table_unref(p.folders);
  /* What was raised may point into it. */
  pk_arena_defer(batch->job->arena, (GDestroyNotify)pk_arena_drop, p.job.arena);
  if (status == PK_OK && pk_diag_count(batch->job->diag, PK_ERROR)) status = PK_FAILED;
  if (status != PK_OK) batch->event.total = 0; /* nothing is begun */
  return status;
}
