/* The fields of an entry of `styles:`. */
#include <string.h>

#include "spec/tables.h"
#include "spec/values.h"

#define MM(value) ((value)*PK_PT_PER_MM)
#define STYLE(member) PK_AT(pk_style_spec, member)
#define RULE(member) PK_AT(pk_rule_spec, member)

/* ---- rules --------------------------------------------------------------- */

static const pk_field rule_fields[] = {
    {"thickness", PK_FIELD_DIMENSION, "How thick the line is.", .at = RULE(thickness), .units = PK_UNITS_ABSOLUTE,
     .min = 0, .max = 100, .is_required = true},
    {"ink", PK_FIELD_STRING, "The ink of the line.", .at = RULE(ink), .fallback = "text"},
    {"length", PK_FIELD_DIMENSION, "How much of the width the line takes.", .at = RULE(length),
     .units = PK_UNITS_PERCENT, .min = 0, .max = 100, .fallback = "100%"},
    {"gap", PK_FIELD_DIMENSION, "The space between the line and what it belongs to.", .at = RULE(gap),
     .units = PK_UNITS_ABSOLUTE | PK_UNITS_EM | PK_UNITS_GRID, .min = 0, .max = 500, .fallback = "2pt"},
};

const pk_fields pk_rule_fields = {
    .name = "rule",
    .doc = "A line along an edge. A length alone is its thickness.",
    .fields = rule_fields,
    .count = G_N_ELEMENTS(rule_fields),
    .size = sizeof(pk_rule_spec),
    .scalar = "thickness",
};

/* ---- tables -------------------------------------------------------------- */

#define CELLS(member) PK_AT(pk_cells_spec, member)

static const char *const numbers_names[] = {"decimal", "as-written", NULL};

static const pk_field cells_fields[] = {
    {"rule-rows", PK_FIELD_STRUCT, "A line between two rows.", .at = CELLS(rule_rows), .table = &pk_rule_fields},
    {"rule-columns", PK_FIELD_STRUCT, "A line between two columns.", .at = CELLS(rule_columns),
     .table = &pk_rule_fields},
    {"stripe", PK_FIELD_STRING, "The ink of the ground behind every second row.", .at = CELLS(stripe),
     .fallback_doc = "no ground"},
    {"stripe-tint", PK_FIELD_PERCENT, "How strong that ground is.", .at = CELLS(stripe_tint), .fallback = "10%"},
    {"numbers", PK_FIELD_ENUM,
     "Columns of numbers stand with their decimal marks below each other and, unless the article says otherwise, to "
     "the "
     "right (decimal), or like words.",
     .at = CELLS(numbers), .names = numbers_names, .fallback = "decimal"},
    {"gap", PK_FIELD_DIMENSION, "The space between two columns.", .at = CELLS(gap),
     .units = PK_UNITS_ABSOLUTE | PK_UNITS_EM | PK_UNITS_GRID, .min = 0, .max = 500, .fallback = "1.2em"},
};

static const pk_fields cells_table = {
    .name = "cells",
    .doc = "How the rows and columns of a table are told apart.",
    .fields = cells_fields,
    .count = G_N_ELEMENTS(cells_fields),
    .size = sizeof(pk_cells_spec),
};

/* ---- optical margins ------------------------------------------------------ */

/* The shares are what looks even in serif and sans-serif text: marks that leave
 * most of their width white hang most. */
#define HANG(name) PK_AT(pk_hang_spec, share[PK_HANG_##name])
static const pk_field hang_field_list[] = {
    {"amount", PK_FIELD_PERCENT, "How much of all the others; 0% turns optical margins off.",
     .at = PK_AT(pk_hang_spec, amount), .max = 200, .fallback = "100%"},
    {"stop", PK_FIELD_PERCENT, "Full stops, commas and ellipses.", .at = HANG(STOP), .fallback = "60%"},
    {"point", PK_FIELD_PERCENT, "Colons, semicolons, exclamation and question marks.", .at = HANG(POINT),
     .fallback = "30%"},
    {"hyphen", PK_FIELD_PERCENT, "Hyphens.", .at = HANG(HYPHEN), .fallback = "60%"},
    {"dash", PK_FIELD_PERCENT, "Dashes.", .at = HANG(DASH), .fallback = "25%"},
    {"quote", PK_FIELD_PERCENT, "Quotation marks and apostrophes.", .at = HANG(QUOTE), .fallback = "50%"},
    {"bracket", PK_FIELD_PERCENT, "Brackets.", .at = HANG(BRACKET), .fallback = "10%"},
    {"round", PK_FIELD_PERCENT, "Letters that are round at the edge, as o and C.", .at = HANG(ROUND), .fallback = "4%"},
    {"slant", PK_FIELD_PERCENT, "Letters that are open at the edge, as A, T and v.", .at = HANG(SLANT),
     .fallback = "5%"},
};

static const pk_fields hang_fields = {
    .name = "optical-margins",
    .doc = "How far marks and letters hang in the margin, of their own width. A percentage alone is `amount`.",
    .fields = hang_field_list,
    .count = G_N_ELEMENTS(hang_field_list),
    .size = sizeof(pk_hang_spec),
    .scalar = "amount",
};

/* ---- initials ------------------------------------------------------------ */

static const pk_field drop_cap_fields[] = {
    {"lines", PK_FIELD_INT, "How many lines high it is; 1 is none.", .at = PK_AT(pk_drop_cap_spec, lines), .min = 1,
     .max = 8, .fallback = "1"},
    {"gap", PK_FIELD_DIMENSION, "The space between it and the lines beside it.", .at = PK_AT(pk_drop_cap_spec, gap),
     .units = PK_UNITS_ABSOLUTE | PK_UNITS_EM | PK_UNITS_GRID, .min = 0, .max = 100, .fallback = "0.35em"},
};

static const pk_fields drop_cap_table = {
    .name = "drop-cap",
    .doc = "The initial of a paragraph: from the height of capitals in its first line down to the baseline of the last "
           "one beside it. A number alone is its lines.",
    .fields = drop_cap_fields,
    .count = G_N_ELEMENTS(drop_cap_fields),
    .size = sizeof(pk_drop_cap_spec),
    .scalar = "lines",
};

static const char *const first_line_names[] = {"plain", "small-caps", NULL};

/* ---- weights ------------------------------------------------------------- */

static const struct {
  const char *name;
  int weight;
} weights[] = {
    {"thin", 100},     {"extralight", 200}, {"light", 300}, {"regular", 400},   {"normal", 400}, {"medium", 500},
    {"semibold", 600}, {"demibold", 600},   {"bold", 700},  {"extrabold", 800}, {"black", 900},
};

static bool read_weight(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  int *weight = pk_value_at(target, field->at);
  const char *text = node->kind == PK_NODE_SCALAR ? node->text : "";
  for (size_t i = 0; i < G_N_ELEMENTS(weights); i++)
    if (g_ascii_strcasecmp(text, weights[i].name) == 0) {
      *weight = weights[i].weight;
      return true;
    }
  gint64 value = 0;
  if (!g_ascii_string_to_signed(text, 10, -9999, 9999, &value, NULL))
    return pk_field_wrong_type(job, field, node,
                               "100 to 900, or thin, extralight, light, regular, medium, semibold, bold, extrabold or "
                               "black");
  if (value < 100 || value > 900) {
    pk_diag_add(job->diag, PK_CODE_OUT_OF_RANGE, node->span, "'%s' is %s; it may be 100 to 900", field->name, text);
    return false;
  }
  *weight = (int)value;
  return true;
}

/* ---- OpenType features --------------------------------------------------- */

/* "ss01", "-liga", "+onum", "cv05=2". */
static bool is_feature(const char *text) {
  if (*text == '+' || *text == '-') text++;
  for (int i = 0; i < 4; i++, text++)
    if (!g_ascii_isalnum(*text)) return false;
  if (!*text) return true;
  if (*text++ != '=') return false;
  size_t digits = strspn(text, "0123456789");
  return digits > 0 && digits < 6 && !text[digits];
}

static bool check_style(pk_job *job, const pk_node *map, void *target) {
  const pk_style_spec *style = target;
  const pk_pair *pair = pk_node_find(map, "features");
  bool is_fine = true;
  for (size_t i = 0; pair && i < style->feature_count; i++) {
    if (is_feature(style->features[i])) continue;
    const pk_node *node = pair->value->kind == PK_NODE_SEQUENCE ? pair->value->items[i] : pair->value;
    pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_UNKNOWN_VALUE, node->span,
                                        "'%s' is not the name of an OpenType feature", style->features[i]);
    pk_diag_hint(job->diag, raised, "a feature is four letters or digits: ss01, -liga, cv05=2");
    is_fine = false;
  }
  return is_fine;
}

/* ---- styles -------------------------------------------------------------- */

static const char *const align_names[] = {"justify", "left", "right", "center", NULL};
static const char *const case_names[] = {"none", "upper", "small-caps", "all-small-caps", NULL};
static const char *const figures_names[] = {"default", "lining", "old-style", NULL};
static const char *const figure_width_names[] = {"default", "proportional", "tabular", NULL};
static const char *const span_names[] = {"column", "all", NULL};
static const char *const place_names[] = {"column", "inset", "spanning", "marginal", "bleed", "page", NULL};
static const char *const begin_names[] = {"anywhere", "column", NULL};
static const char *const side_names[] = {"right", "left", "between", NULL};

enum {
  ANY_LENGTH = PK_UNITS_ABSOLUTE | PK_UNITS_EM | PK_UNITS_GRID,
};

static const pk_field style_fields[] = {
    {"based-on", PK_FIELD_STRING, "The style from which this one takes what it does not say itself.",
     .at = STYLE(based_on), .span_at = STYLE(based_on_span)},
    {"font", PK_FIELD_STRING, "A role of `fonts:`.", .at = STYLE(font), .fallback = "text"},
    {"italic", PK_FIELD_BOOL, "Whether it is set in italics.", .at = STYLE(italic), .fallback = "false"},
    {"weight", PK_FIELD_CUSTOM, "How bold it is.", .at = STYLE(weight), .fallback = "400", .read = read_weight,
     .size = sizeof(int), .type_doc = "100 to 900, or a name from `thin` to `black`",
     .schema = "{\"anyOf\":[{\"type\":\"integer\",\"minimum\":100,\"maximum\":900},{\"enum\":[\"thin\",\"extralight\","
               "\"light\",\"regular\",\"normal\",\"medium\",\"semibold\",\"demibold\",\"bold\",\"extrabold\","
               "\"black\"]}]}"},
    {"size", PK_FIELD_DIMENSION, "The size of the type; em counts from the style it is based on or stands in.",
     .at = STYLE(size), .units = PK_UNITS_ABSOLUTE | PK_UNITS_EM, .min = 2, .max = 500, .fallback = "10pt"},
    {"leading", PK_FIELD_DIMENSION, "From baseline to baseline.", .at = STYLE(leading),
     .units = PK_UNITS_ABSOLUTE | PK_UNITS_GRID, .min = 1, .max = 1000, .fallback = "1grid"},
    {"align", PK_FIELD_ENUM, "How lines are set in their measure.", .at = STYLE(align), .names = align_names,
     .fallback = "justify"},
    {"hyphenate", PK_FIELD_BOOL, "Whether words may be broken at a line end.", .at = STYLE(hyphenate),
     .fallback = "false"},
    {"indent", PK_FIELD_DIMENSION, "Indent of the first line; not after a heading or a break.", .at = STYLE(indent),
     .units = ANY_LENGTH, .min = MM(-500), .max = MM(500), .fallback = "0"},
    {"left", PK_FIELD_DIMENSION, "Indent of all lines on the left.", .at = STYLE(left), .units = ANY_LENGTH, .min = 0,
     .max = MM(500), .fallback = "0"},
    {"right", PK_FIELD_DIMENSION, "Indent of all lines on the right.", .at = STYLE(right), .units = ANY_LENGTH,
     .min = 0, .max = MM(500), .fallback = "0"},
    {"turn-over", PK_FIELD_DIMENSION,
     "Indent of what does not fit into a line that the text ends itself, as in verse and addresses; not where lines "
     "are "
     "centred, balanced or set to the right.",
     .at = STYLE(turn_over), .units = ANY_LENGTH, .min = 0, .max = MM(500), .fallback = "1.5em"},
    {"before", PK_FIELD_DIMENSION, "Space above.", .at = STYLE(before), .units = ANY_LENGTH, .min = 0, .max = MM(500),
     .fallback = "0"},
    {"after", PK_FIELD_DIMENSION, "Space below.", .at = STYLE(after), .units = ANY_LENGTH, .min = 0, .max = MM(500),
     .fallback = "0"},
    {"measure", PK_FIELD_DIMENSION, "How much of the column (or of all columns) lines use at most, or a figure or inset does.",
     .at = STYLE(measure), .units = PK_UNITS_PERCENT, .min = 0, .max = 100, .fallback = "100%"},
    {"ink", PK_FIELD_STRING, "An ink of `inks:`.", .at = STYLE(ink), .fallback = "text"},
    {"case", PK_FIELD_ENUM, "Capitals or small capitals.", .at = STYLE(letter_case), .names = case_names,
     .fallback = "none"},
    {"figures", PK_FIELD_ENUM, "The form of figures.", .at = STYLE(figures), .names = figures_names,
     .fallback = "default"},
    {"figure-width", PK_FIELD_ENUM, "Figures of equal width (tabular) or of their own.", .at = STYLE(figure_width),
     .names = figure_width_names, .fallback = "default"},
    {"features", PK_FIELD_STRINGS, "OpenType features: ss01, -liga, cv05=2.", .at = STYLE(features),
     .count_at = STYLE(feature_count)},
    {"tracking", PK_FIELD_DIMENSION, "Space added after each letter.", .at = STYLE(tracking),
     .units = PK_UNITS_ABSOLUTE | PK_UNITS_EM, .min = -50, .max = 50, .fallback = "0"},
    {"glyph-scaling", PK_FIELD_PERCENT, "How much narrower or wider letters may be set to fill a justified line.",
     .at = STYLE(glyph_scaling), .max = 10, .fallback = "2%"},
    {"letter-spacing", PK_FIELD_PERCENT,
     "How far letters may be moved together or apart to fill a justified line, of an em.", .at = STYLE(letter_spacing),
     .max = 10, .fallback = "1%"},
    {"optical-margins", PK_FIELD_STRUCT,
     "How far marks and letters hang in the margin where lines are flush: 0% not at all.", .at = STYLE(hang),
     .table = &hang_fields},
    {"span", PK_FIELD_ENUM, "Whether it stands in a column or across all of them.", .at = STYLE(column_span),
     .names = span_names, .fallback = "column"},
    {"place", PK_FIELD_ENUM,
     "Of a pull-quote, figure or side-bar: in a column, as an inset that the text runs round, across all columns, in "
     "the margin of the master; a figure also from edge to edge of the page, or as a page of its own.",
     .at = STYLE(place), .names = place_names, .fallback = "column"},
    {"side", PK_FIELD_ENUM, "Of an inset: on the right or left of its column, or between two columns.",
     .at = STYLE(side), .names = side_names, .fallback = "right"},
    {"begin", PK_FIELD_ENUM, "Where it begins: where the text before it ends, or in a column or frame of its own.",
     .at = STYLE(begin), .names = begin_names, .fallback = "anywhere"},
    {"standoff", PK_FIELD_DIMENSION, "The space between an inset and the text beside it.", .at = STYLE(standoff),
     .units = ANY_LENGTH, .min = 0, .max = MM(100), .fallback = "1grid"},
    {"balance", PK_FIELD_BOOL, "Lines of about equal length, for headlines.", .at = STYLE(balance),
     .fallback = "false"},
    {"keep-with-next", PK_FIELD_BOOL, "Stays in the column of what follows.", .at = STYLE(keep_with_next),
     .fallback = "false"},
    {"keep-together", PK_FIELD_BOOL, "Is not divided between columns.", .at = STYLE(keep_together),
     .fallback = "false"},
    {"widows", PK_FIELD_INT, "The least number of lines at the top of a column.", .at = STYLE(widows), .min = 1,
     .max = 20, .fallback = "2"},
    {"orphans", PK_FIELD_INT, "The least number of lines at the foot of a column.", .at = STYLE(orphans), .min = 1,
     .max = 20, .fallback = "2"},
    {"rule-above", PK_FIELD_STRUCT, "A line above it.", .at = STYLE(rule_above), .table = &pk_rule_fields},
    {"rule-below", PK_FIELD_STRUCT, "A line below it.", .at = STYLE(rule_below), .table = &pk_rule_fields},
    {"fill", PK_FIELD_STRING, "The ink of the ground behind it.", .at = STYLE(fill), .fallback_doc = "no ground"},
    {"tint", PK_FIELD_PERCENT, "How strong the ground is.", .at = STYLE(fill_tint), .fallback = "100%"},
    {"padding", PK_FIELD_DIMENSION, "Space between the ground's edge and the text.", .at = STYLE(padding),
     .units = ANY_LENGTH, .min = 0, .max = MM(100), .fallback = "0"},
    {"leader", PK_FIELD_STRING, "Of an entry of contents: what is repeated up to the number of its page.",
     .at = STYLE(leader), .fallback_doc = "none"},
    {"marker", PK_FIELD_STRINGS, "What stands before a list item: one for all lists, or one for each depth.",
     .at = STYLE(markers), .count_at = STYLE(marker_count), .may_be_empty = true, .fallback_doc = "•"},
    {"marker-ink", PK_FIELD_STRING, "The ink of the marker.", .at = STYLE(marker_ink),
     .fallback_doc = "that of the text"},
    {"drop-cap", PK_FIELD_STRUCT,
     "Of a paragraph: its first letter is an initial, in the look of the style `initial` if there is one; not where a "
     "dateline opens it.",
     .at = STYLE(drop_cap), .table = &drop_cap_table},
    {"first-line", PK_FIELD_ENUM,
     "Of a paragraph: how the words of its first line are set; the style `first-line` may say more.",
     .at = STYLE(first_line), .names = first_line_names, .fallback = "plain"},
    {"run-in", PK_FIELD_BOOL, "Of a heading: the paragraph after it goes on in its line.", .at = STYLE(run_in),
     .fallback = "false"},
    {"cells", PK_FIELD_STRUCT, "Of a table: lines, grounds and the alignment of numbers.", .at = STYLE(cells),
     .table = &cells_table},
};

const pk_fields pk_style_fields = {
    .name = "style",
    .doc = "The typography of one kind of text. A character style changes only what it names.",
    .fields = style_fields,
    .count = G_N_ELEMENTS(style_fields),
    .size = sizeof(pk_style_spec),
    .set_at = STYLE(set),
    .key_at = STYLE(name),
    .span_at = STYLE(span),
    .check = check_style,
};

pk_style_spec pk_style_spec_overlay(const pk_style_spec *base, const pk_style_spec *over) {
  pk_style_spec merged = *base;
  pk_fields_overlay(&pk_style_fields, &merged, over);
  return merged;
}
