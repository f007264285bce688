/* One line of JSON Lines: an object of plain values, by json-glib. */
#include <json-glib/json-glib.h>
#include <string.h>

#include "spec/rows_reader.h"

static bool fail(pk_rows *rows, pk_job *job, unsigned lines_before, const char *what) {
  pk_diagnostic *raised = pk_rows_raise(rows, job, PK_CODE_DATA_ROW, lines_before, 0, rows->record->len, "%s", what);
  pk_diag_hint(job->diag, raised, "a line is an object of texts and numbers: {\"name\": \"Ana\", \"table\": 7}");
  return false;
}

/* The next line that is not blank. */
static bool read_line(pk_rows *rows, pk_job *job, unsigned *lines_before) {
  do {
    g_string_truncate(rows->record, 0);
    *lines_before = rows->line;
    if (!pk_rows_has(rows, job, 0)) return false;
    while (pk_rows_has(rows, job, 0) && pk_rows_byte(rows, 0) != '\n' && rows->record->len <= PK_ROWS_MAX_ROW) {
      g_string_append_c(rows->record, pk_rows_byte(rows, 0));
      pk_rows_take(rows, 1);
    }
    if (pk_rows_has(rows, job, 0)) pk_rows_take(rows, 1);
  } while (strspn(rows->record->str, " \t\r") == rows->record->len);
  return true;
}

/* Appends a value as one would write it; false if it is a list or an object. */
static bool append_value(GString *out, JsonNode *node) {
  if (JSON_NODE_HOLDS_NULL(node)) return true;
  if (!JSON_NODE_HOLDS_VALUE(node)) return false;
  GType type = json_node_get_value_type(node);
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  if (type == G_TYPE_STRING)
    g_string_append(out, json_node_get_string(node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append(out, json_node_get_boolean(node) ? "true" : "false");
  else if (type == G_TYPE_INT64)
    g_string_append_printf(out, "%" G_GINT64_FORMAT, json_node_get_int(node));
  else
    g_string_append(out, g_ascii_formatd(number, sizeof number, "%.15g", json_node_get_double(node)));
  return true;
}

static bool is_column(const pk_rows *rows, const char *name) {
  for (guint i = 0; i < rows->columns->len; i++)
    if (strcmp(g_ptr_array_index(rows->columns, i), name) == 0) return true;
  return false;
}

/* The first line says which columns there are; a later one may leave some out. */
static bool take_names(pk_rows *rows, pk_job *job, JsonObject *object, unsigned lines_before, bool is_first) {
  g_autoptr(GList) names = json_object_get_members(object);
  for (GList *link = names; link; link = link->next) {
    if (is_column(rows, link->data)) continue;
    if (is_first)
      g_ptr_array_add(rows->columns, g_strdup(link->data));
    else {
      g_autofree char *what = g_strdup_printf("the first line has no '%s'", (const char *)link->data);
      return fail(rows, job, lines_before, what);
    }
  }
  return true;
}

static bool take_values(pk_rows *rows, pk_job *job, JsonObject *object, unsigned lines_before) {
  for (guint i = 0; i < rows->columns->len; i++) {
    const char *name = g_ptr_array_index(rows->columns, i);
    pk_rows_value(rows);
    JsonNode *node = json_object_get_member(object, name);
    if (!node || append_value(rows->words, node)) continue;
    g_autofree char *what = g_strdup_printf("'%s' is a list or an object", name);
    return fail(rows, job, lines_before, what);
  }
  return true;
}

pk_rows_state pk_rows_next_json(pk_rows *rows, pk_job *job, unsigned *lines_before, bool is_first) {
  if (!read_line(rows, job, lines_before)) return PK_ROWS_END;
  if (rows->record->len > PK_ROWS_MAX_ROW) {
    rows->is_broken = true;
    return fail(rows, job, *lines_before, "the row is longer than 1 MiB") ? PK_ROWS_ROW : PK_ROWS_BAD;
  }
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) root = json_from_string(rows->record->str, &error);
  if (!root || !JSON_NODE_HOLDS_OBJECT(root))
    return fail(rows, job, *lines_before, error ? error->message : "the line is no object") ? PK_ROWS_ROW : PK_ROWS_BAD;
  JsonObject *object = json_node_get_object(root);
  bool is_fine =
      take_names(rows, job, object, *lines_before, is_first) && take_values(rows, job, object, *lines_before);
  return is_fine ? PK_ROWS_ROW : PK_ROWS_BAD;
}
