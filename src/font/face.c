/* Reads one font file: names from fontconfig's index, metrics from its tables.
 *
 * In:  a pattern of the set; later, on first use, the file itself (mapped, not
 *      copied). Out: pk_face, complete and frozen.
 *
 * Tables by the OpenType specification 1.9: OS/2, head, hhea, post. */
#include "font/face.h"

#include <hb-ot.h>
#include <string.h>

static const char *pattern_string(pk_arena *arena, FcPattern *pattern, const char *object, int number) {
  FcChar8 *text = NULL;
  if (FcPatternGetString(pattern, object, number, &text) != FcResultMatch) return NULL;
  return pk_arena_strdup(arena, (const char *)text);
}

static int pattern_int(FcPattern *pattern, const char *object, int otherwise) {
  int value = otherwise;
  double real;
  if (FcPatternGetInteger(pattern, object, 0, &value) == FcResultMatch) return value;
  if (FcPatternGetDouble(pattern, object, 0, &real) == FcResultMatch) return (int)real;
  return otherwise;
}

static void describe_names(pk_arena *arena, pk_face_entry *entry, FcPattern *pattern) {
  enum { NAMES = 8 };
  const char **names = PK_NEW_ARRAY(arena, const char *, NAMES);
  const char *name;
  while (entry->name_count < NAMES && (name = pattern_string(arena, pattern, FC_FAMILY, (int)entry->name_count)))
    names[entry->name_count++] = name;
  entry->names = names;
}

bool pk_face_describe(pk_arena *arena, pk_face_entry *entry, FcPattern *pattern) {
  FcBool is_scalable = FcFalse, is_variable = FcFalse;
  FcPatternGetBool(pattern, FC_SCALABLE, 0, &is_scalable);
  FcPatternGetBool(pattern, FC_VARIABLE, 0, &is_variable);
  const char *path = pattern_string(arena, pattern, FC_FILE, 0);
  describe_names(arena, entry, pattern);
  if (!is_scalable || is_variable || !path || !entry->name_count) return false;
  pk_face *face = &entry->face;
  face->path = path;
  /* The upper half of the index names an instance of a variable font. */
  int index = pattern_int(pattern, FC_INDEX, 0);
  if (index >> 16) return false;
  face->file_index = (unsigned)index;
  face->family = entry->names[0];
  face->style = pattern_string(arena, pattern, FC_STYLE, 0);
  if (!face->style) face->style = "Regular";
  face->weight = FcWeightToOpenType(pattern_int(pattern, FC_WEIGHT, FC_WEIGHT_REGULAR));
  face->italic = pattern_int(pattern, FC_SLANT, FC_SLANT_ROMAN) != FC_SLANT_ROMAN;
  face->is_fixed_pitch = pattern_int(pattern, FC_SPACING, FC_PROPORTIONAL) >= FC_MONO;
  entry->width = pattern_int(pattern, FC_WIDTH, FC_WIDTH_NORMAL);
  return true;
}

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
