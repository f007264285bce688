/* The content stream of a page while it is written.
 *
 * One file draws each kind of thing and all share this state, so that nothing
 * is said twice: colour.c the inks, text.c the glyphs, mark.c the tags. PDF
 * coordinates: points from the lower left corner of the media box. */
#ifndef PK_PDF_CONTENT_H
#define PK_PDF_CONTENT_H

#include "pdf/artwork.h"
#include "pdf/font.h"
#include "pdf/structure.h"
#include "pdf/word.h"

/* What a draw of the page needs from outside of it. */
typedef struct {
  pk_pdf_broken broken;          /* of a run of glyphs */
  const pk_pdf_picture *picture; /* of art */
} pk_pdf_prepared;

typedef struct {
  pk_pdf_file *file;
  const pk_pdf_fonts *fonts;
  pk_pdf_words *words;
  pk_pdf_artwork *artwork;
  pk_pdf_structure *structure; /* NULL: nothing is tagged */
  pk_length left, top;         /* of the trim's corner */

  /* of the page */
  size_t page;            /* its place among those written */
  const pk_list_page *of; /* it in the list */
  GArray *prepared;       /* of pk_pdf_prepared, by draw */
  GArray *marks;          /* of uint32_t: the draws that began a stretch of tagged content */
  GString *out;
  bool is_in_text;        /* between BT and ET */
  int64_t line_x, line_y; /* where the text line begins, 1/1000 pt */
  const pk_pdf_font *font;
  int64_t size, scale, rise; /* 1/1000 pt; 1/1000 percent; 1/1000 pt */
  int64_t tracking;          /* 1/1000 pt, before the scale */
  bool has_ink, is_rich, overprints;
  uint32_t ink;
  double tint;
  bool has_tag; /* marked content is open */
  uint32_t tag;
  pk_artifact artifact; /* where tag is 0 */

  /* scratch */
  GArray *clusters; /* of pk_pdf_cluster */
  GString *pieces, *bytes, *plain, *actual;
} pk_pdf_content;

void pk_pdf_content_init(pk_pdf_content *content, pk_pdf_file *file, const pk_pdf_fonts *fonts, pk_pdf_words *words,
                         pk_pdf_artwork *artwork, pk_pdf_structure *structure);
void pk_pdf_content_clear(pk_pdf_content *content);

/* Begins a page, once each in their order: makes its pictures and finds the words that
 * its lines break. `number` is its place among the pages written. */
pk_status pk_pdf_content_begin(pk_pdf_content *content, const pk_list_page *page, size_t number);

/* Empties `out`: fonts, colours and the like start anew on each page. */
void pk_pdf_content_clean(pk_pdf_content *content);

/* Writes the page that was begun into `out`, which is emptied first. */
void pk_pdf_content_page(pk_pdf_content *content);

/* Leaves or enters a text object; nothing if it is so already. */
void pk_pdf_content_text(pk_pdf_content *content, bool is_in_text);

/* ---- colour.c ------------------------------------------------------------ */

/* Instead of an ink: the colour that is on every plate. */
#define PK_PDF_REGISTRATION UINT32_MAX

/* Fills in `ink` from now on. `is_area`: neither text nor a line, so that it is
 * rich black if the ink asks for it, and never overprints. */
void pk_pdf_colour_fill(pk_pdf_content *content, uint32_t ink, double tint, bool is_area);

/* What is drawn from now on knocks out what lies under it: forms and pictures,
 * which would otherwise take over what the text before them was set to. */
void pk_pdf_colour_knock_out(pk_pdf_content *content);

/* The /ColorSpace dictionary for those inks with `is_used` that have a plate of
 * their own, or 0. */
qpdf_oh pk_pdf_colour_spaces(pk_pdf_file *file, const bool *is_used);
bool pk_pdf_colour_is_plate(const pk_pdf_file *file, size_t ink);

/* The colour that is on every plate, for marks: a Separation, indirect. */
qpdf_oh pk_pdf_colour_registration(pk_pdf_file *file);

/* The /ExtGState dictionary that pk_pdf_colour_fill() needs, or 0. */
qpdf_oh pk_pdf_colour_states(pk_pdf_file *file);

/* The process inks of an area in so much of `ink`; a spot ink by its CMYK. */
void pk_pdf_colour_area(const pk_pdf_file *file, uint32_t ink, double tint, double cmyk[4]);

/* The inks as pictures want them, and what the printer says of pictures. */
const pk_art_colours *pk_pdf_colour_art(pk_pdf_file *file);

/* ---- mark.c -------------------------------------------------------------- */

/* What follows belongs to the tag of `draw`. Enters or leaves a text object. */
void pk_pdf_mark_draw(pk_pdf_content *content, const pk_draw *draw);
void pk_pdf_mark_end(pk_pdf_content *content);

/* Ends what was marked if `draw` is not a part of it. */
void pk_pdf_mark_leave(pk_pdf_content *content, const pk_draw *draw);

/* A stretch of the text of `draw` that stands for `size` bytes of UTF-8. */
void pk_pdf_mark_span(pk_pdf_content *content, const pk_draw *draw, const char *text, size_t size);
void pk_pdf_mark_span_end(pk_pdf_content *content);

/* ---- text.c -------------------------------------------------------------- */

/* `broken`: what of the run belongs to words that line ends break; NULL: nothing. */
void pk_pdf_text_draw(pk_pdf_content *content, const pk_draw *draw, const pk_pdf_broken *broken);

#endif
