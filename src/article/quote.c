/* Quotes that are pulled out of the text. */
#include <string.h>

#include "article/blocks.h"
#include "article/rich.h"

/* The length of a dash that leads an attribution, with the blanks after it; 0 if
 * there is none. A short dash needs a blank, or it would be a minus. */
static uint32_t dash_length(const char *text) {
  static const struct {
    const char *dash;
    bool needs_blank;
  } dashes[] = {
      {"\xE2\x80\x94", false}, {"\xE2\x80\x95", false}, {"\xE2\x80\x93", true}, {"---", true}, {"--", true},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(dashes); i++) {
    if (!g_str_has_prefix(text, dashes[i].dash)) continue;
    const char *after = text + strlen(dashes[i].dash), *words = after;
    while (*words == ' ' || g_str_has_prefix(words, "\xC2\xA0")) words += *words == ' ' ? 1 : 2;
    if (words > after || !dashes[i].needs_blank || !*words) return (uint32_t)(words - text);
  }
  return 0;
}

static bool is_all_paragraphs(const pk_block *quote) {
  for (size_t i = 0; i < quote->child_count; i++)
    if (quote->children[i]->kind != PK_BLOCK_PARAGRAPH) return false;
  return quote->child_count > 0;
}

static void raise_empty(pk_reader *reader, pk_span span, const char *message, const char *hint) {
  pk_diagnostic *raised = pk_diag_add(reader->job->diag, PK_CODE_PULL_QUOTE_EMPTY, span, "%s", message);
  pk_diag_hint(reader->job->diag, raised, "%s", hint);
}

void pk_quote_finish(pk_reader *reader, pk_block *quote, uint32_t last_line) {
  pk_arena *arena = reader->job->arena;
  if (!is_all_paragraphs(quote)) return;
  const pk_block *last = quote->children[quote->child_count - 1];
  const pk_rich_text *text = &last->text;
  /* In a paragraph of its own the attribution may go over several lines. */
  uint32_t from = quote->child_count > 1 && dash_length(text->text) ? 0 : last_line;
  uint32_t dash = dash_length(text->text + from);
  if (!dash) return;
  pk_rich_text words = pk_rich_slice(arena, text, 0, from ? from - 1 : 0);
  for (size_t i = quote->child_count - 1; i > 0; i--)
    words = pk_rich_join(arena, &quote->children[i - 1]->text, &words);
  quote->kind = PK_BLOCK_PULL_QUOTE;
  quote->text = words;
  quote->attribution = pk_rich_slice(arena, text, from + dash, text->size);
  quote->children = NULL;
  quote->child_count = 0;
  if (!words.size)
    raise_empty(reader, quote->span, "this quote has an attribution and no words",
                "write the words on the lines above the dash");
  else if (!quote->attribution.size)
    raise_empty(reader, quote->span, "the dash at the end of this quote names nobody",
                "write after it who says so, or delete the dash");
}
