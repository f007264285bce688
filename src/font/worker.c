/* What one thread keeps of the fonts: Pango's font map and HarfBuzz fonts.
 *
 * Pango's map is made only when something asks for it: most paragraphs need no
 * fall-back, and a map costs more than a page. One map a thread: a shared one
 * crashes. The set's configuration becomes current before. */
#include <pango/pangofc-font.h>
#include <pango/pangofc-fontmap.h>
#include <pango/pangoft2.h>
#include <pthread.h>

#include "font/set.h"

/* Pango (1.50) searches fonts in a thread of the map's, which holds the map while
 * it works. If ours is not the last hold, the map ends in that thread and loses
 * its configuration; so the end of the search is waited for. */
typedef struct {
  pthread_mutex_t lock; /* not GLib's, which the thread sanitizer does not see */
  pthread_cond_t changed;
  bool is_last;
} hold;

struct pk_font_worker {
  const pk_font_set *set;
  PangoFontMap *map;
  hold map_hold;
  PangoContext *context;
  GHashTable *faces; /* PangoFont, referenced -> pk_face */
  hb_font_t **fonts; /* by the face's index */
};

pk_font_worker *pk_font_worker_new(const pk_font_set *set) {
  pk_font_worker *worker = g_new0(pk_font_worker, 1);
  worker->set = set;
  pthread_mutex_init(&worker->map_hold.lock, NULL);
  pthread_cond_init(&worker->map_hold.changed, NULL);
  worker->fonts = g_new0(hb_font_t *, pk_font_set_face_count(set));
  return worker;
}

static void note_hold(gpointer data, GObject *map, gboolean is_last) {
  (void)map;
  hold *h = data;
  pthread_mutex_lock(&h->lock);
  h->is_last = is_last;
  pthread_cond_signal(&h->changed);
  pthread_mutex_unlock(&h->lock);
}

static void drop_map(PangoFontMap *map, hold *h) {
  g_object_add_toggle_ref(G_OBJECT(map), note_hold, h);
  g_object_unref(map);
  pthread_mutex_lock(&h->lock);
  while (!h->is_last) pthread_cond_wait(&h->changed, &h->lock);
  pthread_mutex_unlock(&h->lock);
  g_object_remove_toggle_ref(G_OBJECT(map), note_hold, h);
}

void pk_font_worker_drop(pk_font_worker *worker) {
  if (!worker) return;
  for (size_t i = 0; i < pk_font_set_face_count(worker->set); i++) hb_font_destroy(worker->fonts[i]);
  g_free(worker->fonts);
  g_clear_pointer(&worker->faces, g_hash_table_unref);
  g_clear_object(&worker->context);
  if (worker->map) drop_map(worker->map, &worker->map_hold);
  pthread_cond_destroy(&worker->map_hold.changed);
  pthread_mutex_destroy(&worker->map_hold.lock);
  g_free(worker);
}

/* Hinting would snap metrics to whole pixels. */
static void make_unhinted(FcPattern *pattern, gpointer data) {
  (void)data;
  FcPatternDel(pattern, FC_HINT_STYLE);
  FcPatternAddInteger(pattern, FC_HINT_STYLE, FC_HINT_NONE);
  FcPatternDel(pattern, FC_HINTING);
  FcPatternAddBool(pattern, FC_HINTING, FcFalse);
}

PangoContext *pk_font_worker_context(pk_font_worker *worker) {
  if (worker->context) return worker->context;
  worker->map = pango_ft2_font_map_new();
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(worker->map), pk_font_set_config(worker->set));
  pango_ft2_font_map_set_resolution(PANGO_FT2_FONT_MAP(worker->map), 72, 72);
  pango_fc_font_map_set_default_substitute(PANGO_FC_FONT_MAP(worker->map), make_unhinted, NULL, NULL);
  worker->context = pango_font_map_create_context(worker->map);
  pango_context_set_round_glyph_positions(worker->context, FALSE);
  /* Not the user's locale: the page must not depend on it. */
  pango_context_set_language(worker->context, pango_language_from_string("en"));
  return worker->context;
}

static const pk_face *face_of(const pk_font_worker *worker, PangoFont *font) {
  if (!PANGO_IS_FC_FONT(font)) return NULL;
  FcPattern *pattern = pango_fc_font_get_pattern(PANGO_FC_FONT(font));
  FcChar8 *path = NULL;
  int index = 0;
  if (FcPatternGetString(pattern, FC_FILE, 0, &path) != FcResultMatch) return NULL;
  FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
  return pk_font_set_find_file(worker->set, (const char *)path, (unsigned)index & 0xffff);
}

const pk_face *pk_font_worker_face(pk_font_worker *worker, PangoFont *font) {
  if (!worker->faces) worker->faces = g_hash_table_new_full(NULL, NULL, g_object_unref, NULL);
  gpointer known;
  if (g_hash_table_lookup_extended(worker->faces, font, NULL, &known)) return known;
  const pk_face *face = face_of(worker, font);
  g_hash_table_insert(worker->faces, g_object_ref(font), (gpointer)face);
  return face;
}

hb_font_t *pk_font_worker_hb(pk_font_worker *worker, const pk_face *face) {
  hb_font_t **font = &worker->fonts[face->index];
  if (!*font) {
    *font = hb_font_create(face->hb);
    hb_font_set_scale(*font, face->upem, face->upem);
    hb_font_make_immutable(*font);
  }
  return *font;
}
