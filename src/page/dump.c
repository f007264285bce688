/* `--dump=page`: what stands where. `--dump=para`: the lines as printed. */
#include "page/cost.h"

static void dump_words(const char *text, uint32_t start, uint32_t end, GString *out) {
  g_string_append_c(out, '"');
  for (uint32_t at = start; at < end; at++) g_string_append_c(out, text[at] == '\n' ? ' ' : text[at]);
  g_string_append_c(out, '"');
}

static void dump_placed(const pk_pages *pages, const pk_placed *placed, GString *out) {
  g_string_append_printf(out, "  %s ", placed->unit ? placed->unit->style->name : "-");
  switch (placed->kind) {
  case PK_PLACED_LINE:
    g_string_append_printf(out, "line %.2f %.2f ", placed->line.x + placed->line.line->x, placed->line.y);
    dump_words(placed->line.text->text, placed->line.line->start, placed->line.line->end, out);
    break;
  case PK_PLACED_RECT:
    g_string_append_printf(out, "rect %.2f %.2f %.2f %.2f %s %.0f%%", placed->rect.rect.x, placed->rect.rect.y,
                           placed->rect.rect.width, placed->rect.rect.height,
                           pages->document->inks[placed->rect.ink].name, 100 * placed->rect.tint);
    break;
  case PK_PLACED_ART: {
    g_autofree char *name = g_path_get_basename(pk_art_path(placed->art.art));
    g_string_append_printf(out, "art %.2f %.2f %.2f %.2f %s", placed->art.rect.x, placed->art.rect.y,
                           placed->art.rect.width, placed->art.rect.height, name);
    break;
  }
  }
  g_string_append_c(out, '\n');
}

/* What the page was charged, term by term. */
static void dump_charges(const pk_charges *charges, GString *out) {
  g_string_append_printf(out, "  cost %.0f", pk_charges_sum(charges));
  for (int i = 0; i < PK_PAGE_TERM_COUNT; i++)
    if (charges->of[i] > 0) g_string_append_printf(out, " %s %.0f", pk_page_terms[i].name, charges->of[i]);
  g_string_append_c(out, '\n');
}

void pk_page_dump(const pk_pages *pages, GString *out) {
  for (size_t i = 0; i < pages->count; i++) {
    const pk_page *page = &pages->pages[i];
    g_string_append_printf(out, "page %zu %s %.2f x %.2f\n", i + 1, page->master, pages->width, pages->height);
    dump_charges(&page->charges, out);
    for (size_t p = 0; p < pk_page_count(page); p++) dump_placed(pages, pk_page_at(page, p), out);
  }
}

void pk_page_dump_para(const pk_pages *pages, GString *out) {
  for (size_t i = 0; i < pages->count; i++) {
    const pk_page *page = &pages->pages[i];
    for (size_t p = 0; p < page->count; p++) {
      const pk_placed *placed = &page->placed[p];
      if (placed->kind != PK_PLACED_LINE || placed->part < 0) continue;
      const pk_line *line = placed->line.line;
      if (line->start == 0)
        g_string_append_printf(out, "paragraph [%s] page %zu\n", placed->line.text->style->name, i + 1);
      pk_line_dump(placed->line.text, line, out);
    }
  }
}
