/* libFuzzer over spec/: any bytes as a YAML file, read as a layout, an office, a
 * printer profile and a book, with what is checked after. Places must lie in the file. */
#include <glib.h>
#include <string.h>

#include "spec/book.h"
#include "spec/check.h"
#include "spec/spec.h"
#include "spec/tables.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_span(const pk_source *source, pk_span span) {
  g_assert_true(!span.source || (span.source == source && span.start <= span.end && span.end <= source->size));
}

static void check_node(const pk_source *source, const pk_node *node, unsigned depth) {
  g_assert_cmpuint(depth, <, PK_SPEC_MAX_DEPTH + 1);
  check_span(source, node->span);
  if (node->kind == PK_NODE_SCALAR) g_assert_true(g_utf8_validate(node->text, (gssize)node->size, NULL));
  for (size_t i = 0; i < node->item_count; i++) check_node(source, node->items[i], depth + 1);
  for (size_t i = 0; i < node->pair_count; i++) {
    check_span(source, node->pairs[i].key_span);
    check_node(source, node->pairs[i].value, depth + 1);
  }
}

static void check_book(const pk_source *source, const pk_book *book) {
  g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);
  g_assert_true(book->part_count > 0 && book->part_count <= PK_BOOK_MAX_PARTS);
  for (size_t i = 0; i < book->part_count; i++) {
    const pk_book_part *part = &book->parts[i];
    check_span(source, part->span);
    g_assert_true(g_hash_table_add(keys, (gpointer)part->key));
    g_assert_true(!part->within || (part->within < part && part->within->kind == PK_BOOK_SECTION));
    g_assert_true(part->begin != PK_BOOK_RUN_ON || (i && part[-1].kind == PK_BOOK_ARTICLE));
  }
}

static void read_tables(pk_job *job, const pk_node *node) {
  pk_office *office = PK_NEW(job->arena, pk_office);
  pk_fields_read(job, &pk_office_fields, node, office);
  pk_printer *printer = PK_NEW(job->arena, pk_printer);
  pk_fields_read(job, &pk_printer_fields, node, printer);
  pk_layout *layout = PK_NEW(job->arena, pk_layout);
  layout->source = node->span.source;
  bool is_fine = pk_fields_read(job, &pk_layout_fields, node, layout) == PK_OK;
  pk_layout_check_names(job, layout, node);
  pk_layout_apply_based_on(job, layout->source, (pk_style_spec *)layout->styles, layout->style_count);
  if (is_fine) pk_layout_check_frames(job, layout);
  const pk_book *book = NULL;
  if (pk_book_read(job, node, node->span.source->path, &book) == PK_OK) check_book(node->span.source, book);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autofree char *text = g_malloc(size + 1);
  memcpy(text, data, size);
  text[size] = 0;
  pk_arena *arena = pk_arena_new();
  pk_job job = {.arena = arena, .diag = pk_diag_new(arena)};
  const pk_source *source = pk_source_new(arena, TEST_SOURCE_DIR "/tests/fuzz/fuzz.yaml", text, size);
  const pk_node *node = NULL;
  if (pk_node_parse(&job, source, 0, size, &node) == PK_OK) {
    check_node(source, node, 0);
    read_tables(&job, node);
  }
  size_t count;
  const pk_diagnostic *const *list = pk_diag_list(job.diag, &count);
  for (size_t i = 0; i < count; i++) {
    check_span(source, list[i]->span);
    check_span(source, list[i]->related);
  }
  g_assert_true(node || count);
  pk_arena_drop(arena);
  return 0;
}
