/* Paragraphs for the tests: a worker over the project's fonts and patterns. */
#ifndef PARA_FIXTURE_H
#define PARA_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "para/worker.h"

#define assert_near(a, b, most) assert_float_equal((float)(a), (float)(b), (float)(most))

typedef struct {
  pk_arena *arena;
  pk_worker worker;
  pk_job job;
  pk_font_set *fonts;
  pk_hyphenation *patterns;
  pk_style style;      /* of the paragraph; change it before setting */
  pk_line_rooms rooms; /* of fixture_set() */
  const pk_para *para; /* the last one */
} fixture;

static int fixture_open(void **state) {
  fixture *f = g_new0(fixture, 1);
  f->arena = pk_arena_new();
  f->job = (pk_job){.worker = &f->worker, .arena = f->arena, .diag = pk_diag_new(f->arena)};
  /* Each program has a cache of its own, since programs run side by side. */
  g_autofree char *program = g_path_get_basename(__BASE_FILE__);
  g_autofree char *cache = g_build_filename(g_get_tmp_dir(), "presskit-test-fontconfig", program, NULL);
  const char *folders[] = {"fonts", NULL};
  f->fonts = pk_font_set_new(folders, cache, f->job.diag);
  f->patterns = pk_hyphenation_new("/usr/share/hyphen", f->job.diag);
  f->worker.fonts = f->fonts;
  f->worker.hyphenation = f->patterns;
  f->worker.scratch = pk_arena_new();
  f->worker.font = pk_font_worker_new(f->fonts);
  f->worker.para = pk_para_worker_new(&f->worker);
  f->style = (pk_style){.name = "body",
                        .families = "Source Serif 4,Vollkorn,Noto Serif",
                        .weight = 400,
                        .size = 10,
                        .leading = 13,
                        .align = PK_ALIGN_JUSTIFY,
                        .hyphenate = true};
  f->rooms = (pk_line_rooms){.first = {10, 220}, .other = {0, 230}};
  *state = f;
  return 0;
}

static int fixture_close(void **state) {
  fixture *f = *state;
  pk_para_worker_drop(f->worker.para);
  pk_arena_drop(f->arena);
  pk_arena_drop(f->worker.scratch);
  pk_font_worker_drop(f->worker.font);
  pk_hyphenation_drop(f->patterns);
  pk_font_set_drop(f->fonts);
  g_free(f);
  return 0;
}

/* A text in one style, in a source of its own. */
static inline const pk_styled_text *fixture_text(fixture *f, pk_lang lang, const char *text) {
  pk_styled_text *styled = PK_NEW(f->arena, pk_styled_text);
  pk_style_run *run = PK_NEW(f->arena, pk_style_run);
  const char *copy = pk_arena_strdup(f->arena, text);
  uint32_t size = (uint32_t)strlen(copy);
  pk_style *style = pk_arena_dup(f->arena, &f->style, sizeof f->style);
  run->end = size;
  run->style = style;
  run->source = (pk_span){pk_source_new(f->arena, "text.md", copy, size), 0, size};
  *styled = (pk_styled_text){.text = copy, .size = size, .runs = run, .run_count = 1, .style = style, .lang = lang};
  return styled;
}

static inline const pk_lines *fixture_lines(fixture *f, const pk_styled_text *text) {
  const pk_lines *lines = NULL;
  assert_int_equal(pk_para_build(&f->job, text, &f->para), PK_OK);
  assert_int_equal(pk_para_break(&f->job, f->para, pk_line_shape_plain(&f->rooms), NULL, &lines), PK_OK);
  return lines;
}

static inline const pk_lines *fixture_set(fixture *f, pk_lang lang, const char *text) {
  return fixture_lines(f, fixture_text(f, lang, text));
}

/* The words of a line, with a hyphen that was added. */
static inline const char *fixture_line(fixture *f, const pk_lines *lines, size_t number) {
  const pk_line *line = &lines->lines[number];
  return pk_arena_printf(f->arena, "%.*s%s", (int)(line->end - line->start), lines->text->text + line->start,
                         line->ends_in_hyphen ? "-" : "");
}

#endif
