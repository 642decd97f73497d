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
uint32_t utf8_decode(struct slice s, size_t at, size_t *taken);
/* Decodes the code point that ends before s.ptr[at] (at > 0). */
uint32_t utf8_decode_before(struct slice s, size_t at, size_t *taken);
/* Writes code point into out[4], returns the bytes written; surrogates and values above U+10FFFF
 * are written as U+FFFD. */
size_t utf8_encode(uint32_t code_point, char out[UTF8_MAX_BYTES]);
/* The code point of a byte of windows-1252 as the Encoding standard has it (total: bytes that the code page
 * leaves open are C1 controls). */
uint32_t utf8_from_windows_1252(unsigned char byte);
bool utf8_append(struct buffer *buffer, uint32_t code_point);
bool utf8_is_valid(struct slice s);

/* Number of code points / of UTF-16 code units in s. Linear, byte-wise. */
size_t utf8_count(struct slice s);
size_t utf8_count_utf16(struct slice s);

bool utf8_is_upper(uint32_t c);  /* Lu, Lt */
bool utf8_is_lower(uint32_t c);  /* Ll */
bool utf8_is_letter(uint32_t c); /* L* */
bool utf8_is_digit(uint32_t c);  /* Nd */
bool utf8_is_mark(uint32_t c);   /* M* */
bool utf8_is_word(uint32_t c);   /* letter, mark, digit */
bool utf8_is_space(uint32_t c);  /* Z*, ASCII white space, U+0085, U+200B, U+FEFF */
bool utf8_is_cjk(uint32_t c);    /* Han, kana, hangul: scripts without (or hardly with) word spaces */
uint32_t utf8_to_lower(uint32_t c);
uint32_t utf8_to_upper(uint32_t c);

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

#endif
