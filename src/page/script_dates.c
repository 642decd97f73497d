#include "script_dates_internal.h"

#include "claim_list_internal.h"

/* Of a page's scripts: the state of the article itself comes before that of its lists. */
#define MOST_BYTES (512u << 10)
#define MOST_CLAIMS 12u         /* further ones date teasers */
#define LONGEST_KEY 40u
#define LONGEST_VALUE 40u
#define MOST_MARKS 6u /* between key and value: `\": \"` */
#define FEWEST_DIGITS 5u /* "1 May 2024" */

static bool is_key(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || c == '_' || c == '-' || c == '.';
}

bool script_dates_is_published(struct slice key)
{
    static const struct slice for_it[] = {{"publish", 7}, {"publicat", 8}, {"pubdate", 7}, {"pub_date", 8}};
    static const struct slice against[] = {{"publisher", 9}, {"unpub", 5}, {"last", 4},  {"modif", 5}, {"updat", 5},
                                           {"expir", 5},     {"until", 5}, {"sched", 5}, {"build", 5}, {"version", 7}};
    bool speaks = false;
    for (size_t i = 0; i < sizeof for_it / sizeof for_it[0]; i++)
        speaks |= slice_contains_nocase(key, for_it[i]);
    for (size_t i = 0; i < sizeof against / sizeof against[0] && speaks; i++)
        speaks = !slice_contains_nocase(key, against[i]);
    return speaks;
}

/* The key around the bytes at `at`; *next is set behind it. */
static struct slice key_around(struct slice text, size_t at, size_t *next)
{
    size_t from = at, to = at;
    while (from > 0 && at - from < LONGEST_KEY && is_key(text.ptr[from - 1]))
        from--;
    while (to < text.len && to - at < LONGEST_KEY && is_key(text.ptr[to]))
        to++;
    *next = to;
    return slice_sub(text, from, to);
}

static bool is_mark(char c)
{
    return c == '"' || c == '\'' || c == '\\' || c == ':' || c == '=' || c == ',' || c == '(' || ascii_is_space(c);
}

static bool ends_value(char c, bool quoted)
{
    return c == '"' || c == '\'' || c == '\\' || c == '<' || c == '\n' || c == ';' || c == '}' || c == ']' ||
           (!quoted && (c == ',' || c == ')' || ascii_is_space(c)));
}

/* What is said of the key that ends at `at`: a string or a number; null if neither follows. */
static struct slice value_behind(struct slice text, size_t at)
{
    size_t start = at, digits = 0;
    bool said = false;
    while (start < text.len && start - at < MOST_MARKS && is_mark(text.ptr[start])) {
        said |= text.ptr[start] == ':' || text.ptr[start] == '=' || text.ptr[start] == ',';
        start++;
    }
    if (!said || start == text.len)
        return SLICE_NULL;
    bool quoted = text.ptr[start - 1] == '"' || text.ptr[start - 1] == '\'';
    size_t end = start;
    while (end < text.len && end - start < LONGEST_VALUE && !ends_value(text.ptr[end], quoted))
        digits += ascii_is_digit(text.ptr[end++]);
    bool whole = end < text.len && end - start < LONGEST_VALUE;
    return whole && digits >= FEWEST_DIGITS ? slice_sub(text, start, end) : SLICE_NULL;
}

/* All keys hold "pub"; of its letters b is the rarest in programs, and memchr the fastest way to it. */
void script_dates_read(struct script_dates *dates, struct job *job, struct slice text, uint32_t limit)
{
    text = slice_sub(text, 0, MOST_BYTES - dates->bytes);
    dates->bytes += text.len;
    for (size_t at = slice_find_byte(text, 'b', 2); at != SLICE_NOT_FOUND && dates->count < MOST_CLAIMS;) {
        size_t next = at + 1;
        if (text.ptr[at - 1] == 'u' && (text.ptr[at - 2] | 0x20) == 'p') {
            struct slice key = key_around(text, at - 2, &next);
            struct slice value = script_dates_is_published(key) ? value_behind(text, next) : SLICE_NULL;
            struct claim claim = {
                .kind = CLAIM_TIME, .source = SOURCE_SCRIPT, .name = key, .block = NO_BLOCK, .value = value};
            if (value.len) {
                claims_add(job, &claim, limit);
                dates->count++;
            }
        }
        at = slice_find_byte(text, 'b', next);
    }
}
