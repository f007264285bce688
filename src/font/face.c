/* Reads one font file: names and the like from a few tables, to list it; metrics
 * when it is opened.
 *
 * In:  a path of the set; later, on first use, the file itself (mapped, not
 *      copied). Out: pk_face, complete and frozen.
 *
 * Tables by the OpenType specification 1.9: OS/2, head, hhea, name, post. */
#include "font/face.h"

#include <hb-ot.h>
#include <string.h>

#include "font/file.h"

/* ---- tables -------------------------------------------------------------- */

typedef struct {
  hb_blob_t *blob;
  const uint8_t *data;
  unsigned size;
} table;

static table table_open(hb_face_t *hb, hb_tag_t tag) {
  table t = {hb_face_reference_table(hb, tag), NULL, 0};
  t.data = (const uint8_t *)hb_blob_get_data(t.blob, &t.size);
  return t;
}

static void table_close(table *t) {
  hb_blob_destroy(t->blob);
}

static int u16_at(const table *t, unsigned at, int otherwise) {
  return at + 2 <= t->size ? t->data[at] << 8 | t->data[at + 1] : otherwise;
}

static int i16_at(const table *t, unsigned at, int otherwise) {
  return at + 2 <= t->size ? (int16_t)u16_at(t, at, 0) : otherwise;
}

/* ---- listing --------------------------------------------------------------- */

/* In the order in which a name is the better one: of a family whose faces differ
 * in weight, width and slope alone; of one with more axes; of four faces. */
static const hb_ot_name_id_t family_ids[] = {HB_OT_NAME_ID_WWS_FAMILY, HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY,
                                             HB_OT_NAME_ID_FONT_FAMILY};
static const hb_ot_name_id_t style_ids[] = {HB_OT_NAME_ID_WWS_SUBFAMILY, HB_OT_NAME_ID_TYPOGRAPHIC_SUBFAMILY,
                                            HB_OT_NAME_ID_FONT_SUBFAMILY};

static const char *name_in(pk_arena *arena, hb_face_t *hb, hb_ot_name_id_t id, hb_language_t language) {
  char name[256];
  unsigned size = sizeof name;
  hb_ot_name_get_utf8(hb, id, language, &size, name);
  return size ? pk_arena_strdup(arena, name) : NULL;
}

static void add_name(const char **names, size_t *count, const char *name) {
  for (size_t i = 0; i < *count; i++)
    if (strcmp(names[i], name) == 0) return;
  names[(*count)++] = name;
}

/* The English names first, then those in other languages. */
static void describe_names(pk_arena *arena, pk_face_entry *entry, hb_face_t *hb) {
  enum { NAMES = 8 };
  const char **names = PK_NEW_ARRAY(arena, const char *, NAMES), *name;
  hb_language_t english = hb_language_from_string("en", -1);
  for (size_t i = 0; i < G_N_ELEMENTS(family_ids); i++)
    if ((name = name_in(arena, hb, family_ids[i], english))) add_name(names, &entry->name_count, name);
  unsigned count;
  const hb_ot_name_entry_t *all = hb_ot_name_list_names(hb, &count);
  for (unsigned i = 0; i < count && entry->name_count < NAMES; i++)
    for (size_t k = 0; k < G_N_ELEMENTS(family_ids); k++)
      if (all[i].name_id == family_ids[k] && all[i].language != english &&
          (name = name_in(arena, hb, family_ids[k], all[i].language)))
        add_name(names, &entry->name_count, name);
  entry->names = names;
  for (size_t i = 0; i < G_N_ELEMENTS(style_ids) && !entry->face.style; i++)
    entry->face.style = name_in(arena, hb, style_ids[i], english);
  if (!entry->face.style) entry->face.style = "Regular";
}

/* usWidthClass 1 to 9 in per cent of the normal width. */
static const int widths[] = {PK_WIDTH_NORMAL, 50, 63, 75, 87, PK_WIDTH_NORMAL, 113, 125, 150, 200};

static void describe_style(pk_face_entry *entry, hb_face_t *hb) {
  table os2 = table_open(hb, HB_TAG('O', 'S', '/', '2')), head = table_open(hb, HB_TAG('h', 'e', 'a', 'd'));
  int mac_style = u16_at(&head, 44, 0), selection = u16_at(&os2, 62, mac_style & 2 ? 1 : 0);
  int width = u16_at(&os2, 6, 5);
  entry->face.weight = u16_at(&os2, 4, mac_style & 1 ? 700 : 400);
  entry->face.italic = selection & (1 << 0 | 1 << 9);
  entry->width = widths[width < (int)G_N_ELEMENTS(widths) ? width : 0];
  table_close(&os2);
  table_close(&head);
}

static bool has_table(hb_face_t *hb, hb_tag_t tag) {
  table t = table_open(hb, tag);
  bool is_there = t.size > 0;
  table_close(&t);
  return is_there;
}

void pk_face_list(pk_arena *arena, GArray *entries, const char *path) {
  pk_font_file *file = pk_font_file_open(path);
  for (unsigned i = 0; file && i < pk_font_file_face_count(file); i++) {
    hb_face_t *hb = pk_font_file_face(file, i);
    if (!hb) continue;
    pk_face_entry entry = {.face = {.path = pk_arena_strdup(arena, path), .file_index = i}};
    describe_names(arena, &entry, hb);
    describe_style(&entry, hb);
    bool is_variable = has_table(hb, HB_TAG('f', 'v', 'a', 'r'));
    hb_face_destroy(hb);
    if (!entry.name_count || is_variable) continue;
    entry.face.family = entry.names[0];
    g_array_append_val(entries, entry);
  }
  pk_font_file_close(file);
}

/* ---- opening --------------------------------------------------------------- */

static void read_head(pk_face *face) {
  table head = table_open(face->hb, HB_TAG('h', 'e', 'a', 'd'));
  face->x_min = i16_at(&head, 36, 0);
  face->y_min = i16_at(&head, 38, face->descent);
  face->x_max = i16_at(&head, 40, face->upem);
  face->y_max = i16_at(&head, 42, face->ascent);
  table_close(&head);
}

static void read_post(pk_face *face) {
  table post = table_open(face->hb, HB_TAG('p', 'o', 's', 't'));
  face->italic_angle = i16_at(&post, 4, 0) + u16_at(&post, 6, 0) / 65536.0;
  face->underline_position = i16_at(&post, 8, -face->upem / 10);
  face->underline_thickness = i16_at(&post, 10, face->upem / 20);
  if (u16_at(&post, 12, 0) || u16_at(&post, 14, 0)) face->is_fixed_pitch = true;
  table_close(&post);
}

/* fsType: bit 1 alone forbids embedding, bit 8 subsetting, bit 9 outlines. The
 * family class and PANOSE tell serif from sans. */
static void read_os2(pk_face *face) {
  table os2 = table_open(face->hb, HB_TAG('O', 'S', '/', '2'));
  int rights = u16_at(&os2, 8, 0);
  face->may_embed = (rights & 0x000e) != 0x0002 && !(rights & 0x0200);
  face->may_subset = !(rights & 0x0100);
  int class = u16_at(&os2, 30, 0) >> 8;
  int panose_family = os2.size > 33 ? os2.data[32] : 0, panose_serif = os2.size > 33 ? os2.data[33] : 0;
  face->is_serif =
      (class >= 1 && class <= 7) || (class == 0 && panose_family == 2 && panose_serif >= 2 && panose_serif <= 10);
  table_close(&os2);
}

static int metric(hb_font_t *font, hb_ot_metrics_tag_t tag, int otherwise) {
  hb_position_t position;
  return hb_ot_metrics_get_position(font, tag, &position) && position ? position : otherwise;
}

static void read_metrics(pk_face *face) {
  hb_font_t *font = hb_font_create(face->hb);
  face->ascent = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER, face->upem * 4 / 5);
  face->descent = metric(font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER, -face->upem / 5);
  face->cap_height = metric(font, HB_OT_METRICS_TAG_CAP_HEIGHT, face->upem * 7 / 10);
  face->x_height = metric(font, HB_OT_METRICS_TAG_X_HEIGHT, face->upem / 2);
  hb_font_destroy(font);
}

static const char *postscript_name(pk_arena *arena, const pk_face *face) {
  char name[128];
  unsigned size = sizeof name;
  hb_ot_name_get_utf8(face->hb, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, name);
  if (size == 0) g_strlcpy(name, face->family, sizeof name);
  /* PDF and PostScript names hold no space, delimiter or control. */
  g_strcanon(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+", '-');
  return pk_arena_strdup(arena, name);
}

void pk_face_open(pk_arena *arena, pk_face_entry *entry) {
  pk_face *face = &entry->face;
  hb_blob_t *blob = hb_blob_create_from_file(face->path);
  face->hb = hb_face_create(blob, face->file_index);
  hb_blob_destroy(blob);
  hb_face_make_immutable(face->hb);
  face->upem = (int)hb_face_get_upem(face->hb);
  read_metrics(face);
  read_head(face);
  read_post(face);
  read_os2(face);
  face->postscript_name = postscript_name(arena, face);
  table cff = table_open(face->hb, HB_TAG('C', 'F', 'F', ' '));
  face->is_cff = cff.size > 0;
  table_close(&cff);
}
