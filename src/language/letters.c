/* Reads the letters of a word, and tells Serbian digraphs from pairs.
 *
 * In:  UTF-8 bytes, valid or not.
 * Out: letters with code, letter case and byte range; the traits of the word.
 *
 * In Serbian Latin lj, nj and dž are mostly one letter (њ), and two where a
 * prefix or a Latin root ends between them (ин|јекција, над|живети). Only the
 * word can tell, so the stems of such words are listed. */
#include "language/letters.h"

#include <glib.h>

#define CODE(character) PK_LETTER_CODE(character)
#define BIT(character) (UINT64_C(1) << ((character)-0x430))

/* ---- tables -------------------------------------------------------------- */

/* Lower-case Cyrillic, U+0430..U+045F, that Serbian does not have. */
static const uint64_t not_serbian = BIT(U'й') | BIT(U'щ') | BIT(U'ъ') | BIT(U'ы') | BIT(U'ь') | BIT(U'э') | BIT(U'ю') |
                                    BIT(U'я') | BIT(U'ѐ') | BIT(U'ё') | BIT(U'ѓ') | BIT(U'є') | BIT(U'ѕ') | BIT(U'і') |
                                    BIT(U'ї') | BIT(U'ќ') | BIT(U'ѝ') | BIT(U'ў');

/* a..z; 0 for q w x y. */
static const uint8_t cyrillic_of[26] = {
    CODE(U'а'), CODE(U'б'), CODE(U'ц'), CODE(U'д'), CODE(U'е'), CODE(U'ф'), CODE(U'г'), CODE(U'х'), CODE(U'и'),
    CODE(U'ј'), CODE(U'к'), CODE(U'л'), CODE(U'м'), CODE(U'н'), CODE(U'о'), CODE(U'п'), 0,          CODE(U'р'),
    CODE(U'с'), CODE(U'т'), CODE(U'у'), CODE(U'в'), 0,          0,          0,          CODE(U'з'),
};

/* Latin letters beyond ASCII that Serbian has. */
static const struct {
  uint16_t character, cyrillic;
  bool is_upper;
} serbian_latin[] = {
    {U'č', U'ч', false}, {U'ć', U'ћ', false}, {U'š', U'ш', false}, {U'ž', U'ж', false}, {U'đ', U'ђ', false},
    {U'Č', U'ч', true},  {U'Ć', U'ћ', true},  {U'Š', U'ш', true},  {U'Ž', U'ж', true},  {U'Đ', U'ђ', true},
    {U'ǆ', U'џ', false}, {U'ǅ', U'џ', true},  {U'Ǆ', U'џ', true},  {U'ǉ', U'љ', false}, {U'ǈ', U'љ', true},
    {U'Ǉ', U'љ', true},  {U'ǌ', U'њ', false}, {U'ǋ', U'њ', true},  {U'Ǌ', U'њ', true},
};

uint8_t pk_letter_cyrillic(uint8_t code) {
  uint8_t cyrillic = code >= 'a' && code <= 'z' ? cyrillic_of[code - 'a'] : 0;
  return cyrillic ? cyrillic : code;
}

/* ---- reading one letter -------------------------------------------------- */

enum { GRAVE = 0x300, ACUTE = 0x301, MACRON = 0x304, CARON = 0x30C, DOUBLE_GRAVE = 0x30F, INVERTED_BREVE = 0x311 };

/* The four Serbian accents and the length, where dictionaries put them. */
static bool is_stress(uint32_t mark, uint8_t code) {
  if (mark != GRAVE && mark != ACUTE && mark != MACRON && mark != DOUBLE_GRAVE && mark != INVERTED_BREVE) return false;
  switch (pk_letter_cyrillic(code)) {
  case CODE(U'а'):
  case CODE(U'е'):
  case CODE(U'и'):
  case CODE(U'о'):
  case CODE(U'у'):
  case CODE(U'р'): return true;
  default: return false;
  }
}

static void read_ascii(uint8_t byte, pk_letter *letter, unsigned *traits) {
  letter->is_upper = byte < 'a';
  letter->code = byte | 0x20;
  *traits |= PK_TRAIT_LATIN;
  if (!cyrillic_of[letter->code - 'a']) *traits |= PK_TRAIT_NOT_SERBIAN;
}

/* U+0400..U+045F. */
static void read_cyrillic(uint32_t character, pk_letter *letter, unsigned *traits) {
  letter->is_upper = character < 0x430;
  if (letter->is_upper) character += character < 0x410 ? 0x50 : 0x20;
  letter->code = CODE(character);
  *traits |= PK_TRAIT_CYRILLIC;
  if (not_serbian & BIT(character)) *traits |= PK_TRAIT_NOT_SERBIAN;
}

/* An accented letter counts as its base letter. */
static bool read_accented(uint32_t character, pk_letter *letter, unsigned *traits) {
  gunichar base, mark;
  if (!g_unichar_decompose(character, &base, &mark) || mark > UINT16_MAX) return false;
  if (base < 0x80 && g_ascii_isalpha((gchar)base)) {
    read_ascii((uint8_t)base, letter, traits);
  } else if (base >= 0x400 && base < 0x460) {
    read_cyrillic(base, letter, traits);
  } else {
    return false;
  }
  letter->mark = (uint16_t)mark;
  if (!is_stress(mark, letter->code)) *traits |= PK_TRAIT_NOT_SERBIAN;
  return true;
}

static void read_foreign(uint32_t character, pk_letter *letter, unsigned *traits) {
  letter->code = PK_LETTER_FOREIGN;
  letter->is_upper = g_unichar_isupper(character);
  *traits |= PK_TRAIT_NOT_SERBIAN | PK_TRAIT_NOT_ENGLISH;
  switch (g_unichar_get_script(character)) {
  case G_UNICODE_SCRIPT_LATIN: *traits |= PK_TRAIT_LATIN; break;
  case G_UNICODE_SCRIPT_CYRILLIC: *traits |= PK_TRAIT_CYRILLIC; break;
  default: *traits |= PK_TRAIT_OTHER;
  }
}

/* A letter beyond ASCII; false if `character` is none. */
static bool read_letter(uint32_t character, pk_letter *letter, unsigned *traits) {
  if (character >= 0x400 && character < 0x460) {
    unsigned seen = 0;
    read_cyrillic(character, letter, &seen);
    /* ѐ and ѝ are Serbian letters with a stress mark on them. */
    if (seen & PK_TRAIT_NOT_SERBIAN && read_accented(character, letter, traits)) return true;
    *traits |= seen;
    return true;
  }
  for (size_t i = 0; i < G_N_ELEMENTS(serbian_latin); i++) {
    if (serbian_latin[i].character != character) continue;
    letter->code = CODE(serbian_latin[i].cyrillic);
    letter->is_upper = serbian_latin[i].is_upper;
    *traits |= PK_TRAIT_LATIN | PK_TRAIT_SERBIAN_LATIN | PK_TRAIT_NOT_ENGLISH;
    return true;
  }
  if (!g_unichar_isalpha(character)) return false;
  if (!read_accented(character, letter, traits)) read_foreign(character, letter, traits);
  return true;
}

/* ---- reading a word ------------------------------------------------------ */

/* The character at `text`, and its length in `*length`; 0 if it is not UTF-8. */
static uint32_t decode(const uint8_t *text, size_t size, uint32_t *length) {
  if (size >= 2 && text[0] >= 0xC2 && text[0] < 0xE0 && (text[1] & 0xC0) == 0x80) {
    *length = 2;
    return (uint32_t)(text[0] & 0x1F) << 6 | (text[1] & 0x3F);
  }
  gunichar character = g_utf8_get_char_validated((const gchar *)text, (gssize)size);
  if (character >= (gunichar)-2) return 0;
  *length = (uint32_t)g_unichar_to_utf8(character, NULL);
  return character;
}

/* A combining mark at byte `at`: part of the last letter, a stress mark, or an
 * accent that Serbian does not know. */
static void read_mark(uint32_t mark, uint32_t at, uint32_t length, pk_letter *last, unsigned *traits) {
  if (!last) {
    *traits |= PK_TRAIT_OTHER;
    return;
  }
  uint8_t code = last->code;
  bool has_caron = mark == CARON && (code == 'c' || code == 's' || code == 'z');
  bool has_acute = mark == ACUTE && code == 'c';
  if ((has_caron || has_acute) && last->end == at && !last->mark) {
    last->code = has_acute ? CODE(U'ћ') : code == 'c' ? CODE(U'ч') : code == 's' ? CODE(U'ш') : CODE(U'ж');
    last->end = at + length;
    *traits |= PK_TRAIT_SERBIAN_LATIN | PK_TRAIT_NOT_ENGLISH;
  } else if (!is_stress(mark, code)) {
    *traits |= PK_TRAIT_NOT_SERBIAN;
  }
}

static bool is_mark(uint32_t character) {
  return character >= 0x300 && character < 0x370;
}

static bool is_joiner(uint32_t character) {
  return character == 0x200C || character == 0x200D || character == 0x2060; /* ZWNJ, ZWJ, WJ */
}

static bool is_apostrophe(uint32_t character) {
  return character == '\'' || character == U'’' || character == 0x2BC;
}

size_t pk_letters_scan(const char *word, size_t size, pk_letter *letters, size_t max, unsigned *traits) {
  size_t count = 0;
  for (uint32_t at = 0, length = 1; at < size; at += length) {
    uint8_t byte = (uint8_t)word[at];
    uint32_t character = byte;
    length = 1;
    if (byte >= 0x80) character = decode((const uint8_t *)word + at, size - at, &length);
    if (is_mark(character)) {
      read_mark(character, at, length, count ? &letters[count - 1] : NULL, traits);
      continue;
    }
    if (is_joiner(character)) continue;
    if (count == max) {
      *traits |= PK_TRAIT_OTHER;
      return count;
    }
    pk_letter letter = {.start = at, .end = at + length};
    if (g_ascii_isalpha((gchar)character) && character < 0x80) {
      read_ascii((uint8_t)character, &letter, traits);
    } else if (is_apostrophe(character)) {
      letter.code = '\'';
      *traits |= PK_TRAIT_APOSTROPHE;
    } else if (character < 0x80 || !read_letter(character, &letter, traits)) {
      *traits |= PK_TRAIT_OTHER;
      letter.code = PK_LETTER_FOREIGN;
    }
    letters[count++] = letter;
  }
  return count;
}

/* ---- digraphs ------------------------------------------------------------ */

/* Stems in which the two letters at the bar stay two, spelt letter by letter
 * (лј for љ, нј for њ). ^: only at the beginning of a word, as the same letters
 * are one in кањон, оџак, Оџалан, наџак. */
static const char *const stems[] = {
    "ин|јекц",   "ин|јект",    "^ин|јунк",   "кон|југ",   "кон|јунк",  "кон|јукт",    "кон|јект",
    "тан|југ",   "н|југослов", "ван|језич",  "^ан|јон",   "^шен|јанг", "^ан|јанг",    "^нан|јанг",
    "^хен|јанг", "^фен|јанг",  "^бен|јамин", "нетан|јах", "над|жив",   "^над|жет",    "^над|жнј",
    "^над|жанј", "^над|жуп",   "^над|жвак",  "^од|жив",   "^од|жали",  "^од|жалј",    "^од|жвак",
    "^од|жуб",   "^од|жур",    "^од|жет",    "^од|жнј",   "^под|жанр", "^под|жуп",    "^под|жег",
    "^под|жећ",  "^под|жеж",   "^под|жиг",   "^под|жиж",  "^пред|жет", "^пред|живот", "^пред|женид",
};

static const uint8_t pairs[][3] = {
    {CODE(U'л'), CODE(U'ј'), CODE(U'љ')},
    {CODE(U'н'), CODE(U'ј'), CODE(U'њ')},
    {CODE(U'д'), CODE(U'ж'), CODE(U'џ')},
};

/* Whether the bar of `stem` falls on `at` + 1 in this word. */
static bool stem_splits(const char *stem, const pk_letter *letters, size_t count, size_t at) {
  bool is_initial = *stem == '^';
  stem += is_initial;
  size_t before = 0; /* letters before the bar, two bytes each */
  while (stem[2 * before] != '|') before++;
  if (at + 1 < before || (is_initial && at + 1 != before)) return false;
  size_t i = at + 1 - before;
  for (const uint8_t *byte = (const uint8_t *)stem; *byte; i++, byte += 2) {
    if (*byte == '|') byte++;
    uint32_t character = (uint32_t)(byte[0] & 0x1F) << 6 | (byte[1] & 0x3F);
    if (i == count || pk_letter_cyrillic(letters[i].code) != CODE(character)) return false;
  }
  return true;
}

uint8_t pk_letters_digraph(const pk_letter *letters, size_t count, size_t at) {
  if (at + 1 >= count) return 0;
  const pk_letter *first = &letters[at], *second = &letters[at + 1];
  uint8_t one = pk_letter_cyrillic(first->code), other = pk_letter_cyrillic(second->code);
  if (other != pairs[0][1] && other != pairs[2][1]) return 0;
  /* A mark or a joiner between them, or "nJ", keeps them apart. */
  if (first->end != second->start || first->mark || (second->is_upper && !first->is_upper)) return 0;
  for (size_t pair = 0; pair < G_N_ELEMENTS(pairs); pair++) {
    if (one != pairs[pair][0] || other != pairs[pair][1]) continue;
    for (size_t i = 0; i < G_N_ELEMENTS(stems); i++)
      if (stem_splits(stems[i], letters, count, at)) return 0;
    return pairs[pair][2];
  }
  return 0;
}
