/* What the steps of reading one article share. Of this module only. */
#ifndef PK_ARTICLE_READER_H
#define PK_ARTICLE_READER_H

#include "article/article.h"

/* A line of the body as CommonMark counts lines: it ends at "\n", "\r\n" or "\r". */
typedef struct {
  uint32_t start, end; /* bytes of the source; `end` is before the line end */
} pk_line;

/* A footnote definition: "[^label]: ...". */
typedef struct {
  const char *label;
  pk_span span; /* of "[^label]" */
} pk_definition;

typedef struct {
  pk_job *job;
  const pk_source *source;
  const pk_line *lines; /* of the body */
  size_t line_count;
  const pk_definition *definitions; /* in the order of the file */
  size_t definition_count;
  size_t latin, cyrillic; /* letters of the running text */
} pk_reader;

static inline pk_span pk_reader_span(const pk_reader *reader, uint32_t start, uint32_t end) {
  return (pk_span){reader->source, start, end};
}

/* ---- bytes.c ------------------------------------------------------------- */

/* Whether the source is text: UTF-8 without NUL bytes. Raises what it is
 * instead. Characters that cannot be printed are warned of. */
bool pk_article_check_bytes(pk_job *job, const pk_source *source);

/* Whether a character cannot be printed; `*why` says what it is. */
bool pk_article_is_unprintable(gunichar character, const char **why);

/* ---- front.c ------------------------------------------------------------- */

/* Reads the front matter into `article` and sets `*body` to where the text
 * begins. PK_FAILED after an error; `*body` is set then too, if it is known,
 * and else SIZE_MAX. */
pk_status pk_article_read_front(pk_job *job, const pk_source *source, pk_article *article, size_t *body);

/* ---- fill.c -------------------------------------------------------------- */

/* Fills {facts.x} and {row.x} into the front matter `map`, which was read from
 * bytes [start, end). False after an error. */
bool pk_article_fill_front(pk_job *job, const pk_source *source, size_t start, size_t end, const pk_node **map);

/* Fills the body, which begins at byte `body`: `*source` becomes a text of its
 * own where there is something to fill. False after an error. */
bool pk_article_fill_body(pk_job *job, size_t body, pk_lang lang, const pk_source **source);

/* ---- abbreviations.c ----------------------------------------------------- */

/* Notes those that do not stand in the text. */
void pk_article_check_abbreviations(pk_job *job, const pk_article *article);

/* ---- limits.c ------------------------------------------------------------ */

/* Splits the body into lines and makes sure that cmark can read it in time and
 * memory in proportion to its size; false, with an error raised, if not. */
bool pk_article_scan(pk_reader *reader, size_t body);

/* ---- body.c -------------------------------------------------------------- */

/* Parses the body into the blocks and notes of `article`. Errors are raised. */
void pk_article_read_body(pk_reader *reader, size_t body, pk_article *article);

#endif
