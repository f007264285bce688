/* Units -> lines of plain text.
 *
 * The words are those of the page and no others. A link that does not read as its
 * address has that behind it, <https://...>, since the words alone lead nowhere; the
 * number of a note stands in brackets. Lines are not broken: what they are pasted
 * into does that. Characters that are only for typesetting go. */
#include "plain/plain.h"

#include <string.h>

enum { QUOTE_INDENT = 4, ITEM_INDENT = 2 };

typedef struct {
  pk_job *job;
  GString *out;
  GString *line; /* the text at hand */
} writer;

/* ---- letters --------------------------------------------------------------- */

/* Appends `text` as a keyboard would have it: no soft hyphens, joiners or marks of
 * direction, every space a plain one. */
static void append_plain(GString *out, const char *text, size_t size) {
  for (const char *at = text; at < text + size; at = g_utf8_next_char(at)) {
    gunichar letter = g_utf8_get_char(at);
    bool is_hidden = letter == 0xAD || (letter >= 0x200B && letter <= 0x200F) ||
                     (letter >= 0x202A && letter <= 0x202E) || (letter >= 0x2060 && letter <= 0x2069) ||
                     letter == 0xFEFF;
    if (is_hidden) continue;
    if (letter != '\n' && g_unichar_isspace(letter))
      g_string_append_c(out, ' ');
    else
      g_string_append_unichar(out, letter);
  }
}

/* The address where it says more than the words: without "mailto:" and the like. */
static const char *address_beside(const char *href, const char *words) {
  if (*href == '#') return NULL;
  const char *colon = strchr(href, ':');
  const char *bare = colon ? colon + 1 + strspn(colon + 1, "/") : href;
  size_t length = strlen(bare);
  while (length && bare[length - 1] == '/') length--;
  return strncmp(words, bare, length) == 0 || strstr(words, bare) ? NULL : href;
}

/* Whether the link of run `n` ends with it. */
static bool ends_link(const pk_styled_text *text, size_t n) {
  return n + 1 == text->run_count || text->runs[n + 1].link != text->runs[n].link;
}

/* Appends what of `text` is, or is not, the heading that runs in. */
static void append_part(GString *out, const pk_styled_text *text, bool is_run_in) {
  g_autoptr(GString) link = g_string_new(NULL);
  for (size_t i = 0; i < text->run_count; i++) {
    const pk_style_run *run = &text->runs[i];
    if (run->is_run_in != is_run_in) continue;
    if (run->footnote) {
      g_string_append_printf(out, "[%d]", run->footnote);
      continue;
    }
    append_plain(out, text->text + run->start, run->end - run->start);
    if (!run->href) continue;
    append_plain(link, text->text + run->start, run->end - run->start);
    if (!ends_link(text, i)) continue;
    const char *address = address_beside(run->href, link->str);
    if (address) g_string_append_printf(out, " <%s>", address);
    g_string_truncate(link, 0);
  }
}

static void append_text(GString *out, const pk_styled_text *text) {
  append_part(out, text, false);
}

/* ---- paragraphs ------------------------------------------------------------ */

/* The line at hand, each line of it after `first` and then `rest`. */
static void put_lines(writer *w, const char *first, const char *rest) {
  g_auto(GStrv) lines = g_strsplit(w->line->str, "\n", -1);
  for (char **line = lines; *line; line++)
    g_string_append_printf(w->out, "%s%s\n", line == lines ? first : rest, g_strstrip(*line));
}

static void put_text(writer *w, const pk_styled_text *text, const char *first, const char *rest) {
  g_string_truncate(w->line, 0);
  append_text(w->line, text);
  put_lines(w, first, rest);
}

/* A heading that runs in on the page has a line of its own here. */
static void put_run_in(writer *w, const pk_unit_block *unit) {
  g_string_truncate(w->line, 0);
  append_part(w->line, &unit->text, true);
  put_lines(w, "", "");
  g_string_append_c(w->out, '\n');
}

static char *blanks(size_t count) {
  return g_strnfill(count, ' ');
}

static void put_item(writer *w, const pk_unit_block *unit) {
  static const char bullet[] = "-";
  const char *marker = unit->marker && g_unichar_isalnum(g_utf8_get_char(unit->marker)) ? unit->marker : bullet;
  g_autofree char *outer = blanks((size_t)MAX(unit->level - 1, 0) * (ITEM_INDENT + 1));
  g_autofree char *inner = g_strdup_printf("%s%*s", outer, (int)g_utf8_strlen(marker, -1) + 1, "");
  g_autofree char *first = unit->marker ? g_strdup_printf("%s%s ", outer, marker) : g_strdup(inner);
  put_text(w, &unit->text, first, inner);
}

static void put_note(writer *w, const pk_unit_block *unit) {
  g_autofree char *first = unit->marker ? g_strdup_printf("[%s] ", unit->marker) : blanks(QUOTE_INDENT);
  put_text(w, &unit->text, first, "    ");
}

static void put_bracketed(writer *w, const pk_unit_block *unit) {
  g_string_assign(w->line, "[");
  append_text(w->line, &unit->text);
  g_string_append_c(w->line, ']');
  put_lines(w, "", "");
}

/* ---- tables ---------------------------------------------------------------- */

static void put_cell(writer *w, const char *words, glong width, pk_align align, bool is_last) {
  int room = (int)(width - g_utf8_strlen(words, -1));
  if (align == PK_ALIGN_RIGHT) g_string_append_printf(w->out, "%*s", room, "");
  g_string_append(w->out, words);
  if (!is_last) g_string_append_printf(w->out, "%*s  ", align == PK_ALIGN_RIGHT ? 0 : room, "");
}

static void put_table(writer *w, const pk_styled_table *table) {
  size_t count = table->rows * table->columns;
  g_autofree char **words = g_new0(char *, count + 1);
  g_autofree glong *widths = g_new0(glong, MAX(table->columns, 1));
  for (size_t i = 0; i < count; i++) {
    g_string_truncate(w->line, 0);
    append_text(w->line, &table->cells[i]);
    words[i] = g_strdup(g_strdelimit(w->line->str, "\n", ' '));
    widths[i % table->columns] = MAX(widths[i % table->columns], g_utf8_strlen(words[i], -1));
  }
  for (size_t i = 0; i < count; i++) {
    size_t column = i % table->columns;
    bool is_last = column + 1 == table->columns;
    put_cell(w, words[i], widths[column], table->aligns[column], is_last);
    if (!is_last) continue;
    while (w->out->len && w->out->str[w->out->len - 1] == ' ') g_string_truncate(w->out, w->out->len - 1);
    g_string_append_c(w->out, '\n');
  }
  for (size_t i = 0; i < count; i++) g_free(words[i]);
}

/* ---- the document ---------------------------------------------------------- */

static void put_unit(writer *w, const pk_unit_block *unit) {
  static const char quote[] = "    ";
  switch (unit->role) {
  case PK_ROLE_CONTENTS:
  case PK_ROLE_ITEM: put_item(w, unit); break;
  case PK_ROLE_NOTE: put_note(w, unit); break;
  case PK_ROLE_QUOTE:
  case PK_ROLE_PULL_QUOTE:
  case PK_ROLE_ATTRIBUTION:
  case PK_ROLE_CODE: put_text(w, &unit->text, quote, quote); break;
  case PK_ROLE_CAPTION:
  case PK_ROLE_CREDIT: put_bracketed(w, unit); break;
  case PK_ROLE_TABLE: put_table(w, unit->table); break;
  case PK_ROLE_BREAK: g_string_append(w->out, "* * *\n"); break;
  case PK_ROLE_FIGURE: break;
  default:
    if (unit->run_in) put_run_in(w, unit);
    put_text(w, &unit->text, "", "");
    break;
  }
}

/* Whether nothing stands between two units: items, a quote and its speaker, a
 * caption and its credit. */
static bool is_close(const pk_unit_block *above, const pk_unit_block *below) {
  if (above->role == PK_ROLE_NOTE && below->role == PK_ROLE_NOTE) return true;
  if (!above->group || above->group != below->group) return false;
  return below->role != PK_ROLE_SIGNATURE && !(above->role == below->role && below->role == PK_ROLE_QUOTE);
}

static void put_document(writer *w, const pk_document *document) {
  const pk_unit_block *above = NULL;
  for (size_t i = 0; i < document->unit_count; i++) {
    const pk_unit_block *unit = &document->units[i];
    if (unit->role == PK_ROLE_END_MARK || unit->role == PK_ROLE_FIGURE) continue;
    if (w->out->len && (!above || !is_close(above, unit))) g_string_append_c(w->out, '\n');
    put_unit(w, unit);
    above = unit;
  }
}

/* Who signs ends a letter; what goes out on a wire ends with a mark. */
static bool is_letter(const pk_document *document) {
  for (size_t i = 0; i < document->unit_count; i++)
    if (document->units[i].role == PK_ROLE_CLOSING) return true;
  return false;
}

void pk_plain_build(pk_job *job, const pk_bound *bound, GString *out) {
  writer w = {.job = job, .out = out, .line = g_string_new(NULL)};
  for (size_t i = 0; i < bound->count; i++) put_document(&w, bound->parts[i].document);
  /* The end is the end of all, whatever the layout prints after it. */
  if (!is_letter(bound->parts[0].document))
    g_string_append_printf(out, "\n%s\n", pk_style_label(job, bound->parts[0].document, PK_LABEL_END));
  g_string_free(w.line, TRUE);
}
