/* Footnotes that are defined but not used, or used twice by mistake.
 *
 * cmark drops definitions that nothing refers to. An extension of its parser
 * that looks on and never matches sees them before: it is asked first when the
 * blocks are done and the inlines begin. */
#include <cmark-gfm-extension_api.h>
#include <string.h>

#include "article/blocks.h"

pk_span pk_note_place(const pk_reader *reader, cmark_node *node) {
  /* cmark's place is after the colon and the blanks. */
  const char *text = reader->source->text;
  uint32_t line = reader->lines[pk_block_line(reader, cmark_node_get_start_line(node))].start;
  uint32_t end = pk_block_start(reader, node);
  while (end > line && text[end - 1] != ':') end--;
  if (end > line) end--;
  uint32_t start = end;
  while (start > line && text[start] != '[') start--;
  return pk_reader_span(reader, start, end);
}

static void collect(pk_reader *reader, cmark_node *root) {
  GArray *definitions = g_array_new(FALSE, FALSE, sizeof(pk_definition));
  cmark_iter *iter = cmark_iter_new(root);
  for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
    cmark_node *node = cmark_iter_get_node(iter);
    if (event != CMARK_EVENT_ENTER || cmark_node_get_type(node) != CMARK_NODE_FOOTNOTE_DEFINITION) continue;
    pk_definition definition = {.span = pk_note_place(reader, node)};
    uint32_t size = definition.span.end - definition.span.start;
    definition.label = pk_arena_strndup(reader->job->arena, reader->source->text + definition.span.start + MIN(size, 2),
                                        size > 3 ? size - 3 : 0);
    g_array_append_val(definitions, definition);
  }
  cmark_iter_free(iter);
  reader->definition_count = definitions->len;
  reader->definitions = pk_arena_take_array(reader->job->arena, definitions);
}

typedef struct {
  pk_reader *reader;
  bool has_seen;
} watch;

static cmark_node *look_on(cmark_syntax_extension *extension, cmark_parser *parser, cmark_node *parent,
                           unsigned char character, cmark_inline_parser *inline_parser) {
  (void)parser, (void)character, (void)inline_parser;
  watch *state = cmark_syntax_extension_get_private(extension);
  if (state->has_seen) return NULL;
  state->has_seen = true;
  cmark_node *root = parent;
  while (cmark_node_parent(root)) root = cmark_node_parent(root);
  collect(state->reader, root);
  return NULL;
}

cmark_syntax_extension *pk_notes_watch(pk_reader *reader, cmark_parser *parser) {
  cmark_syntax_extension *extension = cmark_syntax_extension_new("presskit-notes");
  watch *state = PK_NEW(reader->job->arena, watch);
  state->reader = reader;
  cmark_syntax_extension_set_private(extension, state, NULL);
  cmark_syntax_extension_set_match_inline_func(extension, look_on);
  cmark_parser_attach_syntax_extension(parser, extension);
  return extension;
}

/* ---- checks -------------------------------------------------------------- */

static void raise_twice(pk_reader *reader, const pk_definition *first, const pk_definition *second) {
  pk_diagnostic *raised = pk_diag_add(reader->job->diag, PK_CODE_FOOTNOTE_TWICE, second->span,
                                      "there are two footnotes '%s'", second->label);
  pk_diag_related(reader->job->diag, raised, first->span, "the first one is here");
}

void pk_notes_check(pk_reader *reader, const pk_block *const *notes, size_t count) {
  g_autoptr(GHashTable) used = g_hash_table_new(NULL, NULL);
  g_autoptr(GHashTable) labels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (size_t i = 0; i < count; i++) g_hash_table_add(used, GUINT_TO_POINTER(notes[i]->span.start));
  for (size_t i = 0; i < reader->definition_count; i++) {
    const pk_definition *definition = &reader->definitions[i];
    char *folded = g_utf8_casefold(definition->label, -1);
    const pk_definition *earlier = g_hash_table_lookup(labels, folded);
    if (earlier) {
      raise_twice(reader, earlier, definition);
      g_free(folded);
      continue;
    }
    g_hash_table_insert(labels, folded, (gpointer)definition);
    if (g_hash_table_contains(used, GUINT_TO_POINTER(definition->span.start))) continue;
    pk_diagnostic *raised = pk_diag_add(reader->job->diag, PK_CODE_FOOTNOTE_UNUSED, definition->span,
                                        "nothing refers to the footnote '%s', so it is not printed", definition->label);
    pk_diag_hint(reader->job->diag, raised, "write [^%s] in the text, or delete the note", definition->label);
  }
}
