#include "base/slice.h"

static bool bytes_equal_nocase(const char *a, const char *b, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (ascii_to_lower(a[i]) != ascii_to_lower(b[i]))
            return false;
    return true;
}

bool slice_equals_nocase(struct slice a, struct slice b)
{
    return a.len == b.len && bytes_equal_nocase(a.ptr, b.ptr, a.len);
}

bool slice_starts_nocase(struct slice s, struct slice prefix)
{
    return s.len >= prefix.len && bytes_equal_nocase(s.ptr, prefix.ptr, prefix.len);
}

bool slice_ends_nocase(struct slice s, struct slice suffix)
{
    return s.len >= suffix.len && bytes_equal_nocase(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len);
}

size_t slice_find(struct slice s, struct slice needle, size_t from)
{
    if (from > s.len || needle.len > s.len - from)
        return SLICE_NOT_FOUND;
    if (needle.len == 0)
        return from;
    /* The first byte alone is looked for in vectors; most texts that are asked do not have it. */
    const char *hit = memchr(s.ptr + from, needle.ptr[0], s.len - from);
    if (hit)
        hit = memmem(hit, (size_t)(s.ptr + s.len - hit), needle.ptr, needle.len);
    return hit ? (size_t)(hit - s.ptr) : SLICE_NOT_FOUND;
}

size_t slice_find_nocase(struct slice s, struct slice needle, size_t from)
{
    if (needle.len == 0)
        return from <= s.len ? from : SLICE_NOT_FOUND;
    char first = ascii_to_lower(needle.ptr[0]);
    for (size_t i = from; i + needle.len <= s.len; i++)
        if (ascii_to_lower(s.ptr[i]) == first && bytes_equal_nocase(s.ptr + i, needle.ptr, needle.len))
            return i;
    return SLICE_NOT_FOUND;
}

size_t slice_find_byte(struct slice s, char byte, size_t from)
{
    if (from >= s.len)
        return SLICE_NOT_FOUND;
    const char *hit = memchr(s.ptr + from, byte, s.len - from);
    return hit ? (size_t)(hit - s.ptr) : SLICE_NOT_FOUND;
}

struct slice slice_behind_last(struct slice s, char byte)
{
    for (size_t at = s.len; at > 0; at--)
        if (s.ptr[at - 1] == byte)
            return slice_sub(s, at, s.len);
    return SLICE_NULL;
}

bool slice_has_digit(struct slice s)
{
    for (size_t i = 0; i < s.len; i++)
        if (ascii_is_digit(s.ptr[i]))
            return true;
    return false;
}

struct slice slice_trim(struct slice s)
{
    while (s.len && ascii_is_space(s.ptr[0]))
        s.ptr++, s.len--;
    while (s.len && ascii_is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

bool slice_split(struct slice *rest, char separator, struct slice *part)
{
    if (rest->ptr == NULL)
        return false;
    size_t at = slice_find_byte(*rest, separator, 0);
    if (at == SLICE_NOT_FOUND) {
        *part = *rest;
        *rest = SLICE_NULL;
    } else {
        *part = slice_sub(*rest, 0, at);
        *rest = slice_sub(*rest, at + 1, rest->len);
    }
    return true;
}

#define FNV_OFFSET 0xcbf29ce484222325u
#define FNV_PRIME 0x100000001b3u

uint64_t slice_hash(struct slice s)
{
    uint64_t hash = FNV_OFFSET;
    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (unsigned char)s.ptr[i]) * FNV_PRIME;
    return hash;
}

int slice_compare(struct slice a, struct slice b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.ptr, b.ptr, len) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool slice_to_u64(struct slice s, uint64_t max, uint64_t *out)
{
    uint64_t value = 0;
    if (s.len == 0)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (!ascii_is_digit(s.ptr[i]))
            return false;
        uint64_t digit = (uint64_t)(s.ptr[i] - '0');
        if (digit > max || value > (max - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    if (value > max)
        return false;
    *out = value;
    return true;
}
