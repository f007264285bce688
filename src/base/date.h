/* A day, with or without a time of day. */
#ifndef PK_DATE_H
#define PK_DATE_H

#include <stdbool.h>

typedef struct {
  int year, month, day; /* 0 where not given; month 1..12 */
  bool has_time;
  int hour, minute;
  int offset_minutes; /* of the time zone from UTC */
  bool is_given;
} pk_date;

/* Why a text is no date. */
typedef enum {
  PK_DATE_OK,
  PK_DATE_BAD_FORM, /* not written as 2021-06-26 or 2021-06-26T06:00+02:00 */
  PK_DATE_NO_ZONE,  /* a time without its zone */
  PK_DATE_NO_SUCH,  /* the calendar or the clock has none such: 2021-02-30, 25:00 */
} pk_date_error;

/* Reads "2021-06-26", "2021-06-26T06:00+02:00" or "2021-06-26T04:00Z" (a space
 * may stand for the T, seconds may follow and are dropped). `*out` is set only
 * on PK_DATE_OK. */
pk_date_error pk_date_parse(const char *text, pk_date *out);

#endif
