/* Makes one piece of a kit.
 *
 * In:  a piece and a worker. Out: its files, whole, and a line in the journal; or
 *      its diagnostics. A piece whose inputs and files are as they were is left
 *      alone. */
#include <string.h>

#include "build/inputs.h"
#include "build/piece.h"
#include "spec/book.h"

/* ---- what it is made of ---------------------------------------------------------- */

static void take_rows(pk_making *m) {
  const pk_kit_rows *rows = m->piece->rows;
  m->row_count = rows ? rows->count : 1;
  m->rows = PK_NEW_ARRAY(m->result->arena, pk_render_row, m->row_count);
  for (size_t i = 0; i < m->row_count; i++) {
    m->rows[i].merge = pk_kit_merge(m->result->arena, m->batch->kit, rows, i);
    m->rows[i].label = pk_arena_printf(m->result->arena, "%" G_GUINT64_FORMAT "-", m->rows[i].merge.row);
  }
  m->job.merge = &m->rows->merge;
  m->given.rows = m->rows;
  m->given.row_count = m->row_count;
}

static pk_status fill_name(pk_making *m, const pk_kit_name *name, const char *article, const char **out) {
  bool is_fine = pk_kit_input(&m->job, m->batch->kit, &m->piece->variant, m->piece->rows, name, article, out);
  return is_fine ? PK_OK : PK_FAILED;
}

/* What the names of the kit come to for each row: its article and bookmark; and that
 * the rest is the same for all rows that go into one file. */
static pk_status find_rows(pk_making *m) {
  const pk_kit_document *d = m->piece->variant.document;
  pk_status status = PK_OK;
  for (size_t i = 0; i < m->row_count; i++) {
    pk_render_row *row = &m->rows[i];
    pk_kit_rows one = {0};
    const pk_kit_rows *all = m->piece->rows;
    if (all) /* not its count of users, which other threads change */
      one = (pk_kit_rows){.path = all->path,
                          .columns = all->columns,
                          .column_count = all->column_count,
                          .rows = all->rows + i,
                          .count = 1};
    const pk_kit_rows *alone = all ? &one : NULL;
    m->job.merge = &row->merge;
    bool is_fine = pk_kit_article(&m->job, m->batch->kit, &m->piece->variant, alone, &row->path);
    pk_pattern_scope scope = {&m->piece->variant, alone, row->path, false};
    if (is_fine && d->bookmark && m->row_count > 1)
      is_fine = pk_kit_pattern(&m->job, &scope, d->bookmark, d->bookmark_span, &row->bookmark);
    if (!is_fine) status = PK_FAILED;
  }
  m->job.merge = &m->rows->merge;
  return status;
}

static pk_status check_same(pk_making *m, const pk_kit_name *name, const char *first) {
  for (size_t i = 1; name && i < m->row_count; i++) {
    const char *other;
    m->job.merge = &m->rows[i].merge;
    pk_status status = fill_name(m, name, m->rows[i].path, &other);
    m->job.merge = &m->rows->merge;
    if (status != PK_OK) return status;
    if (strcmp(first, other) == 0) continue;
    pk_diagnostic *raised =
        pk_diag_add(m->job.diag, PK_CODE_UNKNOWN_VALUE, name->span,
                    "rows %" G_GUINT64_FORMAT " and %" G_GUINT64_FORMAT " of one file ask for %s and %s",
                    m->rows->merge.row, m->rows[i].merge.row, first, other);
    pk_diag_hint(m->job.diag, raised, "make a document for each, and choose its rows with when:");
    return PK_FAILED;
  }
  return PK_OK;
}

/* The layout that a book names for itself; NULL for an article. */
static pk_status layout_of_book(pk_making *m, const char **layout) {
  const pk_book *book;
  if (!pk_book_is_path(m->options.article)) return PK_OK;
  pk_status status = pk_inputs_book(&m->job, m->options.article, &book);
  if (status == PK_OK) *layout = book->layout.text;
  return status;
}

static pk_status find_inputs(pk_making *m) {
  pk_batch *batch = m->batch;
  const pk_variant *v = &m->piece->variant;
  presskit_render_options *o = &m->options;
  const pk_kit_names *offices = &v->document->office;
  const char *layout, *printer;
  pk_status status = find_rows(m);
  if (status != PK_OK) return status;
  o->article = m->rows->path;
  if (!m->piece->rows && !pk_kit_article_exists(&m->job, v, o->article)) return PK_FAILED;
  status = fill_name(m, v->layout, o->article, &layout);
  if (status == PK_OK) status = check_same(m, v->layout, layout);
  if (status == PK_OK && !layout) status = layout_of_book(m, &layout);
  if (status == PK_OK) status = fill_name(m, v->printer, o->article, &printer);
  if (status == PK_OK) status = check_same(m, v->printer, printer);
  if (status == PK_OK) status = fill_name(m, offices->count ? offices->names : NULL, o->article, &o->office);
  if (status == PK_OK) status = check_same(m, offices->count ? offices->names : NULL, o->office);
  if (status == PK_OK) status = pk_inputs_layout(batch->engine, &m->job, layout ? layout : "press-release", &o->layout);
  if (status == PK_OK && pk_kit_is_for_paper(v))
    status = pk_inputs_printer(batch->engine, &m->job, printer, v->edition, &o->printer);
  if (status == PK_OK && !o->office) o->office = pk_inputs_office(m->result->arena, o->article);
  return status;
}

static pk_status read_shared(pk_making *m) {
  pk_shared *shared = m->batch->shared;
  pk_render_given *g = &m->given;
  pk_status status =
      pk_shared_layout(shared, &m->job, m->options.layout, m->piece->variant.document->overrides, &g->layout);
  if (status == PK_OK && m->options.office) status = pk_shared_office(shared, &m->job, m->options.office, &g->office);
  if (status == PK_OK && m->options.printer)
    status = pk_shared_printer(shared, &m->job, m->options.printer, &g->printer);
  return status;
}

static pk_status shared_article(void *data, pk_job *job, const char *path, const pk_article **out) {
  const pk_making *m = data;
  return pk_shared_article(m->batch->shared, job, path, out);
}

pk_status pk_piece_read_articles(pk_making *m) {
  pk_status status = PK_OK;
  m->given.article_of = shared_article;
  m->given.data = m;
  for (size_t i = 0; i < m->row_count; i++) {
    if (pk_book_is_path(m->rows[i].path)) continue; /* as the book names them */
    pk_status one = shared_article(m, &m->job, m->rows[i].path, &m->rows[i].article);
    status = MAX(status, one);
  }
  m->given.article = m->rows->article;
  return status;
}

/* ---- its key --------------------------------------------------------------------- */

static void add_text(GString *out, const char *text) {
  g_string_append_printf(out, "%zu:%s,", text ? strlen(text) : (size_t)0, text ? text : "");
}

/* Which facts and columns are filled in is known when the piece is made, so they are
 * no part of the key: the journal holds them beside the files that were read. */
static pk_digest key_of(pk_making *m) {
  const pk_variant *v = &m->piece->variant;
  g_autoptr(GString) text = g_string_new(NULL);
  pk_digest fonts = pk_font_set_digest(m->worker->fonts);
  g_string_append_len(text, (const char *)&m->batch->common, sizeof m->batch->common);
  g_string_append_len(text, (const char *)&fonts, sizeof fonts);
  g_string_append_printf(text, "%d %d %g %d ", (int)v->edition, (int)v->format, v->document->dpi,
                         m->batch->options->is_strict);
  const char *names[] = {m->piece->name, m->options.article, m->options.layout, m->options.office, m->options.printer};
  for (size_t i = 0; i < G_N_ELEMENTS(names); i++) add_text(text, names[i]);
  const pk_node *over = v->document->overrides;
  if (over) g_string_append_len(text, over->span.source->text + over->span.start, over->span.end - over->span.start);
  for (size_t r = 0; r < m->row_count; r++) {
    g_string_append_printf(text, " %" G_GUINT64_FORMAT " ", m->rows[r].merge.row);
    add_text(text, m->rows[r].path);
    add_text(text, m->rows[r].bookmark);
  }
  return pk_digest_of(text->str, text->len);
}

const pk_merge *pk_piece_merges(const pk_making *m) {
  pk_merge *merges = PK_NEW_ARRAY(m->result->arena, pk_merge, m->row_count);
  for (size_t i = 0; i < m->row_count; i++) merges[i] = m->rows[i].merge;
  return merges;
}

/* ---- all of it ------------------------------------------------------------------- */

static pk_status make(pk_making *m, presskit_piece_state *state) {
  take_rows(m);
  pk_status status = find_inputs(m);
  if (status == PK_OK) status = read_shared(m);
  if (status == PK_OK) status = pk_engine_prepare(m->batch->engine, m->worker, m->given.layout, m->job.diag);
  if (status != PK_OK) return status;
  m->key = key_of(m);
  if (!m->batch->checked && pk_piece_is_unchanged(m)) {
    *state = PRESSKIT_PIECE_UNCHANGED;
    if (m->batch->pictures) pk_piece_take_picture(m, false);
    return PK_OK;
  }
  status = pk_piece_read_articles(m);
  if (status != PK_OK) return status;
  pk_render_picture picture = {.width = PK_BATCH_PICTURE_WIDTH};
  if (m->batch->pictures) m->given.picture = &picture;
  pk_render_checks checks = {.wants_file = true, .wants_access = true};
  pk_render_into(m->batch->engine, m->worker, &m->options, &m->given, m->batch->checked ? &checks : NULL, m->result);
  status = m->result->status;
  if (m->batch->checked) return status;
  if (status == PK_OK) status = pk_piece_write(m);
  if (status == PK_OK) pk_piece_note(m);
  if (status == PK_OK && m->batch->pictures) pk_piece_take_picture(m, true);
  m->given.picture = NULL;
  return status;
}

static void tell(pk_making *m, presskit_piece_state state, double seconds) {
  const pk_diag *diag = m->job.diag;
  pk_piece_entry entry = {
      .number = m->piece->number,
      .name = g_strdup(m->piece->name),
      .document = m->piece->variant.document,
      .variant = m->piece->variant,
      .state = state,
      .pages = m->done.pages,
      .warnings = state == PRESSKIT_PIECE_UNCHANGED ? m->done.warnings : (unsigned)pk_diag_count(diag, PK_WARNING),
      .errors = (unsigned)pk_diag_count(diag, PK_ERROR),
      .bytes = m->done.size,
      .files = state == PRESSKIT_PIECE_FAILED ? NULL : g_strdupv(m->done.names),
      .sha256 = g_steal_pointer(&m->sha256),
      .picture = g_steal_pointer(&m->picture),
      .place = state == PRESSKIT_PIECE_FAILED ? pk_diag_first_place(diag) : NULL,
      .seconds = seconds,
  };
  if (m->piece->rows) {
    entry.first_row = m->piece->rows->rows[0].number;
    entry.last_row = m->piece->rows->rows[m->piece->rows->count - 1].number;
  }
  size_t count;
  pk_diag_list(diag, &count);
  if (count && m->batch->entries) entry.faults = g_strdup(presskit_result_diagnostics(m->result, PRESSKIT_JSON, false));
  pk_batch_tell(m->batch, &entry, diag);
}

void pk_batch_make(pk_batch *batch, pk_worker *worker, const pk_piece *piece) {
  gint64 begin = g_get_monotonic_time();
  presskit_result *result = pk_result_new();
  worker->document = piece->number + 1;
  g_autoptr(GArray) inputs = g_array_new(FALSE, FALSE, sizeof(pk_input_note));
  pk_making m = {.batch = batch, .worker = worker, .piece = piece, .result = result, .inputs = inputs};
  m.job = (pk_job){.worker = worker, .arena = result->arena, .diag = result->diag, .inputs = inputs};
  m.options = (presskit_render_options){
      .output = pk_arena_printf(result->arena, "%s/%s", batch->folder, piece->name),
      .format = piece->variant.format,
      .edition = piece->variant.edition,
      .dpi = piece->variant.document->dpi,
      .is_strict = batch->options->is_strict,
      .in_memory = true,
  };
  presskit_piece_state state = PRESSKIT_PIECE_WRITTEN;
  m.given = (pk_render_given){.folder = batch->kit->folder, .inputs = inputs};
  if (make(&m, &state) != PK_OK) state = PRESSKIT_PIECE_FAILED;
  if (batch->checked) {
    batch->event.failed += state == PRESSKIT_PIECE_FAILED;
    batch->checked->page_count += result->page_count;
    pk_batch_take(batch, result->diag);
    presskit_result_drop(result);
    return;
  }
  tell(&m, state, (double)(g_get_monotonic_time() - begin) / 1e6);
  g_strfreev(m.sha256);
  g_clear_pointer(&m.picture, g_bytes_unref);
  presskit_result_drop(result);
}
