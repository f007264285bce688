/* The letters of a word, whatever script and letter case it is written in.
 *
 * Private to language/. Hyphenation and script conversion both look at a word
 * as letters of known code, each with the bytes it was read from. */
#ifndef PK_LANGUAGE_LETTERS_H
#define PK_LANGUAGE_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A lower-case letter in one byte: ASCII as it is, Cyrillic U+0400..U+047F from
 * 0x80. The Serbian Latin letters č ć đ š ž and the digraph code points stand as
 * their Cyrillic twins; an apostrophe as '\''. */
#define PK_LETTER_CODE(character) ((uint8_t)((character) < 0x80 ? (character) : 0x80 + ((character)-0x400)))
#define PK_LETTER_CHARACTER(code) ((uint32_t)((code) < 0x80 ? (code) : 0x400 + ((code)-0x80)))

enum {
  PK_LETTER_FOREIGN = 1, /* code of a letter that has none */
};

typedef struct {
  uint32_t start; /* byte where the letter begins */
  uint32_t end;   /* byte after it; marks that are no part of the letter follow */
  uint16_t mark;  /* the stress mark of a letter that is composed with it (ȁ), or 0 */
  uint8_t code;
  bool is_upper;
} pk_letter;

/* What kinds of characters a word has. */
typedef enum {
  PK_TRAIT_LATIN = 1 << 0,
  PK_TRAIT_CYRILLIC = 1 << 1,
  PK_TRAIT_SERBIAN_LATIN = 1 << 2, /* č ć đ š ž or a digraph code point */
  PK_TRAIT_NOT_SERBIAN = 1 << 3,   /* a letter that Serbian lacks, or an accent that is no stress mark */
  PK_TRAIT_NOT_ENGLISH = 1 << 4,   /* a Latin letter that is not a..z, accented or not */
  PK_TRAIT_APOSTROPHE = 1 << 5,
  PK_TRAIT_OTHER = 1 << 6, /* digits, punctuation, other scripts, invalid UTF-8, too many letters */
} pk_trait;

/* Reads `size` bytes of a word into `letters`, at most `max`. Combining marks
 * make no letter of their own: caron and acute on c, s, z make the Serbian
 * letter, all others are passed over, and so are joiners. Returns the number of
 * letters; what was seen is or-ed into `*traits` (of pk_trait). */
size_t pk_letters_scan(const char *word, size_t size, pk_letter *letters, size_t max, unsigned *traits);

/* The Cyrillic code of a Latin letter's code, the code itself if it has none. */
uint8_t pk_letter_cyrillic(uint8_t code);

/* Whether the Latin letters `at` and `at` + 1, given as Cyrillic codes, are one
 * letter: lj, nj or dž. Returns its code, or 0. Looks at the whole word, since
 * injekcija, konjunkcija and nadživeti have two letters there. */
uint8_t pk_letters_digraph(const pk_letter *letters, size_t count, size_t at);

#endif
