/* Finds and fills {facts.x} and {row.x}. */
#include "spec/merge.h"

#include <string.h>

static const char *const scopes[] = {"facts.", "row."};
enum { FACTS, ROW, LONGEST_NAME = 200 };

bool pk_merge_place_at(const char *at, const char *end, pk_merge_place *place) {
  if (at >= end || *at != '{') return false;
  const char *name = at + 1;
  bool is_ours = false;
  for (size_t i = 0; i < G_N_ELEMENTS(scopes); i++) {
    size_t size = strlen(scopes[i]);
    is_ours = is_ours || ((size_t)(end - name) > size && strncmp(name, scopes[i], size) == 0);
  }
  if (!is_ours) return false;
  const char *last = MIN(end, name + LONGEST_NAME), *close = name;
  while (close < last && !strchr("{}\n\r", *close)) close++;
  if (close >= last || *close != '}') return false;
  bool is_optional = close[-1] == '?';
  *place = (pk_merge_place){name, (size_t)(close - name) - is_optional, is_optional, (size_t)(close - at) + 1};
  return true;
}

/* ---- values ---------------------------------------------------------------- */

static bool raise_unknown(pk_job *job, const char *what, const char *name, const char *const *names, size_t count,
                          pk_span span) {
  pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_MERGE_UNKNOWN, span, "there is no %s '%s'", what, name);
  const char *nearest = pk_diag_nearest(name, names, count);
  g_autoptr(GString) all = g_string_new(NULL);
  for (size_t i = 0; i < count; i++) g_string_append_printf(all, "%s%s", i ? ", " : "", names[i]);
  if (nearest)
    pk_diag_hint(job->diag, raised, "did you mean '%s'?", nearest);
  else if (count)
    pk_diag_hint(job->diag, raised, "there are: %s", all->str);
  else
    pk_diag_hint(job->diag, raised,
                 !job->merge                 ? "%s come from a kit: render it with  presskit batch KIT"
                 : strcmp(what, "fact") == 0 ? "the kit has no %s:"
                                             : "the document has no data: that holds %s",
                 strcmp(what, "fact") == 0 ? "facts" : "rows");
  return false;
}

static bool fact_value(pk_job *job, const char *name, pk_lang lang, pk_span span, const char **value) {
  const pk_merge *merge = job->merge;
  size_t count = merge ? merge->fact_count : 0;
  for (size_t i = 0; i < count; i++) {
    if (strcmp(merge->facts[i].name, name) != 0) continue;
    *value = pk_text_lookup(&merge->facts[i].text, lang, NULL);
    if (*value) return true;
    pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_MERGE_UNKNOWN, span, "the fact '%s' is not given in %s",
                                        name, lang == PK_LANG_NONE ? "any language" : pk_lang_tag(lang));
    pk_diag_related(job->diag, raised, merge->facts[i].span, "the fact");
    return false;
  }
  const char **names = PK_NEW_ARRAY(job->arena, const char *, count + 1);
  for (size_t i = 0; i < count; i++) names[i] = merge->facts[i].name;
  return raise_unknown(job, "fact", name, names, count, span);
}

static bool row_value(pk_job *job, const char *name, bool is_optional, pk_span span, const char **value) {
  const pk_merge *merge = job->merge;
  size_t count = merge ? merge->column_count : 0;
  for (size_t i = 0; i < count; i++) {
    if (strcmp(merge->columns[i], name) != 0) continue;
    *value = merge->values ? merge->values[i] : "";
    if (**value || is_optional || !merge->values) return true;
    pk_diagnostic *raised = pk_diag_add(job->diag, PK_CODE_MERGE_EMPTY, span,
                                        "row %" G_GUINT64_FORMAT " has no value in the column '%s'", merge->row, name);
    pk_diag_hint(job->diag, raised, "fill it in, leave the row out with when:, or write {row.%s?}", name);
    if (merge->row_source)
      pk_diag_related(job->diag, raised, (pk_span){merge->row_source, 0, (uint32_t)merge->row_source->size}, "the row");
    return false;
  }
  return raise_unknown(job, "column", name, count ? merge->columns : NULL, count, span);
}

bool pk_merge_value(pk_job *job, const pk_merge_place *place, pk_lang lang, pk_span span, const char **value) {
  bool is_fact = place->name[0] == scopes[FACTS][0];
  size_t skip = strlen(scopes[is_fact ? FACTS : ROW]);
  g_autofree char *name = g_strstrip(g_strndup(place->name + skip, place->size - skip));
  g_autofree char *field = g_strconcat(scopes[is_fact ? FACTS : ROW], name, NULL);
  pk_job_note_field(job, field);
  return is_fact ? fact_value(job, name, lang, span, value) : row_value(job, name, place->is_optional, span, value);
}

/* ---- what they are, told apart ------------------------------------------------ */

static void add_value(GString *out, const char *value) {
  g_string_append_printf(out, "%zu:%s,", value ? strlen(value) : (size_t)0, value ? value : "");
}

static bool add_fact(const pk_merge *merge, const char *name, GString *out) {
  for (size_t i = 0; i < merge->fact_count; i++) {
    if (strcmp(merge->facts[i].name, name) != 0) continue;
    add_value(out, merge->facts[i].text.any);
    for (int lang = 0; lang < PK_LANG_COUNT; lang++) add_value(out, merge->facts[i].text.in[lang]);
    return true;
  }
  return false;
}

static bool add_column(const pk_merge *merge, const char *name, GString *out) {
  for (size_t i = 0; merge->values && i < merge->column_count; i++) {
    if (strcmp(merge->columns[i], name) != 0) continue;
    add_value(out, merge->values[i]);
    return true;
  }
  return false;
}

bool pk_merge_digest(const pk_merge *merges, size_t count, const char *name, pk_digest *digest) {
  bool is_fact = g_str_has_prefix(name, scopes[FACTS]);
  const char *bare = name + strlen(scopes[is_fact ? FACTS : ROW]);
  g_autoptr(GString) text = g_string_new(NULL);
  for (size_t i = 0; i < count; i++)
    if (!(is_fact ? add_fact : add_column)(&merges[i], bare, text)) return false;
  *digest = pk_digest_of(text->str, text->len);
  return true;
}

/* ---- texts ----------------------------------------------------------------- */

/* The place itself, if the span's own bytes show it, else the span. */
static pk_span narrow(pk_span span, const pk_merge_place *place, uint32_t *from) {
  if (!span.source || span.start >= span.end || span.end > span.source->size) return span;
  const char *text = span.source->text;
  const char *found = memmem(text + span.start + *from, span.end - span.start - *from, place->name - 1, place->length);
  if (!found) return span;
  uint32_t start = (uint32_t)(found - text);
  *from = start - span.start + (uint32_t)place->length;
  return (pk_span){span.source, start, start + (uint32_t)place->length};
}

bool pk_merge_fill(pk_job *job, const char *text, pk_lang lang, pk_span span, const char **out) {
  const char *end = text + strlen(text);
  g_autoptr(GString) filled = NULL;
  bool is_fine = true;
  uint32_t from = 0;
  for (const char *at = text, *copied = text;; at++) {
    at = memchr(at, '{', (size_t)(end - at));
    pk_merge_place place;
    if (at && !pk_merge_place_at(at, end, &place)) continue;
    if (!at) {
      if (filled) g_string_append(filled, copied);
      break;
    }
    if (!filled) filled = g_string_new(NULL);
    g_string_append_len(filled, copied, at - copied);
    const char *value = "";
    is_fine = pk_merge_value(job, &place, lang, narrow(span, &place, &from), &value) && is_fine;
    g_string_append(filled, value);
    copied = at + place.length;
    at = copied - 1;
  }
  *out = filled ? pk_arena_strdup(job->arena, filled->str) : text;
  return is_fine;
}

/* ---- trees ------------------------------------------------------------------- */

static bool fill_tree(pk_job *job, const pk_node *node, pk_lang lang, const pk_node **out);

/* What a row leaves empty is as if it had not been written: a field, an element of a
 * list. What was written empty is told by who reads it. */
static bool is_emptied(const pk_node *node, const pk_node *filled) {
  return node->kind == PK_NODE_SCALAR && node->size && !filled->text[strspn(filled->text, " \t\r\n")] &&
         node->text[strspn(node->text, " \t\r\n")];
}

static bool fill_pairs(pk_job *job, const pk_node *node, pk_lang lang, pk_node *copy) {
  pk_pair *pairs = pk_arena_dup(job->arena, node->pairs, node->pair_count * sizeof *pairs);
  bool is_fine = true;
  copy->pair_count = 0;
  for (size_t i = 0; i < node->pair_count; i++) {
    const pk_node *filled;
    is_fine = fill_tree(job, pairs[i].value, lang, &filled) && is_fine;
    if (is_emptied(pairs[i].value, filled)) continue;
    pairs[copy->pair_count] = pairs[i];
    pairs[copy->pair_count++].value = filled;
  }
  copy->pairs = pairs;
  return is_fine;
}

static bool fill_items(pk_job *job, const pk_node *node, pk_lang lang, pk_node *copy) {
  const pk_node **items = pk_arena_dup(job->arena, node->items, node->item_count * sizeof *items);
  bool is_fine = true;
  copy->item_count = 0;
  for (size_t i = 0; i < node->item_count; i++) {
    const pk_node *filled;
    is_fine = fill_tree(job, items[i], lang, &filled) && is_fine;
    if (!is_emptied(items[i], filled)) items[copy->item_count++] = filled;
  }
  copy->items = items;
  return is_fine;
}

static bool fill_tree(pk_job *job, const pk_node *node, pk_lang lang, const pk_node **out) {
  pk_node *copy = pk_arena_dup(job->arena, node, sizeof *node);
  *out = copy;
  if (node->kind == PK_NODE_MAPPING) return fill_pairs(job, node, lang, copy);
  if (node->kind == PK_NODE_SEQUENCE) return fill_items(job, node, lang, copy);
  bool is_fine = pk_merge_fill(job, node->text, lang, node->span, &copy->text);
  copy->size = strlen(copy->text);
  return is_fine;
}

bool pk_merge_fill_node(pk_job *job, const pk_node *map, const pk_node **out) {
  pk_lang lang = PK_LANG_NONE;
  const pk_pair *pair = pk_node_find(map, "lang");
  const char *tag = NULL;
  if (pair && pair->value->kind == PK_NODE_SCALAR &&
      !pk_merge_fill(job, pair->value->text, PK_LANG_NONE, pair->value->span, &tag))
    return false;
  if (tag) lang = pk_lang_from_tag(tag);
  return fill_tree(job, map, lang, out);
}
