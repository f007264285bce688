#include "spec/check.h"

#include <string.h>

#include "spec/fields.h"
#include "spec/load.h"

/* ---- names --------------------------------------------------------------- */

/* Names of one kind that the layout has: its inks, say. */
typedef struct {
  const char *what;
  const char **names;
  size_t count;
} names;

typedef struct {
  pk_job *job;
  const pk_layout *layout;
  const pk_node *root;
  names inks, fonts, styles;
  bool is_fine;
} name_checker;

static bool is_known(const names *known, const char *name) {
  for (size_t i = 0; i < known->count; i++)
    if (strcmp(known->names[i], name) == 0) return true;
  return false;
}

/* Checks the value of `field` of the mapping `owner`, if it is given. */
static void check_use(name_checker *checker, const pk_node *owner, const char *field, const names *known) {
  const pk_pair *pair = pk_node_find(owner, field);
  if (!pair || pair->value->kind != PK_NODE_SCALAR || pair->value->is_null) return;
  if (is_known(known, pair->value->text)) return;
  checker->is_fine = pk_field_unknown(checker->job, PK_CODE_UNKNOWN_NAME, pair->value->span, known->what,
                                      pair->value->text, known->names, known->count);
}

static const pk_node *value_of(const pk_node *map, const char *key) {
  const pk_pair *pair = pk_node_find(map, key);
  return pair ? pair->value : NULL;
}

static void check_rules(name_checker *checker, const pk_node *owner) {
  check_use(checker, value_of(owner, "rule-above"), "ink", &checker->inks);
  check_use(checker, value_of(owner, "rule-below"), "ink", &checker->inks);
}

static void check_cells(name_checker *checker, const pk_node *cells) {
  check_use(checker, cells, "stripe", &checker->inks);
  check_use(checker, value_of(cells, "rule-rows"), "ink", &checker->inks);
  check_use(checker, value_of(cells, "rule-columns"), "ink", &checker->inks);
}

static void check_styles(name_checker *checker) {
  const pk_node *styles = value_of(checker->root, "styles");
  for (size_t i = 0; i < checker->layout->style_count; i++) {
    const pk_node *style = value_of(styles, checker->layout->styles[i].name);
    check_use(checker, style, "font", &checker->fonts);
    check_use(checker, style, "ink", &checker->inks);
    check_use(checker, style, "fill", &checker->inks);
    check_use(checker, style, "marker-ink", &checker->inks);
    check_rules(checker, style);
    check_cells(checker, value_of(style, "cells"));
  }
}

static void check_box(name_checker *checker, const pk_box_spec *box, const pk_node *node, const names *boxes) {
  check_use(checker, node, "beside", boxes);
  check_use(checker, node, "style", &checker->styles);
  check_use(checker, node, "fill", &checker->inks);
  check_rules(checker, node);
  const pk_node *lines = value_of(node, "lines");
  for (size_t i = 0; lines && lines->kind == PK_NODE_SEQUENCE && i < box->line_count; i++)
    check_use(checker, lines->items[i], "style", &checker->styles);
}

static void check_masters(name_checker *checker) {
  const pk_node *masters = value_of(checker->root, "masters");
  for (size_t i = 0; i < checker->layout->master_count; i++) {
    const pk_master_spec *master = &checker->layout->masters[i];
    const pk_node *boxes = value_of(value_of(masters, master->name), "boxes");
    names known = {"box", PK_NEW_ARRAY(checker->job->arena, const char *, master->box_count + 1), master->box_count};
    for (size_t j = 0; j < master->box_count; j++) known.names[j] = master->boxes[j].name;
    for (size_t j = 0; j < master->box_count; j++)
      check_box(checker, &master->boxes[j], value_of(boxes, master->boxes[j].name), &known);
  }
}

/* ---- what every layout has ----------------------------------------------- */

static const char *const required_styles[] = {
    "body",        "headline",  "subhead",  "release",      "kicker",      "byline",    "lede",        "heading-1",
    "heading-2",   "heading-3", "quote",    "pull-quote",   "attribution", "list-item", "figure",      "caption",
    "credit",      "code",      "table",    "table-header", "end-mark",    "published", "note",        "label",
    "boilerplate", "contact",   "emphasis", "strong",       "code-span",   "link",      "superscript",
};
static const char *const required_text[] = {"text"};
static const char *const required_masters[] = {"first", "next"};

static void check_required(name_checker *checker, const char *section, const names *known, const char *const *required,
                           size_t count) {
  const pk_pair *pair = pk_node_find(checker->root, section);
  if (!pair) return; /* said already: the section is missing */
  for (size_t i = 0; i < count; i++) {
    if (is_known(known, required[i])) continue;
    pk_diagnostic *raised = pk_diag_add(checker->job->diag, PK_CODE_MISSING_NAME, pair->key_span,
                                        "the layout has no %s '%s'", known->what, required[i]);
    pk_diag_hint(checker->job->diag, raised, "base.yaml has it: begin the layout with  extends: base.yaml");
    checker->is_fine = false;
  }
}

#define COLLECT(names_, what_, array, count_, member)                                                                  \
  do {                                                                                                                 \
    (names_) = (names){what_, PK_NEW_ARRAY(job->arena, const char *, (count_) + 1), (count_)};                         \
    for (size_t i_ = 0; i_ < (count_); i_++) (names_).names[i_] = (array)[i_].member;                                  \
  } while (0)

bool pk_layout_check_names(pk_job *job, const pk_layout *layout, const pk_node *root) {
  name_checker checker = {.job = job, .layout = layout, .root = root, .is_fine = true};
  names masters;
  COLLECT(checker.inks, "ink", layout->inks, layout->ink_count, name);
  COLLECT(checker.fonts, "font", layout->fonts, layout->font_count, role);
  COLLECT(checker.styles, "style", layout->styles, layout->style_count, name);
  COLLECT(masters, "master", layout->masters, layout->master_count, name);
  check_required(&checker, "inks", &checker.inks, required_text, G_N_ELEMENTS(required_text));
  check_required(&checker, "fonts", &checker.fonts, required_text, G_N_ELEMENTS(required_text));
  check_required(&checker, "styles", &checker.styles, required_styles, G_N_ELEMENTS(required_styles));
  check_required(&checker, "masters", &masters, required_masters, G_N_ELEMENTS(required_masters));
  check_styles(&checker);
  check_masters(&checker);
  return checker.is_fine;
}

/* ---- frames -------------------------------------------------------------- */

/* Narrower columns hold no word. */
enum { LEAST_COLUMN_PT = 20 };

static pk_length resolve(const pk_layout *layout, bool is_given, pk_dimension given, pk_dimension margin,
                         pk_length whole) {
  return pk_dimension_resolve(is_given ? given : margin, layout->leading, layout->leading, whole);
}

/* Where the user may mend it: at the master, or at the margins if only those
 * are in the user's own file. */
static pk_span frame_place(const pk_layout *layout, const pk_master_spec *master) {
  bool is_own = master->span.source == layout->source || !layout->margins_span.source;
  return is_own ? master->span : layout->margins_span;
}

static bool check_frame(pk_job *job, const pk_layout *layout, const pk_master_spec *master) {
  pk_length width = layout->page_width, height = layout->page_height;
  width -= resolve(layout, master->has_left, master->left, layout->margin_inside, layout->page_width) +
           resolve(layout, master->has_right, master->right, layout->margin_outside, layout->page_width);
  height -= resolve(layout, master->has_top, master->top, layout->margin_top, layout->page_height) +
            resolve(layout, master->has_bottom, master->bottom, layout->margin_bottom, layout->page_height);
  int columns = master->columns ? master->columns : layout->columns;
  width -= (columns - 1) * pk_dimension_resolve(layout->gutter, layout->leading, layout->leading, layout->page_width);
  if (height < layout->leading) {
    pk_diag_add(job->diag, PK_CODE_FRAME_EMPTY, frame_place(layout, master),
                "master '%s': the margins leave %.0f mm of height for text, less than one line", master->name,
                MAX(height, 0) / PK_PT_PER_MM);
    return false;
  }
  if (width < LEAST_COLUMN_PT * columns) {
    pk_diag_add(job->diag, PK_CODE_FRAME_EMPTY, frame_place(layout, master),
                "master '%s': the margins leave %.0f mm of width for %d column%s", master->name,
                MAX(width, 0) / PK_PT_PER_MM, columns, columns == 1 ? "" : "s");
    return false;
  }
  return true;
}

bool pk_layout_check_frames(pk_job *job, const pk_layout *layout) {
  bool is_fine = true;
  for (size_t i = 0; i < layout->master_count; i++)
    if (!check_frame(job, layout, &layout->masters[i])) is_fine = false;
  return is_fine;
}
