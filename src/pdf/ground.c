/* The ground of a picture: what it is printed on.
 *
 * In:  the display list. Out: numbers in the unit square of the picture. A file
 * without transparency needs them, since a picture with transparent parts is
 * mixed with the colours under it beforehand. */
#include "pdf/ground.h"

#include "pdf/content.h"

static bool is_apart(const pk_rect *a, const pk_rect *b) {
  return a->x + a->width <= b->x || b->x + b->width <= a->x || a->y + a->height <= b->y || b->y + b->height <= a->y;
}

/* Where letters of a run are, roughly: enough to know whether they lie under something. */
static pk_rect extent_of(const pk_draw *draw) {
  if (draw->kind == PK_DRAW_RECT) return draw->rect;
  if (draw->kind == PK_DRAW_ART) return draw->art.rect;
  return pk_draw_reach(draw, 0.7 * draw->glyphs.size, 0.2 * draw->glyphs.size);
}

static pk_art_patch patch_of(const pk_pdf_file *file, const pk_rect *art, const pk_draw *under) {
  const pk_rect *rect = &under->rect;
  pk_art_patch patch = {
      .left = (rect->x - art->x) / art->width,
      .top = (rect->y - art->y) / art->height,
      .right = (rect->x + rect->width - art->x) / art->width,
      .bottom = (rect->y + rect->height - art->y) / art->height,
  };
  pk_pdf_colour_area(file, under->ink, under->tint, patch.cmyk);
  return patch;
}

static void warn_ground(pk_pdf_file *file, const pk_draw *draw) {
  g_autofree char *name = g_path_get_basename(pk_art_path(draw->art.art));
  pk_diagnostic *raised =
      pk_diag_add(file->job->diag, PK_CODE_ART_GROUND, draw->source,
                  "%s lies on text or on another picture, and the printer takes no transparency", name);
  pk_diag_hint(file->job->diag, raised,
               "if parts of it are transparent, they are mixed with the plain areas under it alone");
}

static void find_patches(pk_pdf_file *file, const pk_list_page *page, const pk_draw *draw, pk_art_place *place) {
  const pk_rect *art = pk_draw_whole(draw);
  GArray *patches = g_array_new(FALSE, FALSE, sizeof(pk_art_patch));
  bool is_plain = true;
  for (const pk_draw *under = page->draws; under < draw; under++) {
    pk_rect extent = extent_of(under);
    if (is_apart(&extent, art)) continue;
    if (under->kind == PK_DRAW_RECT) {
      pk_art_patch patch = patch_of(file, art, under);
      g_array_append_val(patches, patch);
    } else {
      is_plain = false;
    }
  }
  if (!is_plain) warn_ground(file, draw);
  place->patch_count = patches->len;
  place->patches = pk_arena_take_array(file->job->arena, patches);
}

pk_art_place pk_pdf_ground_of(pk_pdf_file *file, const pk_list_page *page, const pk_draw *draw) {
  pk_art_place place = {0};
  const pk_rect *rect = &draw->art.rect;
  bool may_show_ground = file->traits->is_cmyk && !file->traits->has_transparency &&
                         pk_art_kind_of(draw->art.art) != PK_ART_JPEG && rect->width > 0 && rect->height > 0;
  if (may_show_ground) find_patches(file, page, draw, &place);
  return place;
}
