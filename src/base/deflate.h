/* zlib streams, for PDF's FlateDecode and PNG. */
#ifndef PK_DEFLATE_H
#define PK_DEFLATE_H

#include <stddef.h>
#include <stdint.h>

enum { PK_DEFLATE_LEVEL = 6 };

/* `size` bytes at `data` as a zlib stream. Free with g_free(). */
uint8_t *pk_deflate(const void *data, size_t size, int level, size_t *out_size);

/* Packs one thing after another, with memory that is there already. */
typedef struct pk_packer pk_packer;
pk_packer *pk_packer_new(int level);
void pk_packer_drop(pk_packer *packer);

/* pk_deflate(); what comes out lasts until the next call. */
const uint8_t *pk_packer_pack(pk_packer *packer, const void *data, size_t size, size_t *out_size);

/* Rows of 8-bit pixels, `channels` bytes each and without gaps, each row behind
 * its PNG filter (PDF: predictor 15), as a zlib stream. A row has less than 2^24 bytes.
 * Free with g_free(). */
uint8_t *pk_deflate_rows(const uint8_t *pixels, size_t width, size_t height, size_t channels, int level,
                         size_t *out_size);

#endif
