/* Shaping: faces, forms, features, what is told about them. */
#include "para_fixture.h"

/* Glyphs of the first line that are not spaces. */
static size_t ink_glyphs(const pk_lines *lines, uint32_t *ids, size_t most) {
  size_t count = 0;
  for (size_t r = 0; r < lines->lines[0].run_count; r++) {
    const pk_glyph_run *run = &lines->lines[0].runs[r];
    for (uint32_t g = 0; g < run->glyph_count && count < most; g++)
      if (lines->text->text[run->glyphs[g].cluster & ~PK_CLUSTER_HYPHEN] != ' ') ids[count++] = run->glyphs[g].id;
  }
  return count;
}

/* What HarfBuzz makes of `text` under a language. */
static size_t plain_glyphs(fixture *f, const pk_face *face, const char *text, const char *language, uint32_t *ids) {
  hb_buffer_t *buffer = hb_buffer_create();
  hb_buffer_add_utf8(buffer, text, -1, 0, -1);
  hb_buffer_set_script(buffer, HB_SCRIPT_CYRILLIC);
  hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
  hb_buffer_set_language(buffer, hb_language_from_string(language, -1));
  hb_shape(pk_font_worker_hb(f->worker.font, face), buffer, NULL, 0);
  unsigned count;
  const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
  for (unsigned i = 0; i < count; i++) ids[i] = infos[i].codepoint;
  hb_buffer_destroy(buffer);
  return count;
}

static void cyrillic_is_serbian_in_an_article_of_any_language(void **state) {
  fixture *f = *state;
  const char *letters = "бгдпт";
  f->style.italic = true;
  const pk_face *face = pk_font_set_find(f->fonts, "Source Serif 4", 400, true);
  uint32_t serbian[8], russian[8], ours[8];
  assert_int_equal(plain_glyphs(f, face, letters, "sr", serbian), 5);
  assert_int_equal(plain_glyphs(f, face, letters, "ru", russian), 5);
  for (int i = 0; i < 5; i++) assert_int_not_equal(serbian[i], russian[i]);
  for (int lang = 0; lang < PK_LANG_COUNT; lang++) {
    assert_int_equal(ink_glyphs(fixture_set(f, (pk_lang)lang, letters), ours, 8), 5);
    assert_memory_equal(ours, serbian, 5 * sizeof *ours);
  }
  char name[64];
  hb_font_glyph_to_string(pk_font_worker_hb(f->worker.font, face), ours[0], name, sizeof name);
  print_message("б in italics is %s\n", name);
}

static void cyrillic_inside_english_is_serbian_too(void **state) {
  fixture *f = *state;
  f->style.italic = true;
  const pk_face *face = pk_font_set_find(f->fonts, "Source Serif 4", 400, true);
  uint32_t serbian[8], ours[64];
  plain_glyphs(f, face, "т", "sr", serbian);
  size_t count = ink_glyphs(fixture_set(f, PK_LANG_EN, "The letter т is written so."), ours, 64);
  assert_true(count > 10);
  assert_int_equal(ours[9], serbian[0]);
}

static const char *const samples[] = {
    "Plain words, quite (without) “anything” that needs a second font; 1,250 of them.",
    "Канцеларија за везу Дрина објављује: „Први састанак” одржан је 26. јуна.",
    "Kancelarija za vezu Drina objavljuje: „Prvi sastanak” održan je 26. juna.",
    "Mixed: the word слобода stands in English — and NATO-а in Serbian.",
};

/* The short way around Pango must lead to the same place. */
static void itemising_without_pango_is_the_same(void **state) {
  fixture *f = *state;
  for (size_t i = 0; i < G_N_ELEMENTS(samples); i++) {
    g_autoptr(GString) plain = g_string_new(NULL), full = g_string_new(NULL);
    f->worker.para->asks_pango = false;
    pk_lines_dump(fixture_set(f, PK_LANG_EN, samples[i]), plain);
    f->worker.para->asks_pango = true;
    pk_lines_dump(fixture_set(f, PK_LANG_EN, samples[i]), full);
    assert_string_equal(plain->str, full->str);
  }
}

/* And so must the short way to where a line may end: in a column so narrow that
 * every line ends where it first may. */
static void breaking_without_pango_is_the_same(void **state) {
  fixture *f = *state;
  static const char *const words[] = {
      "well-known state-of-the-art COVID-19 26-month 1999-2014 a--b -x- x-",
      "Belgrade–Novi 1999–2014 –x x– a–“b” rock’n’roll-band “so-called” 'in-house',",
      "e.g.,x-y a:b;c-d U.S.-led \"twenty-five\". 3.5-inch a.-b B-",
      "научно-технички црвено-плаво-бели 26-годишњи „тзв.”-реч Београд–Ниш, а-б.",
      "one—two —three four— a!b c?d e…f …g h… (i-j) „k-l” «m-n» km/h 1/2 3/b and/or",
      "x.—y z!—w q…—v 5—6 7—a —5 )b-c 1–a „–a a/–b a-/b a!-b a…-b (—c „—d",
      "naučno-tehnički crveno-plavo-beli 26-godišnji š-ž Đ-đ.",
  };
  f->style.hyphenate = false;
  f->rooms = (pk_line_rooms){.first = {0, 12}, .other = {0, 12}};
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
    g_autoptr(GString) plain = g_string_new(NULL), full = g_string_new(NULL);
    f->worker.para->asks_pango = false;
    pk_lines_dump(fixture_set(f, PK_LANG_SR_LATN, words[i]), plain);
    f->worker.para->asks_pango = true;
    pk_lines_dump(fixture_set(f, PK_LANG_SR_LATN, words[i]), full);
    assert_string_equal(plain->str, full->str);
  }
}

static void a_missing_glyph_is_told_with_its_word_and_place(void **state) {
  fixture *f = *state;
  fixture_set(f, PK_LANG_EN, "A jar of 𐎠honey and again of 𐎠honey");
  size_t count;
  const pk_diagnostic *const *list = pk_diag_list(f->job.diag, &count);
  assert_int_equal(count, 1);
  assert_int_equal(list[0]->code, PK_CODE_GLYPH_MISSING);
  assert_non_null(strstr(list[0]->message, "U+103A0"));
  assert_non_null(strstr(list[0]->message, "honey"));
  pk_place place = pk_source_place(list[0]->span.source, list[0]->span.start);
  assert_int_equal(place.column, 10);
}

static void a_borrowed_letter_is_told_and_keeps_its_mark(void **state) {
  fixture *f = *state;
  const pk_lines *lines = fixture_set(f, PK_LANG_SR_CYRL, "ра̏д и ра̏д");
  size_t count;
  const pk_diagnostic *const *list = pk_diag_list(f->job.diag, &count);
  assert_int_equal(count, 1);
  assert_int_equal(list[0]->code, PK_CODE_FONT_SUBSTITUTED);
  assert_non_null(strstr(list[0]->message, "Source Serif 4"));
  assert_non_null(strstr(list[0]->message, "U+030F"));
  /* р, а with its mark, д: the letter goes with the mark. */
  const pk_line *line = &lines->lines[0];
  assert_true(line->run_count >= 3);
  assert_string_equal(line->runs[0].face->family, "Source Serif 4");
  assert_string_not_equal(line->runs[1].face->family, "Source Serif 4");
  assert_int_equal(line->runs[1].start, 2);
  assert_int_equal(line->runs[1].end, 6);
}

static void features_change_the_glyphs(void **state) {
  fixture *f = *state;
  uint32_t plain[16], other[16];
  ink_glyphs(fixture_set(f, PK_LANG_EN, "abc123"), plain, 6);
  f->style.letter_case = PK_CASE_SMALL_CAPS;
  f->style.figures = PK_FIGURES_OLD_STYLE;
  assert_int_equal(ink_glyphs(fixture_set(f, PK_LANG_EN, "abc123"), other, 6), 6);
  for (int i = 0; i < 6; i++) assert_int_not_equal(plain[i], other[i]);
  f->style.letter_case = PK_CASE_NONE;
  f->style.figures = PK_FIGURES_DEFAULT;
  static const char *const wanted[] = {"smcp", "onum=1"};
  f->style.features = wanted;
  f->style.feature_count = 2;
  uint32_t asked[16];
  ink_glyphs(fixture_set(f, PK_LANG_EN, "abc123"), asked, 6);
  assert_memory_equal(asked, other, 6 * sizeof *asked);
}

static void tabular_figures_are_alike(void **state) {
  fixture *f = *state;
  f->style.figure_width = PK_FIGURE_WIDTH_TABULAR;
  pk_length ones = fixture_set(f, PK_LANG_EN, "1111")->lines[0].width;
  assert_near(ones, fixture_set(f, PK_LANG_EN, "8888")->lines[0].width, 1e-4);
}

static void tracking_spaces_letters_and_undoes_ligatures(void **state) {
  fixture *f = *state;
  f->style.align = PK_ALIGN_LEFT;
  static const char *const ligatures[] = {"liga"};
  f->style.features = ligatures;
  pk_length natural = fixture_set(f, PK_LANG_EN, "nnnn nnnn")->lines[0].width;
  f->style.tracking = 0.5;
  pk_length tracked = fixture_set(f, PK_LANG_EN, "nnnn nnnn")->lines[0].width;
  assert_near(tracked - natural, 8 * 0.5, 1e-4); /* none after the last letter */
  uint32_t ids[8];
  assert_int_equal(ink_glyphs(fixture_set(f, PK_LANG_EN, "ffi"), ids, 8), 3);
}

static void spaces_of_a_line_are_even(void **state) {
  fixture *f = *state;
  const pk_lines *lines =
      fixture_set(f, PK_LANG_EN,
                  "We Two. To V. A. Yates, To You: AV, WA, Tea; Y. “A” T’ V — all kerned against spaces "
                  "if anybody lets them, which nobody should.");
  const pk_line *line = &lines->lines[0];
  assert_int_equal(line->run_count, 1);
  const pk_glyph_run *run = line->runs;
  double first = 0;
  for (uint32_t g = 0; g + 1 < run->glyph_count; g++) {
    if (lines->text->text[run->glyphs[g].cluster] != ' ') continue;
    double width = (double)run->glyphs[g + 1].x - (double)run->glyphs[g].x;
    if (first > 0)
      assert_near(width, first, 1e-3);
    else
      first = width;
  }
  assert_true(first > 1);
}

static void rise_lifts_glyphs_and_line(void **state) {
  fixture *f = *state;
  pk_length ascent = fixture_set(f, PK_LANG_EN, "x2")->lines[0].ascent;
  f->style.rise = 3;
  const pk_line *line = &fixture_set(f, PK_LANG_EN, "x2")->lines[0];
  assert_near(line->runs[0].glyphs[0].y, 3, 1e-4);
  assert_near(line->ascent, ascent + 3, 1e-4);
}

/* Runs and clusters cover what stands on the line, whatever is in it. */
static void check_cover(const pk_lines *lines) {
  for (size_t i = 0; i < lines->count; i++) {
    const pk_line *line = &lines->lines[i];
    double x = 0;
    for (size_t r = 0; r < line->run_count; r++) {
      const pk_glyph_run *run = &line->runs[r];
      assert_near(run->x, x, 0.01);
      x += run->width;
      assert_true(run->start >= line->start && run->end <= line->end && run->start <= run->end);
      for (uint32_t g = 0; g < run->glyph_count; g++) {
        uint32_t cluster = run->glyphs[g].cluster & ~PK_CLUSTER_HYPHEN;
        assert_true(cluster >= run->start && cluster <= run->end);
      }
    }
    assert_near(x, line->width, 0.01);
  }
}

static void strange_text_is_set_all_the_same(void **state) {
  fixture *f = *state;
  static const char *const texts[] = {
      "שלום עולם and back, then שלום again (עולם), 12 שלום 34",
      "السلام عليكم ورحمة الله in the middle of English words السلام",
      "a‍b‌c​d⁠e f\u202eg h\u202ci",
      "à́́́́́́́́́́́́́ la x̂̂̂̂̂̂̂̂̂̂̂̂̂̂",
      "日本語のテキスト、本文。 Then English.",
      "ภาษาไทย และ हिन्दी words 👩‍👩‍👧 🇷🇸",
      "\u00ad\u00ad\u00ad",
      "\u200b",
      "- - -",
      "\t\t a \t\t",
      "fi\u00ad\u00adfi",
      "ﬁﬂ ǅǈǋ ẞ",
  };
  for (int pass = 0; pass < 2; pass++)
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
      f->rooms = (pk_line_rooms){.first = {0, pass ? 230 : 25}, .other = {0, pass ? 230 : 25}};
      check_cover(fixture_set(f, PK_LANG_EN, texts[i]));
    }
}

static void right_to_left_words_run_leftwards(void **state) {
  fixture *f = *state;
  f->style.align = PK_ALIGN_LEFT;
  f->style.families = "Noto Serif";
  /* Two words without a font still stand in the order in which they are read. */
  const pk_lines *lines = fixture_set(f, PK_LANG_EN, "abc אב גד xyz");
  const pk_line *line = &lines->lines[0];
  uint32_t first = 0, second = 0;
  double first_x = 0, second_x = 0;
  for (size_t r = 0; r < line->run_count; r++)
    for (uint32_t g = 0; g < line->runs[r].glyph_count; g++) {
      const pk_glyph *glyph = &line->runs[r].glyphs[g];
      if (glyph->cluster == 4) first++, first_x = line->runs[r].x + (double)glyph->x;
      if (glyph->cluster == 9) second++, second_x = line->runs[r].x + (double)glyph->x;
    }
  assert_true(first && second);
  assert_true(first_x > second_x);
}

static void styles_may_change_inside_a_word(void **state) {
  fixture *f = *state;
  pk_styled_text text = *fixture_text(f, PK_LANG_EN, "unbelievable consequences");
  pk_style bold = f->style;
  bold.weight = 700;
  bold.size = 14;
  pk_style_run runs[3] = {text.runs[0], text.runs[0], text.runs[0]};
  runs[0].end = runs[1].start = 5;
  runs[1].end = runs[2].start = 19;
  runs[1].style = &bold;
  text.runs = runs;
  text.run_count = 3;
  f->rooms = (pk_line_rooms){.first = {0, 60}, .other = {0, 60}};
  const pk_lines *lines = fixture_lines(f, &text);
  check_cover(lines);
  assert_true(lines->count >= 2);
  assert_false(lines->is_overfull);
  assert_true(lines->lines[0].ascent > 10);
}

/* A change that does not show in the glyphs does not part them either. */
static void a_link_keeps_its_kerning(void **state) {
  fixture *f = *state;
  f->style.align = PK_ALIGN_LEFT;
  pk_styled_text text = *fixture_text(f, PK_LANG_EN, "AVAVAV");
  pk_length whole = fixture_lines(f, &text)->lines[0].width;
  pk_style inked = f->style;
  inked.ink = 2;
  pk_style_run runs[2] = {text.runs[0], text.runs[0]};
  runs[0].end = runs[1].start = 3;
  runs[1].style = &inked;
  text.runs = runs;
  text.run_count = 2;
  const pk_lines *lines = fixture_lines(f, &text);
  assert_int_equal(lines->lines[0].run_count, 2);
  assert_near(lines->lines[0].width, whole, 1e-4);
  check_cover(lines);
}

static void a_job_keeps_its_words_when_the_store_is_new(void **state) {
  fixture *f = *state;
  pk_arena *arena = pk_arena_new();
  pk_job other = {.worker = &f->worker, .arena = arena, .diag = f->job.diag};
  const pk_para *para;
  const pk_styled_text *text = fixture_text(f, PK_LANG_EN, "kept words");
  assert_int_equal(pk_para_build(&other, text, &para), PK_OK);
  fixture_set(f, PK_LANG_EN, "words of another job");
  pk_arena_drop(arena);
  const pk_lines *lines = fixture_set(f, PK_LANG_EN, "kept words");
  assert_string_equal(fixture_line(f, lines, 0), "kept words");
}

/* Every glyph and place of the samples, as text. */
static void dump_samples(fixture *f, GString *out) {
  for (size_t i = 0; i < G_N_ELEMENTS(samples); i++) {
    f->rooms = (pk_line_rooms){.first = {10, 80}, .other = {0, 90}};
    const pk_lines *lines = fixture_set(f, PK_LANG_SR_LATN, samples[i]);
    pk_lines_dump(lines, out);
    for (size_t l = 0; l < lines->count; l++)
      for (size_t r = 0; r < lines->lines[l].run_count; r++)
        for (uint32_t g = 0; g < lines->lines[l].runs[r].glyph_count; g++) {
          const pk_glyph *glyph = &lines->lines[l].runs[r].glyphs[g];
          g_string_append_printf(out, "%u %u %a %a\n", glyph->id, glyph->cluster, (double)glyph->x, (double)glyph->y);
        }
  }
}

static void a_warm_worker_sets_as_a_fresh_one(void **state) {
  fixture *f = *state;
  g_autoptr(GString) fresh = g_string_new(NULL), warm = g_string_new(NULL);
  dump_samples(f, fresh);
  dump_samples(f, warm);
  assert_string_equal(fresh->str, warm->str);
}

static gpointer work_alone(gpointer data) {
  fixture *shared = data;
  fixture own = *shared;
  own.arena = pk_arena_new();
  own.worker.scratch = pk_arena_new();
  own.worker.font = pk_font_worker_new(shared->fonts);
  own.worker.para = pk_para_worker_new(&own.worker);
  own.job = (pk_job){.worker = &own.worker, .arena = own.arena, .diag = pk_diag_new(own.arena)};
  GString *out = g_string_new(NULL);
  for (int i = 0; i < 2; i++) {
    own.worker.para->asks_pango = i;
    dump_samples(&own, out);
  }
  pk_para_worker_drop(own.worker.para);
  pk_font_worker_drop(own.worker.font);
  pk_arena_drop(own.worker.scratch);
  pk_arena_drop(own.arena);
  return out;
}

static void threads_agree(void **state) {
  GThread *threads[4];
  for (int i = 0; i < 4; i++) threads[i] = g_thread_new("worker", work_alone, *state);
  g_autoptr(GString) first = g_thread_join(threads[0]);
  for (int i = 1; i < 4; i++) {
    g_autoptr(GString) other = g_thread_join(threads[i]);
    assert_string_equal(first->str, other->str);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
      TEST(cyrillic_is_serbian_in_an_article_of_any_language),
      TEST(cyrillic_inside_english_is_serbian_too),
      TEST(itemising_without_pango_is_the_same),
      TEST(breaking_without_pango_is_the_same),
      TEST(a_missing_glyph_is_told_with_its_word_and_place),
      TEST(a_borrowed_letter_is_told_and_keeps_its_mark),
      TEST(features_change_the_glyphs),
      TEST(tabular_figures_are_alike),
      TEST(tracking_spaces_letters_and_undoes_ligatures),
      TEST(spaces_of_a_line_are_even),
      TEST(rise_lifts_glyphs_and_line),
      TEST(strange_text_is_set_all_the_same),
      TEST(right_to_left_words_run_leftwards),
      TEST(styles_may_change_inside_a_word),
      TEST(a_link_keeps_its_kerning),
      TEST(a_job_keeps_its_words_when_the_store_is_new),
      TEST(a_warm_worker_sets_as_a_fresh_one),
      TEST(threads_agree),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
