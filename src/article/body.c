/* The body: CommonMark with tables, footnotes and ~~strikethrough~~ by cmark.
 *
 * The tree is walked with a stack of our own, so that its depth is nobody's
 * problem; pk_article_scan() has bounded it, and it is checked again here. */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm/node.h>
#include <string.h>

#include "article/blocks.h"

/* A container whose children are being read. */
typedef struct {
  pk_block *block;
  guint first; /* of its children among those that wait */
} frame;

typedef struct {
  pk_reader *reader;
  GArray *frames;
  GPtrArray *blocks; /* read, and waiting for their container */
  GPtrArray *notes;
  unsigned depth;     /* of quotes and items */
  uint32_t last_line; /* of the paragraph read last */
  bool is_too_deep;
} builder;

pk_block *pk_block_new(pk_reader *reader, pk_block_kind kind, uint32_t start, uint32_t end) {
  pk_block *block = PK_NEW(reader->job->arena, pk_block);
  block->kind = kind;
  block->span = pk_reader_span(reader, start, MAX(start, end));
  block->text.text = block->attribution.text = "";
  return block;
}

size_t pk_block_line(const pk_reader *reader, int number) {
  return MIN((size_t)MAX(number - 1, 0), reader->line_count - 1);
}

uint32_t pk_block_start(const pk_reader *reader, cmark_node *node) {
  const pk_line *line = &reader->lines[pk_block_line(reader, cmark_node_get_start_line(node))];
  int column = cmark_node_get_start_column(node);
  return MIN(line->start + (uint32_t)MAX(column - 1, 0), line->end);
}

const char *pk_block_content(cmark_node *node) {
  return node->content.size ? (const char *)node->content.ptr : "";
}

/* ---- containers ---------------------------------------------------------- */

static pk_block *make_list(pk_reader *reader, cmark_node *node, uint32_t start) {
  pk_block *list = pk_block_new(reader, PK_BLOCK_LIST, start, start);
  list->is_ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
  list->start = cmark_node_get_list_start(node);
  list->is_tight = cmark_node_get_list_tight(node);
  return list;
}

static void open_container(builder *build, cmark_node *node) {
  pk_reader *reader = build->reader;
  uint32_t start = pk_block_start(reader, node);
  frame opened = {.first = build->blocks->len};
  switch (cmark_node_get_type(node)) {
  case CMARK_NODE_LIST: opened.block = make_list(reader, node, start); break;
  case CMARK_NODE_ITEM: opened.block = pk_block_new(reader, PK_BLOCK_ITEM, start, start); break;
  case CMARK_NODE_BLOCK_QUOTE: opened.block = pk_block_new(reader, PK_BLOCK_QUOTE, start, start); break;
  default: {
    pk_span place = pk_note_place(reader, node);
    opened.block = pk_block_new(reader, PK_BLOCK_NOTE, place.start, place.end);
  }
  }
  g_array_append_val(build->frames, opened);
  if (opened.block->kind == PK_BLOCK_LIST || ++build->depth <= PK_ARTICLE_MAX_DEPTH || build->is_too_deep) return;
  build->is_too_deep = true;
  pk_diag_add(reader->job->diag, PK_CODE_TOO_DEEP, opened.block->span, "quotes and lists are nested too deeply here");
}

static const pk_block *const *take_blocks(builder *build, guint first, size_t *count) {
  *count = build->blocks->len - first;
  if (!*count) return NULL;
  const pk_block *const *taken =
      pk_arena_dup(build->reader->job->arena, build->blocks->pdata + first, *count * sizeof(gpointer));
  g_ptr_array_set_size(build->blocks, (int)first);
  return taken;
}

static void close_container(builder *build) {
  frame closed = g_array_index(build->frames, frame, build->frames->len - 1);
  g_array_set_size(build->frames, build->frames->len - 1);
  pk_block *block = closed.block;
  block->children = take_blocks(build, closed.first, &block->child_count);
  for (size_t i = 0; i < block->child_count; i++) block->span.end = MAX(block->span.end, block->children[i]->span.end);
  if (block->kind != PK_BLOCK_LIST) build->depth--;
  if (block->kind == PK_BLOCK_QUOTE) pk_quote_finish(build->reader, block, build->last_line);
  if (block->kind == PK_BLOCK_NOTE) {
    block->number = (int)build->notes->len + 1;
    g_ptr_array_add(build->notes, block);
  } else {
    g_ptr_array_add(build->blocks, block);
  }
}

/* ---- the tree ------------------------------------------------------------ */

static bool is_table(cmark_node *node) {
  return strcmp(cmark_node_get_type_string(node), "table") == 0;
}

/* Reads a leaf; false if the node is a container. */
static bool read_leaf(builder *build, cmark_node *node) {
  pk_reader *reader = build->reader;
  pk_block *block = NULL;
  switch (cmark_node_get_type(node)) {
  case CMARK_NODE_PARAGRAPH: block = pk_leaf_paragraph(reader, node, &build->last_line); break;
  case CMARK_NODE_HEADING: block = pk_leaf_heading(reader, node); break;
  case CMARK_NODE_CODE_BLOCK: block = pk_leaf_code(reader, node); break;
  case CMARK_NODE_THEMATIC_BREAK: block = pk_leaf_break(reader, node); break;
  case CMARK_NODE_HTML_BLOCK: pk_leaf_html(reader, node); break;
  default:
    if (!is_table(node)) return false;
    block = pk_table_read(reader, node);
  }
  if (block) g_ptr_array_add(build->blocks, block);
  return true;
}

static void read_tree(builder *build, cmark_node *root) {
  cmark_iter *iter = cmark_iter_new(root);
  for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
    cmark_node *node = cmark_iter_get_node(iter);
    if (node == root) continue;
    if (event == CMARK_EVENT_EXIT) {
      close_container(build);
    } else if (read_leaf(build, node)) {
      /* Its inlines are done: go on after it. The iterator gives no exit of the
       * kinds that have no children of their own. */
      cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
    } else {
      open_container(build, node);
    }
  }
  cmark_iter_free(iter);
}

static gpointer register_extensions(gpointer unused) {
  (void)unused;
  cmark_gfm_core_extensions_ensure_registered();
  return NULL;
}

static cmark_parser *new_parser(void) {
  static GOnce once = G_ONCE_INIT;
  g_once(&once, register_extensions, NULL);
  cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE);
  cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
  cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("strikethrough"));
  return parser;
}

void pk_article_read_body(pk_reader *reader, size_t body, pk_article *article) {
  builder build = {.reader = reader,
                   .frames = g_array_new(FALSE, FALSE, sizeof(frame)),
                   .blocks = g_ptr_array_new(),
                   .notes = g_ptr_array_new()};
  cmark_parser *parser = new_parser();
  cmark_syntax_extension *watch = pk_notes_watch(reader, parser);
  cmark_parser_feed(parser, reader->source->text + body, reader->source->size - body);
  cmark_node *root = cmark_parser_finish(parser);
  read_tree(&build, root);
  cmark_node_free(root);
  cmark_parser_free(parser);
  cmark_syntax_extension_free(cmark_get_default_mem_allocator(), watch);
  article->blocks = take_blocks(&build, 0, &article->block_count);
  article->note_count = build.notes->len;
  if (build.notes->len)
    article->notes = pk_arena_dup(reader->job->arena, build.notes->pdata, build.notes->len * sizeof(gpointer));
  pk_notes_check(reader, article->notes, article->note_count);
  g_array_unref(build.frames);
  g_ptr_array_unref(build.blocks);
  g_ptr_array_unref(build.notes);
}
