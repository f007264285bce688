/* Rich text of the article -> styled text.
 *
 * In:  text with marks, links and source spans.
 * Out: the same words in resolved styles, one run a change of look. What a
 *      layout asks for changes letters here and nowhere else: the language's
 *      quotes for straight ones, capitals for `case: upper`.
 *
 * Always holds: runs cover the text without gaps and are never empty. */
#include "style/text.h"

#include <string.h>

#include "style/phrase.h"

void pk_text_builder_open(pk_text_builder *builder, pk_cascade *cascade, const pk_style *style) {
  *builder = (pk_text_builder){
      .cascade = cascade,
      .style = style,
      .lang = cascade->lang,
      .text = g_string_new(NULL),
      .runs = g_array_new(FALSE, FALSE, sizeof(pk_style_run)),
  };
}

/* Gives the run its numbers: those of the run before it where that is a part of
 * the same link or phrase, else new ones. */
static void number_run(pk_text_builder *builder, pk_style_run *run) {
  pk_cascade *cascade = builder->cascade;
  guint count = builder->runs->len;
  const pk_style_run *last = count ? &g_array_index(builder->runs, pk_style_run, count - 1) : NULL;
  bool is_same = last && last->href == run->href && !last->footnote && !run->footnote;
  if (run->href || run->footnote) run->link = is_same ? last->link : ++cascade->link_count;
  if (!run->lang && !run->expansion) return;
  is_same = is_same && last->phrase && g_strcmp0(last->lang, run->lang) == 0 && !last->expansion && !run->expansion;
  run->phrase = is_same ? last->phrase : ++cascade->phrase_count;
}

static void append_piece(pk_text_builder *builder, const char *text, size_t size, pk_style_run run) {
  pk_arena *arena = builder->cascade->job->arena;
  run.start = (uint32_t)builder->text->len;
  if (run.style->letter_case == PK_CASE_UPPER)
    g_string_append(builder->text, pk_language_upper(arena, builder->lang, pk_arena_strndup(arena, text, size)));
  else
    g_string_append_len(builder->text, text, (gssize)size);
  run.end = (uint32_t)builder->text->len;
  number_run(builder, &run);
  g_array_append_val(builder->runs, run);
}

static void append_run(pk_text_builder *builder, const char *text, size_t size, pk_style_run run) {
  for (size_t at = 0; at < size;) {
    pk_style_run piece = run;
    size_t length = pk_phrase_next(builder->cascade, text + at, size - at, &piece);
    append_piece(builder, text + at, length, piece);
    at += length;
  }
}

/* `map` of a text that was made from one that was itself made by `first`. */
static const uint32_t *join_maps(pk_arena *arena, const uint32_t *first, const uint32_t *second, size_t size) {
  uint32_t *joint = PK_NEW_ARRAY(arena, uint32_t, size + 1);
  for (size_t i = 0; i <= size; i++) joint[i] = first[second[i]];
  return joint;
}

/* `text` with the quotes and dashes that the layout asks for; `map` as that of
 * pk_language_smart_quotes(), untouched if nothing changes. */
static const char *smart_text(const pk_text_builder *builder, const char *text, const uint32_t **map) {
  const pk_layout *layout = builder->cascade->layout;
  pk_arena *arena = builder->cascade->job->arena;
  const uint32_t *of_quotes = NULL, *of_dashes = NULL;
  const char *quoted = text, *set = text;
  if (layout->smart_quotes && strpbrk(text, "\"'"))
    quoted = set = pk_language_smart_quotes(arena, builder->lang, text, map ? &of_quotes : NULL);
  if (layout->smart_dashes && strpbrk(quoted, "-."))
    set = pk_language_smart_dashes(arena, builder->lang, quoted, map ? &of_dashes : NULL);
  if (!map || set == text) return set;
  if (quoted == text)
    *map = of_dashes;
  else
    *map = set == quoted ? of_quotes : join_maps(arena, of_quotes, of_dashes, strlen(set));
  return set;
}

void pk_text_builder_plain(pk_text_builder *builder, const char *text, const pk_style *style, const char *href,
                           pk_span source) {
  text = smart_text(builder, text, NULL);
  append_run(builder, text, strlen(text), (pk_style_run){.style = style, .href = href, .source = source});
}

/* Where in the text with its quotes set what came from bytes before `offset`
 * ends, looked for from `from` on. */
static uint32_t map_offset(const uint32_t *map, uint32_t size, uint32_t from, uint32_t offset) {
  while (from < size && map[from] < offset) from++;
  return from;
}

void pk_text_builder_rich(pk_text_builder *builder, const pk_rich_text *text) {
  pk_cascade *cascade = builder->cascade;
  const char *words = text->text ? text->text : "";
  const uint32_t *map = NULL;
  words = smart_text(builder, words, &map);
  uint32_t size = (uint32_t)strlen(words), end = 0;
  for (size_t i = 0; i < text->run_count; i++) {
    const pk_text_run *run = &text->runs[i];
    uint32_t start = end;
    end = map && words != text->text ? map_offset(map, size, start, run->end) : run->end;
    /* Code keeps its quotes. */
    bool is_verbatim = run->marks & PK_MARK_CODE;
    const char *piece = is_verbatim ? text->text + run->start : words + start;
    append_run(builder, piece, is_verbatim ? run->end - run->start : end - start,
               (pk_style_run){
                   .style = pk_cascade_run_style(cascade, builder->style, run->marks, run->href != NULL),
                   .marks = run->marks,
                   .href = run->href,
                   .footnote = run->footnote,
                   .source = run->source,
               });
  }
}

void pk_text_builder_strengthen(pk_text_builder *builder, uint32_t size) {
  if (!size || !builder->runs->len) return;
  pk_style_run *first = &g_array_index(builder->runs, pk_style_run, 0), opening = *first;
  if (first->style != builder->style || first->end <= size) return;
  opening.end = first->start = size;
  opening.style = pk_cascade_run_style(builder->cascade, builder->style, PK_MARK_STRONG, false);
  g_array_prepend_val(builder->runs, opening);
}

void pk_text_builder_mark_run_in(pk_text_builder *builder) {
  for (guint i = 0; i < builder->runs->len; i++) g_array_index(builder->runs, pk_style_run, i).is_run_in = true;
}

pk_styled_text pk_text_builder_close(pk_text_builder *builder) {
  pk_arena *arena = builder->cascade->job->arena;
  pk_styled_text text = {
      .text = pk_arena_strndup(arena, builder->text->str, builder->text->len),
      .size = (uint32_t)builder->text->len,
      .run_count = builder->runs->len,
      .style = builder->style,
      .lang = builder->lang,
  };
  text.runs = pk_arena_take_array(arena, builder->runs);
  g_string_free(builder->text, TRUE);
  return text;
}

const pk_styled_text *pk_style_plain_text(pk_job *job, const pk_style *style, pk_lang lang, const char *text,
                                          pk_span source) {
  pk_styled_text *styled = PK_NEW(job->arena, pk_styled_text);
  const char *words = style->letter_case == PK_CASE_UPPER ? pk_language_upper(job->arena, lang, text) : text;
  pk_style_run *run = PK_NEW(job->arena, pk_style_run);
  *run = (pk_style_run){.end = (uint32_t)strlen(words), .style = style, .source = source};
  *styled = (pk_styled_text){.text = pk_arena_strdup(job->arena, words),
                             .size = run->end,
                             .runs = run,
                             .run_count = run->end ? 1 : 0,
                             .style = style,
                             .lang = lang};
  return styled;
}
