/* The contrast of type with what lies under it.
 *
 * In:  pages. Out: type that is too near to its ground, told where the layout gives
 *      its style: once for a style and a ground, however often it stands there.
 *
 * Ratio and limits are those of WCAG 2.1, 1.4.3: 4.5, and 3 for large type, by the
 * inks' screen colours. What lies on a picture is not judged: it depends on where. */
#include <math.h>

#include "access/access.h"

/* What lies under a point: the page's white, an area, or a picture. */
typedef struct {
  const pk_placed *area; /* NULL: the page */
  bool is_picture;
} ground;

typedef struct {
  pk_job *job;
  const pk_document *document;
  const pk_page *page;
  size_t at; /* of the line among what is placed */
} viewer;

static double luminance(const double rgb[3]) {
  static const double shares[] = {0.2126, 0.7152, 0.0722};
  double sum = 0;
  for (size_t i = 0; i < 3; i++)
    sum += shares[i] * (rgb[i] <= 0.03928 ? rgb[i] / 12.92 : pow((rgb[i] + 0.055) / 1.055, 2.4));
  return sum;
}

/* The luminance of an ink, thinned with white. */
static double luminance_of(const pk_document *document, uint32_t ink, double tint) {
  double rgb[3];
  for (size_t i = 0; i < 3; i++) rgb[i] = 1 - (1 - document->inks[ink].screen[i]) * tint;
  return luminance(rgb);
}

static bool holds(const pk_rect *rect, pk_length x, pk_length y) {
  return x >= rect->x && x <= rect->x + rect->width && y >= rect->y && y <= rect->y + rect->height;
}

static ground ground_at(const viewer *v, pk_length x, pk_length y) {
  for (size_t i = v->at; i-- > 0;) {
    const pk_placed *under = pk_page_at(v->page, i);
    if (under->kind == PK_PLACED_RECT && holds(&under->rect.rect, x, y)) return (ground){under, false};
    if (under->kind == PK_PLACED_ART && holds(&under->art.rect, x, y)) return (ground){under, true};
  }
  return (ground){NULL, false};
}

static bool is_large(const pk_style *style, pk_length size) {
  enum { LARGE = 18, LARGE_BOLD = 14, BOLD = 700 }; /* points, points, weight */
  return size >= LARGE || (size >= LARGE_BOLD && style->weight >= BOLD);
}

static bool has_words(const pk_styled_text *text, const pk_glyph_run *run) {
  for (const char *at = text->text + run->start; at < text->text + run->end; at = g_utf8_next_char(at))
    if (g_unichar_isalnum(g_utf8_get_char(at))) return true;
  return false;
}

static char *name_of(const viewer *v, const ground *under) {
  if (!under->area) return g_strdup("the page's white");
  const char *ink = v->document->inks[under->area->rect.ink].name;
  double tint = under->area->rect.tint;
  return tint < 1 ? g_strdup_printf("%g %% of %s", round(tint * 100), ink) : g_strdup(ink);
}

static void check_on(const viewer *v, const pk_style *style, pk_length size, const ground *under) {
  if (under->is_picture) return;
  double type = luminance_of(v->document, style->ink, 1);
  double below = under->area ? luminance_of(v->document, under->area->rect.ink, under->area->rect.tint) : 1;
  double ratio = (MAX(type, below) + 0.05) / (MIN(type, below) + 0.05), least = is_large(style, size) ? 3 : 4.5;
  if (ratio >= least) return;
  g_autofree char *ground_name = name_of(v, under);
  pk_diagnostic *raised = pk_diag_add(
      v->job->diag, PK_CODE_CONTRAST_LOW, style->span,
      "type of the style '%s' in the ink %s on %s has a contrast of %.1f : 1; %g : 1 is the least for %s type",
      style->name, v->document->inks[style->ink].name, ground_name, floor(ratio * 10) / 10, least,
      least > 3 ? "this" : "large");
  pk_diag_hint(v->job->diag, raised, "take a %s ink for it, or %s its ground (screen: of the inks)",
               below > type ? "darker" : "lighter", below > type ? "lighten" : "darken");
  if (under->area && under->area->source.source)
    pk_diag_related(v->job->diag, raised, under->area->source, "what lies under it");
}

/* Both ends and the middle of what a run shows. */
static void check_run(const viewer *v, const pk_placed *placed, const pk_glyph_run *run) {
  const double places[] = {0.02, 0.5, 0.98};
  const pk_style *style = placed->line.text->runs[run->run].style;
  if (run->width <= 0 || !has_words(placed->line.text, run)) return;
  const pk_placed *last = placed; /* none yet */
  for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
    pk_length along = placed->line.line->x + run->x + places[i] * run->width;
    pk_rect at = pk_rect_turn((pk_rect){along, -run->size / 4, 0, 0}, placed->turn);
    ground under = ground_at(v, placed->line.x + at.x, placed->line.y + at.y);
    if (under.area == last) continue;
    last = under.area;
    check_on(v, style, run->size, &under);
  }
}

void pk_access_pages(pk_job *job, const pk_pages *pages) {
  viewer v = {.job = job, .document = pages->document};
  for (size_t p = 0; p < pages->count; p++) {
    v.page = &pages->pages[p];
    for (v.at = 0; v.at < pk_page_count(v.page); v.at++) {
      const pk_placed *placed = pk_page_at(v.page, v.at);
      if (placed->kind != PK_PLACED_LINE) continue;
      for (size_t r = 0; r < placed->line.line->run_count; r++) check_run(&v, placed, &placed->line.line->runs[r]);
    }
  }
}
