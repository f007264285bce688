/* JPEG by libjpeg-turbo.
 *
 * In:  a whole file in memory, not to be trusted. Out: header or pixels.
 * libjpeg tells of errors by leaving through a long jump: each of the three
 * functions catches it in one place, and all that must survive the jump is in
 * `reader`. Nothing is printed. A file whose scans are endlessly many is cut
 * off (libjpeg-turbo's own advice, "Two Issues with the JPEG Standard", 2017). */
#include "art/jpeg.h"

#include <stdio.h>

#include <jerror.h>
#include <jpeglib.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "art/exif.h"

enum { MAX_SCANS = 200, MARKER_EXIF = JPEG_APP0 + 1, MARKER_ICC = JPEG_APP0 + 2, MARKER_WHOLE = 0xFFFF };

typedef struct {
  struct jpeg_decompress_struct info;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf jump;
  pk_problem *problem;
} reader;

static void leave(j_common_ptr info) {
  reader *r = info->client_data;
  char message[JMSG_LENGTH_MAX];
  info->err->format_message(info, message);
  pk_problem_set(r->problem, "%s", message);
  r->problem->is_too_large = info->err->msg_code == JERR_IMAGE_TOO_BIG;
  longjmp(r->jump, 1);
}

/* Level -1 is damage that decoding survives; the first one is kept. */
static void note(j_common_ptr info, int level) {
  reader *r = info->client_data;
  if (level >= 0 || info->err->num_warnings++ > 0) return;
  char message[JMSG_LENGTH_MAX];
  info->err->format_message(info, message);
  pk_problem_set(r->problem, "%s", message);
}

static void print_nothing(j_common_ptr info) {
  (void)info;
}

static void watch_scans(j_common_ptr info) {
  reader *r = info->client_data;
  if (r->info.input_scan_number <= MAX_SCANS) return;
  pk_problem_set(r->problem, "it has more than %d scans", MAX_SCANS);
  longjmp(r->jump, 1);
}

static void prepare(reader *r, pk_problem *problem) {
  memset(r, 0, sizeof *r);
  problem->is_too_large = false;
  problem->text[0] = 0;
  r->problem = problem;
  r->info.err = jpeg_std_error(&r->errors);
  r->errors.error_exit = leave;
  r->errors.emit_message = note;
  r->errors.output_message = print_nothing;
  r->info.client_data = r;
}

static void open_header(reader *r, const uint8_t *data, size_t size, int marker) {
  jpeg_create_decompress(&r->info);
  r->progress.progress_monitor = watch_scans;
  r->info.progress = &r->progress;
  jpeg_mem_src(&r->info, data, (unsigned long)size);
  jpeg_save_markers(&r->info, marker, MARKER_WHOLE);
  jpeg_read_header(&r->info, TRUE);
}

bool pk_jpeg_is(const uint8_t *data, size_t size) {
  return size >= 3 && memcmp(data, "\xFF\xD8\xFF", 3) == 0;
}

/* Inside a scan no byte 0xD9 can follow 0xFF, so a file cut off in the middle
 * has no end marker after its first scan began. */
static bool has_end(const uint8_t *scan, size_t size) {
  for (size_t at = size; at >= 2; at--)
    if (scan[at - 2] == 0xFF && scan[at - 1] == 0xD9) return true;
  return false;
}

static void read_placing(const struct jpeg_decompress_struct *info, pk_raster_head *head) {
  double unit = info->density_unit == 1 ? 1 : info->density_unit == 2 ? 2.54 : 0;
  pk_exif exif = {.orientation = 1};
  if (info->marker_list) exif = pk_exif_read(info->marker_list->data, info->marker_list->data_length);
  /* JFIF's resolution is the one that programs keep up to date. */
  bool has_density = info->saw_JFIF_marker && unit > 0 && info->X_density > 1 && info->Y_density > 1;
  head->dpi_x = has_density ? info->X_density * unit : exif.dpi_x;
  head->dpi_y = has_density ? info->Y_density * unit : exif.dpi_y;
  head->orientation = exif.orientation;
}

bool pk_jpeg_head(const uint8_t *data, size_t size, pk_raster_head *head, pk_problem *problem) {
  reader *r = g_new(reader, 1);
  prepare(r, problem);
  bool ok = setjmp(r->jump) == 0;
  if (ok) {
    open_header(r, data, size, MARKER_EXIF);
    const struct jpeg_decompress_struct *info = &r->info;
    *head = (pk_raster_head){
        .width = info->image_width,
        .height = info->image_height,
        .components = info->num_components,
        .is_inverted = info->num_components == 4 && info->saw_Adobe_marker,
    };
    read_placing(info, head);
    if (head->components != 1 && head->components != 3 && head->components != 4) {
      pk_problem_set(problem, "it has %d colour channels", head->components);
      ok = false;
    } else if (!has_end(info->src->next_input_byte, info->src->bytes_in_buffer)) {
      pk_problem_set(problem, "the file ends in the middle of the picture");
      ok = false;
    }
  }
  jpeg_destroy_decompress(&r->info);
  g_free(r);
  return ok;
}

static GBytes *take_profile(reader *r) {
  JOCTET *data = NULL;
  unsigned size = 0;
  if (!jpeg_read_icc_profile(&r->info, &data, &size)) return NULL;
  return g_bytes_new_with_free_func(data, size, free, data);
}

GBytes *pk_jpeg_profile(const uint8_t *data, size_t size) {
  pk_problem problem;
  GBytes *volatile profile = NULL;
  reader *r = g_new(reader, 1);
  prepare(r, &problem);
  if (setjmp(r->jump) == 0) {
    open_header(r, data, size, MARKER_ICC);
    profile = take_profile(r);
  }
  jpeg_destroy_decompress(&r->info);
  g_free(r);
  return profile;
}

static void decode_rows(reader *r, unsigned denominator, pk_raster *out) {
  struct jpeg_decompress_struct *info = &r->info;
  out->icc = take_profile(r);
  out->components = info->num_components;
  info->out_color_space = out->components == 1 ? JCS_GRAYSCALE : out->components == 3 ? JCS_RGB : JCS_CMYK;
  info->scale_num = 1;
  info->scale_denom = denominator;
  jpeg_start_decompress(info);
  out->width = info->output_width;
  out->height = info->output_height;
  size_t stride = (size_t)out->width * (size_t)out->components;
  out->pixels = g_malloc(stride * out->height);
  while (info->output_scanline < info->output_height) {
    JSAMPROW row = out->pixels + stride * info->output_scanline;
    jpeg_read_scanlines(info, &row, 1);
  }
  jpeg_finish_decompress(info);
  if (out->components == 4 && info->saw_Adobe_marker)
    for (size_t i = 0; i < stride * out->height; i++) out->pixels[i] = (uint8_t)~out->pixels[i];
}

bool pk_jpeg_decode(const uint8_t *data, size_t size, unsigned denominator, pk_raster *out, pk_problem *problem) {
  memset(out, 0, sizeof *out);
  reader *r = g_new(reader, 1);
  prepare(r, problem);
  bool ok = setjmp(r->jump) == 0;
  if (ok) {
    open_header(r, data, size, MARKER_ICC);
    decode_rows(r, denominator, out);
  }
  jpeg_destroy_decompress(&r->info);
  g_free(r);
  if (!ok) pk_raster_drop(out);
  return ok;
}

/* ---- writing ------------------------------------------------------------- */

typedef struct {
  struct jpeg_compress_struct info;
  struct jpeg_error_mgr errors;
  jmp_buf jump;
  unsigned char *data;
  unsigned long size;
} writer;

static void give_up(j_common_ptr info) {
  longjmp(((writer *)info->client_data)->jump, 1);
}

/* Colours are stored at full resolution: print shows what halving them leaves
 * at the edges of coloured letters. */
static void write_rows(writer *w, const pk_raster *raster, int quality) {
  struct jpeg_compress_struct *info = &w->info;
  jpeg_mem_dest(info, &w->data, &w->size);
  info->image_width = raster->width;
  info->image_height = raster->height;
  info->input_components = raster->components;
  info->in_color_space = raster->components == 1 ? JCS_GRAYSCALE : raster->components == 3 ? JCS_RGB : JCS_CMYK;
  jpeg_set_defaults(info);
  jpeg_set_quality(info, quality, TRUE);
  for (int i = 0; i < info->num_components; i++)
    info->comp_info[i].h_samp_factor = info->comp_info[i].v_samp_factor = 1;
  info->write_Adobe_marker = FALSE; /* with it some readers turn CMYK over */
  info->dct_method = JDCT_ISLOW;
  jpeg_start_compress(info, TRUE);
  size_t stride = (size_t)raster->width * (size_t)raster->components;
  while (info->next_scanline < info->image_height) {
    JSAMPROW row = raster->pixels + stride * info->next_scanline;
    jpeg_write_scanlines(info, &row, 1);
  }
  jpeg_finish_compress(info);
}

uint8_t *pk_jpeg_encode(const pk_raster *raster, int quality, size_t *size) {
  writer *w = g_new0(writer, 1);
  w->info.err = jpeg_std_error(&w->errors);
  w->errors.error_exit = give_up;
  w->errors.output_message = print_nothing;
  jpeg_create_compress(&w->info);
  w->info.client_data = w;
  bool ok = setjmp(w->jump) == 0;
  if (ok) write_rows(w, raster, quality);
  jpeg_destroy_compress(&w->info);
  uint8_t *data = w->data;
  *size = w->size;
  if (!ok) g_clear_pointer(&data, free);
  g_free(w);
  return data;
}
