/* All-numeric dates: 2024-03-14, 14.03.2024, 3/14/2024, 14/03/24, 20240314. */
#include "date_parse.h"

struct figures {
    const struct date_item *part[3];
    uint32_t mark; /* between them */
    size_t end;
    uint32_t roman_month; /* 5.X.2020; 0: the month is a figure */
};

/* The month that an item of capitals I, V, X writes as a Roman numeral; 0: none. */
static uint32_t roman_month(const struct parse *parse, size_t at)
{
    static const char *const numerals[] = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"};
    if (at >= parse->count || parse->items[at].kind == ITEM_NUMBER || parse->items[at].kind == ITEM_MARK)
        return 0;
    struct slice text = slice_sub(parse->text, parse->items[at].start, parse->items[at].end);
    for (uint32_t i = 0; text.len <= 4 && i < 12; i++)
        if (slice_equals(text, slice_from_cstr(numerals[i])))
            return i + 1;
    return 0;
}

/* NUMBER mark NUMBER mark NUMBER, the same mark twice; blanks only behind full stops ("17. 5. 2021"). */
static bool read_figures(const struct parse *parse, size_t at, struct figures *figures)
{
    for (size_t i = 0; i < 3; i++) {
        size_t number = at + 2 * i;
        if (i == 1 && parse->style.lenient)
            figures->roman_month = roman_month(parse, number);
        if (!parse_is_number(parse, number) && !(i == 1 && figures->roman_month))
            return false;
        figures->part[i] = &parse->items[number];
        if (i == 0)
            continue;
        const struct date_item *mark = &parse->items[number - 1];
        bool wide = parse->style.lenient && (mark->value == '|' || mark->value == '/'); /* 26 | 01 | 2022 */
        if (mark->kind != ITEM_MARK || (mark->space_before && !wide) || (i == 2 && mark->value != figures->mark))
            return false;
        if (parse->items[number].space_before && mark->value != '.' && !wide)
            return false;
        figures->mark = mark->value;
    }
    figures->end = at + 5;
    return figures->mark == '.' || figures->mark == '/' || figures->mark == '-' || figures->mark == 0x2011 ||
           figures->mark == 0x2010 || figures->mark == '|';
}

/* A longer chain of figures is a version, an IP address, a telephone number, a path. */
static bool is_chained(const struct parse *parse, size_t at, const struct figures *figures)
{
    if (parse_is_attached(parse, at)) {
        const struct date_item *before = &parse->items[at - 1];
        bool opening = before->kind == ITEM_MARK &&
                       (before->value == '(' || before->value == '[' || before->value == '"' || before->value == ':' ||
                        before->value == '|' || before->value == '/' || before->value == ',' || before->value == ';' ||
                        before->value == '{' || before->value == 0x201C || before->value == '>');
        bool label = parse->style.lenient && (before->kind == ITEM_WORD || parse_is_neighbour(parse, at - 1) ||
                                              (before->kind == ITEM_MARK && before->value != '$'));
        if (!opening && !label)
            return true;
        if (at > 1 && before->kind == ITEM_MARK && parse_is_number(parse, at - 2) && parse_is_attached(parse, at - 1) &&
            before->value != ',')
            return true;
    }
    if (!parse_is_attached(parse, figures->end))
        return false;
    const struct date_item *behind = &parse->items[figures->end];
    if (behind->kind == ITEM_MARK && behind->value == figures->mark && parse_is_attached(parse, figures->end + 1) &&
        parse_is_number(parse, figures->end + 1))
        return true;
    if (behind->kind == ITEM_MARK)
        return behind->value == '%' || behind->value == '$';
    return behind->kind == ITEM_OTHER && !parse->style.lenient &&
           !(behind->end - behind->start == 1 && (parse->text.ptr[behind->start] | 0x20) == 't');
}

static bool set_date(struct edtf *value, uint32_t year, uint32_t month, uint32_t day)
{
    *value = (struct edtf){.start = {.year = (int)year, .month = (int)month, .day = (int)day}};
    return month <= 12 && month >= 1 && day >= 1 && edtf_is_valid(value);
}

/* Day and month by what the figures allow, the mark, the style; both readings where nothing decides.
 * A full stop between figures is the day-first custom everywhere; the hyphen nearly so. */
static bool order_parts(const struct parse *parse, const struct figures *figures, uint32_t year,
                        struct date_mention *mention)
{
    uint32_t first = figures->part[0]->value, second = figures->part[1]->value;
    struct edtf day_first, month_first;
    bool can_day = set_date(&day_first, year, second, first), can_month = set_date(&month_first, year, first, second);
    mention->numeric = true;
    if (figures->mark == '.' && can_day)
        can_month = false;
    if (!can_day && !can_month)
        return false;
    if (can_day != can_month || first == second) {
        if (figures->mark == '/' && first != second)
            mention->shown_order = can_day ? ORDER_DAY_FIRST : ORDER_MONTH_FIRST;
        mention->value = can_day ? day_first : month_first;
        return true;
    }
    bool month_leads = parse->style.order == ORDER_MONTH_FIRST;
    mention->value = month_leads ? month_first : day_first;
    mention->alternative = month_leads ? day_first : month_first;
    mention->ambiguous = parse->style.order == ORDER_UNKNOWN;
    return true;
}

static bool read_three(const struct parse *parse, const struct figures *figures, struct date_mention *mention)
{
    const struct date_item *first = figures->part[0], *second = figures->part[1], *third = figures->part[2];
    if (figures->roman_month)
        return third->digits == 4 && first->digits <= 2 &&
               set_date(&mention->value, third->value, figures->roman_month, first->value);
    if (first->digits == 4 && take_persian_figures(parse, first->value, second->value, third->value, &mention->value))
        return true;
    if (third->digits == 4 && take_persian_figures(parse, third->value, second->value, first->value, &mention->value))
        return true;
    if (first->digits == 4 && second->digits <= 2 && third->digits <= 2 && first->value >= 1000 && first->value < 2200)
        return set_date(&mention->value, first->value, second->value, third->value);
    if (first->digits > 2 || second->digits > 2)
        return false;
    int year = year_of_figure(parse, third->value);
    if (third->digits == 4 && year >= 1000 && year < 2200)
        return order_parts(parse, figures, (uint32_t)year, mention);
    bool full = first->digits == 2 && second->digits == 2;
    if (third->digits != 2 || (!parse->style.lenient && (!full || figures->mark == '-')))
        return false;
    return order_parts(parse, figures, (third->value < 50 ? 2000 : 1900) + third->value, mention);
}

/* 2027-10 in prose: ISO year and month; not the season 2019-20, not the span 2001-12 of a catalogue. */
static size_t read_year_month(const struct parse *parse, size_t at, struct date_mention *mention)
{
    const struct date_item *year = &parse->items[at];
    if (year->digits != 4 || year->value < 1900 || year->value >= 2100 || parse_is_attached(parse, at) ||
        (at > 0 && parse_is_number(parse, at - 1)))
        return 0;
    if (!parse_is_mark(parse, at + 1, '-') || !parse_is_attached(parse, at + 1) || !parse_is_attached(parse, at + 2) ||
        !parse_is_number(parse, at + 2) || parse->items[at + 2].digits != 2)
        return 0;
    uint32_t month = parse->items[at + 2].value;
    const struct date_item *behind = at + 3 < parse->count ? &parse->items[at + 3] : NULL;
    bool glued = behind && !behind->space_before &&
                 !(behind->kind == ITEM_MARK && (behind->value == '.' || behind->value == ',' || behind->value == ')'));
    if (month < 1 || month > 12 || glued || month == year->value % 100 + 1)
        return 0;
    mention->value.start = (struct edtf_date){.year = (int)year->value, .month = (int)month};
    return at + 3;
}

/* 20240314, and with a time glued on: 20240314T1032 */
static size_t read_compact(const struct parse *parse, size_t at, struct date_mention *mention)
{
    uint32_t value = parse->items[at].value;
    if (parse->items[at].digits != 8 || !parse->style.lenient || value < 19000000 || value > 21000000)
        return 0;
    return set_date(&mention->value, value / 10000, value / 100 % 100, value % 100) ? at + 1 : 0;
}

/* "20/04", "23.4." beside a weekday or behind "on": day and month only, where the order is known. */
static size_t read_day_month(const struct parse *parse, size_t at, struct date_mention *mention)
{
    if (!parse_is_number(parse, at + 2) || parse->items[at].digits > 2 || parse->items[at + 2].digits > 2 ||
        !parse_is_attached(parse, at + 1))
        return 0;
    bool dots =
        parse_is_mark(parse, at + 1, '.') && parse_is_mark(parse, at + 3, '.') && parse_is_attached(parse, at + 3);
    bool slash = parse_is_mark(parse, at + 1, '/') && parse_is_attached(parse, at + 2);
    if (at == 0 || (!dots && !slash) || parse_is_attached(parse, at))
        return 0;
    size_t end = dots ? at + 4 : at + 3;
    if (parse_is_attached(parse, end) &&
        !(parse->items[end].kind == ITEM_MARK && parse->items[end].value != '/' && parse->items[end].value != '%'))
        return 0;
    bool cue = parse_own_word(parse, at - 1, DATE_WORD_ON) || parse_own_word(parse, at - 1, DATE_WORD_WEEKDAY) ||
               parse_own_word(parse, at - 1, DATE_WORD_FROM) ||
               (parse_is_mark(parse, at - 1, ',') && at > 1 && parse_own_word(parse, at - 2, DATE_WORD_WEEKDAY));
    uint32_t first = parse->items[at].value, second = parse->items[at + 2].value;
    bool month_first = slash && parse->style.order == ORDER_MONTH_FIRST;
    if (!cue || (slash && parse->style.order == ORDER_UNKNOWN && first <= 12))
        return 0;
    mention->numeric = true;
    if (slash)
        mention->shown_order = month_first ? ORDER_MONTH_FIRST : first > 12 ? ORDER_DAY_FIRST : ORDER_UNKNOWN;
    return set_date(&mention->value, 0, month_first ? first : second, month_first ? second : first) ? end : 0;
}

size_t parse_numeric(const struct parse *parse, size_t at, struct date_mention *mention)
{
    struct figures figures = {0};
    bool version = at > 0 && parse_own_word(parse, at - 1, DATE_WORD_VERSION); /* "Version 3.11.2021" */
    if (!parse_is_number(parse, at) || version)
        return 0;
    if (read_figures(parse, at, &figures))
        return !is_chained(parse, at, &figures) && read_three(parse, &figures, mention) ? figures.end : 0;
    size_t end = read_compact(parse, at, mention);
    if (!end)
        end = read_year_month(parse, at, mention);
    return end ? end : read_day_month(parse, at, mention);
}
