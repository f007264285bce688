/* Which words stay together at a line end.
 *
 * In:  words as they stand between two spaces, punctuation included.
 * Out: what kinds of word they are, as bits; and from the kinds of two
 *      neighbours how unwelcome a line end between them is.
 *
 * All of it is data: lists of words by language, and a table of which kind
 * before which kind makes which tie. Serbian words are listed in Cyrillic and
 * found in either script; the script of a word decides, not only the language
 * of its article. Sources: Pravopis srpskoga jezika (2010), sections on
 * abbreviations and numbers; New Hart's Rules (2014), 2.5 and 10. */
#include <glib.h>
#include <string.h>

#include "language/language.h"
#include "language/letters.h"

typedef enum {
  NUMBER = 1 << 0,    /* 26, 3.5, 2003–2006, €5 */
  ORDINAL = 1 << 1,   /* 26. */
  DAY = 1 << 2,       /* a number of one or two figures */
  TRIPLE = 1 << 3,    /* three figures: the rest of 10 000 */
  COUNTER = 1 << 4,   /* § бр. No. str. − : before a number */
  UNIT = 1 << 5,      /* % km god. p.m.: after a number */
  MAGNITUDE = 1 << 6, /* million, милијарди */
  MONTH = 1 << 7,
  INITIAL = 1 << 8,     /* X. Њ. Lj. */
  TITLE = 1 << 9,       /* Gen. др проф.: before a name */
  RANK = 1 << 10,       /* colonel, министар: the same, written out */
  CAPITAL = 1 << 11,    /* Begins with a capital */
  ROMAN = 1 << 12,      /* II, XX */
  TRAILER = 1 << 13,    /* itd. etc. Jr.: never begins a line */
  LEADER = 1 << 14,     /* npr. e.g. tzv.: belongs to what follows */
  ONE_LETTER = 1 << 15, /* Serbian а и о у с к */
  FUNCTION = 1 << 16,   /* articles, prepositions, conjunctions, determiners */
  ENCLITIC = 1 << 17,   /* је су се ће: leans on what precedes */
  PROPER = 1 << 18,     /* a capital in a language that does not write headlines with them */
  OPENS = 1 << 19,      /* begins with a bracket or quote */
  ENDS = 1 << 20,       /* ends with punctuation that parts it from what follows */
  ANY = 1 << 21,
  CLAUSE = 1 << 22, /* да који где: begins a clause, before which a line may well end */
} kind;

typedef struct {
  unsigned kinds;
  const char *words; /* each between spaces; a stop is part of it */
} word_list;

/* ---- words --------------------------------------------------------------- */

/* As written, in every language. */
static const word_list symbols[] = {
    {COUNTER, " § §§ № # − + ± ≈ ~ = ≤ ≥ < > × "},
    {UNIT, " % ‰ ° °C °F ′ ″ € $ £ mm cm dm m km nm ft in m² km² m³ km³ ha g kg mg t lb oz l L ml dl hl s ms min h "
           "Hz kHz MHz GHz W kW MW GW kWh kV mA kJ MJ kN Pa hPa kPa cd mol px pt dpi ppi kB KB MB GB TB KiB "
           "MiB Mbit/s km/h m/s kg/m² EUR USD GBP RSD CHF KM BAM € мм цм дм м км км² м² м³ ха г кг мг т л дл хл мин ч "
           "км/ч kn "},
};

static const word_list english[] = {
    {FUNCTION, " a an the this that these those my your his her its our their some any no every each both "
               "of in on at by for from to with without into onto over under after before between among about against "
               "along across around behind below beside beyond during except inside like near off out outside past per "
               "since through till toward towards until up upon via within amid as than and or but nor so yet if when "
               "while because although though where whether not "},
    {COUNTER, " no. nos. p. pp. vol. vols. ch. chs. art. arts. fig. figs. sec. sect. par. para. ca. c. ed. approx. "
              "room tel. "},
    {UNIT, " a.m. p.m. am pm bc ad bce ce bc. b.c. a.d. percent "},
    {MAGNITUDE, " hundred thousand million billion trillion dozen "},
    {TRAILER, " etc. etc al. jr. sr. jr sr ltd. ltd inc. inc ff. phd ph.d. esq. "},
    {LEADER, " e.g. i.e. cf. viz. vs. v. "},
    {RANK, " president secretary minister ambassador general colonel major captain lieutenant sergeant director "
           "chairman professor doctor mayor king queen prince princess pope bishop judge senator governor admiral "
           "commander corporal private chancellor "},
};
/* With a capital only: may and march are verbs. */
static const word_list english_capital[] = {
    {MONTH, " january february march april may june july august september october november december jan. feb. mar. "
            "apr. jun. jul. aug. sep. sept. oct. nov. dec. "},
    {TITLE,
     " mr mr. mrs mrs. ms ms. mx dr dr. prof. gen. col. maj. capt. cpt. lt. sgt. cpl. pvt. adm. cmdr. brig. amb. "
     "sen. rep. gov. pres. rev. hon. st. st fr. sr. msgr. gens. cols. drs. messrs. maj.-gen. lt.-col. "},
};

static const word_list serbian[] = {
    {ONE_LETTER, " а и о у с к "},
    {FUNCTION,
     " на за од до из са по при пред код без због ради кроз уз низ међу над под о ка ко преко после пре поред "
     "осим између изнад испод против око током према путем услед широм да не ни ли је ако али или јер те па "
     "нити што шта који која које кад када док где као него чим мада иако пошто није нису неће нећу нисам нисмо нема "},
    {CLAUSE, " да што шта који која које кад када док где јер ако али него мада иако чим како колико "},
    {ENCLITIC, " је су се ће ћу ћеш ћемо ћете сам си смо сте бих би бисмо бисте му јој им га их ме те нас вас ли "},
    {COUNTER, " бр. стр. чл. ст. тач. сл. гл. св. таб. рис. с. т. тел. факс одељ. пар. прил. об. члан чл "},
    {UNIT, " дин. дин динара год. г. в. ч. ч мин. сек. мил. млрд. хиљ. ком. часова часа час одсто посто "},
    {MAGNITUDE, " хиљаде хиљада хиљаду милион милиона милиони милијарда милијарди милијарде милијарду стотина "},
    {MONTH, " јануар фебруар март април мај јун јул август септембар октобар новембар децембар јануара фебруара марта "
            "априла маја јуна јула августа септембра октобра новембра децембра јануару фебруару марту априлу мају јуну "
            "јулу августу септембру октобру новембру децембру јан. феб. апр. авг. сеп. септ. окт. нов. дец. "},
    {TITLE, " др мр г. гђа гђица гг. проф. доц. акад. инж. дипл. ген. ген.-мајор пук. потпук. мај. кап. пор. "
            "потпор. пот. вод. нар. св. о. еп. митр. прим. "},
    {RANK,
     " председник председница министар министарка амбасадор амбасадорка генерал пуковник потпуковник мајор капетан "
     "поручник наредник директор директорка професор професорка доктор секретар начелник командант господин "
     "госпођа краљ краљица кнез принц патријарх владика госпођица "},
    {TRAILER, " итд. итд исл. сл. др. д.о.о. а.д. о.д. "},
    {LEADER, " нпр. тј. тзв. тзв уп. вид. отпр. "},
};

/* ---- which before which -------------------------------------------------- */

static const struct {
  unsigned left, right;
  pk_tie tie;
} ties[] = {
    {ONE_LETTER, ANY, PK_TIE_FIRM},
    {COUNTER, NUMBER | ORDINAL | ROMAN, PK_TIE_FIRM},
    {NUMBER | ORDINAL, UNIT | MONTH, PK_TIE_FIRM},
    {NUMBER, TRIPLE, PK_TIE_FIRM},
    {MONTH, DAY, PK_TIE_FIRM},
    {INITIAL, CAPITAL | INITIAL, PK_TIE_FIRM},
    {TITLE, CAPITAL | INITIAL | TITLE, PK_TIE_FIRM},
    {NUMBER, MAGNITUDE, PK_TIE_CLOSE},
    {MONTH, NUMBER | ORDINAL, PK_TIE_CLOSE},
    {NUMBER, NUMBER, PK_TIE_CLOSE},
    {CAPITAL, ROMAN | INITIAL, PK_TIE_CLOSE},
    {ANY, TRAILER, PK_TIE_CLOSE},
    {LEADER, ANY, PK_TIE_CLOSE},
    {NUMBER | ORDINAL | ROMAN, ANY, PK_TIE_SENSE},
    {FUNCTION, ANY, PK_TIE_SENSE},
    {RANK | TITLE, CAPITAL, PK_TIE_SENSE},
    {PROPER, PROPER, PK_TIE_MILD},
    {ANY, ENCLITIC, PK_TIE_MILD},
};

pk_tie pk_language_tie(uint32_t left, uint32_t right) {
  if (left & ENDS || !((left | right) & ~(unsigned)(ANY | CAPITAL))) return PK_TIE_NONE;
  if (right & OPENS) right &= ~(unsigned)(NUMBER | ORDINAL | UNIT | DAY | TRIPLE | ENCLITIC | ROMAN);
  if (left & ENCLITIC && right & CLAUSE) left &= ~(unsigned)FUNCTION; /* довољно је | да */
  pk_tie tie = PK_TIE_NONE;
  for (size_t i = 0; i < G_N_ELEMENTS(ties); i++)
    if (ties[i].tie > tie && left & ties[i].left && right & ties[i].right) tie = ties[i].tie;
  return tie;
}

/* ---- a word -------------------------------------------------------------- */

enum { LONGEST = 32 }; /* bytes, in lower case: no listed word is longer */

static unsigned lookup(const word_list *lists, size_t count, const char *word, size_t size) {
  char key[LONGEST + 2];
  if (size == 0 || size > LONGEST) return 0;
  key[0] = key[size + 1] = ' ';
  memcpy(key + 1, word, size);
  unsigned kinds = 0;
  for (size_t i = 0; i < count; i++)
    if (memmem(lists[i].words, strlen(lists[i].words), key, size + 2)) kinds |= lists[i].kinds;
  return kinds;
}

#define LOOKUP(lists, word, size) lookup(lists, G_N_ELEMENTS(lists), word, size)

static bool is_opener(gunichar c) {
  return c == '(' || c == '[' || c == '{' || c == '"' || c == '\'' || c == 0xAB || (c >= 0x2018 && c <= 0x201F) ||
         c == 0xA1 || c == 0xBF;
}
static bool is_closer(gunichar c) {
  return c == ')' || c == ']' || c == '}' || c == '"' || c == '\'' || c == 0xBB || (c >= 0x2018 && c <= 0x201F) ||
         c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == 0x2026;
}

/* The bytes of a word without the marks around it. */
typedef struct {
  const char *start, *end;
  bool opens, ends;
} core;

static core strip(const char *word, size_t size) {
  core c = {.start = word, .end = word + size};
  while (c.start < c.end && is_opener(g_utf8_get_char(c.start))) {
    c.start = g_utf8_next_char(c.start);
    c.opens = true;
  }
  while (c.start < c.end) {
    const char *last = g_utf8_prev_char(c.end);
    if (!is_closer(g_utf8_get_char(last))) break;
    c.end = last;
    c.ends = true;
  }
  return c;
}

/* What may stand before the figures of a number. */
static bool is_sign(gunichar c) {
  return c == '$' || c == '+' || c == '-' || c == U'€' || c == U'£' || c == U'−' || c == U'±';
}

static unsigned number_kinds(const char *start, const char *end) {
  while (start < end && is_sign(g_utf8_get_char(start))) start = g_utf8_next_char(start);
  size_t digits = 0;
  bool is_plain = true;
  const char *at = start;
  for (; at < end; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    if (g_ascii_isdigit((char)c) && c < 0x80)
      digits++;
    else if (c == '.' || c == ',' || c == ':' || c == '/' || c == '-' || c == 0x2013 || c == 0x2212 ||
             (c >= 0xBC && c <= 0xBE))
      is_plain = false;
    else
      return 0;
  }
  if (digits == 0 || !g_ascii_isdigit(*start)) return 0;
  if (end[-1] == '.') return digits <= 4 && end - start == (ptrdiff_t)digits + 1 ? ORDINAL : 0;
  unsigned kinds = NUMBER;
  if (is_plain && digits <= 2) kinds |= DAY;
  if (is_plain && digits == 3) kinds |= TRIPLE;
  return kinds;
}

static bool is_roman(const char *start, const char *end, bool is_serbian) {
  if (end - start > 1 && end[-1] == '.') end--;
  for (const char *at = start; at < end; at++)
    if (!*at || !strchr("IVXLCM", *at)) return false;
  size_t size = (size_t)(end - start);
  return size > 1 || (size == 1 && (*start == 'V' || *start == 'X' || (*start == 'I' && is_serbian)));
}

/* The word in lower-case Cyrillic, stops kept; its size, 0 if it is not Serbian. */
static size_t serbian_key(const char *start, const char *end, char key[LONGEST]) {
  size_t size = 0;
  while (start < end) {
    const char *stop = start;
    while (stop < end && *stop != '.' && *stop != '-') stop++;
    pk_letter letters[LONGEST / 2];
    unsigned traits = 0;
    size_t count = pk_letters_scan(start, (size_t)(stop - start), letters, G_N_ELEMENTS(letters), &traits);
    if (traits & (PK_TRAIT_OTHER | PK_TRAIT_NOT_SERBIAN | PK_TRAIT_APOSTROPHE)) return 0;
    for (size_t i = 0; i < count; i++) {
      uint8_t digraph = pk_letters_digraph(letters, count, i);
      if (size + 3 > LONGEST) return 0;
      size += (size_t)g_unichar_to_utf8(PK_LETTER_CHARACTER(digraph ? digraph : pk_letter_cyrillic(letters[i].code)),
                                        key + size);
      i += digraph != 0;
    }
    if (stop < end) key[size++] = *stop++;
    start = stop;
  }
  return size;
}

static size_t english_key(const char *start, const char *end, char key[LONGEST]) {
  size_t size = (size_t)(end - start);
  if (size > LONGEST) return 0;
  for (size_t i = 0; i < size; i++) key[i] = g_ascii_tolower(start[i]);
  return size;
}

/* One capital and a stop; Lj. Nj. and Dž. are one capital. */
static bool is_initial(const char *start, const char *end, const char *key, size_t key_size, bool is_serbian) {
  if (end - start < 2 || end[-1] != '.' || !g_unichar_isupper(g_utf8_get_char(start))) return false;
  if (g_utf8_next_char(start) + 1 == end) return true;
  return is_serbian && key_size > 1 && g_utf8_next_char(key) + 1 == key + key_size;
}

uint32_t pk_language_word_kinds(pk_lang lang, const char *word, size_t size) {
  core c = strip(word, size);
  if (c.start == c.end) return 0;
  size_t left = (size_t)(c.end - c.start);
  unsigned kinds = ANY | (c.opens ? OPENS : 0) | (c.ends ? ENDS : 0);
  gunichar first = g_utf8_get_char(c.start);
  kinds |= number_kinds(c.start, c.end) | LOOKUP(symbols, c.start, left);
  if (c.end[-1] == '.') kinds |= LOOKUP(symbols, c.start, left - 1); /* 5 km. */
  bool is_serbian = lang != PK_LANG_EN || (first >= 0x400 && first < 0x530);
  char key[LONGEST];
  size_t key_size = is_serbian ? serbian_key(c.start, c.end, key) : english_key(c.start, c.end, key);
  bool is_capital = g_unichar_isupper(first);
  if (is_serbian) {
    kinds |= LOOKUP(serbian, key, key_size);
    if (is_capital) kinds |= PROPER;
  } else {
    kinds |= LOOKUP(english, key, key_size);
    if (is_capital) kinds |= LOOKUP(english_capital, key, key_size);
  }
  if (is_capital && is_initial(c.start, c.end, key, key_size, is_serbian)) kinds |= INITIAL;
  if (is_capital) kinds |= CAPITAL;
  if (is_capital && is_roman(c.start, c.end, is_serbian)) kinds |= ROMAN;
  if (is_serbian && kinds & ROMAN && left > 1) kinds &= ~(unsigned)PROPER;
  /* A stop that no abbreviation asks for ends the sentence. An ordinal of
   * English is a number at the end of one. */
  bool has_stop = c.end[-1] == '.';
  bool is_abbreviation =
      kinds & (COUNTER | TITLE | INITIAL | LEADER | MONTH) || (is_serbian && kinds & (ORDINAL | UNIT | ROMAN));
  if (has_stop && !is_abbreviation) kinds |= ENDS;
  if (has_stop && !is_serbian && kinds & ORDINAL) kinds = (kinds & ~(unsigned)ORDINAL) | NUMBER | ENDS;
  return kinds;
}
