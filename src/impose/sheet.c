/* Sizes: which way round the sheet lies, and whether the pages fit on it. */
#include "impose/sheet.h"

#include <math.h>
#include <string.h>

/* Rounding of boxes in files must not make a page too large for its sheet. */
static const double TOLERANCE = 0.75;

static const struct {
  const char *name;
  double width_mm, height_mm;
} sheets[] = {
    {"A5", 148, 210},   {"SRA4", 225, 320}, {"A4", 210, 297},         {"RA4", 215, 305},         {"A3", 297, 420},
    {"RA3", 305, 430},  {"SRA3", 320, 450}, {"B3", 353, 500},         {"A2", 420, 594},          {"RA2", 430, 610},
    {"SRA2", 450, 640}, {"B2", 500, 707},   {"letter", 215.9, 279.4}, {"tabloid", 279.4, 431.8},
};

/* "480x330mm" */
static bool parse_size(const char *text, pk_length *width, pk_length *height) {
  g_auto(GStrv) sides = g_strsplit(text, "x", 3);
  if (g_strv_length(sides) != 2) return false;
  size_t digits = strspn(sides[1], "0123456789.");
  g_autofree char *first = g_strconcat(sides[0], sides[1] + digits, NULL);
  pk_dimension wide, high;
  if (pk_dimension_parse(first, &wide) != PK_DIMENSION_OK || pk_dimension_parse(sides[1], &high) != PK_DIMENSION_OK)
    return false;
  *width = wide.value;
  *height = high.value;
  return wide.unit == PK_UNIT_PT && high.unit == PK_UNIT_PT && wide.value >= 72 && high.value >= 72 &&
         wide.value <= 14400 && high.value <= 14400;
}

bool pk_impose_sheet(const char *name, pk_length *width, pk_length *height) {
  for (size_t i = 0; i < G_N_ELEMENTS(sheets); i++) {
    if (g_ascii_strcasecmp(sheets[i].name, name) != 0) continue;
    *width = sheets[i].width_mm * PK_PT_PER_MM;
    *height = sheets[i].height_mm * PK_PT_PER_MM;
    return true;
  }
  return parse_size(name, width, height);
}

/* ---- fitting ------------------------------------------------------------- */

static double mm(pk_length points) {
  return points / PK_PT_PER_MM;
}

/* The widest bleed of any page, each side counted. */
static pk_length widest_bleed(const pk_impose_page *pages, size_t count) {
  double widest = 0;
  for (size_t i = 0; i < count; i++) {
    const pk_box *trim = &pages[i].page->trim, *bleed = &pages[i].page->bleed;
    double most = fmax(fmax(trim->left - bleed->left, bleed->right - trim->right),
                       fmax(trim->bottom - bleed->bottom, bleed->top - trim->top));
    widest = fmax(widest, most * pages[i].page->unit);
  }
  return widest;
}

/* What all cells of a side take at a scale. */
static void group_size(const pk_plan *plan, const pk_impose_options *options, const pk_impose_page *pages,
                       const pk_sheet *sheet, pk_length *width, pk_length *height) {
  *width = plan->columns * sheet->cell_width + (plan->columns - 1) * options->gutter;
  *height = plan->rows * sheet->cell_height + (plan->rows - 1) * options->gutter;
  if (options->scheme != PK_SCHEME_LEAFLET) return;
  *width = 0;
  for (size_t i = 0; i < plan->side_count; i++) {
    double wide = (plan->columns - 1) * options->gutter;
    for (int c = 0; c < plan->columns; c++) wide += pages[plan->sides[i].pages[c]].width * sheet->scale;
    *width = fmax(*width, wide);
  }
}

static pk_status tell_too_large(pk_job *job, const pk_impose_options *options, pk_length width, pk_length height) {
  const char *name = options->sheet_name ? options->sheet_name : "the sheet";
  pk_diagnostic *d = pk_diag_add(job->diag, PK_CODE_IMPOSE_SHEET_SIZE, PK_SPAN_NONE,
                                 "the pages side by side take %.0f × %.0f mm, %s has %.0f × %.0f mm", mm(width),
                                 mm(height), name, mm(options->sheet_width), mm(options->sheet_height));
  double wide = fmax(width, height), high = fmin(width, height);
  const char *enough = NULL;
  double least = INFINITY;
  for (size_t i = 0; i < G_N_ELEMENTS(sheets); i++) {
    double area = sheets[i].width_mm * sheets[i].height_mm;
    if (sheets[i].height_mm * PK_PT_PER_MM < wide - TOLERANCE || sheets[i].width_mm * PK_PT_PER_MM < high - TOLERANCE ||
        area >= least)
      continue;
    least = area;
    enough = sheets[i].name;
  }
  if (enough)
    pk_diag_hint(job->diag, d, "--sheet %s is large enough; --fit makes the pages smaller", enough);
  else
    pk_diag_hint(job->diag, d, "name a larger sheet, as in --sheet %.0fx%.0fmm, or make the pages smaller with --fit",
                 ceil(mm(wide)), ceil(mm(high)));
  return PK_FAILED;
}

/* The scale at which the group fits on a sheet of this size: 1 or less. */
static double scale_for(const pk_impose_options *options, const pk_plan *plan, pk_length width, pk_length height,
                        pk_length sheet_width, pk_length sheet_height) {
  double gaps_x = (plan->columns - 1) * options->gutter, gaps_y = (plan->rows - 1) * options->gutter;
  if (width <= sheet_width + TOLERANCE && height <= sheet_height + TOLERANCE) return 1;
  return fmin(1, fmin((sheet_width - gaps_x) / (width - gaps_x), (sheet_height - gaps_y) / (height - gaps_y)));
}

static void choose_turn(const pk_impose_options *options, pk_sheet *sheet) {
  bool is_wide = sheet->width > sheet->height;
  pk_duplex upright = is_wide ? PK_DUPLEX_SHORT_EDGE : PK_DUPLEX_LONG_EDGE;
  pk_duplex chosen = options->duplex == PK_DUPLEX_NONE ? upright : options->duplex;
  sheet->turns_backs = chosen != upright;
  sheet->turn = chosen == PK_DUPLEX_LONG_EDGE ? "long edge" : "short edge";
}

static void set_largest(const pk_impose_page *pages, size_t count, pk_sheet *sheet) {
  for (size_t i = 0; i < count; i++) {
    sheet->cell_width = fmax(sheet->cell_width, pages[i].width);
    sheet->cell_height = fmax(sheet->cell_height, pages[i].height);
  }
}

pk_status pk_sheet_fit(pk_job *job, const pk_plan *plan, const pk_impose_page *pages, size_t page_count,
                       const pk_impose_options *options, pk_sheet *out) {
  pk_sheet sheet = {.scale = 1, .bleed = widest_bleed(pages, page_count)};
  set_largest(pages, page_count, &sheet);
  pk_length width, height;
  group_size(plan, options, pages, &sheet, &width, &height);
  if (options->sheet_width <= 0) {
    pk_length room = sheet.bleed + (options->has_marks ? PK_MARK_ROOM : 0);
    sheet.width = width + 2 * room;
    sheet.height = height + 2 * room;
  } else {
    double least = fmin(options->sheet_width, options->sheet_height);
    double most = fmax(options->sheet_width, options->sheet_height);
    double lying = scale_for(options, plan, width, height, most, least);
    double standing = scale_for(options, plan, width, height, least, most);
    bool is_lying = lying > standing || (lying == standing && width > height);
    sheet.scale = fmax(lying, standing);
    sheet.width = is_lying ? most : least;
    sheet.height = is_lying ? least : most;
    if (sheet.scale < 1 && !options->fits) return tell_too_large(job, options, width, height);
    if (!(sheet.scale > 0.01)) return tell_too_large(job, options, width, height);
  }
  sheet.cell_width *= sheet.scale;
  sheet.cell_height *= sheet.scale;
  sheet.bleed *= sheet.scale;
  group_size(plan, options, pages, &sheet, &width, &height);
  double margin = fmin(sheet.width - width, sheet.height - height) / 2;
  sheet.has_room = margin >= sheet.bleed + PK_MARK_GAP + PK_MARK_LENGTH / 2;
  if (margin < sheet.bleed - TOLERANCE)
    pk_diag_add(job->diag, PK_CODE_IMPOSE_NO_ROOM, PK_SPAN_NONE,
                "the pages bleed by %.1f mm, the sheet leaves %.1f mm around them", mm(sheet.bleed),
                mm(fmax(margin, 0)));
  choose_turn(options, &sheet);
  *out = sheet;
  return PK_OK;
}
