/* The words that presskit itself writes, in each language.
 *
 * A value that follows a Serbian label stands in the form in which it was given,
 * so no label here asks for another case of it: "Prvi put objavljeno: %s, %s",
 * "O nama". Only EMBARGO DO takes the date in the genitive, which the dates with
 * a time are (dates.c). */
#include <glib.h>
#include <string.h>

#include "language/language.h"

typedef struct {
  const char *name;
  const char *text[PK_LANG_COUNT];
} label_entry;

static const label_entry labels[PK_LABEL_COUNT] = {
    [PK_LABEL_IMMEDIATE_RELEASE] = {"immediate-release",
                                    {"FOR IMMEDIATE RELEASE", "ZA OBJAVLJIVANJE ODMAH", "ЗА ОБЈАВЉИВАЊЕ ОДМАХ"}},
    [PK_LABEL_EMBARGO] = {"embargo", {"EMBARGOED UNTIL %s", "EMBARGO DO %s", "ЕМБАРГО ДО %s"}},
    [PK_LABEL_MORE] = {"more", {"MORE", "NASTAVAK", "НАСТАВАК"}},
    [PK_LABEL_END] = {"end", {"###", "###", "###"}},
    [PK_LABEL_CONTACT] = {"contact", {"Contact", "Kontakt", "Контакт"}},
    [PK_LABEL_ABOUT] = {"about", {"About %s", "O nama", "О нама"}},
    [PK_LABEL_NOTES] = {"notes", {"Notes", "Napomene", "Напомене"}},
    [PK_LABEL_NOTES_PAGE] = {"notes-page", {"Notes", "Beleške", "Белешке"}},
    [PK_LABEL_NOTE] = {"note", {"Note", "Napomena", "Напомена"}},
    [PK_LABEL_PUBLISHED] = {"published",
                            {"First published in %s, %s", "Prvi put objavljeno: %s, %s", "Први пут објављено: %s, %s"}},
    [PK_LABEL_PHONE] = {"phone", {"Phone", "Telefon", "Телефон"}},
    [PK_LABEL_MOBILE] = {"mobile", {"Mobile", "Mobilni", "Мобилни"}},
    [PK_LABEL_EMAIL] = {"email", {"Email", "Imejl", "Имејл"}},
    [PK_LABEL_WEB] = {"web", {"Web", "Veb", "Веб"}},
    [PK_LABEL_PAGE] = {"page", {"Page", "Strana", "Страна"}},
    [PK_LABEL_FIGURE] = {"figure", {"Figure", "Slika", "Слика"}},
    [PK_LABEL_TABLE] = {"table", {"Table", "Tabela", "Табела"}},
    [PK_LABEL_CONTENTS] = {"contents", {"Contents", "Sadržaj", "Садржај"}},
    [PK_LABEL_REFERENCE] = {"reference", {"Our ref.", "Broj", "Број"}},
    [PK_LABEL_CLOSING] = {"closing", {"Yours sincerely,", "S poštovanjem,", "С поштовањем,"}},
    [PK_LABEL_ENCLOSURES] = {"enclosures", {"Enclosures", "Prilozi", "Прилози"}},
};

const char *pk_language_label(pk_lang lang, pk_label label) {
  g_return_val_if_fail((unsigned)label < PK_LABEL_COUNT, "");
  return labels[label].text[lang == PK_LANG_NONE ? PK_LANG_EN : lang];
}

int pk_language_label_find(const char *name) {
  for (int label = 0; label < PK_LABEL_COUNT; label++)
    if (strcmp(labels[label].name, name) == 0) return label;
  return -1;
}

const char *pk_language_label_name(pk_label label) {
  return (unsigned)label < PK_LABEL_COUNT ? labels[label].name : NULL;
}

/* ---- openings ------------------------------------------------------------ */

enum { OPENING_WORDS = 6 };

static const char *const openings[][PK_LANG_COUNT][OPENING_WORDS] = {
    [PK_OPENING_CAPTION] = {{"Table"}, {"Tabela"}, {"Табела"}},
    [PK_OPENING_NOTE] = {{"Note", "Notes", "Source", "Sources"},
                         {"Napomena", "Napomene", "Izvor", "Izvori"},
                         {"Напомена", "Напомене", "Извор", "Извори"}},
};

/* The bytes of " 3" or " 3.2" at `text`. */
static size_t number_size(const char *text) {
  size_t space = *text == ' ' ? 1 : g_str_has_prefix(text, "\u00A0") ? strlen("\u00A0") : 0;
  size_t digits = strspn(text + space, "0123456789");
  if (!space || !digits) return 0;
  size_t size = space + digits;
  if (text[size] == '.' && g_ascii_isdigit(text[size + 1])) size += 1 + strspn(text + size + 1, "0123456789");
  return size;
}

size_t pk_language_label_opening(pk_lang lang, pk_label_opening opening, const char *text) {
  const char *const *words = openings[opening][lang == PK_LANG_NONE ? PK_LANG_EN : lang];
  for (size_t i = 0; i < OPENING_WORDS && words[i]; i++) {
    if (!g_str_has_prefix(text, words[i])) continue;
    size_t size = strlen(words[i]), number = opening == PK_OPENING_CAPTION ? number_size(text + size) : 0;
    size += number;
    if (text[size] == ':' || (number && text[size] == '.')) return size + 1;
  }
  return 0;
}

const char *pk_language_name(pk_lang lang) {
  static const char *const names[PK_LANG_COUNT] = {"English", "Serbian (Latin)", "Serbian (Cyrillic)"};
  return lang >= 0 && lang < PK_LANG_COUNT ? names[lang] : "no language";
}
