#include "article/rich.h"

#include <string.h>

void pk_rich_open(pk_rich_builder *builder) {
  *builder = (pk_rich_builder){g_string_new(NULL), g_array_new(FALSE, FALSE, sizeof(pk_text_run)), 0};
}

/* Whether byte n of the run is byte n of its source. */
static bool is_in_step(const pk_text_run *run) {
  return run->end - run->start == run->source.end - run->source.start;
}

static bool continues(const pk_text_run *run, const pk_text_run *next) {
  return run->end == next->start && run->marks == next->marks && run->href == next->href && run->lang == next->lang &&
         !run->footnote && !next->footnote && run->source.end == next->source.start && is_in_step(run) &&
         is_in_step(next);
}

static void append_run(GArray *runs, pk_text_run run) {
  pk_text_run *last = runs->len ? &g_array_index(runs, pk_text_run, runs->len - 1) : NULL;
  if (last && continues(last, &run)) {
    last->end = run.end;
    last->source.end = run.source.end;
  } else {
    g_array_append_val(runs, run);
  }
}

void pk_rich_append(pk_rich_builder *builder, const char *text, size_t size, pk_text_run like) {
  if (!size) return;
  like.start = (uint32_t)builder->text->len;
  like.end = like.start + (uint32_t)size;
  g_string_append_len(builder->text, text, (gssize)size);
  append_run(builder->runs, like);
}

static bool is_cyrillic(gunichar letter) {
  return letter >= 0x400 && letter < 0x530;
}

static bool is_latin(gunichar letter) {
  return letter < 0x80 ? g_ascii_isalpha((char)letter) : letter >= 0xC0 && letter < 0x250;
}

static void count_letters(const pk_rich_builder *builder, pk_reader *reader) {
  for (guint i = 0; i < builder->runs->len; i++) {
    const pk_text_run *run = &g_array_index(builder->runs, pk_text_run, i);
    if (run->lang || (run->marks & PK_MARK_CODE)) continue;
    const char *end = builder->text->str + run->end;
    for (const char *at = builder->text->str + run->start; at < end; at = g_utf8_next_char(at)) {
      gunichar letter = g_utf8_get_char(at);
      reader->latin += is_latin(letter);
      reader->cyrillic += is_cyrillic(letter);
    }
  }
}

pk_rich_text pk_rich_close(pk_rich_builder *builder, pk_reader *reader) {
  pk_arena *arena = reader->job->arena;
  count_letters(builder, reader);
  pk_rich_text text = {
      .text = pk_arena_strndup(arena, builder->text->str, builder->text->len),
      .size = (uint32_t)builder->text->len,
      .run_count = builder->runs->len,
  };
  text.runs = pk_arena_take_array(arena, builder->runs);
  g_string_free(builder->text, TRUE);
  return text;
}

static void append_slice(GArray *runs, const pk_rich_text *text, uint32_t start, uint32_t end, uint32_t offset) {
  for (size_t i = 0; i < text->run_count; i++) {
    pk_text_run run = text->runs[i];
    uint32_t from = MAX(run.start, start), to = MIN(run.end, end);
    if (from >= to) continue;
    if (is_in_step(&run)) {
      run.source.start += from - run.start;
      run.source.end -= run.end - to;
    }
    run.start = from - start + offset;
    run.end = to - start + offset;
    append_run(runs, run);
  }
}

pk_rich_text pk_rich_slice(pk_arena *arena, const pk_rich_text *text, uint32_t start, uint32_t end) {
  GArray *runs = g_array_new(FALSE, FALSE, sizeof(pk_text_run));
  end = MAX(start, end);
  append_slice(runs, text, start, end, 0);
  pk_rich_text slice = {
      .text = pk_arena_strndup(arena, text->text + start, end - start), .size = end - start, .run_count = runs->len};
  slice.runs = pk_arena_take_array(arena, runs);
  return slice;
}

pk_rich_text pk_rich_join(pk_arena *arena, const pk_rich_text *first, const pk_rich_text *second) {
  if (!first->size || !second->size) return first->size ? *first : *second;
  GArray *runs = g_array_new(FALSE, FALSE, sizeof(pk_text_run));
  append_slice(runs, first, 0, first->size, 0);
  uint32_t end = first->runs[first->run_count - 1].source.end;
  pk_span between = {second->runs[0].source.source, end, MAX(end, second->runs[0].source.start)};
  pk_text_run line_break = {first->size, first->size + 1, 0, NULL, NULL, 0, between};
  append_run(runs, line_break);
  append_slice(runs, second, 0, second->size, first->size + 1);
  pk_rich_text joined = {.text = pk_arena_printf(arena, "%s\n%s", first->text, second->text),
                         .size = first->size + 1 + second->size,
                         .run_count = runs->len};
  joined.runs = pk_arena_take_array(arena, runs);
  return joined;
}
