/* The languages that presskit sets. */
#ifndef PK_LANG_H
#define PK_LANG_H

typedef enum {
  PK_LANG_NONE = -1,
  PK_LANG_EN = 0,
  PK_LANG_SR_LATN,
  PK_LANG_SR_CYRL,
  PK_LANG_COUNT,
} pk_lang;

/* "en", "sr-Latn", "sr-Cyrl"; NULL for PK_LANG_NONE. */
const char *pk_lang_tag(pk_lang lang);

/* The language of a tag, letter case ignored; PK_LANG_NONE if it is none of ours. */
pk_lang pk_lang_from_tag(const char *tag);

/* The one of our languages whose rules words of this tag are set by: en for en-GB, sr-Latn
 * for sr-Latn-RS; PK_LANG_NONE for de and all others. */
pk_lang pk_lang_of_tag(const char *tag);

#endif
