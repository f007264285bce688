/* Aligns content with source from the end of each line backwards: a line of
 * content is always the end of its line of source. */
#include "article/content.h"

#include <string.h>

void pk_content_open(pk_content *content, pk_reader *reader, const char *text) {
  *content = (pk_content){.reader = reader, .text = text ? text : ""};
  content->segments = g_array_new(FALSE, FALSE, sizeof(pk_segment));
  content->size = (uint32_t)strlen(content->text);
}

void pk_content_close(pk_content *content) {
  g_array_unref(content->segments);
}

static void append(pk_content *content, uint32_t at, uint32_t source) {
  pk_segment segment = {at, source};
  g_array_append_val(content->segments, segment);
}

static void reverse(GArray *segments, guint from) {
  for (guint to = segments->len; from + 1 < to; from++) {
    pk_segment *first = &g_array_index(segments, pk_segment, from), *last = &g_array_index(segments, pk_segment, --to);
    pk_segment kept = *first;
    *first = *last;
    *last = kept;
  }
}

/* Aligns [start, end) of the content with the source that ends at `source_end`
 * and begins no earlier than `source_start`. */
static bool align(pk_content *content, uint32_t start, uint32_t end, uint32_t source_start, uint32_t source_end,
                  bool has_pipes) {
  const char *text = content->text, *source = content->reader->source->text;
  guint first = content->segments->len;
  uint32_t at = end, from = source_end;
  while (at > start && from > source_start && text[at - 1] == source[from - 1]) {
    at--, from--;
    if (!has_pipes || text[at] != '|' || from == source_start || source[from - 1] != '\\') continue;
    append(content, at, from);
    from--;
  }
  append(content, at, from);
  /* A tab that is partly indentation comes as spaces. */
  bool is_aligned = true;
  for (uint32_t i = start; i < at; i++) is_aligned &= text[i] == ' ';
  if (is_aligned && at > start) append(content, start, from > source_start ? from - 1 : from);
  reverse(content->segments, first);
  return is_aligned;
}

/* The end of a line of source without the blanks that cmark took off the end of
 * [start, end) of the content. */
static uint32_t trimmed_end(const pk_content *content, uint32_t start, uint32_t end, uint32_t from, uint32_t to) {
  const char *source = content->reader->source->text;
  char last = end > start ? content->text[end - 1] : 0;
  while (to > from && source[to - 1] != last && strchr(" \t\v\f", source[to - 1])) to--;
  return to;
}

bool pk_content_map_lines(pk_content *content, size_t first, bool has_pipes) {
  const pk_reader *reader = content->reader;
  g_array_set_size(content->segments, 0);
  for (uint32_t at = 0; at < content->size; first++) {
    if (first >= reader->line_count) return false;
    const pk_line *line = &reader->lines[first];
    const char *newline = memchr(content->text + at, '\n', content->size - at);
    uint32_t end = newline ? (uint32_t)(newline - content->text) : content->size;
    uint32_t source_end = newline ? line->end : trimmed_end(content, at, end, line->start, line->end);
    if (!align(content, at, end, line->start, source_end, has_pipes)) return false;
    /* The line end is where the source has one, whichever it is. */
    if (newline) append(content, end, line->end);
    at = end + 1;
  }
  return true;
}

bool pk_content_map_end(pk_content *content, uint32_t start, uint32_t end, bool has_pipes) {
  g_array_set_size(content->segments, 0);
  end = trimmed_end(content, 0, content->size, start, end);
  return align(content, 0, content->size, start, end, has_pipes);
}

static bool covers(const GArray *segments, guint number, uint32_t at) {
  const pk_segment *segment = &g_array_index(segments, pk_segment, number);
  return segment->content <= at && (number + 1 == segments->len || segment[1].content > at);
}

/* The last segment that begins at or before `at`. Whoever asks goes forward, so
 * it is most often the one of the last time or the next. */
static guint find(pk_content *content, uint32_t at) {
  const GArray *segments = content->segments;
  for (guint i = content->recent; i < segments->len && i < content->recent + 3; i++)
    if (covers(segments, i, at)) return content->recent = i;
  guint low = 0, high = segments->len;
  while (high - low > 1) {
    guint middle = (low + high) / 2;
    if (g_array_index(segments, pk_segment, middle).content <= at)
      low = middle;
    else
      high = middle;
  }
  return content->recent = low;
}

uint32_t pk_content_source(pk_content *content, uint32_t at) {
  if (!content->segments->len) return content->whole.start;
  guint number = find(content, at);
  const pk_segment *segment = &g_array_index(content->segments, pk_segment, number);
  uint32_t source = segment->source + (at > segment->content ? at - segment->content : 0);
  /* The blanks of a tab are all where the tab is. */
  if (number + 1 < content->segments->len && source >= segment[1].source) source = MAX(segment[1].source, 1) - 1;
  return MIN(source, (uint32_t)content->reader->source->size);
}

pk_span pk_content_span(pk_content *content, uint32_t start, uint32_t end) {
  uint32_t from = pk_content_source(content, start);
  uint32_t to = end > start ? pk_content_source(content, end - 1) + 1 : from;
  return pk_reader_span(content->reader, from, MIN(MAX(from, to), (uint32_t)content->reader->source->size));
}

pk_span pk_content_line_end(pk_content *content, uint32_t start, uint32_t end) {
  pk_span span = pk_content_span(content, start, end);
  const pk_source *source = content->reader->source;
  bool is_pair = span.end > span.start && source->text[span.end - 1] == '\r' && span.end < source->size &&
                 source->text[span.end] == '\n';
  span.end += is_pair;
  return span;
}

uint32_t pk_content_stretch(pk_content *content, uint32_t at, uint32_t end) {
  guint next = find(content, at) + 1;
  if (next >= content->segments->len) return end;
  return CLAMP(g_array_index(content->segments, pk_segment, next).content, at + 1, end);
}
