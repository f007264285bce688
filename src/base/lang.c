#include "base/lang.h"

#include <glib.h>
#include <string.h>

static const char *const tags[PK_LANG_COUNT] = {"en", "sr-Latn", "sr-Cyrl"};

const char *pk_lang_tag(pk_lang lang) {
  return lang >= 0 && lang < PK_LANG_COUNT ? tags[lang] : NULL;
}

pk_lang pk_lang_from_tag(const char *tag) {
  for (int i = 0; i < PK_LANG_COUNT; i++)
    if (g_ascii_strcasecmp(tag, tags[i]) == 0) return (pk_lang)i;
  return PK_LANG_NONE;
}

pk_lang pk_lang_of_tag(const char *tag) {
  for (int i = 0; i < PK_LANG_COUNT; i++) {
    gsize size = strlen(tags[i]);
    if (g_ascii_strncasecmp(tag, tags[i], size) == 0 && (!tag[size] || tag[size] == '-')) return (pk_lang)i;
  }
  return PK_LANG_NONE;
}
