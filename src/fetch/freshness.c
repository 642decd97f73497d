#include "fetch/freshness.h"

#include <time.h>

#define LIFETIME_MAX_S ((uint64_t)1 << 31) /* RFC 9111, 1.2.2 */
#define DATE_MAX_BYTES 40u

struct directives {
    bool no_store, is_private, no_cache, varies;
    bool has_age, has_shared_age; /* max-age, s-maxage */
    uint64_t age, shared_age;
};

static bool next_field(struct slice *head, struct slice *name, struct slice *value)
{
    struct slice line;
    while (slice_split(head, '\n', &line)) {
        size_t colon = slice_find_byte(line, ':', 0);
        if (colon == SLICE_NOT_FOUND)
            continue;
        *name = slice_sub(line, 0, colon);
        *value = slice_trim(slice_sub(line, colon + 1, line.len));
        return true;
    }
    return false;
}

/* The value of the last field of this name, or null. */
static struct slice find_field(struct slice head, struct slice name)
{
    struct slice found = SLICE_NULL, key, value;
    while (next_field(&head, &key, &value))
        if (slice_equals_nocase(key, name))
            found = value;
    return found;
}

/* ------------------------------------------------------------- Cache-Control */

/* Seconds; what is no number has already passed, what is too large is the largest (RFC 9111, 1.2.2 and 4.2.1). */
static uint64_t read_seconds(struct slice text)
{
    uint64_t seconds = 0;
    if (text.len >= 2 && text.ptr[0] == '"' && text.ptr[text.len - 1] == '"')
        text = slice_sub(text, 1, text.len - 1);
    for (size_t i = 0; i < text.len; i++) {
        if (!ascii_is_digit(text.ptr[i]))
            return 0;
        if (seconds < LIFETIME_MAX_S)
            seconds = seconds * 10 + (uint64_t)(text.ptr[i] - '0');
    }
    return seconds < LIFETIME_MAX_S ? seconds : LIFETIME_MAX_S;
}

/* Of several lifetimes the shortest. */
static void take_age(bool *has, uint64_t *age, struct slice value)
{
    uint64_t seconds = read_seconds(value);
    if (!*has || seconds < *age)
        *age = seconds;
    *has = true;
}

/* A comma inside of a quoted list of names cuts it apart; the pieces are names that mean nothing here, and the
 * directive in front counts as the whole one, which errs on the careful side. */
static void read_control(struct slice text, struct directives *directives)
{
    struct slice directive, name;
    while (slice_split(&text, ',', &directive)) {
        struct slice value = slice_trim(directive);
        if (!slice_split(&value, '=', &name))
            continue;
        name = slice_trim(name);
        value = slice_trim(value);
        directives->no_store |= slice_equals_nocase(name, SLICE("no-store"));
        directives->is_private |= slice_equals_nocase(name, SLICE("private"));
        directives->no_cache |= slice_equals_nocase(name, SLICE("no-cache"));
        if (slice_equals_nocase(name, SLICE("max-age")))
            take_age(&directives->has_age, &directives->age, value);
        if (slice_equals_nocase(name, SLICE("s-maxage")))
            take_age(&directives->has_shared_age, &directives->shared_age, value);
    }
}

/* ---------------------------------------------------------------------- dates */

/* The three forms of RFC 9110, 5.6.7; the locale is never set, so that names are English. */
static bool read_date(struct slice text, int64_t *seconds)
{
    static const char *const forms[] = {"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT",
                                        "%a %b %d %H:%M:%S %Y"};
    char cstr[DATE_MAX_BYTES + 1];
    if (text.len == 0 || text.len > DATE_MAX_BYTES)
        return false;
    memcpy(cstr, text.ptr, text.len);
    cstr[text.len] = '\0';
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct tm tm = {0};
        const char *end = strptime(cstr, forms[i], &tm);
        if (!end || *end)
            continue;
        *seconds = timegm(&tm);
        return true;
    }
    return false;
}

/* ------------------------------------------------------------------- together */

/* Expires counts from the origin's own Date, so that nobody's clock is read; without one, it says nothing. */
static uint64_t lifetime_by_date(struct slice expires, struct slice date)
{
    int64_t from, until;
    if (!read_date(date, &from) || !read_date(expires, &until) || until <= from)
        return 0;
    uint64_t lifetime = (uint64_t)(until - from);
    return lifetime < LIFETIME_MAX_S ? lifetime : LIFETIME_MAX_S;
}

static uint64_t lifetime_of(const struct directives *directives, struct slice head)
{
    if (directives->no_cache)
        return 0;
    if (directives->has_shared_age)
        return directives->shared_age;
    if (directives->has_age)
        return directives->age;
    return lifetime_by_date(find_field(head, SLICE("expires")), find_field(head, SLICE("date")));
}

struct freshness freshness_read(struct slice head)
{
    struct directives directives = {0};
    struct slice rest = head, name, value;
    bool has_control = false, pragma = false;
    while (next_field(&rest, &name, &value)) {
        if (slice_equals_nocase(name, SLICE("cache-control"))) {
            has_control = true;
            read_control(value, &directives);
        } else if (slice_equals_nocase(name, SLICE("pragma"))) {
            pragma |= slice_equals_nocase(value, SLICE("no-cache"));
        } else if (slice_equals_nocase(name, SLICE("vary"))) {
            directives.varies |= slice_find_byte(value, '*', 0) != SLICE_NOT_FOUND;
        }
    }
    directives.no_cache |= pragma && !has_control; /* RFC 9111, 5.4 */
    uint64_t lifetime = lifetime_of(&directives, head), age = read_seconds(find_field(head, SLICE("age")));
    return (struct freshness){
        .may_keep = !directives.no_store && !directives.is_private && !directives.varies,
        .lifetime_s = lifetime > age ? (int64_t)(lifetime - age) : 0,
        .etag = find_field(head, SLICE("etag")),
        .last_modified = find_field(head, SLICE("last-modified")),
    };
}
