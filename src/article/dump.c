/* An article as text: a line a block, with its place, indented by its depth.
 *
 * Recursion follows the tree, which PK_ARTICLE_MAX_DEPTH bounds. */
#include <string.h>

#include "article/article.h"

static const char *const kind_names[] = {"paragraph", "heading", "quote",  "pull-quote", "list",  "item", "table",
                                         "row",       "cell",    "figure", "code",       "break", "note"};
static const char *const align_names[] = {"", "left", "center", "right"};

static void put_place(GString *out, unsigned depth, pk_span span) {
  pk_place place = span.source ? pk_source_place(span.source, span.start) : (pk_place){0, 0};
  g_string_append_printf(out, "%*s%u:%u ", (int)depth * 2, "", place.line, place.column);
}

/* Appends [text, text + size) as it would be between quotes, with \[ for [. */
static void put_escaped(GString *out, const char *text, size_t size) {
  for (size_t i = 0; i < size; i++) {
    if (text[i] == '\n')
      g_string_append(out, "\\n");
    else if (strchr("\"\\[", text[i]))
      g_string_append_printf(out, "\\%c", text[i]);
    else
      g_string_append_c(out, text[i]);
  }
}

static void put_word(GString *out, const char *separator, const char *word) {
  if (out->str[out->len - 1] != '[') g_string_append(out, separator);
  g_string_append(out, word);
}

static bool looks_alike(const pk_text_run *one, const pk_text_run *other) {
  return one->marks == other->marks && !one->footnote && !other->footnote && g_strcmp0(one->href, other->href) == 0 &&
         g_strcmp0(one->lang, other->lang) == 0;
}

static void put_marks(GString *out, const pk_text_run *run) {
  static const char *const names[] = {"emphasis", "strong", "code", "strike", "superscript"};
  if (run->footnote) {
    g_string_append_printf(out, "note %d", run->footnote);
  } else {
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
      if (run->marks & 1U << i) put_word(out, " ", names[i]);
  }
  if (run->href) put_word(out, " ", run->href);
  if (run->lang) put_word(out, " lang=", run->lang);
}

static void put_text(GString *out, const pk_rich_text *text) {
  g_string_append(out, " \"");
  for (size_t i = 0; i < text->run_count; i++) {
    const pk_text_run *run = &text->runs[i];
    uint32_t end = run->end;
    while (i + 1 < text->run_count && looks_alike(run, &text->runs[i + 1])) end = text->runs[++i].end;
    bool is_plain = !run->marks && !run->href && !run->lang && !run->footnote;
    if (!is_plain) {
      g_string_append_c(out, '[');
      put_marks(out, run);
      g_string_append(out, ": ");
    }
    put_escaped(out, text->text + run->start, end - run->start);
    if (!is_plain) g_string_append_c(out, ']');
  }
  g_string_append_c(out, '"');
}

static void put_quoted(GString *out, const char *name, const char *text) {
  g_string_append_printf(out, " %s\"", name);
  put_escaped(out, text, strlen(text));
  g_string_append_c(out, '"');
}

static void put_attributes(GString *out, const pk_block *block) {
  switch (block->kind) {
  case PK_BLOCK_HEADING: g_string_append_printf(out, " %d", block->level); break;
  case PK_BLOCK_LIST:
    if (block->is_ordered) g_string_append_printf(out, " ordered start=%d", block->start);
    g_string_append(out, block->is_tight ? " tight" : " loose");
    break;
  case PK_BLOCK_ROW: g_string_append(out, block->is_header ? " header" : ""); break;
  case PK_BLOCK_CELL:
    if (block->align) g_string_append_printf(out, " %s", align_names[block->align]);
    break;
  case PK_BLOCK_NOTE: g_string_append_printf(out, " %d", block->number); break;
  case PK_BLOCK_FIGURE: put_quoted(out, "path=", block->image_path); break;
  default: break;
  }
}

static bool has_text(pk_block_kind kind) {
  return kind == PK_BLOCK_PARAGRAPH || kind == PK_BLOCK_HEADING || kind == PK_BLOCK_PULL_QUOTE ||
         kind == PK_BLOCK_CELL || kind == PK_BLOCK_FIGURE || kind == PK_BLOCK_CODE;
}

static void put_block(GString *out, const pk_block *block, unsigned depth) {
  put_place(out, depth, block->span);
  g_string_append(out, kind_names[block->kind]);
  put_attributes(out, block);
  if (has_text(block->kind)) put_text(out, &block->text);
  if (block->attribution.size) {
    g_string_append(out, " attribution");
    put_text(out, &block->attribution);
  }
  if (block->credit) put_quoted(out, "credit=", block->credit);
  if (block->alternate) put_quoted(out, "alternate=", block->alternate);
  g_string_append_c(out, '\n');
  for (size_t i = 0; i < block->child_count; i++) put_block(out, block->children[i], depth + 1);
}

/* ---- front matter -------------------------------------------------------- */

static void put_meta(GString *out, const char *name, const pk_meta_text *meta) {
  if (!meta->text) return;
  put_place(out, 0, meta->span);
  g_string_append(out, name);
  put_quoted(out, "", meta->text);
  g_string_append_c(out, '\n');
}

static void put_date(GString *out, const pk_date *date) {
  if (!date->is_given) return;
  g_string_append_printf(out, " %04d-%02d-%02d", date->year, date->month, date->day);
  if (!date->has_time) return;
  int offset = ABS(date->offset_minutes);
  g_string_append_printf(out, "T%02d:%02d%c%02d:%02d", date->hour, date->minute, date->offset_minutes < 0 ? '-' : '+',
                         offset / 60, offset % 60);
}

static void put_lines(GString *out, const char *name, const char *const *lines, size_t count) {
  if (!count) return;
  g_string_append(out, name);
  for (size_t i = 0; i < count; i++) put_quoted(out, "", lines[i]);
  g_string_append_c(out, '\n');
}

static void put_front(GString *out, const pk_article *article) {
  put_place(out, 0, article->lang_span);
  g_string_append_printf(out, "lang %s\n", pk_lang_tag(article->lang));
  put_meta(out, "kicker", &article->kicker);
  put_meta(out, "headline", &article->headline);
  put_meta(out, "subhead", &article->subhead);
  if (article->place.text || article->date.is_given) {
    put_place(out, 0, article->dateline_span);
    g_string_append(out, "dateline");
    if (article->place.text) put_quoted(out, "", article->place.text);
    put_date(out, &article->date);
    g_string_append_c(out, '\n');
  }
  if (article->is_immediate || article->embargo.is_given) {
    put_place(out, 0, article->release_span);
    g_string_append(out, article->is_immediate ? "release immediate" : "release embargo");
    put_date(out, &article->embargo);
    g_string_append_c(out, '\n');
  }
  if (article->published_outlet.text) {
    put_place(out, 0, article->published_outlet.span);
    g_string_append(out, "published");
    put_quoted(out, "", article->published_outlet.text);
    put_date(out, &article->published_date);
    g_string_append_c(out, '\n');
  }
  put_meta(out, "credit", &article->credit);
  put_meta(out, "contact", &article->contact);
  put_meta(out, "boilerplate", &article->boilerplate);
  put_lines(out, "recipient", article->recipient, article->recipient_count);
  put_meta(out, "reference", &article->reference);
  put_meta(out, "closing", &article->closing);
  put_meta(out, "signed-by", &article->signed_by);
  put_meta(out, "signed-as", &article->signed_as);
  put_lines(out, "enclosures", article->enclosures, article->enclosure_count);
  put_lines(out, "keywords", article->keywords, article->keyword_count);
  for (size_t i = 0; i < article->abbreviation_count; i++) {
    put_place(out, 0, article->abbreviations[i].span);
    g_string_append_printf(out, "abbreviation %s", article->abbreviations[i].letters);
    put_quoted(out, "", article->abbreviations[i].expansion);
    g_string_append_c(out, '\n');
  }
}

void pk_article_dump(const pk_article *article, GString *out) {
  put_front(out, article);
  for (size_t i = 0; i < article->block_count; i++) put_block(out, article->blocks[i], 0);
  for (size_t i = 0; i < article->note_count; i++) put_block(out, article->notes[i], 0);
}
