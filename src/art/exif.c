/* EXIF: the first directory of a TIFF structure (CIPA DC-008, TIFF 6.0).
 *
 * In:  bytes that a camera wrote, not to be trusted. Out: orientation and
 * resolution. Every read is checked against the size; no offset is followed
 * but those of the first directory and of its rational values. */
#include "art/exif.h"

#include <stdbool.h>
#include <string.h>

enum { TAG_ORIENTATION = 0x0112, TAG_X_RESOLUTION = 0x011A, TAG_Y_RESOLUTION = 0x011B, TAG_UNIT = 0x0128 };
enum { TYPE_SHORT = 3, TYPE_RATIONAL = 5, ENTRY_SIZE = 12 };

typedef struct {
  const uint8_t *data;
  size_t size;
  bool big_endian;
} tiff;

static uint32_t read_number(const tiff *t, size_t at, size_t bytes) {
  if (at > t->size || t->size - at < bytes) return 0;
  uint32_t value = 0;
  for (size_t i = 0; i < bytes; i++) value = value << 8 | t->data[t->big_endian ? at + i : at + bytes - 1 - i];
  return value;
}

static double read_rational(const tiff *t, size_t at) {
  uint32_t over = read_number(t, at, 4), under = read_number(t, at + 4, 4);
  double value = under ? (double)over / under : 0;
  return value >= 1 && value <= 100000 ? value : 0;
}

pk_exif pk_exif_read(const uint8_t *data, size_t size) {
  pk_exif exif = {.orientation = 1};
  if (size >= 6 && memcmp(data, "Exif\0", 6) == 0) data += 6, size -= 6;
  tiff t = {data, size, size > 0 && data[0] == 'M'};
  if (size < 8 || (memcmp(data, "II*\0", 4) != 0 && memcmp(data, "MM\0*", 4) != 0)) return exif;
  size_t directory = read_number(&t, 4, 4);
  uint32_t count = read_number(&t, directory, 2), unit = 2;
  for (uint32_t i = 0; i < count; i++) {
    size_t entry = directory + 2 + (size_t)i * ENTRY_SIZE;
    if (entry > size || size - entry < ENTRY_SIZE) break;
    uint32_t tag = read_number(&t, entry, 2), type = read_number(&t, entry + 2, 2);
    uint32_t number = read_number(&t, entry + 8, 2);
    size_t offset = read_number(&t, entry + 8, 4);
    if (tag == TAG_ORIENTATION && type == TYPE_SHORT && number >= 1 && number <= 8) exif.orientation = (int)number;
    if (tag == TAG_X_RESOLUTION && type == TYPE_RATIONAL) exif.dpi_x = read_rational(&t, offset);
    if (tag == TAG_Y_RESOLUTION && type == TYPE_RATIONAL) exif.dpi_y = read_rational(&t, offset);
    if (tag == TAG_UNIT && type == TYPE_SHORT) unit = number;
  }
  if (unit == 3) exif.dpi_x *= 2.54, exif.dpi_y *= 2.54;
  if (unit != 2 && unit != 3) exif.dpi_x = exif.dpi_y = 0;
  return exif;
}
