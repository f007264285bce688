/* Itemises a paragraph: which face and direction each stretch has.
 *
 * In:  styled text. Out: worker->items, covering it in order.
 *
 * A text whose characters are all in the first family of their style, and which
 * runs from left to right, needs no search: that is what Pango would find, at a
 * tenth of the cost and without its font map. Everything else is itemised by
 * Pango: fall-back for each character, direction by the Unicode algorithm. */
#include <pango/pango.h>

#include "para/worker.h"

static void add_item(GArray *items, uint32_t start, uint32_t end, const pk_face *face, uint8_t level) {
  if (items->len) {
    pk_item *last = &g_array_index(items, pk_item, items->len - 1);
    if (last->face == face && last->level == level && last->end == start) {
      last->end = end;
      return;
    }
  }
  pk_item item = {start, end, face, level};
  g_array_append_val(items, item);
}

/* ---- the short way ------------------------------------------------------- */

/* Letters that run leftwards and marks that steer direction. */
static bool steers_direction(gunichar c) {
  return (c >= 0x590 && c <= 0x8ff) || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069) || (c >= 0xfb1d && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfeff) ||
         (c >= 0x10800 && c <= 0x10fff) || (c >= 0x1e800 && c <= 0x1efff);
}

static bool is_plain_run(pk_choice *choice, const char *text, const pk_style_run *run) {
  for (const char *at = text + run->start, *end = text + run->end; at < end;) {
    unsigned char first = (unsigned char)*at;
    gunichar c = first < 0x80 ? first : g_utf8_get_char(at);
    if (!pk_choice_holds(choice, c) || steers_direction(c)) return false;
    at = first < 0x80 ? at + 1 : g_utf8_next_char(at);
  }
  return true;
}

static bool make_plain_items(pk_para_worker *worker, const pk_styled_text *text) {
  for (size_t i = 0; i < text->run_count; i++) {
    const pk_style_run *run = &text->runs[i];
    pk_choice *choice = pk_choice_of(worker, run->style);
    if (!is_plain_run(choice, text->text, run)) return false;
    if (run->end > run->start) add_item(worker->items, run->start, run->end, choice->face, 0);
  }
  return true;
}

/* ---- Pango's way --------------------------------------------------------- */

static void add_attribute(PangoAttrList *list, PangoAttribute *attribute, uint32_t start, uint32_t end) {
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert(list, attribute);
}

/* The size plays no part in which font is found; one size keeps Pango's caches small. */
static PangoAttrList *attributes_of(const pk_styled_text *text) {
  PangoAttrList *list = pango_attr_list_new();
  PangoLanguage *language = pango_language_from_string(text->lang == PK_LANG_EN ? "en" : "sr");
  add_attribute(list, pango_attr_language_new(language), 0, text->size);
  for (size_t i = 0; i < text->run_count; i++) {
    const pk_style_run *run = &text->runs[i];
    PangoFontDescription *wanted = pango_font_description_new();
    pango_font_description_set_family_static(wanted, run->style->families);
    pango_font_description_set_weight(wanted, (PangoWeight)run->style->weight);
    pango_font_description_set_style(wanted, run->style->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_font_description_set_absolute_size(wanted, 10 * PANGO_SCALE);
    add_attribute(list, pango_attr_font_desc_new(wanted), run->start, run->end);
    pango_font_description_free(wanted);
  }
  return list;
}

/* A mark goes with its letter: both in the letter's face if that has the mark or
 * the two composed, else both in the mark's. */
static const pk_face *face_of_mark(pk_para_worker *worker, const pk_face *letter_face, gunichar letter, gunichar mark,
                                   const pk_face *mark_face) {
  pk_font_worker *fonts = worker->worker->font;
  hb_font_t *font = pk_font_worker_hb(fonts, letter_face);
  gunichar composed;
  if (pk_face_holds(font, mark) || (g_unichar_compose(letter, mark, &composed) && pk_face_holds(font, composed)))
    return letter_face;
  return pk_face_holds(pk_font_worker_hb(fonts, mark_face), letter) ? mark_face : letter_face;
}

typedef struct {
  pk_para_worker *worker;
  const pk_styled_text *text;
  size_t run;          /* of the style at hand */
  const pk_face *face; /* of the last character that has one */
  gunichar letter;     /* the last one that is no mark */
  uint32_t letter_start;
} walker;

/* The face of one character: the style's own if it can, else what Pango found. */
static const pk_face *face_of_character(walker *w, gunichar c, uint32_t at, const pk_face *found, uint8_t level) {
  while (w->run + 1 < w->text->run_count && w->text->runs[w->run].end <= at) w->run++;
  pk_choice *choice = pk_choice_of(w->worker, w->text->runs[w->run].style);
  bool is_neutral = pk_is_space(c) || pk_is_forced(c) || g_unichar_iscntrl(c) || g_unichar_type(c) == G_UNICODE_FORMAT;
  const pk_face *own = pk_choice_holds(choice, c) ? choice->face : found ? found : choice->face;
  if (is_neutral) return choice->face ? choice->face : own;
  if (g_unichar_ismark(c) && w->letter && w->face) {
    const pk_face *both = face_of_mark(w->worker, w->face, w->letter, c, own);
    GArray *items = w->worker->items;
    pk_item *last = items->len ? &g_array_index(items, pk_item, items->len - 1) : NULL;
    if (both != w->face && last && last->end == at && last->start <= w->letter_start) {
      last->end = w->letter_start;
      if (last->start == last->end) g_array_set_size(items, items->len - 1);
      add_item(items, w->letter_start, at, both, level);
    }
    return both;
  }
  w->letter = g_unichar_ismark(c) ? 0 : c;
  w->letter_start = at;
  return own;
}

static void walk_item(walker *w, const PangoItem *item) {
  const pk_face *found = pk_font_worker_face(w->worker->worker->font, item->analysis.font);
  const char *start = w->text->text;
  uint32_t end = (uint32_t)(item->offset + item->length);
  for (uint32_t at = (uint32_t)item->offset; at < end;) {
    uint32_t next = (uint32_t)(g_utf8_next_char(start + at) - start);
    w->face = face_of_character(w, g_utf8_get_char(start + at), at, found, item->analysis.level);
    add_item(w->worker->items, at, next, w->face, item->analysis.level);
    at = next;
  }
}

/* The direction of the first letter that has one (UAX #9, P2). */
static bool is_leftwards(const pk_styled_text *text) {
  hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
  for (const char *at = text->text, *end = at + text->size; at < end; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    hb_script_t script = hb_unicode_script(unicode, c);
    if (!g_unichar_isalpha(c) || script == HB_SCRIPT_COMMON || script == HB_SCRIPT_UNKNOWN) continue;
    return hb_script_get_horizontal_direction(script) == HB_DIRECTION_RTL;
  }
  return false;
}

static bool make_pango_items(pk_para_worker *worker, const pk_styled_text *text) {
  PangoContext *context = pk_font_worker_context(worker->worker->font);
  bool is_rtl = is_leftwards(text);
  PangoDirection direction = is_rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR;
  PangoAttrList *attributes = attributes_of(text);
  GList *list = pango_itemize_with_base_dir(context, direction, text->text, 0, (int)text->size, attributes, NULL);
  walker w = {.worker = worker, .text = text};
  for (GList *link = list; link; link = link->next) walk_item(&w, link->data);
  g_list_free_full(list, (GDestroyNotify)pango_item_free);
  pango_attr_list_unref(attributes);
  return is_rtl;
}

bool pk_items_make(pk_para_worker *worker, const pk_styled_text *text) {
  g_array_set_size(worker->items, 0);
  if (!worker->asks_pango && make_plain_items(worker, text)) return false;
  g_array_set_size(worker->items, 0);
  return make_pango_items(worker, text);
}
