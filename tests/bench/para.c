/* Times paragraphs alone: shaping, breaking and placing, without pages or files.
 *
 *   bench_para LANG ARTICLE.md [ROUNDS]
 *
 * Every paragraph below the front matter is set in Source Serif 4 at 10 pt in a
 * column of 81 mm, with all that a style may ask of the breaker. A page is 3,300
 * characters. The first round fills the store of shaped words, as the first
 * document of a batch does; the others find them there. Run it in the source
 * tree, and under `valgrind --tool=callgrind` for instructions. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "para/para.h"

enum { PAGE_CHARACTERS = 3300 };

static const pk_length COLUMN = 81 * PK_PT_PER_MM;

typedef struct {
  pk_worker worker;
  pk_font_set *fonts;
  pk_hyphenation *patterns;
} bench;

static void open_bench(bench *b, pk_diag *diag) {
  const char *folders[] = {"fonts", NULL};
  g_autofree char *cache = g_build_filename(g_get_tmp_dir(), "presskit-bench-fontconfig", NULL);
  b->fonts = pk_font_set_new(folders, cache, diag);
  b->patterns = pk_hyphenation_new("/usr/share/hyphen", diag);
  b->worker.fonts = b->fonts;
  b->worker.hyphenation = b->patterns;
  b->worker.scratch = pk_arena_new();
  b->worker.font = pk_font_worker_new(b->fonts);
  b->worker.para = pk_para_worker_new(&b->worker);
}

static void close_bench(bench *b) {
  pk_para_worker_drop(b->worker.para);
  pk_font_worker_drop(b->worker.font);
  pk_arena_drop(b->worker.scratch);
  pk_hyphenation_drop(b->patterns);
  pk_font_set_drop(b->fonts);
}

static const pk_style style = {
    .name = "body",
    .families = "Source Serif 4,Vollkorn,Noto Serif",
    .weight = 400,
    .size = 10,
    .leading = 13,
    .align = PK_ALIGN_JUSTIFY,
    .hyphenate = true,
    .glyph_scaling = 0.02,
    .letter_spacing = 0.1,
    .hang = {0, 0.6, 0.3, 0.6, 0.25, 0.5, 0.1, 0.04, 0.05},
};

/* Sets all paragraphs once; returns how many lines there are. */
static size_t set_all(bench *b, char **paragraphs, pk_lang lang) {
  pk_arena *arena = pk_arena_new();
  pk_job job = {.worker = &b->worker, .arena = arena, .diag = pk_diag_new(arena)};
  const pk_line_rooms rooms = {.first = {10, COLUMN - 10}, .other = {0, COLUMN}};
  size_t count = 0;
  for (char **paragraph = paragraphs; *paragraph; paragraph++) {
    uint32_t size = (uint32_t)strlen(*paragraph);
    pk_style_run run = {.end = size, .style = &style};
    pk_styled_text text = {.text = *paragraph, .size = size, .runs = &run, .run_count = 1, .style = &style, .lang = lang};
    const pk_para *para;
    const pk_lines *lines;
    if (pk_para_build(&job, &text, &para) == PK_OK &&
        pk_para_break(&job, para, pk_line_shape_plain(&rooms), NULL, &lines) == PK_OK)
      count += lines->count;
  }
  pk_arena_drop(arena);
  return count;
}

int main(int argc, char **argv) {
  g_autofree char *article = NULL;
  pk_lang lang = argc > 2 ? pk_lang_from_tag(argv[1]) : PK_LANG_NONE;
  if (lang == PK_LANG_NONE || !g_file_get_contents(argv[2], &article, NULL, NULL)) {
    fprintf(stderr, "usage: bench_para LANG ARTICLE.md [ROUNDS]\n");
    return 2;
  }
  const char *text = strstr(article, "\n---\n");
  g_auto(GStrv) paragraphs = g_strsplit(text ? text + strlen("\n---\n") : article, "\n\n", -1);
  double characters = 0;
  for (char **paragraph = paragraphs; *paragraph; paragraph++)
    characters += (double)g_utf8_strlen(g_strstrip(*paragraph), -1);
  pk_arena *arena = pk_arena_new();
  bench b = {0};
  open_bench(&b, pk_diag_new(arena));
  int rounds = argc > 3 ? atoi(argv[3]) : 5;
  for (int round = 0; round < rounds; round++) {
    gint64 start = g_get_monotonic_time();
    size_t lines = set_all(&b, paragraphs, lang);
    double ms = (double)(g_get_monotonic_time() - start) / 1000, pages = characters / PAGE_CHARACTERS;
    printf("%s, round %d: %.1f pages of %d characters, %zu lines, %.3f ms a page\n", argv[1], round + 1, pages,
           PAGE_CHARACTERS, lines, ms / pages);
  }
  close_bench(&b);
  pk_arena_drop(arena);
  return 0;
}
