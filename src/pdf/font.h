/* The fonts of a document: which glyphs are used and for what text, one subset a
 * face, and its PDF objects.
 *
 *   pk_pdf_fonts_new -> pk_pdf_fonts_use (each run) -> pk_pdf_fonts_subset
 *   -> glyphs may be drawn -> pk_pdf_fonts_dict */
#ifndef PK_PDF_FONT_H
#define PK_PDF_FONT_H

#include <hb-subset.h>

#include "pdf/file.h"

/* A glyph of a face. `text` is what ToUnicode says it stands for. */
typedef struct {
  const char *text; /* `text_size` bytes of the list's text; NULL: unknown */
  uint16_t text_size;
  uint16_t cid; /* once the subset is made */
  bool is_used;
  bool is_guess; /* `text` is its part of a cluster of several glyphs */
  uint64_t code; /* the same for glyphs that pages write and read alike; in a run with a store */
  double width;  /* 1/1000 em, exactly as /W has it; once the subset is made */
} pk_pdf_glyph;

/* The glyphs that are drawn, in ascending order of CID. */
typedef struct {
  uint16_t cid;
  uint32_t glyph;
} pk_pdf_used_glyph;

typedef struct {
  const pk_face *face;
  char name[16];        /* "F1": of the resource */
  pk_span source;       /* where it was first used */
  pk_pdf_glyph *glyphs; /* by the face's own numbers */
  uint32_t glyph_count; /* of the face */
  uint32_t space;       /* the glyph of the space, or 0 */
  const uint8_t *file;  /* the subset, packed; of CFF its table alone; once it is made */
  size_t file_size, file_unpacked;
  uint32_t subset_count; /* of glyphs in it */
  bool is_cid_keyed;     /* its CIDs are names of its own, not numbers of glyphs in the subset */
  pk_digest key;         /* of the subset, in a run with a store */
  pk_pdf_used_glyph *used;
  uint32_t used_count;
} pk_pdf_font;

typedef struct pk_pdf_fonts pk_pdf_fonts;

pk_pdf_fonts *pk_pdf_fonts_new(pk_pdf_file *file);
void pk_pdf_fonts_drop(pk_pdf_fonts *fonts);

/* Whether all glyphs of a run are noted already, and each stands for the text of a cluster
 * that it made up alone: then there is nothing that the run could add. */
bool pk_pdf_fonts_know(pk_pdf_fonts *fonts, const pk_draw *draw);

/* Notes the glyphs of a run and the texts they stand for. `clusters` (of
 * pk_pdf_cluster) are the run's. */
void pk_pdf_fonts_use(pk_pdf_fonts *fonts, const pk_draw *draw, const GArray *clusters);

/* Makes the subset of each face. A face that may not be embedded is an error. */
pk_status pk_pdf_fonts_subset(pk_pdf_fonts *fonts);

/* The font of a face that was noted. */
const pk_pdf_font *pk_pdf_fonts_find(const pk_pdf_fonts *fonts, const pk_face *face);

/* The /Font dictionary of the document's resources, with all objects behind it. */
qpdf_oh pk_pdf_fonts_dict(pk_pdf_fonts *fonts);

/* ---- of one font, for font.c -------------------------------------------- */

/* fontdict.c: the Type 0 font, its descendant, descriptor and file. */
qpdf_oh pk_pdf_font_object(pk_pdf_file *file, const pk_pdf_font *font);

/* tounicode.c: the CMap. Free with g_string_free(). */
GString *pk_pdf_font_to_unicode(const pk_pdf_font *font);

#endif
