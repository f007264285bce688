/* Digests by which presskit knows again what it has seen: 128 bits, quick, not
 * for keeping secrets. */
#ifndef PK_DIGEST_H
#define PK_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint64_t high, low;
} pk_digest;

enum { PK_DIGEST_HEX = 32 };

pk_digest pk_digest_of(const void *data, size_t size);

/* 32 digits and a NUL to `out`; the digest of such digits, false if they are none. */
void pk_digest_print(pk_digest digest, char out[PK_DIGEST_HEX + 1]);
bool pk_digest_parse(const char *text, pk_digest *out);

static inline bool pk_digest_equal(pk_digest a, pk_digest b) {
  return a.high == b.high && a.low == b.low;
}

/* ---- digests of several things --------------------------------------------- */

/* Adds up what a key is made of. */
typedef struct pk_digester pk_digester;
pk_digester *pk_digester_new(void);
void pk_digester_add(pk_digester *digester, const void *data, size_t size);

/* A text with its length, so that two texts are not taken for two others. NULL is
 * a text of its own. */
void pk_digester_add_text(pk_digester *digester, const char *text);

/* The digest of all that was added. Frees the digester. */
pk_digest pk_digester_end(pk_digester *digester);

#endif
