/* Glyphs back to text: clusters, plain text, words.
 *
 * In:  the glyphs of a run, each with the byte of the text it stands for.
 * Out: clusters in reading order; their bytes follow one another without a gap.
 * A run from right to left has its glyphs in visual order, so it is read from
 * its last glyph to its first. */
#include "pdf/cluster.h"

#include <string.h>

static void find_groups(const pk_draw *draw, GArray *clusters) {
  uint32_t count = draw->glyphs.glyph_count, found = 0;
  const pk_glyph *glyphs = draw->glyphs.glyphs;
  g_array_set_size(clusters, count);
  pk_pdf_cluster *last = (pk_pdf_cluster *)(void *)clusters->data - 1;
  for (uint32_t n = 0; n < count; n++) {
    uint32_t i = draw->glyphs.is_rtl ? count - 1 - n : n;
    uint32_t cluster = glyphs[i].cluster;
    if (found > 0 && glyphs[last->first].cluster == cluster) {
      last->first = MIN(last->first, i);
      last->count++;
      continue;
    }
    found++;
    *++last = (pk_pdf_cluster){
        .first = i, .count = 1, .start = cluster & ~PK_CLUSTER_HYPHEN, .is_added = (cluster & PK_CLUSTER_HYPHEN) != 0};
  }
  g_array_set_size(clusters, found);
}

void pk_pdf_clusters(const pk_draw *draw, GArray *clusters) {
  find_groups(draw, clusters);
  uint32_t next = draw->glyphs.end;
  for (guint n = clusters->len; n-- > 0;) {
    pk_pdf_cluster *cluster = &g_array_index(clusters, pk_pdf_cluster, n);
    if (cluster->is_added) cluster->start = next;
    cluster->start = CLAMP(cluster->start, draw->glyphs.start, next);
    cluster->end = next;
    next = cluster->start;
  }
}

/* ---- plain text ---------------------------------------------------------- */

/* What never shows and would only stand in the way of a search. */
static bool is_hidden(gunichar character) {
  return character == 0xAD || character == 0xFEFF || (character >= 0x200B && character <= 0x200F) ||
         (character >= 0x202A && character <= 0x202E) || (character >= 0x2060 && character <= 0x2069);
}

static gunichar plain_of(gunichar character) {
  return character == 0xA0 || character == 0x202F || character == '\n' || character == '\t' ? ' ' : character;
}

/* Only characters that begin with one of these bytes, or are below a space, are
 * ever changed. */
static bool may_change(const char *text, uint32_t start, uint32_t end) {
  for (uint32_t i = start; i < end; i++) {
    uint8_t byte = (uint8_t)text[i];
    if (byte < 0x20 || byte == 0xC2 || byte == 0xE2 || byte == 0xEF) return true;
  }
  return false;
}

const char *pk_pdf_plain_text(const char *text, uint32_t start, uint32_t end, GString *buffer, size_t *size) {
  if (!may_change(text, start, end)) {
    *size = end - start;
    return text + start;
  }
  g_string_truncate(buffer, 0);
  for (const char *at = text + start; at < text + end; at = g_utf8_next_char(at)) {
    gunichar character = g_utf8_get_char_validated(at, text + end - at);
    if (character >= (gunichar)-2) break; /* a cluster within a character */
    if (!is_hidden(character)) g_string_append_unichar(buffer, plain_of(character));
  }
  *size = buffer->len;
  return buffer->str;
}

/* ---- words --------------------------------------------------------------- */

static bool ends_word(gunichar character) {
  return character < 0x20 || g_unichar_isspace(character);
}

bool pk_pdf_word_around(const char *text, uint32_t at, uint32_t *start, uint32_t *end) {
  const char *from = text + at, *to = text + at;
  while (from > text) {
    const char *before = g_utf8_prev_char(from);
    gunichar character = g_utf8_get_char(before);
    if (ends_word(character)) break;
    if (g_unichar_iswide(character) || text + at - before > PK_PDF_MAX_WORD) return false;
    from = before;
  }
  while (*to) {
    gunichar character = g_utf8_get_char(to);
    if (ends_word(character)) break;
    to = g_utf8_next_char(to);
    if (g_unichar_iswide(character) || to - text - at > PK_PDF_MAX_WORD) return false;
  }
  *start = (uint32_t)(from - text);
  *end = (uint32_t)(to - text);
  return *start < at && at < *end;
}
