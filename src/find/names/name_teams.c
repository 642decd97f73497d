/* Teams, by the words and results around them. */
#include "base/utf8.h"
#include "find/names/name_context.h"

#define LONGEST_RESULT 12 /* tokens of the line that gives a result */

bool name_context_is_score(struct slice word)
{
    size_t dashes = 0, digits = 0;
    for (size_t i = 0, taken; i < word.len; i += taken) {
        uint32_t c = utf8_decode(word, i, &taken);
        bool digit = c >= '0' && c <= '9';
        if (!digit && ((c != '-' && c != 0x2013) || digits == 0 || i + taken == word.len))
            return false;
        digits += digit;
        dashes += !digit;
    }
    return dashes == 1 && digits <= 5;
}

/* "Halden Rovers 1 Ashby Town 0" */
static bool is_result(const struct article *article, const struct sentence *sentence)
{
    uint32_t numbers = 0;
    if (sentence->end - sentence->first < 4 || sentence->end - sentence->first > LONGEST_RESULT ||
        article->tokens[sentence->end - 1].kind != TOKEN_NUMBER)
        return false;
    for (uint32_t i = sentence->first; i < sentence->end; i++) {
        const struct token *token = &article->tokens[i];
        bool number = token->kind == TOKEN_NUMBER;
        if (number ? i == sentence->first || token->lower.len > 2 || token[-1].kind != TOKEN_WORD
                   : (token->flags & TOKEN_LOWER) != 0)
            return false;
        numbers += number;
    }
    return numbers == 2;
}

bool name_context_has_score(const struct article *article)
{
    for (uint32_t s = 0; s < article->sentence_count; s++)
        if (is_result(article, &article->sentences[s]))
            return true;
    for (uint32_t i = 0; i < article->token_count; i++)
        if (article->tokens[i].flags & TOKEN_HAS_DIGIT &&
            name_context_is_score(article_text(article, article->tokens[i].span)))
            return true;
    return false;
}

static bool is_match_word(const struct role_words *words, uint32_t i, const char *side)
{
    const struct lexicon_row *row = lexicon_find(words->matches, role_words_token(words, i)->lower);
    for (; row; row = row->next)
        if (slice_equals(row->columns[1], slice_from_cstr(side)) && slice_equals(row->columns[2], words->language))
            return true;
    return false;
}

/* English: "to play for Hampshire": whom somebody plays for. */
static bool is_played_for(const struct role_words *words, const struct sentence *sentence, uint32_t first)
{
    return first > sentence->first + 1 && slice_equals(role_words_token(words, first - 1)->lower, SLICE("for")) &&
           role_word_list_says(words, words->cues, role_words_token(words, first - 2)->lower, "team");
}

bool name_context_is_team(const struct role_words *words, const struct sentence *sentence, uint32_t first, uint32_t end)
{
    const struct article *article = words->article;
    uint32_t named = first;
    if (is_played_for(words, sentence, first))
        return true;
    if (first > sentence->first && role_word_is(words, first - 1, SMALL_ARTICLE) &&
        !slice_equals(words->language, SLICE("en")))
        first--; /* "ha battuto 2-1 il Torino" */
    if (first > sentence->first &&
        (is_match_word(words, first - 1, "before") ||
         name_context_is_score(article_text(article, role_words_token(words, first - 1)->span))))
        return true;
    first = named;
    if (end + 2 < sentence->end && role_word_is(words, end, SMALL_CONJUNCTION) &&
        !(role_words_token(words, end + 1)->flags & TOKEN_LOWER) &&
        is_match_word(words, end + 2, "behind")) /* "Benfica and Porto drew" */
        return true;
    return end < sentence->end &&
           (is_match_word(words, end, "behind") ||
            name_context_is_score(article_text(article, role_words_token(words, end)->span)) ||
            (role_words_token(words, end)->flags & TOKEN_LOWER && role_word_is_noun(words, end)));
}

bool name_context_has_nickname(const struct role_words *words, uint32_t first, uint32_t end)
{
    if (end - first < 2 || role_word_classes(words, end - 1, 1) & (NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL))
        return false;
    const struct gazetteer_entry *entry = gazetteer_find(words->gazetteer, role_words_token(words, first), end - first);
    bool team = entry && entry->organization_type &&
                slice_equals(gazetteer_organization_type(entry->organization_type), SLICE("team"));
    bool townsmen = role_word_classes(words, first, end - first - 1) & NAME_ANY_PLACE &&
                    slice_ends(role_words_token(words, end - 1)->lower, SLICE("s"));
    return (team || townsmen) && slice_equals(words->language, SLICE("en"));
}
