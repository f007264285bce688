/* Lines in the store of a run: by all that decides about them, and by nothing
 * else, so that a text is known again in another document.
 *
 * In:  styled text, line shape, options. Out: lines that are frozen and shared.
 *
 * Lines name their runs by number and bytes of the text, so they hold for every
 * text with the same words in styles that look the same, whatever it is part of.
 * The fields of a style that para/ reads stand in the table below; a test sees to
 * it that none is missing (tests/cli/kept_fields.py). */
#include "para/kept.h"

#include <string.h>

#include "base/store.h"
#include "para/model.h"

#define FIELD(name)                                                                                                    \
  { offsetof(pk_style, name), sizeof(((pk_style *)NULL)->name) }

static const struct {
  size_t offset, size;
} fields[] = {
    FIELD(italic),      FIELD(weight),        FIELD(size),           FIELD(align),    FIELD(hyphenate),
    FIELD(letter_case), FIELD(figures),       FIELD(figure_width),   FIELD(tracking), FIELD(balance),
    FIELD(rise),        FIELD(glyph_scaling), FIELD(letter_spacing), FIELD(hang),     FIELD(turn_over),
};

static void add_style(pk_digester *digester, const pk_style *style) {
  for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
    pk_digester_add(digester, (const char *)style + fields[i].offset, fields[i].size);
  pk_digester_add_text(digester, style->families);
  pk_digester_add(digester, &style->feature_count, sizeof style->feature_count);
  for (size_t i = 0; i < style->feature_count; i++) pk_digester_add_text(digester, style->features[i]);
}

static void add_text(pk_digester *digester, const pk_styled_text *text) {
  const uint32_t numbers[] = {text->size, text->start, (uint32_t)text->lang, (uint32_t)text->run_count};
  pk_digester_add(digester, numbers, sizeof numbers);
  pk_digester_add(digester, text->text, text->size);
  add_style(digester, text->style);
  const pk_style *last = text->style;
  for (size_t i = 0; i < text->run_count; i++) {
    const pk_style_run *run = &text->runs[i];
    const uint32_t bounds[] = {run->start, run->end, run->style != last};
    pk_digester_add(digester, bounds, sizeof bounds);
    pk_digester_add_text(digester, run->lang);
    if (run->style != last) add_style(digester, last = run->style);
  }
}

static void add_shape(pk_digester *digester, pk_line_shape shape) {
  for (size_t i = 0; i <= shape.alike_from; i++) {
    pk_line_room room = shape.room(shape.data, i);
    const double numbers[] = {room.left, room.width};
    pk_digester_add(digester, numbers, sizeof numbers);
  }
}

/* The start of a key of answers of a kind. */
static pk_digester *begin_key(pk_job *job, const char *kind, const pk_styled_text *text, pk_line_shape shape) {
  pk_digester *digester = pk_digester_new();
  pk_digester_add_text(digester, kind);
  pk_digester_add(digester, &job->worker->fonts, sizeof job->worker->fonts);
  add_text(digester, text);
  add_shape(digester, shape);
  return digester;
}

/* Where widths change from line to line without an end the shape has no digest. */
static bool has_key(const pk_job *job, const pk_styled_text *text, pk_line_shape shape) {
  return job->worker->store && text->size && shape.alike_from;
}

static pk_digest key_of(pk_job *job, const pk_styled_text *text, pk_line_shape shape, const pk_break_options *options) {
  pk_digester *digester = begin_key(job, "lines", text, shape);
  const int64_t numbers[] = {options ? options->looseness : 0, options ? options->first_end : 0,
                             options && options->has_label};
  pk_digester_add(digester, numbers, sizeof numbers);
  return pk_digester_end(digester);
}

/* Lines, runs and glyphs in one piece of memory, in this order. */
typedef struct {
  size_t count;
  bool is_overfull;
  pk_line lines[];
} kept_lines;

static kept_lines *copy(const pk_lines *lines, size_t *size) {
  size_t runs = 0, glyphs = 0;
  for (size_t i = 0; i < lines->count; i++) {
    runs += lines->lines[i].run_count;
    for (size_t r = 0; r < lines->lines[i].run_count; r++) glyphs += lines->lines[i].runs[r].glyph_count;
  }
  *size = sizeof(kept_lines) + lines->count * sizeof(pk_line) + runs * sizeof(pk_glyph_run) + glyphs * sizeof(pk_glyph);
  kept_lines *kept = g_malloc(*size);
  kept->count = lines->count;
  kept->is_overfull = lines->is_overfull;
  pk_glyph_run *run = (void *)(kept->lines + lines->count);
  pk_glyph *glyph = (void *)(run + runs);
  for (size_t i = 0; i < lines->count; i++) {
    kept->lines[i] = lines->lines[i];
    kept->lines[i].runs = run;
    for (size_t r = 0; r < lines->lines[i].run_count; r++, run++) {
      *run = lines->lines[i].runs[r];
      if (run->glyph_count) memcpy(glyph, run->glyphs, run->glyph_count * sizeof *glyph);
      run->glyphs = glyph;
      glyph += run->glyph_count;
    }
  }
  return kept;
}

const pk_lines *pk_lines_find(pk_job *job, const pk_styled_text *text, pk_line_shape shape,
                              const pk_break_options *options, pk_lines_question *asked) {
  *asked = (pk_lines_question){.is_wanted = false};
  if (!has_key(job, text, shape)) return NULL;
  asked->key = key_of(job, text, shape, options);
  const kept_lines *kept =
      pk_store_find(job->worker->store, job->arena, asked->key, job->worker->document, &asked->is_wanted);
  if (!kept) return NULL;
  pk_lines *lines = PK_NEW(job->arena, pk_lines);
  *lines = (pk_lines){text, kept->lines, kept->count, kept->is_overfull};
  return lines;
}

void pk_lines_keep(pk_job *job, const pk_lines_question *asked, const pk_para *para, const pk_lines *lines) {
  if (!asked->is_wanted || para->has_faults) return;
  size_t size;
  kept_lines *kept = copy(lines, &size);
  (void)pk_store_keep(job->worker->store, job->arena, asked->key, kept, size, NULL);
}

bool pk_first_find(pk_job *job, const pk_styled_text *text, pk_line_shape shape, const pk_styled_text *const *firsts,
                   size_t count, pk_lines_question *asked, pk_first_choice *out) {
  *asked = (pk_lines_question){.is_wanted = false};
  if (!has_key(job, text, shape)) return false;
  pk_digester *digester = begin_key(job, "first line", text, shape);
  for (size_t i = 0; i < count; i++) add_text(digester, firsts[i]);
  asked->key = pk_digester_end(digester);
  const pk_first_choice *kept =
      pk_store_find(job->worker->store, job->arena, asked->key, job->worker->document, &asked->is_wanted);
  if (kept) *out = *kept;
  return kept != NULL;
}

void pk_first_keep(pk_job *job, const pk_lines_question *asked, const pk_para *para, pk_first_choice choice) {
  if (!asked->is_wanted || para->has_faults) return;
  pk_first_choice *kept = g_memdup2(&choice, sizeof choice);
  (void)pk_store_keep(job->worker->store, job->arena, asked->key, kept, sizeof choice, NULL);
}
