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
