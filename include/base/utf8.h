/* utf8: code points and the few facts about them that reading news needs. UTF-8 per RFC 3629.
 *
 * Unicode data comes from utf8proc; ASCII and Latin-1 take a short way round it. Every function is
 * total: invalid bytes decode as U+FFFD, one byte at a time or per maximal subpart as the Encoding
 * standard has it, and never read past the end. */
#ifndef NEWSMETA_BASE_UTF8_H
#define NEWSMETA_BASE_UTF8_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/slice.h"

#define UTF8_REPLACEMENT 0xFFFDu
#define UTF8_MAX_BYTES 4

/* Decodes the code point at s.ptr[at] (at < s.len) and stores the number of bytes it took (1 to 4).
 * An ill-formed sequence gives U+FFFD and the length of its maximal subpart. */
static inline uint32_t utf8_decode(struct slice s, size_t at, size_t *taken);
/* Decodes the code point that ends before s.ptr[at] (at > 0). */
uint32_t utf8_decode_before(struct slice s, size_t at, size_t *taken);
/* Writes code point into out[4], returns the bytes written; surrogates and values above U+10FFFF
 * are written as U+FFFD. */
static inline size_t utf8_encode(uint32_t code_point, char out[UTF8_MAX_BYTES]);
/* The code point of a byte of windows-1252 as the Encoding standard has it (total: bytes that the code page
 * leaves open are C1 controls). */
uint32_t utf8_from_windows_1252(unsigned char byte);
bool utf8_append(struct buffer *buffer, uint32_t code_point);
bool utf8_is_valid(struct slice s);
bool utf8_is_ascii(struct slice s); /* no byte above 0x7F */

/* Number of code points / of UTF-16 code units in s. Linear, byte-wise. */
size_t utf8_count(struct slice s);
size_t utf8_count_utf16(struct slice s);

static inline bool utf8_is_upper(uint32_t c);  /* Lu, Lt */
static inline bool utf8_is_lower(uint32_t c);  /* Ll */
static inline bool utf8_is_letter(uint32_t c); /* L* */
static inline bool utf8_is_digit(uint32_t c);  /* Nd */
static inline bool utf8_is_mark(uint32_t c);   /* M* */
static inline bool utf8_is_word(uint32_t c);   /* letter, mark, digit */
static inline bool utf8_is_space(uint32_t c);  /* Z*, ASCII white space, U+0085, U+200B, U+FEFF */
static inline bool utf8_is_cjk(uint32_t c);    /* Han, kana, hangul: scripts without (or hardly with) word spaces */
static inline uint32_t utf8_to_lower(uint32_t c);
static inline uint32_t utf8_to_upper(uint32_t c);

/* A lower-cased copy in the arena (simple, one-to-one mapping). Returns s itself if nothing changes. */
struct slice utf8_lower(struct arena *arena, struct slice s);
/* For comparing words: NFKC, case-folded, accents kept, typographic quotes and dashes made plain,
 * no-break and soft-hyphen characters removed, white space squashed to single blanks. */
struct slice utf8_normalize(struct arena *arena, struct slice s);
/* Squashes runs of white space (utf8_is_space) to one blank and trims, removes U+00AD and U+FEFF. */
struct slice utf8_squash(struct arena *arena, struct slice s);

/* All letters of s that have case are upper / lower; false when it has none. */
bool utf8_all_upper(struct slice s);
bool utf8_all_lower(struct slice s);
/* The first code point is an upper-case letter. */
bool utf8_starts_upper(struct slice s);

/* ------------------------------------------------- the short ways, inline */

/* The same beyond ASCII. */
uint32_t utf8_decode_wide(struct slice s, size_t at, size_t *taken);
size_t utf8_encode_wide(uint32_t code_point, char out[UTF8_MAX_BYTES]);
bool utf8_wide_is_upper(uint32_t c);
bool utf8_wide_is_lower(uint32_t c);
bool utf8_wide_is_letter(uint32_t c);
bool utf8_wide_is_digit(uint32_t c);
bool utf8_wide_is_mark(uint32_t c);
bool utf8_wide_is_word(uint32_t c);

/* A figure of any script stands in the text. */
bool utf8_has_digit(struct slice text);
bool utf8_wide_is_space(uint32_t c);
uint32_t utf8_wide_to_lower(uint32_t c);
uint32_t utf8_wide_to_upper(uint32_t c);

static inline uint32_t utf8_decode(struct slice s, size_t at, size_t *taken)
{
    unsigned char first = (unsigned char)s.ptr[at];
    if (first >= 0x80)
        return utf8_decode_wide(s, at, taken);
    *taken = 1;
    return first;
}

static inline size_t utf8_encode(uint32_t code_point, char out[UTF8_MAX_BYTES])
{
    if (code_point >= 0x80)
        return utf8_encode_wide(code_point, out);
    out[0] = (char)code_point;
    return 1;
}

static inline bool utf8_is_upper(uint32_t c)
{
    return c < 0x80 ? c >= 'A' && c <= 'Z' : utf8_wide_is_upper(c);
}

static inline bool utf8_is_lower(uint32_t c)
{
    return c < 0x80 ? c >= 'a' && c <= 'z' : utf8_wide_is_lower(c);
}

static inline bool utf8_is_letter(uint32_t c)
{
    return c < 0x80 ? (c | 0x20) >= 'a' && (c | 0x20) <= 'z' : utf8_wide_is_letter(c);
}

static inline bool utf8_is_digit(uint32_t c)
{
    return c < 0x80 ? c >= '0' && c <= '9' : utf8_wide_is_digit(c);
}

static inline bool utf8_is_mark(uint32_t c)
{
    return c >= 0x300 && utf8_wide_is_mark(c);
}

static inline bool utf8_is_word(uint32_t c)
{
    return c < 0x80 ? utf8_is_letter(c) || utf8_is_digit(c) : utf8_wide_is_word(c);
}

static inline bool utf8_is_space(uint32_t c)
{
    return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : utf8_wide_is_space(c);
}

static inline bool utf8_is_cjk(uint32_t c)
{
    return c >= 0x2E80 && ((c <= 0x9FFF && !(c >= 0x3000 && c <= 0x303F)) || (c >= 0xAC00 && c <= 0xD7AF) ||
                           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF));
}

static inline uint32_t utf8_to_lower(uint32_t c)
{
    return c < 0x80 ? c | (uint32_t)utf8_is_upper(c) << 5 : utf8_wide_to_lower(c);
}

static inline uint32_t utf8_to_upper(uint32_t c)
{
    return c < 0x80 ? c & ~((uint32_t)utf8_is_lower(c) << 5) : utf8_wide_to_upper(c);
}

#endif
