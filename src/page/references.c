#include "references_internal.h"

#include "base/utf8.h"

#define LONGEST_LEGACY_NAME 6

static bool is_alphanumeric(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c);
}

/* ------------------------------------------------------------------ by name */

/* The first eight bytes as a number that sorts as they do; most comparisons end here. */
static uint64_t leading_bytes(const char *name)
{
    uint64_t value;
    memcpy(&value, name, sizeof value);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    value = __builtin_bswap64(value);
#endif
    return value;
}

static int compare_names(const char *a, const char *b)
{
    uint64_t first = leading_bytes(a), second = leading_bytes(b);
    if (first != second)
        return first < second ? -1 : 1;
    return memcmp(a + sizeof first, b + sizeof first, REFERENCE_NAME_BYTES - sizeof first);
}

static const struct named_reference *find_name(struct slice name)
{
    char key[REFERENCE_NAME_BYTES] = {0};
    memcpy(key, name.ptr, name.len);
    size_t low = 0, high = named_reference_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare_names(key, named_references[middle].name);
        if (order == 0)
            return &named_references[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* The longest name without a semicolon that `letters` begins with. */
static const struct named_reference *find_legacy(struct slice letters)
{
    size_t len = letters.len < LONGEST_LEGACY_NAME ? letters.len : LONGEST_LEGACY_NAME;
    for (; len >= 2; len--) {
        const struct named_reference *found = find_name(slice_sub(letters, 0, len));
        if (found && found->legacy)
            return found;
    }
    return NULL;
}

/* A name with its semicolon is all letters and digits up to it, so that it either matches as a whole or
 * only a legacy name at its start does. */
static const char *decode_named(const char *from, const char *to, bool in_attribute, char *out, size_t *written)
{
    const char *name = from + 1, *limit = to - name > REFERENCE_NAME_BYTES ? name + REFERENCE_NAME_BYTES : to;
    const char *end = name;
    while (end < limit && is_alphanumeric(*end))
        end++;
    struct slice letters = slice_of(name, (size_t)(end - name));
    const struct named_reference *found = NULL;
    bool closed = letters.len > 0 && letters.len < REFERENCE_NAME_BYTES && end < to && *end == ';';
    if (closed && (found = find_name(letters)) != NULL) {
        end++;
    } else {
        found = find_legacy(letters);
        if (!found)
            return from;
        end = name + found->len;
        /* "?a=1&copy=2" in an address stays what it is */
        if (in_attribute && end < to && (*end == '=' || is_alphanumeric(*end)))
            return from;
    }
    *written = utf8_encode(found->points[0], out);
    if (found->points[1])
        *written += utf8_encode(found->points[1], out + *written);
    return end;
}

/* ---------------------------------------------------------------- by number */

/* The table of 13.2.5.80: numbers that mean windows-1252. What is no character utf8_encode replaces. */
static uint32_t meant_by_number(uint32_t number)
{
    if (number >= 0x80 && number <= 0x9F)
        return utf8_from_windows_1252((unsigned char)number);
    return number == 0 ? UTF8_REPLACEMENT : number;
}

static int digit_value(char c, bool hexadecimal)
{
    int value = ascii_hex_value(c);
    return value < 10 || hexadecimal ? value : -1;
}

static const char *decode_number(const char *from, const char *to, char *out, size_t *written)
{
    const char *at = from + 2;
    bool hexadecimal = at < to && (*at | 0x20) == 'x';
    at += hexadecimal;
    const char *digits = at;
    uint32_t number = 0;
    for (int digit; at < to && (digit = digit_value(*at, hexadecimal)) >= 0; at++)
        if (number <= 0x10FFFF)
            number = number * (hexadecimal ? 16 : 10) + (uint32_t)digit;
    if (at == digits)
        return from;
    *written = utf8_encode(meant_by_number(number), out);
    return at + (at < to && *at == ';');
}

const char *reference_decode(const char *from, const char *to, bool in_attribute, char *out, size_t *written)
{
    if (to - from < 2)
        return from;
    if (from[1] == '#')
        return decode_number(from, to, out, written);
    return decode_named(from, to, in_attribute, out, written);
}
