/* `--dump=list`: every mark, a line each, glyphs by number. */
#include "list/list.h"

static void dump_glyphs(const pk_list *list, const pk_draw *draw, GString *out) {
  g_string_append_printf(out, "glyphs %.2f %.2f %s %.4g pt %s \"", draw->glyphs.x, draw->glyphs.y,
                         draw->glyphs.face->postscript_name, draw->glyphs.size, list->inks[draw->ink].name);
  g_string_append_len(out, draw->glyphs.text + draw->glyphs.start, draw->glyphs.end - draw->glyphs.start);
  g_string_append_c(out, '"');
  for (uint32_t i = 0; i < draw->glyphs.glyph_count; i++)
    g_string_append_printf(out, " %u@%.2f", draw->glyphs.glyphs[i].id, (double)draw->glyphs.glyphs[i].x);
}

static void dump_draw(const pk_list *list, const pk_draw *draw, GString *out) {
  g_string_append_printf(out, "  [%u %s] ", draw->tag, pk_tag_name(&list->tags[draw->tag]));
  switch (draw->kind) {
  case PK_DRAW_GLYPHS: dump_glyphs(list, draw, out); break;
  case PK_DRAW_RECT:
    g_string_append_printf(out, "rect %.2f %.2f %.2f %.2f %s %.0f%%", draw->rect.x, draw->rect.y, draw->rect.width,
                           draw->rect.height, list->inks[draw->ink].name, 100 * draw->tint);
    break;
  case PK_DRAW_ART: {
    g_autofree char *name = g_path_get_basename(pk_art_path(draw->art.art));
    g_string_append_printf(out, "art %.2f %.2f %.2f %.2f %s", draw->art.rect.x, draw->art.rect.y, draw->art.rect.width,
                           draw->art.rect.height, name);
    if (draw->art.whole.width > 0)
      g_string_append_printf(out, " of %.2f %.2f %.2f %.2f", draw->art.whole.x, draw->art.whole.y,
                             draw->art.whole.width, draw->art.whole.height);
    break;
  }
  }
  static const char *const turns[] = {"", " turned down", " turned up"};
  g_string_append(out, turns[draw->turn]);
  if (draw->href) g_string_append_printf(out, " -> %s", draw->href);
  g_string_append_c(out, '\n');
}

static void dump_page(const pk_list *list, const pk_list_page *page, GString *out) {
  g_string_append_printf(out, "page %s\n", page->label);
  for (size_t d = 0; d < page->count; d++) dump_draw(list, &page->draws[d], out);
}

void pk_list_dump(const pk_list *list, GString *out) {
  g_string_append_printf(out, "list %s, trim %.2f x %.2f, bleed %.2f\n", pk_lang_tag(list->lang), list->width,
                         list->height, list->bleed);
  for (size_t i = 0; i < list->tag_count; i++)
    g_string_append_printf(out, "tag %zu %s parent %u level %d\n", i, pk_tag_name(&list->tags[i]), list->tags[i].parent,
                           list->tags[i].level);
  for (size_t i = 0; i < list->page_count; i++) dump_page(list, &list->pages[i], out);
  if (list->spine) dump_page(list, list->spine, out);
}
