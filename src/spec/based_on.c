/* `based-on:` of styles, applied.
 *
 * Each style's chain is followed upwards until a finished style or the top, and
 * then laid over downwards, so every style is visited once. */
#include <string.h>

#include "spec/check.h"
#include "spec/fields.h"

typedef enum { UNTOUCHED, ON_CHAIN, FINISHED } state;

typedef struct {
  pk_job *job;
  pk_style_spec *styles;
  size_t count;
  const pk_source *own; /* the user's file */
  state *states;
  size_t *chain; /* numbers of styles from the one asked for upwards */
  size_t depth;
} style_cascade;

static size_t find_style(const style_cascade *cascade, const char *name) {
  for (size_t i = 0; i < cascade->count; i++)
    if (strcmp(cascade->styles[i].name, name) == 0) return i;
  return SIZE_MAX;
}

static void raise_unknown(const style_cascade *cascade, const pk_style_spec *style) {
  const char **names = PK_NEW_ARRAY(cascade->job->arena, const char *, cascade->count);
  for (size_t i = 0; i < cascade->count; i++) names[i] = cascade->styles[i].name;
  pk_field_unknown(cascade->job, PK_CODE_UNKNOWN_NAME, style->based_on_span, "style", style->based_on, names,
                   cascade->count);
}

static void raise_cycle(const style_cascade *cascade, size_t from) {
  GString *circle = g_string_new(NULL);
  size_t first = 0;
  while (cascade->chain[first] != from) first++;
  pk_span place = PK_SPAN_NONE; /* in the user's own file, where a link of the circle is there */
  for (size_t i = first; i < cascade->depth; i++) {
    const pk_style_spec *style = &cascade->styles[cascade->chain[i]];
    g_string_append_printf(circle, "%s -> ", style->name);
    if (!place.source || style->based_on_span.source == cascade->own) place = style->based_on_span;
  }
  g_string_append(circle, cascade->styles[from].name);
  pk_diag_add(cascade->job->diag, PK_CODE_BASED_ON_CYCLE, place, "styles are based on each other in a circle: %s",
              circle->str);
  g_string_free(circle, TRUE);
}

/* Fills the chain from style `number` upwards. `*parent` is the finished style
 * above its last one, or SIZE_MAX. */
static bool climb(style_cascade *cascade, size_t number, size_t *parent) {
  cascade->depth = 0;
  *parent = SIZE_MAX;
  while (true) {
    const pk_style_spec *style = &cascade->styles[number];
    cascade->states[number] = ON_CHAIN;
    cascade->chain[cascade->depth++] = number;
    if (!style->based_on) return true;
    number = find_style(cascade, style->based_on);
    if (number == SIZE_MAX) {
      raise_unknown(cascade, style);
      return false;
    }
    if (cascade->states[number] == ON_CHAIN) {
      raise_cycle(cascade, number);
      return false;
    }
    if (cascade->states[number] == FINISHED) {
      *parent = number;
      return true;
    }
  }
}

static void lay_over(pk_style_spec *style, const pk_style_spec *parent) {
  pk_style_spec merged = pk_style_spec_overlay(parent, style);
  merged.name = style->name;
  merged.span = style->span;
  merged.based_on_span = style->based_on_span;
  if (style->size.unit == PK_UNIT_EM)
    merged.size = (pk_dimension){parent->size.value * style->size.value, parent->size.unit};
  *style = merged;
}

bool pk_layout_apply_based_on(pk_job *job, const pk_source *own, pk_style_spec *styles, size_t count) {
  g_autofree state *states = g_new0(state, count + 1);
  g_autofree size_t *chain = g_new0(size_t, count + 1);
  style_cascade cascade = {.job = job, .styles = styles, .count = count, .own = own, .states = states, .chain = chain};
  bool is_fine = true;
  for (size_t i = 0; i < count; i++) {
    if (states[i] != UNTOUCHED) continue;
    size_t parent;
    if (!climb(&cascade, i, &parent)) is_fine = false;
    for (size_t depth = cascade.depth; depth > 0; depth--) {
      size_t number = chain[depth - 1];
      if (parent != SIZE_MAX) lay_over(&styles[number], &styles[parent]);
      states[number] = FINISHED;
      parent = number;
    }
  }
  return is_fine;
}
