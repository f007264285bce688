/* Where words may be broken: expected points word by word, in each script.
 *
 * The Serbian points are those of Pravopis, by syllables: a group of consonants
 * that begins with a fricative goes whole to the next line (ве-жба, се-стра),
 * one that begins with a stop or a sonant is parted (пред-сед-ник, вој-ска). The
 * English points are the British ones.*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <hyphen.h>

#include "language/language.h"
#include "language/letters.h"
#include "language/patterns.h"

#define DICTIONARIES "/usr/share/hyphen"

typedef struct {
  pk_arena *arena;
  pk_diag *diag;
  pk_hyphenation *hyphenation;
} fixture;

static int set_up(void **state) {
  fixture *f = g_new0(fixture, 1);
  f->arena = pk_arena_new();
  f->diag = pk_diag_new(f->arena);
  f->hyphenation = pk_hyphenation_new(DICTIONARIES, f->diag);
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  pk_hyphenation_drop(f->hyphenation);
  pk_arena_drop(f->arena);
  g_free(f);
  return 0;
}

/* `word` with its points shown as hyphens. */
static char *shown(const pk_hyphenation *hyphenation, pk_lang lang, const char *word) {
  size_t size = strlen(word), found = 0;
  uint8_t *points = g_malloc(size + 1);
  size_t count = pk_hyphenate(hyphenation, lang, word, size, points);
  GString *out = g_string_new(NULL);
  for (size_t i = 0; i < size; i++) {
    if (points[i]) {
      g_string_append_c(out, '-');
      found++;
    }
    g_string_append_c(out, word[i]);
  }
  assert_int_equal(count, found);
  g_free(points);
  return g_string_free(out, FALSE);
}

static char *without_hyphens(const char *word) {
  char **pieces = g_strsplit(word, "-", -1);
  char *joined = g_strjoinv(NULL, pieces);
  g_strfreev(pieces);
  return joined;
}

/* `expected` is the word with its points. */
static void check(const fixture *f, pk_lang lang, const char *expected) {
  g_autofree char *word = without_hyphens(expected);
  g_autofree char *result = shown(f->hyphenation, lang, word);
  assert_string_equal(result, expected);
}

/* ---- the words ----------------------------------------------------------- */

static const struct {
  const char *latin, *cyrillic;
} serbian[] = {
    {"pri-ja-telj", "при-ја-тељ"},
    {"kon-junk-ci-ja", "кон-јунк-ци-ја"},
    {"nad-ži-ve-ti", "над-жи-ве-ти"},
    {"in-jek-ci-ja", "ин-јек-ци-ја"},
    {"be-zna-ča-jan", "бе-зна-ча-јан"},
    {"nje-goš", "ње-гош"},
    {"Nje-goš", "Ње-гош"},
    {"NJE-GOŠ", "ЊЕ-ГОШ"},
    {"part-ner-stvo", "парт-нер-ство"},
    {"sa-rad-nja", "са-рад-ња"},
    {"mi-ni-star-stvo", "ми-ни-стар-ство"},
    {"od-bra-na", "од-бра-на"},
    {"voj-ska", "вој-ска"},
    {"me-đu-na-rod-ni", "ме-ђу-на-род-ни"},
    {"od-go-vor-nost", "од-го-вор-ност"},
    {"po-ve-re-nje", "по-ве-ре-ње"},
    {"za-jed-ni-ca", "за-јед-ни-ца"},
    {"dr-ža-va", "др-жа-ва"},
    {"dr-ža-vlja-nin", "др-жа-вља-нин"},
    {"srp-ski", "срп-ски"},
    {"pr-vi", "пр-ви"},
    {"smrt-nost", "смрт-ност"},
    {"grad", "град"},
    {"ka-njon", "ка-њон"},
    {"an-jon-ski", "ан-јон-ски"},
    {"Tan-jug", "Тан-југ"},
    {"pod-žan-ro-vi", "под-жан-ро-ви"},
    {"džem-per", "џем-пер"},
    {"odžak", "оџак"},
    {"ho-dža", "хо-џа"},
    {"lju-bav", "љу-бав"},
    {"lju-ba-zan", "љу-ба-зан"},
    {"ne-de-lja", "не-де-ља"},
    {"ze-mlji-šte", "зе-мљи-ште"},
    {"ko-nja-nik", "ко-ња-ник"},
    {"kon-ju-ga-ci-ja", "кон-ју-га-ци-ја"},
    {"kon-junk-tu-ra", "кон-јунк-ту-ра"},
    {"in-jek-tor", "ин-јек-тор"},
    {"nad-ži-vlja-va-nje", "над-жи-вља-ва-ње"},
    {"od-ži-ve-ti", "од-жи-ве-ти"},
    {"se-stra", "се-стра"},
    {"sun-ce", "сун-це"},
    {"maj-ka", "мај-ка"},
    {"knji-ga", "књи-га"},
    {"uče-nje", "уче-ње"},
    {"slo-bo-da", "сло-бо-да"},
    {"jed-nak", "јед-нак"},
    {"prav-da", "прав-да"},
    {"pred-sed-nik", "пред-сед-ник"},
    {"ve-žba", "ве-жба"},
    {"obu-ka", "обу-ка"},
    {"ka-sar-na", "ка-сар-на"},
    {"ge-ne-ral", "ге-не-рал"},
    {"sa-vez", "са-вез"},
    {"Beo-grad", "Бео-град"},
    {"Sr-bi-ja", "Ср-би-ја"},
    {"sa-op-šte-nje", "са-оп-ште-ње"},
    {"no-vi-nar", "но-ви-нар"},
    {"go-di-šnji-ca", "го-ди-шњи-ца"},
    {"pet-na-est", "пет-на-ест"},
    {"pro-gram", "про-грам"},
    {"kan-dži-ja", "кан-џи-ја"},
    {"bu-džet", "бу-џет"},
    {"cr-kva", "цр-ква"},
    {"tr-go-vi-na", "тр-го-ви-на"},
    {"rđa-ti", "рђа-ти"},
    {"gr-lo", "гр-ло"},
    {"krv", "крв"},
    {"Azer-bej-džan", "Азер-беј-џан"},
    {"felj-ton", "фељ-тон"},
    {"žur-nal", "жур-нал"},
    {"šlji-va", "шљи-ва"},
    {"ću-pri-ja", "ћу-при-ја"},
    {"be-zbed-nost", "бе-збед-ност"},
    {"po-slan-stvo", "по-слан-ство"},
    {"ta-njir", "та-њир"},
    {"OB-JA-VLJI-VA-NJE", "ОБ-ЈА-ВЉИ-ВА-ЊЕ"},
    {"NJI-HOV", "ЊИ-ХОВ"},
    {"Lju-blja-na", "Љу-бља-на"},
    {"na-dža-ci", "на-џа-ци"},
    {"Oda-bra-ni", "Ода-бра-ни"},
};

static const char *const english[] = {
    "part-ner-ship", "in-ter-na-tional", "gov-ern-ment",   "un-der-stand-ing", "de-vel-op-ment", "of-fice",
    "pub-lic",       "af-fairs",         "hy-phen-a-tion", "min-is-ter",       "army",           "sol-dier",
    "train-ing",     "ex-er-cise",       "mil-it-ary",     "coun-try",         "news-pa-per",    "im-me-di-ate",
    "re-lease",      "con-fer-ence",     "se-cur-ity",     "de-fence",         "co-oper-a-tion", "peace",
    "people",        "build-ing",        "num-ber",        "sup-port",         "com-mander",     "Bel-grade",
    "Ser-bia",       "through",          "mem-ber",        "ques-tion",        "hos-pital",      "en-gin-eer",
    "ma-chine",      "plan-ning",        "an-niversary",   "part-ner's",
};

static void hyphenate_breaks_serbian_latin(void **state) {
  assert_true(G_N_ELEMENTS(serbian) >= 60);
  for (size_t i = 0; i < G_N_ELEMENTS(serbian); i++) {
    check(*state, PK_LANG_SR_LATN, serbian[i].latin);
    check(*state, PK_LANG_SR_CYRL, serbian[i].latin);
  }
}

static void hyphenate_breaks_serbian_cyrillic_in_any_article(void **state) {
  for (size_t i = 0; i < G_N_ELEMENTS(serbian); i++)
    for (pk_lang lang = PK_LANG_EN; lang < PK_LANG_COUNT; lang++) check(*state, lang, serbian[i].cyrillic);
}

static void hyphenate_breaks_english(void **state) {
  for (size_t i = 0; i < G_N_ELEMENTS(english); i++) check(*state, PK_LANG_EN, english[i]);
}

static void hyphenate_is_alike_in_all_letter_cases(void **state) {
  fixture *f = *state;
  static const char *const words[] = {
      "nje-goš",      "Nje-goš",      "NJE-GOŠ",      "NJe-goš",      "ње-гош",       "Ње-гош",       "ЊЕ-ГОШ",
      "pri-ja-telj",  "Pri-ja-telj",  "PRI-JA-TELJ",  "при-ја-тељ",   "При-ја-тељ",   "ПРИ-ЈА-ТЕЉ",   "in-jek-ci-ja",
      "In-jek-ci-ja", "IN-JEK-CI-JA", "ин-јек-ци-ја", "Ин-јек-ци-ја", "ИН-ЈЕК-ЦИ-ЈА", "nad-ži-ve-ti", "Nad-ži-ve-ti",
      "NAD-ŽI-VE-TI", "над-жи-ве-ти", "Над-жи-ве-ти", "НАД-ЖИ-ВЕ-ТИ",
  };
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++) check(f, PK_LANG_SR_LATN, words[i]);
  check(f, PK_LANG_EN, "PART-NER-SHIP");
}

/* ---- which words ---------------------------------------------------------- */

static void hyphenate_takes_serbian_letters_in_english_as_serbian(void **state) {
  check(*state, PK_LANG_EN, "Ob-ra-do-vić");
  check(*state, PK_LANG_EN, "Ša-bac");
}

static void hyphenate_takes_english_letters_in_serbian_as_english(void **state) {
  check(*state, PK_LANG_SR_LATN, "Wash-ing-ton");
  check(*state, PK_LANG_SR_CYRL, "Wash-ing-ton");
}

static void hyphenate_leaves_what_is_no_plain_word(void **state) {
  static const char *const words[] = {
      "NATO",       "КФОР",
      "UNMIK",      "EUFOR",
      "ОЕБС",                 /* acronyms */
      "YouTube",    "iPhone", /* brands */
      "C4ISR",      "Covid19вирус",
      "beoградски", "сaрадња", /* digits, two scripts */
      "Wałęsa",     "Горбачёв",
      "общество",   "δημοκρατία", /* not our letters */
      "",           "a",
      "да",         "prst",                 /* too short */
      "radio\xC4",  "\xFF\xFE\xFD\xFC\xFB", /* not UTF-8 */
  };
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
    for (pk_lang lang = PK_LANG_EN; lang < PK_LANG_COUNT; lang++) check(*state, lang, words[i]);
  check(*state, PK_LANG_NONE, "partnership");
}

static void hyphenate_leaves_a_very_long_word(void **state) {
  g_autofree char *word = g_strnfill(4000, 'a');
  check(*state, PK_LANG_EN, word);
}

/* ---- marks ---------------------------------------------------------------- */

static void hyphenate_passes_over_stress_marks(void **state) {
  check(*state, PK_LANG_SR_CYRL, "при\u0301-ја\u0304-тељ");
  check(*state, PK_LANG_SR_CYRL, "Џе\u0301-ра\u0311ђ");
  check(*state, PK_LANG_SR_CYRL, "ста\u030F-рост");
  check(*state, PK_LANG_SR_LATN, "prì-ja-telj");
  check(*state, PK_LANG_SR_LATN, "prȉ-jā-telj");
}

static void hyphenate_reads_decomposed_letters(void **state) {
  check(*state, PK_LANG_SR_LATN, "Nje-gos\u030C");
  check(*state, PK_LANG_SR_LATN, "nad-z\u030Ci-ve-ti");
  check(*state, PK_LANG_SR_LATN, "ho-dz\u030Ca");
  check(*state, PK_LANG_SR_LATN, "Ob-ra-do-vic\u0301");
}

static void hyphenate_reads_digraph_code_points(void **state) {
  check(*state, PK_LANG_SR_LATN, "pri-ja-teǉ");
  check(*state, PK_LANG_SR_LATN, "ǋe-goš");
  check(*state, PK_LANG_SR_LATN, "ho-ǆa");
}

static void hyphenate_breaks_the_pieces_at_an_apostrophe_alone(void **state) {
  check(*state, PK_LANG_EN, "part-ner's");
  check(*state, PK_LANG_EN, "part-ner’s");
  check(*state, PK_LANG_EN, "didn’t");
  check(*state, PK_LANG_EN, "O’Con-nor");
}

/* ---- the patterns --------------------------------------------------------- */

static const char *file_text(const fixture *f, const char *name) {
  g_autofree char *path = g_build_filename(DICTIONARIES, name, NULL), *text = NULL;
  assert_true(g_file_get_contents(path, &text, NULL, NULL));
  return pk_arena_strdup(f->arena, text);
}

/* libhyphen reads Serbian rightly only from a file in UTF-8. */
static HyphenDict *oracle(const fixture *f, const char *name, const char *set) {
  const char *text = file_text(f, name), *rest = strchr(text, '\n');
  g_autofree char *converted = g_convert(rest, -1, "UTF-8", set, NULL, NULL, NULL);
  g_autofree char *whole = g_strconcat("UTF-8", converted, NULL);
  FILE *file = fmemopen(whole, strlen(whole), "r");
  HyphenDict *dictionary = hnj_hyphen_load_file(file);
  fclose(file);
  assert_non_null(dictionary);
  return dictionary;
}

static void compare(const fixture *f, const char *name, const char *set, const char *alphabet, int after) {
  const char *text = file_text(f, name);
  pk_patterns *patterns = pk_patterns_new(text, strlen(text));
  HyphenDict *dictionary = oracle(f, name, set);
  GRand *random = g_rand_new_with_seed(20210626);
  glong letters = g_utf8_strlen(alphabet, -1);
  for (int round = 0; round < 20000; round++) {
    int count = g_rand_int_range(random, 2, 18);
    g_autoptr(GString) word = g_string_new(NULL);
    uint8_t codes[18], values[19];
    char theirs[128] = {0};
    for (int i = 0; i < count; i++) {
      gunichar letter =
          g_utf8_get_char(g_utf8_offset_to_pointer(alphabet, g_rand_int_range(random, 0, (gint32)letters)));
      g_string_append_unichar(word, letter);
      codes[i] = PK_LETTER_CODE(letter);
    }
    pk_patterns_match(patterns, codes, (size_t)count, values);
    char **rep = NULL;
    int *pos = NULL, *cut = NULL;
    hnj_hyphen_hyphenate3(dictionary, word->str, (int)word->len, theirs, NULL, &rep, &pos, &cut, 2, after, 2, after);
    for (int i = 2; i + after <= count; i++)
      if ((values[i] & 1) != (theirs[i - 1] & 1)) fail_msg("%s differs at letter %d", word->str, i);
  }
  g_rand_free(random);
  hnj_hyphen_free(dictionary);
  pk_patterns_drop(patterns);
}

static void patterns_match_as_libhyphen_does(void **state) {
  compare(*state, "hyph_sr_RS.dic", "ISO8859-5", "абвгдђежзијклљмнњопрстћуфхцчџшаеиоуаеиоуртснј", 2);
  compare(*state, "hyph_en_GB.dic", "UTF-8", "abcdefghijklmnopqrstuvwxyzaeiouaeioutrsnltione", 3);
}

static void patterns_survive_any_dictionary(void **state) {
  (void)state;
  static const char *const texts[] = {"",
                                      "UTF-8",
                                      "UTF-8\n",
                                      "UTF-8\n\n1\n9999a\n.\n..\n1.1\r\na1",
                                      "ISO8859-5\n\xFF\xAD",
                                      "UTF-8\n\xD0",
                                      "UTF-8\nff1f/ff=f,1,2\nNEXTLEVEL\n"};
  static const uint8_t codes[] = "abcdef";
  for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
    uint8_t values[8];
    pk_patterns *patterns = pk_patterns_new(texts[i], strlen(texts[i]));
    pk_patterns_match(patterns, codes, 6, values);
    pk_patterns_drop(patterns);
  }
}

/* ---- dictionaries and threads --------------------------------------------- */

static void hyphenation_warns_of_missing_dictionaries(void **state) {
  fixture *f = *state;
  pk_hyphenation *none = pk_hyphenation_new("/nonexistent", f->diag);
  assert_int_equal(pk_diag_count(f->diag, PK_WARNING), 2);
  g_autofree char *word = shown(none, PK_LANG_EN, "partnership");
  assert_string_equal(word, "partnership");
  pk_hyphenation_drop(none);
  pk_hyphenation_drop(NULL);
}

static void hyphenation_warns_of_an_unknown_character_set(void **state) {
  fixture *f = *state;
  g_autofree char *folder = g_dir_make_tmp("presskit-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "hyph_sr_RS.dic", NULL);
  assert_true(g_file_set_contents(path, "ISO8859-2\na1b\n", -1, NULL));
  pk_hyphenation_drop(pk_hyphenation_new(folder, f->diag));
  size_t count;
  const pk_diagnostic *const *list = pk_diag_list(f->diag, &count);
  assert_int_equal(count, 2);
  assert_int_equal(list[0]->code, PK_CODE_HYPHENATION_MISSING);
  assert_non_null(strstr(list[0]->message, "ISO8859-5"));
  remove(path);
  remove(folder);
}

static gpointer hyphenate_all(gpointer data) {
  const fixture *f = data;
  for (int round = 0; round < 20; round++) {
    for (size_t i = 0; i < G_N_ELEMENTS(serbian); i++) {
      check(f, PK_LANG_SR_LATN, serbian[i].latin);
      check(f, PK_LANG_EN, serbian[i].cyrillic);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(english); i++) check(f, PK_LANG_EN, english[i]);
  }
  return NULL;
}

static void hyphenate_is_shared_by_threads(void **state) {
  GThread *threads[4];
  for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) threads[i] = g_thread_new("hyphenate", hyphenate_all, *state);
  for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) g_thread_join(threads[i]);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(hyphenate_breaks_serbian_latin),
      TEST(hyphenate_breaks_serbian_cyrillic_in_any_article),
      TEST(hyphenate_breaks_english),
      TEST(hyphenate_is_alike_in_all_letter_cases),
      TEST(hyphenate_takes_serbian_letters_in_english_as_serbian),
      TEST(hyphenate_takes_english_letters_in_serbian_as_english),
      TEST(hyphenate_leaves_what_is_no_plain_word),
      TEST(hyphenate_leaves_a_very_long_word),
      TEST(hyphenate_passes_over_stress_marks),
      TEST(hyphenate_reads_decomposed_letters),
      TEST(hyphenate_reads_digraph_code_points),
      TEST(hyphenate_breaks_the_pieces_at_an_apostrophe_alone),
      TEST(patterns_match_as_libhyphen_does),
      TEST(patterns_survive_any_dictionary),
      TEST(hyphenation_warns_of_missing_dictionaries),
      TEST(hyphenation_warns_of_an_unknown_character_set),
      TEST(hyphenate_is_shared_by_threads),
  };
  return cmocka_run_group_tests_name("language: hyphenation", tests, NULL, NULL);
}
