#include <string.h>

#include "diag/diag.h"

const pk_source *pk_source_new(pk_arena *arena, const char *path, const char *text, size_t size) {
  GArray *starts = g_array_new(FALSE, FALSE, sizeof(uint32_t));
  uint32_t start = 0;
  g_array_append_val(starts, start);
  for (const char *at = text; (at = memchr(at, '\n', size - (size_t)(at - text)));) {
    start = (uint32_t)(++at - text);
    g_array_append_val(starts, start);
  }
  pk_source *source = PK_NEW(arena, pk_source);
  source->path = pk_arena_strdup(arena, path);
  source->text = text;
  source->size = size;
  source->line_count = starts->len;
  source->line_starts = pk_arena_take_array(arena, starts);
  return source;
}

const pk_source *pk_source_new_part(pk_arena *arena, const char *path, const char *text, size_t size,
                                    unsigned lines_before) {
  pk_source *source = (pk_source *)pk_source_new(arena, path, text, size);
  source->lines_before = lines_before;
  return source;
}

const pk_source *pk_source_new_filled(pk_arena *arena, const pk_source *origin, const char *text, size_t size,
                                      const pk_source_step *steps, size_t step_count) {
  pk_source *source = (pk_source *)pk_source_new(arena, origin->path, text, size);
  source->origin = origin;
  source->steps = steps;
  source->step_count = step_count;
  return source;
}

/* Inside a step the whole of what it stands for is meant. */
static uint32_t map_place(const pk_source *source, uint32_t at, bool is_end) {
  uint32_t shift_to = 0, shift_from = 0;
  for (size_t i = 0; i < source->step_count; i++) {
    const pk_source_step *step = &source->steps[i];
    if (at < step->at || (at == step->at && !(step->size && !is_end))) break;
    if (at < step->at + step->size) return is_end ? step->origin + step->origin_size : step->origin;
    shift_to = step->origin + step->origin_size;
    shift_from = step->at + step->size;
  }
  return at - shift_from + shift_to;
}

pk_span pk_span_origin(pk_span span) {
  const pk_source *source = span.source;
  if (!source || !source->origin) return span;
  uint32_t start = map_place(source, span.start, false);
  return (pk_span){source->origin, start, MAX(start, map_place(source, span.end, true))};
}

const pk_source *pk_source_new_paged(pk_arena *arena, const char *path) {
  pk_source *source = PK_NEW(arena, pk_source);
  source->path = pk_arena_strdup(arena, path);
  source->text = "";
  source->is_paged = true;
  return source;
}

pk_place pk_source_place(const pk_source *source, uint32_t offset) {
  if (source->is_paged) return (pk_place){0, 0};
  size_t low = 0, high = source->line_count;
  offset = MIN(offset, (uint32_t)source->size);
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (source->line_starts[middle] <= offset)
      low = middle;
    else
      high = middle;
  }
  unsigned column = 1;
  for (uint32_t i = source->line_starts[low]; i < offset; i++)
    column += ((unsigned char)source->text[i] & 0xC0) != 0x80;
  return (pk_place){(unsigned)low + 1 + source->lines_before, column};
}
