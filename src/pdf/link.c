/* Links -> annotations.
 *
 * Runs of one link that stand side by side on a line share an annotation; a link
 * that goes on in the next line has one more there. */
#include <stdlib.h>
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
  if (*draw->href == '#') {
    pk_diagnostic *nowhere = pk_diag_add(file->job->diag, PK_CODE_LINK_NOWHERE, draw->source,
                                         "there is no heading \"%s\" to go to", draw->href + 1);
    const pk_list *list = file->list;
    g_autofree const char **names = g_new0(const char *, list->destination_count + 1);
    for (size_t i = 0; i < list->destination_count; i++) names[i] = list->destinations[i].name;
    const char *nearest = pk_diag_nearest(draw->href + 1, names, list->destination_count);
    pk_diag_hint(file->job->diag, nowhere, "did you mean #%s?", nearest ? nearest : names[0] ? names[0] : "headline");
    return;
  }
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
  return pk_draw_reach(draw, ascent, descent);
}

static bool is_on_line(const pk_rect *area, const pk_rect *next) {
  double overlap = MIN(area->y + area->height, next->y + next->height) - MAX(area->y, next->y);
  return overlap >= MIN(area->height, next->height) / 2;
}

/* Whether `next` goes on where `area` ends, on the same line. */
static bool adjoins(const pk_rect *area, const pk_rect *next) {
  double gap = MAX(next->x - (area->x + area->width), area->x - (next->x + next->width));
  return is_on_line(area, next) && gap <= MAX(area->height, next->height);
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

/* What stands on a page of one link, side by side. */
typedef struct {
  uint32_t tag;
  const char *href; /* NULL: it leads into the document */
  pk_rect area;
} page_link;

static int compare_name(const void *name, const void *place) {
  return strcmp(name, ((const pk_destination *)place)->name);
}

/* Places are in the order of their names. */
static const char *destination_of(const pk_pdf_file *file, const char *name) {
  const pk_list *list = file->list;
  if (!list->destination_count) return NULL;
  const pk_destination *found =
      bsearch(name, list->destinations, list->destination_count, sizeof *list->destinations, compare_name);
  return found ? found->name : NULL;
}

static bool leads_somewhere(const pk_pdf_file *file, const char *href) {
  return *href == '#' ? destination_of(file, href + 1) != NULL : has_scheme(href);
}

/* The link that a drawn thing is part of; its tag is 0 where there is none, or
 * none that can be clicked. What is an artifact is no link in a tagged file. */
static page_link link_of(pk_pdf_file *file, const pk_pdf_structure *structure, const pk_draw *draw) {
  page_link none = {0};
  if (!draw->link || (structure && !draw->tag)) return none;
  const pk_tag *tag = &file->list->tags[draw->link];
  if (tag->href && !leads_somewhere(file, tag->href)) {
    warn(file, draw);
    return none;
  }
  bool is_inside = !tag->href || *tag->href == '#';
  return (page_link){draw->link, is_inside ? NULL : tag->href, area_of(draw)};
}

/* The names of the places of all notes by their numbers, found once for the file. */
static void find_notes(pk_pdf_file *file) {
  const pk_list *list = file->list;
  for (size_t i = 0; i < list->tag_count; i++)
    if (list->tags[i].kind == PK_TAG_NOTE) file->note_count = MAX(file->note_count, (size_t)list->tags[i].note + 1);
  file->note_names = PK_NEW_ARRAY(file->job->arena, const char *, MAX(file->note_count, 1));
  for (size_t i = list->destination_count; i-- > 0;) { /* of two the first stays */
    const pk_tag *tag = &list->tags[list->destinations[i].tag];
    if (tag->kind == PK_TAG_NOTE) file->note_names[tag->note] = list->destinations[i].name;
  }
}

/* The name of the place that `link` leads to, if that is in the file; else NULL. */
static const char *target_of(pk_pdf_file *file, const page_link *link) {
  const pk_tag *tag = &file->list->tags[link->tag];
  if (tag->href) return destination_of(file, tag->href + 1);
  if (!file->note_names) find_notes(file);
  return (size_t)tag->note < file->note_count ? file->note_names[tag->note] : NULL;
}

static void set_action(pk_pdf_file *file, qpdf_oh annotation, const page_link *link, const char *target) {
  qpdf_oh action = pk_pdf_parse(file, link->href ? "<</S/URI>>" : "<</S/GoTo>>");
  if (link->href)
    pk_pdf_set(file, action, "/URI", uri_string(file, link->href));
  else
    pk_pdf_set(file, action, "/D", qpdf_oh_new_string(file->qpdf, target));
  pk_pdf_set(file, annotation, "/A", action);
}

static qpdf_oh make_annotation(pk_pdf_file *file, const page_link *link, const char *target) {
  const pk_rect *area = &link->area;
  pk_length left, top;
  pk_pdf_box_origin(file, &left, &top);
  const double edges[] = {left + area->x, top - area->y - area->height, left + area->x + area->width, top - area->y};
  g_autoptr(GString) keys = g_string_new("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
  for (size_t i = 0; i < 4; i++) {
    if (i) g_string_append_c(keys, ' ');
    pk_pdf_put_number(keys, edges[i], 2);
  }
  g_string_append(keys, "]>>");
  qpdf_oh annotation = pk_pdf_parse(file, keys->str);
  set_action(file, annotation, link, target);
  pk_pdf_set_text(file, annotation, "/Contents", file->list->tags[link->tag].alternate);
  return pk_pdf_indirect(file, annotation);
}

/* The annotations of a page being made. */
typedef struct {
  pk_pdf_file *file;
  pk_pdf_structure *structure;
  size_t number;
  qpdf_oh array; /* 0: none yet */
} annotation_list;

static void add_annotation(annotation_list *annotations, const page_link *link) {
  pk_pdf_file *file = annotations->file;
  const char *target = link->href ? NULL : target_of(file, link);
  if (!link->href && !target) return;
  if (!annotations->array) annotations->array = qpdf_oh_new_array(file->qpdf);
  qpdf_oh annotation = make_annotation(file, link, target);
  qpdf_oh_append_item(file->qpdf, annotations->array, annotation);
  if (annotations->structure)
    pk_pdf_structure_link(annotations->structure, link->tag, annotations->number, annotation);
  else
    pk_pdf_release(file, annotation);
}

/* An entry of contents is one area from its first word to its number, the leader
 * between them too, which is no part of the text. */
static bool is_entry(const pk_pdf_file *file, const page_link *link) {
  const pk_tag *tags = file->list->tags;
  for (uint32_t tag = link->tag; tag; tag = tags[tag].parent)
    if (tags[tag].kind == PK_TAG_TOCI) return true;
  return false;
}

static bool goes_on(const pk_pdf_file *file, const page_link *open, const page_link *next, bool is_artifact) {
  if (!open->tag) return false;
  if (open->tag == next->tag)
    return adjoins(&open->area, &next->area) || (is_entry(file, open) && is_on_line(&open->area, &next->area));
  return !next->tag && is_artifact && is_entry(file, open);
}

qpdf_oh pk_pdf_link_annotations(pk_pdf_file *file, pk_pdf_structure *structure, const pk_list_page *page,
                                size_t number) {
  if (!file->traits->has_links) return 0;
  annotation_list annotations = {file, structure, number, 0};
  page_link open = {0}; /* the one being gathered */
  for (size_t i = 0; i <= page->count; i++) {
    page_link next = {0};
    if (i < page->count) next = link_of(file, structure, &page->draws[i]);
    if (i < page->count && goes_on(file, &open, &next, !page->draws[i].tag)) {
      if (next.tag) open.area = join(&open.area, &next.area);
      continue;
    }
    if (open.tag) add_annotation(&annotations, &open);
    open = next;
  }
  return annotations.array;
}
