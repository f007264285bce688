#include "spec/values.h"

#include <math.h>
#include <string.h>

#include "spec/load.h"

/* What a relative unit may come to at most, where the field sets no tighter
 * limit: nothing on a page is larger. */
enum { MOST_EM = 100, MOST_GRID = 500 };

static const char *const language_tags[] = {"en", "sr-Latn", "sr-Cyrl"};
G_STATIC_ASSERT(G_N_ELEMENTS(language_tags) == PK_LANG_COUNT);

static bool out_of_range(pk_job *job, const pk_field *field, const pk_node *node, const char *min, const char *max) {
  pk_diag_add(job->diag, PK_CODE_OUT_OF_RANGE, node->span, "'%s' is %s; it may be %s to %s", field->name, node->text,
              min, max);
  return false;
}

static bool has_limits(const pk_field *field) {
  return field->min != 0 || field->max != 0;
}

static bool check_range(pk_job *job, const pk_field *field, const pk_node *node, double value) {
  if (!has_limits(field) || (value >= field->min - 1e-9 && value <= field->max + 1e-9)) return true;
  return out_of_range(job, field, node, pk_value_limit(job->arena, field, field->min),
                      pk_value_limit(job->arena, field, field->max));
}

/* ---- words --------------------------------------------------------------- */

/* A block text ("|") ends in a line break that nobody meant. */
static const char *without_last_breaks(pk_job *job, const pk_node *node) {
  size_t size = node->size;
  while (size && node->text[size - 1] == '\n') size--;
  return size == node->size ? node->text : pk_arena_strndup(job->arena, node->text, size);
}

static bool is_blank(const char *text) {
  return text[strspn(text, " \t\r\n")] == 0;
}

static bool read_string(pk_job *job, const pk_field *field, const pk_node *node, const char **out) {
  if (node->kind != PK_NODE_SCALAR || node->is_null || (!field->may_be_empty && is_blank(node->text)))
    return pk_field_wrong_type(job, field, node, "a text");
  *out = without_last_breaks(job, node);
  return true;
}

static bool read_bool(pk_job *job, const pk_field *field, const pk_node *node, bool *out) {
  static const char *const words[][2] = {{"false", "true"}, {"no", "yes"}, {"off", "on"}};
  for (size_t i = 0; node->kind == PK_NODE_SCALAR && i < G_N_ELEMENTS(words); i++)
    for (int value = 0; value < 2; value++)
      if (g_ascii_strcasecmp(node->text, words[i][value]) == 0) {
        *out = value;
        return true;
      }
  return pk_field_wrong_type(job, field, node, "true or false");
}

static bool read_enum(pk_job *job, const pk_field *field, const pk_node *node, int *out) {
  size_t count = 0;
  while (field->names[count]) count++;
  const char *accepted = pk_value_list(job->arena, field->names, count);
  if (node->kind != PK_NODE_SCALAR || node->is_null) return pk_field_wrong_type(job, field, node, accepted);
  for (size_t i = 0; i < count; i++)
    if (strcmp(node->text, field->names[i]) == 0) {
      *out = (int)field->min + (int)i;
      return true;
    }
  pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_UNKNOWN_VALUE, node->span, "'%s' cannot be '%s'; it takes %s",
                                      field->name, node->text, accepted);
  const char *nearest = pk_diag_nearest(node->text, field->names, count);
  if (nearest) pk_diag_hint(job->diag, raised, "did you mean '%s'?", nearest);
  return false;
}

static pk_lang read_language(pk_job *job, const char *tag, pk_span span) {
  pk_lang lang = pk_lang_from_tag(tag);
  if (lang != PK_LANG_NONE) return lang;
  pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_UNKNOWN_LANGUAGE, span, "there is no language '%s'", tag);
  const char *nearest = pk_diag_nearest(tag, language_tags, PK_LANG_COUNT);
  if (g_ascii_strncasecmp(tag, "sr", 2) == 0 || g_ascii_strncasecmp(tag, "srp", 3) == 0)
    pk_diag_hint(job->diag, raised, "Serbian is sr-Latn in Latin letters, sr-Cyrl in Cyrillic ones");
  else if (nearest)
    pk_diag_hint(job->diag, raised, "did you mean '%s'?", nearest);
  else
    pk_diag_hint(job->diag, raised, "it can be %s", pk_value_list(job->arena, language_tags, PK_LANG_COUNT));
  return PK_LANG_NONE;
}

static bool read_lang(pk_job *job, const pk_field *field, const pk_node *node, pk_lang *out) {
  if (node->kind != PK_NODE_SCALAR || node->is_null)
    return pk_field_wrong_type(job, field, node, pk_value_list(job->arena, language_tags, PK_LANG_COUNT));
  pk_lang lang = read_language(job, node->text, node->span);
  if (lang == PK_LANG_NONE) return false;
  *out = lang;
  return true;
}

static bool read_date(pk_job *job, const pk_field *field, const pk_node *node, pk_date *out) {
  if (node->kind != PK_NODE_SCALAR || node->is_null)
    return pk_field_wrong_type(job, field, node, "a date such as 2021-06-26");
  pk_diagnostic *raised;
  switch (pk_date_parse(node->text, out)) {
  case PK_DATE_OK: return true;
  case PK_DATE_NO_SUCH:
    pk_diag_add(job->diag, PK_CODE_BAD_DATE, node->span, "'%s' is '%s', which the calendar does not have", field->name,
                node->text);
    return false;
  case PK_DATE_NO_ZONE:
    raised = pk_diag_add(job->diag, PK_CODE_BAD_DATE, node->span, "'%s' has a time without its zone", field->name);
    pk_diag_hint(job->diag, raised, "write %s+02:00 for Belgrade in summer, +01:00 in winter", node->text);
    return false;
  case PK_DATE_BAD_FORM: break;
  }
  raised = pk_diag_add(job->diag, PK_CODE_BAD_DATE, node->span, "'%s' takes a date, not '%s'", field->name, node->text);
  pk_diag_hint(job->diag, raised, "write it as 2021-06-26, with a time as 2021-06-26T06:00+02:00");
  return false;
}

/* ---- numbers ------------------------------------------------------------- */

static bool read_number(pk_job *job, const pk_field *field, const pk_node *node, double *out) {
  char *end = NULL;
  bool is_plain = node->kind == PK_NODE_SCALAR && node->size && strspn(node->text, "+-.0123456789") == node->size;
  double value = is_plain ? g_ascii_strtod(node->text, &end) : 0;
  if (!is_plain || *end || !isfinite(value)) return pk_field_wrong_type(job, field, node, "a number");
  if (!check_range(job, field, node, value)) return false;
  *out = value;
  return true;
}

static bool read_int(pk_job *job, const pk_field *field, const pk_node *node, int *out) {
  gint64 value = 0;
  if (node->kind != PK_NODE_SCALAR || !g_ascii_string_to_signed(node->text, 10, -999999999, 999999999, &value, NULL))
    return pk_field_wrong_type(job, field, node, "a whole number");
  if (!check_range(job, field, node, (double)value)) return false;
  *out = (int)value;
  return true;
}

static bool wrong_unit(pk_job *job, const pk_field *field, const pk_node *node) {
  pk_diag_add(job->diag, PK_CODE_WRONG_UNIT, node->span, "'%s' is %s; its units are %s", field->name, node->text,
              pk_value_units(job->arena, field));
  return false;
}

/* Limits of the units whose worth is not known yet. A field that cannot be
 * negative in points cannot be so in any unit. */
static bool check_relative(pk_job *job, const pk_field *field, const pk_node *node, pk_dimension value) {
  bool is_share = field->type == PK_FIELD_PERCENT;
  double most = value.unit == PK_UNIT_EM     ? MOST_EM
                : value.unit == PK_UNIT_GRID ? MOST_GRID
                : is_share                   ? field->max
                                             : 100;
  const char *unit = value.unit == PK_UNIT_EM ? "em" : value.unit == PK_UNIT_GRID ? "grid" : "%";
  double least = is_share ? field->min : has_limits(field) && field->min >= 0 ? 0 : -most;
  if (value.value >= least && value.value <= most) return true;
  return out_of_range(job, field, node, pk_arena_printf(job->arena, "%.0f%s", least, unit),
                      pk_arena_printf(job->arena, "%.0f%s", most, unit));
}

static bool read_dimension(pk_job *job, const pk_field *field, const pk_node *node, unsigned units, pk_dimension *out) {
  const char *accepted = units == PK_UNITS_PERCENT ? "a percentage such as 60%" : "a length with its unit";
  if (node->kind != PK_NODE_SCALAR || node->is_null) return pk_field_wrong_type(job, field, node, accepted);
  pk_dimension value;
  pk_diagnostic *raised;
  switch (pk_dimension_parse(node->text, &value)) {
  case PK_DIMENSION_OK: break;
  case PK_DIMENSION_NO_NUMBER: return pk_field_wrong_type(job, field, node, accepted);
  case PK_DIMENSION_BAD_UNIT: return wrong_unit(job, field, node);
  case PK_DIMENSION_NO_UNIT:
    raised =
        pk_diag_add(job->diag, PK_CODE_MISSING_UNIT, node->span, "'%s' is %s without a unit", field->name, node->text);
    pk_diag_hint(job->diag, raised, "its units are %s", pk_value_units(job->arena, field));
    return false;
  }
  bool is_zero = value.value == 0 && value.unit == PK_UNIT_PT;
  if (!(units & (1U << value.unit)) && !is_zero) return wrong_unit(job, field, node);
  if (value.unit == PK_UNIT_PT ? !check_range(job, field, node, value.value) : !check_relative(job, field, node, value))
    return false;
  *out = value;
  return true;
}

static bool read_length(pk_job *job, const pk_field *field, const pk_node *node, pk_length *out) {
  pk_dimension value;
  if (!read_dimension(job, field, node, PK_UNITS_ABSOLUTE, &value)) return false;
  *out = value.value;
  return true;
}

static bool read_percent(pk_job *job, const pk_field *field, const pk_node *node, double *out) {
  pk_field bounded = *field;
  if (!has_limits(field)) bounded.max = 100;
  pk_dimension value;
  if (!read_dimension(job, &bounded, node, PK_UNITS_PERCENT, &value)) return false;
  *out = value.value / 100;
  return true;
}

/* ---- texts in languages -------------------------------------------------- */

bool pk_value_is_languages(const pk_node *node) {
  if (node->kind != PK_NODE_MAPPING || !node->pair_count) return false;
  return pk_lang_from_tag(node->pairs[0].key) != PK_LANG_NONE;
}

static bool is_text_in(const pk_text *text, pk_lang lang) {
  return text->in[lang] != NULL;
}

static bool read_text(pk_job *job, const pk_field *field, const pk_node *node, pk_text *out) {
  static const char accepted[] = "a text, or one for each language";
  if (node->kind == PK_NODE_SCALAR) {
    if (is_blank(node->text) && !field->may_be_empty) return pk_field_wrong_type(job, field, node, accepted);
    out->any = without_last_breaks(job, node);
    out->any_span = node->span;
    return true;
  }
  if (node->kind != PK_NODE_MAPPING) return pk_field_wrong_type(job, field, node, accepted);
  bool is_fine = true;
  for (size_t i = 0; i < node->pair_count; i++) {
    const pk_pair *pair = &node->pairs[i];
    pk_lang lang = read_language(job, pair->key, pair->key_span);
    if (lang == PK_LANG_NONE) {
      is_fine = false;
    } else if (is_text_in(out, lang)) {
      pk_diag_add(job->diag, PK_CODE_DUPLICATE_KEY, pair->key_span, "'%s' is given twice", pair->key);
      is_fine = false;
    } else if (pair->value->kind != PK_NODE_SCALAR) {
      is_fine = pk_field_wrong_type(job, field, pair->value, "a text for each language");
    } else if (!pair->value->is_null) {
      out->in[lang] = without_last_breaks(job, pair->value);
      out->in_span[lang] = pair->value->span;
    }
  }
  return is_fine;
}

/* ---- lists --------------------------------------------------------------- */

static bool read_strings(pk_job *job, const pk_field *field, const pk_node *node, const char *const **out,
                         size_t *count) {
  bool is_list = node->kind == PK_NODE_SEQUENCE, is_fine = true;
  if (!is_list && (node->kind != PK_NODE_SCALAR || node->is_null))
    return pk_field_wrong_type(job, field, node, "a list of texts");
  size_t room = is_list ? node->item_count : 1;
  const char **texts = PK_NEW_ARRAY(job->arena, const char *, room + 1);
  for (size_t i = 0; i < room; i++)
    if (!read_string(job, field, is_list ? node->items[i] : node, &texts[i])) is_fine = false;
  if (!is_fine) return false;
  *out = texts;
  *count = room;
  return true;
}

/* `{en: [Street 1, Town], sr-Latn: [...]}`: line i of each language is one text. */
static bool read_texts_by_language(pk_job *job, const pk_field *field, const pk_node *node, pk_text *texts) {
  bool is_fine = true;
  for (size_t i = 0; i < node->pair_count; i++) {
    const pk_pair *pair = &node->pairs[i];
    pk_lang lang = read_language(job, pair->key, pair->key_span);
    const char *const *lines = NULL;
    size_t count = 0;
    if (lang == PK_LANG_NONE || !read_strings(job, field, pair->value, &lines, &count)) {
      is_fine = false;
      continue;
    }
    for (size_t line = 0; line < count; line++) {
      texts[line].in[lang] = lines[line];
      texts[line].in_span[lang] =
          pair->value->kind == PK_NODE_SEQUENCE ? pair->value->items[line]->span : pair->value->span;
    }
  }
  return is_fine;
}

static bool read_texts(pk_job *job, const pk_field *field, const pk_node *node, const pk_text **out, size_t *count) {
  bool is_fine = true;
  size_t room = 1;
  if (node->kind == PK_NODE_SEQUENCE) room = node->item_count;
  for (size_t i = 0; i < node->pair_count; i++) room = MAX(room, node->pairs[i].value->item_count);
  pk_text *texts = PK_NEW_ARRAY(job->arena, pk_text, room);
  if (node->kind == PK_NODE_MAPPING) {
    is_fine = read_texts_by_language(job, field, node, texts);
  } else if (node->kind == PK_NODE_SCALAR) {
    is_fine = read_text(job, field, node, texts);
  } else {
    for (size_t i = 0; i < room; i++)
      if (!read_text(job, field, node->items[i], &texts[i])) is_fine = false;
  }
  if (!is_fine) return false;
  *out = texts;
  *count = room;
  return true;
}

/* ---- any value ----------------------------------------------------------- */

/* A value of any type, for fields that are checked and not kept. */
typedef union {
  const char *string;
  pk_text text;
  bool boolean;
  int number;
  double real;
  pk_dimension dimension;
  pk_lang lang;
  pk_date date;
  const void *list;
} any_value;

size_t pk_value_size(const pk_field *field) {
  switch (field->type) {
  case PK_FIELD_TEXT: return sizeof(pk_text);
  case PK_FIELD_BOOL: return sizeof(bool);
  case PK_FIELD_INT:
  case PK_FIELD_ENUM: return sizeof(int);
  case PK_FIELD_NUMBER:
  case PK_FIELD_LENGTH:
  case PK_FIELD_PERCENT: return sizeof(double);
  case PK_FIELD_DIMENSION: return sizeof(pk_dimension);
  case PK_FIELD_LANG: return sizeof(pk_lang);
  case PK_FIELD_DATE: return sizeof(pk_date);
  case PK_FIELD_STRUCT: return field->table->size;
  case PK_FIELD_CUSTOM: return field->size;
  default: return sizeof(void *);
  }
}

bool pk_value_read(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  any_value unkept = {0};
  size_t unkept_count = 0;
  void *slot = field->at ? pk_value_at(target, field->at) : &unkept;
  size_t *count = field->count_at ? pk_value_at(target, field->count_at) : &unkept_count;
  switch (field->type) {
  case PK_FIELD_STRING: return read_string(job, field, node, slot);
  case PK_FIELD_TEXT: return read_text(job, field, node, slot);
  case PK_FIELD_BOOL: return read_bool(job, field, node, slot);
  case PK_FIELD_INT: return read_int(job, field, node, slot);
  case PK_FIELD_NUMBER: return read_number(job, field, node, slot);
  case PK_FIELD_LENGTH: return read_length(job, field, node, slot);
  case PK_FIELD_DIMENSION: return read_dimension(job, field, node, field->units, slot);
  case PK_FIELD_PERCENT: return read_percent(job, field, node, slot);
  case PK_FIELD_ENUM: return read_enum(job, field, node, slot);
  case PK_FIELD_LANG: return read_lang(job, field, node, slot);
  case PK_FIELD_DATE: return read_date(job, field, node, slot);
  case PK_FIELD_STRINGS: return read_strings(job, field, node, slot, count);
  case PK_FIELD_TEXTS: return read_texts(job, field, node, slot, count);
  case PK_FIELD_CUSTOM: return field->read(job, field, node, target);
  case PK_FIELD_STRUCT:
  case PK_FIELD_STRUCTS:
  case PK_FIELD_MAP: break;
  }
  g_return_val_if_reached(false);
}

/* ---- custom ------------------------------------------------------------------- */

bool pk_value_accept(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  (void)job, (void)field, (void)node, (void)target;
  return true;
}

bool pk_value_read_file(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  if (node->kind != PK_NODE_SCALAR || node->is_null || !node->size)
    return pk_field_wrong_type(job, field, node, "the name of a file");
  return pk_spec_existing_path(job, node->text, node->span, pk_value_at(target, field->at));
}
