/* Where words may be broken.
 *
 * In:  a word of letters, its article's language.
 * Out: the bytes before which a hyphen may stand.
 *
 * Serbian words of either script are matched as Cyrillic letters: on the Latin
 * patterns lj, nj and dž fall apart (ta-njug, prijate-lj), on the Cyrillic ones
 * nothing does. The dictionaries are read when made and turned into tables by
 * the first word that needs them; threads that come at once may both do so, and
 * one table wins. */
#include <stdatomic.h>
#include <string.h>

#include "base/file.h"
#include "language/language.h"
#include "language/letters.h"
#include "language/patterns.h"

enum {
  MAX_LETTERS = 128, /* of a word; a longer one is not broken */
  MAX_DICTIONARY_BYTES = 4 * 1024 * 1024,
  MAX_ACRONYM = 5, /* letters of a word in capitals that is left whole */
};

typedef enum { SERBIAN, ENGLISH, DICTIONARY_COUNT } dictionary_kind;

/* The fewest letters before and after a hyphen. */
static const struct {
  const char *file, *language;
  size_t before, after;
} rules[DICTIONARY_COUNT] = {
    [SERBIAN] = {"hyph_sr_RS.dic", "Serbian", 2, 2},
    [ENGLISH] = {"hyph_en_GB.dic", "English", 2, 3},
};

typedef struct {
  GBytes *source; /* NULL: the dictionary is missing */
  _Atomic(pk_patterns *) patterns;
} dictionary;

struct pk_hyphenation {
  dictionary dictionaries[DICTIONARY_COUNT];
};

/* ---- dictionaries -------------------------------------------------------- */

static void load(dictionary *entry, dictionary_kind kind, const char *folder, pk_diag *diag) {
  g_autofree char *path = g_build_filename(folder, rules[kind].file, NULL);
  g_autoptr(GError) error = NULL;
  GBytes *source = pk_file_read(path, MAX_DICTIONARY_BYTES, &error);
  if (!source) {
    pk_diagnostic *raised =
        pk_diag_add(diag, PK_CODE_HYPHENATION_MISSING, PK_SPAN_NONE,
                    "%s words will not be hyphenated: the dictionary %s cannot be read", rules[kind].language, path);
    pk_diag_hint(diag, raised, "install the package %s", kind == SERBIAN ? "hyphen-sr" : "hyphen-en-gb");
    return;
  }
  gsize size;
  const char *data = g_bytes_get_data(source, &size);
  if (!data || !pk_patterns_is_readable(data, size)) {
    pk_diag_add(diag, PK_CODE_HYPHENATION_MISSING, PK_SPAN_NONE,
                "%s words will not be hyphenated: the dictionary %s is neither in UTF-8 nor in ISO8859-5",
                rules[kind].language, path);
    g_bytes_unref(source);
    return;
  }
  entry->source = source;
}

pk_hyphenation *pk_hyphenation_new(const char *folder, pk_diag *diag) {
  pk_hyphenation *hyphenation = g_new0(pk_hyphenation, 1);
  for (dictionary_kind kind = 0; kind < DICTIONARY_COUNT; kind++)
    load(&hyphenation->dictionaries[kind], kind, folder, diag);
  return hyphenation;
}

void pk_hyphenation_drop(pk_hyphenation *hyphenation) {
  if (!hyphenation) return;
  for (dictionary_kind kind = 0; kind < DICTIONARY_COUNT; kind++) {
    if (hyphenation->dictionaries[kind].source) g_bytes_unref(hyphenation->dictionaries[kind].source);
    pk_patterns_drop(atomic_load(&hyphenation->dictionaries[kind].patterns));
  }
  g_free(hyphenation);
}

static const pk_patterns *patterns_of(const pk_hyphenation *hyphenation, dictionary_kind kind) {
  /* The one place where the frozen object changes, and only once. */
  dictionary *entry = (dictionary *)&hyphenation->dictionaries[kind];
  pk_patterns *patterns = atomic_load_explicit(&entry->patterns, memory_order_acquire);
  if (patterns || !entry->source) return patterns;
  gsize size;
  const char *data = g_bytes_get_data(entry->source, &size);
  pk_patterns *made = pk_patterns_new(data, size);
  if (atomic_compare_exchange_strong(&entry->patterns, &patterns, made)) return made;
  pk_patterns_drop(made);
  return patterns;
}

/* ---- words --------------------------------------------------------------- */

typedef struct {
  uint8_t codes[MAX_LETTERS];
  uint32_t starts[MAX_LETTERS]; /* byte of the word where the letter begins */
  bool is_upper[MAX_LETTERS];
  size_t count;
} word_letters;

/* Which patterns a word takes; DICTIONARY_COUNT for none. */
static dictionary_kind dictionary_for(pk_lang lang, unsigned traits) {
  unsigned scripts = traits & (PK_TRAIT_LATIN | PK_TRAIT_CYRILLIC);
  bool is_serbian = !(traits & PK_TRAIT_NOT_SERBIAN), is_english = !(traits & PK_TRAIT_NOT_ENGLISH);
  if (traits & PK_TRAIT_OTHER || lang == PK_LANG_NONE) return DICTIONARY_COUNT;
  if (scripts == PK_TRAIT_CYRILLIC) return is_serbian ? SERBIAN : DICTIONARY_COUNT;
  if (scripts != PK_TRAIT_LATIN) return DICTIONARY_COUNT;
  if (is_serbian && (lang != PK_LANG_EN || traits & PK_TRAIT_SERBIAN_LATIN)) return SERBIAN;
  return is_english ? ENGLISH : DICTIONARY_COUNT;
}

static void take_letters(const pk_letter *letters, size_t count, dictionary_kind kind, bool is_latin,
                         word_letters *word) {
  word->count = 0;
  for (size_t i = 0; i < count; i++) {
    uint8_t digraph = kind == SERBIAN && is_latin ? pk_letters_digraph(letters, count, i) : 0;
    word->codes[word->count] = digraph           ? digraph
                               : kind == SERBIAN ? pk_letter_cyrillic(letters[i].code)
                                                 : letters[i].code;
    word->starts[word->count] = letters[i].start;
    word->is_upper[word->count++] = letters[i].is_upper;
    i += digraph != 0;
  }
}

/* A letter that the initials of an institution hardly ever give. */
static bool is_rare_in_acronyms(uint8_t code) {
  switch (code) {
  case PK_LETTER_CODE(U'љ'):
  case PK_LETTER_CODE(U'њ'):
  case PK_LETTER_CODE(U'џ'):
  case PK_LETTER_CODE(U'ђ'):
  case PK_LETTER_CODE(U'ћ'):
  case PK_LETTER_CODE(U'ч'):
  case PK_LETTER_CODE(U'ш'):
  case PK_LETTER_CODE(U'ж'): return true;
  default: return false;
  }
}

/* Short words in capitals are acronyms (NATO, КФОР, EUFOR, but not ЊЕГОШ), and
 * words that mix the cases are brands: both stay whole. */
static bool stays_whole(const word_letters *word) {
  size_t capitals = 0, rare = 0, letters = 0;
  for (size_t i = 0; i < word->count; i++) {
    if (word->codes[i] == '\'') continue;
    bool begins = i == 0 || word->codes[i - 1] == '\'';
    letters++;
    if (word->is_upper[i] && !begins) capitals++;
    if (is_rare_in_acronyms(word->codes[i])) rare++;
  }
  if (!capitals) return false;
  for (size_t i = 0; i < word->count; i++)
    if (!word->is_upper[i] && word->codes[i] != '\'') return true;
  return letters < MAX_ACRONYM || (letters == MAX_ACRONYM && !rare);
}

/* ---- Serbian syllables --------------------------------------------------- */

static bool is_vowel(uint8_t code) {
  return code == PK_LETTER_CODE(U'а') || code == PK_LETTER_CODE(U'е') || code == PK_LETTER_CODE(U'и') ||
         code == PK_LETTER_CODE(U'о') || code == PK_LETTER_CODE(U'у');
}

/* A vowel, or р between consonants or before one at the beginning (прст, рђа). */
static bool is_nucleus(const uint8_t *codes, size_t count, size_t at) {
  if (is_vowel(codes[at])) return true;
  if (codes[at] != PK_LETTER_CODE(U'р') || at + 1 >= count || is_vowel(codes[at + 1])) return false;
  return at == 0 || !is_vowel(codes[at - 1]);
}

/* Takes away the points that would leave a piece without a syllable. */
static void keep_syllables(const uint8_t *codes, size_t count, uint8_t *values) {
  size_t last = 0; /* the last point kept, 0 if none */
  bool has_nucleus = false;
  for (size_t i = 0; i < count; i++) {
    if (i && values[i] & 1) {
      if (has_nucleus) {
        last = i;
        has_nucleus = false;
      } else {
        values[i] = 0;
      }
    }
    has_nucleus |= is_nucleus(codes, count, i);
  }
  if (!has_nucleus && last) values[last] = 0;
}

/* ---- hyphenation --------------------------------------------------------- */

/* Breaks the letters [first, end) of `word`, which hold no apostrophe. */
static size_t break_part(const pk_patterns *patterns, dictionary_kind kind, const word_letters *word, size_t first,
                         size_t end, uint8_t *points) {
  size_t count = end - first, found = 0;
  if (count < rules[kind].before + rules[kind].after) return 0;
  uint8_t values[MAX_LETTERS + 1];
  const uint8_t *codes = word->codes + first;
  pk_patterns_match(patterns, codes, count, values);
  for (size_t i = 0; i < count; i++)
    if (i < rules[kind].before || i + rules[kind].after > count) values[i] = 0;
  if (kind == SERBIAN) keep_syllables(codes, count, values);
  for (size_t i = 1; i < count; i++) {
    if (!(values[i] & 1)) continue;
    points[word->starts[first + i]] = 1;
    found++;
  }
  return found;
}

size_t pk_hyphenate(const pk_hyphenation *hyphenation, pk_lang lang, const char *word, size_t size, uint8_t *points) {
  memset(points, 0, size);
  if (!hyphenation || size < 4) return 0;
  pk_letter letters[MAX_LETTERS];
  unsigned traits = 0;
  size_t count = pk_letters_scan(word, size, letters, MAX_LETTERS, &traits);
  dictionary_kind kind = dictionary_for(lang, traits);
  if (kind == DICTIONARY_COUNT) return 0;
  const pk_patterns *patterns = patterns_of(hyphenation, kind);
  if (!patterns) return 0;

  word_letters read;
  take_letters(letters, count, kind, traits & PK_TRAIT_LATIN, &read);
  if (stays_whole(&read)) return 0;
  size_t found = 0;
  for (size_t first = 0, end; first < read.count; first = end + 1) {
    for (end = first; end < read.count && read.codes[end] != '\'';) end++;
    found += break_part(patterns, kind, &read, first, end, points);
  }
  return found;
}
