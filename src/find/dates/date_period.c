/* Years, decades, seasons, quarters and months that stand alone, and intervals. */
#include "date_parse.h"

/* What stands before item `at` and makes a bare year or month a date. */
bool parse_has_preposition(const struct parse *parse, size_t at)
{
    static const enum date_word_class classes[] = {DATE_WORD_IN, DATE_WORD_SINCE,   DATE_WORD_UNTIL, DATE_WORD_FROM,
                                                   DATE_WORD_BY, DATE_WORD_BETWEEN, DATE_WORD_PART,  DATE_WORD_NEAR};
    if (at == 0)
        return false;
    size_t before = at - 1;
    if (before > 0 && parse_is_dash(parse, before) && parse_is_attached(parse, before)) /* mid-March */
        before--;
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        if (parse_own_word(parse, before, classes[i]))
            return true;
    return false;
}

static bool ends_clause(const struct parse *parse, size_t at)
{
    return at >= parse->count || parse->items[at].kind == ITEM_MARK;
}

/* "in 1958 the ...": a four-digit number is a year where a preposition of time stands before it and no
 * noun that it could count behind it. From 1900 on only what is known to be counted speaks against it. */
static size_t parse_bare_year(const struct parse *parse, size_t at, struct edtf_date *date)
{
    size_t end = parse_year(parse, at, &date->year);
    if (!end || parse_is_attached(parse, at) || !parse_has_preposition(parse, at))
        return 0;
    if (end < parse->count && (parse_is_number(parse, end) || parse_word(parse, end, DATE_WORD_COUNTED)))
        return 0;
    if (parse_is_mark(parse, end, '/') && parse_is_attached(parse, end))
        return 0;
    if (ends_clause(parse, end) || parse_word(parse, end, DATE_WORD_FUNCTION))
        return end;
    bool recent = date->year >= 1900 && date->year < 2100;
    bool loose = parse_own_word(parse, at - 1, DATE_WORD_IN) || parse_own_word(parse, at - 1, DATE_WORD_SINCE) ||
                 parse->items[end].capital;
    return recent && loose ? end : 0;
}

/* "1990s", "1990’s", "1990er" */
static size_t parse_decade(const struct parse *parse, size_t at, struct edtf_date *date)
{
    const struct date_item *number = &parse->items[at];
    if (number->digits != 4 || number->value % 10 || number->value < 1000 || number->value > 2190 ||
        parse_is_attached(parse, at))
        return 0;
    size_t end = at + 1;
    if (parse_is_mark(parse, end, '\'') && parse_is_attached(parse, end))
        end++;
    if (!parse_is_attached(parse, end) || parse->items[end].kind == ITEM_MARK)
        return 0;
    struct slice letters = slice_sub(parse->text, parse->items[end].start, parse->items[end].end);
    if (!slice_equals(letters, SLICE("s")) && !slice_equals(letters, SLICE("er")) &&
        !slice_equals(letters, SLICE("ern")))
        return 0;
    date->year = (int)number->value;
    date->masked = 1;
    return end + 1;
}

static size_t year_of(const struct parse *parse, size_t at, int *year)
{
    size_t from = at;
    if (parse_word(parse, from, DATE_WORD_LINK) || parse_word(parse, from, DATE_WORD_IN) ||
        parse_is_mark(parse, from, ','))
        from++;
    size_t end = parse_year(parse, from, year);
    return end && !parse_word(parse, end, DATE_WORD_COUNTED) ? end : 0;
}

/* "Spring 2026", "the summer of 2020"; without a year only behind "in the", and then it is relative. */
static size_t parse_season(const struct parse *parse, size_t at, struct date_mention *mention)
{
    const struct date_word *word = parse_own_word(parse, at, DATE_WORD_SEASON);
    if (!word)
        return 0;
    mention->value.start.month = word->value;
    size_t end = year_of(parse, at + 1, &mention->value.start.year);
    if (end)
        return end;
    if (at == 0 || (!parse_own_word(parse, at - 1, DATE_WORD_IN) && !parse_own_word(parse, at - 1, DATE_WORD_UNTIL)))
        return 0;
    mention->relative = RELATIVE_PERIOD;
    return at + 1;
}

static size_t parse_quarter(const struct parse *parse, size_t at, struct date_mention *mention)
{
    const struct date_word *ordinal = parse_own_word(parse, at, DATE_WORD_ORDINAL);
    int quarter = ordinal ? ordinal->value : 0;
    size_t end = at + 1;
    if (ordinal) {
        end += parse_is_dash(parse, end);
        const struct date_word *unit = parse_own_word(parse, end, DATE_WORD_UNIT);
        if (!unit || unit->value != UNIT_QUARTER)
            return 0;
        end++;
    } else {
        if (!parse_word(parse, at, DATE_WORD_QUARTER) || !parse_is_number(parse, end) ||
            !parse_is_attached(parse, end) || parse->items[end].digits != 1 || !parse->items[at].capital)
            return 0;
        quarter = (int)parse->items[end++].value;
    }
    if (quarter < 1 || quarter > 4)
        return 0;
    mention->value.start.month = 32 + quarter;
    size_t year_end = year_of(parse, end, &mention->value.start.year);
    mention->relative = year_end ? RELATIVE_NONE : RELATIVE_PERIOD;
    return year_end ? year_end : end;
}

/* A month alone: by its full name in the text's language; one that is an everyday word as well ("may",
 * "march") only behind a preposition of time, with its capital, and not before a surname. */
static size_t parse_bare_month(const struct parse *parse, size_t at, struct edtf_date *date)
{
    const struct date_word *word;
    size_t end = parse_month(parse, at, &date->month, &word);
    uint64_t language = parse->style.language ? parse->style.language : parse->english;
    if (!end || !word->full || !(word->languages & language))
        return 0;
    bool english = (word->languages & language & parse->english) != 0;
    if (english && !parse_has_capital(parse, at))
        return 0;
    if (parse_is_attached(parse, at) && !parse_is_dash(parse, at - 1) && parse->items[at - 1].kind != ITEM_MARK)
        return 0;
    if (!word->ambiguous)
        return end;
    bool surname = english && end < parse->count && parse->items[end].kind == ITEM_OTHER && parse->items[end].capital;
    return parse_has_preposition(parse, at) && !surname ? end : 0;
}

size_t parse_period(const struct parse *parse, size_t at, struct date_mention *mention)
{
    struct date_mention found = {0};
    size_t end = 0;
    if (parse_is_number(parse, at)) {
        end = parse_decade(parse, at, &found.value.start);
        if (!end && !parse->style.lenient)
            end = parse_bare_year(parse, at, &found.value.start);
    } else {
        end = parse_season(parse, at, &found);
        if (!end)
            end = parse_quarter(parse, at, &found);
        if (!end && !parse->style.lenient)
            end = parse_bare_month(parse, at, &found.value.start);
    }
    if (end)
        *mention = found;
    return end;
}

/* ---------------------------------------------------------------- intervals */

/* The item behind "-", "to", "bis", "and" (behind "between"); 0 where none of them stands. */
static size_t skip_to(const struct parse *parse, size_t at, size_t start)
{
    if (parse_is_dash(parse, at))
        return at + 1;
    if (parse_own_word(parse, at, DATE_WORD_TO) && !parse_own_word(parse, at, DATE_WORD_AND))
        return at + 1;
    bool between = start > 0 && (parse_own_word(parse, start - 1, DATE_WORD_BETWEEN) ||
                                 parse_own_word(parse, start - 1, DATE_WORD_FROM));
    return between && (parse_own_word(parse, at, DATE_WORD_AND) || parse_own_word(parse, at, DATE_WORD_TO)) ? at + 1
                                                                                                            : 0;
}

static bool make_range(struct edtf *value, struct edtf_date start, struct edtf_date end)
{
    *value = (struct edtf){.start = start, .end = end, .form = EDTF_RANGE};
    if (!edtf_is_valid(value) || start.has_time || end.has_time)
        return false;
    if (start.year != end.year)
        return start.year < end.year;
    return start.month != end.month ? start.month < end.month : start.day < end.day;
}

/* "16 to 19 December", "entre el 3 y el 28 de febrero de 2022" */
static size_t parse_days_of_month(const struct parse *parse, size_t at, struct edtf *value)
{
    int day;
    struct date_mention last = {0};
    size_t end = parse_day(parse, at, &day);
    size_t from = end ? skip_to(parse, end, at) : 0;
    if (!from || parse_is_mark(parse, from - 1, '.') || !parse_is_number(parse, from))
        return 0;
    end = parse_date(parse, from, &last);
    if (!end || last.numeric || !last.value.start.day)
        return 0;
    struct edtf_date start = last.value.start;
    start.day = day;
    return make_range(value, start, last.value.start) ? end : 0;
}

/* "March 3-5, 2020" */
static size_t parse_month_days(const struct parse *parse, size_t at, struct edtf *value)
{
    const struct date_word *word;
    struct edtf_date start = {0};
    int last;
    size_t end = parse_month(parse, at, &start.month, &word);
    if (!end || (word->ambiguous && !parse->items[at].capital) ||
        (parse->style.language && !(word->languages & parse->style.language)))
        return 0;
    end += parse_is_mark(parse, end, '.');
    end = parse_day(parse, end, &start.day);
    size_t from = end ? skip_to(parse, end, at) : 0;
    end = from ? parse_day(parse, from, &last) : 0;
    if (!end)
        return 0;
    size_t comma = end + parse_is_mark(parse, end, ',');
    size_t year_end = parse_year(parse, comma, &start.year);
    struct edtf_date stop = start;
    stop.day = last;
    if (parse_is_mark(parse, end - 1, '.'))
        end--;
    return make_range(value, start, stop) ? (year_end ? year_end : end) : 0;
}

/* "2016 and 2021", "2016–2021": two years of four digits each; not in a longer chain of figures. */
static size_t parse_years(const struct parse *parse, size_t at, struct edtf *value)
{
    struct edtf_date start = {0}, stop = {0};
    size_t end = parse_year(parse, at, &start.year);
    size_t from = end ? skip_to(parse, end, at) : 0;
    if (!from || parse_is_attached(parse, at))
        return 0;
    end = parse_year(parse, from, &stop.year);
    if (!end || (end < parse->count && parse_is_dash(parse, end)) || parse_word(parse, end, DATE_WORD_COUNTED))
        return 0;
    bool dash = parse_is_dash(parse, from - 1);
    bool plausible = start.year >= 1800 && stop.year < 2100;
    return plausible && (dash || parse_has_preposition(parse, at)) && make_range(value, start, stop) ? end : 0;
}

/* "3 May – 5 June 2020", "March to May 2020" */
static size_t parse_two_dates(const struct parse *parse, size_t at, const struct parsed_date *date, struct edtf *value)
{
    struct edtf_date start = date->mention.value.start;
    struct date_mention last = {0};
    const struct date_word *word;
    size_t end = date->end;
    if (!end) {
        end = parse_month(parse, at, &start.month, &word);
        if (!end || !word->full || !parse->items[at].capital)
            return 0;
    }
    size_t from = skip_to(parse, end, at);
    end = from ? parse_date(parse, from, &last) : 0;
    if (!end || (start.day == 0) != (last.value.start.day == 0))
        return 0;
    if (!start.year)
        start.year = last.value.start.year;
    return make_range(value, start, last.value.start) ? end : 0;
}

size_t parse_interval(const struct parse *parse, size_t at, const struct parsed_date *date,
                      struct date_mention *mention)
{
    struct edtf value = {0};
    size_t end = parse_days_of_month(parse, at, &value);
    if (!end)
        end = parse_month_days(parse, at, &value);
    if (!end)
        end = parse_years(parse, at, &value);
    if (!end)
        end = parse_two_dates(parse, at, date, &value);
    if (end)
        *mention = (struct date_mention){.value = value};
    return end;
}
