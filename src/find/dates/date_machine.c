#include "find/dates/date_machine.h"

#include "article/limits.h"

#define FIRST_YEAR 1900 /* of a web page's field: older years are filler or history */
#define LAST_YEAR 2100
#define LONGEST_VALUE 240     /* bytes; a field with more is no date */
#define EPOCH_FROM 631152000u /* 1990-01-01: smaller figures are identifiers */
#define EPOCH_TO 4102444800u  /* 2100-01-01 */
#define DAY_SECONDS 86400

struct cursor {
    struct slice text;
    size_t at;
};

static char peek(const struct cursor *cursor)
{
    return cursor->at < cursor->text.len ? cursor->text.ptr[cursor->at] : '\0';
}

static bool take(struct cursor *cursor, char c)
{
    if (peek(cursor) != c)
        return false;
    cursor->at++;
    return true;
}

/* Reads at least `least`, at most `most` digits. */
static bool take_number(struct cursor *cursor, size_t least, size_t most, int *out)
{
    size_t start = cursor->at;
    int value = 0;
    while (cursor->at - start < most && ascii_is_digit(peek(cursor)))
        value = value * 10 + (cursor->text.ptr[cursor->at++] - '0');
    *out = value;
    return cursor->at - start >= least;
}

static bool take_day(struct cursor *cursor, struct edtf_date *date)
{
    if (!take_number(cursor, 4, 4, &date->year))
        return false;
    char mark = peek(cursor);
    if (mark == '-' || mark == '/' || mark == '.') {
        cursor->at++;
        if (!take_number(cursor, 1, 2, &date->month) || !take(cursor, mark) || !take_number(cursor, 1, 2, &date->day))
            return false;
    } else if (!take_number(cursor, 2, 2, &date->month) || !take_number(cursor, 2, 2, &date->day)) {
        return false;
    }
    if (date->month > 12 && date->day <= 12) { /* year, day, month: seen, and it can mean nothing else */
        int day = date->month;
        date->month = date->day;
        date->day = day;
    }
    return true;
}

static void take_blanks(struct cursor *cursor)
{
    while (ascii_is_space(peek(cursor)))
        cursor->at++;
}

/* "Z", "UTC", "GMT", "+01:00", "-0400", "+2", "GMT+0100" */
static void take_offset(struct cursor *cursor, struct edtf_date *date)
{
    int hours, minutes = 0;
    take_blanks(cursor);
    struct slice rest = slice_sub(cursor->text, cursor->at, cursor->text.len);
    if (slice_starts_nocase(rest, SLICE("Z")) || slice_starts_nocase(rest, SLICE("UTC")) ||
        slice_starts_nocase(rest, SLICE("GMT"))) {
        cursor->at += ascii_to_lower(rest.ptr[0]) == 'z' ? 1 : 3;
        date->has_offset = true;
    }
    char sign = peek(cursor);
    if (sign != '+' && sign != '-')
        return;
    size_t start = ++cursor->at;
    if (!take_number(cursor, 1, 2, &hours)) {
        cursor->at = start - 1;
        return;
    }
    take(cursor, ':');
    if (!take_number(cursor, 2, 2, &minutes))
        minutes = 0;
    date->has_offset = true;
    date->offset = (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
}

static void take_meridiem(struct cursor *cursor, struct edtf_date *date)
{
    size_t start = cursor->at;
    take_blanks(cursor);
    struct slice rest = slice_sub(cursor->text, cursor->at, cursor->at + 2);
    bool before = slice_equals_nocase(rest, SLICE("am")), after = slice_equals_nocase(rest, SLICE("pm"));
    if (before || after) {
        cursor->at += 2;
        if (date->hour <= 12)
            date->hour = date->hour % 12 + (after ? 12 : 0);
    } else {
        cursor->at = start;
    }
}

static bool is_between(char c)
{
    return c == 'T' || c == 't' || c == '|' || c == ',' || c == '_' || c == '-' || c == '+' || c == '@' ||
           ascii_is_space(c);
}

static bool take_time(struct cursor *cursor, struct edtf_date *date)
{
    size_t start = cursor->at;
    while (cursor->at < start + 4 && is_between(peek(cursor)))
        cursor->at++;
    if (cursor->at == start || !take_number(cursor, 1, 2, &date->hour))
        return false;
    bool mark = take(cursor, ':') || take(cursor, 'h') || take(cursor, 'H') || take(cursor, '.') || take(cursor, '-');
    if (!take_number(cursor, 2, 2, &date->minute))
        return mark && date->hour < 24;
    date->second = 0;
    if ((take(cursor, ':') || take(cursor, '.') || !mark) && !take_number(cursor, 2, 2, &date->second))
        date->second = 0;
    if (take(cursor, '.') || take(cursor, ','))
        while (ascii_is_digit(peek(cursor)))
            cursor->at++;
    return true;
}

static bool is_plausible(const struct edtf *value)
{
    const struct edtf_date *date = &value->start;
    bool epoch = date->year == 1970 && date->month == 1 && date->day == 1;
    return date->year >= FIRST_YEAR && date->year <= LAST_YEAR && date->day && !epoch && value->form == EDTF_SINGLE &&
           edtf_is_valid(value);
}

/* *rest: what stands behind what was read. */
static bool read_iso(struct slice value, struct edtf *out, struct slice *rest)
{
    struct cursor cursor = {value, 0};
    struct edtf day = {0}, timed;
    if (!take_day(&cursor, &day.start) || ascii_is_digit(peek(&cursor)) || !edtf_is_valid(&day))
        return false;
    timed = day;
    *rest = slice_sub(value, cursor.at, value.len);
    if (take_time(&cursor, &timed.start)) {
        timed.start.has_time = true;
        take_meridiem(&cursor, &timed.start);
        take_offset(&cursor, &timed.start);
        *rest = slice_sub(value, cursor.at, value.len);
    }
    *out = timed.start.has_time && edtf_is_valid(&timed) ? timed : day;
    return is_plausible(out);
}

/* Seconds or milliseconds since 1970 are an instant, given in UTC. */
static bool read_epoch(struct slice value, struct edtf *out)
{
    uint64_t seconds;
    if ((value.len != 10 && value.len != 13) || !slice_to_u64(value, UINT64_C(9999999999999), &seconds))
        return false;
    if (value.len == 13)
        seconds /= 1000;
    if (seconds < EPOCH_FROM || seconds > EPOCH_TO)
        return false;
    int of_day = (int)(seconds % DAY_SECONDS);
    *out = edtf_from_civil(calendar_from_days((int64_t)(seconds / DAY_SECONDS)));
    out->start.has_time = out->start.has_offset = true;
    out->start.hour = of_day / 3600;
    out->start.minute = of_day / 60 % 60;
    out->start.second = of_day % 60;
    return true;
}

/* The grammar's first full day; a later one of the same field is its change date. */
static bool read_worded(struct date_grammar *grammar, struct slice value, struct date_style style,
                        struct date_mention *out)
{
    struct date_mentions found = {.arena = grammar->items.arena};
    style.lenient = true;
    date_grammar_read(grammar, value, style, &found);
    for (size_t i = 0; i < found.count; i++)
        if (is_plausible(&found.items[i].value)) {
            *out = found.items[i];
            return true;
        }
    return false;
}

bool date_machine_read(struct date_grammar *grammar, struct slice value, struct date_style style,
                       struct date_mention *out)
{
    value = slice_trim(value);
    *out = (struct date_mention){.end = (uint32_t)value.len};
    if (value.len > LONGEST_VALUE || value.len < 6)
        return false;
    struct date_mention worded;
    struct slice rest;
    if (read_iso(value, &out->value, &rest)) {
        /* "2020.10.05. 오후 5:31": a day as machines write it, a time as people do */
        bool more = !out->value.start.has_time && rest.len > 3 && read_worded(grammar, value, style, &worded) &&
                    worded.value.start.has_time;
        if (more)
            *out = worded;
        return true;
    }
    return read_epoch(value, &out->value) || read_worded(grammar, value, style, out);
}
