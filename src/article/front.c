/* The front matter: the YAML between the first "---" and the next.
 *
 * One field table is the reader, `presskit schema article` and the reference. */
#include <string.h>

#include "article/reader.h"
#include "spec/fields.h"

static const char example[] = "begin the file with\n"
                              "---\n"
                              "headline: The headline of the article\n"
                              "lang: en\n"
                              "---";

/* ---- the fields ---------------------------------------------------------- */

static bool read_kind(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  (void)target;
  if (node->kind != PK_NODE_SCALAR) return pk_field_wrong_type(job, field, node, "article/1");
  if (strcmp(node->text, "article/1") == 0) return true;
  pk_diagnostic *raised =
      pk_diag_add(job->diag, PK_CODE_WRONG_KIND, node->span, "this is '%s', and an article is wanted here", node->text);
  pk_diag_hint(job->diag, raised, "'presskit:' takes article/1, and may be left out of an article");
  return false;
}

static bool read_release_word(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  if (node->kind == PK_NODE_SCALAR && strcmp(node->text, "immediate") == 0) {
    ((pk_article *)target)->is_immediate = true;
    return true;
  }
  static const char *const words[] = {"immediate"};
  const char *nearest = node->kind == PK_NODE_SCALAR ? pk_diag_nearest(node->text, words, 1) : NULL;
  if (!nearest) return pk_field_wrong_type(job, field, node, "immediate, or {embargo: 2021-06-26T06:00+02:00}");
  pk_diagnostic *raised =
      pk_diag_add(job->diag, PK_CODE_UNKNOWN_VALUE, node->span, "'release' cannot be '%s'", node->text);
  pk_diag_hint(job->diag, raised, "did you mean 'immediate'?");
  return false;
}

static bool check_embargo(pk_job *job, const pk_node *map, void *target) {
  const pk_article *article = target;
  if (article->embargo.has_time) return true;
  const pk_pair *pair = pk_node_find(map, "embargo");
  pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_BAD_DATE, pair ? pair->value->span : map->span,
                                      "an embargo ends at a time of day, and only the day is given");
  pk_diag_hint(job->diag, raised, "write it as 2021-06-26T06:00+02:00");
  return false;
}

static const pk_field release_list[] = {
    {"embargo", PK_FIELD_DATE, "Until when nothing may be published, such as 2021-06-26T06:00+02:00.",
     PK_AT(pk_article, embargo), .is_required = true},
};
static const pk_fields release_fields = {"release",
                                         "When the text may be published.",
                                         release_list,
                                         G_N_ELEMENTS(release_list),
                                         sizeof(pk_article),
                                         .read_other = read_release_word,
                                         .other_schema = "{\"const\": \"immediate\"}",
                                         .other_doc = "`immediate`",
                                         .check = check_embargo};

static const pk_field dateline_list[] = {
    {"place", PK_FIELD_STRING, "Where the text was written, such as Belgrade, in the article's language and script.",
     PK_AT(pk_article, place.text), .span_at = PK_AT(pk_article, place.span)},
    {"date", PK_FIELD_DATE, "The day it is dated, such as 2021-06-26.", .at = PK_AT(pk_article, date)},
};
static const pk_fields dateline_fields = {"dateline",         "Place and day, set in before the first paragraph.",
                                          dateline_list,      G_N_ELEMENTS(dateline_list),
                                          sizeof(pk_article), .scalar = "place"};

static const pk_field published_list[] = {
    {"outlet", PK_FIELD_STRING, "The newspaper, agency or site.", PK_AT(pk_article, published_outlet.text),
     .span_at = PK_AT(pk_article, published_outlet.span), .is_required = true},
    {"date", PK_FIELD_DATE, "The day it appeared there.", .at = PK_AT(pk_article, published_date)},
};
static const pk_fields published_fields = {"published",        "Where and when the text appeared first.",
                                           published_list,     G_N_ELEMENTS(published_list),
                                           sizeof(pk_article), .scalar = "outlet"};

#define FIGURE(member) PK_AT(pk_figure_spec, member)

/* `crop: 3:2`, the sides of what is shown. */
static bool read_crop(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  double width = 0, height = 0;
  char *end = NULL;
  if (node->kind == PK_NODE_SCALAR) width = g_ascii_strtod(node->text, &end);
  if (end && *end == ':') height = g_ascii_strtod(end + 1, &end);
  if (!end || *end || !(width > 0) || !(height > 0) || width > 20 * height || height > 20 * width)
    return pk_field_wrong_type(job, field, node, "two sides, such as 3:2");
  ((pk_figure_spec *)target)->crop = width / height;
  return true;
}

/* `focus: [40%, 30%]`, from the left and from the top. */
static bool read_focus(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  static const char accepted[] = "two shares, from the left and from the top, such as [40%, 30%]";
  if (node->kind != PK_NODE_SEQUENCE || node->item_count != 2) return pk_field_wrong_type(job, field, node, accepted);
  bool is_fine = true;
  for (size_t i = 0; i < 2; i++) {
    pk_field part = {.name = field->name, .type = PK_FIELD_PERCENT, .at = FIGURE(focus), .max = 100};
    part.at += i * sizeof(double);
    is_fine = pk_field_read_value(job, &part, node->items[i], target) && is_fine;
  }
  ((pk_figure_spec *)target)->has_focus = true;
  return is_fine;
}

static const char *const place_names[] = {"column", "inset", "spanning", "marginal", "bleed", "page", NULL};

static const pk_field figure_list[] = {
    {"crop", PK_FIELD_CUSTOM, "The sides of what is shown, such as 3:2; the rest is cut off.", .at = FIGURE(crop),
     .size = sizeof(double), .read = read_crop, .schema = "{\"type\":\"string\",\"pattern\":\"^[0-9.]+:[0-9.]+$\"}",
     .type_doc = "width:height"},
    {"focus", PK_FIELD_CUSTOM, "What stays in sight when it is cropped: from the left and from the top.",
     .at = FIGURE(focus), .size = 2 * sizeof(double), .read = read_focus,
     .schema = "{\"type\":\"array\",\"minItems\":2,\"maxItems\":2,\"items\":{\"type\":\"string\"}}",
     .type_doc = "[share, share]", .fallback_doc = "the middle"},
    {"place", PK_FIELD_ENUM, "Where it stands, instead of where the layout has figures.", .at = FIGURE(place),
     .has_at = FIGURE(has_place), .names = place_names, .fallback_doc = "as the layout says"},
};
static const pk_fields figure_fields = {.name = "figure",
                                        .doc = "How one picture is shown, under the name that the text gives it.",
                                        .fields = figure_list,
                                        .count = G_N_ELEMENTS(figure_list),
                                        .size = sizeof(pk_figure_spec),
                                        .key_at = FIGURE(file),
                                        .span_at = FIGURE(span)};

#define ABBREVIATION(member) PK_AT(pk_abbreviation, member)

static const pk_field abbreviation_list[] = {
    {"expansion", PK_FIELD_STRING, "What the letters stand for.", ABBREVIATION(expansion), .is_required = true},
};
static const pk_fields abbreviation_fields = {.name = "abbreviation",
                                              .doc = "What letters stand for, under the letters.",
                                              .fields = abbreviation_list,
                                              .count = G_N_ELEMENTS(abbreviation_list),
                                              .size = sizeof(pk_abbreviation),
                                              .key_at = ABBREVIATION(letters),
                                              .span_at = ABBREVIATION(span),
                                              .scalar = "expansion"};

#define PK_META(member) PK_AT(pk_article, member.text), .span_at = PK_AT(pk_article, member.span)

static const pk_field signature_list[] = {
    {"closing", PK_FIELD_STRING, "The words above the signature.", PK_META(closing),
     .fallback_doc = "`Yours sincerely,`, `S poštovanjem,`, `С поштовањем,`"},
    {"name", PK_FIELD_STRING, "Who signs.", PK_META(signed_by), .is_required = true},
    {"title", PK_FIELD_STRING, "As what, below the name.", PK_META(signed_as)},
};
static const pk_fields signature_fields = {
    "signature",        "Who signs a letter: room for a pen, and the name below it.",
    signature_list,     G_N_ELEMENTS(signature_list),
    sizeof(pk_article), .scalar = "name"};

static const pk_field article_list[] = {
    {"presskit", PK_FIELD_CUSTOM, "What this file is and by which version of the format; may be left out.",
     .read = read_kind, .schema = "{\"const\": \"article/1\"}", .type_doc = "`article/1`"},
    {"headline", PK_FIELD_STRING, "The headline, such as  headline: Fifteen years of partnership", PK_META(headline),
     .is_required = true},
    {"subhead", PK_FIELD_STRING, "A line under the headline.", PK_META(subhead)},
    {"kicker", PK_FIELD_STRING, "A few words above the headline.", PK_META(kicker)},
    {"lang", PK_FIELD_LANG, "The language of the text, such as  lang: en  (or sr-Latn, sr-Cyrl)",
     PK_AT(pk_article, lang), .span_at = PK_AT(pk_article, lang_span), .is_required = true},
    {"dateline", PK_FIELD_STRUCT, "Place and day: {place: Belgrade, date: 2021-06-26}.",
     .span_at = PK_AT(pk_article, dateline_span), .table = &dateline_fields, .is_flat = true},
    {"release", PK_FIELD_STRUCT, "immediate, or {embargo: 2021-06-26T06:00+02:00}.",
     .span_at = PK_AT(pk_article, release_span), .table = &release_fields, .is_flat = true},
    {"published", PK_FIELD_STRUCT, "Where the text appeared first: {outlet: Blic, date: 2021-06-26}.",
     .table = &published_fields, .is_flat = true},
    {"credit", PK_FIELD_STRING, "Who wrote it, as it is to be printed.", PK_META(credit)},
    {"contact", PK_FIELD_STRING, "An entry under contacts: of the office file.", PK_META(contact)},
    {"recipient", PK_FIELD_STRINGS, "Whom a letter is to, as on its envelope: [Ana Ilić, Jadarska 2, 15300 Loznica].",
     PK_AT(pk_article, recipient), .count_at = PK_AT(pk_article, recipient_count),
     .span_at = PK_AT(pk_article, recipient_span)},
    {"reference", PK_FIELD_STRING, "The number of a letter in the books of the office.", PK_META(reference)},
    {"signature", PK_FIELD_STRUCT, "Who signs a letter: {name: Milica Antić, title: Head of Office}.",
     .table = &signature_fields, .is_flat = true},
    {"enclosures", PK_FIELD_STRINGS, "What is in the envelope beside the letter.", PK_AT(pk_article, enclosures),
     .count_at = PK_AT(pk_article, enclosure_count), .span_at = PK_AT(pk_article, enclosures_span)},
    {"boilerplate", PK_FIELD_STRING, "The closing paragraph about the office, instead of the office's own.",
     PK_META(boilerplate)},
    {"figures", PK_FIELD_MAP, "How pictures are shown: {art/visit.jpg: {crop: 3:2, focus: [40%, 30%]}}.",
     PK_AT(pk_article, figures), .count_at = PK_AT(pk_article, figure_count), .table = &figure_fields},
    {"abbreviations", PK_FIELD_MAP,
     "What abbreviations stand for, for who hears the text: {NATO: North Atlantic Treaty Organization}.",
     PK_AT(pk_article, abbreviations), .count_at = PK_AT(pk_article, abbreviation_count),
     .table = &abbreviation_fields},
    {"keywords", PK_FIELD_STRINGS, "Words for the document's properties.", PK_AT(pk_article, keywords),
     .count_at = PK_AT(pk_article, keyword_count)},
};
static const pk_fields article_fields = {"the front matter", "What is said about an article above its text.",
                                         article_list, G_N_ELEMENTS(article_list), .size = sizeof(pk_article)};

const pk_fields *pk_article_fields(void) {
  return &article_fields;
}

/* ---- where it is --------------------------------------------------------- */

/* The end of the line at `at`, and where the next one begins. */
static size_t line_end(const pk_source *source, size_t at, size_t *next) {
  while (at < source->size && source->text[at] != '\n' && source->text[at] != '\r') at++;
  *next = at;
  if (*next < source->size && source->text[*next] == '\r') ++*next;
  if (*next < source->size && source->text[*next] == '\n' && (*next == at || source->text[at] == '\r')) ++*next;
  return at;
}

/* Whether [start, end) is "---" and perhaps blanks. */
static bool is_fence(const pk_source *source, size_t start, size_t end) {
  while (end > start && strchr(" \t", source->text[end - 1])) end--;
  return end - start == 3 && memcmp(source->text + start, "---", 3) == 0;
}

/* The place of a "---" line that is not on the first line, SIZE_MAX if none. */
static size_t find_late_fence(const pk_source *source, size_t from) {
  size_t next = from, end;
  for (int lines = 0; lines < 10 && from < source->size; lines++, from = next) {
    end = line_end(source, from, &next);
    if (is_fence(source, from, end)) return from;
  }
  return SIZE_MAX;
}

static void raise_missing(pk_job *job, const pk_source *source, size_t start) {
  size_t late = find_late_fence(source, start);
  pk_diagnostic *raised;
  if (late != SIZE_MAX) {
    raised = pk_diag_add(job->diag, PK_CODE_FRONT_MATTER_MISSING, (pk_span){source, (uint32_t)late, (uint32_t)late + 3},
                         "the front matter must begin on the first line of the file");
    pk_diag_hint(job->diag, raised, "delete what stands above this line");
    return;
  }
  raised = pk_diag_add(job->diag, PK_CODE_FRONT_MATTER_MISSING, (pk_span){source, (uint32_t)start, (uint32_t)start},
                       "the article has no front matter");
  pk_diag_hint(job->diag, raised, "%s", example);
}

/* Finds the YAML, [*start, *end), and the body after it. */
static bool find_region(pk_job *job, const pk_source *source, size_t *start, size_t *end, size_t *body) {
  size_t first = g_str_has_prefix(source->text, "\xEF\xBB\xBF") ? 3 : 0;
  size_t opening_end = line_end(source, first, start);
  if (!is_fence(source, first, opening_end)) {
    raise_missing(job, source, first);
    return false;
  }
  for (size_t at = *start; at < source->size; at = *body) {
    *end = at;
    if (is_fence(source, at, line_end(source, at, body))) return true;
  }
  pk_diagnostic *raised =
      pk_diag_add(job->diag, PK_CODE_FRONT_MATTER_OPEN, (pk_span){source, (uint32_t)first, (uint32_t)first + 3},
                  "the front matter that begins here does not end");
  pk_diag_hint(job->diag, raised, "put a line of three hyphens (---) between it and the text");
  return false;
}

pk_status pk_article_read_front(pk_job *job, const pk_source *source, pk_article *article, size_t *body) {
  size_t start = 0, end = 0;
  const pk_node *map = NULL;
  article->lang = PK_LANG_NONE;
  if (!find_region(job, source, &start, &end, body)) {
    *body = SIZE_MAX;
    return PK_FAILED;
  }
  pk_status status = pk_node_parse_region(job, source, start, end, true, &map);
  if (status == PK_OK && !pk_article_fill_front(job, source, start, end, &map)) status = PK_FAILED;
  return status == PK_OK ? pk_fields_read(job, &article_fields, map, article) : status;
}
