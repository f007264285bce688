/* Hyphenation by patterns, as TeX does it.
 *
 * In:  a dictionary of libhyphen (first line the character set, then a pattern
 *      a line, ".pri1ja"); words as letter codes.
 * Out: a value between each two letters.
 *
 * Liang, "Word Hy-phen-a-tion by Com-put-er" (Stanford, 1983). The patterns are
 * a trie whose edges lie in one hash table, which is filled in a fraction of
 * the time that libhyphen takes for its automaton: 10 ms of a process that
 * should take 20. The tests hold the results against libhyphen's. */
#include "language/patterns.h"

#include <string.h>

#include "language/letters.h"

enum {
  MAX_PATTERN = 60, /* letters; longer ones are passed over */
  BOUNDARY = '.',
};

/* From a node over a letter to the next node. */
typedef struct {
  uint32_t key; /* node << 8 | code, 0 if the slot is free */
  uint32_t node;
} edge;

/* The values of the pattern that ends at a node, without the zeros around. */
typedef struct {
  uint32_t offset; /* in `values` */
  uint8_t skip;    /* zeros left out in front */
  uint8_t count;   /* 0: no pattern ends here */
} entry;

struct pk_patterns {
  edge *edges;
  uint32_t mask; /* slots - 1; slots are a power of two */
  entry *nodes;  /* node 0 is the root */
  uint32_t node_count;
  uint8_t *values;
  uint32_t value_count;
};

/* A dictionary being read. Neighbouring lines mostly begin alike, so the way to
 * the last pattern is kept and only its tail is walked anew. */
typedef struct {
  pk_patterns *patterns;
  uint8_t codes[MAX_PATTERN];      /* of the last pattern */
  uint32_t nodes[MAX_PATTERN + 1]; /* nodes[i] is where its first i letters lead */
  size_t count;
} reader;

/* ---- the trie ------------------------------------------------------------ */

static edge *find_slot(edge *edges, uint32_t mask, uint32_t key) {
  uint32_t slot = (key * 0x9E3779B1u >> 7) & mask;
  while (edges[slot].key != key && edges[slot].key) slot = (slot + 1) & mask;
  return &edges[slot];
}

static void grow(pk_patterns *patterns) {
  uint32_t mask = patterns->mask * 2 + 1;
  edge *edges = g_new0(edge, (gsize)mask + 1);
  for (uint32_t i = 0; i <= patterns->mask; i++)
    if (patterns->edges[i].key) *find_slot(edges, mask, patterns->edges[i].key) = patterns->edges[i];
  g_free(patterns->edges);
  patterns->edges = edges;
  patterns->mask = mask;
}

static uint32_t child_of(pk_patterns *patterns, uint32_t node, uint8_t code) {
  uint32_t key = node << 8 | code;
  edge *slot = find_slot(patterns->edges, patterns->mask, key);
  if (slot->key) return slot->node;
  if (patterns->node_count > patterns->mask / 3 * 2) {
    grow(patterns);
    slot = find_slot(patterns->edges, patterns->mask, key);
  }
  *slot = (edge){key, patterns->node_count++};
  return slot->node;
}

/* ---- reading ------------------------------------------------------------- */

typedef enum { SET_UNKNOWN, SET_UTF8, SET_ISO8859_5 } character_set;

static character_set character_set_of(const char *line, size_t length) {
  while (length && g_ascii_isspace(line[length - 1])) length--;
  if (length == 5 && g_ascii_strncasecmp(line, "UTF-8", 5) == 0) return SET_UTF8;
  if ((length == 9 && g_ascii_strncasecmp(line, "ISO8859-5", 9) == 0) ||
      (length == 10 && g_ascii_strncasecmp(line, "ISO-8859-5", 10) == 0))
    return SET_ISO8859_5;
  return SET_UNKNOWN;
}

static size_t line_length(const char *data, size_t size) {
  const char *end = memchr(data, '\n', size);
  return end ? (size_t)(end - data) : size;
}

bool pk_patterns_is_readable(const char *data, size_t size) {
  return character_set_of(data, line_length(data, size)) != SET_UNKNOWN;
}

/* The code of the letter at `text`, and its length; 0 if it has none. */
static uint8_t read_code(character_set set, const uint8_t *text, size_t size, size_t *length) {
  *length = 1;
  if (text[0] == BOUNDARY || g_ascii_islower((gchar)text[0])) return text[0];
  if (text[0] < 0x80) return 0;
  uint32_t character = 0;
  if (set == SET_ISO8859_5) {
    /* Two rows of U+0400 but for the soft hyphen, № and §. */
    if (text[0] > 0xA0 && text[0] != 0xAD && text[0] != 0xF0 && text[0] != 0xFD) character = 0x400u + text[0] - 0xA0;
  } else if (size >= 2 && (text[0] & 0xE0) == 0xC0) {
    character = (uint32_t)(text[0] & 0x1F) << 6 | (text[1] & 0x3F);
    *length = 2;
  }
  return character >= 0x400 && character < 0x460 ? PK_LETTER_CODE(character) : 0;
}

static void add_values(pk_patterns *patterns, uint32_t node, const uint8_t *values, size_t count) {
  size_t first = 0;
  while (first < count && !values[first]) first++;
  while (count > first && !values[count - 1]) count--;
  patterns->nodes[node] = (entry){patterns->value_count, (uint8_t)first, (uint8_t)(count - first)};
  for (size_t i = first; i < count; i++) patterns->values[patterns->value_count++] = values[i];
}

static uint32_t node_of(reader *reading, const uint8_t *codes, size_t count) {
  size_t shared = 0;
  while (shared < count && shared < reading->count && codes[shared] == reading->codes[shared]) shared++;
  for (size_t i = shared; i < count; i++) {
    reading->codes[i] = codes[i];
    reading->nodes[i + 1] = child_of(reading->patterns, reading->nodes[i], codes[i]);
  }
  reading->count = count;
  return reading->nodes[count];
}

static void read_line(reader *reading, character_set set, const uint8_t *line, size_t length) {
  uint8_t codes[MAX_PATTERN], values[MAX_PATTERN + 1] = {0};
  size_t count = 0;
  for (size_t at = 0, step = 1; at < length; at += step) {
    step = 1;
    if (line[at] >= '0' && line[at] <= '9') {
      values[count] = (uint8_t)(line[at] - '0');
      continue;
    }
    if (line[at] == '\r' || line[at] == ' ') break;
    if (count == MAX_PATTERN) return;
    codes[count] = read_code(set, line + at, length - at, &step);
    if (!codes[count++]) return;
    values[count] = 0;
  }
  if (count) add_values(reading->patterns, node_of(reading, codes, count), values, count + 1);
}

pk_patterns *pk_patterns_new(const char *data, size_t size) {
  pk_patterns *patterns = g_new0(pk_patterns, 1);
  uint32_t slots = 1024;
  while (slots < size / 4 && slots < 1u << 20) slots *= 2; /* English has a node for six bytes */
  patterns->edges = g_new0(edge, slots);
  patterns->mask = slots - 1;
  /* No more nodes and values than bytes; the memory is touched as it is used. */
  patterns->nodes = g_new0(entry, size + 1);
  patterns->values = g_new(uint8_t, 2 * size + 1);
  patterns->node_count = 1;

  size_t at = line_length(data, size);
  character_set set = character_set_of(data, at);
  reader reading = {.patterns = patterns};
  for (at++; at < size;) {
    size_t length = line_length(data + at, size - at);
    read_line(&reading, set, (const uint8_t *)data + at, length);
    at += length + 1;
  }
  return patterns;
}

void pk_patterns_drop(pk_patterns *patterns) {
  if (!patterns) return;
  g_free(patterns->edges);
  g_free(patterns->nodes);
  g_free(patterns->values);
  g_free(patterns);
}

/* ---- matching ------------------------------------------------------------ */

/* Raises `values` by the patterns that begin at letter `start`, where -1 and
 * `count` are the boundaries of the word. */
static void match_from(const pk_patterns *patterns, const uint8_t *codes, size_t count, size_t start, bool at_boundary,
                       uint8_t *values) {
  uint32_t node = 0;
  size_t next = start;
  for (bool boundary = at_boundary, ended = false; !ended; boundary = false) {
    uint8_t code = boundary ? BOUNDARY : next < count ? codes[next++] : BOUNDARY;
    ended = !boundary && code == BOUNDARY;
    const edge *found = find_slot(patterns->edges, patterns->mask, node << 8 | code);
    if (!found->key) return;
    node = found->node;
    const entry *end = &patterns->nodes[node];
    if (!end->count) continue;
    const uint8_t *raised = patterns->values + end->offset;
    /* Value i of a pattern stands before its letter i; the boundary is a letter. */
    size_t base = start + end->skip;
    for (size_t i = 0; i < end->count; i++) {
      size_t position = base + i;
      if (at_boundary) {
        if (position == 0) continue;
        position--;
      }
      if (position <= count && values[position] < raised[i]) values[position] = raised[i];
    }
  }
}

void pk_patterns_match(const pk_patterns *patterns, const uint8_t *codes, size_t count, uint8_t *values) {
  memset(values, 0, count + 1);
  match_from(patterns, codes, count, 0, true, values);
  for (size_t start = 0; start < count; start++) match_from(patterns, codes, count, start, false, values);
}
