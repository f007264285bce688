/* Documents, rows, variants: in this order. */
#include "build/walk.h"

#include <string.h>

#include "spec/fields.h"

typedef struct {
  pk_job *job;
  const pk_kit *kit;
  pk_walk_visit *visit;
  void *data;
  uint64_t number;
  bool is_ended;
} walker;

static void visit_variants(walker *w, const pk_kit_document *document, const pk_variant *variants, size_t count,
                           pk_kit_rows *rows) {
  for (size_t i = 0; i < count && !w->is_ended; i++) {
    pk_walk_piece piece = {w->kit, document, &variants[i], rows, w->number++};
    if (!w->visit(&piece, w->data)) w->is_ended = true;
  }
}

/* ---- conditions ------------------------------------------------------------------ */

static size_t column_of(const char *const *columns, size_t count, const char *name) {
  size_t i = 0;
  while (i < count && strcmp(columns[i], name) != 0) i++;
  return i;
}

static bool check_columns(walker *w, const pk_condition *conditions, size_t count, const char *const *columns,
                          size_t column_count) {
  bool is_fine = true;
  for (size_t i = 0; i < count; i++)
    if (column_of(columns, column_count, conditions[i].column) == column_count)
      is_fine = pk_field_unknown(w->job, PK_CODE_MERGE_UNKNOWN, conditions[i].span, "column", conditions[i].column,
                                 columns, column_count);
  return is_fine;
}

static bool has_value(const pk_condition *condition, const char *const *columns, size_t count, const pk_row *row) {
  const char *value = row->values[column_of(columns, count, condition->column)];
  for (size_t i = 0; i < condition->values.count; i++)
    if (strcmp(condition->values.names[i].text, value) == 0) return true;
  return false;
}

static bool is_wanted(const pk_kit_document *d, const char *const *columns, size_t count, const pk_row *row) {
  for (size_t i = 0; i < d->when_count; i++)
    if (!has_value(&d->when[i], columns, count, row)) return false;
  for (size_t i = 0; i < d->unless_count; i++)
    if (has_value(&d->unless[i], columns, count, row)) return false;
  return true;
}

/* ---- rows ------------------------------------------------------------------------ */

static pk_kit_rows *new_rows(const char *path, const char *const *columns, size_t column_count, size_t most) {
  pk_arena *arena = pk_arena_new();
  pk_kit_rows *rows = PK_NEW(arena, pk_kit_rows);
  rows->arena = arena;
  rows->uses = 1;
  rows->path = pk_arena_strdup(arena, path);
  const char **names = PK_NEW_ARRAY(arena, const char *, column_count);
  for (size_t i = 0; i < column_count; i++) names[i] = pk_arena_strdup(arena, columns[i]);
  rows->columns = names;
  rows->column_count = column_count;
  rows->rows = PK_NEW_ARRAY(arena, pk_kit_row, most);
  return rows;
}

static void add_row(pk_kit_rows *rows, const pk_row *row) {
  const char **values = PK_NEW_ARRAY(rows->arena, const char *, rows->column_count);
  for (size_t i = 0; i < rows->column_count; i++) values[i] = pk_arena_strdup(rows->arena, row->values[i]);
  rows->rows[rows->count++] = (pk_kit_row){row->number, values, pk_arena_strndup(rows->arena, row->text, row->size),
                                           row->size, row->lines_before};
}

typedef struct {
  const pk_kit_document *document;
  const pk_variant *variants;
  size_t variant_count;
  pk_rows *data;
  const char *const *columns;
  size_t column_count;
} row_walk;

/* Gives out the rows that were gathered for one file, if there are any. */
static void flush_rows(walker *w, const row_walk *r, pk_kit_rows **rows) {
  if (*rows) visit_variants(w, r->document, r->variants, r->variant_count, *rows);
  pk_kit_rows_drop(*rows);
  *rows = NULL;
}

static void raise_unused(walker *w, const pk_kit_document *d, size_t read) {
  pk_diag *diag = w->job->diag;
  pk_diagnostic *raised = pk_diag_add(diag, PK_CODE_DATA_NONE, d->data_span, "'%s' is made for no row: %s %s", d->name,
                                      d->data, read ? "has none that is chosen" : "has no row below the names");
  if (read)
    pk_diag_hint(diag, raised, "%zu row%s looked at; see when: and unless:", read, read == 1 ? " was" : "s were");
}

static pk_status walk_rows(walker *w, row_walk *r) {
  const pk_kit_document *d = r->document;
  size_t most = (size_t)MAX(d->rows_per_file, 1);
  pk_kit_rows *rows = NULL;
  pk_status status = PK_OK;
  pk_row row;
  bool is_used = false;
  size_t read = 0;
  for (pk_rows_state state; !w->is_ended && (state = pk_rows_next(r->data, w->job, &row)) != PK_ROWS_END;) {
    if (state == PK_ROWS_BAD) {
      status = PK_FAILED;
      continue;
    }
    read++;
    if (!is_wanted(d, r->columns, r->column_count, &row)) continue;
    is_used = true;
    if (!rows) rows = new_rows(d->data, r->columns, r->column_count, most);
    add_row(rows, &row);
    if (rows->count == most) flush_rows(w, r, &rows);
  }
  if (w->is_ended)
    pk_kit_rows_drop(rows);
  else
    flush_rows(w, r, &rows);
  if (!is_used && status == PK_OK) raise_unused(w, d, read);
  return status;
}

static pk_status walk_document(walker *w, const pk_kit_document *document) {
  row_walk r = {.document = document};
  g_autoptr(pk_arena) arena = pk_arena_new();
  r.variants = pk_kit_variants(arena, document, &r.variant_count);
  if (!document->data) {
    visit_variants(w, document, r.variants, r.variant_count, NULL);
    return PK_OK;
  }
  r.data = pk_rows_open(w->job, document->data, document->data_span);
  if (!r.data) return PK_FAILED;
  r.columns = pk_rows_columns(r.data, &r.column_count);
  bool is_fine = check_columns(w, document->when, document->when_count, r.columns, r.column_count);
  is_fine = check_columns(w, document->unless, document->unless_count, r.columns, r.column_count) && is_fine;
  pk_status status = is_fine ? walk_rows(w, &r) : PK_FAILED;
  pk_rows_close(r.data);
  return status;
}

pk_status pk_walk(pk_job *job, const pk_kit *kit, pk_walk_visit *visit, void *data) {
  walker w = {.job = job, .kit = kit, .visit = visit, .data = data};
  pk_status status = PK_OK;
  for (size_t i = 0; i < kit->document_count && !w.is_ended; i++) {
    pk_status one = walk_document(&w, &kit->documents[i]);
    status = MAX(status, one);
  }
  return status;
}
