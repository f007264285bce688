/* The report as JSON, for programs that follow the work of an office. */
#include <json-glib/json-glib.h>

#include "preflight/preflight.h"

static const char *const severities[] = {"note", "warning", "error"};

static void add_text(JsonBuilder *json, const char *name, const char *text) {
  json_builder_set_member_name(json, name);
  g_autofree char *valid = text ? g_utf8_make_valid(text, -1) : NULL;
  if (valid)
    json_builder_add_string_value(json, valid);
  else
    json_builder_add_null_value(json);
}

static void add_number(JsonBuilder *json, const char *name, double value) {
  json_builder_set_member_name(json, name);
  json_builder_add_double_value(json, value);
}

static void add_count(JsonBuilder *json, const char *name, size_t value) {
  json_builder_set_member_name(json, name);
  json_builder_add_int_value(json, (gint64)value);
}

static void add_place(JsonBuilder *json, const pk_finding *f) {
  pk_place place = f->span.source ? pk_source_place(f->span.source, f->span.start) : (pk_place){0};
  add_text(json, "path", f->span.source ? f->span.source->path : NULL);
  if (place.line) add_count(json, "line", place.line);
  if (place.line) add_count(json, "column", place.column);
  if (f->page != PK_WHOLE_FILE) add_count(json, "page", f->page + 1);
  if (f->rect.width <= 0 && f->rect.height <= 0) return;
  json_builder_set_member_name(json, "rectangle_mm");
  json_builder_begin_object(json);
  add_number(json, "left", f->rect.x / PK_PT_PER_MM);
  add_number(json, "top", f->rect.y / PK_PT_PER_MM);
  add_number(json, "width", f->rect.width / PK_PT_PER_MM);
  add_number(json, "height", f->rect.height / PK_PT_PER_MM);
  json_builder_end_object(json);
}

static void add_finding(JsonBuilder *json, const pk_finding *f) {
  json_builder_begin_object(json);
  add_text(json, "code", pk_code_lookup(f->code)->id);
  add_text(json, "severity", severities[f->severity]);
  add_text(json, "message", f->message);
  add_text(json, "hint", f->hint);
  add_count(json, "count", f->count);
  add_place(json, f);
  json_builder_end_object(json);
}

static void add_file(JsonBuilder *json, const pk_preflight_report *file) {
  size_t counts[PK_ERROR + 1] = {0};
  for (size_t i = 0; i < file->findings.count; i++) counts[file->findings.items[i].severity]++;
  json_builder_begin_object(json);
  add_text(json, "path", file->path);
  add_count(json, "pages", file->page_count);
  add_count(json, "errors", counts[PK_ERROR]);
  add_count(json, "warnings", counts[PK_WARNING]);
  json_builder_set_member_name(json, "findings");
  json_builder_begin_array(json);
  for (size_t i = 0; i < file->findings.count; i++) add_finding(json, &file->findings.items[i]);
  json_builder_end_array(json);
  json_builder_end_object(json);
}

void pk_preflight_json(const char *kind, const pk_preflight_report *files, size_t count, const pk_printer *printer,
                       GString *out) {
  g_autoptr(JsonBuilder) json = json_builder_new();
  json_builder_begin_object(json);
  add_text(json, "report", kind);
  if (printer) add_text(json, "printer", printer->name);
  if (printer) add_text(json, "standard", pk_standard_name(printer->standard));
  json_builder_set_member_name(json, "files");
  json_builder_begin_array(json);
  for (size_t i = 0; i < count; i++) add_file(json, &files[i]);
  json_builder_end_array(json);
  json_builder_end_object(json);
  g_autoptr(JsonNode) root = json_builder_get_root(json);
  g_autofree char *text = json_to_string(root, TRUE);
  g_string_append_printf(out, "%s\n", text);
}
