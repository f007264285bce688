/* Breaking: where lines end, how they are filled, what hard cases come to. */
#include "para_fixture.h"

#include <math.h>

static const char *const english =
    "The office opened its doors fifteen years ago in two rooms above a bakery, and everybody who worked there "
    "remembers the smell of bread in the early hours. What began as a small liaison desk grew into a partnership of "
    "several hundred people, with programmes in forty municipalities, an annual conference, and a library that is "
    "open to the public every afternoon. The extraordinary commitment of volunteers, translators and local "
    "administrators made it possible to publish every announcement in three editions at the same hour.";
static const char *const latin =
    "Kancelarija je otvorena pre petnaest godina u dve prostorije iznad pekare, i svi koji su u njoj radili sećaju se "
    "mirisa hleba u ranim jutarnjim satima. Ono što je počelo kao mali sto za vezu izraslo je u partnerstvo nekoliko "
    "stotina ljudi, sa programima u četrdeset opština, godišnjom konferencijom i bibliotekom koja je otvorena svakog "
    "popodneva. Izuzetna posvećenost prevodilaca i saradnika omogućila je objavljivanje svakog saopštenja u tri "
    "izdanja istog sata, a o tome se i danas govori sa ponosom.";
static const char *const cyrillic =
    "Канцеларија је отворена пре петнаест година у две просторије изнад пекаре, и сви који су у њој радили сећају се "
    "мириса хлеба у раним јутарњим сатима. Оно што је почело као мали сто за везу израсло је у партнерство неколико "
    "стотина људи, са програмима у четрдесет општина, годишњом конференцијом и библиотеком која је отворена сваког "
    "поподнева. Изузетна посвећеност преводилаца и сарадника омогућила је објављивање сваког саопштења у три издања "
    "истог сата, а о томе се и данас говори са поносом.";

static void set_room(fixture *f, pk_length room) {
  f->rooms = (pk_line_rooms){.first = {0, room}, .other = {0, room}};
}

static const char *text_of(pk_lang lang) {
  return lang == PK_LANG_EN ? english : lang == PK_LANG_SR_LATN ? latin : cyrillic;
}

/* What the breaker counted on is what was set: all hyphens, kerning at breaks. */
static void widths_foreseen_are_widths_set(void **state) {
  fixture *f = *state;
  for (int lang = 0; lang < PK_LANG_COUNT; lang++)
    for (double room = 110; room < 260; room += 7) {
      f->rooms = (pk_line_rooms){.first = {10, room - 10}, .other = {0, room}};
      const pk_lines *lines = fixture_set(f, (pk_lang)lang, text_of((pk_lang)lang));
      assert_false(lines->is_overfull);
      for (size_t i = 0; i + 1 < lines->count; i++) {
        const pk_line *line = &lines->lines[i];
        assert_near(line->width, line->room, 1e-3);
        double r = line->stretch > 1 ? (line->stretch - 1) * 2 : (1 - line->stretch) / PK_SPACE_SHRINK;
        assert_near(line->badness / (100 * r * r * r + 1e-9), 1, 0.01);
      }
    }
}

static void lines_cover_the_text_in_order(void **state) {
  fixture *f = *state;
  const pk_lines *lines = fixture_set(f, PK_LANG_SR_LATN, latin);
  uint32_t at = 0;
  for (size_t i = 0; i < lines->count; i++) {
    const pk_line *line = &lines->lines[i];
    assert_true(line->start == at || line->start == at + 1);
    assert_int_equal(line->is_last, i + 1 == lines->count);
    at = line->end;
  }
  assert_int_equal(at, strlen(latin));
}

static void no_serbian_one_letter_word_ends_a_line(void **state) {
  fixture *f = *state;
  for (int lang = PK_LANG_SR_LATN; lang <= PK_LANG_SR_CYRL; lang++)
    for (double room = 90; room < 240; room += 5) {
      set_room(f, room);
      const pk_lines *lines = fixture_set(f, (pk_lang)lang, text_of((pk_lang)lang));
      for (size_t i = 0; i + 1 < lines->count; i++) {
        const char *end = lines->text->text + lines->lines[i].end, *last = g_utf8_prev_char(end);
        if (!lines->lines[i].ends_in_hyphen) assert_int_not_equal(last[-1], ' ');
      }
    }
}

/* ---- letters and margins -------------------------------------------------- */

static void let_letters_give(fixture *f) {
  f->style.glyph_scaling = 0.02;
  f->style.letter_spacing = 0.01 * f->style.size;
}

static void letters_give_before_spaces(void **state) {
  fixture *f = *state;
  let_letters_give(f);
  for (int lang = 0; lang < PK_LANG_COUNT; lang++) {
    const pk_lines *lines = fixture_set(f, (pk_lang)lang, text_of((pk_lang)lang));
    for (size_t i = 0; i + 1 < lines->count; i++) {
      const pk_line *line = &lines->lines[i];
      assert_near(line->width, line->room, 1e-3);
      assert_true(fabs(line->letters) <= 1.011);
      if (fabs(line->letters) < 0.999) assert_near(line->stretch, 1, 1e-6);
      for (size_t r = 0; r < line->run_count; r++) {
        assert_near(line->runs[r].scale_x, 1 + 0.02 * line->letters, 1e-9);
        assert_near(line->runs[r].tracking, 0.1 * line->letters, 1e-9);
      }
    }
    const pk_line *last = &lines->lines[lines->count - 1];
    assert_near(last->letters, 0, 1e-9);
  }
}

/* The glyphs stand where scale and tracking put them. */
static void places_of_glyphs_have_scale_and_tracking_in_them(void **state) {
  fixture *f = *state;
  let_letters_give(f);
  set_room(f, 150);
  const pk_lines *lines = fixture_set(f, PK_LANG_EN, "minimum minimum minimum minimum minimum minimum minimum minimum");
  const pk_line *line = &lines->lines[0];
  assert_true(fabs(line->letters) > 0.01);
  const pk_glyph_run *run = line->runs;
  double unit = run->size / run->face->upem;
  int advance = hb_font_get_glyph_h_advance(f->para->pieces[0].voice->font, run->glyphs[0].id);
  assert_near((double)run->glyphs[1].x - (double)run->glyphs[0].x, advance * unit * run->scale_x + run->tracking, 0.01);
}

static void evener_with_letters_than_without(void **state) {
  fixture *f = *state;
  double worst[2] = {0, 0};
  for (int round = 0; round < 2; round++) {
    if (round) let_letters_give(f);
    for (double room = 150; room < 240; room += 9) {
      set_room(f, room);
      const pk_lines *lines = fixture_set(f, PK_LANG_SR_CYRL, cyrillic);
      for (size_t i = 0; i + 1 < lines->count; i++) {
        double away = lines->lines[i].stretch - 1;
        worst[round] += away * away;
      }
    }
  }
  assert_true(worst[1] < worst[0] / 2);
}

static void marks_hang_in_both_margins(void **state) {
  fixture *f = *state;
  for (int i = 1; i < PK_HANG_COUNT; i++) f->style.hang[i] = 0.5;
  set_room(f, 64);
  const pk_lines *lines = fixture_set(f, PK_LANG_EN, "A line: all-wide \u201cmarks\u201d and, -, more, words, in, it");
  bool has_left = false, has_right = false;
  for (size_t i = 0; i + 1 < lines->count; i++) {
    const pk_line *line = &lines->lines[i];
    assert_near(line->width, line->room + line->hang, 1e-3);
    double left = line->left - line->x, right = line->x + line->width - line->left - line->room;
    assert_near(left + right, line->hang, 1e-3);
    assert_true(left > -1e-6 && right > -1e-6);
    char last = lines->text->text[line->end - 1];
    if (last == ',') assert_true(right > 0.5);
    has_right |= right > 0.5;
    has_left |= left > 0.1;
  }
  assert_true(has_left && has_right);
}

static void ragged_text_hangs_at_its_flush_edge_only(void **state) {
  fixture *f = *state;
  for (int i = 1; i < PK_HANG_COUNT; i++) f->style.hang[i] = 0.5;
  f->style.align = PK_ALIGN_LEFT;
  const pk_line *line = fixture_set(f, PK_LANG_EN, "\u201cQuite so.\u201d")->lines;
  assert_true(line->x < line->left - 1);
  f->style.align = PK_ALIGN_RIGHT;
  line = fixture_set(f, PK_LANG_EN, "\u201cQuite so.\u201d")->lines;
  assert_true(line->x + line->width > line->left + line->room + 1);
  f->style.align = PK_ALIGN_CENTER;
  line = fixture_set(f, PK_LANG_EN, "\u201cQuite so.\u201d")->lines;
  assert_near(line->hang, 0, 1e-9);
}

static void no_mark_hangs_out_towards_a_label(void **state) {
  fixture *f = *state;
  for (int i = 1; i < PK_HANG_COUNT; i++) f->style.hang[i] = 0.5;
  const pk_break_options options = {.has_label = true};
  const pk_lines *lines;
  fixture_set(f, PK_LANG_EN, "\u201cQuite so.\u201d");
  assert_int_equal(pk_para_break(&f->job, f->para, pk_line_shape_plain(&f->rooms), &options, &lines), PK_OK);
  assert_near(lines->lines[0].x, lines->lines[0].left, 1e-6);
  fixture_set(f, PK_LANG_EN, "Terms"); /* a letter does, by its hair */
  assert_int_equal(pk_para_break(&f->job, f->para, pk_line_shape_plain(&f->rooms), &options, &lines), PK_OK);
  assert_true(lines->lines[0].x < lines->lines[0].left);
}

static void the_same_word_does_not_stand_above_itself(void **state) {
  fixture *f = *state;
  let_letters_give(f);
  unsigned stacks = 0, lines_seen = 0;
  for (int lang = 0; lang < PK_LANG_COUNT; lang++)
    for (double room = 150; room < 260; room += 6) {
      set_room(f, room);
      const pk_lines *lines = fixture_set(f, (pk_lang)lang, text_of((pk_lang)lang));
      for (size_t i = 1; i < lines->count; i++, lines_seen++) stacks += lines->lines[i - 1].cost.repeat > 0;
    }
  assert_true(stacks * 200 < lines_seen);
}

static void names_are_charged_for_their_hyphens(void **state) {
  fixture *f = *state;
  set_room(f, 60);
  const pk_lines *lines = fixture_set(f, PK_LANG_SR_LATN, "u Aleksandrovcu kod Aleksandrovca");
  for (size_t i = 0; i < lines->count; i++)
    assert_true((lines->lines[i].cost.name > 0) == lines->lines[i].ends_in_hyphen);
  lines = fixture_set(f, PK_LANG_SR_LATN, "Aleksandrovački i aleksandrovački");
  for (size_t i = 0; i < lines->count; i++) assert_near(lines->lines[i].cost.name, 0, 1e-9);
}

/* ---- hard cases ----------------------------------------------------------- */

static void an_added_hyphen_is_marked(void **state) {
  fixture *f = *state;
  set_room(f, 45);
  const pk_lines *lines = fixture_set(f, PK_LANG_SR_CYRL, "пријатељство");
  assert_true(lines->count > 1 && lines->lines[0].ends_in_hyphen);
  const pk_glyph_run *run = &lines->lines[0].runs[lines->lines[0].run_count - 1];
  uint32_t cluster = run->glyphs[run->glyph_count - 1].cluster;
  assert_int_equal(cluster, PK_CLUSTER_HYPHEN | lines->lines[0].end);
}

static void soft_hyphens_are_where_words_break(void **state) {
  fixture *f = *state;
  set_room(f, 40);
  const pk_lines *lines = fixture_set(f, PK_LANG_EN, "inter\u00adnational");
  assert_int_equal(lines->count, 2);
  assert_string_equal(fixture_line(f, lines, 0), "inter-");
  assert_string_equal(fixture_line(f, lines, 1), "national");
  set_room(f, 200);
  f->style.align = PK_ALIGN_LEFT;
  pk_length with = fixture_set(f, PK_LANG_EN, "of\u00adfi\u00adcial")->lines[0].width;
  assert_near(with, fixture_set(f, PK_LANG_EN, "official")->lines[0].width, 1e-4);
}

static void a_soft_hyphen_in_every_word(void **state) {
  fixture *f = *state;
  g_autoptr(GString) text = g_string_new(NULL);
  for (int i = 0; i < 300; i++) g_string_append(text, "govo\u00adriti ");
  const pk_lines *lines = fixture_set(f, PK_LANG_SR_LATN, text->str);
  assert_false(lines->is_overfull);
  assert_true(lines->count > 20);
}

static void a_serbian_hyphen_is_repeated(void **state) {
  fixture *f = *state;
  f->style.hyphenate = false;
  set_room(f, 42);
  const pk_lines *lines = fixture_set(f, PK_LANG_SR_LATN, "crveno-plavi");
  assert_int_equal(lines->count, 2);
  assert_string_equal(fixture_line(f, lines, 0), "crveno-");
  assert_false(lines->lines[0].ends_in_hyphen);
  const pk_glyph *first = lines->lines[1].runs[0].glyphs;
  assert_int_equal(first[0].cluster, PK_CLUSTER_HYPHEN | lines->lines[1].start);
  assert_int_equal(first[1].cluster, lines->lines[1].start);
  lines = fixture_set(f, PK_LANG_EN, "closed-circuit");
  assert_int_equal(lines->count, 2);
  assert_int_equal(lines->lines[1].runs[0].glyphs[0].cluster, 7);
}

static void addresses_break_without_a_hyphen(void **state) {
  fixture *f = *state;
  for (double room = 40; room < 120; room += 10) {
    set_room(f, room);
    const pk_lines *lines = fixture_set(f, PK_LANG_EN, "https://www.example.org/partnership/archive?year=2021&page=7");
    for (size_t i = 0; i + 1 < lines->count; i++) {
      assert_false(lines->lines[i].ends_in_hyphen);
      const char *end = lines->text->text + lines->lines[i].end;
      assert_true(strchr("/.?&=@", *end) || (end[-1] == '/' && end[-2] == '/'));
      assert_null(strchr(".-?&=@", end[-1]));
    }
    lines = fixture_set(f, PK_LANG_EN, "press.office@liaison-desk.example.org");
    for (size_t i = 0; i + 1 < lines->count; i++) assert_non_null(strchr(".@", lines->text->text[lines->lines[i].end]));
  }
}

static bool ends_with(const pk_lines *lines, size_t line, const char *word) {
  uint32_t end = lines->lines[line].end, size = (uint32_t)strlen(word);
  return end - lines->lines[line].start >= size && !memcmp(lines->text->text + end - size, word, size);
}

static void what_belongs_together_is_not_parted(void **state) {
  fixture *f = *state;
  static const struct {
    pk_lang lang;
    const char *text;
    const char *never[8]; /* at a line end */
  } cases[] = {
      {PK_LANG_EN,
       "On 26 June 2021 Gen. Carter and Dr. J. N. Miller told 10 000 people that 85 % of them, see § 4 and p. 12, had "
       "come by 5 p.m. on June 26 from 120 km away.",
       {"on June", "Gen.", "Dr.", " J.", " N.", " 85", "§", " p."}},
      {PK_LANG_SR_LATN,
       "Dana 26. juna 2021. god. je prof. dr Lj. Ilić u čl. 5 i na str. 12 naveo 10 % ljudi iz 15 000 kuća kod bb br. "
       "7 u 18 č.",
       {" 26.", "prof.", " dr", "Lj.", "čl.", "str.", " 10", "br."}},
      {PK_LANG_SR_CYRL,
       "Дана 26. јуна 2021. год. је проф. др Љ. Илић у чл. 5 и на стр. 12 навео 10 % људи из 15 000 кућа код бб бр. 7 "
       "у "
       "18 ч.",
       {" 26.", "проф.", " др", "Љ.", "чл.", "стр.", " 10", "бр."}},
  };
  for (size_t c = 0; c < G_N_ELEMENTS(cases); c++)
    for (double room = 90; room < 260; room += 3) {
      set_room(f, room);
      const pk_lines *lines = fixture_set(f, cases[c].lang, cases[c].text);
      assert_false(lines->is_overfull);
      for (size_t i = 0; i + 1 < lines->count; i++)
        for (size_t n = 0; n < G_N_ELEMENTS(cases[c].never) && cases[c].never[n]; n++)
          if (ends_with(lines, i, cases[c].never[n]))
            fail_msg("at %.0f line %zu ends with%s", room, i, cases[c].never[n]);
    }
}

/* Where there is no other way a tie gives, rather than a line that does not fit. */
static void a_tie_gives_before_a_line_is_too_wide(void **state) {
  fixture *f = *state;
  set_room(f, 40);
  const pk_lines *lines = fixture_set(f, PK_LANG_EN, "Gen. A. B. C. D. E. F. G. Hall");
  assert_false(lines->is_overfull);
  assert_true(lines->count > 2);
}

/* Of a headline that leaves its lines some room: a line more is not worth it. */
static void headlines_are_broken_by_sense(void **state) {
  fixture *f = *state;
  static const struct {
    pk_lang lang;
    const char *text;
  } cases[] = {
      {PK_LANG_EN, "Fifteen years of partnership between the two sides of the river and a bridge to the future"},
      {PK_LANG_EN, "Volunteers from the valley train with a rescue team for the first time in ten years"},
      {PK_LANG_SR_LATN, "Petnaest godina partnerstva između dve obale reke i most ka budućnosti za sve građane"},
      {PK_LANG_SR_CYRL, "Петнаест година партнерства између две обале реке и мост ка будућности за све грађане"},
  };
  static const char *const never[] = {" of",  " the",    " a", " and", " from", " with",   " for", " to", " in",
                                      " ten", " između", " i", " ka",  " za",   " између", " и",   " ка", " за"};
  f->style.balance = true;
  f->style.hyphenate = false;
  f->style.align = PK_ALIGN_LEFT;
  for (size_t c = 0; c < G_N_ELEMENTS(cases); c++)
    for (double room = 180; room < 300; room += 10) {
      set_room(f, room);
      const pk_lines *lines = fixture_set(f, cases[c].lang, cases[c].text);
      double most = 0.86 * room * (double)lines->count;
      for (size_t i = 0; i + 1 < lines->count && pk_para_width(f->para) < most; i++)
        for (size_t n = 0; n < G_N_ELEMENTS(never); n++)
          if (ends_with(lines, i, never[n]))
            fail_msg("'%s' at %.0f ends line %zu with%s", cases[c].text, room, i, never[n]);
    }
}

static void non_breaking_spaces_do_not_break_but_stretch(void **state) {
  fixture *f = *state;
  set_room(f, 60);
  const pk_lines *lines = fixture_set(f, PK_LANG_EN, "26\u00a0June\u00a02021 was\u00a0a\u00a0fine day");
  for (size_t i = 0; i < lines->count; i++) {
    const pk_line *line = &lines->lines[i];
    if (line->end < lines->text->size) assert_int_equal(lines->text->text[line->end], ' ');
  }
  f->rooms = (pk_line_rooms){.first = {0, 95}, .other = {0, 95}};
  lines = fixture_set(f, PK_LANG_EN, "one\u00a0two\u00a0three four five six seven");
  assert_near(lines->lines[0].width, 95, 1e-3);
}

static void fixed_spaces_keep_their_width(void **state) {
  fixture *f = *state;
  f->style.align = PK_ALIGN_LEFT;
  pk_length thin = fixture_set(f, PK_LANG_EN, "10\u202f%")->lines[0].width;
  pk_length none = fixture_set(f, PK_LANG_EN, "10%")->lines[0].width;
  assert_true(thin > none + 0.5 && thin < none + 3.5);
  set_room(f, 14);
  assert_int_equal(fixture_set(f, PK_LANG_EN, "10\u202f%")->count, 1);
}

static void forced_breaks_end_lines_unstretched(void **state) {
  fixture *f = *state;
  const pk_lines *lines = fixture_set(f, PK_LANG_EN, "one two \n three four\n\nfive\n");
  assert_int_equal(lines->count, 4);
  assert_string_equal(fixture_line(f, lines, 0), "one two");
  assert_string_equal(fixture_line(f, lines, 1), "three four");
  assert_string_equal(fixture_line(f, lines, 2), "");
  assert_string_equal(fixture_line(f, lines, 3), "five");
  for (size_t i = 0; i < 4; i++) assert_near(lines->lines[i].stretch, 1, 1e-6);
  assert_true(lines->lines[2].ascent > 5);
}

static void turned_over_lines_are_set_in(void **state) {
  fixture *f = *state;
  set_room(f, 150);
  f->style.turn_over = 15;
  const char *verse = "The river takes what the river has given and never a word\nShort line\n"
                      "The mill by the weir has a wheel that is driven by water that nobody paid for as yet";
  const pk_lines *lines = fixture_set(f, PK_LANG_EN, verse);
  size_t turned = 0;
  for (size_t i = 0; i < lines->count; i++) {
    const pk_line *line = &lines->lines[i];
    bool begins = line->start == 0 || verse[line->start - 1] == '\n';
    assert_near(line->left, begins ? 0 : 15, 1e-6);
    assert_near(line->room, begins ? 150 : 135, 1e-6);
    if (!line->is_last) assert_near(line->width - line->hang, line->room, 1e-3);
    turned += !begins;
  }
  assert_in_range(turned, 2, 5);
  f->style.align = PK_ALIGN_CENTER;
  lines = fixture_set(f, PK_LANG_EN, verse);
  for (size_t i = 0; i < lines->count; i++) assert_near(lines->lines[i].left, 0, 1e-6);
}

static void a_dash_does_not_begin_a_line(void **state) {
  fixture *f = *state;
  for (double room = 50; room < 150; room += 3) {
    set_room(f, room);
    const pk_lines *lines =
        fixture_set(f, PK_LANG_EN, "A pause — or two — in the middle – of what was\u00a0— they say — a sentence.");
    for (size_t i = 1; i < lines->count; i++)
      assert_int_not_equal((unsigned char)lines->text->text[lines->lines[i].start], 0xe2);
  }
}

static void empty_text_has_no_lines(void **state) {
  fixture *f = *state;
  assert_int_equal(fixture_set(f, PK_LANG_EN, "")->count, 0);
  assert_int_equal(fixture_set(f, PK_LANG_EN, "   \u00a0 \t")->count, 0);
  assert_int_equal(fixture_set(f, PK_LANG_EN, "\n\n")->count, 0);
  assert_near(pk_para_width(f->para), 0, 1e-9);
}

static void a_long_word_in_a_narrow_column(void **state) {
  fixture *f = *state;
  set_room(f, 30 * PK_PT_PER_MM);
  const pk_lines *lines = fixture_set(f, PK_LANG_SR_LATN, "Uz najprestolonaslednikovljevičicama stoji reč.");
  assert_false(lines->is_overfull);
  f->style.hyphenate = false;
  lines = fixture_set(f, PK_LANG_SR_LATN, "Uz najprestolonaslednikovljevičicama stoji reč.");
  assert_true(lines->is_overfull);
  assert_int_equal(lines->count, 3);
  assert_string_equal(fixture_line(f, lines, 0), "Uz");
}

static void a_word_without_end(void **state) {
  fixture *f = *state;
  g_autofree char *word = g_strnfill(100000, 'm');
  const pk_lines *lines = fixture_set(f, PK_LANG_EN, word);
  assert_true(lines->is_overfull);
  assert_int_equal(lines->count, 1);
}

static void no_room_at_all_ends_all_the_same(void **state) {
  fixture *f = *state;
  set_room(f, 0);
  assert_true(fixture_set(f, PK_LANG_EN, "a few words")->is_overfull);
  set_room(f, -50);
  assert_true(fixture_set(f, PK_LANG_EN, english)->is_overfull);
}

static void the_last_line_is_long_enough(void **state) {
  fixture *f = *state;
  for (int lang = 0; lang < PK_LANG_COUNT; lang++)
    for (double room = 180; room < 260; room += 5) {
      set_room(f, room);
      const pk_lines *lines = fixture_set(f, (pk_lang)lang, text_of((pk_lang)lang));
      assert_true(lines->lines[lines->count - 1].width >= 0.15 * room);
    }
}

static void ragged_lines_keep_natural_spaces(void **state) {
  fixture *f = *state;
  f->style.align = PK_ALIGN_LEFT;
  f->style.hyphenate = false;
  const pk_lines *lines = fixture_set(f, PK_LANG_EN, english);
  for (size_t i = 0; i < lines->count; i++) {
    assert_near(lines->lines[i].stretch, 1, 1e-6);
    assert_true(lines->lines[i].width <= lines->lines[i].room + 1e-6);
    assert_false(lines->lines[i].ends_in_hyphen);
  }
  f->style.align = PK_ALIGN_RIGHT;
  const pk_line *line = &fixture_set(f, PK_LANG_EN, english)->lines[1];
  assert_near(line->x + line->width, line->left + line->room, 1e-3);
  f->style.align = PK_ALIGN_CENTER;
  line = &fixture_set(f, PK_LANG_EN, english)->lines[1];
  assert_near(line->x - line->left, line->left + line->room - line->x - line->width, 1e-3);
}

static void balanced_headlines_have_even_lines(void **state) {
  fixture *f = *state;
  f->style.align = PK_ALIGN_LEFT;
  f->style.hyphenate = false;
  f->style.size = 26;
  set_room(f, 460);
  const char *headline =
      "Fifteen years of partnership: what two neighbours built together in one short decade and a half";
  size_t least = fixture_set(f, PK_LANG_EN, headline)->count;
  f->style.balance = true;
  const pk_lines *lines = fixture_set(f, PK_LANG_EN, headline);
  assert_int_equal(lines->count, least);
  double shortest = 1e9, longest = 0;
  for (size_t i = 0; i < lines->count; i++) {
    shortest = MIN(shortest, lines->lines[i].width);
    longest = MAX(longest, lines->lines[i].width);
  }
  assert_true(shortest > 0.75 * longest);
}

static void no_short_line_of_a_headline_stands_between_longer_ones(void **state) {
  fixture *f = *state;
  f->style.align = PK_ALIGN_LEFT;
  f->style.balance = true;
  f->style.hyphenate = false;
  f->style.size = 16;
  set_room(f, 231);
  const pk_lines *lines = fixture_set(f, PK_LANG_SR_CYRL,
                                      "Шест сати довољно је да се иселе школа, стадо и апотека. Није довољно да се "
                                      "одлучи да ли треба.");
  for (size_t i = 1; i + 1 < lines->count; i++) {
    double least = MIN(lines->lines[i - 1].width, lines->lines[i + 1].width);
    assert_true(lines->lines[i].width > least - 1.5 * f->style.size);
  }
}

static pk_line_room inset_room(const void *data, size_t number) {
  (void)data;
  return number >= 2 && number < 6 ? (pk_line_room){90, 140} : (pk_line_room){0, 230};
}

static void lines_follow_a_shape(void **state) {
  fixture *f = *state;
  const pk_lines *lines;
  pk_para_build(&f->job, fixture_text(f, PK_LANG_EN, english), &f->para);
  pk_para_break(&f->job, f->para, (pk_line_shape){inset_room, NULL, 6}, NULL, &lines);
  assert_true(lines->count > 7);
  for (size_t i = 0; i + 1 < lines->count; i++) {
    assert_near(lines->lines[i].left, i >= 2 && i < 6 ? 90 : 0, 1e-9);
    assert_near(lines->lines[i].width, lines->lines[i].room, 1e-3);
  }
}

static void looseness_adds_a_line(void **state) {
  fixture *f = *state;
  let_letters_give(f);
  g_autofree char *text = g_strconcat(latin, " ", latin, " ", latin, NULL);
  const pk_lines *usual = fixture_set(f, PK_LANG_SR_LATN, text), *longer;
  pk_break_options options = {.looseness = 1};
  pk_para_break(&f->job, f->para, pk_line_shape_plain(&f->rooms), &options, &longer);
  assert_int_equal(longer->count, usual->count + 1);
}

static void widths_for_tables(void **state) {
  fixture *f = *state;
  f->style.hyphenate = false;
  f->style.align = PK_ALIGN_LEFT;
  const pk_lines *lines = fixture_set(f, PK_LANG_EN, "a longish cell");
  assert_near(pk_para_width(f->para), lines->lines[0].width, 1e-4);
  pk_length least = pk_para_min_width(f->para);
  assert_near(least, fixture_set(f, PK_LANG_EN, "longish")->lines[0].width, 1e-4);
  fixture_set(f, PK_LANG_EN, "a\nlongish cell\nb");
  assert_near(pk_para_width(f->para), fixture_set(f, PK_LANG_EN, "longish cell")->lines[0].width, 1e-4);
}

static void a_paragraph_of_a_hundred_thousand_words(void **state) {
  fixture *f = *state;
  g_autoptr(GString) text = g_string_new(NULL);
  for (int i = 0; i < 1200; i++) g_string_append_printf(text, "%s ", text_of((pk_lang)(i % 3)));
  gint64 start = g_get_monotonic_time();
  const pk_lines *lines = fixture_set(f, PK_LANG_SR_LATN, text->str);
  gint64 middle = g_get_monotonic_time();
  assert_true(lines->count > 10000);
  assert_false(lines->is_overfull);
  pk_para_break(&f->job, f->para, (pk_line_shape){inset_room, NULL, 6}, NULL, &lines);
  print_message("%zu lines: %.0f ms; in a shape: %.0f ms\n", lines->count, (double)(middle - start) / 1000,
                (double)(g_get_monotonic_time() - middle) / 1000);
  assert_true(lines->count > 10000);
}

int main(void) {
  const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
      TEST(widths_foreseen_are_widths_set),
      TEST(lines_cover_the_text_in_order),
      TEST(no_serbian_one_letter_word_ends_a_line),
      TEST(letters_give_before_spaces),
      TEST(places_of_glyphs_have_scale_and_tracking_in_them),
      TEST(evener_with_letters_than_without),
      TEST(marks_hang_in_both_margins),
      TEST(ragged_text_hangs_at_its_flush_edge_only),
      TEST(no_mark_hangs_out_towards_a_label),
      TEST(the_same_word_does_not_stand_above_itself),
      TEST(names_are_charged_for_their_hyphens),
      TEST(an_added_hyphen_is_marked),
      TEST(soft_hyphens_are_where_words_break),
      TEST(a_soft_hyphen_in_every_word),
      TEST(a_serbian_hyphen_is_repeated),
      TEST(addresses_break_without_a_hyphen),
      TEST(what_belongs_together_is_not_parted),
      TEST(a_tie_gives_before_a_line_is_too_wide),
      TEST(headlines_are_broken_by_sense),
      TEST(non_breaking_spaces_do_not_break_but_stretch),
      TEST(fixed_spaces_keep_their_width),
      TEST(forced_breaks_end_lines_unstretched),
      TEST(turned_over_lines_are_set_in),
      TEST(a_dash_does_not_begin_a_line),
      TEST(empty_text_has_no_lines),
      TEST(a_long_word_in_a_narrow_column),
      TEST(a_word_without_end),
      TEST(no_room_at_all_ends_all_the_same),
      TEST(the_last_line_is_long_enough),
      TEST(ragged_lines_keep_natural_spaces),
      TEST(balanced_headlines_have_even_lines),
      TEST(no_short_line_of_a_headline_stands_between_longer_ones),
      TEST(lines_follow_a_shape),
      TEST(looseness_adds_a_line),
      TEST(widths_for_tables),
      TEST(a_paragraph_of_a_hundred_thousand_words),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
