/* Prints diagnostics: for people, one a line, or as JSON.
 *
 * In:  the collector of a job.
 * Out: text. That for people and the short form hold no control characters but
 *      line feeds and, if asked for, colours; the JSON is one array. */
#include <json-glib/json-glib.h>
#include <string.h>

#include "diag/diag.h"
#include "diag/excerpt.h"

typedef struct {
  const char *place, *severity[PK_ERROR + 1], *caret, *hint, *plain;
} palette;

static const palette no_colours = {"", {"", "", ""}, "", "", ""};
static const palette colours = {
    "\033[1m", {"\033[1;36m", "\033[1;35m", "\033[1;31m"}, "\033[1;32m", "\033[36m", "\033[0m"};

static const char *const severity_names[] = {"note", "warning", "error"};

static void append_visible(const char *text, GString *out) {
  pk_excerpt_visible(text, strlen(text), out);
}

/* "path:line:column: ", "path: page 3: ", or nothing where there is no place. */
static void append_place(pk_span span, GString *out) {
  if (!span.source) return;
  append_visible(span.source->path, out);
  if (span.source->is_paged) {
    if (span.start != PK_WHOLE_FILE) g_string_append_printf(out, ": page %u", span.start + 1);
    g_string_append(out, ": ");
    return;
  }
  pk_place place = pk_source_place(span.source, span.start);
  g_string_append_printf(out, ":%u:%u: ", place.line, place.column);
}

/* ---- short --------------------------------------------------------------- */

static void print_short(const pk_diagnostic *diagnostic, GString *out) {
  append_place(diagnostic->span, out);
  g_string_append_printf(out, "%s[%s]: ", severity_names[diagnostic->severity], pk_code_lookup(diagnostic->code)->id);
  append_visible(diagnostic->message, out);
  g_string_append_c(out, '\n');
}

/* ---- for people ---------------------------------------------------------- */

static void print_related(const pk_diagnostic *diagnostic, const palette *with, GString *out) {
  if (!diagnostic->related_note) return;
  g_string_append(out, with->place);
  append_place(diagnostic->related, out);
  g_string_append_printf(out, "%s%snote:%s ", with->plain, with->severity[PK_NOTE], with->plain);
  append_visible(diagnostic->related_note, out);
  g_string_append_c(out, '\n');
  pk_excerpt_print(diagnostic->related, with->caret, with->plain, out);
}

static void print_human(const pk_diagnostic *diagnostic, const palette *with, GString *out) {
  g_string_append(out, with->place);
  append_place(diagnostic->span, out);
  g_string_append_printf(out, "%s%s%s[%s]:%s ", with->plain, with->severity[diagnostic->severity],
                         severity_names[diagnostic->severity], pk_code_lookup(diagnostic->code)->id, with->plain);
  append_visible(diagnostic->message, out);
  g_string_append_c(out, '\n');
  pk_excerpt_print(diagnostic->span, with->caret, with->plain, out);
  if (diagnostic->hint) {
    g_string_append_printf(out, "      = %shint:%s ", with->hint, with->plain);
    append_visible(diagnostic->hint, out);
    g_string_append_c(out, '\n');
  }
  print_related(diagnostic, with, out);
}

/* ---- JSON ---------------------------------------------------------------- */

static void add_text(JsonBuilder *json, const char *name, const char *text) {
  json_builder_set_member_name(json, name);
  if (text) {
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    json_builder_add_string_value(json, valid);
  } else {
    json_builder_add_null_value(json);
  }
}

static void add_number(JsonBuilder *json, const char *name, unsigned number) {
  json_builder_set_member_name(json, name);
  if (number)
    json_builder_add_int_value(json, number);
  else
    json_builder_add_null_value(json);
}

static void add_place(JsonBuilder *json, pk_span span) {
  pk_place place = span.source ? pk_source_place(span.source, span.start) : (pk_place){0};
  add_text(json, "path", span.source ? span.source->path : NULL);
  add_number(json, "line", place.line);
  add_number(json, "column", place.column);
  if (span.source && span.source->is_paged) add_number(json, "page", span.start == PK_WHOLE_FILE ? 0 : span.start + 1);
}

static void add_diagnostic(JsonBuilder *json, const pk_diagnostic *diagnostic) {
  pk_span span = diagnostic->span;
  pk_place end = span.source ? pk_source_place(span.source, MAX(span.start, span.end)) : (pk_place){0};
  json_builder_begin_object(json);
  add_place(json, span);
  add_number(json, "end_line", end.line);
  add_number(json, "end_column", end.column);
  add_text(json, "severity", severity_names[diagnostic->severity]);
  add_text(json, "code", pk_code_lookup(diagnostic->code)->id);
  add_text(json, "message", diagnostic->message);
  add_text(json, "hint", diagnostic->hint);
  json_builder_set_member_name(json, "related");
  if (diagnostic->related_note) {
    json_builder_begin_object(json);
    add_place(json, diagnostic->related);
    add_text(json, "note", diagnostic->related_note);
    json_builder_end_object(json);
  } else {
    json_builder_add_null_value(json);
  }
  json_builder_end_object(json);
}

static void print_json(const pk_diagnostic *const *list, size_t count, GString *out) {
  g_autoptr(JsonBuilder) json = json_builder_new();
  json_builder_begin_array(json);
  for (size_t i = 0; i < count; i++) add_diagnostic(json, list[i]);
  json_builder_end_array(json);
  g_autoptr(JsonNode) root = json_builder_get_root(json);
  g_autofree char *text = json_to_string(root, TRUE);
  g_string_append_printf(out, "%s\n", text);
}

void pk_diag_print(const pk_diag *diag, pk_diag_format format, bool colour, GString *out) {
  size_t count;
  const pk_diagnostic *const *list = pk_diag_list(diag, &count);
  if (format == PK_DIAG_JSON) {
    print_json(list, count, out);
    return;
  }
  for (size_t i = 0; i < count; i++) {
    if (format == PK_DIAG_HUMAN)
      print_human(list[i], colour ? &colours : &no_colours, out);
    else
      print_short(list[i], out);
  }
}
