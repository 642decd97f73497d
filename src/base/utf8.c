#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

/* ---------------------------------------------------------------- decoding */

static bool is_continuation(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* Table 3-7 of the Unicode standard: the range of the second byte depends on the first. */
static bool second_fits(unsigned char first, unsigned char second)
{
    switch (first) {
    case 0xE0: return second >= 0xA0 && second <= 0xBF;
    case 0xED: return second >= 0x80 && second <= 0x9F;
    case 0xF0: return second >= 0x90 && second <= 0xBF;
    case 0xF4: return second >= 0x80 && second <= 0x8F;
    default: return is_continuation(second);
    }
}

static size_t sequence_length(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return 2;
    if (first >= 0xE0 && first <= 0xEF)
        return 3;
    if (first >= 0xF0 && first <= 0xF4)
        return 4;
    return 0;
}

uint32_t utf8_decode_wide(struct slice s, size_t at, size_t *taken)
{
    const unsigned char *p = (const unsigned char *)s.ptr + at;
    size_t left = s.len - at, want = sequence_length(p[0]);
    *taken = 1;
    if (want == 1)
        return p[0];
    if (want == 0 || left < 2 || !second_fits(p[0], p[1]))
        return UTF8_REPLACEMENT;
    uint32_t c = p[0] & (0x7Fu >> want);
    c = c << 6 | (p[1] & 0x3F);
    size_t i = 2;
    for (; i < want; i++) {
        if (i >= left || !is_continuation(p[i])) {
            *taken = i;
            return UTF8_REPLACEMENT;
        }
        c = c << 6 | (p[i] & 0x3F);
    }
    *taken = want;
    return c;
}

uint32_t utf8_decode_before(struct slice s, size_t at, size_t *taken)
{
    size_t start = at - 1, used;
    while (start > 0 && at - start < UTF8_MAX_BYTES && is_continuation((unsigned char)s.ptr[start]))
        start--;
    uint32_t c = utf8_decode(slice_sub(s, 0, at), start, &used);
    if (start + used == at) {
        *taken = used;
        return c;
    }
    *taken = 1;
    return UTF8_REPLACEMENT;
}

size_t utf8_encode_wide(uint32_t c, char out[UTF8_MAX_BYTES])
{
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = UTF8_REPLACEMENT;
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

/* Bytes 0x80 to 0x9F, where windows-1252 differs from Latin-1. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

uint32_t utf8_from_windows_1252(unsigned char byte)
{
    return byte >= 0x80 && byte <= 0x9F ? windows_1252[byte - 0x80] : byte;
}

bool utf8_append(struct buffer *buffer, uint32_t c)
{
    char bytes[UTF8_MAX_BYTES];
    return buffer_append(buffer, slice_of(bytes, utf8_encode(c, bytes)));
}

/* Counting looks at eight bytes in one word: the top bit of each byte is what is asked of it. */
#define TOP_BITS UINT64_C(0x8080808080808080)

static size_t count_top_bits(uint64_t word)
{
    return (size_t)((word >> 7 & (TOP_BITS >> 7)) * (TOP_BITS >> 7) >> 56);
}

/* The next eight bytes, or those that are left and NULs. */
static uint64_t load_word(struct slice s, size_t at)
{
    uint64_t word = 0;
    if (s.len - at >= sizeof word)
        memcpy(&word, s.ptr + at, sizeof word);
    else
        memcpy(&word, s.ptr + at, s.len - at);
    return word;
}

bool utf8_is_valid(struct slice s)
{
    size_t at = 0, taken;
    while (at < s.len) {
        if ((unsigned char)s.ptr[at] < 0x80) {
            at += s.len - at >= sizeof(uint64_t) && !(load_word(s, at) & TOP_BITS) ? sizeof(uint64_t) : 1;
            continue;
        }
        size_t want = sequence_length((unsigned char)s.ptr[at]);
        utf8_decode(s, at, &taken);
        if (want == 0 || taken != want)
            return false;
        at += taken;
    }
    return true;
}

bool utf8_is_ascii(struct slice s)
{
    uint64_t bits = 0;
    for (size_t at = 0; at < s.len; at += 8)
        bits |= load_word(s, at);
    return !(bits & TOP_BITS);
}

size_t utf8_count(struct slice s)
{
    size_t count = s.len;
    for (size_t at = 0; at < s.len; at += 8) {
        uint64_t word = load_word(s, at);
        count -= count_top_bits(word & ~(word << 1)); /* 10xxxxxx: continues a character */
    }
    return count;
}

size_t utf8_count_utf16(struct slice s)
{
    size_t count = utf8_count(s);
    for (size_t at = 0; at < s.len; at += 8) {
        uint64_t word = load_word(s, at);
        count += count_top_bits(word & word << 1 & word << 2 & word << 3); /* 1111xxxx: begins one of two units */
    }
    return count;
}

/* ------------------------------------------------------------------ classes */

static utf8proc_category_t category(uint32_t c)
{
    return utf8proc_category((utf8proc_int32_t)c);
}

bool utf8_wide_is_upper(uint32_t c)
{
    utf8proc_category_t cat = category(c);
    return cat == UTF8PROC_CATEGORY_LU || cat == UTF8PROC_CATEGORY_LT;
}

bool utf8_wide_is_lower(uint32_t c)
{
    return category(c) == UTF8PROC_CATEGORY_LL;
}

bool utf8_wide_is_letter(uint32_t c)
{
    utf8proc_category_t cat = category(c);
    return cat >= UTF8PROC_CATEGORY_LU && cat <= UTF8PROC_CATEGORY_LO;
}

bool utf8_wide_is_digit(uint32_t c)
{
    return category(c) == UTF8PROC_CATEGORY_ND;
}

bool utf8_has_digit(struct slice text)
{
    size_t taken;
    for (size_t at = 0; at < text.len; at++)
        if (ascii_is_digit(text.ptr[at]))
            return true;
    for (size_t at = 0; at < text.len; at += taken)
        if (utf8_is_digit(utf8_decode(text, at, &taken)))
            return true;
    return false;
}

bool utf8_wide_is_mark(uint32_t c)
{
    utf8proc_category_t cat = category(c);
    return cat >= UTF8PROC_CATEGORY_MN && cat <= UTF8PROC_CATEGORY_ME;
}

bool utf8_wide_is_word(uint32_t c)
{
    utf8proc_category_t cat = category(c);
    return (cat >= UTF8PROC_CATEGORY_LU && cat <= UTF8PROC_CATEGORY_ME) || cat == UTF8PROC_CATEGORY_ND;
}

bool utf8_wide_is_space(uint32_t c)
{
    if (c == 0x85 || c == 0xA0 || c == 0x200B || c == 0xFEFF)
        return true;
    if (c < 0x1680)
        return false;
    utf8proc_category_t cat = category(c);
    return cat >= UTF8PROC_CATEGORY_ZS && cat <= UTF8PROC_CATEGORY_ZP;
}

uint32_t utf8_wide_to_lower(uint32_t c)
{
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

uint32_t utf8_wide_to_upper(uint32_t c)
{
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)c);
}

/* ------------------------------------------------------------- whole strings */

/* A simple case mapping may lengthen a character by at most one byte (U+023A: 2 to 3). */
static char *room_for_mapping(struct arena *arena, struct slice s)
{
    return arena_alloc(arena, s.len + s.len / 2 + UTF8_MAX_BYTES);
}

struct slice utf8_lower(struct arena *arena, struct slice s)
{
    size_t at = 0;
    while (at < s.len && (unsigned char)s.ptr[at] < 0x80 && !(s.ptr[at] >= 'A' && s.ptr[at] <= 'Z'))
        at++;
    if (at == s.len)
        return s;
    char *out = room_for_mapping(arena, s);
    memcpy(out, s.ptr, at);
    size_t len = at;
    while (at < s.len) {
        unsigned char first = (unsigned char)s.ptr[at];
        if (first < 0x80) {
            out[len++] = ascii_to_lower((char)first);
            at++;
            continue;
        }
        size_t taken;
        uint32_t c = utf8_decode(s, at, &taken);
        if (c == UTF8_REPLACEMENT) { /* keep what cannot be read, byte for byte */
            memcpy(out + len, s.ptr + at, taken);
            len += taken;
        } else {
            len += utf8_encode(utf8_to_lower(c), out + len);
        }
        at += taken;
    }
    return slice_of(out, len);
}

/* Characters that print as nothing and only get in the way of comparing. */
static bool is_invisible(uint32_t c)
{
    return c == 0xAD || c == 0xFEFF || (c >= 0x200C && c <= 0x200F) || c == 0x2060;
}

struct slice utf8_squash(struct arena *arena, struct slice s)
{
    char *out = arena_alloc(arena, s.len + 1);
    size_t len = 0, at = 0, taken;
    bool gap = false;
    while (at < s.len) {
        uint32_t c = utf8_decode(s, at, &taken);
        if (utf8_is_space(c) && c != 0xFEFF) {
            gap = len > 0;
        } else if (c != 0xAD && c != 0xFEFF) {
            if (gap)
                out[len++] = ' ';
            gap = false;
            for (size_t i = 0; i < taken; i++)
                out[len++] = s.ptr[at + i];
        }
        at += taken;
    }
    return slice_of(out, len);
}

static uint32_t plain_punctuation(uint32_t c)
{
    if ((c >= 0x2018 && c <= 0x201B) || c == 0x2032 || c == 0x2B9 || c == 0x2BC || c == 0xB4 || c == 0x2039 ||
        c == 0x203A)
        return '\'';
    if ((c >= 0x201C && c <= 0x201F) || c == 0x2033 || c == 0xAB || c == 0xBB)
        return '"';
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
        return '-';
    return c;
}

#define NO_SHORT_WAY UINT32_MAX
#define DROPPED 0u

/* The case-folded NFKC form of code points that have one by themselves: of those here no two compose, none is
 * a ligature or turns into several. The tests hold it against the long way, code point by code point. */
static uint32_t fold_one(uint32_t c)
{
    if (c < 0x80)
        return utf8_to_lower(c);
    if (c < 0x100) {
        if (c == 0xA0 || c == 0xAD || c == 0xDF || c == 0xD7)
            return c == 0xA0 ? ' ' : c == 0xAD ? DROPPED : c == 0xD7 ? c : NO_SHORT_WAY;
        if (c >= 0xC0)
            return c < 0xE0 ? c + 0x20 : c;
        bool plain =
            c == 0xA3 || c == 0xA7 || c == 0xA9 || c == 0xAB || c == 0xAE || c == 0xB0 || c == 0xB7 || c == 0xBB;
        return plain ? plain_punctuation(c) : NO_SHORT_WAY;
    }
    if (c >= 0x400 && c < 0x460)
        return c < 0x410 ? c + 0x50 : c < 0x430 ? c + 0x20 : c;
    if ((c >= 0x2010 && c <= 0x2015) || (c >= 0x2018 && c <= 0x201F) || c == 0x2039 || c == 0x203A)
        return plain_punctuation(c);
    return c == 0x2022 || c == 0x20AC ? c : NO_SHORT_WAY;
}

/* utf8_normalize where every code point has a short way; false where one has not. `out` holds as many bytes as
 * s and one more: none of the forms is longer than what it stands for. */
static bool normalize_short(struct slice s, char *out, size_t *len)
{
    bool gap = false;
    *len = 0;
    for (size_t at = 0, taken; at < s.len; at += taken) {
        uint32_t c = utf8_decode(s, at, &taken);
        if (c == DROPPED || (c = fold_one(c)) == NO_SHORT_WAY)
            return false;
        if (c == DROPPED)
            continue;
        if (utf8_is_space(c)) {
            gap = *len > 0;
            continue;
        }
        if (gap)
            out[(*len)++] = ' ';
        gap = false;
        *len += utf8_encode(c, out + *len);
    }
    return true;
}

/* ASCII without capitals or runs of blanks is its own normal form: the common case. */
static bool is_plain(struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool blank = c == ' ' && (i == 0 || i + 1 == s.len || s.ptr[i - 1] == ' ');
        if ((unsigned char)c >= 0x80 || (c >= 'A' && c <= 'Z') || (unsigned char)c < ' ' || blank)
            return false;
    }
    return true;
}

static struct slice fold(struct arena *arena, struct slice s)
{
    utf8proc_uint8_t *folded = NULL;
    utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD;
    utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)s.ptr, (utf8proc_ssize_t)s.len, &folded, options);
    if (len < 0)
        return utf8_lower(arena, s); /* not valid UTF-8: folded as far as it can be read */
    struct slice copy = arena_copy(arena, slice_of((const char *)folded, (size_t)len));
    free(folded);
    return copy;
}

struct slice utf8_normalize(struct arena *arena, struct slice s)
{
    if (is_plain(s))
        return s;
    size_t len = 0, at = 0, taken;
    char *out = arena_alloc(arena, s.len + UTF8_MAX_BYTES);
    if (normalize_short(s, out, &len))
        return slice_of(out, len);
    len = 0;
    s = fold(arena, s);
    out = arena_alloc(arena, s.len * 3 + UTF8_MAX_BYTES); /* a bad byte becomes U+FFFD, three bytes */
    bool gap = false;
    while (at < s.len) {
        uint32_t c = utf8_decode(s, at, &taken);
        at += taken;
        if (is_invisible(c))
            continue;
        if (utf8_is_space(c)) {
            gap = len > 0;
            continue;
        }
        if (gap)
            out[len++] = ' ';
        gap = false;
        len += utf8_encode(plain_punctuation(c), out + len);
    }
    return slice_of(out, len);
}

static bool all_of_case(struct slice s, bool upper)
{
    size_t at = 0, taken;
    bool seen = false;
    while (at < s.len) {
        uint32_t c = utf8_decode(s, at, &taken);
        if (upper ? utf8_is_lower(c) : utf8_is_upper(c))
            return false;
        seen |= upper ? utf8_is_upper(c) : utf8_is_lower(c);
        at += taken;
    }
    return seen;
}

bool utf8_all_upper(struct slice s)
{
    return all_of_case(s, true);
}

bool utf8_all_lower(struct slice s)
{
    return all_of_case(s, false);
}

bool utf8_starts_upper(struct slice s)
{
    size_t taken;
    return s.len && utf8_is_upper(utf8_decode(s, 0, &taken));
}
