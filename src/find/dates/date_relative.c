/* Dates that the day of writing places: "yesterday", "two days ago", "last March", "on Thursday". */
#include "date_parse.h"

static const struct date_word *own(const struct parse *parse, size_t at, enum date_word_class word_class)
{
    uint64_t language = parse->style.language ? parse->style.language : parse->english;
    return at < parse->count ? date_item_word(&parse->items[at], word_class, language) : NULL;
}

static bool is_name_part(const struct parse *parse, size_t at) /* USA Today, Black Friday */
{
    if (at == 0 || !parse->items[at].capital || !parse->items[at].space_before)
        return false;
    return parse->items[at - 1].kind == ITEM_OTHER && parse->items[at - 1].capital;
}

static size_t parse_day_word(const struct parse *parse, size_t at, struct date_mention *mention)
{
    const struct date_word *word = own(parse, at, DATE_WORD_DAY);
    if (!word || is_name_part(parse, at))
        return 0;
    /* a capital where the word has none is a noun or a name: der Morgen */
    if (parse->items[at].capital && own(parse, at, DATE_WORD_DAYPART))
        return 0;
    mention->relative = RELATIVE_UNIT;
    mention->unit = UNIT_DAY;
    mention->amount = word->value;
    return at + 1;
}

static size_t parse_amount(const struct parse *parse, size_t at, int *amount)
{
    const struct date_word *word = own(parse, at, DATE_WORD_NUMBER);
    if (word)
        *amount = word->value;
    else if (parse_is_number(parse, at) && parse->items[at].digits <= 3 && parse->items[at].value > 0)
        *amount = (int)parse->items[at].value;
    else
        return 0;
    return at + 1;
}

/* "{n} {unit} ago"; "vor {n} {unit}" */
static size_t parse_distance(const struct parse *parse, size_t at, struct date_mention *mention)
{
    const struct date_word *before = own(parse, at, DATE_WORD_AGO_BEFORE), *ahead = NULL;
    if (!before)
        ahead = own(parse, at, DATE_WORD_AHEAD_BEFORE);
    size_t end = parse_amount(parse, before || ahead ? at + 1 : at, &mention->amount);
    const struct date_word *unit = end ? own(parse, end, DATE_WORD_UNIT) : NULL;
    if (!unit)
        return 0;
    end++;
    mention->relative = RELATIVE_UNIT;
    mention->unit = (enum date_unit)unit->value;
    if (!ahead)
        mention->amount = -mention->amount;
    if (before || ahead)
        return end;
    return own(parse, end, DATE_WORD_AGO) ? end + 1 : 0;
}

/* What "last", "this", "next" goes with. */
static size_t parse_near_thing(const struct parse *parse, size_t at, int direction, struct date_mention *mention)
{
    const struct date_word *word = own(parse, at, DATE_WORD_UNIT);
    if (word && word->value >= UNIT_WEEK) {
        mention->relative = RELATIVE_UNIT;
        mention->unit = (enum date_unit)word->value;
        mention->amount = direction;
        return at + 1;
    }
    word = own(parse, at, DATE_WORD_WEEKDAY);
    if (word) {
        mention->relative = RELATIVE_WEEKDAY;
        mention->weekday = word->value;
        mention->direction = direction;
        return at + 1;
    }
    word = own(parse, at, DATE_WORD_SEASON);
    if (!word)
        word = own(parse, at, DATE_WORD_MONTH);
    if (!word || !word->full || parse_is_number(parse, at + 1))
        return 0;
    mention->relative = RELATIVE_PERIOD;
    mention->value.start.month = word->value;
    mention->direction = direction;
    return at + 1;
}

static size_t parse_near(const struct parse *parse, size_t at, struct date_mention *mention)
{
    const struct date_word *near = own(parse, at, DATE_WORD_NEAR);
    mention->near = true;
    if (near)
        return parse_near_thing(parse, at + 1, near->value, mention);
    near = own(parse, at + 1, DATE_WORD_NEAR); /* la semaine dernière */
    if (!near || near->value == 0 || near->languages & parse->english)
        return 0;
    return parse_near_thing(parse, at, near->value, mention) ? at + 2 : 0;
}

bool parse_has_day_preposition(const struct parse *parse, size_t at)
{
    static const enum date_word_class classes[] = {DATE_WORD_ON,    DATE_WORD_BY,   DATE_WORD_UNTIL,
                                                   DATE_WORD_SINCE, DATE_WORD_FROM, DATE_WORD_PART};
    for (size_t i = 0; at > 0 && i < sizeof classes / sizeof classes[0]; i++)
        if (own(parse, at - 1, classes[i]))
            return true;
    return false;
}

/* "every Sunday", "the first Sunday of the month", "a Thursday": no certain day. */
static bool is_any_day(const struct parse *parse, size_t at)
{
    if (at == 0)
        return false;
    const struct date_word *number = own(parse, at - 1, DATE_WORD_NUMBER);
    return (number && number->value == 1) || own(parse, at - 1, DATE_WORD_HABIT) ||
           own(parse, at - 1, DATE_WORD_ORDINAL);
}

/* A weekday alone, by its full name; "Sunday Times" and "Black Friday" are names. */
static size_t parse_bare_weekday(const struct parse *parse, size_t at, struct date_mention *mention)
{
    const struct date_word *word = own(parse, at, DATE_WORD_WEEKDAY);
    if (!word || !word->full || word->ambiguous || is_name_part(parse, at) || is_any_day(parse, at))
        return 0;
    bool english = (word->languages & parse->english) != 0;
    if (english && !parse_has_capital(parse, at))
        return 0;
    bool name_follows = at + 1 < parse->count && parse->items[at + 1].kind != ITEM_MARK && parse->items[at + 1].capital;
    if (english && name_follows && !parse_has_day_preposition(parse, at))
        return 0;
    mention->relative = RELATIVE_WEEKDAY;
    mention->weekday = word->value;
    return at + 1;
}

/* "the end of the year", "Mitte des Monats": a part of the running one. */
static size_t parse_part(const struct parse *parse, size_t at, struct date_mention *mention)
{
    if (!own(parse, at, DATE_WORD_PART))
        return 0;
    size_t from = own(parse, at + 1, DATE_WORD_LINK) ? at + 2 : at + 1;
    const struct date_word *unit = own(parse, from, DATE_WORD_UNIT);
    if (!unit || unit->value < UNIT_WEEK || unit->value > UNIT_YEAR)
        return 0;
    mention->relative = RELATIVE_UNIT;
    mention->unit = (enum date_unit)unit->value;
    mention->near = true;
    return from + 1;
}

size_t parse_relative(const struct parse *parse, size_t at, struct date_mention *mention)
{
    static size_t (*const forms[])(const struct parse *, size_t, struct date_mention *) = {
        parse_distance, parse_near, parse_part, parse_day_word, parse_bare_weekday};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct date_mention found = {0};
        size_t end = forms[i](parse, at, &found);
        if (end) {
            *mention = found;
            return end;
        }
    }
    return 0;
}
