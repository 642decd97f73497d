/* The time of day beside a date: "10:32 GMT", "5:00am", "16:20 Uhr", "10h23", "23.04 CET", "T10:32+01:00". */
#include "date_parse.h"

static bool is_small(const struct parse *parse, size_t at, uint32_t max, unsigned digits)
{
    return parse_is_number(parse, at) && parse->items[at].digits <= digits && parse->items[at].value <= max;
}

static size_t read_meridiem(const struct parse *parse, size_t at, struct edtf_date *date)
{
    const struct date_word *word = parse_word(parse, at, DATE_WORD_MERIDIEM);
    if (!word || date->hour > 12 || date->hour == 0)
        return at;
    date->hour = date->hour % 12 + word->value;
    return at + 1;
}

/* "+01:00", "-0400", "+2" after a time or after GMT. */
static size_t read_signed_offset(const struct parse *parse, size_t at, struct edtf_date *date)
{
    bool west = parse_is_mark(parse, at, '-') || parse_is_mark(parse, at, 0x2212);
    if ((!west && !parse_is_mark(parse, at, '+')) || !is_small(parse, at + 1, 1400, 4) ||
        !parse_is_attached(parse, at + 1))
        return 0;
    const struct date_item *number = &parse->items[at + 1];
    int hours = (int)(number->digits > 2 ? number->value / 100 : number->value);
    int minutes = (int)(number->digits > 2 ? number->value % 100 : 0);
    size_t end = at + 2;
    if (number->digits == 3)
        return 0;
    if (number->digits == 2 && parse_is_mark(parse, end, ':') && is_small(parse, end + 1, 59, 2)) {
        minutes = (int)parse->items[end + 1].value;
        end += 2;
    }
    if (hours > 14 || minutes > 59)
        return 0;
    date->has_offset = true;
    date->offset = (west ? -1 : 1) * (hours * 60 + minutes);
    return end;
}

/* IST is India's in a text in Hindi: of an abbreviation that several places use, the language's own reading. */
static const struct date_word *known_zone(const struct parse *parse, const struct date_word *zone)
{
    for (const struct date_word *other = zone->next; other && slice_equals(other->text, zone->text);
         other = other->next)
        if (other->word_class == DATE_WORD_ZONE && other->has_value && other->languages & parse->style.language)
            return other;
    return zone;
}

static size_t read_zone(const struct parse *parse, size_t at, struct edtf_date *date)
{
    size_t open = parse_is_mark(parse, at, '(') ? 1 : 0;
    const struct date_word *zone = at + open < parse->count ? parse_word(parse, at + open, DATE_WORD_ZONE) : NULL;
    zone = zone && !zone->has_value ? known_zone(parse, zone) : zone;
    if (zone && (parse->items[at + open].capital || (parse->style.caseless && !zone->ambiguous))) {
        date->has_offset = zone->has_value;
        date->offset = zone->value;
        size_t end = at + open + 1;
        size_t further = zone->has_value && zone->value == 0 && parse_is_attached(parse, end)
                             ? read_signed_offset(parse, end, date)
                             : 0;
        end = further ? further : end;
        return open && parse_is_mark(parse, end, ')') ? end + 1 : end;
    }
    /* a dash with blanks around it begins something else: "16:20 - 18:00" */
    if (parse_is_attached(parse, at) || (at + 1 < parse->count && at > 0 && parse_is_mark(parse, at, '+')) ||
        (parse_is_number(parse, at + 1) && parse->items[at + 1].digits == 4 && parse_is_attached(parse, at + 1))) {
        size_t end = read_signed_offset(parse, at, date);
        if (end)
            return end;
    }
    return at;
}

static bool is_time_mark(const struct parse *parse, size_t at)
{
    if (parse_is_mark(parse, at, ':') || parse_is_mark(parse, at, '.'))
        return true;
    return at < parse->count && parse->items[at].end - parse->items[at].start == 1 && /* 10h23 */
           (parse->text.ptr[parse->items[at].start] | 0x20) == 'h';
}

static size_t read_seconds(const struct parse *parse, size_t at, struct edtf_date *date)
{
    if (!parse_is_mark(parse, at, ':') || !parse_is_attached(parse, at + 1) || !is_small(parse, at + 1, 59, 2))
        return at;
    date->second = (int)parse->items[at + 1].value;
    at += 2;
    if (parse_is_mark(parse, at, '.') && parse_is_attached(parse, at) && parse_is_attached(parse, at + 1) &&
        parse_is_number(parse, at + 1))
        at += 2;
    return at;
}

/* "17時31分", "17 h 31": hour and minute by words; 0 where it is something else. */
static size_t read_worded_clock(const struct parse *parse, size_t at, struct edtf_date *date)
{
    if (!parse_word(parse, at + 1, DATE_WORD_HOUR_MARK) || !is_small(parse, at + 2, 59, 2) ||
        (parse->items[at + 2].digits < 2 && !parse_word(parse, at + 3, DATE_WORD_MINUTE_MARK)))
        return 0;
    date->minute = (int)parse->items[at + 2].value;
    return parse_word(parse, at + 3, DATE_WORD_MINUTE_MARK) ? at + 4 : at + 3;
}

/* H:MM or H alone before "am", "Uhr", "h". */
static size_t read_clock(const struct parse *parse, size_t at, struct edtf_date *date, bool *plain)
{
    *plain = true;
    date->hour = (int)parse->items[at].value;
    date->minute = date->second = 0;
    if (is_time_mark(parse, at + 1) && parse_is_attached(parse, at + 1) && parse_is_attached(parse, at + 2) &&
        is_small(parse, at + 2, 59, 2) && parse->items[at + 2].digits == 2) {
        date->minute = (int)parse->items[at + 2].value;
        *plain = parse_is_mark(parse, at + 1, '.');
        return read_seconds(parse, at + 3, date);
    }
    size_t end = read_worded_clock(parse, at, date);
    *plain = end == 0;
    return end ? end : at + 1;
}

size_t parse_time(const struct parse *parse, size_t at, struct edtf_date *date)
{
    struct edtf_date time = *date;
    const struct date_word *before = at < parse->count ? parse_word(parse, at, DATE_WORD_MERIDIEM) : NULL;
    bool plain;
    if (before) /* 下午 3:20 */
        at++;
    if (!is_small(parse, at, 24, 2) || (at + 1 < parse->count && parse_is_mark(parse, at + 1, '%')))
        return 0;
    size_t end = read_clock(parse, at, &time, &plain), clock_end = end;
    if (before && time.hour < 12)
        time.hour += before->value;
    end = read_meridiem(parse, end, &time);
    if (end < parse->count && end == clock_end) {
        const struct date_word *word = parse_word(parse, end, DATE_WORD_CLOCK);
        end += word && word->value == 1;
    }
    size_t zoned = plain && end == clock_end && parse_is_dash(parse, end) ? end : read_zone(parse, end, &time);
    bool cue = end > clock_end || zoned > end || before || (at > 0 && parse_word(parse, at - 1, DATE_WORD_CLOCK));
    if ((plain && !cue) || time.hour > 23)
        return 0;
    if (plain && clock_end == at + 1 && end == clock_end) /* a bare hour needs its "am", "Uhr", "h" */
        return 0;
    if (zoned < parse->count && parse_is_attached(parse, zoned) && parse->items[zoned].kind == ITEM_NUMBER)
        return 0;
    time.has_time = true;
    *date = time;
    return zoned;
}

/* "5 okt. 2020 17.31": hour and minute with a full stop, as the north of Europe writes them, where a full date stands
 * before them in a field. */
static size_t parse_dotted_time(const struct parse *parse, size_t at, struct edtf_date *date)
{
    if (!parse->style.lenient || !date->year || !is_small(parse, at, 23, 2) || !parse_is_mark(parse, at + 1, '.') ||
        !parse_is_attached(parse, at + 1) || !parse_is_attached(parse, at + 2) || !is_small(parse, at + 2, 59, 2) ||
        parse->items[at + 2].digits != 2)
        return 0;
    size_t end = at + 3;
    bool glued = parse_is_attached(parse, end) && parse->items[end].kind != ITEM_MARK;
    bool chained =
        parse_is_mark(parse, end, '.') && parse_is_attached(parse, end + 1) && parse_is_number(parse, end + 1);
    if (glued || chained || parse_is_mark(parse, end, '%') || parse_is_mark(parse, end, 0x20AC) ||
        parse_is_mark(parse, end, '$') || parse_word(parse, end, DATE_WORD_COUNTED))
        return 0;
    date->has_time = true;
    date->hour = (int)parse->items[at].value;
    date->minute = (int)parse->items[at + 2].value;
    return end;
}

/* The time that follows a date, over the marks and words that may stand between them. */
size_t parse_time_behind(const struct parse *parse, size_t at, struct edtf_date *date)
{
    size_t from = at, end;
    for (int skipped = 0; skipped < 3 && from < parse->count; skipped++) {
        end = parse_time(parse, from, date);
        if (!end)
            end = parse_dotted_time(parse, from, date);
        if (end)
            return end;
        const struct date_item *item = &parse->items[from];
        bool mark = item->kind == ITEM_MARK &&
                    (item->value == ',' || item->value == '|' || item->value == '/' || item->value == 0xB7 ||
                     item->value == ';' || item->value == '@' || item->value == 0x2022 || item->value == ':' ||
                     item->value == '.' || parse_is_dash(parse, from));
        bool letter =
            item->end - item->start == 1 && (parse->text.ptr[item->start] | 0x20) == 't' && !item->space_before;
        if (!mark && !letter && !parse_word(parse, from, DATE_WORD_CLOCK))
            return 0;
        from++;
    }
    return 0;
}
