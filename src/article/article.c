/* An article: bytes, front matter, limits, body, language, in this order. What
 * is wrong with one does not keep the next from being looked at, where it can be. */
#include "article/article.h"

#include <string.h>

#include "article/reader.h"
#include "base/folders.h"
#include "spec/load.h"

/* Fewer letters than this say nothing about a language. */
enum { LEAST_LETTERS = 40 };

static bool is_blank(const pk_source *source, size_t from) {
  for (size_t at = from; at < source->size; at++)
    if (!strchr(" \t\r\n", source->text[at])) return false;
  return true;
}

static void check_script(const pk_reader *reader, const pk_article *article) {
  size_t all = reader->latin + reader->cyrillic;
  bool is_cyrillic = article->lang == PK_LANG_SR_CYRL;
  size_t own = is_cyrillic ? reader->cyrillic : reader->latin;
  if (article->lang == PK_LANG_NONE || all < LEAST_LETTERS || own * 2 >= all) return;
  pk_diagnostic *raised = pk_diag_add(reader->job->diag, PK_CODE_LANGUAGE_MISMATCH, article->lang_span,
                                      "the language is %s, but most of the text is in %s letters",
                                      pk_lang_tag(article->lang), is_cyrillic ? "Latin" : "Cyrillic");
  pk_diag_hint(reader->job->diag, raised,
               is_cyrillic ? "lang: sr-Latn is Serbian in Latin letters, en is English"
                           : "lang: sr-Cyrl is Serbian in Cyrillic letters");
}

static bool shows(const pk_block *const *blocks, size_t count, const char *file) {
  for (size_t i = 0; i < count; i++) {
    if (g_strcmp0(blocks[i]->image_path, file) == 0) return true;
    if (shows(blocks[i]->children, blocks[i]->child_count, file)) return true;
  }
  return false;
}

static void gather_figures(const pk_block *const *blocks, size_t count, GPtrArray *files) {
  for (size_t i = 0; i < count; i++) {
    if (blocks[i]->image_path) g_ptr_array_add(files, (gpointer)blocks[i]->image_path);
    gather_figures(blocks[i]->children, blocks[i]->child_count, files);
  }
}

/* What is said about a picture that is not shown is a slip of the pen. */
static void check_figures(pk_job *job, const pk_article *article) {
  for (size_t i = 0; i < article->figure_count; i++) {
    const pk_figure_spec *figure = &article->figures[i];
    if (shows(article->blocks, article->block_count, figure->file)) continue;
    g_autoptr(GPtrArray) files = g_ptr_array_new();
    gather_figures(article->blocks, article->block_count, files);
    pk_field_unknown(job, PK_CODE_UNKNOWN_VALUE, figure->span, "picture in the text named", figure->file,
                     (const char *const *)files->pdata, files->len);
  }
}

static void read_body(pk_job *job, const pk_source *source, size_t body, pk_article *article) {
  pk_reader reader = {.job = job, .source = source};
  if (!pk_article_scan(&reader, body)) return;
  if (reader.line_count) pk_article_read_body(&reader, body, article);
  check_script(&reader, article);
  check_figures(job, article);
  pk_article_check_abbreviations(job, article);
  if (article->block_count || pk_diag_count(job->diag, PK_ERROR)) return;
  pk_diagnostic *raised =
      pk_diag_add(job->diag, PK_CODE_ARTICLE_EMPTY, (pk_span){source, (uint32_t)source->size, (uint32_t)source->size},
                  "the article has no text");
  pk_diag_hint(job->diag, raised, "write it under the front matter, with an empty line between paragraphs");
}

/* Pictures are looked for when pages are made; of an article with errors there are none,
 * so that what is not there is told now, with the rest. */
static void look_for_pictures(pk_job *job, const pk_article *article, const pk_block *const *blocks, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const char *name = blocks[i]->kind == PK_BLOCK_FIGURE ? blocks[i]->image_path : NULL;
    if (name && !strstr(name, "://")) {
      g_autofree char *path = g_path_is_absolute(name) ? g_strdup(name) : g_build_filename(article->folder, name, NULL);
      char *page = strstr(path, "#page=");
      if (page) *page = 0;
      const char *found;
      bool is_ours = !job->folders || pk_folders_hold(job->folders, path, &found);
      if (is_ours && !g_file_test(path, G_FILE_TEST_EXISTS))
        pk_diag_hint(job->diag,
                     pk_diag_add(job->diag, PK_CODE_FILE_MISSING, blocks[i]->image_span, "%s does not exist", path),
                     "check the spelling; a path is taken from the folder of the file that names it");
    }
    look_for_pictures(job, article, blocks[i]->children, blocks[i]->child_count);
  }
}

pk_status pk_article_parse(pk_job *job, const pk_source *source, const char *folder, const pk_article **out) {
  size_t errors = pk_diag_count(job->diag, PK_ERROR), body = SIZE_MAX;
  if (is_blank(source, 0)) {
    pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_EMPTY_FILE, (pk_span){source, 0, 0}, "the file is empty");
    pk_diag_hint(job->diag, raised, "it may have been saved wrongly");
    return PK_FAILED;
  }
  if (!pk_article_check_bytes(job, source)) return PK_FAILED;
  pk_article *article = PK_NEW(job->arena, pk_article);
  article->arena = job->arena;
  article->source = source;
  article->folder = pk_arena_strdup(job->arena, folder);
  pk_article_read_front(job, source, article, &body);
  if (body != SIZE_MAX && pk_article_fill_body(job, body, article->lang, &source)) {
    article->source = source;
    read_body(job, source, body, article);
  }
  if (pk_diag_count(job->diag, PK_ERROR) > errors) {
    look_for_pictures(job, article, article->blocks, article->block_count);
    return PK_FAILED;
  }
  *out = article;
  return PK_OK;
}

pk_status pk_article_build(pk_job *job, const char *path, const pk_article **out) {
  const pk_source *source = NULL;
  pk_status status = pk_source_load(job, path, PK_ARTICLE_MAX_BYTES, PK_SPAN_NONE, &source);
  if (status != PK_OK) return status;
  g_autofree char *folder = g_path_get_dirname(path);
  return pk_article_parse(job, source, folder, out);
}
