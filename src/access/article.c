/* The article: headings, tables, links, and the language of its words. */
#include <string.h>

#include "access/access.h"

/* ---- headings (1.3.1, 2.4.6) ------------------------------------------------ */

/* The headline is level 1, so the first heading is 2; `level` is that before. */
static void check_heading(pk_job *job, const pk_block *heading, int *level) {
  enum { FIRST = 2 };
  int least = *level ? *level : FIRST - 1;
  pk_diagnostic *raised = NULL;
  if (heading->level < FIRST) {
    raised = pk_diag_add(job->diag, PK_CODE_HEADING_LEVEL, heading->span,
                         "this heading is of level 1, and so is the headline");
    pk_diag_hint(job->diag, raised, "begin it with ## instead of #");
  } else if (heading->level > least + 1) {
    g_autofree char *marks = g_strnfill((gsize)least + 1, '#');
    raised =
        pk_diag_add(job->diag, PK_CODE_HEADING_LEVEL, heading->span, "a heading of level %d follows %s of level %d",
                    heading->level, *level ? "one" : "the headline, which is", least);
    pk_diag_hint(job->diag, raised, "begin it with %s: who goes from heading to heading misses a level", marks);
  }
  *level = MAX(heading->level, FIRST);
}

/* ---- tables (1.3.1) --------------------------------------------------------- */

/* Whether the first column of a table with an empty first row heads the rows: then it
 * is tagged so (tags.c), and nothing is missing. */
static bool has_row_headings(const pk_block *table) {
  for (size_t r = 1; r < table->child_count; r++)
    if (table->children[r]->child_count < 2 || !table->children[r]->children[0]->text.size) return false;
  return table->child_count > 1;
}

static void check_table(pk_job *job, const pk_block *table) {
  const pk_block *header = table->child_count && table->children[0]->is_header ? table->children[0] : NULL;
  size_t empty = 0;
  for (size_t c = 0; header && c < header->child_count; c++) empty += !header->children[c]->text.size;
  if (!header || empty == header->child_count) {
    if (has_row_headings(table)) return;
    pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_TABLE_HEADING, table->span, "this table has no headings");
    pk_diag_hint(job->diag, raised, "say in the first row, above the |---|, what each column holds");
    return;
  }
  /* The first column may hold the headings of the rows. */
  for (size_t c = 1; c < header->child_count; c++) {
    if (header->children[c]->text.size) continue;
    pk_diagnostic *raised =
        pk_diag_add(job->diag, PK_CODE_TABLE_HEADING, header->span, "column %zu of this table has no heading", c + 1);
    pk_diag_hint(job->diag, raised, "say in the first row what it holds");
  }
}

/* ---- links (2.4.4) ---------------------------------------------------------- */

static void check_link(pk_job *job, const char *words, pk_span span) {
  if (!pk_language_is_vague(words)) return;
  pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_LINK_VAGUE, span,
                                      "the words of this link, \"%s\", do not say where it leads", words);
  pk_diag_hint(job->diag, raised, "let it be the words for what is there: [the programme of the day](https://...)");
}

static void check_links(pk_job *job, const pk_rich_text *text) {
  for (size_t i = 0; i < text->run_count;) {
    const pk_text_run *first = &text->runs[i], *last = first;
    for (i++; i < text->run_count && text->runs[i].href == first->href; i++) last = &text->runs[i];
    if (!first->href) continue;
    g_autofree char *words = g_strndup(text->text + first->start, last->end - first->start);
    pk_span span = first->source;
    if (last->source.source == span.source) span.end = MAX(span.end, last->source.end);
    check_link(job, g_strstrip(words), span);
  }
}

/* ---- all blocks ------------------------------------------------------------- */

static void check_text(pk_job *job, const pk_article *article, const pk_rich_text *text) {
  check_links(job, text);
  pk_access_words(job, article, text);
}

/* `level` is NULL inside of quotes, whose headings are a world of their own. */
static void check_blocks(pk_job *job, const pk_article *article, const pk_block *const *blocks, size_t count,
                         int *level) {
  for (size_t i = 0; i < count; i++) {
    const pk_block *block = blocks[i];
    if (block->kind == PK_BLOCK_HEADING && level) check_heading(job, block, level);
    if (block->kind == PK_BLOCK_TABLE) check_table(job, block);
    if (block->kind != PK_BLOCK_CODE) check_text(job, article, &block->text);
    check_text(job, article, &block->attribution);
    check_blocks(job, article, block->children, block->child_count, NULL);
  }
}

void pk_access_article(pk_job *job, const pk_article *article) {
  int level = 0;
  check_blocks(job, article, article->blocks, article->block_count, &level);
  check_blocks(job, article, article->notes, article->note_count, NULL);
}
