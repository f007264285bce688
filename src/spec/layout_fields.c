/* The fields of a layout, but for those of styles and masters. */
#include <string.h>

#include "spec/tables.h"
#include "spec/values.h"

#define MM(value) ((value)*PK_PT_PER_MM)
#define LAYOUT(member) PK_AT(pk_layout, member)
#define INK(member) PK_AT(pk_ink_spec, member)

/* ---- page ---------------------------------------------------------------- */

static const struct {
  const char *name;
  pk_length width, height;
} sizes[] = {
    {"A3", MM(297), MM(420)}, {"A4", MM(210), MM(297)}, {"A5", MM(148), MM(210)}, {"A6", MM(105), MM(148)},
    {"B5", MM(176), MM(250)}, {"letter", 612, 792},     {"legal", 612, 1008},
};

/* A name of `sizes`, or [width, height]. */
static bool read_size(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  static const char accepted[] = "A3, A4, A5, A6, B5, letter, legal or [width, height]";
  pk_layout *layout = target;
  for (size_t i = 0; node->kind == PK_NODE_SCALAR && i < G_N_ELEMENTS(sizes); i++)
    if (g_ascii_strcasecmp(node->text, sizes[i].name) == 0) {
      layout->page_width = sizes[i].width;
      layout->page_height = sizes[i].height;
      return true;
    }
  if (node->kind != PK_NODE_SEQUENCE || node->item_count != 2) return pk_field_wrong_type(job, field, node, accepted);
  const pk_field sides[2] = {
      {.name = "width", .type = PK_FIELD_LENGTH, .at = LAYOUT(page_width), .min = MM(20), .max = MM(2000)},
      {.name = "height", .type = PK_FIELD_LENGTH, .at = LAYOUT(page_height), .min = MM(20), .max = MM(2000)},
  };
  bool is_wide_fine = pk_field_read_value(job, &sides[0], node->items[0], target);
  return pk_field_read_value(job, &sides[1], node->items[1], target) && is_wide_fine;
}

enum { MARGIN_UNITS = PK_UNITS_ABSOLUTE | PK_UNITS_GRID | PK_UNITS_PERCENT };

#define MARGIN(name_, doc_, member)                                                                                    \
  {                                                                                                                    \
    name_, PK_FIELD_DIMENSION, doc_, .at = LAYOUT(member), .units = MARGIN_UNITS, .min = 0, .max = MM(1000),           \
                                     .fallback = "20mm"                                                                \
  }

static const pk_field margin_fields[] = {
    MARGIN("top", "Above the text.", margin_top),
    MARGIN("bottom", "Below the text.", margin_bottom),
    MARGIN("inside", "On the left, or towards the spine where pages face each other.", margin_inside),
    MARGIN("outside", "On the right, or away from the spine.", margin_outside),
};

/* `margins: 20mm` is all four. */
static bool read_margin(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  if (node->kind != PK_NODE_SCALAR) return pk_field_wrong_type(job, field, node, "a length or a mapping of four");
  bool is_fine = true;
  for (size_t i = 0; i < G_N_ELEMENTS(margin_fields) && is_fine; i++) {
    pk_field side = margin_fields[i];
    side.name = "margins";
    is_fine = pk_field_read_value(job, &side, node, target);
  }
  return is_fine;
}

static const pk_fields margin_table = {
    .name = "margins",
    .doc = "What stays free around the text. One length alone is all four.",
    .fields = margin_fields,
    .count = G_N_ELEMENTS(margin_fields),
    .size = sizeof(pk_layout),
    .read_other = read_margin,
    .other_schema = "{\"type\":\"string\",\"pattern\":\"^(0|[0-9]*\\\\.?[0-9]+ *(pt|mm|cm|in|grid|%))$\"}",
    .other_doc = "a length",
};

static const char *const orientation_names[] = {"portrait", "landscape", NULL};

static bool apply_orientation(pk_job *job, const pk_node *map, void *target) {
  (void)job;
  pk_layout *layout = target;
  const pk_pair *pair = pk_node_find(map, "orientation");
  if (!pair || pair->value->is_null) return true;
  bool is_landscape = strcmp(pair->value->text, "landscape") == 0;
  if (is_landscape != (layout->page_width > layout->page_height)) {
    pk_length width = layout->page_width;
    layout->page_width = layout->page_height;
    layout->page_height = width;
  }
  return true;
}

/* Where the sheet is folded: a list of lengths. */
static bool read_folds(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  if (node->kind != PK_NODE_SEQUENCE) return pk_field_wrong_type(job, field, node, "a list of lengths");
  pk_layout *layout = target;
  pk_length *folds = PK_NEW_ARRAY(job->arena, pk_length, MAX(node->item_count, 1));
  bool is_fine = true;
  for (size_t i = 0; i < node->item_count; i++) {
    const pk_field fold = {.name = field->name, .type = PK_FIELD_LENGTH, .at = 1, .min = 1, .max = MM(2000)};
    if (!pk_field_read_value(job, &fold, node->items[i], &folds[i])) is_fine = false;
  }
  layout->folds = folds;
  layout->fold_count = node->item_count;
  return is_fine;
}

static const pk_field page_fields[] = {
    {"size", PK_FIELD_CUSTOM, "The size of the trimmed page.", .read = read_size, .fallback = "A4",
     .type_doc = "`A3` `A4` `A5` `A6` `B5` `letter` `legal` or [width, height]",
     .schema = "{\"anyOf\":[{\"enum\":[\"A3\",\"A4\",\"A5\",\"A6\",\"B5\",\"letter\",\"legal\"]},{\"type\":\"array\","
               "\"minItems\":2,\"maxItems\":2,\"items\":{\"type\":\"string\",\"pattern\":\"^[0-9]*\\\\.?[0-9]+ "
               "*(pt|mm|cm|in)$\"}}]}"},
    {"orientation", PK_FIELD_ENUM, "Upright or on its side.", .names = orientation_names,
     .fallback_doc = "as the size is"},
    {"margins", PK_FIELD_STRUCT, "What stays free around the text.", .span_at = LAYOUT(margins_span), .is_flat = true,
     .table = &margin_table},
    {"bleed", PK_FIELD_DIMENSION, "How far colour is drawn over the edge, to be cut off, where no printer says so.",
     .at = LAYOUT(bleed), .units = PK_UNITS_ABSOLUTE, .min = 0, .max = MM(30), .fallback = "0"},
    {"folds", PK_FIELD_CUSTOM,
     "Where the sheet is folded, from the left edge of its front; every second page is a back, where the folds lie the "
     "other way round. A printer may want marks there.",
     .read = read_folds, .fallback_doc = "none", .type_doc = "list of lengths",
     .schema = "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"pattern\":\"^[0-9]*\\\\.?[0-9]+ "
               "*(pt|mm|cm|in)$\"}}"},
    {"cover", PK_FIELD_BOOL,
     "Whether the first two and the last two pages are a cover, which a printer may want as a file of its own.",
     .at = LAYOUT(has_cover), .fallback = "false"},
    {"at-most", PK_FIELD_INT, "How many pages the text may take: more is an error that says how much to cut.",
     .at = LAYOUT(most_pages), .min = 1, .max = 1000, .fallback_doc = "any number"},
    {"facing", PK_FIELD_BOOL, "Whether left and right pages mirror their margins.", .at = LAYOUT(facing),
     .fallback = "false"},
};

static const pk_fields page_table = {
    .name = "page",
    .doc = "The sheet of paper.",
    .fields = page_fields,
    .count = G_N_ELEMENTS(page_fields),
    .size = sizeof(pk_layout),
    .check = apply_orientation,
};

static const pk_field justify_fields[] = {
    {"most", PK_FIELD_DIMENSION,
     "The most that is added to a space round a heading, pull-quote, figure, side-bar, list or table. Text returns to "
     "the grid.",
     .at = LAYOUT(justify_most), .units = PK_UNITS_ABSOLUTE | PK_UNITS_GRID, .min = 0, .max = 200, .fallback = "0"},
    {"parts", PK_FIELD_INT,
     "Into how many parts a row of the grid may be divided where it is added above and below a thing that is no text: "
     "1 adds whole rows only, 2 also half a row on each side.",
     .at = LAYOUT(justify_parts), .min = 1, .max = 4, .fallback = "1"},
};

static const pk_fields justify_table = {
    .name = "justify",
    .doc = "How spaces grow so that the columns of a page end on one line.",
    .fields = justify_fields,
    .count = G_N_ELEMENTS(justify_fields),
    .size = sizeof(pk_layout),
};

static const pk_field grid_fields[] = {
    {"leading", PK_FIELD_LENGTH, "From one line of the grid to the next; the unit `grid` is one of these.",
     .at = LAYOUT(leading), .min = 4, .max = 100, .fallback = "13pt"},
    {"columns", PK_FIELD_INT, "How many columns the text has.", .at = LAYOUT(columns), .min = 1, .max = 6,
     .fallback = "1"},
    {"gutter", PK_FIELD_DIMENSION, "The space between columns.", .at = LAYOUT(gutter),
     .units = PK_UNITS_ABSOLUTE | PK_UNITS_GRID, .min = 0, .max = MM(100), .fallback = "5mm"},
    {"justify", PK_FIELD_STRUCT, "How spaces grow so that the columns of a page end on one line.", .is_flat = true,
     .table = &justify_table},
};

static const pk_fields grid_table = {
    .name = "grid",
    .doc = "The lines and columns on which the text stands.",
    .fields = grid_fields,
    .count = G_N_ELEMENTS(grid_fields),
    .size = sizeof(pk_layout),
};

/* ---- inks and fonts ------------------------------------------------------ */

static bool read_screen(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  pk_ink_spec *ink = target;
  bool is_colour = node->kind == PK_NODE_SCALAR && node->size == 7 && node->text[0] == '#';
  for (size_t i = 1; is_colour && i < 7; i++) is_colour = g_ascii_isxdigit(node->text[i]);
  if (!is_colour) return pk_field_wrong_type(job, field, node, "a colour such as \"#003087\", in quotes");
  for (size_t i = 0; i < 3; i++)
    ink->screen[i] =
        (g_ascii_xdigit_value(node->text[1 + 2 * i]) * 16 + g_ascii_xdigit_value(node->text[2 + 2 * i])) / 255.0;
  ink->has_screen = true;
  return true;
}

/* Where no screen colour is given, the usual reckoning without a profile. */
static bool derive_screen(pk_job *job, const pk_node *map, void *target) {
  (void)job, (void)map;
  pk_ink_spec *ink = target;
  for (size_t i = 0; i < 3 && !ink->has_screen; i++) ink->screen[i] = (1 - ink->cmyk[i]) * (1 - ink->cmyk[3]);
  return true;
}

static const pk_field ink_fields[] = {
    {"cmyk", PK_FIELD_CUSTOM, "Cyan, magenta, yellow and black, 0 to 100 each.", .at = INK(cmyk), .is_required = true,
     .may_be_inherited = true, .read = pk_value_read_cmyk, .type_doc = "[c, m, y, k]", .schema = PK_CMYK_SCHEMA},
    {"screen", PK_FIELD_CUSTOM, "The colour on a screen.", .at = INK(screen), .read = read_screen,
     .fallback_doc = "reckoned from cmyk", .type_doc = "\"#rrggbb\"",
     .schema = "{\"type\":\"string\",\"pattern\":\"^#[0-9A-Fa-f]{6}$\"}"},
    {"spot", PK_FIELD_STRING, "The name of the spot colour, as the print shop knows it.", .at = INK(spot),
     .fallback_doc = "printed from cmyk"},
    {"rich", PK_FIELD_BOOL, "Whether areas (not type, not lines) are printed in the printer's rich black.",
     .at = INK(rich), .fallback = "false"},
};

static const pk_fields ink_table = {
    .name = "ink",
    .doc = "A colour by a name of your own. A list of four numbers alone is its cmyk.",
    .fields = ink_fields,
    .count = G_N_ELEMENTS(ink_fields),
    .size = sizeof(pk_ink_spec),
    .key_at = INK(name),
    .span_at = INK(span),
    .scalar = "cmyk",
    .check = derive_screen,
};

static const pk_field font_fields[] = {
    {"families", PK_FIELD_STRINGS, "Families, first choice first.", .at = PK_AT(pk_font_role, families),
     .count_at = PK_AT(pk_font_role, family_count)},
};

static const pk_fields font_table = {
    .name = "font",
    .doc = "The families of a role, first choice first.",
    .fields = font_fields,
    .count = G_N_ELEMENTS(font_fields),
    .size = sizeof(pk_font_role),
    .key_at = PK_AT(pk_font_role, role),
    .span_at = PK_AT(pk_font_role, span),
    .whole = "families",
};

/* ---- flow and labels ----------------------------------------------------- */

const char *const pk_part_names[] = {"release",   "kicker",    "headline",   "subhead",     "byline",  "body",
                                     "end-mark",  "published", "notes",      "boilerplate", "contact", "recipient",
                                     "reference", "signature", "enclosures", NULL};
G_STATIC_ASSERT(G_N_ELEMENTS(pk_part_names) == PK_PART_COUNT + 1);

static bool add_part(pk_job *job, const pk_node *node, pk_layout *layout, pk_part *parts, uint32_t *seen) {
  pk_field field = {.name = "flow", .type = PK_FIELD_ENUM, .names = pk_part_names, .at = 1};
  int part = 0;
  if (!pk_field_read_value(job, &field, node, &part)) return false;
  if (*seen >> part & 1) {
    pk_diag_add(job->diag, PK_CODE_DUPLICATE_PART, node->span, "'%s' stands twice in the flow", node->text);
    return false;
  }
  *seen |= 1U << part;
  parts[layout->flow_count++] = (pk_part)part;
  return true;
}

static bool read_flow(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  if (node->kind != PK_NODE_SEQUENCE) return pk_field_wrong_type(job, field, node, "a list of parts");
  pk_layout *layout = target;
  pk_part *parts = PK_NEW_ARRAY(job->arena, pk_part, PK_PART_COUNT);
  uint32_t seen = 0;
  bool is_fine = true;
  for (size_t i = 0; i < node->item_count; i++)
    if (!add_part(job, node->items[i], layout, parts, &seen)) is_fine = false;
  layout->flow = parts;
  if (!is_fine || seen >> PK_PART_BODY & 1) return is_fine;
  pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_MISSING_NAME, node->span, "the flow has no 'body'");
  pk_diag_hint(job->diag, raised, "'body' is the text of the article");
  return false;
}

static const pk_field label_fields[] = {
    {"text", PK_FIELD_TEXT, "The words.", .at = PK_AT(pk_label_spec, text)},
};

/* Those of language/, which is downstream of this module; a test there compares them. */
static const char *const label_names[] = {"immediate-release",
                                          "embargo",
                                          "more",
                                          "end",
                                          "contact",
                                          "about",
                                          "notes",
                                          "published",
                                          "phone",
                                          "mobile",
                                          "email",
                                          "web",
                                          "page",
                                          "figure",
                                          "table",
                                          "reference",
                                          "closing",
                                          "enclosures",
                                          NULL};

static const pk_fields label_table = {
    .name = "label",
    .doc = "Words that presskit writes itself, replaced by yours.",
    .fields = label_fields,
    .count = G_N_ELEMENTS(label_fields),
    .size = sizeof(pk_label_spec),
    .key_at = PK_AT(pk_label_spec, name),
    .span_at = PK_AT(pk_label_spec, span),
    .keys = label_names,
    .whole = "text",
};

/* ---- the layout ---------------------------------------------------------- */

/* ---- notes --------------------------------------------------------------- */

static const char *const notes_names[] = {"end", "foot", NULL};

static const pk_field layout_fields[] = {
    {"presskit", PK_FIELD_CUSTOM, "What the file is: layout/1.", .is_required = true, .read = pk_value_accept,
     .type_doc = "`layout/1`", .schema = "{\"const\":\"layout/1\"}"},
    {"extends", PK_FIELD_STRING, "The layout on which this one is built: a file beside it, or one of presskit's own.",
     .fallback_doc = "none"},
    {"title", PK_FIELD_TEXT, "What the layout is called.", .at = LAYOUT(title)},
    {"description", PK_FIELD_TEXT, "What it is for.", .at = LAYOUT(description)},
    {"page", PK_FIELD_STRUCT, "The sheet of paper.", .is_flat = true, .table = &page_table},
    {"grid", PK_FIELD_STRUCT, "Lines and columns.", .is_flat = true, .table = &grid_table},
    {"inks", PK_FIELD_MAP, "The colours by name; `text` must be among them.", .at = LAYOUT(inks),
     .count_at = LAYOUT(ink_count), .is_required = true, .may_be_inherited = true, .table = &ink_table},
    {"fonts", PK_FIELD_MAP, "The families by role; `text` must be among them.", .at = LAYOUT(fonts),
     .count_at = LAYOUT(font_count), .is_required = true, .may_be_inherited = true, .table = &font_table},
    {"font-files", PK_FIELD_STRINGS, "Your own fonts, as files beside the layout.", .at = LAYOUT(font_files),
     .count_at = LAYOUT(font_file_count), .fallback_doc = "those in a folder `fonts` beside the layout"},
    {"styles", PK_FIELD_MAP, "The typography of each kind of text.", .at = LAYOUT(styles),
     .count_at = LAYOUT(style_count), .is_required = true, .may_be_inherited = true, .table = &pk_style_fields},
    {"masters", PK_FIELD_MAP, "The patterns of the pages.", .at = LAYOUT(masters), .count_at = LAYOUT(master_count),
     .is_required = true, .may_be_inherited = true, .table = &pk_master_fields},
    {"flow", PK_FIELD_CUSTOM, "What stands in the text frame, in order.", .at = LAYOUT(flow),
     .count_at = LAYOUT(flow_count), .is_required = true, .may_be_inherited = true, .read = read_flow,
     .type_doc = "list of `release` `kicker` `headline` `subhead` `byline` `body` `end-mark` `published` `notes` "
                 "`boilerplate` `contact` `recipient` `reference` `signature` `enclosures`",
     .schema = "{\"type\":\"array\",\"uniqueItems\":true,\"contains\":{\"const\":\"body\"},\"items\":{\"enum\":["
               "\"release\",\"kicker\",\"headline\",\"subhead\",\"byline\",\"body\",\"end-mark\",\"published\","
               "\"notes\",\"boilerplate\",\"contact\",\"recipient\",\"reference\",\"signature\",\"enclosures\"]}}"},
    {"labels", PK_FIELD_MAP, "Words that presskit writes itself, replaced by yours.", .at = LAYOUT(labels),
     .count_at = LAYOUT(label_count), .table = &label_table},
    {"dateline", PK_FIELD_BOOL, "Whether the first paragraph begins with place and date.", .at = LAYOUT(dateline),
     .fallback = "true"},
    {"smart-quotes", PK_FIELD_BOOL, "Whether straight quotes are set as the language's own.",
     .at = LAYOUT(smart_quotes), .fallback = "false"},
    {"attach-source", PK_FIELD_BOOL,
     "The screen edition has the article's file within it, as an archive wants it: PDF/A-3a instead of 2a.",
     .at = LAYOUT(attaches_source), .fallback = "false"},
    {"smart-dashes", PK_FIELD_BOOL,
     "Whether ` - `, `--`, `---`, a hyphen between two years and `...` are set as the language's own dashes and "
     "ellipsis.",
     .at = LAYOUT(smart_dashes), .fallback = "false"},
    {"notes", PK_FIELD_ENUM, "Notes at the end, where `flow` says, or at the foot of the column that refers to them.",
     .at = LAYOUT(notes_place), .names = notes_names, .fallback = "end"},
    {"notes-rule", PK_FIELD_STRUCT, "The line above notes at the foot of a column.", .at = LAYOUT(notes_rule),
     .table = &pk_rule_fields},
};

const pk_fields pk_layout_fields = {
    .name = "layout",
    .doc = "The look of one kind of document.",
    .fields = layout_fields,
    .count = G_N_ELEMENTS(layout_fields),
    .size = sizeof(pk_layout),
};
