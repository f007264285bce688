/* "see page {page}": what a link to another article of the book says and where it
 * leads.
 *
 * The runs of one link are known by their address, so a link keeps the one it was
 * given. */
#include "style/reference.h"

#include <string.h>

static const char page_variable[] = "{page}";

static bool is_article(const char *href) {
  const char *end = strchr(href, '#');
  size_t size = end ? (size_t)(end - href) : strlen(href);
  return !strstr(href, "://") && size > 3 && strncmp(href + size - 3, ".md", 3) == 0;
}

static void raise_alone(pk_cascade *cascade, const pk_text_run *run) {
  pk_diag *diag = cascade->job->diag;
  pk_diagnostic *raised = pk_diag_add(diag, PK_CODE_BOOK_REFERENCE, run->source,
                                      "this refers to a page of a book, and the article is rendered by itself");
  pk_diag_hint(diag, raised, "render the book that it is part of, or take the reference out");
}

/* The page of the article, and in cascade->place the name to link to. */
static const char *find_page(pk_cascade *cascade, const pk_text_run *run) {
  const char *heading = strchr(run->href, '#');
  g_autofree char *name = heading ? g_strndup(run->href, (size_t)(heading - run->href)) : g_strdup(run->href);
  g_autofree char *joined = g_build_filename(cascade->article->folder, name, NULL);
  g_autofree char *path = g_canonicalize_filename(joined, NULL);
  const pk_references *references = cascade->part->references;
  return references->page(references->data, cascade->job, path, heading ? heading + 1 : NULL, run->source,
                          &cascade->place);
}

static const char *replace(pk_arena *arena, const char *words, size_t size, const char *number) {
  g_autofree char *text = g_strndup(words, size);
  g_auto(GStrv) pieces = g_strsplit(text, page_variable, -1);
  g_autofree char *joined = g_strjoinv(number, pieces);
  return pk_arena_strdup(arena, joined);
}

/* In a book the names of headings begin with that of their part. */
static const char *inner_link(const pk_cascade *cascade, const char *href) {
  if (!cascade->part || !cascade->part->part) return href;
  return pk_arena_printf(cascade->job->arena, "#%s.%s", cascade->part->part->key, href + 1);
}

/* The link that was asked for last is the same for all its runs. */
static void follow(pk_cascade *cascade, const pk_text_run *run) {
  if (cascade->linked_from == run->href) return;
  cascade->linked_from = cascade->linked_to = run->href;
  cascade->linked_page = NULL;
  if (*run->href == '#') {
    cascade->linked_to = inner_link(cascade, run->href);
  } else if (cascade->part && cascade->part->references) {
    cascade->linked_page = find_page(cascade, run);
    if (cascade->linked_page) cascade->linked_to = pk_arena_printf(cascade->job->arena, "#%s", cascade->place);
  }
}

void pk_reference_fill(pk_cascade *cascade, const pk_text_run *run, pk_phrase_text *words, const char **href) {
  if (!run->href || (*run->href != '#' && !is_article(run->href))) return;
  follow(cascade, run);
  *href = cascade->linked_to;
  if (*run->href == '#' || !memmem(words->text, words->size, page_variable, strlen(page_variable))) return;
  if (!cascade->part || !cascade->part->references) {
    raise_alone(cascade, run);
  } else if (cascade->linked_page) {
    words->text = replace(cascade->job->arena, words->text, words->size, cascade->linked_page);
    words->size = (uint32_t)strlen(words->text);
  }
}
