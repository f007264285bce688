/* The display list: frozen plain data, what to draw where.
 *
 * The contract between layout and output: left of it nothing knows of PDF,
 * right of it nothing knows of articles. Coordinates are points from the top
 * left corner of the trim, y down. Owned by the job's arena. */
#ifndef PK_LIST_H
#define PK_LIST_H

#include "bind/bind.h"

/* ---- artifacts ----------------------------------------------------------- */

/* What is drawn under tag 0. */
typedef enum {
  PK_ARTIFACT_LAYOUT, /* rules and fills of the text, what is repeated */
  PK_ARTIFACT_HEADER, /* furniture above the text */
  PK_ARTIFACT_FOOTER, /* furniture below or beside it */
  PK_ARTIFACT_PAGE,   /* marks outside of the trim */
} pk_artifact;

/* ---- drawing ------------------------------------------------------------- */

typedef enum {
  PK_DRAW_GLYPHS,
  PK_DRAW_RECT,
  PK_DRAW_ART,
} pk_draw_kind;

typedef struct {
  pk_draw_kind kind;
  uint32_t tag;         /* number in `tags`; 0: an artifact */
  pk_artifact artifact; /* where tag is 0 */
  uint32_t ink;
  double tint;      /* 0..1; 1 is the full ink */
  pk_turn turn;     /* of glyphs about their x, y; of art within its rect */
  const char *href; /* the drawn area is a link, or NULL */
  uint32_t link;    /* number of the tag of the link or reference to a note that it is, or 0 */
  pk_span source;
  union {
    struct {
      const pk_face *face;
      pk_length size;
      double scale_x;
      pk_length tracking; /* after each cluster; already in the places of the glyphs, as the scale is */
      pk_length x, y;     /* origin of the run on the baseline */
      pk_length width;
      const pk_glyph *glyphs; /* offsets from x, y; y up */
      uint32_t glyph_count;
      const char *text;    /* of the whole paragraph: clusters are bytes of it */
      uint32_t start, end; /* what of it this run shows */
      pk_lang lang;
      bool is_rtl;
      bool has_space_after; /* the line ends here between two words */
    } glyphs;
    pk_rect rect;
    struct {
      const pk_art *art;
      pk_rect rect;  /* what is seen of it */
      pk_rect whole; /* of a cropped picture: where all of it lies; width 0: in `rect` */
    } art;
  };
} pk_draw;

/* Where all of a picture lies, what is cropped included. */
static inline const pk_rect *pk_draw_whole(const pk_draw *draw) {
  return draw->art.whole.width > 0 ? &draw->art.whole : &draw->art.rect;
}

/* The size of the art of a draw along its own edges. */
static inline pk_length pk_draw_art_width(const pk_draw *draw) {
  return draw->turn ? pk_draw_whole(draw)->height : pk_draw_whole(draw)->width;
}
static inline pk_length pk_draw_art_height(const pk_draw *draw) {
  return draw->turn ? pk_draw_whole(draw)->width : pk_draw_whole(draw)->height;
}

/* Where glyphs are that reach from the baseline so far up and down. */
static inline pk_rect pk_draw_reach(const pk_draw *draw, pk_length up, pk_length down) {
  pk_rect r = pk_rect_turn((pk_rect){0, -up, draw->glyphs.width, up + down}, draw->turn);
  return (pk_rect){draw->glyphs.x + r.x, draw->glyphs.y + r.y, r.width, r.height};
}

typedef struct {
  const pk_draw *draws; /* in painting order */
  size_t count;
  const char *label; /* the folio: "1" */
  bool may_be_empty; /* a page of a book that is all furniture, of which it may have none */
} pk_list_page;

typedef struct {
  const char *title;
  int level;
  size_t page;
  pk_length y;
} pk_outline_entry;

/* A place that links lead to, from inside or outside of the file. */
typedef struct {
  const char *name; /* unique, ASCII */
  uint32_t tag;
  size_t page;
  pk_length y;
} pk_destination;

typedef struct {
  pk_length width, height, bleed; /* of the trim; bleed around it */
  const pk_length *folds;         /* from the left edge of the trim, on the front of a sheet: pk_list_fold() */
  size_t fold_count;
  const pk_ink *inks;
  size_t ink_count;
  const pk_tag *tags; /* of pk_tags_build(), those of all parts together */
  size_t tag_count;
  const pk_list_page *pages;
  size_t page_count;
  const pk_outline_entry *outline;
  size_t outline_count;
  const pk_destination *destinations; /* in the order of their names */
  size_t destination_count;
  pk_lang lang;
  const char *title, *author, *subject; /* NULL where unknown */
  const char *const *keywords;
  size_t keyword_count;
  pk_date date;                    /* of the document */
  size_t cover[PK_COVER_PAGES];    /* its pages as pk_bound has them; SIZE_MAX: none such */
  const pk_list_page *spine;       /* of a perfect-bound book; NULL: it has nothing on it */
  pk_length spine_width;           /* 0: no spine */
  const pk_source *const *sources; /* the articles that go into the file with it */
  size_t source_count;
} pk_list;

/* Where page `page` (0-based) is folded: every second one is the back of a sheet,
 * whose folds lie the other way round. */
static inline pk_length pk_list_fold(const pk_list *list, size_t page, size_t fold) {
  return page % 2 ? list->width - list->folds[fold] : list->folds[fold];
}

/* The parts of a book become one list: their tags hang under one document, their
 * headings and places are those of all. */
pk_status pk_list_build(pk_job *job, const pk_bound *bound, const pk_list **out);

/* ---- spread.c --------------------------------------------------------------- */

/* The cover as the sheet that it is printed on: back, spine and front side by side,
 * and on a second page the inner sides, where the document has such; folded at both
 * edges of the spine. NULL if it has no cover. Owned by the arena, and good as long
 * as `list` is. */
const pk_list *pk_list_spread(pk_arena *arena, const pk_list *list);

/* The spine alone, as a page; NULL if the document has none. */
const pk_list *pk_list_spine(pk_arena *arena, const pk_list *list);

/* ---- several in one -------------------------------------------------------- */

typedef struct {
  const pk_list *list;
  const char *name;     /* before its names of places: ASCII, another for each part */
  const char *label;    /* before the labels of its pages: "12-" */
  const char *bookmark; /* NULL: its headline */
  size_t blanks;        /* blank pages after it */
} pk_list_part;

/* One list of `count` (1 or more), which have the same page, folds and inks; what
 * a file says of itself is that of the first, but for `title` (NULL: that too).
 * Owned by the arena, and good as long as the parts are. */
void pk_list_join(pk_arena *arena, const pk_list_part *parts, size_t count, const char *title, const pk_list **out);

/* `--dump=list`. */
void pk_list_dump(const pk_list *list, GString *out);

#endif
