/* Hyphenation patterns, ready for matching. Private to language/. */
#ifndef PK_LANGUAGE_PATTERNS_H
#define PK_LANGUAGE_PATTERNS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct pk_patterns pk_patterns;

/* Whether presskit can read a dictionary in the character set that the first
 * line of `data` names: UTF-8 or ISO8859-5. */
bool pk_patterns_is_readable(const char *data, size_t size);

/* Builds the patterns of a dictionary in the format of libhyphen. Frozen and
 * shareable when it returns. Lines that it does not understand (options,
 * spelling changes, letters that pk_letter has no code for) are passed over. */
pk_patterns *pk_patterns_new(const char *data, size_t size);
void pk_patterns_drop(pk_patterns *patterns);

/* Matches a word of `count` letters, given by their codes. Sets values[i], for
 * 0 < i < count, to the highest value of any pattern between letters i - 1 and
 * i: odd where the word may be broken. `values` has room for `count` + 1. */
void pk_patterns_match(const pk_patterns *patterns, const uint8_t *codes, size_t count, uint8_t *values);

#endif
