/* What cmark is not asked to read.
 *
 * cmark-gfm 0.29.0.gfm.6 takes time or memory out of proportion on a few kinds
 * of input: containers nested in containers, tables with many columns or short
 * rows, delimiter rows that follow each other, one long link definition that is
 * used over and over. One pass over the lines finds these, each at its place. */
#include <string.h>

#include "article/reader.h"

enum {
  MAX_MARKS = 2000000,             /* characters of markup and lines: each becomes a node */
  MAX_PIPES = 1000,                /* in one line */
  MAX_CELLS = 200000,              /* of all tables, empty ones too */
  MAX_DELIMITER_WORK = 32 << 20,   /* bytes above delimiter rows, looked through at each */
  MAX_DEFINITION_WORK = 256 << 20, /* bytes copied for links by reference, at most */
};

typedef struct {
  pk_reader *reader;
  const char *text;
  uint32_t columns[PK_ARTICLE_MAX_DEPTH + 2]; /* of the list markers that are open, if all nest */
  unsigned depth;
  size_t marks, brackets;
  size_t pipes;         /* of the line */
  size_t paragraph;     /* bytes since the last blank line */
  size_t table_columns; /* of the table that may be open; 0: none */
  size_t cells;
  size_t delimiter_work;
  size_t definition, longest_definition; /* bytes since the last "[label]:" */
} scanner;

static bool fail(scanner *scan, pk_code code, uint32_t start, uint32_t end, const char *message, const char *hint) {
  pk_reader *reader = scan->reader;
  pk_diagnostic *raised = pk_diag_add(reader->job->diag, code, pk_reader_span(reader, start, end), "%s", message);
  if (hint) pk_diag_hint(reader->job->diag, raised, "%s", hint);
  return false;
}

static bool is_blank(char byte) {
  return byte == ' ' || byte == '\t';
}

/* "***", "- - -": a thematic break, not lists in lists. */
static bool is_break(const scanner *scan, uint32_t at, uint32_t end) {
  char mark = scan->text[at];
  unsigned count = 0;
  for (; at < end; at++) {
    if (scan->text[at] == mark)
      count++;
    else if (!is_blank(scan->text[at]))
      return false;
  }
  return count >= 3;
}

/* The length of a list marker at `at`, 0 if there is none. */
static uint32_t marker_length(const scanner *scan, uint32_t at, uint32_t end) {
  uint32_t length = 0;
  if (strchr("-+*", scan->text[at])) {
    if (is_break(scan, at, end)) return 0;
    length = 1;
  } else {
    while (length < 9 && at + length < end && g_ascii_isdigit(scan->text[at + length])) length++;
    if (!length || at + length >= end || !strchr(".)", scan->text[at + length])) return 0;
    length++;
  }
  return at + length == end || is_blank(scan->text[at + length]) ? length : 0;
}

/* Skips quote and list markers and counts how deep they nest: quotes of this
 * line, and list markers of this and earlier lines that stand further left. */
static bool skip_containers(scanner *scan, pk_line line, uint32_t *at) {
  unsigned quotes = 0;
  while (*at < line.end) {
    char byte = scan->text[*at];
    if (is_blank(byte)) {
      ++*at;
      continue;
    }
    uint32_t length = byte == '>' ? 1 : marker_length(scan, *at, line.end);
    if (!length) return true;
    uint32_t column = *at - line.start;
    if (byte == '>') {
      quotes++;
    } else {
      while (scan->depth && scan->columns[scan->depth - 1] >= column) scan->depth--;
      if (scan->depth < G_N_ELEMENTS(scan->columns)) scan->columns[scan->depth++] = column;
    }
    if (quotes + scan->depth > PK_ARTICLE_MAX_DEPTH)
      return fail(scan, PK_CODE_TOO_DEEP, *at, *at + length, "quotes and lists are nested too deeply here",
                  "64 levels are the limit; no reader follows more than three");
    *at += length;
  }
  return true;
}

static void count_marks(scanner *scan, uint32_t at, uint32_t end) {
  scan->pipes = 0;
  for (; at < end; at++) {
    switch (scan->text[at]) {
    case '[':
      scan->brackets++;
      scan->marks++;
      break;
    case '|': scan->pipes++; break;
    case '*':
    case '_':
    case ']':
    case '`':
    case '<':
    case '&':
    case '\\':
    case '~':
    case '!': scan->marks++; break;
    default: break;
    }
  }
}

/* "|:--|--:|", "---": what cmark tries as the second line of a table. */
static bool is_delimiter_row(const scanner *scan, uint32_t at, uint32_t end) {
  bool has_dash = false;
  for (; at < end; at++) {
    if (!strchr("-|: \t", scan->text[at])) return false;
    has_dash |= scan->text[at] == '-';
  }
  return has_dash;
}

static bool scan_table(scanner *scan, pk_line line, uint32_t at) {
  static const char hint[] = "split the table, or hand it out as a spreadsheet";
  if (scan->pipes > MAX_PIPES)
    return fail(scan, PK_CODE_TABLE_TOO_LARGE, at, line.end, "a line with more than 1,000 columns", hint);
  if (scan->paragraph && is_delimiter_row(scan, at, line.end)) {
    scan->delimiter_work += scan->paragraph;
    scan->table_columns = scan->pipes + 1;
    if (scan->delimiter_work > MAX_DELIMITER_WORK)
      return fail(scan, PK_CODE_TABLE_TOO_LARGE, at, line.end, "too much text above this line that looks like a table",
                  "put empty lines between the paragraphs and before the table");
  }
  scan->cells += scan->table_columns;
  if (scan->cells > MAX_CELLS)
    return fail(scan, PK_CODE_TABLE_TOO_LARGE, at, line.end, "the tables have more than 200,000 cells", hint);
  return true;
}

static bool scan_definition(scanner *scan, pk_line line, uint32_t at) {
  bool is_note = at + 1 < line.end && scan->text[at + 1] == '^';
  if (scan->text[at] == '[' && !is_note && memchr(scan->text + at, ':', line.end - at)) scan->definition = 1;
  if (scan->definition) scan->definition += line.end - line.start;
  scan->longest_definition = MAX(scan->longest_definition, scan->definition);
  if (scan->longest_definition * scan->brackets <= MAX_DEFINITION_WORK) return true;
  return fail(scan, PK_CODE_MARKUP_TOO_MUCH, at, line.end, "a long link definition is used too often",
              "shorten the address or the title of the link");
}

static bool scan_line(scanner *scan, pk_line line) {
  uint32_t at = line.start;
  if (!skip_containers(scan, line, &at)) return false;
  if (at >= line.end) {
    scan->paragraph = scan->table_columns = scan->definition = 0;
    scan->marks++;
    return true;
  }
  count_marks(scan, at, line.end);
  if (!scan_table(scan, line, at) || !scan_definition(scan, line, at)) return false;
  scan->paragraph += line.end - line.start + 1;
  scan->marks += scan->pipes + 1 + (at - line.start) / 2;
  if (scan->marks <= MAX_MARKS) return true;
  return fail(scan, PK_CODE_MARKUP_TOO_MUCH, at, line.end,
              "the article has more than 2,000,000 lines and signs of markup", "this is most likely a wrong file");
}

bool pk_article_scan(pk_reader *reader, size_t body) {
  const pk_source *source = reader->source;
  scanner scan = {.reader = reader, .text = source->text};
  GArray *lines = g_array_new(FALSE, FALSE, sizeof(pk_line));
  bool is_fine = true;
  for (uint32_t at = (uint32_t)body, size = (uint32_t)source->size; at < size && is_fine;) {
    pk_line line = {at, at};
    while (line.end < size && source->text[line.end] != '\n' && source->text[line.end] != '\r') line.end++;
    at = line.end;
    if (at < size && source->text[at] == '\r') at++;
    if (at < size && source->text[at] == '\n' && (at == line.end || source->text[line.end] == '\r')) at++;
    g_array_append_val(lines, line);
    is_fine = scan_line(&scan, line);
  }
  reader->line_count = lines->len;
  reader->lines = pk_arena_take_array(reader->job->arena, lines);
  return is_fine;
}
