/* YAML text to a tree of nodes, by the events of libfyaml.
 *
 * In:  a region of a source.
 * Out: pk_node; every span is in that source.
 *
 * Events rather than libfyaml's own documents: they give each token's place,
 * and let us refuse aliases and deep nesting before memory is spent on them.
 * libfyaml stops at its first syntax error, so only that one is told. */
#include <libfyaml.h>
#include <string.h>

#include "spec/node.h"
#include "spec/spec.h"

/* Mappings longer than this look for a key given twice by hash. */
enum { LONG_MAPPING = 32 };

typedef struct {
  pk_job *job;
  const pk_source *source;
  size_t base; /* where the text handed to libfyaml begins in the source */
  struct fy_parser *parser;
  struct fy_event *event; /* the current one, or NULL at the end or after an error */
  uint32_t last_end;      /* end of the last token that had a place */
  bool has_failed;
} node_reader;

static pk_span make_span(const node_reader *reader, size_t start, size_t end) {
  return (pk_span){reader->source, (uint32_t)start, (uint32_t)MAX(start, end)};
}

static pk_diagnostic *fail(node_reader *reader, pk_code code, pk_span span, const char *message) {
  reader->has_failed = true;
  return pk_diag_add(reader->job->diag, code, span, "%s", message);
}

/* ---- events -------------------------------------------------------------- */

static void next_event(node_reader *reader) {
  if (reader->event) fy_parser_event_free(reader->parser, reader->event);
  reader->event = reader->has_failed ? NULL : fy_parser_parse(reader->parser);
}

/* The place of the current event; where it has none, the end of the last. */
static pk_span event_span(node_reader *reader) {
  const struct fy_mark *start = fy_event_start_mark(reader->event), *end = fy_event_end_mark(reader->event);
  if (!start || !end) return make_span(reader, reader->last_end, reader->last_end);
  pk_span span = make_span(reader, reader->base + start->input_pos, reader->base + end->input_pos);
  reader->last_end = MAX(reader->last_end, span.end);
  return span;
}

static bool refuse_properties(node_reader *reader, struct fy_token *anchor, struct fy_token *tag) {
  struct fy_token *token = anchor ? anchor : tag;
  if (!token) return false;
  const struct fy_mark *mark = fy_token_start_mark(token);
  size_t at = mark ? reader->base + mark->input_pos : reader->last_end;
  pk_diagnostic *raised =
      fail(reader, PK_CODE_YAML_FEATURE, make_span(reader, at, at + 1),
           anchor ? "anchors ('&name') are not used in presskit's files" : "tags ('!name') are not used here");
  pk_diag_hint(reader->job->diag, raised, "a text that begins with '%c' must be in quotes", anchor ? '&' : '!');
  return true;
}

/* ---- scalars ------------------------------------------------------------- */

static bool is_null_word(const char *text) {
  static const char *const words[] = {"", "~", "null", "Null", "NULL"};
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
    if (strcmp(text, words[i]) == 0) return true;
  return false;
}

/* "key: #text" is an empty value and a comment to YAML, and a colour or a name
 * on a network to who wrote it. Raises that if it follows `offset`. */
static bool refuse_lost_text(node_reader *reader, size_t offset) {
  const char *text = reader->source->text;
  size_t at = offset;
  while (text[at] && strchr(" \t:-,?", text[at])) at++;
  if (text[at] != '#' || !text[at + 1] || strchr("# \t\r\n!=-", text[at + 1])) return false;
  pk_diagnostic *raised =
      fail(reader, PK_CODE_YAML_SYNTAX, make_span(reader, at, at + 1), "a text that begins with '#' must be in quotes");
  pk_diag_hint(reader->job->diag, raised, "if it is a note, write a space after the '#'");
  return true;
}

/* "key: {row.name}" is a mapping to YAML, and the value of a column, or a pattern with
 * {language} in it, to who wrote it. Raises that if the flow mapping at `offset` is a
 * word alone in braces. */
static bool refuse_bare_place(node_reader *reader, size_t offset) {
  const char *open = reader->source->text + offset, *close = open + 1;
  if (*open != '{') return false;
  while (g_ascii_isalnum(*close) || (*close && strchr("._-?", *close))) close++;
  if (*close != '}' || close == open + 1) return false;
  pk_diagnostic *raised =
      fail(reader, PK_CODE_YAML_SYNTAX, make_span(reader, offset, (size_t)(close + 1 - reader->source->text)),
           "a text that begins with '{' must be in quotes");
  pk_diag_hint(reader->job->diag, raised, "write it as  \"%.*s\"  with all that stands in the line",
               (int)(close + 1 - open), open);
  return true;
}

/* Steps over the line breaks and blanks at `at`; `*breaks` gets the number of
 * breaks, of which CR LF is one. */
static const char *skip_breaks(const char *at, const char *end, size_t *breaks) {
  *breaks = 0;
  for (; at < end && strchr(" \t\r\n", *at); at++)
    if (*at == '\n' || (*at == '\r' && !(at + 1 < end && at[1] == '\n'))) (*breaks)++;
  return at;
}

/* The text of a single-quoted scalar (YAML 1.2.2, 7.3.2): a quote is written
 * twice, lines are folded. Ours, because libfyaml 0.7 leaks where there are many
 * quotes. */
static void unquote_single(node_reader *reader, const char *raw, size_t size, pk_node *node) {
  char *text = pk_arena_alloc(reader->job->arena, size + 1), *to = text;
  for (const char *at = raw, *end = raw + size; at < end;) {
    if (*at != '\n' && *at != '\r') {
      at += *at == '\'' && at + 1 < end ? 2 : 1;
      *to++ = at[-1];
      continue;
    }
    while (to > text && (to[-1] == ' ' || to[-1] == '\t')) to--;
    size_t breaks;
    at = skip_breaks(at, end, &breaks);
    memset(to, breaks > 1 ? '\n' : ' ', MAX(breaks - 1, 1));
    to += MAX(breaks - 1, 1);
  }
  node->text = text;
  node->size = (size_t)(to - text);
}

/* Fills the text of `node`, whose span is that of the token's own text. Most
 * texts stand in the file as they are and are copied from there. */
static void read_text(node_reader *reader, struct fy_token *token, enum fy_scalar_style style, pk_node *node) {
  const char *raw = reader->source->text + node->span.start;
  size_t size = node->span.end - node->span.start;
  if (style == FYSS_SINGLE_QUOTED) {
    unquote_single(reader, raw, size, node);
    return;
  }
  bool is_one_line = !memchr(raw, '\n', size) && !memchr(raw, '\r', size);
  bool is_verbatim = is_one_line && (style == FYSS_PLAIN || (style == FYSS_DOUBLE_QUOTED && !memchr(raw, '\\', size)));
  if (!is_verbatim) raw = fy_token_get_text(token, &size);
  node->text = pk_arena_strndup(reader->job->arena, raw ? raw : "", raw ? size : 0);
  node->size = raw ? size : 0;
}

static pk_node *read_scalar(node_reader *reader) {
  struct fy_event *event = reader->event;
  if (refuse_properties(reader, event->scalar.anchor, event->scalar.tag)) return NULL;
  pk_node *node = PK_NEW(reader->job->arena, pk_node);
  node->kind = PK_NODE_SCALAR;
  node->span = event_span(reader);
  struct fy_token *token = event->scalar.value;
  enum fy_scalar_style style = token ? fy_token_scalar_style(token) : FYSS_PLAIN;
  node->text = "";
  if (token) read_text(reader, token, style, node);
  if (style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED) {
    if (node->span.start > 0) node->span.start--;
    if (node->span.end < reader->source->size) node->span.end++;
    reader->last_end = node->span.end;
  }
  if (style == FYSS_PLAIN) node->is_null = is_null_word(node->text);
  if (style == FYSS_PLAIN && !node->size) refuse_lost_text(reader, node->span.end);
  if (memchr(node->text, 0, node->size))
    fail(reader, PK_CODE_NUL_BYTE, node->span, "the text holds a NUL character");
  else if (!g_utf8_validate_len(node->text, node->size, NULL))
    fail(reader, PK_CODE_INVALID_UTF8, node->span, "an escape in this text gives no Unicode character");
  return node;
}

/* ---- collections --------------------------------------------------------- */

static const pk_node *read_node(node_reader *reader, unsigned depth);

/* A flow collection ends with its bracket, a block one with its last child. */
static void close_collection(node_reader *reader, pk_node *node, uint32_t last_child_end) {
  bool is_flow = strchr("{[", reader->source->text[node->span.start]) && node->span.start < reader->source->size;
  node->span.end = MAX(node->span.start, is_flow ? event_span(reader).end : last_child_end);
}

static const pk_node *read_sequence(node_reader *reader, unsigned depth) {
  pk_node *node = PK_NEW(reader->job->arena, pk_node);
  node->kind = PK_NODE_SEQUENCE;
  node->span = event_span(reader);
  GArray *items = g_array_new(FALSE, FALSE, sizeof(const pk_node *));
  uint32_t end = node->span.end;
  for (next_event(reader); reader->event && reader->event->type != FYET_SEQUENCE_END; next_event(reader)) {
    const pk_node *item = read_node(reader, depth + 1);
    if (!item) break;
    g_array_append_val(items, item);
    end = item->span.end;
  }
  if (reader->event && !reader->has_failed) close_collection(reader, node, end);
  node->item_count = items->len;
  node->items = pk_arena_take_array(reader->job->arena, items);
  return reader->has_failed ? NULL : node;
}

/* The earlier pair with the same key, or NULL. `index` maps the keys of a long
 * mapping to their number + 1; it is made when it is first needed. */
static const pk_pair *find_earlier(GArray *pairs, GHashTable **index, const char *key) {
  if (pairs->len < LONG_MAPPING) {
    for (guint i = 0; i < pairs->len; i++)
      if (strcmp(g_array_index(pairs, pk_pair, i).key, key) == 0) return &g_array_index(pairs, pk_pair, i);
    return NULL;
  }
  guint known = *index ? g_hash_table_size(*index) : 0;
  if (!*index) *index = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = known; i < pairs->len; i++)
    g_hash_table_insert(*index, (gpointer)g_array_index(pairs, pk_pair, i).key, GUINT_TO_POINTER(i + 1));
  guint number = GPOINTER_TO_UINT(g_hash_table_lookup(*index, key));
  return number ? &g_array_index(pairs, pk_pair, number - 1) : NULL;
}

static bool read_key(node_reader *reader, pk_pair *pair) {
  if (reader->event->type != FYET_SCALAR) {
    if (reader->event->type == FYET_ALIAS) {
      read_node(reader, 0);
      return false;
    }
    fail(reader, PK_CODE_YAML_FEATURE, event_span(reader), "the name of a field must be a text");
    return false;
  }
  const pk_node *key = read_scalar(reader);
  if (!key || reader->has_failed) return false;
  pair->key = key->text;
  pair->key_span = key->span;
  return true;
}

static const pk_node *read_mapping(node_reader *reader, unsigned depth) {
  pk_node *node = PK_NEW(reader->job->arena, pk_node);
  node->kind = PK_NODE_MAPPING;
  node->span = event_span(reader);
  GArray *pairs = g_array_new(FALSE, FALSE, sizeof(pk_pair));
  GHashTable *index = NULL;
  uint32_t end = node->span.end;
  for (next_event(reader); reader->event && reader->event->type != FYET_MAPPING_END; next_event(reader)) {
    pk_pair pair;
    if (!read_key(reader, &pair)) break;
    next_event(reader);
    if (!reader->event) break;
    pair.value = read_node(reader, depth + 1);
    if (!pair.value) break;
    if (pair.value->kind == PK_NODE_SCALAR && pair.value->span.end == pair.value->span.start && !pair.value->size)
      ((pk_node *)pair.value)->span = pair.key_span;
    end = pair.value->span.end;
    const pk_pair *earlier = find_earlier(pairs, &index, pair.key);
    if (!earlier) {
      g_array_append_val(pairs, pair);
      continue;
    }
    pk_diagnostic *raised =
        pk_diag_add(reader->job->diag, PK_CODE_DUPLICATE_KEY, pair.key_span, "'%s' is given twice", pair.key);
    pk_diag_related(reader->job->diag, raised, earlier->key_span, "the first one is here");
  }
  if (index) g_hash_table_unref(index);
  if (reader->event && !reader->has_failed) close_collection(reader, node, end);
  node->pair_count = pairs->len;
  node->pairs = pk_arena_take_array(reader->job->arena, pairs);
  return reader->has_failed ? NULL : node;
}

/* Reads the node that begins with the current event; leaves its last event as
 * the current one. NULL after an error. */
static const pk_node *read_node(node_reader *reader, unsigned depth) {
  struct fy_event *event = reader->event;
  if (depth >= PK_SPEC_MAX_DEPTH) {
    fail(reader, PK_CODE_TOO_DEEP, event_span(reader), "the mappings and lists are nested too deeply");
    return NULL;
  }
  switch (event->type) {
  case FYET_SCALAR: return read_scalar(reader);
  case FYET_SEQUENCE_START:
    if (refuse_properties(reader, event->sequence_start.anchor, event->sequence_start.tag)) return NULL;
    return read_sequence(reader, depth);
  case FYET_MAPPING_START:
    if (refuse_properties(reader, event->mapping_start.anchor, event->mapping_start.tag)) return NULL;
    if (refuse_bare_place(reader, event_span(reader).start)) return NULL;
    return read_mapping(reader, depth);
  case FYET_ALIAS: {
    pk_span span = event_span(reader);
    if (span.start > 0 && reader->source->text[span.start - 1] == '*') span.start--;
    pk_diagnostic *raised =
        fail(reader, PK_CODE_YAML_FEATURE, span, "references ('*name') are not used in presskit's files");
    pk_diag_hint(reader->job->diag, raised, "a text that begins with '*' must be in quotes");
    return NULL;
  }
  default: return NULL;
  }
}

/* ---- syntax errors ------------------------------------------------------- */

/* What libfyaml says, in part, and what we say for it. */
static const struct {
  const char *theirs, *message, *hint;
} syntax_errors[] = {
    {"invalid nested block mapping", "a text that holds ': ' must be in quotes",
     "write it as  headline: \"Serbia: a partner\""},
    {"invalid multiline plain key", "this line and the next do not fit together",
     "a field of its own begins in the same column as those above it; a text that holds ': ' must be in quotes"},
    {"double-quoted scalar", "a text in double quotes is not closed", "put a \" at its end"},
    {"single-quoted scalar", "a text in single quotes is not closed",
     "put a ' at its end; a ' inside the text is written twice"},
    {"without a closing bracket", "a list that begins with '[' is not closed", "put a ']' at its end"},
    {"without a closing brace", "a mapping that begins with '{' is not closed", "put a '}' at its end"},
    {"extra closing", "there is a closing bracket too many", NULL},
    {"extra comma", "there is a comma too many", NULL},
    {"expected ':'", "this line has no ':'", "write each field as  name: value"},
    {"cannot start with", "a text that begins with this character must be in quotes", NULL},
    {"expected node content", "a value is missing here", NULL},
    {"depth limit", "the mappings and lists are nested too deeply", NULL},
};

/* The tab that indents one of the lines around `offset`, as 1 + its offset; 0
 * if none does. */
static size_t find_tab_near(const node_reader *reader, size_t offset, size_t end) {
  const char *text = reader->source->text;
  size_t line = offset;
  while (line > reader->base && text[line - 1] != '\n') line--;
  for (int lines = 0; lines < 2 && line < end; lines++) {
    size_t at = line;
    while (at < end && text[at] == ' ') at++;
    if (at < end && text[at] == '\t') return at + 1;
    const char *newline = memchr(text + line, '\n', end - line);
    if (!newline) break;
    line = (size_t)(newline - text) + 1;
  }
  return 0;
}

static void raise_syntax_error(node_reader *reader, struct fy_diag *diag, size_t end) {
  void *iterator = NULL;
  const struct fy_diag_error *error = fy_diag_errors_iterate(diag, &iterator);
  const char *theirs = error && error->msg ? error->msg : "unknown fault";
  const struct fy_mark *mark = error && error->fyt ? fy_token_start_mark(error->fyt) : NULL;
  size_t at = MIN(mark ? reader->base + mark->input_pos : reader->last_end, end);
  size_t tab = find_tab_near(reader, at, end);
  if (tab) {
    pk_diagnostic *raised =
        fail(reader, PK_CODE_YAML_SYNTAX, make_span(reader, tab - 1, tab), "a tab is used to indent this line");
    pk_diag_hint(reader->job->diag, raised, "indent with spaces");
    return;
  }
  if (refuse_lost_text(reader, reader->last_end)) return;
  for (size_t i = 0; i < G_N_ELEMENTS(syntax_errors); i++) {
    if (!strstr(theirs, syntax_errors[i].theirs)) continue;
    bool is_depth = strcmp(syntax_errors[i].theirs, "depth limit") == 0;
    pk_diagnostic *raised = fail(reader, is_depth ? PK_CODE_TOO_DEEP : PK_CODE_YAML_SYNTAX, make_span(reader, at, at),
                                 syntax_errors[i].message);
    if (syntax_errors[i].hint) pk_diag_hint(reader->job->diag, raised, "%s", syntax_errors[i].hint);
    return;
  }
  reader->has_failed = true;
  pk_diag_add(reader->job->diag, PK_CODE_YAML_SYNTAX, make_span(reader, at, at), "this is not well-formed YAML: %s",
              theirs);
}

/* ---- the document -------------------------------------------------------- */

/* What stands for a document without content. */
static const pk_node *read_nothing(node_reader *reader, bool may_be_empty) {
  pk_span span = make_span(reader, reader->base, reader->base);
  if (!may_be_empty) {
    fail(reader, PK_CODE_EMPTY_FILE, span, "the file is empty");
    return NULL;
  }
  pk_node *node = PK_NEW(reader->job->arena, pk_node);
  node->kind = PK_NODE_MAPPING;
  node->span = span;
  return node;
}

static const pk_node *read_document(node_reader *reader) {
  const pk_node *root = NULL;
  unsigned documents = 0;
  for (next_event(reader); reader->event && !reader->has_failed; next_event(reader)) {
    enum fy_event_type type = reader->event->type;
    if (type == FYET_STREAM_START || type == FYET_STREAM_END || type == FYET_DOCUMENT_END) continue;
    if (type != FYET_DOCUMENT_START)
      root = read_node(reader, 0);
    else if (documents++)
      fail(reader, PK_CODE_YAML_FEATURE, event_span(reader), "a second document begins here; a file holds one");
  }
  return root;
}

static void swallow(struct fy_diag *diag, void *user, const char *text, size_t size) {
  (void)diag, (void)user, (void)text, (void)size;
}

/* Runs libfyaml over [base, end). It prints nothing: its messages are collected. */
static const pk_node *parse(node_reader *reader, size_t end, bool may_be_empty) {
  struct fy_diag_cfg diag_config;
  fy_diag_cfg_default(&diag_config);
  diag_config.fp = NULL;
  diag_config.output_fn = swallow;
  struct fy_diag *diag = fy_diag_create(&diag_config);
  fy_diag_set_collect_errors(diag, true);
  struct fy_parse_cfg config = {.flags = FYPCF_QUIET, .diag = diag};
  reader->parser = fy_parser_create(&config);
  fy_parser_set_string(reader->parser, reader->source->text + reader->base, end - reader->base);
  const pk_node *root = read_document(reader);
  if (!reader->has_failed && fy_diag_got_error(diag)) raise_syntax_error(reader, diag, end);
  if (reader->event) fy_parser_event_free(reader->parser, reader->event);
  fy_parser_destroy(reader->parser);
  fy_diag_destroy(diag);
  if (reader->has_failed) return NULL;
  bool is_empty = !root || (root->kind == PK_NODE_SCALAR && root->is_null);
  return is_empty ? read_nothing(reader, may_be_empty) : root;
}

static bool check_bytes(node_reader *reader, size_t end) {
  const char *text = reader->source->text + reader->base;
  size_t size = end - reader->base;
  const char *nul = memchr(text, 0, size), *bad = NULL;
  g_utf8_validate_len(text, size, &bad);
  if (bad < text + size && (!nul || bad < nul)) {
    size_t at = reader->base + (size_t)(bad - text);
    reader->has_failed = true;
    pk_diag_add(reader->job->diag, PK_CODE_INVALID_UTF8, make_span(reader, at, at + 1), "byte 0x%02X is not UTF-8",
                (unsigned char)*bad);
  } else if (nul) {
    size_t at = reader->base + (size_t)(nul - text);
    fail(reader, PK_CODE_NUL_BYTE, make_span(reader, at, at + 1), "the file holds a NUL byte");
  }
  return !reader->has_failed;
}

pk_status pk_node_parse_region(pk_job *job, const pk_source *source, size_t start, size_t end, bool may_be_empty,
                               const pk_node **out) {
  static const char byte_order_mark[] = "\xEF\xBB\xBF";
  if (start == 0 && end >= 3 && memcmp(source->text, byte_order_mark, 3) == 0) start = 3;
  node_reader reader = {.job = job, .source = source, .base = start, .last_end = (uint32_t)start};
  if (!check_bytes(&reader, end)) return PK_FAILED;

  size_t errors = pk_diag_count(job->diag, PK_ERROR);
  /* libfyaml refuses a text of no bytes. */
  const pk_node *root = end == start ? read_nothing(&reader, may_be_empty) : parse(&reader, end, may_be_empty);
  if (!root || pk_diag_count(job->diag, PK_ERROR) > errors) return PK_FAILED;
  *out = root;
  return PK_OK;
}

pk_status pk_node_parse(pk_job *job, const pk_source *source, size_t start, size_t end, const pk_node **out) {
  return pk_node_parse_region(job, source, start, end, false, out);
}
