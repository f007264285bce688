/* Tags -> elements.
 *
 * Notes at the foot of a column have no column here: they come at the end, as a list
 * of their own. What numbers or marks an item or note is the browser's to draw. */
#include "html/html.h"

#include <string.h>

#include "html/writer.h"

static const char style[] =
    "body{max-width:42em;margin:2em auto;padding:0 1em;font-family:serif;line-height:1.5}\n"
    "h1,h2,h3,h4,h5,h6{line-height:1.2}\n"
    "figure{margin:1.5em 0}img{max-width:100%}figcaption,.notes{font-size:.9em}\n"
    "aside{border-top:1px solid;border-bottom:1px solid;margin:1.5em 0}\n"
    "table{border-collapse:collapse}th,td{padding:.2em .6em;border-bottom:1px solid #ccc;text-align:left}\n";

static void put_tag(pk_html_writer *writer, uint32_t number);

/* ---- what stands where ----------------------------------------------------- */

static void find_contents(pk_html_writer *writer) {
  const pk_document *document = writer->document;
  const pk_tags *tags = writer->tags;
  writer->contents = PK_NEW_ARRAY(writer->job->arena, pk_html_content, tags->count);
  for (size_t i = 0; i < document->unit_count; i++) {
    const pk_unit_block *unit = &document->units[i];
    if (unit->run_in) writer->contents[tags->of_marker[i]] = (pk_html_content){unit, &unit->text, true};
    writer->contents[tags->of_unit[i]] = (pk_html_content){unit, &unit->text, false};
    for (size_t c = 0; unit->table && c < unit->table->rows * unit->table->columns; c++)
      writer->contents[pk_tags_of_cell(tags, i, c)] = (pk_html_content){unit, &unit->table->cells[c], false};
  }
}

static void link_tags(pk_html_writer *writer) {
  size_t count = writer->tags->count;
  writer->child = PK_NEW_ARRAY(writer->job->arena, uint32_t, count);
  writer->next = PK_NEW_ARRAY(writer->job->arena, uint32_t, count);
  for (uint32_t tag = (uint32_t)count; tag-- > 2;) {
    uint32_t parent = writer->tags->tags[tag].parent;
    writer->next[tag] = writer->child[parent];
    writer->child[parent] = tag;
  }
}

static const pk_tag *tag_at(const pk_html_writer *writer, uint32_t number) {
  return &writer->tags->tags[number];
}

/* The only child of a tag if it is of this kind, else 0. */
static uint32_t only_child(const pk_html_writer *writer, uint32_t number, pk_tag_kind kind) {
  uint32_t child = writer->child[number];
  return child && !writer->next[child] && tag_at(writer, child)->kind == kind ? child : 0;
}

/* ---- elements -------------------------------------------------------------- */

static void put_children(pk_html_writer *writer, uint32_t number) {
  for (uint32_t child = writer->child[number]; child; child = writer->next[child]) put_tag(writer, child);
}

static void put_content(pk_html_writer *writer, uint32_t number) {
  const pk_html_content *content = &writer->contents[number];
  if (content->text) pk_html_inlines(writer, content);
}

/* `open` with its attributes, without the angle brackets. */
static void put_around(pk_html_writer *writer, uint32_t number, const char *open, const char *close) {
  g_string_append_printf(writer->out, "<%s>\n", open);
  put_children(writer, number);
  g_string_append_printf(writer->out, "</%s>\n", close);
}

static void put_line(pk_html_writer *writer, uint32_t number, const char *open, const char *close) {
  g_string_append_printf(writer->out, "<%s>", open);
  put_content(writer, number);
  g_string_append_printf(writer->out, "</%s>\n", close);
}

static void put_heading(pk_html_writer *writer, uint32_t number) {
  const pk_tag *tag = tag_at(writer, number);
  g_autofree char *open = g_strdup_printf("h%d id=\"%s\"", tag->level, tag->name);
  g_autofree char *close = g_strdup_printf("h%d", tag->level);
  put_line(writer, number, open, close);
}

static const char *class_of(pk_role role) {
  switch (role) {
  case PK_ROLE_RELEASE: return "release";
  case PK_ROLE_KICKER: return "kicker";
  case PK_ROLE_SUBHEAD: return "subhead";
  case PK_ROLE_BYLINE: return "byline";
  case PK_ROLE_ATTRIBUTION: return "attribution";
  case PK_ROLE_CREDIT: return "credit";
  case PK_ROLE_END_MARK: return "end";
  case PK_ROLE_PUBLISHED: return "published";
  case PK_ROLE_BOILERPLATE: return "boilerplate";
  case PK_ROLE_CONTACT: return "contact";
  case PK_ROLE_RECIPIENT: return "recipient";
  case PK_ROLE_REFERENCE: return "reference";
  case PK_ROLE_CLOSING: return "closing";
  case PK_ROLE_SIGNATURE: return "signature";
  case PK_ROLE_ENCLOSURES: return "enclosures";
  default: return NULL;
  }
}

static void put_paragraph(pk_html_writer *writer, uint32_t number) {
  uint32_t code = only_child(writer, number, PK_TAG_CODE);
  if (code) {
    put_line(writer, code, "pre><code", "code></pre");
    return;
  }
  const pk_unit_block *unit = writer->contents[number].unit;
  const char *name = unit ? class_of(unit->role) : NULL;
  g_autofree char *open = name ? g_strdup_printf("p class=\"%s\"", name) : g_strdup("p");
  put_line(writer, number, open, "p");
}

/* An item or a cell that is one paragraph is that paragraph. */
static void put_short(pk_html_writer *writer, uint32_t number) {
  uint32_t paragraph = only_child(writer, number, PK_TAG_P);
  if (paragraph)
    put_content(writer, paragraph);
  else
    put_children(writer, number);
}

static void put_list(pk_html_writer *writer, uint32_t number) {
  const pk_tag *tag = tag_at(writer, number);
  const char *marker = NULL;
  for (size_t i = 0; tag->is_ordered && !marker && i < writer->document->unit_count; i++)
    if (writer->tags->of_marker[i] > number) marker = writer->document->units[i].marker;
  g_autofree char *open = g_strdup(tag->is_ordered ? "ol" : "ul");
  if (marker && strcmp(marker, "1.") != 0) {
    g_free(open);
    open = g_strdup_printf("ol start=\"%d\"", (int)g_ascii_strtoll(marker, NULL, 10));
  }
  put_around(writer, number, open, tag->is_ordered ? "ol" : "ul");
}

/* Entries of contents: an inner list is part of the entry that it hangs under, and so
 * is a subhead. */
static void put_contents(pk_html_writer *writer, uint32_t number) {
  bool is_outer = tag_at(writer, tag_at(writer, number)->parent)->kind != PK_TAG_TOCI;
  put_around(writer, number, is_outer ? "nav><ul" : "ul", is_outer ? "ul></nav" : "ul");
}

static void put_entry(pk_html_writer *writer, uint32_t number) {
  g_string_append(writer->out, "<li>");
  put_content(writer, number);
  for (uint32_t child = writer->child[number]; child; child = writer->next[child])
    if (tag_at(writer, child)->kind == PK_TAG_TOC || tag_at(writer, child)->kind == PK_TAG_P) put_tag(writer, child);
  g_string_append(writer->out, "</li>\n");
}

static void put_item(pk_html_writer *writer, uint32_t number) {
  g_string_append(writer->out, "<li>");
  for (uint32_t child = writer->child[number]; child; child = writer->next[child])
    if (tag_at(writer, child)->kind == PK_TAG_LBODY) put_short(writer, child);
  g_string_append(writer->out, "</li>\n");
}

/* HTML has the caption first, wherever it is printed. */
static void put_table(pk_html_writer *writer, uint32_t number) {
  g_string_append(writer->out, "<table>\n");
  for (int is_caption = 1; is_caption >= 0; is_caption--)
    for (uint32_t child = writer->child[number]; child; child = writer->next[child])
      if ((tag_at(writer, child)->kind == PK_TAG_CAPTION) == is_caption) put_tag(writer, child);
  g_string_append(writer->out, "</table>\n");
}

static void put_cell(pk_html_writer *writer, uint32_t number) {
  const pk_tag *tag = tag_at(writer, number);
  if (tag->kind == PK_TAG_TD)
    put_line(writer, number, "td", "td");
  else
    put_line(writer, number, tag->scope == PK_SCOPE_ROW ? "th scope=\"row\"" : "th scope=\"col\"", "th");
}

static void put_note(pk_html_writer *writer, uint32_t number) {
  const pk_tag *tag = tag_at(writer, number);
  g_string_append_printf(writer->out, "<li id=\"%s\" value=\"%d\">", tag->name, tag->note);
  for (uint32_t child = writer->child[number]; child; child = writer->next[child]) {
    if (tag_at(writer, child)->kind == PK_TAG_LBL) continue;
    bool is_last = !writer->next[child];
    if (is_last && tag_at(writer, child)->kind == PK_TAG_P)
      put_content(writer, child);
    else
      put_tag(writer, child);
  }
  g_string_append(writer->out, "</li>\n");
}

static void put_notes(pk_html_writer *writer) {
  if (!writer->notes->len) return;
  g_string_append(writer->out, "<ol class=\"notes\">\n");
  for (guint i = 0; i < writer->notes->len; i++) put_note(writer, g_array_index(writer->notes, uint32_t, i));
  g_string_append(writer->out, "</ol>\n");
  g_array_set_size(writer->notes, 0);
}

/* A section; notes of its own stand at its end. */
static void put_section(pk_html_writer *writer, uint32_t number) {
  g_string_append(writer->out, "<section>\n");
  put_children(writer, number);
  if (writer->document->layout->notes_place == PK_NOTES_END) put_notes(writer);
  g_string_append(writer->out, "</section>\n");
}

static void put_image(pk_html_writer *writer, uint32_t number) {
  const pk_unit_block *unit = writer->contents[number].unit;
  if (unit && writer->status == PK_OK) writer->status = pk_html_image(writer, unit);
}

static void put_aside(pk_html_writer *writer, uint32_t number) {
  put_around(writer, number, tag_at(writer, number)->is_repeat ? "aside aria-hidden=\"true\"" : "aside", "aside");
}

static void put_tag(pk_html_writer *writer, uint32_t number) {
  bool is_in_table = tag_at(writer, tag_at(writer, number)->parent)->kind == PK_TAG_TABLE;
  switch (tag_at(writer, number)->kind) {
  case PK_TAG_DOCUMENT: put_children(writer, number); break;
  case PK_TAG_SECT: put_section(writer, number); break;
  case PK_TAG_DIV: put_around(writer, number, "figure", "figure"); break;
  case PK_TAG_H: put_heading(writer, number); break;
  case PK_TAG_P: put_paragraph(writer, number); break;
  case PK_TAG_BLOCK_QUOTE: put_around(writer, number, "blockquote", "blockquote"); break;
  case PK_TAG_ASIDE: put_aside(writer, number); break;
  case PK_TAG_TOC: put_contents(writer, number); break;
  case PK_TAG_TOCI: put_entry(writer, number); break;
  case PK_TAG_BREAK: g_string_append(writer->out, "<hr>\n"); break;
  case PK_TAG_L: put_list(writer, number); break;
  case PK_TAG_LI: put_item(writer, number); break;
  case PK_TAG_TABLE: put_table(writer, number); break;
  case PK_TAG_TR: put_around(writer, number, "tr", "tr"); break;
  case PK_TAG_TH:
  case PK_TAG_TD: put_cell(writer, number); break;
  case PK_TAG_FIGURE: put_image(writer, number); break;
  case PK_TAG_CAPTION:
    put_around(writer, number, is_in_table ? "caption" : "figcaption", is_in_table ? "caption" : "figcaption");
    break;
  case PK_TAG_NOTE: g_array_append_val(writer->notes, number); break;
  case PK_TAG_CODE: put_line(writer, number, "pre><code", "code></pre"); break;
  default: break; /* what lies in a text is written with it */
  }
}

/* ---- the page -------------------------------------------------------------- */

static void put_meta(GString *out, const char *name, const char *text) {
  if (!text) return;
  g_string_append_printf(out, "<meta name=\"%s\" content=\"", name);
  pk_html_escape(out, text, strlen(text));
  g_string_append(out, "\">\n");
}

static void put_head(const pk_bound *bound, GString *out) {
  const pk_document *document = bound->parts[0].document;
  const char *title = bound->book ? bound->book->title.text : document->title;
  g_string_append_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<title>",
                         pk_lang_tag(document->lang));
  if (title) pk_html_escape(out, title, strlen(title));
  g_string_append(out, "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
  put_meta(out, "author", document->author);
  put_meta(out, "description", bound->book ? bound->book->subtitle.text : document->subject);
  g_string_append_printf(out, "<style>\n%s</style>\n</head>\n<body>\n<article>\n", style);
}

static pk_status put_part(pk_job *job, const pk_bound_part *part, GString *out) {
  pk_html_writer writer = {.job = job, .document = part->document, .tags = part->tags, .out = out};
  if (!part->document->unit_count) return PK_OK;
  writer.notes = g_array_new(FALSE, FALSE, sizeof(uint32_t));
  find_contents(&writer);
  link_tags(&writer);
  for (uint32_t i = 1; i < part->tags->count; i++) { /* its article, and those that run on */
    if (part->tags->tags[i].parent) continue;
    put_tag(&writer, i);
    put_notes(&writer);
  }
  g_array_unref(writer.notes);
  return writer.status;
}

pk_status pk_html_build(pk_job *job, const pk_bound *bound, GString *out) {
  put_head(bound, out);
  pk_status worst = PK_OK;
  for (size_t i = 0; i < bound->count; i++) {
    pk_status status = put_part(job, &bound->parts[i], out);
    worst = MAX(worst, status);
  }
  g_string_append(out, "</article>\n</body>\n</html>\n");
  return worst;
}
