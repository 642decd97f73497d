/* edtf: dates of which parts may be unknown, and their text after ISO 8601-2:2019 (EDTF, level 1 and the
 * masked digits of level 2): "2024-03-14T10:32:00Z", "XXXX-11-12", "2022-02", "199X", "2025-34", "2014/..".
 *
 * Plain values, no memory of their own. A part that is 0 is not known. */
#ifndef NEWSMETA_FIND_DATES_EDTF_H
#define NEWSMETA_FIND_DATES_EDTF_H

#include "base/arena.h"
#include "base/calendar.h"

struct edtf_date {
    int year;         /* 0: unknown */
    int month;        /* 1 to 12; 21 to 24 seasons from spring on; 33 to 36 quarters; 0: not given */
    int day;          /* 0: not given */
    int masked;       /* last digits of the year that are unknown: 1 a decade, 2 a century */
    bool approximate; /* "about": written with a trailing ~ */
    bool has_time;
    int hour, minute, second;
    bool has_offset;
    int offset; /* minutes east of UTC */
};

enum edtf_form { EDTF_SINGLE, EDTF_RANGE, EDTF_OPEN_END, EDTF_OPEN_START };

struct edtf {
    struct edtf_date start; /* the date, or the start of the interval */
    struct edtf_date end;   /* of EDTF_RANGE and EDTF_OPEN_START */
    enum edtf_form form;
};

enum edtf_precision {
    EDTF_NOTHING,
    EDTF_CENTURY,
    EDTF_DECADE,
    EDTF_YEAR,
    EDTF_SEASON,
    EDTF_MONTH,
    EDTF_DAY,
    EDTF_TIME
};

/* A single day; year or month and day as given. */
struct edtf edtf_from_civil(struct civil day);
/* The parts fit each other and the calendar (February 29 without a year is fine). */
bool edtf_is_valid(const struct edtf *value);
/* The finest part of the start that is known. */
enum edtf_precision edtf_precision(const struct edtf *value);
/* The calendar day of a single date of which year, month and day are known. */
bool edtf_day(const struct edtf *value, struct civil *out);
/* Its text, in the arena. */
struct slice edtf_write(struct arena *arena, const struct edtf *value);

#endif
