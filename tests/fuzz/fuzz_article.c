/* Fuzz target: any bytes as an article.
 *
 * What always holds of an article that is read is checked here: runs cover
 * their text, and each says truly where it comes from. */
#include <stdlib.h>
#include <string.h>

#include "article/article.h"

/* Ends the run, in builds without assertions too. */
static void require(bool holds) {
  if (!holds) abort();
}

static void check_run(const pk_rich_text *text, const pk_text_run *run) {
  const pk_source *source = run->source.source;
  require(source && run->source.start < run->source.end && run->source.end <= source->size);
  uint32_t size = run->end - run->start;
  if (run->source.end - run->source.start != size) return;
  for (uint32_t i = 0; i < size; i++) {
    char shown = text->text[run->start + i], written = source->text[run->source.start + i];
    bool is_blank = strchr(" \n", shown) && strchr("\t\r\n", written);
    bool is_whole = size == 1 && (run->footnote || shown == '\n'); /* read as one thing */
    require(shown == written || is_blank || is_whole);
  }
}

static void check_text(const pk_rich_text *text) {
  uint32_t end = 0, source_end = 0;
  require(text->text && text->text[text->size] == 0 && g_utf8_validate(text->text, (gssize)text->size, NULL));
  for (size_t i = 0; i < text->run_count; i++) {
    const pk_text_run *run = &text->runs[i];
    require(run->start == end && run->end > end && run->source.start >= source_end);
    check_run(text, run);
    end = run->end;
    source_end = run->source.end;
  }
  require(end == text->size);
}

static void check_block(const pk_block *block, unsigned depth) {
  require(depth < 2 * PK_ARTICLE_MAX_DEPTH + 4);
  require(block->span.start <= block->span.end && block->span.end <= block->span.source->size);
  check_text(&block->text);
  check_text(&block->attribution);
  for (size_t i = 0; i < block->child_count; i++) check_block(block->children[i], depth + 1);
}

static void check_article(const pk_article *article) {
  require(article->headline.text && article->lang != PK_LANG_NONE && article->block_count);
  for (size_t i = 0; i < article->block_count; i++) check_block(article->blocks[i], 0);
  for (size_t i = 0; i < article->note_count; i++) {
    require(article->notes[i]->number == (int)i + 1);
    check_block(article->notes[i], 0);
  }
}

/* What does not begin like front matter gets one, so that it comes to Markdown. */
static const pk_source *make_source(pk_arena *arena, const uint8_t *data, size_t size) {
  static const char front[] = "---\nheadline: Fuzz\nlang: en\n---\n";
  size_t before = size && data[0] == '-' ? 0 : sizeof front - 1;
  char *text = pk_arena_alloc(arena, before + size + 1);
  memcpy(text, front, before);
  if (size) memcpy(text + before, data, size);
  return pk_source_new(arena, "fuzz.md", text, before + size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(pk_arena) arena = pk_arena_new();
  pk_job job = {.arena = arena, .diag = pk_diag_new(arena)};
  const pk_source *source = make_source(arena, data, size);
  const pk_article *article = NULL;
  GString *out = g_string_new(NULL);
  if (pk_article_parse(&job, source, ".", &article) == PK_OK) {
    check_article(article);
    pk_article_dump(article, out);
  } else {
    require(pk_diag_count(job.diag, PK_ERROR) > 0);
  }
  pk_diag_print(job.diag, PK_DIAG_HUMAN, false, out);
  g_string_free(out, TRUE);
  return 0;
}
