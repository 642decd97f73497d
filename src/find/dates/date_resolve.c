/* Partial and relative dates, placed by the day of writing. */
#include "find/dates/date_grammar.h"

#define WEEK 7

static struct civil add_days(struct civil day, int days)
{
    return calendar_from_days(calendar_to_days(day) + days);
}

static bool is_past(const struct date_mention *mention)
{
    return mention->relation == DATE_SINCE || mention->relation == DATE_AFTER || mention->past;
}

static bool opens_interval(const struct date_mention *mention)
{
    return mention->relation == DATE_SINCE || mention->relation == DATE_STARTING;
}

static int64_t distance(struct civil a, struct civil b)
{
    int64_t days = calendar_to_days(a) - calendar_to_days(b);
    return days < 0 ? -days : days;
}

/* Years as far as 6 away are looked at where a weekday stands with the day: it comes back on the same
 * weekday within 5, 6 or 11 years, and nearest wins. Without one the nearest of three decides. */
static bool resolve_day(struct date_mention *mention, struct civil writing)
{
    struct edtf_date *date = &mention->value.start;
    int reach = mention->weekday ? 6 : 1, best = 0;
    int64_t best_distance = INT64_MAX;
    for (int year = writing.year - reach; year <= writing.year + reach; year++) {
        struct civil day = {year, date->month, date->day};
        if (year < 1 || !calendar_is_valid(day) || (mention->weekday && calendar_weekday(day) != mention->weekday))
            continue;
        if (is_past(mention) && calendar_to_days(day) > calendar_to_days(writing))
            continue;
        if (distance(day, writing) < best_distance) {
            best_distance = distance(day, writing);
            best = year;
        }
    }
    if (!best)
        return false;
    date->year = best;
    if (mention->value.form == EDTF_RANGE) {
        struct edtf_date *end = &mention->value.end;
        end->year = best + (end->month < date->month);
    }
    return edtf_is_valid(&mention->value);
}

/* Months from the day of writing to the month nearest to it, or before or after it. */
static int months_to(int month, struct civil writing, const struct date_mention *mention)
{
    int ahead = (month - writing.month + 12) % 12; /* 0 to 11 */
    if (mention->near && mention->direction < 0)
        return ahead - 12;
    if (mention->near && mention->direction > 0)
        return ahead ? ahead : 12;
    if (mention->near)
        return month - writing.month;
    if (is_past(mention))
        return ahead ? ahead - 12 : 0;
    if (mention->relation == DATE_UNTIL || mention->relation == DATE_FROM ||
        mention->relation == DATE_STARTING || mention->future)
        return ahead;
    return ahead < 6 ? ahead : ahead - 12;
}

static bool resolve_month(struct date_mention *mention, struct civil writing)
{
    struct edtf_date *date = &mention->value.start;
    int months = writing.year * 12 + writing.month - 1 + months_to(date->month, writing, mention);
    date->year = months / 12;
    if (mention->value.form == EDTF_RANGE)
        mention->value.end.year = date->year + (mention->value.end.month < date->month);
    return edtf_is_valid(&mention->value);
}

/* Seasons need "last", "this" or "next"; a quarter alone is the latest that has begun. */
static bool resolve_division(struct date_mention *mention, struct civil writing)
{
    static const int first_months[] = {3, 6, 9, 12};
    struct edtf_date *date = &mention->value.start;
    bool quarter = date->month >= 33;
    int first = quarter ? (date->month - 33) * 3 + 1 : first_months[date->month - 21];
    if (!quarter && !mention->near)
        return false;
    date->year = writing.year;
    if (mention->near && mention->direction == 0)
        return true;
    if (mention->near && mention->direction > 0)
        date->year += first <= writing.month;
    else if (quarter)
        date->year -= first > writing.month;
    else
        date->year -= first + 3 > writing.month; /* last autumn is over */
    return true;
}

static bool resolve_weekday(struct date_mention *mention, struct civil writing)
{
    int ahead = (mention->weekday - calendar_weekday(writing) + WEEK) % WEEK; /* 0 to 6 */
    int days = ahead ? ahead - WEEK : 0;
    if (mention->near && mention->direction < 0)
        days = ahead - WEEK;
    else if (mention->near && mention->direction > 0)
        days = ahead ? ahead : WEEK;
    else if (mention->near)
        days = ahead > WEEK / 2 ? ahead - WEEK : ahead;
    else if (!mention->past &&
             (mention->relation == DATE_UNTIL || mention->relation == DATE_STARTING || mention->future))
        days = ahead;
    enum edtf_form form = opens_interval(mention) ? EDTF_OPEN_END : EDTF_SINGLE;
    mention->value = edtf_from_civil(add_days(writing, days));
    mention->value.form = form;
    return true;
}

static void set_days(struct date_mention *mention, struct civil first, int count)
{
    mention->value = edtf_from_civil(first);
    mention->value.end = edtf_from_civil(add_days(first, count - 1)).start;
    mention->value.form = EDTF_RANGE;
}

static bool resolve_week(struct date_mention *mention, struct civil writing)
{
    struct civil monday = add_days(writing, 1 - calendar_weekday(writing));
    if (mention->near && mention->unit == UNIT_WEEKEND) {
        /* at the weekend itself "last weekend" is the one before */
        set_days(mention, add_days(monday, WEEK * mention->amount + 5), 2);
        return true;
    }
    if (mention->near) {
        set_days(mention, add_days(monday, WEEK * mention->amount), WEEK);
        return true;
    }
    mention->value = edtf_from_civil(add_days(writing, WEEK * mention->amount));
    mention->value.start.approximate = true; /* "two weeks ago" is rarely meant to the day */
    return true;
}

static bool resolve_unit(struct date_mention *mention, struct civil writing)
{
    int months = writing.year * 12 + writing.month - 1 + mention->amount;
    struct edtf value = {0};
    switch (mention->unit) {
    case UNIT_DAY: value = edtf_from_civil(add_days(writing, mention->amount)); break;
    case UNIT_WEEK:
    case UNIT_WEEKEND: return resolve_week(mention, writing);
    case UNIT_MONTH: value.start = (struct edtf_date){.year = months / 12, .month = months % 12 + 1}; break;
    case UNIT_YEAR: value.start.year = writing.year + mention->amount; break;
    case UNIT_QUARTER:
        months = writing.year * 4 + (writing.month - 1) / 3 + mention->amount;
        value.start = (struct edtf_date){.year = months / 4, .month = 33 + months % 4};
        break;
    case UNIT_DECADE:
        if (!mention->near)
            return false;
        value.start = (struct edtf_date){.year = writing.year / 10 * 10 + 10 * mention->amount, .masked = 1};
        break;
    default: return false;
    }
    if (months < 12 || !edtf_is_valid(&value))
        return false;
    if (opens_interval(mention))
        value.form = EDTF_OPEN_END;
    mention->value = value;
    return true;
}

bool date_mention_resolve(struct date_mention *mention, struct civil writing)
{
    struct date_mention resolved = *mention;
    bool done = false;
    if (!writing.year || mention->value.start.year)
        return false;
    if (mention->relative == RELATIVE_UNIT)
        done = resolve_unit(&resolved, writing);
    else if (mention->relative == RELATIVE_WEEKDAY)
        done = resolve_weekday(&resolved, writing);
    else if (mention->value.start.day)
        done = resolve_day(&resolved, writing);
    else if (mention->value.start.month > 12)
        done = resolve_division(&resolved, writing);
    else if (mention->value.start.month)
        done = resolve_month(&resolved, writing);
    if (done)
        *mention = resolved;
    return done;
}
