#include "find/dates/date_url.h"

#define FIRST_YEAR 1990 /* the web is no older */
#define LAST_YEAR 2099

struct path {
    struct slice text;
    const struct date_vocabulary *lexicon;
};

static size_t digits_at(struct slice text, size_t at)
{
    size_t count = 0;
    while (at + count < text.len && ascii_is_digit(text.ptr[at + count]))
        count++;
    return count;
}

static int number_at(struct slice text, size_t at, size_t count)
{
    int value = 0;
    for (size_t i = 0; i < count; i++)
        value = value * 10 + (text.ptr[at + i] - '0');
    return value;
}

static bool is_mark(char c)
{
    return c == '/' || c == '-' || c == '_' || c == '.' || c == ',' || c == '+';
}

static bool is_year(int year)
{
    return year >= FIRST_YEAR && year <= LAST_YEAR;
}

/* English, since that is what URLs are written in where they spell a month. */
static int month_name_at(const struct path *path, size_t at, size_t *end)
{
    struct date_item item = {.kind = ITEM_WORD};
    *end = at;
    while (*end < path->text.len && ascii_is_alpha(path->text.ptr[*end]))
        ++*end;
    struct slice name = slice_sub(path->text, at, *end);
    if (name.len < 3 || name.len > 9)
        return 0;
    item.words = date_words_find(path->lexicon, name);
    const struct date_word *word =
        item.words ? date_item_word(&item, DATE_WORD_MONTH, date_words_language(path->lexicon, SLICE("en"))) : NULL;
    return word ? word->value : 0;
}

static bool set(struct edtf *out, int year, int month, int day)
{
    *out = edtf_from_civil((struct civil){year, month, day});
    return is_year(year) && month >= 1 && month <= 12 && edtf_is_valid(out);
}

/* YEAR mark MONTH [mark DAY] */
static bool read_parts(const struct path *path, size_t at, struct edtf *out)
{
    struct slice text = path->text;
    int year = number_at(text, at, 4), month;
    size_t end = at + 5, digits = digits_at(text, end);
    if (at + 5 >= text.len || !is_mark(text.ptr[at + 4]))
        return false;
    char mark = text.ptr[at + 4];
    if (digits == 4 && mark == '/') /* /2020/1130/ */
        return set(out, year, number_at(text, end, 2), number_at(text, end + 2, 2));
    if (digits == 1 || digits == 2) {
        month = number_at(text, end, digits);
        end += digits;
    } else {
        month = digits ? 0 : month_name_at(path, end, &end);
    }
    if (month < 1 || month > 12)
        return false;
    digits = end < text.len && text.ptr[end] == mark ? digits_at(text, end + 1) : 0;
    if (digits == 1 || digits == 2) {
        char behind = end + 1 + digits < text.len ? text.ptr[end + 1 + digits] : '/';
        bool ends = !ascii_is_alpha(behind);
        if (ends && set(out, year, month, number_at(text, end + 1, digits)))
            return true;
    }
    bool folder = mark == '/' && end < text.len && text.ptr[end] == '/';
    return folder && set(out, year, month, 0);
}

/* 20201130, bare or before a time; longer figures are identifiers */
static bool read_compact(struct slice text, size_t at, size_t digits, struct edtf *out)
{
    if (digits != 8 && digits != 12 && digits != 14)
        return false;
    return set(out, number_at(text, at, 4), number_at(text, at + 4, 2), number_at(text, at + 6, 2));
}

/* DAY mark MONTH mark YEAR: day first unless only the other order exists; both possible: no answer. */
static bool read_year_last(struct slice text, size_t at, size_t digits, struct edtf *out)
{
    if ((digits != 1 && digits != 2) || at + digits >= text.len || !is_mark(text.ptr[at + digits]) ||
        text.ptr[at + digits] == '/')
        return false;
    char mark = text.ptr[at + digits];
    size_t second = at + digits + 1, second_digits = digits_at(text, second), third = second + second_digits + 1;
    if ((second_digits != 1 && second_digits != 2) || third >= text.len || text.ptr[third - 1] != mark ||
        digits_at(text, third) != 4)
        return false;
    int a = number_at(text, at, digits), b = number_at(text, second, second_digits), year = number_at(text, third, 4);
    struct edtf other;
    bool month_first = set(&other, year, a, b), day_first = set(out, year, b, a);
    if (month_first && !day_first)
        *out = other;
    return month_first != day_first || (day_first && a == b);
}

static struct slice path_of(struct slice url)
{
    size_t scheme = slice_find(url, SLICE("://"), 0), next = scheme;
    while (next != SLICE_NOT_FOUND) { /* an archive's URL holds the page's own, behind the day of its copy */
        scheme = next;
        next = slice_find(url, SLICE("://"), scheme + 3);
    }
    size_t from = scheme == SLICE_NOT_FOUND ? 0 : slice_find_byte(url, '/', scheme + 3);
    if (from == SLICE_NOT_FOUND)
        return SLICE_NULL;
    size_t fragment = slice_find_byte(url, '#', from);
    return slice_sub(url, from, fragment == SLICE_NOT_FOUND ? url.len : fragment);
}

bool date_url_read(const struct date_vocabulary *lexicon, struct slice url, struct edtf *out)
{
    struct path path = {path_of(url), lexicon};
    struct slice text = path.text;
    struct edtf month = {0}, value;
    for (size_t at = 0; at < text.len;) {
        size_t digits = digits_at(text, at);
        if (!digits) {
            at++;
            continue;
        }
        bool open = at == 0 || !ascii_is_alpha(text.ptr[at - 1]);
        bool found = open && ((digits == 4 && read_parts(&path, at, &value)) ||
                              read_compact(text, at, digits, &value) || read_year_last(text, at, digits, &value));
        if (found && value.start.day) {
            *out = value;
            return true;
        }
        if (found && !month.start.year)
            month = value;
        at += digits;
    }
    *out = month;
    return month.start.year != 0;
}
