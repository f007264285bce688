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

static void start_reading(struct jpeg_decompress_struct *info) {
  info->out_color_space = info->num_components == 1 ? JCS_GRAYSCALE : info->num_components == 3 ? JCS_RGB : JCS_CMYK;
  jpeg_start_decompress(info);
}

static void decode_rows(reader *r, unsigned denominator, pk_raster *out) {
  struct jpeg_decompress_struct *info = &r->info;
  out->icc = take_profile(r);
  out->components = info->num_components;
  info->scale_num = 1;
  info->scale_denom = denominator;
  start_reading(info);
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
static void begin_writing(writer *w, uint32_t width, uint32_t height, int components, int quality) {
  struct jpeg_compress_struct *info = &w->info;
  jpeg_mem_dest(info, &w->data, &w->size);
  info->image_width = width;
  info->image_height = height;
  info->input_components = components;
  info->in_color_space = components == 1 ? JCS_GRAYSCALE : components == 3 ? JCS_RGB : JCS_CMYK;
  jpeg_set_defaults(info);
  jpeg_set_quality(info, quality, TRUE);
  for (int i = 0; i < info->num_components; i++)
    info->comp_info[i].h_samp_factor = info->comp_info[i].v_samp_factor = 1;
  info->write_Adobe_marker = FALSE; /* with it some readers turn CMYK over */
  info->dct_method = JDCT_ISLOW;
  jpeg_start_compress(info, TRUE);
}

static void write_rows(writer *w, const pk_raster *raster, int quality) {
  begin_writing(w, raster->width, raster->height, raster->components, quality);
  size_t stride = (size_t)raster->width * (size_t)raster->components;
  while (w->info.next_scanline < w->info.image_height) {
    JSAMPROW row = raster->pixels + stride * w->info.next_scanline;
    jpeg_write_scanlines(&w->info, &row, 1);
  }
  jpeg_finish_compress(&w->info);
}

static void prepare_writer(writer *w) {
  memset(w, 0, sizeof *w);
  w->info.err = jpeg_std_error(&w->errors);
  w->errors.error_exit = give_up;
  w->errors.output_message = print_nothing;
  jpeg_create_compress(&w->info);
  w->info.client_data = w;
}

uint8_t *pk_jpeg_encode(const pk_raster *raster, int quality, size_t *size) {
  writer *w = g_new(writer, 1);
  prepare_writer(w);
  bool ok = setjmp(w->jump) == 0;
  if (ok) write_rows(w, raster, quality);
  jpeg_destroy_compress(&w->info);
  uint8_t *data = w->data;
  *size = w->size;
  if (!ok) g_clear_pointer(&data, free);
  g_free(w);
  return data;
}

/* ---- one into the other -------------------------------------------------- */

typedef struct {
  reader r;
  writer w;
  uint8_t *from, *to; /* a row each */
} recoder;

static void recode_rows(recoder *c, pk_jpeg_row convert, const void *context, int quality) {
  struct jpeg_decompress_struct *info = &c->r.info;
  bool is_turned_over = info->num_components == 4 && info->saw_Adobe_marker;
  size_t stride = (size_t)info->output_width * (size_t)info->num_components;
  c->from = g_malloc(stride);
  c->to = g_malloc((size_t)info->output_width * 4);
  begin_writing(&c->w, info->output_width, info->output_height, 4, quality);
  while (info->output_scanline < info->output_height) {
    jpeg_read_scanlines(info, &c->from, 1);
    for (size_t i = 0; is_turned_over && i < stride; i++) c->from[i] = (uint8_t)~c->from[i];
    convert(context, c->from, c->to, info->output_width);
    jpeg_write_scanlines(&c->w.info, &c->to, 1);
  }
  jpeg_finish_decompress(info);
  jpeg_finish_compress(&c->w.info);
}

uint8_t *pk_jpeg_convert(const uint8_t *data, size_t size, pk_jpeg_row convert, const void *context, int quality,
                         size_t *out_size, pk_problem *problem) {
  recoder *c = g_new0(recoder, 1);
  prepare(&c->r, problem);
  prepare_writer(&c->w);
  bool ok = setjmp(c->r.jump) == 0 && setjmp(c->w.jump) == 0;
  if (ok) {
    open_header(&c->r, data, size, MARKER_ICC);
    start_reading(&c->r.info);
    recode_rows(c, convert, context, quality);
  } else if (!problem->text[0]) {
    pk_problem_set(problem, "it cannot be written again");
  }
  jpeg_destroy_decompress(&c->r.info);
  jpeg_destroy_compress(&c->w.info);
  uint8_t *out = c->w.data;
  *out_size = c->w.size;
  if (!ok) g_clear_pointer(&out, free);
  g_free(c->from);
  g_free(c->to);
  g_free(c);
  return out;
}
