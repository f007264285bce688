/* Pictures embedded in an SVG as `data:` addresses (RFC 2397, base64).
 *
 * In:  the text of an SVG. Out: whether their headers keep the limits.
 * Only as much is decoded as a header can need. What is no JPEG or PNG is left
 * to librsvg, which knows those two and SVG. */
#include "art/embedded.h"

#include <string.h>

#include "art/art.h"
#include "art/jpeg.h"
#include "art/png.h"

/* Cairo's own limit on a side, and 400 MB of memory once decoded. */
enum { MAX_SIDE = 32767, MAX_PIXELS = 100 * 1000 * 1000 };

static bool is_base64(uint8_t c) {
  return g_ascii_isalnum(c) || c == '+' || c == '/' || c == '=';
}

/* Decodes base64 up to what is neither that nor a space or its XML escape. */
static GByteArray *decode(const uint8_t *at, const uint8_t *end) {
  GByteArray *bytes = g_byte_array_new();
  gint state = 0;
  guint save = 0;
  while (at < end) {
    const uint8_t *run = at;
    while (run < end && is_base64(*run)) run++;
    if (run > at) {
      guint before = bytes->len;
      g_byte_array_set_size(bytes, before + (guint)((run - at) / 4 * 3 + 6));
      gsize got = g_base64_decode_step((const gchar *)at, (gsize)(run - at), bytes->data + before, &state, &save);
      g_byte_array_set_size(bytes, before + (guint)got);
    }
    at = run;
    if (at < end && g_ascii_isspace(*at)) {
      at++;
      continue;
    }
    const uint8_t *semicolon = at < end && *at == '&' ? memchr(at, ';', (size_t)MIN(end - at, 8)) : NULL;
    if (!semicolon) break;
    at = semicolon + 1;
  }
  return bytes;
}

static bool check_picture(const GByteArray *bytes, pk_problem *problem) {
  pk_raster_head head = {0};
  pk_problem ignored = {0};
  if (pk_png_is(bytes->data, bytes->len))
    pk_png_head(bytes->data, bytes->len, &head, &ignored);
  else if (pk_jpeg_is(bytes->data, bytes->len))
    pk_jpeg_head(bytes->data, bytes->len, &head, &ignored);
  if (head.width <= MAX_SIDE && head.height <= MAX_SIDE && (size_t)head.width * head.height <= MAX_PIXELS) return true;
  problem->is_too_large = true;
  pk_problem_set(problem, "a picture inside it has %u × %u pixels", head.width, head.height);
  return false;
}

bool pk_embedded_check(const uint8_t *data, size_t size, pk_problem *problem) {
  static const char mark[] = ";base64,";
  const uint8_t *at = data, *end = data + size;
  while ((at = memmem(at, (size_t)(end - at), mark, sizeof mark - 1))) {
    at += sizeof mark - 1;
    GByteArray *bytes = decode(at, end);
    bool ok = check_picture(bytes, problem);
    g_byte_array_unref(bytes);
    if (!ok) return false;
  }
  return true;
}
