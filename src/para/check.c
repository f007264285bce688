/* Tells characters that no font has, and families that were substituted.
 *
 * In:  worker->pieces. Out: diagnostics, one for each word and family in a job,
 *      at the character's place in the article. */
#include <string.h>

#include "para/worker.h"

/* The place of byte `at` in the article: linear within a run whose text stands
 * there as it is, else the whole run. */
static pk_span span_of(const pk_styled_text *text, uint32_t at, uint32_t size) {
  for (size_t i = 0; i < text->run_count; i++) {
    const pk_style_run *run = &text->runs[i];
    if (at < run->start || at >= run->end) continue;
    pk_span span = run->source;
    if (span.source && span.end - span.start == run->end - run->start) {
      span.start += at - run->start;
      span.end = span.start + size;
    }
    return span;
  }
  return PK_SPAN_NONE;
}

/* The text between spaces around a piece. */
static char *word_around(const pk_styled_text *text, const pk_piece *pieces, uint32_t count, uint32_t number) {
  uint32_t first = number, last = number;
  while (first && pieces[first - 1].kind == PK_PIECE_WORD) first--;
  while (last + 1 < count && pieces[last + 1].kind == PK_PIECE_WORD) last++;
  const uint32_t most = 60;
  uint32_t size = pieces[last].end - pieces[first].start;
  const char *start = text->text + pieces[first].start;
  if (size <= most) return g_strndup(start, size);
  const char *end = start + most;
  while (((unsigned char)*end & 0xc0) == 0x80) end--;
  return g_strdup_printf("%.*s…", (int)(end - start), start);
}

static bool is_told(pk_para_record *record, char *key) {
  return !g_hash_table_add(record->told, key);
}

/* The first character of a piece without a glyph, or the first one that the
 * style's own face lacks. */
static uint32_t first_missing(const pk_piece *piece) {
  for (uint32_t i = 0; i < piece->word->glyph_count; i++)
    if (piece->word->glyphs[i].id == 0) return piece->word->glyphs[i].cluster;
  return 0;
}

static uint32_t first_borrowed(pk_choice *choice, const pk_piece *piece) {
  const char *text = piece->word->text;
  for (uint32_t at = 0; at < piece->word->size; at += (uint32_t)(g_utf8_next_char(text + at) - (text + at)))
    if (!pk_choice_holds(choice, g_utf8_get_char(text + at))) return at;
  return 0;
}

static void tell(pk_job *job, const pk_styled_text *text, const pk_piece *piece, const char *word, uint32_t at,
                 const char *asked, const char *used) {
  const char *character = text->text + piece->start + at;
  int size = (int)(g_utf8_next_char(character) - character);
  pk_span span = span_of(text, piece->start + at, (uint32_t)size);
  gunichar code = g_utf8_get_char(character);
  if (used) {
    pk_diag_add(job->diag, PK_CODE_FONT_SUBSTITUTED, span, "\"%.*s\" (U+%04X) in \"%s\" is not in %s; it is set in %s",
                size, character, code, word, asked, used);
    return;
  }
  pk_diagnostic *missing =
      pk_diag_add(job->diag, PK_CODE_GLYPH_MISSING, span, "no font has \"%.*s\" (U+%04X) in \"%s\"", size,
                  g_unichar_isprint(code) ? character : "?", code, word);
  pk_diag_hint(job->diag, missing, "use another character, or add a family that has it to the fonts of %s",
               piece->run->style->name ? piece->run->style->name : "the style");
}

static bool check_piece(pk_job *job, pk_para_record *record, const pk_styled_text *text, uint32_t number) {
  GArray *pieces = job->worker->para->pieces;
  const pk_piece *piece = &g_array_index(pieces, pk_piece, number);
  pk_choice *choice = pk_choice_of(job->worker->para, piece->run->style);
  const pk_face *face = piece->voice->face;
  bool is_borrowed = choice->face && strcmp(choice->face->family, face->family) != 0;
  if (!piece->word->has_missing && !is_borrowed) return false;
  g_autofree char *word = word_around(text, (const pk_piece *)(void *)pieces->data, pieces->len, number);
  const char *used = piece->word->has_missing ? NULL : face->family;
  if (is_told(record, g_strdup_printf("%s\n%s\n%s", piece->run->style->families, used ? used : "", word))) return true;
  uint32_t at = used ? first_borrowed(choice, piece) : first_missing(piece);
  tell(job, text, piece, word, at, choice->face ? choice->face->family : NULL, used);
  return true;
}

bool pk_pieces_check(pk_job *job, const pk_styled_text *text) {
  pk_para_record *record = pk_para_record_of(job);
  GArray *pieces = job->worker->para->pieces;
  const pk_style *style = NULL;
  const pk_face *face = NULL;
  bool has_faults = false;
  for (uint32_t i = 0; i < pieces->len; i++) {
    const pk_piece *piece = &g_array_index(pieces, pk_piece, i);
    if (!piece->word) continue;
    bool is_usual = piece->run->style == style && piece->voice->face == face && !piece->word->has_missing;
    if (is_usual) continue;
    has_faults |= check_piece(job, record, text, i);
    const pk_choice *choice = pk_choice_of(job->worker->para, piece->run->style);
    if (choice->face != piece->voice->face) continue;
    style = piece->run->style;
    face = choice->face;
  }
  return has_faults;
}
