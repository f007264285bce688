/* The rules of each language: labels, dates, quotes, ties, hyphenation, script.
 *
 * All functions are pure; pk_hyphenation is shared by threads once made. */
#ifndef PK_LANGUAGE_H
#define PK_LANGUAGE_H

#include "article/article.h"

/* ---- words that presskit itself writes ----------------------------------- */

typedef enum {
  PK_LABEL_IMMEDIATE_RELEASE, /* FOR IMMEDIATE RELEASE / ЗА ОБЈАВЉИВАЊЕ ОДМАХ */
  PK_LABEL_EMBARGO,           /* EMBARGOED UNTIL %s: a date as PK_DATE_TIME */
  PK_LABEL_MORE,              /* MORE / NASTAVAK / НАСТАВАК */
  PK_LABEL_END,               /* ### */
  PK_LABEL_CONTACT,           /* Contact */
  PK_LABEL_ABOUT,             /* About %s; O nama: no value in Serbian, whose names would be declined */
  PK_LABEL_NOTES,             /* Notes */
  PK_LABEL_NOTES_PAGE,        /* Notes: a page of a book to write on */
  PK_LABEL_NOTE,              /* Note */
  PK_LABEL_PUBLISHED,         /* First published in %s, %s: outlet, date (PK_DATE_LONG) */
  PK_LABEL_PHONE,
  PK_LABEL_MOBILE,
  PK_LABEL_EMAIL,
  PK_LABEL_WEB,
  PK_LABEL_PAGE,
  PK_LABEL_FIGURE,
  PK_LABEL_TABLE,
  PK_LABEL_CONTENTS,  /* Contents */
  PK_LABEL_REFERENCE, /* Our ref. / Broj: of a letter */
  PK_LABEL_CLOSING,   /* Yours sincerely, */
  PK_LABEL_ENCLOSURES,
  PK_LABEL_COUNT,
} pk_label;

/* `%s` stands where a value goes; not every language has it. */
const char *pk_language_label(pk_lang lang, pk_label label);

/* The label with this name ("more", "immediate-release"); -1 if there is none. */
int pk_language_label_find(const char *name);
const char *pk_language_label_name(pk_label label);

/* What a paragraph beside a table says of itself by how it begins. */
typedef enum {
  PK_OPENING_CAPTION, /* "Table: ...", "Tabela 3. ...": its caption */
  PK_OPENING_NOTE,    /* "Note: ...", "Izvor: ...": a note below it */
} pk_label_opening;

/* The bytes of that beginning, its colon or stop included; 0 if `text` does not
 * begin so in this language. */
size_t pk_language_label_opening(pk_lang lang, pk_label_opening opening, const char *text);

/* "English", "Serbian (Latin)"..., for people. */
const char *pk_language_name(pk_lang lang);

/* ---- dates --------------------------------------------------------------- */

typedef enum {
  PK_DATE_DATELINE, /* 26 June / 26. jun / 26. јун: no year */
  PK_DATE_LONG,     /* 26 June 2021 / 26. jun 2021. */
  PK_DATE_TIME,     /* 26 June 2021, 06:00 (UTC+2) / 26. juna 2021. u 06.00 (UTC+2): with the time
                       where given, and in the genitive that follows "do" (until) */
} pk_date_form;

/* Owned by the arena; spaces inside a date do not break (U+00A0). Of a date that
 * is known in part what is known is written, with its year; "" if it is not given. */
const char *pk_language_date(pk_arena *arena, pk_lang lang, pk_date date, pk_date_form form);

/* "BELGRADE, 26 June — ", "БЕОГРАД, 26. јун — " with what is given: place, date
 * or both; "" if neither. The place is in capitals; Serbian digraph letters
 * (Njegoš -> NJEGOŠ) as each script writes them. */
const char *pk_language_dateline(pk_arena *arena, pk_lang lang, const char *place, pk_date date);

/* `text` in capitals, by Unicode's rules, independent of the locale. */
const char *pk_language_upper(pk_arena *arena, pk_lang lang, const char *text);

/* ---- initials ------------------------------------------------------------ */

/* The first letter of a text, for an initial: bytes [quote, end), after the
 * quotes and brackets [0, quote) that open it. Marks above it and a second letter
 * that makes one with it (Lj, Nj, Dž) are part of it. False if the text does not
 * begin with a letter. */
bool pk_language_initial(const char *text, size_t size, size_t *quote, size_t *end);

/* ---- quotes -------------------------------------------------------------- */

typedef struct {
  const char *open, *close;             /* outer */
  const char *inner_open, *inner_close; /* a quote in a quote */
  const char *apostrophe;
} pk_quotes;

const pk_quotes *pk_language_quotes(pk_lang lang);

/* Sets straight " and ' as the language's own quotes and apostrophes, nested
 * ones by depth; everything else is untouched. `map`, if not NULL, receives for
 * each byte of the result the byte of `text` it came from, and one more entry
 * for the end; owned by the arena. Returns `text` itself if nothing changes. */
const char *pk_language_smart_quotes(pk_arena *arena, pk_lang lang, const char *text, const uint32_t **map);

/* Sets " - ", "--", "---", a hyphen between two years and "..." as the language's
 * own dashes and ellipsis; everything else is untouched. As above otherwise. */
const char *pk_language_smart_dashes(pk_arena *arena, pk_lang lang, const char *text, const uint32_t **map);

/* ---- ties ---------------------------------------------------------------- */

/* How unwelcome a line end between two words is. */
typedef enum {
  PK_TIE_NONE,
  PK_TIE_MILD,  /* a headline reads a little better without: within a name, before an enclitic */
  PK_TIE_SENSE, /* a headline would not end a line here: after an article, preposition, number */
  PK_TIE_CLOSE, /* one thing in two words: 3 million, June 2021, Petar II, npr. ovo */
  PK_TIE_FIRM,  /* never, while there is another way: 10 %, 26. jun, Gen. X, § 4, u Beogradu */
} pk_tie;

/* What `size` bytes of a text between two spaces, punctuation included, are to
 * their neighbours: bits that pk_language_tie() knows; 0: nothing at all. */
uint32_t pk_language_word_kinds(pk_lang lang, const char *word, size_t size);

/* The tie between a word of kinds `left` and the next one, of kinds `right`. */
pk_tie pk_language_tie(uint32_t left, uint32_t right);

/* ---- script -------------------------------------------------------------- */

/* Serbian text in the other script, by table with its exceptions (konjunkcija,
 * nadživeti, injekcija ...). `lang` is the script wanted: PK_LANG_SR_LATN or
 * PK_LANG_SR_CYRL. Letters of other scripts are untouched, and so are words with
 * a letter that Serbian lacks (Washington), addresses of mail and web, and Roman
 * numerals. A zero-width non-joiner keeps n and j apart. Returns `text` itself if
 * nothing changes. */
const char *pk_language_convert(pk_arena *arena, pk_lang lang, const char *text);

/* The OpenType language tag and BCP 47 tag with which a run of Cyrillic or
 * Latin letters is shaped, whatever language surrounds it: Cyrillic is always
 * Serbian. */
const char *pk_language_shaping_tag(pk_lang lang, bool is_cyrillic);

/* ---- words that tell about a text ----------------------------------------- */

/* Whether `word`, in small letters, is one of the little words (and, of; je, koji) that a
 * language is known by. English, or Serbian in Latin letters. */
bool pk_language_is_little_word(pk_lang lang, const char *word);

/* Whether the words of a link say nothing of where it leads: "click here", "овде", or
 * none at all. In any of our languages. */
bool pk_language_is_vague(const char *words);

/* ---- hyphenation --------------------------------------------------------- */

typedef struct pk_hyphenation pk_hyphenation;

/* Reads the dictionaries in `folder` (the system's, where hyph_sr_RS.dic and
 * hyph_en_GB.dic are), in UTF-8 or ISO8859-5. Each is made into tables by the
 * first word that needs it (1.2 ms for English, 0.25 ms for Serbian), so it is
 * cheap to make and shared freely when it returns. A dictionary that is missing
 * is a warning in `diag`; words of its language are then not hyphenated. */
pk_hyphenation *pk_hyphenation_new(const char *folder, pk_diag *diag);
void pk_hyphenation_drop(pk_hyphenation *hyphenation);

/* Where the word may be broken. `word` is `size` bytes of letters (apostrophes
 * and combining marks allowed). Sets points[i] = 1 if a hyphen may stand before
 * byte i (0 < i < size), 0 elsewhere; `points` has room for `size`. The script
 * of the word decides, not only `lang`: Cyrillic letters are broken as Serbian
 * in an article of any language, Latin ones as `lang` says (Serbian for
 * sr-Cyrl). Minimums 2/3 for English, 2/2 in Serbian letters, never inside lj,
 * nj, dž, no fragment without a vowel or syllabic r. Returns the number of
 * points. Thread-safe.
 *
 * A Latin word with č ć đ š ž is Serbian in an English article too; one with
 * q w x y is English in a Serbian one. Whole stay words of two scripts, with
 * digits, hyphens or letters of neither language; words in mixed case (YouTube);
 * and words in capitals of up to four letters, or of five if none of them is
 * љ њ џ ђ ћ ч ш ж: NATO, UNMIK, КФОР, but ЊЕ-ГОШ. */
size_t pk_hyphenate(const pk_hyphenation *hyphenation, pk_lang lang, const char *word, size_t size, uint8_t *points);

#endif
