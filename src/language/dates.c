/* Dates as each language writes them.
 *
 * In:  a date of which any part may be missing.
 * Out: UTF-8; the spaces inside do not break.
 *
 * Serbian puts a full stop after the day and after the year (Pravopis), a full
 * stop between hours and minutes, and the month in the nominative in datelines
 * and lists. A date with its time follows "do" or "od" (EMBARGO DO 26. juna
 * 2021. u 06.00), so its month is in the genitive. */
#include <glib.h>
#include <stdlib.h>

#include "language/language.h"

#define NBSP "\u00A0"

static const char *const months[PK_LANG_COUNT][12] = {
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
     "December"},
    {"januar", "februar", "mart", "april", "maj", "jun", "jul", "avgust", "septembar", "oktobar", "novembar",
     "decembar"},
    {"јануар", "фебруар", "март", "април", "мај", "јун", "јул", "август", "септембар", "октобар", "новембар",
     "децембар"},
};

static const char *const months_genitive[PK_LANG_COUNT][12] = {
    [PK_LANG_SR_LATN] = {"januara", "februara", "marta", "aprila", "maja", "juna", "jula", "avgusta", "septembra",
                         "oktobra", "novembra", "decembra"},
    [PK_LANG_SR_CYRL] = {"јануара", "фебруара", "марта", "априла", "маја", "јуна", "јула", "августа", "септембра",
                         "октобра", "новембра", "децембра"},
};

/* Day, month and year as far as they are known. */
static void append_day(GString *out, pk_lang lang, pk_date date, const char *month, bool with_year) {
  const char *stop = lang == PK_LANG_EN ? "" : ".";
  if (month && date.day > 0) g_string_append_printf(out, "%d%s" NBSP, date.day, stop);
  if (month) g_string_append(out, month);
  if (with_year && date.year > 0) g_string_append_printf(out, "%s%d%s", month ? NBSP : "", date.year, stop);
}

static void append_time(GString *out, pk_lang lang, pk_date date) {
  static const char *const before[PK_LANG_COUNT] = {"," NBSP, NBSP "u" NBSP, NBSP "у" NBSP};
  g_string_append_printf(out, "%s%02d%c%02d", out->len ? before[lang] : "", date.hour, lang == PK_LANG_EN ? ':' : '.',
                         date.minute);
  int offset = abs(date.offset_minutes);
  g_string_append(out, NBSP "(UTC");
  if (offset) g_string_append_printf(out, "%s%d", date.offset_minutes < 0 ? "−" : "+", offset / 60);
  if (offset % 60) g_string_append_printf(out, ":%02d", offset % 60);
  g_string_append_c(out, ')');
}

const char *pk_language_date(pk_arena *arena, pk_lang lang, pk_date date, pk_date_form form) {
  if (!date.is_given) return "";
  if (lang == PK_LANG_NONE) lang = PK_LANG_EN;
  bool with_time = form == PK_DATE_TIME;
  const char *const *names = with_time && lang != PK_LANG_EN ? months_genitive[lang] : months[lang];
  const char *month = date.month >= 1 && date.month <= 12 ? names[date.month - 1] : NULL;
  /* Without a day, the month alone would not say which year's it is. */
  bool with_year = form != PK_DATE_DATELINE || date.day == 0 || !month;
  g_autoptr(GString) out = g_string_new(NULL);
  append_day(out, lang, date, month, with_year);
  if (with_time && date.has_time) append_time(out, lang, date);
  return pk_arena_strndup(arena, out->str, out->len);
}
