/* The display list: frozen plain data, what to draw where.
 *
 * The contract between layout and output: left of it nothing knows of PDF,
 * right of it nothing knows of articles. Coordinates are points from the top
 * left corner of the trim, y down. Owned by the job's arena. */
#ifndef PK_LIST_H
#define PK_LIST_H

#include "page/page.h"

/* ---- structure ----------------------------------------------------------- */

typedef enum {
  PK_TAG_ARTIFACT, /* furniture; tag 0 is always this */
  PK_TAG_DOCUMENT,
  PK_TAG_SECT,
  PK_TAG_H, /* level */
  PK_TAG_P,
  PK_TAG_BLOCK_QUOTE,
  PK_TAG_ASIDE,
  PK_TAG_L,
  PK_TAG_LI,
  PK_TAG_LBL,
  PK_TAG_LBODY,
  PK_TAG_TABLE,
  PK_TAG_TR,
  PK_TAG_TH,
  PK_TAG_TD,
  PK_TAG_FIGURE,
  PK_TAG_CAPTION,
  PK_TAG_NOTE,
  PK_TAG_CODE,
} pk_tag_kind;

/* A node of the structure tree: a block is one node however many pages it runs
 * over. Nodes stand in reading order; a parent precedes its children. */
typedef struct {
  pk_tag_kind kind;
  uint32_t parent; /* number of the parent; 0 for the document and artifacts */
  int level;
  pk_lang lang;
  const char *alternate; /* of a figure, or NULL */
  pk_span source;
} pk_tag;

/* ---- drawing ------------------------------------------------------------- */

typedef enum {
  PK_DRAW_GLYPHS,
  PK_DRAW_RECT,
  PK_DRAW_ART,
} pk_draw_kind;

typedef struct {
  pk_draw_kind kind;
  uint32_t tag;
  uint32_t ink;
  double tint;      /* 0..1; 1 is the full ink */
  const char *href; /* the drawn area is a link, or NULL */
  pk_span source;
  union {
    struct {
      const pk_face *face;
      pk_length size;
      double scale_x;
      pk_length tracking; /* after each cluster; already in the places of the glyphs, as the scale is */
      pk_length x, y; /* origin of the run on the baseline */
      pk_length width;
      const pk_glyph *glyphs; /* offsets from x, y; y up */
      uint32_t glyph_count;
      const char *text;    /* of the whole paragraph: clusters are bytes of it */
      uint32_t start, end; /* what of it this run shows */
      pk_lang lang;
      bool is_rtl;
    } glyphs;
    pk_rect rect;
    struct {
      const pk_art *art;
      pk_rect rect;
    } art;
  };
} pk_draw;

typedef struct {
  const pk_draw *draws; /* in painting order */
  size_t count;
  const char *label; /* the folio: "1" */
} pk_list_page;

typedef struct {
  const char *title;
  int level;
  size_t page;
  pk_length y;
} pk_outline_entry;

typedef struct {
  pk_length width, height, bleed; /* of the trim; bleed around it */
  const pk_length *folds;         /* from the left edge of the trim */
  size_t fold_count;
  const pk_ink *inks;
  size_t ink_count;
  const pk_tag *tags;
  size_t tag_count;
  const pk_list_page *pages;
  size_t page_count;
  const pk_outline_entry *outline;
  size_t outline_count;
  pk_lang lang;
  const char *title, *author, *subject; /* NULL where unknown */
  const char *const *keywords;
  size_t keyword_count;
  pk_date date; /* of the document */
} pk_list;

pk_status pk_list_build(pk_job *job, const pk_pages *pages, const pk_list **out);

/* `--dump=list`. */
void pk_list_dump(const pk_list *list, GString *out);

#endif
