/* The pages of a cover -> the sheet that is folded round the inside.
 *
 * In:  a list whose cover pages are known. Out: a list of one or two pages, each two
 * pages and the spine wide.
 *
 * What a page draws into its bleed is cut off where another panel adjoins it: at the
 * spine nothing is trimmed, and what lay over the edge would be seen beside it. */
#include "list/list.h"

typedef struct {
  pk_arena *arena;
  const pk_list *list;
  GArray *draws; /* of pk_draw: of the spread being made */
} spreader;

/* The part of `rect` between `left` and `right`; width 0: there is none. */
static pk_rect cut(const pk_rect *rect, pk_length left, pk_length right) {
  pk_length from = MAX(rect->x, left), to = MIN(rect->x + rect->width, right);
  return (pk_rect){from, rect->y, MAX(to - from, 0), rect->height};
}

/* Draws a panel whose edge lies at `at`; it is seen from `left` to `right`. */
static void add_panel(spreader *s, const pk_list_page *page, pk_length at, pk_length left, pk_length right) {
  for (size_t i = 0; i < page->count; i++) {
    pk_draw draw = page->draws[i];
    draw.href = NULL;
    draw.link = 0;
    if (draw.kind == PK_DRAW_GLYPHS) {
      draw.glyphs.x += at;
    } else if (draw.kind == PK_DRAW_RECT) {
      draw.rect.x += at;
      draw.rect = cut(&draw.rect, left, right);
      if (draw.rect.width <= 0) continue;
    } else {
      pk_rect whole = *pk_draw_whole(&draw), seen = draw.art.rect;
      whole.x += at;
      seen.x += at;
      draw.art.rect = cut(&seen, left, right);
      if (draw.art.rect.width <= 0) continue;
      if (draw.art.whole.width > 0 || draw.art.rect.width < seen.width) draw.art.whole = whole;
    }
    g_array_append_val(s->draws, draw);
  }
}

static const pk_list_page *page_at(const pk_list *list, size_t number) {
  return number < list->page_count ? &list->pages[number] : NULL;
}

static pk_list_page make_side(spreader *s, const pk_list_page *first, const pk_list_page *second, bool is_outer) {
  const pk_list *list = s->list;
  pk_length fold = list->width, next = list->width + list->spine_width;
  s->draws = g_array_new(FALSE, FALSE, sizeof(pk_draw));
  if (first) add_panel(s, first, 0, -list->bleed, fold);
  if (is_outer && list->spine) add_panel(s, list->spine, fold, fold, next);
  if (second) add_panel(s, second, next, next, next + list->width + list->bleed);
  pk_list_page page = {.count = s->draws->len, .may_be_empty = true};
  page.label = is_outer ? "C4-C1" : "C2-C3";
  page.draws = pk_arena_take_array(s->arena, s->draws);
  return page;
}

/* The pages of another list of the same document, `width` wide. */
static pk_list *list_of(pk_arena *arena, const pk_list *list, pk_length width) {
  pk_list *made = pk_arena_dup(arena, list, sizeof *list);
  made->width = width;
  made->fold_count = made->outline_count = made->destination_count = made->source_count = 0;
  made->spine = NULL;
  made->spine_width = 0;
  for (size_t i = 0; i < PK_COVER_PAGES; i++) made->cover[i] = SIZE_MAX;
  return made;
}

const pk_list *pk_list_spread(pk_arena *arena, const pk_list *list) {
  const pk_list_page *sides[PK_COVER_PAGES];
  for (size_t i = 0; i < PK_COVER_PAGES; i++) sides[i] = page_at(list, list->cover[i]);
  if (!sides[0] && !sides[3]) return NULL;
  spreader s = {arena, list, NULL};
  pk_list_page *pages = PK_NEW_ARRAY(arena, pk_list_page, 2);
  pk_list *made = list_of(arena, list, 2 * list->width + list->spine_width);
  made->pages = pages;
  made->page_count = sides[1] || sides[2] ? 2 : 1;
  pages[0] = make_side(&s, sides[3], sides[0], true);
  if (made->page_count == 2) pages[1] = make_side(&s, sides[1], sides[2], false);
  pk_length *folds = PK_NEW_ARRAY(arena, pk_length, 2);
  folds[0] = list->width;
  folds[1] = list->width + list->spine_width;
  made->folds = folds;
  made->fold_count = list->spine_width > 0 ? 2 : 1;
  return made;
}

const pk_list *pk_list_spine(pk_arena *arena, const pk_list *list) {
  if (!list->spine) return NULL;
  pk_list *made = list_of(arena, list, list->spine_width);
  pk_list_page *page = pk_arena_dup(arena, list->spine, sizeof *page);
  page->may_be_empty = true;
  made->pages = page;
  made->page_count = 1;
  return made;
}
