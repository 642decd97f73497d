#include "base/calendar.h"

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Of the year 0, which is not known, February has 29. */
static int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    return days[month - 1] + (month == 2 && (year == 0 || is_leap(year)));
}

bool calendar_is_valid(struct civil day)
{
    return day.day >= 1 && day.day <= days_of_month(day.year, day.month);
}

/* Both conversions count years from 1 March, so that the leap day is the last of its year, in eras of
 * 400 years (146,097 days). */
int64_t calendar_to_days(struct civil day)
{
    int64_t year = day.year - (day.month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (day.month + (day.month > 2 ? -3 : 9)) + 2) / 5 + day.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct civil calendar_from_days(int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    struct civil day = {.day = (int)(day_of_year - (153 * month + 2) / 5 + 1),
                        .month = (int)(month < 10 ? month + 3 : month - 9)};
    day.year = (int)(year_of_era + era * 400 + (day.month <= 2));
    return day;
}

int calendar_weekday(struct civil day)
{
    int64_t since_monday = (calendar_to_days(day) + 3) % 7; /* 1970-01-01 was a Thursday */
    return (int)(since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

/* Eight leap years in 33: days before 1 Farvardin of the year, counted from one that is known. */
static int64_t persian_new_year(int year)
{
    return (int64_t)365 * year + (8 * year + 21) / 33;
}

struct civil calendar_from_persian(int year, int month, int day)
{
    const struct civil known = {2020, 3, 20}; /* 1 Farvardin 1399 */
    if (year < 1178 || year > 1500 || month < 1 || month > 12 || day < 1)
        return (struct civil){0};
    int64_t first = persian_new_year(year);
    int64_t of_year = month <= 7 ? 31 * (month - 1) : 186 + 30 * (month - 7);
    int64_t next = month <= 6 ? of_year + 31 : month < 12 ? of_year + 30 : persian_new_year(year + 1) - first;
    if (of_year + day > next)
        return (struct civil){0};
    return calendar_from_days(calendar_to_days(known) + first - persian_new_year(1399) + of_year + day - 1);
}
