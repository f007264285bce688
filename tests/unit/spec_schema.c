/* What is made of the tables: JSON Schema and the manual's reference. */
#include "spec_kit.h"

#include <json-glib/json-glib.h>

#include "spec/tables.h"

static JsonObject *member(JsonObject *object, const char *name) {
  assert_true(json_object_has_member(object, name));
  return json_object_get_object_member(object, name);
}

/* The mapping among the alternatives of a property. */
static JsonObject *mapping_of(JsonObject *property) {
  JsonArray *choices = json_object_get_array_member(property, "anyOf");
  for (guint i = 0; i < json_array_get_length(choices); i++) {
    JsonObject *choice = json_array_get_object_element(choices, i);
    if (json_object_has_member(choice, "properties")) return choice;
  }
  return json_array_get_object_element(choices, 0);
}

static void every_kind_has_a_schema(void **state) {
  (void)state;
  for (const char *const *kind = pk_spec_kinds(); *kind; kind++) {
    GString *first = g_string_new(NULL), *again = g_string_new(NULL);
    assert_true(pk_spec_schema(*kind, first) && pk_spec_schema(*kind, again));
    assert_string_equal(first->str, again->str);
    JsonNode *root = json_from_string(first->str, NULL);
    assert_non_null(root);
    JsonObject *schema = json_node_get_object(root);
    assert_string_equal(json_object_get_string_member(schema, "$schema"),
                        "https://json-schema.org/draft/2020-12/schema");
    assert_false(json_object_get_boolean_member(schema, "additionalProperties"));
    json_node_unref(root);
    g_string_free(first, TRUE);
    g_string_free(again, TRUE);
  }
  GString *none = g_string_new(NULL);
  assert_false(pk_spec_schema("kitt", none) || pk_spec_reference("kitt", none));
  assert_int_equal(none->len, 0);
  g_string_free(none, TRUE);
}

static void schema_says_what_the_reader_checks(void **state) {
  (void)state;
  GString *text = g_string_new(NULL);
  pk_spec_schema("layout", text);
  JsonNode *root = json_from_string(text->str, NULL);
  JsonObject *schema = json_node_get_object(root);
  JsonArray *required = json_object_get_array_member(schema, "required");
  assert_int_equal(json_array_get_length(required), 1);
  assert_string_equal(json_array_get_string_element(required, 0), "presskit");
  JsonObject *grid = mapping_of(member(member(schema, "properties"), "grid"));
  JsonObject *columns = member(member(grid, "properties"), "columns");
  assert_int_equal(json_object_get_int_member(columns, "default"), 1);
  JsonObject *number = json_array_get_object_element(json_object_get_array_member(columns, "anyOf"), 0);
  assert_string_equal(json_object_get_string_member(number, "type"), "integer");
  assert_int_equal(json_object_get_int_member(number, "minimum"), 1);
  assert_int_equal(json_object_get_int_member(number, "maximum"), 6);
  assert_string_equal(json_object_get_string_member(columns, "description"), "How many columns the text has.");
  json_node_unref(root);
  g_string_free(text, TRUE);
}

static const char good_layout[] =
    "presskit: layout/1\nextends: base\ntitle: {en: One, sr-Latn: Jedan}\n"
    "page: {size: [210mm, 21cm], margins: 20mm, bleed: 0}\n"
    "inks: {text: [0, 0, 0, 100], red: {cmyk: [0, 9, 9, 0], screen: \"#ff0000\"}, blue: ~}\n"
    "fonts: {text: Vollkorn, display: [Source Sans 3, Noto Sans]}\n"
    "styles: {body: {size: 10pt, weight: bold, leading: 1grid, indent: -1em, rule-above: 1pt, ink: ~, marker: 1}}\n"
    "masters: {first: {boxes: {a: {left: 0, right: 10%, top: -3mm, lines: [x, {text: {en: y}, style: body}]}}}}\n"
    "flow: [headline, body]\nlabels: {more: {en: MORE}}\nsmart-quotes: true\n";

static const char good_office[] =
    "presskit: office/1\nname: {en: Drina}\naddress: [Quay 5, {en: Belgrade}]\nphone: 5550100\n"
    "boilerplate: It keeps people in touch.\ncontacts: {media: {email: a@b.example}}\n";

/* What the schema must refuse, one a line, each beside what is required. */
static const char bad_layouts[] = "pgae: {}\n"
                                  "page: {size: A44}\n"
                                  "page: {margins: {top: 20px}}\n"
                                  "grid: {columns: 7}\n"
                                  "inks: {red: {cmyk: [0, 101, 0, 0]}}\n"
                                  "styles: {body: {align: centre}}\n"
                                  "styles: {body: {weight: 1000}}\n"
                                  "masters: {frist: {}}\n"
                                  "flow: [headline]\n"
                                  "labels: {mroe: X}\n"
                                  "title: {de: X}\n";

static const char script[] =
    "import json, sys\n"
    "try:\n"
    "  import jsonschema, yaml\n"
    "except ImportError:\n"
    "  sys.exit(77)\n"
    "folder = sys.argv[1]\n"
    "def validator(kind):\n"
    "  schema = json.load(open(f'{folder}/{kind}.json'))\n"
    "  jsonschema.Draft202012Validator.check_schema(schema)\n"
    "  return jsonschema.Draft202012Validator(schema)\n"
    "for kind in ('layout', 'office'):\n"
    "  faults = list(validator(kind).iter_errors(yaml.safe_load(open(f'{folder}/{kind}.yaml'))))\n"
    "  if faults: sys.exit(f'{kind}: {faults}')\n"
    "for line in open(f'{folder}/bad.yaml'):\n"
    "  document = yaml.safe_load(line) | {'presskit': 'layout/1'}\n"
    "  if validator('layout').is_valid(document): sys.exit('taken: ' + line)\n";

static void schema_validates_as_the_reader_does(void **state) {
  spec_kit *kit = *state;
  for (const char *const *kind = pk_spec_kinds(); *kind; kind++) {
    GString *text = g_string_new(NULL);
    pk_spec_schema(*kind, text);
    g_autofree char *name = g_strconcat(*kind, ".json", NULL);
    spec_kit_file(kit, name, text->str);
    g_string_free(text, TRUE);
  }
  const pk_office *office = NULL;
  assert_int_equal(pk_office_build(&kit->job, spec_kit_file(kit, "office.yaml", good_office), &office), PK_OK);
  spec_kit_file(kit, "layout.yaml", good_layout);
  spec_kit_file(kit, "bad.yaml", bad_layouts);
  pk_layout layout = {0};
  const pk_node *node = spec_kit_parse(kit, good_layout);
  assert_int_equal(pk_fields_read(&kit->job, &pk_layout_fields, node, &layout), PK_OK);
  /* The distribution's own has the modules, whatever comes first in PATH. */
  bool has_own = g_file_test("/usr/bin/python3", G_FILE_TEST_IS_EXECUTABLE);
  g_autofree char *python = has_own ? g_strdup("/usr/bin/python3") : g_find_program_in_path("python3");
  if (!python) skip();
  char *command[] = {python, "-c", (char *)script, kit->folder, NULL};
  g_autofree char *said = NULL;
  int wait_status = 0;
  assert_true(g_spawn_sync(NULL, command, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &said, &wait_status, NULL));
  if (g_spawn_check_wait_status(wait_status, NULL)) return;
  if (WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 77) skip();
  fail_msg("%s", said);
}

static void reference_has_a_row_for_each_field(void **state) {
  (void)state;
  GString *text = g_string_new(NULL);
  assert_true(pk_spec_reference("layout", text));
  assert_non_null(strstr(text->str, "## Layout\n"));
  assert_non_null(strstr(text->str, "### `masters.NAME.boxes.NAME.lines[]`\n"));
  assert_non_null(strstr(text->str, "| `columns` | whole number, 1 to 6 | `1` | How many columns the text has. |\n"));
  assert_non_null(strstr(text->str, "| `align` | `justify` `left` `right` `center` | `justify` |"));
  for (size_t i = 0; i < pk_style_fields.count; i++) {
    g_autofree char *row = g_strdup_printf("| `%s` | ", pk_style_fields.fields[i].name);
    assert_non_null(strstr(text->str, row));
  }
  g_string_free(text, TRUE);
}

/* ---- the tables themselves ----------------------------------------------- */

static void check_table(spec_kit *kit, const pk_fields *table) {
  assert_true(table->size > 0 && table->count <= 64 && table->doc);
  for (size_t i = 0; i < table->count; i++) {
    const pk_field *field = &table->fields[i];
    assert_true(field->doc && g_str_has_suffix(field->doc, ".") | (strchr(field->doc, ':') != NULL));
    if (field->type == PK_FIELD_CUSTOM) assert_true(field->read && field->schema && field->type_doc);
    if (field->type == PK_FIELD_ENUM) assert_non_null(field->names);
    if (field->type == PK_FIELD_STRUCT || field->type == PK_FIELD_STRUCTS || field->type == PK_FIELD_MAP)
      check_table(kit, field->table);
  }
  void *defaults = pk_arena_alloc(kit->job.arena, table->size);
  pk_fields_defaults(&kit->job, table, defaults);
}

static void tables_are_whole_and_their_defaults_valid(void **state) {
  spec_kit *kit = *state;
  check_table(kit, &pk_layout_fields);
  check_table(kit, &pk_office_fields);
  spec_kit_expect(kit, "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      SPEC_TEST(every_kind_has_a_schema),
      SPEC_TEST(schema_says_what_the_reader_checks),
      SPEC_TEST(schema_validates_as_the_reader_does),
      SPEC_TEST(reference_has_a_row_for_each_field),
      SPEC_TEST(tables_are_whole_and_their_defaults_valid),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
