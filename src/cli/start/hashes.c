/* GnuTLS's hashes by GLib, for libqpdf.
 *
 * In:  what libqpdf's archive calls: MD5 of each object stream, whether the file
 *      is encrypted or not. Out: the digest.
 *
 * To open GnuTLS with its seven libraries takes longer than to set a page, and
 * no other hash is ever wanted. Its ciphers are opened if a picture is an
 * encrypted PDF (see cmake/link.cmake). Signatures and numbers are those of
 * gnutls/crypto.h, which cannot change without a new name of the library. */
#include <glib.h>

enum { DIGEST_MD5 = 2, DIGEST_SHA1 = 3, DIGEST_SHA256 = 6, DIGEST_SHA384 = 7, DIGEST_SHA512 = 8 };
enum { UNKNOWN_HASH = -96 }; /* GNUTLS_E_UNKNOWN_HASH_ALGORITHM */

int gnutls_hash_init(GChecksum **hash, int algorithm);
int gnutls_hash(GChecksum *hash, const void *data, size_t size);
void gnutls_hash_deinit(GChecksum *hash, void *digest);

static int type_of(int algorithm) {
  switch (algorithm) {
  case DIGEST_MD5: return G_CHECKSUM_MD5;
  case DIGEST_SHA1: return G_CHECKSUM_SHA1;
  case DIGEST_SHA256: return G_CHECKSUM_SHA256;
  case DIGEST_SHA384: return G_CHECKSUM_SHA384;
  case DIGEST_SHA512: return G_CHECKSUM_SHA512;
  default: return -1;
  }
}

int gnutls_hash_init(GChecksum **hash, int algorithm) {
  int type = type_of(algorithm);
  if (type < 0) return UNKNOWN_HASH;
  *hash = g_checksum_new((GChecksumType)type);
  return 0;
}

int gnutls_hash(GChecksum *hash, const void *data, size_t size) {
  g_checksum_update(hash, data, (gssize)size);
  return 0;
}

/* `digest` may be NULL, and has room for the digest. */
void gnutls_hash_deinit(GChecksum *hash, void *digest) {
  guint8 unused[64];
  gsize size = sizeof unused;
  if (hash) g_checksum_get_digest(hash, digest ? digest : unused, &size);
  g_checksum_free(hash);
}
