/* Runs -> links, marks and phrases, opened and closed where they change. */
#include "html/writer.h"

#include <string.h>

void pk_html_escape(GString *out, const char *text, size_t size) {
  for (const char *at = text; at < text + size; at = g_utf8_next_char(at)) {
    gunichar letter = g_utf8_get_char(at);
    switch (letter) {
    case '&': g_string_append(out, "&amp;"); break;
    case '<': g_string_append(out, "&lt;"); break;
    case '>': g_string_append(out, "&gt;"); break;
    case '"': g_string_append(out, "&quot;"); break;
    case '\n': g_string_append(out, "<br>\n"); break;
    case 0xAD:
    case 0xFEFF: break;
    default: g_string_append_unichar(out, letter); break;
    }
  }
}

static void put_attribute(GString *out, const char *name, const char *value) {
  g_string_append_printf(out, " %s=\"", name);
  pk_html_escape(out, value, strlen(value));
  g_string_append_c(out, '"');
}

static const struct {
  unsigned mark;
  const char *name;
} marks[] = {{PK_MARK_STRONG, "strong"},
             {PK_MARK_EMPHASIS, "em"},
             {PK_MARK_STRIKE, "s"},
             {PK_MARK_CODE, "code"},
             {PK_MARK_SUPERSCRIPT, "sup"}};

static const char *name_of_note(const pk_tags *tags, int number) {
  for (size_t i = 1; i < tags->count; i++)
    if (tags->tags[i].kind == PK_TAG_NOTE && tags->tags[i].note == number) return tags->tags[i].name;
  return "";
}

static void open_link(const pk_html_writer *writer, const pk_style_run *run) {
  GString *out = writer->out;
  if (run->footnote) {
    g_string_append(out, "<sup><a");
    g_string_append_printf(out, " href=\"#%s\"", name_of_note(writer->tags, run->footnote));
    put_attribute(out, "aria-label", writer->tags->tags[writer->tags->of_link[run->link]].alternate);
  } else {
    g_string_append(out, "<a");
    put_attribute(out, "href", run->href);
  }
  g_string_append_c(out, '>');
}

static void close_link(const pk_html_writer *writer, const pk_style_run *run) {
  g_string_append(writer->out, run->footnote ? "</a></sup>" : "</a>");
}

static void open_phrase(const pk_html_writer *writer, const pk_style_run *run) {
  g_string_append(writer->out, run->expansion ? "<abbr" : "<span");
  if (run->lang) put_attribute(writer->out, "lang", run->lang);
  if (run->expansion) put_attribute(writer->out, "title", run->expansion);
  g_string_append_c(writer->out, '>');
}

static void put_run(pk_html_writer *writer, const pk_html_content *content, const pk_style_run *run) {
  unsigned shown = run->marks;
  if (run->footnote) shown &= ~(unsigned)PK_MARK_SUPERSCRIPT; /* the link has it */
  if (content->unit->role == PK_ROLE_CODE) shown = 0;         /* all of it is code */
  for (size_t m = 0; m < G_N_ELEMENTS(marks); m++)
    if (shown & marks[m].mark) g_string_append_printf(writer->out, "<%s>", marks[m].name);
  uint32_t start = run->start;
  /* The space after a heading that ran in. */
  if (content->unit->run_in && !content->is_run_in && g_str_has_prefix(content->text->text + start, "\u2002"))
    start += 3;
  pk_html_escape(writer->out, content->text->text + start, run->end - start);
  for (size_t m = G_N_ELEMENTS(marks); m-- > 0;)
    if (shown & marks[m].mark) g_string_append_printf(writer->out, "</%s>", marks[m].name);
}

void pk_html_inlines(pk_html_writer *writer, const pk_html_content *content) {
  const pk_styled_text *text = content->text;
  const pk_style_run *open = NULL; /* the run before, whose link and phrase may be open */
  for (size_t i = 0; i < text->run_count; i++) {
    const pk_style_run *run = &text->runs[i];
    if (run->is_run_in != content->is_run_in) continue;
    bool is_same_link = open && open->link == run->link, is_same_phrase = is_same_link && open->phrase == run->phrase;
    if (open && open->phrase && !is_same_phrase) g_string_append(writer->out, open->expansion ? "</abbr>" : "</span>");
    if (open && open->link && !is_same_link) close_link(writer, open);
    if (run->link && !is_same_link) open_link(writer, run);
    if (run->phrase && !is_same_phrase) open_phrase(writer, run);
    put_run(writer, content, run);
    open = run;
  }
  if (open && open->phrase) g_string_append(writer->out, open->expansion ? "</abbr>" : "</span>");
  if (open && open->link) close_link(writer, open);
}
