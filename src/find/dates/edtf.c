#include "find/dates/edtf.h"

#include <stdio.h>

#define DAY_MINUTES 1440

struct edtf edtf_from_civil(struct civil day)
{
    return (struct edtf){.start = {.year = day.year, .month = day.month, .day = day.day}};
}

static bool time_is_valid(const struct edtf_date *date)
{
    if (!date->has_time)
        return !date->has_offset;
    return date->day && date->hour >= 0 && date->hour < 24 && date->minute >= 0 && date->minute < 60 &&
           date->second >= 0 && date->second <= 60 && date->offset > -DAY_MINUTES && date->offset < DAY_MINUTES;
}

static bool date_is_valid(const struct edtf_date *date)
{
    bool division = (date->month >= 21 && date->month <= 24) || (date->month >= 33 && date->month <= 36);
    if (date->year < 0 || date->year > 9999 || date->month < 0 || date->masked < 0 || date->masked > 2)
        return false;
    if (!date->year && !date->month)
        return false;
    if (date->month > 12 && (!division || date->day))
        return false;
    if (date->masked && (date->month || !date->year))
        return false;
    if (date->day && (!date->month || !calendar_is_valid((struct civil){date->year, date->month, date->day})))
        return false;
    return time_is_valid(date);
}

bool edtf_is_valid(const struct edtf *value)
{
    if (value->form != EDTF_OPEN_START && !date_is_valid(&value->start))
        return false;
    return value->form == EDTF_SINGLE || value->form == EDTF_OPEN_END || date_is_valid(&value->end);
}

enum edtf_precision edtf_precision(const struct edtf *value)
{
    const struct edtf_date *date = value->form == EDTF_OPEN_START ? &value->end : &value->start;
    if (date->has_time)
        return EDTF_TIME;
    if (date->day)
        return EDTF_DAY;
    if (date->month)
        return date->month > 12 ? EDTF_SEASON : EDTF_MONTH;
    if (!date->year)
        return EDTF_NOTHING;
    return date->masked == 2 ? EDTF_CENTURY : date->masked ? EDTF_DECADE : EDTF_YEAR;
}

bool edtf_day(const struct edtf *value, struct civil *out)
{
    const struct edtf_date *date = &value->start;
    if (value->form != EDTF_SINGLE || !date->year || !date->month || !date->day)
        return false;
    *out = (struct civil){date->year, date->month, date->day};
    return true;
}

/* ---------------------------------------------------------------- writing */

#define DATE_CHARS 48

static int write_year(char *out, size_t room, const struct edtf_date *date)
{
    if (!date->year)
        return snprintf(out, room, "XXXX");
    if (date->masked == 2)
        return snprintf(out, room, "%02dXX", date->year / 100);
    if (date->masked == 1)
        return snprintf(out, room, "%03dX", date->year / 10);
    return snprintf(out, room, "%04d", date->year);
}

static int write_time(char *out, size_t room, const struct edtf_date *date)
{
    int len = snprintf(out, room, "T%02d:%02d:%02d", date->hour, date->minute, date->second);
    if (!date->has_offset)
        return len;
    if (!date->offset)
        return len + snprintf(out + len, room - (size_t)len, "Z");
    int offset = date->offset < 0 ? -date->offset : date->offset;
    return len + snprintf(out + len, room - (size_t)len, "%c%02d:%02d", date->offset < 0 ? '-' : '+', offset / 60,
                          offset % 60);
}

static int write_date(char out[DATE_CHARS], const struct edtf_date *date)
{
    int len = write_year(out, DATE_CHARS, date);
    if (date->month)
        len += snprintf(out + len, DATE_CHARS - (size_t)len, "-%02d", date->month);
    if (date->day)
        len += snprintf(out + len, DATE_CHARS - (size_t)len, "-%02d", date->day);
    if (date->has_time)
        len += write_time(out + len, DATE_CHARS - (size_t)len, date);
    if (date->approximate)
        len += snprintf(out + len, DATE_CHARS - (size_t)len, "~");
    return len;
}

struct slice edtf_write(struct arena *arena, const struct edtf *value)
{
    char start[DATE_CHARS] = "..", end[DATE_CHARS] = "..";
    int start_len = 2, end_len = 2;
    if (value->form != EDTF_OPEN_START)
        start_len = write_date(start, &value->start);
    if (value->form == EDTF_SINGLE)
        return arena_copy(arena, slice_of(start, (size_t)start_len));
    if (value->form != EDTF_OPEN_END)
        end_len = write_date(end, &value->end);
    return arena_printf(arena, "%.*s/%.*s", start_len, start, end_len, end);
}
