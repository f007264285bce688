/* The tree of nodes: values, places and what is refused. */
#include "spec_kit.h"

static const pk_node *value(const pk_node *map, const char *key) {
  const pk_pair *pair = pk_node_find(map, key);
  assert_non_null(pair);
  return pair->value;
}

static void scalars_stay_text(void **state) {
  const pk_node *root = spec_kit_parse(*state, "a: no\nb: 010\nc: 'it''s'\nd: \"x\\ty\"\ne: 1.50\nf: 2021-06-26\n");
  assert_string_equal(value(root, "a")->text, "no");
  assert_string_equal(value(root, "b")->text, "010");
  assert_string_equal(value(root, "c")->text, "it's");
  assert_string_equal(value(root, "d")->text, "x\ty");
  assert_string_equal(value(root, "e")->text, "1.50");
  assert_string_equal(value(root, "f")->text, "2021-06-26");
}

static void long_texts_are_folded_as_yaml_says(void **state) {
  const pk_node *root = spec_kit_parse(*state, "a: |\n  one\n  two\nb: >\n  one\n  two\nc: one\n  two\n");
  assert_string_equal(value(root, "a")->text, "one\ntwo\n");
  assert_string_equal(value(root, "b")->text, "one two\n");
  assert_string_equal(value(root, "c")->text, "one two");
}

static void single_quoted_texts_are_unquoted_and_folded(void **state) {
  const pk_node *root = spec_kit_parse(*state, "a: 'it''s'\nb: 'one \n  two\r\n\r\n\n  three '\nc: ''\nd: ' x'\n");
  assert_string_equal(value(root, "a")->text, "it's");
  assert_string_equal(value(root, "b")->text, "one two\n\nthree ");
  assert_string_equal(value(root, "c")->text, "");
  assert_string_equal(value(root, "d")->text, " x");
}

static void many_quotes_in_single_quotes_are_read_whole(void **state) {
  GString *text = g_string_new("a: '");
  for (int i = 0; i < 200; i++) g_string_append(text, "x''");
  g_string_append(text, "'\n");
  const pk_node *root = spec_kit_parse(*state, text->str);
  assert_int_equal(value(root, "a")->size, 400);
  assert_string_equal(value(root, "a")->text + 396, "x'x'");
  g_string_free(text, TRUE);
}

static void nulls_are_told_from_empty_texts(void **state) {
  const pk_node *root = spec_kit_parse(*state, "a:\nb: ~\nc: null\nd: \"\"\ne: 'null'\n");
  assert_true(value(root, "a")->is_null);
  assert_true(value(root, "b")->is_null);
  assert_true(value(root, "c")->is_null);
  assert_false(value(root, "d")->is_null);
  assert_false(value(root, "e")->is_null);
}

static void check_place(const pk_node *node, unsigned line, unsigned column, const char *text) {
  pk_place place = pk_source_place(node->span.source, node->span.start);
  assert_int_equal(place.line, line);
  assert_int_equal(place.column, column);
  assert_int_equal(node->span.end - node->span.start, strlen(text));
  assert_memory_equal(node->span.source->text + node->span.start, text, strlen(text));
}

static void spans_cover_values(void **state) {
  const pk_node *root =
      spec_kit_parse(*state, "# note\nж: {en: Ж b, x: \"q\\\"q\"} # note\nlist:\n  - a\n  - [b, c ]\nmap:\n  k: v\n");
  check_place(value(root, "ж"), 2, 4, "{en: Ж b, x: \"q\\\"q\"}");
  check_place(value(value(root, "ж"), "en"), 2, 9, "Ж b");
  check_place(value(value(root, "ж"), "x"), 2, 17, "\"q\\\"q\"");
  check_place(value(root, "list")->items[0], 4, 5, "a");
  check_place(value(root, "list")->items[1], 5, 5, "[b, c ]");
  check_place(value(root, "map"), 7, 3, "k: v");
}

static void region_has_its_places_in_the_whole_file(void **state) {
  spec_kit *kit = *state;
  const char *text = "---\nheadline: One\n---\nBody: [\n";
  const pk_node *root = NULL;
  size_t end = (size_t)(strstr(text, "---\nBody") - text);
  assert_int_equal(pk_node_parse_region(&kit->job, spec_kit_source(kit, text), 4, end, true, &root), PK_OK);
  check_place(value(root, "headline"), 2, 11, "One");
}

static void empty_region_may_be_an_empty_mapping(void **state) {
  spec_kit *kit = *state;
  const pk_source *source = spec_kit_source(kit, "# nothing\n");
  const pk_node *root = NULL;
  assert_int_equal(pk_node_parse_region(&kit->job, source, 0, source->size, true, &root), PK_OK);
  assert_int_equal(root->kind, PK_NODE_MAPPING);
  assert_int_equal(pk_node_parse_region(&kit->job, source, 3, 3, true, &root), PK_OK);
  assert_int_equal(root->pair_count, 0);
}

static void notes_after_an_empty_value_are_notes(void **state) {
  const pk_node *root = spec_kit_parse(*state, "a: # note\nb: ## note\nc: #\nd: #note\n  - e\n");
  assert_true(value(root, "a")->is_null && value(root, "b")->is_null && value(root, "c")->is_null);
  assert_int_equal(value(root, "d")->item_count, 1);
}

static void byte_order_mark_is_skipped(void **state) {
  const pk_node *root = spec_kit_parse(*state, "\xEF\xBB\xBFname: one\n");
  assert_string_equal(root->pairs[0].key, "name");
}

static void windows_line_ends_are_read(void **state) {
  const pk_node *root = spec_kit_parse(*state, "a: one\r\nb: two\r\n");
  assert_string_equal(value(root, "a")->text, "one");
  check_place(value(root, "b"), 2, 4, "two");
}

/* ---- faults -------------------------------------------------------------- */

typedef struct {
  const char *text, *expected;
} fault;

static const fault faults[] = {
    {"", "test.yaml:1:1: error[empty-file]: the file is empty\n"},
    {"# only a note\n", "test.yaml:1:1: error[empty-file]: the file is empty\n"},
    {"a: 1\nb:\n\tc: 2\n",
     "test.yaml:3:1: error[yaml-syntax]: a tab is used to indent this line\n  indent with spaces\n"},
    {"\ta: 1\n", "test.yaml:1:1: error[yaml-syntax]: a tab is used to indent this line\n  indent with spaces\n"},
    {"a: b: c\n", "test.yaml:1:5: error[yaml-syntax]: a text that holds ': ' must be in quotes\n"
                  "  write it as  headline: \"Serbia: a partner\"\n"},
    {"a: \"one\nb: c\n", "test.yaml:1:4: error[yaml-syntax]: a text in double quotes is not closed\n"
                         "  put a \" at its end\n"},
    {"a: [1, 2\n", "test.yaml:2:1: error[yaml-syntax]: a list that begins with '[' is not closed\n"
                   "  put a ']' at its end\n"},
    {"a: {b: 1}}\n", "test.yaml:1:10: error[yaml-syntax]: there is a closing bracket too many\n"},
    {"a: 1\nb\nc: 2\n", "test.yaml:2:1: error[yaml-syntax]: this line has no ':'\n"
                        "  write each field as  name: value\n"},
    {"a: @office\n", "test.yaml:1:4: error[yaml-syntax]: a text that begins with this character must be in quotes\n"},
    {"a: %b\nc: 1\n", "test.yaml:1:4: error[yaml-syntax]: a text that begins with this character must be in quotes\n"},
    {"a: #003087\nb: 1\n", "test.yaml:1:4: error[yaml-syntax]: a text that begins with '#' must be in quotes\n"
                           "  if it is a note, write a space after the '#'\n"},
    {"a: [1,, 2]\n", "test.yaml:1:7: error[yaml-syntax]: there is a comma too many\n"},
    {"a: 1\n  b: 2\n", "test.yaml:1:4: error[yaml-syntax]: this line and the next do not fit together\n"
                       "  a field of its own begins in the same column as those above it; a text that holds ': ' must "
                       "be in quotes\n"},
    {"a: 1\nb: 2\na: 3\n", "test.yaml:3:1: error[duplicate-key]: 'a' is given twice\n"},
    {"a: &x 1\n", "test.yaml:1:5: error[yaml-feature]: anchors ('&name') are not used in presskit's files\n"
                  "  a text that begins with '&' must be in quotes\n"},
    {"a: *x\n", "test.yaml:1:4: error[yaml-feature]: references ('*name') are not used in presskit's files\n"
                "  a text that begins with '*' must be in quotes\n"},
    {"a: !x 1\n", "test.yaml:1:4: error[yaml-feature]: tags ('!name') are not used here\n"
                  "  a text that begins with '!' must be in quotes\n"},
    {"? [a]\n: b\n", "test.yaml:1:3: error[yaml-feature]: the name of a field must be a text\n"},
    {"a: 1\n---\nb: 2\n", "test.yaml:2:1: error[yaml-feature]: a second document begins here; a file holds one\n"},
    {"a: \"x\\0y\"\n", "test.yaml:1:4: error[nul-byte]: the text holds a NUL character\n"},
    {"a: b\nc: \xD0\n", "test.yaml:2:4: error[invalid-utf8]: byte 0xD0 is not UTF-8\n"},
};

static void faults_are_told_at_their_place(void **state) {
  (void)state;
  for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
    void *each = NULL;
    spec_kit_setup(&each);
    assert_null(spec_kit_parse(each, faults[i].text));
    spec_kit_expect_hints(each, faults[i].expected);
    spec_kit_teardown(&each);
  }
}

static void nul_byte_is_told_at_its_place(void **state) {
  spec_kit *kit = *state;
  static const char text[] = "a: b\nc: \0d\n";
  const pk_source *source = pk_source_new(kit->job.arena, "test.yaml", text, sizeof text - 1);
  const pk_node *root = NULL;
  assert_int_equal(pk_node_parse(&kit->job, source, 0, source->size, &root), PK_FAILED);
  spec_kit_expect(kit, "test.yaml:2:4: error[nul-byte]: the file holds a NUL byte\n");
}

static void deep_nesting_is_refused(void **state) {
  spec_kit *kit = *state;
  GString *text = g_string_new("a: ");
  for (int i = 0; i < PK_SPEC_MAX_DEPTH; i++) g_string_append_c(text, '[');
  assert_null(spec_kit_parse(kit, text->str));
  g_string_truncate(text, 3);
  for (int i = 0; i < 100000; i++) g_string_append_c(text, '[');
  assert_null(spec_kit_parse(kit, text->str));
  size_t count;
  const pk_diagnostic *const *list = pk_diag_list(kit->job.diag, &count);
  assert_int_equal(count, 2);
  for (size_t i = 0; i < count; i++) assert_int_equal(list[i]->code, PK_CODE_TOO_DEEP);
  g_string_free(text, TRUE);
}

static void long_mapping_is_checked_for_twins(void **state) {
  spec_kit *kit = *state;
  GString *text = g_string_new(NULL);
  for (int i = 0; i < 5000; i++) g_string_append_printf(text, "k%d: 1\n", i);
  g_string_append(text, "k7: 2\n");
  assert_null(spec_kit_parse(kit, text->str));
  spec_kit_expect(kit, "test.yaml:5001:1: error[duplicate-key]: 'k7' is given twice\n");
  g_string_free(text, TRUE);
}

/* ---- merging ------------------------------------------------------------- */

static void merge_goes_mapping_by_mapping(void **state) {
  spec_kit *kit = *state;
  const pk_node *base = spec_kit_parse(kit, "a: {x: 1, y: 2}\nb: [1, 2]\nc: 3\nd: 4\n");
  const pk_node *over = spec_kit_parse(kit, "d: ~\na: {y: 5, z: 6}\nb: [9]\ne: 7\n");
  const pk_node *merged = pk_node_merge(kit->job.arena, base, over);
  assert_int_equal(merged->pair_count, 5);
  assert_string_equal(value(value(merged, "a"), "x")->text, "1");
  assert_string_equal(value(value(merged, "a"), "y")->text, "5");
  assert_string_equal(value(value(merged, "a"), "z")->text, "6");
  assert_int_equal(value(merged, "b")->item_count, 1);
  assert_string_equal(value(merged, "c")->text, "3");
  assert_true(value(merged, "d")->is_null);
  assert_string_equal(merged->pairs[4].key, "e");
  assert_ptr_equal(value(value(merged, "a"), "x")->span.source, base->span.source);
  assert_ptr_equal(value(value(merged, "a"), "y")->span.source, over->span.source);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      SPEC_TEST(scalars_stay_text),
      SPEC_TEST(long_texts_are_folded_as_yaml_says),
      SPEC_TEST(single_quoted_texts_are_unquoted_and_folded),
      SPEC_TEST(many_quotes_in_single_quotes_are_read_whole),
      SPEC_TEST(nulls_are_told_from_empty_texts),
      SPEC_TEST(spans_cover_values),
      SPEC_TEST(region_has_its_places_in_the_whole_file),
      SPEC_TEST(empty_region_may_be_an_empty_mapping),
      SPEC_TEST(notes_after_an_empty_value_are_notes),
      SPEC_TEST(byte_order_mark_is_skipped),
      SPEC_TEST(windows_line_ends_are_read),
      SPEC_TEST(faults_are_told_at_their_place),
      SPEC_TEST(nul_byte_is_told_at_its_place),
      SPEC_TEST(deep_nesting_is_refused),
      SPEC_TEST(long_mapping_is_checked_for_twins),
      SPEC_TEST(merge_goes_mapping_by_mapping),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
