/* Several documents that follow each other in one file: the rows of a batch. */
#include <string.h>

#include "build/inputs.h"
#include "build/parts.h"
#include "build/render.h"

/* Blank pages after a document that another follows in the same file: it is as long
 * as the printer wants each, and the next begins on a new sheet. */
static pk_status fill_row(pk_render *r, size_t count, size_t *blanks) {
  pk_status status = pk_parts_fill(r->job, r->printer, count, blanks);
  bool is_duplex = r->printer && r->printer->pages.duplex != PK_DUPLEX_NONE;
  if (is_duplex && (count + *blanks) % 2) ++*blanks;
  return status;
}

/* The article or the book of a further row. */
static pk_status read_row(pk_render *r, const pk_render_row *row) {
  if (r->book) {
    pk_status status = pk_inputs_book(r->job, row->path, &r->book);
    return status == PK_OK ? pk_render_read_articles(r) : status;
  }
  const pk_article **articles = PK_NEW(r->job->arena, const pk_article *);
  r->articles = articles;
  articles[0] = row->article;
  return articles[0] ? PK_OK : pk_inputs_article(r->job, row->path, &articles[0]);
}

/* All rows, one after the other, each as it would be alone. */
pk_status pk_render_compose_rows(pk_render *r) {
  size_t count = r->given->row_count;
  pk_list_part *parts = PK_NEW_ARRAY(r->job->arena, pk_list_part, count);
  for (size_t i = 0; i < count; i++) {
    const pk_render_row *row = &r->given->rows[i];
    r->job->merge = &row->merge;
    pk_status status = PK_OK;
    if (i > 0) status = read_row(r, row);
    if (status == PK_OK) status = pk_render_compose(r);
    if (status != PK_OK) return status;
    parts[i] = (pk_list_part){.list = r->list, .label = row->label, .bookmark = row->bookmark};
    parts[i].name = pk_arena_printf(r->job->arena, "r%" G_GUINT64_FORMAT "-", row->merge.row);
    status = fill_row(r, r->list->page_count, &parts[i].blanks);
    if (status != PK_OK) return status;
  }
  g_autofree char *name = g_path_get_basename(r->options->output);
  const char *title = pk_arena_strndup(r->job->arena, name, strcspn(name, "."));
  pk_list_join(r->job->arena, parts, count, title, &r->list);
  return PK_OK;
}
