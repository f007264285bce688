#include "article/html.h"

#include <string.h>

/* What to write instead of a tag. */
static const struct {
  const char *tags, *hint;
} instead[] = {
    {" b strong ", "write **bold** between two asterisks each"},
    {" i em cite dfn var ", "write *italic* between asterisks"},
    {" u ins mark ", "there is no underlining in print: write *emphasis* or **strong emphasis**"},
    {" s del strike ", "write ~~struck out~~ between two tildes each"},
    {" a ", "write a link as [its words](https://example.org)"},
    {" img picture figure figcaption ", "write a figure as ![Caption](file.jpg \"Credit\") in a paragraph of its own"},
    {" p div section article center span font ", "delete the tag and its closing tag: paragraphs are set apart by an "
                                                 "empty line, and the layout decides their look"},
    {" h1 h2 h3 h4 h5 h6 ", "write a heading as ## Heading"},
    {" ul ol li dl dt dd ", "write a list with - or 1. at the beginning of each item's line"},
    {" blockquote q ", "write > at the beginning of each line of a quotation"},
    {" hr ", "write --- on a line between two empty lines"},
    {" pre code tt kbd samp ", "write `code` between backticks"},
    {" table thead tbody tr td th ", "write a table with | between its columns and |---|---| under its first row"},
    {" sub ", "write the lowered figure itself: \xE2\x82\x80 to \xE2\x82\x89"},
    {" br ", "paragraphs are set apart by an empty line; <br> is for a line break inside one"},
    {" sup ", "write <sup>2</sup> inside the line, with both tags"},
    {" script style iframe object embed video audio form input button ", "delete it: this cannot be printed"},
};

static const char *skip_comment(const char *html) {
  if (strncmp(html, "<!--", 4) != 0) return NULL;
  const char *end = strstr(html + 4, "-->");
  return end ? end + 3 : NULL;
}

bool pk_html_is_comments(const char *html) {
  for (;;) {
    html += strspn(html, " \t\r\n");
    if (!*html) return true;
    html = skip_comment(html);
    if (!html) return false;
  }
}

/* Whether `html` is the tag NAME, opening or closing, with any blanks. */
static bool is_tag(const char *html, const char *opening) {
  size_t length = strlen(opening);
  if (g_ascii_strncasecmp(html, opening, length) != 0) return false;
  html += length;
  html += strspn(html, " \t\r\n");
  if (*html == '/') html++;
  return strcmp(html, ">") == 0;
}

pk_html_kind pk_html_kind_of(const char *html) {
  if (strncmp(html, "<!--", 4) == 0) return PK_HTML_COMMENT;
  if (is_tag(html, "<br")) return PK_HTML_BREAK;
  if (is_tag(html, "<sup")) return PK_HTML_SUP_OPEN;
  if (is_tag(html, "</sup")) return PK_HTML_SUP_CLOSE;
  return PK_HTML_OTHER;
}

/* "b" of "<b>", "</B class=...>"; "" if it is no tag. */
static char *tag_name(const char *html) {
  const char *name = strchr(html, '<');
  if (!name) return g_strdup("");
  name++;
  if (*name == '/') name++;
  size_t length = 0;
  while (g_ascii_isalnum(name[length]) || name[length] == '-') length++;
  return g_ascii_strdown(name, (gssize)length);
}

static const char *hint_for(const char *name) {
  g_autofree char *word = g_strdup_printf(" %s ", name);
  for (size_t i = 0; i < G_N_ELEMENTS(instead); i++)
    if (strstr(instead[i].tags, word)) return instead[i].hint;
  return "write it in Markdown; write \\< for the sign itself";
}

void pk_html_raise(pk_reader *reader, const char *html, pk_span span) {
  pk_diag *diag = reader->job->diag;
  if (strncmp(html, "<!--", 4) == 0) {
    bool is_closed = skip_comment(html);
    pk_diagnostic *raised = pk_diag_add(diag, PK_CODE_RAW_HTML, span,
                                        is_closed ? "there is text on the line where a comment ends, or HTML"
                                                  : "the comment that begins here does not end");
    pk_diag_hint(diag, raised, is_closed ? "begin a new line after -->" : "put --> at its end");
    return;
  }
  g_autofree char *name = tag_name(html);
  if (!*name) {
    pk_diagnostic *raised = pk_diag_add(diag, PK_CODE_RAW_HTML, span, "HTML is not read in an article");
    pk_diag_hint(diag, raised, "delete it, or write \\< for the sign itself");
    return;
  }
  pk_diagnostic *raised =
      pk_diag_add(diag, PK_CODE_RAW_HTML, span, "the HTML tag <%s> is not read in an article", name);
  pk_diag_hint(diag, raised, "%s", hint_for(name));
}
