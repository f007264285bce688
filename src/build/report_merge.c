/* The reports of shards -> the report of one run.
 *
 * In:  files that pk_batch_report() wrote, one for each shard of one batch.
 * Out: a file with the same bytes as the report of a run over all of it, but for
 *      times (which are left out under SOURCE_DATE_EPOCH).
 *
 * A report has a line for its head and one for each piece, so that pieces are
 * taken over as they stand and only looked into for their numbers. */
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/file.h"
#include "build/output.h"
#include "build/report.h"

static const size_t MAX_REPORT = (size_t)1 << 30;

typedef struct {
  uint64_t number;
  const char *text; /* the line, without the comma at its end */
  size_t size;
  const pk_source *source;
} line;

typedef struct {
  presskit_result *result;
  pk_job *job;
  pk_report_head sum;
  unsigned shards;           /* of the batch; 0: none was read yet */
  const pk_source **readers; /* of each shard, once it was read */
  GArray *lines;             /* of line */
  GPtrArray *files;          /* of GBytes: what the lines point into */
} merging;

static pk_span span_of(const pk_source *source, const char *text, size_t size) {
  return (pk_span){source, (uint32_t)(text - source->text), (uint32_t)(text - source->text + (ptrdiff_t)size)};
}

static pk_status refuse(merging *m, const pk_source *source, const char *text, size_t size) {
  pk_diagnostic *raised = pk_diag_add(m->job->diag, PK_CODE_REPORT_INVALID, span_of(source, text, size),
                                      "this is no report of a batch as presskit writes it");
  pk_diag_hint(m->job->diag, raised, "name the files that `presskit batch --report` wrote, unchanged");
  return PK_FAILED;
}

/* The object that `text` is with `closing` after it, or NULL. */
static JsonObject *parse(JsonParser *parser, const char *text, size_t size, const char *closing) {
  g_autofree char *whole = g_strdup_printf("%.*s%s", (int)size, text, closing);
  if (!json_parser_load_from_data(parser, whole, -1, NULL)) return NULL;
  JsonNode *root = json_parser_get_root(parser);
  return root && JSON_NODE_HOLDS_OBJECT(root) ? json_node_get_object(root) : NULL;
}

/* A whole number, not negative; false if there is none of this name. */
static bool read_count(JsonObject *object, const char *name, uint64_t *out) {
  JsonNode *node = object ? json_object_get_member(object, name) : NULL;
  if (!node || !JSON_NODE_HOLDS_VALUE(node) || json_node_get_value_type(node) != G_TYPE_INT64) return false;
  int64_t number = json_node_get_int(node);
  *out = (uint64_t)number;
  return number >= 0;
}

/* ---- the head ------------------------------------------------------------------ */

static bool read_shard(JsonObject *head, unsigned *shard, unsigned *shards) {
  JsonNode *node = json_object_get_member(head, "shard");
  if (!node || !JSON_NODE_HOLDS_ARRAY(node) || json_array_get_length(json_node_get_array(node)) != 2) return false;
  int64_t number = json_array_get_int_element(json_node_get_array(node), 0);
  int64_t count = json_array_get_int_element(json_node_get_array(node), 1);
  *shard = (unsigned)number;
  *shards = (unsigned)count;
  return number >= 1 && number <= count && count <= PK_MOST_SHARDS;
}

static pk_status take_shard(merging *m, const pk_source *source, pk_span at, unsigned shard, unsigned shards) {
  if (!m->shards) {
    m->shards = shards;
    m->readers = PK_NEW_ARRAY(m->job->arena, const pk_source *, shards);
  }
  if (m->shards != shards) {
    pk_diag_add(m->job->diag, PK_CODE_REPORT_PARTS, at, "a part of %u; the reports before are of %u parts", shards,
                m->shards);
    return PK_FAILED;
  }
  if (m->readers[shard - 1]) {
    pk_diag_add(m->job->diag, PK_CODE_REPORT_PARTS, at, "part %u of %u was read already, from %s", shard, shards,
                m->readers[shard - 1]->path);
    return PK_FAILED;
  }
  m->readers[shard - 1] = source;
  return PK_OK;
}

static pk_status read_head(merging *m, const pk_source *source, size_t size) {
  g_autoptr(JsonParser) parser = json_parser_new();
  JsonObject *head = parse(parser, source->text, size, "]}");
  pk_report_head counts = {0};
  unsigned shard, shards;
  if (!head || g_strcmp0(json_object_get_string_member_with_default(head, "presskit", NULL), PK_REPORT_KIND) != 0 ||
      !read_count(head, "total", &counts.total) || !read_count(head, "written", &counts.written) ||
      !read_count(head, "unchanged", &counts.unchanged) || !read_count(head, "failed", &counts.failed))
    return refuse(m, source, source->text, size);
  if (!read_shard(head, &shard, &shards)) {
    pk_diag_add(m->job->diag, PK_CODE_REPORT_PARTS, span_of(source, source->text, size),
                "this report is of a whole run, not of a part of one");
    return PK_FAILED;
  }
  m->sum.total += counts.total;
  m->sum.written += counts.written;
  m->sum.unchanged += counts.unchanged;
  m->sum.failed += counts.failed;
  return take_shard(m, source, span_of(source, source->text, size), shard, shards);
}

/* ---- the pieces ---------------------------------------------------------------- */

static pk_status read_pieces(merging *m, const pk_source *source, const char *at) {
  const char *end = source->text + source->size;
  g_autoptr(JsonParser) parser = json_parser_new();
  while (at < end) {
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    if (!stop) stop = end;
    size_t size = (size_t)(stop - at);
    if (size == 2 && memcmp(at, "]}", 2) == 0) return PK_OK;
    if (size && at[size - 1] == ',') size--;
    line read = {.text = at, .size = size, .source = source};
    if (!read_count(parse(parser, at, size, ""), "number", &read.number)) return refuse(m, source, at, size);
    g_array_append_val(m->lines, read);
    at = stop + 1;
  }
  return refuse(m, source, source->text, source->size);
}

static pk_status read_part(merging *m, const char *path) {
  g_autoptr(GError) error = NULL;
  GBytes *bytes = pk_file_read(path, MAX_REPORT, &error);
  if (!bytes) {
    pk_diag_add(m->job->diag, PK_CODE_FILE_UNREADABLE, PK_SPAN_NONE, "%s", error->message);
    return PK_FAILED;
  }
  g_ptr_array_add(m->files, bytes);
  size_t size;
  const char *text = g_bytes_get_data(bytes, &size);
  const pk_source *source = pk_source_new(m->job->arena, path, text ? text : "", size);
  const char *head = size ? memchr(source->text, '\n', size) : NULL;
  if (!head || !g_utf8_validate_len(source->text, size, NULL)) return refuse(m, source, source->text, 0);
  pk_status status = read_head(m, source, (size_t)(head - source->text));
  return status == PK_OK ? read_pieces(m, source, head + 1) : status;
}

/* ---- the whole ----------------------------------------------------------------- */

static int compare_lines(gconstpointer a, gconstpointer b) {
  const line *x = a, *y = b;
  return x->number < y->number ? -1 : x->number > y->number;
}

static pk_status check_whole(merging *m) {
  g_autoptr(GString) missing = g_string_new(NULL);
  unsigned count = 0;
  for (unsigned i = 0; i < m->shards; i++)
    if (!m->readers[i]) g_string_append_printf(missing, "%s%u", count++ ? ", " : "", i + 1);
  if (count) {
    pk_diag_add(m->job->diag, PK_CODE_REPORT_PARTS, PK_SPAN_NONE, "of %u parts %s %s missing", m->shards, missing->str,
                count == 1 ? "is" : "are");
    return PK_FAILED;
  }
  for (guint i = 1; i < m->lines->len; i++) {
    const line *before = &g_array_index(m->lines, line, i - 1), *now = before + 1;
    if (before->number != now->number) continue;
    pk_diag_add(m->job->diag, PK_CODE_REPORT_PARTS, span_of(now->source, now->text, now->size),
                "this piece is in %s too: the reports are of different batches", before->source->path);
    return PK_FAILED;
  }
  return PK_OK;
}

static pk_status run(merging *m, const char *const *inputs, size_t count, const char *output) {
  pk_status worst = PK_OK;
  for (size_t i = 0; i < count; i++) {
    pk_status status = read_part(m, inputs[i]);
    worst = MAX(worst, status);
  }
  if (worst != PK_OK) return worst;
  g_array_sort(m->lines, compare_lines);
  pk_status status = check_whole(m);
  if (status != PK_OK) return status;
  GString *text = g_string_new(NULL);
  pk_report_open(text, &m->sum, 0, 0);
  for (guint i = 0; i < m->lines->len; i++) {
    const line *piece = &g_array_index(m->lines, line, i);
    g_string_append_len(text, piece->text, (gssize)piece->size);
    pk_report_end_piece(text, i + 1 == m->lines->len);
  }
  pk_report_close(text);
  pk_output_file file = {.path = output, .size = text->len};
  file.data = pk_arena_dup(m->job->arena, text->str, text->len);
  g_string_free(text, TRUE);
  g_array_append_val(m->result->files, file);
  return output ? pk_output_write(m->job, m->result) : PK_OK;
}

presskit_result *presskit_merge_reports(const char *const *inputs, size_t count, const char *output) {
  presskit_result *result = pk_result_new();
  pk_job job = {.arena = result->arena, .diag = result->diag};
  merging m = {.result = result, .job = &job};
  m.lines = g_array_new(FALSE, FALSE, sizeof(line));
  m.files = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
  result->in_memory = !output;
  result->status = run(&m, inputs, count, output);
  g_array_unref(m.lines);
  for (guint i = 0; i < m.files->len; i++) /* diagnostics quote their lines */
    pk_arena_defer(job.arena, (GDestroyNotify)g_bytes_unref, g_bytes_ref(g_ptr_array_index(m.files, i)));
  g_ptr_array_unref(m.files);
  return result;
}
