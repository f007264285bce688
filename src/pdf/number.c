/* Numbers by integer arithmetic, so that no locale and no rounding mode of a
 * printf shows in the file. */
#include "pdf/number.h"

#include <math.h>
#include <string.h>

static const int64_t powers[PK_PDF_MAX_DECIMALS + 1] = {1, 10, 100, 1000, 10000, 100000, 1000000};

void pk_pdf_put_fixed(GString *out, int64_t scaled, int decimals) {
  char digits[32];
  char *end = digits + sizeof digits, *at = end;
  uint64_t rest = scaled < 0 ? (uint64_t)-scaled : (uint64_t)scaled;
  while (decimals > 0 && rest % 10 == 0 && rest > 0) {
    rest /= 10;
    decimals--;
  }
  if (rest == 0) {
    g_string_append_c(out, '0');
    return;
  }
  for (; decimals > 0; decimals--, rest /= 10) {
    *--at = (char)('0' + rest % 10);
    if (decimals == 1) *--at = '.';
  }
  for (; rest > 0; rest /= 10) *--at = (char)('0' + rest % 10);
  if (scaled < 0) *--at = '-';
  g_string_append_len(out, at, end - at);
}

int64_t pk_pdf_scaled(double value, int decimals) {
  if (!isfinite(value) || fabs(value) > 1e12) return 0;
  return (int64_t)llround(value * (double)powers[decimals]);
}

void pk_pdf_put_number(GString *out, double value, int decimals) {
  pk_pdf_put_fixed(out, pk_pdf_scaled(value, decimals), decimals);
}

static void put_hex(GString *out, const uint8_t *bytes, size_t size) {
  static const char digits[] = "0123456789ABCDEF";
  for (size_t i = 0; i < size; i++) {
    g_string_append_c(out, digits[bytes[i] >> 4]);
    g_string_append_c(out, digits[bytes[i] & 15]);
  }
}

/* A carriage return would be read as a line feed; brackets need no escape where
 * they pair, which is not worth finding out. */
static bool needs_escape(uint8_t byte) {
  return byte == '(' || byte == ')' || byte == '\\' || byte == '\r';
}

void pk_pdf_put_string(GString *out, const uint8_t *bytes, size_t size) {
  size_t escapes = 0;
  for (size_t i = 0; i < size; i++) escapes += needs_escape(bytes[i]);
  if (escapes > size) {
    g_string_append_c(out, '<');
    put_hex(out, bytes, size);
    g_string_append_c(out, '>');
    return;
  }
  g_string_append_c(out, '(');
  if (escapes == 0) g_string_append_len(out, (const char *)bytes, (gssize)size);
  for (size_t i = 0; escapes > 0 && i < size; i++) {
    if (needs_escape(bytes[i])) g_string_append_c(out, '\\');
    g_string_append_c(out, bytes[i] == '\r' ? 'r' : (char)bytes[i]);
  }
  g_string_append_c(out, ')');
}

static bool is_ascii(const char *text, size_t size) {
  for (size_t i = 0; i < size; i++)
    if (!g_ascii_isprint(text[i]) && text[i] != '\n') return false;
  return true;
}

/* The UTF-16BE bytes of a character. */
static void append_units(GString *units, gunichar character) {
  if (character >= 0x10000) {
    append_units(units, 0xD800 + ((character - 0x10000) >> 10));
    character = 0xDC00 + ((character - 0x10000) & 0x3FF);
  }
  g_string_append_c(units, (char)(character >> 8));
  g_string_append_c(units, (char)(character & 0xFF));
}

void pk_pdf_put_utf16(GString *out, gunichar character) {
  g_autoptr(GString) units = g_string_new(NULL);
  append_units(units, character);
  put_hex(out, (const uint8_t *)units->str, units->len);
}

void pk_pdf_put_text(GString *out, const char *text, size_t size) {
  if (is_ascii(text, size)) {
    pk_pdf_put_string(out, (const uint8_t *)text, size);
    return;
  }
  g_autoptr(GString) units = g_string_new("\xFE\xFF");
  for (const char *at = text, *end = text + size; at < end;) {
    gunichar character = g_utf8_get_char_validated(at, end - at);
    if (character == (gunichar)-1 || character == (gunichar)-2) {
      at++;
      continue;
    }
    append_units(units, character);
    at = g_utf8_next_char(at);
  }
  pk_pdf_put_string(out, (const uint8_t *)units->str, units->len);
}
