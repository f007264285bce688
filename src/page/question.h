/* Questions that come up again: structs without padding, unused parts zero, which
 * are compared byte by byte. Private to page/. */
#ifndef PK_PAGE_QUESTION_H
#define PK_PAGE_QUESTION_H

#include <glib.h>
#include <string.h>

/* Of `size` bytes: Bernstein's hash, as g_str_hash() has it. */
static inline guint pk_question_hash(gconstpointer question, size_t size) {
  const guint8 *bytes = question;
  guint hash = 5381;
  for (size_t i = 0; i < size; i++) hash = hash * 33 + bytes[i];
  return hash;
}

#endif
