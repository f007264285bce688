/* TIFF by libtiff (TIFF 6.0).
 *
 * In:  a whole file in memory, not to be trusted. Out: header or pixels. Rows are
 * read as they are stored where this knows their form; the rest goes through
 * libtiff's own conversion to RGB. libtiff may take no more than MAX_MEMORY for
 * one thing, and tells its errors to the handler of the file.
 *
 * Few documents hold a TIFF and linking it costs every start of the process, so
 * it is opened when the first is met, like librsvg. */
#include "art/tiff.h"

#include <string.h>
#include <tiffio.h>

#include "art/library.h"

enum { MAX_MEMORY = 256 * 1024 * 1024, MAX_PROFILE = 64 * 1024 * 1024 };

typedef struct {
  TIFFOpenOptions *(*options_alloc)(void);
  void (*options_free)(TIFFOpenOptions *options);
  void (*options_memory)(TIFFOpenOptions *options, tmsize_t most);
  void (*options_error)(TIFFOpenOptions *options, TIFFErrorHandlerExtR handler, void *data);
  void (*options_warning)(TIFFOpenOptions *options, TIFFErrorHandlerExtR handler, void *data);
  TIFF *(*open)(const char *name, const char *mode, thandle_t file, TIFFReadWriteProc read, TIFFReadWriteProc write,
                TIFFSeekProc seek, TIFFCloseProc close, TIFFSizeProc size, TIFFMapFileProc map, TIFFUnmapFileProc unmap,
                TIFFOpenOptions *options);
  void (*close)(TIFF *tiff);
  int (*field)(TIFF *tiff, uint32_t tag, ...);
  int (*field_defaulted)(TIFF *tiff, uint32_t tag, ...);
  int (*is_tiled)(TIFF *tiff);
  tmsize_t (*scanline_size)(TIFF *tiff);
  int (*read_scanline)(TIFF *tiff, void *row, uint32_t number, uint16_t sample);
  int (*read_rgba)(TIFF *tiff, uint32_t width, uint32_t height, uint32_t *pixels, int orientation, int stop);
} tiff_table;

static gpointer open_library(gpointer unused) {
  (void)unused;
  tiff_table *table = g_new0(tiff_table, 1);
  const pk_library_entry wanted[] = {
      {"TIFFOpenOptionsAlloc", (gpointer *)&table->options_alloc},
      {"TIFFOpenOptionsFree", (gpointer *)&table->options_free},
      {"TIFFOpenOptionsSetMaxSingleMemAlloc", (gpointer *)&table->options_memory},
      {"TIFFOpenOptionsSetErrorHandlerExtR", (gpointer *)&table->options_error},
      {"TIFFOpenOptionsSetWarningHandlerExtR", (gpointer *)&table->options_warning},
      {"TIFFClientOpenExt", (gpointer *)&table->open},
      {"TIFFClose", (gpointer *)&table->close},
      {"TIFFGetField", (gpointer *)&table->field},
      {"TIFFGetFieldDefaulted", (gpointer *)&table->field_defaulted},
      {"TIFFIsTiled", (gpointer *)&table->is_tiled},
      {"TIFFScanlineSize", (gpointer *)&table->scanline_size},
      {"TIFFReadScanline", (gpointer *)&table->read_scanline},
      {"TIFFReadRGBAImageOriented", (gpointer *)&table->read_rgba},
  };
  if (pk_library_open("libtiff.so.6", wanted, G_N_ELEMENTS(wanted))) return table;
  g_free(table);
  return NULL;
}

static const tiff_table *library(void) {
  static GOnce once = G_ONCE_INIT;
  return g_once(&once, open_library, NULL);
}

bool pk_tiff_is_available(void) {
  return library() != NULL;
}

bool pk_tiff_is(const uint8_t *data, size_t size) {
  return size >= 8 && (memcmp(data, "II*\0", 4) == 0 || memcmp(data, "MM\0*", 4) == 0);
}

/* ---- the file in memory -------------------------------------------------- */

typedef struct {
  const uint8_t *data;
  uint64_t size, at;
  pk_problem *problem;
  TIFF *tiff;
} file;

static tmsize_t read_bytes(thandle_t handle, void *to, tmsize_t count) {
  file *f = handle;
  uint64_t left = f->at < f->size ? f->size - f->at : 0, got = MIN((uint64_t)MAX(count, 0), left);
  memcpy(to, f->data + (got ? f->at : 0), (size_t)got);
  f->at += got;
  return (tmsize_t)got;
}

static tmsize_t write_nothing(thandle_t handle, void *from, tmsize_t count) {
  return (void)handle, (void)from, (void)count, 0;
}

static toff_t seek(thandle_t handle, toff_t offset, int whence) {
  file *f = handle;
  f->at = whence == SEEK_SET ? offset : whence == SEEK_CUR ? f->at + offset : f->size + offset;
  return f->at;
}

static int close_nothing(thandle_t handle) {
  return (void)handle, 0;
}

static toff_t size_of(thandle_t handle) {
  return ((file *)handle)->size;
}

/* The file is in memory as a whole. Read in pieces instead, libtiff 4.5 refuses
 * tiles whose size is no multiple of 1024. */
static int map_whole(thandle_t handle, void **base, toff_t *size) {
  file *f = handle;
  *base = (void *)f->data; /* which is only read */
  *size = f->size;
  return 1;
}

static void unmap_nothing(thandle_t handle, void *base, toff_t size) {
  (void)handle, (void)base, (void)size;
}

static int take_error(TIFF *tiff, void *data, const char *where, const char *format, va_list arguments) {
  (void)tiff, (void)where;
  pk_problem *problem = data;
  if (!problem->text[0]) g_vsnprintf(problem->text, sizeof problem->text, format, arguments);
  return 1;
}

static int ignore_warning(TIFF *tiff, void *data, const char *where, const char *format, va_list arguments) {
  return (void)tiff, (void)data, (void)where, (void)format, (void)arguments, 1;
}

static bool open_file(file *f, const uint8_t *data, size_t size, pk_problem *problem) {
  const tiff_table *lib = library();
  *f = (file){.data = data, .size = size, .problem = problem};
  problem->is_too_large = false;
  problem->text[0] = 0;
  TIFFOpenOptions *options = lib->options_alloc();
  lib->options_memory(options, MAX_MEMORY);
  lib->options_error(options, take_error, problem);
  lib->options_warning(options, ignore_warning, NULL);
  f->tiff = lib->open("art", "r", f, read_bytes, write_nothing, seek, close_nothing, size_of, map_whole, unmap_nothing,
                      options);
  lib->options_free(options);
  if (!f->tiff && !problem->text[0]) pk_problem_set(problem, "libtiff does not say why");
  return f->tiff != NULL;
}

/* ---- header -------------------------------------------------------------- */

typedef struct {
  uint32_t width, height;
  uint16_t bits, samples, photometric, planes, orientation, extra;
  bool has_alpha, is_premultiplied;
  int components;
} stored_form;

static bool read_form(const file *f, stored_form *out) {
  const tiff_table *lib = library();
  uint16_t count = 0, ink_set = INKSET_CMYK, *kinds = NULL;
  *out = (stored_form){.photometric = PHOTOMETRIC_MINISBLACK, .orientation = 1};
  if (!lib->field(f->tiff, TIFFTAG_IMAGEWIDTH, &out->width) ||
      !lib->field(f->tiff, TIFFTAG_IMAGELENGTH, &out->height) || out->width == 0 || out->height == 0) {
    pk_problem_set(f->problem, "it has no size");
    return false;
  }
  lib->field_defaulted(f->tiff, TIFFTAG_BITSPERSAMPLE, &out->bits);
  lib->field_defaulted(f->tiff, TIFFTAG_SAMPLESPERPIXEL, &out->samples);
  lib->field_defaulted(f->tiff, TIFFTAG_PLANARCONFIG, &out->planes);
  lib->field_defaulted(f->tiff, TIFFTAG_ORIENTATION, &out->orientation);
  lib->field_defaulted(f->tiff, TIFFTAG_INKSET, &ink_set);
  lib->field(f->tiff, TIFFTAG_PHOTOMETRIC, &out->photometric);
  if (lib->field(f->tiff, TIFFTAG_EXTRASAMPLES, &count, &kinds) && count > 0) {
    out->extra = count;
    out->has_alpha = kinds[0] == EXTRASAMPLE_ASSOCALPHA || kinds[0] == EXTRASAMPLE_UNASSALPHA;
    out->is_premultiplied = kinds[0] == EXTRASAMPLE_ASSOCALPHA;
  }
  bool is_grey = out->photometric == PHOTOMETRIC_MINISWHITE || out->photometric == PHOTOMETRIC_MINISBLACK;
  bool is_cmyk = out->photometric == PHOTOMETRIC_SEPARATED;
  out->components = is_grey ? 1 : is_cmyk ? 4 : 3;
  if (!is_cmyk || (ink_set == INKSET_CMYK && out->samples >= 4)) return true;
  pk_problem_set(f->problem, "it is separated into other inks than cyan, magenta, yellow and black");
  return false;
}

static void read_resolution(const file *f, pk_raster_head *head) {
  const tiff_table *lib = library();
  uint16_t unit = RESUNIT_INCH;
  float x = 0, y = 0;
  lib->field_defaulted(f->tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
  double inch = unit == RESUNIT_INCH ? 1 : unit == RESUNIT_CENTIMETER ? 2.54 : 0;
  bool has_both = lib->field(f->tiff, TIFFTAG_XRESOLUTION, &x) && lib->field(f->tiff, TIFFTAG_YRESOLUTION, &y);
  if (!has_both || !(x >= 1 && x <= 100000 && y >= 1 && y <= 100000)) return;
  head->dpi_x = x * inch;
  head->dpi_y = y * inch;
}

bool pk_tiff_head(const uint8_t *data, size_t size, pk_raster_head *head, pk_problem *problem) {
  file f;
  stored_form form;
  *head = (pk_raster_head){.orientation = 1};
  if (!open_file(&f, data, size, problem)) return false;
  bool ok = read_form(&f, &form);
  if (ok) {
    head->width = form.width;
    head->height = form.height;
    head->components = form.components;
    head->orientation = form.orientation >= 1 && form.orientation <= 8 ? form.orientation : 1;
    read_resolution(&f, head);
  }
  library()->close(f.tiff);
  return ok;
}

/* ---- pixels -------------------------------------------------------------- */

static uint8_t sample_at(const uint8_t *row, uint16_t bits, size_t index) {
  if (bits == 8) return row[index];
  if (bits == 1) return row[index / 8] >> (7 - index % 8) & 1 ? 255 : 0;
  uint16_t value;
  memcpy(&value, row + 2 * index, sizeof value); /* libtiff has put it into our order */
  return (uint8_t)((value * 255u + 32767) / 65535);
}

/* Whether rows can be taken as they are stored. */
static bool is_plain(const file *f, const stored_form *form) {
  bool is_bits =
      form->bits == 8 || form->bits == 16 || (form->bits == 1 && form->components == 1 && form->samples == 1);
  bool is_kind = form->photometric == PHOTOMETRIC_RGB || form->components != 3;
  return is_bits && is_kind && form->samples >= form->components && !library()->is_tiled(f->tiff);
}

/* Samples of one row that was read: all of them, or those of one plane. */
static void store_row(const stored_form *form, const uint8_t *row, uint32_t y, uint16_t plane, pk_raster *out) {
  size_t components = (size_t)form->components, at = (size_t)y * out->width;
  size_t step = form->planes == PLANARCONFIG_SEPARATE ? 1 : form->samples;
  for (size_t i = 0; i < step; i++) {
    size_t sample = plane + i;
    uint8_t *to = sample < components                  ? out->pixels + at * components + sample
                  : sample == components && out->alpha ? out->alpha + at
                                                       : NULL;
    size_t stride = sample < components ? components : 1;
    bool is_white_low = sample < components && form->photometric == PHOTOMETRIC_MINISWHITE;
    for (uint32_t x = 0; to && x < out->width; x++, to += stride) {
      uint8_t value = sample_at(row, form->bits, x * step + i);
      *to = is_white_low ? (uint8_t)~value : value;
    }
  }
}

static bool read_rows(const file *f, const stored_form *form, pk_raster *out) {
  const tiff_table *lib = library();
  tmsize_t size = lib->scanline_size(f->tiff);
  size_t samples = form->planes == PLANARCONFIG_SEPARATE ? 1 : form->samples;
  size_t need = ((size_t)form->width * samples * form->bits + 7) / 8;
  if (size <= 0 || (size_t)size < need) return false;
  g_autofree uint8_t *row = g_malloc0((size_t)size);
  uint16_t planes = form->planes == PLANARCONFIG_SEPARATE ? form->samples : 1;
  for (uint16_t plane = 0; plane < planes; plane++)
    for (uint32_t y = 0; y < form->height; y++) {
      if (lib->read_scanline(f->tiff, row, y, plane) != 1) return false;
      store_row(form, row, y, plane, out);
    }
  return true;
}

static void unmultiply(pk_raster *raster) {
  size_t count = pk_raster_pixels(raster), components = (size_t)raster->components;
  for (size_t i = 0; i < count; i++)
    for (size_t c = 0; c < components && raster->alpha[i]; c++) {
      uint8_t *value = &raster->pixels[i * components + c];
      *value = (uint8_t)MIN(255, (*value * 255u + raster->alpha[i] / 2u) / raster->alpha[i]);
    }
}

/* Through libtiff's own conversion; a stop at the first error. */
static bool read_as_rgb(const file *f, const stored_form *form, pk_raster *out) {
  g_autofree uint32_t *pixels = g_try_new(uint32_t, pk_raster_pixels(out));
  if (!pixels || !library()->read_rgba(f->tiff, form->width, form->height, pixels, form->orientation, 1)) return false;
  for (size_t i = 0; i < pk_raster_pixels(out); i++) {
    for (size_t c = 0; c < 3; c++) out->pixels[3 * i + c] = (uint8_t)(pixels[i] >> (8 * c));
    if (out->alpha) out->alpha[i] = (uint8_t)(pixels[i] >> 24);
  }
  return true;
}

static GBytes *copy_profile(const file *f) {
  uint32_t size = 0;
  void *profile = NULL;
  if (!library()->field(f->tiff, TIFFTAG_ICCPROFILE, &size, &profile) || size == 0 || size > MAX_PROFILE) return NULL;
  return g_bytes_new(profile, size);
}

static void drop_opaque_alpha(pk_raster *raster) {
  for (size_t i = 0; raster->alpha && i < pk_raster_pixels(raster); i++)
    if (raster->alpha[i] != 255) return;
  g_clear_pointer(&raster->alpha, g_free);
}

static bool read_picture(const file *f, pk_raster *out) {
  stored_form form;
  if (!read_form(f, &form)) return false;
  bool plain = is_plain(f, &form);
  if (!plain && form.components == 4) {
    pk_problem_set(f->problem, "CMYK in tiles or with %d bits is not read", form.bits);
    return false;
  }
  out->width = form.width;
  out->height = form.height;
  out->components = plain ? form.components : 3;
  bool has_alpha = form.has_alpha && (!plain || form.samples > form.components);
  size_t count = pk_raster_pixels(out);
  out->pixels = g_try_malloc0(count * (size_t)out->components);
  if (has_alpha) out->alpha = g_try_malloc0(count);
  if (!out->pixels || (has_alpha && !out->alpha)) {
    pk_problem_set(f->problem, "there is no memory for it");
    return false;
  }
  if (!(plain ? read_rows(f, &form, out) : read_as_rgb(f, &form, out))) return false;
  if (out->alpha && (form.is_premultiplied || !plain) && out->components != 4) unmultiply(out);
  drop_opaque_alpha(out);
  out->icc = copy_profile(f);
  return true;
}

bool pk_tiff_decode(const uint8_t *data, size_t size, pk_raster *out, pk_problem *problem) {
  file f;
  memset(out, 0, sizeof *out);
  if (!open_file(&f, data, size, problem)) return false;
  bool ok = read_picture(&f, out);
  if (!ok && !problem->text[0]) pk_problem_set(problem, "its rows cannot be read");
  library()->close(f.tiff);
  if (ok)
    problem->text[0] = 0;
  else
    pk_raster_drop(out);
  return ok;
}
