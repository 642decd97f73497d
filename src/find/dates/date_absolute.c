/* Dates with a month by its name or in the forms of zh, ja, ko, vi: the core that all others build on. */
#include "date_parse.h"

#define FIRST_YEAR 1000 /* four digits that can be a year of the Gregorian calendar ... */
#define MINGUO 1911
#define FIRST_MINGUO 80
#define LAST_YEAR 2199  /* ... and of something that a newspaper writes about */

bool parse_is_dash(const struct parse *parse, size_t at)
{
    if (at >= parse->count || parse->items[at].kind != ITEM_MARK)
        return false;
    uint32_t c = parse->items[at].value;
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

const struct date_word *parse_own_word(const struct parse *parse, size_t at, enum date_word_class word_class)
{
    return at < parse->count ? date_item_word(&parse->items[at], word_class, parse->style.language) : NULL;
}

const struct date_word *parse_word(const struct parse *parse, size_t at, enum date_word_class word_class)
{
    const struct date_word *word = parse_own_word(parse, at, word_class);
    return word || at >= parse->count ? word : date_item_word(&parse->items[at], word_class, 0);
}

/* In a field a word may touch the date though a margin parts them on the screen: <span>Eva</span><span>5 May
 * 2020</span> */
#define NEIGHBOUR_BYTES 3u /* shorter ones are units and codes: "A12", "km5" */

bool parse_is_neighbour(const struct parse *parse, size_t at)
{
    const struct date_item *item = &parse->items[at];
    return parse->style.lenient && item->kind == ITEM_OTHER && item->end - item->start >= NEIGHBOUR_BYTES;
}

/* A figure that is glued to what makes it something else: "$12", "1.5", "A12", "#3", "10:12". */
static bool is_glued_before(const struct parse *parse, size_t at)
{
    if (!parse_is_attached(parse, at))
        return false;
    const struct date_item *before = &parse->items[at - 1];
    if (before->kind == ITEM_MARK)
        return before->value == '$' || before->value == 0x20AC || before->value == 0xA3 || before->value == '#' ||
               before->value == '+' || before->value == '=' || before->value == '&' || before->value == '%' ||
               ((before->value == '.' || before->value == ',' || before->value == ':') && at > 1 &&
                parse_is_attached(parse, at - 1) && parse_is_number(parse, at - 2));
    return (before->kind == ITEM_OTHER && !parse_is_neighbour(parse, at - 1)) || before->kind == ITEM_NUMBER;
}

static bool is_glued_behind(const struct parse *parse, size_t at) /* the item behind the figure */
{
    if (!parse_is_attached(parse, at))
        return false;
    const struct date_item *item = &parse->items[at];
    if (item->kind == ITEM_MARK)
        return item->value == '%' || item->value == 0x20AC || item->value == '$' || item->value == '=' ||
               ((item->value == '.' || item->value == ',' || item->value == ':') && parse_is_attached(parse, at + 1) &&
                parse_is_number(parse, at + 1));
    return item->kind == ITEM_OTHER;
}

size_t parse_year(const struct parse *parse, size_t at, int *year)
{
    if (!parse_is_number(parse, at))
        return parse_era_year(parse, at, year);
    if (parse->items[at].digits != 4 || is_glued_behind(parse, at + 1))
        return 0;
    *year = year_of_figure(parse, parse->items[at].value);
    if (*year < FIRST_YEAR || *year > LAST_YEAR)
        return 0;
    size_t end = at + 1;
    if (parse_word(parse, end, DATE_WORD_YEAR_MARK)) {
        end++;
        if (parse_is_mark(parse, end, '.') && parse_is_attached(parse, end) && end + 1 < parse->count &&
            !parse->items[end + 1].capital)
            end++;
    }
    return end;
}

/* "'24" behind a month: two figures with their apostrophe; in a field also "/24", "-24". */
static size_t parse_short_year(const struct parse *parse, size_t at, int *year)
{
    bool link = parse_is_mark(parse, at, '/') || parse_is_mark(parse, at, '-');
    bool glued = parse->style.lenient && link && parse_is_attached(parse, at) && !is_glued_behind(parse, at + 2) &&
                 !parse_is_mark(parse, at + 2, '-') && !parse_is_mark(parse, at + 2, '/');
    if (!parse_is_mark(parse, at, '\'') && !parse_is_mark(parse, at, 0x2018) && !glued)
        return 0;
    if (!parse_is_number(parse, at + 1) || parse->items[at + 1].digits != 2 || !parse_is_attached(parse, at + 1))
        return 0;
    *year = (parse->items[at + 1].value < 50 ? 2000 : 1900) + (int)parse->items[at + 1].value;
    return at + 2;
}

size_t parse_day(const struct parse *parse, size_t at, int *day)
{
    if (!parse_is_number(parse, at) || parse->items[at].digits > 2 || is_glued_before(parse, at))
        return 0;
    if (parse->items[at].value < 1 || parse->items[at].value > 31)
        return 0;
    *day = (int)parse->items[at].value;
    size_t end = at + 1;
    if (parse_is_attached(parse, end) && parse_word(parse, end, DATE_WORD_SUFFIX))
        return end + 1;
    if (parse_is_mark(parse, end, '.') && parse_is_attached(parse, end))
        return end + 1;
    if (parse_is_mark(parse, end, 0xB0))
        return end + 1;
    return end;
}

/* The month that all languages agree on, for a word that is none of the style's language. */
static bool months_agree(const struct date_item *item, int month)
{
    size_t len = item->words->text.len;
    for (const struct date_word *word = item->words; word && word->text.len == len; word = word->next)
        if (word->word_class == DATE_WORD_MONTH && word->value != month && slice_equals(word->text, item->words->text))
            return false;
    return true;
}

/* "نيسان / أبريل": the same month by the name that neighbours use. */
static size_t skip_same_month(const struct parse *parse, size_t at, int month)
{
    bool open = parse_is_mark(parse, at, '(');
    if (!open && !parse_is_mark(parse, at, '/'))
        return at;
    const struct date_word *word = parse_word(parse, at + 1, DATE_WORD_MONTH);
    if (!word || word->value != month)
        return at;
    return at + 2 + (open && parse_is_mark(parse, at + 2, ')'));
}

size_t parse_month(const struct parse *parse, size_t at, int *month, const struct date_word **word)
{
    *word = parse_own_word(parse, at, DATE_WORD_MONTH);
    if (*word && !parse->style.language && !months_agree(&parse->items[at], (*word)->value)) {
        *word = date_item_word(&parse->items[at], DATE_WORD_MONTH, parse->english);
    } else if (!*word && at < parse->count && parse->items[at].kind == ITEM_WORD) {
        *word = date_item_word(&parse->items[at], DATE_WORD_MONTH, 0);
        if (*word && !months_agree(&parse->items[at], (*word)->value))
            *word = NULL;
    }
    if (!*word)
        return 0;
    *month = (*word)->value;
    return skip_same_month(parse, at + 1, *month);
}

/* ---------------------------------------------------------------- forms */

static size_t skip_mark(const struct parse *parse, size_t at, uint32_t mark)
{
    return parse_is_mark(parse, at, mark) ? at + 1 : at;
}

/* ", " and "of", "de", "del" between the parts; "-" and "/" where they are glued: 12-Nov-2020. */
static size_t skip_link(const struct parse *parse, size_t at)
{
    at = skip_mark(parse, at, ',');
    if ((parse_is_mark(parse, at, '-') || parse_is_mark(parse, at, '/') || parse_is_mark(parse, at, '.')) &&
        parse_is_attached(parse, at) && parse_is_attached(parse, at + 1))
        return at + 1;
    if (parse_word(parse, at, DATE_WORD_LINK) && (at + 1 >= parse->count || !parse_word(parse, at, DATE_WORD_MONTH)))
        return skip_mark(parse, at + 1, ',');
    return at;
}

static size_t year_behind(const struct parse *parse, size_t at, int *year)
{
    size_t from = skip_link(parse, at);
    size_t end = parse_year(parse, from, year);
    if (!end && parse_word(parse, from, DATE_WORD_YEAR_MARK)) /* vi: tháng 11 năm 2020 */
        end = parse_year(parse, from + 1, year);
    if (!end && from == at + 1 && parse_word(parse, at, DATE_WORD_IN)) /* "14 March of the year" is no year */
        return 0;
    if (!end)
        end = parse_short_year(parse, parse_is_mark(parse, at, ',') ? at + 1 : at, year);
    /* "March 5 1000 people": a round number without a comma counts something */
    if (end && parse_word(parse, end, DATE_WORD_COUNTED) && !parse->items[from].capital && *year % 100 == 0)
        return 0;
    return end;
}

/* "on march 9" in a text without capitals; "may 2 be enough" is none. */
static bool is_led_to(const struct parse *parse, size_t at)
{
    return at == 0 || parse->items[at - 1].kind != ITEM_OTHER || parse_has_preposition(parse, at) ||
           parse_has_day_preposition(parse, at);
}

/* May "may 12" be the 12th of May? In a language that writes months with a capital it needs one, unless
 * a year follows; and what is counted behind the day makes the day a number. */
static bool day_is_plausible(const struct parse *parse, const struct date_word *word, size_t month_at, size_t end,
                             const struct edtf_date *date)
{
    bool own = !parse->style.language || word->languages & parse->style.language;
    if (date->year)
        return true;
    if (!own && !parse->style.lenient)
        return false;
    bool capital =
        parse->items[month_at].capital || (parse->style.caseless && word->full && is_led_to(parse, month_at));
    if (word->ambiguous && !capital && (word->languages & parse->english || !word->full))
        return false;
    if (is_glued_behind(parse, end) || parse_is_mark(parse, end, '%') || parse_word(parse, end, DATE_WORD_COUNTED))
        return false;
    return true;
}

/* D [of] MONTH [YEAR] */
static size_t parse_day_month(const struct parse *parse, size_t at, struct edtf_date *date)
{
    const struct date_word *word;
    size_t month_at, end = parse_day(parse, at, &date->day);
    if (!end)
        return 0;
    month_at = skip_link(parse, end);
    end = parse_month(parse, month_at, &date->month, &word);
    if (!end)
        return 0;
    size_t dot = parse_is_mark(parse, end, '.') && parse_is_attached(parse, end) ? end + 1 : end;
    size_t year_end = year_behind(parse, dot, &date->year);
    /* "2 May": a figure and a name alone in a list of figures is still a date; "2 March" as well */
    if (!day_is_plausible(parse, word, month_at, year_end ? year_end : end, date))
        return 0;
    return year_end ? year_end : end;
}

/* MONTH D[, YEAR]; MONTH [of] YEAR */
static size_t parse_month_day(const struct parse *parse, size_t at, struct edtf_date *date)
{
    const struct date_word *word;
    size_t end = parse_month(parse, at, &date->month, &word);
    if (!end)
        return 0;
    size_t dot = skip_mark(parse, end, '.');
    size_t year_end = year_behind(parse, dot, &date->year);
    if (year_end) {
        bool own = !parse->style.language || word->languages & parse->style.language || parse->style.lenient;
        return own || word->full ? year_end : 0;
    }
    if (parse_is_mark(parse, dot, '/') || parse_is_mark(parse, dot, '-'))
        dot += parse_is_attached(parse, dot) && parse_is_attached(parse, dot + 1);
    end = parse_day(parse, dot, &date->day);
    if (!end)
        return 0;
    size_t plain_end = end;
    if (parse_is_mark(parse, end - 1, '.')) /* the sentence's full stop, unless a year follows */
        plain_end = end - 1;
    year_end = year_behind(parse, end, &date->year);
    if (!day_is_plausible(parse, word, at, year_end ? year_end : plain_end, date))
        return 0;
    return year_end ? year_end : plain_end;
}

/* YEAR [.] MONTH D[.] : "2020. november 12.", "2020-Nov-12" */
static size_t parse_year_month_day(const struct parse *parse, size_t at, struct edtf_date *date)
{
    const struct date_word *word;
    size_t end = parse_year(parse, at, &date->year);
    if (!end)
        return 0;
    end = skip_mark(parse, skip_mark(parse, end, '.'), ',');
    if (parse_is_mark(parse, end, '-') && parse_is_attached(parse, end))
        end++;
    end = parse_month(parse, end, &date->month, &word);
    if (!end)
        return 0;
    end = skip_mark(parse, end, '.');
    if (parse_is_mark(parse, end, '-') && parse_is_attached(parse, end))
        end++;
    size_t day_end = parse_day(parse, end, &date->day);
    if (!day_end || parse->items[end].digits > 2)
        return 0;
    bool marked = parse_word(parse, day_end, DATE_WORD_DAY_MARK); /* lt: "2021 m. kovo 5 d." */
    return marked ? skip_mark(parse, day_end + 1, '.') : day_end;
}

/* lv: "2021. gada 5. marts"; the word for the year tells it from two figures that have met. */
static size_t parse_year_day_month(const struct parse *parse, size_t at, struct edtf_date *date)
{
    const struct date_word *word;
    if (!parse_is_number(parse, at) || parse->items[at].digits != 4)
        return 0;
    size_t mark = skip_mark(parse, at + 1, '.');
    if (!parse_word(parse, mark, DATE_WORD_YEAR_MARK))
        return 0;
    date->year = (int)parse->items[at].value;
    size_t month_at = parse_day(parse, mark + 1, &date->day);
    return month_at && date->year >= FIRST_YEAR && date->year <= LAST_YEAR
               ? parse_month(parse, month_at, &date->month, &word)
               : 0;
}

static size_t number_before_mark(const struct parse *parse, size_t at, enum date_word_class mark, uint32_t max,
                                 int *value)
{
    if (!parse_is_number(parse, at) || parse->items[at].value < 1 || parse->items[at].value > max ||
        !parse_word(parse, at + 1, mark))
        return 0;
    *value = (int)parse->items[at].value;
    return at + 2;
}

/* 2020年11月12日, 11月12日, 2020년 11월 12일, 2020年11月 */
static size_t parse_marked(const struct parse *parse, size_t at, struct edtf_date *date)
{
    size_t end = parse_era_year(parse, at, &date->year);
    bool era = end > 0;
    if (!era)
        end = number_before_mark(parse, at, DATE_WORD_YEAR_MARK, LAST_YEAR, &date->year);
    size_t month_at = end ? end : at;
    if (end && !era && parse->items[at].digits == 3 && parse->style.lenient && date->year >= FIRST_MINGUO)
        date->year += MINGUO; /* a field that gives 110年3月5日 counts from the Republic of China's first year */
    else if (end && !era && parse->items[at].digits != 4)
        return 0;
    size_t month_end = number_before_mark(parse, month_at, DATE_WORD_MONTH_MARK, 12, &date->month);
    if (!month_end)
        return 0;
    end = number_before_mark(parse, month_end, DATE_WORD_DAY_MARK, 31, &date->day);
    return end ? end : date->year ? month_end : 0;
}

/* [ngày] D tháng M[, năm | /] YEAR */
static size_t parse_word_marked(const struct parse *parse, size_t at, struct edtf_date *date)
{
    size_t from = parse_word(parse, at, DATE_WORD_DAY_MARK) ? at + 1 : at;
    size_t end = parse_day(parse, from, &date->day);
    if (!end || !parse_word(parse, end, DATE_WORD_MONTH_MARK) || !parse_is_number(parse, end + 1) ||
        parse->items[end + 1].value < 1 || parse->items[end + 1].value > 12)
        return 0;
    date->month = (int)parse->items[end + 1].value;
    size_t year_end = year_behind(parse, end + 2, &date->year);
    if (!year_end && parse_is_mark(parse, end + 2, '/'))
        year_end = parse_year(parse, end + 3, &date->year);
    return year_end ? year_end : end + 2;
}

static size_t parse_named(const struct parse *parse, size_t at, struct edtf_date *date)
{
    static size_t (*const forms[])(const struct parse *, size_t, struct edtf_date *) = {
        parse_marked,         parse_word_marked,    parse_day_month, parse_month_day,
        parse_year_month_day, parse_year_day_month, parse_persian,
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct edtf_date attempt = {0};
        size_t end = forms[i](parse, at, &attempt);
        struct edtf value = {.start = attempt};
        if (end && edtf_is_valid(&value)) {
            *date = attempt;
            return end;
        }
    }
    return 0;
}

/* ---------------------------------------------------------------- with weekday and time */

/* A weekday of the text's language, or the full name in any: short forms are words elsewhere ("to", "or"). */
static const struct date_word *weekday_word(const struct parse *parse, size_t at)
{
    uint64_t language = parse->style.language ? parse->style.language : parse->english;
    if (at >= parse->count)
        return NULL;
    const struct date_word *word = date_item_word(&parse->items[at], DATE_WORD_WEEKDAY, language);
    if (!word)
        word = date_item_word(&parse->items[at], DATE_WORD_WEEKDAY, 0);
    return word && (word->full || word->languages & language) ? word : NULL;
}

static size_t parse_weekday_before(const struct parse *parse, size_t at, int *weekday)
{
    const struct date_word *word = weekday_word(parse, at);
    if (!word)
        return at;
    size_t end = skip_mark(parse, skip_mark(parse, at + 1, '.'), ',');
    while (end < at + 4 && (parse_word(parse, end, DATE_WORD_LINK) || parse_word(parse, end, DATE_WORD_ON)) &&
           !parse_word(parse, end, DATE_WORD_MONTH))
        end++;
    *weekday = word->value;
    return end;
}

static size_t parse_weekday_behind(const struct parse *parse, size_t at, int *weekday)
{
    size_t from = skip_mark(parse, at, ',');
    bool open = parse_is_mark(parse, from, '(') || parse_is_mark(parse, from, 0xFF08);
    const struct date_word *word = weekday_word(parse, from + open);
    if (!word && open && from + 2 < parse->count && parse->items[from + 1].end - parse->items[from + 1].start == 3 &&
        parse->items[from + 2].kind == ITEM_MARK) /* 12日(木) */
        return from + 3;
    if (!word || (word->ambiguous && !open) || *weekday)
        return at;
    *weekday = word->value;
    return from + (size_t)open + 1 + (size_t)open;
}

/* "10:32 GMT, 14 March 2024" */
static size_t parse_time_first(const struct parse *parse, size_t at, struct edtf_date *time)
{
    if (!parse_is_number(parse, at) || is_glued_before(parse, at))
        return at;
    size_t end = parse_time(parse, at, time);
    if (!end)
        return at;
    while (end < parse->count &&
           (parse_is_mark(parse, end, ',') || parse_is_mark(parse, end, '|') || parse_is_dash(parse, end) ||
            parse_word(parse, end, DATE_WORD_ON)) &&
           end < at + 12)
        end++;
    return end;
}

static void take_time(struct edtf_date *date, const struct edtf_date *time)
{
    date->has_time = true;
    date->hour = time->hour;
    date->minute = time->minute;
    date->second = time->second;
    date->has_offset = time->has_offset;
    date->offset = time->offset;
}

/* RFC 2822 and C's ctime put the year behind the time: "Tue Sep 15 10:01:41 EDT 2020". */
static size_t parse_late_year(const struct parse *parse, size_t at, struct edtf_date *date)
{
    int year;
    size_t end = date->year ? 0 : parse_year(parse, at, &year);
    if (!end)
        return at;
    date->year = year;
    return end;
}

size_t parse_date(const struct parse *parse, size_t at, struct date_mention *mention)
{
    struct edtf_date time = {0};
    struct date_mention found = {0};
    size_t from = parse_time_first(parse, at, &time);
    size_t date_at = parse_weekday_before(parse, from, &found.weekday);
    size_t end = parse_numeric(parse, date_at, &found);
    if (!end)
        end = parse_named(parse, date_at, &found.value.start);
    if (!end)
        return 0;
    struct edtf_date *date = &found.value.start;
    if (date->day) {
        end = parse_weekday_behind(parse, end, &found.weekday);
        size_t time_end = time.has_time ? 0 : parse_time_behind(parse, end, date);
        if (time.has_time)
            take_time(date, &time);
        end = time_end ? parse_late_year(parse, time_end, date) : end;
    } else if (time.has_time || found.weekday) {
        return 0;
    }
    if (found.ambiguous && date->has_time)
        take_time(&found.alternative.start, date);
    if (!edtf_is_valid(&found.value))
        return 0;
    *mention = found;
    return end;
}
