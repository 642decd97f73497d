#include "text/words.h"

#include "base/utf8.h"

struct letters {
    size_t letters, upper, lower, digits;
    bool first_upper;
};

static struct letters count_letters(struct slice word)
{
    struct letters count = {0};
    for (size_t at = 0, taken; at < word.len; at += taken) {
        uint32_t c = utf8_decode(word, at, &taken);
        bool upper = utf8_is_upper(c);
        if (utf8_is_letter(c) && count.letters++ == 0)
            count.first_upper = upper;
        count.upper += upper;
        count.lower += utf8_is_lower(c);
        count.digits += utf8_is_digit(c);
    }
    return count;
}

static struct slice lower_form(struct arena *arena, struct slice word)
{
    struct slice lower = utf8_lower(arena, word);
    if (slice_find(lower, SLICE("\xE2\x80\x99"), 0) != SLICE_NOT_FOUND)
        lower = utf8_normalize(arena, lower);
    return lower;
}

struct token words_token(struct arena *arena, struct slice word, bool sentence_start)
{
    struct letters count = count_letters(word);
    struct token token = {.lower = lower_form(arena, word), .kind = TOKEN_WORD};
    unsigned flags = TOKEN_SPACE_BEFORE | (sentence_start ? TOKEN_SENTENCE_START : 0);
    if (!count.letters)
        token.kind = count.digits ? TOKEN_NUMBER : TOKEN_PUNCTUATION;
    else if (count.upper > 1 && !count.lower)
        flags |= TOKEN_ALL_UPPER;
    else if (count.first_upper)
        flags |= TOKEN_CAPITALISED;
    else if (!count.upper)
        flags |= TOKEN_LOWER;
    if (count.digits)
        flags |= TOKEN_HAS_DIGIT;
    if (word.len > 1 && word.ptr[word.len - 1] == '.' && count.letters)
        flags |= TOKEN_ABBREVIATION;
    token.flags = (uint8_t)flags;
    return token;
}
