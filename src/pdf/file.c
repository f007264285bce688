/* Objects and file by libqpdf, streams compressed by libdeflate.
 *
 * libqpdf is told to compress what comes uncompressed (its own object and
 * cross-reference streams) and to decode nothing, so that streams which arrive
 * in a filter are written byte for byte; metadata it leaves plain by itself. */
#include "pdf/file.h"

#include <string.h>

#include "base/cache.h"

/* On pages of text level 4 makes files 2.4 % larger and
 * takes hardly less time, 9 saves nothing, 12 saves 5 % and takes eight times as
 * long. */
enum { COMPRESSION_LEVEL = 6 };

static const pk_pdf_traits screen_traits = {.version = "1.7",
                                            .has_object_streams = true,
                                            .has_xmp = true,
                                            .has_transparency = true,
                                            .has_links = true,
                                            .is_tagged = true};
static const pk_pdf_traits office_traits = {
    .version = "1.7", .has_object_streams = true, .has_xmp = true, .has_transparency = true, .has_grey = true};

static const pk_pdf_traits press_traits[PK_STANDARD_COUNT] = {
    [PK_STANDARD_X_4] =
        {.version = "1.6", .has_object_streams = true, .has_xmp = true, .has_transparency = true, .is_cmyk = true},
    [PK_STANDARD_X_1A_2003] = {.version = "1.4", .has_xmp = true, .has_cid_set = true, .is_cmyk = true},
    [PK_STANDARD_X_3_2002] = {.version = "1.3", .has_cid_set = true, .is_cmyk = true},
    [PK_STANDARD_NONE] =
        {.version = "1.6", .has_object_streams = true, .has_xmp = true, .has_transparency = true, .is_cmyk = true},
};

const pk_pdf_traits *pk_pdf_traits_of(pk_edition edition, pk_standard standard) {
  if (edition == PK_EDITION_SCREEN) return &screen_traits;
  return edition == PK_EDITION_OFFICE ? &office_traits : &press_traits[standard];
}

/* Of a press nobody told us about. */
static const pk_printer any_printer = {
    .standard = PK_STANDARD_NONE, .black = {.overprints = true, .rich = {0, 0, 0, 1}}, .spots = PK_SPOTS_KEEP};

/* A worker's packer is made once: its tables are most of a megabyte. */
static void choose_packer(pk_pdf_file *file) {
  pk_worker *worker = file->job->worker;
  if (!worker)
    file->packer = file->own_packer = pk_packer_new(COMPRESSION_LEVEL);
  else if (!(file->packer = worker->packer))
    file->packer = worker->packer = pk_packer_new(COMPRESSION_LEVEL);
}

pk_pdf_file *pk_pdf_file_new(pk_job *job, const pk_list *list, const pk_pdf_options *options) {
  pk_pdf_file *file = g_new0(pk_pdf_file, 1);
  file->job = job;
  file->list = list;
  file->options = options;
  file->printer = options->printer ? options->printer : &any_printer;
  bool is_for_press = options->edition == PK_EDITION_PRESS || options->edition == PK_EDITION_PROOF;
  file->standard = is_for_press ? file->printer->standard : PK_STANDARD_NONE;
  file->traits = pk_pdf_traits_of(options->edition, file->standard);
  choose_packer(file);
  file->qpdf = qpdf_init();
  qpdf_silence_errors(file->qpdf);
  qpdf_set_suppress_warnings(file->qpdf, QPDF_TRUE);
  qpdf_empty_pdf(file->qpdf);
  if (pk_pdf_file_check(file) != PK_OK) {
    pk_pdf_file_drop(file);
    return NULL;
  }
  return file;
}

void pk_pdf_file_drop(pk_pdf_file *file) {
  if (!file) return;
  qpdf_cleanup(&file->qpdf);
  pk_packer_drop(file->own_packer);
  g_free(file);
}

pk_status pk_pdf_file_check(pk_pdf_file *file) {
  qpdf_error error = NULL;
  if (qpdf_has_error(file->qpdf))
    error = qpdf_get_error(file->qpdf);
  else if (qpdf_more_warnings(file->qpdf))
    error = qpdf_next_warning(file->qpdf);
  if (!error) return PK_OK;
  pk_diagnostic *diagnostic =
      pk_diag_add(file->job->diag, PK_CODE_PDF_FAILED, PK_SPAN_NONE, "the PDF cannot be made: %s",
                  qpdf_get_error_message_detail(file->qpdf, error));
  pk_diag_hint(file->job->diag, diagnostic,
               "render the article without its pictures to see whether one of them is at fault");
  return PK_FAILED;
}

/* libqpdf's fixed identifier, as it writes it. */
static const char fixed_id[] = "/ID [<31415926535897932384626433832795><31415926535897932384626433832795>]";
enum { ID_HEX = 32, ID_FIRST = 6, ID_SECOND = ID_FIRST + ID_HEX + 2 };

/* Where the last cross references begin, with the trailer in or behind them. */
static size_t find_trailer(const uint8_t *data, size_t size) {
  static const char word[] = "startxref\n";
  enum { TAIL = 64 };
  const uint8_t *tail = data + (size > TAIL ? size - TAIL : 0);
  const uint8_t *found = memmem(tail, (size_t)(data + size - tail), word, sizeof word - 1);
  guint64 at = found ? g_ascii_strtoull((const char *)found + sizeof word - 1, NULL, 10) : 0;
  return at < size ? (size_t)at : 0;
}

/* Names the file by its content, in both halves since it is new. libqpdf would do
 * that too, but with GnuTLS, and to open that costs a start of the process more
 * than all of its pages' hashes. */
static void identify(uint8_t *data, size_t size) {
  size_t from = find_trailer(data, size);
  uint8_t *found = memmem(data + from, size - from, fixed_id, sizeof fixed_id - 1);
  if (!found) return;
  char digest[PK_DIGEST_HEX + 1];
  G_STATIC_ASSERT((int)ID_HEX == (int)PK_DIGEST_HEX);
  pk_digest_print(pk_digest_of(data, size), digest);
  memcpy(found + ID_FIRST, digest, ID_HEX);
  memcpy(found + ID_SECOND, digest, ID_HEX);
}

pk_status pk_pdf_file_write(pk_pdf_file *file, const uint8_t **data, size_t *size) {
  qpdf_data qpdf = file->qpdf;
  if (pk_pdf_file_check(file) != PK_OK) return PK_FAILED;
  qpdf_init_write_memory(qpdf);
  qpdf_set_object_stream_mode(qpdf, file->traits->has_object_streams ? qpdf_o_generate : qpdf_o_disable);
  qpdf_set_compress_streams(qpdf, QPDF_TRUE);
  qpdf_set_decode_level(qpdf, qpdf_dl_none);
  qpdf_set_preserve_encryption(qpdf, QPDF_FALSE);
  qpdf_force_pdf_version(qpdf, file->traits->version);
  qpdf_set_static_ID(qpdf, QPDF_TRUE); /* see identify() */
  /* PDF/A wants the line end before "endstream" (ISO 19005-2, 6.1.7.1). */
  qpdf_set_newline_before_endstream(qpdf, file->traits->is_tagged ? QPDF_TRUE : QPDF_FALSE);
  qpdf_write(qpdf);
  if (pk_pdf_file_check(file) != PK_OK) return PK_FAILED;
  size_t length = qpdf_get_buffer_length(qpdf);
  const unsigned char *buffer = qpdf_get_buffer(qpdf);
  if (pk_pdf_file_check(file) != PK_OK) return PK_FAILED;
  uint8_t *copy = pk_arena_dup(file->job->arena, buffer, length);
  identify(copy, length);
  *data = copy;
  *size = length;
  return PK_OK;
}

/* ---- objects ------------------------------------------------------------- */

/* libqpdf keeps what a number looks like and writes that. */
qpdf_oh pk_pdf_raw(pk_pdf_file *file, const char *syntax) {
  return qpdf_oh_new_real_from_string(file->qpdf, syntax);
}

qpdf_oh pk_pdf_parse(pk_pdf_file *file, const char *syntax) {
  return qpdf_oh_parse(file->qpdf, syntax);
}

qpdf_oh pk_pdf_parsef(pk_pdf_file *file, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *syntax = g_strdup_vprintf(format, args);
  va_end(args);
  return pk_pdf_parse(file, syntax);
}

qpdf_oh pk_pdf_indirect(pk_pdf_file *file, qpdf_oh direct) {
  qpdf_oh indirect = qpdf_make_indirect_object(file->qpdf, direct);
  qpdf_oh_release(file->qpdf, direct);
  return indirect;
}

void pk_pdf_set(pk_pdf_file *file, qpdf_oh dict, const char *key, qpdf_oh value) {
  qpdf_oh_replace_key(file->qpdf, dict, key, value);
  qpdf_oh_release(file->qpdf, value);
}

void pk_pdf_set_raw(pk_pdf_file *file, qpdf_oh dict, const char *key, const char *syntax) {
  pk_pdf_set(file, dict, key, pk_pdf_raw(file, syntax));
}

void pk_pdf_append(pk_pdf_file *file, qpdf_oh array, qpdf_oh value) {
  qpdf_oh_append_item(file->qpdf, array, value);
  qpdf_oh_release(file->qpdf, value);
}

void pk_pdf_set_ref(pk_pdf_file *file, qpdf_oh dict, const char *key, qpdf_oh value) {
  qpdf_oh_replace_key(file->qpdf, dict, key, value);
}

void pk_pdf_set_text(pk_pdf_file *file, qpdf_oh dict, const char *key, const char *text) {
  if (text) pk_pdf_set(file, dict, key, qpdf_oh_new_unicode_string(file->qpdf, text));
}

void pk_pdf_release(pk_pdf_file *file, qpdf_oh handle) {
  qpdf_oh_release(file->qpdf, handle);
}

/* ---- streams ------------------------------------------------------------- */

const uint8_t *pk_pdf_pack(pk_pdf_file *file, const void *data, size_t size, size_t *packed_size) {
  return pk_packer_pack(file->packer, data, size, packed_size);
}

/* FNV-1a over words of eight bytes, with two offsets. */
static void add_to_digest(pk_pdf_file *file, const uint8_t *packed, size_t length) {
  for (size_t at = 0; at + 8 <= length; at += 8) {
    uint64_t word;
    memcpy(&word, packed + at, 8);
    file->digest[0] = (file->digest[0] ^ GUINT64_FROM_LE(word)) * 0x100000001b3u;
  }
  file->digest[1] = (file->digest[1] ^ file->digest[0] ^ length) * 0x9e3779b97f4a7c15u;
}

static qpdf_oh new_stream(pk_pdf_file *file, const char *dict_syntax) {
  qpdf_oh stream = qpdf_oh_new_stream(file->qpdf);
  if (!dict_syntax) return stream;
  qpdf_oh dict = qpdf_oh_get_dict(file->qpdf, stream), extra = pk_pdf_parse(file, dict_syntax);
  qpdf_oh_begin_dict_key_iter(file->qpdf, extra);
  while (qpdf_oh_dict_more_keys(file->qpdf)) {
    const char *key = qpdf_oh_dict_next_key(file->qpdf);
    pk_pdf_set(file, dict, key, qpdf_oh_get_key(file->qpdf, extra, key));
  }
  qpdf_oh_release(file->qpdf, extra);
  qpdf_oh_release(file->qpdf, dict);
  return stream;
}

static void replace_raw(qpdf_data qpdf, qpdf_oh stream, const void *data, size_t size, const char *filter) {
  /* What is not initialised leaves the key of the dictionary as it is. */
  qpdf_oh name = filter ? qpdf_oh_new_name(qpdf, filter) : qpdf_oh_new_uninitialized(qpdf);
  qpdf_oh none = qpdf_oh_new_uninitialized(qpdf);
  qpdf_oh_replace_stream_data(qpdf, stream, data, size, name, none);
  qpdf_oh_release(qpdf, name);
  qpdf_oh_release(qpdf, none);
}

void pk_pdf_replace_data(pk_pdf_file *file, qpdf_data qpdf, qpdf_oh stream, const void *data, size_t size) {
  size_t length;
  const uint8_t *packed = pk_pdf_pack(file, data, size, &length);
  add_to_digest(file, packed, length);
  replace_raw(qpdf, stream, packed, length, "/FlateDecode");
}

struct pk_store *pk_pdf_file_store(const pk_pdf_file *file) {
  return file->job->worker ? file->job->worker->store : NULL;
}

qpdf_oh pk_pdf_stream_packed(pk_pdf_file *file, const char *dict_syntax, const uint8_t *packed, size_t size) {
  add_to_digest(file, packed, size);
  return pk_pdf_stream_raw(file, dict_syntax, packed, size, "/FlateDecode");
}

qpdf_oh pk_pdf_stream(pk_pdf_file *file, const char *dict_syntax, const void *data, size_t size) {
  qpdf_oh stream = new_stream(file, dict_syntax);
  pk_pdf_replace_data(file, file->qpdf, stream, data, size);
  return stream;
}

typedef struct {
  pk_pdf_file *file;
  const void *data;
  size_t size;
} to_pack;

static GBytes *pack_bytes(gpointer data) {
  const to_pack *what = data;
  size_t length;
  const uint8_t *packed = pk_pdf_pack(what->file, what->data, what->size, &length);
  return g_bytes_new(packed, length);
}

qpdf_oh pk_pdf_stream_kept(pk_pdf_file *file, const char *dict_syntax, const void *data, size_t size) {
  to_pack what = {file, data, size};
  pk_digest key = pk_digest_of(data, size);
  key.low ^= COMPRESSION_LEVEL;
  pk_cache *cache = file->job->worker ? file->job->worker->cache : NULL;
  g_autoptr(GBytes) packed = pk_cache_bytes(cache, key, pack_bytes, &what);
  gsize length;
  const uint8_t *bytes = g_bytes_get_data(packed, &length);
  add_to_digest(file, bytes, length);
  return pk_pdf_stream_raw(file, dict_syntax, bytes, length, "/FlateDecode");
}

qpdf_oh pk_pdf_stream_raw(pk_pdf_file *file, const char *dict_syntax, const void *data, size_t size,
                          const char *filter) {
  qpdf_oh stream = new_stream(file, dict_syntax);
  replace_raw(file->qpdf, stream, data, size, filter);
  return stream;
}
