/* The fields of an entry of `masters:`: text frame, boxes, their lines. */
#include "spec/tables.h"
#include "spec/values.h"

#define MM(value) ((value)*PK_PT_PER_MM)
#define LINE(member) PK_AT(pk_box_line, member)
#define BOX(member) PK_AT(pk_box_spec, member)
#define MASTER(member) PK_AT(pk_master_spec, member)

enum { PLACE_UNITS = PK_UNITS_ABSOLUTE | PK_UNITS_GRID | PK_UNITS_PERCENT };

/* ---- lines --------------------------------------------------------------- */

static const pk_field line_fields[] = {
    {"text", PK_FIELD_TEXT, "A template: \"{office.name}\", \"{page} / {pages}\".", .at = LINE(text),
     .is_required = true},
    {"style", PK_FIELD_STRING, "A style of `styles:`.", .at = LINE(style), .fallback_doc = "the box's style"},
};

static const pk_fields line_table = {
    .name = "line",
    .doc = "A paragraph of a box. A text alone is its text. Left out where a variable in it has no value.",
    .fields = line_fields,
    .count = G_N_ELEMENTS(line_fields),
    .size = sizeof(pk_box_line),
    .span_at = LINE(span),
    .scalar = "text",
};

/* ---- boxes --------------------------------------------------------------- */

static const char *const part_names[] = {"none", "boilerplate", "contact", "notes", "recipient", "reference", NULL};
static const char *const show_names[] = {"always", "not-last", "last", "several", "fitting", NULL};
static const char *const align_names[] = {"left", "right", "center", NULL};
static const char *const fit_names[] = {"contain", "cover", NULL};
static const char *const turn_names[] = {"none", "down", "up", NULL};
static const char *const valign_names[] = {"top", "middle", "bottom", NULL};

/* What is wrong with `given` of the three sizes of a direction, of which `wanted` are needed. */
static bool check_direction(pk_job *job, const pk_box_spec *box, int given, int wanted, const char *names) {
  if (given >= wanted && given <= 2) return true;
  pk_diagnostic *raised =
      pk_diag_add(job->diag, PK_CODE_BOX_GEOMETRY, box->span,
                  given > 2 ? "box '%s' has all of %s, which may contradict each other" : "box '%s' has too few of %s",
                  box->name, names);
  pk_diag_hint(job->diag, raised, given > 2 ? "leave out one of them" : "give two of them");
  return false;
}

static bool check_box(pk_job *job, const pk_node *map, void *target) {
  (void)map;
  const pk_box_spec *box = target;
  int across = box->has_left + box->has_right + box->has_width;
  int down = box->has_top + box->has_bottom + box->has_height;
  /* Art keeps its shape, so either direction gives the other's size; text is as
   * high as its lines, downwards from its top or upwards from its bottom. */
  bool is_art = box->art != NULL && !box->turn;
  int wanted_across = is_art && down == 2 ? 1 : 2;
  int wanted_down =
      (is_art && across == 2) || (!box->turn && (box->line_count || box->part) && !box->has_height && down == 1) ? 1
                                                                                                                 : 2;
  bool is_fine = check_direction(job, box, across, wanted_across, "left, right and width");
  return check_direction(job, box, down, wanted_down, "top, bottom and height") && is_fine;
}

static const pk_field box_fields[] = {
    {"left", PK_FIELD_DIMENSION, "From the left edge.", .at = BOX(left), .has_at = BOX(has_left), .units = PLACE_UNITS,
     .min = MM(-2000), .max = MM(2000)},
    {"right", PK_FIELD_DIMENSION, "From the right edge.", .at = BOX(right), .has_at = BOX(has_right),
     .units = PLACE_UNITS, .min = MM(-2000), .max = MM(2000)},
    {"width", PK_FIELD_DIMENSION, "The width.", .at = BOX(width), .has_at = BOX(has_width), .units = PLACE_UNITS,
     .min = 0, .max = MM(2000)},
    {"top", PK_FIELD_DIMENSION, "From the upper edge.", .at = BOX(top), .has_at = BOX(has_top), .units = PLACE_UNITS,
     .min = MM(-2000), .max = MM(2000)},
    {"bottom", PK_FIELD_DIMENSION, "From the lower edge.", .at = BOX(bottom), .has_at = BOX(has_bottom),
     .units = PLACE_UNITS, .min = MM(-2000), .max = MM(2000)},
    {"height", PK_FIELD_DIMENSION, "The height.", .at = BOX(height), .has_at = BOX(has_height), .units = PLACE_UNITS,
     .min = 0, .max = MM(2000)},
    {"margins", PK_FIELD_BOOL, "Measured from the margins instead of the edges of the page.", .at = BOX(margins),
     .fallback = "false"},
    {"bleed", PK_FIELD_BOOL, "Edges that touch the edge of the page are drawn out to the bleed.", .at = BOX(bleed),
     .fallback = "false"},
    {"show", PK_FIELD_ENUM,
     "On which pages; `fitting` is those on which its text has room, where without it there would be an error.",
     .at = BOX(show), .names = show_names, .fallback = "always"},
    {"fill", PK_FIELD_STRING, "The ink of the box.", .at = BOX(fill), .fallback_doc = "none"},
    {"tint", PK_FIELD_PERCENT, "How strong the fill is.", .at = BOX(fill_tint), .fallback = "100%"},
    {"rule-above", PK_FIELD_STRUCT, "A line along the upper edge.", .at = BOX(rule_above), .table = &pk_rule_fields},
    {"rule-below", PK_FIELD_STRUCT, "A line along the lower edge.", .at = BOX(rule_below), .table = &pk_rule_fields},
    {"art", PK_FIELD_STRING,
     "A picture beside the layout, whose name may hold {row.column} or {facts.name}; \"{office.logo}\", or of a book "
     "\"{part.art}\".",
     .at = BOX(art), .span_at = BOX(art_span), .fallback_doc = "none"},
    {"beside", PK_FIELD_STRING, "A box with art; where the office has no such art, this box begins where that would.",
     .at = BOX(beside), .fallback_doc = "none"},
    {"style", PK_FIELD_STRING, "The style of lines that name none.", .at = BOX(style), .fallback = "body"},
    {"fit", PK_FIELD_ENUM, "Whether all of the art is seen, or it covers the box and what is more is cut off.",
     .at = BOX(fit), .names = fit_names, .fallback = "contain"},
    {"align", PK_FIELD_ENUM, "Where art stands across.", .at = BOX(align), .names = align_names, .min = PK_ALIGN_LEFT,
     .fallback = "left"},
    {"valign", PK_FIELD_ENUM, "Where the lines or the art stand in the height.", .at = BOX(valign),
     .names = valign_names, .fallback = "top"},
    {"turn", PK_FIELD_ENUM,
     "Whether its text and art are upright or turned: read from the head of the page to its foot, or from foot to "
     "head. "
     "The box itself is not.",
     .at = BOX(turn), .names = turn_names, .fallback = "none"},
    {"part", PK_FIELD_ENUM, "A part of the text that stands in the box instead of `flow:`.", .at = BOX(part),
     .names = part_names, .fallback = "none"},
    {"lines", PK_FIELD_STRUCTS, "The text of the box.", .at = BOX(lines), .count_at = BOX(line_count),
     .table = &line_table},
};

static const pk_fields box_table = {
    .name = "box",
    .doc = "A piece of furniture, placed by two of left, right and width and two of top, bottom and height.",
    .fields = box_fields,
    .count = G_N_ELEMENTS(box_fields),
    .size = sizeof(pk_box_spec),
    .key_at = BOX(name),
    .span_at = BOX(span),
    .check = check_box,
};

/* ---- masters ------------------------------------------------------------- */

static const pk_field frame_fields[] = {
    {"top", PK_FIELD_DIMENSION, "From the upper edge of the page.", .at = MASTER(top), .has_at = MASTER(has_top),
     .units = PLACE_UNITS, .min = 0, .max = MM(2000), .fallback_doc = "the page's margin"},
    {"bottom", PK_FIELD_DIMENSION, "From the lower edge of the page.", .at = MASTER(bottom),
     .has_at = MASTER(has_bottom), .units = PLACE_UNITS, .min = 0, .max = MM(2000),
     .fallback_doc = "the page's margin"},
    {"left", PK_FIELD_DIMENSION, "From the left edge of the page.", .at = MASTER(left), .has_at = MASTER(has_left),
     .units = PLACE_UNITS, .min = 0, .max = MM(2000), .fallback_doc = "the page's margin"},
    {"right", PK_FIELD_DIMENSION, "From the right edge of the page.", .at = MASTER(right), .has_at = MASTER(has_right),
     .units = PLACE_UNITS, .min = 0, .max = MM(2000), .fallback_doc = "the page's margin"},
    {"columns", PK_FIELD_INT, "How many columns.", .at = MASTER(columns), .min = 1, .max = 6,
     .fallback_doc = "as the grid says"},
};

static const pk_fields frame_table = {
    .name = "text frame",
    .doc = "Where the text of the article stands; what is not given is the page's margin.",
    .fields = frame_fields,
    .count = G_N_ELEMENTS(frame_fields),
    .size = sizeof(pk_master_spec),
};

static const pk_field margin_fields[] = {
    {"left", PK_FIELD_DIMENSION, "From the left edge of the page.", .at = MASTER(margin_left), .units = PLACE_UNITS,
     .min = 0, .max = MM(2000), .is_required = true},
    {"width", PK_FIELD_DIMENSION, "The width.", .at = MASTER(margin_width), .units = PLACE_UNITS, .min = MM(10),
     .max = MM(2000), .is_required = true},
};

static const pk_fields margin_table = {
    .name = "margin",
    .doc = "The column beside the text in which stands what has `place: marginal`.",
    .fields = margin_fields,
    .count = G_N_ELEMENTS(margin_fields),
    .size = sizeof(pk_master_spec),
};

#define FRAME(member) PK_AT(pk_frame_spec, member)

static const pk_field chain_fields[] = {
    {"left", PK_FIELD_DIMENSION, "From the left edge of the page.", .at = FRAME(left), .units = PLACE_UNITS, .min = 0,
     .max = MM(2000), .is_required = true},
    {"top", PK_FIELD_DIMENSION, "From the upper edge of the page; text stands on the grid below it.", .at = FRAME(top),
     .units = PLACE_UNITS, .min = 0, .max = MM(2000), .is_required = true},
    {"width", PK_FIELD_DIMENSION, "The width.", .at = FRAME(width), .units = PLACE_UNITS, .min = MM(10),
     .max = MM(2000), .is_required = true},
    {"height", PK_FIELD_DIMENSION, "The height.", .at = FRAME(height), .units = PLACE_UNITS, .min = MM(10),
     .max = MM(2000), .is_required = true},
};

static const pk_fields chain_table = {
    .name = "frame",
    .doc = "A frame of a chain: the text runs from one into the next.",
    .fields = chain_fields,
    .count = G_N_ELEMENTS(chain_fields),
    .size = sizeof(pk_frame_spec),
    .span_at = FRAME(span),
};

/* As many as PK_COLUMNS_MAX of page/. */
enum { FRAMES_MAX = 8 };

static const char *const master_names[] = {"first",   "next",        "left",   "right", "cover", "inside-cover",
                                           "title",   "contents",    "opener", "photo", "blank", "notes",
                                           "imprint", "inside-back", "back",   "spine", NULL};

static bool check_master(pk_job *job, const pk_node *map, void *target) {
  (void)map;
  const pk_master_spec *master = target;
  if (master->frame_count <= FRAMES_MAX) return true;
  pk_diag_add(job->diag, PK_CODE_OUT_OF_RANGE, master->frames[FRAMES_MAX].span,
              "the master '%s' has %zu frames; a page takes %d", master->name, master->frame_count, FRAMES_MAX);
  return false;
}

static const pk_field master_fields[] = {
    {"margin", PK_FIELD_STRUCT, "Where what has `place: marginal` stands, beside its place in the text.",
     .is_flat = true, .table = &margin_table},
    {"frames", PK_FIELD_STRUCTS,
     "Frames of different sizes that the text runs through, instead of columns: the panels of a leaflet.",
     .at = MASTER(frames), .count_at = MASTER(frame_count), .table = &chain_table},
    {"text", PK_FIELD_STRUCT, "The text frame.", .is_flat = true, .table = &frame_table},
    {"boxes", PK_FIELD_MAP, "Letterhead, footer, folio and the like, by names of your own.", .at = MASTER(boxes),
     .count_at = MASTER(box_count), .table = &box_table},
};

const pk_fields pk_master_fields = {
    .name = "master",
    .doc =
        "The pattern of pages. `first` is that of the first page, `next` of those after it, in whose place `left` and "
        "`right` stand on their pages. Books have more: cover, inside-cover, title, contents, contents-next, opener, "
        "photo, blank, notes, imprint, inside-back, back, spine, and such of your own with a hyphen in their names; "
        "NAME-left and NAME-right stand for NAME on their pages.",
    .fields = master_fields,
    .count = G_N_ELEMENTS(master_fields),
    .size = sizeof(pk_master_spec),
    .key_at = MASTER(name),
    .span_at = MASTER(span),
    .keys = master_names,
    .takes_own_keys = true,
    .check = check_master,
};
