/* cmark's inline nodes -> rich text with exact places.
 *
 * cmark's columns are wrong after lazy lines, links over two lines, escapes and
 * in tables, so they are not used. Its nodes tile the content instead: between
 * them stand only the delimiters they are made of. A cursor walks the content
 * along the nodes and steps over delimiters, escapes and entities, each of which
 * is known from the node's kind.
 *
 * Always holds: the text is what cmark says. Should the cursor ever disagree
 * with a node, the rest of the block takes the block's place for its own. */
#include "article/inline.h"

#include <cmark-gfm/houdini.h>
#include <stdlib.h>
#include <string.h>

#include "article/html.h"
#include "article/link.h"
#include "article/phrases.h"
#include "article/rich.h"

typedef struct {
  pk_reader *reader;
  pk_content *content;
  uint32_t at; /* the cursor in the content */
  bool is_lost;
  pk_rich_builder rich;
  pk_inlines *out;
  unsigned emphasis, strong, strike, superscript; /* how many are open */
  uint32_t superscript_at;                        /* where the last <sup> is, in the content */
  const char *href;
  uint32_t link_at; /* where the link is, in the content */
  gsize link_from;  /* where its words begin, in the text */
  bool is_autolink;
  GArray *phrases;  /* of pk_declared, or NULL */
  guint next;       /* the first that has not opened */
  GArray *open;     /* of guint: numbers of those that are open */
  const char *lang; /* of the innermost */
  unsigned depth, images, images_open;
  bool has_words; /* outside of images */
  bool has_html;  /* that was raised */
} walker;

/* ---- pieces -------------------------------------------------------------- */

static char byte_at(const walker *walk, uint32_t at) {
  return at < walk->content->size ? walk->content->text[at] : 0;
}

static unsigned marks(const walker *walk) {
  return (walk->emphasis ? PK_MARK_EMPHASIS : 0U) | (walk->strong ? PK_MARK_STRONG : 0U) |
         (walk->strike ? PK_MARK_STRIKE : 0U) | (walk->superscript ? PK_MARK_SUPERSCRIPT : 0U);
}

static pk_span span_of(const walker *walk, uint32_t start, uint32_t end) {
  return walk->is_lost ? walk->content->whole : pk_content_span(walk->content, start, end);
}

/* Appends text that stands for bytes [start, end) of the content. */
static void append_for(walker *walk, const char *text, size_t size, unsigned extra, uint32_t start, uint32_t end) {
  pk_text_run like = {
      .marks = marks(walk) | extra, .href = walk->href, .lang = walk->lang, .source = span_of(walk, start, end)};
  pk_rich_append(&walk->rich, text, size, like);
}

/* Appends `size` bytes that are the next of the content, and passes them. */
static void append_same(walker *walk, const char *text, uint32_t size, unsigned extra) {
  uint32_t end = walk->at + size;
  gsize from = walk->rich.text->len;
  while (walk->at < end) {
    uint32_t stop = pk_content_stretch(walk->content, walk->at, end);
    append_for(walk, text, stop - walk->at, extra, walk->at, stop);
    text += stop - walk->at;
    walk->at = stop;
  }
  for (char *tab = walk->rich.text->str + from; (tab = strchr(tab, '\t'));) *tab = ' ';
}

/* The node is not what is written at the cursor. Of cmark 0.29.0.gfm.6 that is
 * known of one thing: a part of what stands in "[^...]" is lost where there is a
 * line end, and doubled after "[\^". */
static void lose(walker *walk) {
  if (walk->is_lost) return;
  walk->is_lost = true;
  pk_content *content = walk->content;
  uint32_t start = MIN(walk->at, content->size), end;
  while (start > 0 && strncmp(content->text + start, "[^", 2) != 0 && strncmp(content->text + start, "[\\^", 3) != 0)
    start--;
  bool is_footnote = content->text[start] == '[';
  if (!is_footnote) start = MIN(walk->at, content->size ? content->size - 1 : 0);
  end = start + 1;
  pk_diagnostic *raised = pk_diag_add(walk->reader->job->diag, PK_CODE_MARKUP_UNCLEAR,
                                      pk_content_span(content, start, end), "what is meant from here on is not clear");
  pk_diag_hint(walk->reader->job->diag, raised,
               is_footnote ? "write the mark of a footnote on one line: [^name]; for the signs themselves write \\[^"
                           : "write a backslash before signs that stand for themselves");
}

static void append_lost(walker *walk, const char *text, unsigned extra) {
  lose(walk);
  append_for(walk, text, strlen(text), extra, 0, 0);
}

/* ---- footnotes ----------------------------------------------------------- */

static void raise_undefined(walker *walk, uint32_t start, uint32_t end) {
  pk_reader *reader = walk->reader;
  g_autofree char *label = g_strndup(walk->content->text + start + 2, end - start - 3);
  pk_diagnostic *raised = pk_diag_add(reader->job->diag, PK_CODE_FOOTNOTE_UNDEFINED, span_of(walk, start, end),
                                      "there is no footnote '%s'", label);
  g_autofree const char **labels = g_new(const char *, reader->definition_count + 1);
  for (size_t i = 0; i < reader->definition_count; i++) labels[i] = reader->definitions[i].label;
  const char *nearest = pk_diag_nearest(label, labels, reader->definition_count);
  if (nearest)
    pk_diag_hint(reader->job->diag, raised, "did you mean [^%s]?", nearest);
  else
    pk_diag_hint(reader->job->diag, raised, "write the note in a paragraph of its own:  [^%s]: The text of the note",
                 label);
}

/* A reference that cmark left as text, since there is no such note. `*literal`
 * is passed over what it has for it. False if it is none. */
static bool pass_undefined(walker *walk, const char **literal) {
  const char *start = walk->content->text + walk->at;
  if (walk->is_autolink || strncmp(start, "[^", 2) != 0) return false;
  size_t label = strcspn(start + 2, "[] \t\n"), size = label + 3;
  if (!label || start[label + 2] != ']' || strncmp(*literal, start, size) != 0) return false;
  raise_undefined(walk, walk->at, walk->at + (uint32_t)size);
  *literal += size;
  walk->at += (uint32_t)size;
  return true;
}

static void read_footnote(walker *walk, const char *number) {
  uint32_t start = walk->at;
  const char *close = strchr(walk->content->text + walk->at, ']');
  if (!close || strncmp(walk->content->text + walk->at, "[^", 2) != 0)
    lose(walk);
  else
    walk->at = (uint32_t)(close - walk->content->text) + 1;
  pk_text_run like = {.marks = marks(walk) | PK_MARK_SUPERSCRIPT,
                      .href = walk->href,
                      .footnote = atoi(number),
                      .source = span_of(walk, start, walk->at)};
  pk_rich_append(&walk->rich, number, strlen(number), like);
}

/* ---- words in another language ------------------------------------------- */

static const pk_declared *phrase_at(const walker *walk, guint number) {
  return &g_array_index(walk->phrases, pk_declared, number);
}

static const pk_declared *innermost(const walker *walk) {
  return walk->phrases && walk->open->len ? phrase_at(walk, g_array_index(walk->open, guint, walk->open->len - 1))
                                          : NULL;
}

/* Opens the phrase whose bracket is at the cursor, if there is one of that kind. */
static bool open_phrase(walker *walk, bool is_link) {
  if (!walk->phrases || walk->is_lost) return false;
  while (walk->next < walk->phrases->len && phrase_at(walk, walk->next)->open < walk->at) walk->next++;
  if (walk->next == walk->phrases->len) return false;
  const pk_declared *phrase = phrase_at(walk, walk->next);
  if (phrase->open != walk->at || (phrase->is_link && !is_link)) return false;
  g_array_append_val(walk->open, walk->next);
  walk->next++;
  walk->lang = phrase->lang;
  return true;
}

static void close_phrase(walker *walk) {
  g_array_set_size(walk->open, walk->open->len - 1);
  const pk_declared *outer = innermost(walk);
  walk->lang = outer ? outer->lang : NULL;
}

/* A bracket or the braces of a phrase, which are no text. */
static bool pass_phrase(walker *walk, const char **literal) {
  uint32_t size = 1;
  const pk_declared *inner = innermost(walk);
  if (**literal != byte_at(walk, walk->at)) return false;
  if (**literal == '[') {
    if (!open_phrase(walk, false)) return false;
  } else if (inner && (walk->at == inner->close || walk->at == inner->braces)) {
    size = inner->end - walk->at;
    if (strncmp(*literal, walk->content->text + walk->at, size) != 0) return false;
    close_phrase(walk);
  } else {
    return false;
  }
  *literal += size;
  walk->at += size;
  return true;
}

/* ---- text ---------------------------------------------------------------- */

static void warn_of_entity(walker *walk, const char *decoded, uint32_t start, uint32_t end) {
  const char *why = NULL;
  for (const char *at = decoded; *at; at = g_utf8_next_char(at)) {
    gunichar character = g_utf8_get_char(at);
    if (!pk_article_is_unprintable(character, &why)) continue;
    pk_diag_add(walk->reader->job->diag, PK_CODE_UNPRINTABLE, span_of(walk, start, end),
                "a character that cannot be printed (U+%04X): %s", character, why);
  }
}

/* "&amp;": passes it in content and literal. */
static bool pass_entity(walker *walk, const char **literal) {
  static const uint32_t longest = 34; /* of a name or number, in cmark's table and CommonMark */
  const char *name = walk->content->text + walk->at + 1;
  const char *end = memchr(name, ';', MIN(walk->content->size - walk->at - 1, longest));
  if (!end) return false;
  cmark_strbuf decoded;
  cmark_strbuf_init(cmark_get_default_mem_allocator(), &decoded, 0);
  uint32_t size = (uint32_t)houdini_unescape_ent(&decoded, (const uint8_t *)name, (bufsize_t)(end + 1 - name));
  const char *text = cmark_strbuf_cstr(&decoded);
  bool is_entity = size && strncmp(*literal, text, strlen(text)) == 0;
  if (is_entity) {
    warn_of_entity(walk, text, walk->at, walk->at + size + 1);
    append_for(walk, text, strlen(text), 0, walk->at, walk->at + size + 1);
    *literal += strlen(text);
    walk->at += size + 1;
  }
  cmark_strbuf_free(&decoded);
  return is_entity;
}

static bool pass_escape(walker *walk, const char **literal) {
  char escaped = byte_at(walk, walk->at + 1);
  if (walk->is_autolink || !g_ascii_ispunct(escaped) || **literal != escaped) return false;
  append_for(walk, *literal, 1, 0, walk->at, walk->at + 2);
  ++*literal;
  walk->at += 2;
  return true;
}

/* Something that may be written otherwise than it reads. */
static bool pass_special(walker *walk, const char **literal) {
  switch (byte_at(walk, walk->at)) {
  case '\\': return pass_escape(walk, literal);
  case '&': return pass_entity(walk, literal);
  case '[': return pass_undefined(walk, literal) || pass_phrase(walk, literal);
  case ']':
  case '{': return pass_phrase(walk, literal);
  default: return false;
  }
}

/* How many bytes of `literal` are the next of the content, up to something special. */
static uint32_t match_same(const walker *walk, const char *literal) {
  const char *text = walk->content->text + walk->at;
  uint32_t size = 0;
  const char *special = walk->phrases ? "\\&[]{" : "\\&[";
  while (literal[size] && literal[size] == text[size] && (!size || !strchr(special, text[size]))) size++;
  return size;
}

static void read_text(walker *walk, const char *literal) {
  if (!walk->images_open && literal[strspn(literal, " \t")]) walk->has_words = true;
  const GString *before = walk->rich.text;
  /* A line does not begin with blanks. */
  while (before->len && before->str[before->len - 1] == '\n' && *literal && strchr(" \t", *literal) &&
         byte_at(walk, walk->at) == *literal) {
    literal++;
    walk->at++;
  }
  while (*literal) {
    if (walk->is_lost) {
      append_lost(walk, literal, 0);
      return;
    }
    if (pass_special(walk, &literal)) continue;
    uint32_t size = match_same(walk, literal);
    if (!size) lose(walk);
    append_same(walk, literal, size, 0);
    literal += size;
  }
}

/* "``code``": one run of backticks, the code, a run of as many. */
static void read_code(walker *walk, const char *literal) {
  const char *text = walk->content->text;
  uint32_t fence = 0, start, end;
  while (byte_at(walk, walk->at + fence) == '`') fence++;
  start = end = walk->at + fence;
  for (uint32_t run = 0; text[end] && run != fence; end += MAX(run, 1)) {
    run = 0;
    while (text[end + run] == '`') run++;
    if (run == fence) break;
  }
  walk->has_words |= !walk->images_open;
  size_t size = strlen(literal);
  /* A blank at both ends is not part of the code. */
  uint32_t trim = end - start == size ? 0 : 1;
  if (walk->is_lost || !fence || !text[end] || end - start != size + 2 * trim) {
    append_lost(walk, literal, PK_MARK_CODE);
    return;
  }
  walk->at = start + trim;
  append_same(walk, literal, (uint32_t)size, PK_MARK_CODE);
  walk->at = end + fence;
}

/* ---- line breaks --------------------------------------------------------- */

/* Passes blanks, the line end and the blanks after it; `*end` is before the latter.
 * After a backslash cmark leaves these to the text. */
static void pass_line_end(walker *walk, uint32_t *start, uint32_t *end) {
  *start = walk->at;
  bool has_backslash = byte_at(walk, walk->at) == '\\';
  walk->at += has_backslash;
  while (walk->at < walk->content->size && strchr(" \t\v\f", walk->content->text[walk->at])) walk->at++;
  if (byte_at(walk, walk->at) != '\n') lose(walk);
  walk->at += byte_at(walk, walk->at) == '\n';
  *end = walk->at;
  if (has_backslash) return;
  while (walk->at < walk->content->size && strchr(" \t", walk->content->text[walk->at])) walk->at++;
}

static void append_break(walker *walk, const char *text, uint32_t start, uint32_t end) {
  pk_text_run like = {.marks = marks(walk), .href = walk->href, .lang = walk->lang, .source = walk->content->whole};
  if (!walk->is_lost) like.source = pk_content_line_end(walk->content, start, end);
  pk_rich_append(&walk->rich, text, 1, like);
  walk->rich.last_line = (uint32_t)walk->rich.text->len;
}

static void read_soft_break(walker *walk) {
  uint32_t start = 0, end = 0;
  pass_line_end(walk, &start, &end);
  GString *text = walk->rich.text;
  /* "<br>" at the end of a line is one break, not two. */
  bool follows_break = text->len && text->str[text->len - 1] == '\n';
  if (!follows_break) append_break(walk, " ", end - 1, end);
  walk->rich.last_line = (uint32_t)text->len;
}

static void read_hard_break(walker *walk) {
  uint32_t start = 0, end = 0;
  pass_line_end(walk, &start, &end);
  append_break(walk, "\n", start, end);
}

static void read_html(walker *walk, const char *literal) {
  uint32_t start = walk->at, size = (uint32_t)strlen(literal);
  if (strncmp(walk->content->text + start, literal, size) != 0)
    lose(walk);
  else
    walk->at += size;
  switch (pk_html_kind_of(literal)) {
  case PK_HTML_COMMENT: return;
  case PK_HTML_BREAK: append_break(walk, "\n", start, walk->at); return;
  case PK_HTML_SUP_OPEN:
    walk->superscript++;
    walk->superscript_at = start;
    return;
  case PK_HTML_SUP_CLOSE:
    if (walk->superscript)
      walk->superscript--;
    else
      pk_html_raise(walk->reader, literal, span_of(walk, start, walk->at));
    return;
  case PK_HTML_OTHER:
    /* Of a pair of tags the first one says it all. */
    if (literal[1] != '/' || !walk->has_html) pk_html_raise(walk->reader, literal, span_of(walk, start, walk->at));
    walk->has_html = true;
  }
}

/* ---- containers ---------------------------------------------------------- */

static void pass_delimiters(walker *walk, const char *accepted, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    if (!byte_at(walk, walk->at) || !strchr(accepted, byte_at(walk, walk->at++))) lose(walk);
}

static void open_link(walker *walk, cmark_node *node) {
  const char *url = cmark_node_get_url(node);
  walk->is_autolink = byte_at(walk, walk->at) == '<';
  walk->link_at = walk->at;
  walk->link_from = walk->rich.text->len;
  open_phrase(walk, true);
  pass_delimiters(walk, "[<", 1);
  walk->href = url && *url ? pk_arena_strdup(walk->reader->job->arena, url) : NULL;
}

/* Passes "](url)" and the like. */
static pk_link_tail pass_tail(walker *walk) {
  const pk_content *content = walk->content;
  if (byte_at(walk, walk->at) != ']') lose(walk);
  pk_link_tail tail = pk_link_read_tail(content->text, content->size, walk->at);
  walk->at = tail.end;
  return tail;
}

static void check_link(walker *walk) {
  const char *words = walk->rich.text->str + walk->link_from;
  bool has_words = words[strspn(words, " \t\n")];
  if (walk->href && has_words) return;
  pk_diag *diag = walk->reader->job->diag;
  pk_diagnostic *raised = pk_diag_add(diag, PK_CODE_LINK_EMPTY, span_of(walk, walk->link_at, walk->at),
                                      walk->href ? "this link has no words" : "this link has no address");
  pk_diag_hint(diag, raised,
               walk->href ? "write the words that lead there between [ and ]" : "write the address between ( and )");
}

static void close_link(walker *walk) {
  if (walk->is_autolink)
    pass_delimiters(walk, ">", 1);
  else
    pass_tail(walk);
  walk->is_autolink = false;
  check_link(walk);
  walk->href = NULL;
}

static void open_image(walker *walk) {
  if (!walk->images++) walk->out->image_span = span_of(walk, walk->at, walk->at + 2);
  walk->images_open++;
  pass_delimiters(walk, "!", 1);
  pass_delimiters(walk, "[", 1);
}

static void close_image(walker *walk, cmark_node *node) {
  pk_inlines *out = walk->out;
  pk_arena *arena = walk->reader->job->arena;
  pk_link_tail tail = pass_tail(walk);
  if (--walk->images_open) return;
  out->image_path = pk_arena_strdup(arena, cmark_node_get_url(node));
  out->image_title = pk_arena_strdup(arena, cmark_node_get_title(node));
  out->path_span = tail.url_end ? span_of(walk, tail.url_start, tail.url_end) : out->image_span;
  out->title_span = tail.title_end ? span_of(walk, tail.title_start, tail.title_end) : out->image_span;
  if (!walk->is_lost) out->image_span.end = MAX(out->image_span.end, span_of(walk, walk->at - 1, walk->at).end);
}

static void enter(walker *walk, cmark_node *node) {
  if (++walk->depth == PK_ARTICLE_MAX_DEPTH + 1) {
    pk_diag_add(walk->reader->job->diag, PK_CODE_TOO_DEEP, span_of(walk, walk->at, walk->at + 1),
                "emphasis and links are nested too deeply here");
  }
  switch (cmark_node_get_type(node)) {
  case CMARK_NODE_EMPH:
    pass_delimiters(walk, "*_", 1);
    walk->emphasis++;
    break;
  case CMARK_NODE_STRONG:
    pass_delimiters(walk, "*_", 2);
    walk->strong++;
    break;
  case CMARK_NODE_LINK: open_link(walk, node); break;
  case CMARK_NODE_IMAGE: open_image(walk); break;
  default: pass_delimiters(walk, "~", 2); walk->strike++;
  }
}

static void leave(walker *walk, cmark_node *node) {
  walk->depth--;
  switch (cmark_node_get_type(node)) {
  case CMARK_NODE_EMPH:
    pass_delimiters(walk, "*_", 1);
    walk->emphasis--;
    break;
  case CMARK_NODE_STRONG:
    pass_delimiters(walk, "*_", 2);
    walk->strong--;
    break;
  case CMARK_NODE_LINK: close_link(walk); break;
  case CMARK_NODE_IMAGE: close_image(walk, node); break;
  default: pass_delimiters(walk, "~", 2); walk->strike--;
  }
}

/* ---- all of it ----------------------------------------------------------- */

static void read_node(walker *walk, cmark_node *node, cmark_event_type event) {
  const char *literal = cmark_node_get_literal(node);
  switch (cmark_node_get_type(node)) {
  case CMARK_NODE_TEXT: read_text(walk, literal); break;
  case CMARK_NODE_CODE: read_code(walk, literal); break;
  case CMARK_NODE_HTML_INLINE: read_html(walk, literal); break;
  case CMARK_NODE_SOFTBREAK: read_soft_break(walk); break;
  case CMARK_NODE_LINEBREAK: read_hard_break(walk); break;
  case CMARK_NODE_FOOTNOTE_REFERENCE:
    if (event == CMARK_EVENT_ENTER) read_footnote(walk, literal);
    walk->has_words |= !walk->images_open;
    break;
  default:
    if (event == CMARK_EVENT_ENTER)
      enter(walk, node);
    else
      leave(walk, node);
  }
}

static void finish(walker *walk) {
  pk_reader *reader = walk->reader;
  pk_inlines *out = walk->out;
  out->last_line = walk->rich.last_line;
  out->text = pk_rich_close(&walk->rich, reader);
  out->is_figure = walk->images == 1 && !walk->has_words;
  if (walk->superscript) pk_html_raise(reader, "<sup>", span_of(walk, walk->superscript_at, walk->superscript_at + 5));
  if (!walk->images || out->is_figure) return;
  pk_diagnostic *raised = pk_diag_add(reader->job->diag, PK_CODE_IMAGE_IN_TEXT, out->image_span,
                                      "an image must stand alone in its paragraph");
  pk_diag_hint(reader->job->diag, raised, "put an empty line before and after it");
}

void pk_inlines_read(pk_content *content, cmark_node *leaf, pk_inlines *out) {
  *out = (pk_inlines){0};
  walker walk = {.reader = content->reader, .content = content, .out = out};
  walk.is_lost = !content->segments->len;
  pk_rich_open(&walk.rich);
  walk.phrases = pk_phrases_find(content);
  if (walk.phrases) walk.open = g_array_new(FALSE, FALSE, sizeof(guint));
  cmark_iter *iter = cmark_iter_new(leaf);
  for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;)
    if (cmark_iter_get_node(iter) != leaf) read_node(&walk, cmark_iter_get_node(iter), event);
  cmark_iter_free(iter);
  finish(&walk);
  if (!walk.phrases) return;
  g_array_unref(walk.phrases);
  g_array_unref(walk.open);
}
