/* Serbian text in the other script, there and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "language/language.h"

static int set_up(void **state) {
  *state = pk_arena_new();
  return 0;
}

static int tear_down(void **state) {
  pk_arena_drop(*state);
  return 0;
}

/* Pairs that hold in both directions. */
static const struct {
  const char *latin, *cyrillic;
} pairs[] = {
    /* lj, nj, dž as one letter */
    {"ljubav", "љубав"},
    {"konj", "коњ"},
    {"džep", "џеп"},
    {"kanjon", "кањон"},
    {"kompanjon", "компањон"},
    {"odžak", "оџак"},
    {"Odžaci", "Оџаци"},
    {"Odžalan", "Оџалан"},
    {"nadžak", "наџак"},
    {"Nadžib", "Наџиб"},
    {"nadžedžiti", "наџеџити"},
    {"budžet", "буџет"},
    {"Azerbejdžan", "Азербејџан"},
    {"tanjir", "тањир"},
    {"injac", "ињац"},
    {"podneblje", "поднебље"},
    /* and as two */
    {"injekcija", "инјекција"},
    {"mikroinjekcija", "микроинјекција"},
    {"injektirati", "инјектирати"},
    {"konjugacija", "конјугација"},
    {"konjunkcija", "конјункција"},
    {"konjunktura", "конјунктура"},
    {"konjektura", "конјектура"},
    {"Tanjug", "Танјуг"},
    {"Tanjugov", "Танјугов"},
    {"vanjezički", "ванјезички"},
    {"izvanjezički", "изванјезички"},
    {"anjon", "анјон"},
    {"anjonski", "анјонски"},
    {"Šenjang", "Шенјанг"},
    {"nadživeti", "надживети"},
    {"nadživljavanje", "надживљавање"},
    {"nadžnjeti", "наджњети"},
    {"nadžupan", "наджупан"},
    {"odživeti", "одживети"},
    {"odžaliti", "оджалити"},
    {"podžanr", "поджанр"},
    {"podžupan", "поджупан"},
    {"predživotni", "предживотни"},
    /* dj is no letter */
    {"odjednom", "одједном"},
    {"podjednako", "подједнако"},
    /* letter case */
    {"Njegoš", "Његош"},
    {"NJEGOŠ", "ЊЕГОШ"},
    {"njegoš", "његош"},
    {"KONJ", "КОЊ"},
    {"Lj. Jovanović", "Љ. Јовановић"},
    {"DŽEP", "ЏЕП"},
    {"INJEKCIJA", "ИНЈЕКЦИЈА"},
    {"Injekcija", "Инјекција"},
    {"NADŽIVETI", "НАДЖИВЕТИ"},
    {"Ljubljana, LJUBLJANA", "Љубљана, ЉУБЉАНА"},
    /* the alphabet, in a sentence */
    {"Fijuče vetar u šiblju, ledi pasaže i kuće iza njih i gunđa u odžacima.",
     "Фијуче ветар у шибљу, леди пасаже и куће иза њих и гунђа у оџацима."},
    {"„Oružje” – 26. jun 2021. (čl. 5)", "„Оружје” – 26. јун 2021. (чл. 5)"},
};

static void convert_goes_there(void **state) {
  for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
    assert_string_equal(pk_language_convert(*state, PK_LANG_SR_CYRL, pairs[i].latin), pairs[i].cyrillic);
}

static void convert_goes_back(void **state) {
  for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
    assert_string_equal(pk_language_convert(*state, PK_LANG_SR_LATN, pairs[i].cyrillic), pairs[i].latin);
}

static void convert_leaves_text_that_is_in_the_script(void **state) {
  for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
    assert_ptr_equal(pk_language_convert(*state, PK_LANG_SR_LATN, pairs[i].latin), pairs[i].latin);
    assert_ptr_equal(pk_language_convert(*state, PK_LANG_SR_CYRL, pairs[i].cyrillic), pairs[i].cyrillic);
  }
  const char *english = "Partnership";
  assert_ptr_equal(pk_language_convert(*state, PK_LANG_EN, english), english);
}

static void convert_reads_digraph_code_points_and_decomposed_letters(void **state) {
  pk_arena *arena = *state;
  assert_string_equal(pk_language_convert(arena, PK_LANG_SR_CYRL, "ǋegoš ǊEGOŠ koǌ ǉubav ǆep ǅep"),
                      "Његош ЊЕГОШ коњ љубав џеп Џеп");
  assert_string_equal(pk_language_convert(arena, PK_LANG_SR_CYRL, "c\u030Covek, mac\u0301, s\u030Cuma, Z\u030Carko"),
                      "човек, маћ, шума, Жарко");
  assert_string_equal(pk_language_convert(arena, PK_LANG_SR_CYRL, "dz\u030Cep nadz\u030Civeti"), "џеп надживети");
}

static void convert_keeps_stress_marks(void **state) {
  pk_arena *arena = *state;
  assert_string_equal(pk_language_convert(arena, PK_LANG_SR_LATN, "Џе\u0301ра\u0311ђ"), "Dže\u0301ra\u0311đ");
  assert_string_equal(pk_language_convert(arena, PK_LANG_SR_CYRL, "gra\u0302d grȃd"), "gra\u0302d гра\u0311д");
  assert_string_equal(pk_language_convert(arena, PK_LANG_SR_LATN, "сѐло"), "se\u0300lo");
}

static void convert_keeps_letters_apart_at_a_joiner(void **state) {
  assert_string_equal(pk_language_convert(*state, PK_LANG_SR_CYRL, "kon\u200Cjak konjak"), "кон\u200Cјак коњак");
}

static void convert_leaves_foreign_words_whole(void **state) {
  pk_arena *arena = *state;
  assert_string_equal(pk_language_convert(arena, PK_LANG_SR_CYRL, "Washington i Wałęsa u Münchenu"),
                      "Washington и Wałęsa у Münchenu");
  assert_string_equal(pk_language_convert(arena, PK_LANG_SR_LATN, "Горбачёв и общество"), "Горбачёв i общество");
  assert_string_equal(pk_language_convert(arena, PK_LANG_SR_CYRL, "beoградски"), "beoградски");
}

static void convert_leaves_addresses_and_roman_numerals(void **state) {
  pk_arena *arena = *state;
  assert_string_equal(
      pk_language_convert(arena, PK_LANG_SR_CYRL, "Pišite na press@drina.example ili www.drina.example."),
      "Пишите на press@drina.example или www.drina.example.");
  assert_string_equal(pk_language_convert(arena, PK_LANG_SR_CYRL, "https://drina.example/o-nama\u00A0i dalje"),
                      "https://drina.example/o-nama\u00A0i даље");
  assert_string_equal(pk_language_convert(arena, PK_LANG_SR_CYRL, "II brigada, član VIII, XX vek, I tako"),
                      "II бригада, члан VIII, XX век, И тако");
}

static void convert_passes_invalid_bytes_through(void **state) {
  assert_string_equal(pk_language_convert(*state, PK_LANG_SR_CYRL, "da\xFF ne\xC4"), "да\xFF не\xC4");
}

static void shaping_tag_is_serbian_for_cyrillic(void **state) {
  (void)state;
  for (pk_lang lang = PK_LANG_NONE; lang < PK_LANG_COUNT; lang++)
    assert_string_equal(pk_language_shaping_tag(lang, true), "sr");
  assert_string_equal(pk_language_shaping_tag(PK_LANG_EN, false), "en");
  assert_string_equal(pk_language_shaping_tag(PK_LANG_SR_LATN, false), "sr-Latn");
  assert_string_equal(pk_language_shaping_tag(PK_LANG_SR_CYRL, false), "sr-Latn");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(convert_goes_there),
      TEST(convert_goes_back),
      TEST(convert_leaves_text_that_is_in_the_script),
      TEST(convert_reads_digraph_code_points_and_decomposed_letters),
      TEST(convert_keeps_stress_marks),
      TEST(convert_keeps_letters_apart_at_a_joiner),
      TEST(convert_leaves_foreign_words_whole),
      TEST(convert_leaves_addresses_and_roman_numerals),
      TEST(convert_passes_invalid_bytes_through),
      TEST(shaping_tag_is_serbian_for_cyrillic),
  };
  return cmocka_run_group_tests_name("language: script", tests, NULL, NULL);
}
