/* Years and months of other calendars, as dates of the Gregorian one. */
#include "date_parse.h"

#define BUDDHIST 543 /* years before the Christian era in which the Thai calendar begins */
#define FIRST_BUDDHIST 2400
#define LAST_BUDDHIST 2700
#define FIRST_PERSIAN 1280 /* 1901: below, figures of Persian texts are years of history, or Gregorian ones */
#define LAST_PERSIAN 1450

static bool speaks(const struct parse *parse, char first, char second)
{
    return parse->style.language &&
           parse->style.language == date_words_language(parse->lexicon, slice_of((char[]){first, second}, 2));
}

size_t parse_era_year(const struct parse *parse, size_t at, int *year)
{
    const struct date_word *era = parse_word(parse, at, DATE_WORD_ERA);
    if (!era || !parse_is_number(parse, at + 1) || parse->items[at + 1].digits > 4)
        return 0;
    *year = (int)parse->items[at + 1].value + era->value;
    bool marked = parse_word(parse, at + 2, DATE_WORD_YEAR_MARK);
    bool written_out = parse->items[at + 1].digits == 4; /* พ.ศ. 2563 */
    return marked ? at + 3 : written_out ? at + 2 : 0;
}

int year_of_figure(const struct parse *parse, uint32_t figure)
{
    bool buddhist = figure >= FIRST_BUDDHIST && figure <= LAST_BUDDHIST && speaks(parse, 't', 'h');
    return (int)figure - (buddhist ? BUDDHIST : 0);
}

static bool take_day(struct civil day, struct edtf_date *date)
{
    date->year = day.year;
    date->month = day.month;
    date->day = day.day;
    return day.year != 0;
}

static bool is_persian_year(uint32_t year)
{
    return year >= FIRST_PERSIAN && year <= LAST_PERSIAN;
}

size_t parse_persian(const struct parse *parse, size_t at, struct edtf_date *date)
{
    const struct date_word *month = parse_word(parse, at + 1, DATE_WORD_PERSIAN_MONTH);
    if (!month || !parse_is_number(parse, at) || parse->items[at].digits > 2)
        return 0;
    size_t from = at + 2;
    if (parse_word(parse, from, DATE_WORD_YEAR_MARK) || parse_is_mark(parse, from, 0x060C)) /* "سال", a comma */
        from++;
    if (!parse_is_number(parse, from) || !is_persian_year(parse->items[from].value))
        return 0;
    struct civil day = calendar_from_persian((int)parse->items[from].value, month->value, (int)parse->items[at].value);
    return take_day(day, date) ? from + 1 : 0;
}

bool take_persian_figures(const struct parse *parse, uint32_t year, uint32_t month, uint32_t day, struct edtf *value)
{
    if (!is_persian_year(year) || month > 12 || day > 31 || !speaks(parse, 'f', 'a'))
        return false;
    *value = (struct edtf){0};
    return take_day(calendar_from_persian((int)year, (int)month, (int)day), &value->start);
}
