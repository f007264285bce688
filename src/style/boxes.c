/* A page that is all furniture -> units: what of its boxes is text to be read.
 *
 * The line with the title of the book or of the part is its heading, the picture
 * of the part a figure, lines with its caption and credit those of the figure. A
 * line with a page number is furniture, and so is what was told before: the title
 * of the book stands on its cover and on its title page, and is read once. */
#include <string.h>

#include "style/compose.h"

typedef struct {
  pk_composer *composer;
  GArray *made; /* of pk_box_unit */
  bool has_heading, has_picture;
} page_maker;

static bool mentions(const char *template, const char *variable) {
  return strstr(template, variable) != NULL;
}

/* What a line is, and in which order it is read. */
static pk_role role_of(page_maker *maker, const char *template) {
  if (mentions(template, "{part.caption}")) return PK_ROLE_CAPTION;
  if (mentions(template, "{part.credit}")) return PK_ROLE_CREDIT;
  bool is_title = mentions(template, "{part.title}") || mentions(template, "{book.title}");
  if (!is_title || maker->has_heading) return PK_ROLE_PARAGRAPH;
  maker->has_heading = true;
  return PK_ROLE_HEADLINE;
}

static bool is_new(const page_maker *maker, const char *words) {
  const pk_style_part *part = maker->composer->cascade->part;
  g_autofree char *folded = g_utf8_casefold(words, -1);
  size_t teller = GPOINTER_TO_SIZE(g_hash_table_lookup(part->told, folded));
  if (teller && teller < part->teller) return false;
  g_hash_table_insert(part->told, g_steal_pointer(&folded), GSIZE_TO_POINTER(part->teller));
  return true;
}

static void note(page_maker *maker, const pk_box_spec *box, const pk_box_line *line) {
  pk_box_unit made = {line, box, maker->composer->units->len - 1};
  g_array_append_val(maker->made, made);
}

/* `is_caption`: captions and credits are wanted now, and nothing else. */
static void compose_line(page_maker *maker, const pk_box_spec *box, const pk_box_line *line, bool is_caption,
                         int group) {
  pk_composer *composer = maker->composer;
  pk_cascade *cascade = composer->cascade;
  const char *template = pk_text_lookup(&line->text, cascade->lang, NULL);
  if (!template || mentions(template, "{page}") || mentions(template, "{pages}")) return;
  if (mentions(template, "{book.spine}")) return; /* known when all pages are */
  bool has_caption = mentions(template, "{part.caption}") || mentions(template, "{part.credit}");
  if (has_caption != is_caption) return;
  pk_folio folio = {0};
  const char *words = pk_style_fill(cascade->job, composer->document, &line->text, &folio, line->span);
  if (!words || !*words || !is_new(maker, words)) return;
  const char *style = line->style ? line->style : box->style ? box->style : "body";
  pk_compose_plain(composer, role_of(maker, template), style, words, line->span);
  if (is_caption) g_array_index(composer->units, pk_unit_block, composer->units->len - 1).group = group;
  note(maker, box, line);
}

static void compose_captions(page_maker *maker, const pk_master_spec *master, int group) {
  for (size_t b = 0; b < master->box_count; b++)
    for (size_t l = 0; l < master->boxes[b].line_count; l++)
      compose_line(maker, &master->boxes[b], &master->boxes[b].lines[l], true, group);
}

/* The picture of the part, if it tells something; then what is said of it. */
static void compose_picture(page_maker *maker, const pk_master_spec *master, const pk_box_spec *box) {
  pk_composer *composer = maker->composer;
  const pk_book_part *part = composer->cascade->part->part;
  if (!box->art || strcmp(box->art, "{part.art}") != 0 || !part || !part->art.text) return;
  const char *alternate = part->has_alternate ? part->alternate.text : part->caption.text;
  if (!alternate || !*alternate) return;
  int group = ++composer->groups;
  pk_unit_block *unit = pk_compose_unit(composer, PK_ROLE_FIGURE, "figure", part->art.span);
  unit->image_path = part->art.text;
  unit->alternate = alternate;
  unit->group = group;
  note(maker, box, NULL);
  maker->has_picture = true;
  compose_captions(maker, master, group);
}

void pk_compose_page(pk_composer *composer) {
  const pk_style_part *part = composer->cascade->part;
  const pk_master_spec *master = pk_layout_master(composer->cascade->layout, part->first);
  if (!part->told || !master) return;
  page_maker maker = {.composer = composer, .made = g_array_new(FALSE, FALSE, sizeof(pk_box_unit))};
  for (size_t b = 0; b < master->box_count; b++) {
    const pk_box_spec *box = &master->boxes[b];
    compose_picture(&maker, master, box);
    for (size_t l = 0; l < box->line_count; l++) compose_line(&maker, box, &box->lines[l], false, 0);
  }
  if (!maker.has_picture) compose_captions(&maker, master, ++composer->groups);
  composer->document->box_unit_count = maker.made->len;
  composer->document->box_units = pk_arena_take_array(composer->cascade->job->arena, maker.made);
}
