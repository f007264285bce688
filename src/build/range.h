/* Which pages: "1", "2-4", "1,3-", "-2". Private to build/. */
#ifndef PK_BUILD_RANGE_H
#define PK_BUILD_RANGE_H

#include "base/base.h"

typedef struct {
  size_t first, last; /* 1-based, both included; last SIZE_MAX: to the end */
} pk_range;

/* Reads `text` into an array of pk_range in the order written; NULL if it is
 * malformed. Free with g_array_unref(). */
GArray *pk_range_parse(const char *text);

/* The highest page that `ranges` name in so many words; those open to the end
 * name their first. */
size_t pk_range_highest(const GArray *ranges);

/* The pages of a document of `count` pages that `ranges` name, 0-based,
 * ascending, each once. Owned by the arena. */
const size_t *pk_range_pages(const GArray *ranges, size_t count, pk_arena *arena, size_t *page_count);

#endif
