/* The text that cmark parses inlines from, and where its bytes are in the file.
 *
 * cmark takes quote markers, indentation and the backslash of "\|" in tables
 * out of the lines of a paragraph, heading or cell before it looks for inlines.
 * Its columns do not always account for that; this map does. */
#ifndef PK_ARTICLE_CONTENT_H
#define PK_ARTICLE_CONTENT_H

#include "article/reader.h"

/* From here on, content and source run in step. */
typedef struct {
  uint32_t content, source;
} pk_segment;

typedef struct {
  pk_reader *reader;
  const char *text;
  uint32_t size;
  GArray *segments; /* of pk_segment, ascending */
  guint recent;     /* segment that was asked for last */
  pk_span whole;    /* the block's place, for what is not found */
} pk_content;

/* The content must outlive the map; free the map with pk_content_close(). */
void pk_content_open(pk_content *content, pk_reader *reader, const char *text);
void pk_content_close(pk_content *content);

/* Maps a content whose first line is on line `first` of the body. `has_pipes`:
 * "\|" of the source is "|" of the content. False if the lines differ. */
bool pk_content_map_lines(pk_content *content, size_t first, bool has_pipes);

/* Maps a content that ends at or before byte `end` of the source, is of one line
 * and does not begin before `start`. */
bool pk_content_map_end(pk_content *content, uint32_t start, uint32_t end, bool has_pipes);

/* Where byte `at` of the content is in the source. */
uint32_t pk_content_source(pk_content *content, uint32_t at);

/* The source of bytes [start, end) of the content. */
pk_span pk_content_span(pk_content *content, uint32_t start, uint32_t end);

/* The same where [start, end) ends in a line end: with both bytes of "\r\n". */
pk_span pk_content_line_end(pk_content *content, uint32_t start, uint32_t end);

/* The end of the stretch from `at` that is in one piece in the source, at most
 * `end`. */
uint32_t pk_content_stretch(pk_content *content, uint32_t at, uint32_t end);

#endif
