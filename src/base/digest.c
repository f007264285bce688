/* XXH3, 128 bits, by the header of libxxhash: Collet, "xxHash", github.com/Cyan4973/xxHash.
 * A thousand documents are looked up in the time that SHA-256 takes for ten. */
#include "base/digest.h"

#include <glib.h>
#include <stdalign.h>
#include <stdio.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

pk_digest pk_digest_of(const void *data, size_t size) {
  XXH128_hash_t hash = XXH3_128bits(data, size);
  return (pk_digest){hash.high64, hash.low64};
}

struct pk_digester {
  XXH3_state_t state;
};

pk_digester *pk_digester_new(void) {
  pk_digester *digester = g_aligned_alloc(1, sizeof *digester, alignof(XXH3_state_t));
  XXH3_128bits_reset(&digester->state);
  return digester;
}

void pk_digester_add(pk_digester *digester, const void *data, size_t size) {
  XXH3_128bits_update(&digester->state, data, size);
}

void pk_digester_add_text(pk_digester *digester, const char *text) {
  size_t size = text ? strlen(text) : SIZE_MAX;
  pk_digester_add(digester, &size, sizeof size);
  if (text) pk_digester_add(digester, text, size);
}

pk_digest pk_digester_end(pk_digester *digester) {
  XXH128_hash_t hash = XXH3_128bits_digest(&digester->state);
  g_aligned_free(digester);
  return (pk_digest){hash.high64, hash.low64};
}

void pk_digest_print(pk_digest digest, char out[PK_DIGEST_HEX + 1]) {
  snprintf(out, PK_DIGEST_HEX + 1, "%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x", digest.high, digest.low);
}

static bool parse_half(const char *text, uint64_t *out) {
  *out = 0;
  for (int i = 0; i < PK_DIGEST_HEX / 2; i++) {
    int digit = g_ascii_xdigit_value(text[i]);
    if (digit < 0) return false;
    *out = *out << 4 | (uint64_t)digit;
  }
  return true;
}

bool pk_digest_parse(const char *text, pk_digest *out) {
  return parse_half(text, &out->high) && parse_half(text + PK_DIGEST_HEX / 2, &out->low);
}
