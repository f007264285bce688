/* The header and the texts of an ICC profile (ICC.1:2001-04 and ICC.1:2010). */
#include "pdf/icc.h"

#include <string.h>

enum { HEADER = 128, TAG_ENTRY = 12, MOST_TAGS = 200, MOST_TEXT = 1000 };

static uint32_t word_at(const uint8_t *data, size_t at) {
  return (uint32_t)data[at] << 24 | (uint32_t)data[at + 1] << 16 | (uint32_t)data[at + 2] << 8 | data[at + 3];
}

static bool is_name(const uint8_t *data, size_t at, const char *name) {
  return memcmp(data + at, name, 4) == 0;
}

bool pk_icc_read(const uint8_t *data, size_t size, pk_icc *out) {
  if (size < HEADER + 4 || !is_name(data, 36, "acsp") || word_at(data, 0) > size) return false;
  *out = (pk_icc){.version = data[8], .is_press = is_name(data, 12, "prtr") && is_name(data, 16, "CMYK")};
  return true;
}

/* Text of one of the three types that profiles use; the first language of several. */
static char *text_of(const uint8_t *tag, size_t size) {
  if (size < 12) return NULL;
  if (is_name(tag, 0, "text")) return g_strndup((const char *)tag + 8, MIN(size - 8, MOST_TEXT));
  if (is_name(tag, 0, "desc")) {
    size_t length = word_at(tag, 8);
    return length <= size - 12 ? g_strndup((const char *)tag + 12, MIN(length, MOST_TEXT)) : NULL;
  }
  if (!is_name(tag, 0, "mluc") || size < 28 || word_at(tag, 8) == 0) return NULL;
  size_t length = word_at(tag, 20), offset = word_at(tag, 24);
  if (offset > size || length > size - offset) return NULL;
  GString *text = g_string_new(NULL);
  for (size_t i = 0; i + 1 < MIN(length, MOST_TEXT); i += 2)
    if (tag[offset + i] == 0 && tag[offset + i + 1]) g_string_append_c(text, (char)tag[offset + i + 1]);
  return g_string_free(text, FALSE);
}

/* Only what prints in ASCII. */
static char *plain(char *text) {
  char *to = text;
  for (const char *at = text; at && *at; at++)
    if (g_ascii_isprint(*at)) *to++ = *at;
  if (text) *to = 0;
  return text ? g_strstrip(text) : NULL;
}

char *pk_icc_text(const uint8_t *data, size_t size, const char *name) {
  size_t count = MIN(word_at(data, HEADER), MOST_TAGS);
  for (size_t i = 0; i < count && HEADER + 4 + (i + 1) * TAG_ENTRY <= size; i++) {
    size_t entry = HEADER + 4 + i * TAG_ENTRY, offset = word_at(data, entry + 4), length = word_at(data, entry + 8);
    if (!is_name(data, entry, name)) continue;
    return offset <= size && length <= size - offset ? plain(text_of(data + offset, length)) : NULL;
  }
  return NULL;
}
