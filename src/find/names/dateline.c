#include "find/names/dateline.h"

#define LONGEST_DATELINE 16 /* tokens */

/* Beside a number or in brackets. */
static bool is_of_date_or_agency(const struct role_words *words, const struct sentence *sentence, uint32_t i)
{
    for (uint32_t step = 1; step <= 2 && i + step < sentence->end && i >= sentence->first + step; step++)
        if (role_words_token(words, i - step)->kind == TOKEN_NUMBER ||
            role_words_token(words, i + step)->kind == TOKEN_NUMBER ||
            slice_equals(role_words_token(words, i - step)->lower, SLICE("(")))
            return true;
    return false;
}

static bool may_stand_in_dateline(const struct role_words *words, const struct sentence *sentence, uint32_t i)
{
    return !(role_words_token(words, i)->flags & TOKEN_LOWER) || role_word_is(words, i, SMALL_CONJUNCTION) ||
           role_word_is(words, i, SMALL_OF) || lexicon_find(words->months, role_words_token(words, i)->lower) ||
           is_of_date_or_agency(words, sentence, i);
}

/* "Bern (Agency)." in front of the report's first sentence. */
static bool is_stop_of_its_own(const struct role_words *words, const struct sentence *sentence, uint32_t i)
{
    const struct article *article = words->article;
    bool last = sentence == &article->sentences[article->sentence_count - 1] || sentence[1].block != sentence->block;
    bool opens = sentence == article->sentences || sentence[-1].block != sentence->block;
    return opens && !last && i + 1 == sentence->end && i > sentence->first &&
           slice_equals(role_words_token(words, i)->lower, SLICE(".")) &&
           slice_equals(role_words_token(words, i - 1)->lower, SLICE(")"));
}

uint32_t dateline_dash(const struct role_words *words, const struct sentence *sentence, uint32_t from)
{
    for (uint32_t i = from; i < sentence->end && i - sentence->first < LONGEST_DATELINE; i++) {
        if ((dateline_is_dash(role_words_token(words, i)->lower) && i + 1 < sentence->end) ||
            is_stop_of_its_own(words, sentence, i))
            return i;
        if (!may_stand_in_dateline(words, sentence, i))
            break;
    }
    return sentence->first;
}
