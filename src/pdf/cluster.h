/* The clusters of a glyph run, in reading order: which glyphs stand for which
 * bytes of the text. */
#ifndef PK_PDF_CLUSTER_H
#define PK_PDF_CLUSTER_H

#include "list/list.h"

typedef struct {
  uint32_t first, count; /* glyphs of the run, in its (visual) order */
  uint32_t start, end;   /* bytes of the text; may be empty */
  bool is_added;         /* a hyphen that is not in the text */
} pk_pdf_cluster;

/* Sets `clusters` (of pk_pdf_cluster) to those of `draw`, a run of glyphs. */
void pk_pdf_clusters(const pk_draw *draw, GArray *clusters);

/* The text of a cluster or word as a reader is to copy it: no-break spaces as
 * spaces, without soft hyphens, joiners and marks of direction. Returns a part
 * of the text itself where nothing changes, else `buffer`'s. */
const char *pk_pdf_plain_text(const char *text, uint32_t start, uint32_t end, GString *buffer, size_t *size);

/* The bounds of the word around byte `at` of `text`: what stands between spaces.
 * False if it is longer than PK_PDF_MAX_WORD, or `at` is not within a word, or
 * the script breaks lines without regard to words. */
enum { PK_PDF_MAX_WORD = 400 };
bool pk_pdf_word_around(const char *text, uint32_t at, uint32_t *start, uint32_t *end);

#endif
