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
#include "style/reference.h"

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

/* `text` has its neighbours in its own text. Code explains itself. */
static void append_run(pk_text_builder *builder, pk_phrase_text words, pk_style_run run) {
  const char *text = words.text;
  size_t size = words.size;
  for (size_t at = 0; at < size;) {
    pk_style_run piece = run;
    pk_phrase_text rest = {text + at, size - at, at ? g_utf8_get_char(g_utf8_prev_char(text + at)) : words.before,
                           words.after};
    bool is_explained = run.marks & PK_MARK_CODE || run.footnote;
    size_t length = is_explained ? rest.size : pk_phrase_next(builder->cascade, &rest, &piece);
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

/* `text` with the quotes and dashes that the layout asks for, in scratch; `map` as that of
 * pk_language_smart_quotes(), untouched if nothing changes. */
static const char *smart_text(const pk_text_builder *builder, pk_lang lang, const char *text, const uint32_t **map) {
  const pk_layout *layout = builder->cascade->layout;
  pk_arena *arena = builder->cascade->job->worker->scratch;
  const uint32_t *of_quotes = NULL, *of_dashes = NULL;
  const char *quoted = text, *set = text;
  if (layout->smart_quotes && strpbrk(text, "\"'"))
    quoted = set = pk_language_smart_quotes(arena, lang, text, map ? &of_quotes : NULL);
  if (layout->smart_dashes && strpbrk(quoted, "-."))
    set = pk_language_smart_dashes(arena, lang, quoted, map ? &of_dashes : NULL);
  if (!map || set == text) return set;
  if (quoted == text)
    *map = of_dashes;
  else
    *map = set == quoted ? of_quotes : join_maps(arena, of_quotes, of_dashes, strlen(set));
  return set;
}

void pk_text_builder_plain(pk_text_builder *builder, const char *text, const pk_style *style, const char *href,
                           pk_span source) {
  pk_arena *scratch = builder->cascade->job->worker->scratch;
  pk_arena_mark mark = pk_arena_mark_now(scratch);
  text = smart_text(builder, builder->lang, text, NULL);
  append_run(builder, (pk_phrase_text){.text = text, .size = strlen(text)},
             (pk_style_run){.style = style, .href = href, .source = source});
  pk_arena_reset(scratch, mark);
}

/* Where in the text with its quotes set what came from bytes before `offset`
 * ends, looked for from `from` on. */
static uint32_t map_offset(const uint32_t *map, uint32_t size, uint32_t from, uint32_t offset) {
  while (from < size && map[from] < offset) from++;
  return from;
}

/* A text as the rules of one language have it. */
typedef struct {
  pk_lang lang;
  const char *words;
  const uint32_t *map; /* or NULL: as the article has it */
  uint32_t size, end;  /* end: of the last run in it */
} version;

enum { MOST_VERSIONS = PK_LANG_COUNT };

/* The version for the language of `run`; that of the text where it has no rules. The
 * whole text is read for each, so that quotes find their partners. */
static version *version_for(const pk_text_builder *builder, const pk_rich_text *text, const pk_text_run *run,
                            version *versions, size_t *count) {
  pk_lang lang = run->lang ? pk_lang_of_tag(run->lang) : builder->lang;
  if (lang == PK_LANG_NONE) lang = builder->lang;
  for (size_t i = 0; i < *count; i++)
    if (versions[i].lang == lang) return &versions[i];
  version *made = &versions[(*count)++];
  *made = (version){.lang = lang, .words = text->text ? text->text : ""};
  made->words = smart_text(builder, lang, made->words, &made->map);
  if (made->words == text->text) made->map = NULL;
  made->size = (uint32_t)strlen(made->words);
  return made;
}

/* The words of a run, and what stands around them. */
static pk_phrase_text words_of_run(version *of, const pk_rich_text *text, const pk_text_run *run) {
  uint32_t start = of->map ? map_offset(of->map, of->size, of->end, run->start) : run->start;
  of->end = of->map ? map_offset(of->map, of->size, start, run->end) : run->end;
  pk_phrase_text words = {.text = of->words + start, .size = of->end - start};
  if (start) words.before = g_utf8_get_char(g_utf8_prev_char(words.text));
  if (of->end < of->size) words.after = g_utf8_get_char(of->words + of->end);
  /* Code keeps its quotes. */
  if (!(run->marks & PK_MARK_CODE)) return words;
  words.text = text->text + run->start;
  words.size = run->end - run->start;
  return words;
}

/* A declared language that is not the one of the text. */
static const char *other_language(const pk_cascade *cascade, const char *lang) {
  return lang && strcmp(lang, pk_lang_tag(cascade->lang)) != 0 ? lang : NULL;
}

/* The words of a reference to a note are its number. */
static void number_note(const pk_cascade *cascade, int note, pk_phrase_text *words) {
  words->text = pk_arena_printf(cascade->job->arena, "%d", note + cascade->note_base);
  words->size = (uint32_t)strlen(words->text);
}

void pk_text_builder_rich(pk_text_builder *builder, const pk_rich_text *text) {
  pk_cascade *cascade = builder->cascade;
  version versions[MOST_VERSIONS];
  size_t count = 0;
  pk_arena *scratch = cascade->job->worker->scratch;
  pk_arena_mark mark = pk_arena_mark_now(scratch);
  for (size_t i = 0; i < text->run_count; i++) {
    const pk_text_run *run = &text->runs[i];
    version *of = version_for(builder, text, run, versions, &count);
    pk_phrase_text words = words_of_run(of, text, run);
    const char *href = run->href;
    pk_reference_fill(cascade, run, &words, &href);
    if (run->footnote && cascade->note_base) number_note(cascade, run->footnote, &words);
    append_run(builder, words,
               (pk_style_run){
                   .lang = other_language(cascade, run->lang),
                   .style = pk_cascade_run_style(cascade, builder->style, run->marks, href != NULL),
                   .marks = run->marks,
                   .href = href,
                   .footnote = run->footnote ? run->footnote + builder->cascade->note_base : 0,
                   .source = run->source,
               });
  }
  pk_arena_reset(scratch, mark);
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
