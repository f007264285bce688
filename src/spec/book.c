/* A book from its file. */
#include "spec/book.h"

#include <string.h>

#include "spec/load.h"
#include "spec/merge.h"
#include "spec/spec.h"
#include "spec/tables.h"

bool pk_book_is_path(const char *path) {
  return g_str_has_suffix(path, ".yaml") || g_str_has_suffix(path, ".yml");
}

const char *pk_book_word_lookup(const pk_book_word *words, size_t count, const char *name) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(words[i].name, name) == 0) return words[i].text;
  return NULL;
}

bool pk_book_is_cover(const char *name) {
  static const char *const names[] = {"cover", "inside-cover", "inside-back", "back", NULL};
  return name && g_strv_contains(names, name);
}

pk_length pk_book_spine(const pk_book *book, size_t pages) {
  if (book->binding != PK_BOOK_PERFECT) return 0;
  return (pk_length)((pages + 1) / 2) * book->leaf + 2 * book->cover;
}

/* ---- articles ------------------------------------------------------------------ */

static bool find_article(pk_job *job, pk_book_part *part) {
  if (part->kind != PK_BOOK_ARTICLE) return true;
  return pk_spec_existing_path(job, part->article.text, part->article.span, &part->path);
}

/* "texts/02-bridge.en.md" -> "02-bridge": ASCII, and no dot, which parts the key from
 * the name of a heading. */
static const char *stem_of(pk_job *job, const char *path) {
  g_autofree char *name = g_path_get_basename(path);
  for (char *dot = strrchr(name, '.'); dot && dot != name; dot = strrchr(name, '.')) *dot = 0;
  for (char *at = name; *at; at++)
    if (!g_ascii_isalnum(*at) && !strchr("-_", *at)) *at = '-';
  return pk_arena_strdup(job->arena, name);
}

static void set_key(pk_job *job, pk_book_part *part, GHashTable *keys) {
  static const char *const kinds[] = {"article", "page", "contents", "section"};
  const char *stem = kinds[part->kind];
  if (part->kind == PK_BOOK_ARTICLE) stem = stem_of(job, part->path);
  if (part->kind == PK_BOOK_PAGE) stem = stem_of(job, part->page.text);
  if (part->kind == PK_BOOK_SECTION) stem = pk_arena_printf(job->arena, "section-%d", part->number);
  part->key = stem;
  for (int n = 2; g_hash_table_contains(keys, part->key); n++)
    part->key = pk_arena_printf(job->arena, "%s-%d", stem, n);
  g_hash_table_add(keys, (gpointer)part->key);
}

/* ---- the flat list ------------------------------------------------------------- */

static size_t count_parts(const pk_book *book) {
  size_t count = book->top_count;
  for (size_t i = 0; i < book->top_count; i++) count += book->top[i].part_count;
  return count;
}

static bool check_count(pk_job *job, const pk_book *book, size_t count) {
  if (count > 0 && count <= PK_BOOK_MAX_PARTS) return true;
  if (!count)
    pk_diag_add(job->diag, PK_CODE_BOOK_PARTS, book->title.span, "the book has no parts");
  else
    pk_diag_add(job->diag, PK_CODE_BOOK_PARTS, book->top[0].span, "the book has %zu parts; it may have %d", count,
                PK_BOOK_MAX_PARTS);
  return false;
}

static bool check_alternate(pk_job *job, const pk_book_part *part) {
  if (!part->art.text || part->has_alternate || part->caption.text) return true;
  pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_ALTERNATE_MISSING, part->art.span,
                                      "the picture has neither alternate nor caption");
  pk_diag_hint(job->diag, raised, "say what it shows:  alternate: \"...\"  or, of mere decoration,  alternate: \"\"");
  return true;
}

/* `before` is the part before it, or NULL. */
static bool check_run_on(pk_job *job, const pk_book_part *part, const pk_book_part *before) {
  if (part->begin != PK_BOOK_RUN_ON) return true;
  if (before && before->kind == PK_BOOK_ARTICLE && before->within == part->within) return true;
  pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_BOOK_RUN_ON, part->span,
                                      "there is no article before it in the same section, after which it could run on");
  pk_diag_hint(job->diag, raised, "let it begin on the next page:  begin: next");
  return false;
}

static bool flatten(pk_job *job, pk_book *book) {
  size_t count = count_parts(book), at = 0;
  if (!check_count(job, book, count)) return false;
  pk_book_part *parts = PK_NEW_ARRAY(job->arena, pk_book_part, count);
  g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);
  int number = 0;
  for (size_t i = 0; i < book->top_count; i++) {
    const pk_book_part *top = &book->top[i];
    pk_book_part *outer = &parts[at++];
    *outer = *top;
    if (top->kind == PK_BOOK_SECTION) outer->number = ++number;
    for (size_t p = 0; p < top->part_count; p++) {
      parts[at] = top->parts[p];
      parts[at++].within = outer;
    }
  }
  bool is_fine = true;
  for (size_t i = 0; i < count; i++) {
    is_fine = find_article(job, &parts[i]) && is_fine;
    is_fine = check_alternate(job, &parts[i]) && is_fine;
    is_fine = check_run_on(job, &parts[i], i ? &parts[i - 1] : NULL) && is_fine;
    if (is_fine) set_key(job, &parts[i], keys);
  }
  book->parts = parts;
  book->part_count = count;
  return is_fine;
}

pk_status pk_book_build(pk_job *job, const char *path, const pk_book **out) {
  const pk_node *node = NULL;
  pk_status status = pk_spec_load(job, path, "book", PK_SPAN_NONE, &node);
  return status == PK_OK ? pk_book_read(job, node, path, out) : status;
}

pk_status pk_book_read(pk_job *job, const pk_node *node, const char *path, const pk_book **out) {
  if (memchr(node->span.source->text, '{', node->span.source->size) && !pk_merge_fill_node(job, node, &node))
    return PK_FAILED;
  pk_book *book = PK_NEW(job->arena, pk_book);
  book->source = node->span.source;
  book->path = book->source->path;
  g_autofree char *folder = g_path_get_dirname(path);
  book->folder = pk_arena_strdup(job->arena, folder);
  pk_status status = pk_fields_read(job, &pk_book_fields, node, book);
  if (status != PK_OK) return status;
  const char *layout = book->layout.text;
  if (layout && (strchr(layout, '/') || pk_book_is_path(layout)))
    book->layout.text = pk_spec_path(job->arena, layout, book->layout.span);
  if (!flatten(job, book)) return PK_FAILED;
  *out = book;
  return PK_OK;
}
