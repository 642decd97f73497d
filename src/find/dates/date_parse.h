/* date_parse: the parts of the grammar, shared by its files. Each rule reads at an item and gives the
 * item behind what it read, or 0 where it does not apply (no rule is empty, so 0 is never an end). */
#ifndef NEWSMETA_FIND_DATES_DATE_PARSE_H
#define NEWSMETA_FIND_DATES_DATE_PARSE_H

#include "find/dates/date_grammar.h"

struct parse {
    const struct date_item *items;
    size_t count;
    struct slice text;
    struct date_style style;
    uint64_t english;
    const struct date_vocabulary *lexicon;
};

/* Items. */
static inline bool parse_is_mark(const struct parse *parse, size_t at, uint32_t mark)
{
    return at < parse->count && parse->items[at].kind == ITEM_MARK && parse->items[at].value == mark;
}

static inline bool parse_is_number(const struct parse *parse, size_t at)
{
    return at < parse->count && parse->items[at].kind == ITEM_NUMBER;
}

static inline bool parse_is_attached(const struct parse *parse, size_t at) /* to the item before */
{
    return at > 0 && at < parse->count && !parse->items[at].space_before;
}

/* Where a language writes the word with a capital. */
static inline bool parse_has_capital(const struct parse *parse, size_t at)
{
    return parse->items[at].capital || parse->style.caseless;
}

/* Is the item at `at`, to which a date is glued, another field's last word? */
bool parse_is_neighbour(const struct parse *parse, size_t at);
bool parse_is_dash(const struct parse *parse, size_t at);
/* The reading of the item at `at` in the class, in the style's language first, in any language then. */
const struct date_word *parse_word(const struct parse *parse, size_t at, enum date_word_class word_class);
/* The same, in the style's language only where that is known. */
const struct date_word *parse_own_word(const struct parse *parse, size_t at, enum date_word_class word_class);

/* date_time.c */
size_t parse_time(const struct parse *parse, size_t at, struct edtf_date *date);
size_t parse_time_behind(const struct parse *parse, size_t at, struct edtf_date *date);

/* date_eras.c: years that do not count from the year 1 of the Gregorian calendar */
/* "令和2年", "民國109年": era, figure and the word for year. */
size_t parse_era_year(const struct parse *parse, size_t at, int *year);
/* What a bare figure of four digits is as a year: 2563 in Thai is 2020. */
int year_of_figure(const struct parse *parse, uint32_t figure);
/* "۱۴ مهر ۱۳۹۹" */
size_t parse_persian(const struct parse *parse, size_t at, struct edtf_date *date);
/* 1399/07/14 in Persian. */
bool take_persian_figures(const struct parse *parse, uint32_t year, uint32_t month, uint32_t day, struct edtf *value);

/* date_absolute.c */
size_t parse_year(const struct parse *parse, size_t at, int *year);
size_t parse_day(const struct parse *parse, size_t at, int *day);
/* A month name. Names that languages read differently ("listopad") need the style's language. */
size_t parse_month(const struct parse *parse, size_t at, int *month, const struct date_word **word);
/* A date with a day or with month and year: "14 March 2024, 10:32 GMT", "Mar 14", "2024-03-14". */
size_t parse_date(const struct parse *parse, size_t at, struct date_mention *mention);

/* date_numeric.c */
size_t parse_numeric(const struct parse *parse, size_t at, struct date_mention *mention);

/* date_period.c: years, decades, seasons, quarters, months that stand alone, and intervals */
size_t parse_period(const struct parse *parse, size_t at, struct date_mention *mention);
/* "in", "since", "mid-" before the item; */
bool parse_has_preposition(const struct parse *parse, size_t at);
/* What parse_date has read at an item; end 0: nothing, and the mention is empty. */
struct parsed_date {
    struct date_mention mention;
    size_t end;
};
/* `date`: the date at the same item, with which an interval may begin. */
size_t parse_interval(const struct parse *parse, size_t at, const struct parsed_date *date,
                      struct date_mention *mention);

/* date_relative.c */
/* and "on", "by". */
bool parse_has_day_preposition(const struct parse *parse, size_t at);
size_t parse_relative(const struct parse *parse, size_t at, struct date_mention *mention);

#endif
