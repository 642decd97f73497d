/* slice: a borrowed piece of memory, (pointer, length), never NUL-terminated.
 *
 * A slice owns nothing; what it points to lives as long as the arena, buffer or literal that it was
 * cut from. The empty slice has len 0 and may have any ptr; `slice_is_null` tells "not there" from
 * "there and empty". Bytes are compared as bytes; the _nocase functions fold ASCII letters only
 * (what HTML and HTTP names need). Text in a human language goes through base/utf8.h. */
#ifndef NEWSMETA_BASE_SLICE_H
#define NEWSMETA_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct slice {
    const char *ptr;
    size_t len;
};

#define SLICE(literal) ((struct slice){(literal), sizeof(literal) - 1})
#define SLICE_NULL ((struct slice){NULL, 0})
#define SLICE_NOT_FOUND ((size_t)-1)

/* printf("%.*s", SLICE_ARG(s)) */
#define SLICE_ARG(s) (int)(s).len, (s).ptr

static inline struct slice slice_of(const char *ptr, size_t len)
{
    return (struct slice){ptr, len};
}

/* A NUL-terminated string as a slice; NULL gives SLICE_NULL. */
static inline struct slice slice_from_cstr(const char *cstr)
{
    return cstr ? (struct slice){cstr, strlen(cstr)} : SLICE_NULL;
}

static inline bool slice_is_null(struct slice s)
{
    return s.ptr == NULL;
}

static inline bool slice_is_empty(struct slice s)
{
    return s.len == 0;
}

static inline bool slice_equals(struct slice a, struct slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline char ascii_to_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static inline bool ascii_is_space(char c) /* HTML's white space: tab, LF, FF, CR, space */
{
    const uint64_t spaces = 1ull << ' ' | 1ull << '\n' | 1ull << '\t' | 1ull << '\r' | 1ull << '\f';
    return (unsigned char)c <= ' ' && (spaces >> (unsigned char)c & 1);
}

static inline bool ascii_is_alpha(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static inline bool ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Of a hexadecimal digit; -1 for anything else. */
static inline int ascii_hex_value(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    c = ascii_to_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The bytes [from, to) of s, both clipped to its length. */
static inline struct slice slice_sub(struct slice s, size_t from, size_t to)
{
    if (to > s.len)
        to = s.len;
    if (from > to)
        from = to;
    return slice_of(s.ptr ? s.ptr + from : NULL, to - from);
}

static inline bool slice_starts(struct slice s, struct slice prefix)
{
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}

static inline bool slice_ends(struct slice s, struct slice suffix)
{
    return s.len >= suffix.len &&
           (suffix.len == 0 || memcmp(s.ptr + (s.len - suffix.len), suffix.ptr, suffix.len) == 0);
}

bool slice_equals_nocase(struct slice a, struct slice b);
bool slice_starts_nocase(struct slice s, struct slice prefix);
bool slice_ends_nocase(struct slice s, struct slice suffix);
/* Offset of the first occurrence at or after `from`, or SLICE_NOT_FOUND. Linear. */
size_t slice_find(struct slice s, struct slice needle, size_t from);
size_t slice_find_nocase(struct slice s, struct slice needle, size_t from);
size_t slice_find_byte(struct slice s, char byte, size_t from);
/* What stands behind the last such byte; null where there is none. */
struct slice slice_behind_last(struct slice s, char byte);
static inline bool slice_contains_nocase(struct slice s, struct slice needle)
{
    return slice_find_nocase(s, needle, 0) != SLICE_NOT_FOUND;
}
/* Without ASCII white space at both ends. */
struct slice slice_trim(struct slice s);
/* One of ASCII. */
bool slice_has_digit(struct slice s);
/* Takes the part before the next `separator` off the front of *rest into *part (a last part without
 * separator counts). False when nothing is left: for (...; slice_split(&rest, ',', &part);). */
bool slice_split(struct slice *rest, char separator, struct slice *part);
/* FNV-1a, 64 bit. */
uint64_t slice_hash(struct slice s);
/* memcmp order, a shorter prefix first; for qsort. */
int slice_compare(struct slice a, struct slice b);
/* Decimal digits only, the whole slice, no sign; false when empty, not digits, or above `max`. */
bool slice_to_u64(struct slice s, uint64_t max, uint64_t *out);

#endif
