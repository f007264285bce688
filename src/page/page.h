/* Pages: masters, columns, grid, flow, furniture.
 *
 * In:  pk_document. Out: pk_pages: placed lines, rules, fills and pictures,
 * each with its unit. Frozen, in the job's arena. Coordinates are points from
 * the top left corner of the trim, y down. */
#ifndef PK_PAGE_H
#define PK_PAGE_H

#include "art/art.h"
#include "para/para.h"

enum { PK_PAGE_MAX = 20000 };

typedef enum { PK_PLACED_LINE, PK_PLACED_RECT, PK_PLACED_ART } pk_placed_kind;

/* Parts of a unit that are none of its text or cells. */
enum { PK_PLACED_MARKER = -1, PK_PLACED_LEADER = -2, PK_PLACED_TRAILER = -3 };

typedef struct {
  pk_placed_kind kind;
  const pk_unit_block *unit; /* what it belongs to; NULL: furniture */
  int part;                  /* of the unit: cell number of a table; PK_PLACED_...; else 0 */
  pk_turn turn;              /* of a line about its x, y; of art within its rect */
  pk_span source;
  union {
    struct {
      const pk_line *line;
      const pk_styled_text *text;
      pk_length x, y; /* left edge of the line's column; baseline */
    } line;
    struct {
      pk_rect rect;
      uint32_t ink;
      double tint;
    } rect;
    struct {
      pk_rect rect;
      const pk_art *art;
      pk_rect whole; /* of a cropped picture: where all of it would lie, from rect's corner; width 0: not cropped */
      bool bleeds;   /* from the left edge of the page to the right one, bleed included */
      bool is_page;  /* and from the upper edge to the lower one */
    } art;
  };
} pk_placed;

/* What a page can be charged for by the optimiser. */
typedef enum {
  PK_COST_PAGE,
  PK_COST_SHORT,
  PK_COST_UNEVEN,
  PK_COST_SPACE,
  PK_COST_LOOSE,
  PK_COST_RUNT,
  PK_COST_WIDOW,
  PK_COST_ORPHAN,
  PK_COST_HEADING,
  PK_COST_NEAR,
  PK_COST_LIST,
  PK_COST_ITEM,
  PK_COST_TABLE,
  PK_COST_ROW,
  PK_COST_PIECE,
  PK_COST_HYPHEN,
  PK_COST_PAGE_HYPHEN,
  PK_COST_FIGURE,
  PK_COST_TURN,
  PK_COST_MIDDLE,
  PK_COST_NOTE,
  PK_COST_INSET,
  PK_PAGE_TERM_COUNT,
} pk_page_cost;

typedef struct {
  float of[PK_PAGE_TERM_COUNT];
} pk_charges;

typedef struct {
  const char *master;
  const pk_master_spec *pattern; /* that its furniture is of; NULL: it has none */
  pk_charges charges;            /* for the dump */
  const char *section;           /* the heading that it is under, for its furniture; or NULL */
  size_t member;                 /* of the document: the first article on it */
  const pk_placed *placed;       /* in painting and reading order */
  size_t count, under;           /* so many of them lie under the furniture: a picture that is the page */
  const pk_placed *furniture;
  size_t furniture_count;
} pk_page;

/* What is painted on a page, furniture and text, in painting order. */
static inline size_t pk_page_count(const pk_page *page) {
  return page->count + page->furniture_count;
}
static inline const pk_placed *pk_page_at(const pk_page *page, size_t i) {
  if (i < page->under) return &page->placed[i];
  return i < page->under + page->furniture_count ? &page->furniture[i - page->under]
                                                 : &page->placed[i - page->furniture_count];
}

typedef struct {
  const pk_document *document;
  pk_length width, height, bleed;
  const pk_page *pages;
  size_t count;
} pk_pages;

/* The text on its pages, without furniture: what does not depend on where the
 * document lies in a book, but for `begins_left`. */
pk_status pk_page_set(pk_job *job, const pk_document *document, pk_art_store *arts, const pk_pages **out);

/* How the pages of a document are numbered: `numbers` of each, 0 where it has none;
 * NULL: from 1. */
typedef struct {
  const unsigned *numbers;
  unsigned pages;  /* what {pages} says */
  pk_length spine; /* what {book.spine} says; 0: nothing */
} pk_numbering;

/* The same pages with their furniture. */
pk_status pk_page_furnish(pk_job *job, const pk_pages *pages, pk_art_store *arts, const pk_numbering *numbering,
                          const pk_pages **out);

/* `--dump=page`: what stands where. */
void pk_page_dump(const pk_pages *pages, GString *out);

/* `--dump=para`: the lines as they were printed, with the costs of each. */
void pk_page_dump_para(const pk_pages *pages, GString *out);

/* Where all of a picture lies behind a window of `width` × `height` that it
 * covers: from the window's corner. `figure` says where its focus is, or NULL. */
pk_rect pk_figure_cover(const pk_figure_spec *figure, const pk_art *art, pk_length width, pk_length height);

#endif
