/* Serbian text in the other script, and the languages to shape with.
 *
 * In:  UTF-8 text. Out: the same text, its Serbian words in the script wanted.
 *
 * Words are converted whole or not at all: one with a letter that Serbian lacks
 * (Washington, Wałęsa) is a foreign name and stays, as do addresses of mail and
 * web, and Roman numerals (II, VIII), which Cyrillic text writes in Latin. */
#include <string.h>

#include "language/language.h"
#include "language/letters.h"

/* ---- letters out --------------------------------------------------------- */

/* By code from U+0430: lower case, and title case of the digraphs. */
typedef struct {
  const char *lower, *title, *upper;
} latin_letter;

static const latin_letter *latin_of(uint8_t code) {
  static const latin_letter table[0x30] = {
      [U'а' - 0x430] = {"a", "A", "A"}, [U'б' - 0x430] = {"b", "B", "B"},    [U'в' - 0x430] = {"v", "V", "V"},
      [U'г' - 0x430] = {"g", "G", "G"}, [U'д' - 0x430] = {"d", "D", "D"},    [U'ђ' - 0x430] = {"đ", "Đ", "Đ"},
      [U'е' - 0x430] = {"e", "E", "E"}, [U'ж' - 0x430] = {"ž", "Ž", "Ž"},    [U'з' - 0x430] = {"z", "Z", "Z"},
      [U'и' - 0x430] = {"i", "I", "I"}, [U'ј' - 0x430] = {"j", "J", "J"},    [U'к' - 0x430] = {"k", "K", "K"},
      [U'л' - 0x430] = {"l", "L", "L"}, [U'љ' - 0x430] = {"lj", "Lj", "LJ"}, [U'м' - 0x430] = {"m", "M", "M"},
      [U'н' - 0x430] = {"n", "N", "N"}, [U'њ' - 0x430] = {"nj", "Nj", "NJ"}, [U'о' - 0x430] = {"o", "O", "O"},
      [U'п' - 0x430] = {"p", "P", "P"}, [U'р' - 0x430] = {"r", "R", "R"},    [U'с' - 0x430] = {"s", "S", "S"},
      [U'т' - 0x430] = {"t", "T", "T"}, [U'ћ' - 0x430] = {"ć", "Ć", "Ć"},    [U'у' - 0x430] = {"u", "U", "U"},
      [U'ф' - 0x430] = {"f", "F", "F"}, [U'х' - 0x430] = {"h", "H", "H"},    [U'ц' - 0x430] = {"c", "C", "C"},
      [U'ч' - 0x430] = {"č", "Č", "Č"}, [U'џ' - 0x430] = {"dž", "Dž", "DŽ"}, [U'ш' - 0x430] = {"š", "Š", "Š"},
  };
  return &table[PK_LETTER_CHARACTER(code) - 0x430];
}

static void append_latin(GString *out, const pk_letter *letters, size_t count, size_t at) {
  const latin_letter *letter = latin_of(letters[at].code);
  bool is_upper = letters[at].is_upper;
  bool in_capitals = at + 1 < count ? letters[at + 1].is_upper : at > 0 && letters[at - 1].is_upper;
  g_string_append(out, !is_upper ? letter->lower : in_capitals ? letter->upper : letter->title);
}

static void append_cyrillic(GString *out, uint8_t code, bool is_upper) {
  uint32_t character = PK_LETTER_CHARACTER(code);
  if (is_upper) character -= character < 0x450 ? 0x20 : 0x50;
  g_string_append_unichar(out, character);
}

/* ---- words --------------------------------------------------------------- */

static bool is_roman_numeral(const pk_letter *letters, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!letters[i].is_upper || (letters[i].code != 'i' && letters[i].code != 'v')) return false;
  return count > 1;
}

/* Appends the `size` bytes of a word, converted if it is Serbian. `letters` has
 * room for as many. */
static void convert_word(GString *out, pk_lang lang, const char *word, size_t size, pk_letter *letters) {
  unsigned traits = 0;
  size_t count = pk_letters_scan(word, size, letters, size, &traits);
  unsigned from = lang == PK_LANG_SR_CYRL ? PK_TRAIT_LATIN : PK_TRAIT_CYRILLIC;
  bool to_cyrillic = lang == PK_LANG_SR_CYRL;
  if ((traits & (PK_TRAIT_LATIN | PK_TRAIT_CYRILLIC)) != from || traits & (PK_TRAIT_NOT_SERBIAN | PK_TRAIT_OTHER) ||
      (to_cyrillic && is_roman_numeral(letters, count))) {
    g_string_append_len(out, word, (gssize)size);
    return;
  }
  for (size_t i = 0; i < count; i++) {
    const pk_letter *letter = &letters[i];
    uint8_t digraph = to_cyrillic ? pk_letters_digraph(letters, count, i) : 0;
    if (digraph) {
      append_cyrillic(out, digraph, letter->is_upper);
      letter = &letters[++i];
    } else if (to_cyrillic) {
      append_cyrillic(out, pk_letter_cyrillic(letter->code), letter->is_upper);
    } else {
      append_latin(out, letters, count, i);
    }
    if (letter->mark) g_string_append_unichar(out, letter->mark);
    size_t next = i + 1 < count ? letters[i + 1].start : size;
    g_string_append_len(out, word + letter->end, (gssize)(next - letter->end));
  }
}

/* ---- text ---------------------------------------------------------------- */

static bool is_space(char byte) {
  return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Mail and web addresses are no words. */
static bool is_address(const char *token, size_t size) {
  return memchr(token, '@', size) || memmem(token, size, "://", 3) ||
         (size > 4 && g_ascii_strncasecmp(token, "www.", 4) == 0);
}

/* Bytes of the word at the beginning of `text`: letters, marks, joiners. The
 * apostrophe U+02BC is a letter to Unicode, not to us. */
static size_t word_size(const char *text, const char *end) {
  const char *at = text;
  while (at < end) {
    gunichar character = g_utf8_get_char_validated(at, end - at);
    if (character >= (gunichar)-2 || character == 0x2BC) break;
    bool is_joiner = character == 0x200C || character == 0x200D;
    if (!g_unichar_isalpha(character) && !(at > text && (is_joiner || g_unichar_ismark(character)))) break;
    at = g_utf8_next_char(at);
  }
  return (size_t)(at - text);
}

static void convert_token(GString *out, pk_lang lang, const char *token, size_t size, GArray *letters) {
  const char *end = token + size;
  while (token < end) {
    size_t word = word_size(token, end);
    if (word) {
      if (letters->len < word) g_array_set_size(letters, (guint)word);
      convert_word(out, lang, token, word, (pk_letter *)(void *)letters->data);
      token += word;
    } else {
      g_string_append_c(out, *token++);
    }
  }
}

const char *pk_language_convert(pk_arena *arena, pk_lang lang, const char *text) {
  if (lang != PK_LANG_SR_LATN && lang != PK_LANG_SR_CYRL) return text;
  g_autoptr(GString) out = g_string_sized_new(strlen(text) * 2);
  g_autoptr(GArray) letters = g_array_new(FALSE, FALSE, sizeof(pk_letter));
  for (const char *at = text; *at;) {
    size_t size = 0;
    while (at[size] && !is_space(at[size])) size++;
    if (size == 0) {
      g_string_append_c(out, *at++);
      continue;
    }
    if (is_address(at, size)) {
      g_string_append_len(out, at, (gssize)size);
    } else {
      convert_token(out, lang, at, size, letters);
    }
    at += size;
  }
  return strcmp(out->str, text) == 0 ? text : pk_arena_strndup(arena, out->str, out->len);
}

const char *pk_language_shaping_tag(pk_lang lang, bool is_cyrillic) {
  if (is_cyrillic) return "sr";
  return lang == PK_LANG_SR_LATN || lang == PK_LANG_SR_CYRL ? "sr-Latn" : "en";
}
