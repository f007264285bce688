/* Links -> annotations.
 *
 * Runs of one link that stand side by side on a line share an annotation; a link
 * that goes on in the next line has one more there. */
#include <string.h>

#include "pdf/number.h"
#include "pdf/page.h"

/* What a click on printed matter may do, and no more: a file: or javascript:
 * address has no place in what an office hands out. */
static const char *const schemes[] = {"http:", "https:", "mailto:", "tel:"};

static bool has_scheme(const char *href) {
  for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++)
    if (g_ascii_strncasecmp(href, schemes[i], strlen(schemes[i])) == 0) return true;
  return false;
}

static void warn(pk_pdf_file *file, const pk_draw *draw) {
  pk_diagnostic *diagnostic =
      pk_diag_add(file->job->diag, PK_CODE_LINK_SCHEME, draw->source, "the link \"%s\" cannot be clicked", draw->href);
  pk_diag_hint(file->job->diag, diagnostic, "write the whole address, beginning with https:// or mailto: or tel:");
}

static pk_rect area_of(const pk_draw *draw) {
  if (draw->kind == PK_DRAW_RECT) return draw->rect;
  if (draw->kind == PK_DRAW_ART) return draw->art.rect;
  const pk_face *face = draw->glyphs.face;
  double scale = draw->glyphs.size / (face->upem > 0 ? face->upem : 1000);
  double ascent = face->ascent * scale, descent = -face->descent * scale;
  return (pk_rect){draw->glyphs.x, draw->glyphs.y - ascent, draw->glyphs.width, ascent + descent};
}

/* Whether `next` goes on where `area` ends, on the same line. */
static bool adjoins(const pk_rect *area, const pk_rect *next) {
  double overlap = MIN(area->y + area->height, next->y + next->height) - MAX(area->y, next->y);
  double gap = MAX(next->x - (area->x + area->width), area->x - (next->x + next->width));
  double least = MIN(area->height, next->height);
  return overlap >= least / 2 && gap <= MAX(area->height, next->height);
}

static pk_rect join(const pk_rect *a, const pk_rect *b) {
  double left = MIN(a->x, b->x), top = MIN(a->y, b->y);
  return (pk_rect){left, top, MAX(a->x + a->width, b->x + b->width) - left,
                   MAX(a->y + a->height, b->y + b->height) - top};
}

/* A URI is ASCII (RFC 3986); what is not is written as its UTF-8 bytes in %XX. */
static qpdf_oh uri_string(pk_pdf_file *file, const char *href) {
  g_autoptr(GString) uri = g_string_new(NULL);
  for (const char *at = href; *at; at++) {
    if (g_ascii_isgraph(*at))
      g_string_append_c(uri, *at);
    else
      g_string_append_printf(uri, "%%%02X", (unsigned char)*at);
  }
  return qpdf_oh_new_string(file->qpdf, uri->str);
}

static void add_annotation(pk_pdf_file *file, qpdf_oh annotations, const char *href, const pk_rect *area) {
  pk_length left, top;
  pk_pdf_box_origin(file, &left, &top);
  const double edges[] = {left + area->x, top - area->y - area->height, left + area->x + area->width, top - area->y};
  g_autoptr(GString) keys = g_string_new("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
  for (size_t i = 0; i < 4; i++) {
    if (i) g_string_append_c(keys, ' ');
    pk_pdf_put_number(keys, edges[i], 2);
  }
  g_string_append(keys, "]/A<</S/URI>>>>");
  qpdf_oh annotation = pk_pdf_parse(file, keys->str);
  qpdf_oh action = qpdf_oh_get_key(file->qpdf, annotation, "/A");
  pk_pdf_set(file, action, "/URI", uri_string(file, href));
  pk_pdf_release(file, action);
  pk_pdf_set_text(file, annotation, "/Contents", href);
  pk_pdf_append(file, annotations, pk_pdf_indirect(file, annotation));
}

qpdf_oh pk_pdf_link_annotations(pk_pdf_file *file, const pk_list_page *page) {
  if (!file->traits->has_links) return 0;
  qpdf_oh annotations = 0;
  const char *href = NULL; /* of the link being gathered */
  pk_rect area = {0};
  for (size_t i = 0; i <= page->count; i++) {
    const pk_draw *draw = i < page->count ? &page->draws[i] : NULL;
    const char *next = draw ? draw->href : NULL;
    if (next && !has_scheme(next)) {
      warn(file, draw);
      next = NULL;
    }
    pk_rect next_area = next ? area_of(draw) : (pk_rect){0};
    if (href && next && strcmp(href, next) == 0 && adjoins(&area, &next_area)) {
      area = join(&area, &next_area);
      continue;
    }
    if (href && !annotations) annotations = qpdf_oh_new_array(file->qpdf);
    if (href) add_annotation(file, annotations, href, &area);
    href = next;
    area = next_area;
  }
  return annotations;
}
