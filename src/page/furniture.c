/* Boxes of a master -> placed fills, rules, pictures and lines.
 *
 * In:  a page's master and number. Out: its furniture in painting order.
 *
 * Lines whose words are those of an earlier page are set once and used again. */
#include "page/furniture.h"

#include <math.h>
#include <string.h>

#include "page/chunk.h"

struct pk_furniture {
  pk_job *job;
  const pk_document *document;
  pk_chunker chunker;          /* for breaking lines */
  bool is_shown[PK_BOX_PARTS]; /* parts of the text that stand on a page already */
  GHashTable *set;             /* "style width text" -> pk_lines */
};

static void drop_table(gpointer table) {
  g_hash_table_unref(table);
}

pk_furniture *pk_furniture_new(pk_job *job, const pk_document *document, pk_art_store *arts) {
  pk_furniture *furniture = PK_NEW(job->arena, pk_furniture);
  furniture->job = job;
  furniture->document = document;
  furniture->chunker = (pk_chunker){.job = job, .document = document, .arts = arts};
  furniture->set = g_hash_table_new(g_str_hash, g_str_equal);
  pk_arena_defer(job->arena, drop_table, furniture->set);
  return furniture;
}

/* One box on its way onto a page. */
typedef struct {
  pk_furniture *furniture;
  const pk_box_spec *spec;
  const pk_master_spec *master;
  pk_rect rect; /* from the trim's corner; height 0: as much as the text needs */
  bool has_height;
  bool is_up;    /* the text stands on the lower edge */
  bool is_along; /* rect is measured along turned text, from its own corner */
  size_t number, pages;
  const pk_folio *folio;
  GArray *placed;
} box_state;

static bool is_shown(pk_show show, size_t number, size_t pages) {
  switch (show) {
  case PK_SHOW_ALWAYS: return true;
  case PK_SHOW_NOT_LAST: return number + 1 < pages;
  case PK_SHOW_LAST: return number + 1 == pages;
  case PK_SHOW_SEVERAL: return pages > 1;
  case PK_SHOW_FITTING: return true;
  }
  return true;
}

static pk_length resolve(const box_state *box, pk_dimension dimension, pk_length whole) {
  const pk_document *document = box->furniture->document;
  return pk_dimension_resolve(dimension, document->body->size, document->layout->leading, whole);
}

/* The file that `art:` of a box names, absolute; NULL where a variable has no value. */
static const char *art_path(const pk_furniture *furniture, const pk_box_spec *spec) {
  const pk_document *document = furniture->document;
  const char *art = spec->art;
  if (!art) return NULL;
  if (strcmp(art, "{part.art}") == 0) return document->part ? document->part->art.text : NULL;
  if (strcmp(art, "{office.logo}") == 0) return document->office ? document->office->logo : NULL;
  if (strcmp(art, "{office.logo-reversed}") == 0) return document->office ? document->office->logo_reversed : NULL;
  if (strchr(art, '{')) { /* of a row or a fact */
    const pk_text template = {.any = art};
    art = pk_style_fill(furniture->job, document, &template, &(pk_folio){0}, spec->art_span);
    if (!art) return NULL;
  }
  if (g_path_is_absolute(art)) return art;
  const char *folder = spec->art_span.source ? NULL : document->layout->folder;
  g_autofree char *own = folder ? NULL : g_path_get_dirname(spec->art_span.source->path);
  g_autofree char *path = g_build_filename(folder ? folder : own, art, NULL);
  return pk_arena_strdup(furniture->job->arena, path);
}

/* The box whose left edge is that of `spec`: itself, or the one that it stands
 * beside if that has nothing to show. */
static const pk_box_spec *left_box(const box_state *box) {
  const pk_master_spec *master = pk_frame_of_page(box->furniture->document, box->number).master;
  for (size_t i = 0; box->spec->beside && i < master->box_count; i++) {
    const pk_box_spec *other = &master->boxes[i];
    if (strcmp(other->name, box->spec->beside) == 0 && other->has_left && !art_path(box->furniture, other))
      return other;
  }
  return box->spec;
}

static void set_rect(box_state *box) {
  const pk_box_spec *spec = box->spec;
  const pk_layout *layout = box->furniture->document->layout;
  pk_rect outer = {0, 0, layout->page_width, layout->page_height};
  if (spec->margins) outer = pk_frame_margins(box->furniture->document, box->number);
  pk_length left = resolve(box, left_box(box)->left, outer.width), right = resolve(box, spec->right, outer.width);
  pk_length top = resolve(box, spec->top, outer.height), bottom = resolve(box, spec->bottom, outer.height);
  box->rect.width = spec->has_width ? resolve(box, spec->width, outer.width) : 0;
  if (spec->has_left && spec->has_right) box->rect.width = outer.width - left - right;
  box->rect.height = spec->has_height ? resolve(box, spec->height, outer.height) : 0;
  if (spec->has_top && spec->has_bottom) box->rect.height = outer.height - top - bottom;
  box->rect.x = outer.x + (spec->has_left ? left : outer.width - right - box->rect.width);
  box->rect.y = outer.y + (spec->has_top ? top : outer.height - bottom - box->rect.height);
  box->has_height = box->rect.height > 0;
  box->is_up = !spec->has_top;
}

/* The unit that a line of the box is, or with NULL its picture; NULL: it is furniture. */
static const pk_unit_block *unit_of(const box_state *box, const pk_box_line *line) {
  const pk_document *document = box->furniture->document;
  for (size_t i = 0; i < document->box_unit_count; i++)
    if (document->box_units[i].box == box->spec && document->box_units[i].line == line)
      return &document->units[document->box_units[i].unit];
  return NULL;
}

static void add(box_state *box, const pk_placed *placed) {
  pk_placed copy = *placed;
  copy.source = placed->unit ? placed->unit->source : box->spec->span;
  g_array_append_val(box->placed, copy);
}

/* `rect` with the edges that lie on the trim drawn out to the bleed. */
static pk_rect reach_bleed(const box_state *box, pk_rect rect) {
  const pk_layout *layout = box->furniture->document->layout;
  pk_length bleed = box->spec->bleed && !box->is_along ? box->furniture->document->bleed : 0;
  pk_length right = rect.x + rect.width, bottom = rect.y + rect.height;
  static const pk_length near = 0.01;
  if (fabs(rect.x) < near) rect.x -= bleed;
  if (fabs(rect.y) < near) rect.y -= bleed;
  if (fabs(right - layout->page_width) < near) right += bleed;
  if (fabs(bottom - layout->page_height) < near) bottom += bleed;
  rect.width = right - rect.x;
  rect.height = bottom - rect.y;
  return rect;
}

static void place_fill(box_state *box) {
  int ink = pk_style_ink(box->furniture->document, box->spec->fill);
  if (ink < 0 || !box->has_height) return;
  add(box,
      &(pk_placed){.kind = PK_PLACED_RECT, .rect = {reach_bleed(box, box->rect), (uint32_t)ink, box->spec->fill_tint}});
}

static void place_rule(box_state *box, const pk_rule_spec *spec, bool is_above) {
  pk_rule rule = pk_style_rule(box->furniture->document, spec);
  if (rule.thickness <= 0) return;
  pk_length y = is_above ? box->rect.y - rule.gap - rule.thickness : box->rect.y + box->rect.height + rule.gap;
  pk_rect rect = {box->rect.x, y, box->rect.width * rule.length, rule.thickness};
  add(box, &(pk_placed){.kind = PK_PLACED_RECT, .rect = {reach_bleed(box, rect), rule.ink, 1}});
}

/* ---- pictures -------------------------------------------------------------- */

/* All of the box is covered, and the middle of the picture is seen. */
static void cover_with_art(box_state *box, const pk_art *art, const pk_unit_block *unit) {
  pk_length width, height;
  pk_art_size(art, &width, &height);
  pk_rect rect = reach_bleed(box, box->rect);
  pk_length scale = MAX(rect.width / width, rect.height / height);
  pk_placed placed = {.kind = PK_PLACED_ART, .unit = unit, .art = {rect, art}};
  width *= scale;
  height *= scale;
  if (width > rect.width + 0.01 || height > rect.height + 0.01)
    placed.art.whole = (pk_rect){(rect.width - width) / 2, (rect.height - height) / 2, width, height};
  add(box, &placed);
}

static pk_status place_art(box_state *box) {
  const char *path = art_path(box->furniture, box->spec);
  if (!path) return PK_OK;
  const pk_office *office = box->furniture->document->office;
  pk_span span = office && path == office->logo ? office->logo_span : box->spec->art_span;
  const pk_art *art;
  pk_status status = pk_art_load(box->furniture->job, box->furniture->chunker.arts, path, span, &art);
  if (status != PK_OK) return status;
  pk_length width, height;
  pk_art_size(art, &width, &height);
  const pk_unit_block *unit = unit_of(box, NULL);
  if (box->spec->fit == PK_ART_FIT_COVER && box->has_height && box->rect.width > 0) {
    cover_with_art(box, art, unit);
    return PK_OK;
  }
  pk_length across = box->rect.width > 0 ? box->rect.width / width : G_MAXDOUBLE;
  pk_length down = box->has_height ? box->rect.height / height : G_MAXDOUBLE;
  pk_length scale = MIN(across, down);
  if (scale == G_MAXDOUBLE) scale = 1;
  pk_rect rect = {box->rect.x, box->rect.y, width * scale, height * scale};
  pk_length spare = MAX(box->rect.width - rect.width, 0);
  bool from_right = !box->spec->has_left && box->rect.width <= 0;
  if (box->spec->align == PK_ALIGN_RIGHT) rect.x += spare;
  if (box->spec->align == PK_ALIGN_CENTER) rect.x += spare / 2;
  if (from_right) rect.x -= rect.width;
  if (box->has_height && box->spec->valign == PK_VALIGN_MIDDLE) rect.y += (box->rect.height - rect.height) / 2;
  if (box->has_height && box->spec->valign == PK_VALIGN_BOTTOM) rect.y += box->rect.height - rect.height;
  add(box, &(pk_placed){.kind = PK_PLACED_ART, .unit = unit, .art = {rect, art}});
  return PK_OK;
}

/* ---- text ------------------------------------------------------------------- */

/* One paragraph of a box, set. */
typedef struct {
  const pk_lines *lines;
  const pk_style *style;
  const pk_unit_block *unit; /* that the lines are, or NULL */
  const pk_chunk *chunks;    /* instead of lines: of a part of the text */
  size_t chunk_count;
  pk_length extent; /* of the chunks */
} box_paragraph;

static pk_status set_paragraph(box_state *box, const pk_style *style, const char *words, pk_span span,
                               const pk_lines **out) {
  pk_furniture *furniture = box->furniture;
  g_autofree char *key = g_strdup_printf("%p %.3f %s", (const void *)style, box->rect.width, words);
  const pk_lines *lines = g_hash_table_lookup(furniture->set, key);
  if (!lines) {
    const pk_styled_text *text = pk_style_plain_text(furniture->job, style, furniture->document->lang, words, span);
    pk_line_rooms rooms = pk_measure_rooms(style, box->rect.width, false);
    pk_status status = pk_chunk_lines(&furniture->chunker, text, &rooms, &lines);
    if (status != PK_OK) return status;
    g_hash_table_insert(furniture->set, pk_arena_strdup(furniture->job->arena, key), (gpointer)lines);
  }
  *out = lines;
  return PK_OK;
}

/* Cuts a unit to the width of the box, its lines as close as its style says. */
static pk_status cut_unit(box_state *box, const pk_unit_block *unit, box_paragraph *out) {
  pk_chunker *chunker = &box->furniture->chunker;
  chunker->measure = (pk_measure){.leading = unit->style->leading,
                                  .drop = pk_measure_drop(unit->style->leading, unit->style->size),
                                  .column_width = box->rect.width,
                                  .full_width = box->rect.width,
                                  .full_height = box->furniture->document->layout->page_height};
  chunker->chunks = g_array_new(FALSE, FALSE, sizeof(pk_chunk));
  chunker->is_note = true;
  pk_status status = pk_chunk_unit(chunker, unit, false);
  chunker->is_note = false;
  *out = (box_paragraph){.style = unit->style, .chunk_count = chunker->chunks->len};
  out->chunks = pk_arena_take_array(box->furniture->job->arena, chunker->chunks);
  chunker->chunks = NULL;
  for (size_t i = 0; i < out->chunk_count; i++) out->extent += out->chunks[i].extent;
  return status;
}

/* The units of the part of the text that the box holds. */
static pk_status set_part(box_state *box, GArray *paragraphs) {
  const pk_document *document = box->furniture->document;
  for (size_t i = 0; box->spec->part && i < document->unit_count; i++) {
    if (document->units[i].box != box->spec->part) continue;
    box_paragraph paragraph;
    pk_status status = cut_unit(box, &document->units[i], &paragraph);
    if (status != PK_OK) return status;
    if (paragraph.chunk_count) g_array_append_val(paragraphs, paragraph);
  }
  return PK_OK;
}

/* Shown again on a later page, a part of the text is furniture. */
static pk_length place_chunks(box_state *box, const box_paragraph *paragraph, pk_length y) {
  bool is_again = box->furniture->is_shown[box->spec->part];
  for (size_t i = 0; i < paragraph->chunk_count; y += paragraph->chunks[i++].extent)
    for (uint32_t p = 0; p < paragraph->chunks[i].count; p++) {
      pk_placed placed = paragraph->chunks[i].placed[p];
      if (is_again) placed.unit = NULL;
      if (placed.kind == PK_PLACED_LINE) {
        placed.line.x += box->rect.x;
        placed.line.y += y;
      } else if (placed.kind == PK_PLACED_RECT) {
        placed.rect.rect.x += box->rect.x;
        placed.rect.rect.y += y;
      }
      g_array_append_val(box->placed, placed);
    }
  return y;
}

static pk_status set_paragraphs(box_state *box, GArray *paragraphs) {
  const pk_document *document = box->furniture->document;
  for (size_t i = 0; i < box->spec->line_count; i++) {
    const pk_box_line *line = &box->spec->lines[i];
    const pk_unit_block *unit = unit_of(box, line);
    if (unit) {
      box_paragraph told = {.style = unit->style, .unit = unit};
      pk_line_rooms rooms = pk_measure_rooms(unit->style, box->rect.width, false);
      pk_status set = pk_chunk_lines(&box->furniture->chunker, &unit->text, &rooms, &told.lines);
      if (set != PK_OK) return set;
      if (told.lines->count) g_array_append_val(paragraphs, told);
      continue;
    }
    const char *words = pk_style_fill(box->furniture->job, document, &line->text, box->folio, line->span);
    if (!words || !*words) continue;
    const char *name = line->style ? line->style : box->spec->style;
    box_paragraph paragraph = {.style = name ? pk_style_lookup(document, name) : document->body};
    pk_status status = set_paragraph(box, paragraph.style, words, line->span, &paragraph.lines);
    if (status != PK_OK) return status;
    if (paragraph.lines->count) g_array_append_val(paragraphs, paragraph);
  }
  return PK_OK;
}

/* Space above a paragraph; none above the first. */
static pk_length space_above(const GArray *paragraphs, guint i) {
  if (i == 0) return 0;
  return MAX(g_array_index(paragraphs, box_paragraph, i - 1).style->after,
             g_array_index(paragraphs, box_paragraph, i).style->before);
}

static pk_length text_height(const GArray *paragraphs) {
  pk_length height = 0;
  for (guint i = 0; i < paragraphs->len; i++) {
    const box_paragraph *paragraph = &g_array_index(paragraphs, box_paragraph, i);
    height += space_above(paragraphs, i);
    height += paragraph->lines ? (pk_length)paragraph->lines->count * paragraph->style->leading : paragraph->extent;
  }
  return height;
}

static void raise_too_small(const box_state *box, pk_length height) {
  pk_job *job = box->furniture->job;
  pk_length over = height - box->rect.height;
  pk_diagnostic *error = pk_diag_add(job->diag, PK_CODE_BOX_TOO_SMALL, box->spec->span,
                                     "the text of the box '%s' is %.1f mm higher than its %.1f mm", box->spec->name,
                                     over / PK_PT_PER_MM, box->rect.height / PK_PT_PER_MM);
  pk_diag_hint(job->diag, error, "make the box higher or wider, its style smaller, or the text shorter");
}

static void raise_narrow(const box_state *box, pk_length height) {
  const pk_document *document = box->furniture->document;
  pk_diag *diag = box->furniture->job->diag;
  pk_length spine = document->layout->page_width;
  pk_diagnostic *error =
      pk_diag_add(diag, PK_CODE_SPINE_NARROW, box->spec->span,
                  "the spine is %.1f mm wide; with the text of the box '%s' it needs %.1f mm", spine / PK_PT_PER_MM,
                  box->spec->name, (spine - box->rect.height + height) / PK_PT_PER_MM);
  pk_diag_hint(diag, error, "make its style smaller, or let it stand on wider spines only:  show: fitting");
  if (document->book) pk_diag_related(diag, error, document->book->title.span, "the book is not thicker");
}

static pk_status place_text(box_state *box) {
  g_autoptr(GArray) paragraphs = g_array_new(FALSE, FALSE, sizeof(box_paragraph));
  pk_status status = set_paragraphs(box, paragraphs);
  if (status == PK_OK) status = set_part(box, paragraphs);
  if (status != PK_OK || !paragraphs->len) return status;
  pk_length height = text_height(paragraphs), y = box->rect.y;
  if (!box->has_height) {
    if (box->is_up) y = box->rect.y -= height;
    box->rect.height = height;
  } else if (height > box->rect.height + 0.5) {
    if (box->spec->show == PK_SHOW_FITTING) return PK_OK;
    if (strcmp(box->master->name, "spine") == 0)
      raise_narrow(box, height);
    else
      raise_too_small(box, height);
    return PK_FAILED;
  }
  if (box->spec->valign == PK_VALIGN_MIDDLE) y += (box->rect.height - height) / 2;
  if (box->spec->valign == PK_VALIGN_BOTTOM) y += box->rect.height - height;
  for (guint i = 0; i < paragraphs->len; i++) {
    const box_paragraph *paragraph = &g_array_index(paragraphs, box_paragraph, i);
    const pk_style *style = paragraph->style;
    y += space_above(paragraphs, i);
    if (paragraph->chunks) y = place_chunks(box, paragraph, y);
    for (size_t l = 0; paragraph->lines && l < paragraph->lines->count; l++, y += style->leading)
      add(box, &(pk_placed){.kind = PK_PLACED_LINE,
                            .unit = paragraph->unit,
                            .line = {&paragraph->lines->lines[l], paragraph->lines->text, box->rect.x,
                                     y + pk_measure_drop(style->leading, style->size)}});
  }
  box->furniture->is_shown[box->spec->part] = true;
  return PK_OK;
}

/* ---- turned boxes ------------------------------------------------------------ */

/* What was placed along turned text, from its own corner, into the box on the page. */
static void turn_placed(pk_placed *placed, const pk_rect *page, pk_turn turn) {
  pk_length x = page->x + (turn == PK_TURN_DOWN ? page->width : 0);
  pk_length y = page->y + (turn == PK_TURN_UP ? page->height : 0);
  pk_rect at = placed->kind == PK_PLACED_LINE   ? (pk_rect){placed->line.x, placed->line.y, 0, 0}
               : placed->kind == PK_PLACED_RECT ? placed->rect.rect
                                                : placed->art.rect;
  pk_rect turned = pk_rect_turn(at, turn);
  turned.x += x;
  turned.y += y;
  placed->turn = turn;
  if (placed->kind == PK_PLACED_LINE) {
    placed->line.x = turned.x;
    placed->line.y = turned.y;
  } else if (placed->kind == PK_PLACED_RECT) {
    placed->rect.rect = turned;
  } else {
    pk_rect *whole = &placed->art.whole;
    if (whole->width > 0) {
      *whole = pk_rect_turn((pk_rect){at.x + whole->x, at.y + whole->y, whole->width, whole->height}, turn);
      whole->x += x - turned.x;
      whole->y += y - turned.y;
    }
    placed->art.rect = turned;
  }
}

/* The art and text of a box; turned ones are set as if they were upright. */
static pk_status place_inner(box_state *box) {
  pk_turn turn = box->spec->turn;
  pk_rect page = box->rect;
  guint first = box->placed->len;
  if (turn) {
    if (box->spec->art && box->spec->fit == PK_ART_FIT_COVER) page = reach_bleed(box, page);
    box->rect = (pk_rect){0, 0, page.height, page.width};
    box->is_along = true;
  }
  pk_status status = place_art(box);
  if (status == PK_OK) status = place_text(box);
  if (!turn) return status;
  for (guint i = first; i < box->placed->len; i++) turn_placed(&g_array_index(box->placed, pk_placed, i), &page, turn);
  box->rect = page;
  box->is_along = false;
  return status;
}

/* A box as high as its lines, of which none has anything to say: no rules stand there. */
static bool is_left_out(const box_state *box) {
  return box->spec->line_count && !box->spec->art && !box->spec->part && !(box->rect.height > 0);
}

pk_status pk_furniture_place(pk_furniture *furniture, const pk_master_spec *master, size_t number, size_t pages,
                             const pk_folio *folio, GArray *placed) {
  for (size_t i = 0; i < master->box_count; i++) {
    box_state box = {.furniture = furniture,
                     .spec = &master->boxes[i],
                     .master = master,
                     .number = number,
                     .pages = pages,
                     .folio = folio,
                     .placed = placed};
    if (!is_shown(box.spec->show, number, pages)) continue;
    set_rect(&box);
    place_fill(&box);
    pk_status status = place_inner(&box);
    if (status != PK_OK) return status;
    if (is_left_out(&box)) continue;
    place_rule(&box, &box.spec->rule_above, true);
    place_rule(&box, &box.spec->rule_below, false);
  }
  return PK_OK;
}
