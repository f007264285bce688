/* How much a file unpacks into while it is only opened.
 *
 * In:  its bytes. Out: whether the streams that libqpdf reads by itself keep
 *      within the limit.
 *
 * Those are the object streams and cross-reference streams. They are looked for
 * by their words, whatever tables say: "/ObjStm" or "/XRef" near before
 * "stream". Taking one too many costs nothing but the time to inflate it. */
#include <string.h>
#include <zlib.h>

#include "reader/page.h"

enum { WINDOW = 64 * 1024, LOOK_BACK = 4096 };

/* How much `data` inflates to; no more than `limit` and a window. */
static size_t inflated(const uint8_t *data, size_t size, size_t limit, uint8_t *window) {
  z_stream z = {.next_in = (Bytef *)data, .avail_in = (uInt)MIN(size, UINT32_MAX)};
  if (inflateInit(&z) != Z_OK) return 0;
  size_t total = 0;
  int code = Z_OK;
  while (code == Z_OK && total <= limit) {
    z.next_out = window;
    z.avail_out = WINDOW;
    code = inflate(&z, Z_NO_FLUSH);
    total += WINDOW - z.avail_out;
  }
  inflateEnd(&z);
  return total;
}

/* Whether one of the words stands in the dictionary before `at`. */
static bool is_unpacked_at_once(const uint8_t *data, size_t at) {
  size_t start = at > LOOK_BACK ? at - LOOK_BACK : 0;
  for (const uint8_t *end; (end = memmem(data + start, at - start, "endobj", 6));) start = (size_t)(end - data) + 6;
  const uint8_t *from = data + start;
  size_t size = at - start;
  /* A name may be spelt with #XX, so that no word would be found. */
  return memmem(from, size, "ObjStm", 6) || memmem(from, size, "XRef", 4) || memchr(from, '#', size);
}

bool pk_reader_is_bounded(const uint8_t *data, size_t size) {
  static const char word[] = "stream";
  g_autofree uint8_t *window = g_malloc(WINDOW);
  const uint8_t *at = data, *end = data + size;
  size_t total = 0;
  while ((at = memmem(at, (size_t)(end - at), word, sizeof word - 1))) {
    bool is_end = at - data >= 3 && memcmp(at - 3, "end", 3) == 0;
    const uint8_t *start = at;
    at += sizeof word - 1;
    if (is_end || !is_unpacked_at_once(data, (size_t)(start - data))) continue;
    const uint8_t *body = at;
    while (body < end && (*body == '\r' || *body == '\n') && body - at < 2) body++;
    total += inflated(body, (size_t)(end - body), PK_READER_MAX_STREAM - MIN(total, PK_READER_MAX_STREAM), window);
    if (total > PK_READER_MAX_STREAM) return false;
  }
  return true;
}
