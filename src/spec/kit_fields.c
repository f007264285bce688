/* The fields of a kit. */
#include <string.h>

#include "spec/load.h"
#include "spec/tables.h"
#include "spec/values.h"

const char *const pk_kit_edition_names[] = {"press", "screen", "office", "proof", "text", "html", NULL};
const char *const pk_kit_format_names[] = {"pdf", "png", NULL};
static const char *const language_names[] = {"en", "sr-Latn", "sr-Cyrl", NULL};

/* ---- lists that know their places -------------------------------------------- */

static bool is_text(const pk_node *node) {
  return node->kind == PK_NODE_SCALAR && !node->is_null && node->size;
}

/* The elements of a list, or the one value that stands for a list of one. */
static const pk_node *const *elements(const pk_node *const *node, size_t *count) {
  bool is_list = (*node)->kind == PK_NODE_SEQUENCE;
  *count = is_list ? (*node)->item_count : 1;
  return is_list ? (*node)->items : node;
}

static bool collect_names(pk_job *job, const pk_field *field, const pk_node *node, pk_kit_names *out) {
  size_t count;
  const pk_node *const *items = elements(&node, &count);
  pk_kit_name *names = PK_NEW_ARRAY(job->arena, pk_kit_name, MAX(count, 1));
  for (size_t i = 0; i < count; i++) {
    if (items[i]->kind != PK_NODE_SCALAR) return pk_field_wrong_type(job, field, items[i], "a text or a list of texts");
    names[i] = (pk_kit_name){items[i]->is_null ? "" : items[i]->text, items[i]->span};
  }
  *out = (pk_kit_names){names, count};
  return true;
}

static bool read_names(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  pk_kit_names *out = pk_value_at(target, field->at);
  if (!collect_names(job, field, node, out)) return false;
  for (size_t i = 0; i < out->count; i++)
    if (!*out->names[i].text) return pk_field_wrong_type(job, field, node, "a name or a list of names");
  return true;
}

static bool read_name(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  if (!is_text(node)) return pk_field_wrong_type(job, field, node, "one name");
  return read_names(job, field, node, target);
}

static bool read_choices(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  size_t count, known = g_strv_length((char **)field->names);
  const pk_node *const *items = elements(&node, &count);
  int *values = PK_NEW_ARRAY(job->arena, int, MAX(count, 1));
  for (size_t i = 0; i < count; i++) {
    if (!is_text(items[i])) return pk_field_wrong_type(job, field, items[i], "a name or a list of names");
    size_t number = 0;
    while (number < known && g_ascii_strcasecmp(field->names[number], items[i]->text) != 0) number++;
    if (number == known)
      return pk_field_unknown(job, PK_CODE_UNKNOWN_VALUE, items[i]->span, field->type_doc, items[i]->text, field->names,
                              known);
    values[i] = (int)number;
  }
  *(pk_kit_choices *)pk_value_at(target, field->at) = (pk_kit_choices){values, count};
  return true;
}

static bool read_conditions(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  if (node->kind != PK_NODE_MAPPING) return pk_field_wrong_type(job, field, node, "columns with their values");
  pk_condition *conditions = PK_NEW_ARRAY(job->arena, pk_condition, MAX(node->pair_count, 1));
  for (size_t i = 0; i < node->pair_count; i++) {
    const pk_pair *pair = &node->pairs[i];
    conditions[i].column = pair->key;
    conditions[i].span = pair->key_span;
    if (!collect_names(job, field, pair->value, &conditions[i].values)) return false;
  }
  *(const pk_condition **)pk_value_at(target, field->at) = conditions;
  *(size_t *)pk_value_at(target, field->count_at) = node->pair_count;
  return true;
}

static bool read_overrides(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  if (node->kind != PK_NODE_MAPPING) return pk_field_wrong_type(job, field, node, "fields of a layout");
  *(const pk_node **)pk_value_at(target, field->at) = node;
  return true;
}

static bool read_data(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  if (!is_text(node)) return pk_field_wrong_type(job, field, node, "the name of a file");
  return pk_spec_existing_path(job, node->text, node->span, pk_value_at(target, field->at));
}

/* ---- the tables ---------------------------------------------------------------- */

#define NAMES_SCHEMA                                                                                                   \
  "{\"oneOf\":[{\"type\":\"string\",\"minLength\":1},{\"type\":\"array\",\"items\":{\"type\":\"string\","              \
  "\"minLength\":1}}]}"
#define CHOICES_SCHEMA(names)                                                                                          \
  "{\"oneOf\":[{\"enum\":[" names "]},{\"type\":\"array\",\"items\":{\"enum\":[" names "]}}]}"
#define CONDITIONS_SCHEMA "{\"type\":\"object\"}"

/* Fields that a kit has for all its documents and each document for itself. */
#define COMMON_FIELDS(AT)                                                                                              \
  {"office",                                                                                                           \
   PK_FIELD_CUSTOM,                                                                                                    \
   "Who publishes: an office file.",                                                                                   \
   .at = AT(office),                                                                                                   \
   .size = sizeof(pk_kit_names),                                                                                       \
   .read = read_name,                                                                                                  \
   .fallback_doc = "the nearest office.yaml upward from the article",                                                  \
   .type_doc = "file name",                                                                                            \
   .schema = "{\"type\":\"string\",\"minLength\":1}"},                                                                 \
      {"languages",                                                                                                    \
       PK_FIELD_CUSTOM,                                                                                                \
       "One piece for each; {language} names it in patterns. [] if the article alone decides.",                        \
       .at = AT(languages),                                                                                            \
       .has_at = AT(has_languages),                                                                                    \
       .names = language_names,                                                                                        \
       .read = read_choices,                                                                                           \
       .fallback_doc = "that of the article",                                                                          \
       .type_doc = "language",                                                                                         \
       .schema = CHOICES_SCHEMA("\"en\",\"sr-Latn\",\"sr-Cyrl\"")},                                                    \
      {"layouts",                                                                                                      \
       PK_FIELD_CUSTOM,                                                                                                \
       "One piece in each: names of layouts, or files.",                                                               \
       .at = AT(layouts),                                                                                              \
       .read = read_names,                                                                                             \
       .fallback_doc = "that of the book, else press-release",                                                         \
       .type_doc = "name or list of names",                                                                            \
       .schema = NAMES_SCHEMA},                                                                                        \
      {"editions",                                                                                                     \
       PK_FIELD_CUSTOM,                                                                                                \
       "One piece for each: press, screen, office, proof, text, html.",                                                \
       .at = AT(editions),                                                                                             \
       .names = pk_kit_edition_names,                                                                                  \
       .read = read_choices,                                                                                           \
       .fallback_doc = "press",                                                                                        \
       .type_doc = "edition",                                                                                          \
       .schema = CHOICES_SCHEMA("\"press\",\"screen\",\"office\",\"proof\",\"text\",\"html\"")},                       \
      {"printers",                                                                                                     \
       PK_FIELD_CUSTOM,                                                                                                \
       "One piece for each: printer profiles of the editions for paper.",                                              \
       .at = AT(printers),                                                                                             \
       .read = read_names,                                                                                             \
       .fallback_doc = "that of the edition",                                                                          \
       .type_doc = "name or list of names",                                                                            \
       .schema = NAMES_SCHEMA},                                                                                        \
      {"formats",                                                                                                      \
       PK_FIELD_CUSTOM,                                                                                                \
       "One piece in each: pdf, png. The editions text and html have but one.",                                        \
       .at = AT(formats),                                                                                              \
       .names = pk_kit_format_names,                                                                                   \
       .read = read_choices,                                                                                           \
       .fallback_doc = "pdf",                                                                                          \
       .type_doc = "format",                                                                                           \
       .schema = CHOICES_SCHEMA("\"pdf\",\"png\"")},                                                                   \
      {"dpi", PK_FIELD_NUMBER, "Resolution of PNG.", .at = AT(dpi), .min = 10, .max = 1200, .fallback_doc = "144"},    \
      {"output",                                                                                                       \
       PK_FIELD_STRING,                                                                                                \
       "The name of each piece without its ending, with {document}, {article}, {language}, {layout}, {edition}, "      \
       "{printer}, {row}, {row.column} and {facts.name}; a slash makes folders.",                                      \
       .at = AT(output),                                                                                               \
       .span_at = AT(output_span),                                                                                     \
       .fallback_doc = "what tells the pieces of the kit apart"},                                                      \
      {"data",                                                                                                         \
       PK_FIELD_CUSTOM,                                                                                                \
       "Rows that fill {row.column}: CSV with a line of names, or JSON Lines.",                                        \
       .at = AT(data),                                                                                                 \
       .span_at = AT(data_span),                                                                                       \
       .read = read_data,                                                                                              \
       .fallback_doc = "none",                                                                                         \
       .type_doc = "file name",                                                                                        \
       .schema = "{\"type\":\"string\",\"minLength\":1}"},                                                             \
      {"rows-per-file",                                                                                                \
       PK_FIELD_INT,                                                                                                   \
       "How many rows of the data go into one file, each with page labels and a bookmark of its own, as a digital "    \
       "press wants them. A worker has as many in memory at a time.",                                                  \
       .at = AT(rows_per_file),                                                                                        \
       .span_at = AT(rows_per_file_span),                                                                              \
       .min = 1,                                                                                                       \
       .max = 10000,                                                                                                   \
       .fallback_doc = "1"},                                                                                           \
      {"bookmark",                                                                                                     \
       PK_FIELD_STRING,                                                                                                \
       "The bookmark of each row where a file holds several; a pattern like output: \"{row.name}\".",                  \
       .at = AT(bookmark),                                                                                             \
       .span_at = AT(bookmark_span),                                                                                   \
       .fallback_doc = "its headline"},                                                                                \
      {"when",                                                                                                         \
       PK_FIELD_CUSTOM,                                                                                                \
       "Only rows that have these values: {column: value}, {column: [value, value]}.",                                 \
       .at = AT(when),                                                                                                 \
       .count_at = AT(when_count),                                                                                     \
       .read = read_conditions,                                                                                        \
       .fallback_doc = "all rows",                                                                                     \
       .type_doc = "columns with values",                                                                              \
       .schema = CONDITIONS_SCHEMA},                                                                                   \
      {"unless",                                                                                                       \
       PK_FIELD_CUSTOM,                                                                                                \
       "Without the rows that have one of these values.",                                                              \
       .at = AT(unless),                                                                                               \
       .count_at = AT(unless_count),                                                                                   \
       .read = read_conditions,                                                                                        \
       .fallback_doc = "no row",                                                                                       \
       .type_doc = "columns with values",                                                                              \
       .schema = CONDITIONS_SCHEMA},                                                                                   \
  {                                                                                                                    \
    "overrides", PK_FIELD_CUSTOM, "Fields of a layout that are laid over each layout.",                                \
        .at = AT(overrides), .read = read_overrides, .fallback_doc = "none", .type_doc = "fields of a layout",         \
        .schema = "{\"type\":\"object\"}"                                                                              \
  }

#define DOCUMENT(member) PK_AT(pk_kit_document, member)
#define ALL(member) PK_AT(pk_kit, all.member)
#define KIT(member) PK_AT(pk_kit, member)

static const pk_field document_fields[] = {
    {"title", PK_FIELD_TEXT, "What it is called on the kit's index page.", .at = DOCUMENT(title),
     .fallback_doc = "its name"},
    {"articles", PK_FIELD_TEXTS,
     "The article or the book, or several of which each is a piece: paths from the kit, one list or one for each "
     "language.",
     .at = DOCUMENT(articles), .count_at = DOCUMENT(article_count), .is_required = true},
    COMMON_FIELDS(DOCUMENT),
};

static const pk_fields document_table = {
    .name = "document",
    .doc =
        "One document, made in every language, layout, edition, printer and format that is named for it. What it does "
        "not say the kit says.",
    .fields = document_fields,
    .count = G_N_ELEMENTS(document_fields),
    .size = sizeof(pk_kit_document),
    .key_at = DOCUMENT(name),
    .span_at = DOCUMENT(span),
    .scalar = "articles",
};

static const pk_field fact_fields[] = {
    {"text", PK_FIELD_TEXT, "What stands in its place.", .at = PK_AT(pk_fact, text), .is_required = true},
};

static const pk_fields fact_table = {
    .name = "fact",
    .doc = "A number, a name or a phrase, kept once and written {facts.name} in texts.",
    .fields = fact_fields,
    .count = G_N_ELEMENTS(fact_fields),
    .size = sizeof(pk_fact),
    .key_at = PK_AT(pk_fact, name),
    .span_at = PK_AT(pk_fact, span),
    .whole = "text",
};

static const pk_field kit_fields[] = {
    {"presskit", PK_FIELD_CUSTOM, "What the file is: kit/1.", .is_required = true, .read = pk_value_accept,
     .type_doc = "`kit/1`", .schema = "{\"const\":\"kit/1\"}"},
    {"title", PK_FIELD_TEXT, "The name of the kit, for its index page.", .at = KIT(title)},
    {"facts", PK_FIELD_MAP, "What is said once and used in all texts as {facts.name}.", .at = KIT(facts),
     .count_at = KIT(fact_count), .table = &fact_table},
    {"documents", PK_FIELD_MAP, "The documents, by names of your own.", .at = KIT(documents),
     .count_at = KIT(document_count), .table = &document_table, .is_required = true},
    COMMON_FIELDS(ALL),
};

const pk_fields pk_kit_fields = {
    .name = "kit",
    .doc = "Documents × languages × layouts × editions × printers × rows of data, made by one command.",
    .fields = kit_fields,
    .count = G_N_ELEMENTS(kit_fields),
    .size = sizeof(pk_kit),
};
