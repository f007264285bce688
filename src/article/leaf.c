/* Paragraphs, figures, headings, code and breaks. */
#include <string.h>

#include "article/blocks.h"
#include "article/html.h"
#include "article/rich.h"

enum {
  TAB_WIDTH = 4,
  MAX_DEFINITION_LINES = 10000, /* above a paragraph, that its text is looked for below */
};

/* ---- where the lines of a content are ------------------------------------ */

static size_t count_lines(const char *content) {
  size_t count = 0;
  for (const char *at = content; *at; count++) {
    const char *newline = strchr(at, '\n');
    at = newline ? newline + 1 : at + strlen(at);
  }
  return count;
}

/* Whether a line of the body is nothing but quote marks and one of "=", "-". */
static bool is_underline(const pk_reader *reader, size_t number) {
  if (number >= reader->line_count) return false;
  const pk_line *line = &reader->lines[number];
  uint32_t at = line->start, end = line->end;
  const char *text = reader->source->text;
  while (at < end && strchr(" \t>", text[at])) at++;
  while (end > at && strchr(" \t", text[end - 1])) end--;
  if (at == end || !strchr("=-", text[at])) return false;
  for (char mark = text[at]; at < end; at++)
    if (text[at] != mark) return false;
  return true;
}

/* cmark takes link definitions out of the beginning of a paragraph and leaves
 * its first line as it was, so the last line tells where the content is. That of
 * a heading is above its underline. */
static void map_paragraph(pk_content *content, cmark_node *node) {
  const pk_reader *reader = content->reader;
  size_t lines = count_lines(content->text);
  size_t first = pk_block_line(reader, cmark_node_get_start_line(node));
  bool is_heading = cmark_node_get_type(node) == CMARK_NODE_HEADING;
  /* What stands above a table is cut off its header and has no place. */
  bool is_cut = cmark_node_get_start_line(node) == 0;
  if (is_cut) first = pk_block_line(reader, cmark_node_get_start_line(cmark_node_next(node)));
  size_t end = (size_t)cmark_node_get_end_line(node);
  if (!is_heading && !is_cut && end >= lines && end - lines > first) first = end - lines;
  for (size_t last = MIN(reader->line_count, first + MAX_DEFINITION_LINES); first < last; first++)
    if ((!is_heading || is_underline(reader, first + lines)) && pk_content_map_lines(content, first, is_cut)) return;
  g_array_set_size(content->segments, 0);
}

/* The heading's text follows its "#". */
static void map_atx(pk_content *content, cmark_node *node) {
  const pk_reader *reader = content->reader;
  const char *text = reader->source->text;
  size_t number = pk_block_line(reader, cmark_node_get_start_line(node));
  uint32_t at = pk_block_start(reader, node), end = reader->lines[number].end;
  while (at < end && text[at] == '#') at++;
  while (at < end && strchr(" \t", text[at])) at++;
  if (at + content->size <= end) pk_content_map_end(content, at, at + content->size, false);
}

static bool is_setext(const pk_reader *reader, cmark_node *node) {
  uint32_t start = pk_block_start(reader, node);
  return start >= reader->source->size || reader->source->text[start] != '#' ||
         cmark_node_get_end_line(node) != cmark_node_get_start_line(node);
}

/* ---- paragraphs and figures ---------------------------------------------- */

static bool is_remote(const char *path) {
  g_autofree char *scheme = g_uri_parse_scheme(path);
  return (scheme && strlen(scheme) > 1) || g_str_has_prefix(path, "//");
}

/* "my%20photo.jpg" is "my photo.jpg". */
static const char *decode_path(pk_arena *arena, const char *path) {
  g_autofree char *decoded = g_uri_unescape_string(path, NULL);
  const char *why = NULL;
  if (!decoded || !g_utf8_validate(decoded, -1, NULL)) return path;
  for (const char *at = decoded; *at; at = g_utf8_next_char(at))
    if (g_utf8_get_char(at) < 0x20 || pk_article_is_unprintable(g_utf8_get_char(at), &why)) return path;
  return pk_arena_strdup(arena, decoded);
}

static void check_figure(pk_reader *reader, const pk_block *figure) {
  pk_diag *diag = reader->job->diag;
  pk_diagnostic *raised;
  if (!*figure->image_path) {
    raised = pk_diag_add(diag, PK_CODE_IMAGE_UNNAMED, figure->span, "the image names no file");
    pk_diag_hint(diag, raised, "write  ![Caption](file.jpg \"Credit\")");
  } else if (is_remote(figure->image_path)) {
    raised = pk_diag_add(diag, PK_CODE_IMAGE_REMOTE, figure->image_span, "presskit fetches nothing from the network");
    pk_diag_hint(diag, raised, "save the image beside the article and name the file");
  }
  if (!figure->alternate && !figure->text.text[strspn(figure->text.text, " \n")]) {
    raised = pk_diag_add(diag, PK_CODE_ALTERNATE_MISSING, figure->span, "the image has no caption");
    pk_diag_hint(diag, raised, "say between [ and ] what it shows: it is read out to those who cannot see it");
  }
}

/* "Caption | what the picture shows": the caption is printed, the rest is read out
 * to those who cannot see it. Where there is no bar, the caption serves both. */
static void split_alternate(pk_reader *reader, pk_block *figure) {
  const char *text = figure->text.text, *bar = memchr(text, '|', figure->text.size);
  if (!bar) return;
  g_autofree char *alternate = g_strstrip(g_strndup(bar + 1, figure->text.size - (size_t)(bar + 1 - text)));
  if (*alternate) figure->alternate = pk_arena_strdup(reader->job->arena, alternate);
  uint32_t end = (uint32_t)(bar - text);
  while (end && strchr(" \n", text[end - 1])) end--;
  figure->text = pk_rich_slice(reader->job->arena, &figure->text, 0, end);
}

static pk_block *make_figure(pk_reader *reader, const pk_inlines *inlines, pk_span span) {
  pk_block *figure = pk_block_new(reader, PK_BLOCK_FIGURE, span.start, span.end);
  figure->text = inlines->text;
  split_alternate(reader, figure);
  figure->image_path = decode_path(reader->job->arena, inlines->image_path ? inlines->image_path : "");
  figure->image_span = inlines->path_span;
  if (inlines->image_title && *inlines->image_title) {
    figure->credit = inlines->image_title;
    figure->credit_span = inlines->title_span;
  }
  check_figure(reader, figure);
  return figure;
}

/* The content's own place, without blanks at its end. */
static pk_span content_span(pk_content *content) {
  uint32_t end = content->size;
  while (end && strchr(" \t\n", content->text[end - 1])) end--;
  return content->segments->len ? pk_content_span(content, 0, end) : content->whole;
}

pk_block *pk_leaf_paragraph(pk_reader *reader, cmark_node *node, uint32_t *last_line) {
  pk_content content;
  pk_inlines inlines;
  pk_content_open(&content, reader, pk_block_content(node));
  uint32_t start = pk_block_start(reader, node);
  content.whole = pk_reader_span(reader, start, start);
  map_paragraph(&content, node);
  pk_inlines_read(&content, node, &inlines);
  pk_span span = content_span(&content);
  pk_content_close(&content);
  *last_line = inlines.last_line;
  if (inlines.is_figure) return make_figure(reader, &inlines, span);
  if (!inlines.text.size) return NULL; /* a comment */
  pk_block *paragraph = pk_block_new(reader, PK_BLOCK_PARAGRAPH, span.start, span.end);
  paragraph->text = inlines.text;
  return paragraph;
}

/* ---- headings ------------------------------------------------------------ */

pk_block *pk_leaf_heading(pk_reader *reader, cmark_node *node) {
  pk_content content;
  pk_inlines inlines;
  pk_content_open(&content, reader, pk_block_content(node));
  uint32_t start = pk_block_start(reader, node);
  size_t number = pk_block_line(reader, cmark_node_get_start_line(node));
  content.whole = pk_reader_span(reader, start, reader->lines[number].end);
  bool is_underlined = is_setext(reader, node);
  if (is_underlined)
    map_paragraph(&content, node);
  else
    map_atx(&content, node);
  pk_inlines_read(&content, node, &inlines);
  pk_span span = is_underlined ? content_span(&content) : content.whole;
  pk_content_close(&content);
  if (inlines.image_path) {
    pk_diagnostic *raised = pk_diag_add(reader->job->diag, PK_CODE_IMAGE_IN_TEXT, inlines.image_span,
                                        "an image must stand alone in its paragraph, not in a heading");
    pk_diag_hint(reader->job->diag, raised, "put it into a paragraph of its own under the heading");
  }
  pk_block *heading = pk_block_new(reader, PK_BLOCK_HEADING, span.start, span.end);
  heading->level = cmark_node_get_heading_level(node);
  heading->text = inlines.text;
  return heading;
}

/* ---- code ---------------------------------------------------------------- */

/* Appends a line of code. Tabs become the blanks that they stand for. */
static void append_code_line(pk_rich_builder *rich, pk_content *content, uint32_t start, uint32_t end) {
  static const char blanks[] = "    ";
  size_t column = 0;
  for (uint32_t at = start; at < end;) {
    uint32_t stop = at;
    while (stop < end && content->text[stop] != '\t') stop++;
    stop = stop > at ? pk_content_stretch(content, at, stop) : at + 1;
    pk_text_run like = {.marks = PK_MARK_CODE, .source = pk_content_span(content, at, stop)};
    bool is_tab = content->text[at] == '\t';
    size_t size = is_tab ? TAB_WIDTH - column % TAB_WIDTH : stop - at;
    pk_rich_append(rich, is_tab ? blanks : content->text + at, size, like);
    column += is_tab ? size : (size_t)g_utf8_strlen(content->text + at, (gssize)size);
    at = stop;
  }
}

static void append_code(pk_rich_builder *rich, pk_content *content) {
  for (uint32_t at = 0; at < content->size;) {
    const char *newline = memchr(content->text + at, '\n', content->size - at);
    uint32_t end = newline ? (uint32_t)(newline - content->text) : content->size;
    append_code_line(rich, content, at, end);
    bool is_last = end + 1 >= content->size;
    pk_text_run like = {.marks = PK_MARK_CODE, .source = pk_content_line_end(content, end, end + 1)};
    if (!is_last) pk_rich_append(rich, "\n", 1, like);
    at = end + 1;
  }
}

/* Whether line `number` of the body closes a fence of this sign. */
static bool is_closing_fence(const pk_reader *reader, size_t number, char sign) {
  if (number >= reader->line_count) return false;
  uint32_t at = reader->lines[number].start, end = reader->lines[number].end;
  while (at < end && strchr(" \t>", reader->source->text[at])) at++;
  return end - at >= 3 && reader->source->text[at] == sign && reader->source->text[at + 2] == sign;
}

pk_block *pk_leaf_code(pk_reader *reader, cmark_node *node) {
  int length = 0, offset = 0;
  char sign = 0;
  bool is_fenced = cmark_node_get_fenced(node, &length, &offset, &sign);
  size_t first = pk_block_line(reader, cmark_node_get_start_line(node));
  uint32_t start = pk_block_start(reader, node);
  pk_content content;
  pk_content_open(&content, reader, cmark_node_get_literal(node));
  content.whole = pk_reader_span(reader, start, reader->lines[first].end);
  if (!pk_content_map_lines(&content, first + is_fenced, false)) g_array_set_size(content.segments, 0);
  size_t last = first + is_fenced + count_lines(content.text);
  bool is_open = is_fenced && !is_closing_fence(reader, last, sign);
  if (is_open) {
    pk_diagnostic *raised =
        pk_diag_add(reader->job->diag, PK_CODE_FENCE_OPEN, content.whole, "the code that begins here does not end");
    pk_diag_hint(reader->job->diag, raised, "put a line of %c%c%c at its end", sign, sign, sign);
  }
  if (!is_fenced || is_open) last--;
  pk_block *code = pk_block_new(reader, PK_BLOCK_CODE, start, reader->lines[MIN(last, reader->line_count - 1)].end);
  pk_rich_builder rich;
  pk_rich_open(&rich);
  append_code(&rich, &content);
  code->text = pk_rich_close(&rich, reader);
  pk_content_close(&content);
  return code;
}

/* ---- breaks and HTML ----------------------------------------------------- */

pk_block *pk_leaf_break(pk_reader *reader, cmark_node *node) {
  size_t number = pk_block_line(reader, cmark_node_get_start_line(node));
  return pk_block_new(reader, PK_BLOCK_BREAK, pk_block_start(reader, node), reader->lines[number].end);
}

void pk_leaf_html(pk_reader *reader, cmark_node *node) {
  const char *html = cmark_node_get_literal(node);
  if (pk_html_is_comments(html)) return;
  size_t number = pk_block_line(reader, cmark_node_get_start_line(node));
  pk_html_raise(reader, html + strspn(html, " \t"),
                pk_reader_span(reader, pk_block_start(reader, node), reader->lines[number].end));
}
