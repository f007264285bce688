/* The generic reader: each type of field, right and wrong. */
#include "spec_kit.h"

typedef struct {
  const char *key;
  pk_text title;
} part;

typedef struct {
  const char *string;
  pk_span string_span;
  pk_text text;
  bool truth;
  int count;
  double ratio, share;
  pk_length length;
  pk_dimension size;
  bool has_size;
  int mood;
  pk_lang lang;
  pk_date day;
  const char *const *words;
  size_t word_count;
  const pk_text *lines;
  size_t line_count;
  const part *parts;
  size_t part_count;
  const part *chapters;
  size_t chapter_count;
  const char *outlet;
  pk_date published;
  bool is_immediate;
  pk_date embargo;
  uint64_t set;
} sample;

#define SAMPLE(member) PK_AT(sample, member)

static const pk_field part_fields[] = {
    {"title", PK_FIELD_TEXT, "A title.", .at = PK_AT(part, title), .is_required = true},
};
static const pk_fields part_table = {.name = "part",
                                     .fields = part_fields,
                                     .count = G_N_ELEMENTS(part_fields),
                                     .size = sizeof(part),
                                     .key_at = PK_AT(part, key),
                                     .scalar = "title"};

static const pk_field published_fields[] = {
    {"outlet", PK_FIELD_STRING, "Who.", .at = SAMPLE(outlet), .is_required = true},
    {"date", PK_FIELD_DATE, "When.", .at = SAMPLE(published)},
};
static const pk_fields published_table = {
    .name = "published", .fields = published_fields, .count = G_N_ELEMENTS(published_fields), .size = sizeof(sample)};

static const pk_field embargo_fields[] = {
    {"embargo", PK_FIELD_DATE, "Not before.", .at = SAMPLE(embargo), .is_required = true},
};

/* `release: immediate` or a mapping, as an article has it. */
static bool read_release(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  sample *into = target;
  into->is_immediate = node->kind == PK_NODE_SCALAR && strcmp(node->text, "immediate") == 0;
  return into->is_immediate || pk_field_wrong_type(job, field, node, "immediate or {embargo: DATE}");
}
static const pk_fields release_table = {.name = "release",
                                        .fields = embargo_fields,
                                        .count = G_N_ELEMENTS(embargo_fields),
                                        .size = sizeof(sample),
                                        .read_other = read_release,
                                        .other_schema = "{\"const\":\"immediate\"}"};

static const char *const moods[] = {"calm", "lively", NULL};

static const pk_field fields[] = {
    {"string", PK_FIELD_STRING, "A text.", .at = SAMPLE(string), .span_at = SAMPLE(string_span)},
    {"text", PK_FIELD_TEXT, "A text by language.", .at = SAMPLE(text)},
    {"truth", PK_FIELD_BOOL, "Yes or no.", .at = SAMPLE(truth), .fallback = "true"},
    {"count", PK_FIELD_INT, "How many.", .at = SAMPLE(count), .min = 1, .max = 6, .fallback = "2"},
    {"ratio", PK_FIELD_NUMBER, "How much.", .at = SAMPLE(ratio)},
    {"share", PK_FIELD_PERCENT, "How much of it.", .at = SAMPLE(share), .fallback = "100%"},
    {"length", PK_FIELD_LENGTH, "How long.", .at = SAMPLE(length), .min = 20 * PK_PT_PER_MM, .max = 200 * PK_PT_PER_MM},
    {"size", PK_FIELD_DIMENSION, "How large.", .at = SAMPLE(size), .has_at = SAMPLE(has_size),
     .units = PK_UNITS_ABSOLUTE | PK_UNITS_EM, .min = 2, .max = 500, .fallback = "10pt"},
    {"mood", PK_FIELD_ENUM, "How.", .at = SAMPLE(mood), .names = moods, .min = 5, .fallback = "lively"},
    {"lang", PK_FIELD_LANG, "The language.", .at = SAMPLE(lang)},
    {"day", PK_FIELD_DATE, "The day.", .at = SAMPLE(day)},
    {"words", PK_FIELD_STRINGS, "Words.", .at = SAMPLE(words), .count_at = SAMPLE(word_count)},
    {"lines", PK_FIELD_TEXTS, "Lines.", .at = SAMPLE(lines), .count_at = SAMPLE(line_count)},
    {"parts", PK_FIELD_MAP, "Parts.", .at = SAMPLE(parts), .count_at = SAMPLE(part_count), .table = &part_table},
    {"chapters", PK_FIELD_STRUCTS, "Chapters.", .at = SAMPLE(chapters), .count_at = SAMPLE(chapter_count),
     .table = &part_table},
    {"published", PK_FIELD_STRUCT, "Where.", .is_flat = true, .table = &published_table},
    {"release", PK_FIELD_STRUCT, "When it may be used.", .is_flat = true, .table = &release_table},
};

static const pk_fields table = {
    .name = "sample", .fields = fields, .count = G_N_ELEMENTS(fields), .size = sizeof(sample), .set_at = SAMPLE(set)};

static pk_status read_sample(spec_kit *kit, const char *text, sample *out) {
  *out = (sample){0};
  const pk_node *root = spec_kit_parse(kit, text);
  assert_non_null(root);
  return pk_fields_read(&kit->job, &table, root, out);
}

static void every_type_is_read(void **state) {
  sample in;
  assert_int_equal(read_sample(*state,
                               "string: no\ntext: {en: Hi, sr-cyrl: Здраво}\ntruth: off\ncount: 6\nratio: -1.5\n"
                               "share: 25%\nlength: 3cm\nsize: 1.5em\nmood: calm\nlang: SR-latn\nday: 2024-02-29\n"
                               "words: [a, b]\nlines: [One, {en: Two}]\nparts: {x: X, y: {title: {en: Y}}}\n"
                               "chapters: [{en: I}, {title: II}]\npublished: {outlet: Daily, date: 2021-06-26}\n"
                               "release: {embargo: 2021-06-26T06:00+02:00}\n",
                               &in),
                   PK_OK);
  assert_string_equal(in.string, "no");
  assert_int_equal(in.string_span.end - in.string_span.start, 2);
  assert_string_equal(pk_text_lookup(&in.text, PK_LANG_SR_CYRL, NULL), "Здраво");
  assert_null(pk_text_lookup(&in.text, PK_LANG_SR_LATN, NULL));
  assert_false(in.truth);
  assert_int_equal(in.count, 6);
  assert_true(in.ratio == -1.5 && in.share == 0.25);
  assert_true(in.length > 85.03 && in.length < 85.04);
  assert_true(in.has_size && in.size.value == 1.5 && in.size.unit == PK_UNIT_EM);
  assert_int_equal(in.mood, 5);
  assert_int_equal(in.lang, PK_LANG_SR_LATN);
  assert_true(in.day.is_given && in.day.month == 2 && in.day.day == 29 && !in.day.has_time);
  assert_int_equal(in.word_count, 2);
  assert_string_equal(in.words[1], "b");
  assert_int_equal(in.line_count, 2);
  assert_string_equal(in.lines[1].in[PK_LANG_EN], "Two");
  assert_string_equal(in.parts[0].key, "x");
  assert_string_equal(in.parts[0].title.any, "X");
  assert_string_equal(in.parts[1].title.in[PK_LANG_EN], "Y");
  assert_string_equal(in.chapters[0].title.in[PK_LANG_EN], "I");
  assert_string_equal(in.chapters[1].title.any, "II");
  assert_string_equal(in.outlet, "Daily");
  assert_int_equal(in.published.year, 2021);
  assert_false(in.is_immediate);
  assert_true(in.embargo.has_time && in.embargo.hour == 6 && in.embargo.offset_minutes == 120);
}

static void missing_and_null_fields_have_their_defaults(void **state) {
  sample in;
  assert_int_equal(read_sample(*state, "count:\nstring: ~\nrelease: immediate\n", &in), PK_OK);
  assert_null(in.string);
  assert_true(in.truth && in.is_immediate && !in.has_size);
  assert_int_equal(in.count, 2);
  assert_true(in.share == 1 && in.size.value == 10);
  assert_int_equal(in.mood, 6);
  assert_int_equal(in.lang, PK_LANG_NONE);
  assert_false(in.day.is_given);
  assert_int_equal(in.set, 1 | 1 << 3 | 1 << 16);
}

static void lists_may_be_one_text_or_go_by_language(void **state) {
  sample in;
  assert_int_equal(
      read_sample(*state, "words: one\nlines: {en: [Street 1, Town], sr-Cyrl: [Улица 1, Град, Земља]}\n", &in), PK_OK);
  assert_int_equal(in.word_count, 1);
  assert_string_equal(in.words[0], "one");
  assert_int_equal(in.line_count, 3);
  assert_string_equal(in.lines[0].in[PK_LANG_EN], "Street 1");
  assert_string_equal(in.lines[1].in[PK_LANG_SR_CYRL], "Град");
  assert_null(in.lines[2].in[PK_LANG_EN]);
}

static void last_line_break_of_a_block_text_is_dropped(void **state) {
  sample in;
  assert_int_equal(read_sample(*state, "string: |\n  one\n  two\n", &in), PK_OK);
  assert_string_equal(in.string, "one\ntwo");
}

static void overlay_copies_what_is_set(void **state) {
  sample base, over;
  read_sample(*state, "string: base\ncount: 3\nwords: [a]\nsize: 12pt\n", &base);
  read_sample(*state, "count: 4\nwords: [b, c]\nsize: ~\n", &over);
  pk_fields_overlay(&table, &base, &over);
  assert_string_equal(base.string, "base");
  assert_int_equal(base.count, 4);
  assert_int_equal(base.word_count, 2);
  assert_true(base.size.value == 10);
}

/* ---- faults -------------------------------------------------------------- */

typedef struct {
  const char *text, *expected;
} fault;

static const fault faults[] = {
    {"strnig: a\n", "test.yaml:1:1: error[unknown-field]: there is no field of sample 'strnig'\n"
                    "  did you mean 'string'?\n"},
    {"string: [a]\n", "test.yaml:1:9: error[wrong-type]: 'string' takes a text, not a list\n"},
    {"string: \"\"\n", "test.yaml:1:9: error[wrong-type]: 'string' takes a text, not an empty text\n"},
    {"text: {eng: a}\n", "test.yaml:1:8: error[unknown-language]: there is no language 'eng'\n  did you mean 'en'?\n"},
    {"text: {sr: a}\n", "test.yaml:1:8: error[unknown-language]: there is no language 'sr'\n"
                        "  Serbian is sr-Latn in Latin letters, sr-Cyrl in Cyrillic ones\n"},
    {"text: {en: a, EN: b}\n", "test.yaml:1:15: error[duplicate-key]: 'EN' is given twice\n"},
    {"text: {en: [a]}\n", "test.yaml:1:12: error[wrong-type]: 'text' takes a text for each language, not a list\n"},
    {"text: [a]\n", "test.yaml:1:7: error[wrong-type]: 'text' takes a text, or one for each language, not a list\n"},
    {"truth: maybe\n", "test.yaml:1:8: error[wrong-type]: 'truth' takes true or false, not 'maybe'\n"},
    {"count: two\n", "test.yaml:1:8: error[wrong-type]: 'count' takes a whole number, not 'two'\n"},
    {"count: 2.5\n", "test.yaml:1:8: error[wrong-type]: 'count' takes a whole number, not '2.5'\n"},
    {"count: 9\n", "test.yaml:1:8: error[out-of-range]: 'count' is 9; it may be 1 to 6\n"},
    {"count: 99999999999999999999\n",
     "test.yaml:1:8: error[wrong-type]: 'count' takes a whole number, not '99999999999999999999'\n"},
    {"ratio: 0x10\n", "test.yaml:1:8: error[wrong-type]: 'ratio' takes a number, not '0x10'\n"},
    {"ratio: .inf\n", "test.yaml:1:8: error[wrong-type]: 'ratio' takes a number, not '.inf'\n"},
    {"share: 120%\n", "test.yaml:1:8: error[out-of-range]: 'share' is 120%; it may be 0% to 100%\n"},
    {"share: 10pt\n", "test.yaml:1:8: error[wrong-unit]: 'share' is 10pt; its units are %\n"},
    {"length: 30\n", "test.yaml:1:9: error[missing-unit]: 'length' is 30 without a unit\n"
                     "  its units are pt, mm, cm or in\n"},
    {"length: 2em\n", "test.yaml:1:9: error[wrong-unit]: 'length' is 2em; its units are pt, mm, cm or in\n"},
    {"length: 12px\n", "test.yaml:1:9: error[wrong-unit]: 'length' is 12px; its units are pt, mm, cm or in\n"},
    {"length: wide\n", "test.yaml:1:9: error[wrong-type]: 'length' takes a length with its unit, not 'wide'\n"},
    {"length: 19mm\n", "test.yaml:1:9: error[out-of-range]: 'length' is 19mm; it may be 20mm to 200mm\n"},
    {"size: 26cm\n", "test.yaml:1:7: error[out-of-range]: 'size' is 26cm; it may be 2pt to 500pt\n"},
    {"size: -1em\n", "test.yaml:1:7: error[out-of-range]: 'size' is -1em; it may be 0em to 100em\n"},
    {"mood: livley\n", "test.yaml:1:7: error[unknown-value]: 'mood' cannot be 'livley'; it takes calm or lively\n"
                       "  did you mean 'lively'?\n"},
    {"lang: de\n",
     "test.yaml:1:7: error[unknown-language]: there is no language 'de'\n  it can be en, sr-Latn or sr-Cyrl\n"},
    {"day: 26.6.2021\n", "test.yaml:1:6: error[bad-date]: 'day' takes a date, not '26.6.2021'\n"
                         "  write it as 2021-06-26, with a time as 2021-06-26T06:00+02:00\n"},
    {"day: 2023-02-29\n", "test.yaml:1:6: error[bad-date]: 'day' is '2023-02-29', which the calendar does not have\n"},
    {"day: 2021-06-26T06:00\n", "test.yaml:1:6: error[bad-date]: 'day' has a time without its zone\n"
                                "  write 2021-06-26T06:00+02:00 for Belgrade in summer, +01:00 in winter\n"},
    {"words: {a: b}\n", "test.yaml:1:8: error[wrong-type]: 'words' takes a list of texts, not a mapping\n"},
    {"words: [a, [b]]\n", "test.yaml:1:12: error[wrong-type]: 'words' takes a text, not a list\n"},
    {"parts: [a]\n", "test.yaml:1:8: error[wrong-type]: 'parts' takes a mapping of names, not a list\n"},
    {"parts: {x: {}}\n", "test.yaml:1:9: error[missing-field]: 'title' is missing from part\n  title: A title.\n"},
    {"chapters: a\n", "test.yaml:1:11: error[wrong-type]: 'chapters' takes a list, not 'a'\n"},
    {"published: {date: 2021-06-26}\n",
     "test.yaml:1:1: error[missing-field]: 'outlet' is missing from published\n  outlet: Who.\n"},
    {"published: Daily\n", "test.yaml:1:12: error[wrong-type]: 'published' takes a mapping of fields, not 'Daily'\n"},
    {"release: later\n",
     "test.yaml:1:10: error[wrong-type]: 'release' takes immediate or {embargo: DATE}, not 'later'\n"},
    {"- a\n", "test.yaml:1:1: error[wrong-type]: 'sample' takes a mapping of fields, not a list\n"},
};

static void faults_name_what_is_accepted(void **state) {
  (void)state;
  for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
    void *each = NULL;
    sample in;
    spec_kit_setup(&each);
    assert_int_equal(read_sample(each, faults[i].text, &in), PK_FAILED);
    spec_kit_expect_hints(each, faults[i].expected);
    spec_kit_teardown(&each);
  }
}

static void all_faults_are_told_in_one_pass(void **state) {
  spec_kit *kit = *state;
  sample in;
  assert_int_equal(read_sample(kit, "count: 9\nwrods: a\nmood: sad\nsize: 12\ntruth: yes\n", &in), PK_FAILED);
  spec_kit_expect(kit, "test.yaml:1:8: error[out-of-range]: 'count' is 9; it may be 1 to 6\n"
                       "test.yaml:2:1: error[unknown-field]: there is no field of sample 'wrods'\n"
                       "test.yaml:3:7: error[unknown-value]: 'mood' cannot be 'sad'; it takes calm or lively\n"
                       "test.yaml:4:7: error[missing-unit]: 'size' is 12 without a unit\n");
  assert_true(in.truth);
}

static void long_values_are_cut_in_messages(void **state) {
  spec_kit *kit = *state;
  sample in;
  read_sample(kit, "count: ШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШ\n", &in);
  spec_kit_expect(kit, "test.yaml:1:8: error[wrong-type]: 'count' takes a whole number, not "
                       "'ШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШШ...'\n");
}

static void many_unknown_fields_end_soon(void **state) {
  spec_kit *kit = *state;
  GString *text = g_string_new(NULL);
  for (int i = 0; i < 20000; i++) g_string_append_printf(text, "some-field-%d: 1\n", i);
  sample in;
  assert_int_equal(read_sample(kit, text->str, &in), PK_FAILED);
  assert_int_equal(pk_diag_count(kit->job.diag, PK_ERROR), 20000);
  g_string_free(text, TRUE);
}

/* ---- dates --------------------------------------------------------------- */

static void dates_are_checked_by_the_calendar(void **state) {
  (void)state;
  static const struct {
    const char *text;
    pk_date_error error;
  } cases[] = {
      {"2021-06-26", PK_DATE_OK},
      {"2021-06-26T06:00+02:00", PK_DATE_OK},
      {"2021-06-26 06:00 +02:00", PK_DATE_OK},
      {"2021-06-26T04:00Z", PK_DATE_OK},
      {"2021-06-26T04:00:30Z", PK_DATE_OK},
      {"2000-02-29", PK_DATE_OK},
      {"1900-02-29", PK_DATE_NO_SUCH},
      {"2021-13-01", PK_DATE_NO_SUCH},
      {"2021-00-10", PK_DATE_NO_SUCH},
      {"0000-01-01", PK_DATE_NO_SUCH},
      {"2021-06-26T24:00Z", PK_DATE_NO_SUCH},
      {"2021-06-26T06:00+15:00", PK_DATE_NO_SUCH},
      {"2021-06-26T06:00", PK_DATE_NO_ZONE},
      {"2021-6-26", PK_DATE_BAD_FORM},
      {"2021-06-26x", PK_DATE_BAD_FORM},
      {"2021-06-26T06+02:00", PK_DATE_BAD_FORM},
      {"", PK_DATE_BAD_FORM},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    pk_date date = {.year = -1};
    assert_int_equal(pk_date_parse(cases[i].text, &date), cases[i].error);
    assert_int_equal(date.is_given, cases[i].error == PK_DATE_OK);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      SPEC_TEST(every_type_is_read),
      SPEC_TEST(missing_and_null_fields_have_their_defaults),
      SPEC_TEST(lists_may_be_one_text_or_go_by_language),
      SPEC_TEST(last_line_break_of_a_block_text_is_dropped),
      SPEC_TEST(overlay_copies_what_is_set),
      SPEC_TEST(faults_name_what_is_accepted),
      SPEC_TEST(all_faults_are_told_in_one_pass),
      SPEC_TEST(long_values_are_cut_in_messages),
      SPEC_TEST(many_unknown_fields_end_soon),
      cmocka_unit_test(dates_are_checked_by_the_calendar),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
