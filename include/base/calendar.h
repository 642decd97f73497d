/* calendar: days of the proleptic Gregorian calendar (ISO 8601). No clock, no time zone data. */
#ifndef NEWSMETA_BASE_CALENDAR_H
#define NEWSMETA_BASE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

/* A calendar day; year 0 means "none". month 1 to 12, day 1 to 31. */
struct civil {
    int year, month, day;
};

/* The day exists (for year 0: in some year). */
bool calendar_is_valid(struct civil day);
/* Days since 1970-01-01; and back. */
int64_t calendar_to_days(struct civil day);
struct civil calendar_from_days(int64_t days);
/* The day of the Persian calendar (Solar Hijri) as one of the Gregorian: by the rule of 33 years, which agrees with the
 * observed equinox from 1799 to 2121; year 0 where the calendar has no such day. */
struct civil calendar_from_persian(int year, int month, int day);
/* ISO weekday: 1 Monday to 7 Sunday. */
int calendar_weekday(struct civil day);

#endif
