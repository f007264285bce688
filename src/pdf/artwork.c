/* Pictures -> XObjects.
 *
 * A raster picture becomes an image, its alpha a soft mask. Vector art comes as a
 * PDF of one page, colours already those of the edition, and becomes a form. */
#include "pdf/artwork.h"

#include <string.h>

#include "pdf/content.h"
#include "pdf/form.h"

typedef struct {
  pk_pdf_picture picture;
  const pk_art *art;
  pk_art_place place;
  bool is_form; /* the same wherever it stands */
} entry;

/* The largest size of a picture in the document. */
typedef struct {
  pk_length width, height;
} largest;

struct pk_pdf_artwork {
  pk_pdf_file *file;
  const pk_art_colours *colours;
  GPtrArray *entries; /* in the order of first use */
  GHashTable *sizes;  /* art -> largest */
  GPtrArray *foreign; /* files that forms were taken from; libqpdf reads them when it writes */
  const uint8_t *icc; /* the profile embedded last */
  qpdf_oh icc_object;
};

static void free_foreign(gpointer data) {
  qpdf_data foreign = data;
  qpdf_cleanup(&foreign);
}

pk_pdf_artwork *pk_pdf_artwork_new(pk_pdf_file *file) {
  pk_pdf_artwork *artwork = g_new0(pk_pdf_artwork, 1);
  artwork->file = file;
  artwork->colours = pk_pdf_colour_art(file);
  artwork->entries = g_ptr_array_new_with_free_func(g_free);
  artwork->sizes = g_hash_table_new_full(NULL, NULL, NULL, g_free);
  artwork->foreign = g_ptr_array_new_with_free_func(free_foreign);
  return artwork;
}

void pk_pdf_artwork_drop(pk_pdf_artwork *artwork) {
  if (!artwork) return;
  g_ptr_array_unref(artwork->entries);
  g_hash_table_unref(artwork->sizes);
  g_ptr_array_unref(artwork->foreign);
  g_free(artwork);
}

/* ---- raster -------------------------------------------------------------- */

static char *image_keys(const pk_art_image *image, int components, int bits, int predictor) {
  GString *keys = g_string_new("<</Type/XObject/Subtype/Image");
  g_string_append_printf(keys, "/Width %u/Height %u/BitsPerComponent %d", image->width, image->height, bits);
  if (predictor)
    g_string_append_printf(keys, "/DecodeParms<</Predictor %d/Colors %d/BitsPerComponent %d/Columns %u>>", predictor,
                           components, bits, image->width);
  g_string_append(keys, ">>");
  return g_string_free(keys, FALSE);
}

static qpdf_oh colour_space(pk_pdf_artwork *artwork, const pk_art_image *image) {
  static const char *const device[] = {[1] = "/DeviceGray", [3] = "/DeviceRGB", [4] = "/DeviceCMYK"};
  pk_pdf_file *file = artwork->file;
  const char *name = device[image->components == 1 || image->components == 4 ? image->components : 3];
  if (!image->icc) return qpdf_oh_new_name(file->qpdf, name);
  if (artwork->icc != image->icc) {
    g_autofree char *keys = g_strdup_printf("<</N %d>>", image->components);
    if (artwork->icc) pk_pdf_release(file, artwork->icc_object);
    artwork->icc_object = pk_pdf_stream(file, keys, image->icc, image->icc_size);
    artwork->icc = image->icc;
  }
  qpdf_oh space = pk_pdf_parse(file, "[/ICCBased]");
  qpdf_oh_append_item(file->qpdf, space, artwork->icc_object);
  return space;
}

static pk_status make_image(pk_pdf_artwork *artwork, entry *made) {
  pk_pdf_file *file = artwork->file;
  const pk_art_image *image;
  pk_status status = pk_art_to_image(file->job, made->art, artwork->colours, &made->place, &image);
  if (status != PK_OK) return status;
  g_autofree char *keys = image_keys(image, image->components, image->bits, image->predictor);
  qpdf_oh object = pk_pdf_stream_raw(file, keys, image->data, image->size, image->filter);
  qpdf_oh dict = qpdf_oh_get_dict(file->qpdf, object);
  pk_pdf_set(file, dict, "/ColorSpace", colour_space(artwork, image));
  if (image->is_inverted) pk_pdf_set(file, dict, "/Decode", pk_pdf_raw(file, "[1 0 1 0 1 0 1 0]"));
  if (image->mask) {
    g_autofree char *mask_keys = image_keys(image, 1, 8, image->mask_predictor);
    qpdf_oh mask = pk_pdf_stream_raw(file, mask_keys, image->mask, image->mask_size, "/FlateDecode");
    qpdf_oh mask_dict = qpdf_oh_get_dict(file->qpdf, mask);
    pk_pdf_set(file, mask_dict, "/ColorSpace", qpdf_oh_new_name(file->qpdf, "/DeviceGray"));
    pk_pdf_release(file, mask_dict);
    pk_pdf_set(file, dict, "/SMask", mask);
  }
  pk_pdf_release(file, dict);
  made->picture.object = object;
  made->picture.is_transparent = image->mask != NULL;
  memcpy(made->picture.matrix, image->matrix, sizeof made->picture.matrix);
  return PK_OK;
}

/* ---- vector -------------------------------------------------------------- */

static pk_status make_form(pk_pdf_artwork *artwork, entry *made) {
  pk_pdf_file *file = artwork->file;
  const uint8_t *data;
  size_t size;
  pk_status status = pk_art_to_output_pdf(file->job, made->art, artwork->colours, &data, &size);
  if (status == PK_OK && !data) return make_image(artwork, made);
  if (status != PK_OK) return status;
  pk_pdf_form form;
  status = pk_pdf_form_make(file, pk_art_path(made->art), data, size, &form);
  if (status != PK_OK) return status;
  made->is_form = true;
  made->picture.object = form.object;
  made->picture.is_transparent = form.is_transparent;
  if (form.source) g_ptr_array_add(artwork->foreign, form.source);
  const double to_unit[6] = {1 / form.width, 0, 0, 1 / form.height, 0, 0};
  memcpy(made->picture.matrix, to_unit, sizeof to_unit);
  return PK_OK;
}

/* ---- use ----------------------------------------------------------------- */

void pk_pdf_artwork_note(pk_pdf_artwork *artwork, const pk_draw *draw) {
  largest *size = g_hash_table_lookup(artwork->sizes, draw->art.art);
  if (!size) {
    size = g_new0(largest, 1);
    g_hash_table_insert(artwork->sizes, (gpointer)draw->art.art, size);
  }
  size->width = MAX(size->width, pk_draw_art_width(draw));
  size->height = MAX(size->height, pk_draw_art_height(draw));
}

static void set_size(pk_pdf_artwork *artwork, entry *made) {
  const largest *size = g_hash_table_lookup(artwork->sizes, made->art);
  if (!size) return;
  made->place.width = size->width;
  made->place.height = size->height;
}

static bool is_same_place(const pk_art_place *a, const pk_art_place *b) {
  return a->patch_count == b->patch_count &&
         (a->patch_count == 0 || memcmp(a->patches, b->patches, a->patch_count * sizeof *a->patches) == 0);
}

static entry *find(const pk_pdf_artwork *artwork, const pk_art *art, const pk_art_place *place) {
  for (guint i = 0; i < artwork->entries->len; i++) {
    entry *known = g_ptr_array_index(artwork->entries, i);
    if (known->art == art && (known->is_form || is_same_place(&known->place, place))) return known;
  }
  return NULL;
}

pk_status pk_pdf_artwork_use(pk_pdf_artwork *artwork, const pk_art *art, const pk_art_place *place,
                             const pk_pdf_picture **out) {
  entry *known = find(artwork, art, place);
  if (!known) {
    g_autofree entry *made = g_new0(entry, 1);
    made->art = art;
    made->place = *place;
    set_size(artwork, made);
    pk_status status = pk_art_is_vector(art) ? make_form(artwork, made) : make_image(artwork, made);
    if (status != PK_OK) return status;
    g_snprintf(made->picture.name, sizeof made->picture.name, "X%u", artwork->entries->len + 1);
    known = g_steal_pointer(&made);
    g_ptr_array_add(artwork->entries, known);
  }
  known->picture.is_on_page = true;
  *out = &known->picture;
  return PK_OK;
}

qpdf_oh pk_pdf_artwork_page(pk_pdf_artwork *artwork, bool *is_transparent) {
  pk_pdf_file *file = artwork->file;
  qpdf_oh dict = 0;
  for (guint i = 0; i < artwork->entries->len; i++) {
    pk_pdf_picture *picture = &((entry *)g_ptr_array_index(artwork->entries, i))->picture;
    if (!picture->is_on_page) continue;
    picture->is_on_page = false;
    *is_transparent = *is_transparent || picture->is_transparent;
    if (!dict) dict = qpdf_oh_new_dictionary(file->qpdf);
    char key[20];
    g_snprintf(key, sizeof key, "/%s", picture->name);
    pk_pdf_set_ref(file, dict, key, picture->object);
  }
  return dict;
}
