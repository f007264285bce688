/* Each element against the printer's rules.
 *
 * What lies under an element is looked up among the areas painted before it that
 * fill their rectangle; of pictures the ink under a spot is not known, so nothing
 * is said where one lies under it. */
#include "preflight/fault.h"

#include <math.h>
#include <string.h>

/* Below these amounts an ink is none, a colour is light, a ground is dark; 0..1 of
 * an ink, or of all together. */
static const double NO_INK = 0.005, LIGHT = 0.2, DARK = 0.5, LITTLE = 0.1, SCREENED = 0.3;

/* Points: how near to the edge counts as touching it; the tolerance of sizes; text
 * up to this size is "small" to the eye that judges edges; below this a tint
 * falls into dots. */
static const double TOUCH = 0.5, TINY = 0.05, TEXT_SIZE = 14, DOTTED_TYPE = 10;

static double mm(double points) {
  return points / PK_PT_PER_MM;
}

pk_checker *pk_checker_new(pk_job *job, const pk_printer *printer) {
  pk_checker *checker = g_new0(pk_checker, 1);
  checker->job = job;
  checker->printer = printer;
  checker->grounds = g_array_new(FALSE, FALSE, sizeof(pk_ground));
  checker->findings = g_array_new(FALSE, FALSE, sizeof(pk_finding));
  checker->badness = g_array_new(FALSE, FALSE, sizeof(double));
  checker->spots = g_ptr_array_new();
  return checker;
}

/* ---- inks ---------------------------------------------------------------- */

static double total(const double *inks) {
  double sum = 0;
  for (int i = 0; i < PK_PLATES_MAX; i++) sum += inks[i];
  return sum;
}

static int process_count(const double *inks) {
  int count = 0;
  for (int i = 0; i < 4; i++) count += inks[i] > NO_INK;
  return count;
}

static bool is_black_alone(const pk_colour *colour) {
  return colour->kind == PK_COLOUR_INKS && colour->inks[3] > 0.99 && total(colour->inks) - colour->inks[3] < NO_INK;
}

static bool contains(const pk_rect *rect, double x, double y) {
  return x >= rect->x && x <= rect->x + rect->width && y >= rect->y && y <= rect->y + rect->height;
}

/* What lies under the middle of `rect`; NULL: paper. */
static const pk_ground *ground_under(const pk_checker *checker, const pk_rect *rect) {
  double x = rect->x + rect->width / 2, y = rect->y + rect->height / 2;
  for (guint i = checker->grounds->len; i > 0; i--) {
    const pk_ground *ground = &g_array_index(checker->grounds, pk_ground, i - 1);
    if (contains(&ground->rect, x, y)) return ground;
  }
  return NULL;
}

static bool is_known(const pk_ground *ground) {
  return !ground || ground->inks[0] >= 0;
}

/* ---- faults -------------------------------------------------------------- */

static pk_fault fault_of(const pk_checker *checker, const pk_element *element, pk_code code, double badness) {
  return (pk_fault){
      .code = code, .page = checker->page.number, .span = element->span, .rect = &element->rect, .badness = badness};
}

/* "photo.jpg", or what is known of it: "the area", "the picture (object 12)". */
static char *name_of(const pk_element *element) {
  static const char *const kinds[] = {"the type", "the area", "the line", "the picture"};
  const char *kind = kinds[element->kind];
  if (element->what && *element->what)
    return element->kind == PK_ELEMENT_TEXT ? g_strdup_printf("the type “%s”", element->what) : g_strdup(element->what);
  return element->object ? g_strdup_printf("%s (object %d)", kind, element->object) : g_strdup(kind);
}

/* ---- edges --------------------------------------------------------------- */

static const char *const edge_names[] = {"left", "upper", "right", "lower"};

/* How far inside the trim the element's sides are; negative: outside. */
static void edge_distances(const pk_checker *checker, const pk_rect *rect, double distance[4]) {
  distance[0] = rect->x;
  distance[1] = rect->y;
  distance[2] = checker->page.width - rect->x - rect->width;
  distance[3] = checker->page.height - rect->y - rect->height;
}

/* Part of a drawing that goes over the edge of the page by itself: where its shapes
 * end is the drawing's own affair. */
static bool is_of_bleeding(const pk_checker *checker, const pk_element *e, int side) {
  if (e->window.width <= 0 || e->kind == PK_ELEMENT_TEXT) return false;
  double distance[4];
  edge_distances(checker, &e->window, distance);
  return -distance[side] >= checker->printer->bleed - TOUCH && distance[side] < -TOUCH;
}

static void check_bleed(pk_checker *checker, const pk_element *e, const double distance[4]) {
  double bleed = checker->printer->bleed;
  if (e->kind == PK_ELEMENT_TEXT || bleed <= 0) return;
  for (int i = 0; i < 4; i++) {
    double beyond = -distance[i];
    if (beyond < -TOUCH || beyond >= bleed - TOUCH || is_of_bleeding(checker, e, i)) continue;
    if (e->kind == PK_ELEMENT_LINE && beyond <= TOUCH && e->rect.width * e->rect.height < 1) continue;
    g_autofree char *name = name_of(e);
    pk_fault fault = fault_of(checker, e, PK_CODE_BLEED_SHORT, bleed - beyond);
    fault.hint = e->kind == PK_ELEMENT_IMAGE ? "make the picture larger than the page, or keep it off the edge"
                                             : "draw it over the edge to the end of the bleed: `bleed: true` of a box";
    pk_checker_fault(checker, &fault, "%s touches the %s edge and reaches %.1f mm beyond it; the bleed is %.1f mm",
                     name, edge_names[i], mm(fmax(beyond, 0)), mm(bleed));
  }
}

static void check_safe_margin(pk_checker *checker, const pk_element *e, const double distance[4]) {
  double safe = checker->printer->safe_margin;
  for (int i = 0; i < 4; i++) {
    bool is_near = distance[i] < safe - TOUCH && (e->kind == PK_ELEMENT_TEXT || distance[i] > TOUCH);
    if (!is_near || is_of_bleeding(checker, e, i) || -distance[i] > (i % 2 ? e->rect.height : e->rect.width)) continue;
    g_autofree char *name = name_of(e);
    pk_fault fault = fault_of(checker, e, PK_CODE_SAFE_MARGIN, safe - distance[i]);
    if (distance[i] < 0)
      pk_checker_fault(checker, &fault, "%s runs %.1f mm over the %s edge", name, mm(-distance[i]), edge_names[i]);
    else
      pk_checker_fault(checker, &fault, "%s stands %.1f mm from the %s edge, the printer wants %.1f mm", name,
                       mm(distance[i]), edge_names[i], mm(safe));
  }
}

static void check_folds(pk_checker *checker, const pk_element *e) {
  if (e->kind != PK_ELEMENT_TEXT) return;
  for (size_t i = 0; i < checker->page.fold_count; i++) {
    double at = checker->page.folds[i];
    if (e->rect.x >= at - TOUCH || e->rect.x + e->rect.width <= at + TOUCH) continue;
    g_autofree char *name = name_of(e);
    pk_fault fault = fault_of(checker, e, PK_CODE_FOLD_CROSSED, 0);
    pk_checker_fault(checker, &fault, "%s lies across the fold %.0f mm from the left edge", name, mm(at));
  }
}

/* Marks and the like, or what only touches from without. */
static bool is_outside(const pk_checker *checker, const pk_element *e) {
  double distance[4];
  edge_distances(checker, &e->rect, distance);
  bool outside = false;
  for (int i = 0; i < 4; i++) outside |= -distance[i] >= (i % 2 ? e->rect.height : e->rect.width) - TINY;
  return outside;
}

static void check_edges(pk_checker *checker, const pk_element *e) {
  double distance[4];
  edge_distances(checker, &e->rect, distance);
  check_bleed(checker, e, distance);
  check_safe_margin(checker, e, distance);
  check_folds(checker, e);
}

/* ---- how much ink -------------------------------------------------------- */

/* The inks at the element once it is printed: overprint leaves those of the ground
 * where it has none of its own. */
static void inks_printed(const pk_element *e, const pk_ground *ground, double *inks) {
  memcpy(inks, e->colour.inks, sizeof e->colour.inks);
  if (!e->overprints || !ground || !is_known(ground)) return;
  for (int i = 0; i < PK_PLATES_MAX; i++)
    if (inks[i] <= NO_INK) inks[i] = ground->inks[i];
}

static void check_ink_limit(pk_checker *checker, const pk_element *e, const pk_ground *ground) {
  if (e->colour.kind != PK_COLOUR_INKS || e->is_transparent) return;
  double inks[PK_PLATES_MAX];
  inks_printed(e, ground, inks);
  double sum = total(inks), limit = checker->printer->ink_limit;
  if (sum <= limit + NO_INK) return;
  g_autofree char *name = name_of(e);
  bool is_together = sum > total(e->colour.inks) + NO_INK;
  pk_fault fault = fault_of(checker, e, PK_CODE_INK_LIMIT, sum - limit);
  fault.hint = is_together ? "it overprints what lies under it, so that both inks add up: make the ground lighter"
                           : "use less of the coloured inks";
  pk_checker_fault(checker, &fault, "%.0f %% ink in %s%s, the limit is %.0f %%", sum * 100, name,
                   is_together ? " and what lies under it" : "", limit * 100);
}

static void check_colour_kind(pk_checker *checker, const pk_element *e) {
  g_autofree char *name = NULL;
  pk_standard standard = checker->printer->standard;
  bool forbids_profiles = standard == PK_STANDARD_X_1A_2003;
  if (e->colour.kind == PK_COLOUR_RGB && standard != PK_STANDARD_NONE) {
    name = name_of(e);
    pk_fault fault = fault_of(checker, e, PK_CODE_RGB_COLOUR, 0);
    fault.hint = "convert it to CMYK by the profile of the press";
    pk_checker_fault(checker, &fault, "%s is in RGB without a profile", name);
  } else if (e->colour.kind == PK_COLOUR_TAGGED &&
             (forbids_profiles || checker->printer->images.policy == PK_IMAGES_CONVERT)) {
    name = name_of(e);
    pk_fault fault = fault_of(checker, e, PK_CODE_TAGGED_COLOUR, 0);
    pk_checker_fault(checker, &fault, "%s has colours with a profile of their own%s", name,
                     forbids_profiles ? ", which PDF/X-1a forbids" : ": they are not inks yet");
  } else if (e->colour.kind == PK_COLOUR_REGISTRATION) {
    name = name_of(e);
    pk_fault fault = fault_of(checker, e, PK_CODE_REGISTRATION_COLOUR, 0);
    pk_checker_fault(checker, &fault, "%s is in the colour of registration, which is on every plate", name);
  }
}

static void check_spots(pk_checker *checker, const pk_element *e) {
  if (checker->printer->spots == PK_SPOTS_KEEP) return;
  for (guint i = 0; i < checker->spots->len; i++) {
    if (e->colour.inks[i + 4] <= NO_INK) continue;
    pk_fault fault = fault_of(checker, e, PK_CODE_SPOT_UNWANTED, 0);
    pk_checker_spot_unwanted(checker, &fault, g_ptr_array_index(checker->spots, i));
  }
}

static void check_overprint(pk_checker *checker, const pk_element *e, const pk_ground *ground) {
  if (e->colour.kind != PK_COLOUR_INKS) return;
  if (e->overprints && total(e->colour.inks) <= NO_INK) {
    g_autofree char *name = name_of(e);
    pk_fault fault = fault_of(checker, e, PK_CODE_WHITE_OVERPRINT, 0);
    pk_checker_fault(checker, &fault, "%s is white and set to overprint: it will vanish", name);
  }
  bool is_thin = e->kind == PK_ELEMENT_TEXT ? e->size < 2 * TEXT_SIZE : e->kind == PK_ELEMENT_LINE;
  if (!is_thin || e->overprints || !is_black_alone(&e->colour) || !checker->printer->black.overprints) return;
  if (!ground || !is_known(ground) || total(ground->inks) - ground->inks[3] <= LITTLE) return;
  g_autofree char *name = name_of(e);
  pk_fault fault = fault_of(checker, e, PK_CODE_BLACK_KNOCK_OUT, 0);
  pk_checker_fault(checker, &fault, "%s is black and knocks out the colour under it", name);
}

/* ---- type and lines ------------------------------------------------------ */

static void tell_type(pk_checker *checker, const pk_element *e, pk_code code, double least, const char *what) {
  g_autofree char *name = name_of(e);
  pk_fault fault = fault_of(checker, e, code, least - e->size);
  if (least > 0)
    pk_checker_fault(checker, &fault, "%s is %.3g pt%s, the smallest that prints well is %.3g pt", name, e->size, what,
                     least);
  else
    pk_checker_fault(checker, &fault, "%s is %.3g pt %s", name, e->size, what);
}

static bool is_reversed(const pk_element *e, const pk_ground *ground) {
  return ground && is_known(ground) && total(e->colour.inks) <= LIGHT && total(ground->inks) >= DARK;
}

static void check_type(pk_checker *checker, const pk_element *e, const pk_ground *ground) {
  const double *inks = e->colour.inks;
  bool is_inks = e->colour.kind == PK_COLOUR_INKS;
  if (is_inks && is_reversed(e, ground)) {
    double least = checker->printer->smallest.type_reversed;
    if (e->size < least - TINY) tell_type(checker, e, PK_CODE_TYPE_REVERSED, least, " and light on a dark ground");
    return;
  }
  if (is_inks && total(inks) <= NO_INK && !e->overprints && is_known(ground)) {
    if (!ground || total(ground->inks) <= NO_INK)
      tell_type(checker, e, PK_CODE_TYPE_INVISIBLE, 0, "and white on white");
    return;
  }
  if (e->size < checker->printer->smallest.type - TINY)
    tell_type(checker, e, PK_CODE_TYPE_TOO_SMALL, checker->printer->smallest.type, "");
  if (!is_inks || e->is_transparent) return;
  if (inks[3] > 0.85 && total(inks) - inks[3] > LITTLE) {
    if (e->size < TEXT_SIZE) tell_type(checker, e, PK_CODE_RICH_BLACK_TEXT, 0, "and black from several inks");
  } else if (process_count(inks) > 1 && e->size < checker->printer->smallest.type_in_several_inks - TINY) {
    tell_type(checker, e, PK_CODE_TYPE_IN_SEVERAL_INKS, checker->printer->smallest.type_in_several_inks,
              " in several inks");
  }
  double deepest = 0;
  for (int i = 0; i < PK_PLATES_MAX; i++) deepest = fmax(deepest, inks[i]);
  if (deepest < SCREENED && e->size < DOTTED_TYPE) tell_type(checker, e, PK_CODE_TYPE_SCREENED, 0, "in a pale tint");
}

static void check_line(pk_checker *checker, const pk_element *e, const pk_ground *ground) {
  bool reversed = e->colour.kind == PK_COLOUR_INKS && is_reversed(e, ground);
  double least = reversed ? checker->printer->smallest.line_reversed : checker->printer->smallest.line;
  if (e->size >= least - 0.005) return;
  if (!reversed && e->colour.kind == PK_COLOUR_INKS && total(e->colour.inks) <= NO_INK) return;
  g_autofree char *name = name_of(e);
  pk_fault fault = fault_of(checker, e, reversed ? PK_CODE_HAIRLINE_REVERSED : PK_CODE_HAIRLINE, least - e->size);
  pk_checker_fault(checker, &fault, "%s is %.2g pt thick%s, the thinnest that prints well is %.3g pt", name, e->size,
                   reversed ? " and light on a dark ground" : "", least);
}

/* ---- pictures ------------------------------------------------------------ */

static void check_picture(pk_checker *checker, const pk_element *e) {
  if (!(e->dpi > 0)) return;
  const pk_resolution *by_kind[] = {&checker->printer->images.colour, &checker->printer->images.grey,
                                    &checker->printer->images.line};
  const pk_resolution *need = by_kind[e->picture];
  if (e->dpi >= need->wanted - 0.5) return;
  bool is_coarse = e->dpi < need->least - 0.5;
  g_autofree char *name = name_of(e);
  pk_fault fault =
      fault_of(checker, e, is_coarse ? PK_CODE_IMAGE_RESOLUTION : PK_CODE_IMAGE_SOFT, need->wanted - e->dpi);
  g_autofree char *hint = g_strdup_printf("print it at %.0f %% of this size at most, or use a larger original",
                                          floor(100 * e->dpi / need->least));
  if (is_coarse) fault.hint = hint;
  pk_checker_fault(checker, &fault, "%s is %.0f ppi at this size, the printer %s %.0f%s", name, e->dpi,
                   is_coarse ? "needs" : "wishes", is_coarse ? need->least : need->wanted,
                   e->picture == PK_PICTURE_LINE ? " for line art" : "");
}

/* ---- pages --------------------------------------------------------------- */

static void note_ground(pk_checker *checker, const pk_element *e, const pk_ground *under) {
  bool is_area = e->kind == PK_ELEMENT_AREA || e->kind == PK_ELEMENT_IMAGE;
  if (!is_area || !e->is_exact || checker->grounds->len >= PK_GROUNDS_MAX) return;
  pk_ground ground = {.rect = e->rect, .span = e->span};
  inks_printed(e, under, ground.inks);
  if (e->kind == PK_ELEMENT_IMAGE || e->is_transparent || e->colour.kind != PK_COLOUR_INKS || !is_known(under))
    ground.inks[0] = -1;
  g_array_append_val(checker->grounds, ground);
}

/* What is seen of `rect` through `window`. */
static pk_rect seen_of(const pk_rect *rect, const pk_rect *window) {
  if (window->width <= 0) return *rect;
  double left = fmax(rect->x, window->x), right = fmin(rect->x + rect->width, window->x + window->width);
  double top = fmax(rect->y, window->y), bottom = fmin(rect->y + rect->height, window->y + window->height);
  return (pk_rect){left, top, right - left, bottom - top};
}

void pk_checker_element(pk_checker *checker, const pk_element *painted) {
  pk_element seen = *painted, *e = &seen;
  seen.rect = seen_of(&painted->rect, &painted->window);
  if (e->rect.width < 0 || e->rect.height < 0) return;
  if (is_outside(checker, e)) return; /* it is cut off: no rule of the page is for it */
  const pk_ground *ground = ground_under(checker, &e->rect);
  bool has_ink = total(e->colour.inks) > NO_INK || e->kind == PK_ELEMENT_IMAGE || e->colour.kind != PK_COLOUR_INKS;
  if (has_ink) {
    checker->ink_count++;
    check_edges(checker, e);
  }
  check_ink_limit(checker, e, ground);
  check_colour_kind(checker, e);
  check_spots(checker, e);
  check_overprint(checker, e, ground);
  if (e->kind == PK_ELEMENT_TEXT) check_type(checker, e, ground);
  if (e->kind == PK_ELEMENT_LINE) check_line(checker, e, ground);
  if (e->kind == PK_ELEMENT_IMAGE) check_picture(checker, e);
  pk_standard standard = checker->printer->standard;
  if (e->is_transparent && (standard == PK_STANDARD_X_1A_2003 || standard == PK_STANDARD_X_3_2002)) {
    g_autofree char *name = name_of(e);
    pk_fault fault = fault_of(checker, e, PK_CODE_TRANSPARENCY, 0);
    pk_checker_fault(checker, &fault, "%s is transparent, which %s forbids", name, pk_standard_name(standard));
  }
  note_ground(checker, e, ground);
}

void pk_checker_page_begin(pk_checker *checker, const pk_check_page *page) {
  checker->page = *page;
  checker->ink_count = 0;
  g_array_set_size(checker->grounds, 0);
  pk_fault fault = {.code = PK_CODE_PAGE_SIZES, .page = page->number, .span = page->span};
  if (checker->page_count++ == 0) {
    checker->first_width = page->width;
    checker->first_height = page->height;
  } else if (fabs(page->width - checker->first_width) > 1 || fabs(page->height - checker->first_height) > 1) {
    pk_checker_fault(checker, &fault, "this page is %.0f × %.0f mm, the first one %.0f × %.0f mm", mm(page->width),
                     mm(page->height), mm(checker->first_width), mm(checker->first_height));
  }
  double least = INFINITY, wanted = checker->printer->bleed;
  for (int i = 0; i < 4; i++) least = fmin(least, page->bleed[i]);
  if (least >= wanted - TOUCH) return;
  fault.code = PK_CODE_BLEED_BOX;
  pk_checker_fault(checker, &fault, "the page has %.1f mm of bleed, the printer wants %.1f mm", mm(fmax(least, 0)),
                   mm(wanted));
}

void pk_checker_page_end(pk_checker *checker) {
  if (checker->ink_count || checker->page.may_be_empty) return;
  pk_fault fault = {.code = PK_CODE_PAGE_EMPTY, .page = checker->page.number, .span = checker->page.span};
  pk_checker_fault(checker, &fault, "page %zu is empty", checker->page.number + 1);
}
