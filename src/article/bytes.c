/* Is this file text at all?
 *
 * cmark would replace what is not UTF-8 in silence, so it is looked at before. */
#include <string.h>

#include "article/reader.h"

/* Warnings about single characters, after which a file has been judged. */
enum { MAX_WARNINGS = 20 };

/* What is given away by its first bytes. */
static const struct {
  const char *magic;
  size_t size;
  const char *what;
} formats[] = {
    {"PK\3\4", 4, "a Word or OpenOffice document (or another ZIP archive)"},
    {"\xD0\xCF\x11\xE0", 4, "an old Word document"},
    {"{\\rtf", 5, "a Rich Text document"},
    {"%PDF", 4, "a PDF"},
    {"\x89PNG", 4, "a PNG image"},
    {"\xFF\xD8\xFF", 3, "a JPEG image"},
    {"GIF8", 4, "a GIF image"},
    {"\x7F"
     "ELF",
     4, "a program"},
    {"\x1F\x8B", 2, "a gzip archive"},
};

static bool is_other_format(pk_job *job, const pk_source *source) {
  for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
    if (source->size < formats[i].size || memcmp(source->text, formats[i].magic, formats[i].size) != 0) continue;
    pk_diagnostic *raised =
        pk_diag_add(job->diag, PK_CODE_BINARY_FILE, (pk_span){source, 0, 0}, "this file is %s", formats[i].what);
    pk_diag_hint(job->diag, raised, "an article is a plain text file, with Markdown in UTF-8: paste the text into one");
    return true;
  }
  return false;
}

static bool is_utf16(const pk_source *source) {
  const unsigned char *text = (const unsigned char *)source->text;
  if (source->size < 2) return false;
  return (text[0] == 0xFF && text[1] == 0xFE) || (text[0] == 0xFE && text[1] == 0xFF) || !text[0] || !text[1];
}

/* Cyrillic text in Windows-1251 has its letters above 0x7F in unbroken words;
 * Latin text in Windows-1250 has single letters there. */
static const char *guess_encoding(const pk_source *source) {
  const unsigned char *text = (const unsigned char *)source->text;
  size_t high = 0, in_row = 0;
  for (size_t i = 0; i < source->size; i++) {
    if (text[i] < 0x80) continue;
    high++;
    in_row += i && text[i - 1] >= 0x80;
  }
  return in_row * 2 > high ? "Windows-1251 (Cyrillic)" : "Windows-1250 (Central European)";
}

static void raise_bad_byte(pk_job *job, const pk_source *source, size_t at) {
  unsigned char byte = (unsigned char)source->text[at];
  pk_span span = {source, (uint32_t)at, (uint32_t)at + 1};
  pk_diagnostic *raised;
  if (byte == 0)
    raised = pk_diag_add(job->diag, PK_CODE_NUL_BYTE, span, "there is a NUL byte here, which no text has");
  else
    raised = pk_diag_add(job->diag, PK_CODE_INVALID_UTF8, span, "the byte 0x%02X is not UTF-8", byte);
  if (is_utf16(source))
    pk_diag_hint(job->diag, raised, "the file looks like UTF-16 (\"Unicode\" in some editors): save it as UTF-8");
  else if (byte)
    pk_diag_hint(job->diag, raised, "the file looks like %s: open it as that and save it as UTF-8",
                 guess_encoding(source));
  else
    pk_diag_hint(job->diag, raised, "this is not a text file, or it is damaged");
}

bool pk_article_is_unprintable(gunichar character, const char **why) {
  if (character < 0x20 ? character != '\t' && character != '\n' && character != '\r'
                       : character >= 0x7F && character < 0xA0)
    *why = "a control character";
  else if (character == 0xFFFD)
    *why = "the sign for a letter that was lost in a conversion";
  else if (character == 0xFEFF)
    *why = "an invisible mark that belongs at the beginning of a file";
  else if ((character >= 0xE000 && character <= 0xF8FF) || character >= 0xF0000)
    *why = "a private character, which each font draws in its own way";
  else if ((character & 0xFFFE) == 0xFFFE || (character >= 0xFDD0 && character <= 0xFDEF))
    *why = "not a character of Unicode";
  else
    return false;
  return true;
}

/* Whether a character that begins with this byte may be unprintable. */
static bool is_suspect(unsigned char byte) {
  if (byte < 0x80) return byte < 0x20 || byte == 0x7F;
  return byte == 0xC2 || byte == 0xEE || byte == 0xEF || byte >= 0xF0;
}

static void warn_of_unprintables(pk_job *job, const pk_source *source) {
  int warnings = 0;
  const char *text = source->text;
  for (size_t at = g_str_has_prefix(text, "\xEF\xBB\xBF") ? 3 : 0; at < source->size; at++) {
    const char *why = NULL;
    if (!is_suspect((unsigned char)text[at])) continue;
    gunichar character = g_utf8_get_char(text + at);
    if (!pk_article_is_unprintable(character, &why)) continue;
    size_t size = (size_t)(g_utf8_next_char(text + at) - (text + at));
    pk_diagnostic *raised =
        pk_diag_add(job->diag, PK_CODE_UNPRINTABLE, (pk_span){source, (uint32_t)at, (uint32_t)(at + size)},
                    "a character that cannot be printed (U+%04X): %s", character, why);
    if (++warnings == MAX_WARNINGS) {
      pk_diag_hint(job->diag, raised, "there may be more; no others of this file are shown");
      return;
    }
    pk_diag_hint(job->diag, raised, "delete it, or write what it stood for");
  }
}

bool pk_article_check_bytes(pk_job *job, const pk_source *source) {
  if (is_other_format(job, source)) return false;
  const char *end = NULL;
  if (!g_utf8_validate_len(source->text, source->size, &end)) {
    raise_bad_byte(job, source, (size_t)(end - source->text));
    return false;
  }
  warn_of_unprintables(job, source);
  return true;
}
