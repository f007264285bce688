/* Looks at every piece of a kit before anything is made.
 *
 * In:  the kit. Out: how many pieces there are; or what is wrong with names and
 *      rows: each row against each place of the article and the layout that it
 *      fills, each picture, article, layout, office and printer that is named.
 *
 * Rows are read one by one, as they are again when the pieces are made; nothing
 * is kept of them but a digest of each name. */
#include <fnmatch.h>
#include <string.h>

#include "build/batch.h"
#include "build/inputs.h"
#include "build/template.h"
#include "spec/book.h"
#include "spec/load.h"
#include "spec/values.h"

typedef struct {
  pk_batch *batch;
  pk_job job;            /* its arena is scratch, kept where something was raised */
  bool has_only;         /* a piece that --only names was seen */
  GHashTable *templates; /* path of an article -> pk_template, or NULL if it cannot be read */
  GHashTable *layouts;   /* path of a layout and what lies over it -> the same */
  GHashTable *fixed;     /* pk_kit_name without places in it -> path */
  GHashTable *inputs;    /* places of names in the kit, with what they came to, that are there */
  GHashTable *books;     /* path of a book that no row changes -> GPtrArray of its articles' paths */
  GHashTable *names;     /* digest of a name as a pointer -> its row, or 0 and its piece: a few bytes a piece */
  GHashTable *pictures;  /* paths that are there */
  GHashTable *folders;   /* below that of outputs; borrowed from batch->folders */
} planner;

/* ---- names --------------------------------------------------------------------- */

static guint hash_name(gconstpointer digest) {
  return (guint)GPOINTER_TO_SIZE(digest);
}

static void check_name(planner *p, const pk_walk_piece *piece, const char *name) {
  pk_digest digest = pk_digest_of(name, strlen(name));
  size_t row = piece->rows ? piece->rows->rows[0].number : 0;
  size_t own = row ? row << 1 : (size_t)(piece->number + 1) << 1 | 1; /* which of both is in the lowest bit */
  size_t known = GPOINTER_TO_SIZE(g_hash_table_lookup(p->names, GSIZE_TO_POINTER(digest.low)));
  if (!known) {
    g_hash_table_insert(p->names, GSIZE_TO_POINTER(digest.low), GSIZE_TO_POINTER(own));
    return;
  }
  pk_span span = piece->document->output ? piece->document->output_span : piece->document->span;
  bool are_rows = !(known & 1) && row && known >> 1 != row;
  g_autofree char *which = are_rows ? g_strdup_printf("rows %zu and %zu both give", known >> 1, row)
                                    : g_strdup("two pieces of the kit have");
  pk_diagnostic *raised = pk_diag_add(p->batch->job->diag, PK_CODE_PIECE_NAMES, span, "%s the name %s", which, name);
  pk_diag_hint(p->batch->job->diag, raised, "tell them apart in output:, for example by %s",
               are_rows ? "{row}, the number of the row" : "{document}, {language}, {layout} or {edition}");
}

/* ---- articles and layouts -------------------------------------------------------- */

static pk_template *template_of(planner *p, const char *path) {
  gpointer known;
  if (g_hash_table_lookup_extended(p->templates, path, NULL, &known)) return known;
  pk_template *t = pk_template_new(p->batch->job, path);
  g_hash_table_insert(p->templates, g_strdup(path), t);
  return t;
}

static pk_template *layout_of(planner *p, const char *path, const pk_node *over) {
  gpointer known;
  g_autofree char *key = g_strdup_printf("%p %s", (const void *)over, path);
  if (g_hash_table_lookup_extended(p->layouts, key, NULL, &known)) return known;
  pk_template *t = pk_template_new_layout(p->batch->engine, p->batch->job, path, over);
  g_hash_table_insert(p->layouts, g_steal_pointer(&key), t);
  return t;
}

static void check_row(planner *p, pk_template *t, const pk_walk_piece *piece, size_t number) {
  pk_template_check(t, p->batch->job, p->job.arena, p->pictures, piece, number);
}

/* ---- files that the kit names ---------------------------------------------------- */

/* What a name of the kit is for, and how its file is found. */
typedef struct {
  const char *what; /* "a layout" */
  pk_status (*find)(planner *p, pk_job *job, const pk_variant *variant, const char *name, const char **path);
} input_kind;

static pk_status find_layout(planner *p, pk_job *job, const pk_variant *variant, const char *name, const char **path) {
  (void)variant;
  return pk_inputs_layout(p->batch->engine, job, name, path);
}

static pk_status find_printer(planner *p, pk_job *job, const pk_variant *variant, const char *name, const char **path) {
  return pk_inputs_printer(p->batch->engine, job, name, variant->edition, path);
}

static pk_status find_office(planner *p, pk_job *job, const pk_variant *variant, const char *name, const char **path) {
  (void)p, (void)job, (void)variant;
  *path = name;
  return PK_OK;
}

static const input_kind layouts = {"a layout", find_layout}, printers = {"a printer", find_printer},
                        offices = {"an office", find_office};

/* Raises at the kit's line that there is no such file: `said` is what the search for it
 * said, if it is none. */
static void raise_missing(planner *p, const char *what, pk_span span, const char *path, const pk_diag *said) {
  pk_job *job = p->batch->job;
  const pk_merge *merge = p->job.merge;
  size_t count = 0;
  const pk_diagnostic *const *all = said ? pk_diag_list(said, &count) : NULL;
  pk_code code = count ? all[0]->code : PK_CODE_FILE_MISSING;
  g_autofree char *own = count ? g_strdup(all[0]->message) : g_strdup_printf("there is no file '%s'", path);
  bool has_row = merge && merge->row_source;
  pk_diagnostic *raised =
      has_row ? pk_diag_add(job->diag, code, span, "row %" G_GUINT64_FORMAT " names %s: %s", merge->row, what, own)
              : pk_diag_add(job->diag, code, span, "%s", own);
  if (count && all[0]->hint)
    pk_diag_hint(job->diag, raised, "%s", all[0]->hint);
  else if (!count)
    pk_kit_hint_near(job, raised, path);
  if (has_row)
    pk_diag_related(job->diag, raised, (pk_span){merge->row_source, 0, (uint32_t)merge->row_source->size}, "the row");
}

/* The file that `name` comes to for the piece; NULL: it is none, or was told. */
static const char *check_input(planner *p, const pk_walk_piece *piece, const pk_kit_rows *rows, const input_kind *kind,
                               const pk_kit_name *name, const char *article) {
  const char *filled, *path = name ? g_hash_table_lookup(p->fixed, name) : NULL;
  if (path) return path;
  if (!name || !pk_kit_input(&p->job, piece->kit, piece->variant, rows, name, article, &filled)) return NULL;
  pk_job job = {.arena = p->job.arena, .diag = pk_diag_new(p->job.arena)};
  bool is_found = kind->find(p, &job, piece->variant, filled, &path) == PK_OK;
  if (is_found && g_hash_table_contains(p->inputs, path)) return path;
  if (!is_found || !g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
    raise_missing(p, kind->what, name->span, path, is_found ? NULL : job.diag);
    return NULL;
  }
  char *kept = g_strdup(path);
  g_hash_table_add(p->inputs, kept);
  if (!strchr(name->text, '{')) g_hash_table_insert(p->fixed, (gpointer)name, kept);
  return kept;
}

/* All that the piece names, for one row of it or for none. */
static void check_inputs(planner *p, const pk_walk_piece *piece, const pk_kit_rows *row, size_t number,
                         const char *article) {
  const pk_variant *v = piece->variant;
  const pk_kit_names *office = &piece->document->office;
  const char *layout = check_input(p, piece, row, &layouts, v->layout, article);
  check_input(p, piece, row, &printers, v->printer, article);
  check_input(p, piece, row, &offices, office->count ? office->names : NULL, article);
  pk_template *t = row && layout ? layout_of(p, layout, piece->document->overrides) : NULL;
  if (t && pk_template_has_places(t)) check_row(p, t, piece, number);
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
static GPtrArray *articles_of_book(planner *p, const char *path, pk_template *t, const pk_merge *merge) {
  GPtrArray *known = g_hash_table_lookup(p->books, path);
  if (known) return g_ptr_array_ref(known);
  pk_job job = {.arena = p->job.arena, .diag = pk_diag_new(p->job.arena), .merge = merge};
  const pk_book *book;
  if (pk_book_build(&job, path, &book) != PK_OK) {
    if (t && pk_template_has_places(t)) raise_book(p, job.diag, merge->row);
    return NULL;
  }
  GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
  for (size_t i = 0; i < book->part_count; i++)
    if (book->parts[i].path) g_ptr_array_add(paths, g_strdup(book->parts[i].path));
  if (t && !pk_template_has_places(t)) g_hash_table_insert(p->books, g_strdup(path), g_ptr_array_ref(paths));
  return paths;
}

/* The row against a book and each of its articles. */
static void check_book(planner *p, const pk_walk_piece *piece, const char *path, size_t number, const pk_merge *merge) {
  pk_template *t = template_of(p, path);
  size_t errors = pk_diag_count(p->batch->job->diag, PK_ERROR);
  if (t) check_row(p, t, piece, number);
  if (pk_diag_count(p->batch->job->diag, PK_ERROR) > errors) return;
  GPtrArray *paths = articles_of_book(p, path, t, merge);
  for (guint i = 0; paths && i < paths->len; i++) {
    pk_template *of = template_of(p, g_ptr_array_index(paths, i));
    if (of) check_row(p, of, piece, number);
  }
  if (paths) g_ptr_array_unref(paths);
}

/* ---- pieces -------------------------------------------------------------------- */

/* A row of the piece against what it fills and names. */
static void check_one_row(planner *p, const pk_walk_piece *piece, const pk_kit_rows *row, size_t number) {
  const char *article;
  if (!pk_kit_article(&p->job, piece->kit, piece->variant, row, &article)) return;
  pk_template *t = template_of(p, article);
  if (!t && !g_file_test(article, G_FILE_TEST_EXISTS)) {
    pk_span span;
    pk_text_lookup(&piece->document->articles[piece->variant->article], piece->variant->lang, &span);
    raise_missing(p, "an article", span, article, NULL);
    return;
  }
  if (pk_book_is_path(article))
    check_book(p, piece, article, number, p->job.merge);
  else if (t)
    check_row(p, t, piece, number);
  check_inputs(p, piece, row, number, article);
}

static void check_rows(planner *p, const pk_walk_piece *piece) {
  const pk_merge *of_piece = p->job.merge;
  for (size_t i = 0; i < piece->rows->count; i++) {
    pk_kit_rows one = *piece->rows;
    one.rows += i;
    one.count = 1;
    pk_merge merge = pk_kit_merge(p->job.arena, piece->kit, &one, 0);
    p->job.merge = &merge;
    check_one_row(p, piece, &one, i);
  }
  p->job.merge = of_piece;
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

/* The article and the name of the piece. */
static bool name_piece(planner *p, pk_diag *diag, const pk_walk_piece *piece, const char **article, const char **name) {
  pk_job job = p->job;
  job.diag = diag;
  return pk_kit_article(&job, piece->kit, piece->variant, piece->rows, article) &&
         pk_kit_output(&job, piece->kit, piece->variant, piece->rows, *article, name);
}

/* Whether --only names the piece, or its document. */
static bool is_only(const pk_batch *batch, const char *document, const char *name) {
  const char *only = batch->options->only;
  return !only || strcmp(only, document) == 0 || fnmatch(only, name, 0) == 0;
}

/* Whether --only names a document that the piece is not of. */
static bool is_of_another(const pk_batch *batch, const pk_walk_piece *piece) {
  const char *only = batch->options->only;
  bool is_document = false;
  for (size_t i = 0; only && i < batch->kit->document_count; i++)
    is_document = is_document || strcmp(batch->kit->documents[i].name, only) == 0;
  return is_document && strcmp(piece->document->name, only) != 0;
}

static void visit_piece(planner *p, const pk_walk_piece *piece) {
  pk_batch *batch = p->batch;
  pk_diag *diag = batch->job->diag;
  size_t errors = pk_diag_count(diag, PK_ERROR);
  const char *article = NULL, *name = NULL;
  /* A value that is missing is told where the article wants it, and here only if it does not. */
  bool is_named = name_piece(p, piece->rows ? pk_diag_new(p->job.arena) : diag, piece, &article, &name);
  bool is_wanted = is_named && pk_batch_is_wanted(batch, piece->document->name, name);
  if (!is_named && is_of_another(batch, piece)) return;
  if (piece->rows && (is_wanted || !is_named)) check_rows(p, piece);
  if (!piece->rows && is_wanted) check_inputs(p, piece, NULL, 0, article);
  if (is_named) {
    check_name(p, piece, name);
    note_folder(p, name);
  } else if (pk_diag_count(diag, PK_ERROR) == errors) {
    name_piece(p, diag, piece, &article, &name);
  }
  p->has_only = p->has_only || (is_named && is_only(batch, piece->document->name, name));
  batch->event.total += is_wanted;
}

static bool visit(const pk_walk_piece *piece, void *data) {
  planner *p = data;
  pk_batch *batch = p->batch;
  size_t errors = pk_diag_count(batch->job->diag, PK_ERROR);
  pk_arena_mark mark = pk_arena_mark_now(p->job.arena);
  pk_merge merge = pk_kit_merge(p->job.arena, piece->kit, piece->rows, 0);
  p->job.merge = &merge;
  visit_piece(p, piece);
  p->job.merge = NULL;
  if (pk_diag_count(batch->job->diag, PK_ERROR) == errors) pk_arena_reset(p->job.arena, mark);
  return !(batch->options->stop && *batch->options->stop);
}

bool pk_batch_is_wanted(const pk_batch *batch, const char *document, const char *name) {
  const presskit_batch_options *o = batch->options;
  if (!is_only(batch, document, name)) return false;
  return o->shards <= 1 || pk_digest_of(name, strlen(name)).high % o->shards == o->shard - 1;
}

static void raise_none(pk_batch *batch) {
  const char *only = batch->options->only;
  size_t count = batch->kit->document_count;
  g_autofree const char **names = g_new0(const char *, count + 1);
  for (size_t i = 0; i < count; i++) names[i] = batch->kit->documents[i].name;
  pk_diagnostic *raised = pk_diag_add(batch->job->diag, PK_CODE_OPTION_INVALID, PK_SPAN_NONE,
                                      "--only '%s' names no document and no piece of the kit", only);
  const char *nearest = pk_diag_nearest(only, names, count);
  if (nearest)
    pk_diag_hint(batch->job->diag, raised, "did you mean '%s'?", nearest);
  else
    pk_diag_hint(batch->job->diag, raised, "the documents are: %s; --dry-run names the pieces",
                 pk_value_list(batch->job->arena, names, count));
}

pk_status pk_batch_plan(pk_batch *batch) {
  planner p = {.batch = batch, .job = *batch->job};
  p.job.arena = pk_arena_new();
  pk_arena_alloc(p.job.arena, 1); /* so that a mark is of a block */
  p.templates = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, pk_template_drop);
  p.layouts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, pk_template_drop);
  p.fixed = g_hash_table_new(NULL, NULL);
  p.inputs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  p.names = g_hash_table_new(hash_name, NULL);
  p.pictures = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  p.books = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  p.folders = g_hash_table_new(g_str_hash, g_str_equal);
  pk_status status = pk_walk(batch->job, batch->kit, visit, &p);
  g_hash_table_unref(p.templates);
  g_hash_table_unref(p.layouts);
  g_hash_table_unref(p.fixed);
  g_hash_table_unref(p.inputs);
  g_hash_table_unref(p.books);
  g_hash_table_unref(p.names);
  g_hash_table_unref(p.pictures);
  g_hash_table_unref(p.folders);
  /* What was raised may point into it. */
  pk_arena_defer(batch->job->arena, (GDestroyNotify)pk_arena_drop, p.job.arena);
  if (!p.has_only && batch->options->only && !pk_diag_count(batch->job->diag, PK_ERROR)) raise_none(batch);
  if (status == PK_OK && pk_diag_count(batch->job->diag, PK_ERROR)) status = PK_FAILED;
  if (status != PK_OK) batch->event.total = 0; /* nothing is begun */
  return status;
}
