#include "base/date.h"

#include <glib.h>
#include <string.h>

/* `count` digits at `*at` as a number, stepping over them; -1 if there are fewer. */
static int take_digits(const char **at, int count) {
  int value = 0;
  for (int i = 0; i < count; i++, (*at)++) {
    if (!g_ascii_isdigit(**at)) return -1;
    value = value * 10 + (**at - '0');
  }
  return value;
}

static bool take_char(const char **at, const char *accepted) {
  if (!**at || !strchr(accepted, **at)) return false;
  (*at)++;
  return true;
}

static bool day_exists(const pk_date *date) {
  return date->year >= 1 && g_date_valid_dmy((GDateDay)date->day, (GDateMonth)date->month, (GDateYear)date->year);
}

static pk_date_error parse_time(const char *at, pk_date *date) {
  int second = 0;
  date->has_time = true;
  date->hour = take_digits(&at, 2);
  if (date->hour < 0 || !take_char(&at, ":")) return PK_DATE_BAD_FORM;
  date->minute = take_digits(&at, 2);
  if (date->minute < 0) return PK_DATE_BAD_FORM;
  if (take_char(&at, ":") && (second = take_digits(&at, 2)) < 0) return PK_DATE_BAD_FORM;
  while (*at == ' ') at++;
  if (!*at) return PK_DATE_NO_ZONE;
  if (!take_char(&at, "Z")) {
    int sign = *at == '-' ? -1 : 1;
    if (!take_char(&at, "+-")) return PK_DATE_BAD_FORM;
    int hours = take_digits(&at, 2);
    take_char(&at, ":");
    int minutes = take_digits(&at, 2);
    if (hours < 0 || minutes < 0) return PK_DATE_BAD_FORM;
    if (hours > 14 || minutes > 59) return PK_DATE_NO_SUCH;
    date->offset_minutes = sign * (hours * 60 + minutes);
  }
  if (*at) return PK_DATE_BAD_FORM;
  return date->hour > 23 || date->minute > 59 || second > 60 ? PK_DATE_NO_SUCH : PK_DATE_OK;
}

pk_date_error pk_date_parse(const char *text, pk_date *out) {
  const char *at = text;
  pk_date date = {.is_given = true};
  date.year = take_digits(&at, 4);
  if (date.year < 0 || !take_char(&at, "-")) return PK_DATE_BAD_FORM;
  date.month = take_digits(&at, 2);
  if (date.month < 0 || !take_char(&at, "-")) return PK_DATE_BAD_FORM;
  date.day = take_digits(&at, 2);
  if (date.day < 0) return PK_DATE_BAD_FORM;
  pk_date_error error = PK_DATE_OK;
  if (*at) error = take_char(&at, "T ") ? parse_time(at, &date) : PK_DATE_BAD_FORM;
  if (error == PK_DATE_OK && !day_exists(&date)) error = PK_DATE_NO_SUCH;
  if (error == PK_DATE_OK) *out = date;
  return error;
}
