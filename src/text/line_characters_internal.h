/* line_characters: utf8_decode and utf8_is_word with the way for ASCII inlined; text/lines looks at every
 * character of a text several times. */
#ifndef NEWSMETA_TEXT_LINE_CHARACTERS_INTERNAL_H
#define NEWSMETA_TEXT_LINE_CHARACTERS_INTERNAL_H

#include "base/utf8.h"

static inline uint32_t character_at(struct slice text, size_t at, size_t *taken)
{
    unsigned char c = (unsigned char)text.ptr[at];
    *taken = 1;
    return c < 0x80 ? c : utf8_decode(text, at, taken);
}

static inline bool is_word_character(uint32_t c)
{
    return c < 0x80 ? ascii_is_alpha((char)c) || ascii_is_digit((char)c) : utf8_is_word(c);
}

#define CHARACTERS_16(is, c)                                                                                           \
    is(c), is((c) + 1), is((c) + 2), is((c) + 3), is((c) + 4), is((c) + 5), is((c) + 6), is((c) + 7), is((c) + 8),     \
        is((c) + 9), is((c) + 10), is((c) + 11), is((c) + 12), is((c) + 13), is((c) + 14), is((c) + 15)
#define IS_WORD(c) (((c) >= '0' && (c) <= '9') || ((c) >= 'A' && (c) <= 'Z') || ((c) >= 'a' && (c) <= 'z'))

/* Where the letters, digits and marks from `at` on end. */
static inline size_t word_run_end(struct slice text, size_t at)
{
    static const bool is_word[256] = {
        CHARACTERS_16(IS_WORD, 0x00), CHARACTERS_16(IS_WORD, 0x10), CHARACTERS_16(IS_WORD, 0x20),
        CHARACTERS_16(IS_WORD, 0x30), CHARACTERS_16(IS_WORD, 0x40), CHARACTERS_16(IS_WORD, 0x50),
        CHARACTERS_16(IS_WORD, 0x60), CHARACTERS_16(IS_WORD, 0x70),
    };
    for (;;) {
        while (at < text.len && is_word[(unsigned char)text.ptr[at]])
            at++;
        if (at == text.len || (unsigned char)text.ptr[at] < 0x80)
            return at;
        size_t taken;
        if (!utf8_is_word(utf8_decode(text, at, &taken)))
            return at;
        at += taken;
    }
}

static inline bool is_letter_character(uint32_t c)
{
    return c < 0x80 ? ascii_is_alpha((char)c) : utf8_is_letter(c);
}

static inline uint32_t lower_character(uint32_t c)
{
    return c < 0x80 ? (uint32_t)(unsigned char)ascii_to_lower((char)c) : utf8_to_lower(c);
}

static inline bool is_space_character(uint32_t c)
{
    return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : utf8_is_space(c);
}

#endif
