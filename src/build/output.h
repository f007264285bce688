/* Where the results of a render go. Private to build/. */
#ifndef PK_BUILD_OUTPUT_H
#define PK_BUILD_OUTPUT_H

#include "build/result.h"
#include "list/list.h"

/* The files of a render, in page order. */
typedef struct {
  const char *const *paths;
  size_t count;
} pk_output_names;

/* How the names of such files end: "pdf", "png", "txt", "html". */
const char *pk_output_ending(presskit_edition edition, presskit_format format);

/* "name.pdf", or what ends the names of such files, in the current folder for the
 * article "folder/name.md". Owned by the arena. */
const char *pk_output_default(pk_arena *arena, const char *article, presskit_edition edition, presskit_format format);

/* The names of `page_count` pages (0-based numbers in `pages`, NULL: all) of a
 * document of `total` pages that each get a file: `output` itself for one page,
 * else "name-01.png" and so on. Owned by the arena. */
pk_output_names pk_output_number(pk_arena *arena, const char *output, const size_t *pages, size_t page_count,
                                 size_t total);

/* Raises an error if one of `names` is a file that was read: one of `inputs`
 * (NULL-terminated; elements may not be NULL) or a picture of `list` (or NULL). */
pk_status pk_output_check(pk_job *job, const pk_output_names *names, const char *const *inputs, const pk_list *list);

/* Writes the files of `result`, all of them or none. */
pk_status pk_output_write(pk_job *job, const presskit_result *result);

#endif
