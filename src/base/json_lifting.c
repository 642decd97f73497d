#include "json_lifting.h"

#include <string.h>

#include "base/utf8.h"

#define LONG_STRING 512 /* bytes; shorter ones are jansson's */
#define MARK "\\u0000\\u0001" /* begins a stand-in; no other string may begin with it once it is read */
#define ESCAPED_NUL "\\u0000"

struct lifter {
    struct arena *arena;
    struct slice text;
    char *out; /* lifted->text, no longer than the text */
    size_t len;
    struct json_lifted *lifted;
};

/* ------------------------------------------------------------------ escapes */

/* The four hexadecimal digits at `at`; above 0xFFFF: there are none. */
static uint32_t hex_at(struct slice raw, size_t at)
{
    uint32_t value = 0;
    if (at + 4 > raw.len)
        return UINT32_MAX;
    for (size_t i = at; i < at + 4; i++) {
        int digit = ascii_hex_value(raw.ptr[i]);
        if (digit < 0)
            return UINT32_MAX;
        value = value << 4 | (uint32_t)digit;
    }
    return value;
}

/* The character of the escape \uXXXX whose digits are at `at`, of two where it takes a pair; *end is behind it. */
static bool read_unicode(struct slice raw, size_t at, uint32_t *character, size_t *end)
{
    uint32_t high = hex_at(raw, at);
    *end = at + 4;
    *character = high;
    if (high > 0xFFFF || (high >= 0xDC00 && high < 0xE000))
        return false;
    if (high < 0xD800 || high >= 0xE000)
        return true;
    bool pair = at + 6 <= raw.len && raw.ptr[at + 4] == '\\' && raw.ptr[at + 5] == 'u';
    uint32_t low = pair ? hex_at(raw, at + 6) : UINT32_MAX;
    *end = at + 10;
    *character = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
    return low >= 0xDC00 && low < 0xE000;
}

static char simple_escape(char c)
{
    switch (c) {
    case '"': case '\\': case '/': return c;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return 0;
    }
}

/* No control character may stand in a string as it is. */
static bool has_control(struct slice raw)
{
    const uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
    size_t at = 0;
    for (; at + 8 <= raw.len; at += 8) {
        uint64_t eight;
        memcpy(&eight, raw.ptr + at, 8);
        if ((eight - ones * 0x20) & ~eight & tops)
            return true;
    }
    for (; at < raw.len; at++)
        if ((unsigned char)raw.ptr[at] < 0x20)
            return true;
    return false;
}

/* The value of the string between its quotation marks; false: it has a fault. */
static bool decode(struct arena *arena, struct slice raw, struct slice *value)
{
    if (has_control(raw) || !utf8_is_valid(raw))
        return false;
    char *out = arena_alloc(arena, raw.len + 1);
    size_t len = 0;
    for (size_t at = 0; at < raw.len;) {
        const char *slash = memchr(raw.ptr + at, '\\', raw.len - at);
        size_t plain = slash ? (size_t)(slash - raw.ptr) - at : raw.len - at;
        memcpy(out + len, raw.ptr + at, plain);
        len += plain;
        at += plain + 2;
        if (!slash)
            break;
        uint32_t character;
        char simple = simple_escape(slash[1]);
        if (simple)
            out[len++] = simple;
        else if (slash[1] == 'u' && read_unicode(raw, at, &character, &at))
            len += utf8_encode(character, out + len);
        else
            return false;
    }
    *value = slice_of(out, len);
    return true;
}

/* ------------------------------------------------------------------ lifting */

/* The quotation mark that ends the string which begins at `start`; SLICE_NOT_FOUND: none does. */
static size_t string_end(struct slice text, size_t start)
{
    for (size_t at = start; at < text.len; at++) {
        const char *mark = memchr(text.ptr + at, '"', text.len - at);
        if (!mark)
            break;
        at = (size_t)(mark - text.ptr);
        size_t slashes = 0;
        while (at - slashes > start && text.ptr[at - slashes - 1] == '\\')
            slashes++;
        if (slashes % 2 == 0)
            return at;
    }
    return SLICE_NOT_FOUND;
}

static void copy(struct lifter *lifter, struct slice piece)
{
    memcpy(lifter->out + lifter->len, piece.ptr, piece.len);
    lifter->len += piece.len;
}

/* Copies the string [start, end), or a stand-in for it. False: it has a fault, or might be taken for a stand-in. */
static bool take_string(struct lifter *lifter, size_t start, size_t end, bool may_lift)
{
    struct json_lifted *lifted = lifter->lifted;
    struct slice raw = slice_sub(lifter->text, start, end);
    if (!may_lift || raw.len < LONG_STRING || lifted->count == JSON_MOST_LIFTED) {
        copy(lifter, raw);
        return slice_find(raw, SLICE(ESCAPED_NUL), 0) == SLICE_NOT_FOUND;
    }
    if (!decode(lifter->arena, raw, &lifted->values[lifted->count]))
        return false;
    copy(lifter, SLICE(MARK));
    lifter->out[lifter->len++] = (char)('0' + lifted->count++);
    return true;
}

/* Copies all but long values of the outermost object's members. */
static bool scan(struct lifter *lifter)
{
    struct slice text = lifter->text;
    size_t depth = 0;
    bool value = false; /* behind a colon */
    for (size_t at = 0; at < text.len; at++) {
        char c = text.ptr[at];
        lifter->out[lifter->len++] = c;
        if (c == '"') {
            size_t end = string_end(text, at + 1);
            if (end == SLICE_NOT_FOUND || !take_string(lifter, at + 1, end, value && depth == 1))
                return false;
            lifter->out[lifter->len++] = '"';
            at = end;
        }
        depth += c == '{' || c == '[';
        if (c == '}' || c == ']') {
            if (depth == 0)
                return false;
            depth--;
        }
        value = c == ':' || (value && ascii_is_space(c)); /* jansson refuses the form feed, which JSON has not */
    }
    return lifter->lifted->count > 0;
}

bool json_lift(struct arena *arena, struct slice text, struct json_lifted *lifted)
{
    lifted->count = 0;
    if (text.len < LONG_STRING)
        return false;
    struct lifter lifter = {arena, text, arena_alloc(arena, text.len), 0, lifted};
    bool useful = scan(&lifter);
    lifted->text = slice_of(lifter.out, lifter.len);
    return useful;
}

bool json_put_back(json_t *object, const struct json_lifted *lifted)
{
    const size_t mark = 2; /* U+0000 U+0001 */
    for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at)) {
        json_t *value = json_object_iter_value(at);
        const char *text = json_string_value(value);
        if (!text || json_string_length(value) != mark + 1 || text[0] != 0)
            continue;
        struct slice lifted_value = lifted->values[text[mark] - '0'];
        if (json_object_iter_set_new(object, at, json_stringn_nocheck(lifted_value.ptr, lifted_value.len)) != 0)
            return false;
    }
    return true;
}
