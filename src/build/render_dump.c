/* Any stage of a render as text. */
#include "build/render.h"

/* A line that says which part of a book follows. */
static void dump_part(const pk_book_part *part, size_t first, GString *out) {
  g_string_append_printf(out, "part %s, from page %zu\n", part ? part->key : "-", first + 1);
}

static void dump_bound(const pk_bound *bound, presskit_dump stage, GString *out) {
  for (size_t i = 0; i < bound->count; i++) {
    const pk_bound_part *part = &bound->parts[i];
    if (bound->book) dump_part(part->spec, part->first, out);
    if (stage == PRESSKIT_DUMP_STYLE) pk_style_dump(part->document, out);
    if (stage == PRESSKIT_DUMP_PARA) pk_page_dump_para(part->pages, out);
    if (stage == PRESSKIT_DUMP_PAGE) pk_page_dump(part->pages, out);
  }
}

static void dump_articles(const pk_render *r, GString *out) {
  for (size_t i = 0; i < pk_render_part_count(r); i++)
    if (r->articles[i]) pk_article_dump(r->articles[i], out);
}

void pk_render_dump(pk_render *r) {
  GString *out = r->result->dump = g_string_new(NULL);
  switch (r->options->dump) {
  case PRESSKIT_DUMP_NONE: break;
  case PRESSKIT_DUMP_ARTICLE: dump_articles(r, out); break;
  case PRESSKIT_DUMP_STYLE:
  case PRESSKIT_DUMP_PARA:
  case PRESSKIT_DUMP_PAGE: dump_bound(r->bound, r->options->dump, out); break;
  case PRESSKIT_DUMP_LIST: pk_list_dump(r->list, out); break;
  }
}
