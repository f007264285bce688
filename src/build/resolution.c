/* Pictures that are shown larger than their pixels allow.
 *
 * In:  the display list, how many pixels to the inch the edition asks for. Out: a
 * warning a picture, at the line that names it, by the largest size it has.
 *
 * The press edition asks preflight, which knows kinds of pictures and two bounds. */
#include "build/resolution.h"

#include <math.h>

typedef struct {
  const pk_draw *draw; /* where it has the fewest pixels to the inch */
  double dpi;
} largest;

static double dpi_of(const pk_draw *draw) {
  uint32_t width, height;
  pk_art_pixels(draw->art.art, &width, &height);
  return fmin(width / (pk_draw_art_width(draw) / 72), height / (pk_draw_art_height(draw) / 72));
}

static void note_picture(const pk_draw *draw, GHashTable *seen, GArray *found) {
  if (draw->kind != PK_DRAW_ART || pk_art_is_vector(draw->art.art)) return;
  largest fresh = {draw, dpi_of(draw)};
  gpointer place = g_hash_table_lookup(seen, draw->art.art);
  if (!place) {
    g_array_append_val(found, fresh);
    g_hash_table_insert(seen, (gpointer)draw->art.art, GUINT_TO_POINTER(found->len));
    return;
  }
  largest *known = &g_array_index(found, largest, GPOINTER_TO_UINT(place) - 1);
  if (fresh.dpi < known->dpi) *known = fresh;
}

void pk_resolution_check(pk_job *job, const pk_list *list, double least) {
  g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
  g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(largest));
  for (size_t p = 0; p < list->page_count; p++)
    for (size_t i = 0; i < list->pages[p].count; i++) note_picture(&list->pages[p].draws[i], seen, found);
  for (guint i = 0; i < found->len; i++) {
    const largest *picture = &g_array_index(found, largest, i);
    if (picture->dpi >= least - 0.5) continue;
    g_autofree char *name = g_path_get_basename(pk_art_path(picture->draw->art.art));
    pk_diagnostic *warning =
        pk_diag_add(job->diag, PK_CODE_IMAGE_COARSE, picture->draw->source,
                    "%s is %.0f ppi at this size; it should have %.0f at least", name, picture->dpi, least);
    pk_diag_hint(job->diag, warning, "show it at %.0f %% of this size at most, or use a larger original",
                 floor(100 * picture->dpi / least));
  }
}
