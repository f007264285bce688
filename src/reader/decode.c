/* Streams of others, decoded within a limit.
 *
 * In:  a stream and its filters. Out: its bytes.
 *
 * libqpdf decodes; it knows no limit, and a hundred kilobytes can stand for
 * gigabytes. So filters are taken one at a time, and what a step would come to is
 * measured first: by zlib into a window that is thrown away, by the lengths of
 * the codes for LZW, by its greatest growth for the rest. */
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "reader/reader.h"

enum { MAX_FILTERS = 8, WINDOW = 64 * 1024, RUN_LENGTH_GROWTH = 64 };

/* ---- how much it would be ------------------------------------------------ */

static size_t measure_flate(const uint8_t *data, size_t size, size_t limit) {
  g_autofree uint8_t *window = g_malloc(WINDOW);
  z_stream z = {.next_in = (Bytef *)data, .avail_in = (uInt)MIN(size, UINT32_MAX)};
  if (inflateInit(&z) != Z_OK) return limit + 1;
  size_t total = 0;
  int code = Z_OK;
  while (code == Z_OK && total <= limit) {
    z.next_out = window;
    z.avail_out = WINDOW;
    code = inflate(&z, Z_NO_FLUSH);
    total += WINDOW - z.avail_out;
    if (z.avail_out == WINDOW && z.avail_in == 0) break;
  }
  inflateEnd(&z);
  return total;
}

/* Codes of 9 to 12 bits; code n stands for what the code before it stood for and
 * one byte more. */
static size_t measure_lzw(const uint8_t *data, size_t size, size_t limit, unsigned early) {
  enum { CLEAR = 256, END = 257, FIRST = 258, CODES = 4096 };
  g_autofree uint32_t *lengths = g_new(uint32_t, CODES);
  for (int i = 0; i < FIRST; i++) lengths[i] = 1;
  size_t total = 0, bit = 0, bits = size * 8;
  uint32_t next = FIRST, width = 9, before = 0;
  while (bit + width <= bits && total <= limit) {
    uint32_t code = 0;
    for (uint32_t i = 0; i < width; i++, bit++) code = code << 1 | ((data[bit / 8] >> (7 - bit % 8)) & 1);
    if (code == END) break;
    if (code == CLEAR) {
      next = FIRST;
      width = 9;
      before = 0;
      continue;
    }
    if (before && next < CODES) lengths[next++] = before + 1;
    if (code >= next) break; /* broken: libqpdf says so */
    before = lengths[code];
    total += before;
    if (next + early >= 2048)
      width = 12;
    else if (next + early >= 1024)
      width = 11;
    else if (next + early >= 512)
      width = 10;
  }
  return total;
}

static unsigned early_change(qpdf_data qpdf, qpdf_oh parameters) {
  qpdf_oh early = qpdf_oh_get_key_if_dict(qpdf, parameters, "/EarlyChange");
  return qpdf_oh_is_integer(qpdf, early) && qpdf_oh_get_int_value(qpdf, early) == 0 ? 0 : 1;
}

typedef enum { FILTER_FLATE, FILTER_LZW, FILTER_SHRINKING, FILTER_RUN_LENGTH, FILTER_IMAGE } filter_kind;

static filter_kind kind_of(const char *name) {
  static const struct {
    const char *name;
    filter_kind kind;
  } kinds[] = {
      {"/FlateDecode", FILTER_FLATE},
      {"/Fl", FILTER_FLATE},
      {"/LZWDecode", FILTER_LZW},
      {"/LZW", FILTER_LZW},
      {"/ASCII85Decode", FILTER_SHRINKING},
      {"/A85", FILTER_SHRINKING},
      {"/ASCIIHexDecode", FILTER_SHRINKING},
      {"/AHx", FILTER_SHRINKING},
      {"/RunLengthDecode", FILTER_RUN_LENGTH},
      {"/RL", FILTER_RUN_LENGTH},
      {"/Crypt", FILTER_SHRINKING},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
    if (strcmp(kinds[i].name, name) == 0) return kinds[i].kind;
  return FILTER_IMAGE;
}

/* ---- step by step -------------------------------------------------------- */

static qpdf_oh item_or_self(qpdf_data qpdf, qpdf_oh object, int number) {
  if (qpdf_oh_is_array(qpdf, object)) {
    if (number < qpdf_oh_get_array_n_items(qpdf, object)) return qpdf_oh_get_array_item(qpdf, object, number);
    return qpdf_oh_new_null(qpdf);
  }
  return number == 0 ? qpdf_oh_new_object(qpdf, object) : qpdf_oh_new_null(qpdf);
}

/* The common case, without an object of libqpdf: those are never given back. */
static bool inflate_plain(qpdf_data qpdf, qpdf_oh parameters, size_t limit, GString *data) {
  if (!qpdf_oh_is_null(qpdf, parameters)) return false;
  z_stream z = {.next_in = (Bytef *)data->str, .avail_in = (uInt)MIN(data->len, UINT32_MAX)};
  if (inflateInit(&z) != Z_OK) return false;
  GString *out = g_string_sized_new(MIN(data->len * 4 + 64, limit));
  int code = Z_OK;
  while (code == Z_OK && out->len <= limit) {
    char window[WINDOW / 4];
    z.next_out = (Bytef *)window;
    z.avail_out = sizeof window;
    code = inflate(&z, Z_NO_FLUSH);
    g_string_append_len(out, window, (gssize)(sizeof window - z.avail_out));
  }
  inflateEnd(&z);
  bool is_whole = code == Z_STREAM_END && out->len <= limit;
  if (is_whole) {
    g_string_truncate(data, 0);
    g_string_append_len(data, out->str, (gssize)out->len);
  }
  g_string_free(out, TRUE);
  return is_whole;
}

/* One filter over `data`, by libqpdf, on a stream made for it. */
static pk_decode apply(qpdf_data qpdf, qpdf_oh filter, qpdf_oh parameters, GString *data) {
  qpdf_oh stream = qpdf_oh_new_stream(qpdf);
  qpdf_oh_replace_stream_data(qpdf, stream, (const unsigned char *)data->str, data->len, filter, parameters);
  unsigned char *decoded = NULL;
  size_t size = 0;
  QPDF_BOOL filtered = QPDF_FALSE;
  QPDF_ERROR_CODE code = qpdf_oh_get_stream_data(qpdf, stream, qpdf_dl_specialized, &filtered, &decoded, &size);
  bool is_fine = !(code & QPDF_ERRORS) && filtered;
  if (is_fine) {
    g_string_truncate(data, 0);
    g_string_append_len(data, (const char *)decoded, (gssize)size);
  }
  free(decoded);
  qpdf_oh_release(qpdf, stream);
  return is_fine ? PK_DECODE_OK : PK_DECODE_BROKEN;
}

static pk_decode step(qpdf_data qpdf, qpdf_oh filter, qpdf_oh parameters, size_t limit, GString *data) {
  filter_kind kind = qpdf_oh_is_name(qpdf, filter) ? kind_of(qpdf_oh_get_name(qpdf, filter)) : FILTER_IMAGE;
  const uint8_t *bytes = (const uint8_t *)data->str;
  size_t size = data->len;
  if (kind == FILTER_FLATE && inflate_plain(qpdf, parameters, limit, data)) return PK_DECODE_OK;
  switch (kind) {
  case FILTER_IMAGE: return PK_DECODE_IMAGE;
  case FILTER_FLATE: size = measure_flate(bytes, size, limit); break;
  case FILTER_LZW: size = measure_lzw(bytes, size, limit, early_change(qpdf, parameters)); break;
  case FILTER_RUN_LENGTH: size *= RUN_LENGTH_GROWTH; break;
  case FILTER_SHRINKING: break;
  }
  return size > limit ? PK_DECODE_TOO_LARGE : apply(qpdf, filter, parameters, data);
}

static pk_decode raw_data(qpdf_data qpdf, qpdf_oh stream, size_t limit, GString *data) {
  unsigned char *raw = NULL;
  size_t size = 0;
  QPDF_BOOL filtered = QPDF_FALSE;
  QPDF_ERROR_CODE code = qpdf_oh_get_stream_data(qpdf, stream, qpdf_dl_none, &filtered, &raw, &size);
  pk_decode result = code & QPDF_ERRORS ? PK_DECODE_BROKEN : size > limit ? PK_DECODE_TOO_LARGE : PK_DECODE_OK;
  if (result == PK_DECODE_OK) g_string_append_len(data, (const char *)raw, (gssize)size);
  free(raw);
  return result;
}

pk_decode pk_reader_decode(qpdf_data qpdf, qpdf_oh stream, size_t limit, GString *out) {
  if (!qpdf_oh_is_stream(qpdf, stream)) return PK_DECODE_BROKEN;
  qpdf_oh dict = qpdf_oh_get_dict(qpdf, stream);
  qpdf_oh filters = qpdf_oh_get_key(qpdf, dict, "/Filter"), all = qpdf_oh_get_key(qpdf, dict, "/DecodeParms");
  int count = qpdf_oh_is_array(qpdf, filters)  ? qpdf_oh_get_array_n_items(qpdf, filters)
              : qpdf_oh_is_null(qpdf, filters) ? 0
                                               : 1;
  g_autoptr(GString) data = g_string_new(NULL);
  pk_decode result = count > MAX_FILTERS ? PK_DECODE_TOO_LARGE : raw_data(qpdf, stream, limit, data);
  for (int i = 0; i < count && result == PK_DECODE_OK; i++)
    result = step(qpdf, item_or_self(qpdf, filters, i), item_or_self(qpdf, all, i), limit, data);
  if (result == PK_DECODE_OK) g_string_append_len(out, data->str, (gssize)data->len);
  return result;
}
